"""Orders that are judged against the student's own numbers: ways of reporting them, and what is said when they are missing."""

from __future__ import annotations

import pytest

from autograder import Question, Ranking, Source, Wrong
from autograder.errors import AuthorError
from autograder.submission.written import Answers, Content, Written
from autograder.verdict import Verdict, Word

COMPARED = (("fast", "fast|f", "quick"), ("slow", "slow|s"))


def question(*, wrong: tuple[Wrong, ...] = (), **more: object) -> Question:
    facts = {
        "compared": COMPARED,
        "numbers": "q1_own",
        "unit": "error",
        "plausible": (0.01, 10.0),
        "setting": "10",
        **more,
    }
    return Question(
        id="1",
        title="T",
        points=1,
        prompt="P",
        source=Source("D", "1"),
        answer=Ranking(**facts),
        wrong=wrong,  # type: ignore[arg-type]
    )


def judge(asked: Question, order: Content, own: Content | None = None, *, trouble: str = "") -> Verdict:
    answers: dict[str, Written] = {"q1": Written(name="q1", content=order, where="")}
    if own is not None or trouble:
        answers["q1_own"] = Written(name="q1_own", content=own or "", where="", trouble=trouble)
    given: Answers = answers
    return asked.answer.judge(asked, given, seed=0)


@pytest.mark.parametrize(
    "own",
    [
        {"10": {"fast": "1", "slow": "2"}},
        {"width 10": {"fast": "1", "slow": "2"}, "20": {"fast": "3", "slow": "2"}},
        {"fast": {"10": "1", "20": "3"}, "slow": {"10": "2", "20": "2"}},
        {"fast": "1", "slow": "2"},
        {"10": {"Quick!": "1.0e0", "SLOW": "+2."}},
    ],
)
def test_numbers_may_be_given_either_way_round(own):
    """By setting first or by method first, flat, and under any spelling of the methods."""
    assert judge(question(), "fast < slow", own).word is Word.OK
    assert judge(question(), "slow < fast", own).misconception == "reversed"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"20": {"fast": "1", "slow": "2"}}, "q1_own has no entry for 10."),
        ({"10": {"fast": "1"}}, "q1_own has no number for slow."),
        ({"10": {"fast": "1", "slow": ""}}, "q1_own has no number for slow yet."),
        (
            {"10": {"fast": "1", "slow": "2 min"}},
            "q1_own: '2 min' for slow is no number. Write it alone, such as 0.05.",
        ),
        ({"10": {"fast": "1", "middle": "2"}}, "q1_own: 'middle' is none of fast, slow."),
        ({"10": {"fast": "1", "f": "2", "slow": "3"}}, "q1_own gives fast twice."),
        (
            {"10": {"fast": "1", "slow": "11"}},
            "11 for slow cannot be the error of such a run, which lies between 0.01 and 10.",
        ),
        (
            {"10": {"fast": "1e999", "slow": "1"}},
            "q1_own: '1e999' for fast is no number. Write it alone, such as 0.05.",
        ),
        (
            {"10": {"fast": "2", "slow": "2"}},
            "All methods have the very same number. Was one output printed again and again?",
        ),
        ("1, 2", 'q1_own is no dict. Write numbers by name, such as {"fast": ..., "slow": ...}.'),
        (None, "There are no numbers in q1_own."),
    ],
)
def test_what_is_said_of_numbers_that_do_not_serve(own, said):
    """Each way in which numbers are missing or cannot be has its own sentence, followed by how to report them."""
    verdict = judge(question(), "fast < slow", own)
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, "numbers-missing", 0)
    assert verdict.feedback == (f'{said} Write your own numbers as q1_own = {{10: {{"fast": ..., "slow": ...}}}}.',)


def test_numbers_that_would_have_to_be_run():
    """A computed dict is asked for as typed numbers."""
    verdict = judge(question(), "fast < slow", trouble="is a comprehension")
    assert verdict.feedback[0].startswith("q1_own would have to be run to be known. Type the numbers that it printed.")


def test_an_impossible_number_is_explained():
    """A number that means something else has its own sentence."""
    asked = question(impossible=((0.5, "the start"),))
    assert (
        judge(asked, "fast < slow", {"10": {"fast": "0.5", "slow": "1"}})
        .feedback[0]
        .startswith("0.5 for fast is the start.")
    )


@pytest.mark.parametrize(("slow", "right"), [("1.09", True), ("1.11", False)])
def test_a_tie_is_where_the_ratio_says_so(slow, right):
    """Within the tolerance either order and a tie are right, beyond it only the numbers' own order."""
    own = {"10": {"fast": "1", "slow": slow}}
    assert judge(question(), "fast < slow", own).word is Word.OK
    assert (judge(question(), "slow < fast", own).word is Word.OK) is right
    assert (judge(question(), "slow ≈ fast", own).word is Word.OK) is right


def test_witness_is_the_students_own():
    """What contradicts an order are the student's own numbers."""
    verdict = judge(question(), "slow = fast", {"10": {"fast": "1", "slow": "2"}})
    assert verdict.witness == "By your own numbers the error of fast is 1 and that of slow is 2."


@pytest.mark.parametrize(
    "order", ["fast", "fast < medium", "fast < fast", "fast, slow, fast", "fast < slow > fast", "quickly"]
)
def test_what_is_no_order(order):
    """Each method must be there once, with signs that point one way."""
    assert judge(question(), order).word is Word.UNREADABLE


def test_authors_mistakes():
    """Names that are there twice or strange pairs are refused at once, and a rule must be an order."""
    with pytest.raises(AuthorError, match="different names"):
        question(compared=(*COMPARED, COMPARED[0]))
    with pytest.raises(AuthorError, match="knows pairs"):
        question(known=(("fast", "medium"),))
    with pytest.raises(AuthorError, match="rule bad"):
        judge(question(wrong=(Wrong("bad", "fast", "S."),)), "slow < fast", {"fast": "1", "slow": "2"})
