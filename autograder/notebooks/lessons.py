"""What training did to a network, seen in a short rehearsal: whether it learned, and which of its layers moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.notebooks.figures import Array
from autograder.notebooks.rehearsal import Known


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lesson:
    """One network, or two of one shape, before and after training."""

    before: Known
    after: Known

    def gain(self, y: Array) -> float:
        """By which factor the mean squared error at the training points fell; below 1 where it rose."""
        return self.before.error(y) / max(self.after.error(y), 1e-30)

    @property
    def moved(self) -> tuple[str, ...]:
        """Names of the parameters that changed."""
        pairs = zip(self.after.names, self.before.arrays, self.after.arrays, strict=True)
        return tuple(name for name, before, after in pairs if not np.array_equal(before, after))

    @property
    def only_output(self) -> bool:
        """Whether nothing but the output layer changed: then the outputs are affine in what moved, and the error convex."""
        return bool(self.moved) and set(self.moved) <= set(self.after.names[-2:])

    @property
    def elbows(self) -> Array:
        """How far the first layer's elbows -b/w moved; (units,), infinite where a weight is zero."""
        with np.errstate(divide="ignore", invalid="ignore"):
            before, after = (-n.arrays[1].ravel() / n.arrays[0].ravel() for n in (self.before, self.after))
        return np.where(np.isfinite(after - before), np.abs(after - before), np.inf)


def lessons(networks: tuple[Known, ...]) -> tuple[Lesson, ...]:
    """Each trained network with the one that it most likely began as: of the same shapes, untrained, and the closest."""
    found = []
    for after in (network for network in networks if network.trained):
        starts = [n for n in networks if not n.trained and _shapes(n) == _shapes(after)]
        if starts:
            distances = [_distance(start, after) for start in starts]
            found.append(Lesson(before=starts[distances.index(min(distances))], after=after))
    return tuple(found)


def _shapes(network: Known) -> list[tuple[int, ...]]:
    return [array.shape for array in network.arrays]


def _distance(one: Known, other: Known) -> float:
    return float(sum(np.sum((a - b) ** 2) for a, b in zip(one.arrays, other.arrays, strict=True)))
