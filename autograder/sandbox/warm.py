"""Libraries loaded and exercised once in the fork server, so that every child starts warm and single-threaded."""

import importlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.sandbox import fonts, late


def load(libraries: Iterable[str]) -> None:
    """Import each library and run what it does only on first use.

    Raises:
        ImportError: a library is not installed.
    """
    for name in libraries:
        importlib.import_module(name)
        _EXERCISES.get(name, _nothing)()


def _nothing() -> None:
    """Do nothing: most libraries are ready once they are imported."""


def complete_numpy() -> None:
    """Give NumPy the names again that its versions 1.24 to 2.4 dropped: a student's own may be older, and right in it."""
    import numpy as np

    older = {
        "bool8": np.bool_,
        "complex": complex,
        "float": float,
        "int": int,
        "object": object,
        "str": str,
        "complex_": np.complex128,
        "float_": np.float64,
        "string_": np.bytes_,
        "unicode_": np.str_,
        **dict.fromkeys(("Inf", "Infinity", "PINF", "infty"), np.inf),
        **dict.fromkeys(("NAN", "NaN"), np.nan),
        "NINF": -np.inf,
        "longfloat": np.longdouble,
        "mat": np.asmatrix,
        "round_": np.round,
        "row_stack": np.vstack,
        "alltrue": np.all,
        "sometrue": np.any,
        "product": np.prod,
        "cumproduct": np.cumprod,
        "in1d": np.isin,
        "msort": lambda a: np.sort(a, axis=0),
        "trapz": np.trapezoid,
        "asfarray": _as_floats,
    }
    vars(np).update({name: value for name, value in older.items() if name not in vars(np)})


def _as_floats(values: object, dtype: type = float) -> object:
    import numpy as np

    return np.asarray(values, dtype)


def _numpy() -> None:
    import numpy as np

    complete_numpy()

    for part in ("fft", "linalg", "ma", "polynomial", "random", "testing"):
        importlib.import_module(f"numpy.{part}")
    matrix = np.eye(3) + np.random.default_rng(0).normal(size=(3, 3))
    np.linalg.svd(matrix)
    np.linalg.solve(matrix, matrix @ matrix)


def _sympy() -> None:
    import sympy

    x = sympy.Symbol("x")
    sympy.simplify(sympy.diff(sympy.sin(x) ** 2, x))


def complete_python() -> None:
    """Supply two functions that torch's optimisers ask for and Ubuntu 22.04's Python 3.11, a release candidate, lacks.

    There is no limit in that version that they could tell. The environment's own remedy (`setup.sh`) is not read here.
    """

    def set_limit(maxdigits: int) -> None:  # torch compares the parameters' names with its own
        del maxdigits

    if not hasattr(sys, "get_int_max_str_digits"):
        vars(sys).update(get_int_max_str_digits=lambda: 0, set_int_max_str_digits=set_limit)


def _torch() -> None:
    """Use one thread everywhere: a fork copies only the thread that forks, and a pool would hang in the child."""
    complete_python()
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    late.torch_compiler()
    network = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
    optimiser = torch.optim.Adam(network.parameters())
    network(torch.ones(2, 3)).square().mean().backward()
    optimiser.step()


def _torch_compiler() -> None:
    """Load it, for code that asks for a part of torch that does not work without, with the rules of forward derivatives.

    Those are compiled from the source of the standard library, which children cannot always read.
    """
    import torch

    torch.func.hessian(lambda x: x**3)(torch.ones(()))


def _matplotlib() -> None:
    """Draw once without a screen, so that fonts are known before the cache folder is gone."""
    importlib.import_module("matplotlib").use("Agg")
    with _without_lists_of_properties():
        pyplot = importlib.import_module("matplotlib.pyplot")
    figure = pyplot.figure()
    figure.add_subplot().plot([0, 1], [0, 1])
    figure.canvas.draw()
    pyplot.close(figure)


@contextmanager
def _without_lists_of_properties() -> Iterator[None]:
    """Leave out of matplotlib's docstrings what can be set, which takes a third of its loading and which no program reads."""
    artist = vars(importlib.import_module("matplotlib.artist"))
    kept, artist["kwdoc"] = artist["kwdoc"], _undescribed
    try:
        yield
    finally:
        artist["kwdoc"] = kept


def _undescribed(artist: object) -> str:
    """Nothing is said of any artist's properties."""
    del artist
    return ""


_EXERCISES: dict[str, Callable[[], None]] = {
    "matplotlib": _matplotlib,
    "numpy": _numpy,
    "sympy": _sympy,
    "torch": _torch,
    "torch._dynamo": _torch_compiler,
}


def load_all(libraries: Iterable[str], kept: str = "") -> frozenset[str]:
    """Load the libraries with a throwaway cache folder; return the names that student files may not take over.

    Args:
        kept: the folder in which lists of the machine's fonts are kept, or "".
    """
    with tempfile.TemporaryDirectory() as cache:
        os.environ["MPLCONFIGDIR"] = os.environ["HOME"] = cache
        if kept:
            fonts.bring(Path(kept), Path(cache))
        load(libraries)
        if kept:
            fonts.keep(Path(cache), Path(kept))
    os.environ["MPLCONFIGDIR"] = os.environ["HOME"] = "/"
    loaded = {name.partition(".")[0] for name in sys.modules}
    return frozenset(loaded | sys.stdlib_module_names | set(libraries)) - {"__main__"}
