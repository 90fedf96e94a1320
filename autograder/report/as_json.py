"""A result as JSON for programs: exact points as fractions, every fact of every verdict."""

from __future__ import annotations

from typing import Any

from autograder.engine.codec import verdict_to_json
from autograder.verdict import Result


def to_json(result: Result) -> dict[str, Any]:
    """A result as strings, numbers, lists and None; all but the fields `seconds` depends on nothing but input and seed."""
    return {
        "assignment": result.assignment,
        "title": result.title,
        "seed": result.seed,
        "complete": result.complete,
        "score": str(result.score),
        "points": str(result.points),
        "pending": str(result.pending),
        "parts": [
            {
                "part": part.part,
                "title": part.title,
                "points": str(part.points),
                "score": str(part.score),
                "look": part.look,
                "tags": list(part.tags),
                "after": list(part.after),
                "verdict": verdict_to_json(part.verdict),
                "seconds": round(part.seconds, 3),
            }
            for part in result.parts
        ],
        "notices": list(result.notices),
        "staff": list(result.staff),
        "seconds": round(result.seconds, 3),
    }
