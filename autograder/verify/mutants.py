"""One-edit mutants of a formula: the mistakes that a hand or a copy makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from autograder.formula import tree as t

_SWAPPED = {"max": "min", "min": "max", "ln": "exp", "exp": "ln", "abs": "relu", "relu": "abs", "sqrt": "ln"}


def mutants(node: t.Node) -> Iterator[t.Node]:
    """Every tree that differs from `node` by one edit, here or in one of its parts."""
    yield from _edits(node)
    for item in fields(node):
        if item.name == "span":
            continue
        for changed in _inside(getattr(node, item.name)):
            edited: dict[str, Any] = {item.name: changed}
            yield replace(node, **edited)


def _inside(value: object) -> Iterator[object]:
    if isinstance(value, t.Node):
        yield from mutants(value)
    elif isinstance(value, tuple):
        for place, part in enumerate(value):
            for changed in _inside(part):
                yield (*value[:place], changed, *value[place + 1 :])


def _edits(node: t.Node) -> Iterator[t.Node]:
    match node:
        case t.Number(value):
            yield t.Number(value + 1)
            yield t.Number(2 * value) if value else t.Number(Fraction(2))
            if value:
                yield t.Neg(node)
        case t.Neg(arg):
            yield arg
        case t.Add(args):
            for place in range(len(args)):
                rest = (*args[:place], *args[place + 1 :])
                yield rest[0] if len(rest) == 1 else t.Add(rest)
                yield t.Add((*args[:place], t.Neg(args[place]), *args[place + 1 :]))
            yield t.Mul(args)
        case t.Mul(args):
            for place in range(len(args)):
                rest = (*args[:place], *args[place + 1 :])
                yield rest[0] if len(rest) == 1 else t.Mul(rest)
                yield t.Mul((*args[:place], args[place], args[place], *args[place + 1 :]))
        case t.Div(top, bottom):
            yield t.Div(bottom, top)
            yield t.Mul((top, bottom))
            yield top
        case t.Pow(base, exponent):
            yield base
            yield t.Pow(base, t.Add((exponent, t.ONE)))
            yield t.Mul((exponent, base))
        case t.Call(function, args):
            if function in _SWAPPED:
                yield t.Call(_SWAPPED[function], args)
            yield args[0]
        case t.Sum(body, index, low, high):
            yield t.Sum(body, index, t.Add((low, t.ONE)), high)
            yield t.Sum(body, index, low, t.Add((high, t.Neg(t.ONE))))
            yield t.Product(body, index, low, high)
