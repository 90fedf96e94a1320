"""One function of a submission, judged: what was seen of it, what that earns, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.functions.columns import as_columns
from autograder.functions.examine import Examined, examine
from autograder.functions.loading import lacking
from autograder.functions.recognise import recognised
from autograder.functions.returned import returned_line
from autograder.functions.wording import block, said
from autograder.question import Level, Question, Wrong
from autograder.report.plain import clean_line

if TYPE_CHECKING:
    from autograder.answers.function import Function
    from autograder.answers.sandboxed import Bench
    from autograder.submission.program import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One function, tried.

    Args:
        function: which.
        examined: what it showed.
        rule: the mistake that was recognised, or None.
        earned: how much of its share.
        lacking: libraries that are not there and may be why it is not right; then nothing is decided.
        as_columns: whether it was given vectors as columns.
    """

    function: Function
    examined: Examined
    rule: Wrong | None
    earned: Fraction
    lacking: tuple[str, ...] = ()
    as_columns: bool = False

    @property
    def given_up(self) -> bool:
        """Whether trying further would only cost time: the file does not load, or calls run into limits."""
        return self.examined.unloaded is not None or bool(self.examined.abandoned)

    @property
    def notices(self) -> list[str]:
        """What the student should know, each once."""
        found = dict.fromkeys(notice for trial in self.examined.trials for notice in trial.notices)
        beyond = [
            f"{trial.finding.said} when it gets {trial.case.input.name}; float64 is promised, so that this costs nothing."
            for trial in self.examined.advice
            if trial.finding is not None
        ]
        columns = f"{self.function.name} was given vectors as columns, (n, 1), since it does not take (n,)."
        first = [columns] if self.as_columns else []
        return [*first, *self.examined.remarks, *(f"{self.function.name} {notice}" for notice in [*found, *beyond])]

    @property
    def staff(self) -> list[str]:
        """What was tried, what failed, and what came back beside the reference, for instructors."""
        name, examined = self.function.name, self.examined
        if examined.unloaded is not None:
            return [f"{name}: {examined.unloaded.fault}"]
        failures = [
            f"{trial.case.input.name} ({'published' if trial.case.published else 'hidden'}): {trial.finding.fault}"
            for trial in examined.failures
            if trial.finding is not None
        ]
        beside = (returned_line(self.function, trial) for trial in examined.failures if trial.case.published)
        tried = "; ".join([f"{name}: {len(examined.trials)} inputs tried", *failures])
        return [tried, *filter(None, [next(filter(None, beside), "")])]

    @property
    def said_of_lacking(self) -> str:
        """Why nothing is decided."""
        names = " and ".join(clean_line(name, 40) for name in self.lacking)
        return f"`{self.function.name}` uses {names}, which is not there while code is graded: it could not be tried."

    def feedback(self, question: Question) -> list[str]:
        """What is off on the first input that can be shown, the rule's sentence, and the lines to try it again."""
        name, examined = self.function.name, self.examined
        if examined.unloaded is not None:
            return [f"`{name}` {examined.unloaded.said}.", *filter(None, ["\n".join(examined.unloaded.details)])]
        slow = f"`{name}`: not every input was tried, since loading its file and calling it took too long in all."
        if not examined.failures:
            return [slow] if examined.exhausted else []
        first = examined.failures[0]
        in_full = question.level >= Level.COUNTEREXAMPLE
        sentences = [said(self.function, first) if in_full else f"`{name}` is not right yet."]
        if self.rule is not None and question.level >= Level.HINT:
            sentences.append(self.rule.sentence)
        sound = [group for group in self.function.shares if examined.passed(group)]
        if sound:
            sentences.append(f"Right so far: {', '.join(sound)}.")
        return [" ".join(sentences), *filter(None, [block(self.function, first) if in_full else ""])]


def judged_function(question: Question, function: Function, place: Located, bench: Bench, seed: int) -> Judged:
    """With vectors as declared; where that is not right and columns will do as well, with columns."""
    judged = _judged(question, function, place, bench, seed)
    if not function.columns or judged.earned == 1 or judged.given_up:
        return judged
    other = _judged(question, as_columns(function), place, bench, seed)
    return replace(other, as_columns=True) if other.earned > judged.earned else judged


def _judged(question: Question, function: Function, place: Located, bench: Bench, seed: int) -> Judged:
    examined = examine(function, place, bench, bench.assignment.part(question), seed)
    rule = recognised(function.name, question.wrong, examined.trials)
    earned = sum((share for group, share in function.shares.items() if examined.passed(group)), Fraction(0))
    # Being recognised in a mistake never costs what the groups that went well are worth.
    return Judged(
        function=function,
        examined=examined,
        rule=rule,
        earned=earned if rule is None else max(earned, rule.credit),
        lacking=lacking(place) if earned < 1 and rule is None else (),
    )
