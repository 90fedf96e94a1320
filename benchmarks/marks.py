"""Figures in a page, between two marks that readers do not see."""

from __future__ import annotations

from pathlib import Path


def between(page: Path, mark: str, text: str) -> None:
    """Replace what stands between a page's two marks.

    Raises:
        ValueError: the marks are not there.
    """
    first, last = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    before, begin, rest = page.read_text(encoding="utf-8").partition(first)
    _, end, after = rest.partition(last)
    if not (begin and end):
        raise ValueError(f"{page} has no {first} … {last}: put the two marks where the numbers are to stand.")
    page.write_text(f"{before}{first}\n{text}{last}{after}", encoding="utf-8")
