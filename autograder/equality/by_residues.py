"""Tier 2: exact evaluation modulo random primes near 2^61, and small rational witnesses of a difference.

Why an "equal" from here is wrong with probability below 10^-30: in every trial (a choice of sizes and integers) both
formulas are rational functions with rational coefficients. Their difference, if it is not the zero function, vanishes at
a uniformly random point modulo a random prime p > 2^60 with probability at most d/p (Schwartz and Zippel; d is bounded
by `degrees`), and each trial is repeated at independent points modulo different primes until the product of these
bounds is below 2^-103. The primes come from the secret seed and have no known multiple, so that no coefficient can be
built to vanish modulo them (a random 61-bit prime divides a given 10^5-bit number with probability below 10^-13, and
again two or more primes must). Trials whose exponents are too large for such a bound only ever add evidence against.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from autograder.equality.decision import NO_VALUE, Decision, Evidence, Outcome, Witness
from autograder.equality.degrees import Degrees, degree_point
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.exact import random_prime, rationals, residues
from autograder.equality.frames import FIRST_TRIALS, Frame, NoDomain, frames
from autograder.equality.points import Sampler, Style
from autograder.equality.seeds import generator
from autograder.equality.show import show_exact, show_point
from autograder.equality.signals import ShapesDiffer, TooLarge, Undefined, Unsupported
from autograder.equality.usage import Usage
from autograder.formula.tree import Node
from autograder.symbols import SymbolTable

ERROR_BITS = 103
"""2^-103 < 10^-30."""

_PRIMES = 5
_MOST_TRIALS = 40
_WITNESS_TRIES = 16


@dataclass(slots=True)
class _Count:
    """What the trials found so far."""

    agreed: int = 0
    undefined: dict[tuple[Any, ...], tuple[Frame, str]] = field(default_factory=dict)
    too_large: str = ""


class ByResidues:
    """Compares two value trees by exact arithmetic.

    Args:
        expected, given: elaborated trees of values.
        usage: what they use.
        table: the declarations.
        seed: secret source of primes and points.
        pure: whether to do without python-flint.
    """

    def __init__(self, expected: Node, given: Node, usage: Usage, table: SymbolTable, *, seed: int, pure: bool) -> None:
        self.expected = expected
        self.given = given
        self.usage = usage
        self.seed = seed
        self.pure = pure
        self._rng = generator(seed, "residues")
        self._sampler = Sampler(usage, table, self._rng, pure=pure)
        self._fields = [
            (prime, residues(prime, pure=pure)) for prime in (random_prime(self._rng) for _ in range(_PRIMES))
        ]

    def decide(self) -> Decision | None:
        """EQUAL, DIFFERENT, UNDECIDED (too large), or None where the formulas are not rational.

        Raises:
            NoDomain: the declared domain has no point.
        """
        if self._sampler.is_thin(next(frames(self.usage, generator(self.seed, "domain"), huge=False))):
            return None
        count = _Count()
        integers = self.usage.sizes or self.usage.integers or self.usage.indices
        wanted = FIRST_TRIALS + len(self.usage.thresholds) if integers else 1
        tried = 0
        try:
            for frame in islice(frames(self.usage, self._rng), _MOST_TRIALS):
                found = self._trial(frame, count)
                if found is not None:
                    return found
                tried += 1
                if tried >= wanted and (count.agreed >= min(3, wanted) or count.too_large):
                    break
        except Unsupported:
            return None
        return self._conclude(count, several=bool(integers))

    def _conclude(self, count: _Count, *, several: bool) -> Decision | None:
        # one or two sizes without a value are isolated cases (1/(N - 3)); more are an order of sizes or a whole range
        if len(count.undefined) >= (3 if several else 1):
            frame, why = next(iter(count.undefined.values()))
            return self._undefined(frame, why)
        if count.agreed >= (2 if several else 1):
            return Decision(outcome=Outcome.EQUAL, evidence=Evidence.EXACT, seed=self.seed)
        if count.too_large:
            return Decision(outcome=Outcome.UNDECIDED, reason=count.too_large, seed=self.seed)
        return Decision(
            outcome=Outcome.UNDECIDED, reason="the expected formula has no value where it was tried", seed=self.seed
        )

    def _trial(self, frame: Frame, count: _Count) -> Decision | None:
        """One choice of sizes and integers, at as many points as its degree asks for."""
        try:
            bound = self._degree(frame)
        except TooLarge as signal:
            count.too_large = str(signal)
            return None
        except Undefined:
            bound = 0  # of an index or exponent at these integers; the evaluation below says of which formula
        bits_a_point = 60 - max(bound, 1).bit_length()
        repeats = -(-ERROR_BITS // bits_a_point) if bits_a_point >= 20 else 0
        agreed = 0
        for prime, arithmetic in self._fields[: max(repeats, 1)]:
            point = self._sampler.residue_point(frame, arithmetic, prime)
            try:
                expected = Evaluator(arithmetic, point).value(self.expected)
            except Undefined:
                return None
            except TooLarge as signal:
                count.too_large = str(signal)
                return None
            try:
                given = Evaluator(arithmetic, point).value(self.given)
            except Undefined as signal:
                count.undefined[tuple(sorted(frame.items()))] = (frame, str(signal))
                return None
            except TooLarge as signal:
                count.too_large = str(signal)
                return None
            if not _equal(arithmetic, expected, given):
                return self._different(frame, prime)
            agreed += 1
        count.agreed += agreed >= repeats > 0
        return None

    def _degree(self, frame: Frame) -> int:
        point = degree_point(self.usage, frame)
        arithmetic = Degrees()
        return int(sum(_bound(Evaluator(arithmetic, point).value(side)) for side in (self.expected, self.given)))

    def _different(self, frame: Frame, prime: int) -> Decision:
        witness = self._witness(frame)
        if witness is None:
            reason = f"the values differ at a random point (exact arithmetic modulo the prime {prime})"
            witness = Witness(point=show_point(Point(rationals=frame), self.usage, pure=self.pure), reason=reason)
        return Decision(outcome=Outcome.DIFFERENT, evidence=Evidence.EXACT, witness=witness, seed=self.seed)

    def _witness(self, offending: Frame) -> Witness | None:
        """A point with small numbers inside the domain at which the exact values differ."""
        rng = generator(self.seed, "witness")
        small = [*islice(frames(self.usage, rng, huge=False), _WITNESS_TRIES // 2), offending]
        for tried in range(_WITNESS_TRIES):
            frame = small[min(tried, len(small) - 1)]
            try:
                point = self._sampler.rational_point(frame, Style(nice=True))
                expected = self._exact(self.expected, point)
                given = self._exact(self.given, point)
            except (Undefined, Unsupported, TooLarge, NoDomain):
                continue
            if not _equal(rationals(pure=self.pure), expected, given):
                return Witness(
                    point=show_point(point, self.usage, pure=self.pure),
                    expected=show_exact(expected, pure=self.pure),
                    given=show_exact(given, pure=self.pure),
                )
        return None

    def _exact(self, node: Node, point: Point) -> Any:
        return Evaluator(rationals(pure=self.pure), point).value(node)

    def _undefined(self, frame: Frame, why: str) -> Decision | None:
        point = self._sampler.rational_point(frame, Style(nice=True))
        try:
            self._exact(self.expected, point)
        except (Undefined, Unsupported, TooLarge):
            return None
        witness = Witness(
            point=show_point(point, self.usage, pure=self.pure),
            given=NO_VALUE,
            reason=f"the formula has no value: {why}",
        )
        return Decision(
            outcome=Outcome.DIFFERENT, evidence=Evidence.EXACT, witness=witness, reason=witness.reason, seed=self.seed
        )


def _bound(value: Any) -> int:
    return int(value.bound)


def _equal(arithmetic: Any, left: Any, right: Any) -> bool:
    """Whether two values agree.

    Raises:
        ShapesDiffer: they have different shapes.
    """
    one, two = arithmetic.is_matrix(left), arithmetic.is_matrix(right)
    if one != two or (one and (left.nrows(), left.ncols()) != (right.nrows(), right.ncols())):
        raise ShapesDiffer("the values have different shapes")
    if not one:
        return bool(left == right)
    return bool(arithmetic.entries(left) == arithmetic.entries(right))
