"""What `doctor` says of machines of every kind, and when it says that nothing can be graded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.machine import Machine
from autograder.report.doctor import as_json, as_text, obstacles, things_to_do
from autograder.sandbox import Report, Tier

ATTACKS = {
    "allocate": "OSError",
    "connect_tcp": "PermissionError",
    "fork": "PermissionError",
    "read_private": "PermissionError",
    "read_public": "PermissionError",
    "trace": "failed",
    "write_file": "PermissionError",
}
VERSIONS = {
    "numpy": "2.4.6",
    "sympy": "1.14.0",
    "python-flint": "0.9.0",
    "torch": "2.13.0+cpu",
    "pytest": "9.2.0",
    "gradescope-utils": "0.5.0",
}


def report(
    tier: Tier, *succeeded: str, landlock: str = "6", filtered: bool = True, notes: tuple[str, ...] = ()
) -> Report:
    mechanisms = (*(("landlock",) if landlock != "none" else ()), *(("filter",) if filtered else ()))
    return Report(
        tier=tier,
        seen={name: "succeeded" if name in succeeded else came for name, came in ATTACKS.items()},
        mechanisms=mechanisms,
        versions={"Landlock": landlock},
        notices=notes,
    )


MACHINE = Machine(
    python="3.11.9",
    system="Linux 6.8.0",
    architecture="x86_64",
    cores=0.5,
    memory=768 * 2**20,
    root=True,
    versions=VERSIONS,
    flint=True,
    report=report(Tier.FULL),
)
MACHINES = {
    "tier-3": MACHINE,
    "tier-2": replace(MACHINE, root=False, cores=8, memory=16 * 2**30, report=report(Tier.USER)),
    "tier-2u": replace(
        MACHINE,
        versions={**VERSIONS, "python-flint": None, "gradescope-utils": None},
        flint=False,
        fonts=None,
        report=report(Tier.UID, "read_public", landlock="none", notes=("This kernel has no Landlock: keep keys closed.",)),
    ),
    "tier-1": replace(
        MACHINE,
        architecture="riscv64",
        root=False,
        versions={**VERSIONS, "torch": None, "pytest": None},
        fonts=("STIXGeneral",),
        unicode=False,
        report=report(
            Tier.SEPARATE, "connect_tcp", "fork", "read_public", landlock="none", filtered=False,
            notes=("Run only your own or trusted code here.",),
        ),
    ),
    "macos": replace(
        MACHINE,
        system="Darwin 24.5.0",
        architecture="arm64",
        root=False,
        cores=10,
        memory=None,
        report=report(
            Tier.SEPARATE, "connect_tcp", "fork", "read_private", "read_public", landlock="none", filtered=False,
            notes=("Darwin has no Landlock and no system-call filter: the sandbox is a separate process.",),
        ),
    ),
    "no-sandbox": replace(
        MACHINE, python="3.10.2", versions={**VERSIONS, "numpy": "1.26.4"}, report=None, trouble="no answer within 120 s."
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MACHINES)
def test_the_text_for_each_kind_of_machine(golden, name):
    """A person reads the machine, the libraries, the tier with every attack, and what to do for what is missing."""
    golden(f"doctor-{name}.txt", as_text(MACHINES[name]))


@pytest.mark.parametrize("name", [name for name in MACHINES if name != "no-sandbox"])
def test_every_tier_can_grade(name):
    """A weak sandbox is told, but grading one's own or trusted code stays possible."""
    assert obstacles(MACHINES[name]) == ()


def test_what_makes_grading_impossible_is_all_told():
    """Python, a library and the sandbox can each forbid grading, and each has its own sentence."""
    said = obstacles(MACHINES["no-sandbox"])
    assert said == (
        "Python 3.10.2 is too old; 3.11 or newer is needed.",
        "numpy 1.26.4 is too old, 2 or newer is needed; run ./setup.sh.",
        "The sandbox does not start: no answer within 120 s.",
    )


@pytest.mark.parametrize(
    ("library", "words"),
    [
        ("numpy", "numpy is missing; run ./setup.sh."),
        ("sympy", "sympy is missing; run ./setup.sh."),
    ],
)
def test_a_needed_library_that_is_missing_forbids_grading(library, words):
    """Without NumPy or SymPy nothing is graded."""
    assert obstacles(replace(MACHINE, versions={**VERSIONS, library: None})) == (words,)


@pytest.mark.parametrize("library", ["python-flint", "torch", "pytest"])
def test_a_useful_library_that_is_missing_is_only_advice(library):
    """What is missing but not needed has one sentence that says what it costs, and forbids nothing."""
    machine = replace(MACHINE, versions={**VERSIONS, library: None}, flint=library != "python-flint")
    assert obstacles(machine) == ()
    assert [sentence.split(" is missing")[0] for sentence in things_to_do(machine)] == [library]


def test_gradescope_utils_is_not_asked_for():
    """Its decorators are built in, so that its absence is nobody's task."""
    assert things_to_do(replace(MACHINE, versions={**VERSIONS, "gradescope-utils": None})) == ()


def test_the_facts_for_programs_are_strict_json():
    """JSON carries the tier, the canary and what was decided, and nothing that strict readers refuse."""
    data = json.loads(json.dumps(as_json(MACHINES["macos"]), allow_nan=False))
    assert (data["possible"], data["tier"], data["memory"]) == (True, "1", None)
    assert data["canary"]["fork"] == "succeeded"


def test_the_sandboxs_own_words_are_passed_on():
    """What the sandbox advises stands first among the things to do, in its own words."""
    said = ("Other users cannot reach /root.", "Install Python elsewhere.")
    assert things_to_do(replace(MACHINE, report=report(Tier.FULL, notes=said))) == said


def test_this_machine_can_grade(capsys):
    """On the machine of the tests the command succeeds, with the canary's view of every attack."""
    assert main(["doctor", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["possible"]
    assert data["tier"] in {"1", "2u", "2", "3"}
    assert set(ATTACKS) <= set(data["canary"])


def test_the_command_fails_where_nothing_can_be_graded(capsys, monkeypatch):
    """Exit code 1, with the reason on the last line."""
    monkeypatch.setattr("autograder.cli.doctor.look_around", lambda: MACHINES["no-sandbox"])
    assert main(["doctor"]) == 1
    assert "Grading is not possible: Python 3.10.2 is too old" in capsys.readouterr().out


def test_torch_is_never_imported(monkeypatch):
    """Looking around costs no import of torch: its version comes from its metadata."""
    import sys

    from autograder.machine import installed

    monkeypatch.setitem(sys.modules, "torch", None)  # an import of it would fail now
    assert installed("torch")


def test_a_terminal_without_greek():
    """Where a terminal cannot show a letter a question mark stands, and nothing ends early."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "doctor"],
        cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"cannot print ?" in done.stdout
    assert b"PYTHONUTF8=1" in done.stdout
