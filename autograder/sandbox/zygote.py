"""The fork server: started fresh and empty of secrets, it loads the libraries once and forks a child per program.

It speaks with the grader's processes over a socket each: a JSON line per request, with the child's descriptors attached, and
a JSON line per reply. Student code never runs in it and never speaks to it; the grader reads the child's frames directly.
"""

import builtins
import contextlib
import fcntl
import gc
import importlib.util
import json
import os
import platform
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

from autograder.sandbox import jail, landlock, linux, pages, seccomp, users
from autograder.sandbox.config import Config
from autograder.sandbox.imports import READY
from autograder.sandbox.limits import Limits
from autograder.sandbox.reach import Reach
from autograder.sandbox.resident import Probe, Resident, rehearse
from autograder.sandbox.warm import load_all

_DESCRIPTORS = 4  # requests, replies, stdout, stderr
_ABOVE = 200  # where descriptors are parked while the low numbers are filled
_DESCRIPTOR_LIMIT = 1024
_SWEEPS = 50
_SPARE_TASKS = 1024
_GATHERED_AFTER = 32  # forks: gathering takes as long as it saves in twenty, and one submission needs about as many


def main(text: str, lines: str) -> None:
    """Serve the grader until it closes its ends of these lines, given by the numbers of ours."""
    # With few possible descriptors, closing all of them in a child is quick on every system.
    resource.setrlimit(resource.RLIMIT_NOFILE, (_DESCRIPTOR_LIMIT, _DESCRIPTOR_LIMIT))
    config = Config(**json.loads(text))
    if linux.is_linux():
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    Zygote(config, [socket.socket(fileno=number) for number in json.loads(lines)]).serve()
    os._exit(0)  # taking torch down in order takes a tenth of a second, for which the grader would wait


class Zygote:
    """The fork server's state: what every child starts with, and which children live."""

    def __init__(self, config: Config, lines: list[socket.socket]) -> None:
        self.config = config
        self.lines = lines
        gc.disable()  # of what is made while libraries load next to nothing is garbage, and looking for it takes a sixth
        self.protected = load_all(config.libraries, config.kept)
        self.reach = Reach(config.closed)
        self.probes = {name: _probe(name, file) for name, file in config.probes.items()}
        for name, file in config.ready.items():
            source = Path(file).read_bytes()
            READY[name, source] = compile(source, name, "exec", dont_inherit=True)
        self.ruleset: int | None = None
        if "landlock" in config.mechanisms:
            self.ruleset = landlock.ruleset(landlock.Readable(folders=config.readable))
        # Of an ordinary user, other programs count too: leave them room, but no room for a bomb.
        self.task_limit = users.tasks_of_this_user() + _SPARE_TASKS if os.geteuid() else None
        self.children: dict[int, int | None] = {}
        self.own_modules = [name for name in sys.modules if name.partition(".")[0] == "autograder"]
        self.occupied = _address_space()
        if "filter" in config.mechanisms:
            seccomp.pieces(platform.machine(), files_read_only=self.ruleset is None)
        rehearse(self.protected)
        gc.freeze()  # in children as well, where a look at what was loaded would copy every page of it
        gc.enable()
        self.forks = 0

    def serve(self) -> None:
        """Answer the grader; when it is gone, kill what is left and leave."""
        _reply(self.lines[0], {"pid": os.getpid(), "protected": sorted(self.protected)})
        by_number = {line.fileno(): line for line in self.lines}
        poll = select.poll()  # a grader with many open files gives numbers that `select` does not take
        for number in by_number:
            poll.register(number, select.POLLIN)
        orderly: bool | None = None
        while orderly is None:
            for number, _ in poll.poll():
                orderly = self._answered(by_number[number]) if orderly is None else orderly
        for pid in list(self.children):
            self._reap(pid, 0)
        if not orderly:  # the grader died without a word: nobody else will clear up
            shutil.rmtree(self.config.folder, ignore_errors=True)

    def _answered(self, line: socket.socket) -> bool | None:
        """Answer a request; None where there will be more, else whether the grader said that it is the last."""
        try:
            data, descriptors, _, _ = socket.recv_fds(line, 1 << 16, _DESCRIPTORS)
        except ConnectionError:
            return False  # the grader died with a reply unread
        if not data:
            return False
        request = json.loads(data)
        if request["do"] == "end":
            return True
        if request["do"] == "fork":
            _reply(line, self._fork(Limits(**request["limits"]), descriptors))
        else:
            _reply(line, self._reap(request["pid"], request["grace"]))
        return None

    def _fork(self, limits: Limits, descriptors: list[int]) -> dict[str, Any]:
        try:
            return self._forked(limits, descriptors)
        except OSError as error:
            return {"error": f"the fork server could not fork ({error})"}
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _forked(self, limits: Limits, descriptors: list[int]) -> dict[str, Any]:
        if _tasks() != 1:
            return {"error": "the fork server has more than one thread, so that a fork of it could hang"}
        if self.forks == (0 if self.config.lasting else _GATHERED_AFTER):
            pages.gather()
        self.forks += 1
        uid = users.free_uid() if os.geteuid() == 0 else None
        pid = os.fork()
        if pid == 0:
            try:
                resident = self._child(uid, limits, descriptors)
            except BaseException:  # noqa: BLE001  # no student code has run yet: the grader reads why on stderr
                traceback.print_exc()
                os._exit(jail.Step.PROGRAM)
            try:
                resident.serve()
            finally:
                os._exit(0)
        self.children[pid] = uid
        return {"pid": pid, "uid": uid}

    def _child(self, uid: int | None, limits: Limits, descriptors: list[int]) -> Resident:
        folder = self.config.folder
        try:
            self._arrange(descriptors)
        except OSError:
            os._exit(jail.Step.DESCRIPTORS)
        _volunteer()
        jail.enter(
            jail.Jail(
                uid=uid,
                ruleset=self.ruleset,
                filtered="filter" in self.config.mechanisms,
                folder=folder,
                occupied=self.occupied,
                process_limit=limits.threads + 1 if uid is not None else self.task_limit,
                environment=_environment(folder),
                limits=limits,
            )
        )
        resident = Resident(self.protected, self.probes, limits.reply)
        _forget(folder, self.own_modules)
        return resident

    def _arrange(self, descriptors: list[int]) -> None:
        """Give the child 0-4 and what it needs until it is confined, and close everything else."""
        requests, replies, stdout, stderr = descriptors
        wanted = [os.open(os.devnull, os.O_RDONLY), stdout, stderr, requests, replies, *self.reach.descriptors]
        if self.ruleset is not None:
            wanted.append(self.ruleset)
        parked = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, _ABOVE) for descriptor in wanted]
        for number, descriptor in enumerate(parked):
            os.dup2(descriptor, number)
        os.closerange(len(parked), _DESCRIPTOR_LIMIT)
        first = _DESCRIPTORS + 1
        self.reach.descriptors = list(range(first, first + len(self.reach.descriptors)))
        self.ruleset = None if self.ruleset is None else len(parked) - 1

    def _reap(self, pid: int, grace: float) -> dict[str, Any]:
        """Wait `grace` seconds for a child to end by itself, then kill it and everything it left behind."""
        uid = self.children.pop(pid)
        ended = _wait(pid, grace)
        if ended is None:
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)  # the child began its own session, so the group bears its number
        status, usage = ended or os.wait4(pid, 0)[1:]
        clean = self._swept(uid)
        return {"status": status, "killed": ended is None, "cpu": usage.ru_utime + usage.ru_stime, "clean": clean}

    def _swept(self, uid: int | None) -> bool:
        for _ in range(_SWEEPS):
            if uid is not None and users.has_processes(uid):
                users.kill_all(uid)
            strays = self._strays()
            for stray in strays:
                os.kill(stray, signal.SIGKILL)
                os.waitpid(stray, 0)
            if not strays and (uid is None or not users.has_processes(uid)):
                return True
        return False

    def _strays(self) -> list[int]:
        """List adopted orphans: as subreaper, this process inherits what a child forked and left."""
        return (
            []
            if "filter" in self.config.mechanisms
            else [child for child in users.children_of(os.getpid()) if child not in self.children]
        )


