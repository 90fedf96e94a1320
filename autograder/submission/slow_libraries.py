"""Libraries that take long to import: those of them that code asks for are loaded once, before it is run again and again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from autograder.submission.installed import is_installed

TORCH_COMPILER = "torch._dynamo"
"""A part of torch that takes as long to import as all the rest, and that few submissions have a use for."""

_SLOW = ("torch", "matplotlib", "sympy")
_TORCH = re.compile(r"\btorch\b")
_IMPORTS_TORCH = re.compile(r"^[ \t\"]*(?:import|from)[ \t]+torch\b", re.MULTILINE)
_IMPORTS_PLOTS = re.compile(r"^[ \t\"]*(?:import|from)[ \t]+matplotlib\b", re.MULTILINE)
_COMPILES = re.compile(r"\b(?:_dynamo|checkpoint|compile|export|forward_ad|func|profiler)\b")


def slow_libraries(texts: Collection[str]) -> tuple[str, ...]:
    """The slow libraries that any of some texts imports, where they are installed."""
    from autograder.submission.program import imports  # a beginning needs none of what reads code

    found = tuple(
        name for name in _SLOW if any(name in text and imports(text, name) for text in texts) and is_installed(name)
    )
    return (*found, *torch_compiler(texts)) if "torch" in found else found


def torch_compiler(texts: Collection[str]) -> tuple[str, ...]:
    """Torch's compiler, where a line of code, or of a notebook's file, names what needs it.

    What is taken for a need costs a second; a need that is not seen costs it in every process, and nothing else.
    """
    return (TORCH_COMPILER,) if any(_names_the_compiler(text) for text in texts) else ()


def _names_the_compiler(text: str) -> bool:
    """Each line is gone through once: one pattern for both words would take a line's length for every `torch` in it."""
    if re.search(r"\bfunctorch\b", text):
        return True
    for line in text.split("\n"):
        found = _TORCH.search(line)
        if found and _COMPILES.search(line, found.end()):
            return True
    return False


def likely_libraries(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """What a sandbox for a submission's torch code will probably load, told from its lines without reading any code.

    A guess, so that loading can begin before anything is known of the assignment; () where nothing imports torch.
    """
    texts = [data.decode("utf-8", "replace") for name, data in files.items() if name.endswith((".py", ".ipynb"))]
    using = [text for text in texts if _IMPORTS_TORCH.search(text)]
    if not using or not is_installed("torch"):
        return ()
    plots = ("matplotlib",) if any(map(_IMPORTS_PLOTS.search, using)) and is_installed("matplotlib") else ()
    return ("torch", *plots, *torch_compiler(texts))
