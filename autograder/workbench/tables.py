"""The witness as a table for authors: the answer beside the key, entry by entry, case by case, pair by pair."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np

from autograder.answers.choice import Choice
from autograder.answers.derivation import Derivation
from autograder.answers.families import Space, shown
from autograder.answers.interval import Interval
from autograder.answers.keys import key_tree
from autograder.answers.numbers import reported
from autograder.answers.ordering import Ordering
from autograder.answers.points import Points
from autograder.answers.ranking import Ranking
from autograder.answers.reduces import Reduces
from autograder.equality.decision import Outcome
from autograder.formula.echo import to_unicode
from autograder.formula.tree import Node, Sequence, names_in
from autograder.functions.returned import read_line
from autograder.oracles.keys import key_trees
from autograder.oracles.measured import bound_beside
from autograder.oracles.numeric import Point
from autograder.oracles.witnesses import place_of, told
from autograder.question import Question
from autograder.submission.written import Answers
from autograder.symbols import SymbolTable
from autograder.verdict import Verdict
from autograder.workbench.beside import (
    CANNOT,
    Row,
    drawn_point,
    marked,
    of_one_size,
    off,
    parts_of,
    rows_beside,
    telling_point,
    value_of,
)
from autograder.workbench.desk import Table

_MOST_ROWS = 36


def witness_tables(question: Question, verdict: Verdict, answers: Answers) -> tuple[Table, ...]:
    """The tables for a wrong answer, () where there is nothing to set side by side.

    Args:
        question: with its key.
        verdict: on the answer.
        answers: all that were handed in; a ranking is set beside the student's own numbers.
    """
    answer = question.answer
    letters = tuple(letter.strip() for letter in verdict.read_as.replace("→", ",").split(","))
    if isinstance(answer, Choice):
        return (_choice(answer, letters),)
    if isinstance(answer, Ordering):
        return (_ordering(answer, letters),)
    if isinstance(answer, Ranking):
        return _ranking(answer, verdict.read_as, answers)
    returned = tuple(table for line in verdict.staff if (table := _returned(line)) is not None)
    if returned or verdict.reading is None or isinstance(answer, Interval):
        return returned  # a range is drawn, with its numbers
    try:
        with np.errstate(all="ignore"):
            return _of_formulas(question, answer, verdict.reading)
    except CANNOT:
        return ()


def _of_formulas(question: Question, answer: object, reading: Node) -> tuple[Table, ...]:
    if isinstance(answer, Derivation):
        return _derivation(question, reading)
    if isinstance(answer, Reduces):
        return _identities(question, answer, reading)
    if isinstance(answer, Points):
        return _points(question, answer, reading)
    return _entries(question, parts_of(reading, len(key_trees(question))))


def _choice(answer: Choice, letters: Row) -> Table:
    if answer.cases:
        rows = [marked(*row) for row in zip_longest(answer.cases, answer.key_letters, letters, fillvalue="—")]
        return Table(title="Case by case", columns=("case", "the key", "the answer", ""), rows=tuple(rows))
    listed = [
        marked(
            f"{option.letter}: {option.text}",
            "applies" if option.letter in answer.key_letters else "does not",
            "named" if option.letter in letters else "not named",
            same=(option.letter in answer.key_letters) == (option.letter in letters),
        )
        for option in answer.options
    ]
    return Table(title="Option by option", columns=("option", "the key", "the answer", ""), rows=tuple(listed))


def _ordering(answer: Ordering, letters: Row) -> Table:
    rows = [
        marked(
            f"{first} before {later}",
            "required",
            f"{letters.index(first) + 1}. and {letters.index(later) + 1}.",
            same=letters.index(first) < letters.index(later),
        )
        for first, later in answer.key
        if first in letters and later in letters
    ]
    return Table(title="Pair by pair", columns=("pair", "the key", "places in the answer", ""), rows=tuple(rows))


def _ranking(answer: Ranking, chain: str, answers: Answers) -> tuple[Table, ...]:
    own = reported(answers, answer.numbers, answer.setting, answer.methods).values
    places = {name.strip(): at for at, names in enumerate(chain.split("<"), 1) for name in names.split("≈")}
    ranked = sorted(own, key=own.__getitem__)
    rows = [
        marked(
            name,
            f"{ranked.index(name) + 1}. with {told(own[name])}",
            f"{places[name]}.",
            same=ranked.index(name) + 1 == places[name],
        )
        for name in ranked
        if name in places
    ]
    columns = ("method", "by the student's own number", "place in the answer", "")
    return (Table(title="Method by method", columns=columns, rows=tuple(rows)),) if rows else ()


def _points(question: Question, answer: Points, reading: Node) -> tuple[Table, ...]:
    if not isinstance(reading, Sequence):
        return ()
    space = Space.of(answer.coordinates, question.symbols, answer.tolerance, 0)
    wanted = [space.point(key_tree(key, space.table)) for key in answer.key]
    given = [item.items for item in reading.items if isinstance(item, Sequence)]
    found = [[space.same(want, got) is Outcome.EQUAL for want in wanted] for got in given]
    rows: list[Row] = []
    for got, row in zip(given, found, strict=True):
        on = next((want for want in wanted if not any(row) and space.lies_on(got, want)), None)
        beside = next((shown(want) for want, same in zip(wanted, row, strict=True) if same), "")
        rows.append(marked(shown(got), beside or (f"on {shown(on)}" if on else "—"), "given", same=any(row)))
    missing = [want for at, want in enumerate(wanted) if not any(row[at] for row in found)]
    rows += [marked(shown(want), shown(want), "—", same=False) for want in missing]
    return (Table(title="Point by point", columns=("point", "the key", "the answer", ""), rows=tuple(rows)),)


def _returned(line: str) -> Table | None:
    found = read_line(line)
    if found is None:
        return None
    name, kind, mine, key = found
    rows: list[Row] = []
    for at, (one, other) in enumerate(zip_longest(mine, key)):
        prefix = f"result {at + 1}" if max(len(mine), len(key)) > 1 else "result"
        rows += rows_beside(prefix, *(None if side is None else np.array(side, dtype=float) for side in (other, one)))
    return Table(
        title=f"What {name} returned",
        says=f"On the published input of the kind {kind}.",
        columns=("entry", "the reference", "the answer", ""),
        rows=_cut(rows),
    )


def _entries(question: Question, given: tuple[Node, ...]) -> tuple[Table, ...]:
    keys = key_trees(question)
    keys = (bound_beside(keys[0]),) if len(keys) == 1 else keys
    point = telling_point(question, keys, given) if len(keys) == len(given) else None
    if point is None:
        return ()
    names = getattr(question.answer, "names", None) or ("value",) * len(keys)
    rows: list[Row] = []
    for name, key, mine in zip(names, keys, given, strict=True):
        rows += rows_beside(name, *of_one_size(value_of(key, point), value_of(mine, point)))
    return (_table("Entry by entry", point, rows),)


def _identities(question: Question, answer: Reduces, reading: Node) -> tuple[Table, ...]:
    """Both sides of what the statement demands of the parts that this answer holds, with those parts put in."""
    names = [symbol.name for symbol in answer.parts.symbols] if answer.judged == "all" else [answer.judged]
    given = parts_of(reading, len(names)) if len(names) > 1 else (reading,)
    point = drawn_point(question)
    own = (
        {name: value_of(tree, point) for name, tree in zip(names, given, strict=True)}
        if len(given) == len(names)
        else {}
    )
    known = {**point, **{name: found for name, found in own.items() if found is not None}}
    wide = SymbolTable(
        symbols=(*question.symbols.symbols, *(s for s in answer.parts.symbols if s.name not in question.symbols))
    )
    rows: list[Row] = []
    for left, right in answer.identities:
        sides = [key_tree(text, wide) for text in (right, left)]
        if all(names_in(side) <= known.keys() for side in sides):
            rows += rows_beside(f"{left} = {right}", *of_one_size(*(value_of(side, known) for side in sides)))
    columns = ("demand", "the right side", "the left side", "")
    return (_table("What the statement demands", point, rows, columns),) if rows else ()


def _derivation(question: Question, reading: Node) -> tuple[Table, ...]:
    lines = reading.items if isinstance(reading, Sequence) else (reading,)
    point = drawn_point(question)
    found = [value_of(line, point) for line in lines]
    if any(one is None for one in found):
        return ()
    rows: list[Row] = [
        (
            f"{at + 1}",
            to_unicode(line),
            told(here),
            "" if not at else "differs from the line above" if off(here, found[at - 1]) else "as above",
        )
        for at, (line, here) in enumerate(zip(lines, found, strict=True))
    ]
    return (_table("Line by line", point, rows, ("line", "read as", "its value", "")),)


def _table(title: str, point: Point, rows: list[Row], columns: Row = ("entry", "the key", "the answer", "")) -> Table:
    place = place_of(point).strip()
    return Table(title=title, says=f"{place}." if place else "", columns=columns, rows=_cut(rows))


def _cut(rows: list[Row]) -> tuple[Row, ...]:
    if len(rows) <= _MOST_ROWS:
        return tuple(rows)
    left = len(rows) - _MOST_ROWS
    return (*rows[:_MOST_ROWS], ("…", *[""] * (len(rows[0]) - 2), f"{left} more"))
