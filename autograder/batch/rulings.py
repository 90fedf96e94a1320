"""What people ruled: a verdict by a person on an answer, kept in a file, applied to every equal answer, run after run."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from autograder.batch.sameness import Sameness
from autograder.errors import AuthorError
from autograder.verdict import PartResult, Result, Verdict, Word

FILE = "rulings.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One person's verdict on one answer.

    Args:
        part: id within the assignment.
        answer: the answer as a student wrote it; equal ones, however they are written, are ruled with it. Of code, the hash
            of the files that it came with.
        credit: share of the points, 0 to 1.
        sentence: what students are told, or "".
        by: who ruled.
    """

    part: str
    answer: str
    credit: Fraction
    sentence: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.credit <= 1:
            raise AuthorError(f"the ruling on {self.part} gives credit {self.credit}; give a share from 0 to 1.")
        if not self.answer.strip():
            raise AuthorError(f"the ruling on {self.part} names no answer; give the text as the student wrote it.")


class Ruled:
    """Rulings at work: looks every answer up, as text first, then by deciding equality.

    Args:
        rulings: a later one on the same answer replaces an earlier one.
        sameness: decides whether two answers to a part are equal.
    """

    def __init__(self, rulings: Iterable[Ruling], sameness: Sameness) -> None:
        self._sameness = sameness
        self._by_part: dict[str, dict[str, Ruling]] = {}
        for ruling in rulings:
            self._by_part.setdefault(ruling.part, {})[squeezed(ruling.answer)] = ruling
        self._found: dict[tuple[str, str], Ruling | None] = {}

    def apply(self, result: Result, content: str) -> Result:
        """The result of files with this hash, with every ruled part as it was ruled."""
        if not self._by_part:
            return result
        return replace(result, parts=tuple(self._applied(part, content) for part in result.parts))

    def _applied(self, part: PartResult, content: str) -> PartResult:
        ruling = self._ruling(part, content)
        return part if ruling is None else replace(part, verdict=with_ruling(part.verdict, ruling))

    def _ruling(self, part: PartResult, content: str) -> Ruling | None:
        name = part.id
        rulings = self._by_part.get(name)
        if not rulings:
            return None
        wrote = self._sameness.answer(name, part.verdict, content)
        if not wrote.strip():
            return None
        key = (name, wrote)
        if key not in self._found:
            exact = rulings.get(squeezed(wrote))
            self._found[key] = exact or next(
                (ruling for ruling in rulings.values() if self._sameness.same(name, ruling.answer, wrote)), None
            )
        return self._found[key]


def with_ruling(verdict: Verdict, ruling: Ruling) -> Verdict:
    """The verdict as a person ruled it, with who did; what was found before stays for staff."""
    before = f"ruled by {ruling.by or 'a person'}; before: {verdict.word}, credit {verdict.credit}"
    said = (ruling.sentence,) if ruling.sentence else ("A person looked at this answer.",)
    return replace(
        verdict,
        word=Word.OK if ruling.credit == 1 else Word.NOT_YET,
        credit=ruling.credit,
        misconception=None,
        feedback=said,
        checks=(),
        staff=(before, *verdict.staff),
    )


def squeezed(text: str) -> str:
    """A text without its spacing: what one person types twice."""
    return " ".join(text.split())


def read_rulings(path: Path) -> list[Ruling]:
    """The rulings in a file; none where there is no file.

    Raises:
        AuthorError: the file is damaged; the message says where.
    """
    try:
        data: Any = json.loads(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise AuthorError(f"{path} cannot be read ({error}). Mend it, or move it away.") from None
    if not isinstance(data, list):
        raise AuthorError(f"{path} must hold a list of rulings. Mend it, or move it away.")
    return [_ruling(item, place, path) for place, item in enumerate(data, 1)]


def _ruling(item: object, place: int, path: Path) -> Ruling:
    if not isinstance(item, Mapping) or not all(
        isinstance(item.get(name), str) for name in ("part", "answer", "credit")
    ):
        raise AuthorError(f'{path}, ruling {place}: it needs "part", "answer" and "credit", each as a text.')
    try:
        credit = Fraction(item["credit"])
    except (ValueError, ZeroDivisionError):
        raise AuthorError(
            f"{path}, ruling {place}: the credit {item['credit']!r} is no number such as 1 or 1/2."
        ) from None
    return Ruling(
        part=item["part"],
        answer=item["answer"],
        credit=credit,
        sentence=str(item.get("sentence") or ""),
        by=str(item.get("by") or ""),
    )


def merged(earlier: Iterable[Ruling], later: Iterable[Ruling]) -> list[Ruling]:
    """All rulings, each answer once; a later one replaces an earlier one."""
    return list({(one.part, squeezed(one.answer)): one for one in (*earlier, *later)}.values())


def write_rulings(path: Path, rulings: Iterable[Ruling]) -> None:
    """Write all rulings, whole or not at all."""
    text = json.dumps(
        [{**asdict(ruling), "credit": str(ruling.credit)} for ruling in rulings], ensure_ascii=False, indent=1
    )
    write_text(path, text + "\n")


def write_text(path: Path, text: str | Iterable[str]) -> None:
    """Replace a file at one stroke, by a text or its pieces: a reader meets the old text or the new one.

    Raises:
        AuthorError: it cannot be written.
    """
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as opened:
                opened.writelines([text] if isinstance(text, str) else text)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AuthorError(f"cannot write {path}: {error.strerror}. Make room, or name another place.") from error
