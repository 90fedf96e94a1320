"""Which modules a file imports that are not there while code is graded. Nothing is imported to learn it."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from functools import lru_cache

from autograder.submission.statements import parse

_MOST_LOOKED_FOR = 40  # of one file: looking for a module asks the disk, and a file may name ten thousand

LIBRARIES = frozenset(
    {
        "IPython",
        "autograd",
        "cupy",
        "cvxpy",
        "einops",
        "google",
        "ipywidgets",
        "jax",
        "jaxtyping",
        "joblib",
        "lightning",
    }
    | {
        "nbformat",
        "networkx",
        "numba",
        "numexpr",
        "opt_einsum",
        "pandas",
        "plotly",
        "polars",
        "psutil",
        "pylab",
        "rich",
    }
    | {"scipy", "seaborn", "skimage", "sklearn", "statsmodels", "sympy", "tabulate", "tensorflow", "tqdm", "torch"}
    | {"torchinfo", "torchvision", "torchviz", "typeguard", "wandb", "xarray", "matplotlib", "cv2", "PIL"}
)
"""Libraries of others that homework is written with; any other name that is missing is a slip, or a file not handed in."""

HARMLESS = frozenset(
    {"IPython", "ipywidgets", "google", "torchviz", "torchvision", "tqdm", "numba", "typeguard", "nbformat", "pylab"}
)
"""Libraries whose stand-ins do all that a right answer can need of them; one for another explains a failure."""


def absent_modules(text: str, files: Mapping[str, bytes], *, name: str) -> tuple[str, ...]:
    """The modules that a file imports, at its left margin or in functions, and that neither the submission nor the grader has.

    What is imported in a `try` is not among them: the file says itself what to do without it.

    Args:
        text: source code; of code that does not parse nothing is told.
        files: the submission's files, whose modules can be imported.
        name: the path of the code itself among them: modules in its own folder can be imported as well.
    """
    wanted = dict.fromkeys(module for statement in parse(text).body or () for module in imported_by(statement))
    beside = name.rpartition("/")[0]
    inner = [other.removeprefix(f"{beside}/") for other in files if beside and other.startswith(f"{beside}/")]
    own = {other.split("/")[0].removesuffix(".py") for other in (*files, *inner)}
    foreign = [module for module in wanted if module not in own]
    return tuple(module for module in foreign[:_MOST_LOOKED_FOR] if not is_installed(module))


def imported_by(statement: ast.stmt) -> Iterator[str]:
    """Top names of the modules that a statement imports, or a function in it; relative ones, and those in a `try`, are not."""
    match statement:
        case ast.Import(names=names):
            yield from (alias.name.split(".")[0] for alias in names)
        case ast.ImportFrom(module=str(module), level=0):
            yield module.split(".")[0]
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body) | ast.ClassDef(body=body):
            for inner in body:
                yield from imported_by(inner)


@lru_cache(maxsize=1000)
def is_installed(module: str) -> bool:
    """Whether the sandbox, which has the grader's interpreter, finds a module."""
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
