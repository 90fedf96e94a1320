"""A class of made-up submissions to Homework 1: the hand-typed solution with the mistakes of the question files, and others.

    python benchmarks/classes.py FOLDER --count 200

The same seed gives the same class. Students differ in skill; each written answer is right, or one of the declared
misconceptions, or wrong in a way that no rule names, blank, broken, or a riddle that nobody can decide by hand either;
functions and the notebook are the solution's, with a slip in some.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOLUTION = ROOT / "reference" / "hw1" / "solution"
NOTEBOOK = "relu_features.ipynb"

UNNAMED = ("y/sigma", "2*sigma", "sigma^2 + 1", "0 < eta < 1", "eta*sigma", "X^T*X", "lambda", "w^2", "0")
BROKEN = ("((", "1/2sigma^2", "sigma +* y", "the answer is in my notes", "\\frac{1}{")
SLIPS = (
    ("eta * 2 * X.T", "eta * X.T"),
    ("1 / largest**2", "2 / largest**2"),
    ("sigma.min() ** 2", "sigma.min()"),
    ("V, P = W1.T @ W1, W2.T @ W2", "V, P = W1, W2"),
    ("lam * np.eye(X.shape[1])", "np.eye(X.shape[1])"),
    ("return X.T @ np", "return np"),
)


def wrong_texts() -> dict[str, list[str]]:
    """By answer name, the misconceptions of the question files as a student would type them."""
    sys.path.insert(0, str(ROOT))
    from autograder.assignments import load
    from autograder.verify.typed import typed

    found: dict[str, list[str]] = {}
    for question in load("hw1"):
        for rule in question.wrong:
            content = typed(question, rule.answer) if rule.answer is not None else None
            if content is not None:
                found.setdefault(question.answer_name, []).append(
                    repr(content if isinstance(content, str) else list(content))
                )
    return found


def submissions(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """The files of each submission."""
    rng = random.Random(seed)
    wrong = wrong_texts()
    functions, notebook = (SOLUTION / "functions.py").read_text(), (SOLUTION / NOTEBOOK).read_text()
    answers = (SOLUTION / "answers.py").read_text()
    for number in range(count):
        skill = rng.betavariate(5, 2)
        files = {"answers.py": _answers(answers, wrong, skill, rng) + f"\n# submission {number}\n"}
        if rng.random() < 0.9:
            files["functions.py"] = _functions(functions, skill, rng)
        if rng.random() < 0.8:
            files[NOTEBOOK] = notebook
        yield files


def _answers(text: str, wrong: dict[str, list[str]], skill: float, rng: random.Random) -> str:
    def replaced(match: re.Match[str]) -> str:
        name = match.group(1)
        if rng.random() < skill:
            return match.group(0)
        kind = rng.random()
        if kind < 0.6 and name in wrong:
            return f"{name} = {wrong[name][int(len(wrong[name]) * rng.random() ** 2)]}"
        if kind < 0.8:
            return f"{name} = {UNNAMED[int(len(UNNAMED) * rng.random() ** 2)]!r}"
        return f"{name} = {rng.choice(('', *BROKEN))!r}"

    return re.sub(r"^(q\w+) = (\[\n(?:    .*\n)*\]|.*)$", replaced, text, flags=re.MULTILINE)


def _functions(text: str, skill: float, rng: random.Random) -> str:
    for right, slip in SLIPS:
        if rng.random() > skill + 0.15:
            text = text.replace(right, slip)
    return text


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write a class as a folder of folders."""
    for number, files in enumerate(submissions(count, seed)):
        place = folder / f"student{number:05}"
        place.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Write a class."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
