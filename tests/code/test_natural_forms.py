"""Forms in which students write a right function: each is graded by what it returns, or told what to change."""

from __future__ import annotations

import json
import textwrap

import pytest

from autograder.verdict import Word

N = "import numpy as np\n"
G = "X.T @ X + lam * np.eye(X.shape[1])"
RIDGE = f"def ridge(X, y, lam):\n    return np.linalg.solve({G}, X.T @ y)\n"
KERNEL = "def kernel_ridge(X, y, lam):\n    return X.T @ np.linalg.solve(X @ X.T + lam * np.eye(X.shape[0]), y)\n"
HELPER = N + "def solve_it(G, g):\n    return np.linalg.solve(G, g)\n"
USE = RIDGE.replace("np.linalg.solve", "solve_it") + KERNEL
SUMS = (
    "def ridge(X, y, lam):\n    A, b = lam * np.eye(X.shape[1]), np.zeros(X.shape[1])\n    for x, t in zip(X, y):\n"
    "        A = A + np.outer(x, x)\n        b = b + t * x\n    return np.linalg.solve(A, b)\n"
)
INNER = textwrap.indent(RIDGE, "    ")
WRAPPED = "def timed(f):\n    def g(*a, **k):\n        return f(*a, **k)\n    return g\n"

# name: (files, or the text of functions.py; words of the notices, "" for none)
RIGHT = {
    "from .helper import": ({"functions.py": N + "from .helper import solve_it\n" + USE, "helper.py": HELPER}, ""),
    "from . import": (
        {"functions.py": N + "from . import helper\n" + USE.replace("solve_it", "helper.solve_it"), "helper.py": HELPER},
        "",
    ),
    "relative in a folder": (
        {"hw1/functions.py": N + "from .helper import *\n" + USE, "hw1/helper.py": HELPER, "hw1/__init__.py": ""},
        "",
    ),
    "a package that imports its modules": (
        {
            "hw1/__init__.py": "from .functions import ridge\nfrom .helper import solve_it\n",
            "hw1/functions.py": N + "from .helper import solve_it\n" + USE,
            "hw1/helper.py": HELPER,
        },
        "",
    ),
    "relative to a subfolder": (
        {
            "functions.py": N + "from .lib.deep.helper import solve_it\n" + USE,
            "lib/deep/helper.py": "from ..other import solve_it\n",
            "lib/other.py": HELPER,
        },
        "",
    ),
    "relative to the folder above": (
        {"hw1/functions.py": N + "from ..lib.helper import solve_it\n" + USE, "lib/helper.py": HELPER},
        "",
    ),
    "relative or absolute": (
        "try:\n    from .nowhere import solve_it\nexcept ImportError:\n    from numpy.linalg import solve as solve_it\n" + N + USE,
        "",
    ),
    "a helper that needs what is not there": (
        {"functions.py": N + "import helper\n" + USE.replace("solve_it", "helper.solve_it"), "helper.py": "import seaborn\n" + HELPER},
        "",
    ),
    "another name imported": (
        {"functions.py": "from mine import other as ridge, kernel_ridge\n", "mine.py": N + RIDGE.replace("ridge", "other") + KERNEL},
        "",
    ),
    "one import of two modules, one absent": ("import numpy as np, seaborn as sns\n" + RIDGE + KERNEL, "imports seaborn"),
    "an import in a try": ("try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\n" + RIDGE + KERNEL, ""),
    "an import in a try, and a failure": (
        "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\n" + RIDGE + KERNEL + "open('data.csv')\n",
        "functions.py, line 9 was left out",
    ),
    "a line that is needed and fails behind it": (
        N + "import math; eye = np.eye; open('nothing')\n" + RIDGE.replace("np.eye", "eye") + KERNEL,
        "functions.py, line 2 was left out",
    ),
    "in an if": (N + "if True:\n" + INNER + KERNEL, ""),
    "in an else, and a loop without end": (N + "if 0:\n    pass\nelse:\n" + INNER + KERNEL + "while True: pass\n", "only what"),
    "in a block with more, and an exit": (
        N + "if True:\n    print(1)\n" + INNER + KERNEL + "import os; os._exit(0)\n", "only what",
    ),
    "in a with": (N + "with np.errstate(all='ignore'):\n" + INNER + KERNEL, ""),
    "under a guard only its tests": (N + RIDGE + KERNEL + "if __name__ == '__main__':\n    raise SystemExit(1)\n", ""),
    "an own decorator": (N + WRAPPED + "@timed\n" + RIDGE + KERNEL, ""),
    "wrapped afterwards": (N + WRAPPED + RIDGE + KERNEL + "ridge = timed(ridge)\n", ""),
    "wrapped, and a loop without end": (N + WRAPPED + "@timed\n" + RIDGE + KERNEL + "while True: pass\n", "only what"),
    "a cache on a helper": (
        N + "import functools\n@functools.lru_cache\ndef eye(n):\n    return np.eye(n)\n" + RIDGE.replace("np.eye", "eye") + KERNEL,
        "",
    ),
    "a lambda": (N + f"ridge = lambda X, y, lam: np.linalg.solve({G}, X.T @ y)\n" + KERNEL, ""),
    "a lambda with a type": (N + f"ridge: object = lambda X, y, lam: np.linalg.solve({G}, X.T @ y)\n" + KERNEL, ""),
    "a partial function": (
        N + f"from functools import partial\ndef general(solve, X, y, lam):\n    return solve({G}, X.T @ y)\n"
        "ridge = partial(general, np.linalg.solve)\n" + KERNEL,
        "",
    ),
    "an object that can be called": (
        N + f"class Ridge:\n    def __call__(self, X, y, lam):\n        return np.linalg.solve({G}, X.T @ y)\nridge = Ridge()\n" + KERNEL,
        "",
    ),
    "a function made by a function": (N + "def make():\n" + INNER + "    return ridge\nridge = make()\n" + KERNEL, ""),
    "a static method": (N + "class M:\n    @staticmethod\n" + INNER + "ridge = M.ridge\n" + KERNEL, ""),
    "async inside": (
        N + f"import asyncio\nasync def go(X, y, lam):\n    return np.linalg.solve({G}, X.T @ y)\n"
        "def ridge(X, y, lam):\n    return asyncio.run(go(X, y, lam))\n" + KERNEL,
        "",
    ),
    "a tuple": (N + RIDGE.replace("return ", "return tuple(").replace("@ y)", "@ y))") + KERNEL, ""),
    "a list": (N + RIDGE.replace("@ y)", "@ y).tolist()") + KERNEL, ""),
    "a list of arrays without a shape": (
        N + RIDGE.replace("return ", "return [np.array(w) for w in ").replace("@ y)", "@ y)]") + KERNEL, "",
    ),
    "matrices within": (
        N + "def ridge(X, y, lam):\n    X, y = np.matrix(X), np.matrix(y).T\n"
        "    return ((X.T * X + lam * np.eye(X.shape[1])).I * X.T * y).A1\n" + KERNEL,
        "",
    ),
    "types from elsewhere": (
        N + "from nowhere import Vector\n" + RIDGE.replace("X, y, lam)", "X, y: Vector, lam: 'float') -> Vector") + KERNEL,
        "imports nowhere",
    ),
    "own randomness": (N + "np.random.seed(0)\nrng = np.random.default_rng(3)\n" + RIDGE + KERNEL, ""),
    "much printing in every call": (N + RIDGE.replace("    return", "    print('x' * 100_000)\n    return") + KERNEL, ""),
    "strict settings": (
        N + "import warnings\nwarnings.simplefilter('error')\nnp.seterr(all='raise')\nnp.set_printoptions(precision=1)\n" + RIDGE + KERNEL,
        "",
    ),
    "a coding line that lies": ("# -*- coding: latin-1 -*-\n" + N + "'é'\n" + RIDGE + KERNEL, ""),
    "further parameters": (N + RIDGE.replace("lam)", "lam=1.0, verbose=False)", 1) + KERNEL, ""),
    "SciPy's Cholesky factor": (
        N + f"from scipy.linalg import cho_factor, cho_solve\ndef ridge(X, y, lam):\n    return cho_solve(cho_factor({G}), X.T @ y)\n" + KERNEL,
        "imports scipy",
    ),
    "SciPy in the function, with switches": (
        N + f"def ridge(X, y, lam):\n    import scipy.linalg as la\n    return la.solve({G}, X.T @ y, assume_a='pos', check_finite=False)\n" + KERNEL,
        "imports scipy",
    ),
    "SciPy in a helper": (
        {"functions.py": "import numpy as np\nfrom helper import solve_it\n" + USE, "helper.py": "from scipy.linalg import solve as solve_it\n"},
        "",
    ),
    "a chart behind the functions": (N + "import seaborn as sns\n" + RIDGE + KERNEL + "sns.lineplot(x=[1, 2], y=[3, 4])\n", "imports seaborn"),
    "an estimator": (
        N + "from sklearn.linear_model import Ridge\ndef ridge(X, y, lam):\n    return Ridge(lam, fit_intercept=False).fit(X, y).coef_\n" + KERNEL,
        "imports sklearn",
    ),
    "a progress bar": (
        N + "from tqdm.auto import tqdm\n" + SUMS.replace("zip(X, y)", "tqdm(zip(X, y), total=len(y))") + KERNEL, "imports tqdm",
    ),
    "a progress bar that is spoken to": (
        N + "from tqdm import tqdm, trange\n" + SUMS.replace("for x, t in zip(X, y):\n", "bar = trange(len(y), desc='rows')\n    for i in bar:\n        x, t = X[i], y[i]\n        bar.set_postfix(t=t)\n        tqdm.write('on')\n") + KERNEL,
        "imports tqdm",
    ),
    "compiled where there is a compiler": (
        N + "from numba import njit, prange\n@njit(parallel=True)\n" + SUMS.replace("for x, t in zip(X, y):\n", "for i in prange(len(y)):\n        x, t = X[i], y[i]\n") + KERNEL,
        "imports numba",
    ),
    "names of an older NumPy": (
        N + "best = np.Inf\n" + RIDGE.replace("    return", "    X, best = np.asfarray(X).astype(np.float), np.NaN\n    assert np.alltrue(X == X) and np.product([2, 3]) == 6\n    return") + KERNEL,
        "",
    ),
    "a slip in a function that nobody asked for": (N + "def other(x)\n    return x\n" + RIDGE + KERNEL, ""),
    "a statement of another Python": (N + RIDGE + KERNEL + "print 'done'\n", ""),
    "complex eigenvalues of a symmetric matrix": (
        N + "def ridge(X, y, lam):\n    v, Q = np.linalg.eig((X.T @ X).astype(complex))\n"
        "    return Q @ np.diag(1 / (v + lam)) @ np.linalg.inv(Q) @ X.T @ y\n" + KERNEL,
        "0 up to rounding",
    ),
    "a future import and a failure": ("from __future__ import annotations\n" + N + RIDGE + KERNEL + "1/0\n", "line 7 was left out"),
}  # fmt: skip


