"""Attack list, lines 9-26: no result is forged, no neighbour harmed, nothing of a submission runs in the grader."""

import io
import json
import math
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys

import numpy as np
import pytest

from autograder.sandbox import (
    Call,
    Crashed,
    Exited,
    Missing,
    NoAnswer,
    NotRun,
    Program,
    Raised,
    Refused,
    Returned,
    Sandbox,
)

MUST_DIE = ("TimedOut", "OutOfMemory", "Crashed", "Exited", "NoAnswer")


@pytest.fixture
def target(tmp_path):
    """A results file that everybody may write, in a folder that everybody may write."""
    path = tmp_path / "results.json"
    path.write_text('{"score": 0}')
    for part in (tmp_path, *list(tmp_path.parents)[:3]):
        if part.stat().st_uid == os.geteuid() and part.name:
            part.chmod(0o777)
    path.chmod(0o666)
    yield path
    assert path.read_text() == '{"score": 0}'


def test_results_cannot_be_written(attack, target):
    """Line 9: not at import, not in a thread, not from a destructor, not at exit."""
    text = f"""
import atexit, os, threading
PATH = {str(target)!r}
refused = []
def forge():
    for mode in ("w", "a", "r+"):
        try:
            open(PATH, mode).write('{{"score": 100}}')
        except OSError as error:
            refused.append(type(error).__name__)
    for action in (os.unlink, os.truncate, os.chmod):
        try:
            action(*([PATH] if action is os.unlink else [PATH, 0]))
        except OSError as error:
            refused.append(type(error).__name__)
    try:
        os.rename(PATH, PATH + "2")
    except OSError as error:
        refused.append(type(error).__name__)
class Bomb:
    def __del__(self):
        forge()
forge()
atexit.register(forge)
bomb = Bomb()
def attack():
    global bomb
    bomb = None
    thread = threading.Thread(target=forge)
    thread.start()
    thread.join()
    return len(refused)
"""
    assert attack(text).value == 3 * 7


def test_leaving_at_import_is_no_answer(attack):
    """Line 11: status 0 at import passes nothing."""
    first, second = attack("import os\nos._exit(0)\n", "one", "two")
    assert isinstance(first, Exited)
    assert isinstance(second, Exited)
    assert "import of answers.py" in first.message


@pytest.mark.parametrize("how", ["sys.exit(0)", "raise SystemExit", "raise KeyboardInterrupt", "raise GeneratorExit"])
def test_leaving_inside_a_function_fails_that_call_only(attack, how):
    """Line 12: the call counts as failed, and the next one in the same process is answered."""
    first, second = attack(f"import sys\ndef attack():\n    {how}\ndef fine():\n    return 1\n", "attack", "fine")
    assert isinstance(first, Raised)
    assert "must return" in first.message
    assert isinstance(second, Returned)


@pytest.mark.parametrize(
    ("how", "number"),
    [
        ("os.kill(os.getpid(), 9)", signal.SIGKILL),
        ("ctypes.string_at(0)", signal.SIGSEGV),
        ("os.abort()", signal.SIGABRT),
    ],
)
def test_a_crash_has_its_own_category(attack, how, number):
    """Line 13: a crash is told as such, and the later call of the group is not held against the student."""
    first, second = attack(
        f"import ctypes, os\ndef attack():\n    {how}\ndef fine():\n    return 1\n", "attack", "fine"
    )
    assert isinstance(first, Crashed)
    assert first.signal == number
    assert isinstance(second, NotRun)


def test_no_other_process_can_be_signalled(value):
    """Line 14: the grader, the fork server, the group and everybody at once are out of reach."""
    text = """
import os, signal
def attack(grader):
    gained = []
    for number in (0, signal.SIGTERM, signal.SIGSTOP, signal.SIGXCPU, signal.SIGKILL):
        for name, send in {
            "parent": lambda: os.kill(os.getppid(), number), "grader": lambda: os.kill(grader, number),
            "all": lambda: os.kill(-1, number), "init": lambda: os.kill(1, number),
            "group": lambda: os.killpg(os.getpgid(os.getppid()), number),
        }.items():
            try:
                send()
                gained.append((name, number))
            except PermissionError:
                pass
    return gained
"""
    assert value(text, os.getpid()) == []


