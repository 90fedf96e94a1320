"""The verb that writes blank forms: one for the class, or one per student."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.answers.options import code_of
from autograder.assignments import available
from autograder.cli import main
from autograder.submission.collect import collect

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", available())
def test_class_form_is_the_committed_one(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written anew, every file is the one in student_template."""
    assert main(["form", name, "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path}: the form of the class\n"
    committed = ROOT / "student_template" / name
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in committed.iterdir()}
    for file in tmp_path.iterdir():
        assert file.read_text(encoding="utf-8") == (committed / file.name).read_text(encoding="utf-8"), file.name


def test_each_student_has_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names from the command and from a file, each once; the form names its code and can be read as a submission."""
    roster = tmp_path / "class.txt"
    roster.write_text("ada@example.org\n\n3031234567 \nada@example.org\n", encoding="utf-8")
    out = tmp_path / "forms"
    assert main(["form", "dis1", "--student", "Bo", "--students", str(roster), "--out", str(out)]) == 0
    students = ("Bo", "ada@example.org", "3031234567")
    assert capsys.readouterr().out.splitlines() == [f"{out / name}: form {code_of(name)}" for name in students]
    for name in students:
        submission = collect(out / name)
        assert (submission.header, submission.problems) == ("dis1", ())
        assert submission.answers["q0_form"].content == code_of(name)


PLAIN = """\
from autograder import Assignment, Choice, Option, Question, Source

yes_or_no = Choice(options=(Option("a", "yes"), Option("b", "no")), key="a")
question = Question(id="1", title="T", points=1, prompt="P", source=Source("D", "1"), answer=yes_or_no)
assignment = Assignment(name="plain", title="Plain", points=1, questions=(question,))
"""


def test_without_shuffling_the_forms_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no choice may be shuffled, forms per student are all alike, and the author is told."""
    folder = tmp_path / "plainly" / "plain"
    folder.mkdir(parents=True)
    for file in (folder.parent / "__init__.py", folder / "__init__.py"):
        file.touch()
    (folder / "assignment.py").write_text(PLAIN, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    out = str(tmp_path / "forms")
    assert main(["form", "plain", "--student", "Bo", "--out", out, "--library", str(folder.parent)]) == 0
    assert "No choice of this assignment has shuffle=True" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--student", "../Bo"], "'../Bo' cannot be a folder's name. Use an e-mail address, a number or a plain name."),
        (["--students", "nowhere.txt"], "cannot read nowhere.txt"),
        (["--out", "/dev/null/forms"], "cannot write /dev/null/forms"),
    ],
)
def test_what_cannot_be_done_is_explained(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that is no folder, a list that is not there, a folder that cannot be made: what to do instead."""
    assert main(["form", "dis1", *arguments]) == 2
    assert message in capsys.readouterr().err
