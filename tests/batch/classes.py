"""Classes of submissions for tests: folders, zips, exports of the platform, and crews that do as they are told."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from io import BytesIO
from pathlib import Path

from autograder.batch.crew import Lost
from autograder.batch.worker import answer
from tests import tiny

RIGHT = 'q1a = "right"\nq1a_path = "right"\nq2 = "right"\n'
WRONG = 'q1a = "wrong"\nq1a_path = "third"\nq2 = "right"\n'


def folder(path: Path, answers: Mapping[str, str]) -> Path:
    """A folder with one folder per submission, each with an answers.py."""
    for name, text in answers.items():
        (path / name).mkdir(parents=True)
        (path / name / "answers.py").write_text(text, encoding="utf-8")
    return path


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip with these files."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


METADATA = """\
---
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0001'
    :email: ada@example.edu
  :created_at: 2026-01-02 03:04:05.000000000 -08:00
  :score: 3.5
  :status: processed
  :results:
    score: 3.5
    tests:
    - number: 1a
      score: 2.0
      max_score: 2.0
      extra_data: {part: tiny/1a, verdict: ok}
    - number: 1a.path
      score: 1.0
      max_score: 3.0
      extra_data: {part: tiny/1a.path, verdict: not yet, misconception: third}
  :history: []
submission_12:
  :submitters:
  - :name: 李 明
    :sid: '0002'
    :email: li@example.edu
  - :name: Noël "=1+1" O'Brien
    :sid: '0003'
    :email: noel@example.edu
  :created_at: 2026-01-03 00:00:00 Z
  :score:
"""


def export(**more: str) -> dict[str, str]:
    """The files of a Gradescope export."""
    files = {
        "submission_metadata.yml": METADATA,
        "submission_11/answers.py": RIGHT,
        "submission_12/answers.py": WRONG,
        **more,
    }
    return {f"assignment_7_export/{name}": text for name, text in files.items()}


class Obeying:
    """A crew that grades at once in this process, or loses what it is told to lose.

    Args:
        loses: by number of the package in the order of submitting, why it is lost.
    """

    def __init__(self, loses: Callable[[int], str] = lambda number: "", capacity: int = 2) -> None:
        self.capacity = capacity
        self.submitted: list[bytes] = []
        self.most = 0
        self._loses = loses
        self._open: list[Future[bytes]] = []

    def submit(self, data: bytes) -> Future[bytes]:
        future: Future[bytes] = Future()
        number = len(self.submitted)
        self.submitted.append(data)
        reason = self._loses(number)
        if reason:
            future.set_exception(Lost(reason))
        else:
            future.set_result(answer(tiny.assignment(), data, None))
        return future

    def close(self) -> None:
        pass


def canonical(store_rows: object) -> str:
    """All results of a database as one text, without anything that a clock decides."""
    return json.dumps([[row.id, row.graded and row.graded.result] for row in store_rows], sort_keys=True)  # type: ignore[attr-defined]
