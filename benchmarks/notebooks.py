"""What grading the three-width notebook costs, beside executing it from top to bottom with nbclient.

python benchmarks/notebooks.py            grading alone
python benchmarks/notebooks.py --execute  also executes it, with 40 steps of training instead of 150 000
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = ROOT / "reference" / "hw1" / "solution" / "relu_features.ipynb"

GRADE = """
import dataclasses, pathlib, sys
from autograder.assignments import load
from autograder.engine.grade import grade
from autograder.submission.collect import collect
whole = load("hw1")
parts = tuple(question for question in whole if question.answer.kind == "notebook")
assignment = dataclasses.replace(whole, questions=parts, topics={})
result = grade(assignment, collect(pathlib.Path(sys.argv[1])), seed=1)
print(", ".join(f"{part.part} {part.verdict.word}" for part in result.parts))
"""

EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
for cell in notebook.cells:
    cell.source = cell.source.replace("n_steps = 150_000", "n_steps = 40").replace("save_every = 1000", "save_every = 20")
NotebookClient(notebook, timeout=600).execute()
print("executed")
"""


def measured(title: str, program: str) -> None:
    """Run a program on the notebook and print what it and all its processes used."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(  # noqa: S603  # this interpreter and the programs above
        [sys.executable, "-c", program, str(NOTEBOOK)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # The largest of the processes; the sandbox's children share all but a few MiB with the fork server.
    print(f"{title:10} {cpu:6.1f} s CPU {wall:6.1f} s wall {after.ru_maxrss / 1024:6.0f} MiB  {run.stdout.strip()}")
    if run.returncode:
        print(run.stderr[-2000:])


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--execute", action="store_true", help="also execute the notebook with nbclient")
    arguments = parser.parse_args()
    measured("graded", GRADE)
    if arguments.execute:
        measured("executed", EXECUTE)


if __name__ == "__main__":
    main()
