"""What the canary tries. Runs inside the sandbox only, as a submission would, read by the grader as text.

`attempt(targets)` returns for each attack whether it succeeded, or the error that stopped it.
"""

import ctypes
import mmap
import os
import resource
import socket
import subprocess
import sys
from typing import Any

Targets = dict[str, Any]


def read_public(targets: Targets) -> bool:
    """Read a file that every user may read, outside of the library folders."""
    with open(targets["public"], "rb") as file:
        return bool(file.read() == targets["secret"])


def read_private(targets: Targets) -> bool:
    """Read a file that only the grader's user may read."""
    with open(targets["private"], "rb") as file:
        return bool(file.read() == targets["secret"])


def read_keys(targets: Targets) -> bool:
    """List or read what the grader said to hold keys, by its path, or upwards from a folder that was left open."""
    folders: list[tuple[int, str]] = []
    for descriptor in range(3, 64):
        try:
            os.listdir(descriptor)
            folders.append((descriptor, os.readlink(f"/proc/self/fd/{descriptor}")))
        except OSError:
            continue
    for path in targets["keys"]:
        ways: list[tuple[int | None, str]] = [(None, path)]
        ways += [(descriptor, os.path.relpath(path, folder)) for descriptor, folder in folders]
        for beside, way in ways:
            try:
                opened = os.open(way, os.O_RDONLY, dir_fd=beside)
                os.listdir(opened) if os.path.isdir(opened) else os.read(opened, 1)
            except OSError:
                continue
            return True
    return False


def write_file(targets: Targets) -> bool:
    """Create a file where everybody may."""
    with open(targets["writable"], "x"):
        return True


def read_environment(targets: Targets) -> bool:
    """Read the grader's environment."""
    with open(f"/proc/{targets['grader']}/environ", "rb") as file:
        return len(file.read()) > 0


def read_memory(targets: Targets) -> bool:
    """Open the grader's memory."""
    with open(f"/proc/{targets['grader']}/mem", "rb"):
        return True


def trace(targets: Targets) -> bool:
    """Attach to the grader as a debugger (PTRACE_SEIZE)."""
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.ptrace(0x4206, targets["grader"], None, None) == 0)


def signal_grader(targets: Targets) -> bool:
    """Ask whether the grader could be sent a signal."""
    os.kill(targets["grader"], 0)
    return True


def signal_server(_targets: Targets) -> bool:
    """Ask whether the fork server could be sent a signal."""
    os.kill(os.getppid(), 0)
    return True


def fork(_targets: Targets) -> bool:
    """Start a process."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def execute(_targets: Targets) -> bool:
    """Start a program."""
    return subprocess.run([sys.executable, "-c", ""], check=False).returncode is not None


def connect_tcp(targets: Targets) -> bool:
    """Connect to a port that the grader listens on."""
    with socket.create_connection(("127.0.0.1", targets["tcp"]), timeout=1):
        return True


def send_udp(targets: Targets) -> bool:
    """Send a datagram to the grader."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return sender.sendto(b"x", ("127.0.0.1", targets["udp"])) == 1


def connect_abstract(targets: Targets) -> bool:
    """Connect to a socket of the grader that lies in no folder."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(targets["abstract"])
        return True


def become_root(_targets: Targets) -> bool:
    """Take back the identity of root."""
    os.setresuid(0, 0, 0)
    return True


def raise_limit(_targets: Targets) -> bool:
    """Lift a limit again."""
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return True


def allocate(targets: Targets) -> bool:
    """Take four times the memory allowed."""
    return len(mmap.mmap(-1, 4 * targets["memory"])) > 0


def attempt(targets: Targets) -> dict[str, Any]:
    """Try every attack and describe what came of it; also say which user this is."""
    attacks = [
        allocate,
        become_root,
        connect_abstract,
        connect_tcp,
        execute,
        fork,
        raise_limit,
        read_environment,
        read_keys,
        read_memory,
        read_private,
        read_public,
        send_udp,
        signal_grader,
        signal_server,
        trace,
        write_file,
    ]
    seen = {}
    for attack in attacks:
        try:
            seen[attack.__name__] = "succeeded" if attack(targets) else "failed"
        except Exception as error:  # noqa: BLE001  # every way to fail is an answer
            seen[attack.__name__] = type(error).__name__
    return {"uid": os.getuid(), "seen": seen}
