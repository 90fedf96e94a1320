"""The oracle for sets of points: the statement's equations hold there, and a search from many starts finds no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from autograder.formula.tree import Matrix, Name, Node, Sequence, walk
from autograder.oracles.keys import key_trees
from autograder.oracles.numeric import number, value
from autograder.question import Question

Array = NDArray[np.float64]
_STARTS, _STEPS, _NEAR = 60, 80, 1e-5
_FLAT, _STEEP = 1e-5, 1e-2
"""Relative singular values of the slopes: along a line of zeros below the first; in between a zero is not told precisely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredPoints:
    """Every point must be a zero of `by`, and every zero that Newton's method finds must be one of the points.

    Args:
        by: takes the coordinates, in the order of the answer, and returns the numbers that must vanish.
        reach: half the width of the cube from which the starts are drawn.
    """

    by: Callable[..., Array]
    reach: float = 2.0

    def agrees(self, question: Question, *, seed: int) -> str:
        """Put the points into the equations, then search; "" when all agree."""
        rng = default_rng(seed)
        names: tuple[str, ...] = question.answer.coordinates  # type: ignore[attr-defined]  # a set of points has them
        families = [_coordinates(tree) for tree in key_trees(question)]
        for family in families:
            for here in rng.uniform(-self.reach, self.reach, size=4):
                point = _at(family, names, float(here))
                misses = np.abs(self._zero(point)).max()
                if misses > 1e-6 * max(1.0, float(np.abs(point).max())) ** 3:
                    return (
                        f"at {np.round(point, 4).tolist()}: by the statement, this is no zero but off by {misses:.3g}"
                    )
        for _ in range(_STARTS):
            found = self._search(rng.uniform(-self.reach, self.reach, size=len(names)))
            if found is not None and not any(_belongs(found, family, names) for family in families):
                return f"at {np.round(found, 4).tolist()}: by the statement, this point belongs to the set"
        return ""

    def _zero(self, point: Array) -> Array:
        return np.asarray(self.by(*point), dtype=float).ravel()

    def _search(self, point: Array) -> Array | None:
        """A zero by Newton's method with differences, None where it does not settle on one precisely."""
        width = 1e-4
        for _ in range(_STEPS):
            ahead = np.array([self._zero(point + width * unit) for unit in np.eye(len(point))])
            behind = np.array([self._zero(point - width * unit) for unit in np.eye(len(point))])
            slopes = (ahead - behind).T / (2 * width)
            point = point - np.linalg.lstsq(slopes, self._zero(point), rcond=_FLAT)[0]
            if not np.all(np.abs(point) < 1e3 * self.reach):
                return None
        if np.abs(self._zero(point)).max() > 1e-10:
            return None
        stretches = np.linalg.svd(slopes, compute_uv=False) / np.linalg.norm(slopes)
        return point if np.all((stretches > _STEEP) | (stretches < _FLAT)) else None


def _coordinates(tree: Node) -> tuple[Node, ...]:
    if isinstance(tree, Matrix):
        return tuple(cell for row in tree.rows for cell in row)
    return tree.items if isinstance(tree, Sequence) else (tree,)


def _at(family: tuple[Node, ...], names: tuple[str, ...], here: float) -> Array:
    """A point of the family, its free coordinates at `here`."""
    return np.array([number(value(node, dict.fromkeys(names, here))) for node in family])


def _belongs(point: Array, family: tuple[Node, ...], names: tuple[str, ...]) -> bool:
    own = dict(zip(names, map(float, point), strict=True))
    free = {part.name for node in family for part in walk(node) if isinstance(part, Name)}
    there = np.array([number(value(node, {name: own[name] for name in free})) for node in family])
    return bool(np.abs(there - point).max() < _NEAR * max(1.0, float(np.abs(point).max())))
