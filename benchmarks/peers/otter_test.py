"""Otter's test file for the same checks, in its exception-based format; the benchmark puts checks.py before it.

Source: otter-grader's documentation, "Exception-Based Format": OK_FORMAT, name, points, functions decorated with test_case.
"""

from otter.test_files import test_case

OK_FORMAT = False

name = "functions"
points = len(CHECKS)  # noqa: F821 - from checks.py


@test_case(points=1)
def test_path(env):
    assert CHECKS["1g path"](env)  # noqa: F821


@test_case(points=1)
def test_rates(env):
    assert CHECKS["1g rates"](env)  # noqa: F821


@test_case(points=1)
def test_best(env):
    assert CHECKS["1g best"](env)  # noqa: F821


@test_case(points=1)
def test_tikhonov(env):
    assert CHECKS["2 tikhonov"](env)  # noqa: F821


@test_case(points=1)
def test_stacked(env):
    assert CHECKS["2 stacked"](env)  # noqa: F821


@test_case(points=1)
def test_ridge(env):
    assert CHECKS["3 ridge"](env)  # noqa: F821


@test_case(points=1)
def test_kernel(env):
    assert CHECKS["3 kernel"](env)  # noqa: F821
