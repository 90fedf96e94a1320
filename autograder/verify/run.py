"""The checklist: every check in order, run on all cores."""

from __future__ import annotations

import multiprocessing
import signal
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace

from autograder import processes
from autograder.errors import AutograderError
from autograder.question import Question
from autograder.verify.books import check_ids, check_points, check_sources
from autograder.verify.budgets import check_budgets
from autograder.verify.derivatives import check_derivatives
from autograder.verify.gradings import check_gradings, check_stability
from autograder.verify.handed_out import check_handed_out
from autograder.verify.hostile import check_hostile
from autograder.verify.leaks import check_feedback, check_leaks
from autograder.verify.misconceptions import check_misconceptions
from autograder.verify.mutation import check_mutants
from autograder.verify.notebook_mutation import check_notebook_mutants
from autograder.verify.rewrites import check_rewrites
from autograder.verify.rows import Check, Context, Mark, Row
from autograder.verify.sentences import check_sentences
from autograder.verify.spies import check_spies
from autograder.verify.unfinished import check_unfinished
from autograder.verify.witnesses import check_witnesses

CHECKS: tuple[Check, ...] = (
    Check(name="unfinished", about="nothing is left to write", of_assignment=check_unfinished),
    Check(name="points", about="the points add up", of_assignment=check_points),
    Check(name="ids", about="ids are unique, and what they were at the last release", of_assignment=check_ids),
    Check(name="sources", about="every part says where it comes from", of_assignment=check_sources),
    Check(name="witnesses", about="derivation, typed solution and oracle agree on every key", of_part=check_witnesses),
    Check(
        name="autograd", about="torch's derivatives agree with every key that has one", of_assignment=check_derivatives
    ),
    Check(
        name="gradings",
        about="solution, blank form and half a submission earn what they should",
        of_assignment=check_gradings,
    ),
    Check(name="misconceptions", about="each is caught by its own rule alone", of_part=check_misconceptions),
    Check(name="sentences", about="no text that a student reads contains the key", of_part=check_sentences),
    Check(
        name="leaks", about="form, results and verdicts show no key", of_assignment=check_leaks, of_part=check_feedback
    ),
    Check(name="kit", about="what students are given holds nothing private", of_assignment=check_handed_out),
    Check(name="spies", about="nothing of a hidden input is shown", of_assignment=check_spies),
    Check(name="hostile", about="attacks earn nothing and harm nothing", of_assignment=check_hostile),
    Check(name="rewrites", about="equal formulas in other spellings are accepted", of_part=check_rewrites),
    Check(
        name="mutants",
        about="keys, typed solutions, code and notebooks with one edit are rejected",
        of_assignment=check_notebook_mutants,
        of_part=check_mutants,
    ),
    Check(name="stability", about="verdicts do not depend on the seed", of_assignment=check_stability),
    Check(name="budgets", about="a full grading fits the container", of_assignment=check_budgets),
)

_WHOLE = frozenset(
    {"points", "ids", "leaks", "kit", "spies", "hostile", "stability", "budgets"}
)  # say nothing of a single part
_LONG = (
    "budgets",
    "stability",
    "hostile",
    "gradings",
    "mutants",
)  # begun first, so that no core waits for them at the end


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One check of one part, or of an assignment as a whole.

    Args:
        context: place of the assignment among those that are verified.
        check: place in the checklist.
        part: id, "" for the whole.
    """

    context: int
    check: int
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is: the task that is waited for, and how many of all are done."""

    assignment: str
    check: str
    part: str
    done: int
    all: int


OnProgress = Callable[[Progress], None]


def verify(context: Context, *, cores: int | None = None, on_progress: OnProgress | None = None) -> Iterator[Row]:
    """Run the checklist of one assignment, or of one part of it; see `verify_all`."""
    return verify_all((context,), cores=cores, on_progress=on_progress)


