"""Where shapes do not fit, a repair is suggested, unless the whole answer would then be right."""

from __future__ import annotations

import pytest

from autograder import Expression, Question, Source, declare
from autograder.submission.written import Written
from autograder.verdict import Word


def judged(typed: str):
    question = Question(
        id="1", title="A formula", points=1, prompt="Which?", source=Source("A sheet", "1"),
        answer=Expression("(X^T*X + lambda*I)^-1*X^T*y", also=(("with 2", "2*(X^T*X + lambda*I)^-1*X^T*y"),)),
        symbols=declare("X: n*d, y: n, lambda > 0"),
    )  # fmt: skip
    return question.answer.judge(question, {"q1": Written(name="q1", content=typed, where="answers.py")}, seed=2)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "(X*X + lambda)^-1*X^T*y",
            "`X*X` multiplies n×d by n×d. The columns of the left factor must be as many as the rows of the right one.",
        ),
        (
            "(X*X + lambda*I)^-1*X^T*y",
            "`X*X` multiplies n×d by n×d. Check the order of the factors, and which of them are transposed.",
        ),
        (
            "2*(X*X + lambda*I)^-1*X^T*y",
            "`X*X` multiplies n×d by n×d. Check the order of the factors, and which of them are transposed.",
        ),
        ("3*(X*X + lambda*I)^-1*X^T*y", "`X*X` multiplies n×d by n×d. Did you mean `X^T*X`?"),
        (
            "(X^T*X + lambda)^-1*X^T*y",
            "Adds a number to a d×d matrix. Check which matrix is meant by the number.",
        ),
        ("(X^T*X + 2*lambda)^-1*X^T*y", "Adds a number to a d×d matrix. Did you mean `2*lambda*I`?"),
    ],
)  # fmt: skip
def test_a_repair_is_told_unless_it_gives_the_answer_away(typed, sentence):
    """The key and the other conventions are what must not be spelled out."""
    verdict = judged(typed)
    assert verdict.word is Word.NOT_YET
    assert verdict.feedback[0].split("\n")[0] == sentence
