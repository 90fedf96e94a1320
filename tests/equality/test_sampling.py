"""Trials: sizes, integers, points of the domain and both sides of every branch."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.equality.balls import Balls
from autograder.equality.branches import seek, switches, unseen
from autograder.equality.evaluate import Evaluator
from autograder.equality.exact import as_fraction, rationals, residues
from autograder.equality.frames import FIRST_TRIALS, Frame, NoDomain, frames
from autograder.equality.points import Sampler, Style, lifted
from autograder.equality.seeds import generator
from autograder.equality.usage import Usage, usage_of
from autograder.formula.declare import declare
from autograder.symbols import SymbolTable
from tests.equality.typed import tree

pytestmark = pytest.mark.untraced

STYLES = [Style(), Style(nice=True), Style(far=True)]


def usage(text: str, symbols: str) -> tuple[Usage, SymbolTable]:
    table = declare(symbols)
    return usage_of((tree(text, table),), table), table


def trials(text: str, symbols: str, count: int = FIRST_TRIALS, seed: int = 1) -> list[Frame]:
    return list(islice(frames(usage(text, symbols)[0], generator(seed, "test")), count))


@pytest.mark.parametrize("seed", range(5))
def test_sizes_are_distinct_with_a_three_and_every_order(seed: int) -> None:
    """For every pair of sizes both orders occur."""
    drawn = trials("trace(X^T X) + trace(W W^T)", "X:n*d, W:k*d", seed=seed)
    for frame in drawn:
        sizes = [int(frame[name]) for name in ("n", "d", "k")]
        assert len(set(sizes)) == 3
        assert min(sizes) >= 2
        assert 3 in sizes
    for left, right in combinations(("n", "d", "k"), 2):
        assert {frame[left] < frame[right] for frame in drawn} == {True, False}


def test_data_are_tried_with_two_three_and_more_points() -> None:
    """Also with more points than any number that is typed."""
    lengths = {int(frame["N"]) for frame in trials("sum(y) + (N - 20)*(N - 30)", "N:int, y:data")}
    assert {2, 3} <= lengths
    assert max(lengths) > 30


def test_exponents_are_tried_small_and_huge() -> None:
    """The least value, small ones, and one of about a hundred bits; but a bound of a sum stays small."""
    free = [int(frame["t"]) for frame in trials("r^t", "r, t>=0:int")]
    assert min(free) == 0
    assert max(free) > 1 << 60
    assert max(int(frame["t"]) for frame in trials("sum(r^k, (k, 0, t))", "r, t>=0:int")) < 100


def test_integers_respect_their_bounds() -> None:
    """Bounds may use other integers; an empty range is an error of its own."""
    drawn = trials("k + n", "1<=n<=6:int, k:int, k<=n, k>=1", count=30)
    assert all(1 <= frame["k"] <= frame["n"] <= 6 for frame in drawn)
    with pytest.raises(NoDomain):
        trials("n", "n:int, n>3, n<4")


def test_integers_reach_the_thresholds_of_conditions() -> None:
    """A condition on an integer is tried at, below and above its number."""
    drawn = trials("Piecewise((n, n < 41), (0, True))", "n>=1:int", count=40)
    assert {40, 41, 42} <= {int(frame["n"]) for frame in drawn}


@given(st.integers(0, 10**6), st.sampled_from(STYLES))
def test_points_lie_in_the_domain(seed: int, style: Style) -> None:
    """Bounds by other symbols, chains and exclusions hold at every point."""
    symbols = "sigma_l > sigma_s > 0, 0 < eta < 1/sigma_l^2, x != 0, -2 <= z < -1, q > ln(sigma_l)"
    used, table = usage("sigma_l + sigma_s + eta + x + z + q", symbols)
    sampler = Sampler(used, table, generator(seed, "test"), pure=False)
    values = sampler.rational_point({}, style).rationals
    assert values["sigma_l"] > values["sigma_s"] > 0
    assert 0 < values["eta"] < 1 / values["sigma_l"] ** 2
    assert values["x"] != 0
    assert -2 <= values["z"] < -1


def test_an_empty_domain_has_no_point() -> None:
    """It is told apart from a failure."""
    used, table = usage("x", "y>0, x>y, x<-y")
    with pytest.raises(NoDomain):
        Sampler(used, table, generator(1, "test"), pure=False).rational_point({}, Style())


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_declared_structure_holds_for_what_is_sampled(seed: int, *, pure: bool) -> None:
    """Symmetric, positive definite, orthogonal and diagonal, over the rationals and modulo a prime."""
    symbols = "S:symmetric n*n, P:positive definite n*n, Q:orthogonal n*n, D:diagonal n*n"
    used, table = usage("sqrt(4)*trace(S) + trace(P) + trace(Q) + trace(D)", symbols)
    sampler = Sampler(used, table, generator(seed, "test"), pure=pure)
    prime = (1 << 61) - 1
    for field, point in (
        (rationals(pure=pure), sampler.rational_point({"n": Fraction(3)}, Style())),
        (residues(prime, pure=pure), sampler.residue_point({"n": Fraction(3)}, residues(prime, pure=pure), prime)),
    ):
        entries = {name: field.entries(point.arrays[name]) for name in "SPQD"}
        transposed = {name: field.entries(point.arrays[name].transpose()) for name in "SPQD"}
        one = [[field.number(int(row == col)) for col in range(3)] for row in range(3)]
        assert entries["S"] == transposed["S"]
        assert entries["P"] == transposed["P"] == field.entries(point.array_roots["P"] * point.array_roots["P"])
        assert field.entries(point.arrays["Q"].transpose() * point.arrays["Q"]) == one
        assert all(entries["D"][row][col] == 0 for row in range(3) for col in range(3) if row != col)


def test_positive_definite_samples_are_positive_definite() -> None:
    """Every leading minor is positive."""
    used, table = usage("trace(P)", "P:positive definite n*n")
    for seed in range(5):
        point = Sampler(used, table, generator(seed, "test"), pure=True).rational_point({"n": Fraction(3)}, Style())
        rows = [[as_fraction(entry) for entry in row] for row in rationals(pure=True).entries(point.arrays["P"])]
        for size in (1, 2, 3):
            minor = rationals(pure=True).matrix(
                size, size, [rows[row][col] for row in range(size) for col in range(size)]
            )
            assert rationals(pure=True).determinant(minor) > 0


@pytest.mark.parametrize(
    ("formula", "symbols"),
    [
        ("max(0, x - 10^6)", "x"),
        ("max(0, 1/1000 - abs(x - 3/7))", "x"),
        ("abs(x^2 - 10^8)", "x>0"),
        ("abs(ln(x) - 40)", "x>0"),
        ("relu(a*x + b - 10^5)", "0<a<1, 0<b<1, x"),
        ("max(0, 1/1000 - p)", "p > q > 0"),
        ("max(0, q - 10^4) + p", "p > q > 0"),
        ("max(0, eta - 10^6) + sigma", "sigma > 0, 0 < eta < 1/sigma"),
    ],
)
def test_rare_branches_are_found(formula: str, symbols: str) -> None:
    """Both sides of a switch that random points miss are reached along a secant."""
    used, table = usage(formula, symbols)
    node = tree(formula, table)
    sampler = Sampler(used, table, generator(3, "test"), pure=False)
    found = list(switches(node))
    for switch, sign in unseen(found, set(), table):
        points = [sampler.rational_point({}, Style(far=far)) for far in (False, True) for _ in range(20)]
        reached = [seek(switch, sign, point, sampler) for point in points]
        assert any(point is not None for point in reached), (switch.expression, sign)
        for point in reached:
            if point is not None:
                balls = Balls(256)
                with balls.working():
                    value = Evaluator(balls, lifted(point, balls)).scalar(switch.expression)
                    assert balls.sign(value) == sign


def test_signs_that_the_domain_rules_out_are_not_looked_for() -> None:
    """A positive argument of a logarithm has no other side."""
    table = declare("x>0, y")
    found = list(switches(tree("ln(x) + ln(abs(y)) + ln(x^2 + 1)", table)))
    rest = unseen(found, {(id(switch.node), 1) for switch in found}, table)
    assert [sign for _, sign in rest] == [-1]  # of abs(y)
