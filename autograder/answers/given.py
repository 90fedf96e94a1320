"""An answer as it was handed in and read: what there is, where it cannot be read, and the place; no key is needed for it."""

from __future__ import annotations

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


def unreadable(error: Unreadable, wrote: str, notices: tuple[str, ...] = ()) -> Verdict:
    """The verdict for a text that cannot be read, or whose shapes cannot fit; it points into the student's own text."""
    place = point_at(error)
    word = Word.NOT_YET if isinstance(error, ShapeMismatch) else Word.UNREADABLE
    return Verdict(
        word=word,
        evidence=Evidence.TYPE if word is Word.NOT_YET else Evidence.NONE,
        wrote=wrote,
        feedback=(ended(said(error)), place) if place else (ended(said(error)),),
        notices=notices,
        staff=(type(error).__name__,),
    )


def said(error: Unreadable) -> str:
    """The message of an error; a repair that would be the right formula itself is not told where shapes are at fault."""
    if isinstance(error, ShapeMismatch) and error.repair.startswith("Did you mean"):
        return f"{ended(error.cause)} Check the order of the factors, and which of them are transposed."
    return str(error)


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
