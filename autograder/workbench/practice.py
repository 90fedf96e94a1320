"""The student's half: answers are read as the grader reads them and tried against numbers of the statement; no key is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from autograder.kit.forms import Code
from autograder.kit.part import Part, Statements
from autograder.kit.trial import try_part
from autograder.submission.program import sources
from autograder.submission.typed import typed
from autograder.verdict import PartResult, Verdict
from autograder.workbench.desk import Place, Tried

CODE_FILE = "typed.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeDesk:
    """The public half of one assignment."""

    statements: Statements
    is_practice: bool = field(default=True, init=False)

    @property
    def name(self) -> str:
        """The assignment's key."""
        return self.statements.assignment

    @property
    def title(self) -> str:
        """The assignment's title."""
        return self.statements.title

    @property
    def places(self) -> dict[str, Place]:
        """Its parts by id."""
        return {part.id: _place(part) for part in self.statements.parts}

    def try_answer(self, part: str, text: str, others: Mapping[str, str]) -> Tried:
        """Read the answer and try it; both are bounded by themselves: texts are short and numbers are floats."""
        del others  # a part is tried by itself
        asked = next(one for one in self.statements.parts if one.id == part)
        verdict = _tried(asked, text)
        return Tried(
            part=PartResult(part=f"{self.name}/{part}", title=asked.title, points=Fraction(0), verdict=verdict)
        )


def _tried(part: Part, text: str) -> Verdict:
    files = {CODE_FILE: text.encode("utf-8", "replace")} if isinstance(part.form, Code) else {}
    answers = {} if files else {part.name: typed(part.name, text, "this page")}
    return try_part(part, answers, sources(files), files)


def _place(part: Part) -> Place:
    return Place(
        id=part.id,
        title=part.title,
        example="",
        points=Fraction(0),
        letters=tuple(symbol.name for symbol in part.symbols.symbols),
        is_code=isinstance(part.form, Code),
    )
