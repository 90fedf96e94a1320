"""Tiers: what the canary must have failed at for each, and systems that offer less."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from autograder.sandbox import (
    Call,
    Clock,
    Limits,
    Returned,
    Sandbox,
    SandboxError,
    Tier,
    TimedOut,
    canary,
    linux,
    probe,
    server,
)
from autograder.sandbox.program import Program

BLOCKED = dict.fromkeys(
    canary._NEEDED_EVERYWHERE | canary._NEEDED_OF_FILTER | canary._NEEDED_OF_LANDLOCK, "PermissionError"
)


@pytest.mark.parametrize(
    ("open_doors", "other_user", "expected"),
    [
        ((), True, Tier.FULL),
        ((), False, Tier.USER),
        (("read_public",), True, Tier.UID),
        (("read_public",), False, Tier.SEPARATE),
        (("read_public", "read_private"), True, Tier.SEPARATE),
        (("read_memory",), True, Tier.SEPARATE),
        *(((name,), True, Tier.SEPARATE) for name in sorted(canary._NEEDED_OF_FILTER | canary._NEEDED_EVERYWHERE)),
    ],
)
def test_the_tier_follows_from_what_succeeded(open_doors, other_user, expected):
    """One attack that succeeds lowers the tier to what its failure would have proven."""
    seen = BLOCKED | dict.fromkeys(open_doors, "succeeded")
    assert canary._tier(seen, other_user=other_user) is expected


def test_an_attack_that_was_not_reported_counts_as_succeeded():
    """A canary that says nothing of an attack proves nothing about it."""
    assert canary._tier({}, other_user=True) is Tier.SEPARATE


def test_a_canary_without_a_report_stops_everything(monkeypatch, sandbox):
    """If the canary itself fails, nothing is known, and nothing is graded."""
    monkeypatch.setattr(canary, "_PROGRAM", canary._PROGRAM.with_name("limits.py"))
    with pytest.raises(SandboxError, match="no report"):
        canary.observe(sandbox.session, ())


def test_the_report_names_what_decides():
    """The report for the doctor has the tier, how many attacks were blocked, and the versions."""
    report = probe()
    text = "\n".join(report.lines())
    assert f"tier {report.tier.label}" in text
    assert "Landlock" in text
    assert "NumPy" in text
    assert report.succeeded == {name for name, result in report.seen.items() if result == "succeeded"}


def test_every_canary_attack_decides_a_tier(sandbox):
    """No attack is tried for nothing, and none is needed that is not tried."""
    assert set(sandbox.report.seen) == set(BLOCKED)


def test_without_mechanisms_the_notice_is_plain():
    """With neither Landlock nor the filter the tier is 1, and the notice says for whose code that is enough."""
    with Sandbox.start(without=("landlock", "filter")) as sandbox:
        assert sandbox.report.tier is Tier.SEPARATE
        assert any("trusted code" in notice for notice in sandbox.report.notices)


@pytest.fixture
def portable(monkeypatch):
    """A sandbox on a system that pretends to be no Linux, on both sides of the channel."""
    last = "from autograder.sandbox.zygote import main"
    poorer = "import os; del os.setresuid, os.setresgid, os.pidfd_open\nfrom autograder.sandbox import linux\n"
    poorer += "linux.is_linux, linux._libc = (lambda: False), None\n"
    assert last in server.BOOT
    monkeypatch.setattr(server, "BOOT", server.BOOT.replace(last, poorer + last))
    monkeypatch.setattr(linux, "is_linux", lambda: False)
    monkeypatch.setattr(linux, "_libc", None)
    with Sandbox.start(limits=Limits(wall=1.0)) as sandbox:
        yield sandbox


def test_other_systems_get_a_separate_process_and_are_told(portable):
    """On a system that is no Linux code runs in a process of its own, under limits, with a notice."""
    assert portable.report.tier is Tier.SEPARATE
    assert portable.report.mechanisms == ()
    program = Program(
        files={"a.py": b"import time\ndef f(x):\n    return x + 1\ndef sleeps():\n    time.sleep(100)\n"}, main="a.py"
    )
    outcome = portable.call(program, Call(name="f", arguments=(1,)))
    assert isinstance(outcome, Returned)
    assert (outcome.value, outcome.usage.cpu) == (2, None)
    late = portable.call(program, Call(name="sleeps"))
    assert isinstance(late, TimedOut)
    assert late.clock is Clock.WALL


@pytest.mark.parametrize("how", ["os._exit(4)", "os.abort()"])
def test_other_systems_tell_an_exit_from_a_crash(portable, how):
    """Without a process descriptor the end of a child is still seen as what it was."""
    outcome = portable.call(
        Program(files={"a.py": f"import os\ndef f(): {how}\n".encode()}, main="a.py"), Call(name="f")
    )
    assert (getattr(outcome, "status", None), getattr(outcome, "signal", None)) in ((4, None), (None, signal.SIGABRT))


def test_what_a_child_left_behind_is_killed_where_it_could_fork():
    """Without the filter a child can fork and leave; the daemon is found and killed when the session ends."""
    text = b"""
