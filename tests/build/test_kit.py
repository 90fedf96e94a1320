"""The student's kit: fair, silent about every key, and at work in a folder where there is nothing else."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from autograder import cli
from autograder.assignments import available, load
from autograder.build.kit import kit, statements
from autograder.build.modules import ENGINE
from autograder.build.silence import telling
from autograder.kit.codec import from_json, to_json
from autograder.kit.part import Statements
from autograder.kit.trial import try_part
from autograder.verdict import Word
from autograder.verify.rows import Context
from tests.course import dis1_answers, foundations_answers, gradients_answers, hw1_answers
from tests.course.judged import written

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "reference"
SECRET = b"8c1f0b long random text"
TABLES = {
    "dis1": dis1_answers.ROWS,
    "foundations": foundations_answers.ROWS,
    "gradients": gradients_answers.ROWS,
    "hw1": hw1_answers.ROWS,
}
BY_HAND = {"hw1/1a": 8, "hw1/1b": 1, "hw1/1d": 2, "hw1/1e": 1, "hw1/1g": 1, "hw1/4a": 1, "hw1/4c": 2}
"""Wrong answers of the tables that no few points can tell from right ones: single points taken out, ends, 1e-9 added,
a bound of at least 2."""

ALONE = (
    "import runpy, sys; sys.path = [one for one in sys.path if one]; "
    "sys.modules.update(dict.fromkeys(('sympy', 'torch', 'flint', 'scipy', 'matplotlib', 'pytest'))); "
    "sys.argv.pop(0); runpy.run_path(sys.argv[0], run_name='__main__')"
)
"""Runs a file where none of the grader's libraries but NumPy can be imported."""


@pytest.fixture(scope="module")
def kits() -> dict[str, Statements]:
    """The statements of every assignment, as they come back from a kit's file."""
    return {name: from_json(json.loads(json.dumps(to_json(statements(load(name)))))) for name in available()}


@pytest.fixture(scope="module")
def unpacked(kits, tmp_path_factory) -> Path:
    """The kit of hw1 in a folder of its own."""
    folder = tmp_path_factory.mktemp("home of a student")
    for name, data in kit(kits["hw1"], load("hw1"), LIBRARY).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / "hw1"


