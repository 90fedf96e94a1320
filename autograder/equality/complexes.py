"""Complex numbers over real balls, used only where a real operation leaves its domain.

`exp(t ln(r))` with a negative `r` and an integer `t` is real although `ln(r)` is not. Principal branches throughout.
"""

from __future__ import annotations

from typing import Any

from autograder.equality.signals import Indeterminate, Undefined


class Complex:
    """`re + im i` with real balls as parts."""

    __slots__ = ("im", "re")

    def __init__(self, re: Any, im: Any) -> None:
        self.re = re
        self.im = im

    def __add__(self, other: Any) -> Complex:
        other = lift(other)
        return Complex(self.re + other.re, self.im + other.im)

    __radd__ = __add__

    def __neg__(self) -> Complex:
        return Complex(-self.re, -self.im)

    def __sub__(self, other: Any) -> Complex:
        return self + -lift(other)

    def __rsub__(self, other: Any) -> Complex:
        return lift(other) + -self

    def __mul__(self, other: Any) -> Complex:
        other = lift(other)
        return Complex(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Complex:
        if exponent < 0:
            return reciprocal(self**-exponent)
        result: Complex | None = None
        square = self
        while exponent:
            if exponent & 1:
                result = square if result is None else result * square
            exponent >>= 1
            if exponent:
                square = square * square
        return result if result is not None else lift(_one(self.re))


def _one(ball: Any) -> Any:
    return ball.__class__(1)


def lift(value: Any) -> Complex:
    """A real ball as a complex one."""
    return value if isinstance(value, Complex) else Complex(value, value.__class__(0))


def reciprocal(value: Complex) -> Complex:
    """`1 / value`.

    Raises:
        Indeterminate: the value may be 0.
    """
    size = value.re * value.re + value.im * value.im
    if not size > 0:
        raise Indeterminate("it divides by a number that may be 0")
    return Complex(value.re / size, -value.im / size)


def exponential(value: Complex) -> Complex:
    """`e^value`."""
    size = value.re.exp()
    return Complex(size * value.im.cos(), size * value.im.sin())


def logarithm(value: Complex, pi: Any) -> Complex:
    """The principal logarithm.

    Raises:
        Indeterminate: the value may lie on either side of the branch cut.
    """
    re, im = value.re, value.im
    size = re * re + im * im
    if not size > 0:
        raise Indeterminate("the logarithm of a number that may be 0")
    half = _one(re) / (_one(re) + _one(re))
    if re > 0:
        angle = (im / re).atan()
    elif im > 0:
        angle = pi * half - (re / im).atan()
    elif im < 0:
        angle = -(pi * half) - (re / im).atan()
    elif im.is_zero():
        angle = pi
    else:
        raise Indeterminate("a logarithm on its branch cut")
    return Complex(size.log() * half, angle)


def apply(function: str, value: Complex, pi: Any) -> Any:
    """A function of a complex number.

    Raises:
        Undefined: the function is one of real numbers only.
    """
    if function == "exp":
        return exponential(value)
    if function == "ln":
        return logarithm(value, pi)
    if function == "abs":
        return (value.re * value.re + value.im * value.im).sqrt()
    if function == "sqrt":
        one = _one(value.re)
        return exponential(logarithm(value, pi) * (one / (one + one)))
    raise Undefined(f"{function} of a number that is not real")


def settle(value: Any, bits: int) -> Any:
    """A final value as a real ball.

    Raises:
        Undefined: the value is not a real number.
        Indeterminate: the imaginary part is not known well enough.
    """
    if not isinstance(value, Complex):
        return value
    if value.im > 0 or value.im < 0:
        raise Undefined("it is not a real number")
    scale = abs(value.re) + _one(value.re)
    if value.im.is_zero() or scale - abs(value.im) * value.re.__class__(2) ** (bits // 2) > 0:
        return value.re
    raise Indeterminate("an imaginary part that may be 0")
