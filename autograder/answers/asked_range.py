"""A set of values of one variable as it is asked for, without the key, so that students can have it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.answers.given import Given
from autograder.answers.texts import as_text, pointing_into, shown
from autograder.formula.brackets import as_set
from autograder.formula.echo import to_unicode
from autograder.formula.errors import WrongKind
from autograder.formula.read import Reading, read
from autograder.formula.roles import CONDITION
from autograder.formula.tree import (
    Add,
    And,
    Call,
    Div,
    Member,
    Mul,
    Name,
    Neg,
    Node,
    Pow,
    Relation,
    Sequence,
    SetOf,
    Union,
    children,
    walk,
)  # fmt: skip
from autograder.formula.tree import Interval as Between
from autograder.submission.written import Content, Written
from autograder.symbols import SymbolTable

_NO_NUMBERS = (Between, Union, SetOf, Sequence)
_UPPER = ("high", "upper", "max", "maximum", "sup", "to", "right", "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRange:
    """The set of values of `variable` (its canonical name) that is asked for."""

    variable: str

    def read(self, table: SymbolTable, written: Written) -> Given:
        """What the student wrote, as a condition on the variable.

        Raises:
            Unreadable: it cannot be read, or it says nothing of the variable.
        """
        text = as_text(_ends_in_order(written.content))
        # the variable is no left-hand side here: `eta = a` is one value, and `eta<-a` is below -a
        with pointing_into(text):
            reading = read(self._bare(_without_doubled_brackets(written, text), table), table)
        tree = self.as_condition(reading.tree)
        notices = (*written.notices, *reading.notices)
        if isinstance(tree, Relation) and tree is not reading.tree:
            notices = (*notices, f"A formula alone was read as an upper bound: {to_unicode(tree)}.")
        if not any(isinstance(node, Name) and node.name == self.variable for node in walk(tree)):
            start, end = reading.tree.span or (0, len(text))
            raise WrongKind(
                f"this says nothing of {to_unicode(Name(self.variable))}", text=reading.text, start=start, end=end,
                repair=f"Write a range such as 0 < {self.variable} < a.",
            )  # fmt: skip
        self._refuse_sets_in_formulas(tree, reading)
        return Given(wrote=shown(written), tree=tree, shown=tree, notices=notices)

    def _bare(self, text: str, table: SymbolTable) -> str:
        r"""`\max \eta = 1/\sigma^2` as the bare bound; places in the text stay where they are."""
        found = re.match(rf"[\s$]*\\?(?:max|sup)\s*[({{]?\s*\\?(?:{self._spelled(table)})\s*[)}}]?\s*=(?!=)", text)
        return self._between(text, table) if found is None else " " * len(found[0]) + text[len(found[0]) :]

    def _between(self, text: str, table: SymbolTable) -> str:
        """`eta between a and b` as `eta in (a , b)`, every character of the ends in its place."""
        found = re.match(
            rf"[\s$]*(?:\\?(?:{self._spelled(table)})[\s$]+(?:is\s+|lies\s+|must\s+(?:be|lie)\s+)?)?(?P<word>(?:strictly\s+)?between)\s"
            r"(?P<low>.+?)\s(?P<and>and)\s(?P<high>.+?)[\s$.]*$",
            text,
            re.DOTALL | re.IGNORECASE,
        )
        if found is None or re.search(r"\band\b", found["high"]):
            return text
        end = found.end("word")
        comma, last = found.span("and")
        return f"{'(':>{end}}{text[end:comma]}{',':<{last - comma}}{text[last : found.end('high')]})"

    def _spelled(self, table: SymbolTable) -> str:
        """The variable as it is typed, as a pattern."""
        symbol = table.get(self.variable)
        names = (self.variable, to_unicode(Name(self.variable)), *(symbol.aliases if symbol else ()))
        return "|".join(map(re.escape, names))

    def _refuse_sets_in_formulas(self, tree: Node, reading: Reading) -> None:
        for node in walk(tree):
            inside = isinstance(node, Add | Mul | Div | Neg | Pow | Call)
            found = [child for child in children(node) if inside and isinstance(child, _NO_NUMBERS)]
            if found:
                start, end = found[0].span or (0, len(reading.text))
                raise WrongKind(
                    "a range stands where a number is needed", text=reading.text, start=start, end=end,
                    repair=f"Write a range such as 0 < {self.variable} < a.",
                )  # fmt: skip

    def as_condition(self, tree: Node) -> Node:
        """A set as `variable in set`, a bare formula as an upper bound (the lower end is given by the statement)."""
        if isinstance(tree, CONDITION) and not _is_intersection(tree):
            return tree
        if isinstance(tree, Sequence) and tree.items and all(isinstance(item, CONDITION) for item in tree.items):
            return And(tree.items, span=tree.span)  # a list of conditions: all of them
        variable = Name(self.variable)
        if _is_intersection(tree):
            return Member(variable, tree, span=tree.span)
        if isinstance(tree, Sequence) and tree.opening in ("(", "[", "") and len(tree.items) == 2:
            container = as_set(tree) if tree.opening else Between(*tree.items, low_closed=False, high_closed=False)
            return Member(variable, container, span=tree.span)
        if isinstance(tree, Between | Union | SetOf | Sequence):
            return Member(variable, tree, span=tree.span)
        if any(isinstance(node, Name) and node.name == self.variable for node in walk(tree)):
            return tree
        return Relation((variable, tree), ("<",), span=tree.span)


def _is_intersection(tree: Node) -> bool:
    """Whether this is `A ∩ B`."""
    return isinstance(tree, And) and all(isinstance(item, Between | Union | SetOf | Sequence) for item in tree.args)


def _without_doubled_brackets(written: Written, text: str) -> str:
    """Two ends in a Python tuple, list or dict are an interval: it says nothing of whether they belong to it."""
    if not isinstance(written.content, str) and len(written.content) == 2:
        return f"({text[1:-1]})"
    return text


def _ends_in_order(content: Content) -> Content:
    """`{"high": a, "low": b}` with the lower end first."""
    if isinstance(content, dict) and len(content) == 2 and next(iter(content)).lower() in _UPPER:
        return dict(reversed(content.items()))
    return content
