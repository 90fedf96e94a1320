"""The process of an author's tests: nothing of a submission is in it, and nothing that it does harms the grader."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from autograder.answers.sandboxed import NotReached
from autograder.answers.tests import Tests
from autograder.errors import AuthorError
from autograder.sandbox import SandboxError
from autograder.testing import process
from autograder.testing.announce import Stage
from autograder.testing.process import needs_pytest
from autograder.testing.recorder import Printed
from autograder.testing.reports import Ending, Fault
from autograder.testing.run import run
from autograder.testing.student import calls
from autograder.verdict import Word
from tests.testing.conftest import question, standings

PLANTED = {
    "conftest.py": "open(CANARY, 'w')",
    "sitecustomize.py": "open(CANARY, 'w')",
    "usercustomize.py": "open(CANARY, 'w')",
    "pytest.ini": "[pytest]\naddopts = --collect-only\n",
    "colorsys.py": "open(CANARY, 'w')",
    "planted.py": "open(CANARY, 'w')",
    "test_planted.py": "open(CANARY, 'w')\ndef test_planted(): assert False",
    "x.pth": "import planted",
}


@pytest.mark.parametrize("head", ["import unittest", "import pytest"])
def test_files_planted_in_the_submissions_folder_do_nothing(grade, tmp_path, monkeypatch, head):
    """Started inside a submission's folder, the author's process neither imports, collects nor configures from it."""
    folder = tmp_path / "submission"
    folder.mkdir()
    canary = tmp_path / "executed"
    for name, text in PLANTED.items():
        (folder / name).write_text(text.replace("CANARY", repr(str(canary))))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only")
    monkeypatch.setenv("PYTEST_PLUGINS", "planted")
    monkeypatch.syspath_prepend("")
    verdict = grade(f"""{head}
import importlib.util, os, sys
import unittest
class T(unittest.TestCase):
    def test_a(self):
        import colorsys
        assert importlib.util.find_spec("planted") is None
        assert {str(folder)!r} not in [os.path.realpath(p) for p in sys.path]
        assert os.path.realpath(os.getcwd()) != {str(folder)!r}
""")
    assert verdict.word is Word.OK, verdict.staff
    assert len(verdict.checks) == 1
    assert not canary.exists()


def test_the_tests_find_what_lies_beside_them(grade, tmp_path):
    """Helpers and data of the author's own folder are there, without a conftest being loaded."""
    folder = tmp_path / "author"
    folder.mkdir()
    (folder / "helper_of_author.py").write_text("RIGHT = 3")
    (folder / "data.txt").write_text("1 2")
    (folder / "conftest.py").write_text("raise RuntimeError('loaded')")
    verdict = grade("""
        import pytest
        from helper_of_author import RIGHT
        def test_a(student):
            a, b = map(int, open("data.txt").read().split())
            assert student.add(a, b) == RIGHT
    """)
    assert verdict.word is Word.OK, verdict.staff


HANG = "def test_b(student):\n    while True: pass\n"


def ample(tests: str) -> float:
    """Seconds for a run, more than a busy machine needs to begin it; tests that hang use all of them up."""
    return 5.0 if "while True" in tests else 60.0


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("def test_b(student):\n    import os; os._exit(0)\n", "exit code 0"),
        ("def test_b(student):\n    import os; os.kill(os.getpid(), 9)\n", "SIGKILL"),
        (HANG, "time for these tests was used up"),
    ],
)
def test_a_test_that_hangs_or_dies_costs_no_other_test(grade, bad, said):
    """What was judged before stays judged; the test at fault and those behind it are open, and staff reads why."""
    verdict = grade(
        f"def test_a(student): assert student.add(1, 1) == 2\n{bad}def test_c(student): pass",
        seconds=ample(bad),
        call_seconds=5.0,
    )
    assert standings(verdict) == {"test_a": "passed", "test_b": "open", "test_c": "open"}
    assert verdict.word is Word.UNDECIDED
    assert any(said in line for line in verdict.staff)


def test_an_interrupt_inside_a_test_does_not_reach_the_grader(grade):
    """Even KeyboardInterrupt, which runners let through, ends only the process of the tests."""
    verdict = grade("import unittest\nclass T(unittest.TestCase):\n    def test_a(self): raise KeyboardInterrupt")
    assert verdict.word is Word.UNDECIDED


def test_no_time_left_means_not_reached(bench, tmp_path):
    """When the submission's deadline has passed, nothing is run and the part waits."""
    path = tmp_path / "test_a.py"
    path.write_text("def test_a(): pass")
    tests = Tests(path)
    with pytest.raises(NotReached):
        tests.judge_in(question(tests), bench(deadline=time.monotonic() - 1), seed=1)


def test_the_deadline_of_the_submission_leaves_points_open(bench, tmp_path):
    """Tests that the deadline cuts off wait for a rerun: that says nothing about the answer."""
    path = tmp_path / "test_a.py"
    path.write_text(
        "import pytest\ndef test_a(student):\n    with pytest.raises(Exception): student.spin()\ndef test_b(): pass"
    )
    tests = Tests(path)
    verdict = tests.judge_in(question(tests), bench(deadline=time.monotonic() + 0.5), seed=1)
    assert (verdict.word, verdict.credit) == (Word.WAITING, 0)


