"""Lines 36 to 39 of the attack list: texts that want to run, to hang or to hide are refused while they are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.compare import compare_lines
from autograder.errors import Unreadable
from autograder.formula.declare import declare
from autograder.formula.read import read

TABLE = declare("x, y, z, w, eta > 0, sigma > 0")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('touch {mark}')",
        "().__class__.__bases__[0].__subclasses__()",
        "x.__class__",
        "f'{{x}}'",
        "lambda x: x",
        "(a := x)",
        "[x for x in (1, 2)]",
        'exec(\'open("{mark}", "w")\')',
        "eval(x)",
        "open('{mark}', 'w')",
        "x; import os",
        "Symbol('x', cls=type)",
        'S(\'__import__("os").system("touch {mark}")\')',
        "print(x)",
        "x if __import__('os') else y",
    ],
)
def test_code_is_no_formula(text: str, tmp_path: Path) -> None:
    """Python that is no formula is refused by the grammar, and nothing of it runs."""
    mark = tmp_path / "mark"
    with pytest.raises(Unreadable):
        read(text.format(mark=mark), TABLE)
    assert not mark.exists()


@pytest.mark.parametrize(
    "text",
    ["x" + "+x" * 500_000, "(" * 5000 + "x" + ")" * 5000, "-" * 50_000 + "x", "1" * 5000, "[" * 4000, "|" * 4000],
    ids=["a million characters", "brackets", "signs", "digits", "lists", "bars"],
)
def test_what_is_too_large_is_said_to_be(text: str) -> None:
    """A limit with its own words, before anything is computed."""
    with pytest.raises(Unreadable, match=r"at most|more than|too|never closed|nothing"):
        read(text, TABLE)


@pytest.mark.parametrize("power", ["9**9**9", "9^9^9^9", "factorial(10^7)", "(x+y+z+w)**60", "2**(2**100)"])
def test_huge_powers_are_decided_or_left_open_in_time(power: str) -> None:
    """Each row has its budget; one that is too large is undecided, never wrong, and the next row is not harmed."""
    pairs = [(power, f"{power} + 0"), ("x", f"x + {power}"), ("x", "x")]
    rows = [json.dumps({"expected": key, "given": given, "symbols": "x, y, z, w"}) for key, given in pairs]
    verdicts = [row["verdict"] for row in compare_lines(rows, seed=1)]
    assert verdicts[0] in ("equal", "undecided")
    assert verdicts[1] in ("different", "undecided")
    assert verdicts[2] == "equal"


@pytest.mark.parametrize(
    ("text", "said"),
    [("х + 1", "Latin letter x"), ("x\u202ey", "invisible"), ("x\x00y", "invisible"), ("x + ☃", "no meaning")],
)
def test_look_alikes_and_hidden_characters_are_named(text: str, said: str) -> None:
    """The message names the character, since nobody can see it."""
    with pytest.raises(Unreadable) as caught:
        read(text, TABLE)
    assert said in str(caught.value)


def test_full_width_and_joined_characters_are_read_as_what_they_are() -> None:
    """What has one plain meaning is normalised."""
    assert read("ｘ＋１", TABLE).tree == read("x+1", TABLE).tree
    assert read("x\u200d+1", TABLE).tree == read("x+1", TABLE).tree
