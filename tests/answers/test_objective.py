"""Objectives are compared up to scale and shift, in whichever way their sums are written."""

from __future__ import annotations

import pytest

from autograder import Objective, Question, Source, declare
from autograder.submission.written import Written
from autograder.verdict import Word

QUESTION = Question(
    id="1",
    title="An objective",
    points=1,
    prompt="What is minimised?",
    source=Source("A sheet", "1"),
    answer=Objective("||X w - y||^2 + lambda ||w||^2", of="w"),
    symbols=declare("X: n*d, y: n, w: d, lambda > 0"),
)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        (r"\frac{1}{2\lambda}\sum_{i=1}^n (y_i - x_i^\top w)^2 + \frac{1}{2}\sum_j w_j^2", Word.OK),
        ("sum((y[i] - X[i] w)^2, (i, 1, n)) + lambda sum(w[j]^2, (j, 1, d))", Word.OK),
        ("np.mean((X@w - y)**2) + lam/n*np.sum(w**2)", Word.OK),
        ("||X w - y||^2 + lambda sum(w[j]^2, (j, 1, d)) + const", Word.OK),
        ("||X w - y||^2 + lambda sum(w[j], (j, 1, d))", Word.NOT_YET),
        ("||X w - y||^2 + lambda w[1]^2", Word.NOT_YET),
        ("np.mean((X@w - y)**2) + lam*np.sum(w**2)", Word.NOT_YET),
    ],
)
def test_entries_of_what_is_varied_vary_with_it(typed, word):
    """`w[j]` belongs to w wherever the objective is looked at: at w, at another point and at 0."""
    written = Written(name="q1", content=typed, where="answers.py")
    assert QUESTION.answer.judge(QUESTION, {"q1": written}, seed=3).word is word


@pytest.mark.parametrize("typed", ["1/(1 - 1)", "oo", "-oo + ||w||^2", "||X w - y||^2 + sqrt(-lambda)"])
def test_what_has_no_value_is_no_objective(typed):
    """A formula that is undefined everywhere is not left to a person."""
    written = Written(name="q1", content=typed, where="answers.py")
    assert QUESTION.answer.judge(QUESTION, {"q1": written}, seed=3).word is Word.NOT_YET
