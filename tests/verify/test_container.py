"""Programs run within a container's limits: by control groups, or by hand where these cannot be made."""

from __future__ import annotations

import os
import sys

import pytest

from autograder.build.advice import MIB, Container
from autograder.verify.container import ByHand, ControlGroups, Unavailable, run_within

SMALL = Container(processors=0.5, memory=400 * MIB)
LARGE_BLOCK = "block = bytearray(300 * 2**20)\nfor place in range(0, len(block), 4096): block[place] = 1\nprint('done')"


def python(code):
    return [sys.executable, "-c", code]


@pytest.fixture
def log(tmp_path):
    with (tmp_path / "log").open("w+b") as file:
        yield file


def printed(log):
    log.seek(0)
    return log.read().decode()


def test_limits_are_written_for_version_2(tmp_path, log):
    """A group of its own gets the share of a processor and the memory; the program is put into it before it starts."""
    (tmp_path / "slice").mkdir()
    groups = ControlGroups(root=tmp_path, own="0::/slice\n")
    spent = groups.run(python("print('here')"), SMALL, log)
    (group,) = (tmp_path / "slice").iterdir()
    assert (group / "cpu.max").read_text() == "50000 100000"
    assert (group / "memory.max").read_text() == str(400 * MIB)
    assert (group / "cgroup.procs").read_text().strip().isdigit()
    assert (spent.code, spent.killed, printed(log)) == (0, False, "here\n")


def test_limits_are_written_for_version_1(tmp_path, log):
    """Processors and memory have groups in folders of their own."""
    for place in ("cpu,cpuacct/box", "memory/box"):
        (tmp_path / place).mkdir(parents=True)
    groups = ControlGroups(root=tmp_path, own="3:cpu,cpuacct:/box\n2:memory:/box\n1:pids:/\n")
    assert groups.run(python("pass"), SMALL, log).code == 0
    (cpu,), (memory,) = (list((tmp_path / place).iterdir()) for place in ("cpu,cpuacct/box", "memory/box"))
    assert (cpu / "cpu.cfs_quota_us").read_text() == "50000"
    assert (memory / "memory.limit_in_bytes").read_text() == str(400 * MIB)


@pytest.mark.skipif(sys.platform != "linux", reason="groups are Linux's")
def test_groups_of_runs_that_were_stopped_are_taken_away(tmp_path, log):
    """A group whose maker is gone goes with the next run; that of a living process stays."""
    place = tmp_path / "slice"
    gone, living = place / "autograder-999999999", place / f"autograder-{os.getppid()}"
    for folder in (place, gone, living):
        folder.mkdir()
    ControlGroups(root=tmp_path, own="0::/slice\n").run(python("pass"), SMALL, log)
    assert (gone.exists(), living.exists()) == (False, True)


@pytest.mark.parametrize("own", ["", "0::/elsewhere\n", "4:pids:/\n"])
def test_without_groups_it_says_so(tmp_path, log, own):
    """Where there is no place for a group, another way is taken."""
    with pytest.raises(Unavailable):
        ControlGroups(root=tmp_path, own=own).run(python("pass"), SMALL, log)


def test_a_kill_for_memory_is_seen_in_the_group(tmp_path, log):
    """What the kernel counts tells a kill from another end."""
    (tmp_path / "slice").mkdir()
    count = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('low 0\\noom_kill 1\\n')"
    group = tmp_path / "slice"
    groups = ControlGroups(root=tmp_path, own="0::/slice\n")
    finder = f"import glob; name = glob.glob({str(group)!r} + '/*')[0] + '/memory.events'; import sys; sys.argv = ['', name]; {count}"
    assert groups.run(python(finder), SMALL, log).killed


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not show the memory of processes")
def test_by_hand_what_needs_too_much_is_killed(log):
    """The memory of all processes is added up, children included, and the limit ends them."""
    fine = ByHand().run(python(in_a_child(LARGE_BLOCK)), SMALL, log)
    assert (fine.code, fine.killed, printed(log)) == (0, False, "done\n")
    assert fine.memory > 0
    forever = in_a_child(f"{LARGE_BLOCK}\nwhile True: pass")
    killed = ByHand().run(python(forever), Container(processors=0.5, memory=100 * MIB), log)
    assert (killed.killed, killed.code) == (True, -9)


def in_a_child(code):
    return f"import subprocess, sys\nsys.exit(subprocess.run([sys.executable, '-c', {code!r}]).returncode)"


def test_the_way_is_told(log):
    """Whichever way this machine allows, the run comes back with it."""
    spent = run_within(python("print(1)"), SMALL, log)
    assert spent.code == 0
    assert spent.how in (
        "control groups, as containers have",
        "one core and pauses, since control groups are not writable",
        "nothing on this system",
    )
