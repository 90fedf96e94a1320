"""What a function takes and returns, written as `"X: n*d, y: n, lam > 0 -> w: d"`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.errors import AuthorError

_VALUE = re.compile(r"\s*(?P<name>\w+)\s*(?::\s*(?P<shape>[\w*+ ]+?))?\s*(?P<domain>[<>!=][^,]*)?\s*")
_SIZE = re.compile(r"(?P<name>[A-Za-z_]\w*)?\s*\+?\s*(?P<more>\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size of a shape: a letter, a number, or their sum (`steps+1`)."""

    letter: str = ""
    more: int = 0

    def __str__(self) -> str:
        return "+".join(part for part in (self.letter, str(self.more) if self.more or not self.letter else "") if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One thing that goes in or comes out; a number has the shape ()."""

    name: str
    shape: tuple[Size, ...] = ()
    domain: str = ""

    def describe(self) -> str:
        """Name, shape and domain as a docstring has them."""
        if not self.shape:
            return f"{self.name}: a number{f' {self.domain}' if self.domain else ''}"
        sizes = ", ".join(map(str, self.shape)) + ("," if len(self.shape) == 1 else "")
        return f"{self.name}: ({sizes})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a function takes, in order, and what it returns; several results form a tuple."""

    parameters: tuple[Value, ...]
    results: tuple[Value, ...]

    def sizes(self, arguments: Iterable[Any]) -> dict[str, int]:
        """The value of every letter, from the shapes of arguments and from integers that are named like a letter.

        Raises:
            AuthorError: the arguments do not have the declared shapes.
        """
        found: dict[str, int] = {}
        for parameter, argument in zip(self.parameters, arguments, strict=True):
            if isinstance(argument, int):
                found[parameter.name] = argument
            if not matches(np.shape(argument), parameter.shape, found):
                raise AuthorError(
                    f"{parameter.describe()} is declared, but an input has the shape {np.shape(argument)}."
                )
        return found


@lru_cache(maxsize=1000)
def parse(text: str) -> Signature:
    """Read a signature.

    Raises:
        AuthorError: it is not of the form `name: size*size, … -> name: size`.

    >>> [value.describe() for value in parse("X: n*d, steps >= 0 -> path: steps+1*d").results]
    ['path: (steps+1, d)']
    """
    sides = text.split("->")
    if len(sides) != 2:
        raise AuthorError(f"the signature {text!r} needs one arrow, as in 'X: n*d, y: n -> w: d'.")
    parameters, results = (tuple(_value(part, text) for part in side.split(",")) for side in sides)
    return Signature(parameters=parameters, results=results)


def _value(part: str, text: str) -> Value:
    match = _VALUE.fullmatch(part)
    if match is None:
        raise AuthorError(f"in the signature {text!r}, {part.strip()!r} is no 'name: size*size' and no 'name > 0'.")
    shape = tuple(_size(size, text) for size in (match["shape"] or "").split("*") if match["shape"])
    return Value(name=match["name"], shape=shape, domain=(match["domain"] or "").strip())


def _size(part: str, text: str) -> Size:
    match = _SIZE.fullmatch(part.strip())
    if match is None or not match[0]:
        raise AuthorError(f"in the signature {text!r}, {part.strip()!r} is no size; write a letter, 3 or n+1.")
    return Size(letter=match["name"] or "", more=int(match["more"] or 0))


def matches(shape: tuple[int, ...], declared: tuple[Size, ...], sizes: dict[str, int]) -> bool:
    """Whether a shape is the declared one; letters that are met for the first time take their value from it."""
    if len(shape) != len(declared):
        return False
    for length, size in zip(shape, declared, strict=True):
        if size.letter and size.letter not in sizes:
            sizes[size.letter] = length - size.more
        if length != size.more + (sizes[size.letter] if size.letter else 0):
            return False
    return True


def expected_shape(declared: tuple[Size, ...], sizes: Mapping[str, int]) -> str:
    """The shape that is asked, as Python shows it; a free letter stays a letter."""
    lengths = [str(sizes[s.letter] + s.more) if s.letter in sizes else str(s) for s in declared]
    return f"({', '.join(lengths)}{',' if len(lengths) == 1 else ''})"
