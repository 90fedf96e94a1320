"""Otter's test file for the twelve items, in its exception-based format; the benchmark puts shared/twelve.py before it.

Source: otter-grader's documentation, "Exception-Based Format": OK_FORMAT, name, points, functions decorated with test_case.
"""

from otter.test_files import test_case

OK_FORMAT = False

name = "twelve"
points = len(ITEMS)  # noqa: F821 - from twelve.py


@test_case(points=1)
def test_q1(env):
    assert ITEMS["q1"](env)  # noqa: F821


@test_case(points=1)
def test_q2(env):
    assert ITEMS["q2"](env)  # noqa: F821


@test_case(points=1)
def test_q3(env):
    assert ITEMS["q3"](env)  # noqa: F821


@test_case(points=1)
def test_q4(env):
    assert ITEMS["q4"](env)  # noqa: F821


@test_case(points=1)
def test_q5(env):
    assert ITEMS["q5"](env)  # noqa: F821


@test_case(points=1)
def test_q6(env):
    assert ITEMS["q6"](env)  # noqa: F821


@test_case(points=1)
def test_ridge(env):
    assert ITEMS["ridge"](env)  # noqa: F821


@test_case(points=1)
def test_kernel_ridge(env):
    assert ITEMS["kernel_ridge"](env)  # noqa: F821


@test_case(points=1)
def test_tikhonov(env):
    assert ITEMS["tikhonov"](env)  # noqa: F821


@test_case(points=1)
def test_best_learning_rate(env):
    assert ITEMS["best_learning_rate"](env)  # noqa: F821


@test_case(points=1)
def test_relu_singular_values(env):
    assert ITEMS["relu_singular_values"](env)  # noqa: F821


@test_case(points=1)
def test_gradient_descent(env):
    assert ITEMS["gradient_descent"](env)  # noqa: F821
