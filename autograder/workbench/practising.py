"""The workbench of a student's kit: the public half of one assignment, on a page."""

from __future__ import annotations

import json
from pathlib import Path

from autograder.kit.check import STATEMENTS
from autograder.kit.codec import from_json
from autograder.kit.part import Statements
from autograder.workbench.practice import PracticeDesk
from autograder.workbench.serving import serve


def main(home: Path) -> int:
    """Serve the statements that lie in the kit, until it is stopped by hand.

    Args:
        home: the folder that holds `statements.json`.
    """
    statements: Statements = from_json(json.loads((home / STATEMENTS).read_text(encoding="utf-8")))
    return serve({statements.assignment: PracticeDesk(statements=statements)}, 0)
