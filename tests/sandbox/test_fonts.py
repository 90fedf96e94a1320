"""Matplotlib's list of fonts is kept, and the shelf on which it is kept is nobody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.sandbox import Call, Program, Returned, Sandbox, fonts
from autograder.shelf import keep, shelf

DRAWS = b"""
import matplotlib.pyplot as plt

def written():
    figure = plt.figure()
    text = figure.text(0.5, 0.5, "abc")
    figure.canvas.draw()
    return [text.get_window_extent().width, text.get_fontproperties().get_name()]
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _drawn():
    program = Program(files={"mine.py": DRAWS}, main="mine.py")
    with Sandbox.start(("matplotlib",)) as sandbox:
        outcome = sandbox.call(program, Call(name="written"))
    assert isinstance(outcome, Returned), outcome.message
    return outcome.value


def test_the_list_is_kept_and_used(cache):
    """The first start makes it, the second uses it, and a broken one is made again; what is drawn is the same."""
    first = _drawn()
    (kept,) = (cache / "autograder" / "fonts").iterdir()
    made = kept.stat().st_ino
    assert _drawn() == first
    assert kept.stat().st_ino == made
    kept.write_text("no list")
    assert _drawn() == first
    assert kept.stat().st_ino != made


def test_a_shelf_is_this_users_alone(cache):
    """What was made is closed to others; one that others could write to is not used."""
    folder = shelf("fonts")
    assert folder == cache / "autograder" / "fonts"
    assert folder.stat().st_mode & 0o077 == 0
    for open_to_others in (folder, folder.parent):
        open_to_others.chmod(0o777)
        assert shelf("fonts") is None
        open_to_others.chmod(0o700)
    assert shelf("fonts") == folder


def test_no_shelf_where_there_is_no_place(tmp_path, monkeypatch):
    """A file in the way, a link, another user's folder or a path that is none: nothing is kept, nothing fails."""
    (tmp_path / "file").write_text("")
    (tmp_path / "real").mkdir()
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "autograder").symlink_to(tmp_path / "real")
    for place in (tmp_path / "file", tmp_path / "links", Path("relative")):
        monkeypatch.setenv("XDG_CACHE_HOME", str(place))
        assert shelf("fonts") is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert shelf("fonts") is None


def test_what_cannot_be_kept_is_not(tmp_path):
    """A shelf that has gone, or a folder in the file's place, leaves no half file."""
    keep(tmp_path / "gone" / "list", b"data")
    (tmp_path / "list").mkdir()
    keep(tmp_path / "list", b"data")
    assert [place.name for place in tmp_path.iterdir()] == ["list"]
    fonts.bring(tmp_path / "gone", tmp_path)
