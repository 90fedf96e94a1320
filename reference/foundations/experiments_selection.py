"""Experiments that single out the true statements on losses, priors, test sets and hyperparameters."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, permutations
from typing import Any

import numpy as np
from numpy.random import Generator

from autograder.oracles import slope
from reference.foundations.experiments_descent import the_one

Array = np.ndarray


def loss_of_a_model(rng: Generator) -> str:
    """Which of five functions of a prediction is a squared error up to a positive factor and a constant, for normal labels."""
    y, spread = float(rng.normal()), float(rng.uniform(0.5, 2))
    prediction = np.linspace(-2, 2, 9)

    def density(at: Array) -> Array:
        return np.exp(-((at - y) ** 2) / (2 * spread**2)) / (spread * np.sqrt(2 * np.pi))

    functions = {
        "a": density(prediction),
        "b": -np.log(np.exp(-(prediction**2) / 2)),  # of a normal prior on the prediction
        "c": -np.log(density(prediction)),
        "d": np.log(density(prediction)),
        "e": -np.log(density(prediction)) - np.log(np.exp(-(prediction**2) / 2)),
    }
    squared = (prediction - y) ** 2
    return the_one({name: _rises_with(values, squared) for name, values in functions.items()})


def _rises_with(values: Array, other: Array) -> bool:
    factor, constant = np.polyfit(other, values, 1)
    return bool(factor > 1e-9 and np.allclose(factor * other + constant, values))


def prior_of_a_penalty(rng: Generator) -> str:
    """Which negative logarithm of a density is a squared parameter up to a positive factor and a constant."""
    theta, width = np.linspace(-2, 2, 9), float(rng.uniform(0.5, 2))
    densities = {
        "a": np.full_like(theta, 0.1),
        "b": np.exp(-(theta**2) / (2 * width**2)),
        "c": np.exp(-np.abs(theta) / width),
        "d": np.exp(-((theta - 1) ** 2) / (2 * width**2)),
        "e": np.where(theta >= 0, np.exp(-theta / width), 1e-300),
    }
    return the_one({name: _rises_with(-np.log(density), theta**2) for name, density in densities.items()})


def which_error_tells_the_truth(rng: Generator) -> str:
    """Coin flips cannot be predicted: which estimate of the error of a selected predictor comes near a half?"""
    found = {letter: [] for letter in "abcde"}
    for _ in range(40):
        guesses, train, reused, once = (rng.integers(0, 2, size=shape) for shape in ((200, 60), 20, 20, 20))
        validation = reused  # the set that the choice was made with, under whatever name
        training_error = (guesses[:, :20] != train).mean(axis=1)
        tuned_error = (guesses[:, 20:40] != reused).mean(axis=1)
        best, tuned = int(np.argmin(training_error)), int(np.argmin(tuned_error))
        found["a"].append(float(training_error[best]))
        found["b"].append(float(tuned_error[tuned]))
        found["c"].append(float((guesses[tuned, 40:] != once).mean()))
        both_errors = (training_error + tuned_error) / 2
        found["e"].append(float(both_errors.min()))
        found["d"].append(float((guesses[tuned, 20:40] != validation).mean()))
    return the_one({letter: abs(float(np.mean(errors)) - 0.5) < 0.1 for letter, errors in found.items()})


def weight_as_a_parameter(rng: Generator) -> tuple[str, ...]:
    """Gradient descent on parameter and weight together, the weight free, or stopped at 0 from below."""
    y = float(rng.uniform(1, 3))
    letters = []
    for lowest in (-np.inf, 0.0):
        theta, lam = 0.1, 1.0
        for _ in range(4000):
            theta, lam = theta - 0.01 * 2 * (theta - y + lam * theta), max(lowest, lam - 0.01 * theta**2)
            theta = float(np.clip(theta, -1e3, 1e3))
        letters.append("d" if lam < -1e3 else "c" if lam == 0 else "a" if lam > 1e3 else "b")
    return tuple(letters)


def what_each_set_is_for(rng: Generator) -> tuple[str, ...]:
    """The true error of polynomials whose coefficients or degree are set on one set, and whose report comes from another."""
    truth, reported = {}, {}
    for fit, pick, report in (
        ("train", "validate", "test"),
        ("train", "train", "test"),
        ("train", "validate", "validate"),
    ):
        errors, told = [], []
        for _ in range(80):
            data = {name: _noisy_wave(rng, 12) for name in ("train", "validate", "test")}
            curves = [np.polynomial.Polynomial.fit(*data[fit], degree) for degree in range(10)]
            scores = [_error(curve, data[pick]) for curve in curves]
            best = curves[int(np.argmin(scores))]
            errors.append(min(10.0, _error(best, _noisy_wave(rng, 500))))
            told.append(min(10.0, _error(best, data[report])) - errors[-1])
        truth[pick], reported[report, pick] = float(np.mean(errors)), float(np.mean(told))
    by_validation = truth["validate"] < 0.7 * truth["train"]
    honest = abs(reported["test", "validate"]) < abs(reported["validate", "validate"])
    return ("a", "b" if by_validation else "a", "c" if honest else "b")


def _noisy_wave(rng: Generator, points: int) -> tuple[Array, Array]:
    x = rng.uniform(-1, 1, size=points)
    return x, np.sin(3 * x) + 0.5 * rng.normal(size=points)


def _error(curve: np.polynomial.Polynomial, data: tuple[Array, Array]) -> float:
    return float(np.mean((curve(data[0]) - data[1]) ** 2))


def copies_in_validation(rng: Generator) -> str:
    """The validation error of a nearest neighbour, which stores its data, and of a straight line, with and without copies."""
    change = {"stored": [], "line": []}
    for _ in range(100):
        train, clean = _noisy_wave(rng, 15), _noisy_wave(rng, 15)
        copied = tuple(np.where(np.arange(15) < 5, one, two) for one, two in zip(train, clean, strict=True))
        line = np.polynomial.Polynomial.fit(*train, 1)

        def stored(x: Array, train: tuple[Array, Array] = train) -> Array:
            return train[1][np.argmin(np.abs(x[:, None] - train[0]), axis=1)]

        for name, curve in (("stored", stored), ("line", line)):
            errors = [float(np.mean((curve(x) - y) ** 2)) for x, y in (clean, copied)]
            change[name].append(errors[1] - errors[0])
    stored_gain, line_gain = (-float(np.mean(change[name])) for name in ("stored", "line"))
    return the_one(
        {
            "a": abs(stored_gain) < 0.02,
            "b": stored_gain > 0.05 and stored_gain > 2 * line_gain,
            "c": stored_gain < -0.02,
        }
    )


def orders_that_run(rng: Generator) -> Any:
    """Every order of the five steps is tried on data: the neighbours in the only one that comes to an end."""
    data = _noisy_wave(rng, 60)
    done: dict[str, Any] = {}

    def compute() -> None:
        done["losses"] = {degree: _error(curve, done["validate"]) for degree, curve in done["curves"].items()}

    def split() -> None:
        for name, places in zip(("train", "validate", "test"), np.split(rng.permutation(60), 3), strict=True):
            done[name] = tuple(column[places] for column in data)

    def report() -> None:
        done["told"] = _error(done["curves"][done["kept"]], done["test"])

    def fit() -> None:
        done["curves"] = {degree: np.polynomial.Polynomial.fit(*done["train"], degree) for degree in range(5)}

    def keep() -> None:
        done["kept"] = min(done["losses"], key=done["losses"].get)

    steps: dict[str, Callable[[], None]] = {"a": compute, "b": split, "c": report, "d": fit, "e": keep}
    ended = [order for order in permutations(steps) if _comes_to_its_end(order, steps, done)]
    return tuple(pairwise(ended[0])) if len(ended) == 1 else tuple(ended)


def _comes_to_its_end(order: tuple[str, ...], steps: dict[str, Callable[[], None]], done: dict[str, Any]) -> bool:
    done.clear()
    try:
        for letter in order:
            steps[letter]()
    except KeyError:  # something is not there yet
        return False
    return True


def needs_of_a_surrogate(rng: Generator) -> tuple[str, ...]:
    """Take one property away from a surrogate at a time, and see whether training still leads to few mistakes."""
    X = np.column_stack([rng.normal(size=(60, 2)), np.ones(60)])
    y = np.sign(X @ np.array([2.0, -1.0, 0.3]))
    budget = 20_000  # losses of single points that there is time for

    def mistakes(w: Array) -> float:
        return float(np.mean(np.where(X @ w > 0, 1.0, -1.0) != y))

    def trained(loss: Callable[[Array], float], *, cost: int = 60) -> float:
        w = np.array([-0.5, 0.5, 0.0])
        for _ in range(budget // (6 * cost)):  # three differences, of two values each
            w = w - 0.5 * slope(loss, w)
        return mistakes(w)

    def logistic(w: Array) -> float:
        return float(np.mean(np.logaddexp(0, -y * (X @ w))))

    few = 0.1
    works = trained(logistic) < few
    differs = any(abs(logistic(w) - mistakes(w)) > 0.05 for w in rng.normal(size=(5, 3)))
    return tuple(
        letter
        for letter, needed in {
            "a": trained(mistakes) > few,  # flat nearly everywhere
            "b": trained(logistic, cost=budget) > few,  # too slow for a single step
            "c": trained(lambda w: float(np.sum((w - np.array([-1.0, 1.0, 0.0])) ** 2))) > few,  # leads elsewhere
            "d": not (works and differs),
            "e": not works,  # it was counted in mistakes, not in logistic losses, how well training went
        }.items()
        if needed
    )


def set_before_training(rng: Generator) -> tuple[str, ...]:
    """Change one thing at a time before a long training: what is trained forgets where it started, a setting shows."""
    x = np.linspace(-1, 1, 30)
    y = np.sin(3 * x) + 0.2 * rng.normal(size=30)

    def outcome(
        *, lam: float = 0.1, degree: int = 3, rate: float = 0.2, weights: float = 0.0, bias: float = 0.0
    ) -> Array:
        columns = np.stack([x**power for power in range(1, degree + 1)], axis=1)
        w, b = np.full(degree, weights), bias
        for _ in range(4000):
            error = columns @ w + b - y
            w, b = (
                np.clip(w - rate * (2 * columns.T @ error / 30 + 2 * lam * w), -1e3, 1e3),
                float(np.clip(b - rate * 2 * error.mean(), -1e3, 1e3)),
            )
        return np.asarray(columns @ w + b)

    plain = outcome()
    changed = {
        "a": outcome(lam=1.0),
        "b": outcome(weights=0.5),
        "c": outcome(degree=1),
        "d": outcome(bias=0.5),
        "e": outcome(rate=2.0),
        "f": outcome(),  # the loss cannot be set: with the same settings it comes out the same
    }
    return tuple(letter for letter, curve in changed.items() if not np.allclose(curve, plain, atol=1e-6))
