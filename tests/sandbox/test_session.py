"""Sessions: what comes back from honest and from faulty code, and what happens when the sandbox itself fails."""

import contextlib
import os
import resource
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox import (
    Call,
    Limits,
    Missing,
    NotRun,
    Program,
    Raised,
    Read,
    Refused,
    Returned,
    Sandbox,
    SandboxError,
    Tier,
    TierUnmet,
    shadow_warning,
)
from autograder.sandbox.errors import NotEntered
from autograder.sandbox.server import Server
from autograder.sandbox.users import children_of

ANSWERS = """
import numpy as np
from helper import half

weights = np.ones(3)

def ridge(X, y, lam=1.0):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)

def fails(x):
    y = half(x)
    return y / 0

class Counter:
    total = 0
    def add(self, n):
        self.total += n
        return self.total
"""


@pytest.fixture
def answers(program):
    return program(ANSWERS, helper="def half(x):\n    return x // 2\n")


def test_a_function_is_called_with_arrays_and_keywords(sandbox, answers):
    """Arguments arrive as arrays, the result as an array, and the cost is measured."""
    X, y = np.arange(6.0).reshape(3, 2), np.ones(3)
    outcome = sandbox.call(answers, Call(name="ridge", arguments=(X, y), keywords={"lam": 0.5}))
    assert isinstance(outcome, Returned)
    np.testing.assert_allclose(outcome.value, np.linalg.solve(X.T @ X + 0.5 * np.eye(2), X.T @ y))
    assert outcome.changed_arguments == {}
    assert outcome.usage.wall > 0


def test_an_error_shows_the_students_lines_only(sandbox, answers):
    """The traceback lists lines of the submission, with their text from the grader's copy."""
    outcome = sandbox.call(answers, Call(name="fails", arguments=(3,)))
    assert isinstance(outcome, Raised)
    assert [(frame.file, frame.line, frame.code) for frame in outcome.traceback] == [("answers.py", 12, "return y / 0")]
    assert outcome.message == f"`fails` raised ZeroDivisionError: {outcome.error} in line 12 of answers.py."


def test_a_missing_function_suggests_a_close_name(sandbox, answers):
    """A misspelt name is answered with the nearest one that exists."""
    outcome = sandbox.call(answers, Call(name="rigde"))
    assert isinstance(outcome, Missing)
    assert outcome.message == "There is no function `rigde` in your file. Did you mean `ridge`?"


def test_a_syntax_error_names_the_line(sandbox, program):
    """A file that does not compile is told by its line, and nothing in it can be called."""
    outcome = sandbox.call(program("x = 1\ndef f(:\n"), Call(name="f"))
    assert isinstance(outcome, Missing)
    assert outcome.cause.kind == "SyntaxError"
    assert "line 2 of answers.py" in outcome.message


def test_variables_can_be_read(sandbox, answers):
    """A look at a variable brings its value; a look at a function is refused with advice."""
    weights, ridge, nothing = sandbox.run(answers, [Read(name="weights"), Read(name="ridge"), Read(name="nothing")])
    assert weights.value.tolist() == [1, 1, 1]
    assert isinstance(ridge, Refused)
    assert isinstance(nothing, Missing)


def test_objects_stay_inside_and_are_reached_by_dots(sandbox, answers):
    """An object kept under a name holds its state from call to call of one session."""
    with sandbox.session(answers) as session:
        assert session.call(Call(name="Counter", keep_as="counter")).value is None
        assert [session.call(Call(name="counter.add", arguments=(n,))).value for n in (2, 3)] == [2, 5]
        assert session.call(Read(name="counter.total")).value == 5
        assert isinstance(session.call(Call(name="counter.nothing")), Missing)


def test_any_text_runs_under_any_name(sandbox):
    """The code of a notebook runs under the notebook's name, packages beside it can be imported, data can be read."""
    files = {
        "week1/hw1.ipynb": b"import tools.linear\nfrom tools import linear\ndef f():\n    return linear.g()\n",
        "week1/tools/linear.py": b"def g():\n    raise ValueError('here')\n",
    }
    outcome = sandbox.call(Program(files=files, main="week1/hw1.ipynb"), Call(name="f"))
    assert [frame.file for frame in outcome.traceback] == ["week1/hw1.ipynb", "week1/tools/linear.py"]


