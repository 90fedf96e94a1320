"""The course's documents and their numbered rows: everything in them that can be checked, counted through."""

from __future__ import annotations

ROWS = {
    "Discussion 1": range(1, 25),
    "Homework 1": range(25, 67),
    "Note 2": range(67, 94),
    "Lecture 2": range(94, 105),
    "Gradient descent slides": range(105, 131),
}
