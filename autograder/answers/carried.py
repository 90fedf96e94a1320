"""Error carried forward: a part that builds on an earlier one, judged beside the student's own earlier answer.

A slip costs once. Where the earlier answer is wrong, and the later one follows from it, the later one earns its points and
the student is told so. Nothing is carried from an answer that is right, missing, unreadable or the same whatever its symbols
stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from autograder.answers.keys import key_with_shape
from autograder.answers.update import Update
from autograder.equality.decide import decide
from autograder.equality.decision import Evidence
from autograder.equality.sets import decide_sets
from autograder.errors import AuthorError, Undecided, Unreadable
from autograder.formula.read import read
from autograder.formula.rewrite import substitute
from autograder.formula.tree import Assigned, Entry, Matrix, Name, Node, Product, Sequence, Sum, children, walk
from autograder.question import Assignment, Level, Question, answer_name
from autograder.submission.written import Answers
from autograder.symbols import Kind, Symbol, SymbolTable
from autograder.verdict import Verdict, Word

Identities = tuple[tuple[str, str], ...]

_QUOTED = re.compile(r"\b(q\d\w*|given)\b(?:\[([^\]]*)\])?")
"""An earlier answer by its name, or the one that is judged, with values for its symbols: `q1a[sigma = sigma_l]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How a part follows from the student's own earlier answers; give `key` or `either`.

    In the texts an earlier answer stands under its name, with values for its symbols in brackets:
    `"[q1a[sigma = sigma_l], q1a[sigma = sigma_s]]"`; `given` is the answer that is judged.

    Args:
        key: what is right beside them, one text per formula.
        either: lists of identities; the answer follows when all of one list hold.
        provided: identities that the earlier answers must satisfy for `key` or `either` to mean anything.
    """

    key: str | tuple[str, ...] = ""
    either: tuple[Identities, ...] = ()
    provided: Identities = ()

    def __post_init__(self) -> None:
        if bool(self.key) == bool(self.either):
            raise AuthorError("an error is carried by a key or by identities: give one of the two.")
        if not self.names:
            raise AuthorError("an error is carried from an earlier answer: name one, such as q1a.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the earlier answers."""
        texts = [*((self.key,) if isinstance(self.key, str) else self.key)]
        texts += [text for pairs in (*self.either, self.provided) for pair in pairs for text in pair]
        found = {match[1]: None for text in texts for match in _QUOTED.finditer(text)}
        return tuple(name for name in found if name != "given")


def beside_own_answers(
    assignment: Assignment, question: Question, answers: Answers, verdict: Verdict, *, seed: int
) -> Verdict | None:
    """The verdict with full credit where the answer is right beside the student's own earlier ones, else None."""
    carried = question.carried
    if carried is None or verdict.word is not Word.NOT_YET or verdict.reading is None:
        return None
    earlier = {answer_name(other.id): other for other in assignment if answer_name(other.id) in carried.names}
    missing = sorted(set(carried.names) - set(earlier))
    if missing:
        raise AuthorError(f"{question.id}: an error is carried from {missing[0]}, which answers no part.")
    judged = {
        name: other.answer.judge(_plain(other), answers, seed=seed)
        for name, other in earlier.items()
        if name in answers and not answers[name].trouble and not answers[name].blank
    }
    slips = [name for name, found in judged.items() if found.word is Word.NOT_YET]
    trees = {name: _bare(found.reading) for name, found in judged.items() if found.reading is not None}
    if (
        not slips
        or set(trees) != set(earlier)
        or not all(_says_something(earlier[name], tree, seed) for name, tree in trees.items())
    ):
        return None
    table = _joined_tables(question.symbols, [_table(other) for other in earlier.values()])
    own = _Earlier(table=table, trees=trees, seed=seed)
    evidence = own.follows(carried, question, answers, _bare(verdict.reading))
    if evidence is None:
        return None
    ids = tuple(earlier[name].id for name in slips)
    said = f"Right, given your own answer to {' and '.join(ids)}: the slip there costs nothing here."
    return replace(
        verdict, word=Word.OK, credit=Fraction(1), evidence=evidence, misconception=None, witness="", feedback=(said,),
        carried=ids, staff=(*verdict.staff, f"carried from {', '.join(ids)}"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Earlier:
    """The student's own earlier answers, over the symbols of all parts concerned.

    Args:
        trees: by the answers' names.
    """

    table: SymbolTable
    trees: Mapping[str, Node]
    seed: int

    def follows(self, carried: Carried, question: Question, answers: Answers, given: Node) -> Evidence | None:
        """How it was decided that an answer follows from these, None where it does not, or cannot be told."""
        try:
            if not self.hold(carried.provided):
                return None
            if carried.either:
                return self._by_identities(carried, given)
            texts = (carried.key,) if isinstance(carried.key, str) else carried.key
            changed = _with_key(question, self.table, tuple(map(self.tree, texts)))
            verdict = changed.answer.judge(changed, answers, seed=self.seed)
        except (Unreadable, Undecided, AuthorError):
            return None  # the earlier answer does not fit here: nothing can be built on it
        return verdict.evidence if verdict.word is Word.OK else None

    def _by_identities(self, carried: Carried, given: Node) -> Evidence | None:
        if set(_free_names(given)) & set(self.table.indices):
            return None  # a single point's index would be caught by a sum over all points
        mine = replace(self, trees={**self.trees, "given": given})
        other = _like(given, self.table)
        wide = replace(self.table, symbols=(*self.table.symbols, other))
        any_answer = replace(self, table=wide, trees={**self.trees, "given": Name(other.name)})
        # Identities that any answer satisfies say nothing of this one.
        found = any(mine.hold(pairs) and not any_answer.hold(pairs) for pairs in carried.either)
        return Evidence.PROPERTY if found else None

    def hold(self, identities: Identities) -> bool:
        """Whether both sides of each are equal."""
        for pair in identities:
            left, shape = key_with_shape(self.tree(pair[0]), self.table)
            right, _ = key_with_shape(self.tree(pair[1]), self.table, shape)
            if not decide(left, right, self.table, seed=self.seed).equal:
                return False
        return True

    def tree(self, text: str) -> Node:
        """A text with the student's trees in the places of their names."""
        places: dict[str, Node] = {}

        def place(match: re.Match[str]) -> str:
            tree = self.trees[match[1]]
            for pair in filter(None, map(str.strip, (match[2] or "").split(","))):
                name, _, value = pair.partition("=")
                tree = substitute(tree, name.strip(), self.tree(value))
            places[f"earlier_{len(places)}"] = tree
            return f"earlier_{len(places) - 1}"

        plain = _QUOTED.sub(place, text)
        extra = tuple(_placeholder(name, tree, self.table) for name, tree in places.items())
        found = read(plain, replace(self.table, symbols=(*self.table.symbols, *extra))).tree
        for name, tree in places.items():
            found = substitute(found, name, tree)
        return found


_ANY, _OTHER = "any_answer", "other_value"


def _like(tree: Node, table: SymbolTable) -> Symbol:
    """A symbol of which nothing is known but its shape."""
    _, shape = key_with_shape(tree, table)
    if shape.is_scalar:
        return Symbol(name=_ANY)
    return Symbol(
        name=_ANY, kind=Kind.MATRIX, shape=(str(shape.rows), 1 if str(shape.cols) == "1" else str(shape.cols))
    )


def _placeholder(name: str, tree: Node, table: SymbolTable) -> Symbol:
    """A name for a tree; one with matrices in it may be transposed."""
    matrices = any(
        isinstance(node, Matrix) or (isinstance(node, Name) and _is_matrix(node.name, table)) for node in walk(tree)
    )
    return Symbol(name=name, kind=Kind.MATRIX, shape=("rows", "cols")) if matrices else Symbol(name=name)


def _is_matrix(name: str, table: SymbolTable) -> bool:
    symbol = table.get(name)
    return symbol is not None and symbol.kind is Kind.MATRIX


def _with_key(question: Question, table: SymbolTable, keys: tuple[Node, ...]) -> Question:
    """The question as it stands for this student: with the key that follows from the earlier answers, and no other."""
    answer: Any = question.answer
    if hasattr(answer, "answers"):
        parts = tuple(replace(part, key=key, also=()) for part, key in zip(answer.answers, keys, strict=True))
        return replace(_plain(question), symbols=table, answer=replace(answer, answers=parts))
    return replace(_plain(question), symbols=table, answer=replace(answer, key=keys[0], also=()))


def _plain(question: Question) -> Question:
    """The question without what is said of wrong answers."""
    return replace(question, wrong=(), shows=None, draws=None, carried=None, level=Level.VERDICT)


def _table(question: Question) -> SymbolTable:
    return question.answer.table(question.symbols) if isinstance(question.answer, Update) else question.symbols


def _joined_tables(table: SymbolTable, others: list[SymbolTable]) -> SymbolTable:
    """A table with the symbols of others, under their canonical names alone, so that no spelling is taken twice."""
    symbols = {symbol.name: symbol for symbol in table.symbols}
    for other in others:
        for symbol in other.symbols:
            symbols.setdefault(symbol.name, replace(symbol, aliases=()))
    indices = dict.fromkeys((*table.indices, *(index for other in others for index in other.indices)))
    return SymbolTable(symbols=tuple(symbols.values()), indices=tuple(indices))


def _bare(tree: Node) -> Node:
    """The formula of `target = formula`; formulas in a list each on their own."""
    if isinstance(tree, Assigned):
        return _bare(tree.value)
    if isinstance(tree, Sequence):
        return replace(tree, items=tuple(map(_bare, tree.items)))
    return tree


def _says_something(question: Question, tree: Node, seed: int) -> bool:
    """Whether a formula depends on any symbol: from a bare number, and from `1 + 0*sigma`, anything would follow.

    The variable of a set is none: `eta < 1/(1 - 1)` says as little as its bound.
    """
    variable = getattr(question.answer, "variable", "")
    used = (
        node.name if isinstance(node, Name) else node.array for node in walk(tree) if isinstance(node, Name | Entry)
    )
    names = [name for name in dict.fromkeys(used) if name != variable]
    return any(_depends_on(name, tree, variable, _table(question), seed) for name in names)


def _depends_on(name: str, tree: Node, variable: str, table: SymbolTable, seed: int) -> bool:
    """Whether a formula is another one with another value of a symbol, as far as can be told."""
    if name in table.sizes:  # sums over data have it in any case
        return not any(isinstance(node, Entry) for node in walk(tree))
    symbol = table.get(name)
    if symbol is None:  # a bound index
        return False
    wide = replace(table, symbols=(*table.symbols, replace(symbol, name=_OTHER, aliases=())))
    try:
        changed = substitute(tree, name, Name(_OTHER))
        if variable:
            return not decide_sets(tree, changed, variable, wide, seed=seed).equal
        left, shape = key_with_shape(tree, wide)
        return not decide(left, key_with_shape(changed, wide, shape)[0], wide, seed=seed).equal
    except (Unreadable, Undecided, AuthorError):
        return True


def _free_names(tree: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """The names in a formula that no sum or product binds."""
    if isinstance(tree, Name) and tree.name not in bound:
        yield tree.name
    inner = bound | {tree.index} if isinstance(tree, Sum | Product) else bound
    for child in children(tree):
        yield from _free_names(child, inner)
