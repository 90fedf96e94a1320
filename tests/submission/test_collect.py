"""Which files a submission may consist of, and what is said of those that cannot be read."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from autograder.errors import SubmissionError
from autograder.sandbox.staging import Caps
from autograder.submission.collect import Submission, collect


def contents(submission: Submission) -> dict[str, object]:
    return {name: written.content for name, written in submission.answers.items()}


def problems(submission: Submission) -> list[str]:
    return [str(problem) for problem in submission.problems]


def notebook(*cells: str, kind: str = "code") -> str:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": [{"cell_type": kind, "source": cell} for cell in cells]})


def folder(path: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        target = path / name
        assert target.is_relative_to(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_mixes_files_notebooks_and_nested_folders(tmp_path):
    """Answers come from every .py and .ipynb file below the folder."""
    folder(
        tmp_path,
        {"a.py": 'q1a = "1"', "deep/er/b.py": 'q1b = "2"', "c.ipynb": notebook('q1c = "3"', 'q1d = "4"')},
    )
    assert contents(collect(tmp_path)) == {"q1a": "1", "q1b": "2", "q1c": "3", "q1d": "4"}


@pytest.mark.parametrize("name", ["answers.py", "answers.ipynb", "answers.zip", "Answers.PY"])
def test_reads_one_file(tmp_path, name):
    """A single file of each kind is a submission."""
    path = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("hw/answers.py", 'q1a = "1"')
    else:
        path.write_text(notebook('q1a = "1"') if name.endswith(".ipynb") else 'q1a = "1"')
    assert contents(collect(path)) == {"q1a": "1"}


def test_reads_a_folder_that_holds_only_a_zip(tmp_path):
    """An archive that was uploaded as it is counts as what it holds."""
    with zipfile.ZipFile(tmp_path / "hw.zip", "w") as archive:
        archive.writestr("answers.py", 'q1a = "1"')
    assert contents(collect(tmp_path)) == {"q1a": "1"}


def test_passes_over_what_tools_leave_behind(tmp_path):
    """Checkpoints and resource forks are no answers, and no news."""
    folder(
        tmp_path,
        {
            "a.py": 'q1a = "1"',
            "__MACOSX/._a.py": b"\0\1",
            ".ipynb_checkpoints/a-checkpoint.py": 'q1a = "old"',
            ".DS_Store": b"\0",
        },
    )
    submission = collect(tmp_path)
    assert (contents(submission), submission.problems, submission.notices) == ({"q1a": "1"}, (), ())


def test_keeps_every_file_for_code_answers(tmp_path):
    """Files that hold no answers are handed on as bytes."""
    folder(tmp_path, {"a.py": "def f(): pass", "data.csv": "1,2"})
    assert set(collect(tmp_path).files) == {"a.py", "data.csv"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "there is no .py or .ipynb file to read; it is empty. Hand in your answers file."),
        ({"a.pdf": "x"}, "there is no .py or .ipynb file to read; it holds only a.pdf. Hand in your answers file."),
        ({"a.py": ""}, "a.py: the file is empty."),
        ({"a.ipynb": " "}, "a.ipynb: the file is empty. Save the notebook again and hand in that file."),
        (
            {"a.ipynb": "{not json"},
            "a.ipynb: this is not a notebook: it is not valid JSON (line 1: Expecting property name enclosed in "
            "double quotes). Open it in Jupyter, save it and hand in that file.",
        ),
        (
            {"a.ipynb": "[1]"},
            "a.ipynb: this is not a notebook: it is JSON, but it holds no cells. Open it in Jupyter, save it and hand "
            "in that file.",
        ),
        (
            {"a.ipynb": "[" * 100_000},
            "a.ipynb: this is not a notebook: it is JSON, but it holds no cells. Open it in Jupyter, save it and hand "
            "in that file.",
        ),
        (
            {"a.ipynb": '{"cells": [' + "[]," * 600_000},
            "a.ipynb: the notebook holds too much. Clear all outputs, save and hand it in again.",
        ),
        (
            {"a.py": "x = 1\n" * 100_000},
            "a.py: not read: its code is longer than the 524,288 characters allowed. Hand in the answers alone.",
        ),
        (
            {"a.py": "#" * 3_000_000},
            "a.py: not read: 3,000,000 bytes are too many for a file of answers.",
        ),
    ],
)
def test_says_what_is_wrong_with_a_file(tmp_path, files, message):
    """Each way to hand in nothing readable has its own message."""
    found = problems(collect(folder(tmp_path, files)))
    assert [line.removeprefix(f"{tmp_path}: ") for line in found] == [message]


def test_a_bad_file_costs_no_other_file(tmp_path):
    """What can be read is read, whatever lies beside it."""
    folder(tmp_path, {"a.ipynb": "{", "b.py": 'q1a = "1"', "c.py": ""})
    assert contents(collect(tmp_path)) == {"q1a": "1"}


def test_a_notebook_with_huge_outputs_still_yields_its_sources(tmp_path):
    """Outputs are never looked at, however large they are."""
    cell = {
        "cell_type": "code",
        "source": ['q1a = "1"\n', 'q1b = "2"'],
        "outputs": [{"data": {"image/png": "A" * 30_000_000}}],
    }
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}))
    assert contents(collect(tmp_path)) == {"q1a": "1", "q1b": "2"}


def test_a_file_beyond_the_cap_is_named_with_advice(tmp_path):
    """A notebook that is too large is refused with what to do about it."""
    folder(tmp_path, {"a.ipynb": notebook("x" * 2_000), "b.py": 'q1a = "1"'})
    submission = collect(tmp_path, Caps(file_size=1_000))
    assert contents(submission) == {"q1a": "1"}
    assert "Clear the notebook's outputs and save it." in problems(submission)[0]
    with pytest.raises(SubmissionError, match=r"larger than the 0 MiB allowed. If it is a notebook, clear its outputs"):
        collect(tmp_path / "a.ipynb", Caps(file_size=1_000))


def test_an_old_notebook_is_read_with_a_notice(tmp_path):
    """Format 3 keeps its cells in worksheets, under another name."""
    sheet = {"cells": [{"cell_type": "code", "input": ["q1a = '1'"]}]}
    (tmp_path / "a.ipynb").write_text(json.dumps({"nbformat": 3, "worksheets": [sheet]}))
    submission = collect(tmp_path)
    assert contents(submission) == {"q1a": "1"}
    assert submission.notices == (
        "a.ipynb is saved in the old notebook format 3; it was read, but save it with a newer Jupyter.",
    )


@pytest.mark.parametrize(
    "cells", [[None], [1], ["q1a = 1"], [{}], [{"cell_type": "code"}], [{"cell_type": "code", "source": 3}]]
)
def test_cells_of_a_strange_make_are_passed_over(tmp_path, cells):
    """A damaged cell is no reason to lose the others."""
    good = {"cell_type": "code", "source": 'q1b = "2"'}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [*cells, good]}))
    assert contents(collect(tmp_path)) == {"q1b": "2"}


def test_magics_and_shell_lines_are_not_run_and_do_not_harm(tmp_path):
    """IPython's lines vanish; Python's lines around them stay, with their line numbers."""
    cell = '%matplotlib inline\n!touch stolen\nnp.dot?\nif True:\n    %time x\nq1a = """\n% a comment in LaTeX\n!"""\nq1b = "2"'
    (tmp_path / "a.ipynb").write_text(notebook(cell, "%%bash\nq1c=3", '%%time\nq1d = "4"'))
    submission = collect(tmp_path)
    assert contents(submission) == {"q1a": "\n% a comment in LaTeX\n!", "q1b": "2", "q1d": "4"}
    assert submission.answers["q1b"].where == "a.ipynb, cell 1, line 9"
    assert submission.problems == ()
    assert not Path("stolen").exists()


def test_an_answer_in_a_text_cell_is_pointed_out(tmp_path):
    """Text cells are not read, but a student who typed the answer there learns it."""
    (tmp_path / "a.ipynb").write_text(notebook("# My answer\n\n`q1a = 0 < eta < 1`", kind="markdown"))
    submission = collect(tmp_path)
    assert submission.answers == {}
    assert submission.notices == (
        "a.ipynb, cell 1: this is a text cell, so q1a in it was not read. Move it to a code cell.",
    )


@pytest.mark.parametrize(
    ("data", "text", "notices"),
    [
        ('q1a = "é"'.encode("utf-8-sig"), "é", []),
        ('q1a = "σ"'.encode("utf-16"), "σ", []),
        (b"\xfe\xff" + 'q1a = "σ"'.encode("utf-16-be"), "σ", []),
        ('q1a = "σ"'.encode("utf-32"), "σ", []),
        (
            b'# hi\nq1a = "\xe9"',
            "é",
            [
                "a.py is not UTF-8 (byte 0xe9 on line 2); it was read as Western European text. "
                "Save it as UTF-8 if a letter looks wrong."
            ],
        ),
        (
            b'q1a = "\x81"',
            "\x81",
            [
                "a.py is not UTF-8 (byte 0x81 on line 1); it was read as Western European text. "
                "Save it as UTF-8 if a letter looks wrong."
            ],
        ),
        (
            b'\nq1a = "1\0"',
            "1",
            ["a.py has NUL characters (the first on line 2); they were left out. Save it as plain text."],
        ),
        (b'q1a = "1"\r\nq1b = "2"\r', "1", []),
    ],
)
def test_decodes_what_editors_save(tmp_path, data, text, notices):
    """Every common encoding is read; a guess is said to be one."""
    submission = collect(folder(tmp_path, {"a.py": data}))
    assert submission.answers["q1a"].content == text
    assert list(submission.notices) == notices


def test_refuses_links_pipes_and_odd_names_without_blocking(tmp_path):
    """Only plain files are read, and everything else is named with its reason."""
    secret = tmp_path / "secret.py"
    secret.write_text('q1z = "secret"')
    hw = tmp_path / "hw"
    hw.mkdir()
    (hw / "link.py").symlink_to(secret)
    os.mkfifo(hw / "pipe.py")
    (hw / "new\nline.py").write_text('q1y = "1"')
    (hw / "-rf.py").write_text('q1a = "1"')
    (hw / "\N{PARTY POPPER}.py").write_text('q1b = "2"')
    submission = collect(hw)
    assert contents(submission) == {"q1a": "1", "q1b": "2"}
    assert problems(submission) == [
        "link.py: not read: it is a symbolic link; submit the file itself.",
        "new line.py: not read: the name has control or invisible characters; rename the file with plain letters.",
        "pipe.py: not read: it is not a regular file.",
    ]


def test_a_path_that_is_nothing_readable_is_an_error(tmp_path):
    """A wrong path is said to be wrong, with what to give instead."""
    with pytest.raises(
        SubmissionError, match=r"cannot read the submission .*nothing: No such file or directory. Give a folder"
    ):
        collect(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(
        SubmissionError, match=r"cannot grade .*pipe.py: give a folder, a .zip, a .py or an .ipynb file."
    ):
        collect(tmp_path / "pipe.py")
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(SubmissionError, match=r"cannot grade .*a.pdf: give a folder"):
        collect(tmp_path / "a.pdf")


def test_a_file_that_is_no_zip_is_a_problem(tmp_path):
    """A broken archive has its own message."""
    (tmp_path / "a.zip").write_text("PK?")
    assert problems(collect(tmp_path / "a.zip"))[0] == "the archive: not read: it is not a zip file."


def test_files_that_name_different_assignments_are_pointed_out(tmp_path):
    """The last header counts, and the student learns that there are two."""
    folder(tmp_path, {"a.py": "assignment = 'hw1'", "b.py": "# assignment: dis1", "c.py": "assignment = 'dis1'"})
    submission = collect(tmp_path)
    assert submission.header == "dis1"
    assert submission.notices == ("b.py names the assignment 'dis1', another file 'hw1'; the last one counts.",)


def test_the_sources_of_all_files_together_are_capped(tmp_path):
    """Many files that are each short enough must not use up the memory together."""
    for number in range(10):
        (tmp_path / f"{number}.py").write_text(f'q{number} = "1"\n' + "a;" * 9_000)
    submission = collect(tmp_path)
    assert len(submission.answers) == 8
    assert len(submission.problems) == 2


@pytest.mark.parametrize("second", ["q1 = {w: {} for w in (1, 2)}", 'q1 = f"{x}"', "q1 = input()"])
def test_what_would_have_to_be_run_never_replaces_an_answer(tmp_path, second):
    """A notebook that computes what a file of answers states leaves the answer as it is, with a notice."""
    folder(tmp_path, {"a.py": 'q1 = "5"', "b.ipynb": notebook(second)})
    written = collect(tmp_path).answers["q1"]
    assert (written.content, written.trouble) == ("5", "")
    assert written.notices[-1].startswith("q1 at b.ipynb, cell 1")
    assert written.notices[-1].endswith("; what is written at a.py, line 1 counts.")
