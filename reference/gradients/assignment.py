"""The slides on gradient descent: partial derivatives, critical points, descent on a parabola, batches."""

from __future__ import annotations

from autograder import Assignment, Source
from autograder.question import Topic, with_witnesses
from reference.gradients import q1, q2, q3, q3_code, q4_batches, q4_directions, witnesses

assignment = Assignment(
    name="gradients",
    title="Gradient descent",
    points=40,
    topics={
        "1": Topic("partial derivatives"),
        "2": Topic("critical points"),
        "3": Topic("learning rates", (Source("Note 2", "1.2"),)),
        "4": Topic("batches", (Source("Note 2", "1.1"),)),
    },
    questions=with_witnesses(
        (question for file in (q1, q2, q3, q3_code, q4_directions, q4_batches) for question in file.questions),
        witnesses.witnesses,
    ),
)
