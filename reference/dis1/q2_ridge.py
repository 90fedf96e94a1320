"""Problem 2, ridge regression on the hidden units: as a function, or as the notebook's cell that sets `coeffs`.

The function is called with the grader's units. The cell is run behind what it needs, with the grader's networks and data; what
it trains is trained for a moment only, and where that may have changed the units it is left open. With and without a penalty on the constant are both right (convention C16).
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from fractions import Fraction

import numpy as np

from autograder import Half, Notebook, Question, Source, Wrong
from autograder.checks import Entry
from autograder.notebooks.curves import Array
from autograder.notebooks.findings import Finding
from autograder.notebooks.scenes import says_nothing
from autograder.notebooks.script import Script
from autograder.notebooks.theatre import Theatre
from autograder.oracles import MeasuredScenes
from autograder.plots import Drawn, Plot, Series
from autograder.sandbox import Outcome, Raised, Returned, Tensor
from reference.dis1.witnesses_ridge import least, objects
from reference.hw1.fitted_networks import entries
from reference.hw1.relu_networks import random_network
from reference.hw1.staging import PUBLISHED, SUPPLIED, supplied

FUNCTION, VARIABLE = "fit_output_layer", "coeffs"
HEADER = "fit_output_layer(H, y, lam)"
NAME = "the coefficients"
UNPENALISED = "the constant is not penalised"
_SENTINEL = "0.35919016805"  # the test error of coefficients that are all zero, on the notebook's own data
_TRAINS = re.compile(r"\.step\(|\.backward\(|train_network\(")
_DRAWING = ("plot_function", "plot_relus")  # what shows which networks the notebook trains
_WIDTH, _LAMBDA = 4, 0.05
_HALF = (
    *("lambda-everywhere", "no-constant", "constant-first", "mean-loss", "no-penalty", "lam-squared"),
    "intercept-lost",
)
_FEW_UNITS = np.array([[0.0, 1.2], [0.3, 0.7], [0.8, 0.1], [1.5, 0.0], [2.0, 0.0]])
_FEW_TARGETS = np.array([1.0, 0.4, 0.2, 1.1, 1.9])


def ridge(H: Array, y: Array, penalty: Array) -> Array:
    """The minimiser of |Xn c - y|^2 + c' P c, with Xn the units and a column of ones."""
    Xn = np.hstack([H, np.ones((len(H), 1))])
    return np.linalg.solve(Xn.T @ Xn + penalty, Xn.T @ y)


def accepted(H: Array, y: Array, lam: float) -> dict[str, Array]:
    """What is right, by the convention that it follows."""
    all_but_last = np.diag([*np.ones(H.shape[1]), 0.0])
    return {
        "": ridge(H, y, lam * np.eye(H.shape[1] + 1)),
        UNPENALISED: ridge(H, y, lam * all_but_last),
    }


def _measured(rng: np.random.Generator) -> tuple[Array, Array]:
    """What is accepted for some units, and what makes the loss smallest, with and without a penalty on the constant."""
    H, y, lam = np.maximum(0, rng.normal(size=(8, 3))), rng.normal(size=8), float(rng.uniform(0.1, 1))
    right = accepted(H, y, lam)
    smallest = [least(H, y, lam, constant=penalised) for penalised in (True, False)]
    return np.array([right[""], right[UNPENALISED]]), np.array(smallest)


def mistaken(H: Array, y: Array, lam: float) -> dict[str, Array]:
    """What is wrong, by the rule that names it."""
    size = H.shape[1]
    Xn = np.hstack([H, np.ones((len(H), 1))])
    return {
        "zeros": np.zeros(size + 1),
        "lambda-everywhere": ridge(H, y, lam * np.ones((size + 1, size + 1))),
        "no-constant": np.linalg.solve(H.T @ H + lam * np.eye(size), H.T @ y),
        "mean-loss": ridge(H, y, lam * len(y) * np.eye(size + 1)),
        "no-penalty": np.linalg.lstsq(Xn, y, rcond=None)[0],
        "lam-squared": ridge(H, y, lam**2 * np.eye(size + 1)),
        "intercept-lost": np.append(accepted(H, y, lam)[UNPENALISED][:-1], 0.0),
        "constant-first": np.roll(ridge(H, y, lam * np.eye(size + 1)), 1),
    }


