"""What a sandbox finds around it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from autograder.sandbox import Call, Program, Raised, Sandbox, surroundings, warm


def test_a_folder_of_packages_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's Python names `dist-packages` in an environment that has none: it is no obstacle, and the sandbox starts."""
    named = surroundings.library_folders()
    missing = str(tmp_path / "dist-packages")
    monkeypatch.setattr(surroundings, "library_folders", lambda: [*named, missing])
    assert missing not in surroundings.closed_to_children()
    with Sandbox.start() as sandbox:
        assert sandbox.report is not None


def test_a_closed_folder_is_opened_beforehand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that other users cannot enter is told, where root starts the sandbox."""
    closed = tmp_path / "site-packages"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(surroundings, "library_folders", lambda: [str(closed)])
    monkeypatch.setattr(surroundings.os, "geteuid", lambda: 0)
    assert str(closed) in surroundings.closed_to_children()


def test_a_release_candidate_of_python_trains(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Ubuntu 22.04 calls Python 3.11 lacks two functions that torch's optimisers ask for; they are supplied."""
    known = sys.get_int_max_str_digits()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "get_int_max_str_digits", sys.get_int_max_str_digits)
        patched.setattr(sys, "set_int_max_str_digits", sys.set_int_max_str_digits)
        del sys.get_int_max_str_digits, sys.set_int_max_str_digits
        warm.complete_python()
        assert sys.get_int_max_str_digits() == 0
        sys.set_int_max_str_digits(1000)
    assert sys.get_int_max_str_digits() == known


def test_a_trusted_file_is_compiled_beforehand(tmp_path: Path) -> None:
    """It runs as it would be sent, under its own name; a file of the same name with another content is what it says."""
    trusted = tmp_path / "beside.py"
    trusted.write_bytes(b"def told():\n    raise ValueError('trusted')\n")
    sandbox = Sandbox.begin(ready={"stage/beside.py": trusted})
    with sandbox:
        sandbox.prove()
        for content, said in (
            (trusted.read_bytes(), "trusted"),
            (b"def told():\n    raise ValueError('own')\n", "own"),
        ):
            files = {"main.py": b"from stage.beside import told\n", "stage/beside.py": content}
            outcome = sandbox.call(Program(files=files, main="main.py"), Call(name="told"))
            assert isinstance(outcome, Raised)
            assert (outcome.error, outcome.traceback[-1].file) == (said, "stage/beside.py")
