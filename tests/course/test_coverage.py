"""Every row of the course's inventory has a part that grades it, and the verb that shows so."""

from __future__ import annotations

import json

import pytest

from autograder import Assignment, Choice, Expression, Option, Question, Source
from autograder.cli import main
from autograder.coverage import Coverage, coverage, of_library
from autograder.submission.collect import Submission
from autograder.submission.written import Written
from reference.inventory import ROWS

JUDGED_BY_OWN_WORDS = {"completeness", "ranking"}
"""Kinds without a key: a statement that is there, an order that fits the student's own numbers."""


@pytest.fixture(scope="module")
def course() -> Coverage:
    return of_library()


def test_every_row_has_a_part(course: Coverage) -> None:
    """No row is without a part."""
    missing = {row for numbers in course.missing.values() for row in numbers}
    assert not missing, f"rows without a part: {sorted(missing)}"


def test_rows_are_numbered_through() -> None:
    """The inventory has the rows 1 to 130, each in one document."""
    assert [row for numbers in ROWS.values() for row in numbers] == list(range(1, 131))


def test_no_part_names_a_row_that_is_not_there(course: Coverage) -> None:
    """Every row that a part names is one of the inventory."""
    assert course.unknown == ()


def test_every_part_covers_a_row(course: Coverage) -> None:
    """Of the discussion and the slides, each part says which rows it covers, in its own document."""
    documents = {"dis1": "Discussion 1", "gradients": "Gradient descent slides"}
    for one in course.covered:
        assignment, _, _ = one.part.partition("/")
        assert one.document == documents.get(assignment, one.document), one


def test_keys_of_discussion_and_slides_have_their_witnesses(course: Coverage) -> None:
    """What is judged by a key has all three: derived, typed by hand, and measured."""
    for one in course.covered:
        if one.part.split("/")[0] in ("dis1", "gradients") and one.kind not in (*JUDGED_BY_OWN_WORDS, "notebook"):
            assert one.witnesses == ("key", "solution", "oracle"), one


def question(name: str, *rows: int, answer: object) -> Question:
    return Question(id=name, title="T", points=1, prompt="P", source=Source("D", "1"), answer=answer, rows=rows)  # type: ignore[arg-type]


def test_matching() -> None:
    """Rows are matched with parts; those without, and rows that do not exist, are told; witnesses are what is there."""
    options = (Option("a", "yes"), Option("b", "no"))
    assignment = Assignment(
        name="tiny",
        title="Tiny",
        points=2,
        questions=(
            question("1", 1, 2, answer=Expression("2")),
            question("2", 2, 9, answer=Choice(options=options, key="a")),
        ),
    )
    answers = {"q1": Written(name="q1", content="2", where=""), "q2": Written(name="q2", content="", where="")}
    found = coverage({"D": range(1, 4)}, [assignment], {"tiny": Submission(answers=answers, files={})})
    assert [(one.row, one.part, one.witnesses) for one in found.covered] == [
        (1, "tiny/1", ("key", "solution")),
        (2, "tiny/1", ("key", "solution")),
        (2, "tiny/2", ("key",)),
    ]
    assert found.missing == {"D": (3,)}
    assert found.unknown == (("tiny/2", 9),)
    assert found.parts(2) == ("tiny/1", "tiny/2")
    assert not found.complete


def test_verb_prints_the_table(course: Coverage, capsys: pytest.CaptureFixture[str]) -> None:
    """The table has a line per row and part, then how much is covered; the exit code says whether that is all."""
    code = main(["coverage"])
    printed = capsys.readouterr().out
    assert code == (0 if course.complete else 2)
    assert " 114  gradients/2.points " in printed
    covered = len({one.row for one in course.covered})
    assert f"{covered} of 130 rows are covered by a part." in printed


def test_verb_prints_json(course: Coverage, capsys: pytest.CaptureFixture[str]) -> None:
    """The same facts as JSON."""
    main(["coverage", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["complete"] is course.complete
    assert {"row": 1, "document": "Discussion 1", "part": "dis1/1a.i", "kind": "expression", "witnesses": ["key", "solution", "oracle"]} in printed["covered"]  # fmt: skip


def test_verb_prints_what_is_missing(course: Coverage, capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for what is missing, it prints no table."""
    main(["coverage", "--missing"])
    printed = capsys.readouterr().out
    assert "gradients/2.points" not in printed
    for document, numbers in course.missing.items():
        assert (f"{document}: no part covers {', '.join(map(str, numbers))}." in printed) is bool(numbers)
