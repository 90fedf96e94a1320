"""What goes between a batch and its workers, and what a worker finds out beside verdicts."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.batch import crew as crews
from autograder.batch import frames
from autograder.batch.crew import LocalCrew, Lost, Place, Slot
from autograder.batch.package import pack
from autograder.batch.sources import sources_of
from autograder.sandbox.staging import Staged
from autograder.submission.collect import collected
from tests import tiny

LONG = """
def ridge(X, y, lam):
    n, d = X.shape
    A = X.T @ X + lam * eye(d)
    b = X.T @ y
    if n < d:
        K = X @ X.T + lam * eye(n)
        return X.T @ solve(K, y)
    return solve(A, b) + 0 * n
"""


def found(text: str, name: str = "a.py") -> dict[str, str]:
    return sources_of(collected(Staged(files={name: text.encode()}), "the submission"))


def test_a_worker_that_hangs_is_ended(tmp_path, monkeypatch):
    """It is given its time, then killed; the next submission gets a new one."""
    slot = Slot(Place(library=tiny.library(tmp_path / "lib"), assignment="tiny"))
    try:
        assert b'"score": "2"' in slot.grade(pack(Staged(files={"a.py": b'q1a = "right"\n'})).data)
        worker = slot.pid
        monkeypatch.setattr(crews, "_PATIENCE", 0.2)
        with pytest.raises(Lost, match="there was no answer in time"):
            slot.grade(pack(Staged(files={"a.py": b'q1a = "hang"\n'})).data)
        assert slot.pid is None
        deadline = time.monotonic() + 20
        while (Path("/proc") / str(worker)).exists() or _group(worker):
            assert time.monotonic() < deadline, "something of the worker is left"
            os.sched_yield()
    finally:
        slot.close()


def test_what_judging_needs_is_loaded_before_the_first_submission():
    """Whatever of the grader a wrong formula or a wrong function needs, a worker has imported before it forks."""
    program = """
import sys
from pathlib import Path
from autograder.assignments import load
from autograder.batch import worker
from autograder.batch.ahead import prepare
from autograder.batch.package import pack
from autograder.engine.judging import judged
from autograder.engine.presence import aligned
from autograder.answers.sandboxed import Bench
from autograder.sandbox import Sandbox
from autograder.sandbox.staging import Staged
from autograder.submission.collect import collected
assignment = load("twelve", Path("benchmarks/peers/here"))
prepare(assignment)
before = set(sys.modules)
text = 'import numpy as np\\nq1 = "sigma*w"\\nq6 = "A.T*b"\\ndef ridge(X, y, lam):\\n    return np.zeros(X.shape[1])\\n'
submission = collected(Staged(files={"homework.py": text.encode()}), "the submission")
answers = aligned(assignment, submission.answers)
for place in (0, 5):
    assert '"not yet"' in str(list(judged(assignment, answers, 1, {"part": place}))).replace("'", '"')
with Sandbox.start() as sandbox:
    bench = Bench(sandbox=sandbox, submission=submission, assignment=assignment)
    question = assignment.questions[6]
    assert question.answer.judge_in(question, bench, seed=1).word.value == "not yet"
print(sorted(name for name in set(sys.modules) - before if name.startswith(("autograder", "numpy"))))
"""
    root = Path(__file__).parents[2]
    said = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True).stdout
    assert said == "[]\n", f"add {said} to autograder/batch/ahead.py"


def test_workers_leave_by_themselves_when_the_crew_is_closed(tmp_path):
    """Idle workers come to their end, with their sandboxes, instead of being killed with the threads that started them."""
    crew = LocalCrew(Place(library=tiny.library(tmp_path / "lib"), assignment="tiny"), jobs=1)
    package = pack(Staged(files={"a.py": b'q1a = "right"\n'})).data
    assert b'"score": "2"' in crew.submit(package).result()
    process = crew._slots[0]._process
    crew.close()
    assert process.returncode == 0
    with pytest.raises(RuntimeError):
        crew.submit(package)


def _group(leader: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True


def test_messages_arrive_as_they_were_sent():
    """Any bytes, also none; then the end."""
    here, there = os.pipe()
    for data in (b"", b"x" * 1000, bytes(range(256))):
        frames.send(there, data)
        assert frames.receive(here) == data
    os.close(there)
    assert frames.receive(here) is None
    os.close(here)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda sent: sent[:-1], "in the middle"),
        (lambda sent: sent[:10], "in the middle"),
        (lambda sent: b"Traceback " * 9, "no message"),
        (lambda sent: sent[:-1] + b"?", "other bytes"),
    ],
)
def test_damaged_messages_are_noticed(change, message):
    """What was cut off, printed in between or altered is never used."""
    here, there = os.pipe()
    frames.send(there, b"a result")
    sent = os.read(here, 1000)
    os.write(there, change(sent))
    os.close(there)
    with pytest.raises(frames.Damaged, match=message):
        frames.receive(here)
    os.close(here)


def test_code_is_the_same_whatever_is_said_about_it():
    """Comments, docstrings and formatting do not count; a constant does, and what is short says nothing."""
    commented = LONG.replace("    A =", "    # normal equations\n    A =").replace(
        ":\n    n, d", ':\n    """Doc."""\n    n, d'
    )
    assert set(found(LONG)) == {"ridge"}
    assert found(LONG) == found(commented)
    assert found(LONG) != found(LONG.replace("0 * n", "1 * n"))
    assert found("def f(x):\n    return x\n") == {}


@pytest.mark.parametrize("text", ["def f(:\n", "\x00", "(" * 10_000, ""])
def test_code_that_cannot_be_read_has_no_hashes(text):
    """It costs nothing but the information."""
    assert found(text) == {}


def test_a_damaged_notebook_has_no_hashes():
    """Nor does one that is no notebook."""
    assert found("{", "a.ipynb") == {}
