"""One call of a student's function and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.errors import GraderBug
from autograder.functions import tolerance
from autograder.functions.checks import as_results
from autograder.functions.draw import Array, Case
from autograder.functions.faults import Fault, Finding
from autograder.functions.reading import SINGLE, Read, read
from autograder.functions.signature import Signature
from autograder.report.plain import clean_line
from autograder.sandbox import (
    Crashed,
    Exited,
    Frame,
    Missing,
    NoAnswer,
    Outcome,
    OutOfMemory,
    Raised,
    Refused,
    Returned,
    TimedOut,
    TooMuchOutput,
)

if TYPE_CHECKING:
    from autograder.answers.function import Function
    from autograder.submission.program import Located

_PRINTED = 400
_MOST_FREE = 1000  # numbers of one result, where the right answer has a tenth of that or less
_KINDS: Mapping[type[Outcome], Fault] = {
    Raised: Fault.RAISED,
    TimedOut: Fault.TIME,
    OutOfMemory: Fault.MEMORY,
    TooMuchOutput: Fault.PRINTED,
    Crashed: Fault.CRASHED,
    Exited: Fault.CRASHED,
    NoAnswer: Fault.NO_ANSWER,
    Refused: Fault.TYPE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A case that was tried.

    Args:
        case: the input.
        results: what came back, where it could be read as arrays.
        finding: what is off, or None.
        changed: the positions of arguments that were changed in place.
        eps: the rounding unit of the coarsest value in the answer.
        notices: what the student should know.
    """

    case: Case
    results: tuple[Array, ...] | None = None
    finding: Finding | None = None
    changed: frozenset[int] = frozenset()
    eps: float = 0.0
    notices: tuple[str, ...] = ()


def judged(function: Function, located: Located, case: Case, outcome: Outcome) -> Trial:
    """What is to be said of the outcome of a call with a case's arguments."""
    if not isinstance(outcome, Returned):
        return Trial(case=case, finding=_broken(outcome, located, case))
    changed = frozenset(key for key in outcome.changed_arguments if isinstance(key, int))
    found = read(outcome.value, function.declared, function.declared.sizes(case.arguments))
    finding = found.finding or _too_many(function, case, found) or _objection(function, case, found)
    if finding is None and changed:
        finding = Finding(fault=Fault.CHANGED, said=_said_of_change(function.declared, changed))
    return Trial(
        case=case,
        results=found.results,
        finding=None if finding is None else _with_printed(finding, outcome),
        changed=changed,
        eps=found.eps,
        notices=(*found.notices, SINGLE) if found.eps > tolerance.rounding(case.arguments) else found.notices,
    )


def _too_many(function: Function, case: Case, found: Read) -> Finding | None:
    """A finding for sizes that the signature leaves free and that are out of all proportion: checks may take their square."""
    assert found.results is not None
    if all(array.size <= _MOST_FREE for array in found.results):
        return None
    wanted = as_results(function.reference(*exact(case)))
    for given, right in zip(found.results, wanted, strict=True):
        if given.size > max(_MOST_FREE, 10 * right.size):
            return Finding(fault=Fault.SHAPE, said=f"returns {given.size:,} numbers in one array, which are too many")
    return None


def _objection(function: Function, case: Case, found: Read) -> Finding | None:
    assert found.results is not None
    eps = max(found.eps, tolerance.rounding(case.arguments))
    for check in function.checks:
        objection = check.objection(found.results, exact(case), eps)
        if objection:
            return Finding(fault=Fault.VALUE, said=f"is not right yet: {objection}")
    return None


def exact(case: Case) -> tuple[Any, ...]:
    """The arguments for trusted computations: pristine, and in full precision whatever the student was given."""
    return tuple(value.astype(np.float64) if isinstance(value, np.ndarray) else value for value in case.copy())


def said_of_unsteady(later: Finding) -> Finding:
    """The finding for a function whose first answer to an input was right, and the second one not."""
    if later.fault is not Fault.VALUE:
        said = f"is right at first, but when it is called again with the same input it {later.said}"
        return Finding(fault=Fault.UNSTEADY, said=said, details=later.details)
    return Finding(
        fault=Fault.UNSTEADY,
        said="gives a different answer when it is called again with the same input; look for randomness, or for "
        "something that is kept from one call to the next",
    )


def _said_of_change(signature: Signature, changed: frozenset[int]) -> str:
    names = " and ".join(signature.parameters[place].name for place in sorted(changed))
    return f"changes its input {names} in place; work on a copy ({names.split(' ')[0]}.copy())"


def not_loaded(located: Located, outcome: Outcome) -> Finding:
    """The finding when the file of a function does not come to its end, or does not hold the function afterwards."""
    if isinstance(outcome, Missing) and outcome.cause is not None:
        raised = _raised(outcome.cause, located, "cannot be called, since loading its file raises")
        return _with_printed(Finding(fault=Fault.MISSING, said=raised.said, details=raised.details), outcome)
    if isinstance(outcome, Missing):
        return Finding(fault=Fault.MISSING, said=f"is not there any more once {located.source.name} has been loaded")
    said = f"cannot be called: {outcome.message}".rstrip(".")
    return _with_printed(Finding(fault=Fault.MISSING, said=said), outcome)


def _broken(outcome: Outcome, located: Located, case: Case) -> Finding:
    """The finding for a call without an answer, in the words of the sandbox, its place as the student knows it."""
    if isinstance(outcome, Raised):
        return _with_printed(_raised(outcome, located, "raises"), outcome)
    fault = _KINDS.get(type(outcome))
    if fault is None:
        raise GraderBug(f"the sandbox gave an outcome that nobody expected: {type(outcome).__name__}")
    said = outcome.message.removeprefix(f"{outcome.during} ")
    if isinstance(outcome, Refused):
        said = f"returns something that cannot be taken: {outcome.reason}"
    if fault in (Fault.MEMORY, Fault.TIME) and case.input.why:
        said = f"{said.split(':')[0]}: {case.input.why}"
    return _with_printed(Finding(fault=fault, said=said.rstrip(".")), outcome)


def _raised(outcome: Raised, located: Located, begun: str) -> Finding:
    what = f"{outcome.kind}: {outcome.error}" if outcome.error else outcome.kind
    own = clean_line(located.source.name, 100)
    end = located.source.text.count("\n") + 1  # behind it stands the author's wrapper
    handed_in = {clean_line(name, 100) for name in located.files}
    frames = [f for f in outcome.traceback if f.file in handed_in and (f.file != own or f.line <= end)]
    lines = [_frame_line(located, frame) for frame in frames]
    details = ("your traceback:", *(f"  {line}" for line in lines), f"  {what}") if lines else ()
    return Finding(fault=Fault.RAISED, said=f"{begun} {what.rstrip('.')}.{outcome.advice}".rstrip("."), details=details)


def _frame_line(located: Located, frame: Frame) -> str:
    known = frame.file == clean_line(located.source.name, 100)
    where = located.source.place(frame.line) if known else f"{frame.file}, line {frame.line}"
    within = f", in {frame.function}" if frame.function not in ("", "<module>") else ""
    return f"{where}{within}{f': {frame.code}' if frame.code else ''}"


def _with_printed(finding: Finding, outcome: Outcome) -> Finding:
    printed = outcome.stdout.strip("\n")
    if not printed.strip():
        return finding
    if len(printed) > _PRINTED:
        printed = printed[:_PRINTED] + " …"
    lines = tuple(f"  {line}" for line in printed.split("\n")[:8])
    return Finding(fault=finding.fault, said=finding.said, details=(*finding.details, "it printed:", *lines))
