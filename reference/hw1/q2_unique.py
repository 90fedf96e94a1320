"""Problem 2: when the minimiser is the only one."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from autograder import Choice, Half, Option, Question, Source, Wrong
from autograder.oracles import MeasuredChoice


def only_one(W1: np.ndarray, A: np.ndarray, W2: np.ndarray) -> bool:
    """Whether the objective grows in every direction: no direction is invisible to both norms."""
    return bool(np.linalg.eigvalsh((W1 @ A).T @ (W1 @ A) + W2.T @ W2).min() > 1e-9)


def survivors(rng: Generator) -> str:
    """The option that predicts uniqueness in every one of many random cases with matrices of low rank."""
    claims = dict.fromkeys("abcde", True)
    for _ in range(400):
        W1, A, W2 = (_of_random_rank(rng, *shape) for shape in ((3, 3), (3, 3), (2, 3)))
        truth = only_one(W1, A, W2)
        ranks = [np.linalg.matrix_rank(M) for M in (W1, A, W2)]
        common = np.linalg.matrix_rank(np.vstack([W1 @ A, W2])) < 3
        said = {"a": True, "b": ranks[0] == 3, "c": ranks[1] == 3, "d": ranks[2] == 3, "e": not common}
        claims = {letter: alive and said[letter] == truth for letter, alive in claims.items()}
    (letter,) = [letter for letter, alive in claims.items() if alive]
    return letter


def _of_random_rank(rng: Generator, rows: int, cols: int) -> np.ndarray:
    rank = int(rng.integers(1, min(rows, cols) + 1))
    return rng.normal(size=(rows, rank)) @ rng.normal(size=(rank, cols))


questions = (
    Question(
        id="2.unique",
        title="When the minimiser is unique",
        points=1,
        prompt=r"Exactly when does the objective of problem 2 have a single minimiser?",
        source=Source("Homework 1", "2"),
        answer=Choice(
            options=(
                Option("a", "Always.", "with A = 0 and W2 = 0 every x is as good as any other"),
                Option("b", "When W1 is square and invertible.", "A and W2 may both miss a direction all the same"),
                Option("c", "When A has full column rank.", "W1 may hide a direction, and W2 may show it"),
                Option("d", "When W2 has full column rank.", "that is enough, but not needed"),
                Option("e", "When no x other than 0 has both W1 A x = 0 and W2 x = 0.", "no direction is then flat"),
            ),
            key="e",
        ),
        practice=MeasuredChoice(by=survivors),
        after=("2a",),
        rows=(42,),
        wrong=(
            Wrong("always", "a", "Find matrices for which the objective does not depend on x in some direction."),
            Wrong("weights-invertible", "b", "Let W1 be the identity and let A and W2 be 0."),
            Wrong("data-full-rank", "c", "Let A be 0 and W2 the identity: is the minimiser unique?"),
            Wrong(
                "enough-not-needed",
                "d",
                "That is enough. Is it needed? Let W2 be 0 and W1 A the identity.",
                credit=Half,
            ),
        ),
    ),
)
