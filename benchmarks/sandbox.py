"""What containment costs: cold start, one contained call, memory, beside the patterns that contain nothing.

Run `python benchmarks/sandbox.py`; every number is a median, with the number of repetitions beside it. Processor times are
there since they hold on a busy machine as well.

  contained     fork, jail, load the file, one call, collect, sweep: what each hidden check pays
  entering      the jail alone: limits, user, capabilities, Landlock, filter, timed inside a fresh child
  subprocess    a new interpreter per call that imports the library, what careful scripts do today
  in process    exec and call in the grader's own process, what most graders do today
"""

import importlib.util
import os
import statistics
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from autograder.sandbox import Call, Limits, Program, Returned, Sandbox, Tensor, jail, landlock, seccomp, users
from autograder.sandbox.surroundings import readable_folders

CALLS, STARTS, PROCESSES = 101, 5, 7

SOURCES = {
    "numpy": "import numpy as np\ndef f(X, y):\n    return np.linalg.solve(X.T @ X + np.eye(X.shape[1]), X.T @ y)\n",
    "torch": "import torch\ndef f(X, y):\n    return torch.linalg.solve(X.T @ X + torch.eye(X.shape[1]), X.T @ y)\n",
}


def median_of(times: int, action: Callable[[], object]) -> float:
    """Return the median duration of an action in milliseconds."""
    durations = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        durations.append(1000 * (time.perf_counter() - began))
    return statistics.median(durations)


def memory(pid: int, entry: str) -> float:
    """Return one entry of a process's memory in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(entry)) / 1024


def report(label: str, value: float, unit: str, note: str) -> None:
    """Print one row."""
    print(f"  {label:<38}{value:>10.1f} {unit:<4} {note}")


def processor_time(server: int) -> float:
    """Return the seconds of processor time of this process, the fork server and all children that it has collected."""
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def entering() -> tuple[float, float]:
    """Return the milliseconds that a fresh child of this process takes to enter the jail, by the clock and of processor."""
    ruleset = landlock.ruleset(landlock.Readable(folders=tuple(readable_folders("/")))) if landlock.version() else None
    own_uid = os.geteuid()
    durations = []
    for _ in range(CALLS):
        cell = jail.Jail(
            uid=users.free_uid() if own_uid == 0 else None,
            ruleset=ruleset,
            filtered=seccomp.supported(),
            folder="/",
            occupied=2**40,
            process_limit=None,
            environment={},
            limits=Limits(),
        )
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            began, used = time.perf_counter(), time.process_time()
            jail.enter(cell)
            used = time.process_time() - used
            os.write(write, struct.pack("dd", 1000 * (time.perf_counter() - began), 1000 * used))
            os._exit(0)
        os.close(write)
        durations.append(struct.unpack("dd", os.read(read, 16)))
        os.close(read)
        os.waitpid(child, 0)
    wall, used = (statistics.median(times) for times in zip(*durations, strict=True))
    return wall, used


def measure(library: str) -> None:
    """Measure one library."""
    print(f"\n{library}")
    program = Program(files={"answers.py": SOURCES[library].encode()}, main="answers.py")
    X, y = np.random.default_rng(0).normal(size=(20, 3)).astype("float32"), np.ones((20, 1), "float32")
    arguments = (X, y) if library == "numpy" else (Tensor(array=X), Tensor(array=y))
    call = Call(name="f", arguments=arguments)

    def once(sandbox: Sandbox) -> None:
        outcome = sandbox.call(program, call)
        assert isinstance(outcome, Returned), outcome.message

    report("cold start with canary", median_of(STARTS, lambda: Sandbox.start([library]).close()), "ms", f"of {STARTS}")
    with Sandbox.start([library]) as confined:
        used = processor_time(confined.server.pid)
        report("contained call", median_of(CALLS, lambda: once(confined)), "ms", f"of {CALLS}")
        used = processor_time(confined.server.pid) - used
        report("its processor time, all processes", 1000 * used / CALLS, "ms", f"mean of {CALLS}")
        with confined.session(program) as session:
            session.call(call)
            report("next call in the same session", median_of(CALLS, lambda: session.call(call)), "ms", f"of {CALLS}")
            child = session.process
            report("fork server, resident", memory(confined.server.pid, "Rss:"), "MiB", "")
            report("child, private", memory(child, "Private_"), "MiB", "while it waits after a call")
        print(f"  tier {confined.report.tier.label}")
    setup = f"{SOURCES[library]}\n" + ("f(np.ones((20, 3)), np.ones(20))" if library == "numpy" else "")
    command = [sys.executable, "-c", setup]
    report(
        "plain subprocess",
        median_of(PROCESSES, lambda: subprocess.run(command, check=True)),  # noqa: S603  # our own text
        "ms",
        f"of {PROCESSES}",
    )
    namespace: dict[str, Callable[..., object]] = {}
    if library == "numpy":
        exec(SOURCES[library], namespace)  # noqa: S102  # the pattern that this package replaces, on our own text
        report("in process", median_of(CALLS, lambda: namespace["f"](X, y)), "ms", f"of {CALLS}")


if __name__ == "__main__":
    clock, processor = entering()
    report("entering the jail", clock, "ms", f"of {CALLS}")
    report("its processor time", processor, "ms", f"of {CALLS}")
    for name in SOURCES:
        if importlib.util.find_spec(name) is not None:
            measure(name)
