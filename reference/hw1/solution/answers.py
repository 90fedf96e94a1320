"""Homework 1, written answers: a full-marks submission, typed by hand from the paper."""

assignment = "hw1"

# 1. Learning rates
q1a = "0 < eta < 1/sigma^2"
q1a_path = "w_t = (y/sigma)*(1 - (1 - 2*eta*sigma^2)^t)"
q1b = "t >= ln(epsilon) / ln|1 - 2 eta sigma^2|"
q1b_regime = ["a", "b", "c", "d"]
q1c = "0 < eta < 1/sigma_l^2"
q1c_limit = "b"
q1d = "0 < eta < 1/(sigma_l^2 + sigma_s^2)"
q1e = "1/(sigma_l^2 + sigma_s^2)"
q1e_rate = "(sigma_l^2 - sigma_s^2)/(sigma_l^2 + sigma_s^2)"
q1f = "c"
q1g = "0 < eta < 1/sigma_max^2"
q1g_coordinates = "V^T w"

# 2. Tikhonov
q2a = "(A^T W1^T W1 A + W2^T W2)^-1 (A^T W1^T W1 b + W2^T W2 c)"
q2a_gradient = "2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x - c)"
q2b_C = "[W1*A; W2]"
q2b_d = "[W1*b; W2*c]"
q2b_normal = ["A^T W1^T W1 A + W2^T W2", "A^T W1^T W1 b + W2^T W2 c"]
q2c = ["I", "sqrt(lambda) I", "0"]
q2_unique = "e"

# 3. MAP and kernel ridge
q3_cov_wy = "X^T"
q3_cov_yy = "X X^T + lambda I"
q3_map = [
    "X^T (X X^T + lambda I)^-1 y",
    "(X^T X + lambda I)^-1 (X^T X + lambda I) X^T (X X^T + lambda I)^-1 y",
    "(X^T X + lambda I)^-1 (X^T X X^T + lambda X^T) (X X^T + lambda I)^-1 y",
    "(X^T X + lambda I)^-1 X^T (X X^T + lambda I) (X X^T + lambda I)^-1 y",
    "(X^T X + lambda I)^-1 X^T y",
]
q3_argument = ["c", "e", "b", "a", "d"]
q3_objective = "1/lambda * ||X w - y||^2 + ||w||^2"

# 4. Noise on the inputs
q4a = "lambda = sigma^2"
q4a_objective = "||X w - y||^2 + m sigma^2 ||w||^2"
q4a_minimiser = "(X^T X + m sigma^2 I)^-1 X^T y"
q4b = "E[w_{t+1}] = (1 - eta*(x^2 + sigma^2)) E[w_t] + eta*x*y"
q4c = "0 < eta < 2/(x^2 + sigma^2)"
q4d = "x*y/(x^2 + sigma^2)"
q4d_shrink = "x^2/(x^2 + sigma^2)"
q4d_path = "x*y/(x^2 + sigma^2) * (1 - (1 - eta*(x^2 + sigma^2))^t)"

# 5. Linearised networks
q5a_formulas = ["a_i*x*step(w_i*x + b_i)", "a_i*step(w_i*x + b_i)"]
q5b_rank = "2*w + 1"
q5c_count = "w^2 + 4*w + 1"

# 6. Process
q6a = "Lecture notes and the course's discussion sheet."
q6b = "alone"
q6c = "8"
