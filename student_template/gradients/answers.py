"""Gradient descent: your written answers."""

assignment = "gradients"

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

# ----------------------------------------------------
# 1.f  Derivative of a function of a vector (2 points)
# Give all partial derivatives of $f(\mathbf{x}) = x_1^3 + 2x_2 + 5x_3^4$. As a list in the order of the
# variables; it may lie (the derivative) or stand (the gradient).
# Letters: x_1, x_2, x_3.
# Answer: a list of entries, such as "[a, 2*b, c^2]"; row or column.
q1_f = r""

# ------------------------------------------------------
# 1.g  The same function with named variables (2 points)
# Give all partial derivatives of $f(x, y, z) = x^3 + 2y + 5z^4$. As a list in the order of the variables; it
# may lie (the derivative) or stand (the gradient).
# Letters: x, y, z.
# Answer: a list of entries, such as "[a, 2*b, c^2]"; row or column.
q1_g = r""

# -----------------------------------------------------
# 1.h  A function with products of variables (3 points)
# Give all partial derivatives of $f(x, y, z) = x^3y^2 + 2xy + 5yz^4$. As a list in the order of the variables;
# it may lie (the derivative) or stand (the gradient).
# Letters: x, y, z.
# Answer: a list of entries, such as "[a, 2*b, c^2]"; row or column.
q1_h = r""

# -----------------------------------
# 2.gradient  The gradient (2 points)
# Let $f(x, y, z) = x^3 + 3x^2y - yz^3 + z^2$. Give its gradient, row or column, in the order x, y, z.
# Letters: x, y, z.
# Answer: a list of entries, such as "[a, 2*b, c^2]"; row or column.
q2_gradient = r""

# ---------------------------------
# 2.hessian  The Hessian (3 points)
# Let $f(x, y, z) = x^3 + 3x^2y - yz^3 + z^2$. Give its Hessian as a 3 by 3 matrix, variables in the order x, y,
# z.
# Letters: x, y, z.
# Answer: a list of rows, such as "[[a, b], [c, d]]".
q2_hessian = r""

# ----------------------------------------
# 2.points  All critical points (4 points)
# Let $f(x, y, z) = x^3 + 3x^2y - yz^3 + z^2$. Give every $(x, y, z)$ at which the gradient is 0: a list with
# one entry per point, or per family of points with a coordinate that is free. Exact, or as decimals with an
# error below 1 %.
# Letters: x, y, z.
# Answer: a list with one entry per point or family, such as ["(0, 1, 2)", "(x, 1, 1)"]; a free coordinate keeps
# its name.
q2_points = r""

# ---------------------------------------------------------------
# 2.type  What the Hessian says at the critical points (2 points)
# Let $f(x, y, z) = x^3 + 3x^2y - yz^3 + z^2$. What do the eigenvalues of the Hessian alone say of each of your
# critical points of 2.points?
#   case 1: the point that stands alone
#   case 2: points of the family whose free coordinate is negative
#   case 3: the point of the family whose free coordinate is 0
#   case 4: points of the family whose free coordinate is positive
#   a) a local minimum
#   b) a local maximum
#   c) a saddle point
#   d) the test does not decide
# Answer: one letter per case, such as ["a", "a", "a", "a"].
q2_type = [r"", r"", r"", r""]

# --------------------------------------------
# 2.rule  The second-derivative test (1 point)
# The gradient is 0 at a point, and the eigenvalues of the Hessian there are as in each case. What follows?
#   case 1: all positive
#   case 2: all negative
#   case 3: some positive, some negative
#   case 4: none negative, one of them 0
#   a) a local minimum
#   b) a local maximum
#   c) a saddle point
#   d) the test does not decide
# Answer: one letter per case, such as ["a", "a", "a", "a"].
q2_rule = [r"", r"", r"", r""]

# -------------------------------------------
# 3.update  One step on a parabola (2 points)
# Gradient descent with learning rate `lr` runs on $f(x) = x^2$. Write the next iterate in terms of the current
# one, $x$.
# Letters: x, lr.
# Answer: the next value, such as "x <- a*x + b" or just its right-hand side.
q3_update = r""

# ---------------------------------------
# 3.range  Rates that converge (2 points)
# For which learning rates `lr` $> 0$ do the iterates of 3.update tend to the minimum, from every start?
# Letters: lr.
# Answer: a range, such as "a < lr <= b", "lr in (a, b]" or "|1 - lr| < b".
q3_range = r""

