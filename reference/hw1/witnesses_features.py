"""Problem 5 from its statement alone: derivatives measured by changing a parameter, and what must be drawn of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.notebooks.figures import Curve, Seen
from autograder.oracles import MeasuredScenes, slope
from reference.hw1.relu_data import inputs
from reference.hw1.relu_networks import Array, Network, away_from_kinks, features, random_network

_POINTS, _CLOSE = 9, 2e-3  # of the highest curve: networks and singular vectors are in single precision
_MOST = 10


def output(parameters: Array, shapes: Sequence[tuple[int, ...]], x: float) -> float:
    """The network's value at x; the parameters in a row: weights and biases, layer by layer."""
    value, place = np.array([x]), 0
    for layer, (weight, bias) in enumerate(zip(shapes[::2], shapes[1::2], strict=True)):
        size = weight[0] * weight[1]
        matrix = parameters[place : place + size].reshape(weight)
        sums = matrix @ value + parameters[place + size : place + size + bias[0]]
        value = sums if layer == len(shapes) // 2 - 1 else (sums + abs(sums)) / 2
        place += size + bias[0]
    return float(value[0])


def measured_features(network: Network, x: Array) -> Array:
    """The derivatives of the output by every parameter; (points, parameters)."""
    parameters = np.concatenate([array.ravel() for array in network.weights])
    shapes = [array.shape for array in network.weights]
    return np.array([slope(lambda p, at=at: output(p, shapes, at), parameters, width=1e-6) for at in x])


def _once(network: Network) -> Callable[[Array], Array]:
    """The measured features at any points, measured once for all curves over the same ones."""
    known: dict[bytes, Array] = {}

    def measured(x: Array) -> Array:
        if x.tobytes() not in known:
            known[x.tobytes()] = measured_features(network, x)
        return known[x.tobytes()]

    return measured


def _measure(rng: Generator, hidden: int) -> tuple[Array, Array]:
    network = random_network(rng, 3, hidden=hidden)
    x = away_from_kinks([network], inputs(rng, _POINTS))
    return features(network, x), measured_features(network, x)


def one_hidden_layer(rng: Generator) -> tuple[Array, Array]:
    """The check's features of such a network, and the measured ones."""
    return _measure(rng, 1)


def two_hidden_layers(rng: Generator) -> tuple[Array, Array]:
    """The same with two hidden layers."""
    return _measure(rng, 2)


def objects_to_derivatives(arguments: Mapping[str, Any], network: Network, seen: Seen) -> str:
    """What is off with derivatives by one parameter array: every curve is one of them, and every one is drawn."""
    measured = _once(network)
    place = network.names.index(arguments["vis_name"])
    before = sum(array.size for array in network.weights[:place])
    own = slice(before, before + network.weights[place].size)
    drawn: set[int] = set()
    for curve in seen.curves:
        columns = measured(curve.x)[:, own]
        scale = np.abs(columns).max()
        near = np.flatnonzero(np.abs(columns - curve.y[:, None]).max(axis=0) <= _CLOSE * scale)
        if not len(near):
            return "a curve is no derivative"
        drawn.update(near.tolist())
    return "" if len(drawn) == network.weights[place].size else "a derivative is not drawn"


def objects_to_decomposition(arguments: Mapping[str, Any], network: Network, seen: Seen) -> str:
    """What is off with singular values and principal features, found from inner products of points, without a decomposition of F.

    With the feature matrix F of the training points, F F' u = s² u; a principal feature is f(x)' F' u / s, up to its sign.
    """
    measured = _once(network)
    F = measured(np.ravel(arguments["X"]))
    squares, u = np.linalg.eigh(F @ F.T)
    s, u = np.sqrt(np.clip(squares[::-1], 0, None)), u[:, ::-1]
    values = [curve for curve in seen.curves if _counts(curve)]
    if not any(_are_values(curve, s) for curve in values):
        return "the singular values are not drawn"
    live = [i for i in range(len(s)) if s[i] > 1e-3 * s[0]]
    drawn: set[int] = set()
    for curve in seen.curves:
        if _counts(curve):
            continue
        columns = measured(curve.x) @ F.T @ u[:, live] / s[live]
        found = _near_either(curve.y, columns)
        if found is None and np.abs(curve.y).max() > 1e-2 * np.abs(columns).max():
            return "a curve is no principal feature"
        drawn |= set() if found is None else {found}
    return "" if {0, 1} <= drawn else "the leading principal features are not drawn"


def objects(arguments: Mapping[str, Any], network: Network, seen: Seen) -> str:
    """What is off with a call of either function."""
    return (objects_to_derivatives if "vis_name" in arguments else objects_to_decomposition)(arguments, network, seen)


def _counts(curve: Curve) -> bool:
    return len(curve.x) > 1 and bool(np.allclose(np.diff(curve.x), 1))


def _are_values(curve: Curve, s: Array) -> bool:
    size = min(len(curve.y), len(s))
    enough = size >= min(_MOST, int((s > 1e-3 * s[0]).sum()))
    return enough and bool(np.all(np.abs(np.sort(curve.y)[::-1][:size] - s[:size]) <= _CLOSE * s[0]))


def _near_either(y: Array, columns: Array) -> int | None:
    """The column that a curve is, of either sign."""
    off = np.minimum(np.abs(columns - y[:, None]).max(axis=0), np.abs(columns + y[:, None]).max(axis=0))
    best = int(np.argmin(off))
    return best if off[best] <= _CLOSE * np.abs(columns).max() else None


ONE_LAYER = MeasuredScenes(by=one_hidden_layer, objects=objects)
TWO_LAYERS = MeasuredScenes(by=two_hidden_layers, objects=objects)
