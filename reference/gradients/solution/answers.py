"""Gradient descent, written answers: a full-marks submission, typed by hand from the slides."""

assignment = "gradients"

# 1. Partial derivatives
q1_f = ["3 x_1^2", "2", "20 x_3^3"]
q1_g = ["3 x^2", "2", "20 z^3"]
q1_h = ["3 x^2 y^2 + 2 y", "2 x^3 y + 2 x + 5 z^4", "20 y z^3"]

# 2. Critical points of x^3 + 3 x^2 y - y z^3 + z^2
q2_gradient = ["3 x^2 + 6 x y", "3 x^2 - z^3", "2 z - 3 y z^2"]
q2_hessian = [["6 x + 6 y", "6 x", "0"], ["6 x", "0", "-3 z^2"], ["0", "-3 z^2", "2 - 6 y z"]]
q2_points = ["(0, y, 0)", "(-2/3*6^(1/5), 1/3*6^(1/5), (16/3)^(1/5))"]
q2_type = ["c", "c", "d", "d"]
q2_rule = ["a", "b", "c", "d"]

# 3. Descent on x^2
q3_update = "x <- x - lr * 2 x"
q3_range = "0 < lr < 1"
q3_path = "x_t = (1 - 2 lr)^t x_0"
q3_after10 = "59049 x_0"

# 4. Directions, batches, cost
q4_signs = ["a", "b", "c"]
q4_change = "b"
q4_layout = "b"
q4_direction = ["b", "a", "c"]
q4_program = "a, c"
q4_rates = ["a", "b"]
q4_risk = "a"
q4_step = "c"
q4_variants = ["a", "c", "b"]
q4_iteration = "b"
q4_tradeoffs = ["a", "c", "b"]
q4_cost = "20 b"
q4_updates = "10000/b"
q4_unbiased = "a, c, d"
q4_early = "c"
q4_cost_growth = "d"
q4_fixed_rate = "c"
