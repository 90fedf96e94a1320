"""Problem 2: rankings of three ways to train, judged against the numbers of the student's own run.

No seed is set in the notebook, so that the order of the errors differs from run to run; only the order of the work does not.
"""

from __future__ import annotations

from autograder import Half, Question, Ranking, Source, Wrong
from autograder.oracles import MeasuredRanking
from reference.dis1 import experiments

WAYS = (
    ("ridge", r"r|ridge(regression)?(version)?(on)?(the)?(output)?(layers?)?(only)?", r"closedform"),
    (
        "out",
        r"o|(train|training|sgd)?(the)?(out|output|last)(layers?)?(weights)?(only)?(sgd)?",
        r"only(the)?(out|output|last)(layers?)?",
    ),
    ("all", r"a|(train|training|sgd)?(all|both)(the)?(layers?)?(weights)?(sgd)?", r"full(net|network)?"),
)
ZERO = 0.35919016805141923
"""The test error of a function that is 0 everywhere, which the notebook prints when `coeffs` was never assigned."""

BLANK = '{"ridge": None, "out": None, "all": None}'
ERRORS = (
    "# Your own final test errors at widths 10 and 20, as numbers: for 2.order10 and 2.order20.",
    f"q2_errors = {{10: {BLANK}, 20: {BLANK}}}",
)
TIMES = (
    "# Your own training times, as numbers in one unit, if you measured them: for 2.time.",
    f"q2_times = {BLANK}",
)


def errors_at(width: int, *, beside: tuple[str, ...] = ()) -> Ranking:
    """The ranking of test errors at one width; 1 would be worse than no function at all, 0.0005 better than the data allow."""
    return Ranking(
        compared=WAYS,
        numbers="q2_errors",
        setting=str(width),
        unit="test error",
        plausible=(5e-4, 1.0),
        impossible=((ZERO, "the error of a function that is 0 everywhere: was the result assigned to coeffs?"),),
        beside=beside,
    )


PROMPT = (
    "Order the three ways of training by the final test error of your own run at width {}, lowest first: `ridge` (on the output "
    "layer), `out` (SGD on the output layer only), `all` (SGD on all layers). Errors within 10 % of each other are a tie, and "
    "then any order is right. The order is compared with the numbers that you report in `q2_errors`; they differ from run to "
    "run, and so may the right answer. The numbers alone, as a dict, are an answer too."
)
FROM_THE_SHEET = "This is the order on the solution sheet, which comes from one run. Yours began elsewhere: look at your own numbers."

questions = (
    Question(
        id="2.order10",
        title="Test errors at width 10",
        points=1,
        prompt=PROMPT.format(10),
        source=Source("Discussion 1", "2, all layers, (c)"),
        answer=errors_at(10, beside=ERRORS),
        practice=MeasuredRanking(by=experiments.errors_of_a_run(10)),
        rows=(17,),
        wrong=(Wrong("from-the-sheet", "ridge < all ≈ out", FROM_THE_SHEET, Half),),
    ),
    Question(
        id="2.order20",
        title="Test errors at width 20",
        points=1,
        prompt=PROMPT.format(20),
        source=Source("Discussion 1", "2, all layers, (c)"),
        answer=errors_at(20),
        practice=MeasuredRanking(by=experiments.errors_of_a_run(20)),
        rows=(18,),
        wrong=(Wrong("from-the-sheet", "all < ridge < out", FROM_THE_SHEET, Half),),
    ),
    Question(
        id="2.time",
        title="Training times",
        points=1,
        prompt="Order the three ways of training by the time they take, shortest first: `ridge`, `out`, `all`. If you measured other "
        "times, report them in `q2_times`, and your order is compared with those.",
        source=Source("Discussion 1", "2, all layers, (c)"),
        answer=Ranking(
            compared=WAYS,
            numbers="q2_times",
            unit="training time",
            plausible=(1e-9, 1e12),
            known=(("ridge", "out"), ("ridge", "all")),
            known_or_tied=(("out", "all"),),
            beside=TIMES,
        ),
        practice=MeasuredRanking(by=experiments.training_work),
        rows=(19,),
        wrong=(
            Wrong(
                "output-only-slowest",
                "ridge < all < out",
                "Which of the two SGD runs updates more parameters a step?",
                Half,
            ),
            Wrong(
                "all-the-same",
                "ridge ≈ out ≈ all",
                "One linear system against 150000 steps: can that take the same time?",
            ),
            Wrong(
                "ridge-slowest",
                "out < all < ridge",
                "How large is the one linear system of ridge, and how many steps has SGD?",
            ),
        ),
    ),
)
