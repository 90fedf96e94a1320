"""A class as JSON Lines: one object per submission and line, with every fact of every verdict.

Source: jsonlines.org: UTF-8, one JSON value per line, lines ended by a line feed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

from autograder.report.as_json import to_json
from autograder.report.marked import Marked


def json_lines(class_: Collection[Marked]) -> Iterator[str]:
    """A line per submission; `result` is null where grading failed, and `failure` says why."""
    for one in class_:
        data = {
            "submission": one.id,
            "people": [{"name": person.name, "sid": person.sid, "email": person.email} for person in one.people],
            "created": one.created,
            "content": one.content,
            "failure": one.failure,
            "result": None if one.result is None else to_json(one.result),
        }
        # ASCII alone, so that no reader splits a line at U+2028 or U+0085 inside a student's text.
        yield json.dumps(data, ensure_ascii=True, allow_nan=False, sort_keys=True) + "\n"
