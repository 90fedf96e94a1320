"""Part 4, second half: full, mini-batch and stochastic gradient descent, and what they cost."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from sympy import Integer, ceiling, floor

from autograder import Choice, Expression, Half, Option, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredChoice, MeasuredValue
from reference.gradients import experiments

POINTS, FEATURES = 10_000, 20  # p. 29

table = declare("b: positive int")
b = sympy_symbol(table, "b")

cost = FEATURES * b
updates = POINTS / b


def count_multiply_adds(b: int) -> int:
    """One for every coordinate of every point of the batch, counted one by one."""
    batch = np.ones((b, FEATURES))
    return sum(1 for row in batch for _ in row)


def count_batches(b: int) -> int | None:
    """The steps of a loop over the points, b at a time; None where b does not divide them."""
    return None if POINTS % b else len(range(0, POINTS, b))


VARIANTS = (
    Option("a", "full (batch) gradient descent", "every step uses all N points"),
    Option("b", "mini-batch gradient descent", "a step uses some of the points"),
    Option("c", "stochastic gradient descent", "a step uses a single point"),
)
MANY_POINTS = Source("Gradient descent slides", "p. 23 to 30")


def _never_measured(rng: Generator) -> tuple[str, ...]:
    """The names go by the size of the batch alone: all points, some, one."""
    n = int(rng.integers(5, 50))
    sizes = (n, 1, int(rng.integers(2, n)))
    return tuple("a" if size == n else "c" if size == 1 else "b" for size in sizes)


questions = (
    Question(
        id="4.risk",
        title="The empirical risk",
        points=Half,
        prompt="What does learning minimise over the weights w, when it minimises the empirical risk?",
        source=Source("Gradient descent slides", "p. 21"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "the mean of the losses over the training points", "each point counts the same"),
                Option("b", "the largest of the losses over the training points", "no single point decides"),
                Option("c", "the mean of the losses over the test points", "those are not for learning"),
                Option("d", "the number of weights", "the risk is about errors"),
                Option("e", "minus the mean of the losses over the training points", "that would make losses large"),
            ),
            key="a",
        ),
        practice=MeasuredChoice(by=experiments.what_descent_lowers),
        rows=(121,),
        wrong=(
            Wrong("largest", "b", "How much does one point count among n?"),
            Wrong("test-data", "c", "Which points may be used for fitting?"),
            Wrong("weights-counted", "d", "The risk speaks of losses on data."),
            Wrong("sign", "e", "Should the losses become small or large?", Half),
        ),
    ),
    Question(
        id="4.step",
        title="The step",
        points=Half,
        prompt=r"Which assignment is one step of gradient descent on the risk $J(w)$ with learning rate $\eta$?",
        source=Source("Gradient descent slides", "p. 22"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "w <- w + eta grad J(w)", "that climbs"),
                Option("b", "w <- eta grad J(w)", "that forgets where it was"),
                Option("c", "w <- w - eta grad J(w)", "a little way against the gradient"),
                Option("d", "w <- w - grad J(w)/eta", "a small rate would make long steps"),
                Option("e", "w <- w - eta J(w)", "the value of J has no direction"),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.which_step_goes_down),
        rows=(122,),
        wrong=(
            Wrong("ascent", "a", "Which way does the gradient point?", Half),
            Wrong("start-lost", "b", "A step starts where the iterate is."),
            Wrong("rate-inverted", "d", "Should a larger rate make longer or shorter steps?", Half),
            Wrong("value-for-gradient", "e", "What tells the direction: the value of J or its gradient?"),
        ),
    ),
    Question(
        id="4.variants",
        title="Three names",
        points=Half,
        prompt="With N training points, what is gradient descent called whose steps use a batch of each size?",
        source=MANY_POINTS,
        answer=Choice(shuffle=True, cases=("N", "1", "between 1 and N"), options=VARIANTS, key=("a", "c", "b")),
        practice=MeasuredChoice(by=_never_measured),
        rows=(123,),
        wrong=(
            Wrong("all-small-is-stochastic", ("a", "c", "c"), "There is a name of its own for batches in between."),
            Wrong("full-is-one", ("c", "a", "b"), "Full means that all the data are used.", Half),
            Wrong("one-is-mini", ("a", "b", "b"), "A batch of a single point has a name of its own."),
        ),
    ),
    Question(
        id="4.iteration",
        title="Iterations and epochs",
        points=Half,
        prompt="An iteration is one update, an epoch one pass over the training points. When are they the same?",
        source=Source("Gradient descent slides", "p. 23"),
        answer=Choice(
            options=(
                Option("a", "always", "a pass in batches of b takes N/b updates"),
                Option("b", "for a batch of all N points only", "then one update is one pass"),
                Option("c", "for a batch of one point only", "then a pass takes N updates"),
                Option("d", "never", "a full batch is a pass"),
                Option("e", "for every batch size that divides N", "then N/b updates make a pass"),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=experiments.updates_per_pass),
        rows=(123,),
        wrong=(
            Wrong("always", "a", "Count the updates of a pass with 10 points in batches of 2."),
            Wrong("single-point", "c", "Count the updates of a pass with 10 points, one at a time."),
            Wrong("never", "d", "How many updates does a pass take when the batch is all the data?"),
            Wrong("dividing", "e", "Ten points in batches of five: how many updates make a pass?"),
        ),
    ),
    Question(
        id="4.tradeoffs",
        title="What each of them is good and bad at",
        points=Half,
        prompt="Steps of equal length start at the same w. Which kind of gradient descent does each case describe?",
        source=Source("Gradient descent slides", "p. 25 to 27"),
        answer=Choice(
            shuffle=True,
            cases=(
                "a step costs most, and at a small rate the loss falls in every one",
                "the direction varies most, and the loss rises in many single steps",
                "the direction varies, but less than that of the other one that varies",
            ),
            options=VARIANTS,
            key=("a", "c", "b"),
        ),
        practice=MeasuredChoice(by=experiments.noise_and_cost),
        rows=(124,),
        wrong=(
            Wrong("full-is-noisy", ("c", "a", "b"), "Is anything random in a step that uses all the data?"),
            Wrong(
                "mini-batch-worst", ("a", "b", "c"), "Does averaging over several points add noise or remove it?", Half
            ),
            Wrong("stochastic-monotone", ("c", "b", "a"), "Does a step for one point help the other points as well?"),
        ),
    ),
    Question(
        id="4.cost",
        title="Cost of a step",
        points=Half * 3 / 2,
        prompt=r"Logistic regression has $N = 10000$ points in $\mathbb{R}^{20}$. A step on a batch of $b$ points takes one inner "
        r"product of 20 coordinates per point; count one multiply-add per coordinate. How many are these in one step?",
        source=Source("Gradient descent slides", "p. 29"),
        answer=Expression(
            cost, ignored=(r"(?:multiply[- ]adds?|mult[- ]adds?|multiplications|operations|flops|MACs)\.?\s*$",)
        ),
        symbols=table,
        practice=MeasuredValue(by=count_multiply_adds),
        rows=(125, 128),
        wrong=(
            Wrong(
                "features-forgotten", b, "An inner product of 20 coordinates takes more than one multiply-add.", Half
            ),
            Wrong(
                "all-data",
                Integer(FEATURES * POINTS),
                "That is a step on all the data. How many points are in the batch?",
                Half,
            ),
            Wrong("times-all-data", FEATURES * POINTS * b, "A step looks only at the points of its batch."),
            Wrong("features-squared", FEATURES**2 * b, "An inner product goes through its coordinates once.", Half),
            Wrong("batch-squared", FEATURES * b**2, "Each point of the batch is looked at once.", Half),
        ),
    ),
    Question(
        id="4.updates",
        title="Updates in a pass",
        points=Half * 3 / 2,
        prompt=r"The 10000 points are gone through once in batches of $b$, and $b$ divides 10000. How many updates are made?",
        source=Source("Gradient descent slides", "p. 29"),
        answer=Expression(
            updates,
            also=(
                ("as rounded up, for a last batch that is short", ceiling(POINTS / b)),
                ("as rounded down, for a last batch that is left out", floor(POINTS / b)),
            ),
        ),
        symbols=table,
        practice=MeasuredValue(by=count_batches, rounds=24),
        rows=(125,),
        wrong=(
            Wrong(
                "one-per-point",
                Integer(POINTS),
                "There is one update per batch. Put b = 10000: how many are there?",
                Half,
            ),
            Wrong("one-per-pass", Integer(1), "This is right when all the data are one batch."),
            Wrong("inverted", b / POINTS, "Larger batches should make fewer updates. Put b = 1.", Half),
            Wrong("batch-size", b, "Larger batches should make fewer updates."),
            Wrong("product", POINTS * b, "Larger batches should make fewer updates."),
        ),
    ),
    Question(
        id="4.unbiased",
        title="Estimates of the gradient",
        points=Half,
        prompt="Points are drawn uniformly from the N training points. Which of these has the gradient of the mean loss as its "
        "expectation?",
        source=Source("Gradient descent slides", "p. 30"),
        answer=Choice(
            shuffle=True,
            several=True,
            options=(
                Option("a", "the gradient of the loss of one point", "the mean over all choices is the full gradient"),
                Option("b", "the sum of the gradients over a batch of b > 1 points", "b times too long"),
                Option("c", "their mean over a batch drawn with replacement", "every draw has the right mean"),
                Option(
                    "d", "their mean over a batch drawn without replacement", "every point is as likely as any other"
                ),
                Option("e", "the gradient of the loss of one point, divided by N", "N times too short"),
            ),
            key=("a", "c", "d"),
        ),
        practice=MeasuredChoice(by=experiments.unbiased_estimates),
        rows=(126,),
        wrong=(
            Wrong("only-batches", ("c", "d"), "Average the gradients of single points over all points."),
            Wrong("only-single", ("a",), "What is the expectation of a mean of draws?"),
            Wrong("sum-unscaled", ("a", "b", "c", "d"), "Let all points be equal: how long is the sum?"),
            Wrong("no-replacement-biased", ("a", "c"), "Is any point less likely to be in the batch than another?"),
            Wrong("replacement-biased", ("a", "d"), "Is any point less likely to be drawn than another?"),
            Wrong("divided-by-all", ("c", "d", "e"), "Let all points be equal: how long is one point's gradient?"),
        ),
    ),
    Question(
        id="4.early",
        title="Progress during the first pass",
        points=Half,
        prompt="Can the loss on all the data go down before every point has been looked at once?",
        source=Source("Gradient descent slides", "p. 30"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "No: the gradient is known only after a pass.", "an estimate is known earlier"),
                Option("b", "Only with full gradient descent.", "its first step comes after a whole pass"),
                Option("c", "Yes, with mini-batches and with single points.", "each step is an update already"),
                Option("d", "Only when the data are sorted.", "a random order is better"),
                Option("e", "Yes, but with single points only.", "batches of some points do as well"),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.early_progress),
        rows=(127,),
        wrong=(
            Wrong("one-pass-needed", "a", "How many updates have mini-batches made after half a pass?"),
            Wrong("only-full", "b", "When does full gradient descent make its first update?"),
            Wrong("sorted", "d", "Do the first points of a random order tell nothing?"),
            Wrong("single-only", "e", "Is a mean of five gradients a worse direction than one of them?"),
        ),
    ),
    Question(
        id="4.cost_growth",
        title="Cost of a step as the data grow",
        points=Half,
        prompt="The batch size b and the number of features stay, the number N of training points grows. How does the cost of one "
        "mini-batch update grow?",
        source=Source("Gradient descent slides", "p. 30"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "in proportion to N", "that is the full gradient's"),
                Option("b", "like log N", "nothing is searched"),
                Option("c", "with the number of passes", "an update does not know of passes"),
                Option("d", "not at all", "it looks at b points"),
                Option("e", "in proportion to the number N/b of batches", "only one batch is looked at"),
            ),
            key="d",
        ),
        practice=MeasuredChoice(by=experiments.cost_of_a_step),
        rows=(128,),
        wrong=(
            Wrong("linear", "a", "How many points does one update look at?"),
            Wrong("logarithmic", "b", "Drawing b indices and looking them up: does that depend on N?"),
            Wrong("passes", "c", "One update is asked for, not all of them."),
            Wrong("number-of-batches", "e", "Does an update look at the other batches?"),
        ),
    ),
    Question(
        id="4.fixed_rate",
        title="Stochastic descent at a fixed rate",
        points=Half,
        prompt="Stochastic gradient descent runs at a fixed rate at which full gradient descent converges. What is true in general?",
        source=Source("Gradient descent slides", "p. 30"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "It converges to the minimiser of the mean loss.", "single points keep pulling it away"),
                Option(
                    "b", "It never comes to rest, whatever the data are.", "data that can be fitted exactly let it rest"
                ),
                Option(
                    "c",
                    "It need not converge: it keeps moving around the minimiser unless every point's gradient vanishes there; "
                    "rates that shrink suitably bring it to rest.",
                    "the noise of a step is proportional to the rate",
                ),
                Option("d", "It converges exactly when momentum is used.", "momentum does not remove the noise"),
                Option(
                    "e",
                    "It runs off to infinity, since the noise of the steps adds up.",
                    "every step also removes a share of the error",
                ),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.at_a_fixed_rate),
        rows=(129,),
        wrong=(
            Wrong("always", "a", "At the minimiser of the mean, is the gradient of a single point 0?"),
            Wrong(
                "never", "b", "Let all points lie on one line through the origin: what happens at the minimiser?", Half
            ),
            Wrong("momentum", "d", "Does momentum make the gradient of a single point 0?"),
            Wrong("noise-adds-up", "e", "Fit a constant to two numbers at a small rate: how far away can it get?"),
        ),
    ),
)
