"""The oracle of an order carries the argument out, and compares every order with the judge's verdict."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder import Choice, Option
from autograder.errors import AuthorError
from reference.foundations import experiments_hardware, experiments_kinds
from reference.hw1.q3 import argument


def with_key(*pairs: tuple[str, str]):
    return replace(argument, answer=replace(argument.answer, key=pairs))


@pytest.mark.parametrize("seed", range(4))
def test_the_argument_of_problem_3_can_be_carried_out_in_the_right_orders_only(seed):
    """The key comes from the statement's wording, the oracle from computing."""
    assert argument.practice.agrees(argument, seed=seed) == ""


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ((("c", "a"), ("c", "e"), ("a", "d")), "cannot be carried out"),
        ((("c", "a"), ("c", "e"), ("e", "b"), ("a", "d"), ("b", "d")), "can be carried out"),
        ((("a", "c"), ("c", "e"), ("e", "b"), ("a", "d")), "carried out"),
    ],
)
def test_a_pair_too_few_too_many_or_turned_round_is_told(pairs, said):
    """With the order that shows it."""
    found = argument.practice.agrees(with_key(*pairs), seed=0)
    assert found.startswith("the order ")
    assert said in found


def test_facts_that_do_not_hold_are_told():
    """An argument that can be carried out, and comes to something false."""
    wrong = replace(argument.practice, objection=lambda results: f"{len(results)} results")
    found = wrong.agrees(argument, seed=0)
    assert found.startswith("carried out in the order ")
    assert found.endswith(": 8 results")


def test_an_argument_that_nothing_begins_is_told():
    """Were every step to need another one, no order would do."""
    endless = replace(argument.practice, steps={**argument.practice.steps, "c": lambda kernel_form: kernel_form})
    found = endless.agrees(argument, seed=0)
    assert found.startswith("the order ")
    assert found.endswith(" cannot be carried out")


def test_it_is_the_oracle_of_an_ordering_only():
    """Any other answer is the author's mistake."""
    other = replace(argument, answer=Choice(options=(Option("a", "yes"), Option("b", "no")), key="a"))
    with pytest.raises(AuthorError, match="MeasuredOrder is the oracle of an Ordering only"):
        argument.practice.agrees(other, seed=0)


@pytest.mark.parametrize("seed", range(20))
def test_experiments_single_out_one_option(seed):
    """With any seed, not only with those that verify draws."""
    assert experiments_hardware.best_batch_size(np.random.default_rng(seed)) == "d"
    assert experiments_kinds.what_a_network_is(np.random.default_rng(seed)) == "b"
