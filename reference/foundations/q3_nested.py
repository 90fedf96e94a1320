"""Part 3, code: hyperparameters chosen on a validation set, with parameters that never see it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder import Function, Functions, Half, Question, Source, Wrong
from autograder.functions import Draw, Fault, Input, MeasuredFunctions, Property
from autograder.functions.draw import Arguments, Array
from autograder.oracles import minimiser
from reference.foundations.validation import (
    DEGREE_LEAKS,
    LAMBDA_LEAKS,
    Degree,
    Errors,
    Lambda,
    best,
    centred_on_both,
    curve,
    degree_of,
    lambda_of,
    nothing_to_learn,
    nothing_to_learn_of_a_curve,
    polynomial_errors,
    regression,
    ridge_errors,
    telling,
)


def chosen_degree(degree: Array, x: Array, y: Array, x_val: Array, y_val: Array, degrees: Array) -> str:
    """The choice is one of the degrees, none has a smaller validation error, and no smaller one an equal error."""
    return _choice(float(degree), degrees, polynomial_errors(x, y, x_val, y_val, degrees), "degree", 1)


def chosen_lambda(lam: Array, X: Array, y: Array, lams: Array, X_val: Array, y_val: Array) -> str:
    """The choice is one of the lambdas, none has a smaller validation error, and no larger one an equal error."""
    return _choice(float(lam), lams, ridge_errors(X, y, lams, X_val, y_val), "lambda", -1)


def _choice(given: float, candidates: Array, errors: Errors, what: str, sign: int) -> str:
    at = np.flatnonzero(np.isclose(candidates, given, rtol=1e-9, atol=0))
    if not len(at):
        return f"{given:g} is not among the given {', '.join(f'{one:g}' for one in candidates)}"
    own = errors[at[0]]
    if own > errors.min():
        return (
            f"fitted on the training set with the {what} {given:g}, the mean squared error on the validation set is {own:.4g}; "
            f"another {what} has a smaller one"
        )
    if best(errors, candidates, sign) != candidates[at[0]]:
        return f"a {'smaller' if sign > 0 else 'larger'} {what} than {given:g} has the same error on the validation set"
    return ""


def _degree_input(name: str, group: str, make: Callable[[Draw], Arguments], *rivals: Degree) -> Input:
    return Input(name=name, group=group, make=telling(make, polynomial_errors, degree_of, rivals))


def _lambda_input(name: str, group: str, make: Callable[[Draw], Arguments], *rivals: Lambda) -> Input:
    return Input(name=name, group=group, make=telling(make, ridge_errors, lambda_of, rivals))


def unlike_plain_sum(X: Array, y: Array, lams: Array, X_val: Array, y_val: Array) -> float:
    """The choice when lambda goes with the mean of the squares."""
    return best(ridge_errors(X, y, len(y) * lams, X_val, y_val), lams, -1)


def penalised_score(X: Array, y: Array, lams: Array, X_val: Array, y_val: Array) -> float:
    """The choice when the penalty is counted on the validation set, too."""
    sizes = [float(np.sum(np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y) ** 2)) for lam in lams]
    return best(ridge_errors(X, y, lams, X_val, y_val) + lams * np.array(sizes) / len(y_val), lams, -1)


select_degree = Function(
    name="select_degree",
    signature="x: n, y: n, x_val: m, y_val: m, degrees: k -> degree",
    about="The degree whose least-squares polynomial, fitted on (x, y), has the smallest mean squared error on (x_val, y_val); "
    "of equal ones the smallest degree. `degrees` is an array of integers.",
    inputs=(
        _degree_input("a noisy curve", "choice", curve, DEGREE_LEAKS["training-error"], DEGREE_LEAKS["sets-swapped"]),
        _degree_input(
            "degrees that fall", "choice", lambda draw: curve(draw, backwards=True), DEGREE_LEAKS["training-error"]
        ),
        _degree_input(
            "validation data unlike the training data",
            "no leakage",
            lambda draw: curve(draw, shift=2.0),
            *DEGREE_LEAKS.values(),
        ),
        _degree_input("validation data that would help the fit", "no leakage", curve, *list(DEGREE_LEAKS.values())[:2]),
        Input(name="a tie, since all training targets are 0", group="ties", make=nothing_to_learn_of_a_curve),
        Input(name="a single degree", group="ties", make=lambda draw: (*curve(draw)[:4], np.array([2]))),
    ),
    checks=(Property(by=chosen_degree),),
    reference=degree_of,
)

ridge_path = Function(
    name="ridge_path",
    signature="X: n*d, y: n, lams: k, X_val: m*d, y_val: m -> lam",
    about="The lambda whose minimiser of |Xw - y|^2 + lambda |w|^2 (plain sums, no intercept) has the smallest mean squared error "
    "on (X_val, y_val); of equal ones the largest lambda.",
    inputs=(
        _lambda_input(
            "few noisy points", "choice", regression, LAMBDA_LEAKS["training-error"], LAMBDA_LEAKS["sets-swapped"]
        ),
        _lambda_input(
            "lambdas that fall", "choice", lambda draw: regression(draw, backwards=True), LAMBDA_LEAKS["training-error"]
        ),
        _lambda_input("many points", "choice", lambda draw: regression(draw, points=15), unlike_plain_sum),
        _lambda_input("small weights", "choice", lambda draw: regression(draw, points=6), penalised_score),
        _lambda_input(
            "validation data unlike the training data",
            "no leakage",
            lambda draw: regression(draw, scale=-1.5),
            *list(LAMBDA_LEAKS.values())[:2],
        ),
        _lambda_input(
            "validation data that would help the fit", "no leakage", regression, *list(LAMBDA_LEAKS.values())[:2]
        ),
        _lambda_input(
            "columns far from 0",
            "no leakage",
            lambda draw: regression(draw, offset=1.5),
            centred_on_both,
            *list(LAMBDA_LEAKS.values())[:2],
        ),
        Input(name="a tie, since all training targets are 0", group="ties", make=nothing_to_learn),
        Input(name="a single lambda", group="ties", make=lambda draw: _with_lambdas(regression(draw), [0.5])),
    ),
    checks=(Property(by=chosen_lambda),),
    reference=lambda_of,
)


def _with_lambdas(arguments: Arguments, lams: list[float]) -> Arguments:
    return *arguments[:2], np.array(lams), *arguments[3:]


def degree_by_descent(x: Array, y: Array, x_val: Array, y_val: Array, degrees: Array) -> float:
    """The same choice, with coefficients found by differences of the squared error."""
    errors = []
    for degree in degrees:
        powers = np.arange(int(degree) + 1)
        fit = minimiser(lambda p, k=powers: float(np.sum((x[:, None] ** k @ p - y) ** 2)), np.zeros(len(powers)))  # type: ignore[misc]  # mypy wants no defaults in a lambda
        errors.append(float(np.mean((x_val[:, None] ** powers @ fit - y_val) ** 2)))
    return best(np.array(errors), degrees, 1)


def lambda_by_descent(X: Array, y: Array, lams: Array, X_val: Array, y_val: Array) -> float:
    """The same choice, with weights found by differences of the penalised error."""
    errors = []
    for lam in lams:
        w = minimiser(lambda w, lam=lam: float(np.sum((X @ w - y) ** 2) + lam * np.sum(w**2)), np.zeros(X.shape[1]))  # type: ignore[misc]  # mypy wants no defaults in a lambda
        errors.append(float(np.mean((X_val @ w - y_val) ** 2)))
    return best(np.array(errors), lams, -1)


def first_of_equals(errors: Callable[..., Errors], place: int) -> Callable[..., float]:
    """A mistake: of equal candidates the first one."""
    return lambda *arguments: float(arguments[place][int(np.argmin(errors(*arguments)))])


def index_of(errors: Callable[..., Errors]) -> Callable[..., float]:
    """A mistake: the place instead of the candidate."""
    return lambda *arguments: float(np.argmin(errors(*arguments)))


questions = (
    Question(
        id="3.nested",
        title="Nested optimisation in code",
        points=2,
        prompt=r"Write `select_degree(x, y, x_val, y_val, degrees)`, the degree of the least-squares polynomial, and "
        r"`ridge_path(X, y, lams, X_val, y_val)`, the weight $\lambda$ of the ridge penalty in $\|Xw - y\|^2 + \lambda\|w\|^2$ "
        r"(plain sums, no intercept), whose fit on the training set has the smallest mean squared error on the validation set. "
        r"Of equal candidates take the smaller degree, the larger $\lambda$.",
        source=Source("Lecture 2", "3, equations (3.2) and (3.3)"),
        answer=Functions(functions=(select_degree, ridge_path)),
        practice=MeasuredFunctions(by={"select_degree": degree_by_descent, "ridge_path": lambda_by_descent}),
        after=("3.order",),
        rows=(100, 101, 102),
        wrong=(
            Wrong(
                "training-error",
                {"select_degree": DEGREE_LEAKS["training-error"], "ridge_path": LAMBDA_LEAKS["training-error"]},
                "On its own training set the most flexible model always wins. Which set is to decide?",
            ),
            Wrong(
                "fitted-on-both",
                {"select_degree": DEGREE_LEAKS["fitted-on-both"], "ridge_path": LAMBDA_LEAKS["fitted-on-both"]},
                "Parameters that have seen the validation set make its error look too good.",
                Half,
            ),
            Wrong(
                "fitted-on-validation",
                {
                    "select_degree": DEGREE_LEAKS["fitted-on-validation"],
                    "ridge_path": LAMBDA_LEAKS["fitted-on-validation"],
                },
                "What is the training set for?",
            ),
            Wrong(
                "sets-swapped",
                {"select_degree": DEGREE_LEAKS["sets-swapped"], "ridge_path": LAMBDA_LEAKS["sets-swapped"]},
                "Which of the two sets fits the parameters, and which one decides?",
                Half,
            ),
            Wrong(
                "first-of-equals",
                {
                    "select_degree": first_of_equals(polynomial_errors, 4),
                    "ridge_path": first_of_equals(ridge_errors, 2),
                },
                "What if two candidates do equally well?",
                Half,
            ),
            Wrong(
                "index",
                {"select_degree": index_of(polynomial_errors), "ridge_path": index_of(ridge_errors)},
                "This is the place in the list. The candidate itself is asked.",
                Half,
            ),
            Wrong(
                "mean-loss",
                {"ridge_path": unlike_plain_sum},
                "The squares are added up, not averaged, before the penalty is added.",
                Half,
            ),
            Wrong(
                "penalty-in-the-score",
                {"ridge_path": penalised_score},
                "The penalty guides the fit. Does it belong to the error on the validation set?",
                Half,
            ),
            Wrong(
                "in-place",
                {"select_degree": Fault.CHANGED, "ridge_path": Fault.CHANGED},
                "Whoever calls your function still needs its arguments.",
                Half,
            ),
        ),
    ),
)
