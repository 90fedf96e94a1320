"""The same function on a dask.distributed cluster: the same bytes, whoever is lost on the way."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from concurrent.futures import Future
from dataclasses import replace

import pytest
from distributed import LocalCluster

from autograder.assignments import load
from autograder.batch import cluster as clusters
from autograder.batch.cluster import ClusterCrew, graded_here, order_for
from autograder.batch.crew import Lost
from autograder.batch.entries import gather
from autograder.batch.loop import Loop
from autograder.batch.store import Store
from autograder.cli import main
from autograder.errors import AuthorError
from tests import tiny
from tests.batch.classes import Obeying, canonical, folder

pytestmark = pytest.mark.filterwarnings("default")  # distributed's own threads and sockets warn as they please


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return tiny.library(tmp_path_factory.mktemp("cluster") / "lib")


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found


@pytest.fixture
def crew(cluster, library):
    found = ClusterCrew(cluster.scheduler_address, order_for(load("tiny", library), library))
    yield found
    found.close()


class Closed:
    """A client whose scheduler went away."""

    status = "closed"

    def __init__(self, client):
        self.nthreads = client.nthreads


def class_of(path, count):
    answers = {f"s{n:03}": f'q1a = "{"right" if n % 2 else "third"}"\nq2 = "{n}"\n' for n in range(count)}
    return gather(folder(path, answers)).entries


def run(entries, path, crew, on_step=lambda step: None):
    with Store(path) as store:
        Loop(crew, store, on_step).run(entries)
        return canonical(store.rows()), list(store.rows())


def test_the_same_bytes_as_here(tmp_path, library, cluster, capsys):
    """From the command line, a class graded on the cluster and one graded here end in equal results."""
    class_of(tmp_path / "class", 6)
    found = []
    for out, more in (("there", ["--scheduler", cluster.scheduler_address]), ("here", ["--jobs", "1"])):
        batch = ["batch", str(tmp_path / "class"), "--assignment", "tiny", "--out", str(tmp_path / out), *more]
        assert main([*batch, "--library", str(library)]) == 0
        with Store(tmp_path / out / "batch.sqlite", write=False) as store:
            found.append([row.graded.result for row in store.rows()])
    assert found[0] == found[1]


def test_a_lost_worker(tmp_path, cluster, crew):
    """A machine that dies in the middle costs nothing: its tasks run elsewhere, to the same results."""
    entries = class_of(tmp_path / "class", 30)
    killed = []

    def kill(step):
        if step.how == "graded" and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    text, rows = run(entries, tmp_path / "a.sqlite", crew, kill)
    assert killed
    assert [row.failure for row in rows] == [""] * 30
    assert text == run(entries, tmp_path / "b.sqlite", Obeying())[0]


def test_back_pressure(tmp_path, crew):
    """However many submissions there are, this process and the cluster hold no more than a few at once."""
    entries = class_of(tmp_path / "class", 60)
    flying, most = set(), []
    submit = crew.submit

    def counting(data):
        future = submit(data)
        flying.add(future)
        future.add_done_callback(flying.discard)
        most.append(len(flying))
        return future

    crew.submit = counting
    run(entries, tmp_path / "a.sqlite", crew)
    assert len(most) == 60
    assert max(most) <= crew.capacity <= 4


def test_a_machine_with_other_questions(tmp_path, cluster, library):
    """It grades nothing, and the list of failures says what to install."""
    order = replace(order_for(load("tiny", library), library), proof="another")
    crew = ClusterCrew(cluster.scheduler_address, order)
    _, rows = run(class_of(tmp_path / "class", 1), tmp_path / "a.sqlite", crew)
    crew.close()
    assert rows[0].graded is None
    assert "this machine has other questions" in rows[0].failure


def test_a_worker_process_that_dies_on_a_submission(tmp_path, crew):
    """It is tried again and then listed; the cluster's own worker is not harmed."""
    entries = gather(folder(tmp_path / "class", {"bad": 'q1a = "kill"\n', "good": 'q1a = "right"\n'})).entries
    _, rows = run(entries, tmp_path / "a.sqlite", crew)
    assert rows[0].failure.startswith("the worker was lost")
    assert rows[1].graded.result["score"] == "2"


def test_damaged_packages_are_refused():
    """Bytes that are not those that were sent are never graded, and a damaged result is never kept."""
    order = clusters.Order(assignment="tiny", library="", proof="")
    with pytest.raises(Lost, match="other bytes than were sent"):
        graded_here(order, hashlib.sha256(b"a").hexdigest(), b"b")
    inner, outer = Future(), Future()
    inner.set_result((hashlib.sha256(b"a").hexdigest(), b"b"))
    clusters._hand_over(inner, outer)
    assert "other bytes than were sent" in str(outer.exception())


def test_every_failure_of_the_cluster_is_a_loss():
    """Whatever a task raises, and a task that is given up, is tried again by the loop."""
    for fail in (lambda future: future.set_exception(KeyError("x")), lambda future: future.cancel()):
        inner, outer = Future(), Future()
        fail(inner)
        clusters._hand_over(inner, outer)
        assert isinstance(outer.exception(), Lost)


def test_a_scheduler_without_the_package():
    """It could read no task at all: the batch ends, and the message says what to install where."""
    inner, outer = Future(), Future()
    inner.set_exception(RuntimeError("Error during deserialization of the task graph. This frequently\noccurs if"))
    clusters._hand_over(inner, outer)
    with pytest.raises(AuthorError, match="Install the same release where the scheduler runs"):
        outer.result()


def test_a_scheduler_that_is_gone(tmp_path, library, monkeypatch, capsys):
    """Where nobody answers, or nobody answers any more, the batch ends with a word of its own."""
    monkeypatch.setattr(clusters, "_SECONDS", 1.0)
    class_of(tmp_path / "class", 1)
    batch = [
        "batch",
        str(tmp_path / "class"),
        "--assignment",
        "tiny",
        "--out",
        str(tmp_path / "o"),
        "--library",
        str(library),
    ]
    assert main([*batch, "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    assert main([*batch, "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"]) == 2
    assert "with --scheduler the cluster's own threads count" in capsys.readouterr().err


def test_a_scheduler_that_goes_away(tmp_path, crew, monkeypatch):
    """What was reported stays; the next package is refused instead of listed as failed."""
    entries = class_of(tmp_path / "class", 9)
    steps = []

    def lose(step):
        steps.append(step)
        monkeypatch.setattr(crew, "_client", Closed(crew._client))

    with pytest.raises(AuthorError, match=r"is gone\. Every result that was reported is kept"):
        run(entries, tmp_path / "a.sqlite", crew, lose)
    monkeypatch.undo()
    with Store(tmp_path / "a.sqlite") as store:
        assert {row.id for row in store.rows() if row.graded is not None} >= {step.entry.id for step in steps}


def test_without_the_extra(monkeypatch):
    """The message says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(AuthorError, match=r"derivation-autograder\[cluster\]"):
        ClusterCrew("tcp://x", clusters.Order(assignment="tiny", library="", proof=""))


def test_the_scheduler_keeps_one_record_for_a_batch(tmp_path, cluster, crew):
    """A pause between two submissions does not begin another group of tasks, each of which the scheduler would keep."""
    for name in ("a", "b", "c"):  # each ends before the next begins, so that no task is left in between
        run(class_of(tmp_path / name, 2), tmp_path / f"{name}.sqlite", crew)
    spans = cluster.scheduler.extensions["spans"].spans.values()
    groups = [group.name for span in spans for group in span.groups]
    assert groups.count(crew._group) == 1
