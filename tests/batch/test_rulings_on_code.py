"""Code that waits for a person: nobody is ruled by somebody else's code, whatever a verdict says of where it stands."""

from __future__ import annotations

import html
import json
import re
import shlex
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.batch.entries import Entry
from autograder.batch.store import Graded, Store
from autograder.batch.worker import without_times
from autograder.cli import main
from autograder.sandbox.staging import Staged
from autograder.verdict import PartResult, Result, Verdict, Word

LIBRARY = Path(__file__).resolve().parents[2] / "benchmarks" / "peers" / "here"  # its part 7 is a function
FILES = {"ada": "a" * 64, "bob": "b" * 64, "cyd": "a" * 64}


@pytest.fixture
def out(tmp_path):
    """A graded class in which each has the function in the same place, Ada and Cyd in equal files."""
    with Store(tmp_path / "batch.sqlite") as store:
        store.set_meta("assignment", "twelve")
        for place, (name, content) in enumerate(FILES.items()):
            verdict = Verdict(word=Word.WAITING, wrote="ridge: homework.py", feedback=("A person will look.",))
            part = PartResult(part="twelve/7", title="ridge", points=Fraction(1), verdict=verdict)
            result = Result(assignment="twelve", title="T", seed=1, parts=(part,))
            store.enter(Entry(id=name, read=lambda: Staged(files={})), content, place)
            store.keep(content, Graded(result=without_times(result), timing={}, sources={}, seconds=1.0, memory=1))
    return tmp_path


def rule(out, *more):
    return main(["rule", str(out), "--part", "7", "--credit", "1", "--by", "Ada", *more, "--library", str(LIBRARY)])


def scores(out):
    lines = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    return {line["submission"]: (line["result"]["score"], line["result"]["pending"]) for line in lines}


def test_a_ruling_on_code_holds_for_equal_files_only(out, capsys):
    """The same place in another file is another answer, and stays open."""
    assert rule(out, "--submission", "cyd") == 0
    assert "ruled: 7, credit 1, for 2 submissions: ada, cyd" in capsys.readouterr().out
    assert scores(out) == {"ada": ("1", "0"), "bob": ("0", "1"), "cyd": ("1", "0")}


def test_code_is_not_ruled_by_a_text(out, capsys):
    """Where it stands is no answer; the message says how to name one."""
    assert rule(out, "--answer", "ridge: homework.py") == 2
    assert "7 is answered by code, which no text tells apart: name a submission with --submission ID." in (
        capsys.readouterr().err
    )
    assert rule(out, "--submission", "zoe") == 2
    assert "there is no graded submission 'zoe'" in capsys.readouterr().err
    assert not (out / "rulings.json").exists()


def test_the_page_offers_a_command_for_each(out):
    """Code that waits is in the queue, equal files once, with a command that can be pasted and rules on it alone."""
    assert rule(out, "--submission", "ada") == 0
    page = html.unescape((out / "class.html").read_text())
    assert "the code of bob" in page
    (command,) = re.findall("<pre>(python -m autograder rule .*)</pre>", page)
    words = shlex.split(command)[3:]
    assert main([*words, "--library", str(LIBRARY)]) == 0
    assert scores(out) == dict.fromkeys(FILES, ("1", "0"))
    assert "Nothing waits." in (out / "class.html").read_text()
