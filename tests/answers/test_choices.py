"""Letters: how choices and orders are read, credited and answered."""

from __future__ import annotations

from fractions import Fraction

import pytest

from autograder import Choice, Completeness, Half, Manual, Option, Ordering, Question, Source, Wrong
from autograder.errors import AuthorError
from autograder.submission.written import Written
from autograder.verdict import Word

OPTIONS = (Option("a", "it grows", "the factor is above 1"), Option("b", "it falls"), Option("c", "it stays"))


def judged(answer, content, wrong=()):
    question = Question(
        id="1a",
        title="t",
        points=2,
        prompt="p",
        source=Source("D", "1"),
        answer=answer,
        wrong=wrong,
        hint="Look again.",
    )
    return answer.judge(question, {"q1a": Written(name="q1a", content=content, where="answers.py, line 1")}, seed=0)


@pytest.mark.parametrize(
    "content",
    [
        "a",
        "A",
        "(a)",
        "a)",
        "a.",
        " option a ",
        "$a$",
        ("a",),
        "[a]",
        "'a'",
        '"a"',
        "`a`",
        "**a**",
        "ａ",
        "option (a)",
        "Option (A).",
        "Answer: a",
        "the answer is a",
        "My answer is (a).",
        "choice a",
        "a!",
    ],
)
def test_one_letter_in_any_dress_is_right(content):
    """Case, brackets and the word option do not matter."""
    verdict = judged(Choice(options=OPTIONS, key="a"), content)
    assert (verdict.word, verdict.credit, verdict.feedback) == (Word.OK, 1, ("The factor is above 1.",))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("not a", "'not a' is not one of the options a, b, c. Answer with the letter alone."),
        ("a or b", "'a or b' is not one of the options a, b, c. Answer with the letter alone."),
        ("a: falls", "'a: falls' is not one of the options a, b, c. Answer with the letter alone."),
        ("a (falls)", "'a (falls)' is not one of the options a, b, c. Answer with the letter alone."),
        (
            "a, it falls",
            "'a, it falls' has the letter of one option and the words of another. Answer with the letter alone.",
        ),
        (
            "the answer is not a",
            "'the answer is not a' is not one of the options a, b, c. Answer with the letter alone.",
        ),
        ("d", "'d' is not one of the options a, b, c. Answer with the letter alone."),
        ("it shrinks", "'it shrinks' is not one of the options a, b, c. Answer with the letter alone."),
        (("a", "b"), "1 letter is asked, of a, b, c; there are 2."),
    ],
)
def test_what_is_no_option_is_unreadable(content, sentence):
    """The sentence lists the letters."""
    verdict = judged(Choice(options=OPTIONS, key="a"), content)
    assert (verdict.word, verdict.feedback) == (Word.UNREADABLE, (sentence,))


@pytest.mark.parametrize("content", ["a: sigma", "a) sigma", "(a) sigma, since", "a: sigma, since it is large"])
def test_a_letter_with_the_beginning_of_its_own_words_is_read(content):
    """The words agree with the letter, however few they are."""
    options = (Option("a", "sigma, since it is large"), Option("b", "tau, since it is small"))
    assert judged(Choice(options=options, key="a"), content).word is Word.OK
    assert judged(Choice(options=options, key="a"), content.replace("a", "b", 1)).word is Word.UNREADABLE


@pytest.mark.parametrize("word", ["all", "none", "neither"])
def test_a_word_is_not_taken_apart_into_letters(word):
    """What is said back is the word that was typed."""
    verdict = judged(Choice(options=OPTIONS, key=("a", "b"), several=True), word)
    assert verdict.word is Word.UNREADABLE
    assert verdict.feedback[0].startswith(f"'{word}' is not one of the options")


def test_a_misconception_has_its_sentence_and_credit():
    """A rule that names the letter fires; other wrong letters get the hint."""
    rule = Wrong("falls", "b", "Look at the sign.", credit=Half)
    assert judged(Choice(options=OPTIONS, key="a"), "b", (rule,)).misconception == "falls"
    assert judged(Choice(options=OPTIONS, key="a"), "b", (rule,)).credit == Half
    assert judged(Choice(options=OPTIONS, key="a"), "c", (rule,)).feedback == ("Look again.",)


@pytest.mark.parametrize("content", ["a, b", "b, a", "ba", ("b", "a"), "a, b, a", "a and b", "a & b", "a, and b"])
def test_several_letters_are_a_set(content):
    """Neither order nor repetition matters, to the key as little as to a rule."""
    rule = Wrong("both", ("a", "b"), "Can it do both?")
    assert judged(Choice(options=OPTIONS, key=("a", "c"), several=True), content, (rule,)).misconception == "both"
    assert judged(Choice(options=OPTIONS, key=("b", "a"), several=True), content, (rule,)).word is Word.OK


CASES = Choice(options=OPTIONS, key=("a", "b", "c"), cases=("first", "second", "third"))


