"""Discussion 1, functions: a full-marks submission, typed by hand from the sheet."""

import numpy as np


def constant_gradient(theta, y):
    return 2 / len(y) * np.sum(theta - y)


def linear_gradient(theta, x, y):
    return 2 / len(y) * np.sum((theta * x - y) * x)


def gradient_descent_1d(grad, theta0, alpha, steps):
    path = np.empty(steps + 1)
    path[0] = theta0
    for t in range(steps):
        path[t + 1] = path[t] - alpha * grad(path[t])
    return path
