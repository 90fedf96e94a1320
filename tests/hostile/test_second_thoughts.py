"""Attacks found while attacking this sandbox with fresh eyes: on the grader's reading, on names, on memory, on pools."""

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from autograder.sandbox import Call, Missing, NoAnswer, Program, Raised, Returned, Sandbox, SandboxError, Tier
from autograder.sandbox.surroundings import closed_to_children

FORGE = """
import json, os, struct
def send(kind, value, buffers=(), payload=b""):
    header = json.dumps({"kind": kind, "value": ["list", 2, value], "buffers": list(buffers)}).encode()
    os.write(4, struct.pack("<4sIQ", b"AGW1", len(header), len(payload)) + header + payload)
    os._exit(0)
def returned(value):
    send("returned", ["dict", "value", value, "changed", ["dict"]])
"""


def test_every_integer_that_crosses_can_be_printed(attack):
    """An integer beyond Python's limit on digits would break whoever writes it into a message, so it does not cross."""
    fine, large = attack("def fine(): return 10**4000\ndef large(): return 10**5000\n", "fine", "large")
    assert len(str(fine.value)) == 4001
    assert "digits" in large.message
    forged = attack(FORGE + "def attack(): returned(['int', '0x' + 'f' * 4000])\n")
    assert isinstance(forged, NoAnswer)


def test_a_forged_list_of_names_does_not_slow_the_grader(attack):
    """A reply that claims a hundred thousand long names is cut before they are compared with the one looked for."""
    forged = FORGE + "def attack(): send('missing', ['list', *('attac' + 'x' * 10 for _ in range(100_000))])\n"
    outcome = attack(forged)
    began = time.process_time()
    assert isinstance(outcome, Missing)
    assert len(outcome.message) < 500
    assert time.process_time() - began < 5


def test_a_forged_traceback_is_short_and_of_the_students_files(attack):
    """Frames that are invented, far too many, or outside of the file are dropped or shown without a line of code."""
    forged = (
        FORGE
        + """
def attack():
    frames = [["tuple", "/etc/passwd", 1, "f"]] * 10 + [["tuple", "answers.py", n * 10**15, "f"] for n in range(5000)]
    send("raised", ["dict", "kind", "E", "error", "e", "frames", ["list", *frames]])
"""
    )
    outcome = attack(forged)
    assert isinstance(outcome, Raised)
    assert len(outcome.traceback) <= 20
    assert {frame.file for frame in outcome.traceback} == {"answers.py"}


def test_deep_wide_and_colliding_values_are_read_quickly(attack):
    """The costliest frames that fit under the caps take the grader seconds at most."""
    began = time.process_time()
    for tree in (
        "['list'] + [['list']] * 150_000",
        "['dict'] + [x for n in range(900) for x in (['tuple', n * (2**61 - 1), 0], 0)]",
        "['dict'] + [x for n in range(40_000) for x in (n << 40, 0)]",
        "['list'] + [['float', '0x1.0p+1']] * 90_000",
    ):
        attack(FORGE + f"def attack(): returned({tree})\n")
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "change",
    ["sys.stdout = None", "sys.stdout.close()", "sys.stderr = sys.stdout = open(os.devnull)", "del sys.stdout"],
)
def test_a_changed_stdout_does_not_lose_the_answer(attack, change):
    """Code that replaces or closes its streams is still answered for."""
    assert attack(f"import os, sys\n{change}\ndef attack():\n    return 5\n").value == 5


@pytest.mark.parametrize("main", ["code.py", "numpy.py", "test.py", "hw 1 (final).py", "week 1/json.py"])
def test_a_main_file_may_bear_any_name(attack, main):
    """The student's main file may be called like a library: it is run, and the library stays what it is."""
    text = """
from __future__ import annotations
from dataclasses import dataclass
import json, numpy
@dataclass
class Point:
    x: "float" = 1.0
def attack():
    return [Point().x, json.loads("2"), float(numpy.float64(3))]
"""
    assert attack(text, main=main).value == [1.0, 2, 3.0]


def test_the_kernel_takes_the_student_before_the_grader(world):
    """When the machine's memory runs out, the child is the first to go, and the message says what happened."""
    program = Program(files={"a.py": b"import os\ndef f(): os.kill(os.getpid(), 9)\n"}, main="a.py")
    with world.sandbox.session(program) as session:
        assert Path(f"/proc/{session.process}/oom_score_adj").read_text() == "1000\n"
        assert "memory" in session.call(Call(name="f")).message


def test_a_renamed_process_cannot_forge_what_the_kernel_says_of_it(world):
    """The name of a process stands in the same file as its memory; a line end in it forges no line."""
    text = """
import ctypes
ctypes.CDLL(None).prctl(15, b"x\\nVmHWM: 9) S 1", 0, 0, 0)
def attack():
    return 1
"""
    with world.sandbox.session(Program(files={"answers.py": text.encode()}, main="answers.py")) as session:
        assert isinstance(session.call(Call(name="attack")), Returned)
        assert session.peak_memory() < 2**30


def test_a_sandbox_is_not_shared_by_a_fork(world):
    """Two processes on one fork server would take each other's answers: the second is told to start its own."""
    read, write = os.pipe()
    child = multiprocessing.get_context("fork").Process(target=_use, args=(world.sandbox, write))
    child.start()
    child.join()
    os.close(write)
    with os.fdopen(read) as file:
        assert (
            file.read() == "SandboxError: this sandbox was started before a fork: start one in each process of a pool"
        )


def _use(sandbox, write):
    try:
        sandbox.server.fork(sandbox.limits, [])
    except SandboxError as error:
        os.write(write, f"SandboxError: {error}".encode())


