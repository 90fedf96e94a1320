"""Families beyond the list: what the kernel offers beside files, sockets and processes, call by call."""

import platform

import pytest

from autograder.sandbox import Call, Crashed, Returned

# name: number on x86_64, number on aarch64, arguments
CALLS = {
    "io_uring_setup": (425, 425, (8, 0)),
    "bpf": (321, 280, (0, 0, 0)),
    "keyctl": (250, 219, (0, -3, 0)),
    "add_key": (248, 217, (0, 0, 0, 0, 0)),
    "userfaultfd": (323, 282, (0,)),
    "memfd_create": (319, 279, (0, 0)),
    "execveat": (322, 281, (-100, 0, 0, 0, 0)),
    "perf_event_open": (298, 241, (0, 0, -1, -1, 0)),
    "pidfd_open": (434, 434, (1, 0)),
    "pidfd_send_signal": (424, 424, (0, 9, 0, 0)),
    "pidfd_getfd": (438, 438, (0, 0, 0)),
    "process_vm_readv": (310, 270, (1, 0, 0, 0, 0, 0)),
    "process_vm_writev": (311, 271, (1, 0, 0, 0, 0, 0)),
    "process_madvise": (440, 440, (0, 0, 0, 0, 0)),
    "ptrace": (101, 117, (16, 1, 0, 0)),
    "kcmp": (312, 272, (1, 1, 0, 0, 0)),
    "shmget": (29, 194, (0, 4096, 0o1777)),
    "semget": (64, 190, (0, 1, 0o1777)),
    "msgget": (68, 186, (0, 0o1777)),
    "mq_open": (240, 180, (0, 0x42, 0o666, 0)),
    "inotify_init1": (294, 26, (0,)),
    "fanotify_init": (300, 262, (0, 0)),
    "unshare": (272, 97, (0x10000000,)),
    "setns": (308, 268, (0, 0)),
    "mount": (165, 40, (0, 0, 0, 0, 0)),
    "open_tree": (428, 428, (-100, 0, 0)),
    "pivot_root": (155, 41, (0, 0)),
    "chroot": (161, 51, (0,)),
    "open_by_handle_at": (304, 265, (-100, 0, 0)),
    "name_to_handle_at": (303, 264, (-100, 0, 0, 0, 0)),
    "personality": (135, 92, (0x0040000,)),
    "setuid": (105, 146, (0,)),
    "setgroups": (116, 159, (0, 0)),
    "capset": (126, 91, (0, 0)),
    "prlimit of another": (302, 261, (1, 0, 0, 0)),
    "sched_setaffinity": (203, 122, (0, 0, 0)),
    "setpriority": (141, 140, (0, 0, -20)),
    "ioprio_set": (314, 30, (1, 0, 0)),
    "seccomp": (317, 277, (0, 0, 0)),
    "landlock_restrict_self": (446, 446, (0, 0)),
    "init_module": (175, 105, (0, 0, 0)),
    "kexec_load": (246, 104, (0, 0, 0, 0)),
    "reboot": (169, 142, (0, 0, 0, 0)),
    "sethostname": (170, 161, (0, 0)),
    "settimeofday": (164, 170, (0, 0)),
    "swapon": (167, 224, (0, 0)),
    "quotactl": (179, 60, (0, 0, 0, 0)),
    "acct": (163, 89, (0,)),
    "syslog": (103, 116, (3, 0, 0)),
    "timer_create": (222, 107, (0, 0, 0)),
    "rt_sigqueueinfo": (129, 138, (1, 9, 0)),
    "tkill": (200, 130, (1, 9)),
    "signal another's thread": (234, 131, (1, 1, 9)),
    "vmsplice": (278, 75, (0, 0, 0, 0)),
    "splice": (275, 76, (0, 0, 0, 0, 0, 0)),
    "mlockall": (151, 230, (1,)),
    "mbind": (237, 235, (0, 0, 0, 0, 0, 0)),
    "sendmsg": (46, 211, (4, 0, 0)),
    "recvmsg": (47, 212, (3, 0, 0)),
    "connect": (42, 203, (0, 0, 0)),
    "socket": (41, 198, (1, 1, 0)),
    "clone3": (435, 435, (0, 0)),
    "openat2": (437, 437, (-100, 0, 0, 0)),
    "a call not invented yet": (999, 999, ()),
    "a namespace by clone": (56, 220, (0x10000000 | 17, 0, 0, 0, 0)),
    "a process by clone": (56, 220, (17, 0, 0, 0, 0)),
    "clone into a thread and a namespace": (56, 220, (0x10000000 | 0x10F00, 0, 0, 0, 0)),
    "type into a terminal": (16, 29, (0, 0x5412, 0)),
    "become dumpable": (157, 167, (4, 1, 0, 0, 0)),
    "outlive the parent": (157, 167, (1, 0, 0, 0, 0)),
    "own another's signals": (72, 25, (0, 8, 1)),
    "lease": (72, 25, (0, 1024, 0)),
}


