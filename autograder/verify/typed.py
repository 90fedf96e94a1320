"""Keys and misconceptions as a student would type them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograder.answers.choice import Choice
from autograder.answers.families import Space
from autograder.answers.families import shown as shown_point
from autograder.answers.keys import key_tree
from autograder.answers.ordering import Ordering
from autograder.answers.points import Points
from autograder.answers.ranking import Ranking
from autograder.answers.reduces import Reduces
from autograder.answers.several import Several
from autograder.formula.echo import to_latex, to_unicode
from autograder.formula.tree import Node
from autograder.question import Question
from autograder.submission.written import Content
from autograder.symbols import SymbolTable


def key_content(question: Question) -> Content | None:
    """The key as a student would type it; None where it is no text (code, a derivation, a free text)."""
    answer: Any = question.answer
    if isinstance(answer, Several):
        return tuple(_text(one.key, question.symbols) for one in answer.answers)
    if isinstance(answer, Ordering):
        return tuple(_in_order(answer))
    if isinstance(answer, Reduces):
        place = {symbol.name: text for symbol, text in zip(answer.parts.symbols, answer.key, strict=True)}
        return answer.key if answer.judged == "all" else place[answer.judged]
    return typed(question, answer.key) if hasattr(answer, "key") else None


def typed(question: Question, wrong: Any) -> Content | None:
    """An author's right or wrong answer as a student would type it; None where it describes a behaviour or a property."""
    answer: Any = question.answer
    match answer:
        case Choice():
            return _letters(answer, wrong)
        case Several():
            parts = zip(answer.answers, wrong, strict=True)
            return tuple(_text(one.key if given is None else given, question.symbols) for one, given in parts)
        case Points():
            space = Space.of(answer.coordinates, question.symbols, answer.tolerance, 0)
            return tuple(shown_point(space.point(key_tree(point, space.table))) for point in wrong)
        case Reduces():
            if isinstance(wrong, str):
                return wrong
            is_formula = len(wrong) == 1 and wrong[0][0] == answer.judged
            return str(wrong[0][1]) if is_formula else None
        case Ordering():
            return None
        case Ranking():
            return str(wrong)
    return _text(wrong, question.symbols) if hasattr(answer, "key") else None


def key_trees(question: Question) -> tuple[Node, ...]:
    """The trees of a key that is one formula or several; () for other kinds."""
    answer: Any = question.answer
    if isinstance(answer, Several):
        return tuple(key_tree(one.key, question.symbols) for one in answer.answers)
    if isinstance(answer, Choice | Points | Reduces | Ordering) or not hasattr(answer, "key"):
        return ()
    return (key_tree(answer.key, question.symbols),)


def spellings(question: Question) -> tuple[str, ...]:
    """The texts by which a key could be told: its echo, its LaTeX, and how SymPy or the author writes it."""
    found: dict[str, None] = {}
    for tree in key_trees(question):
        found |= dict.fromkeys((to_unicode(tree), to_latex(tree)))
    answer: Any = question.answer
    keys = [one.key for one in answer.answers] if isinstance(answer, Several) else [getattr(answer, "key", None)]
    if isinstance(answer, Points | Reduces):
        keys = list(answer.key)
    if isinstance(answer, Points):
        keys = [*keys, *(typed(question, answer.key) or ())]
    if not isinstance(answer, Choice | Ordering):
        found |= dict.fromkeys(str(key) for key in keys if key is not None and not isinstance(key, Node))
    return tuple(found)


def _text(key: object, table: SymbolTable) -> str:
    return key if isinstance(key, str) else to_unicode(key_tree(key, table))


def _letters(answer: Choice, pattern: Any) -> Content:
    """Letters that fit a rule's pattern: of alternatives the first, and the right one where any letter fits."""
    if isinstance(pattern, str) or not isinstance(pattern, Iterable):
        return str(pattern)
    wanted = tuple(pattern)
    letters = [
        (answer.key_letters[place] if place < len(answer.key_letters) else answer.options[0].letter)
        if want is None
        else (want[0] if isinstance(want, tuple) else str(want))
        for place, want in enumerate(wanted)
    ]
    return tuple(letters)


def _in_order(answer: Ordering) -> list[str]:
    """An order that keeps every pair."""
    left = [option.letter for option in answer.options]
    placed: list[str] = []
    while left:
        ready = next(one for one in left if all(first not in left for first, later in answer.key if later == one))
        left.remove(ready)
        placed.append(ready)
    return placed
