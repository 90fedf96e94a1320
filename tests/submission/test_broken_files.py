"""Files made of broken lines: what stands above the breakage is read, and the rest is left out with one word."""

from __future__ import annotations

import ast

import pytest

from autograder.sandbox.staging import Staged
from autograder.submission.collect import collected
from autograder.submission.dependencies import Outline
from autograder.submission.program import sources
from autograder.submission.statements import MOST_WORDS, parse, pieces


@pytest.mark.parametrize(
    "line",
    ["x=\n", "q1=(\n", 'q1="""\n', "@f\n", "def f(:\n", "if x:\n", "q1a=1\n  q1b=2\n"],
    ids=["assignments", "brackets", "quotes", "decorators", "headers", "conditions", "indents"],
)
def test_a_file_of_broken_lines_is_cut_short(line: str) -> None:
    """The first answer is saved; the number of pieces does not grow with the file."""
    found = pieces("q0 = 'kept'\n" + line * 15_000 + "y = (\n")
    assert found[0].body is not None
    assert len(found) <= 2001


def test_what_is_left_out_is_said() -> None:
    """The last piece says from where on nothing was read."""
    last = pieces("x=\n" * 1000)[-1]
    assert (last.error, last.line) == ("too many lines above cannot be read; from here on the file was left out", 61)


def test_more_code_than_is_read() -> None:
    """What would take too much memory to parse is not parsed, neither whole nor in pieces."""
    found = pieces("a;" * MOST_WORDS)
    assert [(piece.body, piece.error) for piece in found] == [
        (None, "there is more code than the 150,000 names and signs that are read")
    ]
    assert parse("x = '" + "y" * 10**6 + "'").body is not None


HEAVY = {
    "imports": "".join(f"import mod{number}\n" for number in range(15_000)),
    "expression": "q1a = (" + "a+" * 120_000,
    "blocks": "if 1:\n  q1a=1\n" * 15_000,
    "definitions": "def f(): pass\n" * 17_000,
    "broken": "q1a = ( [\n" * 25_000,
}


@pytest.mark.parametrize("kind", HEAVY)
def test_a_heavy_file_costs_no_more_than_its_size(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a file is made, few texts are parsed, few modules looked for on the disk, and few words said of it."""
    parsed: list[int] = []
    looked_for: list[str] = []
    plain = ast.parse
    monkeypatch.setattr(
        "ast.parse", lambda text, *more, **named: parsed.append(len(text)) or plain(text, *more, **named)
    )
    monkeypatch.setattr("importlib.util.find_spec", looked_for.append)
    submission = collected(Staged(files={"a.py": HEAVY[kind].encode()}), "here")
    sources(submission.files)
    assert sum(parsed) < 12 * len(HEAVY[kind])
    assert len(looked_for) <= 40
    assert len(submission.notices) + len(submission.problems) <= 202


def test_long_code_is_told_of() -> None:
    """Code beyond what is read is named with its file; what fits is read."""
    files = {"a.py": b"a;" * 100_000, "b.py": b"q1a = 'kept'\n"}
    submission = collected(Staged(files=files), "here")
    assert [str(problem) for problem in submission.problems] == [
        "a.py: not read: with it there is more code than the 150,000 names and signs that are read. "
        "Hand in the answers alone."
    ]
    assert set(submission.answers) == {"q1a"}
    assert [source.name for source in sources(files)] == ["b.py"]


def test_a_chain_of_thousands_of_functions() -> None:
    """What a function needs is told without a stack for each call, in an order in which it can be run."""
    text = (
        "x = f0()\n"
        + "".join(f"def f{number}(): return f{number + 1}()\n" for number in range(3_000))
        + "def f3000(): return 1\n"
    )
    found = Outline(ast.parse(text).body).needed(["x"])
    assert len(found.statements) == 3_002
    assert found.lines[-1] == 1
