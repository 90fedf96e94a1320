"""Every row of the tables of the foundations."""

from __future__ import annotations

from tests.course.answer_table import Part, Row, rows
from tests.course.foundations_choices import CHOICES
from tests.course.foundations_formulas import FORMULAS

TABLE: dict[str, Part] = {**FORMULAS, **CHOICES}

ROWS: tuple[Row, ...] = tuple(rows(TABLE))
