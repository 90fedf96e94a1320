"""Numbers that students report of their own runs, by method and by setting, read from plain dicts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.submission.written import Answers, Content

_NUMBER = re.compile(r"^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One of the things that are compared.

    Args:
        name: how it is called in messages and in the form ("ridge").
        spellings: words that name it, as patterns over lower-case text without spaces and marks.
    """

    name: str
    spellings: tuple[str, ...]

    def named(self, text: str) -> bool:
        """Whether a text names this method."""
        plain = re.sub(r"[^a-z]", "", text.lower())
        return any(re.fullmatch(pattern, plain) for pattern in self.spellings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What numbers a student reports, for all methods; or one sentence on what is missing."""

    values: dict[str, float]
    trouble: str = ""


def which(methods: tuple[Method, ...], text: str) -> str | None:
    """The name of the method that a text names, None for none."""
    return next((method.name for method in methods if method.named(text)), None)


def is_table(content: Content) -> bool:
    """Whether an answer is numbers by name, and not an order."""
    return isinstance(content, dict) and any(_NUMBER.match(text.strip()) for text in _leaves(content))


def by_place(content: Content) -> Content:
    """`{"ridge": 1, "all": 2, "out": 3}` or `{1: "ridge", …}` as a list in that order; anything else as it is."""
    if not isinstance(content, dict):
        return content
    named = [(place, name) for name, place in content.items() if isinstance(place, str)]
    numbered = [(number, name) for number, name in content.items() if isinstance(name, str)]
    for pairs in (named, numbered):
        if sorted(place.strip() for place, _ in pairs) == [str(at) for at in range(1, len(content) + 1)]:
            return tuple(name for _, name in sorted(pairs, key=lambda pair: int(pair[0])))
    return content


def _leaves(content: Content) -> Iterator[str]:
    if isinstance(content, str):
        yield content
        return
    for part in content.values() if isinstance(content, dict) else content:
        yield from _leaves(part)


def reported(answers: Answers, name: str, setting: str, methods: tuple[Method, ...]) -> Reported:
    """The numbers of one setting from the answer `name`, as `{10: {"ridge": 0.05, …}, …}` or by method first."""
    written = answers.get(name)
    if written is None or written.blank:
        return Reported(values={}, trouble=f"There are no numbers in {name}.")
    if written.trouble:
        return Reported(
            values={}, trouble=f"{name} would have to be run to be known. Type the numbers that it printed."
        )
    return from_table(written.content, name, setting, methods)


def from_table(content: Content, name: str, setting: str, methods: tuple[Method, ...]) -> Reported:
    """The numbers of one setting from a dict; without a setting, or with one left out, from a flat dict."""
    if not isinstance(content, dict):
        return Reported(values={}, trouble=f"{name} is no dict. Write numbers by name, such as {{{_sample(methods)}}}.")
    chosen = _of_setting(content, setting, methods)
    if chosen is None:
        return Reported(values={}, trouble=f"{name} has no entry for {setting}.")
    values: dict[str, float] = {}
    for key, text in chosen.items():
        method = which(methods, key)
        if method is None:
            return Reported(values={}, trouble=f"{name}: {key!r} is none of {', '.join(m.name for m in methods)}.")
        if method in values:
            return Reported(values={}, trouble=f"{name} gives {method} twice.")
        number = _number(text)
        if number is None:
            said = f"{name}: {text!r} for {method} is no number. Write it alone, such as 0.05."
            return Reported(values={}, trouble=said if text.strip() else f"{name} has no number for {method} yet.")
        values[method] = number
    missing = [method.name for method in methods if method.name not in values]
    if missing:
        return Reported(values={}, trouble=f"{name} has no number for {', '.join(missing)}.")
    return Reported(values=values)


def _of_setting(content: dict[str, Content], setting: str, methods: tuple[Method, ...]) -> dict[str, str] | None:
    """The texts by method of one setting, whichever of the two comes first in the dict."""
    flat = {key: part for key, part in content.items() if isinstance(part, str)}
    if len(flat) == len(content):
        return flat
    for key, part in content.items():
        if _same_setting(key, setting) and isinstance(part, dict):
            return {inner: text for inner, text in part.items() if isinstance(text, str)}
    if all(which(methods, key) for key in content):
        turned = {
            key: next(
                (text for inner, text in part.items() if _same_setting(inner, setting) and isinstance(text, str)), ""
            )
            for key, part in content.items()
            if isinstance(part, dict)
        }
        return turned if any(turned.values()) else None
    return None


def _same_setting(key: str, setting: str) -> bool:
    return re.sub(r"\D", "", key) == re.sub(r"\D", "", setting) != ""


def _number(text: str) -> float | None:
    if not _NUMBER.match(text.strip()):
        return None
    value = float(text.replace("_", ""))
    return value if math.isfinite(value) else None


def _sample(methods: tuple[Method, ...]) -> str:
    return ", ".join(f'"{method.name}": ...' for method in methods)
