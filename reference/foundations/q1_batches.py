"""Part 1, choices on batches: what a batch estimates, what its size changes, and how points are drawn."""

from __future__ import annotations

from fractions import Fraction

from autograder import Choice, Half, Option, Question, Source, Wrong
from autograder.oracles import MeasuredChoice
from reference.foundations import experiments_descent as experiments
from reference.foundations import experiments_hardware

SGD = Source("Note 2", "1.1")
EPOCHS = Source("Note 2", "1.2")
Quarter = Fraction(1, 4)

questions = (
    Question(
        id="1.unbiased",
        title="What the gradient of a batch estimates",
        points=1,
        prompt="A batch of b of the n training points is drawn uniformly at random, and the gradients of its points are "
        "averaged. How does this average relate to the mean gradient over all n points?",
        source=SGD,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "It is off on average, unless b = n.", "each point is as likely to be drawn as any other"),
                Option(
                    "b",
                    "On average over draws it is the same for every b; a single draw differs from it.",
                    "the mean of a random sample has the mean of the whole as its expectation",
                ),
                Option(
                    "c",
                    "On average it is the same if points may be drawn twice, but not if they may not.",
                    "both ways of drawing treat all points alike",
                ),
                Option("d", "Every single draw gives the same, whatever b is.", "then all points would have to agree"),
                Option("e", "On average it is b/n of it.", "it is divided by b, not by n"),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=experiments.is_the_batch_gradient_right_on_average),
        rows=(70,),
        wrong=(
            Wrong("biased", "a", "Take b = 1 and average over the n possible draws."),
            Wrong("only-with-replacement", "c", "Average over all pairs of two different points of three."),
            Wrong("no-variance", "d", "With b = 1, does it matter which point is drawn?"),
            Wrong("scaled", "e", "By how many points is the sum over the batch divided?"),
        ),
    ),
    Question(
        id="1.small_batch",
        title="Half the batch",
        points=1,
        prompt="The batch size is halved, points are drawn with replacement, and all else stays. Which of these are true? "
        "Name every letter that applies.",
        source=SGD,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "The gradient estimate varies more from step to step.", "fewer points are averaged"),
                Option("b", "The gradient estimate is biased more.", "there is no bias at either size"),
                Option("c", "A step needs fewer gradients of single points.", "one for each point of the batch"),
                Option("d", "A pass over the data takes fewer updates.", "it takes twice as many"),
                Option("e", "The variance of the gradient estimate doubles.", "it is proportional to 1/b"),
            ),
            key=("a", "c", "e"),
            several=True,
        ),
        practice=MeasuredChoice(by=experiments.what_half_the_batch_changes),
        rows=(71,),
        wrong=(
            Wrong("noise-is-bias", ("a", "b", "c"), "More noise is not more bias. And how does the noise scale?"),
            Wrong("noise-is-bias-too", ("a", "b", "c", "e"), "A noisy estimate may still be right on average."),
            Wrong("only-cheaper", ("c",), "It is cheaper. What is the price of averaging fewer points?"),
            Wrong("not-how-much", ("a", "c"), "Both are true. Can you say how much more it varies?"),
        ),
    ),
    Question(
        id="1.why_sgd",
        title="Why not the whole data set",
        points=Half,
        prompt="Why do people train on batches much smaller than the data set? Name every letter that is both true and a reason.",
        source=SGD,
        answer=Choice(
            shuffle=True,
            options=(
                Option(
                    "a", "The gradient over all points is too expensive for a single step.", "a batch costs b/n of it"
                ),
                Option("b", "A batch gives the gradient over all points exactly.", "it estimates it"),
                Option("c", "A roughly right direction is enough for a small step.", "most batches point downhill"),
                Option("d", "With batches no gradient has to be computed.", "those of the batch have to"),
                Option(
                    "e", "Much progress is made before all points have been seen.", "steps start with the first batch"
                ),
            ),
            key=("a", "c", "e"),
            several=True,
        ),
        practice=MeasuredChoice(by=experiments.why_stochastic_steps_pay),
        rows=(72,),
        wrong=(
            Wrong("exact", ("a", "b"), "Two different batches give two different directions."),
            Wrong("cost-only", ("a",), "It is cheaper. But why is a cheap estimate good enough?"),
            Wrong("no-gradient", ("a", "d"), "What does a stochastic gradient step follow?"),
        ),
    ),
    Question(
        id="1.batch_size",
        title="The batch size in practice",
        points=Half,
        prompt="Which batch size does Note 2 name as the usual choice in deep learning?",
        source=SGD,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "a single point", "that leaves the hardware idle"),
                Option("b", "all n points", "that is what batches are to avoid"),
                Option("c", "any, since the size makes no difference", "it decides on noise, cost and memory"),
                Option("d", "as many points as the system can sustain in reasonable time", "hardware sets the limit"),
                Option("e", "the square root of n", "hardware knows nothing of n"),
            ),
            key="d",
        ),
        practice=MeasuredChoice(by=experiments_hardware.best_batch_size),
        rows=(73,),
        wrong=(
            Wrong("one", "a", "Hardware works on many points in parallel. Is a single one a good use of it?"),
            Wrong("all", "b", "How many points can a step afford when n is in the millions?"),
            Wrong("irrelevant", "c", "Compare noise, time and memory of a small and a large batch."),
            Wrong("square-root", "e", "Does the note derive the size from n, or from what a machine can do?"),
        ),
    ),
    Question(
        id="1.epoch",
        title="Steps in an epoch",
        points=Half,
        prompt="The training set has 600 points. How many update steps make one epoch, for each batch size?",
        source=EPOCHS,
        answer=Choice(
            cases=("b = 600", "b = 30", "b = 1"),
            options=(
                Option("a", "1", "one batch holds everything"),
                Option("b", "20", "n/b batches cover the data once"),
                Option("c", "30", "that is the size of the batch"),
                Option("d", "600", "every point makes a step"),
            ),
            key=("a", "b", "d"),
        ),
        practice=MeasuredChoice(by=experiments.steps_of_an_epoch),
        rows=(79,),
        wrong=(
            Wrong("one-step", ("a", "a", "a"), "An epoch is a pass over all points. How many does a step see?"),
            Wrong("n-steps", ("d", "d", "d"), "How many points does a step see?"),
            Wrong("size-of-batch", ("a", "c", "d"), "How many batches of 30 does it take to see 600 points?"),
            Wrong("swapped", ("d", "b", "a"), "Does a larger batch need more or fewer steps for one pass?"),
        ),
    ),
    Question(
        id="1.shuffle",
        title="Why to reshuffle",
        points=1,
        prompt="Why are the data shuffled anew before every epoch?",
        source=EPOCHS,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "So that the gradients of an epoch add up to the right sum.", "a sum has no order"),
                Option("b", "Because it keeps the parameters small, like a penalty.", "it does not pull them to 0"),
                Option(
                    "c",
                    "So that the order of the data leaves no trace in the parameters.",
                    "a fixed order pulls the iterate towards whatever comes last, in every epoch again",
                ),
                Option("d", "Because an epoch then has fewer steps.", "it has as many as before"),
                Option("e", "So that every point is drawn equally often.", "a pass in a fixed order does that as well"),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.what_reshuffling_changes),
        rows=(80,),
        wrong=(
            Wrong("sum-of-gradients", "a", "At fixed parameters, does a sum depend on the order of its terms?"),
            Wrong("regularisation", "b", "Where would a pull towards 0 come from?"),
            Wrong("speed", "d", "How many points are there before and after shuffling?"),
            Wrong("equally-often", "e", "How often does a pass in the old order visit each point?"),
        ),
    ),
    Question(
        id="1.replacement",
        title="With and without replacement",
        points=1,
        prompt="A batch of 1 < b < n points is drawn with replacement, or without. What holds of the mean gradient over the "
        "batch, at fixed parameters?",
        source=EPOCHS,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "Without replacement it is biased.", "each point is still as likely as any other"),
                Option("b", "With replacement it is biased.", "each point is still as likely as any other"),
                Option("c", "Both are unbiased, with exactly the same variance.", "different points tell more"),
                Option(
                    "d",
                    "Both are unbiased; without replacement it varies less, which hardly shows when b is much below n.",
                    "the variances have the quotient (n - b)/(n - 1)",
                ),
                Option(
                    "e",
                    "Both are unbiased; without replacement it varies more.",
                    "points that differ tell more than repeated ones",
                ),
            ),
            key="d",
        ),
        practice=MeasuredChoice(by=experiments.both_ways_of_drawing),
        rows=(81,),
        wrong=(
            Wrong("without-is-biased", "a", "Average over all pairs of different points of three."),
            Wrong("with-is-biased", "b", "Average over all nine ordered pairs of three points."),
            Wrong("same-variance", "c", "Draw without replacement with b = n: how much does it vary?", Half),
            Wrong("turned-round", "e", "Draw without replacement with b = n: how much does it vary?"),
        ),
    ),
    Question(
        id="1.fresh_batch",
        title="Which batch for which step",
        points=1,
        prompt="Gradients of all n points are too expensive, so that each step may look at b of them. Which b, if descent is to "
        "end near the optimum of the loss over all n?",
        source=Source("Lecture 2", "4"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "one random batch, chosen at the start and kept", "that ends at the optimum of this batch"),
                Option("b", "a new random batch in every step", "over time its steps follow the mean over all points"),
                Option("c", "in every step the b points with the smallest loss", "what does not fit is never learned"),
                Option("d", "in every step the b points with the largest loss", "outliers would pull it away"),
                Option(
                    "e",
                    "the first b points of the sorted data, in every step",
                    "that ends at the optimum of these points",
                ),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=experiments.which_batches_lead_home),
        rows=(104,),
        wrong=(
            Wrong("kept-batch", "a", "Whose optimum does descent on the same b points reach?"),
            Wrong("easy-first", "c", "Which points would never be looked at?"),
            Wrong("hard-first", "d", "Is the mean over the worst points the mean over all?"),
            Wrong("first-points", "e", "Do the first points of sorted data stand for all of them?"),
        ),
    ),
)
