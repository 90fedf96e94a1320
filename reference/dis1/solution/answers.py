"""Discussion 1, written answers: a full-marks submission, typed by hand from the sheet and from one run of the notebook."""

assignment = "dis1"

# 1. Gradient-descent mechanics
q1a_i = r"\frac{2}{N} \sum_{i=1}^{N} (\theta - y_i)"
q1a_ii = r"\frac{1}{N} \sum_{i=1}^{N} y_i"
q1a_iii = r"\theta \leftarrow \theta - \frac{2\alpha}{N} \sum_{i=1}^{N} (\theta - y_i)"
q1a_iv = r"\frac{2}{N} (\theta - y_i)"
q1a_vote = "b"
q1b_i = r"\frac{2}{N} \sum_{i=1}^{N} (\theta x_i - y_i) x_i"
q1b_ii = r"\frac{\sum_{i=1}^{N} x_i y_i}{\sum_{i=1}^{N} x_i^2}"
q1b_iii = r"\theta \leftarrow \theta - \frac{2\alpha}{N} \sum_{i=1}^{N} (\theta x_i - y_i) x_i"
q1b_iv = r"\frac{2}{N} (\theta x_i - y_i) x_i"
q1b_vote = "c"
q1_unbiased = ["a", "b"]

# 2. The ReLU notebook
q2_noise = "a"
q2_width = "a"
q2_elbows = "b"
q2_moves = "a"
q2_kinks = "a"
q2_reg = "a, c, d"
q2_pieces = "w + 1"
q2_errors = {10: {"ridge": 0.0541, "out": 0.1022, "all": 0.0598}, 20: {"ridge": 0.0094, "out": 0.0297, "all": 0.0109}}
q2_order10 = "ridge < all < out"
q2_order20 = "ridge < all < out"
q2_time = "ridge < out < all"
