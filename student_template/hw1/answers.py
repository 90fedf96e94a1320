"""Homework 1: your written answers."""

assignment = "hw1"

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

# ------------------------------------
# 1a  Stable learning rates (3 points)
# Gradient descent with rate $\eta > 0$ runs on $L(w) = (y - \sigma w)^2$ from $w_0 = 0$. For which $\eta$ does
# it converge, whatever $y$ is?
# Letters: eta, sigma.
# Answer: a range, such as "a < eta <= b", "eta in (a, b]" or "|1 - eta| < b".
q1a = r""

# ---------------------------------------------
# 1a.path  The iterate after t steps (2 points)
# Solve the recurrence of 1a: give $w_t$ for $t = 0, 1, 2, \dots$, from $w_0 = 0$.
# Letters: t, eta, sigma, y, w_0.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1a_path = r""

# ---------------------------------------------
# 1b  Steps until the error is small (3 points)
# Let $\eta$ be one of the rates of 1a. How many steps $t$ does it take until $|w_t - w^*| \le \epsilon\,|w^*|$,
# with $w^* = y/\sigma$ and $0 < \epsilon < 1$? Give a bound or a formula for $t$; rounding up is welcome, not
# needed.
# Letters: t, sigma, eta, epsilon.
# Answer: a bound, such as "t >= a/ln(b)" or "a/ln(b)".
q1b = r""

# ---------------------------------------------
# 1b.regime  Four ranges of the rate (2 points)
# What does $w_t$ of 1a do in each of the four cases? Name one option per case, in the order of the cases.
#   case 1: eta below u/2, where u is the upper end of the range in 1a
#   case 2: eta between u/2 and u
#   case 3: eta exactly at u
#   case 4: eta above u
#   a) converges monotonically
#   b) converges, with an error of alternating sign
#   c) oscillates for ever between two values
#   d) diverges
# Answer: one letter per case, such as ["a", "a", "a", "a"].
q1b_regime = [r"", r"", r"", r""]

# --------------------------------------------------------
# 1c  Stable learning rates for two coordinates (3 points)
# Now $\sigma_\ell w[1] = y[1]$ and $\sigma_s w[2] = y[2]$ are solved at once, with $\sigma_\ell > \sigma_s >
# 0$, the sum of both squared errors, one rate $\eta > 0$ and start 0. For which $\eta$ do both coordinates
# converge?
# Letters: sigma_l, sigma_s, eta.
# Answer: a range, such as "a < eta <= b", "eta in (a, b]" or "|1 - eta| < b".
q1c = r""

# ----------------------------------------------------
# 1c.limit  Which coordinate limits the rate (1 point)
# Which of the two numbers decides where the range of 1c ends?
#   a) sigma_s, since its coordinate is the slow one
#   b) sigma_l, since its coordinate is the first to become unstable
#   c) both, through the sum of their squares
#   d) neither: the range depends on their ratio only
# Answer: one letter, such as "a".
q1c_limit = r""

# -----------------------------------------------------------
# 1d  Where the large coordinate is the faster one (3 points)
# Among the rates of 1c, for which $\eta$ does the coordinate of $\sigma_\ell$ converge strictly faster than
# that of $\sigma_s$?
# Letters: sigma_l, sigma_s, eta.
# Answer: a range, such as "a < eta <= b", "eta in (a, b]" or "|1 - eta| < b".
q1d = r""

# ----------------------------------------
# 1e  The fastest learning rate (3 points)
# Both coordinates of 1c count, so the slower one decides. Which $\eta$ makes the slower one as fast as
# possible?
# Letters: sigma_l, sigma_s.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1e = r""

# ----------------------------------------------------------
# 1e.rate  The error's factor at the fastest rate (2 points)
# At the rate of 1e, by which factor (in absolute value) does the error of the slower coordinate shrink in one
# step?
# Letters: sigma_l, sigma_s.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q1e_rate = r""

