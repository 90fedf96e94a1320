"""Answers of which many are right: the statement's property decides, never one stored answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from autograder.answers.asked_formula import require_formula
from autograder.answers.expression import mismatch, mismatch_of
from autograder.answers.given import Given, handed_in, unreadable
from autograder.answers.judging import settle
from autograder.answers.keys import key_tree, key_with_shape
from autograder.answers.texts import as_text, parts_by_name, shown
from autograder.equality.decide import decide
from autograder.equality.decision import Decision, Evidence, Outcome
from autograder.errors import Unreadable
from autograder.formula.errors import ShapeMismatch
from autograder.formula.read import read
from autograder.formula.rewrite import substitute
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Add, Constants, Entry, Matrix, Name, Node, Number, Sequence, walk
from autograder.question import Question, answer_name
from autograder.submission.written import Answers
from autograder.symbols import Symbol, SymbolTable
from autograder.verdict import Verdict, Word

Identities = tuple[tuple[str, str], ...]
"""Pairs of texts that must be equal, in the question's symbols and the names of the parts."""

_LINE_ENDS = frozenset(";\n\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduces:
    """One or more formulas that together have a stated property.

    Args:
        parts: the parts as symbols, with the shape that each must have (a letter of its own for a free size).
        where: ids of the questions under which the parts are answered, one for all or one each.
        judged: the part that this question judges, or "all".
        identities: what the statement demands of the parts.
        free_of: symbols that the parts may not contain, since the property must hold for all of their values.
        alone: right values of the judged part where an earlier part is wrong, so that a slip costs once.
        earlier: what the earlier parts must satisfy for `alone` not to count.
        key: one right choice, in the order of the parts; only for witnesses and the example.
    """

    parts: SymbolTable
    where: tuple[str, ...]
    judged: str
    identities: Identities
    key: tuple[str, ...]
    free_of: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    earlier: Identities = ()
    kind: str = field(default="matrices", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Put the given parts into the identities and decide each of them."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        texts = self._texts(question, answers)
        if isinstance(texts, str):
            return Verdict(word=Word.UNREADABLE, wrote=shown(written), feedback=(texts,), notices=written.notices)
        judged = tuple(texts) if self.judged == "all" else (self.judged,)
        trees: dict[str, Node] = {}
        for name, text in texts.items():
            try:
                trees[name] = self._read(question.symbols, name, text)
            except Unreadable as error:
                if name in judged:
                    return unreadable(error, shown(written), written.notices)
        shown_tree = trees[judged[0]] if len(judged) == 1 else Sequence(tuple(trees.values()), "[", "]")
        names = [symbol.name for symbol in self.parts.symbols]
        given = Given(
            wrote=shown(written),
            tree=shown_tree,
            shown=shown_tree,
            notices=written.notices,
            parts=tuple(trees[name] for name in names) if all(name in trees for name in names) else (),
        )
        return settle(
            question,
            given,
            key=self.identities,
            also=[
                ("on its own, since an earlier part is not right yet", text)
                for text in self._stands_alone(question.symbols, trees, seed)
            ],
            compare=lambda key: self._compare(question.symbols, trees, key, seed),
            explain=lambda decision: decision.reason,
            wrong=[(rule, rule.answer) for rule in question.wrong],
        )

    def _texts(self, question: Question, answers: Answers) -> dict[str, str] | str:
        names = tuple(symbol.name for symbol in self.parts.symbols)
        if len(self.where) == 1:
            return parts_by_name(answers[question.answer_name].content, names)
        found = {}
        for name, where in zip(names, self.where, strict=True):
            written = answers.get(answer_name(where))
            if written is not None and not written.trouble and not written.blank:
                found[name] = as_text(written.content)
        return found

    def _read(self, table: SymbolTable, name: str, text: str) -> Node:
        """One part as a tree; a plain 0 becomes zeros of the part's shape.

        Raises:
            Unreadable: it cannot be read, or it is no formula.
        """
        reading = read(text, table, targets=(name,))
        require_formula(reading, is_vector=True)
        if isinstance(reading.tree, Sequence):
            return self._from_list(name, reading.tree, text)
        if isinstance(reading.tree, Number) and reading.tree.value == 0:
            return _zeros(self.parts[name], table)
        return reading.tree

    def _from_list(self, name: str, tree: Sequence, text: str) -> Node:
        """A list of blocks: a vector's stand on top of each other, a matrix's as they were typed.

        Commas set them side by side, semicolons and line ends on top of each other; blocks in brackets are rows.
        """
        rows = tuple(item.items for item in tree.items if isinstance(item, Sequence) and item.opening == "[")
        if len(rows) == len(tree.items):
            return Matrix(rows, span=tree.span)
        gaps = [text[one.span[1] : two.span[0]] for one, two in pairwise(tree.items) if one.span and two.span]
        below = len(gaps) == len(tree.items) - 1 and all(set(gap) & _LINE_ENDS for gap in gaps)
        if self.parts[name].shape[1] == 1 or below:
            return Matrix(tuple((item,) for item in tree.items), span=tree.span)
        return Matrix((tree.items,), span=tree.span)

    def _stands_alone(self, table: SymbolTable, trees: dict[str, Node], seed: int) -> tuple[str, ...]:
        """The values that count for this part where an earlier part is missing or wrong by itself."""
        if not self.alone or (self.earlier and self._all_hold(table, trees, list(self.earlier), seed).equal):
            return ()
        return self.alone

    def _compare(self, table: SymbolTable, trees: dict[str, Node], key: object, seed: int) -> Decision:
        if isinstance(key, str):
            return self._is(table, trees, self.judged, key, seed)
        if key is self.identities:
            reason = self._depends(trees) or self._misfit(table, trees)
            if reason:
                return mismatch_of(reason)
        if not isinstance(key, Iterable):
            raise TypeError(f"a property is a list of pairs, not {key!r}")
        return self._all_hold(table, trees, list(key), seed)

    def _depends(self, trees: dict[str, Node]) -> str | None:
        """Why a part cannot work for all values of what the property must hold for, or None."""
        for name, tree in trees.items():
            for node in walk(tree):
                if isinstance(node, Name | Entry) and (used := _name_of(node)) in self.free_of:
                    return f"{name} depends on {used}, but the choice must work for every {used}"
        return None

    def _misfit(self, table: SymbolTable, trees: dict[str, Node]) -> str | None:
        """Which part has not the shape that it must have, or None."""
        for name, tree in trees.items():
            if isinstance(tree, Matrix):
                continue
            try:
                elaborate(self._of_its_shape(name, tree, table), table)
            except ShapeMismatch:
                noun = "vector" if self.parts[name].shape[1] == 1 else "matrix"
                try:
                    found = elaborate(tree, table)[1]
                except ShapeMismatch as error:
                    return f"{name}: {error.cause}"
                is_what = "a number" if found.is_scalar else str(found)
                return f"{name} is {is_what} here, which cannot be the {noun} that is needed"
        return None

    def _is(self, table: SymbolTable, trees: dict[str, Node], name: str, text: str, seed: int) -> Decision:
        """Whether one part is the formula of a text, of the same shape."""
        expected, shape = key_with_shape(text, table)
        try:
            given, found = elaborate(self._of_its_shape(name, trees[name], table), table)
            if found != shape:
                return mismatch_of(f"{name} is {found}, not {shape}")
        except ShapeMismatch:  # a part of a wrong shape is taken as it stands
            try:
                given, _ = elaborate(trees[name], table, expected=shape)
            except ShapeMismatch as error:
                return mismatch(error)
        return decide(expected, given, table, seed=seed)

    def _all_hold(
        self, table: SymbolTable, trees: dict[str, Node], identities: list[tuple[str, str]], seed: int
    ) -> Decision:
        """Whether every identity holds; the first that does not is the decision."""
        decision = Decision(outcome=Outcome.UNDECIDED, reason="no identity", seed=seed)
        for left, right in identities:
            try:
                if left in trees:
                    decision = self._is(table, trees, left, right, seed)
                else:
                    decision = decide(*self._fitted(table, trees, left, right), table, seed=seed)
            except ShapeMismatch as error:
                return mismatch(error)
            except KeyError as missing:
                return mismatch_of(f"{missing.args[0]} is not there")
            if not decision.equal:
                return decision
        return replace(decision, evidence=Evidence.PROPERTY)

    def _fitted(self, table: SymbolTable, trees: dict[str, Node], left: str, right: str) -> tuple[Node, Node]:
        """Both sides of an identity with the student's parts put in, of one shape.

        Raises:
            ShapeMismatch: the parts do not fit.
            KeyError: a part is missing.
        """
        wide = SymbolTable(symbols=(*table.symbols, *(s for s in self.parts.symbols if s.name not in table)))
        sides = []
        for text in (left, right):
            tree = key_tree(text, wide)
            for name in (symbol.name for symbol in self.parts.symbols):
                if any(isinstance(node, Name) and node.name == name for node in walk(tree)):
                    tree = substitute(tree, name, self._of_its_shape(name, trees[name], table))
            sides.append(tree)
        try:
            expected, shape = elaborate(sides[1], table)
            given, _ = elaborate(sides[0], table, expected=shape)
        except ShapeMismatch:
            given, shape = elaborate(sides[0], table)
            expected, _ = elaborate(sides[1], table, expected=shape)
        return expected, given

    def _of_its_shape(self, name: str, tree: Node, table: SymbolTable) -> Node:
        """The part plus zeros of the shape that it must have, so that a number cannot pass for a matrix.

        Blocks are no number, and their free size is told by their neighbours alone.
        """
        if isinstance(tree, Matrix):
            return tree
        return Add((tree, _zeros(self.parts[name], table)), span=tree.span)

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        if self.judged != "all":
            return 'a matrix or vector, with blocks as "[A; B]" (on top of each other) or "[A, B]" (side by side)'
        return f'a list [{", ".join(symbol.name for symbol in self.parts.symbols)}], such as ["2*I", "A^T", "0"]'


def _name_of(node: Name | Entry) -> str:
    return node.name if isinstance(node, Name) else node.array


def _zeros(symbol: Symbol, table: SymbolTable) -> Node:
    """Zeros of a part's shape; a size that the part chooses freely stays open."""
    sizes: list[Node | None] = []
    for size in symbol.shape:
        if isinstance(size, int):
            sizes.append(Number(Fraction(size)))
        else:
            sizes.append(Name(size) if size in table.sizes else None)
    return Constants(0, sizes[0], sizes[1])
