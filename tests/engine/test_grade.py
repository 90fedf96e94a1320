"""The loop over the parts: every part gets a verdict, whatever judging it does."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from fractions import Fraction

import pytest

from autograder import Expression, declare
from autograder.checks import Check, Standing
from autograder.engine.grade import grade, seed_of
from autograder.engine.judging import answered, judged, unreadable, within_level
from autograder.engine.presence import shown
from autograder.errors import AuthorError, Unreadable
from autograder.formula.tree import Node
from autograder.plots import Plot
from autograder.question import Level, Question, Source
from autograder.submission.collect import Submission
from autograder.submission.reading import Problem
from autograder.submission.written import Written
from autograder.verdict import Result, Verdict, Word
from tests.tiny import assignment, question, submission


def verdict_on(text: str, **more: object) -> Verdict:
    """The verdict on one answer."""
    return grade(assignment(question(**more)), submission(q1a=text), seed=1).parts[0].verdict


def test_every_part_gets_its_verdict():
    """Right, wrong and partly right answers side by side, with exact points."""
    result = grade(assignment(), submission(q1a="right", q1a_path="third", q2="wrong"), seed=5)
    assert [part.part for part in result.parts] == ["tiny/1a", "tiny/1a.path", "tiny/2"]
    assert [part.verdict.word for part in result.parts] == [Word.OK, Word.NOT_YET, Word.NOT_YET]
    assert (result.score, result.points, result.pending) == (Fraction(3), Fraction(11, 2), Fraction(0))
    assert (result.complete, result.seed) == (True, 5)


def test_a_part_that_hangs_is_undecided_and_the_rest_is_graded():
    """Time that is used up never reads as wrong."""
    three = assignment(question("1a"), question("1b", seconds=0.2), question("1c"))
    result = grade(three, submission(q1a="right", q1b="hang", q1c="right"), seed=1)
    assert [part.verdict.word for part in result.parts] == [Word.OK, Word.UNDECIDED, Word.OK]
    stopped = result.parts[1].verdict
    assert stopped.feedback == (
        "Your answer could not be checked within 0.2 seconds. This does not mean that it is wrong.",
        "A simpler form of the same answer may be checked at once.",
    )
    assert stopped.staff == ("stopped after 0.2 s",)
    assert stopped.wrote == "hang"


@pytest.mark.parametrize(
    ("text", "cause"), [("raise", "KeyError: 'secret of the grader'"), ("die", "the judging process died")]
)
def test_our_own_fault_is_an_apology_never_a_zero(text, cause):
    """A bug or a crash leaves the points open; the student reads a code, the instructor the reason."""
    result = grade(assignment(question("1a"), question("1b")), submission(q1a=text, q1b="right"), seed=1)
    broken, fine = (part.verdict for part in result.parts)
    assert (broken.word, fine.word) == (Word.UNDECIDED, Word.OK)
    assert result.pending == 2
    assert broken.feedback[0].startswith("The grader itself failed on this part (code G-")
    assert broken.feedback[1].startswith("This is our fault, not yours, and costs you nothing")
    code = broken.feedback[0].split("code ")[1].split(")")[0]
    assert broken.staff[0].startswith(code)
    assert cause in broken.staff[0]
    assert "secret" not in "".join(broken.feedback)


def test_errors_that_answers_may_raise_become_verdicts():
    """Unreadable shows the place in the student's text; undecided is no judgement."""
    unreadable = verdict_on("unreadable")
    assert (unreadable.word, unreadable.feedback) == (
        Word.UNREADABLE,
        ("the bracket is never closed. Close it.", "(1 + 2\n^"),
    )
    assert verdict_on("undecided").word is Word.UNDECIDED
    assert verdict_on("flood").feedback == ("Checking your answer needs more memory than there is.",)


@pytest.mark.parametrize(
    ("reply", "word"),
    [(None, "fields"), ({}, "fields"), ({"verdict": {"word": "ok"}}, "fields"), ("ok", "fields"), ({"bug": "E"}, "E")],
)
def test_a_reply_that_is_no_verdict_is_our_fault(reply, word):
    """Whatever comes back from the judging process, a verdict comes out."""
    verdict = answered(question(), "tiny/1a", 1, reply)
    assert verdict.word is Word.UNDECIDED
    assert word in verdict.staff[0]


def test_the_job_names_a_part_by_its_place():
    """Only numbers go into the judging process, only JSON comes out."""
    answers = submission(q1a="right", q2="x").answers
    for part, word in ((0, "ok"), (2, "not yet")):
        (reply,) = judged(assignment(), answers, 1, {"part": part})
        assert reply["verdict"]["word"] == word


class _Breaks:
    """A drawing that fails in one way or hangs."""

    def __init__(self, how: str) -> None:
        self.how = how

    def draw(self, reading: Node) -> tuple[Plot, ...]:
        if self.how == "hangs":
            time.sleep(1_000)
        raise {"breaks": ZeroDivisionError, "floods": MemoryError}[self.how]


