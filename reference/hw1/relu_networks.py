"""Fully connected ReLU networks with one input and one output, and the derivatives of their output, in closed form."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from autograder.notebooks.scenes import Network

Array = NDArray[np.float64]

_GRID = np.linspace(0, 1, 300)  # 0.4 of 299 steps is no whole number, so that no kink lies on a round x


def random_network(rng: np.random.Generator, width: int, *, hidden: int = 1, style: str = "sequential") -> Network:
    """A network all of whose units switch somewhere inside (0, 1), with entries that float32 holds exactly."""
    while True:
        network = _drawn(rng, width, hidden, style)
        if _switches(network):
            return network


def _drawn(rng: np.random.Generator, width: int, hidden: int, style: str) -> Network:
    elbows = (np.arange(width) + rng.uniform(0.3, 0.7, width)) / width
    first = rng.uniform(0.5, 1.5, width) * rng.choice([-1.0, 1.0], width)
    weights = [first[:, None], -elbows * first]
    for _ in range(hidden - 1):
        matrix = rng.uniform(0.3, 1.0, (width, width)) * rng.choice([-1.0, 1.0], (width, width))
        below = _hidden(weights, _GRID)
        weights += [matrix, -np.quantile(below @ matrix.T, 0.4, axis=0)]
    weights += [rng.uniform(0.4, 1.2, (1, width)) * rng.choice([-1.0, 1.0], (1, width)), rng.uniform(0.2, 0.6, 1)]
    exact = tuple(weight.astype(np.float32).astype(np.float64) for weight in weights)
    return Network(weights=exact, style=style)


def _switches(network: Network) -> bool:
    """Whether every hidden unit is on and off for a while, and at no more than a few points between: a sum may be constant."""
    sums = np.hstack(layers(network, _GRID)[0][:-1])
    on, close = (sums > 0).mean(axis=0), (np.abs(sums) < 1e-3).mean(axis=0)
    least = 0.2 / len(network.weights[1])
    return bool(np.all((on > least) & (on < 1 - least) & (close < 0.02)))


def _hidden(weights: list[Array], x: Array) -> Array:
    """Outputs of the last of some hidden layers; (points, width)."""
    values = x[:, None]
    for weight, bias in zip(weights[::2], weights[1::2], strict=True):
        values = np.maximum(0, values @ weight.T + bias)
    return values


def layers(network: Network, x: Array) -> tuple[list[Array], list[Array]]:
    """Sums before each layer's switch, and what goes into each layer."""
    sums, inputs = [], [x[:, None]]
    for weight, bias in zip(network.weights[::2], network.weights[1::2], strict=True):
        sums.append(inputs[-1] @ weight.T + bias)
        inputs.append(np.maximum(0, sums[-1]))
    return sums, inputs[:-1]


def output(network: Network, x: Array) -> Array:
    """The network's values; (points,)."""
    return layers(network, x)[0][-1][:, 0]


def derivatives(network: Network, x: Array) -> list[Array]:
    """Derivatives of the output by each parameter array, its entries in a row; a list of (points, entries).

    Back to front: with d the derivative by a layer's sums, that by its weights is d times what went in, by its biases d,
    and by the sums below it is d W where those are positive.
    """
    sums, inputs = layers(network, x)
    found: list[Array] = []
    by_sums = np.ones((len(x), 1))
    for layer in reversed(range(len(sums))):
        weight = network.weights[2 * layer]
        by_weight = (by_sums[:, :, None] * inputs[layer][:, None, :]).reshape(len(x), -1)
        found = [by_weight, by_sums, *found]
        if layer:
            by_sums = (by_sums @ weight) * (sums[layer - 1] > 0)
    return found


def features(network: Network, x: Array) -> Array:
    """The feature matrix: a row for each point, a column for each parameter."""
    return np.hstack(derivatives(network, x))


def near_a_kink(network: Network, x: Array, *, within: float = 1e-5) -> Array:
    """Where a hidden sum is close to zero; unless told otherwise, too close to say on which side single precision sees it."""
    return _distance(network, x) < within


def away_from_kinks(networks: Iterable[Network], x: Array) -> Array:
    """The points, sorted, those on a kink of some network moved a little to the right; (points,)."""
    moved = x.copy()
    while (close := np.any([_distance(network, moved) < 1e-4 for network in networks], axis=0)).any():
        moved[close] += 1e-4
    return np.sort(moved)


def _distance(network: Network, x: Array) -> Array:
    """How far from zero the closest hidden sum is; (points,)."""
    sums, _ = layers(network, x)
    return np.abs(np.hstack(sums[:-1])).min(axis=1)