# -----------------------------------------
# 1f  Singular values in between (2 points)
# Many more coordinates are added, each with a $\sigma_i$ between $\sigma_s$ and $\sigma_\ell$. Do they change
# the range of stable rates, or the fastest rate, and why?
#   a) Neither changes, because the factor |1 - 2 eta sigma^2| falls steadily as sigma grows.
#   b) The range stays, but the fastest rate moves to the one that suits the mean of the sigma_i^2.
#   c) Neither changes, because |1 - 2 eta sigma^2| is convex in sigma^2 and so is largest at one of the two ends.
#   d) Both change, because every coordinate adds a condition of its own.
#   e) Both change: from now on the middle one of the sigma_i sets the limit.
# Answer: one letter, such as "a".
q1f = r""

# ------------------------------------------------------
# 1g  Stable learning rates for least squares (2 points)
# Gradient descent runs on $\|Xw - y\|^2$, where $X$ has largest and smallest singular values $\sigma_{\max} >
# \sigma_{\min} > 0$. For which $\eta > 0$ does it converge from every start?
# Letters: sigma_max, sigma_min, eta.
# Answer: a range, such as "a < eta <= b", "eta in (a, b]" or "|1 - eta| < b".
q1g = r""

# ---------------------------------------------------------------------------
# 1g.coordinates  The coordinates in which least squares decouples (2 points)
# With $X = U S V^\top$ ($U$ and $V$ orthogonal), write the new coordinates of $w$ in which gradient descent on
# $\|Xw - y\|^2$ becomes one scalar recurrence per coordinate.
# Letters: U, S, V, w.
# Answer: a formula, such as "A^T*(B + 2*I)^-1*c".
q1g_coordinates = r""

# ------------------------------------------------------
# 1g.code  Gradient descent for least squares (4 points)
# Write `gradient_descent(X, y, eta, steps)`, the iterates of gradient descent on $\|Xw - y\|^2$ from $w = 0$ as
# an array of shape (steps + 1, d); `stable_learning_rates(X)`, the range (0, upper) of 1g as two numbers; and
# `best_learning_rate(X)`, the rate of 1e for $X$, from the largest and the smallest of its min(n, d) singular
# values.
# Answer: the functions gradient_descent, stable_learning_rates, best_learning_rate in any .py file or notebook.

# ----------------------------
# 2a  The minimiser (5 points)
# Give the $x$ that minimises $\|W_1(Ax - b)\|^2 + \|W_2(x - c)\|^2$, when there is only one. ($W_1$ is $k
# \times m$, $A$ is $m \times n$, $W_2$ is $p \times n$.)
# Letters: W1, A, b, W2, c.
# Answer: a formula, such as "A^T*(B + 2*I)^-1*c".
q2a = r""

# -----------------------------------------------------
# 2a.gradient  The gradient of the objective (2 points)
# Give the gradient in $x$ of the objective of 2a, the one that you set to zero. (Column or row; a common factor
# 2 may be dropped.)
# Letters: W1, A, b, W2, c, x.
# Answer: a formula, such as "A^T*(B + 2*I)^-1*c".
q2a_gradient = r""

# -------------------------------------
# 2b.C  The stacked matrix (1.5 points)
# Find $C$ and $d$ with $\|Cx - d\|^2 = \|W_1(Ax - b)\|^2 + \|W_2(x - c)\|^2$ for every $x$. Give $C$. Any such
# pair is right; $Q$ ($k \times k$) and $R$ ($p \times p$) may stand for orthogonal matrices.
# Letters: W1, A, b, W2, c, Q, R.
# Answer: a matrix or vector, with blocks as "[A; B]" (on top of each other) or "[A, B]" (side by side).
q2b_C = r""

# -------------------------------------
# 2b.d  The stacked vector (1.5 points)
# Give the vector $d$ that belongs to your matrix $C$ of 2b.C.
# Letters: W1, A, b, W2, c, Q, R.
# Answer: a matrix or vector, with blocks as "[A; B]" (on top of each other) or "[A, B]" (side by side).
q2b_d = r""

# -----------------------------------------------------------------
# 2b.normal  The normal equations of the stacked problem (2 points)
# Multiply out $C^\top C$ and $C^\top d$ in terms of $W_1, A, b, W_2, c$. Give both as a list.
# Letters: W1, A, b, W2, c.
# Answer: a list of 2 formulas, in this order: C^T*C, C^T*d.
q2b_normal = [r"", r""]