def checked(unpacked: Path, *arguments: object, answers: str = "") -> subprocess.CompletedProcess[str]:
    """What a student sees, who has NumPy and nothing else."""
    if answers:
        place = unpacked.parent / "answers.py"
        place.write_text(answers)
        arguments = (*arguments, place)
    return subprocess.run(
        [sys.executable, "-I", "-c", ALONE, unpacked / "check.py", *map(str, arguments)],
        cwd=unpacked.parent, env={"PATH": os.environ["PATH"], "COLUMNS": "80"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_what_is_right_is_never_called_wrong(kits, name):
    """Every right answer of the tables agrees or waits, also in the forms that only some conventions allow."""
    assignment = load(name)
    parts = {part.id: part for part in kits[name].parts}
    for row in TABLES[name]:
        if row.word == "ok":
            verdict = try_part(parts[row.part], written(assignment.question(row.part), row.typed), (), {})
            assert verdict.word not in (Word.NOT_YET, Word.UNREADABLE), (row, verdict)


@pytest.mark.parametrize("name", TABLES)
def test_what_is_wrong_disagrees(kits, name):
    """Wrong answers to parts with measurements disagree, but for those that only a proof can tell from right ones."""
    assignment = load(name)
    parts = {part.id: part for part in kits[name].parts}
    missed: Counter[str] = Counter()
    for row in TABLES[name]:
        if row.word == "not yet":
            verdict = try_part(parts[row.part], written(assignment.question(row.part), row.typed), (), {})
            missed[f"{name}/{row.part}"] += verdict.word is Word.OK
    assert +missed == {part: count for part, count in BY_HAND.items() if part.startswith(f"{name}/")}


@pytest.mark.parametrize("name", available())
def test_a_kit_tells_nothing(kits, name):
    """No key, mistake, reason, secret or formula; the engine's files are its own; nothing is compiled or pickled."""
    assignment = load(name)
    files = kit(kits[name], assignment, LIBRARY)
    context = Context(assignment=replace(assignment, secret=SECRET), library=LIBRARY)
    assert [*telling(context, files)] == []
    assert {Path(one).suffix for one in files} <= {".py", ".md", ".json", ".ipynb", ".css", ".html", ".js"}
    inside = {Path(one).parts[2:4] for one in files if "/kit/autograder/" in one}
    assert not {
        one for one in inside if one[1:] in {("sandbox",), ("verify",), ("engine",), ("functions",), ("batch",)}
    }
    assert not [one for one in files if one.endswith(("decide.py", "to_sympy.py", "from_sympy.py", "measured.py"))]


@pytest.mark.parametrize(
    ("file", "planted", "said"),
    [
        ("hw1/README.md", "0 < eta < 1/sigma^2", "hw1/README.md shows the key of 1a: '0<eta<1/sigma^2'"),
        (
            "hw1/submission/answers.py",
            "# Try a very small and a very large rate: which of the two settles?",
            "hw1/submission/answers.py holds what is said of a mistake in 1a: "
            "'Try a very small and a very large rate: which of the two settles?'",
        ),
        ("hw1/kit/autograder/errors.py", "KEY = 1", "hw1/kit/autograder/errors.py is not the engine's own file"),
        ("hw1/kit/autograder/errors.py", SECRET.decode(), "the course's secret is in the kit"),
        ("hw1/kit/statements.json", '{"kind of": "Pow"}', "statements.json holds a formula: a Pow"),
    ],
)
def test_what_tells_is_found(file, planted, said):
    """Each class of leak is found where it is planted."""
    assignment = replace(load("hw1"), secret=SECRET)
    context = Context(assignment=assignment, library=LIBRARY)
    assert said in [*telling(context, {file: planted.encode()})]


NO_GRADE = "This is no grade. `ok` says that an answer agrees with the statement at a few points;"
SOME = """assignment = "hw1"
q1a = "0 < eta <= 1/sigma^2"
q1a_path = r"\\frac{y}{\\sigma}\\left(1 - (1 - 2\\eta\\sigma^2)^t\\right)"
q1b = "t >= ln(epsilon)/ln|1 - 2 eta sigma^2"
q1b_regime = ["a", "b", "c"]
q2a = "(A^T A + W2^T W2)^-1 A^T b"
q2c = ["I", "sqrt(lambda) I", "0"]
q4a = "1/(m - m)"
q6a = "Nobody."
"""


def test_the_blank_form_is_blank(unpacked):
    """Out of the box the kit runs, and every written part is blank."""
    done = checked(unpacked)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("This part is blank.") == 38
    assert "\n    you wrote" not in done.stdout.split("5a  ")[0]
    assert NO_GRADE in done.stdout


def test_the_solution_agrees(unpacked, kits):
    """Every part that is measured agrees, the rest waits, and nothing else is said of it."""
    done = checked(unpacked, LIBRARY / "hw1" / "solution")
    steps = 1  # a derivation's lines are compared with each other only
    ok = kits["hw1"].tried - steps
    assert f"\n{ok} ok, {len(kits['hw1'].parts) - ok} waiting.\n" in done.stdout


def test_what_a_student_reads(unpacked, golden):
    """Right, wrong, unreadable, untold, by property, not computable: the same words and rows as in the grader's table."""
    parts = ("1a", "1a.path", "1b", "1b.regime", "2a", "2c", "4a", "6a", "6b", "3.code")
    golden("kit.txt", checked(unpacked, *parts, answers=SOME).stdout)


def test_letters_of_a_form_of_ones_own(unpacked):
    """A form with shuffled options is read by its code."""
    form = subprocess.run(
        [sys.executable, "-m", "autograder", "form", "dis1", "--student", "a", "--out", unpacked.parent / "forms"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    code = form.stdout.split()[-1]
    parts = {part.id: part for part in statements(load("dis1")).parts}
    question = load("dis1").question("1a.vote")
    answers = written(question, "q")
    own = written(replace(question, id="0.form"), code)
    assert try_part(parts["1a.vote"], answers, (), {}).word is Word.UNREADABLE
    assert try_part(parts["1a.vote"], {**answers, **own}, (), {}).read_as == "q"


def test_a_notebook_counts_as_answers(unpacked, tmp_path):
    """Answers in code cells are read, and functions are found there."""
    cells = [
        {
            "cell_type": "code",
            "source": 'q4a = "sigma^2"\ndef ridge(X, y, lam):\n    return y',
            "metadata": {},
            "outputs": [],
        }
    ]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}))
    said = checked(unpacked, "4a", "3.code", tmp_path).stdout
    assert "\nok          4a " in said
    assert "`ridge`" not in said
    assert "`kernel_ridge` is not there." in said


def test_a_terminal_without_greek(unpacked):
    """Where a terminal cannot show a letter a question mark stands."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.stdout.reconfigure(encoding='ascii'); {ALONE}", unpacked / "check.py", "1a",
         LIBRARY / "hw1" / "solution"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "read as    0 < ? < 1/??" in done.stdout, done.stderr


@pytest.mark.parametrize("argument", ["9z", "no/such/folder"])
def test_a_word_that_is_nothing(unpacked, argument):
    """What is neither a part nor a folder is said, with the parts that there are."""
    done = checked(unpacked, argument)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{argument} is neither a part nor a folder with answers" in done.stderr
    assert "the parts are 1a, 1a.path" in done.stderr


def test_what_is_missing_is_said(unpacked):
    """Without NumPy, or under an old Python, one sentence says what to install."""
    text = (unpacked / "check.py").read_text()
    run = [sys.executable, "-I", "-c"]
    no_numpy = f"import sys; sys.modules['numpy'] = None; __file__ = {str(unpacked / 'check.py')!r}; exec({text!r})"
    done = subprocess.run([*run, no_numpy], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "check: NumPy is missing; install it with: python -m pip install numpy\n",
    )
    old = f"import sys; sys.version_info = (3, 10); sys.version = '3.10.1 x'; __file__ = 'check.py'; exec({text!r})"
    done = subprocess.run([*run, old], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "check: Python 3.11 or newer is needed; this is 3.10.1.\n")


def test_the_verb(tmp_path, capsys):
    """The zip has one folder, the same bytes twice, and the command says what students do with it."""
    zips = [tmp_path / f"{n}.zip" for n in (1, 2)]
    for out in zips:
        assert cli.main(["build", "dis1", "--kit", "--skip-verify", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Students unpack it, fill in dis1/submission/ and run: python check.py" in said
    assert zips[0].read_bytes() == zips[1].read_bytes()
    names = zipfile.ZipFile(io.BytesIO(zips[0].read_bytes())).namelist()
    assert {name.split("/")[0] for name in names} == {"dis1"}
    assert {name for name in names if name.count("/") == 1} == {"dis1/check.py", "dis1/workbench.py", "dis1/README.md"}
    assert {"dis1/submission/answers.py", "dis1/submission/functions.py", "dis1/submission/relu_sgd.ipynb"} <= {*names}


def test_a_kit_that_tells_is_not_built(tmp_path, capsys, monkeypatch):
    """A leak stops the build, and the message names it."""
    monkeypatch.setattr("autograder.cli.build.telling", lambda context, files: ["answers.py shows the key of 1a: 'x'"])
    out = tmp_path / "kit.zip"
    assert cli.main(["build", "dis1", "--kit", "--skip-verify", "--out", str(out)]) == 1
    assert capsys.readouterr().out.startswith("answers.py shows the key of 1a: 'x'.\nNo kit was built")
    assert not out.exists()


def test_the_engine_knows_no_course():
    """What a kit takes from the engine names no assignment."""
    for name, data in kit(Statements(assignment="x", title="", parts=()), load("gradients"), LIBRARY).items():
        if name.startswith("gradients/kit/autograder/"):
            text = data.decode()
            assert "reference." not in text, name
    assert ENGINE.name == "autograder"
