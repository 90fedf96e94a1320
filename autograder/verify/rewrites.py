"""Equal formulas in other spellings are accepted: the key's echo and LaTeX, and what SymPy makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.answers.several import Several
from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.formula import tree as t
from autograder.formula.echo import to_latex, to_unicode
from autograder.formula.from_sympy import from_sympy
from autograder.formula.to_sympy import to_sympy
from autograder.question import Question
from autograder.submission.written import Content
from autograder.verdict import Word
from autograder.verify.judge import Judge
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.typed import key_trees

_FORMS = ("expand", "factor", "together", "simplify", "powsimp", "apart")
_SECONDS = 5.0


def check_rewrites(context: Context, question: Question) -> Iterator[Row]:
    """Judge every rewriting of the key, and of the author's further right answers; all must be accepted."""
    trees = key_trees(question)
    if not trees:
        return
    accepted, refused = 0, 0
    with Judge(question, context.answers) as judge:
        for name, text, content in _typed(trees, question):
            verdict = judge(content, brief=True)
            if verdict.word is Word.OK:
                accepted += 1
                continue
            refused += 1
            yield Row(
                check="rewrites", part=question.id, mark=Mark.FAIL, says=f"{name}: {text} is judged {verdict.word}",
                file=context.file(question), at="answer.key",
                fix="If the two are equal on the declared domain, this is a fault of the comparison: report it.",
            )  # fmt: skip
    if not refused:
        yield Row(check="rewrites", part=question.id, mark=Mark.OK, says=f"{accepted} other spellings are accepted")


def _typed(trees: tuple[t.Node, ...], question: Question) -> Iterator[tuple[str, str, Content]]:
    """Each spelling with its name, and the answer that it makes; of several formulas one at a time is spelled otherwise."""
    answer: Any = question.answer
    if not isinstance(answer, Several):
        yield from ((name, text, text) for name, text in _rewritings(trees[0], question))
        return
    own = tuple(map(to_unicode, trees))
    for place, (tree, one) in enumerate(zip(trees, answer.answers, strict=True)):
        for name, text in _rewritings(tree, replace(question, answer=one, wrong=())):
            yield f"{answer.names[place]}, {name}", text, (*own[:place], text, *own[place + 1 :])


def _rewritings(tree: t.Node, question: Question) -> Iterator[tuple[str, str]]:
    answer: Any = question.answer
    own = to_unicode(tree)
    yield "echo", own
    yield "LaTeX", to_latex(tree)
    for name, other in getattr(answer, "also", ()):
        yield name, other if isinstance(other, str) else to_unicode(from_sympy(other, question.symbols))
    if isinstance(tree, t.Add):
        yield "terms reversed", to_unicode(t.Add(tuple(reversed(tree.args))))
    seen = {own}
    with Worker(lambda job: _rewritten(tree, question, job["form"])) as worker:
        for form in _FORMS:
            try:
                text = str(worker.ask({"form": form}, _SECONDS)["text"])
            except (OutOfTime, Crashed):
                continue
            if text and text not in seen:
                seen.add(text)
                yield form, text


def _rewritten(tree: t.Node, question: Question, form: str) -> Mapping[str, str]:
    """What SymPy makes of the key, "" where it is no scalar formula; SymPy may raise anything, which ends the job."""
    import sympy

    expression = to_sympy(tree, question.symbols)
    if not isinstance(expression, sympy.Expr) or getattr(expression, "is_Matrix", False):
        return {"text": ""}
    return {"text": to_unicode(from_sympy(getattr(sympy, form)(expression), question.symbols))}
