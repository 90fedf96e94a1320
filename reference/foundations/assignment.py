"""Foundations: Note 2 and Lecture 2, from one step of descent to nested optimisation."""

from __future__ import annotations

from autograder import Assignment
from autograder.question import Topic, with_witnesses
from reference.foundations import (
    q1_batches,
    q1_rates,
    q1_steps,
    q2_dead,
    q2_interpolate,
    q2_networks,
    q2_units,
    q3_nested,
    q3_risk,
    q3_selection,
    witnesses,
)

assignment = Assignment(
    name="foundations",
    title="Foundations",
    points=40,
    topics={
        "1": Topic("gradient descent"),
        "2": Topic("ReLU networks"),
        "3": Topic("risk and regularisation"),
    },
    questions=with_witnesses(
        (
            question
            for file in (
                *(q1_steps, q1_batches, q1_rates),
                *(q2_units, q2_networks, q2_interpolate, q2_dead),
                *(q3_risk, q3_selection, q3_nested),
            )
            for question in file.questions
        ),
        witnesses.witnesses,
    ),
)
