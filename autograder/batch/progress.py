"""What whoever waits for a batch sees: one line that moves on a terminal, one line per submission in a pipe."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TextIO

from autograder.batch.loop import Step
from autograder.batch.package import ROOT
from autograder.report.numbers import points
from autograder.report.plain import clean_line

_CLEAR = "\r\x1b[K"
_KEPT = ("kept", "same")


class Progress:
    """Counts the steps.

    Args:
        total: how many submissions there are.
        stream: where to print.
        live: whether the stream is a terminal that can take its line back.
    """

    def __init__(self, total: int, stream: TextIO, *, live: bool) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: dict[str, str] = {}
        self.tiers: Counter[str] = Counter()
        self.empty: dict[str, str] = {}
        self._total = total
        self._stream = stream
        self._live = live
        self._started = time.monotonic()
        if live:  # the first result takes a while: the workers import the questions
            stream.write(self.line())
            stream.flush()

    def step(self, step: Step) -> None:
        """Tell of one submission."""
        if step.how == "retried":
            self._print(f"again    {step.entry.label}: {first_line(step.reason)}")
            return
        if step.how == "alone":
            self._print(f"alone    {step.entry.label}{said(step)}")
            return
        self.counts[step.how] += 1
        if step.graded is not None:
            self.tiers.update(tiers_in(step.graded.result))
            nothing = [notice for notice in step.graded.result["notices"] if notice.startswith(f"{ROOT}: ")]
            if nothing:
                self.empty[step.entry.label] = "; ".join(map(clean_line, step.graded.result["notices"][:3]))
        if step.how == "failed":
            self.failures[step.entry.label] = first_line(step.reason)
            self._print(f"failed   {step.entry.label}: {first_line(step.reason)}")
        elif not self._live:
            self._print(f"{step.how:<8} {step.entry.label}{said(step)}")
        if self._live:
            self._stream.write(_CLEAR + self.line())
            self._stream.flush()

    def line(self) -> str:
        """Count, rate and time left."""
        done = sum(self.counts.values())
        seconds = max(0.0, time.monotonic() - self._started)
        worked = done - sum(self.counts[how] for how in _KEPT)
        text = f"{done} of {self._total} submissions"
        if worked and seconds > 0:
            rate = worked / seconds
            text += f", {rate * 60:.1f} a minute"
            text += f", {duration((self._total - done) / rate)} left" if done < self._total else ""
        if self.counts["failed"]:
            text += f", {self.counts['failed']} failed"
        return text

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._live:
            self._stream.write(_CLEAR)
            self._stream.flush()

    def _print(self, line: str) -> None:
        self._stream.write((_CLEAR if self._live else "") + line + "\n")
        self._stream.flush()


def said(step: Step) -> str:
    """The result in a few words."""
    if step.graded is None:
        return ""
    result = step.graded.result
    text = f"  {points(Fraction(result['score']))} of {points(Fraction(result['points']))}"
    pending = Fraction(result["pending"])
    return text + (f", {points(pending)} open" if pending else "") + f"  {step.graded.seconds:.1f} s"


def tiers_in(result: Mapping[str, Any]) -> Iterator[str]:
    """How strongly student code was held for this result, as the grader wrote it down; nothing where none was run."""
    for line in result["staff"]:
        said = re.fullmatch(r"Student code was held in tier (\w+)\.", line)
        if said:
            yield said[1]


def first_line(text: str) -> str:
    """The line of a message that says most: the last of a traceback, behind what stands before it, else the first."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return ""
    before, traceback, _ = lines[0].partition("Traceback (most recent call last):")
    return clean_line(before + lines[-1] if traceback else lines[0])


def duration(seconds: float) -> str:
    """A length of time as people say it.

    >>> duration(8.2), duration(130), duration(7300)
    ('9 s', '3 min', '2 h 2 min')
    """
    whole = int(seconds) + 1
    if whole < 100:
        return f"{whole} s"
    minutes = (whole + 59) // 60
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
