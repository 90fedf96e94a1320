"""Experiments that single out the true statements on ReLU units, their sums, and units that never switch on."""

from __future__ import annotations

from math import exp

import numpy as np
from numpy.random import Generator

from autograder.oracles import slope
from reference.foundations.experiments_descent import holding, the_one

Array = np.ndarray


def rectifier(rng: Generator) -> tuple[str, ...]:
    """The voltage over the resistor behind a diode, from the current at which both voltages add up, by halving."""
    resistance = float(rng.uniform(500, 2000))
    return tuple(_nearest(_output(volts, resistance)) for volts in (-2.0, 3.0))


def _output(volts: float, resistance: float, leak: float = 1e-12, thermal: float = 1e-3) -> float:
    low, high = -leak, max(0.0, volts) / resistance
    for _ in range(200):
        middle = (low + high) / 2
        exponent = min(700.0, (volts - middle * resistance) / thermal)
        low, high = (middle, high) if leak * (exp(exponent) - 1) > middle else (low, middle)
    return low * resistance


def _nearest(volts: float) -> str:
    options = {"a": -2.0, "b": 0.0, "c": 2.0, "d": 3.0}
    return min(options, key=lambda letter: abs(options[letter] - volts))


def _pieces(y: Array, x: Array) -> int:
    """Linear pieces of a sampled function: places where its slope changes, counted once each, plus one."""
    slopes = np.diff(y) / np.diff(x)
    jumps = np.flatnonzero(np.abs(np.diff(slopes)) > 1e-6)
    return 1 + int(np.sum(np.diff(jumps, prepend=-10) > 2))


def shape_of_a_sum(rng: Generator) -> str:
    """Continuity, curvature and number of pieces of random sums of units, some of which share an elbow or never switch."""
    x = np.linspace(-1, 1, 4001)
    counts, smooth, jumps = [], True, False
    for _ in range(30):
        width = int(rng.integers(2, 7))
        w, elbows, a = rng.normal(size=width), rng.uniform(-0.8, 0.8, size=width), rng.normal(size=width)
        if rng.random() < 0.5:
            elbows[0] = elbows[1]
        y = np.maximum(0, w * (x[:, None] - elbows)) @ a
        counts.append((width, _pieces(y, x)))
        jumps = jumps or bool(np.abs(np.diff(y)).max() > 0.1)
        smooth = smooth and counts[-1][1] == 1
    return the_one(
        {
            "a": smooth,
            "b": jumps,
            "c": all(pieces == width for width, pieces in counts),
            "d": not jumps and not smooth and all(pieces <= width + 1 for width, pieces in counts),
            "e": all(pieces == 2**width for width, pieces in counts),
        }
    )


def wide_networks(rng: Generator) -> str:
    """The largest error of interpolating networks of growing width on a wave, and of a fixed width on faster ones."""
    x = np.linspace(0, 1, 3001)
    phase = float(rng.uniform(0, 6))

    def error(width: int, waves: int) -> float:
        knots = np.linspace(0, 1, width + 1)
        return float(np.abs(np.interp(x, knots, np.sin(waves * knots + phase)) - np.sin(waves * x + phase)).max())

    on_one_wave = [error(width, 6) for width in (5, 50, 500)]
    fixed_width = [error(20, waves) for waves in (6, 60, 600)]
    far, knots = np.linspace(1, 50, 3001), np.linspace(0, 1, 501)  # to the right of all elbows: a straight line
    beyond = float(np.abs(np.interp(far, knots, np.sin(6 * knots + phase)) - np.sin(6 * far + phase)).max())
    return the_one(
        {
            "a": min(on_one_wave) < 1e-12,
            "b": max(fixed_width) < 0.1,
            "c": min(on_one_wave) > 0.1,
            "d": on_one_wave[-1] < 1e-4 and on_one_wave[-1] > 1e-12 and fixed_width[-1] > 0.5 and beyond > 0.5,
            "e": beyond < 0.1,
        }
    )


def slopes_far_out(rng: Generator) -> tuple[str, ...]:
    """Slopes of ReLU and sigmoid far from 0, by differences."""
    far = float(rng.uniform(20, 30))

    def kind(value: float) -> str:
        return "a" if abs(value) < 1e-6 else "b" if abs(value - 1) < 1e-6 else "c" if abs(value - 0.25) < 1e-3 else "d"

    def relu(x: Array) -> float:
        return max(0.0, float(x))

    def sigmoid(x: Array) -> float:
        return 1 / (1 + exp(-float(x)))

    return tuple(kind(float(slope(f, at))) for f, at in ((relu, far), (sigmoid, far), (relu, -far), (sigmoid, -far)))


