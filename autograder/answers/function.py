"""Answers that are functions: declared by a signature, tried on inputs of many kinds, judged by what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from autograder.equality.decision import Evidence
from autograder.errors import AuthorError
from autograder.question import Question, Wrong
from autograder.verdict import Cause, Verdict, Word

if TYPE_CHECKING:
    from autograder.answers.sandboxed import Bench
    from autograder.functions.checks import Check
    from autograder.functions.draw import Input
    from autograder.functions.signature import Signature
    from autograder.sandbox import Limits
    from autograder.submission.collect import Submission
    from autograder.submission.program import Located
    from autograder.submission.written import Answers

MIB = 1024 * 1024
MOST_PUBLISHED = 12
"""Inputs of a function that can ever be shown to anybody, whatever is handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function that is asked for.

    Args:
        name: how the student must call it.
        signature: what goes in and comes out, as `"X: n*d, y: n, lam > 0 -> w: d"`.
        about: what it is to do, one sentence for the blank form.
        inputs: the kinds of inputs that it is tried on.
        checks: what must be true of its answers; properties before stored values.
        reference: the author's own implementation, which verify and the checks use.
        shares: how the function's points are divided among the groups of inputs; equally when left out.
        worth: the function's share of the part's points, relative to the part's other functions.
        seconds: processor time that one call may take.
        memory: bytes that it may use.
        columns: vectors may as well be matrices of one column, in and out, as the statement writes them.
        wrapper: Python that defines `call_NAME` with the declared signature, which calls the student's function, for what
            cannot cross the border of the sandbox: arguments that are functions, results that are lists of arrays. It
            runs behind the student's file and is shown with the example.
        takes, gives: with a wrapper, the student's own parameters and results in words, as ("df", "a function of a number").
    """

    name: str
    signature: str
    about: str
    inputs: tuple[Input, ...]
    checks: tuple[Check, ...]
    reference: Any
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    worth: int = 1
    seconds: float = 5.0
    memory: int = 512 * MIB
    columns: bool = False
    wrapper: str = ""
    takes: tuple[tuple[str, str], ...] = ()
    gives: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise AuthorError(f"{self.name!r} cannot be the name of a function.")
        names = [kind.name for kind in self.inputs]
        if not names or len(set(names)) < len(names):
            raise AuthorError(f"{self.name}: give inputs, each with a name of its own; there are {names}.")
        if sum(not kind.advisory for kind in self.inputs) > MOST_PUBLISHED:
            raise AuthorError(
                f"{self.name}: {len(names)} kinds of inputs; give at most {MOST_PUBLISHED}, advisory ones apart."
            )
        if not self.checks:
            raise AuthorError(f"{self.name}: without checks every answer would be right.")
        groups = dict.fromkeys(kind.group for kind in self.inputs if not kind.advisory)
        shares = dict(self.shares) or {group: Fraction(1, len(groups)) for group in groups}
        if set(shares) != set(groups) or sum(shares.values()) != 1:
            raise AuthorError(f"{self.name}: the shares {shares} must add up to 1 over the groups {list(groups)}.")
        object.__setattr__(self, "shares", {group: Fraction(shares[group]) for group in groups})
        if self.wrapper and f"def {self.entry}(" not in self.wrapper:
            raise AuthorError(f"{self.name}: the wrapper must define {self.entry}.")
        _ = self.declared  # says at once what is wrong with the signature

    @property
    def entry(self) -> str:
        """What the grader calls: the function itself, or its wrapper."""
        return f"call_{self.name}" if self.wrapper else self.name

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what the student's function takes, for its header."""
        return tuple(name for name, _ in self.takes) or tuple(value.name for value in self.declared.parameters)

    @property
    def declared(self) -> Signature:
        """The signature, read."""
        from autograder.functions.signature import parse

        return parse(self.signature)

    @property
    def limits(self) -> Limits:
        """What a call may use; the wall clock leaves room for a machine that does other things as well."""
        from autograder.sandbox import Limits

        return Limits(wall=3 * self.seconds, cpu=self.seconds, memory=self.memory, printed=MIB, reply=16 * MIB)


