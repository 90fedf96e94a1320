"""Error carried forward: a slip costs once, nothing right is taken for it, and nothing is earned from nothing."""

from __future__ import annotations

import pytest

from autograder import Carried
from autograder.answers.carried import beside_own_answers
from autograder.assignments import load
from autograder.engine.grade import grade
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import Assignment
from autograder.submission.collect import Submission
from autograder.submission.written import Content, Written
from autograder.verdict import PartResult, Word

COURSE: dict[str, Assignment] = {name: load(name, LIBRARY) for name in ("hw1", "dis1", "gradients", "foundations")}

GRADIENT_WITHOUT_CENTRE = "2 A^T W1^T W1 (A x - b) + 2 W2^T W2 x"
ONE_ROW = "||X w - y||^2 + sigma^2*||w||^2"
NO_NOISE = "(1 - eta*x^2)*Ew + eta*x*y"

FOLLOWS: tuple[tuple[str, str, Content, dict[str, Content]], ...] = (
    ("hw1", "1c", "eta < 2/sigma_l^2", {"q1a": "eta < 2/sigma^2"}),
    ("hw1", "1c", "eta <= 1/sigma_l^2", {"q1a": "(0, 1/sigma^2]"}),
    ("hw1", "1e.rate", "1 - sigma_s^2/sigma_l^2", {"q1e": "1/(2*sigma_l^2)"}),
    ("hw1", "1g", "eta < 2/sigma_max^2", {"q1c": "eta < 2/sigma_l^2"}),
    ("hw1", "2a", "(A^T*W1^T*W1*A + W2^T*W2)^-1 A^T W1^T W1 b", {"q2a_gradient": GRADIENT_WITHOUT_CENTRE}),
    ("hw1", "2b.normal", ("A^T A + W2^T W2", "A^T b + W2^T W2 c"), {"q2b_C": "[A; W2]", "q2b_d": "[b; W2*c]"}),
    ("hw1", "4a", "sigma^2/m", {"q4a_objective": ONE_ROW}),
    ("hw1", "4a", "sigma^2/m", {"q4a_objective": f"({ONE_ROW})/m"}),
    ("hw1", "4a.minimiser", "(X^T X + sigma^2 I)^-1 X^T y", {"q4a_objective": ONE_ROW}),
    ("hw1", "4c", "eta < 2/x^2", {"q4b": NO_NOISE}),
    ("hw1", "4d", "y/x", {"q4b": NO_NOISE}),
    ("hw1", "4d.shrink", "1", {"q4d": "y/x"}),
    ("hw1", "4d.path", "y/x*(1 - (1 - eta*x^2)^t)", {"q4b": NO_NOISE}),
    ("dis1", "1a.ii", "2*mean(y)", {"q1a_i": "1/N*Sum(theta - 2*y_i, (i, 1, N))"}),
    ("dis1", "1a.iii", "theta - alpha*(theta - ybar)", {"q1a_i": "mean(theta - y)"}),
    ("dis1", "1b.ii", "sum(y)/sum(x)", {"q1b_i": "2*mean(theta*x - y)"}),
    ("dis1", "1b.iii", "theta - 2*alpha*mean(theta*x - y)", {"q1b_i": "2*mean(theta*x - y)"}),
    ("gradients", "3.range", "lr < 2", {"q3_update": "(1 - lr)*x"}),
    ("gradients", "3.path", "(1 - lr)^t*x_0", {"q3_update": "(1 - lr)*x"}),
    ("gradients", "3.after10", "x_0", {"q3_path": "(1 - lr)^t*x_0"}),
    ("foundations", "3.map", "mean(l^2) + lambda*theta^2", {"q3_erm": "mean(l^2)"}),
)

