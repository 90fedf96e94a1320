"""What a student reads of a function: what is off, on which input, and the lines to try it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.functions.draw import Case
from autograder.functions.trial import Trial

if TYPE_CHECKING:
    from autograder.answers.function import Function

_LONGEST_EXAMPLE = 800
_LONGEST_BLOCK = 1_100


def said(function: Function, trial: Trial) -> str:
    """One sentence: on which input, and what is off. Of a hidden input no more than the kinds of input and fault."""
    assert trial.finding is not None
    if not trial.case.published:
        return (
            f"`{function.name}` is right on the published inputs, but on another input of the kind "
            f"'{trial.case.input.name}' it {trial.finding.fault}. It must work for every input of that kind."
        )
    sizes = sizes_of(function, trial.case)
    end = "" if trial.finding.said.endswith("?") else "."
    return f"For {sizes} ({trial.case.input.name}) your `{function.name}` {trial.finding.said}{end}"


def sizes_of(function: Function, case: Case) -> str:
    """The sizes of an input: `n = 2, d = 5`."""
    sizes = function.declared.sizes(case.arguments)
    return ", ".join(f"{name} = {size}" for name, size in sizes.items())


def block(function: Function, trial: Trial) -> str:
    """The lines below the sentence: the input as code, the traceback, what was printed; "" for a hidden input."""
    assert trial.finding is not None
    if not trial.case.published:
        return ""
    example = call_line(function.entry, trial.case)
    if function.wrapper and example:
        example = f"{function.wrapper.strip()}\n\n{example}"
    lines = ["the input:", *(f"  {line}" for line in example.split("\n"))] if example else []
    kept: list[str] = []
    for line in [*lines, *trial.finding.details]:
        shortened = line if len(line) <= 200 else line[:199] + "…"
        if sum(map(len, kept)) + len(shortened) > _LONGEST_BLOCK:
            kept.append("  …")
            break
        kept.append(shortened)
    return "\n".join(kept)


def call_line(name: str, case: Case) -> str:
    """The call as Python that can be typed, one argument a line; "" when it is too long to be of use.

    >>> from autograder.functions.draw import Input
    >>> kind = Input(name="any", group="any", make=lambda draw: ())
    >>> print(call_line("f", Case(input=kind, arguments=(np.eye(2), 0.5), published=True)))
    f(
        np.array([
            [1.0, 0.0],
            [0.0, 1.0],
        ]),
        0.5,
    )
    """
    arguments = [_code(value) for value in case.arguments]
    text = "\n".join([f"{name}(", *(f"    {argument}," for argument in arguments), ")"])
    return text if len(text) <= _LONGEST_EXAMPLE else ""


def _code(value: Any) -> str:
    if not isinstance(value, np.ndarray):
        return repr(value)
    if value.size > 60:
        return "…" * _LONGEST_EXAMPLE
    numbers = np.round(value.astype(np.float64), 7).tolist() if value.dtype.kind == "f" else value.tolist()
    dtype = "" if value.dtype in (np.float64, np.int64) else f", dtype=np.{value.dtype}"
    if value.ndim < 2:
        return f"np.array({numbers}{dtype})"
    rows = "".join(f"        {row},\n" for row in numbers)
    return f"np.array([\n{rows}    ]{dtype})"
