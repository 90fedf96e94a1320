"""What is said before anything is judged: nothing there, blank, or no constant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace

from autograder.question import Assignment, Question
from autograder.submission.written import Answers, Content, Written
from autograder.verdict import Cause, Verdict, Word


def aligned(assignment: Assignment, answers: Answers) -> Answers:
    """The answers, with names that differ from a part's name in capitals only taken as that part's, with a notice."""
    wanted = {question.answer_name for question in assignment}
    found = dict(answers)
    for name in sorted(wanted - set(found)):
        matches = [other for other in found if other not in wanted and other.lower() == name.lower()]
        if len(matches) == 1:
            written = found.pop(matches[0])
            notice = f"{written.name} was read as {name}; use exactly that name."
            found[name] = replace(written, name=name, notices=(*written.notices, notice))
    return found


def verdict_before_judging(question: Question, assignment: Assignment, answers: Answers) -> Verdict | None:
    """The verdict on an answer that needs no judging: missing, blank or not a constant; else None.

    Kinds whose answer may stand elsewhere (a function, a notebook) declare `judges_missing = True` and see everything.
    """
    if getattr(question.answer, "judges_missing", False):
        return None
    written = answers.get(question.answer_name)
    if written is None:
        similar = _similar(question, assignment, answers)
        said = f"There is no {question.answer_name} in your files. Write it as a line of its own: {_example(question)}"
        if similar is None:
            return Verdict(word=Word.NOT_YET, cause=Cause.ABSENT, feedback=(said,))
        return Verdict(word=Word.NOT_YET, feedback=(_mistyped(question.answer_name, similar),))
    if written.trouble:
        return Verdict(
            word=Word.UNREADABLE,
            wrote=written.source,
            feedback=(f"{written.name} ({written.where}) {written.trouble}.",),
        )
    if written.blank:
        return Verdict(
            word=Word.NOT_YET,
            cause=Cause.ABSENT,
            feedback=(f"{written.name} ({written.where}) is blank. Type your answer between the quotes.",),
        )
    return None


def _similar(question: Question, assignment: Assignment, answers: Answers) -> Written | None:
    """An answer that no part asks for, with almost the name of this one."""
    asked = {other.answer_name for other in assignment}
    strangers = [other for other in answers if other not in asked]
    close = difflib.get_close_matches(question.answer_name, strangers, n=1, cutoff=0.75)
    return answers[close[0]] if close else None


def _mistyped(name: str, similar: Written) -> str:
    return f"There is no {name}, but there is {similar.name} ({similar.where}); did you mean {name}?"


def _example(question: Question) -> str:
    """How the answer's line would look, with dots in place of the answer."""
    return f'{question.answer_name} = r"..."'


def with_facts(verdict: Verdict, written: Written | None) -> Verdict:
    """The verdict with what collecting knows: the text as typed, and its notices before the verdict's own."""
    if written is None:
        return verdict
    notices = tuple(dict.fromkeys((*written.notices, *verdict.notices)))
    wrote = verdict.wrote or ("" if written.blank else shown(written.content))
    return replace(verdict, wrote=wrote, notices=notices)


def shown(content: Content) -> str:
    """A content on one line, as a student may have typed it: lists in brackets, dicts by name."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return "{" + ", ".join(f"{name}: {shown(part)}" for name, part in content.items()) + "}"
    return "[" + ", ".join(shown(part) for part in content) + "]"
