"""Part 3, choices: losses and likelihoods, what is to be small in the end, and how hyperparameters are found."""

from __future__ import annotations

from fractions import Fraction

from autograder import Choice, Half, Option, Ordering, Question, Source, Wrong
from autograder.oracles import MeasuredChoice
from reference.foundations import experiments_selection as experiments

Quarter = Fraction(1, 4)
HYPER = Source("Lecture 2", "3")

questions = (
    Question(
        id="3.likelihood",
        title="A loss as a probability",
        points=Half,
        prompt=r"Empirical risk minimisation is maximum likelihood estimation when the loss $l(y, \hat y)$ is what?",
        source=Source("Lecture 2", "2"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "the likelihood of the label y", "that is to be large, not small"),
                Option("b", "minus the logarithm of the prior", "a prior speaks of parameters, not of labels"),
                Option("c", "minus the logarithm of the likelihood of the label y", "products of chances become sums"),
                Option("d", "the logarithm of the likelihood of the label y", "that is to be large, not small"),
                Option(
                    "e", "minus the logarithm of the posterior of the parameters", "that has the prior in it: a penalty"
                ),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.loss_of_a_model),
        rows=(95,),
        wrong=(
            Wrong("likelihood", "a", "Losses are added over points, and are to be small. Are likelihoods?"),
            Wrong("prior", "b", "Does a prior know the labels?"),
            Wrong("sign", "d", "Is this to be large or small?", Half),
            Wrong("posterior", "e", "Where would the prior in it come from? There is no penalty here."),
        ),
    ),
    Question(
        id="3.prior",
        title="A penalty as a probability",
        points=Half,
        prompt=r"To which prior on $\theta$ does the ridge penalty belong, when the minimiser is read as a "
        r"maximum-a-posteriori estimate?",
        source=HYPER,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "a uniform prior", "its logarithm is constant: no penalty"),
                Option("b", "a normal prior with mean 0", "minus its logarithm is a square plus a constant"),
                Option("c", "a Laplace prior with mean 0", "minus its logarithm is a modulus"),
                Option("d", "a normal prior with mean 1", "it would pull to 1"),
                Option("e", "an exponential prior, on positive values only", "minus its logarithm is linear"),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=experiments.prior_of_a_penalty),
        rows=(98,),
        wrong=(
            Wrong("uniform", "a", "Which penalty does a constant density lead to?"),
            Wrong("laplace", "c", "Take minus the logarithm of this density: is it a square?", Half),
            Wrong("wrong-mean", "d", "Towards which value does the ridge penalty pull?", Half),
            Wrong("one-sided", "e", "Does the ridge penalty forbid negative parameters?"),
        ),
    ),
    Question(
        id="3.goal",
        title="What is to be small in the end",
        points=Half,
        prompt="Many predictors are tried, and one is chosen. Which error tells how well it will do on new data?",
        source=Source("Lecture 2", "2, complication 1"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "the smallest error on the training set", "it was made small there"),
                Option(
                    "b", "the smallest error on a test set with which all of them were compared", "it was chosen for it"
                ),
                Option("c", "the error on a test set that is used once, after the choice", "it stands for new data"),
                Option("d", "the error on the validation set that decided the choice", "it was chosen for it"),
                Option("e", "the mean of the errors on training and validation set", "both were used to choose"),
            ),
            key="c",
        ),
        practice=MeasuredChoice(by=experiments.which_error_tells_the_truth),
        rows=(96,),
        wrong=(
            Wrong("training-error", "a", "Is a model that has learned its data by heart good on new ones?"),
            Wrong("test-set-reused", "b", "Flip coins for a thousand predictions: what is the best score among them?"),
            Wrong("validation-is-test", "d", "The smallest of many noisy numbers: is it too small or too large?", Half),
            Wrong("mean-of-both", "e", "Were these points new when the predictor was made and chosen?"),
        ),
    ),
    Question(
        id="3.surrogate",
        title="Surrogate losses",
        points=Half,
        prompt="A surrogate loss is used for training in place of the loss that matters. Which of these must hold of it? Name "
        "every letter that applies.",
        source=Source("Lecture 2", "2, complication 2"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "It has derivatives that the optimiser can use.", "that is why it is there"),
                Option("b", "It is fast to compute.", "it is computed in every step"),
                Option("c", "It leads to models that do well by the loss that matters.", "it is a guide"),
                Option("d", "It has the same values as the loss that matters.", "then nothing would be won"),
                Option("e", "The model is evaluated with it in the end.", "the loss that matters does that"),
            ),
            key=("a", "b", "c"),
            several=True,
        ),
        practice=MeasuredChoice(by=experiments.needs_of_a_surrogate),
        rows=(97,),
        wrong=(
            Wrong("same-values", ("a", "b", "c", "d"), "Does logistic loss count mistakes?"),
            Wrong("evaluates-too", ("a", "b", "c", "e"), "What does the user of a classifier care about?"),
            Wrong("guidance-forgotten", ("a", "b"), "A constant has fine derivatives and is fast. What is missing?"),
            Wrong("derivatives-alone", ("a",), "A constant has fine derivatives. What else must a surrogate do?"),
        ),
    ),
    Question(
        id="3.lambda",
        title="Training the weight of the penalty",
        points=Half,
        prompt=r"Suppose the weight $\lambda$ of a ridge penalty is trained like an ordinary parameter, together with "
        r"$\theta \ne 0$, on the training set. Where does it go?",
        source=HYPER,
        answer=Choice(
            shuffle=True,
            cases=("it may take any value", "it is kept at 0 or above"),
            options=(
                Option("a", "to plus infinity", "that would raise the objective"),
                Option("b", "to a value that generalises best", "the training loss does not know that"),
                Option("c", "to 0", "the penalty turns itself off"),
                Option("d", "to minus infinity", "the objective falls without end"),
            ),
            key=("d", "c"),
        ),
        practice=MeasuredChoice(by=experiments.weight_as_a_parameter),
        rows=(99,),
        wrong=(
            Wrong("infinite-penalty", ("a", "a"), "Does a larger weight raise or lower the objective?"),
            Wrong("best-value", ("b", "b"), "Does the training loss tell anything about new data?"),
            Wrong("stops-at-zero", ("c", "c"), "What would stop it at 0 in the first case?"),
        ),
    ),
    Question(
        id="3.order",
        title="Nested optimisation in order",
        points=Half,
        prompt="Bring the steps of finding hyperparameters into an order in which they can be done.",
        source=Source("Lecture 2", "3, equations (3.2) and (3.3)"),
        answer=Ordering(
            shuffle=True,
            options=(
                Option("a", "Compute the loss of every fitted model on the validation set.", "needs fitted models"),
                Option("b", "Split the data into three sets without common points.", "before anything is looked at"),
                Option("c", "Report the loss on the test set, once.", "after the choice"),
                Option("d", "For every candidate value, fit the parameters on the training set.", "needs the split"),
                Option("e", "Keep the value with the smallest of these losses.", "needs validation losses"),
            ),
            key=(("b", "d"), ("d", "a"), ("a", "e"), ("e", "c")),
        ),
        practice=MeasuredChoice(by=experiments.orders_that_run),
        rows=(100,),
    ),
    Question(
        id="3.splits",
        title="Three sets",
        points=Half,
        prompt="On which set is each of these done? The sets share no point, and no copies of points.",
        source=Source("Lecture 2", "3, figure 3.1"),
        answer=Choice(
            shuffle=True,
            cases=(
                "the parameters are fitted",
                "the degree of a polynomial is chosen",
                "the final performance is told, once",
            ),
            options=(
                Option("a", "the training set", "for the inner optimisation"),
                Option("b", "the validation set", "for the outer optimisation"),
                Option("c", "the test set", "untouched until the end"),
                Option("d", "any of them, it makes no difference", "each use spoils a set for the next"),
            ),
            key=("a", "b", "c"),
        ),
        practice=MeasuredChoice(by=experiments.what_each_set_is_for),
        rows=(100, 101),
        wrong=(
            Wrong("test-for-tuning", ("a", "c", "c"), "After tuning on it, is the test set still like new data?"),
            Wrong("tuned-on-training", ("a", "a", "c"), "Which degree fits the training set best?"),
            Wrong("validation-for-fitting", ("b", "a", "c"), "What would be left to compare the degrees with?"),
            Wrong("validation-reported", ("a", "b", "b"), "The chosen degree is the one that looked best there."),
        ),
    ),
    Question(
        id="3.contamination",
        title="Copies of points",
        points=Half,
        prompt="A training point has an exact copy in the validation set. What follows?",
        source=HYPER,
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "Nothing; more data are better.", "a copy brings nothing new"),
                Option(
                    "b",
                    "The validation loss looks too good, most for models that learn their data by heart.",
                    "such models know the copied answer",
                ),
                Option("c", "The validation loss looks too bad.", "a known point is easier, not harder"),
                Option("d", "It is harmless, as long as the test set has no copies.", "the choice is spoiled already"),
                Option(
                    "e", "The training loss gets larger, since the point counts twice.", "the training set is as it was"
                ),
            ),
            key="b",
        ),
        practice=MeasuredChoice(by=experiments.copies_in_validation),
        rows=(101,),
        wrong=(
            Wrong("more-data", "a", "What does a model that stores its data answer on the copy?"),
            Wrong("too-bad", "c", "Is a point that was trained on harder or easier than a new one?"),
            Wrong("test-only", "d", "The validation set decides the hyperparameters. Is that decision sound?", Half),
            Wrong("counted-twice", "e", "Has anything in the training set changed?"),
        ),
    ),
    Question(
        id="3.hyper",
        title="Hyperparameters",
        points=Half,
        prompt="Which of these are hyperparameters? Name every letter that applies.",
        source=Source("Lecture 2", "3, complications 3 and 4"),
        answer=Choice(
            shuffle=True,
            options=(
                Option("a", "the weight of the ridge penalty", "the training loss would turn it off"),
                Option("b", "the weights of a network", "gradients train them"),
                Option("c", "the degree of a polynomial", "it cannot be trained by gradients"),
                Option("d", "the biases of a network", "gradients train them"),
                Option("e", "the learning rate", "a knob of the optimiser"),
                Option("f", "the value of the training loss", "a result, not a setting"),
            ),
            key=("a", "c", "e"),
            several=True,
        ),
        practice=MeasuredChoice(by=experiments.set_before_training),
        rows=(102,),
        wrong=(
            Wrong("weights-too", ("a", "b", "c", "d", "e"), "Which of these does gradient descent train?"),
            Wrong("knobs-of-the-model-only", ("a", "c"), "The optimiser has settings of its own."),
            Wrong("parameters", ("b", "d"), "These are what training finds. What is set before?"),
            Wrong("loss-too", ("a", "c", "e", "f"), "Is the loss set, or does it come out?"),
        ),
    ),
)