# -------------------------------------------------
# 2c  Weights that give ridge regression (3 points)
# Choose $W_1$, $W_2$ and $c$ so that the minimiser of 2a becomes $(A^\top A + \lambda I)^{-1} A^\top b$ for
# every $A$ ($m \times n$) and $b$. Any choice that does so is right; $k \ne 0$ may stand for a number, $Q$ ($m
# \times m$) and $R$ ($n \times n$) for orthogonal matrices.
# Letters: lambda, k, Q, R, A, b.
# Answer: a list [W1, W2, c], such as ["2*I", "A^T", "0"].
q2c = [r"", r"", r""]

# ------------------------------------------------
# 2.unique  When the minimiser is unique (1 point)
# Exactly when does the objective of problem 2 have a single minimiser?
#   a) Always.
#   b) When W1 is square and invertible.
#   c) When A has full column rank.
#   d) When W2 has full column rank.
#   e) When no x other than 0 has both W1 A x = 0 and W2 x = 0.
# Answer: one letter, such as "a".
q2_unique = r""

# -----------------------------------
# 2.code  Tikhonov in code (4 points)
# Write `tikhonov(A, b, c, W1, W2)`, the minimiser of 2a, and `tikhonov_stacked(W1, A, b, W2, c)`, a pair $(C,
# d)$ as in 2b. Vectors have shape (m,) and (n,); matrices of one column are taken as well, if they come out as
# they went in.
# Answer: the functions tikhonov, tikhonov_stacked in any .py file or notebook.

# -------------------------------------------------------------
# 3.cov_wy  Covariance of weights and observations (1.5 points)
# Let $W \in \mathbb{R}^d$ and $N \in \mathbb{R}^n$ be independent standard normal vectors, $X$ a fixed $n
# \times d$ matrix and $Y = XW + \sqrt{\lambda}\,N$. Give $\Sigma_{WY} = \mathbb{E}[W Y^\top]$.
# Letters: X, lambda.
# Answer: a formula, such as "A^T*(B + 2*I)^-1*c".
q3_cov_wy = r""

# -----------------------------------------------------
# 3.cov_yy  Covariance of the observations (1.5 points)
# Let $W \in \mathbb{R}^d$ and $N \in \mathbb{R}^n$ be independent standard normal vectors, $X$ a fixed $n
# \times d$ matrix and $Y = XW + \sqrt{\lambda}\,N$. Give $\Sigma_{YY} = \mathbb{E}[Y Y^\top]$.
# Letters: X, lambda.
# Answer: a formula, such as "A^T*(B + 2*I)^-1*c".
q3_cov_yy = r""

# --------------------------------------------
# 3.map  From kernel ridge to ridge (4 points)
# Show that $X^\top (X X^\top + \lambda I)^{-1} y$ equals $(X^\top X + \lambda I)^{-1} X^\top y$: a list of
# expressions that starts with one, ends with the other, and has at least two in between, each equal to the one
# before.
# Letters: X, y, lambda.
# Answer: a list of expressions from one end to the other, such as ["(A*B)^T", "B^T*A^T", …].
q3_map = [
    r"",
    r"",
]

# --------------------------------------------------
# 3.argument  The argument by conditioning (1 point)
# Let $W \in \mathbb{R}^d$ and $N \in \mathbb{R}^n$ be independent standard normal vectors, $X$ a fixed $n
# \times d$ matrix and $Y = XW + \sqrt{\lambda}\,N$. Put the five facts in an order in which each follows from
# those before it (or from the model), so that together they show that the kernel form is the MAP estimate of
# $W$ given $Y = y$.
#   a) The conditional mean of W given Y = y is Sigma_WY Sigma_YY^-1 y.
#   b) A normal density is largest at its mean, so the MAP estimate is the conditional mean.
#   c) W and Y are jointly normal with mean 0.
#   d) Putting both covariances into the conditional mean gives the kernel form.
#   e) Given Y = y, the weights W are normal again.
# Answer: all letters in your order, such as "a, b, c, d, e".
q3_argument = r""

