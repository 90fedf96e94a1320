"""The mutation score: what has one edit must be rejected; what survives is proved right, or is a hole in the check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import Random

from autograder.answers.function import Functions
from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.equality.proof import is_proved_equal
from autograder.errors import AutograderError
from autograder.question import Question
from autograder.verdict import Word
from autograder.verify.code_mutation import check_code_mutants
from autograder.verify.formula_mutants import Mutant, of_key, of_solution
from autograder.verify.judge import Judge
from autograder.verify.rows import Context, Mark, Row, accepted

MOST = {"key": 60, "typed solution": 40}
"""Edits that are tried of one part; of more, so many are drawn with a fixed seed."""

_SECONDS = 20.0  # for a proof
_Fate = tuple[Word, str]  # how an edit is judged, and why it is right where it is accepted; "" where nothing shows that


def check_mutants(context: Context, question: Question) -> Iterator[Row]:
    """Judge every edit of the key and of the typed solution; ask SymPy and the oracle about those that are accepted."""
    if isinstance(question.answer, Functions):
        yield from check_code_mutants(context, question)
        return
    keys = of_key(question)
    every = {"key": keys, "typed solution": of_solution(context, question, keys)}
    with (
        Judge(question, context.answers) as judge,
        Worker(lambda job: _proof(question, every[job["of"]][job["at"]])) as prover,
    ):
        for what, some in every.items():
            if some:
                yield from _rows(
                    question, context.file(question), what, some, partial(_fate, judge, prover, what, some)
                )


def _fate(judge: Judge, prover: Worker, what: str, some: Sequence[Mutant], at: int) -> _Fate:
    verdict = judge(some[at].typed, brief=True)
    if verdict.word is not Word.OK:
        return verdict.word, ""
    return verdict.word, f"declared: {verdict.convention}" if verdict.convention else _proved(prover, what, at)


def _rows(
    question: Question, file: str, what: str, some: Sequence[Mutant], fate: Callable[[int], _Fate]
) -> Iterator[Row]:
    """A row for each hole, and one with the count."""
    most = min(MOST[what], len(some))
    chosen = sorted(Random(question.id).sample(range(len(some)), most))  # noqa: S311 - no secret
    rejected, holes, undecided, right = 0, 0, list[str](), list[str]()
    for at in chosen:
        shown = some[at].shown
        word, reason = fate(at)
        if word is Word.UNDECIDED:
            undecided.append(f"{shown} (undecided, so that a person looks)")
        elif word is not Word.OK:
            rejected += 1
        elif reason:
            right.append(f"{shown} ({reason})")
        else:
            holes += 1
            yield Row(
                check="mutants", part=question.id, mark=Mark.FAIL, file=file, at="answer",
                says=f"{shown} is accepted, and nothing shows that it is right",
                fix="If it is right, declare it in also=; if not, the domain of a symbol is too narrow to tell.",
            )  # fmt: skip
    says = f"{what}: {rejected} of {most} edits rejected" + (f" ({len(some)} exist)" if most < len(some) else "")
    says += accepted(len(right)) + (f"; {len(undecided)} undecided" if undecided else "")
    mark = Mark.NOTE if holes else Mark.OK
    yield Row(check="mutants", part=question.id, mark=mark, says=says, more=(*right, *undecided))


def _proved(prover: Worker, of: str, at: int) -> str:
    """Why an accepted mutant is right, "" when nothing shows it."""
    try:
        return str(prover.ask({"of": of, "at": at}, _SECONDS)["reason"])
    except (OutOfTime, Crashed):
        return ""


def _proof(question: Question, mutant: Mutant) -> Mapping[str, str]:
    if mutant.trees is not None and is_proved_equal(*mutant.trees, question.symbols):
        return {"reason": "equal by SymPy"}
    if mutant.answer is None or question.practice is None:
        return {"reason": ""}
    mistaken = replace(question, answer=mutant.answer, wrong=())
    try:
        objections = [question.practice.agrees(mistaken, seed=seed) for seed in range(3)]
    except (AutograderError, ArithmeticError, ValueError, TypeError):
        return {"reason": ""}
    return {"reason": "" if any(objections) else "the oracle agrees"}
