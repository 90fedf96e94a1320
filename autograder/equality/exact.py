"""Exact arithmetic: modulo a prime near 2^61, and over the rationals, with python-flint or in pure Python."""

# ruff: noqa: D102 - the protocol `Arithmetic` documents these methods

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from math import isqrt
from typing import Any

from autograder.equality.arithmetic import MOST_BITS, ListMatrix, eliminate, first_nonzero, singular
from autograder.equality.signals import Misshapen, TooLarge, Undefined, Unsupported

try:
    import flint
except ImportError:  # pragma: no cover - the pure-Python classes below are tested directly
    flint = None  # type: ignore[assignment]  # a module where it is there

HAS_FLINT = flint is not None
_WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)  # decide primality below 3.3 * 10^24


def is_prime(number: int) -> bool:
    """Whether an odd number between 41 and 2^64 is prime (Miller and Rabin, deterministic in that range)."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in _WITNESSES:
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


def random_prime(rng: random.Random) -> int:
    """A prime between 2^60 and 2^61; nobody can know it beforehand, so that no answer can be built to vanish there."""
    small = 3 * 5 * 7 * 11 * 13 * 17 * 19 * 23
    while True:
        candidate = rng.getrandbits(60) | 1 << 60 | 1
        if _coprime(candidate, small) and (flint.fmpz(candidate).is_prime() if HAS_FLINT else is_prime(candidate)):
            return candidate


def _coprime(number: int, other: int) -> bool:
    while other:
        number, other = other, number % other
    return number == 1


class ExactArithmetic:
    """What residues and rationals share: no order that the evaluator may rely on, no transcendental function."""

    ordered = False

    def constant(self, name: str) -> Any:
        raise Unsupported(f"{name} is not rational")

    def add(self, left: Any, right: Any) -> Any:
        return left + right

    def divide(self, left: Any, right: Any) -> Any:
        if right == 0:
            raise Undefined("it divides by 0")
        return left / right

    def real_power(self, base: Any, exponent: Any) -> Any:  # noqa: ARG002 - the protocol's signature
        raise Unsupported("a power with a fraction as exponent is not rational")

    def call(self, function: str, argument: Any) -> Any:  # noqa: ARG002 - the protocol's signature
        raise Unsupported(f"{function} is not rational")

    def call_two(self, function: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - the protocol's signature
        raise Unsupported(f"{function} is not rational")

    def sign(self, value: Any) -> int:  # noqa: ARG002 - the protocol's signature
        raise Unsupported("exact arithmetic is used without an order")

    def entries(self, matrix: Any) -> list[list[Any]]:
        found: list[list[Any]] = matrix.tolist()
        return found


class _PurePython(ExactArithmetic):
    """Matrices as lists."""

    def matrix(self, rows: int, cols: int, entries: Sequence[Any]) -> ListMatrix:
        return ListMatrix([list(entries[row * cols : (row + 1) * cols]) for row in range(rows)])

    def is_matrix(self, value: Any) -> bool:
        return isinstance(value, ListMatrix)

    def inverse(self, matrix: ListMatrix) -> ListMatrix:
        found, _ = eliminate(matrix, first_nonzero, lambda entry: self.divide(entry / entry, entry))
        if found is None:
            raise singular()
        return found

    def determinant(self, matrix: ListMatrix) -> Any:
        return eliminate(matrix, first_nonzero, lambda entry: self.divide(entry / entry, entry))[1]


class _Flint(ExactArithmetic):
    """Matrices of python-flint."""

    _matrix_type: Any

    def is_matrix(self, value: Any) -> bool:
        return isinstance(value, self._matrix_type)

    def inverse(self, matrix: Any) -> Any:
        _need_square(matrix)
        try:
            return matrix.inv()
        except ZeroDivisionError:
            raise singular() from None

    def determinant(self, matrix: Any) -> Any:
        _need_square(matrix)
        return matrix.det()


def _need_square(matrix: Any) -> None:
    if matrix.nrows() != matrix.ncols():
        raise Misshapen(f"a {matrix.nrows()}×{matrix.ncols()} matrix is not square")


class Residue:
    """A number modulo a prime, in pure Python."""

    __slots__ = ("prime", "value")

    def __init__(self, value: int, prime: int) -> None:
        self.value = value % prime
        self.prime = prime

    def __add__(self, other: Residue) -> Residue:
        return Residue(self.value + other.value, self.prime)

    def __sub__(self, other: Residue) -> Residue:
        return Residue(self.value - other.value, self.prime)

    def __neg__(self) -> Residue:
        return Residue(-self.value, self.prime)

    def __mul__(self, other: Residue) -> Residue:
        return Residue(self.value * other.value, self.prime)

    def __truediv__(self, other: Residue) -> Residue:
        return Residue(self.value * pow(other.value, -1, self.prime), self.prime)

    def __pow__(self, exponent: int) -> Residue:
        return Residue(pow(self.value, exponent, self.prime), self.prime)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int):
            return self.value == other % self.prime
        return isinstance(other, Residue) and (self.value, self.prime) == (other.value, other.prime)

    def __hash__(self) -> int:
        return hash((self.value, self.prime))


class PureResidues(_PurePython):
    """Arithmetic modulo a prime without python-flint."""

    def __init__(self, prime: int) -> None:
        self.prime = prime

    def number(self, value: Fraction | int) -> Residue:
        return self.divide(Residue(value.numerator, self.prime), Residue(value.denominator, self.prime))  # type: ignore[no-any-return]  # its parent divides numbers of any kind

    def power(self, base: Residue, exponent: int) -> Residue:
        if exponent < 0 and base.value == 0:
            raise Undefined("it divides by 0")
        return base**exponent


class FlintResidues(_Flint):
    """Arithmetic modulo a prime with python-flint."""

    def __init__(self, prime: int) -> None:
        self.prime = prime
        self._matrix_type = flint.nmod_mat

    def number(self, value: Fraction | int) -> Any:
        top = flint.nmod(value.numerator, self.prime)
        if value.denominator == 1:
            return top
        return self.divide(top, flint.nmod(value.denominator, self.prime))

    def power(self, base: Any, exponent: int) -> Any:
        if exponent < 0 and base == 0:
            raise Undefined("it divides by 0")
        # flint takes exponents of any size here, but reducing by Fermat keeps the cost independent of the text
        return base ** (exponent % (self.prime - 1)) if base != 0 else base**exponent

    def matrix(self, rows: int, cols: int, entries: Sequence[Any]) -> Any:
        return flint.nmod_mat(rows, cols, list(entries), self.prime)


class PureRationals(_PurePython):
    """Exact rationals without python-flint."""

    def number(self, value: Fraction | int) -> Fraction:
        return Fraction(value)

    def power(self, base: Fraction, exponent: int) -> Fraction:
        if exponent < 0 and base == 0:
            raise Undefined("it divides by 0")
        check_power(base, exponent)
        return base**exponent


class FlintRationals(_Flint):
    """Exact rationals with python-flint."""

    def __init__(self) -> None:
        self._matrix_type = flint.fmpq_mat

    def number(self, value: Fraction | int) -> Any:
        return flint.fmpq(value.numerator, value.denominator)

    def power(self, base: Any, exponent: int) -> Any:
        if exponent < 0 and base == 0:
            raise Undefined("it divides by 0")
        check_power(as_fraction(base), exponent)
        return base**exponent

    def matrix(self, rows: int, cols: int, entries: Sequence[Any]) -> Any:
        return flint.fmpq_mat(rows, cols, list(entries))


def check_power(base: Fraction, exponent: int, most: int = 5 * MOST_BITS) -> None:
    """Refuse a power whose exact value would be huge.

    Raises:
        TooLarge: it would have more than `most` bits.
    """
    bits = max(abs(base.numerator), base.denominator).bit_length()
    if bits > 1 and (bits - 1) * abs(exponent) > most:
        raise TooLarge("a power in it is too large to compute")


def as_fraction(value: Any) -> Fraction:
    """A rational scalar of either implementation as a Fraction."""
    return value if isinstance(value, Fraction) else Fraction(int(value.p), int(value.q))


def square_root(value: Fraction) -> Fraction | None:
    """The rational square root, or None where there is none."""
    if value < 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if top * top == value.numerator and bottom * bottom == value.denominator else None


def residues(prime: int, *, pure: bool = not HAS_FLINT) -> PureResidues | FlintResidues:
    """Arithmetic modulo a prime."""
    return PureResidues(prime) if pure else FlintResidues(prime)


def rationals(*, pure: bool = not HAS_FLINT) -> PureRationals | FlintRationals:
    """Exact rational arithmetic."""
    return PureRationals() if pure else FlintRationals()