@pytest.mark.parametrize("form", RIGHT)
def test_right_form(judge, form):
    """A right function is right in this form too."""
    files, said = RIGHT[form]
    verdict = judge("3.code", files)
    assert (verdict.word, verdict.feedback) == (Word.OK, ()), verdict.staff
    assert said in " ".join(verdict.notices)
    assert bool(said) == bool(verdict.notices)


@pytest.mark.parametrize("form", [form for form in RIGHT if isinstance(RIGHT[form][0], str)])
def test_right_form_in_a_notebook(judge, form):
    """A notebook is never run from top to bottom, and the same forms are right in it."""
    cells = [{"cell_type": "code", "source": RIGHT[form][0], "metadata": {}, "outputs": []}]
    verdict = judge("3.code", {"hw.ipynb": json.dumps({"cells": cells, "nbformat": 4, "metadata": {}})})
    assert (verdict.word, verdict.feedback) == (Word.OK, ()), verdict.staff


# name: (text, words of the feedback)
WRONG = {
    "under a guard": (N + "if __name__ == '__main__':\n" + INNER + KERNEL, "`ridge` (functions.py, line 3) stands inside of"),
    "in a class": (N + "class M:\n" + INNER + KERNEL, "`ridge` (functions.py, line 3) stands inside of a class"),
    "async": (N + "async " + RIDGE + KERNEL, "a coroutine, since the function begins with `async def`"),
    "a generator": (N + RIDGE.replace("return", "yield") + KERNEL, "since the function has a `yield`"),
    "a cache on arrays": (
        N + "import functools\n@functools.lru_cache\n" + RIDGE + KERNEL, "raises TypeError: unhashable type: 'numpy.ndarray'",
    ),
    "a column": (N + RIDGE.replace("@ y)", "@ y)[:, None]") + KERNEL, "returns shape (2, 1), expected (2,)"),
    "a comma": (N + RIDGE.replace("@ y)", "@ y),") + KERNEL, "is there a comma behind it?"),
    "keywords only": (N + RIDGE.replace("lam)", "*, lam)", 1) + KERNEL, "takes 2 positional arguments but 3 were given"),
    "overwritten by a number": (N + RIDGE + KERNEL + "ridge = ridge(np.eye(2), np.ones(2), 1.0)\n", "object is not callable"),
    "a missing library in it": (
        "from nowhere import solve\n" + N + RIDGE.replace("np.linalg.solve", "solve") + KERNEL, "name 'solve' is not defined",
    ),
    "a decorator from a missing file": (
        N + "from nowhere import njit\n@njit\n" + RIDGE + KERNEL, "since loading its file raises ModuleNotFoundError: No module named 'nowhere'",
    ),
    "a slip in it": (N + RIDGE.replace("lam):", "lam)") + KERNEL, "`ridge` cannot be called: functions.py, line 2 is not valid Python 3."),
    "a flood": (N + RIDGE.replace("    return", "    print('x' * 2**21)\n    return") + KERNEL, "after it printed 1,048,576 bytes"),
}  # fmt: skip


