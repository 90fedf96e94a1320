"""Part 2, choices on networks of ReLU units: what they are, what they can represent, and units that never switch on."""

from __future__ import annotations

from fractions import Fraction

from autograder import Choice, Half, Option, Question, Source, Wrong
from autograder.oracles import MeasuredChoice
from reference.foundations import experiments_deep, experiments_kinds
from reference.foundations import experiments_networks as experiments

NOTE = Source("Note 2", "2.3")
ASIDES = Source("Note 2", "2.4")
Quarter = Fraction(1, 4)

questions = (
    Question(
        id="2.net",
        title="What a neural network is",
        points=Half,
        prompt="As what does the course introduce a neural network?",
        source=Source("Note 2", "2.1; Lecture 2, 5.1"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "a table that stores the training points", "it also answers in between"),
                Option(
                    "b",
                    "a graph of mostly differentiable operations with tunable parameters, like an analog circuit",
                    "easy derivatives are what training needs",
                ),
                Option("c", "a linear model with many features", "the nonlinearities are the point"),
                Option("d", "a simulation of nerve cells", "the name is all that is left of that"),
                Option("e", "a list of if-then rules that people write", "nobody writes them; they are learned"),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=experiments_kinds.what_a_network_is),
        rows=(93,),
        wrong=(
            Wrong("lookup", "a", "What would such a table say between its points?"),
            Wrong("linear", "c", "What would its elbows be good for?"),
            Wrong("biology", "d", "Which property makes training by gradients possible?"),
            Wrong("rules", "e", "What is tuned in such a list when it is trained?"),
        ),
    ),
    Question(
        id="2.goals",
        title="Two goals",
        points=Half,
        prompt="Which of the two goals of a network's design is missing, or met, in each case?",
        source=Source("Note 2", "2.2; Lecture 2, 5.2"),
        answer=Choice(
            shuffle=True,
            cases=(
                "for every pattern of interest some setting of the parameters comes close to it",
                "a good setting exists, but training hardly ever finds it",
                "no setting of the parameters comes near the pattern",
            ),
            options=(
                Option("a", "expressivity is met", "the pattern can be represented"),
                Option("b", "expressivity is missing", "the pattern cannot be represented"),
                Option("c", "learnability is missing", "what can be represented is not found"),
                Option("d", "nothing but speed is missing", "speed is not one of the two"),
            ),
            key=("a", "c", "b"),
        ),
        practice=MeasuredChoice(by=experiments.represented_and_found),
        rows=(89,),
        wrong=(
            Wrong(
                "swapped",
                ("a", "b", "c"),
                "Which of the two is about finding, and which about being there to be found?",
            ),
            Wrong("only-speed", ("a", "d", "b"), "Waiting longer does not help here."),
            Wrong("expressivity-only", ("a", "b", "b"), "A good setting exists in the second case."),
        ),
    ),
    Question(
        id="2.circuit",
        title="A diode and a resistor",
        points=Half,
        prompt="A voltage goes through an ideal diode that lets current pass from left to right, then through a resistor to "
        "ground. What is the voltage over the resistor?",
        source=NOTE,
        answer=Choice(
            cases=("input -2 V", "input +3 V"),
            options=(
                Option("a", "-2 V", "no current flows from right to left"),
                Option("b", "0 V", "without a current nothing drops over the resistor"),
                Option("c", "2 V", "a single diode does not turn the sign"),
                Option("d", "3 V", "an open diode passes the voltage on"),
            ),
            key=("b", "d"),
        ),
        practice=MeasuredChoice(by=experiments.rectifier),
        rows=(85,),
        wrong=(
            Wrong("negative-passes", ("a", "d"), "Which way would the current have to flow?"),
            Wrong("modulus", ("c", "d"), "It takes a bridge of four diodes to turn the sign. Here is one."),
            Wrong("reversed", ("a", "b"), "Which direction does the diode let pass?"),
        ),
    ),
    Question(
        id="2.sum",
        title="A sum of elbows",
        points=Half,
        prompt=r"What does $c + \sum_i a_i \max(0, w_i x + b_i)$ with $w$ units look like over $x$?",
        source=NOTE,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "a smooth curve", "it has corners at the elbows"),
                Option("b", "a staircase", "every unit is continuous, and so is their sum"),
                Option("c", "continuous and piecewise linear, with exactly w pieces", "a single unit has two"),
                Option(
                    "d", "continuous and piecewise linear, with at most w + 1 pieces", "every elbow adds one at most"
                ),
                Option(
                    "e", "continuous and piecewise linear, with 2^w pieces", "on a line every unit adds one elbow only"
                ),
            ),
            key="d",
        ),
        practice=MeasuredChoice(by=experiments.shape_of_a_sum),
        rows=(86,),
        wrong=(
            Wrong("smooth", "a", "What happens to the slope at an elbow?"),
            Wrong("staircase", "b", "Does a unit jump at its elbow?"),
            Wrong("exactly-as-many", "c", "How many pieces does a single unit have? And two with one elbow?", Half),
            Wrong("doubling", "e", "How many corners can two units make on a line?"),
        ),
    ),
    Question(
        id="2.universal",
        title="Universal approximation",
        points=Half,
        prompt="What can a single hidden layer of ReLU units do?",
        source=NOTE,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "represent every function exactly, if it is wide enough", "a curve has no corners"),
                Option(
                    "b",
                    "come as close as one likes to every continuous function on an interval, with one and the same width",
                    "faster waves need more elbows",
                ),
                Option(
                    "c", "little: only deep networks come close to curved functions", "many short pieces do as well"
                ),
                Option(
                    "d",
                    "come as close as one likes to every continuous function on a bounded closed interval, if it is wide enough",
                    "the pieces get shorter as the width grows",
                ),
                Option(
                    "e",
                    "come as close as one likes to every continuous function on the whole real line, if it is wide enough",
                    "beyond its last elbow it is a straight line",
                ),
            ),
            key="d",
        ),
        practice=MeasuredChoice(by=experiments.wide_networks),
        rows=(87,),
        wrong=(
            Wrong("exactly", "a", "Can finitely many straight pieces be a parabola?", Half),
            Wrong("one-width", "b", "Is the width for a slow wave enough for a fast one?", Half),
            Wrong("needs-depth", "c", "Join points on a curve by straight lines. How many units does it take?"),
            Wrong("unbounded", "e", "What does a network do to the right of all its elbows? And a wave?"),
        ),
    ),
    Question(
        id="2.deep",
        title="Why deep",
        points=Half,
        prompt="One hidden layer would be expressive enough. What does Note 2 say of deep networks? Name every letter that applies.",
        source=NOTE,
        answer=Choice(
            shuffle=True,
            options=(
                Option(
                    "a", "They can be trained to learn the patterns of interest.", "learnability is why they are used"
                ),
                Option("b", "Only they can approximate curved functions.", "one wide layer can"),
                Option("c", "They always have fewer parameters.", "some of theirs are even redundant"),
                Option("d", "Their degrees of freedom are the number of parameters.", "the two are only correlated"),
                Option("e", "Some of their parameters are redundant.", "so that the count says less than it seems"),
            ),
            key=("a", "e"),
            several=True,
        ),
        practice=MeasuredChoice(by=experiments_deep.claims_on_depth),
        rows=(88,),
        wrong=(
            Wrong("expressivity-only", ("b",), "What can one wide layer do already?"),
            Wrong("fewer-parameters", ("a", "c"), "Does the note speak of fewer parameters, or of superfluous ones?"),
            Wrong("counted-freedom", ("a", "d", "e"), "If some parameters are redundant, do all of them count?"),
        ),
    ),
    Question(
        id="2.saturation",
        title="Slopes far out",
        points=Half,
        prompt="What is the slope, as the input goes far out?",
        source=ASIDES,
        answer=Choice(
            shuffle=True,
            cases=(
                "ReLU, far to the right",
                "sigmoid, far to the right",
                "ReLU, far to the left",
                "sigmoid, far to the left",
            ),
            options=(
                Option("a", "it is 0, or tends to 0", "a saturated side"),
                Option("b", "it stays 1", "the side on which a ReLU is on"),
                Option("c", "it stays 1/4", "that is the sigmoid's slope at 0"),
                Option("d", "it grows with the input", "neither does that"),
            ),
            key=("b", "a", "a", "a"),
        ),
        practice=MeasuredChoice(by=experiments.slopes_far_out),
        rows=(90,),
        wrong=(
            Wrong("relu-saturates", ("a", "a", "a", "a"), "How large is max(0, x) for large x? And its slope?"),
            Wrong(
                "sigmoid-constant",
                ("b", "c", "a", "c"),
                "The sigmoid stays between 0 and 1. How steep can it be far out?",
            ),
            Wrong("grows", ("d", "a", "a", "a"), "The value grows with x. Does the slope?"),
            Wrong("never-off", ("b", "a", "b", "a"), "What is max(0, x) for x < 0?"),
        ),
    ),
    Question(
        id="2.ratio",
        title="The law of b/w",
        points=Half,
        prompt=r"For independent normal $b$ and $w$ with mean 0, what is the distribution of $b/w$?",
        source=ASIDES,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "normal, with a variance of its own", "its tails are much heavier"),
                Option("b", "uniform on an interval", "it is not bounded"),
                Option(
                    "c", "Cauchy: symmetric around 0, with tails so heavy that it has no mean", "small w make it large"
                ),
                Option("d", "chi-squared", "it takes both signs"),
                Option("e", "Laplace: symmetric around 0, with mean 0 and a variance", "its tails are much heavier"),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.law_of_the_ratio),
        rows=(91,),
        wrong=(
            Wrong("normal", "a", "What happens to the quotient when w is close to 0?"),
            Wrong("uniform", "b", "What is the largest value it can take?"),
            Wrong("chi-squared", "d", "Can the quotient be negative?"),
            Wrong("laplace", "e", "How likely is a quotient beyond 1000, when w is close to 0 so often?"),
        ),
    ),
    Question(
        id="2.far",
        title="Elbows far away",
        points=Half,
        prompt=r"With normal weights and biases of mean 0, consider the units whose elbow lies far outside the range of the data. "
        r"What do they do on the data?",
        source=ASIDES,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "All of them are off, and so they are dead.", "half of them are on throughout"),
                Option("b", "All of them are on, and so they are linear.", "half of them are off throughout"),
                Option(
                    "c",
                    "About half are off everywhere, thus dead; about half are on everywhere, thus linear.",
                    "the sign of b decides, whichever side the elbow is on",
                ),
                Option("d", "Most of them switch somewhere within the data.", "they switch at their elbow only"),
                Option(
                    "e", "All of them put out one and the same constant, which is not 0.", "a unit that is on follows x"
                ),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.far_units),
        rows=(92,),
        wrong=(
            Wrong("all-dead", "a", "Let x be 0, within the data, and let b be positive: is the unit off?", Half),
            Wrong("all-linear", "b", "Let x be 0, within the data, and let b be negative: is the unit on?", Half),
            Wrong("still-switching", "d", "Where does a unit switch, and where is that here?"),
            Wrong("constant", "e", "What is the slope of a unit that is on? And the output of one that is off?"),
        ),
    ),
    Question(
        id="2.dead_unit",
        title="A dead unit",
        points=Half,
        prompt=r"In $c + \sum_i a_i \max(0, w_i x + b_i)$ one unit has $w_i x + b_i < 0$ on all data, with some margin. Which of "
        r"these hold under gradient descent, without weight decay? Name every letter that applies.",
        source=ASIDES,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "It outputs 0 on all data.", "that is the ReLU of a negative number"),
                Option("b", "The loss has gradient 0 by its weight and bias.", "small changes leave the output at 0"),
                Option("c", "The loss has gradient 0 by its output weight.", "which multiplies an output of 0"),
                Option("d", "It recovers after enough steps.", "nothing moves its parameters"),
                Option("e", "The loss has gradient 0 by the constant c, too.", "c does not pass through the unit"),
            ),
            key=("a", "b", "c"),
            several=True,
        ),
        practice=MeasuredChoice(by=experiments.a_dead_unit),
        rows=(92,),
        wrong=(
            Wrong("recovers", ("a", "b", "c", "d"), "With all three gradients 0, what would move it?"),
            Wrong("output-weight-learns", ("a", "b"), "What does the output weight multiply?"),
            Wrong("whole-network", ("a", "b", "c", "e"), "Does the constant go through the unit?"),
            Wrong("recovers-and-learns", ("a", "d"), "What is the slope of the ReLU where the unit is?"),
        ),
    ),
)