def test_readable_keys_lower_the_tier(world, tmp_path):
    """Keys that the canary could read make the tier 1, so that `require_tier` refuses to grade."""
    without = () if world.has_landlock else ("landlock",)
    with Sandbox.start(without=without, keys=[world.folder]) as sandbox:
        assert sandbox.report.tier == world.sandbox.report.tier
    readable = Path(os.__file__)  # the standard library is readable to everybody in every tier
    with Sandbox.start(without=without, keys=[readable]) as sandbox:
        reachable = "read_keys" in sandbox.report.succeeded
        assert sandbox.report.tier == (Tier.SEPARATE if reachable else world.sandbox.report.tier)
        assert any("chmod" in notice for notice in sandbox.report.notices) or not reachable


def test_reading_ones_own_channel_gains_nothing(attack):
    """Taking the next request off the channel before it is asked for loses one's own answer, nothing else."""
    text = """
import os, threading
def attack():
    threading.Thread(target=lambda: os.read(3, 10**6), daemon=True).start()
    return 1
def second(x):
    return x
"""
    first, second = attack(text, "attack", Call(name="second", arguments=(5,)))
    assert first.value == 1
    assert not isinstance(second, Returned) or second.value == 5


def test_no_program_starts_through_the_loader(attack):
    """The dynamic loader, started as a program, is a program too; loading a library of one's own needs a file."""
    text = """
import ctypes, os
def attack():
    for path in ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"):
        try:
            os.execv(path, [path, "/bin/true"])
        except OSError as error:
            pass
    try:
        ctypes.CDLL("./planted.so")
    except OSError:
        return "refused"
"""
    assert attack(text, files={"planted.so": b"\x7fELF"}).value == "refused"


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's children are that user, who needs no open folders")
def test_keys_above_a_folder_that_was_left_open_lower_the_tier(world, tmp_path, monkeypatch):
    """The interpreter's closed folders are handed over open: what lies beside them can be reached by going upwards."""
    library, keys = tmp_path / "home" / "lib", tmp_path / "home" / "keys"
    library.mkdir(parents=True)
    keys.mkdir()
    tmp_path.chmod(0o700)
    for folder in (library.parent, library, keys):
        folder.chmod(0o755)
    monkeypatch.setattr("autograder.sandbox.sandbox.closed_to_children", lambda: [*closed_to_children(), str(library)])
    without = () if world.has_landlock else ("landlock",)
    with Sandbox.start(without=without, keys=[keys]) as sandbox:
        assert ("read_keys" in sandbox.report.succeeded) != world.has_landlock
    keys.chmod(0o700)
    with Sandbox.start(without=without, keys=[keys]) as sandbox:
        assert sandbox.report.tier == world.sandbox.report.tier


LOADED = {
    "nothing": "None",
    "a number": "3",
    "no list": "'left out'",
    "a text in it": "['list', 'x']",
    "another entry": "['list', ['dict', 'kind', 'E', 'error', '', 'frames', ['list'], 'more', 1]]",
    "an entry too few": "['list', ['dict', 'kind', 'E', 'error', '']]",
    "a frame of numbers": "['list', ['dict', 'kind', 'E', 'error', '', 'frames', ['list', ['tuple', 1, 2, 3]]]]",
}


@pytest.mark.parametrize("form", LOADED)
def test_a_forged_word_that_the_file_was_loaded(attack, form):
    """What was left out of a file is told in exactly one form; anything else is no answer."""
    text = FORGE.replace('["list", 2, value]', '["list", 1, value]') + f"send('loaded', {LOADED[form]})\n"
    assert isinstance(attack(text), NoAnswer)


def test_what_was_left_out_is_told_in_clean_words(world):
    """An exception's text with control characters, or in great number, is cleaned and capped like any other."""
    text = "class E(Exception): pass\nE.__name__ = 'E\\x1b[2J\\u202e'\n" + "raise E('\\x1b]8;;x\\x07' * 10**5)\n" * 300
    program = Program(files={"a.py": text.encode()}, main="a.py", statements=tuple(range(302)))
    with world.sandbox.session(program) as session:
        assert session.loading is None
        assert len(session.skipped) == 20
        for raised in session.skipped:
            assert len(raised.message) < 3000
            assert all(character.isprintable() or character == "\n" for character in raised.message)


def test_code_that_replaces_what_runs_it_statement_by_statement(world):
    """Between two statements a file may change compiling and running: that is its own loss, and nobody else's."""
    text = b"""
import ast, builtins, sys
ast.Module = builtins.compile = None
builtins.exec = lambda *a: None
raise SystemExit
def attack(): return 1
"""
    program = Program(files={"a.py": text}, main="a.py", statements=tuple(range(5)))
    with world.sandbox.session(program) as session:
        outcome = session.call(Call(name="attack"))
    assert isinstance(outcome, Missing | NoAnswer | Raised)
    after = world.sandbox.call(Program(files={"a.py": b"def f(): return 1"}, main="a.py"), Call(name="f"))
    assert isinstance(after, Returned)


def test_a_submission_cannot_stand_in_for_a_library_by_a_relative_import(attack):
    """`from .numpy import x` is the student's own file, and `import numpy` afterwards is the library all the same."""
    text = (
        "from . import numpy as mine\nimport numpy\ndef attack(): return mine.x, numpy.__name__, numpy.ones(2).sum()\n"
    )
    outcome = attack(text, files={"numpy.py": b"x = 3\n", "handed_in.py": b"1 / 0\n", "handed_in/numpy.py": b"1 / 0\n"})
    assert outcome.value == (3, "numpy", 2.0)
