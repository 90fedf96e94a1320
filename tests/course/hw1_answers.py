"""Every row of the tables of homework 1."""

from __future__ import annotations

from tests.course import hw1_problem_1, hw1_problem_2, hw1_problem_3, hw1_problem_4, hw1_problem_5
from tests.course.answer_table import Part, Row, rows

TABLE: dict[str, Part] = {
    **hw1_problem_1.TABLE,
    **hw1_problem_2.TABLE,
    **hw1_problem_3.TABLE,
    **hw1_problem_4.TABLE,
    **hw1_problem_5.TABLE,
}

ROWS: tuple[Row, ...] = tuple(rows(TABLE))
