"""Questions kept with their keys derived: the same verdicts without SymPy, and nothing that is out of date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder import snapshot
from autograder.answers.sandboxed import runs_student_code
from autograder.assignments import KEY_VARIABLE, available, load, load_to_grade
from autograder.engine.sandboxes import Sandboxes
from autograder.errors import AuthorError
from autograder.places import LIBRARY, SNAPSHOTS
from autograder.question import Assignment
from autograder.sandbox import Call, Program, Raised, Tier
from autograder.shelf import shelf
from autograder.submission.written import Written
from autograder.verdict import Verdict
from autograder.verify.typed import key_content, typed
from tests.tiny import ASSIGNMENT_FILE

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = shelf(SNAPSHOTS)
    assert found is not None
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assignment of an author's, in a library of its own."""
    monkeypatch.syspath_prepend(tmp_path)
    made = tmp_path / f"shelf_{tmp_path.name}" / "tiny"
    made.mkdir(parents=True)
    (made / "assignment.py").write_text(ASSIGNMENT_FILE)
    return made


def kept(folder: Path) -> Assignment | None:
    """What is read again of an assignment that was graded by."""
    load_to_grade("tiny", folder.parent)
    return snapshot.read(folder)


@pytest.mark.parametrize("name", available())
def test_it_is_read_without_sympy(name, own_shelf):
    """The second run of a course's assignment derives nothing."""
    program = f"import sys; from autograder.assignments import load_to_grade as load; load({name!r}); print('sympy' in sys.modules)"
    said = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        for _ in range(2)
    ]
    assert said == ["True\n", "False\n"]
    assert len(list(own_shelf.iterdir())) == 1


@pytest.mark.parametrize("name", available())
def test_keys_and_verdicts_are_the_same(name):
    """On the key and on every declared mistake, as students would type them, word for word."""
    whole = load(name)
    snapshot.write(whole, LIBRARY / name)
    again = snapshot.read(LIBRARY / name)
    assert again is not None
    assert [question.id for question in again] == [question.id for question in whole]
    judged = 0
    for one, other in zip(whole, again, strict=True):
        if runs_student_code(one.answer):
            continue
        said = [key_content(one), *(typed(one, rule.answer) for rule in one.wrong)]
        for content in filter(None, said):
            name = one.answer_name
            answers = {name: Written(name=name, content=content, where="here")}
            verdicts: list[Verdict] = [q.answer.judge(q, answers, seed=5) for q in (one, other)]
            assert verdicts[0] == verdicts[1]
            judged += 1
    assert judged > 20


def test_any_change_of_its_files_makes_it_anew(folder):
    """A file that is changed, that is gone or that is new may have been read when the questions were loaded."""
    data = folder / "data"
    data.mkdir()
    (data / "points.csv").write_text("1,2")
    for change in (
        lambda: (folder / "assignment.py").write_text(f"{ASSIGNMENT_FILE}\n# another word\n"),
        lambda: (data / "points.csv").write_text("1,3"),
        (data / "points.csv").unlink,
        (folder / "new.py").touch,
    ):
        assert kept(folder) is not None
        change()
        assert snapshot.read(folder) is None
    for harmless in ("solution", "__pycache__"):
        assert kept(folder) is not None
        (folder / harmless).mkdir()
        (folder / harmless / "x.py").touch()
        assert snapshot.read(folder) is not None


def test_another_environment_makes_it_anew(folder, monkeypatch):
    """Compiled functions and arrays belong to the Python and the packages that they were made with."""
    assert kept(folder) is not None
    monkeypatch.setattr(sys, "version", "3.99.0")
    assert snapshot.read(folder) is None


@pytest.mark.parametrize("data", [b"", b"{}\n", b"no json\nx", b'{"files": {}}\nx', b"\xff"])
def test_a_broken_one_is_none(folder, own_shelf, data):
    """Whatever lies there, the questions themselves are loaded."""
    assert kept(folder) is not None
    (place,) = own_shelf.iterdir()
    whole = place.read_bytes()
    for broken in (data, whole[:-20], whole.partition(b"\n")[0] + b"\n" + b"(dp0\n."):
        place.write_bytes(broken)
        assert snapshot.read(folder) is None
        assert len(load_to_grade("tiny", folder.parent).questions) == 3


def test_what_cannot_be_kept_is_loaded_every_time(folder, own_shelf):
    """An author's object that refuses to be written down costs time, nothing else."""
    (folder / "assignment.py").write_text(
        "import threading\nfrom dataclasses import replace\nfrom tests.tiny import assignment as make\n"
        "made = make()\nlock = threading.Lock()\nfirst = replace(made.questions[0], wrong=(), practice=lock)\n"
        "assignment = replace(made, questions=(first, *made.questions[1:]))\n"
    )
    assert kept(folder) is None
    assert not list(own_shelf.iterdir())


def test_without_a_shelf_nothing_is_kept(folder, monkeypatch):
    """As where others could write to it."""
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert kept(folder) is None


def test_the_secret_is_not_in_it(folder, own_shelf, monkeypatch):
    """It is looked up in every run."""
    (folder / "secret.key").write_text("hush-hush")
    assert load_to_grade("tiny", folder.parent).secret == b"hush-hush"
    (place,) = own_shelf.iterdir()
    assert b"hush-hush" not in place.read_bytes()
    monkeypatch.setenv(KEY_VARIABLE, "another")
    assert load_to_grade("tiny", folder.parent).secret == b"another"


LOOKS = b"""
def look(path, text):
    if text:
        open(path, "w").write(text)
    return open(path, "rb").read()
"""


@pytest.mark.parametrize("text", ["", "mine"])
def test_student_code_neither_reads_nor_writes_it(folder, own_shelf, text):
    """It holds every key, and is executed by the grader."""
    load_to_grade("tiny", folder.parent)
    (place,) = own_shelf.iterdir()
    before = place.read_bytes()
    program = Program(files={"mine.py": LOOKS}, main="mine.py")
    with Sandboxes() as sandboxes:
        sandbox = sandboxes.get((), Tier.USER)
        outcome = sandbox.call(program, Call(name="look", arguments=(str(place), text)))
    assert isinstance(outcome, Raised)
    assert outcome.kind == "PermissionError"
    assert place.read_bytes() == before


def test_old_ones_go(folder, own_shelf, monkeypatch):
    """A shelf is no archive."""
    monkeypatch.setattr(snapshot, "_MOST", 3)
    for number in range(5):
        (own_shelf / str(number)).touch()
    assert kept(folder) is not None
    assert len(list(own_shelf.iterdir())) == 3


def test_an_assignment_that_is_not_there(folder):
    """The message is that of loading."""
    with pytest.raises(AuthorError, match="there is no assignment 'other'"):
        load_to_grade("other", folder.parent)
