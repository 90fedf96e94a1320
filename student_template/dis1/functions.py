"""Discussion 1: your functions. NumPy arrays go in and come out; never change an argument in place."""

import numpy as np


# 1.code  Gradients and descent in code (4 points)
def constant_gradient(theta, y):
    """The derivative by theta of the mean of (y_i - theta)^2.

    Args:
        theta: a number
        y: (N,)

    Returns:
        gradient: a number
    """
    raise NotImplementedError


def linear_gradient(theta, x, y):
    """The derivative by theta of the mean of (y_i - theta x_i)^2.

    Args:
        theta: a number
        x: (N,)
        y: (N,)

    Returns:
        gradient: a number
    """
    raise NotImplementedError


def gradient_descent_1d(grad, theta0, alpha, steps):
    """Gradient descent with step size alpha: all iterates, the start theta0 first.

    Args:
        grad: a function that returns the gradient at a number
        theta0: a number
        alpha: a number > 0
        steps: a whole number >= 0

    Returns:
        path: (steps+1,)
    """
    raise NotImplementedError
