"""Functions are found in any file, without running it; of a notebook only what a function needs is loaded."""

from __future__ import annotations

import json

import pytest

from autograder.submission.program import definitions, imports, locate, sources
from autograder.verdict import Word


def notebook(*cells: str) -> bytes:
    found = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"cells": found, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()


def found(files: dict[str, bytes], name: str = "ridge"):
    return locate(name, sources(files), files)


WRITTEN = b"def ridge(X, y, lam):\n    return X\n"
BLANK = b'def ridge(X, y, lam):\n    """Later."""\n    raise NotImplementedError\n'


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"a.py": WRITTEN}, "a.py, line 1"),
        ({"a.py": b"# one\n\n" + WRITTEN}, "a.py, line 3"),
        ({"b.py": WRITTEN, "a.py": BLANK}, "b.py, line 1"),
        ({"deep/a.py": WRITTEN, "z.py": WRITTEN}, "z.py, line 1"),
        ({"a.ipynb": notebook("1 + 1", WRITTEN.decode())}, "a.ipynb, cell 2, line 1"),
        ({"a.ipynb": notebook(WRITTEN.decode()), "b.py": WRITTEN}, "b.py, line 1"),
        ({"a.ipynb": notebook(WRITTEN.decode()), "b.py": BLANK}, "a.ipynb, cell 1, line 1"),
        ({"a.py": WRITTEN + b"x = = 1\n"}, "a.py, line 1"),
        ({"a.py": b"ridge = lambda X, y, lam: X\n"}, "a.py, line 1"),
        ({"a.py": WRITTEN + b"\n" + WRITTEN}, "a.py, line 4"),
        ({"A.PY": WRITTEN}, "A.PY, line 1"),
    ],
)
def test_where(files, where):
    """A written definition counts before a blank one, a .py file before a notebook, the last of a file."""
    place = found(files)
    assert place is not None
    assert (place.where, place.definition.blank) == (where, False)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a.py": b"ridge(1)\n"},
        {"a.py": b"class A:\n    def ridge(self): return 1\n"},
        {"a.txt": WRITTEN},
        {"a.ipynb": b"{}"},
        {"a.ipynb": b"\x00 no json"},
    ],
)
def test_nowhere(files):
    """What is no definition at the left margin of a file of code is not found, and nothing breaks."""
    assert found(files) is None


@pytest.mark.parametrize(
    "body", ["pass", "...", "raise NotImplementedError", "raise NotImplementedError('x')", "return None", '"""Doc."""']
)
def test_blank(body):
    """A body that says nothing is a blank, with or without a docstring."""
    for text in (f"def f(x):\n    {body}\n", f'def f(x):\n    """Doc."""\n    {body}\n'):
        assert definitions(text)["f"].blank
    assert not definitions(f"def f(x):\n    y = 1\n    {body}\n")["f"].blank


def test_defined_twice_in_two_files():
    """Of two written definitions the first file's counts, and the student is told."""
    assert found({"a.py": WRITTEN, "b.py": WRITTEN}).notices == (
        "ridge is defined in a.py, which counts, and also in b.py.",
    )


def test_slice_of_a_notebook():
    """Imports, definitions and constants stay on their lines; everything that does something is gone."""
    cells = (
        "%matplotlib inline\nimport numpy as np\nimport no_such_module_here\nrng = np.random.default_rng(0)",
        "LAM, NAMES = 0.5, ['a', 'b']\nDOUBLE = 2 * LAM\nbad = undefined * 2\nheavy = np.zeros(10**9)\n!rm -rf /",
        "%%bash\nrm -rf /",
        "for step in range(10**9):\n    train()\nf = lambda x: later(x)\n@staticmethod\ndef ridge(X, y, lam):\n    return X * DOUBLE",
        "this is no python",
        "class Net:\n    width = 3\nprint('done'); raise SystemExit",
    )
    place = found({"hw.ipynb": notebook(*cells)})
    kept = [line for line in place.source.text.split("\n") if line.strip()]
    assert kept == [
        "import numpy as np",
        "LAM, NAMES = 0.5, ['a', 'b']",
        "DOUBLE = 2 * LAM",
        "f = lambda x: later(x)",
        "@staticmethod",
        "def ridge(X, y, lam):",
        "    return X * DOUBLE",
        "class Net:",
        "    width = 3",
    ]
    assert place.where == "hw.ipynb, cell 4, line 5"
    assert place.notices == (
        "hw.ipynb imports no_such_module_here, which is not there while code is graded; the import was left out.",
    )


def test_deep_expression():
    """An expression nested hundreds deep is cut like any other, without exhausting the stack."""
    text = "x = " + "+".join(["1"] * 800) + "\ndef ridge(X, y, lam):\n    return X\n"
    assert found({"hw.ipynb": notebook(text)}).where == "hw.ipynb, cell 1, line 2"


