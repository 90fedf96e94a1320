"""Networks that a notebook built, told apart by what they compute: two hidden layers of one width, each with a ReLU?

The names, the order and the layout of the parameters are the student's. With random parameters the outputs fit 1-w-w-1 for one
way of giving the parameters their places, or for none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise, permutations
from math import isqrt

import numpy as np

from autograder.notebooks.rehearsal import Known, Probe
from reference.hw1.relu_networks import Array

Switch = Callable[[Array], Array]


def _relu(z: Array) -> Array:
    return np.maximum(0, z)


def _nothing(z: Array) -> Array:
    return z


_OTHERS: tuple[Switch, ...] = (
    np.tanh,
    lambda z: 1 / (1 + np.exp(-z)),
    lambda z: np.where(z > 0, z, 0.01 * z),
    lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    lambda z: np.logaddexp(0, z),
    lambda z: z / (1 + np.exp(-z)),
    np.sin,
    np.abs,
)
# Behind the first hidden layer, behind the second, behind the output.
_KNOWN: tuple[tuple[str, Switch, Switch, Switch], ...] = (
    ("", _relu, _relu, _nothing),
    ("relu-missing", _relu, _nothing, _nothing),
    ("relu-missing", _nothing, _relu, _nothing),
    ("relu-missing", _nothing, _nothing, _nothing),
    ("relu-on-output", _relu, _relu, _relu),
    *(("other-activation", switch, switch, _nothing) for switch in _OTHERS),
)


def hidden_layers(network: Known) -> int:
    """How many hidden layers a network has, by its matrices."""
    return sum(array.ndim >= 2 and array.size > 1 for array in network.arrays) - 1


def fault(network: Known) -> str | None:
    """The rule that names what is not 1-w-w-1 with a ReLU twice; "" where nothing is, None where that cannot be told."""
    probe = network.probe
    if probe is None:
        return None
    width = isqrt(max(array.size for array in probe.arrays))
    if sorted(array.size for array in probe.arrays) != sorted((1, width, width, width, width, width**2)):
        return _other_chain(probe)
    return next((rule for rule, *switches in _KNOWN if _fits(probe, width, tuple(switches))), None)


def _other_chain(probe: Probe) -> str | None:
    """What is off where the matrices could be fully connected layers one behind the other, more than two; else None."""
    shapes = [array.shape for array in probe.arrays if array.ndim == 2]
    ends = len(shapes) > 2 and shapes[0][1] == 1 and shapes[-1][0] == 1
    if not ends or any(after[1] != before[0] for before, after in pairwise(shapes)):
        return None
    # With the right matrices it is the other parameters: a bias that is missing, or those of a layer of another kind.
    return "other-layers" if len(shapes) == 3 and shapes[1][0] == shapes[1][1] else "other-widths"


def _fits(probe: Probe, width: int, switches: tuple[Switch, ...]) -> bool:
    bound = 1e-4 * (1 + np.abs(probe.y).max())
    return any(np.all(np.abs(y - probe.y) <= bound) for y in _outputs(probe, width, switches))


def _outputs(probe: Probe, width: int, switches: tuple[Switch, ...]) -> Iterator[Array]:
    """What 1-w-w-1 computes, for every way to give the parameters their places."""
    first, second, last = switches
    flat = [array.ravel() for array in probe.arrays]
    (constant,) = (array[0] for array in flat if array.size == 1)
    (square,) = (array.reshape(width, width) for array in flat if array.size == width**2)
    for w1, b1, b2, w3 in permutations([array for array in flat if array.size == width]):
        below = first(probe.x[:, None] * w1 + b1)
        for matrix in (square, square.T):
            yield last(second(below @ matrix.T + b2) @ w3 + constant)


def function_of(network: Known) -> Callable[[Array], Array] | None:
    """The function that a network with ReLUs is, of one or two hidden layers, from its parameters alone; None for any other."""
    probe = network.probe
    if probe is None or [a.size for a in probe.arrays] != [a.size for a in network.arrays]:
        return None
    bound = 1e-4 * (1 + np.abs(probe.y).max())
    for compute in _computations([array.size for array in probe.arrays]):
        if np.all(np.abs(compute(probe.arrays, probe.x) - probe.y) <= bound):
            return partial(compute, network.arrays)
    return None


Computation = Callable[[tuple[Array, ...], Array], Array]


def _computations(sizes: list[int]) -> Iterator[Computation]:
    """What 1-w-1 and 1-w-w-1 compute from parameters of these sizes, for every way to give the parameters their places."""
    width = sorted(sizes)[1] if len(sizes) in (4, 6) else 0
    if width < 2 or sorted(sizes) not in ([1, *[width] * 3], [1, *[width] * 4, width**2]):
        return
    constant, among = sizes.index(1), [at for at, size in enumerate(sizes) if size == width]
    if len(sizes) == 4:
        yield from (partial(_shallow, places=(*order, constant)) for order in permutations(among))
        return
    square = sizes.index(width**2)
    for order in permutations(among):
        yield from (partial(_deep, places=(*order, constant, square), turned=turned) for turned in (False, True))


def _shallow(arrays: tuple[Array, ...], x: Array, *, places: tuple[int, ...]) -> Array:
    w1, b1, w2, constant = (arrays[at].ravel() for at in places)
    return _relu(x[:, None] * w1 + b1) @ w2 + constant


def _deep(arrays: tuple[Array, ...], x: Array, *, places: tuple[int, ...], turned: bool) -> Array:
    w1, b1, b2, w3, constant, square = (arrays[at].ravel() for at in places)
    matrix = square.reshape(len(w1), len(w1))
    return _relu(_relu(x[:, None] * w1 + b1) @ (matrix if turned else matrix.T) + b2) @ w3 + constant
