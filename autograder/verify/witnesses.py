"""Three witnesses of every key: the derivation in the question, the solution typed by hand, and an oracle without a key."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.answers.keys import key_tree
from autograder.answers.sandboxed import runs_student_code
from autograder.errors import AutograderError
from autograder.formula.read import read
from autograder.formula.tree import Node
from autograder.question import Question
from autograder.submission.written import Content, Written
from autograder.verdict import Word
from autograder.verify.disagreement import worst
from autograder.verify.judge import Judge
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.typed import key_content, key_trees

_KEYLESS = frozenset({"completeness", "manual", "tests"})


def check_witnesses(context: Context, question: Question) -> Iterator[Row]:
    """The derived key is right for the judge, the typed solution is right, and the oracle agrees with both."""
    if question.answer.kind in _KEYLESS:
        return
    agreed = []
    if not runs_student_code(question.answer):
        with Judge(question, context.answers) as judge:
            for name, content, file, at, fix in _contents(context, question):
                verdict = judge(content)
                if verdict.word is Word.OK:
                    agreed.append(name)
                    continue
                said = " ".join(verdict.feedback) or verdict.witness
                yield _fail(question, f"the {name} is judged {verdict.word}: {said}", file, at, fix)
    largest: float | None = None
    if question.practice is None:
        mark = Mark.NOTE
        yield Row(
            check="witnesses", part=question.id, mark=mark, says="no oracle, so that the key has two witnesses only",
            file=context.file(question), at="practice", fix="Write practice=, a check from the statement alone.",
        )  # fmt: skip
    else:
        objections = [question.practice.agrees(question, seed=seed) for seed in range(context.seeds)]
        said = next(filter(None, objections), "")
        if said:
            yield _fail(
                question, f"the oracle disagrees with the key: {said}", context.file(question), "answer.key",
                "Derive the key again from the statement; if it is right, the oracle's function is not.",
            )  # fmt: skip
            return
        agreed += ["reference"] if runs_student_code(question.answer) else []
        agreed.append(f"oracle ({context.seeds} seeds)")
        trees = [key_trees(question), _solution_trees(context.answers.get(question.answer_name), question)]
        largest = worst(question, trees, context.seeds)
    if not agreed:
        return
    says = f"{', '.join(agreed)} agree" + ("" if largest is None else f"; worst disagreement {largest:.1e}")
    yield Row(check="witnesses", part=question.id, mark=Mark.OK, says=says)


def _contents(context: Context, question: Question) -> Iterator[tuple[str, Content, str, str, str]]:
    key = key_content(question)
    if key is not None:
        fix = "Its echo is not accepted: look at the key's own text and at the declared symbols."
        yield "derived key", key, context.file(question), "answer.key", fix
    written = context.answers.get(question.answer_name)
    solution = f"{context.folder.name}/solution"
    if written is not None:
        fix = "Do the paper's calculation again by hand; then mend the solution or the key."
        yield "typed solution", written.content, f"{solution} ({written.where})", question.answer_name, fix


def _solution_trees(written: Written | None, question: Question) -> tuple[Node, ...]:
    """The typed solution as trees, where it is one plain formula."""
    if written is None or not isinstance(written.content, str) or len(key_trees(question)) != 1:
        return ()
    targets = getattr(question.answer, "targets", ())
    try:
        return (key_tree(read(written.content, question.symbols, targets=targets).tree, question.symbols),)
    except AutograderError:
        return ()


def _fail(question: Question, says: str, file: str, at: str, fix: str) -> Row:
    return Row(check="witnesses", part=question.id, mark=Mark.FAIL, says=says, file=file, at=at, fix=fix)
