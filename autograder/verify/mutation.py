"""The mutation score: keys with one edit must be rejected; what survives is proved right, or is a hole in the check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from autograder.answers.choice import Choice
from autograder.answers.reduces import Reduces
from autograder.answers.several import Several
from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.equality.proof import is_proved_equal
from autograder.errors import AutograderError
from autograder.formula.echo import to_unicode
from autograder.formula.read import read
from autograder.formula.tree import Node
from autograder.question import Question
from autograder.submission.written import Content
from autograder.verdict import Word
from autograder.verify.judge import Judge
from autograder.verify.mutants import mutants
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.typed import key_content, key_trees

MOST = 60
"""Mutants of one part; of more, so many are drawn with a fixed seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A key with one edit.

    Args:
        typed: as a student would type it.
        shown: for the checklist.
        trees: the key and its edit, where that is one formula.
        answer: the question's answer with the edit in the key's place, None where there is no such thing.
    """

    typed: Content
    shown: str
    trees: tuple[Node, Node] | None = None
    answer: Any = None


def check_mutants(context: Context, question: Question) -> Iterator[Row]:
    """Judge every mutant, and ask SymPy and the oracle about those that are accepted."""
    every = list(_mutants(question))
    if not every:
        return
    chosen = Random(question.id).sample(every, MOST) if len(every) > MOST else every  # noqa: S311 - no secret
    rejected, undecided, proved = 0, [], []
    holes = 0
    with Judge(question, context.answers) as judge, Worker(lambda job: _proof(question, every[job["at"]])) as prover:
        for mutant in chosen:
            verdict = judge(mutant.typed, brief=True)
            word = verdict.word
            if word is Word.OK:
                declared = f"declared: {verdict.convention}" if verdict.convention else ""
                reason = declared or _proved(prover, every.index(mutant))
                if reason:
                    proved.append(f"{mutant.shown} ({reason})")
                    continue
                holes += 1
                yield Row(
                    check="mutants", part=question.id, mark=Mark.FAIL,
                    says=f"{mutant.shown} is accepted, and nothing shows that it is right",
                    file=context.file(question), at="answer",
                    fix="If it is right, declare it in also=; if not, the domain of a symbol is too narrow to tell.",
                )  # fmt: skip
            elif word is Word.UNDECIDED:
                undecided.append(mutant.shown)
            else:
                rejected += 1
    says = f"{rejected} of {len(chosen)} rejected"
    says += f" ({len(every)} exist)" if len(every) > len(chosen) else ""
    says += f"; right, and accepted: {'; '.join(proved)}" if proved else ""
    says += f"; undecided, so that a person looks: {'; '.join(undecided)}" if undecided else ""
    yield Row(check="mutants", part=question.id, mark=Mark.OK if not holes else Mark.NOTE, says=says)


def _mutants(question: Question) -> Iterator[Mutant]:
    answer: Any = question.answer
    seen: set[str] = set()
    for mutant in _all(question, answer):
        if mutant.shown not in seen:
            seen.add(mutant.shown)
            yield mutant


def _all(question: Question, answer: Any) -> Iterator[Mutant]:
    if isinstance(answer, Choice):
        yield from _letters(answer)
    elif isinstance(answer, Several):
        texts = list(key_content(question) or ())
        for place, tree in enumerate(key_trees(question)):
            for changed in mutants(tree):
                shown = to_unicode(changed)
                edited = tuple(map(str, (*texts[:place], shown, *texts[place + 1 :])))
                one = replace(answer.answers[place], key=changed)
                whole = replace(answer, answers=(*answer.answers[:place], one, *answer.answers[place + 1 :]))
                yield Mutant(typed=edited, shown=f"{answer.names[place]}: {shown}", trees=(tree, changed), answer=whole)
    elif isinstance(answer, Reduces):
        yield from _of_property(question, answer)
    else:
        for tree in key_trees(question):
            own = to_unicode(tree)
            for changed in mutants(tree):
                shown = to_unicode(changed)
                if shown != own:
                    yield Mutant(typed=shown, shown=shown, trees=(tree, changed), answer=replace(answer, key=changed))


def _letters(answer: Choice) -> Iterator[Mutant]:
    """The key with one other letter."""
    key = answer.key_letters
    for place, own in enumerate(key):
        for option in answer.options:
            edited = (*key[:place], option.letter, *key[place + 1 :])
            same_set = answer.several and set(edited) == set(key)
            if option.letter != own and not same_set:
                yield Mutant(typed=edited if len(key) > 1 else option.letter, shown=", ".join(edited))


def _of_property(question: Question, answer: Reduces) -> Iterator[Mutant]:
    """One of the parts edited, the others as in the author's example."""
    for place, (symbol, text) in enumerate(zip(answer.parts.symbols, answer.key, strict=True)):
        if answer.judged not in ("all", symbol.name):
            continue
        for changed in mutants(read(text, question.symbols).tree):
            edited = to_unicode(changed)
            whole = (*answer.key[:place], edited, *answer.key[place + 1 :])
            content = whole if answer.judged == "all" else edited
            yield Mutant(typed=content, shown=f"{symbol.name} = {edited}", answer=replace(answer, key=whole))


def _proved(prover: Worker, at: int) -> str:
    """Why an accepted mutant is right, "" when nothing shows it."""
    try:
        return str(prover.ask({"at": at}, 20.0)["reason"])
    except (OutOfTime, Crashed):
        return ""


def _proof(question: Question, mutant: Mutant) -> Mapping[str, str]:
    if mutant.trees is not None and is_proved_equal(*mutant.trees, question.symbols):
        return {"reason": "equal by SymPy"}
    if mutant.answer is None or question.practice is None:
        return {"reason": ""}
    mistaken = replace(question, answer=mutant.answer, wrong=())
    try:
        objections = [question.practice.agrees(mistaken, seed=seed) for seed in range(3)]
    except (AutograderError, ArithmeticError, ValueError, TypeError):
        return {"reason": ""}
    return {"reason": "" if any(objections) else "the oracle agrees"}
