"""The mutation score of notebooks: solutions with one edit in what a student writes must lose points.

Of a solution's notebook those statements are edited that the blank one does not have. A part edits what its functions need;
what no part's functions need, such as cells that make, train and draw networks, belongs to the last part of the notebook.
An edit that is accepted is tried on networks and data of further seeds beside the solution: where both show the same figures,
values and calls, it is right; otherwise the oracle is asked, and where that says nothing, the check has a hole.
"""

from __future__ import annotations

import ast
import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from autograder.answers.notebook import Notebook
from autograder.answers.sandboxed import Bench
from autograder.build.forms import files
from autograder.errors import AuthorError, GraderBug
from autograder.notebooks.script import Script, scripts
from autograder.question import Question
from autograder.sandbox import Sandbox
from autograder.submission.collect import Submission
from autograder.submission.names import Statement
from autograder.verify.notebook_trials import Trial, tried, why_right
from autograder.verify.python_edits import edits_at
from autograder.verify.rows import Context, Mark, Row, accepted

MOST = 16
"""Edits of one part that are tried; of more, so many are drawn with a fixed seed."""

_SEEDS = (1, 2)  # of networks and data; the second only for an edit that is accepted with the first


_LIBRARIES = ("torch", "matplotlib")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookEdit:
    """The solution with one edit in its notebook, and the edit for the checklist."""

    submission: Submission
    shown: str


@dataclass(slots=True)
class _Tally:
    """What became of the edits of one part."""

    rejected: int = 0
    open: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)  # each a sentence


def check_notebook_mutants(context: Context) -> Iterator[Row]:
    """Edit what the solution's notebooks add to the blank ones, and judge every part that they answer."""
    parts = [question for question in context.questions if isinstance(question.answer, Notebook)]
    if not parts:
        return
    if missing := [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]:
        yield Row(
            check="mutants", part="", mark=Mark.NOTE, file=context.file(), fix="Run setup.sh.",
            says=f"{' and '.join(missing)} not installed, so that no notebook was edited",
        )  # fmt: skip
        return
    every = notebook_edits(context)
    with Sandbox.start(_LIBRARIES) as sandbox:
        bench = Bench(sandbox=sandbox, submission=context.solution, assignment=context.assignment)
        for question in parts:
            yield from _rows(context, question, bench, every[question.id])


def _rows(context: Context, question: Question, bench: Bench, every: list[NotebookEdit]) -> Iterator[Row]:
    chosen = sorted(Random(question.id).sample(range(len(every)), min(MOST, len(every))))  # noqa: S311 - no secret
    tally, judge = _Tally(), _Judge(question, bench)
    for at in chosen:
        judge.count(every[at], tally)
    for shown in tally.holes:
        yield Row(
            check="mutants", part=question.id, mark=Mark.FAIL, says=shown,
            file=context.file(question), at="answer.perform",
            fix="Look at what it draws: make `perform` see the difference, or let the oracle in practice= say that it is right.",
        )  # fmt: skip
    says = f"notebook: {tally.rejected} of {len(chosen)} edits rejected"
    says += f" ({len(every)} exist)" if len(chosen) < len(every) else ""
    says += accepted(len(tally.right)) + (f"; {len(tally.open)} left to a person" if tally.open else "")
    if not every:
        yield Row(
            check="mutants", part=question.id, mark=Mark.NOTE, says="the solution's notebook adds nothing of this part to the blank one",
            file=f"{context.folder.name}/solution", fix="Let the solution write what its functions need.",
        )  # fmt: skip
        return
    mark = Mark.NOTE if tally.holes else Mark.OK
    yield Row(check="mutants", part=question.id, mark=mark, says=says, more=(*tally.right, *tally.open))


