"""5b: the matrix that is decomposed, the singular values and the principal features."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder.verdict import Word
from reference.hw1.q5b_decomposition import question
from tests.submissions.notebooks.build import submission_of, text_with
from tests.submissions.notebooks.features_5b import RIGHT, WRONG


@pytest.mark.parametrize("name", RIGHT)
def test_variant_is_accepted(name, judge) -> None:
    """Every right way to write the function earns everything."""
    verdict = judge(question, submission_of(text_with(*RIGHT[name])))
    assert (verdict.word, verdict.misconception, verdict.feedback) == (Word.OK, None, ())


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_named(name, judge) -> None:
    """Every mistake is told by its own rule, and a wrong matrix does not cost what is made of it."""
    edits, rule, credit = WRONG[name]
    verdict = judge(question, submission_of(text_with(*edits)))
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, rule, Fraction(credit))


def test_training_points_alone_are_a_remark(judge) -> None:
    """Principal features at the training points cost nothing, but are remarked upon."""
    verdict = judge(question, submission_of(text_with(*RIGHT["u * s"])))
    assert verdict.word is Word.OK
    assert any("training points only" in notice for notice in verdict.notices)


def test_pictures_are_of_one_network_for_everybody(judge) -> None:
    """Two submissions that differ are drawn the same features beside their own, and right ones meet them."""
    drawn = [
        judge(question, submission_of(text_with(*edits))).plots
        for edits in ((), (("n_samples = 200", "n_samples = 201"),))
    ]
    assert [plot.title for plot in drawn[0]] == ["Singular values", "Principal features beside yours"]
    assert drawn[0] == drawn[1]


EVERYWHERE = """def compute_svd_plot_features(X, y, X_test, y_test, model):
    from matplotlib.collections import LineCollection
    plt.plot(np.linalg.svd(collect_output_features(X, model))[1], "o")
    plt.figure()
    at = float(X.ravel()[0])
    lines = [[(at, height), (at + 1e-9, height), (at + 2e-9, height)] for height in np.linspace(-6, 6, 2900)]
    plt.gca().add_collection(LineCollection(lines))
"""


def test_lines_at_every_height_are_left_to_a_person(judge) -> None:
    """Short lines everywhere meet every principal feature somewhere, and show none."""
    text = text_with()
    begin = text.index("def compute_svd_plot_features")
    verdict = judge(question, submission_of(text[:begin] + EVERYWHERE + text[text.index("\n# %%", begin) :]))
    assert verdict.word is Word.WAITING, verdict.feedback
    assert "lines that are no principal features" in verdict.feedback[0]


LARGE = """def compute_svd_plot_features(X, y, X_test, y_test, model):
    np.linalg.svd(np.ones((4, 500_000)), full_matrices=False)
    for size in range(40, 60):
        np.linalg.svd(np.ones((size, size)))
    plt.plot(X, X**2)
    plt.plot(X_test, X_test)
"""


def test_large_and_many_matrices_are_not_decomposed_again(judge) -> None:
    """What the grader computes of a student's matrices is bounded: one of terabytes, or sixty of them, keep nobody waiting."""
    text = text_with()
    begin = text.index("def compute_svd_plot_features")
    verdict = judge(question, submission_of(text[:begin] + LARGE + text[text.index("\n# %%", begin) :]))
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)
    assert "decomposed was (40, 40), (41, 41), (42, 42)." in verdict.feedback[0]
