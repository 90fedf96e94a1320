"""5a: what `backward_and_plot_grad` draws."""

from __future__ import annotations

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
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, rule, Fraction(credit))


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
