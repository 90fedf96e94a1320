"""Answers that are a set of points, some of them whole lines with a free parameter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from autograder.answers.judging import handed_in, point_at
from autograder.answers.keys import Key, key_tree
from autograder.answers.texts import as_text, shown
from autograder.equality.decide import decide
from autograder.equality.decision import Evidence, Outcome
from autograder.errors import AuthorError, Unreadable
from autograder.formula.echo import to_unicode
from autograder.formula.errors import WrongKind
from autograder.formula.read import read
from autograder.formula.rewrite import substitute
from autograder.formula.tree import Add, Call, Div, Matrix, Mul, Name, Neg, Node, Number, Relation, Sequence, walk
from autograder.question import Question
from autograder.submission.written import Answers, Content
from autograder.symbols import Symbol, SymbolTable
from autograder.verdict import Verdict, Word

_FREE = ("t", "s", "k", "c", "r", "u", "v", "lambda", "alpha", "beta")
"""Letters that a student may take for a free parameter, beside the coordinates themselves."""

Family = tuple[Node, ...]
"""The coordinates of a point, or of a line of points where they contain a parameter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Every point of a set, each once, in any order.

    A coordinate that stands for itself (`(0, y, 0)`) or any undeclared single letter is free: then the entry is a line.

    Args:
        coordinates: names of the coordinates, in order.
        key: one entry per point or line, as texts or trees of as many coordinates.
        tolerance: relative error below which a decimal counts as the exact number.
    """

    coordinates: tuple[str, ...]
    key: tuple[Key, ...]
    tolerance: Fraction = Fraction(1, 1000)
    kind: str = field(default="set", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Match every given point with one of the key; credit is the share found, less those that are none."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        table = self._table(question.symbols)
        given: list[Family] = []
        for text in entries_of(written.content):
            try:
                given.extend(self._families(text, table))
            except Unreadable as error:
                return Verdict(
                    word=Word.UNREADABLE, wrote=shown(written), feedback=(f"{text}: {error}", point_at(error)),
                    notices=written.notices,
                )  # fmt: skip
        wanted = [self._family(key_tree(key, table)) for key in self.key]
        matches = [[self._same(want, got, table, seed) for want in wanted] for got in given]
        if any(Outcome.UNDECIDED in row and Outcome.EQUAL not in row for row in matches):
            return Verdict(word=Word.UNDECIDED, wrote=shown(written), feedback=(_UNDECIDED,), notices=written.notices)
        found = {at for row in matches for at, outcome in enumerate(row) if outcome is Outcome.EQUAL}
        strangers = [family for family, row in zip(given, matches, strict=True) if Outcome.EQUAL not in row]
        on_a_line = [family for family in strangers if self._lies_on(family, wanted, table, seed)]
        wrong = [family for family in strangers if family not in on_a_line]
        complete = len(found) == len(wanted) and not wrong
        share = max(Fraction(0), Fraction(len(found) - len(wrong), len(wanted)))
        return Verdict(
            word=Word.OK if complete else Word.NOT_YET,
            credit=Fraction(1) if complete else min(share, Fraction(len(wanted) - 1, len(wanted))),
            evidence=Evidence.BALL,
            wrote=shown(written),
            read_as="; ".join(_shown(family) for family in given),
            feedback=() if complete else self._feedback(len(found), len(wanted), wrong, on_a_line),
            notices=written.notices,
        )

    def _table(self, table: SymbolTable) -> SymbolTable:
        names = {symbol.name for symbol in table.symbols}
        extra = [*self.coordinates, *_FREE]
        added = tuple(Symbol(name=name) for name in dict.fromkeys(extra) if name not in names)
        return replace(table, symbols=(*table.symbols, *added))

    def _families(self, text: str, table: SymbolTable) -> list[Family]:
        """The points that one entry gives; a list of points gives several.

        Raises:
            Unreadable: it is no point of so many coordinates.
        """
        reading = read(text, table)
        tree = reading.tree
        if isinstance(tree, Matrix) and len(tree.rows[0]) == len(self.coordinates):
            return [tuple(row) for row in tree.rows]
        if isinstance(tree, Sequence) and all(isinstance(item, Sequence) for item in tree.items):
            return [self._family(item, text) for item in tree.items]
        return [self._family(tree, text)]

    def _family(self, tree: Node, text: str = "") -> Family:
        """The coordinates of `(0, y, 0)`, or of `x = 0 and z = 0` with what is not said left free."""
        size = len(self.coordinates)
        if isinstance(tree, Matrix) and len(tree.rows) == size and all(len(row) == 1 for row in tree.rows):
            return tuple(row[0] for row in tree.rows)
        if isinstance(tree, Sequence) and len(tree.items) == size:
            items = [_right_side(item) for item in tree.items]
            return tuple(items)
        stated = _stated(tree, self.coordinates)
        if stated:
            return tuple(stated.get(name, Name(name)) for name in self.coordinates)
        if not text:
            raise AuthorError(f"{to_unicode(tree)} is no point with {size} coordinates. Write ({', '.join(self.coordinates)}).")
        start, end = tree.span or (0, len(text))
        raise WrongKind(
            f"this is no point with {size} coordinates", text=text, start=start, end=end,
            repair=f"Write ({', '.join(self.coordinates)}) with formulas or numbers.",
        )  # fmt: skip

    def _same(self, wanted: Family, given: Family, table: SymbolTable, seed: int) -> Outcome:
        """Whether both mean the same point or the same line."""
        free = _free(given, table, self.coordinates)
        if bool(_free(wanted, table, self.coordinates)) != bool(free):
            return Outcome.DIFFERENT
        if free:
            return self._same_line(wanted, given, free, table, seed)
        outcomes = [self._close(want, got, table, seed) for want, got in zip(wanted, given, strict=True)]
        return _all(outcomes)

    def _close(self, want: Node, got: Node, table: SymbolTable, seed: int) -> Outcome:
        """Equal, or equal up to the rounding of a decimal."""
        decision = decide(want, got, table, seed=seed)
        if not decision.different or not _is_decimal(got):
            return decision.outcome
        error = Call("abs", (Add((got, Neg(want))),))
        allowed = Call("abs", (Div(want, Number(1 / self.tolerance)),))
        near = decide(Call("max", (error, allowed)), allowed, table, seed=seed)
        return near.outcome

    def _same_line(self, wanted: Family, given: Family, free: str, table: SymbolTable, seed: int) -> Outcome:
        """Lines agree when one coordinate runs over all numbers, and the others follow it in the same way."""
        runner = next(at for at, want in enumerate(wanted) if isinstance(want, Name) and want.name in self.coordinates)
        own = self.coordinates[runner]
        if not _is_affine(given[runner], free, table, seed):
            return Outcome.DIFFERENT
        outcomes = [
            decide(substitute(want, own, given[runner]), got, table, seed=seed).outcome
            for at, (want, got) in enumerate(zip(wanted, given, strict=True))
            if at != runner
        ]
        return _all(outcomes)

    def _lies_on(self, family: Family, wanted: list[Family], table: SymbolTable, seed: int) -> bool:
        """Whether a single point belongs to one of the lines: true, but no more than a part of it."""
        if _free(family, table, self.coordinates):
            return False
        for line in wanted:
            if not _free(line, table, self.coordinates):
                continue
            runner = next(at for at, want in enumerate(line) if isinstance(want, Name))
            own = self.coordinates[runner]
            if all(
                at == runner or decide(substitute(want, own, family[runner]), got, table, seed=seed).equal
                for at, (want, got) in enumerate(zip(line, family, strict=True))
            ):
                return True
        return False

    def _feedback(self, found: int, wanted: int, wrong: list[Family], on_a_line: list[Family]) -> tuple[str, ...]:
        said = [f"{found} of the {wanted} points or families of points are there."]
        if wrong:
            said.append(f"{_shown(wrong[0])} does not belong to the set: put it into the condition.")
        if on_a_line:
            said.append(f"{_shown(on_a_line[0])} belongs to it, but is it alone? Which coordinate could move?")
        return tuple(said)

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        names = self.coordinates
        free = ", ".join(name if at == 0 else "1" for at, name in enumerate(names))
        numbers = ", ".join(str(at) for at in range(len(names)))
        return f'a list with one entry per point or family, such as ["({numbers})", "({free})"]; a free coordinate keeps its name'


_UNDECIDED = "One of the points could not be decided. A person will look at it; until then it costs nothing."


def entries_of(content: Content) -> list[str]:
    """The entries of an answer: the items of a list, the points of one text, or one dict by coordinate."""
    if isinstance(content, dict):
        return [", ".join(f"{name} = {as_text(value)}" for name, value in content.items())]
    if isinstance(content, tuple):
        if content and all(isinstance(part, str) and not _looks_like_point(part) for part in content):
            return [f"({', '.join(as_text(part) for part in content)})"]
        return [entry for part in content for entry in _entry(part)]
    text = content.strip()
    for opening, closing in (("[", "]"), ("\\{", "\\}"), ("{", "}")):
        inner = text.removeprefix(opening).removesuffix(closing).strip()
        if text.startswith(opening) and text.endswith(closing) and inner.startswith("("):
            text = inner
    pieces, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0 and (char in ";\n" or (char == "," and text[start:at].strip().endswith((")", "]")))):
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [cleaned for piece in pieces if (cleaned := piece.strip().removeprefix("and ").strip())]


def _entry(part: Content) -> list[str]:
    if isinstance(part, tuple):
        return [f"({', '.join(as_text(item) for item in part)})"]
    return entries_of(part)


def _looks_like_point(text: str) -> bool:
    return any(mark in text for mark in "(=[")


def _right_side(node: Node) -> Node:
    """`x = 0` inside a point as its right-hand side."""
    return node.operands[1] if isinstance(node, Relation) and node.signs == ("=",) else node


def _stated(tree: Node, coordinates: tuple[str, ...]) -> dict[str, Node]:
    """What equations say of the coordinates; {} when something else is said."""
    parts = tree.args if hasattr(tree, "args") and not isinstance(tree, Relation) else (tree,)
    if isinstance(tree, Sequence):
        parts = tree.items
    out: dict[str, Node] = {}
    for part in parts:
        if not (isinstance(part, Relation) and set(part.signs) == {"="}):
            return {}
        *names, value = part.operands
        for name in names:
            if not isinstance(name, Name) or name.name not in coordinates:
                return {}
            out[name.name] = value
    return out


def _free(family: Family, table: SymbolTable, coordinates: tuple[str, ...]) -> str:
    """The parameter in the coordinates, "" where there is none."""
    del table
    for node in family:
        for part in walk(node):
            if isinstance(part, Name) and (part.name in coordinates or part.name in _FREE):
                return part.name
    return ""


def _is_affine(node: Node, free: str, table: SymbolTable, seed: int) -> bool:
    """Whether a coordinate runs over all numbers: a non-constant multiple of the parameter plus a constant."""
    at_zero, at_one = (substitute(node, free, Number(Fraction(value))) for value in (0, 1))
    slope = Add((at_one, Neg(at_zero)))
    line = Add((at_zero, Mul((slope, Name(free)))))
    return decide(line, node, table, seed=seed).equal and decide(slope, Number(Fraction(0)), table, seed=seed).different


def _is_decimal(node: Node) -> bool:
    """Whether a number was typed as a decimal, and so may be rounded."""
    return any(isinstance(part, Number) and part.value.denominator > 1 for part in walk(node))


def _all(outcomes: list[Outcome]) -> Outcome:
    if Outcome.DIFFERENT in outcomes:
        return Outcome.DIFFERENT
    return Outcome.UNDECIDED if Outcome.UNDECIDED in outcomes else Outcome.EQUAL


def _shown(family: Family) -> str:
    return f"({', '.join(to_unicode(node) for node in family)})"
