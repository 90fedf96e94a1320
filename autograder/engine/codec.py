"""Verdicts as strict JSON: how they cross from the judging process and are stored. Exact both ways, nothing guessed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from autograder.engine.codec_checks import (
    check_from_json,
    check_to_json,
    entry_from_json,
    entry_to_json,
)
from autograder.engine.codec_pictures import plot_from_json, plot_to_json, tree_from_json, tree_to_json
from autograder.equality.decision import Evidence
from autograder.errors import GraderBug
from autograder.verdict import Cause, Verdict, Word

_TEXTS = ("wrote", "read_as", "read_as_latex", "witness", "convention")
_LISTS = ("feedback", "notices", "staff", "carried")
_ITEMS = ("checks", "leaderboard", "plots")
_KEYS = frozenset({"word", "credit", "evidence", "misconception", "cause", "reading", *_ITEMS, *_TEXTS, *_LISTS})


def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as strings, lists and None; the credit as an exact fraction ("1/2")."""
    return {
        "word": str(verdict.word),
        "credit": str(verdict.credit),
        "evidence": str(verdict.evidence),
        "cause": str(verdict.cause),
        "misconception": verdict.misconception,
        **{name: getattr(verdict, name) for name in _TEXTS},
        **{name: list(getattr(verdict, name)) for name in _LISTS},
        "checks": [check_to_json(check) for check in verdict.checks],
        "leaderboard": [entry_to_json(entry) for entry in verdict.leaderboard],
        "reading": None if verdict.reading is None else tree_to_json(verdict.reading),
        "plots": [plot_to_json(plot) for plot in verdict.plots],
    }


def verdict_from_json(data: object) -> Verdict:
    """The verdict that `verdict_to_json` wrote.

    Raises:
        GraderBug: the data is anything else; the message names the field.
    """
    if not isinstance(data, dict) or set(data) != _KEYS:
        keys = sorted(map(str, set(data) ^ _KEYS)) if isinstance(data, dict) else type(data).__name__
        raise GraderBug(f"a verdict came back with other fields than it has: {keys}")
    for name in ("word", "credit", "evidence", "cause", *_TEXTS):
        if not isinstance(data[name], str):
            raise GraderBug(f"a verdict came back with {name} = {data[name]!r}, which is no text")
    for name in _LISTS:
        if not isinstance(data[name], list) or not all(isinstance(item, str) for item in data[name]):
            raise GraderBug(f"a verdict came back with {name} = {data[name]!r}, which is no list of texts")
    for name in _ITEMS:
        if not isinstance(data[name], list):
            raise GraderBug(f"a verdict came back with {name} = {data[name]!r}, which is no list")
    if not isinstance(data["misconception"], str | None):
        raise GraderBug(f"a verdict came back with misconception = {data['misconception']!r}")
    try:
        return Verdict(
            word=Word(data["word"]),
            credit=Fraction(data["credit"]),
            evidence=Evidence(data["evidence"]),
            cause=Cause(data["cause"]),
            misconception=data["misconception"],
            wrote=data["wrote"],
            read_as=data["read_as"],
            read_as_latex=data["read_as_latex"],
            witness=data["witness"],
            feedback=tuple(data["feedback"]),
            notices=tuple(data["notices"]),
            staff=tuple(data["staff"]),
            carried=tuple(data["carried"]),
            convention=data["convention"],
            checks=tuple(check_from_json(check) for check in data["checks"]),
            leaderboard=tuple(entry_from_json(entry) for entry in data["leaderboard"]),
            reading=None if data["reading"] is None else tree_from_json(data["reading"]),
            plots=tuple(plot_from_json(plot) for plot in data["plots"]),
        )
    except (ValueError, ZeroDivisionError) as error:
        raise GraderBug(f"a verdict came back that cannot be: {error}") from None
