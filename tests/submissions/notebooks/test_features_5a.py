"""5a: what `backward_and_plot_grad` draws."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from autograder.verdict import Word
from reference.hw1.q5a_features import question
from tests.submissions.notebooks.build import submission_of, text_with
from tests.submissions.notebooks.features_5a import RIGHT, WRONG


@pytest.mark.parametrize("name", RIGHT)
def test_variant_is_accepted(name, judge) -> None:
    """Every right way to write the function earns everything."""
    verdict = judge(question, submission_of(text_with(*RIGHT[name])))
    assert (verdict.word, verdict.misconception, verdict.feedback) == (Word.OK, None, ())


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_named(name, judge) -> None:
    """Every mistake is told by its own rule and keeps what the rest is worth."""
    edits, rule, credit = WRONG[name]
    verdict = judge(question, submission_of(text_with(*edits)))
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, rule or None, Fraction(credit))


_PLOTTED = (
    '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))'
)


GUESSES = """            for factor in (1, 2, -1, 0.5, 1 / len(X), 3, 4, 5):
                plt.plot(X, factor * column)
                plt.plot(X, factor * np.cumsum(column))"""
EVERYWHERE = """            from matplotlib.collections import LineCollection
            at = float(X.ravel()[0])
            plt.gca().add_collection(LineCollection([[(at, height)] * 3 for height in np.linspace(-4, 4, 300)]))"""


@pytest.mark.parametrize(("drawn", "said"), [(GUESSES, "They are drawn among"), (EVERYWHERE, "lines are drawn, which")])
def test_lines_among_many_others_are_left_to_a_person(drawn, said, judge) -> None:
    """Whoever draws every guess, or something at every height, has not said which line is the derivative."""
    text = text_with((_PLOTTED, drawn), ('if vis_name in ("all", name):', "if True:"))
    verdict = judge(question, submission_of(text))
    assert verdict.word is Word.WAITING, verdict.feedback
    assert said in verdict.feedback[0]


def test_a_point_at_a_time_is_a_line(judge) -> None:
    """Points that are drawn one by one count together, also beside those of other parameters."""
    points = "            for at, height in zip(X, column):\n                plt.plot(at, height, 'k.')"
    text = text_with((_PLOTTED, points), ('if vis_name in ("all", name):', "if True:"))
    assert judge(question, submission_of(text)).word is Word.OK


def test_what_is_drawn_elsewhere_is_left_to_a_person(judge) -> None:
    """A function that returns its derivatives for another cell to draw is not told that nothing is drawn."""
    body = '    plt.figure(figsize=(6, 3), layout="constrained")\n    for name, rows in gradients.items():'
    text = text_with((body, f"    return gradients\n{body}"))
    calls = "            backward_and_plot_grad(X, nets_by_size"
    text = text.replace(calls, f"            plt.plot(X, np.array(next(iter({calls.strip()}")
    text = text.replace('title=f"{width} units, {name}, {when}")', 'title="").values()))))')
    verdict = judge(question, submission_of(text))
    assert (verdict.word, verdict.misconception) == (Word.WAITING, None)
    assert "is drawn by other cells" in verdict.feedback[0]
    thrown_away = text.replace(" plt.plot(X, np.array(next(iter(", " (((((")
    assert judge(question, submission_of(thrown_away.replace(".values()", ""))).misconception == "nothing-drawn"


@pytest.mark.parametrize("shape", ["y[index]", "y[index, 0]"])
def test_values_may_be_a_vector_or_a_column(shape, judge) -> None:
    """A function that reads y as its own notebook has it is called with y in that shape."""
    text = text_with(
        (
            "    for x in X:\n        output = model(to_torch(x))\n        model",
            '    for index, x in enumerate(X):\n        f"{SHAPE:.3f}"\n        output = model(to_torch(x))\n        model',
        ),
    ).replace("SHAPE", shape)
    assert judge(question, submission_of(text)).word is Word.OK


def test_the_place_that_is_told_is_where_no_derivative_is(judge) -> None:
    """What a student reads of a wrong line is a point that is off, not one at which the line happens to be right."""
    verdict = judge(question, submission_of(text_with(("to_numpy(parameter.grad)", "abs(to_numpy(parameter.grad))"))))
    told = re.search(
        r"At x = ([\d.]+) a line of yours is at ([\d.]+), where none of the derivatives is", verdict.feedback[0]
    )
    assert told is not None
    assert float(told[2]) > 0.01


def test_lines_whatever_the_name_is_are_a_remark(judge) -> None:
    """Whoever draws the derivatives by every parameter in every figure reads that a name was given."""
    verdict = judge(question, submission_of(text_with(('if vis_name in ("all", name)', "if True"))))
    assert verdict.word is Word.OK
    assert any("whatever `vis_name` names" in notice for notice in verdict.notices)
