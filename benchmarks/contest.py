"""A table of contenders on pairs whose verdicts are known."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from autograder.equality.budget import Crashed, OutOfTime, Worker


class Verdict(StrEnum):
    """What a contender says of a pair."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Contender(NamedTuple):
    """A way to decide, by name."""

    name: str
    decide: Callable[[Any, int], Verdict]


def contest(
    title: str, pairs: Sequence[Any], contenders: Sequence[Contender], *, seconds: float, seed: int, repeats: int = 3
) -> None:
    """Print, for every contender, right and wrong verdicts and the time of a pair (the best of a few runs)."""
    equal = sum(pair.equal for pair in pairs)
    print(f"{len(pairs)} {title}: {equal} equal, {len(pairs) - equal} different; seed {seed}")
    print(
        f"{'':24}{'correct':>9}{'false accept':>14}{'false reject':>14}{'undecided':>11}{'median ms':>11}{'p95 ms':>9}"
    )
    for contender in contenders:
        with Worker(lambda job, contender=contender: _run(contender, pairs[job["place"]], seed, repeats)) as worker:
            rows = [_ask(worker, place, seconds) for place in range(len(pairs))]
        print(_line(contender.name, pairs, rows))


def _run(contender: Contender, pair: Any, seed: int, repeats: int) -> Mapping[str, Any]:
    times = []
    verdict = Verdict.UNDECIDED
    for _ in range(repeats):
        start = time.perf_counter()
        try:
            verdict = contender.decide(pair, seed)
        except Exception:  # noqa: BLE001 - a contender that fails has not decided
            verdict = Verdict.UNDECIDED
        times.append((time.perf_counter() - start) * 1000)
        if times[-1] > 1000:
            break
    return {"verdict": str(verdict), "ms": min(times)}


def _ask(worker: Worker, place: int, seconds: float) -> Mapping[str, Any]:
    try:
        return worker.ask({"place": place}, seconds)
    except (OutOfTime, Crashed):
        return {"verdict": str(Verdict.UNDECIDED), "ms": seconds * 1000}


def _line(name: str, pairs: Sequence[Any], rows: Sequence[Mapping[str, Any]]) -> str:
    said = [(pair.equal, row["verdict"]) for pair, row in zip(pairs, rows, strict=True)]
    accepted = said.count((False, "equal"))
    rejected = said.count((True, "different"))
    undecided = sum(verdict == "undecided" for _, verdict in said)
    times = sorted(row["ms"] for row in rows)
    p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    correct = len(said) - accepted - rejected - undecided
    return (
        f"{name:24}{correct:>9}{accepted:>14}{rejected:>14}{undecided:>11}{statistics.median(times):>11.2f}{p95:>9.1f}"
    )
