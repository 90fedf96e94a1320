"""Gradient descent: your functions. NumPy arrays go in and come out; never change an argument in place."""

import numpy as np


# 3.code  Descent, batches and a pass in code (5 points)
def descend(df, x0, lr, steps):
    """Gradient descent from x0 with learning rate lr: the last iterate.

    Args:
        df: a function that returns the derivative at a number
        x0: a number
        lr: a number > 0
        steps: a whole number >= 0

    Returns:
        x: a number
    """
    raise NotImplementedError


def full_batch(X, y, w, lr):
    """The weights after one step of gradient descent on the mean of (x_i . w - y_i)^2.

    Args:
        X: (n, d)
        y: (n,)
        w: (d,)
        lr: a number > 0

    Returns:
        next: (d,)
    """
    raise NotImplementedError


def minibatches(n, b, seed):
    """The indices 0 to n - 1 in an order that the seed decides, cut into batches of b; the last one
    may be shorter.

    Args:
        n: a whole number > 0
        b: a whole number > 0
        seed: a whole number

    Returns:
        batches: a list of arrays of indices
    """
    raise NotImplementedError


def sgd_epoch(X, y, w, lr, seed):
    """The weights after one pass of stochastic gradient descent on the mean of (x_i . w - y_i)^2:
    every point once, in an order that the seed decides, each with a step whose mean over the points
    is the full step.

    Args:
        X: (n, d)
        y: (n,)
        w: (d,)
        lr: a number > 0
        seed: a whole number

    Returns:
        w: (d,)
    """
    raise NotImplementedError
