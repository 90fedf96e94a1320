"""Finding the submissions of a class, whatever they come in."""

from __future__ import annotations

import os

import pytest

from autograder.batch.entries import gather
from autograder.errors import SubmissionError
from tests.batch.classes import METADATA, RIGHT, export, folder, zipped


def ids(found):
    return [entry.id for entry in found.entries]


def write(path, files):
    for name, text in files.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_folder_archive_and_file_is_a_submission(tmp_path):
    """Folders, zips, Python files and notebooks count; what is none is told."""
    write(
        tmp_path, {"ada/answers.py": RIGHT, "bob.zip": zipped({"answers.py": RIGHT}), "eve.py": RIGHT, "list.txt": "x"}
    )
    found = gather(tmp_path)
    assert ids(found) == ["ada", "bob", "eve"]
    assert found.notices == ("list.txt is no submission and was passed over.",)
    assert {name for entry in found.entries for name in entry.read().files} == {"answers.py", "eve.py"}


@pytest.mark.parametrize("form", ["folder", "folder around it", "zip"])
def test_an_export_of_the_platform(tmp_path, form):
    """Names, numbers, times and recorded results come from its metadata."""
    if form == "zip":
        source = tmp_path / "export.zip"
        source.write_bytes(zipped(export()))
    else:
        write(tmp_path, export())
        source = tmp_path if form == "folder around it" else tmp_path / "assignment_7_export"
    found = gather(source)
    assert ids(found) == ["submission_11", "submission_12"]
    ada, group = found.entries
    assert (ada.people[0].name, ada.people[0].sid) == ("Ada Lovelace", "0001")
    assert ada.recorded.parts["1a.path"].misconception == "third"
    assert [person.name for person in group.people] == ["李 明", 'Noël "=1+1" O\'Brien']
    assert group.recorded is None
    assert list(ada.read().files) == ["answers.py"]
    assert found.notices == ()


def test_a_zip_of_folders_without_metadata(tmp_path):
    """The folder that an archiver puts around everything is no submission."""
    source = tmp_path / "class.zip"
    source.write_bytes(zipped({"hw/ada/answers.py": RIGHT, "hw/bob/answers.py": RIGHT, "__MACOSX/hw/x": "x"}))
    assert ids(gather(source)) == ["ada", "bob"]


def test_a_zip_of_zips(tmp_path):
    """Each inner archive is one submission."""
    source = tmp_path / "class.zip"
    source.write_bytes(zipped({f"{name}.zip": zipped({"answers.py": RIGHT}) for name in ("ada", "bob")}))
    found = gather(source)
    assert ids(found) == ["ada", "bob"]
    assert all(list(entry.read().files) == ["answers.py"] for entry in found.entries)


def test_names_that_are_there_twice_are_both_kept(tmp_path):
    """A folder and an archive of the same name get ids with their endings."""
    write(tmp_path, {"ada/answers.py": RIGHT, "ada.zip": zipped({"answers.py": RIGHT}), "ada.py": RIGHT})
    assert ids(gather(tmp_path)) == ["ada", "ada.py", "ada.zip"]


def test_no_two_submissions_share_an_id(tmp_path):
    """Where a name without its ending is another's whole name, or escaped bytes read like one, both are kept."""
    write(tmp_path, {"ada.py": RIGHT, "ada.zip": zipped({"a.py": RIGHT}), "ada.py.zip": zipped({"a.py": RIGHT})})
    (tmp_path / os.fsdecode(b"b\xff")).mkdir()
    (tmp_path / "b\\xff").mkdir()
    assert ids(gather(tmp_path)) == ["ada.py", "ada.py.zip", "ada.zip", "b\\xff", "b\\xff_"]


def test_names_in_any_script(tmp_path):
    """Ids are the names as they are; bytes that are no text are escaped, not lost."""
    names = ["Ωμέγα", "李明", "עברית", "e\u0301", "é", "a b", "🦊"]
    folder(tmp_path, dict.fromkeys(names, RIGHT))
    (tmp_path / os.fsdecode(b"broken\xff")).mkdir()
    assert ids(gather(tmp_path)) == sorted([*names, "broken\\xff"])


