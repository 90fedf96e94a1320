"""Formula trees and plots as strict JSON: how a verdict's pictures cross from the judging process and are stored."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import Any

from autograder.errors import GraderBug
from autograder.formula import tree
from autograder.formula.tree import Node
from autograder.plots import Drawn, Plot, Series

_NODES = {kind.__name__: kind for kind in vars(tree).values() if isinstance(kind, type) and issubclass(kind, Node)}
_PLOT = ("title", "x_label", "y_label", "series", "says", "log_x", "log_y")


def tree_to_json(value: object) -> Any:
    """A tree as `{"Kind": [field, …]}`, without its places in the text; numbers as exact fractions.

    >>> tree_to_json(tree.Neg(tree.Name("x")))
    {'Neg': [{'Name': ['x']}]}
    """
    if isinstance(value, Node):
        return {type(value).__name__: [tree_to_json(getattr(value, item.name)) for item in _fields(type(value))]}
    if isinstance(value, tuple):
        return [tree_to_json(part) for part in value]
    return {"Fraction": str(value)} if isinstance(value, Fraction) else value


def tree_from_json(data: object) -> Node:
    """The tree that `tree_to_json` wrote.

    Raises:
        GraderBug: the data is anything else.
        ValueError: a number is none.
    """
    node = _value(data)
    if not isinstance(node, Node):
        raise GraderBug(f"a tree came back as {data!r:.200}")
    return node


def _value(data: object) -> object:
    match data:
        case {"Fraction": str(digits), **rest} if not rest:
            return Fraction(digits)
        case dict() if len(data) == 1:
            ((name, values),) = data.items()
            kind = _NODES.get(name)
            if kind is not None and isinstance(values, list) and len(values) == len(_fields(kind)):
                return kind(*map(_value, values))
        case list():
            return tuple(map(_value, data))
        case str() | bool() | int() | None:
            return data
    raise GraderBug(f"a tree came back with {data!r:.200}")


def _fields(kind: type[Node]) -> list[Any]:
    return [item for item in fields(kind) if item.name != "span"]


def plot_to_json(plot: Plot) -> dict[str, Any]:
    """A plot as texts, numbers and lists."""
    series = [{"name": one.name, "x": list(one.x), "y": list(one.y), "drawn": str(one.drawn)} for one in plot.series]
    return {**{name: getattr(plot, name) for name in _PLOT}, "series": series}


def plot_from_json(data: object) -> Plot:
    """The plot that `plot_to_json` wrote.

    Raises:
        GraderBug: the data is anything else.
        ValueError: a field has a value that cannot be.
    """
    match data:
        case {
            "title": str(title), "x_label": str(x_label), "y_label": str(y_label), "series": list(series),
            "says": str(says), "log_x": bool(log_x), "log_y": bool(log_y), **rest,
        } if not rest:  # fmt: skip
            drawn = tuple(map(_series, series))
            return Plot(
                title=title, x_label=x_label, y_label=y_label, series=drawn, says=says, log_x=log_x, log_y=log_y
            )
    raise GraderBug(f"a plot came back as {data!r:.200}")


def _series(data: object) -> Series:
    match data:
        case {"name": str(name), "x": list(x), "y": list(y), "drawn": str(drawn), **rest} if not rest:
            if all(type(number) in (int, float) for number in (*x, *y)):
                return Series(name=name, x=tuple(map(float, x)), y=tuple(map(float, y)), drawn=Drawn(drawn))
    raise GraderBug(f"a series of a plot came back as {data!r:.200}")