def test_a_call_that_was_not_made_cannot_be_swallowed(bench, tmp_path):
    """A test that catches everything and then passes has judged nothing: it waits."""
    path = tmp_path / "test_a.py"
    path.write_text("def test_a(student):\n    try: student.spin()\n    except BaseException: pass\n")
    tests = Tests(path)
    verdict = tests.judge_in(question(tests), bench(deadline=time.monotonic() + 0.5), seed=1)
    assert (verdict.word, verdict.credit) == (Word.WAITING, 0)


def test_a_stage_marks_a_test_that_swallowed_a_missing_call(tmp_path, monkeypatch):
    """However the runner says that it passed, a test one of whose calls was not made is told as not run."""
    told = []
    announcer = SimpleNamespace(started=lambda test: None, ran=told.append)
    monkeypatch.setattr(random, "seed", lambda number: None)
    monkeypatch.setattr(np.random, "seed", lambda number: None)
    stage = Stage(announcer, tmp_path / "t.py", Printed())
    stage.begin("a")
    monkeypatch.setattr(calls, "not_run", "no time left")
    stage.ended(Ending.PASSED)
    stage.end()
    assert (told[0].ending, [trouble.fault for trouble in told[0].troubles]) == (Ending.FAILED, [Fault.NOT_RUN])


def test_a_failure_of_the_sandbox_is_nobodys_test_result(tmp_path):
    """When the sandbox itself fails, the run stops with that error: the engine apologises, no test is scored."""
    path = tmp_path / "test_a.py"
    path.write_text("def test_a(student): student.f()")

    def fail(wanted):
        raise SandboxError("the fork server is gone")

    with pytest.raises(SandboxError, match="the fork server is gone"):
        run(path, SimpleNamespace(call=fail, renew=lambda: None), [], time.monotonic() + 10)


def test_without_pytest_its_tests_are_an_error_of_the_author(grade, monkeypatch):
    """A grading image may lack pytest: what to add is said; unittest modules run all the same."""
    monkeypatch.setitem(sys.modules, "pytest", None)
    monkeypatch.delitem(sys.modules, "autograder.testing.by_pytest", raising=False)
    with pytest.raises(AuthorError, match="pytest, which is not installed here"):
        grade("def test_a(): pass")
    assert grade("import unittest\nclass T(unittest.TestCase):\n    def test_a(self): pass").word is Word.OK


def test_what_tests_draw_is_the_same_on_a_regrade_and_differs_between_submissions(grade):
    """Random inputs come from a seed of the submission: equal files meet equal inputs, other files meet others."""
    tests = "import random\nimport numpy as np\ndef test_a():\n    print(random.random(), np.random.rand())"
    drawn = [grade(tests, student).checks[0].output for student in ("x = 1", "x = 1", "x = 2")]
    assert drawn[0] == drawn[1] != drawn[2]


def test_the_tests_process_holds_no_descriptor_of_the_sandbox(grade):
    """The fork server takes orders from the grader alone: in the author's process nothing but its own link is open."""
    verdict = grade("""
        import os, stat
        def test_a():
            sockets = [n for n in os.listdir("/proc/self/fd") if is_socket(n)]
            assert len(sockets) == 1
        def is_socket(n):
            try:
                return stat.S_ISSOCK(os.fstat(int(n)).st_mode)
            except OSError:
                return False
    """)
    assert verdict.word is Word.OK, verdict.staff


def test_the_grader_itself_loads_nothing_of_the_tests(grade):
    """The author's module is loaded in the forked process only."""
    assert grade("import unittest\nclass T(unittest.TestCase):\n    def test_a(self): pass").word is Word.OK
    assert "test_author" not in sys.modules


@pytest.mark.parametrize("tests", [HANG, "def test_a(): pass", "def test_a():\n    import os; os._exit(1)"])
def test_no_process_is_left(grade, monkeypatch, tests):
    """Whatever ended the run, its process has been collected."""
    started = []
    start = process.start

    def noting(*arguments):
        started.append(start(*arguments))
        return started[-1]

    monkeypatch.setattr(process, "start", noting)
    grade(tests, seconds=ample(tests), call_seconds=5.0)
    ((child, _),) = started
    with pytest.raises(ChildProcessError):
        os.waitpid(child, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import pytest", True),
        ("from pytest import raises", True),
        ("def test_a(): pass", True),
        ("class TestA:\n    def test_a(self): pass", True),
        ("import unittest\nclass TestA(unittest.TestCase): pass", False),
        ("import unittest\ndef helper(): pass", False),
    ],
)
def test_the_runner_is_chosen_by_what_the_file_is_written_for(tmp_path, text, expected):
    """A unittest module needs no pytest, which a grading image may lack."""
    path = tmp_path / "t.py"
    path.write_text(text)
    assert needs_pytest(path) is expected


def test_a_relative_file_lies_beside_the_question(tmp_path, monkeypatch):
    """`Tests("file.py")` means the file beside the one that says so, wherever the grader was started."""
    monkeypatch.chdir(tmp_path)
    assert Tests(Path(__file__).name).file == Path(__file__)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"file": "no_such_tests.py"}, "there is no file"),
        ({"file": __file__, "solution": "no_such_solution.py"}, "there is no file"),
        ({"file": __file__, "seconds": 0}, "no longer than the run"),
        ({"file": __file__, "seconds": 10_000}, "no longer than the run"),
        ({"file": __file__, "seconds": 5, "call_seconds": 6}, "no longer than the run"),
    ],
)
def test_wrong_declarations_are_told_at_once(arguments, message):
    """A file that is not there, or times that cannot be, are the author's to mend."""
    with pytest.raises(AuthorError, match=message):
        Tests(**arguments)