# --------------------------------------------------
# 3.objective  The negative log posterior (2 points)
# Let $W \in \mathbb{R}^d$ and $N \in \mathbb{R}^n$ be independent standard normal vectors, $X$ a fixed $n
# \times d$ matrix and $Y = XW + \sqrt{\lambda}\,N$. Write the negative log posterior of $w$ given $Y = y$ as a
# function of $w$, up to an additive constant and a positive factor.
# Letters: X, y, w, lambda.
# Answer: a function of w, such as "||A*w - b||^2 + c*||w||^2".
q3_objective = r""

# -------------------------------------------------
# 3.code  Ridge and kernel ridge in code (4 points)
# Write `ridge(X, y, lam)` and `kernel_ridge(X, y, lam)`. Both return the $w$ that minimises $\|Xw - y\|^2 +
# \lambda \|w\|^2$ for any shape of $X$; the first must be fast for $n \gg d$, the second for $d \gg n$.
# Answer: the functions ridge, kernel_ridge in any .py file or notebook.

# ------------------------------------------------
# 4a  The penalty that noise amounts to (3 points)
# Row $i$ of the $m \times n$ matrix $\tilde X$ is $x_i + N_i$, where row $i$ of $X$ is $x_i$ and the entries of
# all $N_i$ are independent with mean 0 and variance $\sigma^2$. For which $\lambda$ does $\frac{1}{m}\|Xw -
# y\|^2 + \lambda \|w\|^2$ have the same minimiser as $\mathbb{E}\,\|\tilde X w - y\|^2$?
# Letters: sigma, m, n.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q4a = r""

# -----------------------------------------------
# 4a.objective  The expected objective (2 points)
# Row $i$ of the $m \times n$ matrix $\tilde X$ is $x_i + N_i$, where row $i$ of $X$ is $x_i$ and the entries of
# all $N_i$ are independent with mean 0 and variance $\sigma^2$. Compute $\mathbb{E}\,\|\tilde X w - y\|^2$, or
# that divided by $m$, in terms of $X$, $y$, $w$, $\sigma$ and $m$.
# Letters: X, y, w, sigma, m, n.
# Answer: a function of w, such as "||A*w - b||^2 + c*||w||^2".
q4a_objective = r""

# ----------------------------------------------------------------
# 4a.minimiser  The minimiser of the expected objective (2 points)
# Row $i$ of the $m \times n$ matrix $\tilde X$ is $x_i + N_i$, where row $i$ of $X$ is $x_i$ and the entries of
# all $N_i$ are independent with mean 0 and variance $\sigma^2$. Give the $w$ that minimises
# $\mathbb{E}\,\|\tilde X w - y\|^2$.
# Letters: X, y, sigma, m, n.
# Answer: a formula, such as "A^T*(B + 2*I)^-1*c".
q4a_minimiser = r""

# ------------------------------------
# 4b  The mean's recurrence (3 points)
# One point $(x, y)$ with $x \ne 0$; step $t$ of gradient descent on $\frac12 (\tilde X_t w - y)^2$ uses $\tilde
# X_t = x + N_t$ with fresh independent noise of mean 0 and variance $\sigma^2$, from $w_0 = 0$. Express
# $\mathbb{E}[w_{t+1}]$ by $\mathbb{E}[w_t]$ (typed `Ew`), $x$, $y$, $\sigma$ and $\eta$.
# Letters: x, y, sigma, eta, Ew.
# Answer: the next value, such as "Ew <- a*Ew + b" or just its right-hand side.
q4b = r""

# ------------------------------------------------
# 4c  Rates at which the mean converges (2 points)
# One point $(x, y)$ with $x \ne 0$; step $t$ of gradient descent on $\frac12 (\tilde X_t w - y)^2$ uses $\tilde
# X_t = x + N_t$ with fresh independent noise of mean 0 and variance $\sigma^2$, from $w_0 = 0$. For which $\eta
# > 0$ does $\mathbb{E}[w_t]$ converge?
# Letters: x, sigma, eta.
# Answer: a range, such as "a < eta <= b", "eta in (a, b]" or "|1 - eta| < b".
q4c = r""

