"""Foundations: your written answers."""

assignment = "foundations"

# How to type an answer. Replace the empty text between the quotes; leave out what you cannot answer. Nothing here is
# executed. Python, LaTeX and plain mathematics are read alike, so that these three say the same:
#
#     r"0 < x <= 3/a^2"
#     r"0 < x and x <= 3/a**2"
#     r"0 < x \le \frac{3}{a^2}"
#
# Use the letters of the question: greek ones as names (alpha), in LaTeX (\alpha) or as they are (α). A product may be typed
# 2 a b or 2*a*b, a transpose A^T or A', an inverse A^-1 or inv(A), a block matrix [A, B; C, D], the identity I, a squared
# length ||A x||^2. Entry i of data z is z_i or z[i]; a sum over all of them is sum(z_i^2), sum(z_i^2, i=1..N) or
# \sum_{i=1}^{N} z_i^2, a mean is mean(z).
#
# A choice is answered by its letter, or by the option's own words. The report shows how each answer was read. A person, not
# the grader, looks at what it cannot decide.

# ------------------------------------------------
# 1.update  One step of gradient descent (1 point)
# Let $g$ be the gradient of the training loss at the current $\theta$. Write one step of gradient descent with
# learning rate $\eta$. (`t` counts the steps, in case you want it.)
# Letters: theta, eta, g, t.
# Answer: the next value, such as "theta <- a*theta + b" or just its right-hand side.
q1_update = r""

# --------------------------------------------------------------
# 1.taylor  The loss a small step away, to first order (1 point)
# The loss has the value $L$ and the derivative $g$ at $\theta$ (numbers). What is it at $\theta + d$, to first
# order in $d$? The remainder need not be written.
# Letters: L, g, d.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1_taylor = r""

# ---------------------------------------------------
# 1.batch  The regularised loss of a batch (2 points)
# The training loss is the mean of the losses of all $n$ points plus the regulariser $R$. A batch has $b$ of the
# points, $1 < b < n$, with losses $l_i$, $i = 1, \dots, b$. Write what a step on this batch follows instead.
# Letters: l, R, b, n.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1_batch = r""

# --------------------------------------------------------------------
# 1.noise_floor  How far stochastic gradient descent dances (3 points)
# Stochastic gradient descent fits one constant $\theta$ to data $y_i$ of variance $V$: every step draws a fresh
# $y_i$ and goes $\theta \leftarrow \theta - 2\alpha(\theta - y_i)$ with the same $0 < \alpha < 1$. Which
# variance does $\theta$ have in the long run?
# Letters: alpha, V.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1_noise_floor = r""

# ------------------------------------------------------------
# 1.unbiased  What the gradient of a batch estimates (1 point)
# A batch of b of the n training points is drawn uniformly at random, and the gradients of its points are
# averaged. How does this average relate to the mean gradient over all n points?
#   a) It is off on average, unless b = n.
#   b) On average over draws it is the same for every b; a single draw differs from it.
#   c) On average it is the same if points may be drawn twice, but not if they may not.
#   d) Every single draw gives the same, whatever b is.
#   e) On average it is b/n of it.
# Answer: one letter, such as "a".
q1_unbiased = r""

# ---------------------------------------
# 1.small_batch  Half the batch (1 point)
# The batch size is halved, points are drawn with replacement, and all else stays. Which of these are true? Name
# every letter that applies.
#   a) The gradient estimate varies more from step to step.
#   b) The gradient estimate is biased more.
#   c) A step needs fewer gradients of single points.
#   d) A pass over the data takes fewer updates.
#   e) The variance of the gradient estimate doubles.
# Answer: letters, such as "a, e".
q1_small_batch = r""

# -------------------------------------------------
# 1.why_sgd  Why not the whole data set (0.5 point)
# Why do people train on batches much smaller than the data set? Name every letter that is both true and a
# reason.
#   a) The gradient over all points is too expensive for a single step.
#   b) A batch gives the gradient over all points exactly.
#   c) A roughly right direction is enough for a small step.
#   d) With batches no gradient has to be computed.
#   e) Much progress is made before all points have been seen.
# Answer: letters, such as "a, e".
q1_why_sgd = r""

