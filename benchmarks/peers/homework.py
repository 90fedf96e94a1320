"""One hand-in: six formulas as text, six functions. Every grader gets this very file."""

import numpy as np
import torch

# The loss is (sigma*w - y)^2: its derivative by w, and the w that minimises (x*w - y)^2 + lam*w^2.
q1 = "2*sigma*(sigma*w - y)"
q2 = "x*y/(x**2 + lam)"
# Gradient descent on (sigma*w - y)^2 from 0: w after t steps, and the largest stable learning rate.
q3 = "(y/sigma)*(1 - (1 - 2*eta*sigma**2)**t)"
q4 = "1/sigma**2"
# One point (x, y), fresh noise of deviation s on x in every step: where the mean of w ends up.
q5 = "x*y/(x**2 + s**2)"
# Minimiser of |A z - b|^2 + |W (z - c)|^2, where A is 3 x 2.
q6 = "(A.T*A + W.T*W)**-1*(A.T*b + W.T*W*c)"


def ridge(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)


def kernel_ridge(X, y, lam):
    return X.T @ np.linalg.solve(X @ X.T + lam * np.eye(X.shape[0]), y)


def tikhonov(A, b, c, W):
    return np.linalg.solve(A.T @ A + W.T @ W, A.T @ b + W.T @ W @ c)


def best_learning_rate(X):
    s = np.linalg.svd(X)[1]
    return 1 / (s[0] ** 2 + s[-1] ** 2)


def relu_singular_values(X, W, b):
    X, W, b = (torch.as_tensor(value) for value in (X, W, b))
    return torch.linalg.svdvals(torch.relu(X @ W.T + b)).numpy()


def gradient_descent(X, y, eta, steps):
    w = np.zeros(X.shape[1])
    path = [w]
    for _ in range(steps):
        w = w - eta * 2 * X.T @ (X @ w - y)
        path.append(w)
    return np.stack(path)
