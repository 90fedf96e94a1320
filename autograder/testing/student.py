"""The student, as an author's test sees them: names that can be called and read, all of it in the sandbox.

What comes back is a plain value or a `StudentError`. No object of the student exists here, and the author's own arguments
are never changed: the student's code works on copies.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from autograder.errors import AuthorError
from autograder.sandbox.values import Tensor, Unsupported
from autograder.testing.outcomes import Answered

_OUTSIDE = (
    "student.{name}: the student's functions exist only while the grader runs these tests. "
    'Put the file into a question as Tests("{file}") and grade a submission.'
)


class NotRun(BaseException):
    """The sandbox had no time left for a call; no `except Exception` of a test may turn that into a failure."""


class Caller(Protocol):
    """What makes a call in the sandbox, and says which files were handed in."""

    files: tuple[str, ...]

    def call(self, name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Answered:
        """Call a function of the student's."""
        ...

    def read(self, name: str) -> Answered:
        """Look at a variable of the student's."""
        ...


class StudentError(Exception):
    """The student's code gave no value.

    Where the student's own error has the name of a usual Python exception, this is one of those too, so that
    `assertRaises(ValueError)` holds; but only the name came over, never the object.

    Attributes:
        category: "raised", "missing", "refused", "timed out", "out of memory", "too much output", "crashed", "exited" or
            "no answer".
        kind: the name of the student's exception ("ValueError"), "" unless it was raised.
        error: the text of the student's exception, safe to show.
        trace: the lines of the student's files that led there.
    """

    def __init__(self, message: str, *, category: str, kind: str = "", error: str = "", trace: str = "") -> None:
        Exception.__init__(self, message)
        self.message = message
        self.category = category
        self.kind = kind
        self.error = error
        self.trace = trace

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCall:
    """What is known of the latest call beside its value.

    Args:
        changed: the arguments that the student's code changed in its own copies, by position or keyword.
        stdout, stderr: what the call printed.
        seconds: how long it took, on the grader's clock.
    """

    changed: Mapping[int | str, Any] = field(default_factory=dict)
    stdout: str = ""
    stderr: str = ""
    seconds: float = 0.0


class Calls:
    """What the running test did with the student's code; decides whose fault an error is.

    Attributes:
        answered: how many values came back.
        asked: how many calls were made.
        nothing: whether one of the values was None, as from a function without `return`.
        empty: whether one of the values was, or held, an array without entries.
        not_run: why a call was not made, or "".
    """

    def __init__(self) -> None:
        self.caller: Caller | None = None
        self.answered = self.asked = 0
        self.nothing = self.empty = False
        self.not_run = ""
        self.last = LastCall()
        self.keep()

    def keep(self) -> None:
        """Count what was asked so far towards the tests to come: a fixture may have kept a value for them."""
        self._kept = (self.answered, self.asked, self.nothing, self.empty)

    def begin(self) -> None:
        """Forget what one test asked, but not what fixtures asked."""
        self.answered, self.asked, self.nothing, self.empty = self._kept
        self.not_run = ""
        self.last = LastCall()

    def value(self, answered: Answered) -> Any:
        """The value of an answer.

        Raises:
            StudentError: there is none.
            NotRun: the call was not made.
        """
        self.last = LastCall(
            changed=answered.changed, stdout=answered.stdout, stderr=answered.stderr, seconds=answered.seconds
        )
        if answered.category == "not run":
            self.not_run = answered.message
            raise NotRun(answered.message)
        if answered.category != "returned":
            raise student_error(answered)
        self.answered += 1
        self.nothing = self.nothing or answered.value is None
        self.empty = self.empty or _has_empty_array(answered.value)
        return _native(answered.value)


calls = Calls()


class Student:
    """Everything that a student defined: `student.ridge(X, y, 0.5)`, `student["learning_rate"]`, `"ridge" in student`."""

    def __getattr__(self, name: str) -> StudentName:
        return StudentName(_public(name))

    def __getitem__(self, name: str) -> Any:
        """The value of a variable of the student's module."""
        calls.asked += 1
        return calls.value(_caller(name).read(name))

    def __contains__(self, name: str) -> bool:
        """Whether the student defined this name."""
        calls.asked += 1
        answered = _caller(name).read(name)
        if answered.category in ("returned", "refused"):  # a function exists, although it cannot cross
            return True
        if answered.category == "missing" and not answered.kind:
            return False
        calls.value(answered)
        return True

    def __repr__(self) -> str:
        return "student"


class StudentName:
    """A name of the student's that can be called; dots reach further in, as in `student.network.forward(X)`."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> StudentName:
        return StudentName(f"{self._path}.{_public(name)}")

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call it in the sandbox.

        Raises:
            StudentError: it gave no value.
            AuthorError: an argument cannot be sent.
        """
        caller = _caller(self._path)
        calls.asked += 1
        try:
            answered = caller.call(self._path, arguments, keywords)
        except Unsupported as error:
            calls.asked -= 1
            raise AuthorError(f"student.{self._path}: an argument cannot be sent to the sandbox: {error}") from None
        return calls.value(answered)

    def __repr__(self) -> str:
        return f"student.{self._path}"


student = Student()


def last_call() -> LastCall:
    """What is known of the latest call of the running test."""
    return calls.last


def student_error(answered: Answered) -> StudentError:
    """The error for a call without a value, of the usual exception's class too where its name is one."""
    base = _usual().get(answered.kind) if answered.category == "raised" else None
    kind: type[StudentError] = StudentError
    if base is not None:
        kind = type(f"Student{answered.kind}", (StudentError, base), {})
    return kind(
        answered.message,
        category=answered.category,
        kind=answered.kind,
        error=answered.error,
        trace=answered.trace,
    )


def _usual() -> dict[str, type[Exception]]:
    kinds: tuple[type[Exception], ...] = (
        ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, FileNotFoundError, FloatingPointError,
        ImportError, IndexError, KeyError, LookupError, ModuleNotFoundError, NameError, NotImplementedError, OSError,
        OverflowError, PermissionError, RecursionError, RuntimeError, TypeError, UnboundLocalError, ValueError,
        ZeroDivisionError,
    )  # fmt: skip
    found = {kind.__name__: kind for kind in kinds}
    linalg = sys.modules.get("numpy.linalg")
    if linalg is not None:
        found["LinAlgError"] = linalg.LinAlgError
    return found


def _native(value: Any) -> Any:
    """Tensors as the library's own, where the test has loaded it."""
    torch = sys.modules.get("torch")
    if isinstance(value, Tensor) and torch is not None:
        return torch.from_numpy(value.array).requires_grad_(value.requires_grad)
    if type(value) in (list, tuple):
        return type(value)(_native(item) for item in value)
    if type(value) is dict:
        return {key: _native(item) for key, item in value.items()}
    return value


def _has_empty_array(value: Any) -> bool:
    """Whether a value is an array without entries, or holds one: NumPy stretches it to any other, and finds no difference."""
    if isinstance(value, Tensor):
        return not value.array.size
    if type(value) in (list, tuple, dict):
        return any(map(_has_empty_array, value.values() if type(value) is dict else value))
    return type(value).__module__ == "numpy" and not value.size


def _public(name: str) -> str:
    # Introspection by pytest, copy and the like asks for dunder names; a student has no answers to those.
    if name.startswith("__"):
        raise AttributeError(name)
    return name


def _caller(name: str) -> Caller:
    if calls.caller is None:
        raise AuthorError(_OUTSIDE.format(name=name, file="test_file.py"))
    return calls.caller