# ----------------------------------------------------
# 1.batch_size  The batch size in practice (0.5 point)
# Which batch size does Note 2 name as the usual choice in deep learning?
#   a) a single point
#   b) all n points
#   c) any, since the size makes no difference
#   d) as many points as the system can sustain in reasonable time
#   e) the square root of n
# Answer: one letter, such as "a".
q1_batch_size = r""

# --------------------------------------
# 1.epoch  Steps in an epoch (0.5 point)
# The training set has 600 points. How many update steps make one epoch, for each batch size?
#   case 1: b = 600
#   case 2: b = 30
#   case 3: b = 1
#   a) 1
#   b) 20
#   c) 30
#   d) 600
# Answer: one letter per case, such as ["a", "a", "a"].
q1_epoch = [r"", r"", r""]

# -------------------------------------
# 1.shuffle  Why to reshuffle (1 point)
# Why are the data shuffled anew before every epoch?
#   a) So that the gradients of an epoch add up to the right sum.
#   b) Because it keeps the parameters small, like a penalty.
#   c) So that the order of the data leaves no trace in the parameters.
#   d) Because an epoch then has fewer steps.
#   e) So that every point is drawn equally often.
# Answer: one letter, such as "a".
q1_shuffle = r""

# -----------------------------------------------------
# 1.replacement  With and without replacement (1 point)
# A batch of 1 < b < n points is drawn with replacement, or without. What holds of the mean gradient over the
# batch, at fixed parameters?
#   a) Without replacement it is biased.
#   b) With replacement it is biased.
#   c) Both are unbiased, with exactly the same variance.
#   d) Both are unbiased; without replacement it varies less, which hardly shows when b is much below n.
#   e) Both are unbiased; without replacement it varies more.
# Answer: one letter, such as "a".
q1_replacement = r""

# ---------------------------------------------------
# 1.fresh_batch  Which batch for which step (1 point)
# Gradients of all n points are too expensive, so that each step may look at b of them. Which b, if descent is
# to end near the optimum of the loss over all n?
#   a) one random batch, chosen at the start and kept
#   b) a new random batch in every step
#   c) in every step the b points with the smallest loss
#   d) in every step the b points with the largest loss
#   e) the first b points of the sorted data, in every step
# Answer: one letter, such as "a".
q1_fresh_batch = r""

# --------------------------------------------------
# 1.rate  Rates far too large or too small (1 point)
# Gradient descent on a parabola: what becomes of the loss in a given number of steps?
#   case 1: the rate is far too large
#   case 2: the rate is far too small
#   a) it falls to its minimum all the same
#   b) it diverges
#   c) it settles at a worse value for good
#   d) it hardly changes, at the full cost of every step
# Answer: one letter per case, such as ["a", "a"].
q1_rate = [r"", r""]

# ------------------------------------------------------------
# 1.rate_for_sgd  The same rate for stochastic steps (1 point)
# With some constant rate, gradient descent on all points converges. Does stochastic gradient descent on the
# same data converge with this rate?
#   a) Yes, since its steps are right on average.
#   b) Yes with b = 1, no with larger batches.
#   c) Not in general: at the optimum the gradients of single batches need not be 0, unless every point is fitted
#      exactly.
#   d) No; it runs off to infinity.
#   e) Yes, if every point is drawn once per pass.
# Answer: one letter, such as "a".
q1_rate_for_sgd = r""

# --------------------------------------------
# 1.optimum  Gradients at an optimum (1 point)
# A linear model is fitted to noisy data by least squares, and the parameters are at the optimum. Which of these
# hold in general? Name every letter that applies.
#   a) The gradient of each single point is 0.
#   b) The gradients of all points add up to 0.
#   c) The training loss is 0.
#   d) The gradient of a small batch is usually not 0.
#   e) A step along the full gradient changes nothing.
# Answer: letters, such as "a, e".
q1_optimum = r""

# ------------------------------------------------------
# 1.constant_rate  Four ways to go on for ever (1 point)
# A constant is fitted to numbers by descent on the squared error. What do the iterates do in the long run?
#   case 1: all points in every step, with the rate exactly at the border of stability
#   case 2: one random point in every step, a small constant rate, numbers that differ
#   case 3: one random point in every step, a small constant rate, numbers that are all equal
#   case 4: one random point in every step, numbers that differ, the rate falling like 1/t
#   a) they settle at the optimum
#   b) they jump between two values for ever
#   c) they wander at random around the optimum
#   d) they run off to infinity
# Answer: one letter per case, such as ["a", "a", "a", "a"].
q1_constant_rate = [r"", r"", r"", r""]

