"""The blank form of an assignment, written from the public half of its questions: what is asked, and how to type it."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from typing import Any

from autograder.answers.options import FORM
from autograder.question import Assignment, Question

_WIDTH = 110

_NOTATION = """\
How to type an answer. Replace the empty text between the quotes; leave out what you cannot answer. Nothing here is
executed. Python, LaTeX and plain mathematics are read alike, so that these three say the same:

    r"0 < x <= 3/a^2"
    r"0 < x and x <= 3/a**2"
    r"0 < x \\le \\frac{3}{a^2}"

Use the letters of the question: greek ones as names (alpha), in LaTeX (\\alpha) or as they are (α). A product may be typed
2 a b or 2*a*b, a transpose A^T or A', an inverse A^-1 or inv(A), a block matrix [A, B; C, D], the identity I, a squared
length ||A x||^2. Entry i of data z is z_i or z[i]; a sum over all of them is sum(z_i^2), sum(z_i^2, i=1..N) or
\\sum_{i=1}^{N} z_i^2, a mean is mean(z).

A choice is answered by its letter, or by the option's own words. The report shows how each answer was read. A person, not
the grader, looks at what it cannot decide."""


_OWN = """\
This form is your own: its options stand in an order that other forms do not have. Keep the next line, it says which."""


def form(assignment: Assignment, code: str = "") -> str:
    """The blank form as the text of a Python file: one empty answer per part, with its prompt and how to type it.

    Args:
        code: of a student's own form, in which options are shuffled where the author allows it; "" for the form of the class.
    """
    head = f'"""{assignment.title}: your written answers."""\n\nassignment = "{assignment.name}"\n'
    parts = [head, "\n".join(_comment(line) for line in _NOTATION.splitlines()) + "\n"]
    parts += [f'{_comment(_OWN)}\n{FORM} = "{code}"\n'] if code else []
    printed: set[str] = set()
    parts += [_part(question, code) + _beside(question.answer, printed) for question in assignment]
    return "\n".join(parts)


def _beside(answer: Any, printed: set[str]) -> str:
    """Further lines that an answer asks for, such as the student's own numbers; what several parts share is there once."""
    lines = [line for line in getattr(answer, "beside", ()) if line not in printed]
    printed.update(lines)
    return "".join(f"{line}\n" for line in lines)


def _part(question: Question, code: str) -> str:
    head = f"{question.id}  {question.title} ({_points(question.points)})"
    lines = [_comment("-" * len(head)), _comment(head)]
    lines += [_comment(line) for line in _wrapped(question.prompt)]
    lines += [_comment(line) for line in _listed(question, code)]
    letters = ", ".join(symbol.name for symbol in question.symbols.symbols)
    lines += [_comment(line) for line in _wrapped(f"Letters: {letters}.")] if letters else []
    lines += [_comment(line) for line in _wrapped(f"Answer: {_example(question, code)}.")]
    if hasattr(question.answer, "judge_in"):  # code is handed in as code
        return "\n".join(lines) + "\n"
    return "\n".join([*lines, f"{question.answer_name} = {_blank(question.answer)}"]) + "\n"


def _comment(line: str) -> str:
    return f"# {line}".rstrip()


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent)


def _example(question: Question, code: str) -> str:
    answer: Any = question.answer
    example: str = answer.example(question, code) if hasattr(answer, "as_listed") else answer.example(question)
    return example


def _listed(question: Question, code: str) -> list[str]:
    """The cases and options of a choice."""
    answer: Any = question.answer
    cases = [f"case {number}: {case}" for number, case in enumerate(getattr(answer, "cases", ()), 1)]
    options = [
        f"{one.letter}) {one.option.text}"
        for one in (answer.as_listed(question.id, code) if hasattr(answer, "as_listed") else ())
    ]
    return [f"  {line}" for item in (*cases, *options) for line in _wrapped(item, indent="   ")]


def _blank(answer: Any) -> str:
    """An empty text, or a list of as many as are asked."""
    if getattr(answer, "judged", "") == "all":
        count = len(answer.parts.symbols)
    else:
        count = len(getattr(answer, "names", ()) or getattr(answer, "cases", ()))
    if answer.kind == "derivation":
        return '[\n    r"",\n    r"",\n]'
    return "[" + ", ".join(['r""'] * count) + "]" if count else 'r""'


def _points(points: Fraction | int) -> str:
    exact = Fraction(points)
    shown = f"{float(exact):g}" if 100 % exact.denominator == 0 else str(exact)
    return f"{shown} point" if exact <= 1 else f"{shown} points"
