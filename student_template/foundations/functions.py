"""Foundations: your functions. NumPy arrays go in and come out; never change an argument in place."""

import numpy as np


# 2.interpolate  A network through given points (2 points)
def relu_interpolant(xs, ys):
    """A network c + sum_j a_j max(0, w_j x + b_j) through all points (xs[i], ys[i]), with at most n
    units; any will do.

    Args:
        xs: (n,)
        ys: (n,)

    Returns:
        w: (k,)
        b: (k,)
        a: (k,)
        c: a number
    """
    raise NotImplementedError


# 2.dead  Dead units in code (2 points)
def dead_units(W, b, X):
    """Which units max(0, W x + b) are dead: no change of their weights and bias, if small, changes
    any output on X.

    Args:
        W: (units, features), or (units,) when there is one feature
        b: (units,)
        X: (points, features), or (points,) when there is one feature

    Returns:
        dead: (units,), True where a unit is dead
    """
    raise NotImplementedError


# 3.nested  Nested optimisation in code (2 points)
def select_degree(x, y, x_val, y_val, degrees):
    """The degree whose least-squares polynomial, fitted on (x, y), has the smallest mean squared
    error on (x_val, y_val); of equal ones the smallest degree. `degrees` is an array of integers.

    Args:
        x: (n,)
        y: (n,)
        x_val: (m,)
        y_val: (m,)
        degrees: (k,)

    Returns:
        degree: a number
    """
    raise NotImplementedError


def ridge_path(X, y, lams, X_val, y_val):
    """The lambda whose minimiser of |Xw - y|^2 + lambda |w|^2 (plain sums, no intercept) has the
    smallest mean squared error on (X_val, y_val); of equal ones the largest lambda.

    Args:
        X: (n, d)
        y: (n,)
        lams: (k,)
        X_val: (m, d)
        y_val: (m,)

    Returns:
        lam: a number
    """
    raise NotImplementedError
