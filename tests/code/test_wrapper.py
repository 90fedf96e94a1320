"""Functions of functions and lists of arrays: what cannot cross the border is made and taken apart behind it."""

from __future__ import annotations

import numpy as np
import pytest

from autograder import Function, Functions, Question, Source, Wrong
from autograder.errors import AuthorError
from autograder.functions import Input, Matches, Property
from autograder.verdict import Word

DESCEND = Function(
    name="descend",
    signature="slope, x0, lr, steps -> x",
    about="The last iterate.",
    inputs=(
        Input(name="a parabola", group="all", make=lambda draw: (draw.between(0.5, 2), draw.between(1, 3), 0.1, 4)),
    ),
    checks=(Matches(reference=lambda slope, x0, lr, steps: x0 * (1 - lr * slope) ** steps),),
    reference=lambda slope, x0, lr, steps: x0 * (1 - lr * slope) ** steps,
    wrapper="def call_descend(slope, x0, lr, steps):\n    return descend(lambda x: slope * x, x0, lr, steps)\n",
)
MINIBATCHES = Function(
    name="minibatches",
    signature="n, b, seed -> points: n, lengths: k",
    about="Every point once.",
    inputs=(Input(name="a rest", group="all", make=lambda draw: (draw.size(5, 8), 3, draw.size(0, 9))),),
    checks=(
        Property(
            by=lambda points, lengths, n, b, seed: "" if sorted(points) == list(range(n)) else "a point is missing"
        ),
    ),
    reference=lambda n, b, seed: (np.arange(n), np.array([b] * (n // b) + [n % b])),
    wrapper=(
        "def call_minibatches(n, b, seed):\n    import numpy\n    batches = minibatches(n, b, seed)\n"
        "    return numpy.concatenate(batches), [len(batch) for batch in batches]\n"
    ),
)


@pytest.fixture
def question():
    return Question(
        id="3.code", title="T", points=2, prompt="P", source=Source("D", "1"),
        answer=Functions(functions=(DESCEND, MINIBATCHES)),
        wrong=(Wrong("ascent", {"descend": lambda slope, x0, lr, steps: x0 * (1 + lr * slope) ** steps}, "Downhill?"),),
    )  # fmt: skip


RIGHT = (
    "import numpy as np\ndef descend(df, x0, lr, steps):\n    for _ in range(steps):\n        x0 = x0 - lr * df(x0)\n"
    "    return x0\ndef minibatches(n, b, seed):\n    order = np.random.default_rng(seed).permutation(n)\n"
    "    return [order[i:i + b] for i in range(0, n, b)]\n"
)


def test_right(judge, question):
    """A function of a function, and one that returns a list of arrays, are judged like any other."""
    verdict = judge(question, RIGHT)
    assert verdict.word is Word.OK, verdict.feedback


def test_mistake(judge, question):
    """Mistakes are recognised, and the lines to try it again hold the wrapper."""
    verdict = judge(question, RIGHT.replace("x0 - lr", "x0 + lr"))
    assert verdict.misconception == "ascent"
    assert "def call_descend(slope, x0, lr, steps):\n      return descend(lambda x: slope * x" in verdict.feedback[1]


def test_traceback_ends_at_the_students_file(judge, question):
    """The wrapper's own line is no part of the student's traceback."""
    verdict = judge(question, RIGHT.replace("df(x0)", "df(x0, 1)"))
    assert "functions.py, line 4, in descend" in verdict.feedback[1]
    assert "in call_descend" not in verdict.feedback[1]


def test_wrapper_without_its_function():
    """A wrapper that does not define what is called is the author's error."""
    with pytest.raises(AuthorError, match="the wrapper must define call_descend"):
        Function(**{
            **{name: getattr(DESCEND, name) for name in ("name", "signature", "about", "inputs", "checks", "reference")},
            "wrapper": "def other(): pass",
        })  # fmt: skip
