"""What the benchmark of a class says of its numbers, and that pages quote the record; nothing here takes a time."""

from __future__ import annotations

import json

import pytest

from benchmarks import quoting
from benchmarks.marks import between
from benchmarks.measure import Cost
from benchmarks.peers.contest import Row
from benchmarks.peers.graders import OURS

MIXED = f"{quoting.MIXED} class of 200"
ROWS = [
    Row(what=MIXED, grader=OURS, size=200, graded=150, costs=[Cost(wall=240.0, cpu=300.0, memory=900.4)]),
    Row(what="class of 1000", grader=OURS, size=1000, graded=1000, costs=[Cost(wall=200.0, cpu=390.0, memory=700.0)]),
    Row(what="class of 1000", grader="otter", size=1000, graded=10, costs=[Cost(wall=30.0, cpu=40.0, memory=800.0)]),
]
DATA = {
    "date": "2026-01-02",
    "machine": "2 cores",
    "load": 0.1,
    "jobs": 2,
    "rows": [quoting.figures(row) for row in ROWS],
}


def test_the_table_says_what_was_not_graded():
    """A sample and an interrupted class are told as such, with when, where, and the rate of what was graded."""
    assert quoting.table(DATA).splitlines() == [
        "Measured by `benchmarks/batch.py` on 02 January 2026, 2 cores, load 0.1 before the run, 2 processes at once.",
        "",
        *quoting.HEAD.splitlines(),
        f"| {MIXED} | {OURS} | 150 of 200 | 240.0 | 2.00 | 900 | 38 |",
        f"| class of 1000 | {OURS} | 1000 | 200.0 | 0.39 | 700 | 300 |",
        "| class of 1000 | otter | 10 of 1000 | 30.0 | 4.00 | 800 | 20 |",
        "",
        "A peer pays the same for each submission, and graded the first of a large class. A class that had used up its share "
        "of the run was interrupted, and counts by what had been graded. Memory is that of all processes together, shared pages counted once.",
    ]


def test_the_short_table_names_what_a_peer_cannot_grade():
    """An empty cell would look like something that was forgotten."""
    assert quoting.paragraph(DATA).splitlines()[2:] == [
        f"| | {OURS} | otter |",
        "|---|--:|--:|",
        f"| {MIXED} | 38 | cannot |",
        "| class of 1000 | 300 | 20 |",
    ]


def test_a_million_takes_what_the_mixed_class_takes():
    """2 s of processor time each are 556 hours, and 52 minutes on 640 cores."""
    text = quoting.million(DATA)
    assert "10⁶ × 2.00 s = 556 processor hours" in text
    assert "that is 52 minutes" in text
    assert "stores 320 submissions a second" in text


def test_pages_quote_the_record_that_is_there():
    """What stands between the marks comes from the record, and nobody typed it."""
    data = json.loads((quoting.RESULTS / "batch.json").read_text())
    scale = (quoting.ROOT / "docs" / "scale.md").read_text()
    for page, mark, text in (
        (scale, quoting.MARK, quoting.table(data)),
        (scale, f"{quoting.MARK}: a million", quoting.million(data)),
        ((quoting.ROOT / "README.md").read_text(), quoting.MARK, quoting.paragraph(data)),
    ):
        assert page.partition(f"<!-- {mark} -->\n")[2].partition(f"<!-- end of {mark} -->")[0] == text


def test_a_page_without_marks_is_refused(tmp_path):
    """The message says what to put there; with marks only what stands between them is replaced."""
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- m -->\nold\n<!-- end of m -->\nb\n")
    between(page, "m", "new\n")
    assert page.read_text() == "a\n<!-- m -->\nnew\n<!-- end of m -->\nb\n"
    with pytest.raises(ValueError, match="put the two marks"):
        between(page, "other", "new\n")
