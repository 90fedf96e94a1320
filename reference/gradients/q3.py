"""Part 3: gradient descent on a parabola, its range of rates, and what a rate of 2 does."""

from __future__ import annotations

import sympy
from sympy import Symbol, diff, expand, rsolve, simplify, solve
from sympy.abc import n

from autograder import Carried, Expression, Half, Interval, Question, Source, Update, Wrong, declare, sympy_symbol
from autograder.oracles import Iterates, MeasuredInterval, MeasuredValue, Trajectory, iterate, settles

table = declare("x, lr (l_rate, eta, learning_rate, alpha) > 0, t >= 0: int, x_0")
x, lr, t, x_0 = (sympy_symbol(table, name) for name in ("x", "lr", "t", "x_0"))

# The statement: f(x) = x^2, and one step against its derivative.
f = x**2
step = x - lr * diff(f, x)

factor = diff(step, x)
rate = Symbol("rate", real=True)  # lr itself is declared positive, which would hide the end at 0
(low,), (high,) = (solve(factor.subs(lr, rate) - end, rate) for end in (1, -1))
stable = sympy.Interval.open(low, high)

w = sympy.Function("w")
after_t = rsolve(w(n + 1) - expand(step.subs(x, w(n))), w(n), {w(0): x_0}).subs(n, t)
after_10 = simplify(after_t.subs({lr: 2, t: 10}))


def descend(x: float, lr: float) -> float:
    """One pass of the loop in the slides' program."""
    return x - lr * (2 * x)