@dataclass(frozen=True, slots=True, kw_only=True)
class Functions:
    """One or several functions, found by name in any `.py` file or notebook of the submission."""

    functions: tuple[Function, ...]
    kind: str = field(default="code", init=False)
    judges_missing: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        names = [function.name for function in self.functions]
        if not names or len(set(names)) < len(names):
            raise AuthorError(f"a code part needs functions, each with a name of its own; there are {names}.")

    def located(self, submission: Submission) -> dict[str, Located | None]:
        """Where each function is defined, None for those that are not."""
        from autograder.submission.program import locate, sources

        found = sources(submission.files)
        return {function.name: locate(function.name, found, submission.files) for function in self.functions}

    def unanswered(self, question: Question, submission: Submission) -> Verdict | None:
        """The verdict when none of the functions is there with a body; else None."""
        del question
        located = self.located(submission)
        if any(place is not None and not place.definition.blank for place in located.values()):
            return None
        from autograder.submission.program import near_miss

        near = [near_miss(name, submission.files) if place is None else "" for name, place in located.items()]
        lines = [
            self._absent(function, located[function.name], close)
            for function, close in zip(self.functions, near, strict=True)
        ]
        cause = Cause.NONE if any(near) else Cause.ABSENT
        return Verdict(word=Word.NOT_YET, cause=cause, feedback=tuple(lines))

    def _absent(self, function: Function, place: Located | None, near: str) -> str:
        if place is not None:
            return f"`{function.name}` ({place.where}) is blank. Write its body."
        header = f"def {function.name}({', '.join(function.parameters)}):"
        return near or f"There is no function `{function.name}` in your files. Write it at the left margin: {header}"

    def libraries(self, submission: Submission) -> tuple[str, ...]:
        """Those that take long to import and that a file asks for which defines one of the functions or goes with it."""
        from autograder.submission.slow_libraries import slow_libraries

        texts = {
            text
            for place in self.located(submission).values()
            if place is not None
            for text in (place.source.text, *(data.decode("utf-8", "replace") for data in place.files.values()))
        }
        return slow_libraries(texts)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Code is judged in the sandbox; see `judge_in`."""
        del answers, seed
        raise AuthorError(f"{question.id} asks for code: it is judged by judge_in, inside a sandbox.")

    def judge_in(self, question: Question, bench: Bench, *, seed: int) -> Verdict:
        """Try every function and put together what is said of them.

        Raises:
            NotReached: the submission's deadline came first.
        """
        from autograder.functions.judging import judged_function
        from autograder.submission.program import near_miss

        located = self.located(bench.submission)
        total = sum(function.worth for function in self.functions)
        credit, feedback, wrote, notices, staff = Fraction(0), list[str](), list[str](), list[str](), list[str]()
        fired: list[Wrong] = []
        unloaded: set[str] = set()
        is_open = False
        for function in self.functions:
            place = located[function.name]
            if place is None or place.definition.blank:
                close = near_miss(function.name, bench.submission.files) if place is None else ""
                feedback.append(self._absent(function, place, close))
                continue
            judged = judged_function(question, function, place, bench, seed)
            credit += Fraction(function.worth, total) * judged.earned
            wrote.append(f"{function.name}: {place.where}")
            notices += [*place.notices, *judged.notices]
            staff += judged.staff
            if judged.lacking:
                is_open = True
                feedback.append(judged.said_of_lacking)
                continue
            reason = judged.examined.unloaded.said if judged.examined.unloaded is not None else ""
            if reason in unloaded:
                feedback.append(f"`{function.name}` cannot be called for the same reason.")
                continue
            unloaded |= {reason} if reason else set()
            feedback += judged.feedback(question)
            fired += [judged.rule] if judged.rule is not None else []
        if is_open:
            feedback.append("A person will look at this part; its points stay open until then.")
        return Verdict(
            word=Word.WAITING if is_open else Word.OK if credit == 1 else Word.NOT_YET,
            credit=Fraction(0) if is_open else credit,
            evidence=Evidence.NONE if is_open else Evidence.PROPERTY,
            misconception=fired[0].name if fired else None,
            wrote="\n".join(wrote),
            feedback=tuple(feedback),
            notices=tuple(dict.fromkeys(notices)),
            staff=tuple(staff),
        )

    def example(self, question: Question) -> str:
        """How such an answer is given."""
        del question
        names = [function.name for function in self.functions]
        return f"the function{'s' if len(names) > 1 else ''} {', '.join(names)} in any .py file or notebook"