# ---------------------------------------
# 2.elbow  Where the elbow lies (1 point)
# At which $x$ does $\max(0, wx + b)$ have its elbow, for $w \ne 0$? Solve for $x$.
# Letters: w, b.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q2_elbow = r""

# ------------------------------------------
# 2.slope  The slope on both sides (1 point)
# Give the slope of $\max(0, wx + b)$ as a function of $x$, right for positive and negative $w$ and on both
# sides of the elbow. At the elbow itself any value is fine. (`step(u)`, `1[u > 0]`, cases and `Piecewise` are
# read.)
# Letters: w, b, x.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q2_slope = r""

# --------------------------
# 2.relu  The ReLU (1 point)
# Write the standard ReLU of a number $x$ as a formula, without using its name.
# Letters: x.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q2_relu = r""

# -----------------------------------------------------
# 2.cauchy  How far off elbows lie at random (2 points)
# $b$ and $w$ are independent normal with mean 0 and standard deviations $s_b$ and $s_w$. Give $P(|b/w| > r)$,
# the probability of an elbow further than $r > 0$ from the origin.
# Letters: r, s_b, s_w.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q2_cauchy = r""

# -------------------------------------------
# 2.net  What a neural network is (0.5 point)
# As what does the course introduce a neural network?
#   a) a table that stores the training points
#   b) a graph of mostly differentiable operations with tunable parameters, like an analog circuit
#   c) a linear model with many features
#   d) a simulation of nerve cells
#   e) a list of if-then rules that people write
# Answer: one letter, such as "a".
q2_net = r""

# ------------------------------
# 2.goals  Two goals (0.5 point)
# Which of the two goals of a network's design is missing, or met, in each case?
#   case 1: for every pattern of interest some setting of the parameters comes close to it
#   case 2: a good setting exists, but training hardly ever finds it
#   case 3: no setting of the parameters comes near the pattern
#   a) expressivity is met
#   b) expressivity is missing
#   c) learnability is missing
#   d) nothing but speed is missing
# Answer: one letter per case, such as ["a", "a", "a"].
q2_goals = [r"", r"", r""]

# ---------------------------------------------
# 2.circuit  A diode and a resistor (0.5 point)
# A voltage goes through an ideal diode that lets current pass from left to right, then through a resistor to
# ground. What is the voltage over the resistor?
#   case 1: input -2 V
#   case 2: input +3 V
#   a) -2 V
#   b) 0 V
#   c) 2 V
#   d) 3 V
# Answer: one letter per case, such as ["a", "a"].
q2_circuit = [r"", r""]

# ----------------------------------
# 2.sum  A sum of elbows (0.5 point)
# What does $c + \sum_i a_i \max(0, w_i x + b_i)$ with $w$ units look like over $x$?
#   a) a smooth curve
#   b) a staircase
#   c) continuous and piecewise linear, with exactly w pieces
#   d) continuous and piecewise linear, with at most w + 1 pieces
#   e) continuous and piecewise linear, with 2^w pieces
# Answer: one letter, such as "a".
q2_sum = r""

# ------------------------------------------------
# 2.universal  Universal approximation (0.5 point)
# What can a single hidden layer of ReLU units do?
#   a) represent every function exactly, if it is wide enough
#   b) come as close as one likes to every continuous function on an interval, with one and the same width
#   c) little: only deep networks come close to curved functions
#   d) come as close as one likes to every continuous function on a bounded closed interval, if it is wide enough
#   e) come as close as one likes to every continuous function on the whole real line, if it is wide enough
# Answer: one letter, such as "a".
q2_universal = r""

# ----------------------------
# 2.deep  Why deep (0.5 point)
# One hidden layer would be expressive enough. What does Note 2 say of deep networks? Name every letter that
# applies.
#   a) They can be trained to learn the patterns of interest.
#   b) Only they can approximate curved functions.
#   c) They always have fewer parameters.
#   d) Their degrees of freedom are the number of parameters.
#   e) Some of their parameters are redundant.
# Answer: letters, such as "a, e".
q2_deep = r""

