"""One class per cause for which a typed formula cannot be read; all of them are `Unreadable`.

Unreadable
├── EmptyFormula, TooLong, TooComplex      limits
├── BadCharacter                           a character that no formula has
├── UnknownName, UnknownFunction           nothing of that name is declared
├── UnexpectedToken, MissingOperand        the grammar
├── UnclosedBracket, UnopenedBracket
├── AmbiguousProduct                       `1/2x`: two readings, and none is guessed
├── DecimalComma                           `0,5`
├── WrongArguments, BadSum, BadIndex
├── ShapeMismatch                          matrices that do not fit
└── WrongKind                              an inequality where an expression is asked, and the like
"""

from __future__ import annotations

from typing import TypeVar

from autograder.errors import Unreadable

Reason = TypeVar("Reason", bound=Unreadable)
"""Any class of this tree."""


class EmptyFormula(Unreadable):
    """There is nothing to read."""


class TooLong(Unreadable):
    """More characters than any answer needs."""


class TooComplex(Unreadable):
    """Nested too deep, too many parts, or a number with too many digits."""


class BadCharacter(Unreadable):
    """A character that has no meaning in a formula, or one that only looks like a letter."""


class UnknownName(Unreadable):
    """A name that the question does not declare."""


class UnknownFunction(Unreadable):
    """A function that no formula may use."""


class UnexpectedToken(Unreadable):
    """A sign or word where none can stand."""


class MissingOperand(Unreadable):
    """An operator with nothing to work on."""


class UnclosedBracket(Unreadable):
    """A bracket that is never closed."""


class UnopenedBracket(Unreadable):
    """A closing bracket that was never opened."""


class AmbiguousProduct(Unreadable):
    """`1/2x` may mean (1/2)·x or 1/(2x); neither is guessed."""


class DecimalComma(Unreadable):
    """`0,5` may be a decimal number or two numbers."""


class WrongArguments(Unreadable):
    """A function with too few or too many arguments."""


class BadSum(Unreadable):
    """A sum without a readable index or range."""


class BadIndex(Unreadable):
    """An index on something that has no entries, or one that is bound nowhere."""


class ShapeMismatch(Unreadable):
    """Matrices or vectors whose shapes do not fit together."""


class WrongKind(Unreadable):
    """The formula was read, but it is not of the kind that is asked (an inequality where an expression is)."""
