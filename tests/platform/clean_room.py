"""The clean room: a fresh root, the built zip, setup.sh as the image build runs it, and the platform's harness around it.

    .venv/bin/python -m tests.platform.clean_room [--suite NAME] [--mirror URL] [--bind PATH …] [--assignment NAME] FOLDER

With root and debootstrap the root is a Debian or Ubuntu of that suite, made from nothing (`--suite jammy` is the platform's
own, whose python3 is 3.10); else it is a clean folder with a clean environment, and the first line says so. Installing torch
takes minutes and gigabytes, so that this is no part of `tests/run`; `tests/build/test_clean_room.py` is its light half.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from autograder.assignments import load
from autograder.build.archive import pack
from autograder.build.contents import ENTRY_POINTS, contents
from autograder.template import form
from autograder.verify.platform_rules import Weight, examine
from tests.platform.harness import ROOT, run

LIBRARY = ROOT / "reference"
METADATA = json.dumps({"id": 7, "assignment": {"total_points": "1.0"}, "users": [{"name": "A", "email": "a@b"}]})
HANG = "\n\ndef ridge(X, y, lam):\n    while True:\n        pass\n"
_PASSED_ON = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where the platform's folders lie, and how a command gets there.

    Args:
        home: the platform's folder, as seen from here.
        enter: what to put before a command that runs in it.
        inside: the same folder, as seen from there.
    """

    home: Path
    enter: tuple[str, ...]
    inside: str

    def call(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the room's root, with nothing of this machine's environment but its proxies."""
        kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", **kept}
        return subprocess.run(
            [*self.enter, *command], cwd=self.home, env=environment, capture_output=True, text=True, check=False
        )


def main() -> int:
    """Build the room, install, grade, check; 0 when everything is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the room is made; an existing root in it is used again")
    parser.add_argument("--suite", default="bookworm", help="of Debian or Ubuntu (default: %(default)s)")
    parser.add_argument("--mirror", default="", help="for debootstrap (default: its own)")
    parser.add_argument(
        "--bind", action="append", default=[], type=Path, help="show this path of the machine inside, too"
    )
    parser.add_argument("--assignment", default="hw1")
    arguments = parser.parse_args()
    room = _room(arguments)
    try:
        return _tried(room, arguments.assignment)
    finally:
        for path in reversed([*arguments.bind, Path("/proc")]):
            if room.enter:
                subprocess.run(["umount", room.home.parent / path.relative_to("/")], check=False)


def _room(arguments: argparse.Namespace) -> Room:
    root = arguments.folder.resolve() / arguments.suite
    chroot = shutil.which("chroot")
    if os.geteuid() != 0 or chroot is None or shutil.which("debootstrap") is None:
        print("room: a clean folder and environment; for a fresh root run this as root where debootstrap is installed")
        return Room(home=arguments.folder.resolve() / "autograder", enter=(), inside="")
    if not (root / "etc" / "debian_version").exists():
        include = "--include=ca-certificates,python3,python3-venv,apt"
        mirror = [arguments.mirror] if arguments.mirror else []
        components = "--components=main,universe" if arguments.mirror else "--components=main"
        subprocess.run(
            ["debootstrap", "--variant=minbase", include, components, arguments.suite, root, *mirror], check=True
        )
        sources = root / "etc" / "apt" / "sources.list"
        line = sources.read_text().strip()  # images hold the suite's updates, too
        sources.write_text(f"{line}\n{line.replace(f' {arguments.suite} ', f' {arguments.suite}-updates ')}\n")
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    for path in [Path("/proc"), *arguments.bind]:
        inner = root / path.relative_to("/")
        if path.is_dir():
            inner.mkdir(parents=True, exist_ok=True)
        else:
            inner.parent.mkdir(parents=True, exist_ok=True)
            inner.touch()
        subprocess.run(["mount", "--bind", path, inner], check=True)
    print(f"room: {arguments.suite}, made by debootstrap")
    return Room(home=root / "autograder", enter=(chroot, str(root), "env", "--chdir=/autograder"), inside="/autograder")


def _tried(room: Room, name: str) -> int:
    shutil.rmtree(room.home, ignore_errors=True)
    assignment = load(name)
    data = pack(contents(assignment, LIBRARY, verified="not, in the clean room"), executable=ENTRY_POINTS)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.infolist():
            placed = Path(packed.extract(entry, room.home / "source"))
            placed.chmod(entry.external_attr >> 16 & 0o777)
    before = room.call("python3", "-I", "-V"), room.call("ls", "-A", "/tmp")
    started = time.monotonic()
    done = room.call("bash", f"{room.inside or room.home}/source/setup.sh")
    print(f"setup.sh: exit {done.returncode} after {time.monotonic() - started:.0f} s\n{done.stdout}", end="")
    faults = [f"setup.sh failed: {done.stderr[-2000:]}"] if done.returncode else []
    after = room.call("python3", "-I", "-V"), room.call("ls", "-A", "/tmp")
    print(f"the system's python3: {after[0].stdout.strip() or 'none'}")
    if before[0].stdout != after[0].stdout:
        faults.append("the system's python3 is another one now")
    if room.enter and before[1].stdout != after[1].stdout:
        faults.append(f"left in /tmp: {after[1].stdout.split()}")
    if not faults:
        faults = _graded(room, name)
    print("".join(f"FAULT {fault}\n" for fault in faults), end="")
    print("the clean room is as it should be" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


def _graded(room: Room, name: str) -> list[str]:
    """Several submissions under the harness; every results.json against the platform's rules."""
    solution = {one.name: one.read_bytes() for one in (LIBRARY / name / "solution").iterdir() if one.is_file()}
    answers = solution["answers.py"]
    blank = {"answers.py": form(load(name)).encode()}
    worth = float(load(name).points)
    faults = []
    for what, files, more, wanted in (
        ("the solution", solution, {}, worth),
        ("the solution, with metadata", solution, {"metadata": METADATA}, worth),
        ("the blank form", blank, {}, 0.0),
        ("written answers alone", {"answers.py": answers}, {}, None),
        ("code that hangs, near the limit", {"answers.py": answers + HANG.encode()}, {"environment": {"TIMEOUT_SECONDS": "8"}}, None),
        ("a run that is killed", {"answers.py": answers + HANG.encode()}, {"limit": 5.0}, 0.0),
        ("the run after it", solution, {}, worth),
    ):  # fmt: skip
        started = time.monotonic()
        environment = {"PATH": "/usr/bin:/bin", **more.pop("environment", {})}
        found = run(room.home, files, enter=room.enter, environment=environment, **more)
        score = found.results.get("score")
        print(f"{what:<34}{score!s:>7} points, exit {found.code}, {time.monotonic() - started:.1f} s")
        if wanted is not None and score != wanted:
            faults.append(f"{what}: {score} points, not {wanted}; {found.printed[-2000:]}")
        if not found.killed:
            remarks = examine(json.dumps(found.results).encode())
            faults += [f"{what}: {one.where} {one.says}" for one in remarks if one.weight is not Weight.NOTE]
    return faults


if __name__ == "__main__":
    sys.exit(main())
