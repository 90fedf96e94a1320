"""A further witness where a gradient is involved: torch differentiates the oracle's own losses, and the key must agree."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from typing import Any

from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.errors import AutograderError
from autograder.oracles import MeasuredChoice, MeasuredPoints
from autograder.question import Question
from autograder.verify.disagreement import worst
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.typed import key_trees

_SECONDS = 120.0  # torch on a cold disk
_MEMORY = 16 << 30  # of address space, which torch reserves freely


def check_derivatives(context: Context) -> Iterator[Row]:
    """Let every oracle that measures slopes measure them by automatic differentiation, in a process of its own."""
    if importlib.util.find_spec("torch") is None:
        yield Row(
            check="autograd", part="", mark=Mark.NOTE, says="torch is not installed, so that it is no witness",
            file=context.file(), fix="Run setup.sh.",
        )  # fmt: skip
        return
    places = [place for place, question in enumerate(context.questions) if question.practice is not None]
    with Worker(lambda job: _judged(context.questions[job["at"]], context.seeds), memory=_MEMORY) as worker:
        for place in places:
            question = context.questions[place]
            try:
                found = worker.ask({"at": place}, _SECONDS)
            except (OutOfTime, Crashed) as error:
                found = {"cannot": f"it came to no end: {error}"}
            yield from _rows(context, question, found)


def _judged(question: Question, seeds: int) -> Mapping[str, Any]:
    from autograder.oracles.autograd import by_autograd, measures_slopes

    if (
        isinstance(question.practice, MeasuredPoints)
        or question.practice is None
        or not measures_slopes(question.practice)
    ):
        return {}  # points are sought along thousands of slopes, which are those of another part
    if isinstance(question.practice, MeasuredChoice):
        seeds = 1  # an experiment takes hundreds of slopes
    if any(question.practice.agrees(question, seed=seed) for seed in range(seeds)):
        return {}  # the witnesses say so
    try:
        with by_autograd() as count:
            said = next(filter(None, (question.practice.agrees(question, seed=seed) for seed in range(seeds))), "")
            largest = None if said else worst(question, [key_trees(question)], seeds)
    except AutograderError as error:
        return {"cannot": str(error)}
    return {"said": said, "count": count[0], "worst": largest}


def _rows(context: Context, question: Question, found: Mapping[str, Any]) -> Iterator[Row]:
    file = context.file(question)
    if "cannot" in found:
        yield Row(
            check="autograd", part=question.id, mark=Mark.NOTE, says=str(found["cannot"]), file=file, at="practice",
            fix="Write the oracle's loss with operators and plain NumPy functions.",
        )  # fmt: skip
    elif found.get("said"):
        yield Row(
            check="autograd", part=question.id, mark=Mark.FAIL, file=file, at="practice",
            says=f"with torch's derivatives the oracle disagrees with the key: {found['said']}",
            fix="Differences are too coarse or hit a kink here: choose their width, or keep away from the kink.",
        )  # fmt: skip
    elif found.get("count"):
        says = f"torch differentiates {found['count']} times and agrees"
        says += "" if found["worst"] is None else f"; worst disagreement {found['worst']:.1e}"
        yield Row(check="autograd", part=question.id, mark=Mark.OK, says=says)
