"""What a formula's text is cut into."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` is number, name, sign, command or end; `spaced` when white space stands before it.

    `start` and `end` are offsets in the student's original text; `value` is set for numbers.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False
    value: Fraction | None = None

    def is_sign(self, *texts: str) -> bool:
        """Whether this is one of the given signs."""
        return self.kind == "sign" and self.text in texts

    def is_name(self, *texts: str) -> bool:
        """Whether this is one of the given names or words."""
        return self.kind == "name" and self.text in texts
