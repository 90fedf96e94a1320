"""Real ball arithmetic: every value is an interval that certainly contains the true one."""

# ruff: noqa: D102 - the protocol `Arithmetic` documents these methods

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from autograder.equality import complexes
from autograder.equality.arithmetic import ListMatrix, eliminate, singular
from autograder.equality.complexes import Complex
from autograder.equality.exact import HAS_FLINT
from autograder.equality.signals import Indeterminate, Misshapen, TooLarge, Undefined

if HAS_FLINT:
    import flint

LARGEST_FACTORIAL = 3000
MOST_EXPONENT = 20_000
_SATURATING = {"tanh": (-1, 1), "erf": (-1, 1), "sigmoid": (0, 1), "normcdf": (0, 1)}
_FLAT_AT_ZERO = frozenset({"exp", "cos", "cosh", "sigmoid", "normcdf", "acos"})
_PLAIN = frozenset({"sin", "cos", "sinh", "cosh", "tanh", "atan", "erf", "floor", "ceil"})


class Balls:
    """Ball arithmetic with a given number of bits.

    `absorbed` is set when a term that is not 0 was too small to leave a trace in a sum (or an argument too small or too
    large to leave one in a function): two formulas that agree then may still differ by that term.
    """

    ordered = True

    def __init__(self, bits: int, *, pure: bool = not HAS_FLINT) -> None:
        self.bits = bits
        self.pure = pure
        self.absorbed = False
        if pure:
            from autograder.equality.intervals import Interval

            self._ball: Any = Interval
        else:
            self._ball = flint.arb

    @contextmanager
    def working(self) -> Iterator[None]:
        """Set the precision for a block."""
        if self.pure:
            import mpmath

            with mpmath.workprec(self.bits):
                yield
            return
        before = flint.ctx.prec
        flint.ctx.prec = self.bits
        try:
            yield
        finally:
            flint.ctx.prec = before

    def number(self, value: Fraction | int) -> Any:
        if self.pure:
            return self._ball.of(value)
        if value.denominator == 1:
            return flint.arb(value.numerator)
        return flint.arb(flint.fmpq(value.numerator, value.denominator))

    def constant(self, name: str) -> Any:
        if name == "pi":
            return self._ball.pi()
        if name == "e":
            return self._ball(1).exp()
        raise Undefined("it contains infinity")

    def add(self, left: Any, right: Any) -> Any:
        total = left + right
        if not isinstance(total, Complex):
            self._watch(left, total)
            self._watch(right, total)
        return total

    def _watch(self, term: Any, total: Any) -> None:
        if self.absorbed or not (term > 0 or term < 0):
            return
        if self._tiny(term, abs(total)):
            self.absorbed = True

    def _tiny(self, term: Any, scale: Any) -> bool:
        return bool(scale - abs(term) * self._ball(2) ** (self.bits // 2) > 0)

    def divide(self, left: Any, right: Any) -> Any:
        if isinstance(right, Complex):
            return complexes.lift(left) * complexes.reciprocal(right)
        if right.is_zero():
            raise Undefined("it divides by 0")
        if not (right > 0 or right < 0):
            raise Indeterminate("it divides by a number that may be 0")
        if isinstance(left, Complex):
            return Complex(left.re / right, left.im / right)
        return left / right

    def power(self, base: Any, exponent: int) -> Any:
        if exponent < 0:
            return self.divide(self._ball(1), self.power(base, -exponent))
        return base**exponent

    def real_power(self, base: Any, exponent: Any) -> Any:
        if isinstance(base, Complex) or isinstance(exponent, Complex):
            return complexes.exponential(self._logarithm(complexes.lift(base)) * complexes.lift(exponent))
        if base > 0:
            return (base.log() * exponent).exp()
        if base.is_zero():
            if exponent > 0:
                return base
            raise Undefined("it raises 0 to a power that is not positive")
        if base < 0:
            return complexes.exponential(self._logarithm(complexes.lift(base)) * complexes.lift(exponent))
        raise Indeterminate("a power of a number that may be 0")

    def _logarithm(self, value: Complex) -> Complex:
        return complexes.logarithm(value, self._ball.pi())

    def sign(self, value: Any) -> int:
        if isinstance(value, Complex):
            raise Undefined("it compares numbers that are not real")
        if value > 0:
            return 1
        if value < 0:
            return -1
        if value.is_zero():
            return 0
        raise Indeterminate("the sign of a number that may be 0")

    def call(self, function: str, argument: Any) -> Any:
        if isinstance(argument, Complex):
            return complexes.apply(function, argument, self._ball.pi())
        self._note_flatness(function, argument)
        value = getattr(argument, function)() if function in _PLAIN else _FUNCTIONS[function](self, argument)
        limits = _SATURATING.get(function)
        if limits and any(value.contains(limit) for limit in limits):
            self.absorbed = True
        return value

    def _note_flatness(self, function: str, argument: Any) -> None:
        if function in _FLAT_AT_ZERO and (argument > 0 or argument < 0) and self._tiny(argument, self._ball(1)):
            self.absorbed = True

    def middle(self, value: Any) -> Fraction:
        """The exact middle of a real scalar.

        Raises:
            Indeterminate: the value is not finite.
        """
        if isinstance(value, Complex) or not value.is_finite():
            raise Indeterminate("a value that is not a finite real number")
        mantissa, exponent = value.mid().man_exp()
        mantissa, exponent = int(mantissa), int(exponent)
        if abs(exponent) > MOST_EXPONENT:
            raise TooLarge("a value in it is too large to write down")
        return Fraction(mantissa * 2**exponent) if exponent >= 0 else Fraction(mantissa, 2**-exponent)

    def text(self, value: Any, digits: int = 10) -> str:
        """A real scalar in decimals."""
        shown: str = value.str(digits, radius=False)
        return shown.rstrip("0").rstrip(".") if "." in shown and "e" not in shown else shown

    def call_two(self, function: str, left: Any, right: Any) -> Any:
        if isinstance(left, Complex) or isinstance(right, Complex):
            raise Undefined("it compares numbers that are not real")
        return left.max(right) if function == "max" else left.min(right)

    def matrix(self, rows: int, cols: int, entries: Sequence[Any]) -> Any:
        if any(isinstance(entry, Complex) for entry in entries):
            raise Undefined("a matrix has an entry that is not a real number")
        if self.pure:
            return ListMatrix([list(entries[row * cols : (row + 1) * cols]) for row in range(rows)])
        return flint.arb_mat(rows, cols, list(entries))

    def is_matrix(self, value: Any) -> bool:
        return isinstance(value, ListMatrix if self.pure else flint.arb_mat)

    def entries(self, matrix: Any) -> list[list[Any]]:
        found: list[list[Any]] = matrix.tolist()
        return found

    def inverse(self, matrix: Any) -> Any:
        if matrix.nrows() != matrix.ncols():
            raise Misshapen(f"a {matrix.nrows()}×{matrix.ncols()} matrix is not square")
        if self.pure:
            found, _ = eliminate(matrix, self._pivot, lambda entry: self.divide(self._ball(1), entry))
            if found is None:
                raise singular()
            return found
        try:
            return matrix.inv()
        except ZeroDivisionError:
            raise Indeterminate("a matrix that may have no inverse") from None

    def determinant(self, matrix: Any) -> Any:
        if matrix.nrows() != matrix.ncols():
            raise Misshapen(f"a {matrix.nrows()}×{matrix.ncols()} matrix is not square")
        if self.pure:
            return eliminate(matrix, self._pivot, lambda entry: self.divide(self._ball(1), entry))[1]
        return matrix.det()

    def _pivot(self, column: list[Any]) -> int | None:
        certain = [place for place, entry in enumerate(column) if entry > 0 or entry < 0]
        if certain:
            return max(certain, key=lambda place: abs(float(column[place])))
        if all(entry.is_zero() for entry in column):
            return None
        raise Indeterminate("a matrix that may have no inverse")


def _ln(balls: Balls, x: Any) -> Any:
    if x > 0:
        return x.log()
    if x < 0:
        return Complex((-x).log(), balls.constant("pi"))
    if x.is_zero():
        raise Undefined("it takes the logarithm of 0")
    raise Indeterminate("the logarithm of a number that may be 0")


def _sqrt(balls: Balls, x: Any) -> Any:
    if x > 0 or x.is_zero():
        return x.sqrt()
    if x < 0:
        return Complex(balls.number(0), (-x).sqrt())
    raise Indeterminate("the root of a number that may be negative")


def _exp(balls: Balls, x: Any) -> Any:  # noqa: ARG001 - one signature for all
    value = x.exp()
    if not value.is_finite():
        raise TooLarge("an exponential in it is too large to compute")
    return value


def _tan(balls: Balls, x: Any) -> Any:
    return balls.divide(x.sin(), x.cos())


def _inverse_sine(name: str) -> Callable[[Balls, Any], Any]:
    def function(balls: Balls, x: Any) -> Any:
        one = balls.number(1)
        beyond = abs(x) - one
        if beyond > 0:
            raise Undefined(f"it takes {name} of a number beyond 1")
        if beyond < 0 or beyond.is_zero():
            return getattr(x, name)()
        raise Indeterminate(f"{name} of a number that may be beyond 1")

    return function


def _factorial(balls: Balls, x: Any) -> Any:
    if not x > -1:
        raise Undefined("it takes the factorial of a negative number")
    if not balls.number(LARGEST_FACTORIAL) - x > 0:
        raise TooLarge("a factorial in it is too large to compute")
    three = balls.number(3)
    # gamma(x + 1) from gamma(x + 4), where both implementations know that it increases
    top = (x + three + balls.number(1)).gamma()
    for shift in (1, 2, 3):
        top = balls.divide(top, x + balls.number(shift))
    return top


def _relu(balls: Balls, x: Any) -> Any:
    return x.max(balls.number(0))


def _step(balls: Balls, x: Any) -> Any:
    return balls.number(1 if balls.sign(x) > 0 else 0)


def _sigmoid(balls: Balls, x: Any) -> Any:
    one = balls.number(1)
    return one / (one + (-x).exp()) if x > 0 else x.exp() / (one + x.exp())


def _normcdf(balls: Balls, x: Any) -> Any:
    half = balls.number(Fraction(1, 2))
    return (-x * half.sqrt()).erfc() * half


_FUNCTIONS: dict[str, Callable[[Balls, Any], Any]] = {
    "ln": _ln,
    "sqrt": _sqrt,
    "exp": _exp,
    "tan": _tan,
    "asin": _inverse_sine("asin"),
    "acos": _inverse_sine("acos"),
    "factorial": _factorial,
    "relu": _relu,
    "step": _step,
    "sigmoid": _sigmoid,
    "normcdf": _normcdf,
    "abs": lambda _, x: abs(x),
    "sign": lambda balls, x: balls.number(balls.sign(x)),
}
