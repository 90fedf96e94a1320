"""Homework 1: your functions. NumPy arrays go in and come out; never change an argument in place."""

import numpy as np


# 1g.code  Gradient descent for least squares (4 points)
def gradient_descent(X, y, eta, steps):
    """Gradient descent on |Xw - y|^2 (the plain sum of squares) from w = 0: all iterates, one a
    row, the start first.

    Args:
        X: (n, d)
        y: (n,)
        eta: a number > 0
        steps: a number >= 0

    Returns:
        path: (steps+1, d)
    """
    raise NotImplementedError


def stable_learning_rates(X):
    """The ends (0, high) of the rates for which gradient descent on |Xw - y|^2 converges from every
    start.

    Args:
        X: (n, d)

    Returns:
        low: a number
        high: a number
    """
    raise NotImplementedError


def best_learning_rate(X):
    """The rate whose slowest direction converges fastest (of the min(n, d) singular directions of
    X).

    Args:
        X: (n, d)

    Returns:
        eta: a number
    """
    raise NotImplementedError


# 2.code  Tikhonov in code (4 points)
def tikhonov(A, b, c, W1, W2):
    """The x that minimises |W1 (A x - b)|^2 + |W2 (x - c)|^2.

    Args:
        A: (m, n)
        b: (m,)
        c: (n,)
        W1: (k, m)
        W2: (p, n)

    Returns:
        x: (n,)
    """
    raise NotImplementedError


def tikhonov_stacked(W1, A, b, W2, c):
    """C and d with |C x - d|^2 = |W1 (A x - b)|^2 + |W2 (x - c)|^2 for every x.

    Args:
        W1: (k, m)
        A: (m, n)
        b: (m,)
        W2: (p, n)
        c: (n,)

    Returns:
        C: (r, n)
        d: (r,)
    """
    raise NotImplementedError


# 3.code  Ridge and kernel ridge in code (4 points)
def ridge(X, y, lam):
    """The w that minimises |Xw - y|^2 + lam |w|^2, with little work when n is much larger than d.

    Args:
        X: (n, d)
        y: (n,)
        lam: a number > 0

    Returns:
        w: (d,)
    """
    raise NotImplementedError


def kernel_ridge(X, y, lam):
    """The same w by the kernel form, with little work when d is much larger than n.

    Args:
        X: (n, d)
        y: (n,)
        lam: a number > 0

    Returns:
        w: (d,)
    """
    raise NotImplementedError
