"""Why an evaluation ended without a value; these never leave `autograder.equality`.

Signal
├── Undefined       the formula has no value at this point (division by zero, a singular inverse)
├── Indeterminate   the arithmetic cannot tell at this precision (a ball around 0 in a denominator)
├── TooLarge        the value exists but is too big to compute (9^9^9^9, a sum of 10^9 terms)
├── Unsupported     this arithmetic has no such operation (a logarithm modulo a prime)
├── Misshapen       matrices that do not fit, within one formula
└── ShapesDiffer    the values of two formulas have different shapes
"""

from __future__ import annotations


class Signal(Exception):
    """An evaluation that ended without a value; the message is one clause that a person can read."""


class Undefined(Signal):
    """The formula has no value at this point."""


class Indeterminate(Signal):
    """The value may exist, but this precision does not show it."""


class TooLarge(Signal):
    """The value is too large to compute within any budget."""


class Unsupported(Signal):
    """This arithmetic cannot express the operation; another one may."""


class Misshapen(Signal):
    """Matrices of shapes that cannot be combined; where shapes were checked before, a function that takes no matrix."""


class ShapesDiffer(Signal):
    """The values of two formulas have different shapes."""
