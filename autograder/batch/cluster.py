"""Workers on other machines: the same function on a dask.distributed cluster.

Submissions and results travel as bytes with their hash. A task on the cluster hands its package to worker processes of its
own machine, the very ones of a local batch, so that student code is contained exactly as it is here. The scheduler
runs a task again whose machine was lost.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
import time
import uuid
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignments import load
from autograder.batch.crew import LocalCrew, Lost, Place
from autograder.batch.definitions import definitions, grader_version
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import Assignment

_AHEAD = 2  # packages per thread of the cluster: one under way, one waiting beside it
_MOST = 1_024  # packages in the memory of this process at once, however large the cluster
_SECONDS = 30.0
_UNREADABLE = (
    "deserialization of the task graph"  # in what dask's scheduler says when it cannot import a task's function
)
_EVERY = 1.0  # seconds between two questions how many threads there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a machine of the cluster needs to know, small enough to travel with every package.

    Args:
        library: the folder of assignments, "" for the one that the package brings.
        proof: what only a machine with the same questions, grader and secret can compute.
    """

    assignment: str
    library: str
    proof: str


def order_for(assignment: Assignment, library: Path) -> Order:
    """The order for an assignment of this machine."""
    own = library.resolve() == LIBRARY.resolve()
    return Order(assignment=assignment.name, library="" if own else str(library.resolve()), proof=proof(assignment))


def proof(assignment: Assignment) -> str:
    """A digest of questions, grader and secret: two machines with the same one give the same results."""
    message = json.dumps([definitions(assignment), grader_version()], sort_keys=True)
    return hmac.digest(assignment.secret or b"none", message.encode(), "sha256").hex()


class ClusterCrew:
    """A cluster that is reached by its scheduler's address.

    Raises:
        AuthorError: dask.distributed is not installed, or nobody answers at the address.
    """

    def __init__(self, address: str, order: Order) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            raise AuthorError(
                "--scheduler needs dask.distributed. Install the package with its extra: pip install 'derivation-autograder[cluster]'."
            ) from error
        self._address = address
        self._order = order
        try:
            self._client: Any = Client(address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise AuthorError(
                f"no scheduler answers at {address} ({error}). Start one, and give its address, such as tcp://10.0.0.1:8786."
            ) from error
        self._capacity, self._ask_again = _AHEAD, 0.0
        self._executor: Any = self._client.get_executor(pure=False)
        # The scheduler keeps a record of every group of tasks for as long as it lives, and begins another group whenever
        # it has forgotten all tasks of one. A task that is never forgotten makes it one group for the whole batch.
        self._group = f"graded-{uuid.uuid4().hex}"
        self._keys = itertools.count(1)
        self._kept: Any = self._client.submit(int, key=(self._group, 0))

    @property
    def capacity(self) -> int:
        """Bounded by the cluster's threads, and by the memory of this process; asked of the scheduler once a second."""
        now = time.monotonic()
        if now >= self._ask_again:
            threads = int(sum(self._client.nthreads().values()))
            self._capacity = max(_AHEAD, min(_MOST, _AHEAD * threads))
            self._ask_again = now + _EVERY
        return self._capacity

    def submit(self, data: bytes) -> Future[bytes]:
        """Have a package graded somewhere on the cluster.

        Raises:
            AuthorError: the scheduler is gone; a batch that goes on without it would only list failures.
        """
        if self._client.status != "running":
            raise AuthorError(
                f"the scheduler at {self._address} is gone. Every result that was reported is kept; start the cluster again "
                "and run the same command with --resume."
            )
        outer: Future[bytes] = Future()
        key = (self._group, next(self._keys))
        inner = self._executor.submit(graded_here, self._order, hashlib.sha256(data).hexdigest(), data, key=key)
        inner.add_done_callback(lambda done: _hand_over(done, outer))
        return outer

    def close(self) -> None:
        """Leave the cluster; what is under way is given up."""
        self._kept.release()
        self._executor.shutdown(wait=False)
        self._client.close()


def _hand_over(inner: Future[tuple[str, bytes]], outer: Future[bytes]) -> None:
    """Pass a result on when its hash is right; a failure becomes `Lost`, which is tried again.

    A scheduler that cannot read a task can read none of them, so that this ends the batch.
    """
    if inner.cancelled():
        outer.set_exception(Lost("the cluster gave the task up"))
        return
    error = inner.exception()
    if isinstance(error, RuntimeError) and _UNREADABLE in str(error):
        outer.set_exception(
            AuthorError(
                "the scheduler cannot load this package. Install the same release where the scheduler runs as here, and start "
                "the scheduler again."
            )
        )
    elif error is not None:
        outer.set_exception(error if isinstance(error, Lost) else Lost(f"{type(error).__name__}: {error}"))
    else:
        _check(*inner.result(), outer)


def _check(digest: str, reply: bytes, outer: Future[bytes]) -> None:
    if hashlib.sha256(reply).hexdigest() == digest:
        outer.set_result(reply)
    else:
        outer.set_exception(Lost("a result arrived with other bytes than were sent"))


_crews: dict[Order, LocalCrew] = {}
_lock = threading.Lock()


def graded_here(order: Order, digest: str, data: bytes) -> tuple[str, bytes]:
    """What runs on the cluster: one package graded by worker processes of this machine.

    Raises:
        Lost: the package arrived damaged, this machine has other questions, or its worker process gave no result.
    """
    if hashlib.sha256(data).hexdigest() != digest:
        raise Lost("a submission arrived with other bytes than were sent")
    reply = _crew(order).submit(data).result()
    return hashlib.sha256(reply).hexdigest(), reply


def _crew(order: Order) -> LocalCrew:
    """The worker processes of this machine, one for each thread that the cluster runs here, started once."""
    with _lock:
        if order not in _crews:
            library = Path(order.library) if order.library else LIBRARY
            if proof(load(order.assignment, library)) != order.proof:
                raise Lost(
                    "this machine has other questions, another version of the grader or another secret than the one that asks. "
                    "Install the same release and the same secret.key on every machine."
                )
            _crews[order] = LocalCrew(Place(library=library, assignment=order.assignment), _threads())
        return _crews[order]


def _threads() -> int:
    """How many tasks this process of the cluster runs at once."""
    from distributed import get_worker

    return int(get_worker().state.nthreads)
