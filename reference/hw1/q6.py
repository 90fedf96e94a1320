"""Problem 6: sources, company and time; checked for presence only."""

from __future__ import annotations

from fractions import Fraction

from autograder import Completeness, Question, Source

Third = Fraction(1, 3)

questions = (
    Question(
        id="6a",
        title="Sources",
        points=Third,
        prompt=r"Which sources did you use? ('none' is an answer.)",
        source=Source("Homework 1", "6(a)"),
        answer=Completeness(of="text"),
        rows=(66,),
    ),
    Question(
        id="6b",
        title="Company",
        points=Third,
        prompt=r"With whom did you work? ('alone' is an answer.)",
        source=Source("Homework 1", "6(b)"),
        answer=Completeness(of="text"),
        rows=(66,),
    ),
    Question(
        id="6c",
        title="Time",
        points=Third,
        prompt=r"How many hours did it take, roughly? A number or a range.",
        source=Source("Homework 1", "6(c)"),
        answer=Completeness(of="hours"),
        rows=(66,),
    ),
)
