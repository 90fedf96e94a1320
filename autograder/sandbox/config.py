"""What a fork server is started with."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the grader tells a new fork server; every word of it may be known to students.

    Args:
        libraries: modules to load.
        readable: what Landlock lets a child read.
        mechanisms: which of "landlock" and "filter" to use.
        closed: folders of libraries that a child, as another user, cannot reach by path.
        folder: working directory of the children.
        probes: by name, the file of a trusted module whose `probe(value, namespace)` turns a result into plain values.
        ready: by the name that they have among a program's files, trusted files to compile beforehand.
        kept: the folder in which lists of fonts are kept, or "".
        lasting: whether many children are to come, so that gathering memory for them pays at once.
    """

    libraries: tuple[str, ...]
    readable: tuple[str, ...]
    mechanisms: tuple[str, ...]
    closed: tuple[str, ...]
    folder: str
    probes: Mapping[str, str]
    ready: Mapping[str, str]
    kept: str = ""
    lasting: bool = False
