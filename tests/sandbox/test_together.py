"""Calls that are sent together: each is answered as it would have been alone, and nothing forged is taken for an answer."""

import time

import numpy as np
import pytest

from autograder.sandbox import Call, Limits, NoAnswer, NotRun, Raised, Refused, Returned, TimedOut, TooMuchOutput

ANSWERS = """
import numpy as np

def half(x):
    return x / 2

def changes(x):
    x[0] = 9
    return x

same = np.zeros(2)
def into_one(x):
    same[:] = x
    return same

def draws(n):
    return np.random.normal(size=n)

def sometimes(x):
    if x == 1:
        raise ValueError("one")
    return half if x == 2 else x

def leaves(x):
    import os
    if x:
        os._exit(0)

def waits(x):
    while x:
        pass

def prints(x):
    print("word" * x)
"""

FORGED = """
import os, struct, json

def frame(kind, value, buffers=(), data=b""):
    header = json.dumps({"kind": kind, "value": value, "buffers": list(buffers)}).encode()
    return struct.pack("<4sIQ", b"AGW1", len(header), len(data)) + header + data

def one_too_few(x):
    os.write(4, frame("several", ["list", 2, ["list"]]))
    os._exit(0)

def no_frame(x):
    os.write(4, frame("several", ["list", 2, ["list", ["bytes", 0], ["bytes", 1]]], [["bytes", [1]]] * 2, b"xx"))
    os._exit(0)

def no_bytes(x):
    os.write(4, frame("several", ["list", 2, ["list", 1, 2]]))
    os._exit(0)

def as_one(x):
    os.write(4, frame("returned", ["list", 2, ["dict", "value", 1, "changed", ["dict"]]]))
    os._exit(0)

def nested(x):
    inner = frame("several", ["list"])
    os.write(4, frame("several", ["list", 2, ["list", ["bytes", 0], ["bytes", 1]]], [["bytes", [len(inner)]]] * 2, inner * 2))
    os._exit(0)
"""


def calls(name, *arguments, seed=0):
    return [Call(name=name, arguments=(argument,), seed=seed) for argument in arguments]


def test_each_is_answered_as_alone(sandbox, program):
    """Values, changed arguments and randomness are those of calls one by one."""
    given = [np.arange(3.0), np.ones(2)]
    wanted = [*calls("half", *given), *calls("changes", *given), *calls("draws", 3, 3), *calls("draws", 3, seed=1)]
    with sandbox.session(program(ANSWERS)) as session:
        alone = [session.call(one) for one in wanted]
        together = session.call_together(wanted)
    assert len(together) == len(alone) == 7
    for one, other in zip(together, alone, strict=True):
        assert isinstance(one, Returned)
        np.testing.assert_array_equal(one.value, other.value)
        np.testing.assert_equal(dict(one.changed_arguments), dict(other.changed_arguments))
    assert together[2].changed_arguments.keys() == {0}
    assert (together[4].value == together[5].value).all()
    assert (together[5].value != together[6].value).all()


def test_an_answer_is_kept_as_it_was(sandbox, program):
    """A later call that fills the same array anew does not change an earlier answer."""
    with sandbox.session(program(ANSWERS)) as session:
        first, second = session.call_together(calls("into_one", 1.0, 2.0))
    assert first.value.tolist() == [1.0, 1.0]
    assert second.value.tolist() == [2.0, 2.0]


def test_one_that_fails_costs_the_others_nothing(sandbox, program):
    """An error and a value that cannot cross are told of the call that they belong to; the process goes on."""
    with sandbox.session(program(ANSWERS)) as session:
        found = session.call_together(calls("sometimes", 0, 1, 2, 3))
        assert [type(one) for one in found] == [Returned, Raised, Refused, Returned]
        assert isinstance(session.call(calls("half", 1)[0]), Returned)


@pytest.mark.parametrize(("name", "kind"), [("waits", TimedOut), ("prints", TooMuchOutput)])
def test_the_limits_hold_for_all_together(sandbox, program, name, kind):
    """Two calls within a limit may be beyond it together, and then nothing of them is known."""
    with sandbox.session(program(ANSWERS), Limits(cpu=0.3, wall=1.0, printed=10_000)) as session:
        (found,) = session.call_together(calls(name, 2_000, 2_000))
        assert type(found) is kind
        assert [type(one) for one in session.call_together(calls("half", 1, 2))] == [NotRun]


def test_what_takes_longer_than_was_given_is_given_up(sandbox, program):
    """The time for all together may be less than what one call is allowed."""
    with sandbox.session(program(ANSWERS), Limits(cpu=20.0, wall=60.0)) as session:
        begun = time.monotonic()
        (found,) = session.call_together(calls("waits", 1, 1), within=0.3)
        assert type(found) is TimedOut
        assert time.monotonic() - begun < 10.0


def test_a_process_that_leaves_answers_nothing(sandbox, program):
    with sandbox.session(program(ANSWERS)) as session:
        assert len(session.call_together(calls("leaves", 0, 1, 0))) == 1


@pytest.mark.parametrize("name", ["one_too_few", "no_frame", "no_bytes", "as_one", "nested"])
def test_a_forged_reply_is_no_answer(sandbox, program, name):
    """What has not exactly the form of the answers to these calls is none."""
    with sandbox.session(program(FORGED)) as session:
        found = session.call_together(calls(name, 1, 2))
    assert [type(one) for one in found] == [NoAnswer]
