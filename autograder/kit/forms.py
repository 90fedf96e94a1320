"""How the answer of each kind of part must look: read without a key, by the readers that the grader itself uses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.answers.asked_bound import AskedBound
from autograder.answers.asked_entries import in_order
from autograder.answers.asked_formula import AskedFormula, require_formula
from autograder.answers.asked_letters import AskedLetters
from autograder.answers.asked_lines import is_label, lines_of
from autograder.answers.asked_objective import bare
from autograder.answers.asked_range import AskedRange
from autograder.answers.numbers import is_table
from autograder.answers.options import Option, code_in, listed
from autograder.answers.point_texts import entries_of
from autograder.answers.ranking import Ranking
from autograder.answers.texts import as_text, parts_by_name, shown
from autograder.formula.echo import to_unicode
from autograder.formula.errors import UnknownName, WrongKind
from autograder.formula.read import read
from autograder.formula.shapes import Shape, elaborate
from autograder.formula.tree import Node, Piecewise
from autograder.submission.written import Answers, Written
from autograder.symbols import SymbolTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it was read: the formulas in it, how they are shown back, and what the student should know."""

    trees: tuple[Node, ...]
    read_as: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFormula:
    """One formula.

    Args:
        asked: what it must look like.
        by: names of a vector's entries, for answers given by name.
        entries: whether it is a vector or matrix whose entries are typed out.
        objective: "" or, for a function to minimise, "positive" where any positive factor is right and "named" where not.
    """

    asked: AskedFormula
    by: tuple[str, ...] = ()
    entries: bool = False
    objective: str = ""

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The formula, its shapes filled in."""
        del answers  # it stands alone
        if self.entries:
            listed = in_order(written, self.by)
            if isinstance(listed, str):
                raise _refused(listed)
            written = listed
        if self.objective:
            written = bare(written, any_factor=self.objective == "positive")
        return self.read_text(as_text(written.content), table)

    def read_text(self, text: str, table: SymbolTable) -> Answered:
        """The same for a text."""
        reading = self.asked.read(text, table)
        tree, _ = elaborate(
            reading.tree, table, text=text, expected=self.asked.shape, row_or_column=self.asked.row_or_column
        )
        if isinstance(tree, Piecewise) and len(tree.branches) == 1 and tree.otherwise is None:
            tree = tree.branches[0][0]  # `formula for eta < a`: where it holds was not asked
        return Answered(trees=(tree,), read_as=to_unicode(reading.tree), notices=reading.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyFormulas:
    """Several formulas in a fixed order."""

    names: tuple[str, ...]
    each: tuple[OneFormula, ...]

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The formulas, in their order."""
        del answers
        texts = parts_by_name(written.content, self.names)
        if isinstance(texts, str):
            raise _refused(texts)
        found = [form.read_text(texts[name], table) for name, form in zip(self.names, self.each, strict=True)]
        return Answered(
            trees=tuple(tree for one in found for tree in one.trees),
            read_as="; ".join(f"{name}: {one.read_as}" for name, one in zip(self.names, found, strict=True)),
            notices=tuple(notice for one in found for notice in one.notices),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRange:
    """A set of values of one variable."""

    asked: AskedRange

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The condition on the variable."""
        del answers
        given = self.asked.read(table, written)
        return Answered(trees=(given.tree,), read_as=given.read_as, notices=given.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneBound:
    """A number of steps."""

    asked: AskedBound

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The bound as it was stated."""
        del answers
        given, _ = self.asked.read(table, written)
        return Answered(trees=(given.tree,), read_as=given.read_as, notices=given.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Letters of the options of a part; `each_once` where they are put in an order."""

    asked: AskedLetters
    part: str
    each_once: bool = False

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The letters, as the student's own form lists them where there is one."""
        del table
        try:
            code = code_in(answers) if self.asked.may_be_own else ""
        except ValueError as error:
            raise _refused(str(error)) from None
        asked = self._of_own_form(code) if code else self.asked
        letters = asked.read(written.content)
        if isinstance(letters, str):
            raise _refused(letters)
        if self.each_once and len(set(letters)) != len(letters):
            raise _refused(f"Give each of {', '.join(asked.letters)} exactly once, in your order.")
        return Answered(trees=(), read_as=", ".join(letters))

    def _of_own_form(self, code: str) -> AskedLetters:
        pairs = zip(self.asked.letters, self.asked.texts, strict=True)
        own = listed([Option(letter, text) for letter, text in pairs], self.part, code)
        return replace(
            self.asked,
            letters=tuple(one.letter for one in own),
            texts=tuple(one.option.text for one in own),
            own=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Methods in an order: each by its name, then its spellings."""

    compared: tuple[tuple[str, ...], ...]

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The order; numbers in its place stand for themselves."""
        del table, answers
        if is_table(written.content):
            return Answered(trees=(), read_as="")
        chain = Ranking(compared=self.compared, numbers="", unit="", plausible=(0.0, 0.0)).read(written.content)
        if isinstance(chain, str):
            raise _refused(chain)
        return Answered(trees=(), read_as=str(chain))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A derivation: a list of expressions of one shape."""

    shape: Shape

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The expressions, in their order."""
        del answers
        trees = []
        for line in lines_of(written.content):
            try:
                reading = read(line, table)
            except UnknownName:
                if is_label(line, shown(written), table):
                    continue
                raise
            require_formula(reading, is_vector=False)
            trees.append(elaborate(reading.tree, table, text=line, expected=self.shape)[0])
        return Answered(trees=tuple(trees), read_as="; ".join(map(to_unicode, trees)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Formulas of which many are right together; `judged` names the one that this part answers, or is ""."""

    names: tuple[str, ...]
    judged: str = ""

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The formulas, as typed: their shapes are told by their property only."""
        del answers
        found = {self.judged: as_text(written.content)} if self.judged else parts_by_name(written.content, self.names)
        if isinstance(found, str):
            raise _refused(found)
        read_as = []
        for name, text in found.items():
            reading = read(text, table, targets=(name,))
            require_formula(reading, is_vector=True)
            read_as.append(f"{name}: {to_unicode(reading.tree)}")
        return Answered(trees=(), read_as="; ".join(read_as))


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSet:
    """A set of points with these coordinates."""

    coordinates: tuple[str, ...]

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """The entries."""
        del answers
        trees = [
            read(text, table, targets=(f"({', '.join(self.coordinates)})",)).tree
            for text in entries_of(written.content, self.coordinates)
        ]
        return Answered(trees=(), read_as="; ".join(map(to_unicode, trees)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """A text that is not read as mathematics."""

    def read(self, written: Written, table: SymbolTable, answers: Answers) -> Answered:
        """Nothing: it is there."""
        del written, table, answers
        return Answered(trees=(), read_as="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Functions, each with the names of its parameters; `any_one` where one of them is enough."""

    functions: tuple[tuple[str, str], ...]
    any_one: bool = False


Form = OneFormula | ManyFormulas | OneRange | OneBound | Letters | Order | Lines | Parts | PointSet | FreeText | Code


def _refused(sentence: str) -> WrongKind:
    cause, _, repair = sentence.partition(". ")
    return WrongKind(cause.rstrip("."), repair=repair)
