"""What stands beside a wrong answer for authors: the key, entry by entry, case by case, or what a function returned."""

from __future__ import annotations

import html
import re
from fractions import Fraction

import numpy as np
import pytest

from autograder.assignments import load
from autograder.equality.decision import Evidence
from autograder.functions.returned import read_line
from autograder.places import LIBRARY
from autograder.verdict import Verdict, Word
from autograder.workbench.tables import witness_tables
from autograder.workbench.witness import witness_plot
from tests.course import dis1_answers, foundations_answers, gradients_answers, hw1_answers
from tests.course.judged import judge, written
from tests.workbench.test_pages import raw, shown

pytestmark = pytest.mark.untraced

ROWS = {
    "hw1": hw1_answers.ROWS,
    "dis1": dis1_answers.ROWS,
    "gradients": gradients_answers.ROWS,
    "foundations": foundations_answers.ROWS,
}
COURSE = {name: load(name, LIBRARY) for name in ROWS}


def tables(name, part, typed):
    question = COURSE[name].question(part)
    return witness_tables(question, judge(question, typed), written(question, typed))


SHOWN = {
    "a vector": ("hw1", "2a", "(A^T*A)^-1*A^T*b", "Entry by entry", ("entry", "the key", "the answer", "")),
    "two matrices": ("hw1", "2b.normal", ("A^T*A", "A^T*b"), "Entry by entry", ("entry", "the key", "the answer", "")),
    "a property": ("hw1", "2b.C", "[W1*A; 2*W2]", "What the statement demands", ("demand", "the right side", "the left side", "")),
    "three parts": ("hw1", "2c", ("I", "lambda*I", "0"), "What the statement demands", ("demand", "the right side", "the left side", "")),
    "a bound": ("hw1", "1b", "ln(1/epsilon)", "Entry by entry", ("entry", "the key", "the answer", "")),
    "data": ("dis1", "1a.i", "2*sum(theta - y_i)", "Entry by entry", ("entry", "the key", "the answer", "")),
    "a derivation": (
        "hw1", "3.map",
        ("X^T*(X*X^T + lambda*I)^-1*y", "X^T*X*X^T*y", "X^T*y", "(X^T*X + lambda*I)^-1*X^T*y"),
        "Line by line", ("line", "read as", "its value", ""),
    ),
    "cases": ("hw1", "1b.regime", ("a", "b", "d", "d"), "Case by case", ("case", "the key", "the answer", "")),
    "an order": ("hw1", "3.argument", "e,d,c,b,a", "Pair by pair", ("pair", "the key", "places in the answer", "")),
    "points": ("gradients", "2.points", ("(0,0,0)", "(1,1,1)"), "Point by point", ("point", "the key", "the answer", "")),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHOWN)
def test_an_answer_stands_beside_the_key(kind):
    """Every kind has its table; rows that differ say so in a word, and numbers differ where they do."""
    name, part, typed, title, columns = SHOWN[kind]
    (table,) = tables(name, part, typed)
    assert (table.title, table.columns) == (title, columns)
    assert all(len(row) == len(columns) for row in table.rows)
    assert any(row[-1].startswith("differs") for row in table.rows)
    assert all(row[1] != row[2] for row in table.rows if row[-1] == "differs")


def test_cases_that_agree_are_not_marked():
    """Of four cases one is wrong."""
    (table,) = tables("hw1", "1b.regime", ("a", "b", "d", "d"))
    assert [row[1:] for row in table.rows] == [("a", "a", ""), ("b", "b", ""), ("c", "d", "differs"), ("d", "d", "")]


def test_a_ranking_stands_beside_the_students_own_numbers():
    """The order that was claimed, and the one that the numbers have."""
    question = COURSE["dis1"].question("2.order10")
    answers = written(question, "all < out < ridge") | {
        "q2_errors": written(COURSE["dis1"].question("1a.i"), {"10": {"ridge": "0.01", "out": "0.02", "all": "0.03"}})[
            "q1a_i"
        ]
    }
    verdict = question.answer.judge(question, answers, seed=1)
    (table,) = witness_tables(question, verdict, answers)
    assert table.rows == (
        ("ridge", "1. with 0.01", "3.", "differs"), ("out", "2. with 0.02", "2.", ""), ("all", "3. with 0.03", "1.", "differs"),
    )  # fmt: skip


def test_matrices_are_drawn_at_sizes_that_differ():
    """A transpose is seen by its shape."""
    (table,) = tables("hw1", "3.cov_wy", "X")
    assert table.rows == (("value", "of shape (3, 2)", "of shape (2, 3)", "differs"),)
    assert "n = 2, d = 3" in table.says


def test_nearly_every_wrong_answer_has_a_picture_or_a_table():
    """Of all wrong answers of the course's tables that were read, those without are shapes that fit nowhere and lists cut short."""
    wrong = [
        (COURSE[name].question(row.part), row)
        for name, rows in ROWS.items()
        for row in rows[::7]
        if row.word == "not yet"
    ]
    without, counted = [], 0
    for question, row in wrong:
        verdict = judge(question, row.typed)
        if verdict.evidence is Evidence.TYPE or not verdict.read_as:
            continue
        counted += 1
        found = witness_tables(question, verdict, written(question, row.typed))
        if not found and (verdict.reading is None or not witness_plot(question, verdict.reading, 0)):
            without.append((question.id, row.typed))
    assert counted > 100
    assert len(without) <= 0.03 * counted, without


def test_a_function_is_shown_with_what_it_returned(client):
    """The first published input that fails: its answer beside the reference's."""
    page = raw(client, "small/3/", answer="def double(x):\n    return 3 * x")
    assert "What double returned" in page
    text = shown(client, "small/3/", answer="def double(x):\n    return 3 * x")
    assert re.search(r"entry the reference the answer result [\d.]+ [\d.]+ differs", text)


def test_lines_of_what_was_returned_are_read_back():
    """Numbers, vectors and matrices; what is not such a line is none."""
    line = "ridge on n > d: returned [[1.0, null]]; the reference returns [[1.5, 2.0]]"
    assert read_line(line) == ("ridge", "n > d", [[1.0, None]], [[1.5, 2.0]])
    assert read_line("ridge: 13 inputs tried; n > d (published): gives a wrong value") is None
    question = COURSE["hw1"].question("3.code")
    verdict = Verdict(word=Word.NOT_YET, credit=Fraction(0), staff=("ridge: 13 inputs tried", line))
    (table,) = witness_tables(question, verdict, {})
    assert table.rows == (("result [1]", "1.5", "1", "differs"), ("result [2]", "2", "—", "differs"))


def test_a_table_is_text(client):
    """What authors write is escaped, and the table names what it shows."""
    page = raw(client, "small/1c/", answer="a")
    assert 'aria-labelledby="beside1"' in page
    assert html.unescape(re.search(r"<th scope=\"row\">(a: .*?)</th>", page)[1]) == "a: this $x^2$"
    assert np.all([cell in page for cell in ("applies", "does not", "not named", "differs")])


def test_a_right_answer_and_a_missing_one_have_no_table(client):
    """There is nothing to tell apart."""
    assert "by option" not in raw(client, "small/1c/", answer="b")
    assert "beside1" not in raw(client, "small/3/", answer="x = 1")