# --------------------------------------------
# 3.path  The iterate after t steps (2 points)
# Give the iterate $x_t$ of 3.update after $t$ steps from $x_0$, for $t = 0, 1, 2, \dots$
# Letters: x_0, lr, t.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q3_path = r""

# -----------------------------------------------
# 3.after10  Ten steps with a rate of 2 (1 point)
# The slides' program takes 10 steps with learning rate 2. Where does it end, as a formula of its start $x_0$?
# Letters: x_0.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q3_after10 = r""

# ------------------------------------------------------
# 3.code  Descent, batches and a pass in code (5 points)
# Write `descend(df, x0, lr, steps)`, the last iterate of gradient descent with the derivative `df`;
# `full_batch(X, y, w, lr)`, the weights after one step on the mean of $(x_i \cdot w - y_i)^2$; `minibatches(n,
# b, seed)`, a list of index arrays with each of n points once, the last one possibly short; and `sgd_epoch(X,
# y, w, lr, seed)`, the weights after one pass with one point a step and unbiased steps (the mean over the
# points of a single step is the full step).
# Answer: the functions descend, full_batch, minibatches, sgd_epoch in any .py file or notebook.

# ----------------------------------------
# 4.signs  The sign of a slope (0.5 point)
# The derivative of $f$ at $x$ is the number in each case. What does $f$ do when $x$ grows by very little?
#   case 1: 3
#   case 2: -1/2
#   case 3: 0
#   a) f grows
#   b) f falls
#   c) to first order nothing
# Answer: one letter per case, such as ["a", "a", "a"].
q4_signs = [r"", r"", r""]

# ----------------------------------------------------------
# 4.change  The change of a function of a vector (0.5 point)
# The derivative of $y = f(\mathbf{x})$ is the row $[\alpha_1, \dots, \alpha_d]$, and $\mathbf{x}$ changes by a
# small $\Delta\mathbf{x}$. What is $\Delta y$?
#   a) the product of all alpha_i Delta x_i
#   b) nearly the sum of the alpha_i Delta x_i
#   c) exactly the sum of the alpha_i Delta x_i, whatever f is
#   d) nearly the largest of the alpha_i Delta x_i
#   e) nearly the length of the row times the length of Delta x
# Answer: one letter, such as "a".
q4_change = r""

# ---------------------------------------------
# 4.layout  Gradient and derivative (0.5 point)
# In the slides' convention vectors are columns, $\Delta y = \alpha\,\Delta\mathbf{x}$ with $\alpha$ the
# derivative, and $\mathbf{x} - \eta \nabla f$ is a step. How are derivative and gradient related?
#   a) They are the same column.
#   b) The derivative is a row, the gradient its transpose, a column.
#   c) The gradient is a row, the derivative its transpose.
#   d) The gradient is the length of the derivative.
#   e) The gradient is the derivative divided by its length.
# Answer: one letter, such as "a".
q4_layout = r""

# ----------------------------------------
# 4.direction  Which way to go (0.5 point)
# In which direction from a point with gradient not 0 does a small step do what each case says?
#   case 1: f falls fastest
#   case 2: f rises fastest
#   case 3: f does not change to first order
#   a) along the gradient
#   b) against the gradient
#   c) at a right angle to the gradient
#   d) in a random direction
# Answer: one letter per case, such as ["a", "a", "a"].
q4_direction = [r"", r"", r""]

# ---------------------------------------------------
# 4.program  The program as it is printed (0.5 point)
# The slides' program draws its start by `solution = np.random.randint(-50, 50)`; its text has no import line.
# Which statements are true?
#   a) As printed it ends with a NameError.
#   b) The start may be 50.
#   c) The start is 0 in one of 100 runs, and then no step moves it.
#   d) The start is never 0.
# Answer: letters, such as "a, d".
q4_program = r""

# ----------------------------------------------------
# 4.rates  Learning rates that do not suit (0.5 point)
# What does gradient descent do on a parabola at each of these rates?
#   case 1: far below the best rate
#   case 2: a little above the largest stable rate
#   a) it converges, but slowly
#   b) it steps over the minimum, further each time
#   c) it ends in another minimum
#   d) it stops after one step
# Answer: one letter per case, such as ["a", "a"].
q4_rates = [r"", r""]

# --------------------------------------
# 4.risk  The empirical risk (0.5 point)
# What does learning minimise over the weights w, when it minimises the empirical risk?
#   a) the mean of the losses over the training points
#   b) the largest of the losses over the training points
#   c) the mean of the losses over the test points
#   d) the number of weights
#   e) minus the mean of the losses over the training points
# Answer: one letter, such as "a".
q4_risk = r""

