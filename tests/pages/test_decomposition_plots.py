"""Singular values and principal features beside the student's: whatever was drawn, a picture or none, never a failure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from autograder.notebooks.figures import Curve
from reference.hw1.decomposition_plots import features_plot, values_plot

odd = st.floats(width=32) | st.sampled_from([0.0, np.inf, -np.inf, np.nan, 1e300, -1e-300])
sizes = st.integers(1, 6)


def vectors(size: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, size, elements=odd)


@given(
    st.lists(sizes.flatmap(vectors), max_size=2),
    sizes.flatmap(lambda n: arrays(np.float64, n, elements=st.floats(0, 10))),
)
def test_any_drawn_values_can_be_shown(drawn, s):
    """Zeros, infinities and what is no number are left out; the axis shows powers, so that only positive ones stay."""
    for plot in values_plot(drawn, np.sort(s)[::-1]):
        assert all(y > 0 for series in plot.series for y in series.y)


@given(st.data())
def test_any_drawn_curves_can_be_shown(data):
    """Also curves of nothing but infinities, and inputs in any order."""
    size = data.draw(sizes)
    curves = [
        Curve(kind="line", x=data.draw(vectors(size)), y=data.draw(vectors(size)))
        for _ in range(data.draw(st.integers(0, 3)))
    ]
    table = data.draw(arrays(np.float64, (size, data.draw(sizes)), elements=st.floats(-5, 5)))
    features_plot(curves, lambda x: table)


def test_the_nearest_curve_is_shown_with_its_sign_turned():
    """Signs are arbitrary: the one that matches is drawn, over x in order."""
    x = np.array([0.4, 0.1, 0.9])
    table = np.stack([x, x**2], axis=1)
    curves = [Curve(kind="line", x=x, y=-(x**2)), Curve(kind="line", x=x, y=1.01 * x)]
    (plot,) = features_plot(curves, lambda points: table)
    assert [series.x for series in plot.series] == [(0.1, 0.4, 0.9)] * 4
    assert plot.series[1].y == pytest.approx((0.101, 0.404, 0.909))
    assert plot.series[3].y == pytest.approx((0.01, 0.16, 0.81))


def test_without_a_drawing_there_is_no_picture():
    """Nothing is shown beside nothing."""
    assert values_plot([], np.array([2.0, 1.0])) == ()
    assert features_plot([], lambda x: np.ones((1, 1))) == ()
