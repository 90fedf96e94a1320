"""The student's half: read as the grader reads, tried against the statement, and nothing of a key."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys

import pytest

from autograder.assignments import load
from autograder.build.kit import kit, statements
from autograder.kit.codec import from_json, to_json
from autograder.places import LIBRARY
from autograder.workbench.app import workbench
from autograder.workbench.guard import Guard
from autograder.workbench.practice import PracticeDesk
from tests.workbench.conftest import HOME, PORT, TOKEN


@pytest.fixture(scope="module")
def practice():
    """The pages of hw1 as a kit has them."""
    public = from_json(json.loads(json.dumps(to_json(statements(load("hw1"))))))
    app = workbench({"hw1": PracticeDesk(statements=public)}, Guard(token=TOKEN, port=PORT))
    app.testing = True
    return app.test_client()


def shown(client, part: str, answer: str = "") -> str:
    """The page of a part, its style left out."""
    form = {"answer": answer}
    reply = client.post(f"/{TOKEN}/hw1/{part}/", data=form, base_url=HOME)
    assert reply.status_code == 200
    return re.sub(r"<style>.*?</style>", "", reply.text, flags=re.DOTALL)


def test_a_kit_opens_its_own_page(tmp_path):
    """Unpacked somewhere, with nothing of this project installed: its one command serves its one assignment."""
    assignment = load("gradients")
    for name, data in kit(statements(assignment), assignment, LIBRARY).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    process = subprocess.Popen(
        [sys.executable, "-I", tmp_path / "gradients" / "workbench.py"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(5)]
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+/)", "".join(lines))
    assert found, lines
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"{found[2]}gradients/3.range/", "answer=0+%3C+lr+%3C+1", headers)
    page = connection.getresponse().read().decode()
    connection.close()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")
    assert re.search(r'class="sign"[^>]*>[^<]*</span>ok<', page)


@pytest.mark.parametrize(
    ("answer", "word"),
    [("eta < 1/sigma^2", "ok"), ("eta < 2/sigma^2", "not yet"), ("eta < 1/sgima", "unreadable")],
)
def test_an_answer_is_read_and_tried(practice, answer, word):
    """As by the kit's own command."""
    page = shown(practice, "1a", answer)
    assert re.search(r'class="sign"[^>]*>[^<]*</span>([a-z ]+)<', page)[1] == word
    assert ("<math" in page) == (word != "unreadable")


def test_nothing_of_a_key_is_shown(practice):
    """No rules, no evidence, no points, no witness against a key."""
    page = shown(practice, "1a", "eta < 2/sigma^2")
    assert "practice, without keys" in page
    for words in ("misconception", "Evidence", "For staff", "half-loss", "of 3", "The witness"):
        assert words not in page


def test_code_is_read_only(practice):
    """It says that code is not run."""
    page = shown(
        practice, "3.code", "def ridge(X, y, lam):\n    raise SystemExit\n\ndef kernel_ridge(X, y, lam):\n    1/0"
    )
    assert "code is not run here" in page


def test_a_table_works_without_keys(practice):
    """Readings and words, no points and rules."""
    reply = practice.post(
        f"/{TOKEN}/hw1/1a/table/", data={"answers": "eta < 1/sigma^2\neta < 2/sigma^2"}, base_url=HOME
    )
    assert re.findall(r"</span>(ok|not yet)<", reply.text) == ["ok", "not yet"]
    assert "half-loss" not in reply.text
