"""Part 4, first half: what a derivative says, which way is down, and the slides' program."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from autograder import Choice, Half, Option, Question, Source, Wrong
from autograder.oracles import MeasuredChoice, iterate, slope

SOMEWHERE = Source("Gradient descent slides", "p. 2 to 18")


def small_step(rng: Generator) -> tuple[str, ...]:
    """How functions with the slopes of the cases change when x grows a little."""
    letters = {1: "a", -1: "b", 0: "c"}
    at, little = float(rng.normal()), 1e-6
    changes = [m * little + float(rng.normal()) * little**2 for m in (3.0, -0.5, 0.0)]
    del at
    return tuple(letters[int(np.sign(np.round(change / little, 3)))] for change in changes)


def first_order(rng: Generator) -> str:
    """Which formula the change of a random smooth function approaches, and whether it ever is exact."""
    M, at, direction = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3)

    def function(x: np.ndarray) -> float:
        return float(np.sin(M @ x).sum())

    alpha = slope(function, at)
    misses = {}
    for little in (1e-2, 1e-3):
        delta = little * direction
        change = function(at + delta) - function(at)
        misses[little] = {
            "a": abs(change - np.prod(alpha * delta)) / little,
            "b": abs(change - alpha @ delta) / little,
            "d": abs(change - np.max(alpha * delta)) / little,
            "e": abs(change - np.linalg.norm(alpha) * np.linalg.norm(delta)) / little,
        }
    exact = misses[1e-2]["b"] < 1e-9
    (letter,) = [name for name in "abde" if misses[1e-3][name] < 0.2 * misses[1e-2][name]]
    return "c" if exact and letter == "b" else letter


def fitting_shapes(rng: Generator) -> str:
    """With steps as columns, a derivative times a step must be a number, and a step along the gradient must fit the iterate."""
    step = rng.normal(size=(3, 1))
    row, column = rng.normal(size=(1, 3)), rng.normal(size=(3, 1))
    fits = {
        "a": (column @ step).shape == (1, 1) if column.shape[1] == step.shape[0] else False,
        "b": (row @ step).shape == (1, 1) and (step - row.T).shape == step.shape,
        "c": (step - row).shape == step.shape,
        "d": (step - np.linalg.norm(row) * np.ones((1, 3))).shape == step.shape,
        "e": (step - row / np.linalg.norm(row)).shape == step.shape,
    }
    (letter,) = [name for name, fit in fits.items() if fit]
    return letter


def best_direction(rng: Generator) -> tuple[str, ...]:
    """Of many unit directions, where a random function falls most, rises most and changes least."""
    M, at = rng.normal(size=(2, 2)), rng.normal(size=2)

    def function(x: np.ndarray) -> float:
        return float(np.sum((M @ x) ** 2) + x.sum())

    angles = np.linspace(0, 2 * np.pi, 3601)
    units = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    changes = np.array([function(at + 1e-6 * unit) - function(at - 1e-6 * unit) for unit in units])
    gradient = slope(function, at)
    found = (units[changes.argmin()], units[changes.argmax()], units[np.abs(changes).argmin()])
    return tuple(_letter_of(float(unit @ gradient / np.linalg.norm(gradient))) for unit in found)


def _letter_of(cosine: float) -> str:
    return "a" if cosine > 0.99 else "b" if cosine < -0.99 else "c" if abs(cosine) < 0.01 else "d"


def starts(rng: Generator) -> tuple[str, ...]:
    """Which claims about the program hold: its text has no import, and its starts are drawn many times."""
    program = "solution = np.random.randint(-50, 50)"
    drawn = rng.integers(-50, 50, size=20_000)  # as in np.random.randint, the upper end is left out
    stays = iterate(lambda x: x - 2 * (2 * x), 0.0, 10) == 0
    claims = {
        "a": "import" not in program,
        "b": 50 in drawn,
        "c": bool(0 in drawn and stays and abs(np.mean(drawn == 0) - 0.01) < 0.005),
        "d": 0 not in drawn,
    }
    return tuple(letter for letter, true in claims.items() if true)


def two_rates(rng: Generator) -> tuple[str, ...]:
    """What descent on a parabola does in a few steps at a far too small and a somewhat too large rate."""
    start, curvature = float(rng.uniform(1, 3)), float(rng.uniform(0.5, 2))
    said = []
    for share in (0.001, 1.1):
        path = [
            iterate(lambda x, rate=share / curvature: x - rate * 2 * curvature * x, start, steps)  # type: ignore[misc]  # mypy wants no defaults in a lambda
            for steps in range(6)
        ]
        if path[1] * path[0] < 0 and abs(path[-1]) > abs(path[0]):
            said.append("b")
        elif 0.9 * path[0] < path[-1] < path[0]:
            said.append("a")
        else:
            said.append("d")
    return tuple(said)


questions = (
    Question(
        id="4.signs",
        title="The sign of a slope",
        points=Half,
        prompt=r"The derivative of $f$ at $x$ is the number in each case. What does $f$ do when $x$ grows by very little?",
        source=SOMEWHERE,
        answer=Choice(
            shuffle=True,
            cases=("3", "-1/2", "0"),
            options=(
                Option("a", "f grows", "a positive slope leads up"),
                Option("b", "f falls", "a negative slope leads down"),
                Option("c", "to first order nothing", "a slope of 0 is flat; higher powers decide"),
            ),
            key=("a", "b", "c"),
        ),
        practice=MeasuredChoice(by=small_step),
        rows=(105,),
        wrong=(
            Wrong("swapped", ("b", "a", "c"), "Draw a line with slope 3 and walk to the right."),
            Wrong("size-only", ("a", "a", "c"), "The size of a slope says how steep it is. What does its sign say?"),
            Wrong("minimum-grows", ("a", "b", "a"), "Does f have to grow where the slope is 0? Think of -x^2."),
        ),
    ),
    Question(
        id="4.change",
        title="The change of a function of a vector",
        points=Half,
        prompt=r"The derivative of $y = f(\mathbf{x})$ is the row $[\alpha_1, \dots, \alpha_d]$, and $\mathbf{x}$ changes by a "
        r"small $\Delta\mathbf{x}$. What is $\Delta y$?",
        source=Source("Gradient descent slides", "p. 4 and 5"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "the product of all alpha_i Delta x_i", "contributions add up"),
                Option("b", "nearly the sum of the alpha_i Delta x_i", "the remainder shrinks faster than the step"),
                Option(
                    "c", "exactly the sum of the alpha_i Delta x_i, whatever f is", "only a linear f has no remainder"
                ),
                Option("d", "nearly the largest of the alpha_i Delta x_i", "all of them count"),
                Option(
                    "e",
                    "nearly the length of the row times the length of Delta x",
                    "that is right only for steps along the gradient",
                ),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=first_order),
        rows=(106,),
        wrong=(
            Wrong("product", "a", "Move a single coordinate: what would the other factors make of the product?"),
            Wrong("exact", "c", "Take f(x) = x^2 and a step of 1: is the formula exact?", Half),
            Wrong("largest", "d", "Two coordinates move: does only one of them change f?"),
            Wrong(
                "lengths-multiplied",
                "e",
                "Move at a right angle to the gradient: what does the formula say, and what happens?",
            ),
        ),
    ),
    Question(
        id="4.layout",
        title="Gradient and derivative",
        points=Half,
        prompt=r"In the slides' convention vectors are columns, $\Delta y = \alpha\,\Delta\mathbf{x}$ with $\alpha$ the derivative, "
        r"and $\mathbf{x} - \eta \nabla f$ is a step. How are derivative and gradient related?",
        source=Source("Gradient descent slides", "p. 7"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "They are the same column.", "a column times a column is no number"),
                Option("b", "The derivative is a row, the gradient its transpose, a column.", "so both formulas fit"),
                Option(
                    "c", "The gradient is a row, the derivative its transpose.", "a row cannot be added to a column"
                ),
                Option("d", "The gradient is the length of the derivative.", "a step needs a direction"),
                Option("e", "The gradient is the derivative divided by its length.", "its length says how steep f is"),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=fitting_shapes),
        rows=(110,),
        wrong=(
            Wrong("same", "a", "Which shape must alpha have, so that alpha times a column is a number?", Half),
            Wrong("transposed", "c", "Which of the two is subtracted from the column x?", Half),
            Wrong("length", "d", "What is subtracted from x must have as many entries as x."),
            Wrong("normalised", "e", "How steep is f along a gradient whose length is always 1?"),
        ),
    ),
    Question(
        id="4.direction",
        title="Which way to go",
        points=Half,
        prompt="In which direction from a point with gradient not 0 does a small step do what each case says?",
        source=Source("Gradient descent slides", "p. 14"),
        answer=Choice(
            shuffle=True,
            cases=("f falls fastest", "f rises fastest", "f does not change to first order"),
            options=(
                Option("a", "along the gradient", "the slope is largest there"),
                Option("b", "against the gradient", "the slope is most negative there"),
                Option("c", "at a right angle to the gradient", "the slope is 0 there"),
                Option("d", "in a random direction", "the slope there may be anything in between"),
            ),
            key=("b", "a", "c"),
        ),
        practice=MeasuredChoice(by=best_direction),
        rows=(116,),
        wrong=(
            Wrong("swapped", ("a", "b", None), "The gradient of x^2 at 1 is 2. Does x^2 fall towards larger x?"),
            Wrong(
                "orthogonal-descent", ("c", None, None), "At a right angle to the gradient the first-order change is 0."
            ),
            Wrong(
                "random-descent", ("d", None, None), "Compare the change along a random direction with the best one."
            ),
        ),
    ),
    Question(
        id="4.program",
        title="The program as it is printed",
        points=Half,
        prompt="The slides' program draws its start by `solution = np.random.randint(-50, 50)`; its text has no import line. Which "
        "statements are true?",
        source=Source("Gradient descent slides", "p. 17"),
        answer=Choice(
            shuffle=True,
            several=True,
            options=(
                Option("a", "As printed it ends with a NameError.", "np is never imported"),
                Option("b", "The start may be 50.", "randint leaves its upper end out"),
                Option("c", "The start is 0 in one of 100 runs, and then no step moves it.", "0 is a fixed point"),
                Option("d", "The start is never 0.", "0 is one of the hundred integers"),
            ),
            key=("a", "c"),
        ),
        practice=MeasuredChoice(by=starts),
        rows=(119,),
        wrong=(
            Wrong("upper-end-included", ("a", "b", "c"), "randint(0, 1) gives only one value. Which?"),
            Wrong("fine-as-it-is", ("c",), "Where does the name np come from?"),
            Wrong("never-zero", ("a", "d"), "Which integers lie between -50 and 50?"),
        ),
    ),
    Question(
        id="4.rates",
        title="Learning rates that do not suit",
        points=Half,
        prompt="What does gradient descent do on a parabola at each of these rates?",
        source=Source("Gradient descent slides", "p. 18"),
        answer=Choice(
            shuffle=True,
            cases=("far below the best rate", "a little above the largest stable rate"),
            options=(
                Option("a", "it converges, but slowly", "each step removes a small share of the error"),
                Option("b", "it steps over the minimum, further each time", "the error changes sign and grows"),
                Option("c", "it ends in another minimum", "a parabola has only one"),
                Option("d", "it stops after one step", "a step stops only where the slope is 0"),
            ),
            key=("a", "b"),
        ),
        practice=MeasuredChoice(by=two_rates),
        rows=(120,),
        wrong=(
            Wrong("swapped", ("b", "a"), "Which of the two makes the longer steps?"),
            Wrong("another-minimum", (None, "c"), "How many minima does a parabola have?", Half),
            Wrong("small-diverges", ("b", "b"), "Does a short step downhill ever lead up?"),
        ),
    ),
)