def test_data_of_the_assignment_can_be_read_and_not_changed(program):
    """A file given as data lies in the working folder of student code, read-only."""
    text = "def f():\n    return open('points.csv').read()\ndef g():\n    open('points.csv', 'a')\n"
    with Sandbox.start(data={"points.csv": b"1,2"}) as sandbox:
        read, changed = sandbox.run(program(text), [Call(name="f"), Call(name="g")])
    assert read.value == "1,2"
    assert changed.kind == "PermissionError"


def test_a_probe_turns_a_result_into_values(program, tmp_path):
    """A trusted module inside the sandbox describes an object that cannot cross."""
    (tmp_path / "shape.py").write_text("def probe(value, namespace):\n    return [type(value).__name__, len(value)]\n")
    with Sandbox.start(probes={"shape": tmp_path / "shape.py"}) as sandbox:
        outcome = sandbox.call(program("def f():\n    return {1, 2}\n"), Call(name="f", probe="shape"))
    assert outcome.value == ["set", 2]


def test_calls_after_the_end_are_not_run(sandbox, program):
    """Once a call ended the process, the later ones of the group say so and cost nothing."""
    outcomes = sandbox.run(program("import os\ndef f():\n    os._exit(3)\n"), [Call(name="f"), Call(name="f")])
    assert outcomes[0].status == 3
    assert isinstance(outcomes[1], NotRun)


def test_a_passed_deadline_runs_nothing(sandbox, answers):
    """After the submission's deadline no call is made, and the message does not blame the answer."""
    (outcome,) = sandbox.run(answers, [Call(name="ridge")], deadline=time.monotonic() - 1)
    assert isinstance(outcome, NotRun)
    assert "the whole submission" in outcome.message


def test_an_argument_that_cannot_be_sent_is_the_authors_error(sandbox, answers):
    """What the grader cannot send is told to the author of the question, not to the student."""
    with pytest.raises(TypeError, match="cannot be sent"):
        sandbox.call(answers, Call(name="ridge", arguments=(object(),)))


def test_the_grader_survives_the_loss_of_its_fork_server(answers):
    """A fork server that was killed is started again, without a word to anybody."""
    with Sandbox.start() as sandbox:
        first = sandbox.server.pid
        os.kill(first, signal.SIGKILL)
        outcome = sandbox.call(answers, Read(name="weights"))
        assert isinstance(outcome, Returned)
        assert sandbox.server.pid != first


def test_a_fork_server_lost_during_a_call_is_an_error_of_the_sandbox(answers):
    """What the call did is not known, so that it is no outcome; the session is over, the next one works."""
    with Sandbox.start() as sandbox, sandbox.session(answers) as session:
        os.kill(sandbox.server.pid, signal.SIGKILL)
        os.kill(session.process, signal.SIGKILL)  # as the kernel is about to, the parent being dead
        with pytest.raises(SandboxError, match="fork server failed"):
            session.call(Read(name="weights"))
        assert isinstance(session.call(Read(name="weights")), NotRun)
        assert isinstance(sandbox.call(answers, Read(name="weights")), Returned)


@pytest.mark.parametrize(("killed", "is_retried"), [(1, True), (2, False)])
def test_a_child_killed_on_entering(sandbox, answers, monkeypatch, killed, is_retried):
    """Before a byte of the student's was read a killed child is nobody's fault: once another one is tried."""
    plain = Server.fork
    forked = []

    def fork(server, limits, descriptors):
        forked.append(limits)
        if len(forked) > killed:
            return plain(server, limits, descriptors)
        child = plain(server, limits, [nowhere] * 4)  # so that it cannot say that it is ready before it is killed
        os.kill(child.pid, signal.SIGKILL)
        return child

    monkeypatch.setattr(Server, "fork", fork)
    nowhere = os.open(os.devnull, os.O_RDWR)
    if is_retried:
        assert isinstance(sandbox.call(answers, Read(name="weights")), Returned)
    else:
        with pytest.raises(NotEntered, match="the sandbox could not be entered: it ended at the step"):
            sandbox.call(answers, Read(name="weights"))
    os.close(nowhere)
    assert len(forked) == 2


def test_children_die_with_the_fork_server(program):
    """A child whose fork server is killed does not live on."""
    with Sandbox.start() as sandbox:
        session = sandbox.session(program("def f(): return __import__('os').getpid()"))
        child = session.call(Call(name="f")).value
        os.kill(sandbox.server.pid, signal.SIGKILL)
        with pytest.raises(SandboxError):
            session.close()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        os.sched_yield()
    assert not Path(f"/proc/{child}").exists()