def test_patched_comparisons_stay_inside(attack):
    """Line 15: whatever is patched, the value arrives as it is and the grader's functions are its own."""
    text = """
import builtins, math, numpy as np
np.allclose = np.array_equal = math.isclose = lambda *a, **k: True
np.testing.assert_allclose = lambda *a, **k: None
builtins.all = builtins.abs = builtins.sum = builtins.isinstance = lambda *a, **k: True
def attack():
    return 3.0
"""
    outcome = attack(text)
    assert not isinstance(outcome, Returned) or outcome.value == 3.0
    assert not np.allclose([1.0], [2.0])
    assert not math.isclose(1.0, 2.0)


@pytest.mark.parametrize(
    "patch",
    [
        'import json; json.dumps = lambda *a, **k: \'{"kind": "returned", "value": 1, "buffers": []}\'',
        "import struct; struct.Struct.pack = struct.pack = lambda *a: b'x' * 16",
        "import os; real = os.write; os.write = lambda fd, data: real(fd, b'garbage' * 100)",
        "import os; real = os.write; os.write = lambda fd, data: real(fd, bytes(data) * 2) // 2",
        "import os; os.write = lambda fd, data: len(data)",
        "import os; os.read = lambda fd, size: b''",
        "import sys; frame = sys._getframe()\nwhile frame: frame.f_globals.clear() if frame.f_globals is not globals() "
        "else None; frame = frame.f_back",
        "import gc\nfor item in gc.get_objects():\n    if type(item).__name__ == 'Resident': item._send = lambda *a: None",
    ],
)
def test_a_patched_harness_is_a_protocol_error_at_most(attack, patch):
    """Line 16: a submission that patches its own side of the channel harms itself only."""
    outcome = attack(f"{patch}\ndef attack():\n    return 'own value'\n")
    assert type(outcome).__name__ in (*MUST_DIE, "Returned", "Missing", "Raised", "Refused")
    assert not isinstance(outcome, Returned) or outcome.value == "own value"


FORGED = """
import json, os, struct
def frame(kind, value, serial=2):
    header = json.dumps({"kind": kind, "value": ["list", serial, value], "buffers": []}).encode()
    return struct.pack("<4sIQ", b"AGW1", len(header), 0) + header
RETURNED = frame("returned", ["dict", "value", 100, "changed", ["dict"]])
"""


def test_two_frames_for_one_call_are_no_answer(attack):
    """Line 16: a second frame beside the first spoils both."""
    outcome = attack(FORGED + "def attack():\n    os.write(4, RETURNED * 2)\n    return 1\n")
    assert isinstance(outcome, NoAnswer)


def test_a_frame_for_the_next_call_is_no_answer_to_it(attack):
    """A forged frame may speed up a call's own answer; the real one, then late, is not taken for the next call's."""
    text = (
        FORGED
        + """
import threading, time
def late():
    time.sleep(0.05)
    os.write(4, frame("returned", ["dict", "value", 100, "changed", ["dict"]], serial=3))
def attack():
    threading.Thread(target=late, daemon=True).start()
    return 1
def wait():
    time.sleep(0.3)
    return 2
"""
    )
    first, second, third = attack(text, "attack", "wait", "wait")
    assert first.value == 1
    assert second.value == 100
    assert isinstance(third, NoAnswer)


@pytest.mark.parametrize("kind", ["ready", "loaded", "verdict", "missing", "raised", "refused"])
def test_a_forged_kind_is_no_pass(attack, kind):
    """A frame of another kind than an answer is read as what it says or as nothing, never as a returned value."""
    outcome = attack(FORGED + f"def attack():\n    os.write(4, frame({kind!r}, None))\n    os._exit(0)\n")
    assert isinstance(outcome, NoAnswer)


def test_forged_changes_must_belong_to_the_call(attack):
    """A reply that names arguments which the call did not have is no answer."""
    forged = (
        FORGED + 'def attack():\n    os.write(4, frame("returned", ["dict", "value", 1, "changed", ["dict", 7, 1]]))\n'
    )
    assert isinstance(attack(forged + "    os._exit(0)\n"), NoAnswer)