# ------------------------------------
# 4d  The limit of the mean (2 points)
# One point $(x, y)$ with $x \ne 0$; step $t$ of gradient descent on $\frac12 (\tilde X_t w - y)^2$ uses $\tilde
# X_t = x + N_t$ with fresh independent noise of mean 0 and variance $\sigma^2$, from $w_0 = 0$. At a rate of
# 4c, what does $\mathbb{E}[w_t]$ converge to?
# Letters: x, y, sigma, eta.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q4d = r""

# -------------------------------------------------------------------
# 4d.shrink  The limit compared with the noise-free optimum (1 point)
# One point $(x, y)$ with $x \ne 0$; step $t$ of gradient descent on $\frac12 (\tilde X_t w - y)^2$ uses $\tilde
# X_t = x + N_t$ with fresh independent noise of mean 0 and variance $\sigma^2$, from $w_0 = 0$. By which factor
# does the limit of 4d differ from the best weight without noise?
# Letters: x, y, sigma.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q4d_shrink = r""

# -----------------------------------------
# 4d.path  The mean after t steps (1 point)
# One point $(x, y)$ with $x \ne 0$; step $t$ of gradient descent on $\frac12 (\tilde X_t w - y)^2$ uses $\tilde
# X_t = x + N_t$ with fresh independent noise of mean 0 and variance $\sigma^2$, from $w_0 = 0$. Give
# $\mathbb{E}[w_t]$ for $t = 0, 1, 2, \dots$
# Letters: t, x, y, sigma, eta, w_0.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q4d_path = r""

# -----------------------------------------------------------------------------
# 5a.formulas  Derivatives of the output by a unit's weight and bias (2 points)
# A network with one hidden layer computes $y(x) = c + \sum_i a_i \max(0, w_i x + b_i)$. Give $\partial y /
# \partial w_i$ and $\partial y / \partial b_i$ away from the kink, as a list.
# Letters: x, w_i, b_i, a_i.
# Answer: a list of 2 formulas, in this order: dy/dw_i, dy/db_i.
q5a_formulas = [r"", r""]

# --------------------------------------------------
# 5b.rank  Rank of the linearised features (1 point)
# For a network with one hidden layer of width $w$, the feature matrix has a column for each of the $3w + 1$
# parameters and as many rows as you like. What is the largest rank that it can have, over all parameters?
# Letters: w.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q5b_rank = r""

# -----------------------------------------------------
# 5c.count  Parameters with two hidden layers (1 point)
# How many parameters has the network with two fully connected hidden layers of width $w$ each, one input and
# one output, biases included?
# Letters: w.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q5c_count = r""

# --------------------------------------------------------
# 5a  Features of the linearised network, drawn (3 points)
# In the notebook, complete `backward_and_plot_grad`: for every parameter whose name is `vis_name`, draw the
# derivative of the network's *output* by it as a function of $x$. Draw those by `0.weight` and by `0.bias` at
# the random initialisation and after training.
# Answer: the function backward_and_plot_grad in the notebook.

# -----------------------------------------------------
# 5b  Singular values and principal features (5 points)
# In the notebook, complete `compute_svd_plot_features`: collect the derivatives of the output by *all*
# parameters in a feature matrix with a row for each training point, and draw its singular values and its
# principal features, the feature matrix times the right singular vectors, as functions of $x$. Any sign, order
# and layout will do, and so will the leading ones alone.
# Answer: the function compute_svd_plot_features in the notebook.

# --------------------------------
# 5c  Two hidden layers (5 points)
# In the notebook, add a second hidden layer of the same width, fully connected to the first and with a ReLU of
# its own. Train it, and draw, before and after training, the features of both hidden layers, by weights and by
# biases, the singular values and the principal features.
# Answer: the functions backward_and_plot_grad, compute_svd_plot_features in the notebook.

# -----------------------
# 6a  Sources (1/3 point)
# Which sources did you use? ('none' is an answer.)
# Answer: a sentence of your own.
q6a = r""

# -----------------------
# 6b  Company (1/3 point)
# With whom did you work? ('alone' is an answer.)
# Answer: a sentence of your own.
q6b = r""

# --------------------
# 6c  Time (1/3 point)
# How many hours did it take, roughly? A number or a range.
# Answer: a number or a range of hours, such as "6" or "6-8".
q6c = r""
