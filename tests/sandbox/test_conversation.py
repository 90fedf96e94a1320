"""Which clock ends a call that does not answer: the wall's for one that waits, the processor's for one that is at work."""

from __future__ import annotations

import itertools

import pytest

from autograder.sandbox.conversation import Conversation, Stop, Stopped
from autograder.sandbox.limits import Limits

LIMITS = Limits(wall=1.0, cpu=0.01)


def stopped_by(used, longest: float) -> Stop:
    """How an exchange ends in which nobody answers; `used` are readings of the processor's clock, by and by."""
    readings = iter(used)
    conversation = Conversation(LIMITS, lambda: next(readings))
    try:
        with pytest.raises(Stopped) as ended:
            conversation.exchange(b"", 1e-6, longest)
    finally:
        conversation.close_theirs()
        conversation.close()
    return ended.value.stop


def test_code_that_waits_is_ended_by_the_wall_clock():
    """Whoever uses no processor time gets no more of the other."""
    assert stopped_by(itertools.repeat(5.0), longest=60.0) is Stop.WALL


def test_code_at_work_on_a_slow_machine_is_ended_by_its_own_work():
    """The wall's limit is over, but the machine is to blame: the processor's limit decides."""
    assert stopped_by(itertools.chain([5.0, 5.003, 5.006, 5.009], itertools.repeat(5.012)), longest=60.0) is Stop.CPU


def test_patience_ends():
    """Code that is at work, but never uses what it may, is ended all the same."""
    assert stopped_by(itertools.chain([5.0], itertools.repeat(5.005)), longest=1e-6) is Stop.WALL
