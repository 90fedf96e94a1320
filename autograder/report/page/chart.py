"""A plot as inline SVG: told apart by dashes and markers as well as by colour, with its axes and a legend in words."""

from __future__ import annotations

from markupsafe import Markup

from autograder.plots import Drawn, Plot, Series
from autograder.report.page.axis import Axis, shown
from autograder.report.page.markup import element, together

_WIDTH, _HEIGHT = 640, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 16, 14, 52
_MARKER_ROOM = 60  # beyond so many points a marker on each would be a smear
_SHAPES = ("circle", "square", "diamond", "triangle")


def chart(plot: Plot) -> Markup:
    """The picture alone; its words and its table stand around it."""
    x = Axis.around((number for one in plot.series for number in one.x), is_log=plot.log_x)
    y = Axis.around((number for one in plot.series for number in one.y), is_log=plot.log_y)
    return element(
        "svg",
        _grid(x, y),
        *(_series(one, place, x, y) for place, one in enumerate(plot.series)),
        _text(plot.x_label, (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, anchor="middle", class_="label"),
        _text(plot.y_label, 0, 0, anchor="middle", class_="label", transform=_upright()),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_label=f"{plot.title}. {plot.says}".strip(),
        class_="chart",
    )


def key(place: int, one: Series) -> Markup:
    """A short piece of a series' line with its marker, for the legend."""
    pieces = []
    if one.drawn is not Drawn.POINTS:
        pieces.append(element("path", d="M2 7H38", class_=f"line s{place}"))
    if one.drawn is not Drawn.LINE:
        pieces.append(_marker(place, 20, 7))
    return element("svg", *pieces, viewBox="0 0 40 14", class_="key", aria_hidden="true")


def _grid(x: Axis, y: Axis) -> Markup:
    pieces = []
    for number in x.marks():
        at = _across(x, number)
        pieces.append(element("path", d=f"M{at:.1f} {_TOP}V{_HEIGHT - _BOTTOM}", class_="grid"))
        pieces.append(_text(shown(number), at, _HEIGHT - _BOTTOM + 18, anchor="middle"))
    for number in y.marks():
        at = _up(y, number)
        pieces.append(element("path", d=f"M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}", class_="grid"))
        pieces.append(_text(shown(number), _LEFT - 8, at + 4, anchor="end"))
    frame = f"M{_LEFT} {_TOP}V{_HEIGHT - _BOTTOM}H{_WIDTH - _RIGHT}"
    return element("g", *pieces, element("path", d=frame, class_="frame"), aria_hidden="true")


def _series(one: Series, place: int, x: Axis, y: Axis) -> Markup:
    points = [(_across(x, a), _up(y, b)) for a, b in zip(one.x, one.y, strict=True)]
    pieces = []
    if one.drawn is not Drawn.POINTS:
        way = "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        pieces.append(element("path", d=f"M{way}", class_=f"line s{place}"))
    if one.drawn is not Drawn.LINE:
        every = -(-len(points) // _MARKER_ROOM)
        pieces += [_marker(place, a, b) for a, b in points[::every]]
    return element("g", *pieces)


def _marker(place: int, x: float, y: float) -> Markup:
    """A marker whose shape tells the series, as its colour does."""
    match _SHAPES[place % len(_SHAPES)]:
        case "circle":
            way = f"M{x - 3.5:.1f} {y:.1f}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"
        case "square":
            way = f"M{x - 3.2:.1f} {y - 3.2:.1f}h6.4v6.4h-6.4z"
        case "diamond":
            way = f"M{x:.1f} {y - 4.6:.1f}l4.6 4.6l-4.6 4.6l-4.6 -4.6z"
        case _:
            way = f"M{x:.1f} {y - 4.4:.1f}l4.4 7.6h-8.8z"
    return element("path", d=way, class_=f"mark s{place}")


def _across(axis: Axis, number: float) -> float:
    return _LEFT + axis.at(number) * (_WIDTH - _LEFT - _RIGHT)


def _up(axis: Axis, number: float) -> float:
    return _HEIGHT - _BOTTOM - axis.at(number) * (_HEIGHT - _TOP - _BOTTOM)


def _upright() -> str:
    return f"translate(16 {(_TOP + _HEIGHT - _BOTTOM) / 2}) rotate(-90)"


def _text(text: str, x: float, y: float, *, anchor: str, **attributes: str) -> Markup:
    return element("text", text, x=round(x, 1), y=round(y, 1), text_anchor=anchor, **attributes)


def numbers(plot: Plot) -> Markup:
    """The plot's numbers as tables: one where all series share their x, else one for each."""
    shared = {one.x for one in plot.series}
    groups = [plot.series] if len(shared) == 1 else [(one,) for one in plot.series]
    return together(*(_table(plot, group) for group in groups))


def _table(plot: Plot, group: tuple[Series, ...]) -> Markup:
    title = plot.title if len(group) == len(plot.series) else f"{plot.title}: {group[0].name}"
    heads = [element("th", name, scope="col") for name in (plot.x_label, *(one.name for one in group))]
    rows = [
        element("tr", element("th", shown(x), scope="row"), *(element("td", shown(one.y[at])) for one in group))
        for at, x in enumerate(group[0].x)
    ]
    return element(
        "table",
        element("caption", title),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
        class_="numbers",
    )
