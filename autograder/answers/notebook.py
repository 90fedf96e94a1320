"""Answers that are functions of a notebook which draw: judged by the data in what they draw, sub-result by sub-result."""

from __future__ import annotations

import difflib
import importlib.util
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.checks import Check, Entry, Standing
from autograder.equality.decision import Evidence
from autograder.errors import AuthorError, GraderBug
from autograder.question import Level, Question
from autograder.verdict import Cause, Verdict, Word

if TYPE_CHECKING:
    from autograder.answers.sandboxed import Bench
    from autograder.notebooks.findings import Finding
    from autograder.notebooks.script import Script
    from autograder.notebooks.theatre import Theatre
    from autograder.submission.collect import Submission
    from autograder.submission.written import Answers

_NEEDED = ("torch", "matplotlib")
_CODE = (".py", ".ipynb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """Functions of a notebook, called with the grader's own networks and data.

    Args:
        functions: their names; a part with several needs at least one of them.
        headers: how each begins, for messages ("backward_and_plot_grad(X, model, vis_name='all')").
        perform: plays scenes in the theatre and says what it found; the shares of its findings add up to 1.
        supplied: globals that the grader gives where the notebook makes them by running code.
        or_defines: other names, functions or variables, of which one will do instead.
        measures: follows what the notebook trains, for the leaderboard. It decides nothing, and nobody waits for it alone.
        long: whether it takes much longer than other parts, as where training is followed: with two processors it is begun
            first, so that it does not end alone.
    """

    functions: tuple[str, ...]
    perform: Callable[[Theatre], tuple[Finding, ...]]
    headers: tuple[str, ...] = ()
    supplied: tuple[str, ...] = ()
    or_defines: tuple[str, ...] = ()
    measures: Callable[[Theatre], tuple[Entry, ...]] | None = None
    long: bool = False
    kind: str = field(default="notebook", init=False)
    judges_missing: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        if not self.functions:
            raise AuthorError("a notebook part names the functions that are to be called.")

    def script(self, submission: Submission) -> Script | None:
        """The likeliest of the files that may be the answer; None where there is none."""
        return next(iter(self.candidates(submission)), None)

    def candidates(self, submission: Submission) -> tuple[Script, ...]:
        """The files that may be the answer, the likeliest first."""
        from autograder.notebooks.choosing import candidates

        return candidates(submission.files, self.functions, self.or_defines)

    def unanswered(self, question: Question, submission: Submission) -> Verdict | None:
        """The verdict when none of the functions is there with a body; else None."""
        del question
        script = self.script(submission)
        wanted = (*self.functions, *self.or_defines)
        if script is not None and any(script.is_written(name) for name in wanted):
            return None
        from autograder.notebooks.script import impossible_outputs

        staff = impossible_outputs(submission.files)
        name = self.functions[0]
        if script is not None:
            said = f"`{name}` is there but empty. Write its body."
            return Verdict(word=Word.NOT_YET, cause=Cause.ABSENT, feedback=(said,), staff=staff)
        said, cause = self._missing(name, submission)
        return Verdict(word=Word.NOT_YET, cause=cause, feedback=(said,), staff=staff)

    def _missing(self, name: str, submission: Submission) -> tuple[str, Cause]:
        from autograder.notebooks.script import scripts
        from autograder.submission.statements import PYTHON

        header = next(iter(self.headers), f"{name}(...)")
        for other in scripts(submission.files):
            piece = other.broken_definition(name)
            if piece is not None:
                said = f"`{name}` ({other.place(piece.line)}) is not valid {PYTHON} ({piece.error}), so it cannot be called."
                return said, Cause.NONE
        defined = {found: other for other in scripts(submission.files) for found in other.functions}
        similar = difflib.get_close_matches(name, defined, n=1, cutoff=0.75)
        guess = f" There is `{similar[0]}`; did you mean `{name}`?" if similar else ""
        said = f"There is no function `{name}` in your notebook or files.{guess} It begins: def {header}:"
        return said, Cause.NONE if similar else Cause.ABSENT

    def libraries(self, submission: Submission) -> tuple[str, ...]:
        """Torch and matplotlib, where they are installed, and more of torch where the submission's code asks for it."""
        from autograder.submission.slow_libraries import torch_compiler

        absent = _absent()
        found = tuple(name for name in _NEEDED if name not in absent)
        code = [data.decode("utf-8", "replace") for name, data in submission.files.items() if name.endswith(_CODE)]
        return (*found, *torch_compiler(code)) if "torch" in found else found

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Notebooks are judged in the sandbox; see `judge_in`."""
        del answers, seed
        raise AuthorError(f"{question.id} asks for a notebook: it is judged by judge_in, inside a sandbox.")

    def judge_in(self, question: Question, bench: Bench, *, seed: int) -> Verdict:
        """Call the functions, look at what they draw, and put the findings together.

        Raises:
            NotReached: the submission's deadline came first.
        """
        from autograder.notebooks.choosing import best, said_of

        if absent := _absent():
            missing = (f"Notebooks need {' and '.join(absent)}, which is not installed; run setup.sh again.",)
            feedback = ("This machine cannot grade notebooks. It will be done.",)
            return Verdict(word=Word.WAITING, feedback=feedback, staff=missing)
        found = self.candidates(bench.submission)
        if not found:
            raise GraderBug(f"{question.id}: judged although there is nothing to judge")
        hidden = self._hidden_seed(question, bench, seed)
        chosen, verdict = best((script, self._judged(question, bench, script, hidden)) for script in found)
        said = said_of(chosen, found)
        return replace(verdict, notices=(*verdict.notices, said)) if said else verdict

    def measured_in(self, question: Question, bench: Bench, *, seed: int) -> tuple[Entry, ...]:
        """What goes to the leaderboard: of several files the best.

        Raises:
            NotReached: the submission's deadline came first.
        """
        if _absent():
            return ()
        hidden = self._hidden_seed(question, bench, seed)
        theatres = (self._theatre(bench, script, hidden) for script in self.candidates(bench.submission))
        found = [self.measures(theatre) for theatre in theatres if self.measures is not None]
        return min(filter(None, found), key=_rank, default=())

    def _hidden_seed(self, question: Question, bench: Bench, seed: int) -> int:
        return bench.hidden_seed(bench.assignment.part(question), seed) % 2**31

    def _theatre(self, bench: Bench, script: Script, hidden: int) -> Theatre:
        from autograder.notebooks.theatre import Theatre  # it loads NumPy

        return Theatre(bench, script, self.needed(script), self.supplied, hidden)

    def _judged(self, question: Question, bench: Bench, script: Script, hidden: int) -> Verdict:
        """The verdict on one of the files."""
        from autograder.notebooks.script import impossible_outputs

        with closing(self._theatre(bench, script, hidden)) as theatre:
            findings = self.perform(theatre)
        if sum(finding.share for finding in findings) != 1:
            raise AuthorError(f"{question.id}: the shares of {[f.name for f in findings]} do not add up to 1.")
        places = [f"{name}: {place}" for name in self.functions if (place := script.where(name))]
        notices = (*theatre.notices, *(finding.remark for finding in findings if finding.remark))
        staff = (*impossible_outputs(bench.submission.files), *(f.staff for f in findings if f.staff))
        return verdict_on(question, findings, wrote="\n".join(places), notices=notices, staff=staff)

    def needed(self, script: Script) -> tuple[str, ...]:
        """The names that a call of this part's functions, or a run of the cell that will do instead, begins with."""
        cells = [s for s in script.outline.statements if s.binds & set(self.or_defines)]
        return (*self.functions, *(name for statement in cells for name in sorted(statement.needs)))

    def example(self, question: Question) -> str:
        """How such an answer is given."""
        del question
        return f"the function{'s' if len(self.functions) > 1 else ''} {', '.join(self.functions)} in the notebook"


def _rank(entries: tuple[Entry, ...]) -> float:
    """Smaller for what is better in the leaderboard's first column; texts have no order."""
    value, order = entries[0].value, entries[0].order
    if isinstance(value, str):
        return 0.0
    return value if order == "asc" else -value


def _absent() -> list[str]:
    """The libraries without which no notebook is judged, as far as they are not installed."""
    return [name for name in _NEEDED if importlib.util.find_spec(name) is None]


def verdict_on(
    question: Question, findings: tuple[Finding, ...], *, wrote: str, notices: tuple[str, ...], staff: tuple[str, ...]
) -> Verdict:
    """The verdict that findings add up to; one that is open keeps the whole part open."""
    sentences = {rule.name: rule.sentence for rule in question.wrong}
    unknown = [finding.rule for finding in findings if finding.rule and finding.rule not in sentences]
    if unknown:
        raise AuthorError(f"{question.id}: no misconception is named {unknown[0]!r}; add it to `wrong`.")
    credit = sum((finding.share * finding.earned for finding in findings), Fraction(0))
    is_open = any(finding.is_open for finding in findings)
    feedback: dict[str, None] = {}
    for finding in findings:
        if finding.earned < 1:
            hint = sentences.get(finding.rule, "") if question.level >= Level.HINT else ""
            feedback[f"{finding.name}: {' '.join(filter(None, [finding.said, hint]))}".rstrip(": ")] = None
    sound = [finding.name for finding in findings if finding.earned == 1]
    if sound and len(sound) < len(findings):
        feedback[f"Right: {'; '.join(sound)}."] = None
    if is_open:
        feedback["A person will look at this part; its points stay open until then."] = None
    return Verdict(
        word=Word.WAITING if is_open else Word.OK if credit == 1 else Word.NOT_YET,
        credit=Fraction(0) if is_open else credit,
        evidence=Evidence.NONE if is_open else Evidence.PROPERTY,
        misconception=next((finding.rule for finding in findings if finding.rule), None),
        wrote=wrote,
        feedback=tuple(feedback),
        notices=tuple(dict.fromkeys(notices)),
        staff=staff,
        checks=tuple(_check(finding) for finding in findings),
        plots=tuple(plot for finding in findings for plot in finding.plots),
    )


def _check(finding: Finding) -> Check:
    judged = Standing.PASSED if finding.earned == 1 else Standing.FAILED
    return Check(
        name=finding.name,
        standing=Standing.OPEN if finding.is_open else judged,
        worth=finding.share,
        earned=Fraction(0) if finding.is_open else finding.share * finding.earned,
        output=finding.said,
    )
