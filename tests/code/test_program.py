"""Functions are found in any file, without running it; of a notebook only what a function needs is loaded."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from autograder import Functions
from autograder.submission.collect import Submission
from autograder.submission.program import definitions, imports, locate, sources
from autograder.verdict import Word
from reference.hw1.assignment import assignment


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
        ({"a.py": b"ridge: object = max\n"}, "a.py, line 1"),
        ({"a.py": b"other, ridge = min, max\n"}, "a.py, line 1"),
        ({"a.py": b"class ridge:\n    pass\n"}, "a.py, line 1"),
        ({"a.py": b"from m import f as ridge\n"}, "a.py, line 1"),
        ({"a.py": b"from b import ridge\n", "b.py": WRITTEN}, "b.py, line 1"),
        ({"a.py": b"try:\n    1\nexcept ValueError:\n    2\nelse:\n    ridge = max\n"}, "a.py, line 6"),
        ({"a.py": b"if True:\n    with x:\n        def ridge(): return 1\n"}, "a.py, line 3"),
        ({"a.py": WRITTEN + b"ridge = timed(ridge)\n"}, "a.py, line 1"),
        ({"a.py": BLANK + b"ridge = lambda *a: 1\n"}, "a.py, line 4"),
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
        {"a.py": b"if __name__ == '__main__':\n    def ridge(X, y, lam): return 1\n"},
        {"a.py": b"for ridge in []: pass\n"},
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


def test_slice_of_a_notebook(judge, solution):
    """Of a notebook only what a function needs is run, by names: no training, no magics, no cell that is no Python."""
    kernel = solution[solution.index("def kernel_ridge") :]
    cells = (
        "%matplotlib inline\nimport numpy as np, no_such_module_here\nrng = np.random.default_rng(0)",
        "LAM, NAMES = 0.5, ['a', 'b']\nDOUBLE = 2 * LAM\nbad = undefined * 2\nheavy = np.zeros(10**9)\n!rm -rf /",
        "%%bash\nrm -rf /",
        "for step in range(10**9):\n    train()\nscale = later(1)\ndef ridge(X, y, lam):\n"
        "    return DOUBLE * np.linalg.solve(X.T @ X + scale * lam * np.eye(X.shape[1]), X.T @ y)",
        "this is no python",
        f"def later(x):\n    return x * one\none = dict(a=1)['a']\nprint('done'); raise SystemExit\n{kernel}",
    )
    verdict = judge("3.code", {"hw.ipynb": notebook(*cells)})
    assert verdict.word is Word.OK, verdict.feedback
    assert verdict.wrote.split("\n")[0] == "ridge: hw.ipynb, cell 4, line 4"
    assert verdict.notices == (
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


def test_function_whose_own_definition_raises(judge):
    """An error in what makes the function is told for it, with its place; the other function is judged."""
    text = "import numpy as np\n@later\n" + WRITTEN.decode() + "def kernel_ridge(X, y, lam):\n    return X\n"
    verdict = judge("3.code", text + "def later(f):\n    return f\n")
    assert verdict.feedback[:2] == (
        "`ridge` cannot be called, since loading its file raises NameError: name 'later' is not defined.",
        "your traceback:\n  functions.py, line 2: @later\n  NameError: name 'later' is not defined",
    )
    assert "your `kernel_ridge` returns shape" in verdict.feedback[2]


LEFT_OUT = "was left out, since it raises"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("assert ridge(np.eye(2), np.ones(2), 1.0)[0] == 3, 'mine'", f"{LEFT_OUT} AssertionError: mine"),
        ("data = np.loadtxt('train.csv')", f"{LEFT_OUT} FileNotFoundError: train.csv not found"),
        ("count = input('How many? ')", "no keyboard while code is graded"),
        ("import sys; sys.exit()", f"{LEFT_OUT} SystemExit (import sys; sys.exit())"),
        ("exit(2)", f"{LEFT_OUT} SystemExit: 2 (exit(2))"),
        ("x = 1; raise ValueError('here')", f"{LEFT_OUT} ValueError: here"),
        ("class Model: rate = 1 / 0", f"{LEFT_OUT} ZeroDivisionError: division by zero"),
        (
            "import seaborn as sns\nsns.set_theme()",
            "imports seaborn, which is not there while code is graded; it was ignored.",
        ),
        ("import no_such_module as nsm\nnsm.set_theme()", f"{LEFT_OUT} NameError: name 'nsm' is not defined"),
        ("grid = np.zeros((10**6, 10**6))", f"{LEFT_OUT} MemoryError"),
        (
            "while True: pass",
            "Of functions.py only what ridge needs was run, since the import of functions.py was stopped",
        ),
        ("while True: print('x' * 1000)", "was stopped after it printed 1,048,576 bytes"),
        ("import os; os._exit(0)", "left the Python process (status 0)"),
        ("1 / 0\nwhile True: pass", "raised ZeroDivisionError: division by zero in line"),
    ],
)
def test_statements_around_the_functions_that_fail(judge, solution, statement, said):
    """What stands around the functions (tests, plots, prompts, data) may fail: then it is left out, and that is told."""
    verdict = judge("3.code", f"{solution}\n{statement}\n")
    assert verdict.word is Word.OK, verdict.feedback
    assert said in " ".join(verdict.notices)


def test_many_statements_that_fail(judge, solution):
    """Of many failing statements the first ones are named."""
    verdict = judge("3.code", solution + "\n1 / 0" * 30)
    assert (verdict.word, len(verdict.notices)) == (Word.OK, 4)
    assert verdict.notices[-1].startswith("functions.py: ")
    assert verdict.notices[-1].endswith("further statements that raise were left out.")


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import torch, matplotlib.pyplot as plt\n", ("torch", "matplotlib")),
        ("def f():\n    from sympy import Symbol\n", ("sympy",)),
        ("import not_installed_torch\n# import matplotlib\n", ()),
    ],
)
def test_libraries_that_are_loaded_once(text, expected):
    """What takes long to import is loaded with the sandbox, not again in each of its processes."""
    files = {"functions.py": WRITTEN, "mine.py": text.encode()}
    answer = assignment.question("3.code").answer
    assert answer.libraries(Submission(answers={}, files=files)) == expected
    assert answer.libraries(Submission(answers={}, files={"functions.py": WRITTEN + text.encode()})) == expected


def test_work_at_the_left_margin(judge, solution):
    """A loop beside the functions that stays within the limit is run with each loading, and costs nothing."""
    question = assignment.question("3.code")
    ridge = replace(question.answer.functions[0], seconds=1.0)
    loop = "import time\nbegun = time.process_time()\nwhile time.process_time() < begun + 0.6: pass\n"
    verdict = judge(replace(question, answer=Functions(functions=(ridge,))), loop + solution)
    assert (verdict.word, verdict.notices) == (Word.OK, ()), verdict.staff