@pytest.mark.parametrize("how", ["breaks", "floods", "hangs"])
def test_a_picture_that_fails_costs_nothing_but_the_picture(how):
    """The verdict was there before it, and stands."""
    drawn = Question(
        id="1a",
        title="T",
        points=1,
        prompt="",
        source=Source("Homework", "1"),
        answer=Expression("x + 1"),
        symbols=declare("x"),
        draws=_Breaks(how),
    )
    verdict = grade(assignment(drawn), submission(q1a="1 + x"), seed=1).parts[0].verdict
    assert (verdict.word, verdict.plots) == (Word.OK, ())


def written(**more: object) -> Submission:
    fields = {"name": "q1a", "content": "", "where": "a.py, line 3", **more}
    return Submission(answers={str(fields["name"]): Written(**fields)}, files={})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("handed_in", "word", "feedback"),
    [
        (
            Submission(answers={}, files={}),
            Word.NOT_YET,
            'There is no q1a in your files. Write it as a line of its own: q1a = r"..."',
        ),
        (written(), Word.NOT_YET, "q1a (a.py, line 3) is blank. Type your answer between the quotes."),
        (written(content="..."), Word.NOT_YET, "q1a (a.py, line 3) is blank. Type your answer between the quotes."),
        (written(content=("", " ")), Word.NOT_YET, "q1a (a.py, line 3) is blank. Type your answer between the quotes."),
        (
            written(trouble="calls input(); write the formula itself"),
            Word.UNREADABLE,
            "q1a (a.py, line 3) calls input(); write the formula itself.",
        ),
        (
            written(name="q1_a", content="x"),
            Word.NOT_YET,
            "There is no q1a, but there is q1_a (a.py, line 3); did you mean q1a?",
        ),
    ],
)
def test_what_is_not_there_is_said_before_anything_is_judged(handed_in, word, feedback):
    """Missing, misnamed, blank and no constant: each has its own message and no credit."""
    verdict = grade(assignment(question()), handed_in, seed=1).parts[0].verdict
    assert (verdict.word, verdict.credit, verdict.feedback) == (word, 0, (feedback,))


def test_the_names_of_other_parts_are_no_suggestions():
    """q1b is an answer of its own, not a misspelt q1a."""
    two = assignment(question("1a"), question("1b"))
    verdict = grade(two, submission(q1b="right"), seed=1).parts[0].verdict
    assert verdict.feedback[0].startswith("There is no q1a in your files.")


def test_capitals_in_a_name_cost_nothing():
    """Q1a is taken as q1a, with a notice."""
    verdict = grade(assignment(question()), submission(Q1a="right"), seed=1).parts[0].verdict
    assert (verdict.word, verdict.notices) == (Word.OK, ("Q1a was read as q1a; use exactly that name.",))


def test_kinds_that_look_elsewhere_see_missing_answers():
    """A function or a notebook need not stand under the answer's name."""
    result = grade(assignment(question(judges_missing=True)), submission(), seed=1)
    assert result.parts[0].verdict.misconception is None
    assert result.parts[0].verdict.witness


def test_only_one_part_is_judged_when_asked():
    """`only` takes the id with or without the assignment; a wrong one lists the parts."""
    for name in ("1a.path", "tiny/1a.path"):
        result = grade(assignment(), submission(), seed=1, only=name)
        assert [part.part for part in result.parts] == ["tiny/1a.path"]
    with pytest.raises(AuthorError, match=r"tiny has no part '9z'. Parts: 1a, 1a.path, 2."):
        grade(assignment(), submission(), seed=1, only="9z")


def test_parts_behind_the_deadline_wait():
    """What was not reached is open, and the run says that it is not complete."""
    result = grade(assignment(), submission(q1a="right"), seed=1, deadline=time.monotonic() - 1)
    assert {part.verdict.word for part in result.parts} == {Word.WAITING}
    assert result.pending == result.points
    assert not result.complete


def test_a_part_cut_short_by_the_deadline_waits():
    """A part that did not get its own time was not reached, rather than undecided."""
    result = grade(assignment(question(seconds=60)), submission(q1a="hang"), seed=1, deadline=time.monotonic() + 0.3)
    assert result.parts[0].verdict.word is Word.WAITING
    assert result.parts[0].verdict.feedback == (
        "This part was not reached: the time for grading was used up before it. It will be looked at.",
    )


def test_results_are_reported_after_every_part():
    """Each report lists all parts; those to come are waiting, and only the last is complete."""
    reports: list[Result] = []
    grade(assignment(), submission(q1a="right", q1a_path="x", q2="x"), seed=1, on_part=reports.append)
    assert [[part.verdict.word is Word.WAITING for part in report.parts] for report in reports] == [
        [False, True, True],
        [False, False, True],
        [False, False, False],
    ]
    assert [report.complete for report in reports] == [False, False, True]


