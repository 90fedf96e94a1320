"""An answer as it was handed in and read: what there is, where it cannot be read, and the place; no key is needed for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.equality.decision import Evidence
from autograder.errors import Unreadable
from autograder.formula.echo import to_unicode
from autograder.formula.errors import ShapeMismatch
from autograder.formula.tree import Node
from autograder.question import Question
from autograder.verdict import Cause, Verdict, Word

if TYPE_CHECKING:
    from autograder.submission.written import Answers, Written

_WINDOW = 72
_REPAIR = re.compile(r"Did you mean `(.*)`\?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as it was read.

    Args:
        wrote: the student's own text.
        tree: what is judged.
        shown: the tree that is shown back; the same unless sizes were filled in for the decision.
        parts: the trees of all parts, where an answer has several; else empty.
    """

    wrote: str
    tree: Node
    shown: Node
    notices: tuple[str, ...] = ()
    parts: tuple[Node, ...] = ()

    @property
    def read_as(self) -> str:
        """How the answer was read, in plain Unicode."""
        return to_unicode(self.shown)


def handed_in(question: Question, answers: Answers) -> Written | Verdict:
    """The answer of a part, or the verdict for one that is missing, blank or no formula."""
    written = answers.get(question.answer_name)
    if written is None:
        return Verdict(
            word=Word.NOT_YET, cause=Cause.ABSENT, feedback=(f"There is no answer named {question.answer_name}.",)
        )
    if written.trouble:
        return Verdict(word=Word.UNREADABLE, feedback=(written.trouble,), notices=written.notices)
    if written.blank:
        return Verdict(
            word=Word.NOT_YET, cause=Cause.ABSENT, feedback=("This part is blank.",), notices=written.notices
        )
    return written


def unreadable(
    error: Unreadable, wrote: str, notices: tuple[str, ...] = (), *, tells: Callable[[str], bool] = lambda _: True
) -> Verdict:
    """The verdict for a text that cannot be read, or whose shapes cannot fit; it points into the student's own text.

    Args:
        tells: as for `said`.
    """
    place, sentence = point_at(error), ended(said(error, tells))
    word = Word.NOT_YET if isinstance(error, ShapeMismatch) else Word.UNREADABLE
    return Verdict(
        word=word,
        evidence=Evidence.TYPE if word is Word.NOT_YET else Evidence.NONE,
        wrote=wrote,
        feedback=(sentence, place) if place else (sentence,),
        notices=notices,
        staff=(type(error).__name__,),
    )


def said(error: Unreadable, tells: Callable[[str], bool]) -> str:
    """The message of an error; a repair of shapes that would give the answer away is not told.

    Args:
        tells: whether the whole answer with that repair, as text, would be right.
    """
    found = _REPAIR.fullmatch(error.repair) if isinstance(error, ShapeMismatch) else None
    if found is None:
        return str(error)
    if not tells(f"{error.text[: error.start]}({found.group(1)}){error.text[error.end :]}"):
        return str(error)
    if found.group(1).endswith("*I"):
        return f"{ended(error.cause)} Check which matrix is meant by the number."
    return f"{ended(error.cause)} Check the order of the factors, and which of them are transposed."


def point_at(error: Unreadable) -> str:
    """The student's text with a line of carets under the piece that is meant; "" when there is no text."""
    if not error.text.strip():
        return ""
    line_start = error.text.rfind("\n", 0, error.start) + 1
    line_end = error.text.find("\n", error.start)
    line_end = len(error.text) if line_end < 0 else line_end
    left = max(line_start, error.start - _WINDOW // 2)
    right = min(line_end, left + _WINDOW)
    head, tail = "…" if left > line_start else "", "…" if right < line_end else ""
    carets = max(1, min(error.end, right) - error.start)
    return f"{head}{error.text[left:right]}{tail}\n{' ' * (len(head) + error.start - left)}{'^' * carets}"


def ended(text: str) -> str:
    """A text as a sentence: with a full stop, where none of its own marks ends it."""
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else text + "."
