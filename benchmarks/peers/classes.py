"""Classes that hand in the twelve items: each submission is another text, some with a slip."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.graders import FILE, HERE

SOLUTION = (HERE / FILE).read_text(encoding="utf-8")
_SLIPS = (
    ("2*sigma*(sigma*w - y)", "sigma*(sigma*w - y)"),
    ("x*y/(x**2 + lam)", "x*y/(x**2 + 2*lam)"),
    ("(1 - 2*eta*sigma**2)**t", "(1 - eta*sigma**2)**t"),
    ('"1/sigma**2"', '"2/sigma**2"'),
    ("x*y/(x**2 + s**2)", "y/x"),
    ("A.T*b + W.T*W*c", "A.T*b"),
    ("lam * np.eye(X.shape[1])", "lam"),
    ("s[0] ** 2 + s[-1] ** 2", "s[0] ** 2"),
    ("eta * 2 * X.T", "eta * X.T"),
)


def written_only(text: str = SOLUTION) -> str:
    """The formulas without the functions."""
    return text.split("\n\n\ndef ", 1)[0].replace("import numpy as np\nimport torch\n", "") + "\n"


def write(folder: Path, texts: Sequence[str]) -> list[Path]:
    """One folder for each submission."""
    places = []
    for number, text in enumerate(texts):
        place = folder / f"student{number:04}"
        place.mkdir(parents=True)
        (place / FILE).write_text(text, encoding="utf-8")
        places.append(place)
    return places


def students(count: int, seed: int = 1) -> list[str]:
    """A class; the same seed gives the same one."""
    rng = random.Random(seed)
    texts = []
    for number in range(count):
        text = SOLUTION
        for right, slip in _SLIPS:
            if rng.random() < 0.15:
                text = text.replace(right, slip)
        texts.append(f"{text}\n# submission {number}\n")
    return texts
