"""Part 1, choices on the learning rate: too large, too small, and what stochastic steps do at an optimum."""

from __future__ import annotations

from autograder import Choice, Option, Question, Source, Wrong
from autograder.oracles import MeasuredChoice
from reference.foundations import experiments_descent as experiments

RATE = Source("Note 2", "1.2")

questions = (
    Question(
        id="1.rate",
        title="Rates far too large or too small",
        points=1,
        prompt="Gradient descent on a parabola: what becomes of the loss in a given number of steps?",
        source=RATE,
        answer=Choice(
            shuffle=True,
            cases=("the rate is far too large", "the rate is far too small"),
            options=(
                Option("a", "it falls to its minimum all the same", "only a rate in between does that"),
                Option("b", "it diverges", "every step lands further off than the one before"),
                Option("c", "it settles at a worse value for good", "a parabola has one place to settle"),
                Option("d", "it hardly changes, at the full cost of every step", "steps are short, not cheap"),
            ),
            key=("b", "d"),
        ),
        practice=MeasuredChoice(by=experiments.rates_far_off),
        rows=(74,),
        wrong=(
            Wrong("swapped", ("d", "b"), "Follow two steps with a tiny and with a huge rate."),
            Wrong("both-diverge", ("b", "b"), "Can very short steps downhill lead away?"),
            Wrong("no-effect", ("a", "a"), "Follow two steps with a tiny and with a huge rate."),
            Wrong("worse-optimum", ("b", "c"), "Given enough steps, would a tiny rate stop anywhere else?"),
        ),
    ),
    Question(
        id="1.rate_for_sgd",
        title="The same rate for stochastic steps",
        points=1,
        prompt="With some constant rate, gradient descent on all points converges. Does stochastic gradient descent on the same "
        "data converge with this rate?",
        source=RATE,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "Yes, since its steps are right on average.", "on average, but not one by one"),
                Option("b", "Yes with b = 1, no with larger batches.", "larger batches make less noise, not more"),
                Option(
                    "c",
                    "Not in general: at the optimum the gradients of single batches need not be 0, unless every point is "
                    "fitted exactly.",
                    "the noise of the steps stays as long as the rate does",
                ),
                Option("d", "No; it runs off to infinity.", "often it stays near, without settling"),
                Option("e", "Yes, if every point is drawn once per pass.", "within a pass its steps still differ"),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.same_rate_for_both),
        rows=(75, 77),
        wrong=(
            Wrong("unbiased-is-enough", "a", "Start at the optimum: does a single stochastic step stay there?"),
            Wrong("only-single-points", "b", "Which batches are noisier, small or large ones?"),
            Wrong("always-diverges", "d", "Fit a constant to two numbers with a rate of 0.1: how far can it go?"),
            Wrong("each-once", "e", "At the optimum, does the first step of a pass move the iterate?"),
        ),
    ),
    Question(
        id="1.optimum",
        title="Gradients at an optimum",
        points=1,
        prompt="A linear model is fitted to noisy data by least squares, and the parameters are at the optimum. Which of these "
        "hold in general? Name every letter that applies.",
        source=RATE,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "The gradient of each single point is 0.", "they balance without being 0"),
                Option("b", "The gradients of all points add up to 0.", "that is the first-order condition"),
                Option("c", "The training loss is 0.", "the noise cannot be fitted"),
                Option(
                    "d", "The gradient of a small batch is usually not 0.", "a part of a balanced sum is unbalanced"
                ),
                Option("e", "A step along the full gradient changes nothing.", "the full gradient is 0"),
            ),
            key=("b", "d", "e"),
            several=True,
        ),
        practice=MeasuredChoice(by=experiments.at_the_optimum),
        rows=(76,),
        wrong=(
            Wrong("all-vanish", ("a", "b", "e"), "Fit a constant to 0 and 2: which way does each of the two pull?"),
            Wrong("perfect-fit", ("a", "b", "c", "e"), "Can a straight line go through noisy points?"),
            Wrong("balance-forgotten", ("d", "e"), "Of which gradients is the full gradient the mean?"),
        ),
    ),
    Question(
        id="1.constant_rate",
        title="Four ways to go on for ever",
        points=1,
        prompt="A constant is fitted to numbers by descent on the squared error. What do the iterates do in the long run?",
        source=RATE,
        answer=Choice(
            shuffle=True,
            cases=(
                "all points in every step, with the rate exactly at the border of stability",
                "one random point in every step, a small constant rate, numbers that differ",
                "one random point in every step, a small constant rate, numbers that are all equal",
                "one random point in every step, numbers that differ, the rate falling like 1/t",
            ),
            options=(
                Option("a", "they settle at the optimum", "nothing moves them any more"),
                Option("b", "they jump between two values for ever", "a deterministic oscillation"),
                Option("c", "they wander at random around the optimum", "the noise of the steps stays"),
                Option("d", "they run off to infinity", "only beyond the border of stability"),
            ),
            key=("b", "c", "a", "a"),
        ),
        practice=MeasuredChoice(by=experiments.long_runs),
        rows=(77, 78),
        wrong=(
            Wrong("swapped", ("c", "b", None, None), "Which of the two uses random numbers?"),
            Wrong(
                "settles-anyway",
                ("b", "a", "a", "a"),
                "At the optimum, does a random point pull to neither side?",
            ),
            Wrong("oscillates-anyway", ("b", "b", "a", "a"), "What would make random steps repeat?"),
            Wrong("never-settles", ("b", "c", "c", "a"), "When all numbers agree, what is left to be random?"),
            Wrong(
                "diverges",
                (None, "d", None, None),
                "Each step goes part of the way to one of the numbers: how far can it get?",
            ),
        ),
    ),
)