@pytest.mark.parametrize(
    "content",
    ["abc", "abc.", "a, b, then c", "a, b, c", "A B C", ("a", "b", "c"), {"1": "a", "2": "b", "3": "c"}, "[a; b; c]"],
)
def test_one_letter_per_case(content):
    """A list, a word of letters and letters with separators say the same."""
    assert judged(CASES, content).word is Word.OK


def test_cases_are_credited_one_by_one():
    """Two of three cases right is two thirds; the student is told how many, not which."""
    verdict = judged(CASES, "abb")
    assert (verdict.credit, verdict.feedback) == (Fraction(2, 3), ("2 of 3 cases are right.",))
    assert judged(CASES, "ab").feedback == ("3 letters are asked, of a, b, c; there are 2.",)


def test_a_pattern_may_leave_cases_open():
    """None stands for any letter, a tuple for alternatives."""
    rule = Wrong("mixed", ("a", None, ("a", "b")), "Look at the third.", credit=Half)
    assert judged(CASES, "aca", (rule,)).misconception == "mixed"
    assert judged(CASES, "acc", (rule,)).misconception is None


def test_several_letters_have_exact_partial_credit():
    """Each option counts once: chosen rightly or left out rightly, minus those that are off."""
    answer = Choice(options=OPTIONS, key=("a", "c"), several=True)
    assert judged(answer, "c, a").word is Word.OK
    assert judged(answer, "a").credit == Fraction(1, 3)
    assert judged(answer, "b").credit == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"options": OPTIONS, "key": "z"}, "the key 'z' must use letters of the options"),
        ({"options": OPTIONS, "key": ("a",), "cases": ("x", "y")}, "2 cases need 2 letters in the key, not 1."),
    ],
)
def test_a_wrong_key_is_the_authors_error(arguments, message):
    """The message shows key and options."""
    with pytest.raises(AuthorError, match=message.replace("(", r"\(")):
        Choice(**arguments)


ORDER = Ordering(options=OPTIONS, key=(("a", "b"), ("b", "c")))


@pytest.mark.parametrize(
    ("content", "word", "credit"),
    [
        ("a, b, c", Word.OK, 1),
        ("abc", Word.OK, 1),
        ("a > b > c", Word.OK, 1),
        ("b, a, c", Word.NOT_YET, Fraction(1, 4)),
    ],
)
def test_an_order_is_right_when_every_pair_is(content, word, credit):
    """Credit is half the share of pairs that stand right."""
    verdict = judged(ORDER, content)
    assert (verdict.word, verdict.credit) == (word, credit)


def test_the_first_statement_out_of_place_is_named():
    """Only the first one, and without the right place."""
    assert judged(ORDER, "c, b, a").feedback == ("Statement c uses something that comes only after it in your order.",)
    assert judged(ORDER, "a, b").feedback == ("Give each of a, b, c exactly once, in your order.",)
    assert judged(ORDER, "a, b, b").feedback == ("Give each of a, b, c exactly once, in your order.",)


def test_an_order_of_unknown_letters_is_the_authors_error():
    """The message shows the strangers."""
    with pytest.raises(AuthorError, match=r"the order uses \['z'\]"):
        Ordering(options=OPTIONS, key=(("a", "z"),))


@pytest.mark.parametrize(
    "content", ["6", "7.5", "6-8", "about 6 hours", "~10h", "6 to 8 hours", "3h 30min", "12+", "5,5"]
)
def test_hours_are_a_number_or_a_range(content):
    """Words around the number do not matter."""
    assert judged(Completeness(of="hours"), content).word is Word.OK


def test_hours_without_a_number_are_unreadable():
    """The sentence shows how to write them."""
    verdict = judged(Completeness(of="hours"), "a lot")
    assert verdict.feedback == ("Write the hours as a number or a range, such as 6, 7.5 or 6-8.",)
    assert verdict.word is Word.UNREADABLE


def test_texts_count_when_they_are_there():
    """A completeness part is ok, a part for a person waits and says that only presence was checked."""
    assert judged(Completeness(), "none").feedback == ("Checked for completeness only.",)
    assert judged(Completeness(), "  ").word is Word.NOT_YET
    verdict = judged(Manual(), "because")
    assert verdict.word is Word.WAITING
    assert verdict.feedback == ("A person reads this part; so far it was only checked that an answer is there.",)


@pytest.mark.parametrize("content", ["(((((", "[]()", "{}"])
def test_brackets_alone_choose_nothing(content):
    """A text without any option is unreadable: as the choice of nothing it would earn what options outside the key do."""
    several = Choice(options=OPTIONS, key=("a",), several=True)
    verdict = judged(several, content)
    assert (verdict.word, verdict.credit) == (Word.UNREADABLE, 0)
    assert verdict.feedback == ("No option is named here. Answer with letters of a, b, c.",)