# ----------------------------
# 4.step  The step (0.5 point)
# Which assignment is one step of gradient descent on the risk $J(w)$ with learning rate $\eta$?
#   a) w <- w + eta grad J(w)
#   b) w <- eta grad J(w)
#   c) w <- w - eta grad J(w)
#   d) w <- w - grad J(w)/eta
#   e) w <- w - eta J(w)
# Answer: one letter, such as "a".
q4_step = r""

# -----------------------------------
# 4.variants  Three names (0.5 point)
# With N training points, what is gradient descent called whose steps use a batch of each size?
#   case 1: N
#   case 2: 1
#   case 3: between 1 and N
#   a) full (batch) gradient descent
#   b) mini-batch gradient descent
#   c) stochastic gradient descent
# Answer: one letter per case, such as ["a", "a", "a"].
q4_variants = [r"", r"", r""]

# ----------------------------------------------
# 4.iteration  Iterations and epochs (0.5 point)
# An iteration is one update, an epoch one pass over the training points. When are they the same?
#   a) always
#   b) for a batch of all N points only
#   c) for a batch of one point only
#   d) never
#   e) for every batch size that divides N
# Answer: one letter, such as "a".
q4_iteration = r""

# -------------------------------------------------------------
# 4.tradeoffs  What each of them is good and bad at (0.5 point)
# Steps of equal length start at the same w. Which kind of gradient descent does each case describe?
#   case 1: a step costs most, and at a small rate the loss falls in every one
#   case 2: the direction varies most, and the loss rises in many single steps
#   case 3: the direction varies, but less than that of the other one that varies
#   a) full (batch) gradient descent
#   b) mini-batch gradient descent
#   c) stochastic gradient descent
# Answer: one letter per case, such as ["a", "a", "a"].
q4_tradeoffs = [r"", r"", r""]

# -----------------------------------
# 4.cost  Cost of a step (0.75 point)
# Logistic regression has $N = 10000$ points in $\mathbb{R}^{20}$. A step on a batch of $b$ points takes one
# inner product of 20 coordinates per point; count one multiply-add per coordinate. How many are these in one
# step?
# Letters: b.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q4_cost = r""

# -----------------------------------------
# 4.updates  Updates in a pass (0.75 point)
# The 10000 points are gone through once in batches of $b$, and $b$ divides 10000. How many updates are made?
# Letters: b.
# Answer: a formula, such as "2*a/(b^2 + 1)".
q4_updates = r""

# -------------------------------------------------
# 4.unbiased  Estimates of the gradient (0.5 point)
# Points are drawn uniformly from the N training points. Which of these has the gradient of the mean loss as its
# expectation?
#   a) the gradient of the loss of one point
#   b) the sum of the gradients over a batch of b > 1 points
#   c) their mean over a batch drawn with replacement
#   d) their mean over a batch drawn without replacement
#   e) the gradient of the loss of one point, divided by N
# Answer: letters, such as "a, e".
q4_unbiased = r""

# ---------------------------------------------------
# 4.early  Progress during the first pass (0.5 point)
# Can the loss on all the data go down before every point has been looked at once?
#   a) No: the gradient is known only after a pass.
#   b) Only with full gradient descent.
#   c) Yes, with mini-batches and with single points.
#   d) Only when the data are sorted.
#   e) Yes, but with single points only.
# Answer: one letter, such as "a".
q4_early = r""

# ----------------------------------------------------------
# 4.cost_growth  Cost of a step as the data grow (0.5 point)
# The batch size b and the number of features stay, the number N of training points grows. How does the cost of
# one mini-batch update grow?
#   a) in proportion to N
#   b) like log N
#   c) with the number of passes
#   d) not at all
#   e) in proportion to the number N/b of batches
# Answer: one letter, such as "a".
q4_cost_growth = r""

# ------------------------------------------------------------
# 4.fixed_rate  Stochastic descent at a fixed rate (0.5 point)
# Stochastic gradient descent runs at a fixed rate at which full gradient descent converges. What is true in
# general?
#   a) It converges to the minimiser of the mean loss.
#   b) It never comes to rest, whatever the data are.
#   c) It need not converge: it keeps moving around the minimiser unless every point's gradient vanishes there;
#      rates that shrink suitably bring it to rest.
#   d) It converges exactly when momentum is used.
#   e) It runs off to infinity, since the noise of the steps adds up.
# Answer: one letter, such as "a".
q4_fixed_rate = r""
