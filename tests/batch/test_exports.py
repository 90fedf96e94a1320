"""A class in the formats of other programs, each against a golden file, and safe whatever students are called."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from autograder.checks import Check, Standing, Visibility
from autograder.report.autolab import to_autolab
from autograder.report.canvas import canvas_csv
from autograder.report.json_lines import json_lines
from autograder.report.junit import junit_xml
from autograder.report.marked import Marked, Person
from autograder.report.prairielearn import to_prairielearn
from autograder.report.tables import as_csv, scores_csv
from autograder.verdict import PartResult, Result, Verdict, Word


def part(name, word, credit="0", points=2, **more):
    verdict = Verdict(word=word, credit=Fraction(credit), **more)
    return PartResult(part=f"hw0/{name}", title="A part", points=Fraction(points), verdict=verdict, seconds=0.25)


def result(*parts, **more):
    return Result(assignment="hw0", title="Homework 0", seed=7, parts=parts, **more)


MIXED = result(
    part("1a", Word.OK, "1", wrote="x", read_as="x"),
    part(
        "1b", Word.NOT_YET, "1/3", misconception="lost-mean", wrote="\u2028sum(y)", read_as="Σ y",
        witness="At N = 2 yours gives 4.", feedback=("Where did the 1/N go?",),
    ),
    part("1c", Word.UNDECIDED, points="3/2", wrote="y^y^y", feedback=("A person will look at it.",)),
    part("1d", Word.UNREADABLE, wrote="((", feedback=("the bracket is never closed.",)),
    notices=("notes.txt was not read",),
)  # fmt: skip
RIGHT = result(
    part("1a", Word.OK, "1"), part("1b", Word.OK, "1"), part("1c", Word.OK, "1", "3/2"), part("1d", Word.OK, "1")
)
CLASS = [
    Marked(
        id="s1",
        people=(Person(name="=HYPERLINK(1)", email="@ada@example.edu", sid="+001"),),
        created="2026-01-02",
        result=MIXED,
        content="aa",
        seconds=1.5,
    ),
    Marked(
        id="s2",
        people=(Person(name="李 明", email="li@example.edu", sid="002"), Person(name='O"Brien, Noël', sid="003")),
        result=RIGHT,
        content="bb",
    ),
    Marked(
        id="s3", people=(Person(name="-Zoë", email="zoe@example.edu"),), failure="the worker was lost", content="cc"
    ),
    Marked(
        id="s0", people=(Person(name="=HYPERLINK(1)", sid="+001"),), created="2026-01-01", result=RIGHT, content="bb"
    ),
]


def test_own_table(golden):
    """Who, how much, what is open, and every part; a failure has no score."""
    golden("scores.csv", scores_csv(CLASS).replace("\r\n", "\n"))


def test_canvas(golden):
    """A row per student with the columns of the import; open points and failures are empty, the last submission counts."""
    golden("canvas.csv", canvas_csv(CLASS, "Homework 0 (4711)").replace("\r\n", "\n"))


def test_junit(golden):
    """A suite per submission: passed, failed, skipped for open points, an error where grading failed."""
    golden("junit.xml", junit_xml(CLASS))


def test_json_lines(golden):
    """Every fact, one object per line, with no character that a reader takes for a line's end."""
    text = "".join(json_lines(CLASS))
    assert len(text.splitlines()) == len(CLASS)
    golden("results.jsonl", text)


def test_prairielearn(golden):
    """The grader's results.json of that platform."""
    decided = replace(MIXED, parts=tuple(part for part in MIXED.parts if not part.pending))
    golden("prairielearn.json", json.dumps(to_prairielearn(decided), ensure_ascii=False, indent=1) + "\n")


def test_prairielearn_has_no_score_before_all_is_decided():
    """Open points cannot be told to that platform, which would take them for lost: the result is not gradable yet."""
    assert to_prairielearn(MIXED) == {
        "gradable": False,
        "format_errors": [
            "2.66 of 7.5 points; 1.5 points wait for a person. There is no score before all are decided: 1c."
        ],
    }
    assert to_prairielearn(replace(RIGHT, complete=False))["gradable"] is False


