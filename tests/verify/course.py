"""A small course that verifies, and one edit for each class of fault."""

from __future__ import annotations

from pathlib import Path

QUESTIONS = """
from sympy import Symbol, diff

from autograder import Choice, Expression, Half, Option, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredChoice, MeasuredValue, slope

table = declare("x, a > 0, b")
x, a, b = (sympy_symbol(table, name) for name in "xab")

key = diff((a * x - b) ** 2, x)

gradient = Question(
    id="1a", title="A slope", points=3, prompt="Differentiate the square of a x minus b by x.",
    source=Source("Sheet 0", "1(a)"), answer=Expression(key), symbols=table,
    practice=MeasuredValue(by=lambda x, a, b: slope(lambda x: (a * x - b) ** 2, x)),
    wrong=(
        Wrong("lost-inner", 2 * (a * x - b), "What is the derivative of the inside?", credit=Half),
        Wrong("sign", -key, "Look at the sign of the inside.", credit=Half),
    ),
)  # fmt: skip

choice = Question(
    id="1b", title="Its shape", points=1, prompt="What is the square, as a function of x?", source=Source("Sheet 0", "1(b)"),
    answer=Choice(options=(Option("a", "convex"), Option("b", "concave")), key="a"),
    practice=MeasuredChoice(by=lambda rng: "a" if rng.uniform(1, 2) > 0 else "b"),
    wrong=(Wrong("upside-down", "b", "Where does it go for large x?"),),
)  # fmt: skip

questions = (gradient, choice)
"""

CODE = """
import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Input, Matches, MeasuredFunctions, Zero


def slopes(X, y):
    return 2 * X.T @ (X @ y - 1)


def by_differences(X, y):
    def loss(v):
        return float(np.sum((X @ v - 1) ** 2))

    return np.array([(loss(y + e) - loss(y - e)) / 2 for e in np.eye(len(y))])


descent = Function(
    name="slopes", signature="X: n*d, y: d -> g: d", about="The slopes of |X y - 1|^2.",
    inputs=(
        Input(name="tall", group="usual", make=lambda draw: (draw.normal(4, 3), draw.normal(3))),
        Input(name="wide", group="usual", make=lambda draw: (draw.normal(2, 4), draw.normal(4))),
    ),
    checks=(Matches(reference=slopes),), reference=slopes,
)  # fmt: skip

code = Question(
    id="2.code", title="Its slope in code", points=2, prompt="Write slopes(X, y).", source=Source("Sheet 0", "2"),
    answer=Functions(functions=(descent,)), practice=MeasuredFunctions(by={"slopes": by_differences}),
    wrong=(Wrong("half", {"slopes": lambda X, y: slopes(X, y) / 2}, "What is the derivative of a square?", credit=Half),),
)  # fmt: skip

questions = (code,)
"""

TYPED_CODE = "def slopes(X, y):\n    return (X @ y - 1) @ X * 2\n"

ASSIGNMENT = """
from autograder import Assignment
from {shelf}.demo import q1

assignment = Assignment(name="demo", title="A demonstration", points=4, questions=q1.questions)
"""

SOLUTION = 'assignment = "demo"\nq1a = "2 a (a x - b)"\nq1b = "a"\n'


def write(
    shelf: Path,
    *,
    edits: tuple[tuple[str, str], ...] = (),
    solution: str = SOLUTION,
    points: str = "4",
    code: tuple[tuple[str, str], ...] | None = None,
    typed: str = TYPED_CODE,
    lock: str = "",
    mistakes: str = "",
) -> Path:
    """The course, with pieces of its questions replaced.

    `code` asks for a part with a function, `lock` for a release, `mistakes` for what students with a misconception hand in.
    """
    text = replaced(QUESTIONS, edits)
    (shelf / "demo" / "solution").mkdir(parents=True)
    (shelf / "demo" / "q1.py").write_text(text)
    assignment = ASSIGNMENT.replace("{shelf}", shelf.name).replace("points=4", f"points={points}")
    if code is not None:
        (shelf / "demo" / "q2.py").write_text(replaced(CODE, code))
        (shelf / "demo" / "solution" / "functions.py").write_text(typed)
        assignment = assignment.replace("import q1", "import q1, q2").replace(
            "q1.questions)", "(*q1.questions, *q2.questions))"
        )
        assignment = assignment.replace("points=4", "points=6")
    (shelf / "demo" / "assignment.py").write_text(assignment)
    if mistakes:
        (shelf / "demo" / "mistakes.py").write_text(f"MISTAKES = {mistakes}\n")
    if lock:
        (shelf / "demo" / "ids.lock").write_text(lock)
    (shelf / "demo" / "solution" / "answers.py").write_text(solution)
    return shelf


def replaced(text: str, edits: tuple[tuple[str, str], ...]) -> str:
    """A text with pieces replaced, each of which must be there."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text
