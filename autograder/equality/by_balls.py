"""Tier 3: real balls at 12 or more points of the domain, every branch taken where the domain allows it.

"Different" is rigorous: at an exact rational point of the domain the ball of the difference excludes 0. "Equal" is
numerical and says so: at every point the values agree to hundreds of digits, and no term was too small to leave a trace
(such a point counts for nothing). Points at which a formula jumps have probability 0 and are not looked for: formulas
are compared up to such points, as `step(0)` is a convention.
"""

from __future__ import annotations

from enum import Enum, auto
from itertools import islice
from typing import Any

from autograder.equality.balls import Balls
from autograder.equality.branches import Branch, jumps, seek, switches, unseen
from autograder.equality.cells import between_boundaries
from autograder.equality.complexes import settle
from autograder.equality.decision import NO_VALUE, Decision, Evidence, Outcome, Witness
from autograder.equality.evaluate import Evaluator, Point
from autograder.equality.frames import FIRST_TRIALS, NoDomain, frames
from autograder.equality.nearby import nearby
from autograder.equality.points import Sampler, Style, lifted
from autograder.equality.seeds import generator
from autograder.equality.show import show_point, show_table
from autograder.equality.signals import Indeterminate, ShapesDiffer, Signal, TooLarge, Undefined
from autograder.equality.usage import Usage
from autograder.formula.tree import Call, Node, walk
from autograder.symbols import SymbolTable

ENOUGH = 12
"""Points that must agree."""

_QUICK, _CONFIRM, _FINE = 128, 1024, 4096
_MOST_POINTS = 60
_FAR_POINTS = 24
_NICE_TRIES = 12
_BASES = 2
_QUICK_POINTS = 100
_MOST_BOUNDARIES = 12
_DIGITS = (10, 40, 300)
_MOST_TOO_LARGE = 6


class State(Enum):
    """What the two values at one point say."""

    AGREE = auto()
    DIFFER = auto()
    VAGUE = auto()
    KEY_UNDEFINED = auto()
    GIVEN_UNDEFINED = auto()
    TOO_LARGE = auto()


