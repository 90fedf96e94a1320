"""Discussion 1: gradient-descent mechanics on two models, and what the ReLU notebook shows."""

from __future__ import annotations

from autograder import Assignment, Source
from autograder.question import Topic, with_witnesses
from reference.dis1 import q1_code, q1a, q1b, q2_notebook, q2_rankings, q2_ridge, witnesses

assignment = Assignment(
    name="dis1",
    title="Discussion 1",
    points=40,
    topics={
        "1": Topic("gradient descent", (Source("Note 2", "1"),)),
        "2": Topic("ReLU networks", (Source("Note 2", "2.3 and 2.4"),)),
    },
    questions=with_witnesses(
        (question for file in (q1a, q1b, q1_code, q2_notebook, q2_rankings, q2_ridge) for question in file.questions),
        witnesses.witnesses,
    ),
)
