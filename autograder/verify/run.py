"""The checklist: every check in order, each row as soon as it is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from autograder.errors import AutograderError
from autograder.question import Question
from autograder.verify.books import check_ids, check_points, check_sources
from autograder.verify.budgets import check_budgets
from autograder.verify.gradings import check_gradings, check_stability
from autograder.verify.leaks import check_feedback, check_leaks
from autograder.verify.misconceptions import check_misconceptions
from autograder.verify.mutation import check_mutants
from autograder.verify.rewrites import check_rewrites
from autograder.verify.rows import Check, Context, Mark, Row
from autograder.verify.sentences import check_sentences
from autograder.verify.unfinished import check_unfinished
from autograder.verify.witnesses import check_witnesses

CHECKS: tuple[Check, ...] = (
    Check(name="unfinished", about="nothing is left to write", of_assignment=check_unfinished),
    Check(name="points", about="the points add up", of_assignment=check_points),
    Check(name="ids", about="no id of the last release is gone", of_assignment=check_ids),
    Check(name="sources", about="every part says where it comes from", of_assignment=check_sources),
    Check(name="witnesses", about="derivation, typed solution and oracle agree on every key", of_part=check_witnesses),
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
    Check(name="rewrites", about="equal formulas in other spellings are accepted", of_part=check_rewrites),
    Check(name="mutants", about="keys with one edit are rejected", of_part=check_mutants),
    Check(name="stability", about="verdicts do not depend on the seed", of_assignment=check_stability),
    Check(name="budgets", about="a full grading fits the container", of_assignment=check_budgets),
)

_WHOLE = frozenset({"points", "ids", "leaks", "stability", "budgets"})  # say nothing of a single part


def verify(context: Context, on_progress: Callable[[str, str], None] | None = None) -> Iterator[Row]:
    """Run the checklist.

    Args:
        context: the assignment, or one part of it.
        on_progress: called with the check and the part that begin.
    """
    for check in CHECKS:
        if check.of_assignment is not None and not (context.part and check.name in _WHOLE):
            if on_progress is not None:
                on_progress(check.name, "")
            yield from _guarded(check, context, None)
        if check.of_part is not None:
            for question in context.questions:
                if on_progress is not None:
                    on_progress(check.name, question.id)
                yield from _guarded(check, context, question)


def _guarded(check: Check, context: Context, question: Question | None) -> Iterator[Row]:
    """The rows of one check; a check that fails to run is a failing row."""
    started = time.monotonic()
    try:
        if question is not None and check.of_part is not None:
            yield from check.of_part(context, question)
        elif check.of_assignment is not None:
            yield from check.of_assignment(context)
    except AutograderError as error:
        yield Row(
            check=check.name,
            part=question.id if question is not None else "",
            mark=Mark.FAIL,
            says=f"the check stopped after {time.monotonic() - started:.1f} s: {error}",
            file=context.file(question),
            at="answer" if question is not None else "",
            fix="Mend what the message names.",
        )
