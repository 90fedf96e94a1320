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

ASSIGNMENT = """
from autograder import Assignment
from {shelf}.demo import q1

assignment = Assignment(name="demo", title="A demonstration", points=4, questions=q1.questions)
"""

SOLUTION = 'assignment = "demo"\nq1a = "2 a (a x - b)"\nq1b = "a"\n'


def write(shelf: Path, *, edits: tuple[tuple[str, str], ...] = (), solution: str = SOLUTION, points: str = "4") -> Path:
    """The course, with pieces of its questions replaced."""
    text = QUESTIONS
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    (shelf / "demo" / "solution").mkdir(parents=True)
    (shelf / "demo" / "q1.py").write_text(text)
    (shelf / "demo" / "assignment.py").write_text(
        ASSIGNMENT.replace("{shelf}", shelf.name).replace("points=4", f"points={points}")
    )
    (shelf / "demo" / "solution" / "answers.py").write_text(solution)
    return shelf
