"""What comparing two formulas can say: equal, different with a witness, or undecided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The three values of a comparison."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Evidence(StrEnum):
    """How a decision or a verdict came about, from strongest to weakest."""

    STRUCTURAL = "structural"  # the same tree up to order and bound names
    PROOF = "proof"  # SymPy proved it under the declared assumptions
    EXACT = "exact"  # exact arithmetic modulo primes or over the rationals
    BALL = "ball"  # rigorous real balls
    SAMPLED = "sampled"  # points on and around every boundary
    TYPE = "type"  # kind, shape or relation differ
    PROPERTY = "property"  # the statement's own property was checked
    PRESENCE = "presence"  # only that something was handed in
    NONE = "none"


NO_VALUE = "no value"
"""What a witness has for a formula that is undefined at its point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A point at which two formulas differ, or the reason of kind or shape why they cannot agree.

    Args:
        point: values of the symbols at the point, as text (`{"sigma": "2", "eta": "3/10"}`); sizes included.
        expected: value of the key there, as text; only shown to instructors unless the statement gives it.
        given: value of the student's own formula there, as text.
        reason: one clause, when no point is needed ("relates to w, which the answer cannot contain").
    """

    point: tuple[tuple[str, str], ...] = ()
    expected: str = ""
    given: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The outcome of comparing two formulas; DIFFERENT always carries a witness."""

    outcome: Outcome
    evidence: Evidence = Evidence.NONE
    witness: Witness | None = None
    reason: str = ""
    seed: int = 0

    def __post_init__(self) -> None:
        if self.outcome is Outcome.DIFFERENT and self.witness is None:
            raise ValueError("a decision 'different' needs a witness")

    @property
    def equal(self) -> bool:
        """Whether the formulas were found equal."""
        return self.outcome is Outcome.EQUAL

    @property
    def different(self) -> bool:
        """Whether a witness shows the formulas to differ."""
        return self.outcome is Outcome.DIFFERENT

    def to_json(self) -> dict[str, Any]:
        """A strict-JSON form: strings, numbers, lists and None only."""
        witness = self.witness
        return {
            "verdict": str(self.outcome),
            "evidence": str(self.evidence),
            "witness": None
            if witness is None
            else {
                "point": dict(witness.point),
                "expected": witness.expected,
                "given": witness.given,
                "reason": witness.reason,
            },
            "reason": self.reason,
            "seed": self.seed,
        }
