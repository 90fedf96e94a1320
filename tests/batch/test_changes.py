"""What a regrade changes: found exactly, with the reason, before anything is published."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from autograder import Wrong
from autograder.batch.changes import changes_csv, changes_of, changes_text
from autograder.batch.definitions import definitions, described
from autograder.batch.earlier import Before, Earlier, Was, read_earlier, was_of
from autograder.batch.rulings import Ruling, with_ruling
from autograder.cli import main
from autograder.engine.grade import grade
from autograder.errors import AuthorError
from autograder.question import Assignment
from autograder.report.marked import Marked, Person
from autograder.submission.collect import Submission
from autograder.submission.written import Written
from tests import tiny
from tests.batch.classes import METADATA, RIGHT, WRONG, folder, zipped
from tests.batch.test_statistics import HOMEWORK


def marked(assignment: Assignment, name: str, **texts: str) -> Marked:
    answers = {key: Written(name=key, content=text, where="a.py") for key, text in texts.items()}
    result = grade(assignment, Submission(answers=answers, files={}), seed=1)
    return Marked(id=name, result=result, content=str(sorted(texts.items())))


def class_of(assignment: Assignment) -> list[Marked]:
    return [
        marked(assignment, "ada", q1a="2*(theta - ybar)", q1b="0 < eta < 1"),
        marked(assignment, "bob", q1a="theta - ybar", q1b="0 < eta < 1"),
        marked(assignment, "cyd", q1a="-2*(theta - ybar)", q1b="eta < 2"),
    ]


def earlier(assignment: Assignment, class_: list[Marked] | None = None, **more) -> Earlier:
    befores = {
        one.id: Before(
            id=one.id,
            score=one.result.score,
            content=one.content,
            parts={part.id: was_of(part) for part in one.result.parts},
        )
        for one in class_ or class_of(assignment)
    }
    found = {"definitions": definitions(assignment), "grader": "g1", "name": "old", **more}
    return Earlier(by_id=befores, by_person={}, unmatched=set(befores), **found)


def changed(assignment: Assignment, at: int, **more) -> Assignment:
    questions = list(assignment.questions)
    questions[at] = replace(questions[at], **more)
    return replace(assignment, questions=tuple(questions), points=sum(q.points for q in questions))


GRADIENT, RATES = HOMEWORK.questions
HALF = Wrong("lost-factor", "theta - mean(y)", "Where did the 2 go?", credit=Fraction(1, 2))
NEW = {
    "rule added": (changed(HOMEWORK, 0, wrong=(*GRADIENT.wrong, HALF)), [("bob", "1a", 1, "rule lost-factor added")]),
    "rule taken out": (changed(HOMEWORK, 0, wrong=()), [("cyd", "1a", 0, "rule sign taken out")]),
    "rule changed": (
        changed(HOMEWORK, 0, wrong=(replace(GRADIENT.wrong[0], credit=Fraction(1, 2)),)),
        [("cyd", "1a", 1, "rule sign changed")],
    ),
    "key changed": (
        changed(HOMEWORK, 0, answer=replace(GRADIENT.answer, key="theta - mean(y)"), wrong=()),
        [
            ("ada", "1a", -2, "the key changed"),
            ("bob", "1a", 2, "the key changed"),
            ("cyd", "1a", 0, "rule sign taken out; the key changed"),
        ],
    ),
    "points changed": (
        changed(HOMEWORK, 1, points=3),
        [("ada", "1b", 2, "1 points became 3"), ("bob", "1b", 2, "1 points became 3")],
    ),
    "wording changed": (changed(HOMEWORK, 0, prompt="Other words.", title="T"), []),
    "part taken out": (
        Assignment(name="hw", title="H", points=2, questions=(GRADIENT,)),
        [(name, "1b", gain, "the part was taken out") for name, gain in (("ada", -1), ("bob", -1), ("cyd", 0))],
    ),
}


@pytest.mark.parametrize("name", NEW)
def test_every_change_has_its_reason(name):
    """Rules, keys and points that changed are told by name; words alone change nothing."""
    assignment, wanted = NEW[name]
    found = changes_of(class_of(assignment), earlier(HOMEWORK), definitions(assignment), "g1")
    assert [(one.submission, one.part, one.gain, one.why) for one in found.changes] == wanted


def test_nothing_changes_against_itself():
    """The same questions, files and grader give the same results."""
    found = changes_of(class_of(HOMEWORK), earlier(HOMEWORK), definitions(HOMEWORK), "g1")
    assert changes_text(found) == "Against old: 3 submissions compared.\nNo part of any of them changes."


def one_change(before: Earlier, now: list[Marked], grader: str = "g1", assignment: Assignment = HOMEWORK):
    return {one.why for one in changes_of(now, before, definitions(assignment), grader).changes}


def test_other_reasons():
    """New files, a ruling, another grader, and what nothing explains are told apart."""
    then = [marked(HOMEWORK, "ada", q1a="theta", q1b="0 < eta < 1")]
    now = [replace(marked(HOMEWORK, "ada", q1a="2*(theta - ybar)", q1b="0 < eta < 1"), content=then[0].content)]
    before = earlier(HOMEWORK, then)
    assert one_change(before, [replace(now[0], content="new")]) == {"the files changed"}
    assert one_change(before, now, "g2") == {"the grader changed"}
    assert one_change(before, now) == {"not explained by files, questions or grader: please report it"}
    ruling = Ruling(part="1a", answer="theta", credit=Fraction(1), by="Ada")
    first, second = then[0].result.parts
    ruled = replace(then[0].result, parts=(replace(first, verdict=with_ruling(first.verdict, ruling)), second))
    assert one_change(before, [replace(then[0], result=ruled)]) == {"ruled by Ada"}
    assert one_change(earlier(HOMEWORK, [replace(then[0], result=ruled)]), then) == {"a ruling is not there any more"}


def test_a_part_that_builds_on_another():
    """A change that comes from an earlier part is told as such."""
    built = changed(HOMEWORK, 1, after=("1a",))
    then = [marked(built, "ada", q1a="theta", q1b="eta < 2")]
    now = [replace(marked(built, "ada", q1a="2*(theta - ybar)", q1b="0 < eta < 1"), content=then[0].content)]
    assert one_change(earlier(built, then), now, "g1", built) == {
        "not explained by files, questions or grader: please report it",
        "1a, on which it builds, changed",
    }


def test_who_is_new_and_who_is_gone():
    """Submissions are found again by their id, else by the student."""
    now = class_of(HOMEWORK)
    moved = replace(now[2], id="cyd-again", people=(Person(name="Cyd", sid="7"),))
    before = earlier(HOMEWORK)
    before = replace(before, by_person={"7": before.by_id["cyd"]})
    found = changes_of([now[0], moved, replace(now[1], id="zoe")], before, definitions(HOMEWORK), "g1")
    assert (found.compared, found.changes, found.new, found.gone) == (2, (), ("zoe",), ("bob",))


def test_who_has_no_result_now_is_told():
    """A submission whose grading failed is compared with nothing, and is not passed over in silence."""
    now = [Marked(id="ada", failure="lost"), class_of(HOMEWORK)[1], Marked(id="zoe", failure="lost")]
    found = changes_of(now, earlier(HOMEWORK), definitions(HOMEWORK), "g1")
    assert (found.compared, found.changes, found.failed, found.gone) == (1, (), ("ada", "zoe"), ("cyd",))
    assert changes_text(found).splitlines() == [
        "Against old: 1 submission compared.",
        "No part of any of them changes.",
        "2 without a result now, so not compared: ada, zoe",
        "1 not there any more: cyd",
    ]


def test_a_total_without_parts_is_compared_as_a_total():
    """A platform that recorded the score alone does not make every part a new one."""
    before = Earlier(by_id={"ada": Before(id="ada", score=Fraction(2), parts={})}, by_person={}, name="p")
    (change,) = changes_of(class_of(HOMEWORK)[:1], before, {}, "g").changes
    assert (change.part, change.gain, change.why) == ("total", 1, "not known: only the total is recorded")
    before = replace(before, by_id={"ada": Before(id="ada", score=Fraction(3), parts={})})
    assert changes_of(class_of(HOMEWORK)[:1], before, {}, "g").changes == ()


def test_the_text_and_the_table(golden):
    """By part and reason, the most submissions first, and a row for every change."""
    assignment = changed(changed(HOMEWORK, 1, points=3), 0, wrong=(*GRADIENT.wrong, HALF))
    found = changes_of(class_of(assignment), earlier(HOMEWORK), definitions(assignment), "g1")
    golden("changes.txt", changes_text(found) + "\n")
    golden("changes.csv", changes_csv(found).replace("\r\n", "\n"))


def test_scores_that_the_platform_rounded_are_no_change():
    """Against recorded results a difference below a hundredth says nothing, nor does a word that is not recorded."""
    now = [marked(HOMEWORK, "ada", q1a="2*(theta - ybar)", q1b="")]
    parts = {"1a": Was(score=Fraction("2.004")), "1b": Was(score=Fraction(0))}
    before = Earlier(by_id={"ada": Before(id="ada", score=Fraction(2), parts=parts)}, by_person={}, name="p")
    assert changes_of(now, before, {}, "g").changes == ()


def test_against_an_earlier_batch_and_the_platform(tmp_path, capsys):
    """From the command line: a folder of an earlier batch, its database, or an export with results."""
    library = tiny.library(tmp_path / "lib")
    folder(tmp_path / "class", {"submission_11": RIGHT, "submission_12": WRONG})

    def batch(out, *more):
        arguments = ["--assignment", "tiny", "--out", str(tmp_path / out), "--library", str(library), *more]
        assert main(["batch", str(tmp_path / "class"), *arguments]) == 0
        return capsys.readouterr().out

    batch("one")
    assert "No part of any of them changes." in batch("two", "--against", str(tmp_path / "one"))
    assert "No part of any of them changes." in batch("three", "--against", str(tmp_path / "one" / "batch.sqlite"))
    (tmp_path / "export.zip").write_bytes(
        zipped({"submission_metadata.yml": METADATA, "submission_11/answers.py": RIGHT})
    )
    told = batch("four", "--against", str(tmp_path / "export.zip"))
    assert "1 submission compared." in told
    assert "1 change: 1 with more points." in told
    assert "not known: the platform does not record the questions" in told
    assert "1 without a result then: submission_12" in told
    assert (tmp_path / "four" / "changes.csv").read_text().count("submission_11") == 2


@pytest.mark.parametrize("what", ["nothing", "class"])
def test_nothing_to_compare_with(tmp_path, what):
    """A path without any results is told before anything is graded."""
    folder(tmp_path / "class", {"ada": RIGHT})
    with pytest.raises(AuthorError, match="--against"):
        read_earlier(tmp_path / what, tiny.assignment())


def test_a_definition_reads_the_same_in_every_process():
    """No address, no order of a set and no dummy's number is part of it; code and its constants are."""
    import functools

    import sympy

    def made(n):
        return lambda x: x + n

    assert described(made(1)) == described(made(1))
    assert described(made(1)) != described(made(2))
    assert described({"b", "a"}) == described({"a", "b"})
    assert described(sympy.Dummy("x") + 1) == described(sympy.Dummy("x") + 1)
    assert described(functools.partial(made, 1)) != described(functools.partial(made, 2))
    assert described(sympy.Interval.open(0, 1)) != described(sympy.Interval(0, 1))
    assert " at 0x" not in described([object(), made, made(1), {"k": object()}])


def test_every_part_knows_the_code_that_it_is_made_of():
    """A change in a function that a key calls is seen, whichever file of the assignment it stands in."""
    from autograder.assignments import load

    for name in ("hw1", "dis1"):
        found = definitions(load(name))
        assert all(definition["file"] for definition in found.values())
    assert len({definition["file"] for definition in found.values()}) > 3