DOES_NOT = (
    ("hw1", "1c", "eta < 2/sigma_s^2", {"q1a": "eta < 2/sigma^2"}, "another mistake on top"),
    ("hw1", "1c", "eta < 2/sigma_l^2", {"q1a": "eta < 1/sigma^2"}, "the earlier answer is right"),
    ("hw1", "1c", "eta < 2/sigma_l^2", {}, "there is no earlier answer"),
    ("hw1", "1c", "eta < 2/sigma_l^2", {"q1a": "eta < 2/sgima^2"}, "it cannot be read"),
    ("hw1", "2a", "c", {"q2a_gradient": "0*x"}, "any answer would follow"),
    ("hw1", "2a", "c", {"q2a_gradient": "x - x"}, "any answer would follow"),
    ("hw1", "4d.shrink", "1", {"q4d": "0"}, "a bare number says nothing"),
    ("hw1", "1g", "1/(1-1)", {"q1c": "1/(1-1)"}, "a bound without a symbol says nothing"),
    ("hw1", "1c", "eta < 1", {"q1a": "eta < 1 + 0*sigma"}, "a symbol that changes nothing says nothing"),
    ("hw1", "1c", "eta < 1", {"q1a": "eta < sigma/sigma"}, "a symbol that changes nothing says nothing"),
    ("hw1", "1e.rate", "1", {"q1e": "sigma_l - sigma_l"}, "nor one that cancels"),
    ("hw1", "2b.normal", ("0", "0"), {"q2b_C": "[0*W1*A; W2 - W2]", "q2b_d": "[0*W1*b; 0*W2*c]"}, "nor a matrix of zeros"),
    ("dis1", "1a.iii", "theta", {"q1a_i": "theta - theta + 0*y_i"}, "nor a gradient of nothing"),
    ("foundations", "3.map", "lambda*theta^2", {"q3_erm": "mean(l) - mean(l)"}, "nor a risk of nothing"),
    ("dis1", "1a.ii", "y_i", {"q1a_i": "2/N*Sum(y_i - theta, (i, 1, N))"}, "a point's index is not caught by the sum"),
    ("gradients", "3.range", "lr < 2", {"q3_update": "x - lr*x^2"}, "a curved step has no single factor"),
)  # fmt: skip


def judged(name: str, part: str, typed: Content, earlier: dict[str, Content]) -> PartResult:
    """One part as the grader judges it, with earlier answers beside it."""
    assignment = COURSE[name]
    texts = {assignment.question(part).answer_name: typed, **earlier}
    answers = {key: Written(name=key, content=text, where="answers.py") for key, text in texts.items()}
    return grade(assignment, Submission(answers=answers, files={}), seed=3, only=part).parts[0]


@pytest.mark.parametrize(("name", "part", "typed", "earlier"), FOLLOWS, ids=lambda item: str(item)[:40])
def test_what_follows_from_a_slip_earns_its_points_and_says_so(name, part, typed, earlier):
    """The later part has full credit, names the earlier one, and shows no witness against itself."""
    result = judged(name, part, typed, earlier)
    verdict = result.verdict
    assert (verdict.word, result.score) == (Word.OK, result.points)
    assert verdict.carried
    assert verdict.feedback == (
        f"Right, given your own answer to {' and '.join(verdict.carried)}: the slip there costs nothing here.",
    )
    assert not verdict.witness
    assert judged(name, part, typed, {}).verdict.word is Word.NOT_YET


@pytest.mark.parametrize(("name", "part", "typed", "earlier", "why"), DOES_NOT, ids=lambda item: str(item)[:40])
def test_what_does_not_follow_is_judged_as_before(name, part, typed, earlier, why):
    """Nothing is carried where nothing follows."""
    verdict = judged(name, part, typed, earlier).verdict
    assert verdict.word is not Word.OK, why
    assert not verdict.carried


def test_a_right_answer_is_right_by_itself_beside_a_wrong_earlier_one():
    """The true key is never taken away, whatever the earlier answer says."""
    verdict = judged("hw1", "1c", "eta < 1/sigma_l^2", {"q1a": "eta < 2/sigma^2"}).verdict
    assert (verdict.word, verdict.carried) == (Word.OK, ())


def test_every_part_that_carries_builds_on_what_it_names():
    """`after` tells what `carried` uses, and no two parts carry from each other."""
    for assignment in COURSE.values():
        asked = {question.answer_name: question for question in assignment}
        carrying = {q.id: {asked[name].id for name in q.carried.names} for q in assignment if q.carried}
        for question in assignment:
            if question.carried:
                assert carrying[question.id] <= set(question.after), question.id
        for part, earlier in carrying.items():
            assert all(part not in carrying.get(other, ()) for other in earlier)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "give one of the two"),
        ({"key": "q1a", "either": ((("q1a", "given"),),)}, "give one of the two"),
        ({"key": "eta"}, "name one, such as q1a"),
    ],
)
def test_an_author_is_told_what_carrying_needs(fields, message):
    """A key or identities, and an earlier answer in them."""
    with pytest.raises(AuthorError, match=message):
        Carried(**fields)


def test_a_name_that_answers_no_part_is_the_authors_fault():
    """A misspelt earlier answer is told by its name."""
    from dataclasses import replace

    assignment = COURSE["hw1"]
    question = replace(assignment.question("1c"), carried=Carried(key="q9z"))
    answers = {"q1c": Written(name="q1c", content="eta < 2/sigma_l^2", where="answers.py")}
    verdict = question.answer.judge(question, answers, seed=0)
    with pytest.raises(AuthorError, match="q9z, which answers no part"):
        beside_own_answers(assignment, question, answers, verdict, seed=0)
