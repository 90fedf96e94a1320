"""Problem 2: what the ReLU notebook shows, as far as it does not depend on one initialisation."""

from __future__ import annotations

from autograder import Choice, Expression, Half, Option, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredChoice, MeasuredValue
from reference.dis1 import experiments

table = declare("w: positive int")
w = sympy_symbol(table, "w")

# Each unit bends the function at one place; w places cut the line into one interval more.
bends = w
pieces = bends + 1

NOTEBOOK = (
    "In the notebook (200 noisy training points of a piecewise linear function on [0, 1], elbows at random at first): "
)

questions = (
    Question(
        id="2.noise",
        title="Test error below training error",
        points=1,
        prompt=NOTEBOOK + "why is the test error of a well-trained network lower than its training error?",
        source=Source("Discussion 1", "2"),
        answer=Choice(
            shuffle=True,
            options=(
                Option(
                    "a",
                    "The training targets carry noise, the test targets do not.",
                    "the mean training error includes the variance 0.01 of the noise",
                ),
                Option(
                    "b", "The network does not fit the training points well.", "it comes close to the function itself"
                ),
                Option(
                    "c", "There are more test points than training points.", "their number does not change the mean"
                ),
                Option("d", "The penalty holds the training error up.", "without any penalty it is the same"),
                Option("e", "The training points are among the test points.", "there the targets are noiseless, too"),
            ),
            key="a",
        ),
        practice=MeasuredChoice(by=experiments.cause_of_the_gap),
        rows=(11,),
        wrong=(
            Wrong("underfitting", "b", "Would a poor fit be better on points that it was not fitted to?"),
            Wrong("size-of-the-test-set", "c", "Does an average become smaller when more points enter it?"),
            Wrong("regularisation", "d", "SGD runs without a penalty. Is the gap there as well?"),
            Wrong("leak", "e", "Are the targets at these points the same in both sets?"),
        ),
    ),
    Question(
        id="2.width",
        title="Wider hidden layers",
        points=1,
        prompt=NOTEBOOK
        + "what happens to the test error, typically over many initialisations, as the hidden layer grows from 10 to "
        "20 to 40 units, whether only the output layer or all layers are trained?",
        source=Source("Discussion 1", "2, questions on the hidden layer"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "It falls: more elbows follow the function better.", "no overfitting shows up to 40 units"),
                Option("b", "It grows: wider layers overfit.", "for these widths it does not grow"),
                Option("c", "Nothing: the width has no effect.", "from 10 to 20 the median falls to a third or less"),
                Option("d", "It falls and then grows again.", "a single run may look so; most do not"),
                Option(
                    "e",
                    "It falls when all layers are trained, and stays when the output layer alone is.",
                    "more random elbows help that, too",
                ),
            ),
            key="a",
        ),
        practice=MeasuredChoice(by=experiments.errors_by_width),
        rows=(12, 15),
        wrong=(
            Wrong("overfits", "b", "Compare your own errors at the three widths."),
            Wrong("no-effect", "c", "Compare your own errors at the three widths."),
            Wrong("u-shape", "d", "Run it again from other initial weights: is the turn still there?", Half),
            Wrong(
                "all-layers-only",
                "e",
                "With more elbows at random places, does the output layer have more to choose from?",
            ),
        ),
    ),
    Question(
        id="2.elbows",
        title="Elbows placed by hand",
        points=1,
        prompt=NOTEBOOK + "where would you put the elbows by hand, so that training the output layer alone suffices?",
        source=Source("Discussion 1", "2, output layer only, (b)"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "at random places in [0, 1]", "they miss the bends"),
                Option(
                    "b", "at the kinks of the true function, 0.1, 0.2, ..., 0.9", "between kinks the function is a line"
                ),
                Option("c", "only where the function has a maximum or minimum", "some kinks are no extrema"),
                Option("d", "outside of [0, 1]", "there they bend nothing"),
                Option("e", "all of them in the middle", "that gives one bend"),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=experiments.best_elbows),
        rows=(13,),
        wrong=(
            Wrong("at-random", "a", "What must happen at a kink of the function, and can it happen between elbows?"),
            Wrong("extrema-only", "c", "Is there a kink at which the function goes on rising?", Half),
            Wrong("outside", "d", "What does a unit do on [0, 1] when its elbow lies outside?"),
            Wrong("all-in-one-place", "e", "How many bends does a function have whose elbows coincide?"),
        ),
    ),
    Question(
        id="2.moves",
        title="Elbows during training",
        points=1,
        prompt=NOTEBOOK + "what do the elbows do while all layers are trained?",
        source=Source("Discussion 1", "2, all layers, (b)"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "On average they move closer to kinks, without meeting them exactly.", "a weak tendency"),
                Option("b", "They stay where they are.", "the first layer is trained, too"),
                Option("c", "They end exactly at the kinks.", "their distance shrinks by a third, not to 0"),
                Option("d", "They move away from the kinks and leave [0, 1].", "only a few in a hundred leave it"),
                Option("e", "They spread evenly over [0, 1].", "nothing pulls them apart"),
            ),
            key="a",
        ),
        practice=MeasuredChoice(by=experiments.elbows_in_training),
        rows=(16,),
        wrong=(
            Wrong("fixed", "b", "Which parameters decide where an elbow is, and are they trained here?"),
            Wrong("exact", "c", "Compare the final elbows with the kinks in your plot."),
            Wrong("leave", "d", "Count the elbows outside [0, 1] in your plot, before and after."),
            Wrong("evenly", "e", "What would the loss gain from elbows where the function is straight?"),
        ),
    ),
    Question(
        id="2.kinks",
        title="What elbows set",
        points=1,
        prompt=NOTEBOOK + "which feature of the learned function do the places of the elbows set directly?",
        source=Source("Discussion 1", "2"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "where its slope changes", "between two elbows every unit is a line"),
                Option("b", "how steep its pieces are", "that is up to the weights"),
                Option("c", "its constant offset", "that is the output bias"),
                Option("d", "how noisy it is", "noise is a property of the data"),
                Option("e", "how high it is at its kinks", "the output weights decide that"),
            ),
            key="a",
        ),
        practice=MeasuredChoice(by=experiments.what_elbows_set),
        rows=(22,),
        wrong=(
            Wrong("heights", "b", "Shift one elbow and keep all weights: which slopes does the function have then?"),
            Wrong("offset", "c", "Shift one elbow to the right: what happens at the far left?"),
            Wrong("noise", "d", "Is there any noise in the learned function?"),
            Wrong("values", "e", "Keep the elbows and double the output weights: what stays, what changes?"),
        ),
    ),
    Question(
        id="2.reg",
        title="Ridge on the output layer",
        points=1,
        prompt=NOTEBOOK
        + "the output layer is trained by 150000 steps of SGD, or by ridge regression with penalty lambda (1e-5 in the "
        "notebook). Which statements are true?",
        source=Source("Discussion 1", "2, output layer only, (c)"),
        answer=Choice(
            shuffle=True,
            several=True,
            options=(
                Option(
                    "a",
                    "Ridge ends lower: SGD has not converged on what is nearly the same convex problem.",
                    "the gap closes with more steps",
                ),
                Option(
                    "b",
                    "Ridge ends lower because its penalty shrinks the weights.",
                    "with almost no penalty it ends as low",
                ),
                Option(
                    "c", "Ridge takes far less work: one linear system with w + 1 unknowns.", "against 150000 steps"
                ),
                Option(
                    "d",
                    "Small penalties (1e-8 to 1e-5) are best; 1e-3 is worse already at widths 10 and 20.",
                    "larger ones bias the fit",
                ),
                Option("e", "The larger the penalty, the lower the test error.", "it grows with the penalty"),
                Option(
                    "f", "The size of the penalty makes no difference.", "from 1e-5 to 1 the error grows several times"
                ),
            ),
            key=("a", "c", "d"),
        ),
        practice=MeasuredChoice(by=experiments.claims_on_ridge),
        rows=(14, 23),
        wrong=(
            Wrong("by-shrinkage", ("b", "c", "d"), "Try ridge with lambda = 1e-8: does it still end lower than SGD?"),
            Wrong(
                "both-reasons",
                ("a", "b", "c", "d"),
                "Try ridge with lambda = 1e-8: does it still end lower than SGD?",
            ),
            Wrong("larger-is-better", ("a", "c", "e"), "Try lambda = 1: what happens to the test error?"),
            Wrong("penalty-irrelevant", ("a", "c", "f"), "Try lambda = 1: what happens to the test error?"),
            Wrong(
                "ridge-slower",
                ("a", "d"),
                "How long does one linear system of 41 unknowns take, and how long 150000 steps?",
            ),
        ),
    ),
    Question(
        id="2.pieces",
        title="Linear pieces",
        points=1,
        prompt=r"How many linear pieces can the function of a network with one hidden layer of $w$ ReLU units have, at most, on the "
        r"real line?",
        source=Source("Discussion 1", "2"),
        answer=Expression(pieces, at_most=True),
        symbols=table,
        practice=MeasuredValue(by=experiments.count_pieces, rounds=5),
        rows=(24,),
        wrong=(
            Wrong("one-per-unit", w, "Try w = 1: how many pieces has a single ReLU?", Half),
            Wrong("one-less", w - 1, "Try w = 1: how many pieces has a single ReLU?"),
            Wrong("powers", 2**w, "Units may be on or off, but along a line they switch one after the other."),
            Wrong("two-per-unit", 2 * w, "Each unit bends the function once. Try w = 2.", Half),
        ),
    ),
)
