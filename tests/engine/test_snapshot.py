"""Questions kept with their keys derived: the same verdicts without SymPy, and nothing that is out of date or means something else."""

from __future__ import annotations

import ast
import os
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
from autograder.sandbox import Call, Program, Raised, Tier
from autograder.shelf import shelf
from autograder.submission.written import Written
from autograder.verdict import Verdict
from autograder.verify.typed import key_content, typed

ROOT = Path(__file__).parents[2]
QUESTIONS = """
from sympy import diff
from autograder import Assignment, Expression, Question, Source, Wrong, declare, sympy_symbol
from autograder.oracles import MeasuredValue

table = declare("a, x")
a, x = (sympy_symbol(table, name) for name in "ax")
def measured(a, x): return 2 * a**2 * x
practice = MeasuredValue(by=measured)
answer = Expression(diff((a * x) ** 2, x))
wrong = (Wrong("sign", -diff((a * x) ** 2, x), "Look at the sign."),)
"""
END = """
question = Question(
    id="1", title="T", points=1, prompt="P", source=Source("D", "1"), answer=answer, symbols=table, practice=practice, wrong=wrong
)
assignment = Assignment(name="keys", title="Keys", points=1, questions=(question,))
"""


def derive(library: Path) -> dict[str, str]:
    """What `setup.sh` does, and why something was not kept."""
    program = f"from pathlib import Path; from autograder.deriving import derive; print(derive(Path({str(library)!r})))"
    environment = {**os.environ, "PYTHONPATH": f"{library.parent}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    found: dict[str, str] = ast.literal_eval(done.stdout)
    return found


@pytest.fixture
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = shelf(SNAPSHOTS)
    assert found is not None
    return found


@pytest.fixture
def folder(own_shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assignment of an author's, in a library of its own."""
    monkeypatch.syspath_prepend(tmp_path)
    made = tmp_path / f"library_{tmp_path.name}" / "keys"
    made.mkdir(parents=True)
    (made / "assignment.py").write_text(QUESTIONS + END)
    return made


@pytest.fixture(scope="module")
def course_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's assignments, all kept."""
    cache = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        assert derive(LIBRARY) == {}
    return cache


@pytest.mark.parametrize("name", available())
def test_it_is_read_without_sympy(name, course_shelf, monkeypatch):
    """A run that grades an assignment of the course derives nothing, and one without a snapshot does."""
    program = f"import sys; from autograder.assignments import load_to_grade as load; load({name!r}); print('sympy' in sys.modules)"
    for cache, said in ((course_shelf, "False\n"), (course_shelf / "none", "True\n")):
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout == said


@pytest.mark.parametrize("name", available())
def test_keys_and_verdicts_are_the_same(name, course_shelf, monkeypatch):
    """On the key and on every declared mistake, as students would type them, word for word."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(course_shelf))
    whole, again = load(name), snapshot.read(LIBRARY / name)
    assert again is not None
    assert [question.id for question in again] == [question.id for question in whole]
    judged = 0
    for one, other in zip(whole, again, strict=True):
        if runs_student_code(one.answer):
            continue
        said = [key_content(one), *(typed(one, rule.answer) for rule in one.wrong)]
        for content in filter(None, said):
            answers = {one.answer_name: Written(name=one.answer_name, content=content, where="here")}
            verdicts: list[Verdict] = [q.answer.judge(q, answers, seed=5) for q in (one, other)]
            assert verdicts[0] == verdicts[1]
            judged += 1
    assert judged > 20


SETS = """
from autograder import Points
from sympy import FiniteSet, Tuple
answer = Points(coordinates=("a", "x"), key=FiniteSet((2, 1), (-2, 1)))
wrong = (Wrong("sign", FiniteSet((2, -1), (-2, -1)), "Look at the sign."),)
practice = None
"""


def test_keys_in_a_set_are_kept_one_by_one(folder):
    """What is looked at one by one stays so, whatever collection of SymPy's it came from."""
    (folder / "assignment.py").write_text(QUESTIONS + SETS + END)
    assert derive(folder.parent) == {}
    again = snapshot.read(folder)
    assert again is not None
    for text, word in (("(2, 1), (-2, 1)", "ok"), ("(2, -1), (-2, -1)", "not yet"), ("(2, 1)", "not yet")):
        for (question,) in (load("keys", folder.parent).questions, again.questions):
            answers = {"q1": Written(name="q1", content=text, where="here")}
            verdict = question.answer.judge(question, answers, seed=5)
            assert (str(verdict.word), verdict.misconception) == (word, "sign" if "-1" in text else None)


def test_any_change_of_its_files_is_noticed(folder):
    """A file that is changed, that is gone or that is new may have been read when the questions were loaded."""
    data = folder / "data"
    data.mkdir()
    (data / "points.csv").write_text("1,2")
    changes = (
        lambda: (folder / "assignment.py").write_text(f"{QUESTIONS}{END}\n# another word\n"),
        lambda: (data / "points.csv").write_text("1,3"),
        (data / "points.csv").unlink,
        (folder / "new.py").touch,
    )
    for change in changes:
        assert derive(folder.parent) == {}
        assert snapshot.read(folder) is not None
        change()
        assert snapshot.read(folder) is None
    assert derive(folder.parent) == {}
    for harmless in ("solution/x.py", "__pycache__/x.pyc", "results.json", ".hidden"):
        (folder / harmless).parent.mkdir(exist_ok=True)
        (folder / harmless).touch()
        assert snapshot.read(folder) is not None


def test_another_environment_is_noticed(folder, monkeypatch):
    """Compiled functions and arrays belong to the Python and the packages that they were made with."""
    assert derive(folder.parent) == {}
    assert snapshot.read(folder) is not None
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "3.99.0")
        assert snapshot.read(folder) is None
    monkeypatch.setattr(snapshot, "_installed", lambda: {"sympy-99.dist-info"})
    assert snapshot.read(folder) is None


def test_a_broken_one_is_none(folder, own_shelf):
    """Whatever lies there, the questions themselves are loaded."""
    assert derive(folder.parent) == {}
    (place,) = own_shelf.iterdir()
    head, _, body = place.read_bytes().partition(b"\n")
    texts = (b"", b"{}\n", b"no json\nx", b'{"files": {}}\nx', b"\xff", head + b"\n" + body[:-20], head + b"\n(dp0\n.")
    for broken in texts:
        place.write_bytes(broken)
        assert snapshot.read(folder) is None
    assert len(load_to_grade("keys", folder.parent).questions) == 1


REFUSED = {
    "a class": ("class Own: pass\ndef measured(a, x): return Own\npractice = MeasuredValue(by=measured)", "defines Own: move it"),
    "a cached function": (
        "from functools import lru_cache\n@lru_cache\ndef measured(a, x): return 1\npractice = MeasuredValue(by=measured)",
        "defines measured: move it to a module of its own",
    ),
    "an object that is only itself": ("nothing = object()\npractice = MeasuredValue(by=lambda a, x: nothing)", "it holds object of builtins"),
    "a kind of its own": ("from tests.tiny import Obedient\nanswer = Obedient()\nwrong = ()", "it holds Obedient of tests.tiny"),
    "a state": (
        "import numpy as np\nrng = np.random.default_rng(0)\npractice = MeasuredValue(by=lambda a, x: rng.normal())",
        "it holds a generator of random numbers, whose state changes",
    ),
    "a lock": ("import threading\nlock = threading.Lock()\npractice = MeasuredValue(by=lambda a, x: lock)", "it holds lock of _thread"),
    "a global variable": ("n = 0\ndef count():\n    global n\n    n += 1", "changes a global variable"),
    "hidden imports": ("from importlib import import_module\nimport_module('json')", "uses import_module"),
    "imports inside of functions": ("def measured(a, x):\n    from . import helper\n    return helper", "imports questions inside of a function"),
    "a module as a whole": (
        "from . import derived\npractice = MeasuredValue(by=lambda a, x: derived.half(a))", "is used as a whole: import its functions by name",
    ),
    "a file that changes": ("from pathlib import Path\nPath(__file__).with_name('data').write_text('x')", "a file has changed since it was begun"),
    "much data": ("from pathlib import Path\nPath(__file__).with_name('data').write_bytes(bytes(30_000_000))", "its files are too large"),
    "what cannot be loaded": ("import no_such_module", "cannot be loaded: No module named 'no_such_module'"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_mean_something_else_is_not_kept(name, folder, own_shelf):
    """Such an assignment is loaded in every run, and the author reads why."""
    code, reason = REFUSED[name]
    (folder / "assignment.py").write_text(f"{QUESTIONS}{code}\n{END}")
    (folder / "helper.py").write_text("")
    (folder / "derived.py").write_text(
        "from sympy import Rational\nhalf_of = Rational(1, 2)\ndef half(a): return a / 2\n"
    )
    said = derive(folder.parent)
    assert reason in said["keys"]
    assert not list(own_shelf.iterdir())


def test_a_helper_of_ones_own_is_looked_at(folder):
    """Modules beside the library that were not installed may change as well."""
    helper = folder.parents[1] / "course_tools.py"
    helper.write_text("FACTOR = 2\n")
    (folder / "assignment.py").write_text(
        f"{QUESTIONS}from course_tools import FACTOR\nanswer = Expression(FACTOR * a**2 * x)\n{END}"
    )
    assert derive(folder.parent) == {}
    assert snapshot.read(folder) is not None
    helper.write_text("FACTOR = 3\n")
    assert snapshot.read(folder) is None


def test_without_a_shelf_nothing_is_kept(folder, monkeypatch):
    """As where others could write to it."""
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert derive(folder.parent) == {"keys": "there is no folder of this user's alone to keep anything in"}
    assert snapshot.read(folder) is None


def test_two_libraries_of_one_name_are_told_apart(folder, tmp_path, monkeypatch):
    """What Python finds by a library's name must be this library, or its functions would be those of the other one."""
    (tmp_path / "elsewhere" / folder.parent.name).mkdir(parents=True)
    assert derive(folder.parent) == {}
    assert snapshot.read(folder) is not None
    monkeypatch.syspath_prepend(tmp_path / "elsewhere")
    assert snapshot.read(folder) is None


def test_the_secret_is_not_in_it(folder, own_shelf, monkeypatch):
    """It is looked up in every run."""
    (folder / "secret.key").write_text("hush-hush")
    monkeypatch.setenv(KEY_VARIABLE, "another")
    assert derive(folder.parent) == {}
    (place,) = own_shelf.iterdir()
    assert b"hush-hush" not in place.read_bytes()
    assert b"another" not in place.read_bytes()
    assert load_to_grade("keys", folder.parent).secret == b"another"
    monkeypatch.delenv(KEY_VARIABLE)
    assert load_to_grade("keys", folder.parent).secret == b"hush-hush"


LOOKS = b"""
def look(path, text):
    if text:
        open(path, "w").write(text)
    return open(path, "rb").read()
"""


@pytest.mark.parametrize("text", ["", "mine"])
def test_student_code_neither_reads_nor_writes_it(folder, own_shelf, text):
    """It holds every key, and is executed by the grader."""
    assert derive(folder.parent) == {}
    (place,) = own_shelf.iterdir()
    before = place.read_bytes()
    program = Program(files={"mine.py": LOOKS}, main="mine.py")
    with Sandboxes() as sandboxes:
        sandbox = sandboxes.get((), Tier.USER)
        outcome = sandbox.call(program, Call(name="look", arguments=(str(place), text)))
    assert isinstance(outcome, Raised)
    assert outcome.kind == "PermissionError"
    assert place.read_bytes() == before


def test_an_assignment_that_is_not_there(folder):
    """The message is that of loading."""
    with pytest.raises(AuthorError, match="there is no assignment 'other'"):
        load_to_grade("other", folder.parent)