questions = (
    Question(
        id="3.update",
        title="One step on a parabola",
        points=2,
        prompt=r"Gradient descent with learning rate `lr` runs on $f(x) = x^2$. Write the next iterate in terms of the current "
        r"one, $x$.",
        source=Source("Gradient descent slides", "p. 13 and 15"),
        answer=Update("x", step),
        symbols=table.only("x", "lr"),
        practice=MeasuredValue(by=descend),
        rows=(122, 130),
        wrong=(
            Wrong(
                "value-for-derivative",
                x - lr * f,
                "The step follows the derivative of f, not f itself.",
            ),
            Wrong(
                "lost-two",
                (1 - lr) * x,
                "Differentiate the square again: which factor comes down?",
                credit=Half,
            ),
            Wrong(
                "ascent",
                x + 2 * lr * x,
                "In this direction f grows. Which sign leads downhill?",
                credit=Half,
            ),
            Wrong(
                "step-alone",
                -2 * lr * x,
                "This is how far the step goes. Where does it start?",
                credit=Half,
            ),
            Wrong(
                "rate-lost",
                x - 2 * x,
                "The derivative is multiplied by the learning rate.",
            ),
        ),
    ),
    Question(
        id="3.range",
        title="Rates that converge",
        points=2,
        prompt=r"For which learning rates `lr` $> 0$ do the iterates of 3.update tend to the minimum, from every start?",
        source=Source("Gradient descent slides", "p. 17 and 18"),
        answer=Interval("lr", stable),
        symbols=table.only("lr"),
        practice=MeasuredInterval(by=lambda lr: settles(lambda x: descend(x, lr), 1.0), variable="lr"),
        draws=Trajectory(variable="lr", start=1.0, steps={"x": descend}, at={}),
        after=("3.update",),
        carried=Carried(
            key="abs(q3_update[x = 1] - q3_update[x = 0]) < 1",
            provided=(("q3_update[x = 2] - q3_update[x = 0]", "2*(q3_update[x = 1] - q3_update[x = 0])"),),
        ),
        rows=(118,),
        wrong=(
            Wrong(
                "lost-two",
                sympy.Interval.open(0, 2),
                "Follow a few steps at a rate near the upper end of your range. Is the derivative of the square complete?",
                credit=Half,
            ),
            Wrong(
                "closed-end",
                sympy.Interval.Lopen(0, 1),
                "Put the largest rate of your range into the update and follow a few steps by hand.",
                credit=Half,
            ),
            Wrong(
                "no-overshoot",
                sympy.Interval.open(0, sympy.Rational(1, 2)),
                "In this range the iterate never steps over the minimum. Must it not, in order to converge?",
            ),
            Wrong(
                "no-overshoot-closed",
                sympy.Interval.Lopen(0, sympy.Rational(1, 2)),
                "In this range the iterate never steps over the minimum. Must it not, in order to converge?",
            ),
            Wrong(
                "reversed",
                sympy.Interval.open(1, sympy.oo),
                "Try a very small and a very large rate: which of the two settles?",
            ),
        ),
    ),
    Question(
        id="3.path",
        title="The iterate after t steps",
        points=2,
        prompt=r"Give the iterate $x_t$ of 3.update after $t$ steps from $x_0$, for $t = 0, 1, 2, \dots$",
        source=Source("Gradient descent slides", "p. 15"),
        answer=Expression(after_t, targets=("x_t", "x(t)", "x^{(t)}")),
        symbols=table.only("x_0", "lr", "t"),
        practice=MeasuredValue(by=lambda x_0, lr, t: iterate(lambda x: descend(x, lr), x_0, t)),
        draws=Iterates(steps="t", step=descend, at={"x_0": 1.0, "lr": 0.8}, start="x_0", name="x"),
        after=("3.update",),
        carried=Carried(either=((("given[t = 0]", "x_0"), ("given[t = t + 1]", "q3_update[x = given]")),)),
        rows=(130,),
        wrong=(
            Wrong(
                "lost-two",
                (1 - lr) ** t * x_0,
                "Compute x_1 by hand from the update and compare it with your formula at t = 1.",
                credit=Half,
            ),
            Wrong(
                "one-step-late",
                (1 - 2 * lr) ** (t + 1) * x_0,
                "Check t = 0: your formula should give the starting value.",
                credit=Half,
            ),
            Wrong(
                "one-step-early",
                (1 - 2 * lr) ** (t - 1) * x_0,
                "Check t = 0: your formula should give the starting value.",
                credit=Half,
            ),
            Wrong(
                "added-instead-of-multiplied",
                (1 - 2 * lr * t) * x_0,
                "The derivative changes with the iterate, so that steps multiply. Compare your formula at t = 2.",
            ),
            Wrong(
                "ascent", (1 + 2 * lr) ** t * x_0, "For a small rate the iterates should come closer to 0.", credit=Half
            ),
        ),
    ),
    Question(
        id="3.after10",
        title="Ten steps with a rate of 2",
        points=1,
        prompt=r"The slides' program takes 10 steps with learning rate 2. Where does it end, as a formula of its start $x_0$?",
        source=Source("Gradient descent slides", "p. 17"),
        answer=Expression(after_10, targets=("x_10", "x(10)", "x_{10}", "x^{(10)}")),
        symbols=table.only("x_0"),
        practice=MeasuredValue(by=lambda x_0: iterate(lambda x: descend(x, 2.0), x_0, 10)),
        after=("3.path",),
        carried=Carried(key="q3_path[lr = 2, t = 10]"),
        rows=(117,),
        wrong=(
            Wrong("one-step-short", (-3) ** 9 * x_0, "How often is the body of the loop run?", credit=Half),
            Wrong(
                "sign", -(3**10) * x_0, "The factor of one step is negative. What is its sign after ten?", credit=Half
            ),
            Wrong(
                "factor-alone",
                sympy.Integer(3) ** 10,
                "The end depends on the start: twice the start, twice the end.",
                credit=Half,
            ),
            Wrong("converges", sympy.Integer(0), "Follow two steps from 1: does the iterate come closer to 0?"),
            Wrong(
                "bounded",
                x_0,
                "The sign flips in every step. Does the size stay the same, too?",
            ),
            Wrong(
                "linear-growth",
                (1 - 2 * 2 * 10) * x_0,
                "The derivative changes with the iterate, so that the factors of the steps multiply.",
            ),
        ),
    ),
)
