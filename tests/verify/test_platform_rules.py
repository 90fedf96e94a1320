"""What the platform would do with a results.json."""

from __future__ import annotations

import json

import pytest

from autograder import cli
from autograder.engine.grade import grade
from autograder.report.gradescope import to_gradescope
from autograder.report.results_file import write_results
from autograder.verify.platform_rules import CUT, Weight, examine
from tests.tiny import assignment, submission

GOOD = {"score": 1, "tests": [{"name": "a", "number": "1", "score": 1, "max_score": 2, "output": "fine"}]}


def told(data):
    """Weight and field of each remark."""
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return [(remark.weight, remark.where) for remark in examine(text)]


def test_nothing_to_say():
    """Results that are sound get no remark."""
    assert told(GOOD) == []


def one(**fields):
    """The good results with other fields in their test."""
    return {"score": 1, "tests": [{**GOOD["tests"][0], **fields}]}


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"\xff{}", "the file"),
        (b"{", "the file"),
        (b"", "the file"),
        (b"[" * 100_000, "the file"),
        (b"[]", "the file"),
        (b'{"score": NaN}', "the file"),
        (b'{"score": 1, "extra_data": {"a": -Infinity}}', "the file"),
        (b'{"score": 1, "extra_data": {"a": [1e400]}}', "results.extra_data.a[0]"),
        ({}, "results"),
        ({"tests": []}, "tests"),
        ({"tests": [{"name": "a"}]}, "tests"),
        ({"score": "1"}, "results.score"),
        ({"score": True}, "results.score"),
        ({"score": 1, "output": ["a"]}, "results.output"),
        ({"score": 1, "output": None}, "results.output"),
        ({"score": 1, "tests": {}}, "results.tests"),
        ({"score": 1, "tests": [None]}, "tests[0]"),
        ({"score": 1, "leaderboard": {}, "tests": []}, "results.leaderboard"),
        (one(output=3), "tests[0].output"),
        (one(max_score="2"), "tests[0].max_score"),
    ],
)
def test_fatal(data, where):
    """What loses the results is called fatal, with its place."""
    assert (Weight.FATAL, where) in told(data)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({**GOOD, "colour": "red"}, "results.colour"),
        ({**GOOD, "stdout_visibility": "visible"}, "results.stdout_visibility"),
        ({**GOOD, "execution_time": "1"}, "results.execution_time"),
        ({**GOOD, "output": "x" * (CUT + 1)}, "results.output"),
        ({**GOOD, "output_format": "markdown"}, "results.output_format"),
        ({**GOOD, "score": 3}, "results.score"),
        ({**GOOD, "leaderboard": [{"name": "a", "value": None}]}, "leaderboard[0]"),
        ({**GOOD, "leaderboard": [{"name": "a", "value": 1, "order": "up"}]}, "leaderboard[0].order"),
        (one(number=1), "tests[0].number"),
        (one(score=3), "tests[0].score"),
        (one(status="skipped"), "tests[0].status"),
        (one(visibility="never"), "tests[0].visibility"),
        (one(tags="a"), "tests[0].tags"),
        (one(seconds=1), "tests[0].seconds"),
        ({"tests": [{"name": "a", "score": 1}]}, "tests[0].max_score"),
        ({**GOOD, "extra_data": "seed 1"}, "results.extra_data"),
        (one(extra_data=[1]), "tests[0].extra_data"),
        (one(output="a <SCRIPT>b", output_format="html"), "tests[0].output"),
        (one(output='<img src="a">', output_format="html"), "tests[0].output"),
        (one(output="![curve](a.png)", output_format="md"), "tests[0].output"),
        ({"score": 1, "leaderboard": [{"name": "a", "value": None}]}, "leaderboard[0]"),
    ],
)
def test_wrong(data, where):
    """What is lost or shown otherwise than meant is told with its place."""
    assert (Weight.WRONG, where) in told(data)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (one(status="passed"), "tests[0].status"),
        (one(score=2, status="failed"), "tests[0].status"),
        ({"score": 1, "tests": [{"name": "a", "output": "Look."}]}, "tests[0]"),
        (one(output=r"the slope is $\frac{a}{b}$", output_format="md"), "tests[0].output"),
        (one(output=r"\(a^2\)"), "tests[0].output"),
    ],
)
def test_noted(data, where):
    """What is shown as it should be, and may surprise, is a note."""
    assert (Weight.NOTE, where) in told(data)


@pytest.mark.parametrize(
    "fields",
    [
        {"output": "a <script> in a text", "output_format": "text"},
        {"output": "```text\n![x](y) <img>\n```", "output_format": "md"},
        {"output": "it costs $3 or $4", "output_format": "md"},
        {"status": "failed"},
    ],
)
def test_what_is_shown_as_meant(fields):
    """Nothing is said of marks that the format shows literally, of dollars, and of a status that fits."""
    assert told(one(**fields)) == []


def test_a_hidden_test_hides_the_total():
    """Worth knowing, and no fault."""
    assert told({"score": 1, "tests": [*GOOD["tests"], {"name": "b", "visibility": "hidden"}]}) == [
        (Weight.NOTE, "tests")
    ]


def test_our_own_results_pass(tmp_path, capsys):
    """What this grader writes is shown as it is meant, and the command says so with exit code 0."""
    path = tmp_path / "results.json"
    write_results(path, to_gradescope(grade(assignment(), submission(q1a="right", q2="third"), seed=1), seconds=1.5))
    assert cli.main(["validate", str(path)]) == 0
    assert capsys.readouterr().out.endswith("The platform would show these results as they are meant.\n")


@pytest.mark.parametrize(("text", "said"), [("{", "would not show"), (json.dumps({**GOOD, "x": 1}), "not as they are")])
def test_the_command_fails_where_something_would_be_lost(tmp_path, capsys, text, said):
    """Exit code 1, and a sentence that says what the student would see."""
    path = tmp_path / "results.json"
    path.write_text(text)
    assert cli.main(["validate", str(path)]) == 1
    assert said in capsys.readouterr().out


def test_no_file(tmp_path, capsys):
    """A file that is not there is what the platform calls a failed run."""
    assert cli.main(["validate", str(tmp_path / "none.json")]) == 2
    assert "the platform says that the run failed" in capsys.readouterr().err
