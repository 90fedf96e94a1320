"""Edits of keys and of typed solutions, as a student would type them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.answers.choice import Choice
from autograder.answers.reduces import Reduces
from autograder.answers.several import Several
from autograder.errors import AutograderError
from autograder.formula.echo import to_unicode
from autograder.formula.read import read
from autograder.formula.tree import Node
from autograder.question import Question
from autograder.submission.written import Content
from autograder.verify.mutants import mutants
from autograder.verify.rows import Context
from autograder.verify.typed import key_content, key_trees

_FORMULAS = frozenset({"expression", "expressions", "vector", "interval", "derivation", "set", "matrices", "update"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A key with one edit.

    Args:
        typed: as a student would type it.
        shown: for the checklist.
        trees: the key, or the piece of it that was edited, and the edit.
        answer: the question's answer with the edit in the key's place, None where there is no such thing.
    """

    typed: Content
    shown: str
    trees: tuple[Node, Node] | None = None
    answer: Any = None


def of_key(question: Question) -> list[Mutant]:
    """The key with one edit."""
    return _different(_all(question, question.answer), ())


def of_solution(context: Context, question: Question, others: Sequence[Mutant]) -> list[Mutant]:
    """The typed solution with one edit, where that is not among the others."""
    return _different(_of_solution(context, question), others)


def _different(every: Iterator[Mutant], others: Sequence[Mutant]) -> list[Mutant]:
    """Each text once, and none that is among the others."""
    seen = {mutant.shown for mutant in others}
    found = []
    for mutant in every:
        if mutant.shown not in seen:
            seen.add(mutant.shown)
            found.append(mutant)
    return found


def _of_solution(context: Context, question: Question) -> Iterator[Mutant]:
    """The typed solution with one edit in one of its formulas; letters and orders are those of the key."""
    written = context.answers.get(question.answer_name)
    if written is None or question.answer.kind not in _FORMULAS:
        return
    own: Any = question.answer
    keys = key_trees(question)
    for path, text in _texts(written.content):
        try:
            tree = read(text, question.symbols, targets=getattr(question.answer, "targets", ())).tree
        except AutograderError:
            continue  # a label in front of it, or a notation of its kind's own: there is no tree to edit
        for changed in mutants(tree):
            shown = to_unicode(changed)
            place = f"{'.'.join(str(one + 1) for one in path)}: " if path else ""
            typed = _put(written.content, path, shown)
            key: Any = changed if not path and len(keys) == 1 else None
            if isinstance(own, Reduces) and own.judged == "all":
                key = typed
            answer = None if key is None else replace(own, key=key)
            yield Mutant(
                typed=typed, shown=f"{place}{shown}", trees=(_key_at(path, keys, tree), changed), answer=answer
            )


def _key_at(path: tuple[int, ...], keys: tuple[Node, ...], typed: Node) -> Node:
    """The key's formula that belongs to a place of the solution; the solution's own where the key has another form."""
    if len(keys) == 1 and not path:
        return keys[0]
    return keys[path[0]] if len(keys) > 1 and len(path) == 1 and path[0] < len(keys) else typed


def _texts(content: Content, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], str]]:
    """Every text of an answer with its place in the lists."""
    if isinstance(content, str):
        yield path, content
    elif not isinstance(content, Mapping):
        for place, part in enumerate(content):
            yield from _texts(part, (*path, place))


def _put(content: Content, path: tuple[int, ...], text: str) -> Content:
    if not path or not isinstance(content, tuple):
        return text
    place = path[0]
    return (*content[:place], _put(content[place], path[1:], text), *content[place + 1 :])


def _all(question: Question, answer: Any) -> Iterator[Mutant]:
    if isinstance(answer, Choice):
        yield from _letters(answer)
    elif isinstance(answer, Several):
        texts = list(key_content(question) or ())
        for place, tree in enumerate(key_trees(question)):
            for changed in mutants(tree):
                shown = to_unicode(changed)
                edited = tuple(map(str, (*texts[:place], shown, *texts[place + 1 :])))
                one = replace(answer.answers[place], key=changed)
                whole = replace(answer, answers=(*answer.answers[:place], one, *answer.answers[place + 1 :]))
                yield Mutant(typed=edited, shown=f"{answer.names[place]}: {shown}", trees=(tree, changed), answer=whole)
    elif isinstance(answer, Reduces):
        yield from _of_property(question, answer)
    else:
        for tree in key_trees(question):
            own = to_unicode(tree)
            for changed in mutants(tree):
                shown = to_unicode(changed)
                if shown != own:
                    yield Mutant(typed=shown, shown=shown, trees=(tree, changed), answer=replace(answer, key=changed))


def _letters(answer: Choice) -> Iterator[Mutant]:
    """The key with one other letter."""
    key = answer.key_letters
    for place, own in enumerate(key):
        for option in answer.options:
            edited = (*key[:place], option.letter, *key[place + 1 :])
            same_set = answer.several and set(edited) == set(key)
            if option.letter != own and not same_set:
                yield Mutant(typed=edited if len(key) > 1 else option.letter, shown=", ".join(edited))


def _of_property(question: Question, answer: Reduces) -> Iterator[Mutant]:
    """One of the parts edited, the others as in the author's example."""
    for place, (symbol, text) in enumerate(zip(answer.parts.symbols, answer.key, strict=True)):
        if answer.judged not in ("all", symbol.name):
            continue
        for changed in mutants(read(text, question.symbols).tree):
            edited = to_unicode(changed)
            whole = (*answer.key[:place], edited, *answer.key[place + 1 :])
            content = whole if answer.judged == "all" else edited
            yield Mutant(typed=content, shown=f"{symbol.name} = {edited}", answer=replace(answer, key=whole))