def test_what_collecting_found_reaches_the_result():
    """Problems, notices and a header of another assignment are told once, for the whole."""
    handed_in = Submission(
        answers={}, files={}, header="hw9", notices=("n",), problems=(Problem(where="a.py, line 1", message="m"),)
    )
    assert grade(assignment(), handed_in, seed=1).notices == (
        "Your file says that it answers 'hw9', but it was graded as 'tiny'.",
        "a.py, line 1: m",
        "n",
    )


def test_the_seed_depends_on_the_answers_alone():
    """The same answers are judged alike wherever they stand; other answers get another seed."""
    assert seed_of(submission(q1a="x", q2="y")) == seed_of(submission(q2="y", q1a="x"))
    assert seed_of(submission(q1a="x")) != seed_of(submission(q1a="y"))
    assert 0 <= seed_of(submission()) < 2**31


def test_an_assignment_without_parts_is_complete():
    """Nothing to judge is no reason to wait."""
    from autograder.question import Assignment

    empty = Assignment(name="empty", title="Empty", points=0, questions=())
    assert grade(empty, submission(), seed=1).complete


@pytest.mark.parametrize(
    ("text", "word"),
    [("right", Word.OK), ("unreadable", Word.UNREADABLE), ("undecided", Word.UNDECIDED), ("flood", Word.UNDECIDED)],
)
def test_judging_always_comes_back_as_json(text, word):
    """Whatever judging raises on purpose is a verdict before it leaves the process."""
    (reply,) = judged(assignment(), submission(q1a=text).answers, 1, {"part": 0})
    assert answered(question(), "tiny/1a", 1, json.loads(json.dumps(reply))).word is word


def test_a_bug_comes_back_as_its_traceback():
    """The one broad except of judging keeps the reason for the instructor."""
    (reply,) = judged(assignment(), submission(q1a="raise").answers, 1, {"part": 0})
    assert list(reply) == ["bug"]
    assert "KeyError: 'secret of the grader'" in reply["bug"]


@pytest.mark.parametrize("content", [("a", ("b", "")), {"W1": "a", "c": ("0",)}])
def test_lists_and_dicts_are_shown_on_one_line(content):
    """What was typed can be shown whatever its kind."""
    assert shown(content) in ("[a, [b, ]]", "{W1: a, c: [0]}")


def test_a_long_or_broken_text_gets_no_caret():
    """A pointer that would wrap points nowhere."""
    assert len(unreadable(Unreadable("is too long", text="x" * 5_000)).feedback) == 1
    assert len(unreadable(Unreadable("is odd", text="a\nb", start=2)).feedback) == 1


@pytest.mark.parametrize(
    ("level", "told", "witness"),
    [
        (Level.VERDICT, False, False),
        (Level.CATEGORY, True, False),
        (Level.HINT, True, False),
        (Level.COUNTEREXAMPLE, True, True),
    ],
)
def test_no_kind_of_answer_tells_more_than_the_authors_level(level, told, witness):
    """Sentences and witnesses are cut where the result is made, whatever the kind of answer said."""
    part = replace(question("1a"), level=level)
    (found,) = grade(assignment(part), submission(q1a="third"), seed=1).parts
    assert found.verdict.word is Word.NOT_YET
    assert found.score == Fraction(2, 3)
    assert (bool(found.verdict.feedback), bool(found.verdict.witness)) == (told, witness)


def test_a_verdict_alone_has_no_words_at_its_checks_either():
    """What a check says is a sentence like any other."""
    check = Check(name="the values", standing=Standing.FAILED, worth=Fraction(1), output="They are too small.")
    verdict = Verdict(word=Word.NOT_YET, checks=(check,), feedback=("They are too small.",))
    for level in Level:
        (told,) = within_level(replace(question("1a"), level=level), verdict).checks
        assert (told.output == "") is (level is Level.VERDICT)
        assert (told.name, told.standing) == ("the values", Standing.FAILED)


def test_a_part_without_a_witness_shows_what_the_answer_gives_at_one_of_its_points():
    """The points are drawn from the part's id alone: the same whatever is handed in, and without the right value."""
    table = declare("eta > 0, sigma > 0")
    part = Question(
        id="1a", title="A rate", points=1, prompt="Give it.", source=Source("Homework 0", "1"),
        answer=Expression("1/(2*sigma^2*eta)"), symbols=table,
    )  # fmt: skip
    shown_at = set()
    for text in ("1/(sigma^2*eta)", "3*sigma*eta", "sigma + eta"):
        (found,) = grade(assignment(part), submission(q1a=text), seed=len(text)).parts
        place, _, rest = found.verdict.witness.partition(" yours gives ")
        shown_at.add(place)
        assert rest.endswith(". Follow the statement with these numbers.")
    assert len(shown_at) == 1
