"""Attack list, lines 41-47: whatever is used up, the limit has its own category and the grader goes on."""

import pytest

from autograder.sandbox import Call, Limits, NoAnswer, OutOfMemory, Program, Raised, Returned, TimedOut, TooMuchOutput
from autograder.sandbox.outcome import Clock

BRIEF = Limits(wall=1.0, cpu=0.4, memory=256 * 2**20)
# On a machine that does much else a process may wait long for its share: the clock must not come first.
BRIEF_OF_PROCESSOR = Limits(wall=120.0, cpu=0.4, memory=256 * 2**20)


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
        "import numpy as np; X = np.random.rand(1500, 1500)\n    while True: np.linalg.svd(X)",
        "sum(range(10**12))",
        "9 ** 9 ** 9",
    ],
)
def test_endless_work_is_stopped_by_processor_time(attack, body):
    """Line 41: loops, patterns that backtrack and heavy algebra end at the limit on processor time."""
    outcome = attack(f"def attack():\n    {body}\n", limits=BRIEF_OF_PROCESSOR)
    assert isinstance(outcome, TimedOut)
    assert outcome.clock is Clock.CPU


@pytest.mark.parametrize(
    "body",
    [
        "import time; time.sleep(1e9)",
        "import threading; threading.Event().wait()",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        "import os; os.read(os.pipe()[0], 1)",
    ],
)
def test_endless_waiting_is_stopped_by_the_clock(attack, body):
    """Line 41: sleeping, waiting and stopping oneself end at the limit on time."""
    outcome = attack(f"def attack():\n    {body}\n", limits=BRIEF)
    assert isinstance(outcome, TimedOut)
    assert outcome.clock is Clock.WALL


def test_ignored_signals_do_not_help(attack):
    """Line 42: handlers and masks, in every thread, do not outlive the deadline."""
    text = """
import signal, threading
def attack():
    for number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
    def spin():
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
        while True: pass
    threading.Thread(target=spin).start()
    while True: pass
"""
    assert isinstance(attack(text, limits=BRIEF), TimedOut)


def test_catching_everything_does_not_help(attack):
    """Line 42: a loop that swallows every exception ends at the deadline."""
    text = "def attack():\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass\n"
    assert isinstance(attack(text, limits=BRIEF), TimedOut)


def test_an_import_that_never_ends_is_stopped(attack):
    """A loop at the top of the file is a timeout of the import, for every call."""
    outcomes = attack("while True: pass\n", "one", "two", limits=BRIEF)
    assert all(isinstance(outcome, TimedOut) and "import of answers.py" in outcome.message for outcome in outcomes)


@pytest.mark.parametrize(
    "body",
    [
        "bytearray(8 * 10**9)",
        "import numpy as np; np.ones(10**10)",
        "import mmap; mmap.mmap(-1, 8 * 10**9)",
        "'a' * 10**10",
        "x = []\n    while True: x.append(bytearray(10**6))",
        "x = [0]\n    while True: x += x",
        "import numpy as np; np.linalg.svd(np.zeros((20_000, 20_000)))",
    ],
)
def test_too_much_memory_has_its_own_category(attack, body):
    """Line 43: every way to allocate ends at the limit on memory, told as such."""
    assert isinstance(attack(f"def attack():\n    {body}\n"), OutOfMemory)


@pytest.mark.parametrize("limit", [1_000, 10**9])
def test_recursion_without_end_is_an_error_or_a_crash(attack, limit):
    """Line 43: Python's own bound on recursion, or the stack's when a student lifts it."""
    text = f"import sys\nsys.setrecursionlimit({limit})\ndef attack(n=0):\n    return attack(n + 1)\n"
    outcome = attack(text)
    assert type(outcome).__name__ in ("Raised", "Crashed", "OutOfMemory", "TimedOut")


def test_memory_files_cannot_be_made(attack):
    """Line 43: a file in memory, which no limit on memory would count, cannot be created."""
    assert isinstance(attack("import os\ndef attack():\n    os.memfd_create('x')\n"), Raised)


@pytest.mark.parametrize(
    "body",
    [
        "while True: os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "subprocess.run(['true'], check=True)",
        "multiprocessing.get_context('fork').Process(target=print).start()",
        "ctypes.CDLL(None).vfork() == -1 and os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.system('true') == 0 or os.fork()",
    ],
)
def test_no_process_can_be_started(attack, body):
    """Line 44: each way to start a process or a program is an error that the message explains."""
    outcome = attack(f"import ctypes, multiprocessing, os, subprocess\ndef attack():\n    {body}\n")
    assert isinstance(outcome, Raised)
    assert "cannot start processes" in outcome.message


def test_threads_work_up_to_a_limit(attack):
    """Line 44: a few threads work, ten thousand do not, and the error says why."""
    few = """
from concurrent.futures import ThreadPoolExecutor
def attack():
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(abs, range(-4, 0)))
"""
    assert attack(few).value == [4, 3, 2, 1]
    many = """
import threading
def attack():
    threading.stack_size(65536)
    event = threading.Event()
    for _ in range(10_000):
        threading.Thread(target=event.wait, daemon=True).start()
"""
    outcome = attack(many)
    # A thread that finds no memory to begin in leaves Python waiting for it, until the clock ends that; it is rare.
    waited = isinstance(outcome, TimedOut) and outcome.clock is Clock.WALL and "MemoryError" in outcome.stderr
    assert isinstance(outcome, Raised | OutOfMemory) or waited, outcome
    assert not isinstance(outcome, Raised) or "threads is limited" in outcome.message


