"""Plots as pictures and tables: the numbers are all there, axes have round marks, nothing is told by colour alone."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.plots import MOST_POINTS, MOST_SERIES, Drawn, Plot, Series
from autograder.report.page.axis import Axis, shown
from autograder.report.page.chart import chart, key, numbers


def plot(*series: Series, **more: object) -> Plot:
    """A plot of the series."""
    return Plot(**{"title": "T", "x_label": "t", "y_label": "w", "series": series, **more})


def line(name: str = "w", x: tuple[float, ...] = (0, 1, 2), y: tuple[float, ...] = (0, 6, -2.4), **more) -> Series:
    return Series(name=name, x=x, y=y, **more)


finite = st.floats(-1e300, 1e300)


@given(st.lists(finite, min_size=1, max_size=5))
def test_every_number_stands_on_its_axis(values):
    """From 0 to 1, in order, whatever the numbers are."""
    axis = Axis.around(values, is_log=False)
    places = [axis.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)


@given(st.lists(st.floats(1e-12, 1e12), min_size=1, max_size=5), st.booleans())
def test_marks_are_few_and_on_the_axis(values, is_log):
    """One to a dozen round numbers, none outside."""
    axis = Axis.around(values, is_log=is_log)
    marks = axis.marks()
    assert 1 <= len(marks) <= 12
    assert marks == sorted(set(marks))
    assert all(-0.001 <= axis.at(mark) <= 1.001 for mark in marks)


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (-1, 1, [-1, -0.5, 0, 0.5, 1]), (0.001, 1000, [0.001, 0.01, 0.1, 1, 10, 100, 1000])],
)
def test_marks_are_round(low, high, marks):
    """As one would choose them by hand."""
    assert Axis.around([low, high], is_log=high == 1000).marks() == pytest.approx(marks)


@given(finite)
def test_a_number_is_told_in_four_digits(number):
    """What is written is the number up to its fourth digit."""
    text = shown(number).replace("−", "-")
    digits, _, power = text.partition("×10")
    exponent = int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))) if power else 0
    assert float(f"{digits}e{exponent}") == pytest.approx(number, rel=6e-4, abs=0)


def test_the_table_has_every_number():
    """Series over the same x share a table; others have one each, with its own caption."""
    shared = ET.fromstring(str(numbers(plot(line(), line("v", y=(1, 2, 3))))))
    assert [[cell.text for cell in row] for row in shared.iter("tr")] == [
        ["t", "w", "v"], ["0", "0", "1"], ["1", "6", "2"], ["2", "−2.4", "3"]
    ]  # fmt: skip
    assert {cell.get("scope") for cell in shared.iter("th")} == {"col", "row"}
    apart = ET.fromstring(f"<div>{numbers(plot(line(), line('v', x=(0.5, 1, 2))))}</div>")
    assert [caption.text for caption in apart.iter("caption")] == ["T: w", "T: v"]


def test_series_differ_in_more_than_colour():
    """Each has markers of a shape of its own, or dashes that the style sheet gives by its number."""
    dots = plot(*(line(str(n), drawn=Drawn.POINTS) for n in range(4)))
    shapes = [
        re.sub(r"-?[0-9.]+", "", ET.fromstring(str(key(n, one)))[0].get("d")) for n, one in enumerate(dots.series)
    ]
    assert len(set(shapes)) == 4
    lines = ET.fromstring(str(chart(plot(line(), line("v")))))
    assert {path.get("class") for path in lines.iter("path")} >= {"line s0", "line s1"}


def test_the_picture_has_a_name_for_those_who_do_not_see_it():
    """Title and sentence are its label; axes and marks are not read out one by one."""
    picture = ET.fromstring(str(chart(plot(line(), says="It grows <fast>."))))
    assert (picture.get("role"), picture.get("aria-label")) == ("img", "T. It grows <fast>.")


@pytest.mark.parametrize(("x", "y"), [((0,), (5,)), ((1, 1), (2, 2)), ((0, 1), (1e-300, 1e300))])
def test_odd_numbers_still_give_a_picture(x, y):
    """One point, points on top of each other, and a range that no axis holds well."""
    text = str(chart(plot(Series(name="w", x=x, y=y))))
    assert "nan" not in text
    assert "inf" not in text


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: line(x=(0, 1), y=(1,)), "series 'w': 2 x and 1 y"),
        (lambda: line(x=(), y=()), "series 'w': 0 x and 0 y"),
        (lambda: line(x=(0,) * (MOST_POINTS + 1), y=(0,) * (MOST_POINTS + 1)), f"1 to {MOST_POINTS} points"),
        (lambda: line(y=(0, math.nan, 1)), "series 'w' has a number that is not finite"),
        (plot, f"plot 'T' has 0 series; give 1 to {MOST_SERIES}"),
        (lambda: plot(line(), log_x=True), "plot 'T': a logarithmic axis x needs positive numbers"),
    ],
)
def test_a_plot_that_cannot_be_drawn_is_refused(make, message):
    """At once, where it is made."""
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_many_points_are_thinned_evenly():
    """A table of thousands of rows is of no use; what is not finite is left out."""
    series = Series.of("w", range(1001), [math.inf, *range(1000)])
    assert series is not None
    assert len(series.x) <= MOST_POINTS
    assert {b - a for a, b in zip(series.x, series.x[1:], strict=False)} == {3.0}
    assert Series.of("w", [1.0], [math.nan]) is None
