"""Foundations, written answers: a full-marks submission, typed by hand from the note and the lecture."""

assignment = "foundations"

# 1. Gradient descent
q1_update = "theta <- theta - eta * g"
q1_taylor = "L + g d"
q1_batch = "1/b * sum(l_i, i=1..b) + R"
q1_noise_floor = "alpha/(1 - alpha) * V"
q1_unbiased = "b"
q1_small_batch = "a, c, e"
q1_why_sgd = "a, c, e"
q1_batch_size = "d"
q1_epoch = ["a", "b", "d"]
q1_shuffle = "c"
q1_replacement = "d"
q1_fresh_batch = "b"
q1_rate = ["b", "d"]
q1_rate_for_sgd = "c"
q1_optimum = "b, d, e"
q1_constant_rate = ["b", "c", "a", "a"]

# 2. ReLU networks
q2_elbow = "x = -b/w"
q2_slope = "w * 1[w x + b > 0]"
q2_relu = "max(0, x)"
q2_cauchy = "1 - (2/pi) * arctan(r s_w/s_b)"
q2_net = "b"
q2_goals = ["a", "c", "b"]
q2_circuit = ["b", "d"]
q2_sum = "d"
q2_universal = "d"
q2_deep = "a, e"
q2_saturation = ["b", "a", "a", "a"]
q2_ratio = "c"
q2_far = "c"
q2_dead_unit = "a, b, c"

# 3. Learning from data
q3_erm = "1/n * sum(l_i, i=1..n)"
q3_map = "1/n * sum(l_i, i=1..n) + lambda * theta^2"
q3_likelihood = "c"
q3_prior = "b"
q3_goal = "c"
q3_surrogate = "a, b, c"
q3_lambda = ["d", "c"]
q3_order = ["b", "d", "a", "e", "c"]
q3_splits = ["a", "b", "c"]
q3_contamination = "b"
q3_hyper = "a, c, e"
