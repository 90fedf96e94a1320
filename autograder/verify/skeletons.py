"""The first lines of a new question, by kind: what is left to its author is marked, and fails verification until then.

Each kind has a file in `autograder/beginnings/`: the question's file, then what the solution needs, each behind a line
`--- NAME`. What stands there runs and verifies but for its marks, so that an author changes what works.
"""

from __future__ import annotations

from pathlib import Path

from autograder.question import answer_name

FOLDER = Path(__file__).resolve().parents[1] / "beginnings"
KINDS = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))

_SECTION = "--- "
_QUESTION, _ANSWERS = "question", "answers"
ANSWERS_FILE = "solution/answers.py"


def beginning(kind: str, part: str) -> dict[str, str]:
    """The files of a new question by their place in the assignment's folder; the lines for the answers' file among them.

    Raises:
        KeyError: there is no such kind.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    name = answer_name(part)
    text = (FOLDER / f"{kind}.txt").read_text(encoding="utf-8").replace("{id}", part).replace("{name}", name)
    places = {_QUESTION: f"{name}.py", _ANSWERS: ANSWERS_FILE}
    files: dict[str, str] = {}
    for section in text.split(f"\n{_SECTION}"):
        title, _, body = section.removeprefix(_SECTION).partition("\n")
        files[places.get(title, title)] = body.rstrip("\n") + "\n"
    return files
