"""What is said of one sub-result of a notebook part."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from autograder.errors import AuthorError
from autograder.plots import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sub-result.

    Args:
        name: what it is ("the singular values").
        share: of the part's points; the shares of a part add up to 1.
        earned: how much of the share, 0 to 1.
        rule: name of the misconception that was recognised, or "".
        said: what is off, a sentence, or "".
        remark: something to know that costs nothing.
        is_open: nothing can be said; a person looks, and the points of the part stay open.
        staff: what was seen, for instructors.
        plots: what the student may see as a picture.
    """

    name: str
    share: Fraction
    earned: Fraction = Fraction(0)
    rule: str = ""
    said: str = ""
    remark: str = ""
    is_open: bool = False
    staff: str = ""
    plots: tuple[Plot, ...] = ()

    def __post_init__(self) -> None:
        if not (0 < self.share <= 1 and 0 <= self.earned <= 1):
            raise AuthorError(f"finding {self.name!r}: share {self.share}, earned {self.earned}; both are shares of 1.")

    @property
    def is_plainly_right(self) -> bool:
        """Whether it earns its share, with nothing to say of it."""
        return self.earned == 1 and not (self.is_open or self.remark)