@pytest.mark.parametrize(
    "body",
    [
        "while True: print('x')",
        "while True: sys.stdout.buffer.write(b'y' * 10**6)",
        "while True: os.write(2, os.urandom(10**5))",
        "sys.stdout.write('z' * 10**8)",
    ],
)
def test_a_flood_of_text_is_stopped_and_not_kept(attack, body, resident_size):
    """Line 45: endless lines, no line end at all, binary garbage: stopped at the cap, a little of it kept."""
    outcome = attack(f"import os, sys\ndef attack():\n    {body}\n", limits=Limits(printed=2**19))
    assert isinstance(outcome, TooMuchOutput)
    assert 1_000 < len(outcome.stdout) + len(outcome.stderr) < 200_000
    assert resident_size() < 100 * 2**20


def test_much_text_is_cut_in_the_middle(attack):
    """Line 45: a million short lines within the cap are shown by their beginning and end."""
    outcome = attack("def attack():\n    for i in range(1_000_000): print(i)\n", limits=Limits(printed=2**23))
    assert isinstance(outcome, Returned)
    assert outcome.stdout.startswith("0\n1\n")
    assert "left out" in outcome.stdout
    assert outcome.stdout.rstrip().endswith("999999")


def test_a_closed_stdout_costs_the_grader_nothing(attack):
    """A student who closes both streams and then waits does not make the grader spin."""
    outcome = attack("import os, time\ndef attack():\n    os.close(1); os.close(2); time.sleep(0.2); return 1\n")
    assert type(outcome).__name__ in ("Returned", "Raised")


def test_no_file_can_be_made(value):
    """Line 46: small files, a sparse file, deep folders, pipes, links: nothing can be created anywhere."""
    text = """
import os, tempfile
def attack():
    made = []
    for folder in (".", "/tmp", "/var/tmp", "/dev/shm", "/", os.path.expanduser("~"), tempfile.gettempdir()):
        path = folder + "/made"
        for action in (
            lambda: open(path, "w"), lambda: os.open(path, os.O_CREAT | os.O_WRONLY), lambda: os.mkdir(path),
            lambda: os.makedirs(path + "/a" * 50), lambda: os.mkfifo(path), lambda: os.symlink("/etc", path),
            lambda: os.mknod(path), lambda: os.open(folder, os.O_TMPFILE | os.O_WRONLY),
            lambda: os.link(__file__, path), lambda: os.truncate(open(path, "a").fileno(), 10**11),
        ):
            try:
                action()
                made.append(path)
            except OSError:
                pass
    return made
"""
    assert value(text) == []


@pytest.mark.parametrize(
    "body",
    [
        "os.close(4)",
        "os.close(3)",
        "os.closerange(0, 1024)",
        "os.dup2(1, 4)",
        "os.dup2(4, 3)",
        "os.set_blocking(4, False); os.set_blocking(3, False)",
        "keep.extend(os.dup(0) for _ in range(10**6))",
        "os.write(3, b'x' * 100)",
        "os.write(4, b'x')",
        "os.write(4, b'AGW1' + b'\\xff' * 12)",
        "os.read(4, 1)",
        "os.write(4, b'AGW1'); __import__('time').sleep(1e9)",
    ],
)
def test_a_broken_channel_is_no_answer(attack, body):
    """Line 47: descriptors used up, closed, exchanged or filled with garbage: no answer, and no harm."""
    outcome = attack(f"import os\nkeep = []\ndef attack():\n    {body}\n    return 1\n", limits=BRIEF)
    assert not isinstance(outcome, Returned) or outcome.value == 1
    if "b'x')" in body or "dup2(1, 4)" in body or "xff" in body:
        assert isinstance(outcome, NoAnswer | TimedOut)


def test_a_huge_reply_is_refused_on_both_sides(attack, resident_size):
    """An answer beyond the cap is refused inside, and a forged head that announces more is refused outside."""
    outcome = attack("import numpy as np\ndef attack():\n    return np.zeros(2 * 10**7)\n", limits=Limits(reply=2**20))
    assert "larger than" in outcome.message
    forged = (
        "import os, struct\ndef attack():\n    os.write(4, struct.pack('<4sIQ', b'AGW1', 10, 2**40)); os._exit(0)\n"
    )
    assert isinstance(attack(forged), NoAnswer)
    assert resident_size() < 100 * 2**20


def test_a_deadline_leaves_calls_not_run(world):
    """A call that the submission's deadline cuts off is not run, rather than too slow."""
    program = Program(files={"a.py": b"import time\ndef attack():\n    time.sleep(30)\n"}, main="a.py")
    import time

    outcomes = world.sandbox.run(program, [Call(name="attack")] * 2, deadline=time.monotonic() + 0.5)
    assert [type(outcome).__name__ for outcome in outcomes] == ["NotRun", "NotRun"]
    assert "the whole submission" in outcomes[0].message
