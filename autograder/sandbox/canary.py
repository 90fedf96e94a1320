"""The tier of this machine, from what a canary could do in the sandbox and never from what calls returned."""

import os
import platform
import secrets
import socket
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from autograder.sandbox import landlock, linux
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.limits import MIB, Limits, Tier
from autograder.sandbox.outcome import Outcome, Returned
from autograder.sandbox.program import Call, Program, Read
from autograder.sandbox.surroundings import closed_to_children

_LIMITS = Limits(memory=256 * MIB, wall=20.0)
_PROGRAM = Path(__file__).with_name("canary_attacks.py")

# What each protection must have stopped. Files stand apart: without Landlock what everybody may read stays readable.
_NEEDED_EVERYWHERE = frozenset({"allocate", "become_root", "raise_limit", "read_keys", "write_file"})
_NEEDED_OF_FILTER = frozenset(
    {"connect_abstract", "connect_tcp", "execute", "fork", "send_udp", "signal_grader", "signal_server", "trace"}
)
_NEEDED_OF_USER = frozenset({"read_environment", "read_memory", "read_private"})
_NEEDED_OF_LANDLOCK = frozenset({"read_public"}) | _NEEDED_OF_USER


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What this machine offers, for the instructor: never shown to a student.

    Args:
        tier: how strongly student code is held.
        seen: for each attack of the canary, "succeeded" or how it failed.
        mechanisms: what the kernel claims to have.
        versions: of what decides: kernel, Landlock, Python, NumPy.
        notices: what to know or to do, in whole sentences.
    """

    tier: Tier
    seen: Mapping[str, str]
    mechanisms: tuple[str, ...]
    versions: Mapping[str, str]
    notices: tuple[str, ...]

    @property
    def succeeded(self) -> frozenset[str]:
        """The attacks that the canary carried out."""
        return frozenset(name for name, result in self.seen.items() if result == "succeeded")

    def lines(self) -> list[str]:
        """Return the report as lines of plain text."""
        versions = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        blocked = len(self.seen) - len(self.succeeded)
        return [
            f"sandbox tier {self.tier.label}: {blocked} of {len(self.seen)} attacks of the canary blocked",
            f"versions: {versions}",
            *(f"not blocked: {name.replace('_', ' ')}" for name in sorted(self.succeeded)),
            *self.notices,
        ]


class _Session(Protocol):
    def call(self, wanted: Call | Read) -> Outcome: ...


def observe(
    session: Callable[[Program, Limits], AbstractContextManager[_Session]],
    mechanisms: Collection[str],
    keys: Sequence[Path] = (),
) -> Report:
    """Send the canary through the same door as student code and judge what it could do.

    Args:
        keys: files and folders that must be out of its reach.

    Raises:
        SandboxError: the canary itself failed, so that nothing is known.
    """
    program = Program(files={_PROGRAM.name: _PROGRAM.read_bytes()}, main=_PROGRAM.name)
    with _targets(keys) as targets, session(program, _LIMITS) as running:
        outcome = running.call(Call(name="attempt", arguments=(targets,)))
    match outcome:
        case Returned(value={"uid": int(uid), "seen": dict(seen)}):
            tier = _tier(seen, other_user=uid != os.geteuid())
            return Report(
                tier=tier, seen=seen, mechanisms=tuple(mechanisms), versions=_versions(), notices=_notices(tier, seen)
            )
        case _:
            raise SandboxError(f"the canary gave no report: {outcome.message}")


def _tier(seen: Mapping[str, str], *, other_user: bool) -> Tier:
    def holds(needed: frozenset[str]) -> bool:
        return all(seen.get(name, "succeeded") != "succeeded" for name in needed)

    if not holds(_NEEDED_EVERYWHERE | _NEEDED_OF_FILTER):
        return Tier.SEPARATE
    if holds(_NEEDED_OF_LANDLOCK):
        return Tier.FULL if other_user else Tier.USER
    return Tier.UID if other_user and holds(_NEEDED_OF_USER) else Tier.SEPARATE


@contextmanager
def _targets(keys: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Put up what the canary attacks: files, a port for each kind of connection, this very process."""
    secret = secrets.token_bytes(16)
    with (
        tempfile.TemporaryDirectory(prefix="canary-") as folder,
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as unix,
    ):
        udp.bind(("127.0.0.1", 0))
        abstract = f"\0canary-{secret.hex()}" if linux.is_linux() else f"{folder}/socket"
        unix.bind(abstract)
        unix.listen()
        root = Path(folder)
        root.chmod(0o777)
        for name, mode in (("public", 0o644), ("private", 0o600)):
            (root / name).write_bytes(secret)
            (root / name).chmod(mode)
        yield {
            "secret": secret,
            "keys": [str(path.absolute()) for path in keys],
            "public": str(root / "public"),
            "private": str(root / "private"),
            "writable": str(root / "written"),
            "grader": os.getpid(),
            "tcp": tcp.getsockname()[1],
            "udp": udp.getsockname()[1],
            "abstract": abstract,
            "memory": _LIMITS.memory,
        }


def _versions() -> dict[str, str]:
    return {
        platform.system(): platform.release(),
        "machine": platform.machine(),
        "Landlock": str(landlock.version() or "none"),
        "Python": platform.python_version(),
        "NumPy": np.__version__,
    }


def _notices(tier: Tier, seen: Mapping[str, str]) -> tuple[str, ...]:
    notices = []
    if seen.get("read_keys") == "succeeded":
        notices.append("Student code can read the keys: close their folder to other users (chmod -R go-rwx).")
    if tier is Tier.SEPARATE:
        notices.append(
            "Student code runs in a process of its own, but nothing keeps it from reading your files or using the network: "
            "run only your own or trusted code here, and grade others' on Linux or on Gradescope."
        )
    if tier is Tier.UID:
        notices.append(
            "This kernel has no Landlock: keep keys and references in folders that are closed to other users "
            "(chmod go-rwx), because student code can read what everybody may read."
        )
    if closed := closed_to_children():
        notices.append(
            f"Other users cannot reach {closed[0]}: compiled modules that are not loaded at the start cannot be imported by "
            f"student code. Install Python where everybody may read it, such as /usr/local or /opt, not below a home."
        )
    if not sys.platform.startswith("linux"):
        notices.append(
            f"{platform.system()} has no Landlock and no system-call filter: the sandbox is a separate process."
        )
    return tuple(notices)