def test_own_modules_stay_importable():
    """An import of another file of the submission is kept, and that file goes along."""
    place = found({"a.py": b"import mine\nfrom lib.x import y\n" + WRITTEN, "mine.py": b"", "lib/x.py": b"y = 1\n"})
    assert place.source.text.startswith("import mine\nfrom lib.x import y\n")
    assert set(place.files) == {"a.py", "mine.py", "lib/x.py"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import torch", True),
        ("import torch.nn as nn", True),
        ("from torch import nn", True),
        ("def f():\n    import numpy, torch", True),
        ("import torchvision", False),
        ("from .torch import x", False),
        ("torch = 'import torch'", False),
    ],
)
def test_imports(text, expected):
    """Whether a library is asked for anywhere is told from the code, not from its text."""
    assert imports(text, "torch") is expected


def test_helper_modules_and_notebooks_in_the_sandbox(judge, solution):
    """A function may use another file of the submission; one in a notebook works without its cells being run."""
    use = "from mine import solve_it\nimport numpy as np\n\n\ndef ridge(X, y, lam):\n"
    use += "    return solve_it(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n"
    files = {"a.py": use, "mine.py": "import numpy as np\n\n\ndef solve_it(G, g):\n    return np.linalg.solve(G, g)\n"}
    files["b.ipynb"] = notebook(
        "import numpy as np\nwhile True:\n    pass", solution[solution.index("def kernel_ridge") :]
    )
    verdict = judge("3.code", files)
    assert verdict.word is Word.OK, verdict.feedback
    assert verdict.wrote == "ridge: a.py, line 5\nkernel_ridge: b.ipynb, cell 2, line 1"


def test_file_that_does_not_load(judge):
    """An error in a definition is told once for each function, with its place."""
    verdict = judge("3.code", "import numpy as np\nclass Model: rate = 1 / 0\n" + WRITTEN.decode())
    assert verdict.credit == 0
    assert verdict.feedback[:2] == (
        "`ridge` cannot be called, since loading its file raises ZeroDivisionError: division by zero.",
        "your traceback:\n  functions.py, line 2: class Model: rate = 1 / 0\n"
        "  functions.py, line 2, in Model: class Model: rate = 1 / 0\n  ZeroDivisionError: division by zero",
    )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("assert ridge(np.eye(2), np.ones(2), 1.0)[0] == 3, 'mine'", "raised AssertionError: mine in line"),
        ("data = np.loadtxt('train.csv')", "raised FileNotFoundError: train.csv not found"),
        ("count = input('How many? ')", "no keyboard while code is graded"),
        ("import sys\nsys.exit()", "raised SystemExit"),
        ("import seaborn as sns\nsns.set_theme()", "raised NameError: name 'sns' is not defined"),
        ("while True: pass", "was stopped after 5 seconds of processor time"),
    ],
)
def test_statements_around_the_functions_that_fail(judge, solution, statement, said):
    """What stands around the functions (tests, plots, prompts, data) may fail: then only definitions are loaded."""
    verdict = judge("3.code", f"{solution}\n{statement}\n")
    assert verdict.word is Word.OK, verdict.feedback
    notice = next(notice for notice in verdict.notices if "definitions" in notice)
    assert notice.startswith("ridge was tried with the definitions of its file only, since the import of functions.py")
    assert said in notice


def test_a_module_in_the_same_folder(judge, solution):
    """An import of a file beside one's own is kept, whatever folder both are in."""
    files = {
        "hw1/mine.py": "import numpy as np\nsolve_it = np.linalg.solve\n",
        "hw1/functions.py": "from mine import solve_it\n" + solution.replace("np.linalg.solve", "solve_it"),
    }
    verdict = judge("3.code", files)
    assert (verdict.word, verdict.notices) == (Word.OK, ()), verdict.feedback


def test_traceback_in_a_notebook(judge):
    """A traceback points at the cell and its line."""
    text = "def kernel_ridge(X, y, lam):\n    z = X\n    return z.nothing\n"
    verdict = judge("3.code", {"hw.ipynb": notebook("import numpy as np", "# here\n" + text)})
    assert "  hw.ipynb, cell 2, line 4, in kernel_ridge: return z.nothing" in verdict.feedback[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no function `ridge` in your files. Write it at the left margin: def ridge(X, y, lam):"),
        (
            "def Ridge(X, y, lam):\n    return 1\n",
            "There is no `ridge`, but there is `Ridge` (functions.py, line 1); did you mean `ridge`?",
        ),
    ],
)
def test_missing(judge, text, said):
    """A function that is not there is asked for with its first line, or with the name that comes near."""
    assert judge("3.code", text).feedback[0] == said


def test_wrong_number_of_parameters(judge):
    """A function with other parameters is told what Python says of it, with the input."""
    verdict = judge("3.code", "def ridge(X, y):\n    return 1 * X\n")
    assert "raises TypeError: ridge() takes 2 positional arguments but 3 were given" in verdict.feedback[0]
