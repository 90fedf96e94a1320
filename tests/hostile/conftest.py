"""Hostile submissions, and what must hold after each of them.

`world` is a sandbox in each way that this machine can hold student code; `attack` runs a submission there and asserts the
invariants of the attack list. At the end of the run every tier is reported as tested or not, with the reason.
"""

import gc
import json
import os
import resource
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograder.report.plain import clean
from autograder.sandbox import Call, Limits, Program, Returned, Sandbox, Tier, users

IS_ROOT = os.geteuid() == 0
# Root reaches tier 3, and 2u with Landlock switched off; an ordinary user reaches tier 2. The run as root starts another
# as an ordinary user (test_as_an_ordinary_user.py), so that one run covers all of them.
WORLDS = {"tier 3": (Tier.FULL, ()), "tier 2u": (Tier.UID, ("landlock",))} if IS_ROOT else {"tier 2": (Tier.USER, ())}
ALL_TIERS = ("tier 3", "tier 2u", "tier 2")

QUICK = Limits(wall=2.0, cpu=1.0, memory=256 * 2**20)
# What a machine under load may add to a deadline before the grader counts as held up.
SLACK = 10.0

tested: dict[str, str] = {}


def pytest_terminal_summary(terminalreporter):
    """Say of every tier whether it was tested here, and why not."""
    terminalreporter.section("tiers of the sandbox")
    reason = "needs root" if not IS_ROOT else "test_as_an_ordinary_user.py covers it"
    for name in ALL_TIERS:
        terminalreporter.write_line(f"{name}: {tested.get(name, f'not tested in this run ({reason})')}")


@dataclass(slots=True, kw_only=True)
class World:
    """A sandbox with a name, and what may not be found in or changed by it."""

    name: str
    sandbox: Sandbox
    secret: str
    folder: Path
    seen: list[str] = field(default_factory=list)

    @property
    def has_landlock(self):
        return "landlock" in self.sandbox.report.mechanisms


@pytest.fixture(scope="session", params=WORLDS)
def world(request, tmp_path_factory):
    """A sandbox of one tier, beside secrets in the grader's memory, environment and files."""
    tier, without = WORLDS[request.param]
    secret = f"canary-secret-{secrets.token_hex(16)}"
    os.environ["AUTOGRADER_CANARY"] = secret
    folder = tmp_path_factory.mktemp("grader")
    folder.chmod(0o700)  # in tier 2u this is what keeps readers out
    (folder / "reference.py").write_text(f"def test_ridge(): return {secret!r}\n")
    (folder / "reference.py").chmod(0o644)
    with Sandbox.start(without=without, limits=QUICK) as sandbox:
        reached = sandbox.report.tier
        tested[request.param] = (
            "tested" if reached == tier else f"not reached here; this machine offers {reached.label}"
        )
        if reached != tier:
            pytest.skip(f"{request.param}: {'; '.join(sandbox.report.lines())}")
        yield World(name=request.param, sandbox=sandbox, secret=secret, folder=folder)
    del os.environ["AUTOGRADER_CANARY"]


HONEST = Program(files={"answers.py": b"def double(x):\n    return 2 * x\n"}, main="answers.py")


def assert_invariants(world, outcomes, began, calls, limits):
    """Assert what the attack list demands after every attack."""
    server = world.sandbox.server
    # The attack left nothing behind: no process of the sandbox, no change for the next submission.
    assert users.children_of(server.pid) == []
    after = world.sandbox.call(HONEST, Call(name="double", arguments=(21,)))
    assert isinstance(after, Returned), after
    assert after.value == 42
    # The grader was neither held up nor stopped.
    allowed = (calls + 1) * (limits.wall + limits.cpu) + SLACK
    assert time.monotonic() - began < allowed
    # What people will see is text that JSON can carry, without the secret and without control characters.
    for outcome in outcomes:
        visible = [outcome.message, outcome.stdout, outcome.stderr]
        assert json.loads(json.dumps(visible, allow_nan=False).encode()) == visible
        assert world.secret not in repr(outcome)
        assert [clean(text, 10**6) for text in visible] == visible


@pytest.fixture
def attack(world):
    """Run hostile text, call functions of it in one process, and assert the invariants."""

    def run(text, *calls, limits=None, files=None, main="answers.py"):
        source = text if isinstance(text, bytes) else text.encode()
        program = Program(files={main: source, **(files or {})}, main=main)
        wanted = [Call(name=call) if isinstance(call, str) else call for call in calls or ("attack",)]
        began = time.monotonic()
        outcomes = world.sandbox.run(program, wanted, limits=limits)
        assert_invariants(world, outcomes, began, len(wanted), limits or world.sandbox.limits)
        return outcomes if len(outcomes) > 1 else outcomes[0]

    return run


@pytest.fixture
def value(attack):
    """Run an attack whose function reports what it achieved, and return that report."""

    def run(text, *arguments, limits=None, files=None):
        outcome = attack(text, Call(name="attack", arguments=arguments), limits=limits, files=files)
        assert isinstance(outcome, Returned), outcome
        return outcome.value

    return run


@pytest.fixture
def resident_size():
    """Return a function that tells by how many bytes this process's peak has grown."""
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return lambda: 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)


@pytest.fixture
def record_tier():
    """Note for the summary how a tier was tested."""
    return tested.__setitem__