def perform(theatre: Theatre) -> tuple[Finding, ...]:
    """The function if there is one that is written, else the cell."""
    rng = np.random.default_rng(theatre.seed)
    found = _function(theatre, rng) if theatre.script.is_written(FUNCTION) else _cell(theatre, rng)
    return (found,)


def measure(theatre: Theatre) -> tuple[Entry, ...]:
    """The test error of the network that the notebook trains."""
    return entries(theatre, _DRAWING)


def _function(theatre: Theatre, hidden: np.random.Generator) -> Finding:
    # The first is the same for everybody: what is off for both is told of it, whatever is handed in.
    for rng, points, width, lam in ((np.random.default_rng(PUBLISHED), 12, 3, 0.5), (hidden, 9, 5, 0.01)):
        H, y = np.maximum(0, rng.normal(size=(points, width))), rng.normal(size=points)
        outcome = theatre.compute(FUNCTION, [("H", H), ("y", y), ("lam", lam)], {})
        finding = _judged(theatre, outcome, H, y, lam=lam)
        if finding.earned < 1 or finding.is_open:
            break
    if finding.is_open:
        return finding
    return replace(finding, plots=_path(theatre))


def _path(theatre: Theatre) -> tuple[Plot, ...]:
    """The student's coefficients for one small data set as the penalty grows, and where least squares starts them."""
    H, y = _FEW_UNITS, _FEW_TARGETS
    found = []
    for lam in np.geomspace(1e-3, 1e3, 13):
        outcome = theatre.compute(FUNCTION, [("H", H), ("y", y), ("lam", float(lam))], {})
        value = _vector(outcome.value) if isinstance(outcome, Returned) else None
        if value is None or len(value) != H.shape[1] + 1:
            return ()
        found.append((float(lam), value))
    names = [f"c[{k + 1}]" for k in range(H.shape[1])] + ["constant"]
    free = np.linalg.lstsq(np.hstack([H, np.ones((len(H), 1))]), y, rcond=None)[0]
    lams = [lam for lam, _ in found]
    yours = [Series.of(name, lams, [c[k] for _, c in found], drawn=Drawn.BOTH) for k, name in enumerate(names)]
    start = [
        Series.of(f"{name} without a penalty", lams[:1], free[k : k + 1], drawn=Drawn.POINTS)
        for k, name in enumerate(names)
    ]
    return (
        Plot(
            title="The ridge path of your coefficients",
            x_label="lam",
            y_label="coefficient",
            series=tuple(one for one in (*yours, *start) if one is not None),
            says="Your function at a small data set of two units: from least squares (marked) to small coefficients.",
            log_x=True,
        ),
    )


def _cell(theatre: Theatre, rng: np.random.Generator) -> Finding:
    """The cell, with values in a column or flat, as the notebook may have them, and with the penalty that it sets itself."""
    network = random_network(rng, _WIDTH)
    given = {**supplied(rng, {_WIDTH: network}), "lambd": _LAMBDA, "lam": _LAMBDA}
    flat = {**given, **{name: np.asarray(given[name])[:, 0] for name in ("y", "y_test")}}
    makers = [s for s in theatre.script.outline.statements if VARIABLE in s.binds]
    if theatre.script.function(FUNCTION) is not None and any(FUNCTION in s.needs for s in makers):
        return Finding(name=NAME, share=Fraction(1), said=f"`{FUNCTION}` is there but empty. Write its body.")
    X, y = (np.asarray(given[name])[:, 0] for name in ("X", "y"))
    H = np.maximum(0, X[:, None] * network.weights[0][:, 0] + network.weights[1])
    found: list[Finding] = []
    for values in (given, flat):
        outcome = theatre.run(makers, VARIABLE, values)
        for lam in _penalties(theatre.script):
            found.append(_judged(theatre, outcome, H, y, lam=lam))
            if found[-1].earned == 1:
                return found[-1]
    finding = max(found, key=lambda one: (one.earned, bool(one.rule)))
    text = "\n".join(ast.unparse(statement.node) for statement in makers)
    if _TRAINS.search(text):
        said = (
            "The cell that sets `coeffs` also trains a network, so that its units may be other ones than the grader's."
        )
        return Finding(name=NAME, share=Fraction(1), is_open=True, said=said)
    return finding


