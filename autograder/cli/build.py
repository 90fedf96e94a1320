"""Build the zip that is uploaded to Gradescope; the same input gives the same bytes."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from autograder.assignments import KEY_FILE, KEY_VARIABLE, load
from autograder.build.advice import container, minutes, seconds, total
from autograder.build.archive import pack, shares
from autograder.build.contents import ENTRY_POINTS, contents, has_secret
from autograder.build.kit import kit, statements
from autograder.build.silence import telling
from autograder.cli import FAULT, GRADED
from autograder.errors import AuthorError
from autograder.places import LIBRARY
from autograder.question import Assignment
from autograder.report.numbers import points
from autograder.verify.rows import Context, Mark
from autograder.verify.run import verify
from autograder.verify.shown import as_line

_SKIPPED = "skipped by --skip-verify when this zip was built"
_PASSED = "all rows passed when this zip was built"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="which assignment, like hw1")
    parser.add_argument("--out", metavar="FILE", type=Path, help="where to write (default: dist/ASSIGNMENT.zip)")
    parser.add_argument("--kit", action="store_true", help="build what students run at home instead; it holds no key")
    parser.add_argument(
        "--index", metavar="URL", default="",
        help="where pip looks for packages as well, such as an index of torch built for processors alone",
    )  # fmt: skip
    parser.add_argument("--skip-verify", action="store_true", help="do not verify first; the zip says so")
    parser.add_argument("--library", metavar="FOLDER", type=Path, default=LIBRARY, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Build, write, and say what to do with it."""
    assignment = load(arguments.assignment, arguments.library)
    if not arguments.skip_verify and not verified(assignment, arguments.library):
        print(f"{assignment.name} does not verify, so that no zip was built. Mend it, or use --skip-verify.")
        return FAULT
    return _kit(assignment, arguments) if arguments.kit else _upload(assignment, arguments)


def _upload(assignment: Assignment, arguments: argparse.Namespace) -> int:
    note = _SKIPPED if arguments.skip_verify else _PASSED
    if any(character.isspace() for character in arguments.index):
        raise AuthorError(f"--index {arguments.index!r}: give one address, without blanks.")
    files = contents(assignment, arguments.library, verified=note, index=arguments.index)
    out = _written(files, ENTRY_POINTS, arguments.out or Path("dist") / f"{assignment.name}.zip")
    print("\n".join(steps(assignment, out)))
    if not arguments.index:
        print(
            "\nWithout --index the image holds torch with its libraries for graphics cards, some gigabytes that no container "
            "uses. The page on which torch is installed names an index for processors alone (CPU)."
        )
    if not has_secret(files, assignment):
        print(
            f"\nThere is no {arguments.library / assignment.name / KEY_FILE}: hidden inputs can be foretold by whoever has "
            f"these sources. Write a line of random text there, or set {KEY_VARIABLE}, and build again."
        )
    return GRADED


def _kit(assignment: Assignment, arguments: argparse.Namespace) -> int:
    public = statements(assignment)
    files = kit(public, assignment, arguments.library)
    found = [*telling(Context(assignment=assignment, library=arguments.library), files)]
    if found:
        print("\n".join(f"{one}." for one in found))
        print("No kit was built: it would tell what students must find out. Mend the questions that are named.")
        return FAULT
    _written(files, (), arguments.out or Path("dist") / f"{assignment.name}-kit.zip")
    print(f"Students unpack it, fill in {assignment.name}/submission/ and run: python check.py")
    print(f"It needs Python 3.11 and NumPy. {public.tried} of {len(public.parts)} parts are tried at home.")
    return GRADED


def _written(files: dict[str, bytes], executable: tuple[str, ...], out: Path) -> Path:
    """Write the zip and say what it is: size, sum, and what takes the room."""
    data = pack(files, executable=executable)
    write(out, data)
    print(f"{out}: {len(files)} files, {len(data):,} bytes\nsha256 {hashlib.sha256(data).hexdigest()}")
    for folder, count, size in shares(files):
        print(f"  {folder:<28}{count:>4} files {size:>10,} bytes")
    print()
    return out


def verified(assignment: Assignment, library: Path) -> bool:
    """Whether every row of the checklist passes; those that fail are printed."""
    failing = [row for row in verify(Context(assignment=assignment, library=library)) if row.mark is Mark.FAIL]
    print("".join(f"{as_line(row)}\n" for row in failing), end="")
    return not failing


def write(out: Path, data: bytes) -> Path:
    """Write a file, making its folder.

    Raises:
        AuthorError: it cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError as error:
        raise AuthorError(f"cannot write {out}: {error.strerror}. Name another file with --out.") from error
    return out


def steps(assignment: Assignment, out: Path) -> list[str]:
    """What an instructor does in the platform's web form."""
    size, limit = container(assignment), minutes(assignment)
    return [
        "On Gradescope:",
        f"  1. New programming assignment, autograder points: {points(total(assignment))}.",
        f"  2. Configure autograder: upload {out.name}, base image Ubuntu 22.04. Building takes some minutes.",
        f"  3. Container: {size}. Timeout: {limit} minutes (all parts at their limits: {seconds(assignment):.0f} s).",
        "  4. Test autograder: upload a solution; it must earn all points.",
    ]
