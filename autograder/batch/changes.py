"""What a regrade changes: which submissions, by which part, and why, before anything is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from autograder.batch.earlier import Before, Earlier, Was, was_of
from autograder.report.marked import Marked
from autograder.report.numbers import points
from autograder.report.plain import clean_line
from autograder.report.tables import as_csv

_HUNDREDTH = Fraction(1, 100)
_SHOWN = 8  # submissions named per line; the table has all
_FIELDS = (("key", "the key changed"), ("checking", "the way of checking changed"), ("symbols", "the symbols changed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One part of one submission that is not what it was; `was` or `now` is None where the part was not there."""

    submission: str
    part: str
    was: Was | None
    now: Was | None
    why: str

    @property
    def gain(self) -> Fraction:
        """Points gained; negative for lost ones."""
        return (self.now.score if self.now else Fraction(0)) - (self.was.score if self.was else Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that changes.

    Args:
        compared: how many submissions are in both gradings.
        new: submissions that had no result then.
        gone: submissions that are not there any more.
        failed: submissions that have no result now, so that nothing can be said of them.
    """

    against: str
    compared: int
    changes: tuple[Change, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    failed: tuple[str, ...] = ()


def changes_of(class_: Collection[Marked], earlier: Earlier, definitions: Mapping[str, Any], grader: str) -> Changes:
    """Compare a class with an earlier grading of it.

    Args:
        definitions: the questions as they are now.
        grader: the version of the grader now.
    """
    reasons = Reasons(earlier, definitions, grader)
    changes: list[Change] = []
    new, failed = [], []
    compared = 0
    for one in class_:
        before = earlier.find(one)
        if one.result is None:
            failed.append(one.id)
        elif before is None:
            new.append(one.id)
        else:
            compared += 1
            changes += _of_submission(one, before, reasons, is_exact=earlier.definitions is not None)
    return Changes(
        against=earlier.name,
        compared=compared,
        changes=tuple(changes),
        new=tuple(new),
        gone=tuple(sorted(earlier.unmatched)),
        failed=tuple(failed),
    )


def _of_submission(one: Marked, before: Before, reasons: Reasons, *, is_exact: bool) -> Iterator[Change]:
    assert one.result is not None
    if not before.parts and before.score is not None:
        total = Was(score=before.score), Was(score=one.result.score)
        if _differ(*total, is_exact=is_exact):
            why = "not known: only the total is recorded"
            yield Change(submission=one.id, part="total", was=total[0], now=total[1], why=why)
        return
    now = {part.id: was_of(part) for part in one.result.parts}
    is_new = bool(before.content) and before.content != one.content
    changed: set[str] = set()
    for part in dict.fromkeys((*now, *before.parts)):
        old, new = before.parts.get(part), now.get(part)
        if _differ(old, new, is_exact=is_exact):
            why = reasons.of(part, old, new, changed, is_new=is_new)
            changed.add(part)
            yield Change(submission=one.id, part=part, was=old, now=new, why=why)


def _differ(old: Was | None, new: Was | None, *, is_exact: bool) -> bool:
    if old is None or new is None:
        return True
    if abs(old.score - new.score) >= (0 if is_exact else _HUNDREDTH) and old.score != new.score:
        return True
    if not old.word:  # the platform kept only the score
        return False
    return (old.word, old.misconception) != (new.word, new.misconception)


class Reasons:
    """Why a part may have changed: what of its definition is not what it was."""

    def __init__(self, earlier: Earlier, definitions: Mapping[str, Any], grader: str) -> None:
        self._before = earlier.definitions
        self._now = definitions
        self._is_new_grader = bool(earlier.grader) and grader not in earlier.grader.split(" ")

    def of(self, part: str, old: Was | None, new: Was | None, changed: set[str], *, is_new: bool) -> str:
        """The reason for one change, the nearest first."""
        if old is None:
            return "the part is new"
        if new is None:
            return "the part was taken out"
        if new.ruled and new.ruled != old.ruled:
            return new.ruled
        if old.ruled and not new.ruled:
            return "a ruling is not there any more"
        if is_new:
            return "the files changed"
        if self._before is None:
            return "not known: the platform does not record the questions"
        found = [*self._of_rules(part, old, new), *self._of_definition(part)]
        if not found:
            found = [f"{name}, on which it builds, changed" for name in self._after(part) if name in changed]
        if not found and self._file_changed(part):
            found = ["the code of its file changed"]
        if not found and self._is_new_grader:
            found = ["the grader changed"]
        return "; ".join(found) or "not explained by files, questions or grader: please report it"

    def _of_rules(self, part: str, old: Was, new: Was) -> Iterator[str]:
        before, now = self._rules(self._before, part), self._rules(self._now, part)
        rule, was = new.misconception, old.misconception
        if rule and rule not in before:
            yield f"rule {rule} added"
        if was and was not in now:
            yield f"rule {was} taken out"
        for name in dict.fromkeys(name for name in (was, rule) if name):
            if name in before and name in now and before[name] != now[name]:
                yield f"rule {name} changed"

    def _of_definition(self, part: str) -> Iterator[str]:
        before, now = (self._before or {}).get(part), self._now.get(part)
        if before is None or now is None:
            return
        yield from (said for name, said in _FIELDS if before.get(name) != now.get(name))
        if before.get("points") != now.get("points"):
            yield f"{before.get('points')} points became {now.get('points')}"

    def _after(self, part: str) -> Sequence[str]:
        return list((self._now.get(part) or {}).get("after", ()))

    def _file_changed(self, part: str) -> bool:
        before, now = (self._before or {}).get(part) or {}, self._now.get(part) or {}
        return bool(before.get("file") != now.get("file"))

    @staticmethod
    def _rules(definitions: Mapping[str, Any] | None, part: str) -> Mapping[str, str]:
        return ((definitions or {}).get(part) or {}).get("rules") or {}


def changes_text(changes: Changes) -> str:
    """What changes, by part and reason, the most submissions first."""
    plural = "submission" if changes.compared == 1 else "submissions"
    lines = [f"Against {clean_line(changes.against)}: {changes.compared} {plural} compared."]
    touched = {change.submission for change in changes.changes}
    if not touched:
        lines.append("No part of any of them changes.")
    else:
        up = Counter[str]()
        gains: dict[str, Fraction] = {}
        for change in changes.changes:
            gains[change.submission] = gains.get(change.submission, Fraction(0)) + change.gain
        up.update("more" if gain > 0 else "less" if gain < 0 else "as many" for gain in gains.values())
        said = ", ".join(f"{up[word]} with {word} points" for word in ("more", "less", "as many") if up[word])
        lines.append(f"{len(touched)} change: {said}.")
        lines += _by_reason(changes.changes)
    left_out = (
        ("without a result now, so not compared", changes.failed),
        ("without a result then", changes.new),
        ("not there any more", changes.gone),
    )
    for label, ids in left_out:
        if ids:
            lines.append(f"{len(ids)} {label}: {_named(ids)}")
    return "\n".join(lines)


def _by_reason(changes: Sequence[Change]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.part, change.why), []).append(change)
    for (part, why), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        gain = sum((change.gain for change in group), Fraction(0))
        yield f"  {part:<14} {len(group):>5}  {_signed(gain):>8}  {why}"
        yield f"  {'':<14} {'':>5}  {'':>8}  {_named([change.submission for change in group])}"


def _named(ids: Sequence[str]) -> str:
    shown = ", ".join(clean_line(name, 60) for name in ids[:_SHOWN])
    return shown + (f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else "")


def _signed(gain: Fraction) -> str:
    return f"{'−' if gain < 0 else '+'}{points(abs(gain))}"


def changes_csv(changes: Changes) -> str:
    """A row per submission and part that changes."""
    head = [
        "submission",
        "part",
        "points before",
        "points now",
        "verdict before",
        "verdict now",
        "rule before",
        "rule now",
        "why",
    ]
    return as_csv(
        [
            head,
            *(
                [
                    *(change.submission, change.part),
                    *(side.score if side else None for side in (change.was, change.now)),
                    *(side.word if side else "" for side in (change.was, change.now)),
                    *((side.misconception or "") if side else "" for side in (change.was, change.now)),
                    change.why,
                ]
                for change in changes.changes
            ),
        ]
    )