def verify_all(
    contexts: Sequence[Context], *, cores: int | None = None, on_progress: OnProgress | None = None
) -> Iterator[Row]:
    """Run the checklist of several assignments, or of one part of each.

    Args:
        contexts: what to verify.
        cores: processes that work side by side; as many as there are processors when left out.
        on_progress: called whenever the rows of a task are waited for.

    Yields:
        The rows in the order of the checklist, whichever was found first.
    """
    tasks = tuple(_tasks(contexts))
    workers = min(cores or max(1, round(processes.cores())), len(tasks))
    found = _in_turn(contexts, tasks) if workers < 2 else _side_by_side(contexts, tasks, workers)
    for done, task in enumerate(tasks):
        context = contexts[task.context]
        if on_progress is not None:
            name, check = context.assignment.name, CHECKS[task.check].name
            on_progress(Progress(assignment=name, check=check, part=task.part, done=done, all=len(tasks)))
        yield from next(found)


def _tasks(contexts: Sequence[Context]) -> Iterator[Task]:
    for place, context in enumerate(contexts):
        for number, check in enumerate(CHECKS):
            if check.of_assignment is not None and not (context.part and check.name in _WHOLE):
                yield Task(context=place, check=number)
            if check.of_part is not None:
                yield from (Task(context=place, check=number, part=question.id) for question in context.questions)


def _in_turn(contexts: Sequence[Context], tasks: Sequence[Task]) -> Iterator[list[Row]]:
    for task in tasks:
        yield _rows(contexts, task)


def _side_by_side(contexts: Sequence[Context], tasks: Sequence[Task], workers: int) -> Iterator[list[Row]]:
    """The rows of every task in order; the tasks are begun in another one, the long ones first."""
    fork = multiprocessing.get_context("fork")  # questions hold functions, which cannot be sent
    pool = ProcessPoolExecutor(workers, mp_context=fork, initializer=_adopt, initargs=(contexts,))
    futures: dict[Task, Future[list[Row]]] = {}
    try:
        with warnings.catch_warnings():
            # Newer Pythons warn of threads that libraries have started; children are forked before any of ours.
            warnings.simplefilter("ignore", DeprecationWarning)
            for task in sorted(tasks, key=_rank):
                futures[task] = pool.submit(_done, task)
        for task in tasks:
            yield futures[task].result()
    finally:
        pool.shutdown(cancel_futures=True)


def _rank(task: Task) -> int:
    name = CHECKS[task.check].name
    if name == "mutants" and not task.part:
        return -1  # notebooks take longest of all
    return _LONG.index(name) if name in _LONG else len(_LONG)


_adopted: list[Sequence[Context]] = []  # in a child: what its parent had when it was forked


def _adopt(contexts: Sequence[Context]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C reaches every process; only the first has something to say
    _adopted[:] = [contexts]


def _done(task: Task) -> list[Row]:
    return _rows(_adopted[0], task)


def _rows(contexts: Sequence[Context], task: Task) -> list[Row]:
    """The rows of one task; a check that fails to run is a failing row."""
    context, check = contexts[task.context], CHECKS[task.check]
    question = context.assignment.question(task.part) if task.part else None
    name, started = context.assignment.name, time.monotonic()
    rows: list[Row] = []
    try:
        rows.extend(replace(row, assignment=name) for row in _of(check, context, question))
    except AutograderError as error:
        stopped = Row(
            check=check.name, part=task.part, mark=Mark.FAIL, assignment=name,
            says=f"the check stopped after {time.monotonic() - started:.1f} s: {error}",
            file=context.file(question), at="answer" if question is not None else "",
            fix="Mend what the message names.",
        )  # fmt: skip
        rows.append(stopped)
    return rows


def _of(check: Check, context: Context, question: Question | None) -> Iterator[Row]:
    if question is not None and check.of_part is not None:
        return check.of_part(context, question)
    assert check.of_assignment is not None
    return check.of_assignment(context)