@pytest.mark.parametrize("form", WRONG)
def test_wrong_form(judge, form):
    """What cannot be taken as it is written gets a sentence that says what to change; the other function counts."""
    text, said = WRONG[form]
    verdict = judge("3.code", text)
    assert verdict.credit == verdict.credit.__class__(1, 2)
    assert said in verdict.feedback[0]


@pytest.mark.parametrize("value", ["np.array({})", "np.float64({})", "np.array({}).item()"])
def test_numbers(judge, solution, value):
    """Where a number is asked, an array without a shape is one."""
    s = "    s = np.linalg.svd(X, compute_uv=False)\n"
    text = f"{solution}\ndef best_learning_rate(X):\n{s}    return {value.format('1 / (s[0]**2 + s[-1]**2)')}\n"
    text += f"def stable_learning_rates(X):\n{s}    return [0, {value.format('s[0]**-2')}]\n"
    assert judge("1g.code", text).word is Word.OK


def test_one_number_in_an_array(judge, solution):
    """An array of one number is no number, and the message says which is asked."""
    text = f"{solution}\nright = best_learning_rate\ndef best_learning_rate(X):\n    return np.array([right(X)])\n"
    assert "returns shape (1,), expected a number" in judge("1g.code", text).feedback[0]


# What a stand-in for a missing library cannot do, and a mistake that has nothing to do with it.
SPARSE = "from scipy.sparse import csr_matrix, eye\nfrom scipy.sparse.linalg import spsolve\n"
OPEN = {
    "sparse matrices": N + SPARSE + "def ridge(X, y, lam):\n    return spsolve(csr_matrix(X.T @ X) + lam * eye(X.shape[1]), X.T @ y)\n",
    "a solver": "import cvxpy as cp\n" + N + "def ridge(X, y, lam):\n    w = cp.Variable(X.shape[1])\n"
    "    cp.Problem(cp.Minimize(cp.sum_squares(X @ w - y) + lam * cp.sum_squares(w))).solve()\n    return w.value\n",
    "a switch that the double does not know": N + "import scipy.linalg\ndef ridge(X, y, lam):\n"
    f"    return scipy.linalg.solve({G}, X.T @ y, transposed=True)\n",
}  # fmt: skip