import os, time
def f():
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(write, str(os.getpid()).encode())
            time.sleep(1000)
        os._exit(0)
    return int(os.read(read, 20))
"""
    with Sandbox.start(without=("landlock", "filter")) as sandbox:
        outcome = sandbox.call(Program(files={"a.py": text}, main="a.py"), Call(name="f"))
        assert isinstance(outcome, Returned)
        with pytest.raises(ProcessLookupError):
            os.kill(outcome.value, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
def test_a_fork_bomb_without_the_filter_is_swept():
    """As root, a bomb is limited by its user's processes and killed at one stroke."""
    text = b"import os\ndef f():\n    while True:\n        try: os.fork()\n        except OSError: pass\n"
    with Sandbox.start(without=("landlock", "filter"), limits=Limits(wall=0.5, threads=16)) as sandbox:
        outcome = sandbox.call(Program(files={"a.py": text}, main="a.py"), Call(name="f"))
        assert not isinstance(outcome, Returned)
        honest = sandbox.call(Program(files={"a.py": b"def f(): return 1"}, main="a.py"), Call(name="f"))
        assert isinstance(honest, Returned)


def test_a_grader_that_is_killed_leaves_nothing_running():
    """When the grader is killed, as at a global time limit, its fork server, children and folder go with it."""
    text = """
    import os, signal
    from autograder.sandbox import Call, Program, Sandbox
    sandbox = Sandbox.start()
    session = sandbox.session(Program(files={"a.py": b"def f(): return 1"}, main="a.py"))
    print(sandbox.server.pid, session.process, sandbox._folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", textwrap.dedent(text)]
    printed = subprocess.run(command, capture_output=True, text=True, check=False, env=environment).stdout
    server_pid, child, folder = printed.split()
    left = [Path("/proc", server_pid, "cwd"), Path("/proc", child, "cwd"), Path(folder)]
    deadline = time.monotonic() + 20
    while any(map(os.path.lexists, left)) and time.monotonic() < deadline:
        os.sched_yield()
    assert not any(map(os.path.lexists, left))


def test_a_signal_to_the_terminal_reaches_only_the_grader():
    """Ctrl-C ends the grader, which ends its fork server: nothing keeps running."""
    text = """
    import os, signal
    from autograder.sandbox import Sandbox
    from autograder.sandbox.users import children_of
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs begin with it ignored
    with Sandbox.start() as sandbox:
        print(sandbox.server.pid, flush=True)
        try:
            os.killpg(os.getpgid(0), signal.SIGINT)
            signal.pause()
        except KeyboardInterrupt:
            os.kill(sandbox.server.pid, 0)
    print(children_of(os.getpid()))
    """
    finished = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(text)],
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert finished.stdout.splitlines()[1] == "[]"
