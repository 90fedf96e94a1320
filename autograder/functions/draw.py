"""Inputs: kinds of them, and cases drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Arguments: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """Random numbers for one case.

    Args:
        rng: the only source of randomness.
        tidy: round to one decimal, so that a published example can be read and typed.
    """

    rng: Generator
    tidy: bool = False

    def normal(self, *shape: int) -> Array:
        """Independent normal entries."""
        drawn = self.rng.normal(size=shape)
        return np.asarray(np.round(drawn, 1) + 0.0 if self.tidy else drawn)  # + 0.0 turns -0.0 into 0.0

    def between(self, low: float, high: float) -> float:
        """A number between two bounds, spread evenly over its logarithm."""
        drawn = float(np.exp(self.rng.uniform(np.log(low), np.log(high))))
        return max(low, float(np.format_float_positional(drawn, 2, fractional=False))) if self.tidy else drawn

    def size(self, low: int, high: int) -> int:
        """A size between two bounds, both included."""
        return int(self.rng.integers(low, high + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A kind of input.

    Args:
        name: what is special of it, as a student reads it ("a zero column").
        make: draws the arguments.
        group: which share of the function's points it belongs to ("tall").
        large: there to show how work grows, at a size where the wrong way is far beyond the limits. It is never rounded to
            be read, tried once published and once hidden, and not compared with known mistakes.
        why: what to say when time or memory runs out on it.
        advisory: beyond what is promised (arrays of float64): a failure is told, and costs nothing.
    """

    name: str
    make: Callable[[Draw], Arguments]
    group: str
    large: bool = False
    why: str = ""
    advisory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input: its kind and its arguments, which are never handed out without being copied."""

    input: Input
    arguments: Arguments
    published: bool

    def copy(self) -> Arguments:
        """The arguments, safe to be changed by whoever gets them."""
        return tuple(value.copy() if isinstance(value, np.ndarray) else value for value in self.arguments)


def case(kind: Input, seed: int, *, published: bool) -> Case:
    """Draw one case of a kind."""
    draw = Draw(np.random.default_rng(seed), tidy=published and not kind.large)
    return Case(input=kind, arguments=kind.make(draw), published=published)


def matrix_inputs(complete: Callable[[Draw, Array], Arguments], *, square: bool = True) -> tuple[Input, ...]:
    """The kinds of inputs that a function of a feature matrix must take, in three groups: tall, wide, edge.

    Single precision and integers come last and only for advice, since assignments promise float64.

    Args:
        complete: the arguments that go with a feature matrix.
        square: whether matrices with as many rows as columns are among them.
    """

    def kind(name: str, group: str, features: Callable[[Draw], Array], dtype: str = "") -> Input:
        def make(draw: Draw) -> Arguments:
            arguments = complete(draw, features(draw))
            return converted(arguments, dtype) if dtype else arguments

        return Input(name=name, group=group, make=make, advisory=bool(dtype))

    found = (
        kind("n > d", "tall", lambda draw: draw.normal(draw.size(4, 6), draw.size(2, 3))),
        kind("n < d", "wide", lambda draw: draw.normal(draw.size(2, 3), draw.size(4, 6))),
        kind("n = d", "edge", lambda draw: draw.normal(3, 3)) if square else None,
        kind("one row", "edge", lambda draw: draw.normal(1, draw.size(3, 4))),
        kind("one column", "edge", lambda draw: draw.normal(draw.size(3, 4), 1)),
        kind("a zero column", "edge", _with_zero_column),
        kind("nearly equal columns", "edge", _with_nearly_equal_columns),
        kind("float32", "edge", lambda draw: draw.normal(draw.size(4, 5), 2), "float32"),
        kind("integers", "edge", lambda draw: draw.normal(draw.size(4, 5), 2), "int64"),
    )
    return tuple(one for one in found if one is not None)


def _with_zero_column(draw: Draw) -> Array:
    X = draw.normal(4, 3)
    X[:, 1] = 0.0
    return X


def _with_nearly_equal_columns(draw: Draw) -> Array:
    X = draw.normal(5, 3)
    X[:, 2] = X[:, 0] + 1e-3 * draw.normal(5)
    return X


def converted(arguments: Sequence[Any], dtype: str) -> Arguments:
    """The arrays in another type; integers are three times what was drawn, rounded."""
    scale = 1 if dtype.startswith("float") else 3
    rounded = (lambda value: value) if dtype.startswith("float") else np.rint
    return tuple(
        rounded(scale * value).astype(dtype) if isinstance(value, np.ndarray) else value for value in arguments
    )
