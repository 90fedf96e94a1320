"""The score of a run: exact, within its bounds, and in the author's order."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import AuthorError
from autograder.testing.announce import found as found_of
from autograder.testing.decorators import leaderboard, number, partial_credit, tags, visibility, weight
from autograder.testing.reports import (
    Ending,
    Fault,
    Found,
    Ran,
    Trouble,
    found_from_wire,
    ran_from_wire,
    to_wire,
)
from autograder.testing.run import Run
from autograder.testing.scoring import score
from autograder.testing.verdict import verdict
from autograder.verdict import PENDING

weights = st.none() | st.fractions(0, 20, max_denominator=8).map(str)
scores = st.none() | st.just("") | st.fractions(-50, 50, max_denominator=8).map(str)
troubles = st.builds(Trouble, fault=st.sampled_from(Fault), message=st.just("m"))


@st.composite
def runs(draw: st.DrawFn) -> Run:
    names = [f"t{place}" for place in range(draw(st.integers(1, 6)))]
    found = tuple(
        Found(
            id=name,
            name=name,
            weight=draw(weights),
            partial=draw(st.booleans()),
            number=draw(st.sampled_from(["", "1.2"])),
        )
        for name in names
    )
    ran = {
        name: Ran(
            id=name,
            ending=draw(st.sampled_from(Ending)),
            troubles=tuple(draw(st.lists(troubles, max_size=2))),
            score=draw(scores),
        )
        for name in draw(st.lists(st.sampled_from(names), unique=True))
    }
    return Run(found=found, ran=ran, late=draw(st.booleans()))


@given(runs())
def test_whatever_happened_the_score_is_within_its_bounds(run):
    """No test earns less than nothing or more than its weight, the whole is the sum, and pending parts earn nothing."""
    result = score(run)
    assert all(0 <= test.earned <= test.weight for test in result.tests)
    assert {test.found.id for test in result.tests} == {found.id for found in run.found}
    try:
        said = verdict(run, 10, "tests.py")
    except AuthorError:
        assert result.total == 0
        return
    assert said.credit == (0 if said.word in PENDING else result.earned / result.total)
    assert sum(check.worth for check in said.checks) in (0, 1)


@given(runs())
def test_a_fault_that_is_not_the_students_never_costs_points(run):
    """Where every trouble is the author's, no test with points has failed."""
    ran = {
        name: Ran(
            id=name, ending=test.ending, troubles=tuple(Trouble(fault=Fault.AUTHOR, message="m") for _ in test.troubles)
        )
        for name, test in run.ran.items()
        if test.troubles and test.ending in (Ending.FAILED, Ending.EXPECTED_FAILURE)
    }
    result = score(Run(found=run.found, ran=ran))
    assert all(test.standing == "open" for test in result.tests)


@given(st.lists(st.fractions(0, 9, max_denominator=64), min_size=1, max_size=6))
def test_credit_is_the_exact_share_of_the_weights(values):
    """Every second test passes; no rounding happens on the way."""
    found = tuple(Found(id=f"t{n}", name="t", weight=str(value)) for n, value in enumerate(values))
    failed = (Trouble(fault=Fault.CHECK, message="m"),)
    ran = {
        f"t{n}": Ran(id=f"t{n}", ending=Ending.FAILED if n % 2 else Ending.PASSED, troubles=failed if n % 2 else ())
        for n in range(len(values))
    }
    total = sum(values)
    if total:
        assert verdict(Run(found=found, ran=ran), 10, "f").credit == sum(values[::2]) / total


def test_tests_without_weights_count_alike():
    """A module that declares no weight is an ordinary one: each test counts the same, a mere measurement nothing."""
    tests = (Found(id="a", name="a"), Found(id="b", name="b"), Found(id="c", name="c", column="loss"))
    assert [test.weight for test in score(Run(found=tests)).tests] == [1, 1, 0]


def test_tests_beside_weighted_ones_only_inform():
    """Once one test declares a weight, those without carry no points, as instructors know it."""
    tests = (Found(id="a", name="a", weight="2"), Found(id="b", name="b"))
    assert [test.weight for test in score(Run(found=tests)).tests] == [2, 0]


def test_numbers_sort_as_people_count():
    """1.2 comes before 1.10, and what has no number comes last, in the order of the file."""
    numbers = ["", "2", "1.10", "1.2", "1.2b", ""]
    tests = tuple(Found(id=str(n), name=str(n), number=text) for n, text in enumerate(numbers))
    assert [test.found.id for test in score(Run(found=tests)).tests] == ["3", "4", "2", "1", "0", "5"]


@given(st.floats(0, 1000), st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3))
def test_declarations_are_read_as_they_were_made(points, label, words):
    """The decorators note what they are given; weights by their decimal digits."""

    @weight(points)
    @number(label)
    @tags(*words)
    @visibility("hidden")
    def test() -> None: ...

    read = found_of("id", "name", test)
    assert Fraction(read.weight) == Fraction(repr(points))
    assert (read.number, read.tags, read.visibility) == (label, tuple(words), "hidden")


def test_partial_credit_and_leaderboard_are_given_their_setters():
    """Both pass their setter by its usual keyword, also when stacked."""
    seen = {}

    @leaderboard("loss", "asc")
    @partial_credit(3)
    def test(**setters: object) -> None:
        seen.update(setters)

    test()
    read = found_of("id", "name", test)
    assert set(seen) == {"set_score", "set_leaderboard_value"}
    assert (read.weight, read.partial, read.column, read.order) == ("3", True, "loss", "asc")


@pytest.mark.parametrize(
    ("decorator", "said"),
    [
        (visibility("secret"), "@visibility('secret') is not known"),
        (leaderboard("loss", "up"), "@leaderboard sorts by 'up'"),
        (weight(True), "True is no number of points"),
        (weight(10**9), "is no number of points"),
    ],
)
def test_declarations_that_cannot_be_are_told(decorator, said):
    """What cannot be is a problem of that test, by name, and not a crash of the run."""

    def test() -> None: ...

    assert said in found_of("id", "name", decorator(test)).problem


@given(runs())
def test_reports_cross_between_processes(run):
    """What a runner tells arrives as it was."""
    assert tuple(found_from_wire(to_wire(found)) for found in run.found) == run.found
    assert {name: ran_from_wire(to_wire(ran)) for name, ran in run.ran.items()} == run.ran
