"""One result with everything in it that a report can meet: the same for every format's golden file."""

from __future__ import annotations

from fractions import Fraction

from autograder.checks import Check, Entry, Standing, Visibility
from autograder.equality.decision import Evidence
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.plots import Drawn, Plot, Series
from autograder.verdict import Cause, PartResult, Result, Verdict, Word

HOSTILE = "<script>alert(1)</script> `x` \x1b[31mred\x1b[0m \u202eevil\u202c [a](javascript:b) $x$ | 1 |"

READING = read("eta < 2/sigma^2", declare("eta > 0, sigma > 0")).tree
PLOT = Plot(
    title="The recurrence at the end of your range",
    x_label="t",
    y_label="w",
    series=(Series(name="w at η = 0.5", x=(0, 1, 2), y=(0, 10, -20), drawn=Drawn.BOTH),),
    says="Run from 0 with σ = 2, y = 5.",
)


def specimen() -> Result:
    """A homework of three problems with every word, a slip that was carried, checks, blanks and a failure of ours."""
    return Result(
        assignment="hw0",
        title="Homework 0",
        seed=7,
        parts=(*_first_problem(), *_second_problem(), *_third_problem()),
        notices=("answers.py, line 3: this is not valid Python.",),
        staff=("Student code was held in tier 2.",),
        seconds=3.25,
    )


def _part(name: str, title: str, points: Fraction | int, verdict: Verdict, after: tuple[str, ...] = ()) -> PartResult:
    return PartResult(
        part=f"hw0/{name}",
        title=title,
        points=Fraction(points),
        verdict=verdict,
        seconds=0.125,
        look=f"Homework 0, {name[0]}({name[1:2]}); Note 2, 1.2",
        tags=("learning rates",) if name[0] == "1" else ("ridge regression",),
        after=after,
    )


def _first_problem() -> tuple[PartResult, ...]:
    return (
        _part(
            "1a",
            "Stable learning rates",
            3,
            Verdict(
                word=Word.NOT_YET,
                credit=Fraction(1, 2),
                evidence=Evidence.EXACT,
                misconception="half-loss",
                wrote="eta < 2/sigma^2",
                read_as="η < 2/σ²",
                read_as_latex=r"\eta < \frac{2}{\sigma^{2}}",
                reading=READING,
                witness="With σ = 2, y = 5, η = 0.3 the recurrence grows: w = 0, 6, −2.4, 9.36, …; your range contains η = 0.3.",
                feedback=("This is the range for a loss with a factor 1/2 in front. Differentiate the loss given here.",),
                notices=("q1a is given twice; the last counts.",),
                staff=("decided different by exact, seed 7", "witness: sigma = 13/5 -> expected no, given yes"),
                plots=(PLOT,),
            ),
        ),
        _part(
            "1c",
            "Stable learning rates for two coordinates",
            3,
            Verdict(
                word=Word.OK,
                credit=Fraction(1),
                evidence=Evidence.EXACT,
                wrote="eta < 2/sigma_l^2",
                read_as="η < 2/σ_l²",
                read_as_latex=r"\eta < \frac{2}{\sigma_{l}^{2}}",
                feedback=("Right, given your own answer to 1a: the slip there costs nothing here.",),
                carried=("1a",),
            ),
            after=("1a",),
        ),
        _part(
            "1e",
            "The fastest learning rate",
            Fraction(33, 100),
            Verdict(word=Word.OK, credit=Fraction(1), evidence=Evidence.PROOF, wrote="2/4", read_as="1/2",
                    read_as_latex=r"\frac{1}{2}", convention="per point", feedback=("Read per point: that is right too.",)),
        ),
        _part(
            "1f",
            "A product | with marks",
            Fraction(33, 100),
            Verdict(word=Word.NOT_YET, evidence=Evidence.BALL, wrote=HOSTILE, read_as=HOSTILE, read_as_latex=HOSTILE,
                    witness=HOSTILE, feedback=(HOSTILE,), notices=(HOSTILE,)),
        ),
        _part(
            "1g",
            "Least squares",
            Fraction(34, 100),
            Verdict(word=Word.UNREADABLE, wrote="2 sgima",
                    feedback=("I do not know the name 'sgima'. Did you mean sigma?", "2 sgima\n  ^^^^^")),
        ),
    )  # fmt: skip


def _second_problem() -> tuple[PartResult, ...]:
    blank = tuple(
        _part(
            name,
            f"Part {name}",
            2,
            Verdict(
                word=Word.NOT_YET,
                cause=Cause.ABSENT,
                feedback=(f"q{name} (answers.py, line {line}) is blank. Type your answer between the quotes.",),
            ),
            after=after,
        )
        for name, line, after in (("2a", 22, ()), ("2b", 29, ("2a",)), ("2c", 35, ("2b",)))
    )
    failed = Verdict(
        word=Word.UNDECIDED,
        cause=Cause.OURS,
        wrote="x",
        feedback=(
            "The grader itself failed on this part (code G-0a1b2c3d).",
            "This is our fault, not yours, and costs you nothing; a person will look at your answer.",
        ),
        staff=("G-0a1b2c3d: Traceback (most recent call last):\n  KeyError: 'secret of the grader'",),
    )
    return (*blank, _part("2d", "The limit", 4, failed))


def _third_problem() -> tuple[PartResult, ...]:
    checks = (
        Check(name="the first column", standing=Standing.PASSED, number="1", worth=Fraction(1, 2), earned=Fraction(1, 2)),
        Check(name="the last column", standing=Standing.FAILED, number="2", worth=Fraction(1, 4),
              output="Expected shape (5,), got (5, 1)."),
        Check(name="large inputs", standing=Standing.PASSED, number="3", worth=Fraction(1, 4), earned=Fraction(1, 4),
              visibility=Visibility.AFTER_PUBLISHED),
    )  # fmt: skip
    code = Verdict(
        word=Word.NOT_YET,
        credit=Fraction(3, 4),
        evidence=Evidence.PROPERTY,
        wrote="ridge: functions.py, line 12",
        checks=checks,
        leaderboard=(Entry(name="Test error", value=0.0123, order="asc"),),
        staff=("calls: 3 inputs",),
    )
    essay = Verdict(
        word=Word.WAITING, evidence=Evidence.PRESENCE, wrote="An essay.", feedback=("A person reads this.",)
    )
    return (_part("3a", "Ridge regression in code", 4, code), _part("3b", "What you did", 1, essay))
