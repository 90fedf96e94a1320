"""A part as a student may have it: what its answer must look like, and what the statement gives at a few points."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.kit.forms import Form
from autograder.kit.recorded import Recorded
from autograder.symbols import SymbolTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part.

    Args:
        id: as on the paper and in the results ("1a.path").
        name: of the answer ("q1a_path").
        title: a few words.
        form: how the answer is read.
        symbols: what it may use.
        recorded: what it is tried against, None where nothing can be tried at home.
    """

    id: str
    name: str
    title: str
    form: Form
    symbols: SymbolTable
    recorded: Recorded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """All parts of one assignment."""

    assignment: str
    title: str
    parts: tuple[Part, ...]

    @property
    def tried(self) -> int:
        """How many of the parts are tried against something."""
        return sum(part.recorded is not None for part in self.parts)
