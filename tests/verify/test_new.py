"""Beginning a question, and the page that walks through one."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from autograder import cli
from autograder.assignments import KEY_VARIABLE, load
from autograder.verify.rows import Context, Mark
from autograder.verify.run import verify
from autograder.verify.skeletons import KINDS
from autograder.verify.unfinished import MARK

PAGE = Path(__file__).resolve().parents[2] / "docs" / "first-question.md"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return tmp_path / f"shelf_{tmp_path.name}"


def failing(shelf, name, part=""):
    context = Context(assignment=load(name, shelf), library=shelf, part=part)
    return [row for row in verify(context) if row.mark is Mark.FAIL]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_question_fails_for_what_is_to_be_written_only(shelf, kind):
    """Every marked line is a failing row with its file, its line and what to write; nothing else fails."""
    assert cli.main(["new", "sheet/1a", "--kind", kind, "--library", str(shelf)]) == 0
    rows = failing(shelf, "sheet", part="" if kind == "expression" else "1a")  # the whole sheet once; it costs more
    texts = [path.read_text() for path in (shelf / "sheet").rglob("*.py")]
    assert len(rows) == sum(text.count(MARK) for text in texts) > 5
    assert {row.check for row in rows} == {"unfinished"}
    assert all(row.file.startswith(shelf.name) and row.at.startswith("line ") for row in rows)
    assert all(row.fix.startswith("Write ") for row in rows)
    assert len((shelf / "sheet" / "q1a.py").read_text().splitlines()) <= 36


def test_a_second_question_is_added_beside_the_first(shelf, capsys):
    """The assignment's own file is left alone; the command says what to add to it, and overwrites nothing."""
    assert cli.main(["new", "sheet/1a", "--kind", "choice", "--library", str(shelf)]) == 0
    before = (shelf / "sheet" / "assignment.py").read_text()
    assert cli.main(["new", "sheet/1b.rate", "--kind", "interval", "--library", str(shelf)]) == 0
    assert "Add q1b_rate to the imports" in capsys.readouterr().out
    assert (shelf / "sheet" / "assignment.py").read_text() == before
    assert cli.main(["new", "sheet/1a", "--kind", "choice", "--library", str(shelf)]) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["sheet", "sheet/", "Sheet/1a", "../1a", "sheet/a1"])
def test_a_name_that_is_none(shelf, part, capsys):
    """A name that could not be a part is refused with an example, and nothing is written."""
    assert cli.main(["new", part, "--kind", "choice", "--library", str(shelf)]) == 2
    assert "like 'hw2/1a'" in capsys.readouterr().err
    assert not shelf.exists()


def test_the_page_of_the_first_question(shelf, capsys):
    """Followed to the letter, the page leads from the first command to a part that verifies and judges as it says."""
    text = PAGE.read_text(encoding="utf-8")
    commands = re.findall(r"^\.venv/bin/python -m autograder (.*)$", text, re.MULTILINE)
    files = {
        block.split("\n", 1)[0].removeprefix("# reference/"): block.split("\n", 1)[1]
        for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    }
    new, check, try_right, try_wrong = (re.findall(r"'[^']*'|\S+", command) for command in commands)
    library = ["--library", str(shelf)]
    assert cli.main([*new, *library]) == 0
    assert cli.main([*check, *library]) == 1
    for name, content in files.items():
        (shelf / name).write_text(content.replace("reference.", f"{shelf.name}."))
    for module in [name for name in sys.modules if name.startswith(shelf.name)]:
        del sys.modules[module]  # as in a fresh process
    capsys.readouterr()
    assert cli.main([*check, *library]) == 0, capsys.readouterr().out
    for command, said in ((try_right, "verdict:    ok"), (try_wrong, "What is the derivative of the inside?")):
        assert cli.main([*(word.strip("'") for word in command), *library]) == 0
        assert said in capsys.readouterr().out
