"""Submissions that mean harm: they earn nothing, cost others nothing, read nothing, and leave valid results.

A selection of the attacks of `tests/hostile`, aimed at this very assignment: each takes the place of a function or of a
written answer. The solution's other answers must earn exactly what they are worth all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from autograder.answers.function import Functions
from autograder.answers.sandboxed import runs_student_code
from autograder.engine.grade import grade
from autograder.question import Assignment, Question
from autograder.report.gradescope import to_gradescope
from autograder.report.numbers import points
from autograder.submission.collect import Submission
from autograder.submission.written import Written
from autograder.verdict import Cause, Result, Word
from autograder.verify.handed_out import private_lines
from autograder.verify.platform_rules import Weight, examine
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.spies import visible_text

ATTACKS: Mapping[str, str] = {
    "reads the keys": "print(*(open(path, errors='replace').read() for path in PRIVATE))",
    "changes the comparison": "import numpy\n    numpy.allclose = numpy.array_equal = lambda *a, **k: True\n    return 0.0",
    "looks for the keys in memory": "import gc, sys\n    print([o for o in gc.get_objects() if 'Question' in type(o).__name__], "
    "[m for m in sys.modules if m.startswith('reference')])",
    "writes files of others": "open(TRAP, 'w').write('forged')",
    "ends its process": "import os\n    os._exit(0)",
    "comes to no end": "while True: pass",
    "takes all memory": "return bytearray(1 << 40)",
    "prints without end": "while True: print('x' * 10_000)",
    "starts processes": "import os\n    return [os.fork() or os._exit(0) for _ in range(50)]",
    "is equal to everything": "import numpy\n    class Any(numpy.ndarray):\n        __eq__ = __le__ = lambda *a: True\n"
    "    return numpy.zeros((0, 1)).view(Any)",
    "is not a number": "return float('nan')",
    "raises what cannot be shown": "raise ValueError('\\x1b[31m\\u202e</script>' * 1000)",
}
"""By what it does, the body of a function."""

TEXTS: Mapping[str, str] = {
    "a tower of powers": "9^9^9^9^9",
    "a call of Python": "__import__('os').system('id')",
    "many brackets": "(" * 3_000,
    "marks that turn the text": "\u202e</script>\x1b[31m",
    "a long text": "x+" * 20_000,
    "a division by nothing": "1/(1-1)",
}
"""By what it is, a written answer."""

_SECONDS = 0.5
_GRADINGS = 4


def check_hostile(context: Context) -> Iterator[Row]:
    """Grade hostile functions beside right answers, and hostile answers alone."""
    problems: dict[str, str] = {}
    tried = 0
    with TemporaryDirectory() as folder:
        trap = Path(folder) / "results.json"
        for names in _batches(context.assignment):
            tried += len(set(names.values()))
            trap.write_text("untouched", encoding="utf-8")
            submission = replace(context.solution, files={"functions.py": _code(context, names, trap).encode()})
            result = grade(_quick(context.assignment), submission, seed=1)
            who = ", ".join(dict.fromkeys(names.values()))
            problems |= {f"{who}: {said}": said for said in _broken(context, result, hostile_code=True)}
            if trap.read_text(encoding="utf-8") != "untouched":
                problems[f"{who}: a file of the grader's was written"] = ""
    for offset in range(len(TEXTS)):
        result = grade(context.assignment, _texts(context, offset), seed=1)
        problems |= {
            f"hostile answers, turn {offset}: {said}": said for said in _broken(context, result, hostile_code=False)
        }
    for said in problems:
        yield Row(
            check="hostile", part="", mark=Mark.FAIL, says=said, file=context.file(), at="questions",
            fix="A fault of the grader: report it with this row.",
        )  # fmt: skip
    if not problems:
        says = f"{tried} attacks in functions and {len(TEXTS)} in every written answer earn nothing and harm nothing"
        yield Row(check="hostile", part="", mark=Mark.OK, says=says)


def _broken(context: Context, result: Result, *, hostile_code: bool) -> Iterator[str]:
    """Every promise that a grading did not keep."""
    for part in result.parts:
        question = context.assignment.question(part.part.partition("/")[2])
        verdict = part.verdict
        if verdict.cause is Cause.OURS:
            yield f"{part.part}: the grader failed: {' '.join(verdict.staff)[-300:]}"
        of_code = runs_student_code(question.answer)
        if of_code != hostile_code:
            continue
        if question.answer.kind not in _FREE and (verdict.word is Word.OK or verdict.credit):
            yield f"{part.part}: an attack earns {points(part.score)}"
    if hostile_code:
        written = [part for part in result.parts if not runs_student_code(_question(context, part.part).answer)]
        lost = [part.part for part in written if part.score != part.points and not _is_open(context, part.part)]
        if lost:
            yield f"right answers beside it lose points: {', '.join(lost)}"
    remarks = examine(json.dumps(to_gradescope(result), allow_nan=False).encode())
    yield from (f"results.json: {one.where} {one.says}" for one in remarks if one.weight is not Weight.NOTE)
    seen = visible_text(result)
    held = " ".join(result.staff[:1])  # where a machine cannot hold code strongly, this says so
    yield from (f"a line of private code is shown: {line!r}. {held}" for line in private_lines(context) if line in seen)


_FREE = frozenset({"completeness", "manual"})  # any text is complete


def _question(context: Context, part: str) -> Question:
    return context.assignment.question(part.partition("/")[2])


def _is_open(context: Context, part: str) -> bool:
    return _question(context, part).answer.kind == "manual"


def _batches(assignment: Assignment) -> Iterator[dict[str, str]]:
    """Attacks by function, a few gradings long; where there are few functions, only some of the attacks."""
    functions = [one.name for question in assignment for one in _functions(question)]
    left = list(ATTACKS)
    for _ in range(_GRADINGS):
        if functions and left:
            some, left = left[: len(functions)], left[len(functions) :]
            yield dict(zip(functions, islice(cycle(some), len(functions)), strict=True))


def _functions(question: Question) -> tuple[Any, ...]:
    return question.answer.functions if isinstance(question.answer, Functions) else ()


def _quick(assignment: Assignment) -> Assignment:
    """The assignment with little time for every call, so that those without an end are soon over."""
    return replace(assignment, questions=tuple(map(_with_little_time, assignment)))


def _with_little_time(question: Question) -> Question:
    if not isinstance(question.answer, Functions):
        return question
    functions = tuple(replace(one, seconds=_SECONDS) for one in question.answer.functions)
    return replace(question, answer=replace(question.answer, functions=functions))


def _code(context: Context, names: Mapping[str, str], trap: Path) -> str:
    private = [str(path) for path in sorted(context.folder.rglob("*.py"))][:20]
    head = f"PRIVATE = {private!r}\nTRAP = {str(trap)!r}\n"
    return head + "".join(f"\n\ndef {name}(*arguments):\n    {ATTACKS[attack]}\n" for name, attack in names.items())


def _texts(context: Context, offset: int) -> Submission:
    """Every written answer hostile, each with another text."""
    texts = list(TEXTS.values())
    answers: dict[str, Written] = {}
    for place, question in enumerate(context.assignment):
        name = question.answer_name
        answers[name] = Written(name=name, content=texts[(place + offset) % len(texts)], where="answers.py")
    return Submission(answers=answers, files={})
