"""One part judged, in the process that may hang or die: what comes back is JSON, whatever happens there."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.answers.carried import beside_own_answers
from autograder.engine.codec import verdict_from_json, verdict_to_json
from autograder.equality.decision import Evidence
from autograder.errors import GraderBug, Undecided, Unreadable
from autograder.question import Assignment, Level, Question
from autograder.submission.written import Answers
from autograder.verdict import Cause, Verdict, Word


def judged(assignment: Assignment, answers: Answers, seed: int, job: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Judge the part that a job names by its place: {"part": 3} gives {"verdict": …}, or {"bug": traceback}.

    The verdict comes first, again with a witness where the author wrote none, again where it is right beside the student's
    own earlier answers, and again with its pictures, so that whatever these do costs no more than themselves.
    """
    question = assignment.questions[job["part"]]
    reply = reply_of(lambda: question.answer.judge(question, answers, seed=seed))
    yield reply
    if question.shows is None and "verdict" in reply:
        told = verdict_to_json(witnessed(question, verdict_from_json(reply["verdict"])))
        if told != reply["verdict"]:
            reply = {"verdict": told}
            yield reply
    if question.carried is not None and "verdict" in reply:
        carried = beside_own_answers(assignment, question, answers, verdict_from_json(reply["verdict"]), seed=seed)
        if carried is not None:
            reply = {"verdict": verdict_to_json(carried)}
            yield reply
    if question.draws is not None and "verdict" in reply:
        yield {"verdict": verdict_to_json(illustrated(question, verdict_from_json(reply["verdict"])))}


def witnessed(question: Question, verdict: Verdict) -> Verdict:
    """The verdict with what the answer gives at one of the part's points, where its author wrote no witness."""
    off = verdict.word is Word.NOT_YET and verdict.evidence is not Evidence.TYPE and not verdict.witness
    if not off or verdict.reading is None or not hasattr(question.answer, "key"):
        return verdict
    from autograder.oracles.witnesses import plainly  # it loads NumPy, which judging a formula does not need

    return replace(verdict, witness=plainly(question, (verdict.reading,)))


def illustrated(question: Question, verdict: Verdict) -> Verdict:
    """The verdict with what the question draws of a formula that was read, where its level allows a counterexample."""
    if question.draws is None or verdict.reading is None or question.level < Level.COUNTEREXAMPLE:
        return verdict
    return replace(verdict, plots=question.draws.draw(verdict.reading))


def reply_of(judge: Callable[[], Verdict]) -> dict[str, Any]:
    """What a judging process answers: {"verdict": …}, or {"bug": traceback} where judging fails."""
    try:
        verdict = judge()
    except Unreadable as error:
        verdict = unreadable(error)
    except Undecided as error:
        verdict = Verdict(word=Word.UNDECIDED, feedback=(str(error),))
    except MemoryError:
        verdict = Verdict(word=Word.UNDECIDED, feedback=("Checking your answer needs more memory than there is.",))
    except Exception:  # noqa: BLE001 - border one: a bug in one part must cost no other part
        return {"bug": traceback.format_exc()}
    return {"verdict": verdict_to_json(verdict)}


def answered(question: Question, part: str, seed: int, reply: object) -> Verdict:
    """The verdict in a reply; a bug, or a reply that is none, becomes an apology."""
    if isinstance(reply, dict) and isinstance(reply.get("bug"), str):
        return apology(part, seed, reply["bug"])
    try:
        return within_level(question, verdict_from_json(reply.get("verdict") if isinstance(reply, dict) else reply))
    except GraderBug as error:
        return apology(part, seed, f"judging {question.id}: {error}")


def within_level(question: Question, verdict: Verdict) -> Verdict:
    """The verdict on a wrong answer with no more than the author's level tells, whatever its kind of answer said."""
    if verdict.word is not Word.NOT_YET or verdict.cause is Cause.ABSENT:
        return verdict
    if question.level < Level.COUNTEREXAMPLE:
        verdict = replace(verdict, witness="", plots=())
    if question.level is not Level.VERDICT:
        return verdict
    return replace(verdict, feedback=(), checks=tuple(replace(check, output="") for check in verdict.checks))


def unreadable(error: Unreadable) -> Verdict:
    """The verdict on a text that cannot be read: the place in the student's own text, the cause, the repair."""
    pointer: tuple[str, ...] = ()
    if error.text and "\n" not in error.text and len(error.text) <= 200:
        carets = "^" * max(1, error.end - error.start)
        pointer = (f"{error.text}\n{' ' * error.start}{carets}",)
    return Verdict(word=Word.UNREADABLE, wrote=error.text, feedback=(str(error), *pointer))


def out_of_time(seconds: float) -> Verdict:
    """The verdict when the time for one part was used up: open, never wrong."""
    return Verdict(
        word=Word.UNDECIDED,
        feedback=(
            f"Your answer could not be checked within {seconds:g} seconds. This does not mean that it is wrong.",
            "A simpler form of the same answer may be checked at once.",
        ),
        staff=(f"stopped after {seconds:g} s",),
    )


def not_reached() -> Verdict:
    """The verdict when the whole run's time was used up before this part."""
    return Verdict(
        word=Word.WAITING,
        feedback=("This part was not reached: the time for grading was used up before it. It will be looked at.",),
    )


def apology(part: str, seed: int, report: str) -> Verdict:
    """The verdict when the fault is ours: a code that finds the traceback, and points that stay open."""
    code = "G-" + hashlib.sha256(f"{part}\n{seed}\n{report}".encode()).hexdigest()[:8]
    return Verdict(
        word=Word.UNDECIDED,
        cause=Cause.OURS,
        feedback=(
            f"The grader itself failed on this part (code {code}).",
            "This is our fault, not yours, and costs you nothing; a person will look at your answer.",
        ),
        staff=(f"{code}: {report.strip()}",),
    )
