"""Discussion 1: your written answers."""

assignment = "dis1"

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

# ----------------------------------------
# 1a.i  Gradient for a constant (3 points)
# The constant model $\hat y_i = \theta$ is fitted to $y_1, \dots, y_N$ by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta)^2$. Give $\frac{dL}{d\theta}$.
# Letters: theta, y, N.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1a_i = r""

# -----------------------------------
# 1a.ii  The best constant (2 points)
# The constant model $\hat y_i = \theta$ is fitted to $y_1, \dots, y_N$ by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta)^2$. Give the best $\theta$.
# Letters: y, N.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1a_ii = r""

# -----------------------------------------------
# 1a.iii  One step of gradient descent (2 points)
# The constant model $\hat y_i = \theta$ is fitted to $y_1, \dots, y_N$ by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta)^2$. Write the gradient-descent update of $\theta$ with step size $\alpha$.
# Letters: theta, alpha, y, N.
# Answer: the next value, such as "theta <- a*theta + b" or just its right-hand side.
q1a_iii = r""

# --------------------------------------------
# 1a.iv  What one point contributes (2 points)
# The constant model $\hat y_i = \theta$ is fitted to $y_1, \dots, y_N$ by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta)^2$. What does point $i$ contribute to the gradient of 1a.i? (A step of stochastic
# gradient descent at point $i$, with step size $\alpha$, is an answer too; the report names which one was
# read.)
# Letters: theta, alpha, y, N.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1a_iv = r""

# ------------------------------------------------
# 1a.vote  Do all points count the same? (1 point)
# The constant model $\hat y_i = \theta$ is fitted to $y_1, \dots, y_N$ by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta)^2$. Which statement on the contributions of 1a.iv is true?
#   a) Every point moves theta by the same amount.
#   b) Every point has the same weight, but its contribution is as large as its residual.
#   c) Only one point contributes to the full gradient, the one that is sampled.
#   d) The contribution of a point is proportional to y_i.
#   e) Every point has the same weight 2/N^2, since the mean is taken twice.
# Answer: one letter, such as "a".
q1a_vote = r""

# ------------------------------------
# 1b.i  Gradient for a line (3 points)
# The model $\hat y_i = \theta x_i$ (not all $x_i$ are 0) is fitted by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta x_i)^2$. Give $\frac{dL}{d\theta}$.
# Letters: theta, x, y, N.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1b_i = r""

# --------------------------------
# 1b.ii  The best slope (2 points)
# The model $\hat y_i = \theta x_i$ (not all $x_i$ are 0) is fitted by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta x_i)^2$. Give the best $\theta$.
# Letters: x, y, N.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1b_ii = r""

# -----------------------------------------------
# 1b.iii  One step of gradient descent (2 points)
# The model $\hat y_i = \theta x_i$ (not all $x_i$ are 0) is fitted by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta x_i)^2$. Write the gradient-descent update of $\theta$ with step size $\alpha$.
# Letters: theta, alpha, x, y, N.
# Answer: the next value, such as "theta <- a*theta + b" or just its right-hand side.
q1b_iii = r""

# --------------------------------------------
# 1b.iv  What one point contributes (2 points)
# The model $\hat y_i = \theta x_i$ (not all $x_i$ are 0) is fitted by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta x_i)^2$. What does point $i$ contribute to the gradient of 1b.i? (A step of
# stochastic gradient descent at point $i$, with step size $\alpha$, is an answer too; the report names which
# one was read.)
# Letters: theta, alpha, x, y, N.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1b_iv = r""

# ---------------------------------------------------
# 1b.vote  Do all points get the same vote? (1 point)
# The model $\hat y_i = \theta x_i$ (not all $x_i$ are 0) is fitted by minimising $L(\theta) = \frac1N
# \sum_{i=1}^N (y_i - \theta x_i)^2$. Do all points count the same in the update, given equal residuals?
#   a) Yes: each of them has the factor 1/N.
#   b) Yes: only the residual counts.
#   c) No: points with larger |x_i| count more, and a point at the origin has no say.
#   d) No: points with smaller |x_i| count more.
#   e) No: it depends on the sign of x_i.
# Answer: one letter, such as "a".
q1b_vote = r""

# ---------------------------------------------------------
# 1.unbiased  Is a sampled step right on average? (1 point)
# One point $i$ is drawn uniformly, and $\theta$ moves by the step of each case. What is the mean of this step
# over the draw, compared with the full step $-\alpha \frac{dL}{d\theta}$?
#   case 1: -2 alpha (theta x_i - y_i) x_i
#   case 2: -(2 alpha/N) (theta x_i - y_i) x_i
#   a) the same: the step is unbiased
#   b) 1/N of it: the direction is right, as if alpha were divided by N
#   c) N times as large
#   d) another direction
#   e) the same, but only for points drawn without replacement
# Answer: one letter per case, such as ["a", "a"].
q1_unbiased = [r"", r""]

# ------------------------------------------------
# 1.code  Gradients and descent in code (4 points)
# Write `constant_gradient(theta, y)` and `linear_gradient(theta, x, y)`, the derivatives of 1a.i and 1b.i, and
# `gradient_descent_1d(grad, theta0, alpha, steps)`: the steps + 1 iterates of gradient descent as an array,
# where `grad` is a function that returns the gradient at a number.
# Answer: the functions constant_gradient, linear_gradient, gradient_descent_1d in any .py file or notebook.

# --------------------------------------------------
# 2.noise  Test error below training error (1 point)
# In the notebook (200 noisy training points of a piecewise linear function on [0, 1], elbows at random at
# first): why is the test error of a well-trained network lower than its training error?
#   a) The training targets carry noise, the test targets do not.
#   b) The network does not fit the training points well.
#   c) There are more test points than training points.
#   d) The penalty holds the training error up.
#   e) The training points are among the test points.
# Answer: one letter, such as "a".
q2_noise = r""

