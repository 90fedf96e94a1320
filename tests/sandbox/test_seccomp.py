"""The filter, run by an interpreter of classic BPF written from the kernel's documentation, for both machines."""

import errno
import platform
import struct

import pytest

from autograder.sandbox import seccomp, syscalls

PID = 4242
ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, EACCES, ENOSYS = (0x50000 | number for number in (errno.EPERM, errno.EACCES, errno.ENOSYS))


def judge(code, arch, number, arguments=()):
    """Run a filter on one call, as the kernel does: load, and, compare, jump, return."""
    data = struct.pack("<iIQ6Q", number, arch, 0, *(list(arguments) + [0] * 6)[:6])
    instructions = [struct.unpack_from("<HBBI", code, at) for at in range(0, len(code), 8)]
    position, accumulator = 0, 0
    while True:
        operation, if_true, if_false, value = instructions[position]
        position += 1
        match operation:
            case 0x20:
                assert value % 4 == 0
                accumulator = struct.unpack_from("<I", data, value)[0]
            case 0x54:
                accumulator &= value
            case 0x15:
                position += if_true if accumulator == value else if_false
            case 0x35:
                position += if_true if accumulator >= value else if_false
            case 0x06:
                return value
            case _:
                raise AssertionError(f"operation {operation:#x} is not one that the filter uses")


@pytest.fixture(params=ARCH)
def machine(request):
    return request.param


@pytest.fixture
def verdict(machine):
    """Judge a call by its name on one machine."""

    def run(name, *arguments, read_only=False):
        number = syscalls.number(name, machine)
        if number is None:
            pytest.skip(f"{machine} never had {name}")
        return judge(seccomp.program(machine, PID, files_read_only=read_only), ARCH[machine], number, arguments)

    return run


def test_every_number_that_is_not_listed_is_refused(machine):
    """Of a thousand numbers exactly those of the table are allowed or judged."""
    code = seccomp.program(machine, PID, files_read_only=False)
    listed = {syscalls.number(name, machine): name for name in syscalls.NUMBERS}
    for number in range(1000):
        answer = judge(code, ARCH[machine], number)
        if number > syscalls.NEWEST_KNOWN or listed.get(number) in syscalls.ABSENT:
            assert answer == ENOSYS
        elif number not in listed:
            assert answer == EPERM
        elif listed[number] not in syscalls.JUDGED:
            assert answer == ALLOW


def test_another_architecture_kills(machine):
    """A call by another table, such as the 32-bit entry, ends the process."""
    code = seccomp.program(machine, PID, files_read_only=False)
    assert judge(code, 0x40000003, 1) == KILL


@pytest.mark.parametrize("number", [0x40000000, 0x40000001, 0x7FFFFFFF, -1])
def test_numbers_with_the_x32_bit_do_not_exist(machine, number):
    """The x32 copies of the calls, and negative numbers, lead nowhere."""
    assert judge(seccomp.program(machine, PID, files_read_only=False), ARCH[machine], number) == ENOSYS


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("clone", (0x3D0F00,), ALLOW),  # what pthread_create asks for
        ("clone", (0x01200011,), EPERM),  # what fork asks for
        ("clone", (0x4111,), EPERM),  # what vfork asks for
        *(("clone", (0x3D0F00 | 1 << bit,), EPERM) for bit in (13, 17, 25, 26, 27, 28, 29, 30)),
        ("kill", (PID, 9), ALLOW),
        *(("kill", (other, 0), EPERM) for other in (0, 1, PID + 1, 2**32 - 1, 2**32 - PID)),
        ("tgkill", (PID, PID + 3, 6), ALLOW),
        ("tgkill", (1, 1, 9), EPERM),
        ("prctl", (15, 0), ALLOW),
        *(("prctl", (option, 1), EPERM) for option in (1, 4, 8, 22, 23, 24, 26, 28, 36, 38, 40, 47, 59)),
        ("prlimit64", (0, 7, 0, 0x7FFF12345678), ALLOW),
        ("prlimit64", (PID, 7, 0, 1), ALLOW),
        ("prlimit64", (0, 7, 1, 0), EPERM),
        ("prlimit64", (0, 7, 1 << 32, 0), EPERM),
        ("prlimit64", (1, 7, 0, 1), EPERM),
        ("socketpair", (1, 1), ALLOW),
        ("socketpair", (1, 1 | 0o2000000 | 0o4000), ALLOW),
        *(("socketpair", (1, kind), EPERM) for kind in (2, 3, 5)),
        ("socketpair", (2, 1), EPERM),
        ("sendto", (5, 1, 1, 0, 0, 0), ALLOW),
        ("sendto", (5, 1, 1, 0, 1, 16), EPERM),
        ("sendto", (5, 1, 1, 0, 1 << 32, 16), EPERM),
        ("ioctl", (0, 0x5401), ALLOW),
        *(("ioctl", (0, command), EPERM) for command in (0x5412, 0x541C, 0x5414, 0x8912, 0xC0481273)),
        *(("fcntl", (0, command), ALLOW) for command in (0, 1, 2, 3, 4, 1030)),
        *(("fcntl", (0, command), EPERM) for command in (8, 10, 15, 1024, 1026, 1031, 1033)),
    ],
)
def test_arguments_decide(verdict, name, arguments, expected):
    """Each judged call is allowed for the arguments that libraries use and refused for the rest."""
    assert verdict(name, *arguments) == expected


@pytest.mark.parametrize(
    ("flags", "expected"),
    [(0, ALLOW), (0o2000000, ALLOW), (1, EACCES), (2, EACCES), (0o100, EACCES), (0o1000, EACCES), (0o20200000, EACCES)],
)
def test_without_landlock_files_open_for_reading_only(verdict, flags, expected):
    """Where Landlock cannot keep files unwritten, the filter refuses every open that could write."""
    assert verdict("openat", 0, 0, flags, read_only=True) == expected
    assert verdict("openat", 0, 0, flags) == ALLOW


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the old call is x86_64's")
def test_the_old_open_is_judged_by_its_own_argument():
    """`open` has its flags one place earlier than `openat`."""
    code = seccomp.program("x86_64", PID, files_read_only=True)
    assert judge(code, ARCH["x86_64"], 2, (0, 1)) == EACCES
    assert judge(code, ARCH["x86_64"], 2, (0, 0, 1)) == ALLOW


def test_the_filter_fits_into_the_kernels_limit(machine):
    """A classic filter may have at most 4096 instructions."""
    assert len(seccomp.program(machine, PID, files_read_only=True)) // 8 < 4096
