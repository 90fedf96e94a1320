"""`grade` on a laptop: how the assignment is found, what is printed and written, and every way to go wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import cli
from autograder.assignments import available, load
from autograder.errors import AuthorError
from tests.tiny import library

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = 'assignment = "tiny"\nq1a = "right"\nq1a_path = "third"\nq2 = "wrong"\n'


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a submission, and a course of two assignments."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "hw").mkdir()
    (tmp_path / "hw" / "answers.py").write_text(ANSWERS)
    return library(tmp_path / f"course_{tmp_path.name}", "tiny", "large")


def grade(course: Path, *arguments: str) -> int:
    return cli.main(["grade", *arguments, "--library", str(course)])


def test_prints_the_table_and_writes_the_results(course, capsys):
    """One command, two outputs, exit code 0; plain text when piped."""
    assert grade(course, "hw") == 0
    printed = capsys.readouterr().out
    assert "3 of 5.5 points." in printed
    assert printed.endswith("results written to results.json\n")
    assert "\x1b" not in printed
    results = json.loads(Path("results.json").read_text())
    assert [test["extra_data"]["verdict"] for test in results["tests"] if "extra_data" in test] == [
        "ok",
        "not yet",
        "not yet",
    ]


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [(True, {}, True), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False), (False, {}, False)],
)
def test_colour_only_where_it_is_wanted(course, capsys, monkeypatch, *, terminal, environment, coloured):
    """On a terminal, unless NO_COLOR or a dumb terminal says otherwise."""
    for name, value in {"NO_COLOR": "", "TERM": "xterm", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert grade(course, "hw") == 0
    assert ("\x1b[32mok\x1b[0m" in capsys.readouterr().out) == coloured


def test_json_is_for_programs(course, capsys):
    """--json prints exact points and every verdict, and nothing else."""
    assert grade(course, "hw", "--json", "--seed", "9") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["assignment"], data["seed"], data["score"], data["points"]) == ("tiny", 9, "3", "11/2")
    assert [part["part"] for part in data["parts"]] == ["tiny/1a", "tiny/1a.path", "tiny/2"]
    assert data["parts"][1]["verdict"]["credit"] == "1/3"


def test_only_and_results_and_seed(course, capsys):
    """One part, another place, a seed of one's own."""
    assert grade(course, "hw", "--only", "2", "--results", "hw/out.json", "--seed", "4") == 0
    results = json.loads(Path("hw/out.json").read_text())
    assert [test["number"] for test in results["tests"] if "number" in test] == ["2"]
    assert "seed 4" in capsys.readouterr().out


def test_the_option_wins_over_the_header(course, capsys):
    """--assignment decides, and the difference is told."""
    (course / "large" / "assignment.py").write_text(
        "from tests.tiny import question\nfrom autograder.question import Assignment\n"
        'assignment = Assignment(name="large", title="Large", points=2, questions=(question("1a"),))\n'
    )
    assert grade(course, "hw", "--assignment", "large") == 0
    assert "Your file says that it answers 'tiny', but it was graded as 'large'." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "cannot read the submission nowhere: No such file or directory. Give a folder, a .zip, .py or .ipynb file."),
        (["bare"], 'which assignment is this? Add --assignment NAME, or a line assignment = "NAME" to the answers file. '
                   "Choose one of: large, tiny."),
        (["hw", "--assignment", "huge"], "there is no assignment 'huge'. Choose one of: large, tiny."),
        (["hw", "--assignment", "../tiny"], "there is no assignment '../tiny'. Choose one of: large, tiny."),
        (["hw", "--only", "7"], "tiny has no part '7'. Parts: 1a, 1a.path, 2."),
        (["hw", "--results", "no/where.json"], "cannot write no/where.json: there is no folder no. Make it, or change --results."),
        (["hw", "--results", "hw"], "cannot write hw: it is a folder. Name a file with --results."),
        (["note.txt"], "cannot grade note.txt: give a folder, a .zip, a .py or an .ipynb file."),
    ],
)  # fmt: skip
def test_each_mistake_has_its_message_and_exit_code_2(course, capsys, arguments, message):
    """What is wrong, where, and what to do, in one line on the error stream."""
    Path("bare").mkdir()
    Path("bare/a.py").write_text('q1a = "right"')
    Path("note.txt").write_text("x")
    assert grade(course, *arguments) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"autograder: {message}\n")


