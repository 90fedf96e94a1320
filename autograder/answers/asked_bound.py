"""A number of steps as it is asked for, without the key, so that students can have it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from autograder.answers.given import Given
from autograder.answers.texts import as_text, shown
from autograder.equality.bounds import StatedBound, bound_of
from autograder.formula.echo import to_unicode
from autograder.formula.errors import UnknownName, WrongKind
from autograder.formula.read import Reading, read
from autograder.formula.shapes import elaborate
from autograder.formula.tree import Name
from autograder.submission.written import Written
from autograder.symbols import SymbolTable

_OWN_NAME = re.compile(r"[A-Za-z]{1,12}")
_SUBJECT = re.compile(r"<=|>=|<|>|=|≤|≥|\\(?:leq?|geq?|leqslant|geqslant|ge|gt|lt)(?![A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBound:
    """The smallest value of the counting variable `variable` (its canonical name) that is enough."""

    variable: str

    def read(self, table: SymbolTable, written: Written) -> tuple[Given, StatedBound]:
        """What the student wrote, and the bound in it.

        Raises:
            Unreadable: it cannot be read, it bounds nothing, or its shapes do not fit.
        """
        text = as_text(written.content)
        reading = self._reading(text, table)  # `t = E` is a bound, and `t<-E` is below -E: no left-hand side to drop
        bound = bound_of(reading.tree, self.variable)
        if bound is None:
            start, end = reading.tree.span or (0, len(text))
            raise WrongKind(
                f"this gives no bound for {to_unicode(Name(self.variable))}", text=text, start=start, end=end,
                repair=f"Write {self.variable} >= formula, or the formula alone.",
            )  # fmt: skip
        bound = replace(bound, expression=elaborate(bound.expression, table, text=text)[0])
        notices = (*written.notices, *reading.notices)
        return Given(wrote=shown(written), tree=reading.tree, shown=reading.tree, notices=notices), bound

    def _reading(self, text: str, table: SymbolTable) -> Reading:
        """The text as read; a name of the student's own for the number of steps (`n >= …`) stands for the variable."""
        try:
            return read(text, table)
        except UnknownName as error:
            before, behind = text[: error.start].strip(" $\n"), text[error.end :].strip(" $\n")
            if not (_OWN_NAME.fullmatch(error.found) and (_SUBJECT.match(behind) if not before else not behind)):
                raise
            symbol = table[self.variable]
            named = replace(symbol, aliases=(*symbol.aliases, error.found))
            symbols = tuple(named if each.name == symbol.name else each for each in table.symbols)
            reading = read(text, replace(table, symbols=symbols))
            return replace(reading, notices=(*reading.notices, f"{error.found} was read as {self.variable}."))