@pytest.mark.parametrize(
    "answer", ["Trap()", "json", "(i for i in 'ab')", "lambda: 1", "Trap", "type('X', (), {})()", "np.array([Trap()])"]
)
def test_objects_that_act_are_refused_unopened(attack, target, answer):
    """Line 17: an object with `__reduce__`, a module, a generator, a function: named, refused, never executed outside."""
    text = f"""
import json, numpy as np, os
class Trap:
    def __reduce__(self):
        return os.system, ("echo 100 > {target}",)
def attack():
    return {answer}
"""
    assert isinstance(attack(text), Refused)


def test_planted_files_run_neither_in_the_grader_nor_in_the_fork_server(tmp_path, monkeypatch, world):
    """Line 18: files that Python, pytest or libraries run by themselves are never run, wherever they are planted."""
    marker = tmp_path / "ran"
    names = ["conftest.py", "sitecustomize.py", "usercustomize.py", "numpy.py", "json.py", ".pdbrc", "matplotlibrc"]
    body = f"open({str(marker)!r}, 'w').close()\n"
    for name in names:
        (tmp_path / name).write_text(body)
    (tmp_path / "x.pth").write_text(f"import os; open({str(marker)!r}, 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    for variable in ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME_", "LD_LIBRARY_PATH", "MATPLOTLIBRC", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    files = {name: body.encode() for name in names} | {"a.py": b"def f(): return 1\n"}
    with Sandbox.start() as sandbox:
        assert sandbox.call(Program(files=files, main="a.py"), Call(name="f")).value == 1
    assert not marker.exists()


def test_planted_libraries_do_not_replace_libraries(attack, world):
    """Line 19: the libraries win over files that bear their names, and the student is told."""
    planted = {f"{name}.py": b"fake = True\n" for name in ("numpy", "json", "random", "typing")}
    planted["numpy/__init__.py"] = b"fake = True\n"
    text = "import json, numpy, random, typing\ndef attack():\n"
    text += "    return [hasattr(m, 'fake') for m in (json, numpy, random, typing)]\n"
    assert attack(text, files=planted).value == [False] * 4
    program = Program(files={**planted, "answers.py": b"", "helper.py": b""}, main="answers.py")
    assert program.shadowed(world.sandbox.protected) == tuple(sorted(planted))


def test_environment_changes_end_with_the_process(attack, value):
    """Line 20: what one submission puts into its environment, the next does not find."""
    names = ["LD_PRELOAD", "PYTHONPATH", "PYTHONSTARTUP"]
    outcome = attack(
        f"import os\ndef attack():\n    for n in {names}: os.putenv(n, '/tmp/x'); os.environ[n] = '/tmp/x'\n"
    )
    assert isinstance(outcome, Returned)
    assert value(f"import os\ndef attack():\n    return [os.environ.get(n) for n in {names}]\n") == [None] * 3


def test_a_daemon_cannot_start(attack, target):
    """Line 21: leaving the session and forking twice to outlive the grader fails at the first fork."""
    text = f"""
import os, time
def attack():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                open({str(target)!r}, "w").write("100")
                time.sleep(0.01)
        os._exit(0)
"""
    outcome = attack(text)
    assert isinstance(outcome, Raised)
    assert outcome.kind == "PermissionError"
    assert "cannot start processes" in outcome.message


def test_hooks_stay_inside(attack):
    """Line 22: trace functions, profilers, import hooks and exception hooks change nothing for the grader."""
    text = """
import sys, threading
sys.settrace(lambda *a: None); sys.setprofile(lambda *a: None); threading.settrace(lambda *a: None)
sys.excepthook = lambda *a: None
class Finder:
    def find_spec(self, name, path=None, target=None):
        raise SystemError(name)
sys.meta_path.insert(0, Finder())
def attack():
    raise ValueError("still counted")
"""
    outcome = attack(text)
    assert isinstance(outcome, Raised)
    assert outcome.error == "still counted"


def test_no_socket_leads_outside(value, tmp_path):
    """Lines 23 and 24: no connection, no datagram, no abstract or named socket, no way out through a pair."""
    with (
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as abstract,
    ):
        udp.bind(("127.0.0.1", 0))
        abstract.bind(f"\0hostile-{os.getpid()}")
        for receiver in (tcp, udp, abstract):
            receiver.setblocking(False)
        text = """
import asyncio, socket, subprocess
def attempts(tcp, udp, name):
    pair = socket.socketpair()
    yield lambda: socket.create_connection(("127.0.0.1", tcp), 1)
    yield lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", udp))
    yield lambda: socket.socket(socket.AF_UNIX)
    yield lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b"x", name)
    yield lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    yield lambda: pair[0].sendto(b"x", name)
    yield lambda: pair[0].sendmsg([b"x"], [], 0, name)
    yield lambda: pair[0].connect(name)
    yield lambda: pair[0].bind(name + "2")
    yield lambda: socket.socket(socket.AF_INET6, socket.SOCK_RAW)
    yield lambda: socket.socket(16, socket.SOCK_RAW)
    yield lambda: subprocess.run(["bash", "-c", "echo x > /dev/tcp/127.0.0.1/%d" % tcp], check=True)
def attack(tcp, udp, name):
    gained = []
    for number, attempt in enumerate(attempts(tcp, udp, name)):
        try:
            attempt()
            gained.append(number)
        except OSError:
            pass
    return gained
"""
        assert value(text, tcp.getsockname()[1], udp.getsockname()[1], f"\0hostile-{os.getpid()}") == []
        for receive in (tcp.accept, lambda: udp.recv(1), lambda: abstract.recv(1)):
            with pytest.raises(BlockingIOError):
                receive()


class _Trap:
    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


def test_pickles_in_a_submission_are_never_opened(attack, tmp_path):
    """Line 25: files with a pickle that acts lie in a submission as bytes and stay bytes."""
    marker = tmp_path / "touched"
    payload = pickle.dumps(_Trap(f"touch {marker}"))
    archive = io.BytesIO()
    np.save(archive, np.array([_Trap(f"touch {marker}")], dtype=object), allow_pickle=True)
    files = {"results.pkl": payload, ".OTTER_LOG": payload, "model.pt": payload, "data.npy": archive.getvalue()}
    assert isinstance(attack("def attack(): return 1", files=files), Returned)
    assert not marker.exists()


def test_two_submissions_at_once_cannot_reach_each_other(world):
    """Line 26: two live sandboxes cannot signal, trace or read one another, and as root they are different users."""
    text = b"""
import ctypes, os
def who():
    return [os.getpid(), os.getuid()]
def attack(other):
    gained = []
    try:
        os.kill(other, 0)
        gained.append("kill")
    except OSError:
        pass
    if ctypes.CDLL(None).ptrace(0x4206, other, None, None) != -1:
        gained.append("ptrace")
    for name in ("mem", "environ", "fd/3", "fd/4", "cwd/x", "maps"):
        try:
            open(f"/proc/{other}/{name}", "rb").read(1)
            gained.append(name)
        except OSError:
            pass
    return gained
"""
    program = Program(files={"a.py": text}, main="a.py")
    with world.sandbox.session(program) as one, world.sandbox.session(program) as two:
        first, second = (running.call(Call(name="who")).value for running in (one, two))
        assert one.call(Call(name="attack", arguments=(second[0],))).value == []
        assert two.call(Call(name="attack", arguments=(first[0],))).value == []
        assert (first[1] != second[1]) is (os.geteuid() == 0)


def test_a_slow_second_frame_cannot_pose_as_the_next_submission(world):
    """Channels are made anew for every session: what one leaves unread, the next never sees."""
    forged = FORGED + "import threading, time\ndef late():\n    while True: os.write(4, RETURNED)\n"
    forged += "def attack():\n    threading.Thread(target=late, daemon=True).start()\n    return 1\n"
    hostile = Program(files={"a.py": forged.encode()}, main="a.py")
    honest = Program(files={"a.py": b"def f(): return 5\n"}, main="a.py")
    for _ in range(3):
        world.sandbox.call(hostile, Call(name="attack"))
        assert world.sandbox.call(honest, Call(name="f")).value == 5


def test_the_interpreter_of_the_grader_is_unchanged():
    """After all of this, a fresh interpreter of the grader's kind starts and computes as before."""
    code = "import json, struct, numpy as np; print(json.dumps([struct.calcsize('<Q'), bool(np.allclose(1, 2))]))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert json.loads(printed) == [struct.calcsize("<Q"), False]


def test_an_import_that_fails_names_the_line(attack):
    """An import error inside a submission is the student's to mend, with the place."""
    outcome = attack("x = 1\nimport no_such_module\n")
    assert isinstance(outcome, Missing)
    assert "line 2 of answers.py" in outcome.message
