"""results.json: its content, its rounding, and that a student's text stays text."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.equality.decision import Evidence
from autograder.report.gradescope import hundredths, to_gradescope
from autograder.report.results_file import validated
from autograder.verdict import PartResult, Result, Verdict, Word
from tests.report.specimen import specimen

SCHEMA = json.loads((Path(__file__).parents[1] / "platform" / "results.schema.json").read_text())


def part(name: str = "1a", points: Fraction | int = 2, **verdict: object) -> PartResult:
    return PartResult(
        part=f"hw0/{name}",
        title="Stable learning rates",
        points=Fraction(points),
        verdict=Verdict(**{"word": Word.NOT_YET, **verdict}),  # type: ignore[arg-type]
    )


def result(*parts: PartResult, **more: object) -> Result:
    return Result(assignment="hw0", title="Homework 0", seed=7, parts=parts, **more)  # type: ignore[arg-type]


def checked(data: dict[str, object]) -> dict[str, object]:
    jsonschema.validate(validated(data), SCHEMA)
    return data


VERDICTS = [
    Verdict(
        word=Word.OK, credit=Fraction(1), evidence=Evidence.PROOF, wrote="2/4", read_as="1/2", read_as_latex=r"\frac12"
    ),
    Verdict(
        word=Word.NOT_YET,
        credit=Fraction(1, 2),
        evidence=Evidence.EXACT,
        misconception="sign",
        wrote="-x_1 * [a](b)",
        read_as="−x₁·a·b",
        witness="At x = 2, yours is -2, but f(2.1) > f(2).",
        feedback=("The inner derivative of *y_i* - theta is -1.", "See the slides."),
        notices=("q1b is not in quotes; it was read as the formula that you typed.",),
        convention="per point",
    ),
    Verdict(
        word=Word.UNREADABLE,
        wrote="2 sgima",
        feedback=("I do not know the name 'sgima'. Did you mean sigma?", "2 sgima\n  ^^^^^"),
    ),
    Verdict(word=Word.UNDECIDED, wrote="x", read_as="x", feedback=("Not decided.",), staff=("stopped after 2 s",)),
    Verdict(word=Word.WAITING, wrote="An essay.", evidence=Evidence.PRESENCE, feedback=("A person reads this.",)),
]


def sample() -> Result:
    parts = [
        PartResult(part=f"hw0/{n}{letter}", title=f"Part {letter}", points=Fraction(n), verdict=verdict, seconds=0.5)
        for n, (letter, verdict) in enumerate(zip("abcde", VERDICTS, strict=True), start=1)
    ]
    return result(*parts, notices=("a.py, line 3: this is not valid Python.",), staff=("ran without isolation",))


def test_the_platforms_form_of_a_result(golden):
    """Everything that the platform gets, in one file."""
    about = ("This is graded attempt 2 of 5.",)
    data = checked(
        to_gradescope(
            specimen(), total_points=Fraction(100), notes=("metadata absent",), seconds=3.5, about=about, attempts=2
        )
    )
    golden("results.json", json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def test_time_is_the_only_thing_that_changes_from_run_to_run():
    """Without its time fields a report depends on nothing but the result."""
    data = to_gradescope(sample(), seconds=1.23456)
    assert data.pop("execution_time") == 1.235
    assert set(data["extra_data"].pop("seconds")) == {f"hw0/{n}{letter}" for n, letter in enumerate("abcde", start=1)}
    hidden = data["tests"].pop()["output"]
    plain = to_gradescope(sample())
    assert hidden.replace(", 0.0 s", "").replace("; 0.50 s", "") == plain["tests"].pop()["output"]
    assert data == plain


def test_each_test_carries_exactly_the_agreed_facts():
    """Statistics and regrade diffs rely on these five fields."""
    tests = to_gradescope(result(part("1a.path", misconception="sign", evidence=Evidence.BALL)))["tests"]
    assert tests[0]["extra_data"] == {
        "part": "hw0/1a.path",
        "verdict": "not yet",
        "evidence": "ball",
        "misconception": "sign",
        "seed": 7,
    }
    assert tests[0]["number"] == "1a.path"


@given(
    st.lists(
        st.tuples(st.fractions(0, 20, max_denominator=12), st.fractions(0, 1, max_denominator=12)),
        min_size=1,
        max_size=30,
    )
)
def test_rounded_scores_never_exceed_the_total(pairs):
    """Maxima add up to the total, no score is above its maximum, and no sum above what was really earned."""
    parts = [
        part(str(n), points, word=Word.OK if credit == 1 else Word.NOT_YET, credit=credit)
        for n, (points, credit) in enumerate(pairs)
    ]
    graded = result(*parts)
    data = checked(to_gradescope(graded))
    tests = [test for test in data["tests"] if test["visibility"] == "visible"]
    assert all(0 <= test["score"] <= test["max_score"] for test in tests)
    assert round(sum(test["max_score"] for test in tests), 6) == int(graded.points * 100) / 100
    assert all((test["status"] == "passed") == (credit == 1) for test, (_, credit) in zip(tests, pairs, strict=True))
    assert round(100 * data["score"]) <= 100 * graded.score  # a float itself may lie a hair above the fraction
    assert all(abs(test["max_score"] - float(points)) < 0.01 for test, (points, _) in zip(tests, pairs, strict=True))


def test_shares_of_a_point_add_up():
    """Three thirds are one."""
    assert sum(hundredths([Fraction(1, 3)] * 3)) == 100


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([part(word=Word.OK, credit=Fraction(1))], "2 of 2 points."),
        ([part(), part("1b", word=Word.WAITING)], "0 of 4 points; 2 points wait for a person."),
        ([part("1b", 1, word=Word.UNDECIDED)], "0 of 1 point; 1 point waits for a person."),
    ],
)
def test_the_subtotal_stands_in_the_visible_output(parts, words):
    """A hidden test hides the platform's total, so the student finds it in the text."""
    assert words in to_gradescope(result(*parts))["output"].splitlines()


