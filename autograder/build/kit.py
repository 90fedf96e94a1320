"""What a student's kit holds: blank forms, the readers, and what the statements give at a few points; nothing of a key."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.build.forms import files
from autograder.build.modules import ENGINE, needed
from autograder.build.public import public_form
from autograder.build.recording import recorded
from autograder.kit.check import STATEMENTS
from autograder.kit.codec import to_json
from autograder.kit.part import Part, Statements
from autograder.question import Assignment, Question

_START = '''"""{about}"""

import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent / "kit"


def start():
    if sys.version_info < (3, 11):
        sys.exit("{name}: Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")
    sys.path.insert(0, str(HOME))
    try:
{imports}
    except ImportError:
        sys.exit("{name}: {missing}")
    from {module} import main

    return main({arguments})


if __name__ == "__main__":
    sys.exit(start())
'''
PAGES = "autograder.workbench.practising"


def _start(name: str, about: str, missing: str, *, modules: tuple[str, ...], module: str, arguments: str) -> str:
    """A program that says what is missing before it begins."""
    imports = "\n".join(f"        import {one}  # noqa: F401" for one in modules)
    return _START.format(
        name=name, about=about, missing=missing, imports=imports, module=module, arguments=arguments
    )  # fmt: skip


START = _start(
    "check", "Reads the answers in the folder submission/ and says how each was read: python check.py [PART ...] [FOLDER]",
    "NumPy is missing; install it with: python -m pip install numpy",
    modules=("numpy",), module="autograder.kit.check", arguments="HOME, sys.argv[1:]",
)  # fmt: skip
START_PAGES = _start(
    "workbench", "Opens a page on this machine in which answers are read as one types: python workbench.py",
    "NumPy and Flask are needed; install them with: python -m pip install numpy flask",
    modules=("flask", "numpy"), module=PAGES, arguments="HOME",
)  # fmt: skip


def _templates() -> dict[str, bytes]:
    """What the pages are made of, by its place in the engine's own folder."""
    folders = (ENGINE / "report" / "page" / "templates", ENGINE / "workbench" / "templates")
    shared = {"style.css", "facts.html"}  # of the first; it holds pages for staff too
    paths = [path for path in sorted(folders[0].iterdir()) if path.name in shared] + sorted(folders[1].iterdir())
    return {path.relative_to(ENGINE.parent).as_posix(): path.read_bytes() for path in paths}


def statements(assignment: Assignment) -> Statements:
    """The public half of an assignment."""
    parts = tuple(_part(assignment, question) for question in assignment)
    return Statements(assignment=assignment.name, title=assignment.title, parts=parts)


def kit(public: Statements, assignment: Assignment, library: Path) -> dict[str, bytes]:
    """Every file of the kit by its name there.

    Args:
        public: its statements.
        assignment: whose kit it is.
        library: the folder of assignments that it comes from.
    """
    top = assignment.name
    engine = needed("autograder.kit.check", PAGES) | _templates()
    found = {f"{top}/kit/{name}": data for name, data in engine.items()}
    data = json.dumps(to_json(public), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    found[f"{top}/kit/{STATEMENTS}"] = data.encode()
    found[f"{top}/check.py"] = START.encode()
    found[f"{top}/workbench.py"] = START_PAGES.encode()
    found[f"{top}/README.md"] = _read_me(assignment).encode()
    found |= {f"{top}/submission/{name}": text.encode() for name, text in files(assignment, library).items()}
    return found


def _part(assignment: Assignment, question: Question) -> Part:
    form, table = public_form(question)
    return Part(
        id=question.id, name=question.answer_name, title=question.title, form=form, symbols=table,
        recorded=recorded(assignment, question, form, table),
    )  # fmt: skip


def _read_me(assignment: Assignment) -> str:
    return f"""# {assignment.title}

1. Fill in the files in `submission/`. They say how answers are typed.
2. `python check.py` says how each answer was read, and whether it agrees with the statement at a few points. One part alone:
   `python check.py {next(iter(assignment)).id}`. It needs Python 3.11 or newer and NumPy.
3. `python workbench.py` opens a page in which you type an answer and see at once how it is read. It also needs Flask.
4. Hand in the files in `submission/`.

The check is no grade and holds no answers: `ok` means that the statement gives the same numbers where it was tried. Code is not
run; choices and texts are read only.
"""
