"""An objective without what may stand before it; no key is needed for it."""

from __future__ import annotations

import re
from dataclasses import replace

from autograder.submission.written import Written

_PROPORTIONAL = re.compile(r"\\propto(?![A-Za-z])|∝")
_ASKED = re.compile(
    r"^[\s$]*(?:\\arg\s*\\min|\\argmin|argmin|arg\s+min|\\min|min)(?:\\limits)?\s*_\s*(?:\{[^}]*\}|\\?\w)"
)
"""`argmin_w` and `min_w` before the function that is asked for."""


def bare(written: Written, *, any_factor: bool) -> Written:
    """The answer with an equality sign for "is proportional to", where factors are free, and without `argmin_w`.

    Places in the text stay where they are.
    """
    if not isinstance(written.content, str):
        return written
    text = _ASKED.sub(lambda found: " " * len(found[0]), written.content)
    if any_factor:
        text = _PROPORTIONAL.sub(lambda found: "=".ljust(len(found[0])), text)
    return replace(written, content=text)