def test_an_unfinished_run_says_so():
    """Results that are written while grading goes on do not look final."""
    assert "grading had not finished" in to_gradescope(result(part(), complete=False))["output"]


def test_the_hidden_summary_lists_what_waits():
    """Instructors see which parts need a person, and the tracebacks; students do not."""
    tests = to_gradescope(sample(), total_points=Fraction(100))["tests"]
    hidden = [test for test in tests if test["visibility"] == "hidden"]
    assert [test["name"] for test in hidden] == ["For instructors"]
    assert hidden[0]["output"].splitlines() == [
        "The platform says that the assignment is worth 100 points, its questions add up to 15. "
        "Set the points in the assignment's settings to 15.",
        "Undecided, please look (4 points): 4d",
        "Waiting for a person (5 points): 5e",
        "ran without isolation",
        "seed 7",
        "1a: ok, 1 of 1; evidence proof",
        "2b: not yet, 1 of 2; evidence exact; rule sign",
        "3c: unreadable, 0 of 3",
        "4d: undecided, 4 open",
        "    stopped after 2 s",
        "5e: waiting, 5 open; evidence presence",
    ]
    assert "score" not in hidden[0]
    assert all("stopped after" not in test["output"] for test in tests if test["visibility"] == "visible")


def test_the_student_reads_the_total_whatever_the_platform_hides():
    """The hidden twin hides the platform's total, so that the visible text begins with it."""
    graded = result(part(word=Word.OK, credit=Fraction(1)))
    data = to_gradescope(graded, total_points=Fraction(2))
    assert [test["visibility"] for test in data["tests"]] == ["visible", "hidden"]
    assert data["output"].splitlines()[:2] == ["Homework 0", "2 of 2 points."]