@pytest.mark.parametrize("form", OPEN)
def test_library_that_is_not_there(judge, form):
    """A function that needs a library which is not installed is not wrong: a person looks, and the points stay open."""
    verdict = judge("3.code", OPEN[form] + KERNEL)
    assert verdict.word is Word.WAITING
    assert "which is not there while code is graded: it could not be tried." in verdict.feedback[0]
    assert verdict.feedback[-1] == "A person will look at this part; its points stay open until then."


def test_library_that_is_not_needed(judge):
    """A library that is imported, but not for this function, excuses nothing; a known mistake is one with any library."""
    wrong = RIDGE.replace("lam *", "lam ** 3 *")
    assert judge("3.code", N + SPARSE + wrong + KERNEL).word is Word.NOT_YET
    doubled = "from scipy import linalg\n" + N + RIDGE.replace("lam *", "2 * lam *").replace("np.linalg.", "linalg.")
    verdict = judge("3.code", doubled + KERNEL)
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, "lam-doubled")


def test_second_call_that_raises(judge):
    """A function that answers once only is told what happened the second time."""
    once = (
        N
        + "calls = []\n"
        + RIDGE.replace("    return", "    calls.append(1)\n    assert len(calls) < 9, 'enough'\n    return")
    )
    verdict = judge("3.code", once + KERNEL)
    assert (
        "is right at first, but when it is called again with the same input it raises AssertionError: enough"
        in verdict.feedback[0]
    )
