"""A last look at a kit before anybody gets it: nothing in it may come from the half of a question that is not public."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.build.modules import ENGINE
from autograder.formula.tree import Node
from autograder.kit.check import STATEMENTS
from autograder.question import Question
from autograder.symbols import Bound
from autograder.verify.leaks import known
from autograder.verify.rows import Context
from autograder.verify.sentences import TELLING, gives_away

_SHORT = 20  # characters; shorter reasons ("after the choice") may stand anywhere


def telling(context: Context, files: Mapping[str, bytes]) -> Iterator[str]:
    """Everything in a kit's files that a student must not have, each as a sentence; nothing when it is clean."""
    for name, data in files.items():
        inner = name.split("/", 2)[-1]
        if name.endswith(f"/{STATEMENTS}"):
            yield from _in_statements(json.loads(data))
        elif inner.startswith(f"{ENGINE.name}/"):
            if data and data != (ENGINE.parent / inner).read_bytes():
                yield f"{name} is not the engine's own file"
        else:
            yield from (f"{name} {said}" for said in _in_text(context, data.decode("utf-8")))
    secret = context.assignment.secret
    if secret and any(secret in data for data in files.values()):
        yield "the course's secret is in the kit"


def _in_text(context: Context, text: str) -> Iterator[str]:
    for question in context.assignment:
        found = gives_away(text, known(context, question), shortest=TELLING)
        if found:
            yield f"shows the key of {question.id}: {found!r}"
        for sentence in _kept_back(question):
            if len(sentence) >= _SHORT and sentence in text:
                yield f"holds what is said of a mistake in {question.id}: {sentence!r}"


def _kept_back(question: Question) -> Iterator[str]:
    """What students read of a part only once they have answered it, or never."""
    yield from (rule.sentence for rule in question.wrong)
    yield question.hint
    yield from (option.reason for option in getattr(question.answer, "options", ()))


def _in_statements(data: Any, *, domain: bool = False) -> Iterator[str]:
    """Formulas that are no ends of a symbol's domain: a kit has none, only numbers and names."""
    if isinstance(data, list):
        for inner in data:
            yield from _in_statements(inner, domain=domain)
    elif isinstance(data, dict):
        kind = data.get("kind of", "")
        if kind in _FORMULAS and not domain:
            yield f"{STATEMENTS} holds a formula: a {kind}"
        for inner in data.values():
            yield from _in_statements(inner, domain=domain or kind == Bound.__name__)


def _names(kind: type[Any]) -> Iterator[str]:
    for inner in kind.__subclasses__():
        yield inner.__name__
        yield from _names(inner)


_FORMULAS = frozenset(_names(Node))
