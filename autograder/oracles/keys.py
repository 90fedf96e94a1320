"""The formulas that a question's answer holds, as trees for an oracle to evaluate."""

from __future__ import annotations

from typing import Any

from autograder.answers.keys import key_tree
from autograder.formula.tree import Node
from autograder.question import Question


def key_trees(question: Question) -> tuple[Node, ...]:
    """The key's trees: one, one per entry of a list, the parts of a property's example, or a derivation's two ends."""
    return tuple(key_tree(key, question.symbols) for key in _keys(question.answer))


def _keys(answer: Any) -> tuple[Any, ...]:
    if hasattr(answer, "answers"):
        return tuple(key for entry in answer.answers for key in _keys(entry))
    if hasattr(answer, "start"):
        return (answer.start, answer.end)
    return answer.key if isinstance(answer.key, tuple) else (answer.key,)