def _penalties(script: Script) -> list[float]:
    """What may be the penalty: the grader's, where the notebook uses the contract's name, else a number that it sets."""
    constants = [
        node.value for statement in script.body for node in ast.walk(statement) if isinstance(node, ast.Constant)
    ]
    small = [value for value in constants if isinstance(value, float) and 1e-12 < value <= 1]
    return list(dict.fromkeys([_LAMBDA, *small]))[:30]


def _judged(theatre: Theatre, outcome: Outcome, H: Array, y: Array, *, lam: float) -> Finding:
    """What is said of an outcome; a stand-in for a module that is missing makes nothing wrong."""
    finding = _compared(theatre, outcome, H, y, lam=lam)
    if finding.earned < 1 and not finding.rule and theatre.lacking:
        said = f"It uses {', '.join(theatre.lacking)}, which is not there while notebooks are graded."
        return Finding(name=NAME, share=Fraction(1), is_open=True, said=said)
    return finding


def _compared(theatre: Theatre, outcome: Outcome, H: Array, y: Array, *, lam: float) -> Finding:
    whole = Fraction(1)
    if says_nothing(outcome):
        return Finding(name=NAME, share=whole, is_open=True, said=outcome.message)
    if not isinstance(outcome, Returned):
        raised = isinstance(outcome, Raised)
        rule = "points-by-points" if raised and _is_gram_of_points(theatre) else ""
        if raised and re.search(r"\by_test\b", _solved_for(theatre)):
            rule = "test-values"
        return Finding(name=NAME, share=whole, rule=rule, said=theatre.explained(outcome))
    value = _vector(outcome.value)
    if value is None:
        rule = "not-assigned" if outcome.value is None else ""
        return Finding(name=NAME, share=whole, rule=rule, said="What came back is no vector of numbers.")
    for convention, right in accepted(H, y, lam).items():
        if _near(value, right):
            stale = _SENTINEL in theatre.printed
            remark = f"The saved output shows {_SENTINEL}..., the error of coefficients that are all zero: run the cell again."
            return Finding(name=NAME, share=whole, earned=whole, remark=remark if stale else convention)
    for rule, wrong in mistaken(H, y, lam).items():
        if _near(value, wrong):
            named = "not-assigned" if rule == "zeros" and _computes(theatre) else rule
            kept = Half if named in _HALF else Fraction(0)
            return Finding(name=NAME, share=whole, earned=kept, rule=named, said=_shown(value, H))
    return Finding(name=NAME, share=whole, said=_shown(value, H))


def _shown(value: Array, H: Array) -> str:
    size = H.shape[1] + 1
    if len(value) != size:
        return (
            f"For {H.shape[1]} units there are {size} coefficients, that of the constant last; yours has {len(value)}."
        )
    return f"For one input the last coefficient came out as {value[-1]:.4g}."


def _near(value: Array, other: Array) -> bool:
    return value.shape == other.shape and bool(np.all(np.abs(value - other) <= 1e-4 * (1 + np.abs(other).max())))


def _vector(value: object) -> Array | None:
    array = value.array if isinstance(value, Tensor) else value
    if isinstance(array, list | tuple) and array and all(isinstance(entry, float | np.floating) for entry in array):
        array = np.array(array, dtype=float)
    if (
        type(array) is not np.ndarray
        or array.dtype.kind not in "iuf"
        or array.size == 0
        or array.size != max(array.shape)
    ):
        return None
    plain = array.astype(np.float64).ravel()
    return plain if np.isfinite(plain).all() else None


