"""Everything that is drawn with matplotlib, and every matrix that is decomposed, kept as plain numbers."""

from __future__ import annotations

import importlib
import inspect
import sys
import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

_CURVES = 4000  # of one figure
_POINTS = 20_000  # of one curve
_FIGURES = 60
_MATRICES = 60
_WRITERS = {"numpy": ("save", "savez", "savez_compressed", "savetxt"), "torch": ("save",), "os": ("makedirs", "mkdir")}
_DECOMPOSITIONS = (
    *("svd", "svdvals", "eigh", "eig", "eigvalsh", "eigvals", "qr"),
    *("svd_lowrank", "pca_lowrank"),
)
_LIBRARIES = ("numpy", "scipy", "torch")


class Recorder:
    """What was drawn and decomposed since `begin`."""

    def __init__(self) -> None:
        self.figures: list[Any] = []
        self.cleared: list[dict[str, Any]] = []
        self.matrices: list[dict[str, Any]] = []
        self._watch_figures()
        for name, writers in _WRITERS.items():
            if name in sys.modules:
                vars(sys.modules[name]).update(dict.fromkeys(writers, _ignored))
        for name in ("numpy.linalg", "scipy.linalg", "torch.linalg", "torch"):
            if name in sys.modules:
                self._watch_decompositions(sys.modules[name])

    def begin(self) -> None:
        """Forget everything, as a new cell does."""
        sys.modules["matplotlib.pyplot"].close("all")
        self.figures.clear()
        self.cleared.clear()
        self.matrices.clear()

    def seen(self) -> dict[str, Any]:
        """What is there now, as plain values."""
        figures = [*self.cleared, *(described(figure) for figure in self.figures[:_FIGURES])]
        return {"figures": [figure for figure in figures if figure["axes"]], "matrices": list(self.matrices)}

    def _watch_figures(self) -> None:
        pyplot = importlib.import_module("matplotlib.pyplot")
        figure_class = importlib.import_module("matplotlib.figure").Figure
        axes_class = importlib.import_module("matplotlib.axes").Axes
        begin, clear_figure, clear_axes = figure_class.__init__, figure_class.clear, axes_class.clear

        @wraps(begin)
        def watched(figure: Any, *args: Any, **keywords: Any) -> None:
            begin(figure, *args, **keywords)
            self.figures.append(figure)

        @wraps(clear_figure)
        def cleared_figure(figure: Any, *args: Any, **keywords: Any) -> Any:
            if any(figure is known for known in self.figures):
                self._keep(figure)
            return clear_figure(figure, *args, **keywords)

        @wraps(clear_axes)
        def cleared_axes(axes: Any, *args: Any, **keywords: Any) -> Any:
            if getattr(axes, "_children", ()):
                self._keep(axes.figure)
            return clear_axes(axes, *args, **keywords)

        figure_class.__init__ = watched
        figure_class.clear = figure_class.clf = cleared_figure
        axes_class.clear = cleared_axes
        # A notebook shows and closes its figures at the end of a cell, and wherever `show` stands.
        vars(pyplot)["show"] = lambda *_, **__: pyplot.close("all")
        # Nothing can be written here, and a figure that is saved as well is no worse for that.
        figure_class.savefig = _ignored
        vars(pyplot)["savefig"] = vars(pyplot)["pause"] = _ignored

    def _keep(self, figure: Any) -> None:
        plain = described(figure)
        if plain["axes"] and len(self.cleared) < _FIGURES:
            self.cleared.append(plain)

    def _watch_decompositions(self, module: Any) -> None:
        for name in _DECOMPOSITIONS:
            if hasattr(module, name):
                setattr(module, name, self._watching(getattr(module, name), name))

    def _watching(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        @wraps(function)
        def watched(*args: Any, **keywords: Any) -> Any:
            # What one decomposition does by another is not the student's.
            frame = inspect.currentframe()
            caller = frame.f_back if frame is not None else None
            inner = caller is not None and str(caller.f_globals.get("__name__")).partition(".")[0] in _LIBRARIES
            matrix = None if inner else _numbers(args[0] if args else next(iter(keywords.values()), None))
            if matrix is not None and matrix.ndim == 2 and len(self.matrices) < _MATRICES:
                self.matrices.append({"by": name, "matrix": matrix.copy()})
            return function(*args, **keywords)

        return watched


def _ignored(*_: Any, **__: Any) -> None:
    """Do nothing."""


def described(figure: Any) -> dict[str, Any]:
    """A figure as plain values: its axes that hold anything, with what is drawn in them."""
    title = getattr(figure, "_suptitle", None)
    found = [_axes(axes) for axes in figure.axes]
    return {
        "title": "" if title is None else str(title.get_text()),
        "axes": [axes for axes in found if axes["curves"] or axes["images"]],
    }


def _axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    curves = [_line(line) for line in axes.get_lines()]
    for collection in axes.collections:
        curves += _collection(collection)
    curves += [_bars(container) for container in axes.containers if hasattr(container, "patches")]
    return {
        "title": str(axes.get_title()),
        "x_label": str(axes.get_xlabel()),
        "y_label": str(axes.get_ylabel()),
        "x_scale": str(axes.get_xscale()),
        "y_scale": str(axes.get_yscale()),
        "legend": [] if legend is None else [str(text.get_text()) for text in legend.get_texts()][:200],
        "curves": [curve for curve in curves if curve is not None][:_CURVES],
        "images": [list(map(int, np.shape(image.get_array())[:2])) for image in axes.get_images()],
    }


def _line(line: Any) -> dict[str, Any] | None:
    label, style = str(line.get_label()), str(line.get_linestyle())
    return _curve("line", line.get_xdata(orig=False), line.get_ydata(orig=False), label, style)


def _collection(collection: Any) -> list[dict[str, Any] | None]:
    """A scatter is its points; long segments are lines; short ones, as of a stem plot, are their upper ends."""
    label = str(collection.get_label())
    if hasattr(collection, "get_segments"):
        segments = [segment for segment in collection.get_segments() if len(segment)]
        if any(len(segment) > 2 for segment in segments):
            return [_curve("line", segment[:, 0], segment[:, 1], label, "-") for segment in segments]
        points = np.array([segment[-1] for segment in segments]) if segments else np.empty((0, 2))
        return [_curve("segments", points[:, 0], points[:, 1], label, "")]
    points = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    return [_curve("scatter", points[:, 0], points[:, 1], label, "None")] if points.ndim == 2 else []


def _bars(container: Any) -> dict[str, Any] | None:
    boxes = list(container.patches)
    if getattr(container, "orientation", "vertical") == "horizontal":  # the same picture, turned
        middles = [box.get_y() + box.get_height() / 2 for box in boxes]
        return _curve("bars", middles, [box.get_width() for box in boxes], str(container.get_label()), "None")
    centres = [box.get_x() + box.get_width() / 2 for box in boxes]
    return _curve("bars", centres, [box.get_height() for box in boxes], str(container.get_label()), "None")


def _curve(kind: str, x: Any, y: Any, label: str, style: str) -> dict[str, Any] | None:
    across, up = _numbers(x), _numbers(y)
    if across is None or up is None or across.size != up.size or not up.size:
        return None
    every = -(-up.size // _POINTS)  # of a very long curve not all points are needed
    return {
        "kind": kind,
        "x": across.ravel()[::every],
        "y": up.ravel()[::every],
        "label": label[:200],
        "style": style,
    }


def _numbers(value: Any) -> Any:
    """An array of float64, or None: dates, texts and stranger things are not compared."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return np.ma.filled(np.ma.asarray(value, dtype=np.float64), np.nan)
    except (TypeError, ValueError):
        return None
