"""What of a function's inputs can ever be shown: one fixed list, whatever is handed in and however often."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from autograder.answers.function import MOST_PUBLISHED
from autograder.assignments import load
from autograder.errors import AuthorError
from autograder.functions import Zero
from autograder.functions.examine import published_cases
from autograder.functions.paths import first_stray
from autograder.functions.wording import call_line
from autograder.places import LIBRARY
from reference.hw1.assignment import assignment
from tests.code.mistakes import MISTAKES

FUNCTIONS = {
    f"{name}/{question.id} {function.name}": (f"{name}/{question.id}", function)
    for name in ("hw1", "dis1", "gradients", "foundations")
    for question in load(name, LIBRARY)
    for function in getattr(question.answer, "functions", ())
    if hasattr(function, "inputs")
}


def listed(part, function):
    """The whole list: as many rounds as there are."""
    return [one for spare in range(20) for one in published_cases(function, part, spare) if not one.input.advisory]


def shown_inputs(verdict):
    """The calls that a student reads, indented as they are shown."""
    return [
        block.split("your traceback:")[0].split("it printed:")[0]
        for block in verdict.feedback
        if block.startswith("the input:")
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_a_short_list_of_inputs(name):
    """One of each kind, further ones while there is room, no more than the stated number, and always the same."""
    part, function = FUNCTIONS[name]
    cases = listed(part, function)
    kinds = [kind.name for kind in function.inputs if not kind.advisory]
    assert [one.input.name for one in cases[: len(kinds)]] == kinds
    assert len(kinds) <= len(cases) <= MOST_PUBLISHED
    again = listed(part, function)
    assert [call_line("f", one) for one in cases] == [call_line("f", one) for one in again]


def test_more_kinds_than_can_be_shown_are_the_authors_error():
    """Every kind has a published input, so that there cannot be more of them than the list may hold."""
    _, function = FUNCTIONS["hw1/3.code ridge"]
    kinds = tuple(replace(function.inputs[0], name=f"kind {n}") for n in range(MOST_PUBLISHED + 1))
    with pytest.raises(AuthorError, match=f"13 kinds of inputs; give at most {MOST_PUBLISHED}"):
        replace(function, inputs=kinds)


# Right but for some inputs, which are others for every number: what somebody hands in who wants to see more of them.
PROBE = """
import hashlib
import numpy as np

def best_learning_rate(X):
    s = np.linalg.svd(X)[1]
    bad = hashlib.sha256(repr({number}).encode() + X.tobytes()).digest()[0] % 4 == 0
    return (2 if bad else 1) / (s[0] ** 2 + s[-1] ** 2)
"""


def test_handing_in_again_and_again_shows_nothing_that_is_not_on_the_list(judge, solution):
    """Functions that fail on other inputs every time are shown inputs of the list only, hence at most so many in all."""
    question = assignment.question("1g.code")
    function = question.answer.functions[2]
    known = {"\n".join(["the input:", *(f"  {line}" for line in call_line(function.name, one).split("\n"))])
             for one in listed("hw1/1g.code", function)}  # fmt: skip
    seen = set()
    for number in range(16):
        for text in shown_inputs(judge(question, solution + PROBE.format(number=number))):
            assert text.rstrip("\n") in known
            seen.add(text)
    assert 3 < len(seen) <= MOST_PUBLISHED


@pytest.mark.parametrize("key", list(MISTAKES)[::5], ids="-".join)
def test_mistakes_are_shown_inputs_of_the_list(judge, solution, key):
    """The same for every mistake that students make."""
    part, name, _ = key
    question = assignment.question(part)
    calls = [
        call_line(function.entry, one)
        for function in question.answer.functions
        for one in listed(f"hw1/{part}", function)
    ]
    for text in shown_inputs(judge(question, solution + MISTAKES[key])):
        beginning = "\n".join(line[2:] for line in text.rstrip("\n").split("\n")[1:] if line.strip() != "…")
        assert any(call.startswith(beginning) or beginning.startswith(call) for call in calls if call), name


def test_how_far_an_answer_is_from_the_right_one_is_not_told():
    """Where terms add up to the difference itself, the student reads something else that the statement says."""
    plain = Zero(terms=lambda x, right: (x, -right), says="your x minus the goal")
    sees = replace(plain, sees=lambda x, right: f"your x, {x:g}, does not stay where it is")
    silent = replace(plain, sees=lambda x, right: "")
    arguments = (np.array(2.0),), (np.array(5.0),), 1e-16
    assert plain.objection(*arguments) == "your x minus the goal is -3, not 0"
    assert sees.objection(*arguments) == "your x, 2, does not stay where it is"
    assert silent.objection(*arguments) == "your x minus the goal is not 0"
    assert sees.objection((np.array(5.0),), (np.array(5.0),), 1e-16) == ""


def test_a_path_is_told_by_its_own_rows():
    """The first row that a step does not lead to is named, with the row before it; rounding is no such row."""
    path = np.array([[0.0], [1.0], [1.9]])
    said = first_stray(path, np.array([[1.0], [2.0]]))
    assert said == "row 2 of your path, [1.9], is not where one step from row 1, [1], leads (rows are counted from 0)"
    assert first_stray(path, path[1:] + 1e-12) == ""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_objection_holds_the_difference(name):
    """Whatever a function returns, no number that a student reads is the right one, or how far the answer is from it."""
    part, function = FUNCTIONS[name]
    for one in listed(part, function)[:6]:
        if one.input.large:
            continue
        right = function.reference(*one.copy())
        results = [np.ravel(np.asarray(r, float)) for r in (right if isinstance(right, tuple) else (right,))]
        shapes = [np.shape(r) for r in (right if isinstance(right, tuple) else (right,))]
        off = [1.37 * result + 0.123 for result in results]
        returned = tuple(found.reshape(shape) for found, shape in zip(off, shapes, strict=True))
        open_to_all = np.concatenate(
            [*off, *(np.ravel(np.asarray(value, float)) for value in one.arguments), np.arange(9.0)]
        )
        differences = [mine - wanted for mine, wanted in zip(off, results, strict=True)]
        secret = [v for v in np.abs(np.concatenate([*results, *differences])) if not _among(v, np.abs(open_to_all))]
        for check in function.checks:
            said = check.objection(returned, tuple(one.copy()), 1e-16)
            assert not [n for n in re.findall(r"\d+\.\d+", said) if _among(float(n), np.array(secret))], said


def _among(number, others):
    """Whether a number is one of the others, up to the digits that are shown."""
    return bool(np.any(np.abs(number - others) <= 1e-3 * np.abs(others)))
