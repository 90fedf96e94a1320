"""Verdicts on their way between processes: exact, and nothing malformed passes."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.engine.codec import verdict_from_json, verdict_to_json
from autograder.equality.decision import Evidence
from autograder.errors import GraderBug
from autograder.formula.tree import Add, Identity, Interval, Matrix, Name, Neg, Number, Relation
from autograder.plots import Drawn, Plot, Series
from autograder.verdict import PENDING, Cause, Verdict, Word

texts = st.text(max_size=20)
lists = st.lists(texts, max_size=3).map(tuple)

numbers = st.floats(-1e9, 1e9)
series = st.builds(
    lambda name, pairs, drawn: Series(
        name=name, x=tuple(a for a, _ in pairs), y=tuple(b for _, b in pairs), drawn=drawn
    ),
    texts,
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4),
    st.sampled_from(Drawn),
)
plots = st.builds(
    Plot,
    title=texts,
    x_label=texts,
    y_label=texts,
    says=texts,
    series=st.lists(series, min_size=1, max_size=2).map(tuple),
)
trees = st.recursive(
    st.builds(Name, texts) | st.builds(Number, st.fractions()) | st.builds(Identity),
    lambda inner: (
        st.builds(lambda a, b: Add((a, Neg(b))), inner, inner)
        | st.builds(lambda a, b: Relation((a, b), ("<=",)), inner, inner)
        | st.builds(lambda a: Matrix(((a, a), (a, a))), inner)
        | st.builds(lambda a: Interval(a, a, low_closed=True, high_closed=False), inner)
    ),
    max_leaves=6,
)


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    word = draw(st.sampled_from(Word))
    share = st.fractions(0, 1, max_denominator=50)
    credit = Fraction(1) if word is Word.OK else Fraction(0) if word in PENDING else draw(share)
    return Verdict(
        word=word,
        credit=credit,
        evidence=draw(st.sampled_from(Evidence)),
        misconception=draw(st.none() | texts),
        wrote=draw(texts),
        read_as=draw(texts),
        read_as_latex=draw(texts),
        witness=draw(texts),
        feedback=draw(lists),
        notices=draw(lists),
        staff=draw(lists),
        convention=draw(texts),
        reading=draw(st.none() | trees),
        plots=draw(st.lists(plots, max_size=2).map(tuple)),
        carried=draw(lists),
        cause=draw(st.sampled_from(Cause)),
    )


SERIES = {"name": "a", "x": [1.0], "y": [-1.0], "drawn": "line"}
PLOT = {
    "title": "t",
    "x_label": "x",
    "y_label": "y",
    "series": [SERIES],
    "says": "",
    "log_x": False,
    "log_y": False,
}


@given(verdicts())
def test_a_verdict_survives_the_way_through_json(verdict):
    """Nothing is lost or rounded."""
    assert verdict_from_json(json.loads(json.dumps(verdict_to_json(verdict)))) == verdict


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"word": "great"}, "a verdict came back that cannot be: 'great' is not a valid Word"),
        ({"word": None}, "a verdict came back with word = None, which is no text"),
        ({"credit": "2"}, "a verdict came back that cannot be: credit is a share between 0 and 1, not 2"),
        ({"credit": 1.0}, "a verdict came back with credit = 1.0, which is no text"),
        ({"credit": "1/0"}, "a verdict came back that cannot be: Fraction(1, 0)"),
        ({"word": "ok"}, "a verdict came back that cannot be: the word 'ok' goes with full credit"),
        ({"feedback": "text"}, "a verdict came back with feedback = 'text', which is no list of texts"),
        ({"feedback": [1]}, "a verdict came back with feedback = [1], which is no list of texts"),
        ({"misconception": 3}, "a verdict came back with misconception = 3"),
        ({"reading": "x"}, "a tree came back as 'x'"),
        ({"reading": {"Verdict": []}}, "a tree came back with {'Verdict': []}"),
        ({"reading": {"Neg": []}}, "a tree came back with {'Neg': []}"),
        ({"reading": {"Number": [{"Fraction": "1/0"}]}}, "a verdict came back that cannot be: Fraction(1, 0)"),
        ({"plots": 3}, "a verdict came back with plots = 3, which is no list"),
        ({"plots": [{"title": "t"}]}, "a plot came back as {'title': 't'}"),
        (
            {"plots": [PLOT | {"series": [SERIES | {"x": ["1"]}]}]},
            "a series of a plot came back as {'name': 'a', 'x': ['1'], 'y': [-1.0], 'drawn': 'line'}",
        ),
        (
            {"plots": [PLOT | {"series": [SERIES | {"x": []}]}]},
            "a verdict came back that cannot be: series 'a': 0 x and 1 y; 1 to 400 points",
        ),
        (
            {"plots": [PLOT | {"log_y": True}]},
            "a verdict came back that cannot be: plot 't': a logarithmic axis y needs positive numbers",
        ),
        ({"extra": 1}, "a verdict came back with other fields than it has: ['extra']"),
    ],
)
def test_what_is_no_verdict_is_refused(change, message):
    """A damaged reply is our bug and is named as one, never guessed into a verdict."""
    with pytest.raises(GraderBug) as caught:
        verdict_from_json(verdict_to_json(Verdict(word=Word.NOT_YET)) | change)
    assert str(caught.value) == message


@pytest.mark.parametrize("data", [None, [], "ok", 3, {}])
def test_other_things_are_no_verdicts(data):
    """Not even an empty dict is one."""
    with pytest.raises(GraderBug, match="a verdict came back with other fields than it has"):
        verdict_from_json(data)
