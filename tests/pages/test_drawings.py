"""What answers are shown as pictures: the statement at the student's own numbers, and the right answer never."""

from __future__ import annotations

import pytest

from autograder.assignments import available, load
from autograder.engine.grade import grade
from autograder.formula.declare import declare
from autograder.formula.read import read
from autograder.oracles import Iterates, PenaltyPath, Trajectory
from autograder.submission.collect import Submission
from autograder.submission.typed import typed
from autograder.verdict import Word

TABLE = declare("eta > 0, sigma > 0, y, t >= 0: int, w_0, X: m*n, v: m*1, m: int, n: int")


def tree(text: str):
    return read(text, TABLE).tree


def descend(w: float, eta: float, sigma: float, y: float) -> float:
    """One step down (y - sigma w)^2."""
    return w + 2 * eta * sigma * (y - sigma * w)


RANGE = Trajectory(variable="eta", start=0.0, steps={"w": descend}, at={"sigma": 2.0, "y": 5.0})


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        ("0 < eta < 1/sigma^2", 0.25),
        ("eta < 0.3", 0.3),
        ("eta in (0, 2/sigma^2)", 0.5),
        ("0.1 < eta and eta <= 0.2", 0.2),
    ],
)
def test_the_recurrence_runs_at_the_end_of_the_students_range(answer, end):
    """At their own bound, and a little below it; every value follows from the one before by the statement."""
    (plot,) = RANGE.draw(tree(answer))
    at_end, below = plot.series
    assert at_end.name == f"w at η = {end:g}"
    for series, rate in ((at_end, end), (below, 0.9 * end)):
        for before, after in zip(series.y, series.y[1:], strict=False):
            assert after == pytest.approx(descend(before, rate, 2.0, 5.0))


def test_a_recurrence_that_grows_is_followed_only_so_far():
    """Else its beginning would be a flat line."""
    (plot,) = RANGE.draw(tree("eta < 2"))
    assert max(map(abs, plot.series[0].y)) < 1e5
    assert len(plot.series[0].y) >= 3


@pytest.mark.parametrize("answer", ["eta > 1/sigma^2 and eta > 5 or eta < -1", "eta < y/w_0", "eta < -1", "eta < 1/0"])
def test_a_range_without_an_end_is_not_drawn(answer):
    """Nothing is made up, and nothing breaks."""
    for plot in RANGE.draw(tree(answer)):
        assert all(series.x for series in plot.series)


def test_a_rate_is_drawn_as_it_is():
    """A formula for one rate, without a neighbour."""
    (plot,) = RANGE.draw(tree("1/(2*sigma^2)"))
    assert plot.title == "The recurrence at your rate"
    assert plot.series[0].y[1:3] == pytest.approx((2.5, 2.5))


ITERATES = Iterates(steps="t", step=descend, at={"sigma": 2.0, "y": 5.0, "eta": 0.2, "w_0": 0.0})


def test_iterates_are_compared_with_one_step_of_the_statement():
    """A formula that follows the recurrence meets each marked step; another one misses it."""
    right = ITERATES.draw(tree("y/sigma*(1 - (1 - 2*eta*sigma^2)^t)"))[0].series
    assert right[1].y == pytest.approx(right[0].y[1:])
    wrong = ITERATES.draw(tree("y/sigma*(1 - (1 - eta*sigma^2)^t)"))[0].series
    assert wrong[1].y != pytest.approx(wrong[0].y[1:])
    assert wrong[1].y[0] == pytest.approx(descend(wrong[0].y[1], 0.2, 2.0, 5.0))


def test_no_iterate_of_the_right_formula_is_drawn_beside_a_wrong_one():
    """A step from an iterate that is still right, such as the start, would be the next right value."""
    right = ITERATES.draw(tree("y/sigma*(1 - (1 - 2*eta*sigma^2)^t)"))[0].series[0]
    for answer in ("y/sigma*(1 - (1 - eta*sigma^2)^t)", "y/sigma*(1 - (1 - 2*eta*sigma^2)^(t + 1))", "0*t"):
        (plot,) = ITERATES.draw(tree(answer)) or (None,)
        if plot is not None:
            marks = dict(zip(plot.series[1].x, plot.series[1].y, strict=True))
            assert all(abs(marks[t] - right.y[int(t)]) > 1e-6 for t in marks)
    assert ITERATES.draw(tree("y/sigma*(1 - (1 - eta*sigma^2)^t)"))[0].series[1].x[0] == 2


@pytest.mark.parametrize(
    "answer", ["1/t", "ln(-sigma)", "X", "10^(10^t)", "sum(sum(sum(1, (i, 1, 999)), (j, 1, 999)), (k, 1, 999))"]
)
def test_a_formula_without_values_is_not_drawn_or_only_where_it_has_some(answer):
    """Division by zero, matrices and floods end in a smaller picture or none."""
    for plot in ITERATES.draw(tree(answer)):
        assert all(len(series.x) <= 9 for series in plot.series)


PATH = PenaltyPath(
    variable="sigma",
    at={"X": [[1.0, 0.0], [0.0, 2.0]], "v": [1.0, 1.0], "m": 2, "n": 2},
    without=lambda X, v: [[1.0], [0.5]],
)


def test_an_estimate_is_followed_along_its_penalty():
    """Entry by entry, from least squares at the small end to nothing at the large one."""
    (plot,) = PATH.draw(tree("(X^T*X + sigma^2*I)^-1*X^T*v"))
    first, second, *marks = plot.series
    assert (first.y[0], second.y[0]) == pytest.approx((1.0, 0.5), abs=1e-3)
    assert (first.y[-1], second.y[-1]) == pytest.approx((0.0, 0.0), abs=1e-3)
    assert [mark.y for mark in marks] == [(1.0,), (0.5,)]


@pytest.mark.parametrize("answer", ["X", "sigma", "X^T*X", "(X - X)^-1*v"])
def test_an_estimate_of_another_shape_is_not_drawn(answer):
    """It has no two entries."""
    assert PATH.draw(tree(answer)) == ()


DRAWN = [(name, question) for name in available() for question in load(name) if question.draws is not None]


@pytest.mark.parametrize(("name", "question"), DRAWN, ids=[f"{name}/{question.id}" for name, question in DRAWN])
def test_every_declared_drawing_draws_answers_to_its_part(name, question):
    """The solution typed by hand is drawn, in the process that judges, with a title, words and axes."""
    import importlib.util

    from autograder.places import LIBRARY

    spec = importlib.util.spec_from_file_location("typed_solution", LIBRARY / name / "solution" / "answers.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    answers = {question.answer_name: typed(question.answer_name, getattr(module, question.answer_name), "test")}
    verdict = grade(load(name), Submission(answers=answers, files={}), seed=1, only=question.id).parts[0].verdict
    assert verdict.word is Word.OK
    assert verdict.plots
    for plot in verdict.plots:
        assert plot.says.endswith(".")
        assert "  " not in plot.says
        assert plot.x_label
        assert plot.y_label
