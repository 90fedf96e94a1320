"""What the benchmark beside other graders says of its numbers; nothing here takes a time."""

from __future__ import annotations

import json

import pytest

from benchmarks.measure import Cost
from benchmarks.peers import classes
from benchmarks.peers.contest import HOMEWORK, IMPORTS, WRITTEN, Row
from benchmarks.peers.graders import OURS
from benchmarks.peers.plot import plot
from benchmarks.peers.quoted import quote
from benchmarks.peers.record import as_json, fallen, ratios

PEER = "gradescope-utils"


def row(what: str, grader: str, size: int, *walls: float) -> Row:
    costs = [Cost(wall=wall, cpu=wall, memory=50 + wall) for wall in walls]
    return Row(what=what, grader=grader, size=size, graded=size, costs=costs)


def rows(class_seconds: float = 30.0) -> list[Row]:
    return [
        row("100 submissions", OURS, 100, class_seconds),
        row("100 submissions", PEER, 100, 300.0),
        row(WRITTEN, OURS, 1, 0.5, 0.4, 9.0),
        row(WRITTEN, PEER, 1, 2.0),
        row(IMPORTS, "python", 0, 2.0),
        row(HOMEWORK, OURS, 1, 3.0),
    ]


def test_ratios_are_of_medians_and_know_their_targets():
    """One slow round changes nothing; each ratio says whether its target is met."""
    found = ratios(rows())
    assert {name: (round(ratio.value, 3), ratio.met) for name, ratio in found.items()} == {
        f"100 submissions: rate / {PEER}'s": (10.0, True),
        f"{WRITTEN}: time / {PEER}'s": (0.25, True),
        f"{WRITTEN}: memory in MiB": (59.0, True),
        f"{HOMEWORK}: time / {IMPORTS}": (1.5, False),
    }


def test_what_fell_since_the_last_record_is_told(tmp_path):
    """A rate that is a third lower is named with both values; what stayed is not."""
    path = tmp_path / "peers.json"
    assert fallen(path, ratios(rows())) == "There is no earlier record to compare with."
    path.write_text(json.dumps(as_json(rows(), ratios(rows()), 1.0) | {"date": "2026-11-01"}))
    assert fallen(path, ratios(rows())) == "Nothing is worse since the record of 2026-11-01."
    assert fallen(path, ratios(rows(45.0))) == (
        f"Worse since the record of 2026-11-01:\n  100 submissions: rate / {PEER}'s: 6.67, was 10.00"
    )


def test_the_readme_is_rewritten_between_its_marks_only(tmp_path):
    """A second run replaces the numbers of the first; a README without marks is refused."""
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- benchmarks.peers -->\nold\n<!-- end of benchmarks.peers -->\nafter\n")
    quote(readme, rows())
    quote(readme, rows(45.0))
    text = readme.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "| 100 submissions | 133 a minute | 20 a minute |" in text
    assert "old" not in text
    some = rows()
    some[1].graded = 20
    quote(readme, some)
    assert "| 100 submissions | 200 a minute | 4 a minute (of 20 of them) |" in readme.read_text()
    readme.write_text("nothing\n")
    with pytest.raises(ValueError, match="put the two marks"):
        quote(readme, rows())


def test_the_plot_has_a_bar_for_every_row_that_graded():
    """A picture for people, and words for those who do not see it."""
    drawn = plot(rows())
    assert drawn.count("<rect") == 5
    assert "<title>Submissions graded per minute" in drawn


def test_classes_differ_and_repeat():
    """No two submissions are equal, so that nothing is graded once for two; the same seed gives the same class."""
    made = classes.students(20)
    assert len(set(made)) == 20
    assert made == classes.students(20)
    written = classes.written_only()
    assert "q6 =" in written
    assert "import torch" not in written
    assert "def " not in written