def test_a_student_with_two_submissions_is_told(tmp_path):
    """Both are graded; which one counts is for a person."""
    write(
        tmp_path,
        {
            "a/x.py": RIGHT,
            "b/x.py": RIGHT,
            "submission_metadata.yml": METADATA.replace("submission_11", "a")
            .replace("submission_12", "b")
            .replace("'0002'", "'0001'"),
        },
    )
    assert gather(tmp_path).notices == ("0001 has 2 submissions (a, b); each is graded.",)


def test_metadata_that_names_what_is_not_there(tmp_path):
    """An incomplete download is noticed."""
    write(tmp_path, {"submission_11/answers.py": RIGHT, "submission_metadata.yml": METADATA})
    assert gather(tmp_path).notices == ("submission_metadata.yml names submission_12, which is not there.",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "submission_metadata.yml cannot be read: while parsing"),
        ("- a\n- b\n", "submission_metadata.yml holds no mapping by folder"),
        ("a: {}\na: {}\n", "the folder a is there twice"),
        ("a: !!python/object/apply:os.system ['true']\n", "could not determine a constructor"),
    ],
)
def test_metadata_that_cannot_be_read(tmp_path, text, message):
    """A damaged, hostile or ambiguous file ends the batch before anything is graded, with a way out."""
    write(tmp_path, {"a/answers.py": RIGHT, "submission_metadata.yml": text})
    with pytest.raises(SubmissionError, match=message):
        gather(tmp_path)


def test_metadata_with_odd_values(tmp_path):
    """Whatever is no list, text or number is passed over."""
    text = "a: {':submitters': 3, ':score': [1], ':results': {tests: 4}}\nb: 5\n"
    write(tmp_path, {"a/x.py": RIGHT, "b/x.py": RIGHT, "submission_metadata.yml": text})
    found = gather(tmp_path)
    assert [entry.people for entry in found.entries] == [(), ()]
    assert found.notices == ("submission_metadata.yml says nothing that can be read of b.",)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "holds no submission. It should hold one folder"),
        ({"notes.txt": "x"}, r"holds no submission \(notes.txt is no submission"),
    ],
)
def test_a_folder_without_submissions(tmp_path, files, message):
    """The message says what should be there."""
    write(tmp_path, files)
    with pytest.raises(SubmissionError, match=message):
        gather(tmp_path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", b"no zip at all"])
def test_a_damaged_zip(tmp_path, data):
    """It is named, with what to do."""
    source = tmp_path / "class.zip"
    source.write_bytes(data)
    with pytest.raises(SubmissionError, match=r"class.zip is not a readable zip .*Download it again"):
        gather(source)


def test_other_inputs(tmp_path):
    """A missing path and a file of another kind are told apart."""
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(SubmissionError, match="there is no"):
        gather(tmp_path / "nothing")
    with pytest.raises(SubmissionError, match="neither a folder nor a"):
        gather(tmp_path / "a.txt")


def test_a_bomb_and_a_damaged_member_cost_only_themselves(tmp_path):
    """Of one submission in a class's zip, what cannot be unpacked is refused with a reason; the others are read."""
    files = {"bomb/answers.py": b"\0" * (65 << 20), "bomb/more.py": RIGHT, "good/answers.py": RIGHT}
    data = bytearray(zipped(files))
    source = tmp_path / "class.zip"
    source.write_bytes(data)
    bomb, good = (entry.read() for entry in gather(source).entries)
    assert list(bomb.files) == ["more.py"]
    assert "more than the" in bomb.refusals[0].reason
    assert list(good.files) == ["answers.py"]


def test_ten_thousand_files_in_one_submission(tmp_path):
    """The cap on files is told, in a folder and in a zip alike, and the rest of the class goes on."""
    many = {f"many/f{number:05}.py": "" for number in range(10_000)}
    source = tmp_path / "class.zip"
    source.write_bytes(zipped({**many, "good/answers.py": RIGHT}))
    good, crowded = (entry.read() for entry in gather(source).entries)
    assert (len(good.files), len(crowded.files)) == (1, 500)
    assert crowded.refusals[0].reason == "there are more than 500 files and folders; the rest was not read"


def test_a_class_of_ten_thousand(tmp_path):
    """Nothing is read before its turn."""
    source = tmp_path / "class.zip"
    source.write_bytes(zipped({f"s{number:05}/answers.py": RIGHT for number in range(10_000)}))
    assert len(gather(source).entries) == 10_000
