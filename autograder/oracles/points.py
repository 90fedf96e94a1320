"""Random points in the domain that a question declares."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.errors import AuthorError
from autograder.formula.tree import Name, walk
from autograder.oracles.numeric import Point, number, value
from autograder.symbols import Bound, Kind, Structure, Symbol, SymbolTable


def draw(table: SymbolTable, rng: Generator, *, sizes: Mapping[str, int] | None = None) -> Point:
    """A value for every declared symbol, size and free index: floats, integers and arrays of two axes.

    Args:
        table: what to draw; bounds may refer to other symbols, in any order that is not circular.
        rng: the only source of randomness.
        sizes: sizes to use instead of random distinct ones from 2 to 6.

    Raises:
        AuthorError: the bounds refer to each other in a circle, or to a name that is not declared.
    """
    names = table.sizes
    chosen = rng.permutation(np.arange(2, max(7, 2 + len(names))))
    point: dict[str, Any] = {name: int(size) for name, size in zip(names, chosen, strict=False)}
    point.update({name: size for name, size in (sizes or {}).items() if name in table.sizes})
    waiting = [symbol for symbol in table.symbols if symbol.name not in point]
    while waiting:
        ready = [symbol for symbol in waiting if _needs(symbol) <= point.keys()]
        if not ready:
            raise AuthorError(
                f"the domains of {', '.join(s.name for s in waiting)} refer to each other; break the circle."
            )
        for symbol in ready:
            point[symbol.name] = _one(symbol, point, rng)
        waiting = [symbol for symbol in waiting if symbol.name not in point]
    fewest = min((point[name] for name in table.sizes), default=1)  # of any data, so that every array has that entry
    point.update({index: int(rng.integers(1, fewest + 1)) for index in table.indices if index not in point})
    return point


def call(function: Callable[..., Any], point: Point, **further: Any) -> Any:
    """Call a function with the symbols that its parameters name; a parameter `lambda_` stands for `lambda`.

    >>> call(lambda sigma, lambda_: sigma + lambda_, {"sigma": 1.0, "lambda": 2.0, "eta": 5.0})
    3.0
    """
    known = {_parameter(name): number_or_array for name, number_or_array in point.items()} | further
    missing = [name for name in signature(function).parameters if name not in known]
    if missing:
        raise AuthorError(
            f"the oracle asks for {missing[0]!r}, which is no symbol of the question. Symbols: {sorted(known)}."
        )
    return function(**{name: known[name] for name in signature(function).parameters})


def _parameter(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _needs(symbol: Symbol) -> set[str]:
    bounds = [bound.value for bound in (symbol.lower, symbol.upper) if bound is not None]
    names = {node.name for bound in bounds for node in walk(bound) if isinstance(node, Name)}
    return names | {size for size in symbol.shape if isinstance(size, str)}


def _one(symbol: Symbol, point: Point, rng: Generator) -> Any:
    if symbol.kind in (Kind.SCALAR, Kind.INTEGER):
        low, high = _end(symbol.lower, point), _end(symbol.upper, point)
        return _integer(low, high, rng) if symbol.kind is Kind.INTEGER else _scalar(low, high, rng)
    rows, cols = (size if isinstance(size, int) else int(point[size]) for size in symbol.shape)
    return _matrix(symbol.structure, rng.normal(size=(rows, cols)))


def _end(bound: Bound | None, point: Point) -> float | None:
    return None if bound is None else number(value(bound.value, point))


def _scalar(low: float | None, high: float | None, rng: Generator) -> float:
    if low is not None and high is not None:
        return low + (high - low) * float(rng.uniform(0.05, 0.95))
    distance = float(np.exp(rng.uniform(-1.2, 1.0)))
    if low is not None:
        return low + distance
    if high is not None:
        return high - distance
    return distance * float(rng.choice([-1.0, 1.0]))  # never 0, so that `x != 0` needs no word


def _integer(low: float | None, high: float | None, rng: Generator) -> int:
    first = 0 if low is None else int(np.ceil(low))
    last = first + 6 if high is None else int(np.floor(high))
    return int(rng.integers(first, last + 1))


def _matrix(structure: Structure, general: Any) -> Any:
    match structure:
        case Structure.GENERAL:
            return general
        case Structure.SYMMETRIC:
            return general + general.T
        case Structure.POSITIVE_DEFINITE:
            return general @ general.T + np.eye(len(general))
        case Structure.ORTHOGONAL:
            return np.linalg.qr(general)[0]
        case Structure.DIAGONAL:
            return np.diag(np.diag(general))