class _Judge:
    """Judges edited notebooks and, where one is accepted, compares what it shows with what the solution shows."""

    def __init__(self, question: Question, bench: Bench) -> None:
        self._question, self._bench = question, bench
        self._originals: dict[int, Trial] = {}

    def count(self, edit: NotebookEdit, tally: _Tally) -> None:
        """Judge an edit with the networks and data of several seeds, as long as it is accepted."""
        bench, answer = replace(self._bench, submission=edit.submission), self._question.answer
        assert isinstance(answer, Notebook)
        if answer.unanswered(self._question, edit.submission) is not None:
            tally.rejected += 1
            return
        said: dict[str, None] = {}
        for place, seed in enumerate(_SEEDS):
            try:
                trial = tried(self._question, bench, seed)
            except GraderBug as error:
                tally.holes.append(f"{edit.shown} makes the check itself fail: {error}")
                return
            if trial.is_open:
                tally.open.append(f"{edit.shown} (a person looks)")
                return
            if not trial.is_right and not place:
                tally.rejected += 1
                return
            same = trial.is_right and why_right(self._question, trial, self._original(seed))
            if not same:
                tally.holes.append(f"{edit.shown} is accepted, and nothing shows that it is right")
                return
            said[str(same)] = None
        tally.right.append(f"{edit.shown} ({' and '.join(said)} with {len(_SEEDS)} seeds)")

    def _original(self, seed: int) -> Trial:
        if seed not in self._originals:
            self._originals[seed] = tried(self._question, self._bench, seed)
        return self._originals[seed]


def notebook_edits(context: Context) -> dict[str, list[NotebookEdit]]:
    """Every edit of what is written in the solution's notebooks, by the part that must lose points for it."""
    known = _of_blank(context)
    found: dict[str, list[NotebookEdit]] = {}
    taken: set[tuple[str, int]] = set()
    parts = [question for question in context.assignment if isinstance(question.answer, Notebook)]
    names = {question.id: _script(context, question) for question in parts}
    for question in parts:
        script, answer = names[question.id], question.answer
        assert isinstance(answer, Notebook)
        written = [s for s in script.outline.statements if ast.dump(s.node) not in known and not _imports(s)]
        is_last = not any(names[other.id].name == script.name for other in parts[parts.index(question) + 1 :])
        slice_ = script.outline.needed(answer.needed(script), answer.supplied).statements
        own = [s for s in written if (script.name, s.node.lineno) not in taken and (is_last or s in slice_)]
        taken |= {(script.name, statement.node.lineno) for statement in own}
        found[question.id] = [edit for statement in own for edit in _edits(context.solution, script, statement)]
    return found


def _script(context: Context, question: Question) -> Script:
    assert isinstance(question.answer, Notebook)
    script = question.answer.script(context.solution)
    if script is None:
        raise AuthorError(f"{question.id}: no notebook of the solution has {', '.join(question.answer.functions)}.")
    return script


def _of_blank(context: Context) -> frozenset[str]:
    """The statements of the blank notebooks."""
    blank = {name: text.encode() for name, text in files(context.assignment, context.library).items()}
    return frozenset(
        ast.dump(node) for script in scripts(blank) if script.name.endswith(".ipynb") for node in script.body
    )


def _imports(statement: Statement) -> bool:
    return isinstance(statement.node, ast.Import | ast.ImportFrom)


def _edits(solution: Submission, script: Script, statement: Statement) -> Iterator[NotebookEdit]:
    """The solution with each edit of one statement of its notebook, or of its `.py` file."""
    first, number = max((cell for cell in script.cells if cell[0] <= statement.node.lineno), default=(1, 0))
    line = statement.node.lineno - first + 1
    document: Any = json.loads(solution.files[script.name]) if number else None
    source = "".join(document["cells"][number - 1]["source"]) if number else script.text
    for edit in edits_at(source, [line]):
        if number:
            document["cells"][number - 1]["source"] = edit.source
        data = json.dumps(document).encode() if number else edit.source.encode()
        place = f"cell {number}, " if number else ""
        files_with_edit = {**solution.files, script.name: data}
        yield NotebookEdit(submission=replace(solution, files=files_with_edit), shown=place + edit.shown)
