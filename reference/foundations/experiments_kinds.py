"""An experiment for what a network is: which of the descriptions a small one fulfils when it is measured."""

from __future__ import annotations

import numpy as np

Array = np.ndarray

_UNITS, _POINTS = 8, 64


def network(parameters: Array, x: Array) -> Array:
    """Outputs (n,) at x (n,) of one hidden layer of ReLUs; parameters (3, units): weights, biases, output weights."""
    w, b, a = parameters
    return np.maximum(0, x[:, None] * w + b) @ a


def what_a_network_is(rng: np.random.Generator) -> str:
    """The letters of the descriptions that hold."""
    parameters = rng.normal(size=(3, _UNITS))
    x = rng.uniform(-1, 1, _POINTS)
    return "".join(
        letter
        for letter, holds in (
            ("a", _stores_points(rng, parameters)),
            ("b", _is_tuned_by_derivatives(rng, parameters, x)),
            ("c", _is_linear(parameters, x)),
            ("d", _has_a_state(parameters, x)),
            ("e", _is_fixed(rng, parameters, x)),
        )
        if holds
    )


def _stores_points(rng: np.random.Generator, parameters: Array) -> bool:
    """Whether a number is kept for every one of a thousand points."""
    return parameters.size >= len(rng.uniform(-1, 1, 1000))


def _is_tuned_by_derivatives(rng: np.random.Generator, parameters: Array, x: Array) -> bool:
    """Whether derivatives by the parameters exist nearly everywhere, and following them lowers an error."""
    y = np.sin(3 * x)
    smooth = []
    for _ in range(50):
        at, way = rng.normal(size=parameters.shape), rng.normal(size=parameters.shape)
        left, right = (network(at + h * way, x[:1]) - network(at, x[:1]) for h in (-1e-6, 1e-6))
        smooth.append(bool(np.allclose(-left, right, atol=1e-9)))
    before = np.mean((network(parameters, x) - y) ** 2)
    steps = [1e-5 * unit.reshape(parameters.shape) for unit in np.eye(parameters.size)]
    slope = np.array(
        [np.mean((network(parameters + e, x) - y) ** 2) - np.mean((network(parameters - e, x) - y) ** 2) for e in steps]
    )
    downhill = parameters - 1e-3 * slope.reshape(parameters.shape) / np.linalg.norm(slope)
    return np.mean(smooth) > 0.9 and bool(np.mean((network(downhill, x) - y) ** 2) < before)


def _is_linear(parameters: Array, x: Array) -> bool:
    """Whether the outputs for all parameters together are those of a sum of parameters."""
    other = parameters[:, ::-1]
    return bool(np.allclose(network(parameters + other, x), network(parameters, x) + network(other, x)))


def _has_a_state(parameters: Array, x: Array) -> bool:
    """Whether a second look at the same inputs gives something else, as spikes and recovery would."""
    return not np.array_equal(network(parameters, x), network(parameters, x))


def _is_fixed(rng: np.random.Generator, parameters: Array, x: Array) -> bool:
    """Whether the parameters change nothing, as in rules that are written once."""
    return bool(np.allclose(network(parameters, x), network(rng.normal(size=parameters.shape), x)))