class ByBalls:
    """Compares two value trees by real balls; the arguments are those of `ByResidues`."""

    def __init__(self, expected: Node, given: Node, usage: Usage, table: SymbolTable, *, seed: int, pure: bool) -> None:
        self.expected = expected
        self.given = given
        self.usage = usage
        self.seed = seed
        self.pure = pure
        self._rng = generator(seed, "balls")
        self._sampler = Sampler(usage, table, self._rng, pure=pure)
        self._seen: set[Branch] = set()
        self._points: list[Point] = []
        self._undefined: set[tuple[Any, ...]] = set()
        self._too_large = ""
        self._integers = bool(usage.sizes or usage.integers or usage.indices)

    def decide(self) -> Decision:
        """EQUAL, DIFFERENT or UNDECIDED.

        Raises:
            NoDomain: the declared domain has no point.
            ShapesDiffer: the values have different shapes.
        """
        found = self._gather() or self._cover() or self._between() or self._confirm()
        assert found is not None
        return found

    def _gather(self) -> Decision | None:
        """Enough points at which the expected formula has a value."""
        enough = ENOUGH + 4 if self.usage.names else 1
        if self._integers:
            enough = max(enough, FIRST_TRIALS + len(self.usage.thresholds))
        too_large = 0
        for tried, frame in enumerate(islice(frames(self.usage, self._rng, huge=False), _MOST_POINTS)):
            point = self._sampler.rational_point(frame, Style(far=tried % 4 == 3))
            state, found = self._look(point)
            if found is not None:
                return found
            too_large += state is State.TOO_LARGE
            if len(self._points) >= enough or (too_large >= _MOST_TOO_LARGE and not self._points):
                break
        return None

    def _look(self, point: Point) -> tuple[State, Decision | None]:
        state, witness = self._confront(point, _QUICK, self._seen)
        if state is State.DIFFER:
            return state, self._different(self._nicer() or witness)
        if state is State.GIVEN_UNDEFINED and self._is_open(point):
            self._undefined.add(self._frame_of(point))
            if not self._integers or len(self._undefined) >= 3:
                return state, self._different(witness)
        elif state in (State.AGREE, State.VAGUE):
            self._points.append(point)
        return state, None

    def _frame_of(self, point: Point) -> tuple[Any, ...]:
        usage = self.usage
        names = [*(name for name, _ in (*usage.sizes, *usage.indices)), *(symbol.name for symbol in usage.integers)]
        return tuple(point.rationals[name] for name in names)

    def _is_open(self, point: Point) -> bool:
        """Whether the formula has no value all around a point either, so that the point is no isolated exception."""
        around = [self._confront(other, _QUICK, None)[0] for other in nearby(point, self._sampler, 3)]
        return all(state is State.GIVEN_UNDEFINED for state in around)

    def _cover(self) -> Decision | None:
        """Points on the other side of every switch, where there are any."""
        found = [*switches(self.expected), *switches(self.given)]
        if not found or not self._points:
            return None
        supply = frames(self.usage, self._rng, huge=False)
        for frame in islice(supply, _FAR_POINTS):
            if not unseen(found, self._seen, self._sampler.table):
                return None
            before = len(self._seen)
            point = self._sampler.rational_point(frame, Style(far=True))
            self._confront(point, _QUICK, self._seen)
            if len(self._seen) > before:
                decision = self._look(point)[1]
                if decision is not None:
                    return decision
        for switch, sign in unseen(found, self._seen, self._sampler.table):
            for base in self._points[:_BASES]:
                moved = seek(switch, sign, base, self._sampler)
                if moved is not None:
                    decision = self._look(moved)[1]
                    if decision is not None:
                        return decision
                    break
        return None

    def _between(self) -> Decision | None:
        """A point in every gap between boundaries; where values jump, many quick points and both sides of every jump."""
        every = [*switches(self.expected), *switches(self.given)]
        for base in self._points[:_BASES]:
            for point in between_boundaries([switch.expression for switch in every], base, self._sampler):
                decision = self._glance(point)
                if decision is not None:
                    return decision
        found = jumps(every)
        if not self._points or not (found or self._rounds()):
            return None
        for tried, frame in enumerate(islice(frames(self.usage, self._rng, huge=False), _QUICK_POINTS)):
            decision = self._glance(self._sampler.rational_point(frame, Style(far=tried % 4 == 3)))
            if decision is not None:
                return decision
        for switch in found[:_MOST_BOUNDARIES]:
            for base in self._points[:_BASES]:
                for sign in (1, -1):
                    moved = seek(switch, sign, base, self._sampler, close=True)
                    decision = self._glance(moved) if moved is not None else None
                    if decision is not None:
                        return decision
        return None

    def _rounds(self) -> bool:
        nodes = [*walk(self.expected), *walk(self.given)]
        return any(isinstance(node, Call) and node.function in ("floor", "ceil") for node in nodes)

    def _glance(self, point: Point) -> Decision | None:
        """A difference at a point; a point that shows none is not kept."""
        state, witness = self._confront(point, _QUICK, None)
        return self._different(self._nicer() or witness) if state is State.DIFFER else None

    def _confirm(self) -> Decision:
        """Agreement at high precision at every point gathered."""
        agreed = 0
        for point in self._points:
            state, witness = self._confront(point, _CONFIRM, None)
            if state is State.VAGUE:
                state, witness = self._confront(point, _FINE, None)
            if state is State.DIFFER:
                return self._different(witness)
            agreed += state is State.AGREE
        if agreed >= (ENOUGH if self.usage.names else 1):
            reason = f"equal to {_CONFIRM} bits at {agreed} points of the domain"
            return Decision(outcome=Outcome.EQUAL, evidence=Evidence.BALL, reason=reason, seed=self.seed)
        if self._too_large:
            reason = self._too_large
        elif not self._points:
            reason = "the expected formula has no value at any point that was tried"
        else:
            reason = "the values could not be told apart or shown to agree"
        return Decision(outcome=Outcome.UNDECIDED, reason=reason, seed=self.seed)

    def _different(self, witness: Witness | None) -> Decision:
        return Decision(
            outcome=Outcome.DIFFERENT,
            evidence=Evidence.BALL,
            witness=witness,
            reason=witness.reason if witness is not None else "",
            seed=self.seed,
        )

    def _nicer(self) -> Witness | None:
        """A witness with small numbers, where one is found quickly."""
        rng = generator(self.seed, "nice")
        for frame in islice(frames(self.usage, rng, huge=False), _NICE_TRIES):
            try:
                point = self._sampler.rational_point(frame, Style(nice=True))
            except NoDomain:
                return None
            state, witness = self._confront(point, _QUICK, None)
            if state is State.DIFFER:
                return witness
        return None

    def _confront(self, point: Point, bits: int, seen: set[Branch] | None) -> tuple[State, Witness | None]:
        """Compare both values at one point."""
        balls = Balls(bits, pure=self.pure)
        with balls.working():
            here = lifted(point, balls)
            try:
                expected = self._value(self.expected, balls, here, seen)
            except (TooLarge, Undefined, Indeterminate) as signal:
                return self._without_key(signal), None
            try:
                given = self._value(self.given, balls, here, seen)
            except Undefined as signal:
                return State.GIVEN_UNDEFINED, self._witness(
                    balls, point, expected, None, f"the formula has no value: {signal}"
                )
            except TooLarge as signal:
                self._too_large = str(signal)
                return State.TOO_LARGE, None
            except Indeterminate:
                return State.VAGUE, None
            if len(expected) != len(given) or len(expected[0]) != len(given[0]):
                raise ShapesDiffer("the values have different shapes")
            state = _compare(expected, given, balls)
            return state, self._witness(balls, point, expected, given) if state is State.DIFFER else None

    def _without_key(self, signal: Signal) -> State:
        if isinstance(signal, Undefined):
            return State.KEY_UNDEFINED
        if isinstance(signal, TooLarge):
            self._too_large = str(signal)
            return State.TOO_LARGE
        return State.VAGUE

    def _value(self, node: Node, balls: Balls, here: Point, seen: set[Branch] | None) -> list[list[Any]]:
        value = Evaluator(balls, here, seen).value(node)
        table = balls.entries(value) if balls.is_matrix(value) else [[settle(value, balls.bits)]]
        if not all(entry.is_finite() for row in table for entry in row):
            raise Indeterminate("a value that is not finite")
        return table

    def _witness(
        self, balls: Balls, point: Point, expected: list[list[Any]], given: list[list[Any]] | None, reason: str = ""
    ) -> Witness:
        left, right = "", NO_VALUE
        for digits in _DIGITS:
            left = _show(expected, balls, digits)
            right = NO_VALUE if given is None else _show(given, balls, digits)
            if left != right:
                break
        return Witness(point=show_point(point, self.usage, pure=self.pure), expected=left, given=right, reason=reason)


def _compare(expected: list[list[Any]], given: list[list[Any]], balls: Balls) -> State:
    """Whether tables of balls differ (certainly), agree (to half of the bits), or neither shows."""
    pairs = [pair for left, right in zip(expected, given, strict=True) for pair in zip(left, right, strict=True)]
    differences = [one - two for one, two in pairs]
    if any(difference > 0 or difference < 0 for difference in differences):
        return State.DIFFER
    if balls.absorbed:
        return State.VAGUE
    amplify = balls.number(2) ** (balls.bits // 2)
    for (one, two), difference in zip(pairs, differences, strict=True):
        width = difference.rad() * amplify
        scale = abs(one).max(abs(two))
        close = scale - width > 0 or (one.contains(0) and two.contains(0) and balls.number(1) - width > 0)
        if not close:
            return State.VAGUE
    return State.AGREE


def _show(table: list[list[Any]], balls: Balls, digits: int) -> str:
    rows = [[balls.text(entry, digits) for entry in row] for row in table]
    return rows[0][0] if len(rows) == 1 == len(rows[0]) else show_table(rows)
