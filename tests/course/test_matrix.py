"""The misconception matrix: in the whole course every wrong answer triggers its own rule and no other."""

from __future__ import annotations

import json
import re

import pytest

from autograder.assignments import available, load
from autograder.cli import main
from autograder.cli.misconceptions import summary, table
from autograder.places import LIBRARY
from autograder.verify.matrix import KEY, Matrix, Tried, matrices
from autograder.verify.rows import Context

pytestmark = pytest.mark.untraced


@pytest.mark.parametrize("name", available())
def test_course_is_clean(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Printed by the verb, there is no other rule in any row, and the last line says so."""
    assert main(["misconceptions", name]) == 0
    printed = capsys.readouterr().out
    assert "✗" not in printed
    assert "NOT CLEAN" not in printed
    assert printed.splitlines()[-1].endswith("each triggers its own rule and no other; no right answer triggers any.")
    assignment = load(name)
    for question in assignment:
        for rule in question.wrong:
            assert re.search(rf"\b{rule.name}\b", printed), (question.id, rule.name)


def test_what_is_tried_is_the_key_and_every_rule() -> None:
    """The right answer comes first, then each rule's own, as a student would type it."""
    (matrix,) = matrices(Context(assignment=load("gradients"), library=LIBRARY, part="3.range"))
    rules = tuple(rule.name for rule in load("gradients").question("3.range").wrong)
    assert matrix.rules == rules
    assert tuple(one.name for one in matrix.tried) == (KEY, *rules)
    assert all(one.clean and one.typed for one in matrix.tried)
    assert matrix.untyped == ()


MUDDLED = Matrix(
    part="demo/1",
    title="T",
    rules=("sign", "lost-two", "of-the-figure"),
    tried=(
        Tried(name=KEY, typed="2 x", fires=(), word="ok"),
        Tried(name="sign", typed="-2 x", fires=("sign",), word="not yet"),
        Tried(name="lost-two", typed="x", fires=("sign", "lost-two"), word="not yet"),
    ),
    untyped=("of-the-figure",),
)


def test_an_answer_that_two_rules_claim_is_marked() -> None:
    """Its row has a cross under the other rule, and the last line names it; rules without an answer are listed."""
    assert table(MUDDLED) == (
        "demo/1  T\n"
        "              1  2  3\n"
        "    (key)     ·  ·  ·  2 x\n"
        "  1 sign      ●  ·  ·  -2 x\n"
        "  2 lost-two  ✗  ●  ·  x  <- NOT CLEAN\n"
        "    by a property, without an answer to type: of-the-figure\n"
    )
    assert summary([MUDDLED]) == "2 wrong answers to 1 parts; not clean: demo/1 lost-two."


@pytest.mark.parametrize(
    "tried",
    [
        Tried(name=KEY, typed="x", fires=(), word="not yet"),
        Tried(name=KEY, typed="x", fires=("sign",), word="not yet"),
        Tried(name="sign", typed="x", fires=(), word="ok"),
        Tried(name="sign", typed="x", fires=(), word="not yet"),
        Tried(name="sign", typed="x", fires=("sign", "other"), word="not yet"),
    ],
)
def test_what_is_not_clean(tried: Tried) -> None:
    """A key that is not right, a wrong answer that is, one that no rule catches, or two do."""
    assert not tried.clean


def test_json_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON: rules, answers, and which rules they trigger."""
    assert main(["misconceptions", "gradients/3.after10", "--json"]) == 0
    (matrix,) = json.loads(capsys.readouterr().out)
    assert matrix["clean"] is True
    assert [one["fires"] for one in matrix["tried"]] == [[], *([name] for name in matrix["rules"])]