def _text(theatre: Theatre) -> str:
    wanted = [s for s in theatre.script.outline.statements if {FUNCTION, VARIABLE} & s.binds]
    return "\n".join(ast.unparse(statement.node) for statement in wanted)


def _computes(theatre: Theatre) -> bool:
    """Whether the code solves a system although zeros come out."""
    return bool(re.search(r"solve\(|inv\(|lstsq\(|Ridge\(|pinv\(", _text(theatre)))


def _solved_for(theatre: Theatre) -> str:
    """The lines that solve or invert something."""
    return "\n".join(line for line in _text(theatre).split("\n") if re.search(r"solve\(|inv\(|lstsq\(|fit\(", line))


def _is_gram_of_points(theatre: Theatre) -> bool:
    return bool(re.search(r"(\w+) @ \1\.T|(\w+)\.dot\(\2\.T\)|np\.dot\((\w+), \3\.T\)", _text(theatre)))


def supplied_names() -> tuple[str, ...]:
    """Globals that the cell may use."""
    return (*SUPPLIED, "lambd", "lam")


question = Question(
    id="2.ridge",
    title="Ridge regression on the hidden units",
    points=5,
    prompt=r"Write `fit_output_layer(H, y, lam)`: the coefficients that minimise the sum of squared errors plus `lam` times the "
    r"squared length of the coefficients. `H` (n, w) holds the units' outputs without a column of ones; the result has w + 1 "
    r"entries, that of the constant last, and it is penalised too. The notebook's own cell that sets `coeffs` will do as well.",
    source=Source("Discussion 1", "2"),
    answer=Notebook(
        functions=(FUNCTION,),
        headers=(HEADER,),
        perform=perform,
        supplied=supplied_names(),
        or_defines=(VARIABLE,),
        measures=measure,
        long=True,
    ),
    practice=MeasuredScenes(by=_measured, objects=objects),
    rows=(20, 21),
    wrong=(
        Wrong("zeros", "coeffs = np.zeros(w + 1)", "All coefficients are still zero: nothing is fitted."),
        Wrong("not-assigned", "np.linalg.solve(A, b)", "Something is computed, but never assigned or returned."),
        Wrong(
            "lambda-everywhere",
            "lam * np.ones((d, d))",
            "The penalty belongs on the diagonal alone: np.eye.",
            credit=Half,
        ),
        Wrong(
            "no-constant",
            "without the column of ones",
            "The constant needs a column of ones, behind the units.",
            credit=Half,
        ),
        Wrong(
            "mean-loss",
            "solve(Xn.T @ Xn / n + lam * np.eye(d), Xn.T @ y / n)",
            "The errors are summed, not averaged: lam stands beside the whole sum.",
            credit=Half,
        ),
        Wrong("no-penalty", "lstsq(Xn, y)", "Where does lam come in?", credit=Half),
        Wrong(
            "lam-squared",
            "lstsq(vstack([Xn, lam * np.eye(d)]), ...)",
            "This penalty is lam^2: rows that are stacked below are squared with all others.",
            credit=Half,
        ),
        Wrong("constant-first", "np.hstack([ones, H])", "The constant's coefficient comes last.", credit=Half),
        Wrong(
            "intercept-lost",
            "Ridge(lam).fit(Xn, y).coef_",
            "The estimator keeps the constant apart, in intercept_: append it, or set fit_intercept=False.",
            credit=Half,
        ),
        Wrong(
            "test-values",
            "Xn.T @ y_test",
            "Fit to the training values; those of the test points are for measuring only.",
        ),
        Wrong(
            "points-by-points",
            "Xn @ Xn.T",
            "Xn Xn^T has a row for each point. Which product has one for each coefficient?",
        ),
    ),
)
questions = (question,)
