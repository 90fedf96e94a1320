"""Homework 1, functions: a full-marks submission, typed by hand from the paper."""

import numpy as np


def gradient_descent(X, y, eta, steps):
    w = np.zeros(X.shape[1])
    path = [w]
    for _ in range(steps):
        w = w - eta * 2 * X.T @ (X @ w - y)
        path.append(w)
    return np.stack(path)


def stable_learning_rates(X):
    largest = np.linalg.norm(X, ord=2)
    return 0, 1 / largest**2


def best_learning_rate(X):
    sigma = np.linalg.svd(X)[1]
    return 1 / (sigma.max() ** 2 + sigma.min() ** 2)


def tikhonov(A, b, c, W1, W2):
    V, P = W1.T @ W1, W2.T @ W2
    return np.linalg.solve(A.T @ V @ A + P, A.T @ V @ b + P @ c)


def tikhonov_stacked(W1, A, b, W2, c):
    return np.concatenate([W1 @ A, W2]), np.concatenate([W1 @ b, W2 @ c])


def ridge(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)


def kernel_ridge(X, y, lam):
    return X.T @ np.linalg.solve(X @ X.T + lam * np.eye(X.shape[0]), y)