# ----------------------------------------
# 2.saturation  Slopes far out (0.5 point)
# What is the slope, as the input goes far out?
#   case 1: ReLU, far to the right
#   case 2: sigmoid, far to the right
#   case 3: ReLU, far to the left
#   case 4: sigmoid, far to the left
#   a) it is 0, or tends to 0
#   b) it stays 1
#   c) it stays 1/4
#   d) it grows with the input
# Answer: one letter per case, such as ["a", "a", "a", "a"].
q2_saturation = [r"", r"", r"", r""]

# -----------------------------------
# 2.ratio  The law of b/w (0.5 point)
# For independent normal $b$ and $w$ with mean 0, what is the distribution of $b/w$?
#   a) normal, with a variance of its own
#   b) uniform on an interval
#   c) Cauchy: symmetric around 0, with tails so heavy that it has no mean
#   d) chi-squared
#   e) Laplace: symmetric around 0, with mean 0 and a variance
# Answer: one letter, such as "a".
q2_ratio = r""

# ----------------------------------
# 2.far  Elbows far away (0.5 point)
# With normal weights and biases of mean 0, consider the units whose elbow lies far outside the range of the
# data. What do they do on the data?
#   a) All of them are off, and so they are dead.
#   b) All of them are on, and so they are linear.
#   c) About half are off everywhere, thus dead; about half are on everywhere, thus linear.
#   d) Most of them switch somewhere within the data.
#   e) All of them put out one and the same constant, which is not 0.
# Answer: one letter, such as "a".
q2_far = r""

# ------------------------------------
# 2.dead_unit  A dead unit (0.5 point)
# In $c + \sum_i a_i \max(0, w_i x + b_i)$ one unit has $w_i x + b_i < 0$ on all data, with some margin. Which
# of these hold under gradient descent, without weight decay? Name every letter that applies.
#   a) It outputs 0 on all data.
#   b) The loss has gradient 0 by its weight and bias.
#   c) The loss has gradient 0 by its output weight.
#   d) It recovers after enough steps.
#   e) The loss has gradient 0 by the constant c, too.
# Answer: letters, such as "a, e".
q2_dead_unit = r""

# --------------------------------------------------------
# 2.interpolate  A network through given points (2 points)
# Write `relu_interpolant(xs, ys)`, which returns arrays `w`, `b`, `a` and a number `c` such that $c + \sum_j
# a_j \max(0, w_j x + b_j)$ goes through every point (xs[i], ys[i]), with no more units than points. The xs are
# different, in any order.
# Answer: the function relu_interpolant in any .py file or notebook.

# -------------------------------------
# 2.dead  Dead units in code (2 points)
# Write `dead_units(W, b, X)`, which tells for every unit $\max(0, w \cdot x + b)$ of a layer whether it is dead
# on the data X: gradients by its weights and bias are 0 at all points, whatever comes behind the layer. No
# input of a unit is exactly 0. With one feature, W and X may come without an axis for it.
# Answer: the function dead_units in any .py file or notebook.

# -----------------------------------
# 3.erm  The empirical risk (1 point)
# Let $l_i = l(y_i, f_\theta(x_i))$ be the loss of training point $i = 1, \dots, n$. What does empirical risk
# minimisation minimise over $\theta$? Write the objective alone, without argmin.
# Letters: l, n.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q3_erm = r""

# -------------------------------------
# 3.map  With a ridge penalty (1 point)
# Add the ridge penalty with weight $\lambda > 0$ for a single parameter $\theta$ to the empirical risk. The
# minimiser is then a maximum-a-posteriori estimate. Write the objective.
# Letters: l, n, lambda, theta.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q3_map = r""

# -------------------------------------------------
# 3.likelihood  A loss as a probability (0.5 point)
# Empirical risk minimisation is maximum likelihood estimation when the loss $l(y, \hat y)$ is what?
#   a) the likelihood of the label y
#   b) minus the logarithm of the prior
#   c) minus the logarithm of the likelihood of the label y
#   d) the logarithm of the likelihood of the label y
#   e) minus the logarithm of the posterior of the parameters
# Answer: one letter, such as "a".
q3_likelihood = r""