def far_units(rng: Generator) -> str:
    """Units with normal weights whose elbow lies far outside the data: how many are off everywhere, on, constant."""
    w, b = rng.normal(size=(2, 200_000))
    far = np.abs(b / w) > 5
    x = np.linspace(-1, 1, 41)
    pre = w[far, None] * x + b[far, None]
    outputs = np.maximum(0, pre)
    off, on = np.mean(pre.max(axis=1) < 0), np.mean(pre.min(axis=1) > 0)
    return the_one(
        {
            "a": off > 0.99,
            "b": on > 0.99,
            "c": bool(abs(off - 0.5) < 0.03 and abs(on - 0.5) < 0.03),
            "d": off + on < 0.5,
            "e": bool(np.mean((np.ptp(outputs, axis=1) == 0) & (outputs[:, 0] != 0)) > 0.99),
        }
    )


def a_dead_unit(rng: Generator) -> tuple[str, ...]:
    """Gradients of a squared error by the parameters of a unit that is off on all data, and what descent makes of it."""
    x, y = rng.uniform(-1, 1, size=(2, 20))
    start = np.array([0.5, -3.0, 1.0, 0.0])  # weight, bias, outer weight, constant

    def loss(p: Array) -> float:
        return float(np.mean((p[2] * np.maximum(0, p[0] * x + p[1]) + p[3] - y) ** 2))

    gradient = slope(loss, start)
    after = start
    for _ in range(300):
        after = after - 0.1 * slope(loss, after)
    awake = np.maximum(0, after[0] * x + after[1]).any()
    return holding(
        {
            "a": bool(np.maximum(0, start[0] * x + start[1]).sum() == 0),
            "b": bool(gradient[0] == 0 and gradient[1] == 0),
            "c": bool(gradient[2] == 0),
            "d": bool(awake),
            "e": bool(gradient[3] == 0),
        }
    )


def law_of_the_ratio(rng: Generator) -> str:
    """Quartiles, tails and running means of quotients of independent normals."""
    b, w = rng.normal(size=(2, 400_000))
    ratio = b / w
    quartile = float(np.quantile(np.abs(ratio), 0.5))
    beyond = float(np.mean(np.abs(ratio) > 20 * quartile))
    twice = float(np.mean(np.abs(ratio) > 2 * quartile))  # 0.177 for a normal, 0.25 for a Laplace law
    bounded = float(np.abs(ratio).max()) < 100
    return the_one(
        {
            "a": beyond < 1e-4 and abs(twice - 0.177) < 0.02,
            "b": bounded,
            "c": beyond > 0.02,
            "d": bool((ratio >= 0).all()),
            "e": beyond < 1e-4 and abs(twice - 0.25) < 0.02,
        }
    )


def represented_and_found(rng: Generator) -> tuple[str, ...]:
    """Whether any setting of the parameters fits a wave, and whether descent finds one, for three designs."""
    x = np.linspace(-1, 1, 40)
    wave = np.sin(4 * x)
    elbows = np.linspace(-1, 1, 40)
    units = np.column_stack([np.ones_like(x), np.maximum(0, x[:, None] - elbows)])
    asleep = np.array([1.0, -5.0, float(rng.uniform(0.5, 1))])  # one unit that is off on all of x
    ramp = np.maximum(0, x + 0.3)

    def missed(columns: Array, target: Array) -> float:
        return float(np.abs(columns @ np.linalg.lstsq(columns, target, rcond=None)[0] - target).max())

    def of_unit(p: Array) -> float:
        return float(np.mean((p[2] * np.maximum(0, p[0] * x + p[1]) - ramp) ** 2))

    trained = asleep
    for _ in range(200):
        trained = trained - 0.1 * slope(of_unit, trained)
    designs = (
        (missed(units, wave) < 1e-6, True),
        (of_unit(np.array([1.0, 0.3, 1.0])) < 1e-12, of_unit(trained) < 0.01),
        (missed(np.column_stack([np.ones_like(x), x]), wave) < 0.1, False),
    )
    return tuple("b" if not there else "a" if found else "c" for there, found in designs)
