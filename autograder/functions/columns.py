"""The same function with vectors as matrices of one column, for statements that write `b: m x 1`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from autograder.functions.checks import Check
from autograder.functions.draw import Arguments, Array, Draw, Input
from autograder.functions.signature import Signature, Value

if TYPE_CHECKING:
    from autograder.answers.function import Function


def as_columns(function: Function) -> Function:
    """The declaration in which every vector, in or out, has the shape (size, 1)."""
    sides = function.signature.split("->")
    signature = "->".join(",".join(_column(part) for part in side.split(",")) for side in sides)
    return replace(
        function,
        signature=signature,
        inputs=tuple(replace(kind, make=_Reshaped(kind)) for kind in function.inputs),
        checks=tuple(_Flattened(check, function.declared) for check in function.checks),
        columns=False,
    )


def _column(part: str) -> str:
    """One value of a signature: a vector gets a second size of 1."""
    return f"{part.rstrip()}*1" if ":" in part and "*" not in part else part


@dataclass(frozen=True, slots=True)
class _Reshaped:
    kind: Input

    def __call__(self, draw: Draw) -> Arguments:
        return tuple(
            value[:, None] if isinstance(value, np.ndarray) and value.ndim == 1 else value
            for value in self.kind.make(draw)
        )


@dataclass(frozen=True, slots=True)
class _Flattened:
    check: Check
    declared: Signature  # the one with vectors

    def objection(self, results: tuple[Array, ...], arguments: Arguments, eps: float) -> str:
        """What the check says of the vectors."""
        return self.check.objection(
            _flat(results, self.declared.results), _flat(arguments, self.declared.parameters), eps
        )


def _flat(values: Arguments, declared: tuple[Value, ...]) -> Arguments:
    """Matrices of one column as vectors, where vectors are declared."""
    return tuple(value[:, 0] if len(one.shape) == 1 else value for value, one in zip(values, declared, strict=True))