# -----------------------------------------------
# 3.prior  A penalty as a probability (0.5 point)
# To which prior on $\theta$ does the ridge penalty belong, when the minimiser is read as a maximum-a-posteriori
# estimate?
#   a) a uniform prior
#   b) a normal prior with mean 0
#   c) a Laplace prior with mean 0
#   d) a normal prior with mean 1
#   e) an exponential prior, on positive values only
# Answer: one letter, such as "a".
q3_prior = r""

# --------------------------------------------------
# 3.goal  What is to be small in the end (0.5 point)
# Many predictors are tried, and one is chosen. Which error tells how well it will do on new data?
#   a) the smallest error on the training set
#   b) the smallest error on a test set with which all of them were compared
#   c) the error on a test set that is used once, after the choice
#   d) the error on the validation set that decided the choice
#   e) the mean of the errors on training and validation set
# Answer: one letter, such as "a".
q3_goal = r""

# -----------------------------------------
# 3.surrogate  Surrogate losses (0.5 point)
# A surrogate loss is used for training in place of the loss that matters. Which of these must hold of it? Name
# every letter that applies.
#   a) It has derivatives that the optimiser can use.
#   b) It is fast to compute.
#   c) It leads to models that do well by the loss that matters.
#   d) It has the same values as the loss that matters.
#   e) The model is evaluated with it in the end.
# Answer: letters, such as "a, e".
q3_surrogate = r""

# --------------------------------------------------------
# 3.lambda  Training the weight of the penalty (0.5 point)
# Suppose the weight $\lambda$ of a ridge penalty is trained like an ordinary parameter, together with $\theta
# \ne 0$, on the training set. Where does it go?
#   case 1: it may take any value
#   case 2: it is kept at 0 or above
#   a) to plus infinity
#   b) to a value that generalises best
#   c) to 0
#   d) to minus infinity
# Answer: one letter per case, such as ["a", "a"].
q3_lambda = [r"", r""]

# -------------------------------------------------
# 3.order  Nested optimisation in order (0.5 point)
# Bring the steps of finding hyperparameters into an order in which they can be done.
#   a) Compute the loss of every fitted model on the validation set.
#   b) Split the data into three sets without common points.
#   c) Report the loss on the test set, once.
#   d) For every candidate value, fit the parameters on the training set.
#   e) Keep the value with the smallest of these losses.
# Answer: all letters in your order, such as "a, b, c, d, e".
q3_order = r""

# --------------------------------
# 3.splits  Three sets (0.5 point)
# On which set is each of these done? The sets share no point, and no copies of points.
#   case 1: the parameters are fitted
#   case 2: the degree of a polynomial is chosen
#   case 3: the final performance is told, once
#   a) the training set
#   b) the validation set
#   c) the test set
#   d) any of them, it makes no difference
# Answer: one letter per case, such as ["a", "a", "a"].
q3_splits = [r"", r"", r""]

# ---------------------------------------------
# 3.contamination  Copies of points (0.5 point)
# A training point has an exact copy in the validation set. What follows?
#   a) Nothing; more data are better.
#   b) The validation loss looks too good, most for models that learn their data by heart.
#   c) The validation loss looks too bad.
#   d) It is harmless, as long as the test set has no copies.
#   e) The training loss gets larger, since the point counts twice.
# Answer: one letter, such as "a".
q3_contamination = r""

# ------------------------------------
# 3.hyper  Hyperparameters (0.5 point)
# Which of these are hyperparameters? Name every letter that applies.
#   a) the weight of the ridge penalty
#   b) the weights of a network
#   c) the degree of a polynomial
#   d) the biases of a network
#   e) the learning rate
#   f) the value of the training loss
# Answer: letters, such as "a, f".
q3_hyper = r""

# ------------------------------------------------
# 3.nested  Nested optimisation in code (2 points)
# Write `select_degree(x, y, x_val, y_val, degrees)`, the degree of the least-squares polynomial, and
# `ridge_path(X, y, lams, X_val, y_val)`, the weight $\lambda$ of the ridge penalty in $\|Xw - y\|^2 +
# \lambda\|w\|^2$ (plain sums, no intercept), whose fit on the training set has the smallest mean squared error
# on the validation set. Of equal candidates take the smaller degree, the larger $\lambda$.
# Answer: the functions select_degree, ridge_path in any .py file or notebook.
