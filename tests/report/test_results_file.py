"""The writer of results.json: strict, atomic, and not to be led astray."""

from __future__ import annotations

import json
import math
import os
from fractions import Fraction

import pytest

from autograder.errors import GraderBug
from autograder.report.results_file import validated, write_results


def test_what_is_written_is_strict_json(tmp_path):
    """A reader that allows nothing beyond the standard reads back what was meant."""
    path = tmp_path / "results.json"
    write_results(path, {"output": "σ ≤ 1", "tests": [{"name": "a", "score": 1.5, "max_score": 2}]})
    read = json.loads(path.read_bytes(), parse_constant=pytest.fail)
    assert read == {
        "output": "σ ≤ 1",
        "tests": [{"name": "a", "score": 1.5, "max_score": 2}],
    }
    assert path.stat().st_mode & 0o777 == 0o644
    assert [entry.name for entry in tmp_path.iterdir()] == ["results.json"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"score": math.nan}, "results.score is nan, which results.json cannot hold"),
        ({"score": math.inf}, "results.score is inf"),
        ({"score": 10**400}, "results.score is 1000"),
        ({"score": "100"}, "results.score must be a number, not '100'"),
        ({"score": [100]}, "results.score must be a number"),
        ({"score": True}, "results.score must be a number, not True"),
        ({"score": Fraction(1, 2)}, "results.score is Fraction"),
        ({"output": None}, "results.output is None"),
        ({"output": 3}, "results.output must be a text, not 3"),
        ({"tests": [None]}, "results.tests[0] is None"),
        ({"tests": {}}, "results.tests must be a list of dicts"),
        ({"tests": [[]]}, "results.tests must be a list of dicts"),
        ({"tests": [{"number": 1}]}, "results.tests[0].number must be a text, not 1"),
        ({"tests": [{"output": ["a"]}]}, "results.tests[0].output must be a text"),
        ({"tests": [{"max_score": -1}]}, "results.tests[0].max_score must be a number, not -1"),
        ({"extra_data": {1: 2}}, "results.extra_data is {1: 2}"),
        ({"extra_data": {"a": object}}, "results.extra_data.a is <class 'object'>"),
        ([], "results must be a dict, not list"),
    ],
)
def test_what_the_platform_chokes_on_is_a_bug_of_ours(tmp_path, data, message):
    """Nothing of the kind is ever written; the message says where it is."""
    with pytest.raises(GraderBug) as caught:
        write_results(tmp_path / "results.json", data)
    assert str(caught.value).startswith(message)
    assert [entry.name for entry in tmp_path.iterdir()] == []


def test_data_nested_without_end_is_refused():
    """A loop in the data ends in a message, not in a crash."""
    loop: dict[str, object] = {}
    loop["again"] = loop
    with pytest.raises(GraderBug, match="nested deeper than"):
        validated({"extra_data": loop})


@pytest.mark.parametrize(("score", "kept"), [(-1, 0), (0, 0), (1.5, 1.5), (2, 2), (99, 2)])
def test_scores_are_clamped(score, kept):
    """A score is never below 0 nor above its maximum, for a test as for the whole."""
    sound = validated({"score": score, "tests": [{"score": score, "max_score": 2}]})
    assert (sound["score"], sound["tests"][0]["score"]) == (kept, kept)


def test_texts_are_cleaned_and_cut():
    """Control characters and floods do not pass, wherever they stand."""
    sound = validated({"output": "a\x1b[31mb\0c\ud800" + "x" * 200_000, "extra_data": {"k\x07": "\u202e"}})
    assert sound["output"].startswith("abc\N{REPLACEMENT CHARACTER}xxx")
    assert len(sound["output"]) < 100_000
    assert sound["extra_data"] == {"k": ""}


def test_none_may_stand_in_extra_data_only():
    """A part without a misconception says null; nothing else may."""
    assert validated({"tests": [{"extra_data": {"misconception": None}}]})["tests"][0]["extra_data"] == {
        "misconception": None
    }


@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder", "file"])
def test_whatever_stands_at_the_target_is_replaced_never_followed(tmp_path, kind):
    """A planted link, pipe or folder neither leads the writer elsewhere nor blocks it."""
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text("untouched")
    home = tmp_path / "results"
    home.mkdir()
    path = home / "results.json"
    if kind == "link":
        path.symlink_to(elsewhere)
    elif kind == "dangling":
        path.symlink_to(tmp_path / "nowhere.json")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
        (path / "full").touch()
    else:
        path.write_text("old")
    write_results(path, {"output": "new"})
    assert not path.is_symlink()
    assert json.loads(path.read_text()) == {"output": "new"}
    assert elsewhere.read_text() == "untouched"
    assert not (tmp_path / "nowhere.json").exists()


def test_a_failed_write_keeps_the_old_results(tmp_path, monkeypatch):
    """When the last step fails, the file from before stands, and nothing is left lying about."""
    path = tmp_path / "results.json"
    write_results(path, {"output": "old"})

    def refuse(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_results(path, {"output": "new"})
    assert json.loads(path.read_text()) == {"output": "old"}
    assert [entry.name for entry in tmp_path.iterdir()] == ["results.json"]