@pytest.mark.parametrize("name", CALLS)
def test_calls_outside_the_list_do_not_exist(value, name):
    """Each call is refused before the kernel looks at its arguments: not permitted, or no such call."""
    number = CALLS[name][0 if platform.machine() == "x86_64" else 1]
    text = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def attack(number, arguments):
    result = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return [result, ctypes.get_errno()]
"""
    assert value(text, number, list(CALLS[name][2])) in ([-1, 1], [-1, 38])


@pytest.mark.skipif(platform.machine() != "x86_64", reason="machine code for x86_64")
@pytest.mark.parametrize("code", ["b814000000cd80c3", "b8140000400f05c3"])
def test_other_call_tables_lead_nowhere(attack, code):
    """The 32-bit entry (int 0x80) kills the process, and the x32 numbers have no call behind them."""
    text = """
import ctypes, mmap
def attack(code):
    memory = mmap.mmap(-1, 4096, prot=7)
    memory.write(bytes.fromhex(code))
    run = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
    return run()
"""
    outcome = attack(text, Call(name="attack", arguments=(code,)))
    assert isinstance(outcome, Crashed) or outcome.value == -38


def test_limits_can_be_asked_for_and_not_lifted(value):
    """A program may ask for its limits, as thread libraries do; lifting one fails."""
    text = """
import resource
def attack():
    lifted = []
    for name in ("AS", "CPU", "NPROC", "FSIZE", "NOFILE", "CORE", "STACK"):
        which = getattr(resource, "RLIMIT_" + name)
        limits = resource.getrlimit(which)
        try:
            resource.setrlimit(which, (limits[1], resource.RLIM_INFINITY))
            lifted.append(name)
        except (OSError, ValueError):
            pass
    return lifted
"""
    assert value(text) == []


def test_proc_shows_nothing_of_others(value, world):
    """Under Landlock nothing of /proc can be opened; without it, only what says little about others."""
    text = """
import os
def attack():
    opened = []
    for name in ("self/mem", "self/maps", "self/environ", "self/root/etc/shadow", "1/environ", "1/maps",
                 f"{os.getppid()}/environ", f"{os.getppid()}/maps", f"{os.getppid()}/fd/3", "kcore", "sysrq-trigger",
                 "self/oom_score_adj", "keys", "sys/kernel/core_pattern"):
        for mode in ("rb", "r+b"):
            try:
                with open("/proc/" + name, mode) as file:
                    if file.read(1):
                        opened.append(name)
            except OSError:
                pass
    return opened
"""
    harmless = {"self/environ", "self/maps", "self/oom_score_adj", "keys", "sys/kernel/core_pattern", "self/mem"}
    assert set(value(text)) <= (set() if world.has_landlock else harmless)


def test_what_honest_code_needs_still_works(value):
    """Asyncio, threads, queues, time, random numbers, `os.devnull` for reading, compiled modules: all work."""
    text = """
import asyncio, contextlib, ctypes, io, os, queue, secrets, signal, sqlite3, statistics, tempfile, threading, time, zoneinfo
from concurrent.futures import ThreadPoolExecutor
def attack():
    async def main():
        await asyncio.gather(*(asyncio.sleep(0.001) for _ in range(5)))
        return await asyncio.get_running_loop().run_in_executor(None, lambda: 7)
    results = queue.Queue()
    thread = threading.Thread(target=lambda: results.put(asyncio.run(main())))
    thread.start()
    thread.join()
    with contextlib.redirect_stdout(io.StringIO()) as caught:
        print("caught")
    open(os.devnull).close()
    signal.setitimer(signal.ITIMER_REAL, 100)
    signal.alarm(0)
    time.sleep(0.001)
    with ThreadPoolExecutor(2) as pool:
        doubled = list(pool.map(lambda x: 2 * x, [1, 2]))
    warnings_of_randomness = len(secrets.token_bytes(8)) + len(os.urandom(4))
    database = sqlite3.connect(":memory:").execute("select 5").fetchone()[0]
    return [results.get(), caught.getvalue(), doubled, warnings_of_randomness, statistics.mean([1, 3]), database,
            os.path.basename(tempfile.gettempdir())[:8]]
"""
    assert value(text) == [7, "caught\n", [2, 4], 12, 2, 5, "sandbox-"]


def test_writing_to_devnull_works_under_landlock(attack, world):
    """The usual way to silence code is allowed where Landlock can tell this one file from others."""
    outcome = attack("import os\ndef attack():\n    open(os.devnull, 'w').write('x')\n    return 1\n")
    assert isinstance(outcome, Returned) is world.has_landlock
