"""Attack list, lines 1-8: nothing of the grader's is read, and nothing reaches the grader's own output."""

import os
from pathlib import Path

import pytest

from autograder.sandbox import Call, Limits, Missing, Program, Raised, Returned

PATIENT = Limits(wall=30.0, cpu=20.0)

SEARCH = r"""
import re
PATTERN = re.compile("canary-secret" + "-[0-9a-f]{32}")
"""


def test_a_reference_cannot_be_opened(value, world):
    """Line 1: the path of the reference, given away, opens nothing."""
    text = """
def attack(path):
    try:
        return open(path).read()
    except OSError as error:
        return type(error).__name__
"""
    assert value(text, str(world.folder / "reference.py")) == "PermissionError"


def test_walking_the_disk_finds_no_tests_of_the_grader(value, world):
    """Line 1: a walk over the places where graders keep things finds no reference."""
    text = """
import os
def attack(roots):
    found = []
    for root in roots:
        for folder, _, names in os.walk(root):
            for name in names:
                if name.endswith(".py"):
                    try:
                        text = open(os.path.join(folder, name), errors="replace").read()
                    except OSError:
                        continue
                    if "def test_ridge" in text:
                        found.append(name)
    return found
"""
    assert value(text, [str(world.folder), "/autograder", "/home", "/root"], limits=PATIENT) == []


@pytest.mark.parametrize(
    "name", ["solution", "tests", "reference", "autograder", "autograder.errors", "autograder.sandbox"]
)
def test_the_graders_modules_cannot_be_imported(attack, name):
    """Line 2: neither the solutions nor the grader's own package can be imported."""
    outcome = attack(f"import {name}\ndef attack(): return 1\n")
    assert isinstance(outcome, Missing)
    assert outcome.cause.kind == "ModuleNotFoundError"


def test_memory_holds_no_secret(value, world):
    """Line 3: neither the collector, nor frames, nor modules, nor the environment hold what the grader knows."""
    assert os.environ["AUTOGRADER_CANARY"] == world.secret
    text = (
        SEARCH
        + """
import gc, os, sys
def attack():
    seen, queue = set(), [*gc.get_objects(), *sys.modules.values(), dict(os.environ)]
    frame = sys._getframe()
    while frame:
        queue += [frame.f_globals, frame.f_locals]
        frame = frame.f_back
    found = 0
    while queue and len(seen) < 400_000:
        item = queue.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, (str, bytes)):
            found += bool(PATTERN.search(item if isinstance(item, str) else item.decode("latin-1")))
        elif isinstance(item, dict):
            queue += [*item.keys(), *item.values()]
        elif isinstance(item, (list, tuple, set, frozenset)):
            queue += item
    return found
"""
    )
    assert value(text, limits=PATIENT) == 0


def test_environments_hold_no_secret(value):
    """Line 4: no environment of any process that can be read holds what the grader's does."""
    text = (
        SEARCH
        + """
import glob, os
def attack(grader):
    found = [bool(PATTERN.search(repr(dict(os.environ))))]
    try:
        everybody = os.listdir("/proc")
    except OSError:
        everybody = []
    for who in ["self", "1", str(os.getppid()), str(grader), *everybody]:
        try:
            found.append(bool(PATTERN.search(open(f"/proc/{who}/environ", "rb").read().decode("latin-1"))))
        except OSError:
            pass
    return any(found)
"""
    )
    assert value(text, os.getpid()) is False


def test_the_grader_cannot_be_read_traced_or_stopped(value):
    """Line 5: /proc/pid/mem, process_vm_readv and PTRACE_SEIZE fail for the grader and for the fork server."""
    text = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def attack(grader):
    gained = []
    for pid in (grader, os.getppid()):
        for mode in ("rb", "r+b"):
            try:
                open(f"/proc/{pid}/mem", mode)
                gained.append(("mem", mode, pid))
            except OSError:
                pass
        here = (ctypes.c_uint64 * 2)(ctypes.addressof(ctypes.create_string_buffer(8)), 8)
        there = (ctypes.c_uint64 * 2)(0x400000, 8)
        if libc.process_vm_readv(pid, here, 1, there, 1, 0) != -1 or ctypes.get_errno() != 1:
            gained.append(("process_vm_readv", pid, ctypes.get_errno()))
        for request in (0x4206, 16):
            if libc.ptrace(request, pid, None, None) != -1:
                gained.append(("ptrace", request, pid))
    return gained
"""
    assert value(text, os.getpid()) == []
    state = Path("/proc/self/stat").read_text().rpartition(")")[2].split()[0]
    assert state in ("R", "S")


def test_hidden_arguments_stay_in_fields_that_a_report_can_withhold(attack):
    """Lines 6 and 7: what a call raised or printed is kept apart from the sentence on what happened to `kind`."""
    text = """
import sys
def attack(hidden):
    print("leak", hidden)
    sys.__stderr__.write(f"leak {hidden}")
    return lambda: hidden
"""
    outcome = attack(text, Call(name="attack", arguments=("hidden-argument",)))
    assert "hidden-argument" not in outcome.message
    assert "hidden-argument" in outcome.stdout
    assert "hidden-argument" in outcome.stderr


def test_an_error_text_is_kept_apart_from_the_kind(attack):
    """Line 6: the error's text, which may repeat hidden arguments, is a field of its own."""
    outcome = attack("def attack(x): raise ValueError(repr(x))", Call(name="attack", arguments=("hidden-argument",)))
    assert isinstance(outcome, Raised)
    assert (outcome.kind, "hidden-argument" in outcome.error) == ("ValueError", True)


def test_nothing_reaches_the_graders_own_output(world, capfd):
    """Lines 7 and 8: every way to print, warn, log or dump ends in the captured streams."""
    text = b"""
import faulthandler, logging, os, sys, warnings
def attack():
    print("out-leak")
    warnings.warn("warn-leak")
    logging.getLogger().error("log-leak")
    faulthandler.dump_traceback(file=sys.__stderr__)
    for descriptor in range(3):
        try:
            os.write(descriptor, b"fd-leak")
        except OSError:
            pass
    try:
        open("/dev/tty", "w").write("tty-leak")
    except OSError:
        pass
    return "done"
"""
    outcome = world.sandbox.call(Program(files={"a.py": text}, main="a.py"), Call(name="attack"))
    assert isinstance(outcome, Returned)
    assert capfd.readouterr() == ("", "")
    assert "out-leak" in outcome.stdout
    assert all(word in outcome.stderr for word in ("warn-leak", "log-leak", "fd-leak"))
