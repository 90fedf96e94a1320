"""The command: where the pages are, who can reach them, and what is said where something is missing."""

from __future__ import annotations

import http.client
import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import cli
from autograder.errors import AuthorError
from autograder.workbench.author import AuthorDesk
from autograder.workbench.guard import HOST
from autograder.workbench.serving import listen
from tests.tiny import library
from tests.workbench.conftest import small

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    return library(tmp_path / f"course_{tmp_path.name}", "tiny", "large")


def test_only_this_machine_is_listened_to():
    """The socket is bound to 127.0.0.1, whatever addresses the machine has."""
    served = listen({"small": AuthorDesk(assignment=small())}, 0)
    try:
        assert served.server.socket.getsockname() == (HOST, served.guard.port)
        assert str(served.guard.port) in served.guard.address
    finally:
        served.server.server_close()


def test_a_port_that_is_taken_is_told():
    """With what to do."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            AuthorError, match=f"cannot listen on port {port} of 127.0.0.1: it is taken. Choose another"
        ):
            listen({}, port)


@pytest.mark.parametrize("practice", [False, True])
def test_the_command_prints_the_address_and_serves_until_it_is_stopped(course, practice):
    """Nothing but the address is printed, requests are not logged, and Ctrl-C is a good end."""
    command = [sys.executable, "-m", "autograder", "serve", "tiny", "--library", str(course)]
    process = subprocess.Popen(
        [*command, *(["--practice"] if practice else [])],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(course.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(5)]
    found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+/)", "".join(lines))
    assert found, lines
    connection = http.client.HTTPConnection(HOST, int(found[1]), timeout=30)
    connection.request("GET", f"{found[2]}tiny/")
    reply = connection.getresponse()
    page = reply.read().decode()
    connection.close()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (reply.status, process.returncode) == (200, 0)
    assert ("practice, without keys" if practice else "with keys, for staff only") in page
    assert (out, err) == ("\nThe workbench is closed.\n", "loading tiny …\n")


def test_a_missing_package_is_told_with_the_command_that_installs_it(course, capsys, monkeypatch):
    """Before anything is loaded."""
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "flask" else found(name))
    assert cli.main(["serve", "tiny", "--library", str(course)]) == 2
    assert capsys.readouterr().err == (
        "autograder: the workbench needs flask, which grading does not. Install with: ./setup.sh --workbench\n"
    )


def test_an_assignment_that_is_not_there_is_told(course, capsys):
    """With the choices."""
    assert cli.main(["serve", "tinny", "--library", str(course)]) == 2
    assert "there is no assignment 'tinny'. Choose one of: large, tiny." in capsys.readouterr().err