def test_results_that_cannot_be_written_are_a_clear_error(course, capsys, monkeypatch):
    """A full disk is no traceback."""

    def refuse(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.terminal_grading.write_results", refuse)
    assert grade(course, "hw") == 2
    assert capsys.readouterr().err == (
        "autograder: cannot write results.json: No space left on device. Name another place with --results.\n"
    )


def test_a_fault_of_ours_is_said_to_be_ours(course, capsys, monkeypatch):
    """Exit code 1, the traceback for the report, and a last line that blames nobody else."""

    def fail(*arguments, **more):
        raise RuntimeError("broken inside")

    monkeypatch.setattr("autograder.terminal_grading.grade", fail)
    assert grade(course, "hw") == 1
    error = capsys.readouterr().err
    assert "RuntimeError: broken inside" in error
    assert error.endswith("autograder: this is a fault of the grader, not of the submission; nothing was graded.\n")


def test_stopping_by_hand_is_no_fault(course, capsys, monkeypatch):
    """Ctrl-C ends with a word, not with a traceback."""

    def stop(*arguments, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr("autograder.terminal_grading.grade", stop)
    assert grade(course, "hw") == 130
    assert capsys.readouterr().err == "autograder: stopped.\n"


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["nonsense"], 2), (["--help"], 0), (["-h"], 0)])
def test_without_a_verb_the_verbs_are_listed(capsys, arguments, code):
    """A wrong word is named; asking for help is no mistake."""
    assert cli.main(arguments) == code
    captured = capsys.readouterr()
    text = captured.out if code == 0 else captured.err
    assert "usage: python -m autograder VERB" in text
    lines = text.splitlines()
    assert all(any(line.split() == [verb.name, *verb.summary.split()] for line in lines) for verb in cli.VERBS)
    assert ("'nonsense' is no verb" in text) == (arguments == ["nonsense"])


@pytest.mark.parametrize("verb", [verb.name for verb in cli.VERBS])
def test_every_verb_explains_itself(capsys, verb):
    """VERB --help works for each of them."""
    with pytest.raises(SystemExit) as left:
        cli.main([verb, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: autograder {verb}")


@pytest.mark.parametrize(
    "arguments", [["grade"], ["grade", "a", "b"], ["grade", "a", "--seed", "x"], ["grade", "a", "--onl", "1"]]
)
def test_wrong_usage_ends_with_2(arguments):
    """Missing, surplus, malformed and abbreviated arguments are refused."""
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import no_such_module_here", "cannot be loaded: No module named 'no_such_module_here'"),
        ("x = 1", "must define `assignment = Assignment"),
        ("assignment = 3", "must define `assignment = Assignment"),
        (
            'from tests.tiny import question\nquestion("first")',
            "cannot be loaded: question id 'first': write a number, a letter and words",
        ),
    ],
)
def test_an_assignment_that_cannot_be_loaded_names_its_file(course, text, message):
    """An author learns which file is wrong and why."""
    (course / "broken").mkdir()
    (course / "broken" / "assignment.py").write_text(text)
    with pytest.raises(AuthorError, match=r"assignment\.py ") as caught:
        load("broken", course)
    assert message in str(caught.value)


def test_a_page_is_written_beside_the_results(course, capsys):
    """One file, named in the last line."""
    assert grade(course, "hw", "--html", "page.html") == 0
    assert capsys.readouterr().out.endswith("results written to results.json, page to page.html\n")
    page = Path("page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "3 of 5.5 points." in page


@pytest.mark.parametrize(
    ("place", "message"),
    [("nowhere/page.html", "there is no folder nowhere. Make it, or change --html"), ("hw", "it is a folder")],
)
def test_a_page_that_cannot_be_written_is_told_before_grading(course, capsys, place, message):
    """The command is wrong, and nothing else was done."""
    assert grade(course, "hw", "--html", place) == 2
    assert message in capsys.readouterr().err
    assert not Path("results.json").exists()


def test_a_library_that_is_not_there_has_no_assignments(tmp_path):
    """The message says where assignments were looked for."""
    assert available(tmp_path / "none") == ()
    with pytest.raises(AuthorError, match=r"there is no assignment 'x'. There are no assignments in .*none"):
        load("x", tmp_path / "none")


def test_a_reader_that_has_seen_enough_is_no_error(course, tmp_path):
    """`… | head -1` ends quietly."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "autograder", "grade", str(tmp_path / "hw"), "--library", str(course)]
    done = subprocess.run(
        [*command, "--results", str(tmp_path / "r.json")], cwd=ROOT, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_run_that_needs_no_networks_does_not_import_torch(course, tmp_path):
    """Torch takes seconds and memory; written answers are graded without it."""
    program = (
        "import sys; from autograder import cli; code = cli.main(sys.argv[1:]); "
        "print(code, 'torch' in sys.modules, file=sys.stderr)"
    )
    arguments = ["grade", str(tmp_path / "hw"), "--library", str(course), "--results", str(tmp_path / "r.json")]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == "0 False\n"


def test_time_for_the_whole_submission(course, capsys):
    """After the seconds that were given no further part is begun; it says so, and its points stay open."""
    assert grade(course, "hw", "--seconds", "1e-9", "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert {part["verdict"]["word"] for part in result["parts"]} == {"waiting"}
    assert "was not reached" in json.dumps(result["parts"][0])


@pytest.mark.parametrize("typed", ["0", "-1", "nan", "inf", "soon"])
def test_seconds_that_are_none(course, capsys, typed):
    """A time limit that is no positive number is refused with an example."""
    with pytest.raises(SystemExit):
        grade(course, "hw", f"--seconds={typed}")
    assert "give one above 0, like 600" in capsys.readouterr().err
