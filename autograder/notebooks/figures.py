"""What was drawn, as it came out of the sandbox: numbers and texts, checked before anything is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.sandbox.values import Value

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """Points in the order in which they were drawn.

    Args:
        kind: "line", "scatter", "bars" or "segments".
        x, y: (points,), float64, possibly not finite.
        label: as in a legend.
        style: of the line; "None" where the points are not joined.
    """

    kind: str
    x: Array
    y: Array
    label: str = ""
    style: str = ""

    @property
    def joined(self) -> bool:
        """Whether a line joins the points."""
        return self.kind == "line" and self.style not in ("None", "none", "", " ")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Axes:
    """One coordinate system and what is in it."""

    curves: tuple[Curve, ...]
    title: str = ""
    x_label: str = ""
    y_label: str = ""
    x_scale: str = "linear"
    y_scale: str = "linear"
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figure:
    """One picture."""

    axes: tuple[Axes, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Matrix:
    """A matrix that was given to a decomposition; `by` is the function's name, such as "svd"."""

    by: str
    values: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """What one call did.

    Args:
        figures: in the order in which they were made.
        matrices: what was decomposed, in order.
        changed: whether the network's parameters are other ones afterwards.
        stand_ins: missing modules of which something was called.
    """

    figures: tuple[Figure, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    changed: bool = False
    stand_ins: tuple[str, ...] = field(default=())

    @property
    def axes(self) -> Iterator[Axes]:
        """All coordinate systems of all figures."""
        for figure in self.figures:
            yield from figure.axes

    @property
    def curves(self) -> tuple[Curve, ...]:
        """Everything drawn, whatever the layout."""
        return tuple(curve for axes in self.axes for curve in axes.curves)


def read_seen(value: Value) -> Seen | None:
    """What `seen` of the stage sent; None where the student's code made something else of it."""
    match value:
        case {"figures": list(figures), "matrices": list(matrices), "changed": bool(changed), "stand_ins": list(names)}:
            return Seen(
                figures=tuple(Figure(axes=tuple(_axes(item)), title=_text(item, "title")) for item in figures),
                matrices=tuple(m for item in matrices if (m := _matrix(item)) is not None),
                changed=changed,
                stand_ins=tuple(str(name)[:60] for name in names[:20]),
            )
    return None


def _axes(figure: object) -> Iterator[Axes]:
    found = figure.get("axes") if isinstance(figure, dict) else None
    for item in found if isinstance(found, list) else []:
        curves = item.get("curves") if isinstance(item, dict) else None
        legend = item.get("legend") if isinstance(item, dict) else None
        if isinstance(curves, list):
            yield Axes(
                curves=tuple(c for curve in curves if (c := _curve(curve)) is not None),
                title=_text(item, "title"),
                x_label=_text(item, "x_label"),
                y_label=_text(item, "y_label"),
                x_scale=_text(item, "x_scale"),
                y_scale=_text(item, "y_scale"),
                legend=tuple(text for text in legend if isinstance(text, str)) if isinstance(legend, list) else (),
            )


def _curve(item: object) -> Curve | None:
    if not isinstance(item, dict):
        return None
    x, y = _array(item, "x", 1), _array(item, "y", 1)
    if x is None or y is None or x.shape != y.shape or not len(x):
        return None
    return Curve(kind=_text(item, "kind"), x=x, y=y, label=_text(item, "label"), style=_text(item, "style"))


def _matrix(item: object) -> Matrix | None:
    if not isinstance(item, dict):
        return None
    values = _array(item, "matrix", 2)
    if values is None or not values.size or not np.isfinite(values).all():
        return None
    return Matrix(by=_text(item, "by"), values=values)


def _array(item: Mapping[str, Any], name: str, dimensions: int) -> Array | None:
    value = item.get(name)
    if type(value) is not np.ndarray or value.dtype != np.float64 or value.ndim != dimensions:
        return None
    return value


def _text(item: object, name: str) -> str:
    value = item.get(name) if isinstance(item, dict) else None
    return value[:500] if isinstance(value, str) else ""