def test_a_fork_server_that_cannot_start_says_why():
    """A library that is not installed is named by the error, with the fork server's own words."""
    with pytest.raises(SandboxError, match="no_such_library"):
        Sandbox.start(["no_such_library"])


def test_a_fork_server_that_does_not_end_is_killed(monkeypatch):
    """Its time to end is limited, and whoever waits is told that something may be left of its children."""
    sandbox = Sandbox.start()
    pid = sandbox.server.pid
    monkeypatch.setattr("autograder.sandbox.server._ANSWER_SECONDS", 0.2)
    os.kill(pid, signal.SIGSTOP)
    sandbox.end()
    assert sandbox.close() is False
    assert not Path(f"/proc/{pid}").exists()
    assert sandbox.close() is True


def test_a_tier_that_is_not_reached_refuses_to_work():
    """Rather than run submissions unsafely, the sandbox does not start."""
    with pytest.raises(TierUnmet, match="requires tier 3") as refused:
        Sandbox.start(without=("landlock", "filter"), require_tier=Tier.FULL)
    assert "doctor" in str(refused.value)


def test_descriptors_and_folders_are_given_back(answers):
    """Starting, using and closing a sandbox leaves no descriptor, process or folder behind."""
    before = sorted(Path("/proc/self/fd").iterdir())
    with Sandbox.start() as sandbox:
        folder = sandbox._folder
        server = sandbox.server.pid
        sandbox.run(answers, [Call(name="ridge")] * 3)
        sandbox.call(answers, Call(name="rigde"))
    assert sorted(Path("/proc/self/fd").iterdir()) == before
    assert not folder.exists()
    assert server not in children_of(os.getpid())


def test_a_program_without_its_main_file_is_an_authors_error():
    """The main file must be among the files."""
    with pytest.raises(ValueError, match=r"main='b\.py'"):
        Program(files={"a.py": b""}, main="b.py")


@pytest.mark.parametrize("wrong", [{"wall": 0}, {"cpu": -1}, {"memory": float("nan")}, {"reply": float("inf")}])
def test_limits_are_positive_and_finite(wrong):
    """A limit that would not limit is refused when it is made."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Limits(**wrong)


def test_a_shadowed_file_is_told_to_the_student():
    """The warning names the file, the module and the remedy."""
    assert shadow_warning("torch/__init__.py").startswith("Your file torch/__init__.py bears the name of a library")


def test_statement_by_statement(sandbox):
    """With places given, those statements are run in that order; those that raise are left out and reported."""
    text = b"rate = 2\nrate = 3\n1 / 0; other = 5\ndef f():\n    return rate, other\n"
    program = Program(files={"a.py": text}, main="a.py", statements=(1, 0, 2, 3, 4))
    with sandbox.session(program) as session:
        assert session.loading is None
        assert [(raised.what, raised.traceback[0].line) for raised in session.skipped] == [
            ("ZeroDivisionError: division by zero", 3)
        ]
        assert session.call(Call(name="f")).value == (2, 5)


def test_as_it_is_nothing_is_left_out(sandbox):
    """Without places a file that raises is not there at all."""
    with sandbox.session(Program(files={"a.py": b"x = 1\n1 / 0\n"}, main="a.py")) as session:
        assert isinstance(session.loading, Missing)
        assert session.skipped == ()


def test_printing_is_counted_for_each_call(sandbox):
    """Two calls may each print as much as one may."""
    program = Program(files={"a.py": b"def f():\n    print('x' * 700_000)\n    return 1\n"}, main="a.py")
    outcomes = sandbox.run(program, [Call(name="f")] * 3, limits=Limits(printed=2**20))
    assert [type(outcome) for outcome in outcomes] == [Returned] * 3


def test_a_grader_with_many_open_files_has_a_sandbox(program):
    """The numbers of its descriptors are then beyond those that every system call takes."""
    most, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    with contextlib.ExitStack() as stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (most, hard))
        null = stack.enter_context(Path(os.devnull).open("rb"))
        while (copy := os.dup(null.fileno())) < 1100:
            stack.callback(os.close, copy)
        stack.callback(os.close, copy)
        started = stack.enter_context(Sandbox.start())
        outcome = started.call(program("def double(x):\n    return 2 * x\n"), Call(name="double", arguments=(3,)))
    assert isinstance(outcome, Returned)
    assert outcome.value == 6