def test_what_to_look_at_first_stands_on_top():
    """Unread answers, then wrong ones by the points that they lost, then what waits, then what is missing."""
    lines = to_gradescope(specimen(), about=("Handed in late.",))["output"].splitlines()
    assert lines[2:] == [
        "Some tests are not shown now; their points are not counted in this line.",
        "Handed in late.",
        "Could not be read: 1g.",
        "Not yet right, most points first: 1a, 3a, 1f.",
        "Right, given an earlier slip of your own: 1c.",
        "Not judged, which is our fault and costs nothing: 2d.",
        "No answer yet: 2a, 2b, 2c.",
        "answers.py, line 3: this is not valid Python.",
    ]


def test_tags_say_the_topic():
    """Instructors filter by topic; a part without one has no tags."""
    tests = to_gradescope(specimen())["tests"]
    assert tests[0]["tags"] == ["learning rates"]
    assert "tags" not in to_gradescope(sample())["tests"][0]


def test_long_lines_are_broken_in_a_fence():
    """A fence does not wrap: a formula of four hundred characters takes several lines, at spaces."""
    shown = to_gradescope(result(part(read_as="x + " * 100)))["tests"][0]["output"]
    assert max(map(len, shown.splitlines())) <= 100
    assert shown.count("x") > 100


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![x](https://example.org/beacon.png)",
        "[click](javascript:alert(1))",
        "```\n# Score: 100/100\n```\n\n**ok**",
        "~~~~~\n````\n",
        "\x1b[2J\x1b]52;c;AAAA\x07 cleared",
        "a\u202eb\u2066c\u200b",
        "| a | b |\n|---|---|",
        "- [x] done\n1. one\n> quote\n=====",
        "&lt;img src=x onerror=alert(1)>",
    ],
)
def test_a_students_text_stays_text(text):
    """Whatever is typed shows literally: inside a fence that it cannot close, or escaped."""
    verdict = {"wrote": text, "read_as": text, "witness": text, "feedback": (text,), "notices": (text,)}
    output = checked(to_gradescope(result(part(**verdict))))["tests"][0]["output"]
    assert not set(output) & set("\x1b\x07\u202e\u2066\u200b")
    outside = outside_of_fences(output)
    for markup in ("<script", "![x](", "[click](", "<img", "\n#", "\n- [", "\n> ", "\n| "):
        assert markup not in outside


def test_names_between_back_quotes_are_code():
    """Authors' code spans survive; what could be more than a name or a formula shows as it was typed."""
    said = "Call `f_1(x)`, not `a](b)` and not `<b>`: ``g`` * `h"
    output = to_gradescope(result(part(feedback=(said,))))["tests"][0]["output"]
    assert r"Call `f_1(x)`, not \`a\](b)\` and not \`&lt;b&gt;\`: \`\`g\`\` \* \`h" in output


def outside_of_fences(markdown: str) -> str:
    """What a Markdown reader sees as prose: fences close only by as many backquotes alone on a line."""
    kept, fence = [], ""
    for line in markdown.split("\n"):
        marks = line[: len(line) - len(line.lstrip("`"))]
        if fence:
            fence = "" if line == marks and len(marks) >= len(fence) else fence
        elif len(marks) >= 3:
            fence = marks
        else:
            kept.append(line)
    assert not fence, "a fence was left open"
    return "\n".join(kept)


def test_endless_text_stays_below_the_platforms_limit():
    """The platform cuts at 100,000 characters; our texts never get there."""
    flood = "&" * 300_000
    verdict = {
        "wrote": flood,
        "read_as": flood,
        "witness": flood,
        "feedback": (flood,) * 50,
        "notices": (flood,) * 50,
        "staff": (flood,),
        "convention": flood,
    }
    data = to_gradescope(
        result(*[part(str(n), **verdict) for n in range(40)], notices=(flood,) * 100, staff=(flood,) * 9)
    )
    checked(data)
    assert max(len(test["output"]) for test in data["tests"]) < 100_000
    assert len(data["output"]) < 100_000
