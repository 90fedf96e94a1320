"""The same checks of Homework 1's functions for every grader: two inputs each, against closed forms in NumPy."""

import numpy as np

rng = np.random.default_rng(7)
X, y = rng.normal(size=(6, 3)), rng.normal(size=6)
A, b, c = rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=3)
W1, W2 = rng.normal(size=(5, 4)), rng.normal(size=(3, 3))


def close(got, wanted):
    return np.allclose(np.asarray(got, dtype=float), wanted, rtol=1e-6, atol=1e-9)


def path(functions):
    got = functions["gradient_descent"](X, y, 0.01, 3)
    w, wanted = np.zeros(3), [np.zeros(3)]
    for _ in range(3):
        w = w - 0.02 * X.T @ (X @ w - y)
        wanted.append(w)
    return close(got, np.stack(wanted))


def rates(functions):
    low, high = functions["stable_learning_rates"](X)
    return close([low, high], [0, 1 / np.linalg.norm(X, 2) ** 2])


def best(functions):
    s = np.linalg.svd(X)[1]
    return close(functions["best_learning_rate"](X), 1 / (s[0] ** 2 + s[-1] ** 2))


def tikhonov(functions):
    left, right = A.T @ W1.T @ W1 @ A + W2.T @ W2, A.T @ W1.T @ W1 @ b + W2.T @ W2 @ c
    return close(functions["tikhonov"](A, b, c, W1, W2), np.linalg.solve(left, right))


def stacked(functions):
    C, d = functions["tikhonov_stacked"](W1, A, b, W2, c)
    return close(C, np.vstack([W1 @ A, W2])) and close(d, np.concatenate([W1 @ b, W2 @ c]))


def ridge(functions):
    return close(functions["ridge"](X, y, 0.3), np.linalg.solve(X.T @ X + 0.3 * np.eye(3), X.T @ y))


def kernel(functions):
    return close(
        functions["kernel_ridge"](X.T, A[:, 0][:3], 0.3), X @ np.linalg.solve(X.T @ X + 0.3 * np.eye(3), A[:, 0][:3])
    )


CHECKS = {
    "1g path": path, "1g rates": rates, "1g best": best, "2 tikhonov": tikhonov, "2 stacked": stacked, "3 ridge": ridge,
    "3 kernel": kernel,
}  # fmt: skip