# --------------------------------------
# 2.width  Wider hidden layers (1 point)
# In the notebook (200 noisy training points of a piecewise linear function on [0, 1], elbows at random at
# first): what happens to the test error, typically over many initialisations, as the hidden layer grows from 10
# to 20 to 40 units, whether only the output layer or all layers are trained?
#   a) It falls: more elbows follow the function better.
#   b) It grows: wider layers overfit.
#   c) Nothing: the width has no effect.
#   d) It falls and then grows again.
#   e) It falls when all layers are trained, and stays when the output layer alone is.
# Answer: one letter, such as "a".
q2_width = r""

# -----------------------------------------
# 2.elbows  Elbows placed by hand (1 point)
# In the notebook (200 noisy training points of a piecewise linear function on [0, 1], elbows at random at
# first): where would you put the elbows by hand, so that training the output layer alone suffices?
#   a) at random places in [0, 1]
#   b) at the kinks of the true function, 0.1, 0.2, ..., 0.9
#   c) only where the function has a maximum or minimum
#   d) outside of [0, 1]
#   e) all of them in the middle
# Answer: one letter, such as "a".
q2_elbows = r""

# -----------------------------------------
# 2.moves  Elbows during training (1 point)
# In the notebook (200 noisy training points of a piecewise linear function on [0, 1], elbows at random at
# first): what do the elbows do while all layers are trained?
#   a) On average they move closer to kinks, without meeting them exactly.
#   b) They stay where they are.
#   c) They end exactly at the kinks.
#   d) They move away from the kinks and leave [0, 1].
#   e) They spread evenly over [0, 1].
# Answer: one letter, such as "a".
q2_moves = r""

# ----------------------------------
# 2.kinks  What elbows set (1 point)
# In the notebook (200 noisy training points of a piecewise linear function on [0, 1], elbows at random at
# first): which feature of the learned function do the places of the elbows set directly?
#   a) where its slope changes
#   b) how steep its pieces are
#   c) its constant offset
#   d) how noisy it is
#   e) how high it is at its kinks
# Answer: one letter, such as "a".
q2_kinks = r""

# ------------------------------------------
# 2.reg  Ridge on the output layer (1 point)
# In the notebook (200 noisy training points of a piecewise linear function on [0, 1], elbows at random at
# first): the output layer is trained by 150000 steps of SGD, or by ridge regression with penalty lambda (1e-5
# in the notebook). Which statements are true?
#   a) Ridge ends lower: SGD has not converged on what is nearly the same convex problem.
#   b) Ridge ends lower because its penalty shrinks the weights.
#   c) Ridge takes far less work: one linear system with w + 1 unknowns.
#   d) Small penalties (1e-8 to 1e-5) are best; 1e-3 is worse already at widths 10 and 20.
#   e) The larger the penalty, the lower the test error.
#   f) The size of the penalty makes no difference.
# Answer: letters, such as "a, f".
q2_reg = r""

# ---------------------------------
# 2.pieces  Linear pieces (1 point)
# How many linear pieces can the function of a network with one hidden layer of $w$ ReLU units have, at most, on
# the real line?
# Letters: w.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q2_pieces = r""

# --------------------------------------------
# 2.order10  Test errors at width 10 (1 point)
# Order the three ways of training by the final test error of your own run at width 10, lowest first: `ridge`
# (on the output layer), `out` (SGD on the output layer only), `all` (SGD on all layers). Errors within 10 % of
# each other are a tie, and then any order is right. The order is compared with the numbers that you report in
# `q2_errors`; they differ from run to run, and so may the right answer. The numbers alone, as a dict, are an
# answer too.
# Answer: all methods, smallest test error first, such as "out < all < ridge", with ≈ for a tie; it is compared
# with your own numbers in q2_errors.
q2_order10 = r""
# Your own final test errors at widths 10 and 20, as numbers: for 2.order10 and 2.order20.
q2_errors = {10: {"ridge": None, "out": None, "all": None}, 20: {"ridge": None, "out": None, "all": None}}

# --------------------------------------------
# 2.order20  Test errors at width 20 (1 point)
# Order the three ways of training by the final test error of your own run at width 20, lowest first: `ridge`
# (on the output layer), `out` (SGD on the output layer only), `all` (SGD on all layers). Errors within 10 % of
# each other are a tie, and then any order is right. The order is compared with the numbers that you report in
# `q2_errors`; they differ from run to run, and so may the right answer. The numbers alone, as a dict, are an
# answer too.
# Answer: all methods, smallest test error first, such as "out < all < ridge", with ≈ for a tie; it is compared
# with your own numbers in q2_errors.
q2_order20 = r""

# --------------------------------
# 2.time  Training times (1 point)
# Order the three ways of training by the time they take, shortest first: `ridge`, `out`, `all`. If you measured
# other times, report them in `q2_times`, and your order is compared with those.
# Answer: all methods, smallest training time first, such as "out < all < ridge", with ≈ for a tie; it is
# compared with your own numbers in q2_times.
q2_time = r""
# Your own training times, as numbers in one unit, if you measured them: for 2.time.
q2_times = {"ridge": None, "out": None, "all": None}

# --------------------------------------------------------
# 2.ridge  Ridge regression on the hidden units (5 points)
# Write `fit_output_layer(H, y, lam)`: the coefficients that minimise the sum of squared errors plus `lam` times
# the squared length of the coefficients. `H` (n, w) holds the units' outputs without a column of ones; the
# result has w + 1 entries, that of the constant last, and it is penalised too. The notebook's own cell that
# sets `coeffs` will do as well.
# Answer: the function fit_output_layer in the notebook.
