"""Attack list, lines 10 and 48-50: folders and archives that are not what they seem."""

import io
import os
import stat
import time
import zipfile

import pytest

from autograder.sandbox.archive import read_archive
from autograder.sandbox.staging import Caps, printable, read_folder

SMALL = Caps(files=20, file_size=1000, total_size=3000, depth=3)


def reasons(staged):
    return {refusal.name: refusal.reason for refusal in staged.refusals}


def archive(*members):
    """Make a zip of (name or ZipInfo, content) pairs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members:
            opened.writestr(name, content)
    return buffer.getvalue()


def special(name, mode):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize("kind", ["symlink", "fifo", "folder link", "hard link"])
def test_results_made_beforehand_are_refused(tmp_path, kind):
    """Line 10: a results file that is a link or a pipe is refused and never followed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_text("secret")
    submission = tmp_path / "submission"
    submission.mkdir()
    match kind:
        case "symlink":
            (submission / "results.json").symlink_to(outside / "secret")
        case "fifo":
            os.mkfifo(submission / "results.json")
        case "folder link":
            (submission / "results").symlink_to(outside)
        case _:
            os.link(outside / "secret", submission / "results.json")
    staged = read_folder(submission)
    assert staged.files == {}
    assert len(staged.refusals) == 1


def test_a_link_in_place_of_the_submission_is_refused(tmp_path):
    """Line 10: the submission's own folder may not be a link either."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(OSError, match="link"):
        read_folder(tmp_path / "link")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../x", "'..'"),
        ("a/../x", "'..'"),
        ("/etc/passwd", "absolute"),
        ("C:/x", "absolute"),
        ("a\\..\\x", "backslashes"),
        ("a//x", "empty"),
        ("./x", "'.'"),
        ("a/b/c/d/x", "nested"),
        ("n" * 256, "longer"),
        ("\u202egpj.py", "invisible"),
        ("line\nend.py", "control"),
    ],
)
def test_unsafe_member_names_are_refused(name, said):
    """Line 48: names that lead out of the folder, or mislead a reader, are refused with the reason."""
    staged = read_archive(archive((name, "x"), ("fine.py", "y")), SMALL)
    assert staged.files == {"fine.py": b"y"}
    assert said in staged.refusals[0].reason


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_special_members_are_refused(mode):
    """Line 48: a member that would become a link, pipe, device or socket is refused."""
    staged = read_archive(archive((special("hw.py", mode), "/etc/passwd")), SMALL)
    assert staged.files == {}
    assert "symbolic link or a special file" in reasons(staged)["hw.py"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["hw.py", "HW.py", "hw.PY"])
def test_members_of_one_name_are_both_refused(second):
    """Line 48: of two members with one name, even by case or Unicode form, neither is guessed to be meant."""
    staged = read_archive(archive(("hw.py", "1"), (second, "2")), SMALL)
    assert staged.files == {}
    assert len(staged.refusals) == 2


def test_a_member_of_a_billion_bytes_is_refused_without_unpacking():
    """Line 48: the declared size is enough to refuse a bomb."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened, opened.open("hw.py", "w") as member:
        for _ in range(1000):
            member.write(bytes(10**6))
    staged = read_archive(buffer.getvalue())
    assert staged.files == {}
    assert "1,000,000,000 bytes" in reasons(staged)["hw.py"]


def test_a_member_that_lies_about_its_size_is_refused():
    """Line 48: a bomb that declares few bytes is cut off and fails its checksum."""
    data = bytearray(archive(("hw.py", bytes(10**6))))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature)
        data[start + offset : start + offset + 4] = (10).to_bytes(4, "little")
    staged = read_archive(bytes(data), SMALL)
    assert staged.files == {}
    assert "unpacked" in reasons(staged)["hw.py"]


def test_unusual_compression_is_refused():
    """Line 48: a member whose unpacking could take any amount of memory is not unpacked."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("hw.py", "x")
    assert "unusual" in reasons(read_archive(buffer.getvalue()))["hw.py"]


def test_the_total_is_bounded():
    """Line 48: many members, each small enough, are refused once together they are too large."""
    staged = read_archive(archive(*((f"{i}.py", os.urandom(900)) for i in range(10))), SMALL)
    assert len(staged.files) == 3
    assert "in total" in staged.refusals[0].reason


def test_a_hundred_thousand_members_are_refused_at_once():
    """Line 48: the member list is not even built."""
    staged = read_archive(archive(*((str(i), "") for i in range(65_000))))
    assert staged.files == {}
    assert "more than 500" in staged.refusals[0].reason


@pytest.mark.parametrize(
    "data", [b"", b"not a zip", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18, b"PK\x05\x06" + bytes(18)]
)
def test_what_is_no_zip_is_refused(data):
    """Line 48: garbage is refused as such, whatever it begins with; an empty archive holds nothing."""
    assert read_archive(data).files == {}


def test_every_cut_of_an_archive_is_read_or_refused():
    """Line 48: an archive that breaks off anywhere, or has one byte changed, never raises."""
    whole = archive(("a.py", "1" * 50), ("b/c.py", "2"))
    for end in range(len(whole)):
        read_archive(whole[:end], SMALL)
        read_archive(whole[:end] + b"\xff" + whole[end + 1 :], SMALL)


@pytest.mark.parametrize(
    "name", [b"\xff.py", b"line\nend.py", b"n" * 255, b"-rf", b"CON", "🙂.py".encode(), b".hidden.py"]
)
def test_strange_names_are_taken_or_refused_and_always_printable(tmp_path, name):
    """Line 49: whatever a file is called, it is handled, and a log line with its name stays one plain line."""
    os.close(os.open(os.fsencode(tmp_path) + b"/" + name, os.O_CREAT | os.O_WRONLY))
    staged = read_folder(tmp_path)
    assert len(staged.files) + len(staged.refusals) == 1
    for shown in [*map(str, staged.refusals), *map(printable, staged.files)]:
        assert shown.encode().decode().isprintable()


@pytest.mark.parametrize("name", ["hw.py", "data.npy"])
def test_pipes_and_sparse_files_are_refused_without_blocking(tmp_path, name):
    """Line 50: a FIFO is not waited for, and a file of 2^40 bytes without content is not read."""
    began = time.monotonic()
    os.mkfifo(tmp_path / name)
    (tmp_path / f"sparse_{name}").touch()
    os.truncate(tmp_path / f"sparse_{name}", 1 << 40)
    staged = read_folder(tmp_path)
    assert staged.files == {}
    assert reasons(staged) == {
        name: "it is not a regular file",
        f"sparse_{name}": "1,099,511,627,776 bytes is more than the 25,165,824 allowed for one file",
    }
    assert time.monotonic() - began < 5


def test_too_many_files_and_folders_end_at_the_cap(tmp_path):
    """Line 46: a folder with many entries, or of great depth, is read up to the cap and the rest is named once."""
    deep = tmp_path
    for _ in range(30):
        deep = deep / "d"
        deep.mkdir()
    for index in range(50):
        (tmp_path / f"f{index:02}.py").touch()
    staged = read_folder(tmp_path, SMALL)
    assert len(staged.files) <= SMALL.files
    assert len(staged.refusals) <= 3
    assert any("more than 20" in refusal.reason for refusal in staged.refusals)
