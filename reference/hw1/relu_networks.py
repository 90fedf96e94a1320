"""Fully connected ReLU networks with one input and one output, and the derivatives of their output, in closed form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from autograder.notebooks.theatre import Network

Array = NDArray[np.float64]


def random_network(rng: np.random.Generator, width: int, *, hidden: int = 1, style: str = "sequential") -> Network:
    """A network all of whose units switch somewhere inside (0, 1), with entries that float32 holds exactly."""
    elbows = (np.arange(width) + rng.uniform(0.3, 0.7, width)) / width
    first = rng.uniform(0.5, 1.5, width) * rng.choice([-1.0, 1.0], width)
    weights = [first[:, None], -elbows * first]
    for _ in range(hidden - 1):
        matrix = rng.uniform(0.3, 1.0, (width, width)) * rng.choice([-1.0, 1.0], (width, width))
        below = _hidden(weights, np.linspace(0, 1, 101))
        weights += [matrix, -np.quantile(below @ matrix.T, 0.4, axis=0)]
    weights += [rng.uniform(0.4, 1.2, (1, width)) * rng.choice([-1.0, 1.0], (1, width)), rng.uniform(0.2, 0.6, 1)]
    exact = tuple(weight.astype(np.float32).astype(np.float64) for weight in weights)
    return Network(weights=exact, style=style)


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


def near_a_kink(network: Network, x: Array) -> Array:
    """Where a hidden sum is too close to zero to say on which side single precision sees it."""
    sums, _ = layers(network, x)
    return np.min(np.abs(np.hstack(sums[:-1])), axis=1) < 1e-5
