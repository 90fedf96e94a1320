"""Functions that stand alone, told by their text: anything that could remember a call, or change what another one finds, does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.submission.alone import stands_alone

ROOT = Path(__file__).parents[2]

ALONE = {
    "arithmetic": "import numpy as np\ndef f(X, y):\n    return np.linalg.solve(X.T @ X, X.T @ y)",
    "a helper and a constant": "LAM = -1 / 2\ndef g(x): return LAM * x\ndef f(x, n=3, *, p=(1, 2)): return g(x) ** n",
    "its own list": "import numpy as np\ndef f(w, n):\n    w, path = w + 0, [w]\n    for _ in range(n):\n"
    "        w[0] = 1\n        path.append(w)\n    return np.stack(path)",
    "an import inside": "def f(x):\n    from numpy.linalg import norm as size\n    import math\n    return math.pi * size(x)",
    "torch": "import torch\ndef f(x): return torch.relu(torch.as_tensor(x)).numpy()",
    "functions in it": "def f(x):\n    def g(y):\n        return y + x\n    return [g(a) for a in map(lambda b: b, x)]",
    "random numbers": "import numpy as np\ndef f(x): return x + np.random.default_rng(0).normal()",
    "itself": "def f(n): return 1 if n < 2 else n * f(n - 1)",
    "beside one that is not": "seen = []\ndef g(x): seen.append(x)\ndef f(x): return x",
    "a local name like a global one": "w = [1]\ndef f(x):\n    w = x\n    return w",
}

NOT_ALONE = {
    "a global variable": "n = 0\ndef f(x):\n    global n\n    n += 1\n    return n",
    "a list at the left margin": "seen = []\ndef f(x):\n    seen.append(x)\n    return len(seen)",
    "a default that can be changed": "def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)",
    "an attribute of itself": "def f(x):\n    f.n = x\n    return x",
    "a cache": "from functools import lru_cache\n@lru_cache\ndef f(x): return x",
    "a helper that counts": "seen = []\ndef g(x):\n    seen.append(x)\n    return len(seen)\ndef f(x): return g(x)",
    "a setting of a library": "import numpy as np\ndef f(x):\n    np.seterr(all='raise')\n    return x",
    "a setting by another name": "import numpy as np\ndef f(x):\n    lib = np\n    lib.set_printoptions(3)\n    return x",
    "a setting that is imported": "from torch import set_default_dtype as use\ndef f(x): return use(x)",
    "a part of a library": "import numpy as np\ndef f(x):\n    np.pi = 3\n    return x",
    "what hides inside": "import numpy as np\ndef f(x):\n    np.__dict__['pi'] = 3\n    return x",
    "another library": "import random\ndef f(x): return x + random.random()",
    "a file of its own": "from helpers import g\ndef f(x): return g(x)",
    "any library's names": "from numpy import *\ndef f(x): return norm(x)",
    "a file that is opened": "def f(x): return open('x').read()",
    "names by text": "def f(x): return globals()['g'](x)",
    "a name with two meanings": "import numpy as np\ndef g(x): return x\ng = np.vectorize(g)\ndef f(x): return g(x)",
    "an object": "class A:\n    n = 0\ndef f(x): return A().n",
    "a generator": "def f(x):\n    yield x",
    "a closure": "def make():\n    n = [0]\n    def f(x):\n        n[0] += 1\n        return n[0]\n    return f\nf = make()",
    "another name of the list": "seen = []\ndef f(x):\n    mine = seen\n    mine.append(x)\n    return len(mine)",
    "something read in a comprehension": "w = [1]\ndef f(x): return [w for y in x]",
    "what stands nowhere": "def f(x): return somebody(x)",
    "no Python": "def f(x): return x +",
    "no function": "f = 3 + g()",
}


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE)
def test_what_works_on_its_arguments_stands_alone(text):
    assert stands_alone(text, "f")


@pytest.mark.parametrize("text", NOT_ALONE.values(), ids=NOT_ALONE)
def test_what_may_keep_something_does_not(text):
    assert not stands_alone(text, "f")


def test_a_text_that_nests_beyond_reason_does_not():
    assert not stands_alone(f"def f(x): return {'(' * 5000}x{')' * 5000}", "f")


def test_the_functions_of_a_solution_stand_alone():
    text = (ROOT / "reference" / "hw1" / "solution" / "functions.py").read_text(encoding="utf-8")
    assert all(stands_alone(text, name) for name in ("ridge", "kernel_ridge", "tikhonov", "gradient_descent"))
