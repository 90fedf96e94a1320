"""What goes to the leaderboard is measured beside the verdicts: it joins its part, and costs nobody anything."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

import pytest

from autograder.answers.sandboxed import NotReached
from autograder.checks import Entry
from autograder.engine.grade import grade
from autograder.question import Assignment
from autograder.verdict import Word
from tests.code.test_laboratory import RIGHT, Scripted, scripted, submission, words
from tests.code.test_two_laboratories import Notes

ENTRY = Entry(name="Test error", value=0.25, order="asc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Scripted):
    """One of which something is measured."""

    measures: object
    long: bool = True

    def measured_in(self, question, bench, *, seed):
        return self.measures(bench)


@pytest.fixture
def notes(tmp_path):
    return Notes(tmp_path)


def lab(*acts, measures) -> Assignment:
    """Parts of which the last one is measured."""
    *others, last = scripted(*acts).questions
    last = replace(last, answer=Measured(act=last.answer.act, measures=measures))
    return Assignment(name="lab", title="Lab", points=len(acts), questions=(*others, last))


def right(bench):
    return RIGHT


@pytest.mark.parametrize("first", ["verdict", "measurement"])
def test_it_joins_its_part_whichever_comes_first(notes, first):
    """Both are under way at once; the result has the verdict with what was measured."""

    def judge(bench):
        if first == "measurement":
            notes.hear("measured")
        notes.say("judged")
        return RIGHT

    def measure(bench):
        if first == "verdict":
            notes.hear("judged")
        notes.say("measured")
        return (ENTRY,)

    told = []
    result = grade(lab(judge, measures=measure), submission("x = 1"), seed=1, jobs=2, on_part=told.append)
    (part,) = result.parts
    assert (part.verdict.word, part.verdict.leaderboard, result.complete) == (Word.OK, (ENTRY,), True)
    assert [(so_far.parts[0].verdict.word, so_far.complete) for so_far in told] == [
        ("ok" if first == "verdict" else "waiting", first == "verdict"),
        ("ok", True),
    ]


@pytest.mark.parametrize("fails", ["raises", "dies", "no time"])
def test_a_failure_costs_no_verdict(fails):
    """Nothing is entered; of a fault instructors read."""

    def measure(bench):
        if fails == "dies":
            os._exit(3)
        raise {"raises": KeyError("broken"), "no time": NotReached()}[fails]

    result = grade(lab(right, right, measures=measure), submission("x = 1"), seed=1)
    assert words(result) == [Word.OK, Word.OK]
    assert result.complete
    assert [part.verdict.leaderboard for part in result.parts] == [(), ()]
    staff = " ".join(result.parts[1].verdict.staff)
    assert {"raises": "KeyError: 'broken'", "dies": "Crashed", "no time": ""}[fails] in staff


@pytest.mark.parametrize(("jobs", "last"), [(1, True), (2, False)])
def test_it_comes_last_unless_somebody_would_wait_for_it(notes, jobs, last):
    """With one processor every verdict comes first; with two a long measurement is begun beside its part."""

    def judge(name):
        def judged(bench):
            notes.say(name, "measured" if (notes.folder / "measured").exists() else "")
            return RIGHT

        return judged

    def measure(bench):
        notes.say("measured")
        return (ENTRY,)

    def patient(bench):
        if not last:
            notes.hear("measured")
        return judge("patient")(bench)

    grade(lab(judge("a"), judge("b"), patient, measures=measure), submission("x = 1"), seed=1, jobs=jobs)
    assert (notes.hear("patient") == "measured") is not last
    assert notes.hear("a") == ("" if last else "measured")
