"""One assignment of twelve items, graded by this project, stock gradescope-utils, pytest and otter, side by side in one run.

    python -m benchmarks.peers                       # 1, 10 and 100 submissions, three rounds
    python -m benchmarks.peers --quick               # the same, peers on at most 20 submissions of a class
    python -m benchmarks.peers --submissions 1 --no-record

Six formulas, four functions on 20 random instances each, the singular values of ReLU features, a path of gradient descent.
All grade the very same files; within a round they take turns, so that a busy moment of the machine hits all alike. Writes
`benchmarks/results/peers.md`, `peers.svg` and `peers.json` and the README's table, and says which ratios are worse than in
the last record.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from benchmarks.peers import record, table
from benchmarks.peers.contest import Sizes, contest
from benchmarks.peers.environments import cache, interpreter
from benchmarks.peers.graders import ROOT, Grader, otter, ours, plain, stock
from benchmarks.peers.plot import plot
from benchmarks.peers.quoted import quote

RESULTS = ROOT / "benchmarks" / "results"


def main() -> None:
    """Measure, write, compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--submissions", type=_counts, default=(1, 10, 100), help="sizes of classes, like 1,10,100")
    parser.add_argument("--quick", action="store_true", help="peers grade at most 20 submissions of a class")
    parser.add_argument("--rounds", type=int, help="rounds of single submissions (default: 3)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at once for classes (default: %(default)s)")
    parser.add_argument("--only", nargs="*", default=list(PEERS), choices=list(PEERS), help="these peers alone")
    parser.add_argument("--environments", type=Path, default=cache(), help="default: %(default)s")
    parser.add_argument("--no-record", action="store_true", help="print only; leave benchmarks/results as it is")
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # all graders start from compiled files, as in use
    sizes = Sizes(
        submissions=arguments.submissions,
        rounds=arguments.rounds or 3,
        class_rounds=1,
        most_of_peers=20 if arguments.quick else max(arguments.submissions),
        jobs=arguments.jobs,
    )
    with tempfile.TemporaryDirectory(prefix="peers-") as name:
        graders, missing = _graders(arguments.only, arguments.environments, Path(name))
        load = os.getloadavg()[0]
        rows = contest(graders, sizes, Path(name))
    ratios = record.ratios(rows)
    text = table.markdown(rows, ratios, missing, load, sizes)
    print(text)
    print(record.fallen(RESULTS / "peers.json", ratios))
    if not arguments.no_record:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "peers.md").write_text(text, encoding="utf-8")
        (RESULTS / "peers.svg").write_text(plot(rows), encoding="utf-8")
        (RESULTS / "peers.json").write_text(json.dumps(record.as_json(rows, ratios, load), indent=1) + "\n")
        quote(ROOT / "README.md", rows)


PEERS = ("gradescope-utils", "pytest", "otter")


def _graders(names: list[str], environments: Path, work: Path) -> tuple[list[Grader], dict[str, str]]:
    """This project and the peers that can be had; why the others cannot."""
    made, missing = [ours()], {}
    for name in names:
        python = interpreter(name, environments)
        if isinstance(python, str):
            missing[name] = python
        else:
            made.append(
                {"gradescope-utils": stock, "pytest": plain}[name](python)
                if name != "otter"
                else otter(python, work / "otter")
            )
    return made, missing


def _counts(text: str) -> tuple[int, ...]:
    """Sizes from the command line."""
    return tuple(sorted({int(part) for part in text.split(",")}))


if __name__ == "__main__":
    main()
