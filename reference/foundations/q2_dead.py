"""Part 2, code: units that never switch on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, Matches, MeasuredFunctions
from autograder.functions.draw import Arguments, Array
from autograder.oracles import slope


def dead(W: Array, b: Array, X: Array, flat: int = 0) -> Array:
    """Units whose input is negative at every point: nothing of them reaches the loss."""
    del flat
    return np.all(before(W, b, X) <= 0, axis=0).astype(float)


def before(W: Array, b: Array, X: Array) -> Array:
    """What goes into the ReLU, (points, units)."""
    return X @ W.T + b


def by_gradients(W: Array, b: Array, X: Array, flat: int) -> Array:
    """Units whose parameters have no influence: gradients, by differences, of a weighted sum of what they put out."""
    del flat
    weights = 1 + np.arange(len(X)) / 7
    found = []
    for row, bias in zip(W, b, strict=True):
        gradient = slope(lambda p: float(weights @ np.maximum(0, X @ p[:-1] + p[-1])), np.append(row, bias))
        found.append(float(np.all(gradient == 0)))
    return np.array(found)


def units(
    count: int, features: int, number: int, *, flat: bool = False, wanted: Callable[[Array], bool] = lambda _: True
) -> Callable[[Draw], Arguments]:
    """Units and data, drawn again until no input is close to 0 and the units are as wanted (from what goes into them)."""

    def make(draw: Draw) -> Arguments:
        while True:
            W, b, X = draw.normal(count, features), 2 * draw.normal(count), draw.normal(number, features)
            inputs = before(W, b, X)
            if np.abs(inputs).min() > 0.02 and wanted(inputs):
                return W, b, X, int(flat)

    return make


def mixed(inputs: Array) -> bool:
    """One unit is off everywhere, one on everywhere, one switches."""
    off, on = np.all(inputs < 0, axis=0), np.all(inputs > 0, axis=0)
    return bool(off.any() and on.any() and (~off & ~on).any())


def no_weight(draw: Draw) -> Arguments:
    """Units whose bias alone decides."""
    return np.zeros((3, 2)), np.array([-0.5, 0.5, -2.0]), draw.normal(4, 2), 0


WRAPPER = """\
def call_dead_units(W, b, X, flat):
    import numpy
    if flat:  # one feature, without an axis for it
        W, X = W[:, 0], X[:, 0]
    found = dead_units(W, b, X)
    return None if found is None else numpy.asarray(found, dtype=float)
"""

dead_units = Function(
    name="dead_units",
    signature="W: units*features, b: units, X: points*features, flat -> dead: units",
    about="Which units max(0, W x + b) are dead: no change of their weights and bias, if small, changes any output on X.",
    inputs=(
        Input(
            name="one feature, W: (units,), X: (points,)", group="flat", make=units(6, 1, 5, flat=True, wanted=mixed)
        ),
        Input(
            name="all dead, W: (units,), X: (points,)",
            group="flat",
            make=units(2, 1, 3, flat=True, wanted=lambda inputs: bool(np.all(inputs < 0))),
        ),
        Input(name="several features", group="features", make=units(7, 2, 4, wanted=mixed)),
        Input(name="more points than units", group="features", make=units(4, 2, 6, wanted=mixed)),
        Input(
            name="no dead unit",
            group="edge",
            make=units(3, 2, 4, wanted=lambda inputs: bool(np.all(np.any(inputs > 0, axis=0)))),
        ),
        Input(name="one feature with its axis", group="edge", make=units(6, 1, 4, wanted=mixed)),
        Input(name="a single point", group="edge", make=units(4, 3, 1)),
        Input(name="weights that are 0", group="edge", make=no_weight),
    ),
    checks=(Matches(reference=dead),),
    reference=dead,
    wrapper=WRAPPER,
    takes=(
        ("W", "(units, features), or (units,) when there is one feature"),
        ("b", "(units,)"),
        ("X", "(points, features), or (points,) when there is one feature"),
    ),
    gives=(("dead", "(units,), True where a unit is dead"),),
)


def claimed(rule: Callable[[Array], Array]) -> Callable[..., Array]:
    """A mistake that looks at the units' inputs, (points, units)."""
    return lambda W, b, X, flat: np.asarray(rule(before(W, b, X)), dtype=float)


questions = (
    Question(
        id="2.dead",
        title="Dead units in code",
        points=2,
        prompt=r"Write `dead_units(W, b, X)`, which tells for every unit $\max(0, w \cdot x + b)$ of a layer whether it is dead "
        r"on the data X: gradients by its weights and bias are 0 at all points, whatever comes behind the layer. No input of a "
        r"unit is exactly 0. With one feature, W and X may come without an axis for it.",
        source=Source("Note 2", "2.4"),
        answer=Functions(functions=(dead_units,)),
        practice=MeasuredFunctions(by={"dead_units": by_gradients}),
        after=("2.far",),
        rows=(92,),
        wrong=(
            Wrong(
                "far-is-dead",
                {"dead_units": claimed(lambda inputs: np.all(inputs > 0, axis=0) | np.all(inputs < 0, axis=0))},
                "A unit whose elbow lies outside the data may be on at all points. Is its gradient 0?",
                Half,
            ),
            Wrong(
                "off-somewhere",
                {"dead_units": claimed(lambda inputs: np.any(inputs < 0, axis=0))},
                "Most units are off somewhere.",
                Half,
            ),
            Wrong(
                "alive",
                {"dead_units": claimed(lambda inputs: np.any(inputs > 0, axis=0))},
                "These are the units that are not dead.",
                Half,
            ),
            Wrong(
                "always-on",
                {"dead_units": claimed(lambda inputs: np.all(inputs > 0, axis=0))},
                "These units pass everything on.",
            ),
            Wrong(
                "per-point",
                {"dead_units": claimed(lambda inputs: np.all(inputs < 0, axis=1))},
                "Is there an answer for every unit, or for every point?",
            ),
            Wrong(
                "bias-forgotten",
                {"dead_units": lambda W, b, X, flat: np.all(X @ W.T <= 0, axis=0).astype(float)},
                "What is added before the ReLU?",
            ),
            Wrong(
                "bias-alone",
                {"dead_units": lambda W, b, X, flat: (b < 0).astype(float)},
                "That is the input at x = 0. What of the data?",
            ),
            Wrong(
                "indices",
                {"dead_units": lambda W, b, X, flat: np.flatnonzero(dead(W, b, X)).astype(float)},
                "A truth value per unit is asked, not the places of the dead ones.",
                Half,
            ),
            Wrong(
                "in-place",
                {"dead_units": Fault.CHANGED},
                "Whoever calls your function still needs its arguments.",
                Half,
            ),
        ),
    ),
)
