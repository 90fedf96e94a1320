"""What a sandbox finds around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.sandbox import Sandbox, surroundings


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