def test_canvas_keeps_students_apart_who_have_a_name_only():
    """Without number and email nobody is taken for somebody else."""
    class_ = [Marked(id=name, people=(Person(name=name.title()),), result=RIGHT) for name in ("ada", "bob")]
    class_.append(Marked(id="other", people=(Person(name="Ada"),), result=RIGHT))
    assert [line.split(",")[0] for line in canvas_csv(class_, "HW").splitlines()[2:]] == ["Ada", "Ada", "Bob"]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-11-01 01:50:00-07:00", "2026-11-01 01:10:00-08:00"),  # the night in which an hour comes twice
        ("2026-01-02 23:00:00-08:00", "2026-01-03 08:00:00+00:00"),
        ("", "2026-01-01 00:00:00"),
    ],
)
def test_canvas_takes_the_last_submission_whatever_the_zone(earlier, later):
    """Moments count, not texts; and a last one that is not decided leaves the cell empty."""
    ada = (Person(name="Ada", sid="1"),)
    first, last = (
        Marked(id="x", people=ada, created=earlier, result=MIXED),
        Marked(id="y", people=ada, created=later, result=RIGHT),
    )
    assert [canvas_csv(pair, "HW").splitlines()[2][-4:] for pair in ((first, last), (last, first))] == [",7.5", ",7.5"]
    last = replace(last, result=None, failure="lost")
    assert canvas_csv((last, first), "HW").splitlines()[2].endswith(",")


def test_autolab(golden):
    """Two lines; the part that waits has no score, so that a person can give one."""
    golden("autolab.txt", to_autolab(MIXED))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r@", "＝", " ="])
def test_no_text_is_a_formula(start):
    """Whatever a student is called, a spreadsheet shows it and runs nothing."""
    (row,) = csv.reader(io.StringIO(as_csv([[f"{start}cmd|' /C calc'!A0", Fraction(-3, 2)]])))
    assert row[0][0] not in "=+-@\t\r＝＋－＠"
    assert row[1] == "-1.5"


@pytest.mark.parametrize("name", ['a,b"c', "a\nb", "\u202egnp.exe", "x" * 1000, "\ud800"])
def test_names_survive_csv(name):
    """Commas, quotes, line ends, direction marks and broken Unicode neither break a row nor hide in it."""
    (row,) = csv.reader(io.StringIO(as_csv([[name, "end"]])))
    assert row[1] == "end"
    assert len(row) == 2
    row[0].encode()


def test_junit_holds_what_xml_cannot():
    """Control characters of a student's text do not break the file."""
    verdict = Verdict(word=Word.NOT_YET, wrote="\x00", feedback=("\x00\x1b[2J\ufffe]]>",))
    one = Marked(
        id="a\x01<&", result=result(PartResult(part="hw0/1", title="]]>", points=Fraction(1), verdict=verdict))
    )
    root = ET.fromstring(junit_xml([one]))
    assert root[0].get("failures") == "1"


def test_junit_counts_add_up():
    """Tests are the passed, the failed, the skipped and the errors."""
    for suite in ET.fromstring(junit_xml(CLASS)):
        cases = {kind: len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "skipped", "error")}
        assert {
            "failure": int(suite.get("failures")),
            "skipped": int(suite.get("skipped")),
            "error": int(suite.get("errors")),
        } == cases
        assert len(suite.findall("testcase")) == int(suite.get("tests"))


def test_nothing_readable_costs_no_attempt():
    """A submission that cannot be read at all is not gradable for PrairieLearn, with the reasons."""
    empty = result(
        part("1a", Word.UNREADABLE, feedback=("the bracket is never closed.",)), notices=("a.py: syntax error",)
    )
    assert to_prairielearn(empty) == {
        "gradable": False,
        "format_errors": ["a.py: syntax error", "the bracket is never closed."],
    }


def test_prairielearn_takes_a_megabyte_at_most():
    """Long texts are cut until the file fits."""
    long = result(*(part(f"1.{n}", Word.NOT_YET, feedback=("\x07é" * 9_000,)) for n in range(150)))
    data = to_prairielearn(long)
    assert len(json.dumps(data)) < 1_000_000
    assert len(data["tests"]) == 150


@pytest.mark.parametrize("shown", ["prairielearn", "autolab"])
def test_hidden_checks_stay_hidden(shown):
    """What a student may not see yet is counted, but not told."""
    checks = (
        Check(name="public", standing=Standing.PASSED, worth=Fraction(1, 2), earned=Fraction(1, 2)),
        Check(
            name="secret",
            standing=Standing.FAILED,
            worth=Fraction(1, 2),
            output="the key is 42",
            visibility=Visibility.HIDDEN,
        ),
    )
    one = result(part("1a", Word.NOT_YET, "1/2", checks=checks))
    text = to_autolab(one) if shown == "autolab" else json.dumps(to_prairielearn(one))
    assert "secret" not in text
    assert "42" not in text
    assert ('"1a": 1.0' in text) if shown == "autolab" else ('"score": 0.5' in text)
