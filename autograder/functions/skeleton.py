"""The blank form for code: a header and a docstring for every function that an assignment asks for."""

from __future__ import annotations

import textwrap
from fractions import Fraction

from autograder.answers.function import Function, Functions
from autograder.functions.signature import Value
from autograder.question import Assignment

FILE = "functions.py"
"""The form's name. Not `code.py`: in a folder with a file of that name, pdb and Jupyter would import it as Python's own."""


def skeleton(assignment: Assignment) -> str:
    """The text of the form, or "" when the assignment asks for no function."""
    parts = [question for question in assignment if isinstance(question.answer, Functions)]
    if not parts:
        return ""
    text = (
        f'"""{assignment.title}: your functions. NumPy arrays go in and come out; never change an argument in place."""\n\n'
        "import numpy as np\n"
    )
    for question in parts:
        assert isinstance(question.answer, Functions)
        text += f"\n\n# {question.id}  {question.title} ({_points(Fraction(question.points))})\n"
        text += "\n\n".join(_function(function) for function in question.answer.functions)
    return text


def _function(function: Function) -> str:
    declared = function.declared
    names = ", ".join(function.parameters)
    about = textwrap.fill(function.about, 100, initial_indent='    """', subsequent_indent="    ")
    takes = "\n".join(f"        {line}" for line in _described(function.takes, declared.parameters))
    gives = "\n".join(f"        {line}" for line in _described(function.gives, declared.results))
    return (
        f"def {function.name}({names}):\n{about}\n\n    Args:\n{takes}\n\n    Returns:\n{gives}\n"
        '    """\n    raise NotImplementedError\n'
    )


def _described(words: tuple[tuple[str, str], ...], declared: tuple[Value, ...]) -> list[str]:
    """The author's words where there are some, else name and shape as declared."""
    return [f"{name}: {meaning}" for name, meaning in words] or [value.describe() for value in declared]


def _points(points: Fraction) -> str:
    return "1 point" if points == 1 else f"{points} points"
