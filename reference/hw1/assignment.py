"""Homework 1: learning rates, Tikhonov, MAP and kernel ridge, instance noise, linearised networks."""

from __future__ import annotations

from autograder import Assignment, Source
from autograder.question import Topic, with_witnesses
from reference.hw1 import (
    q1a,
    q1b,
    q1c,
    q1d,
    q1e,
    q1f,
    q1g,
    q1g_code,
    q2_code,
    q2_unique,
    q2a,
    q2b,
    q2c,
    q3,
    q3_code,
    q3_covariances,
    q4a,
    q4b,
    q5,
    q5a_features,
    q5b_decomposition,
    q5c_two_layers,
    q6,
    witnesses_estimators,
    witnesses_noise,
    witnesses_rates,
)

assignment = Assignment(
    name="hw1",
    title="Homework 1",
    points=100,
    topics={
        "1": Topic("learning rates", (Source("Note 2", "1.2"), Source("Gradient descent slides", "p. 13 to 18"))),
        "2": Topic("Tikhonov regularisation", (Source("Lecture 2", "3"),)),
        "3": Topic("ridge regression as MAP estimate", (Source("Lecture 2", "3"),)),
        "4": Topic("noise as regularisation"),
        "5": Topic("ReLU networks", (Source("Note 2", "2.3"),)),
        "6": Topic("about the homework"),
    },
    questions=with_witnesses(
        (
            question
            for file in (
                *(q1a, q1b, q1c, q1d, q1e, q1f, q1g, q1g_code),
                *(q2a, q2b, q2c, q2_unique, q2_code),
                *(q3_covariances, q3, q3_code),
                *(q4a, q4b, q5, q5a_features, q5b_decomposition, q5c_two_layers, q6),
            )
            for question in file.questions
        ),
        witnesses_rates.witnesses | witnesses_estimators.witnesses | witnesses_noise.witnesses,
    ),
)