def _reply(line: socket.socket, reply: Mapping[str, Any]) -> None:
    line.sendall(json.dumps(reply).encode() + b"\n")


def _probe(name: str, file: str) -> Probe:
    spec = importlib.util.spec_from_file_location(f"probe_{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    probe: Probe = module.probe
    return probe


def _environment(folder: str) -> dict[str, str]:
    return {
        "HOME": folder,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": folder,
        "OMP_NUM_THREADS": "1",
        "TMPDIR": folder,
        "TORCHINDUCTOR_CACHE_DIR": folder,  # torch's compiler makes a folder when it is loaded, unless it is there
        "USER": "student",
    }


def _forget(folder: str, own_modules: Iterable[str]) -> None:
    """Remove from sight what belongs to the fork server rather than to a student's program."""
    tempfile.tempdir = folder
    sys.argv = [""]
    for name in own_modules:
        del sys.modules[name]
    sys.modules["autograder"] = None  # type: ignore[assignment]  # so that the grader's package cannot be imported either
    sys.modules["__main__"] = ModuleType("__main__")
    vars(builtins).update(exit=sys.exit, quit=sys.exit)  # which `site` would bring; a student's own Python has them
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        stream = _stream(descriptor)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _stream(descriptor: int) -> TextIO:
    """Open a pipe for text; whole lines leave at once, so that what was printed before a crash is not lost."""
    return open(descriptor, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _tasks() -> int:
    return len(os.listdir("/proc/self/task")) if linux.is_linux() else 1


def _volunteer() -> None:
    """Have the kernel, when the machine's memory runs out, take this process rather than the grader."""
    with contextlib.suppress(OSError):
        descriptor = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        try:
            os.write(descriptor, b"1000")
        finally:
            os.close(descriptor)


def _address_space() -> int:
    """Return how many bytes of address space this process has mapped, 0 where the system does not tell."""
    if not linux.is_linux():
        return 0
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _wait(pid: int, seconds: float) -> tuple[int, resource.struct_rusage] | None:
    """Collect a child that ends in time: its status and what it used."""
    deadline = time.monotonic() + seconds
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            return status, usage
        if time.monotonic() >= deadline:
            return None
        time.sleep(0.002)
