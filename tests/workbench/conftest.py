"""A small assignment behind the pages, with every kind of answer that they treat differently."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask.testing import FlaskClient

from autograder import (
    Assignment,
    Choice,
    Expression,
    Function,
    Functions,
    Half,
    Interval,
    Option,
    Question,
    Reduces,
    Source,
    Wrong,
    declare,
)
from autograder.functions import Input, Matches
from autograder.workbench.app import workbench
from autograder.workbench.author import AuthorDesk
from autograder.workbench.guard import Guard

PORT, TOKEN = 8123, "right-token"
HOME = f"http://127.0.0.1:{PORT}"
EXAMPLE = Source("Homework", "1")


def small() -> Assignment:
    """Formulas, a range, a choice, two halves of one answer, and a function."""
    table = declare("a > 0, b > 0, x")
    return Assignment(
        name="small",
        title="Small <homework>",
        points=Fraction(10),
        questions=(
            Question(
                id="1a", title="A formula", points=2, source=EXAMPLE, symbols=table, answer=Expression("2*a + b"),
                prompt=r"Add $a$ twice and $b$, `b` & <b>.",
                wrong=(Wrong("lost-two", "a + b", "Twice, not once.", credit=Half), Wrong("sign", "2*a - b", "Add.")),
            ),
            Question(
                id="1b", title="A range", points=2, source=EXAMPLE, symbols=table, prompt="Which?",
                answer=Interval("x", "0 < x < a"),
            ),
            Question(
                id="1c", title="A choice", points=2, source=EXAMPLE, prompt="Which?",
                answer=Choice(options=(Option("a", "this $x^2$", "no"), Option("b", "that", "yes")), key="b"),
            ),
            Question(
                id="2a", title="One half", points=1, source=EXAMPLE, prompt="Any two with the sum a.", symbols=table,
                answer=Reduces(
                    parts=declare("p, q"), where=("2a", "2b"), judged="p", identities=(("p + q", "a"),), key=("a", "0")
                ),
            ),
            Question(
                id="2b", title="Other half", points=1, source=EXAMPLE, prompt="Any two with the sum a.", symbols=table,
                answer=Reduces(
                    parts=declare("p, q"), where=("2a", "2b"), judged="q", identities=(("p + q", "a"),), key=("a", "0")
                ),
            ),
            Question(
                id="3", title="A function", points=2, source=EXAMPLE, prompt="Write `double(x)`.",
                answer=Functions(
                    functions=(
                        Function(
                            name="double", signature="x -> y", about="Twice.",
                            inputs=(Input(name="a few", group="few", make=lambda draw: (draw.between(1.0, 2.0),)),),
                            checks=(Matches(reference=lambda x: 2 * x),), reference=lambda x: 2 * x,
                        ),
                    )
                ),
            ),
        ),
    )  # fmt: skip


@pytest.fixture
def client() -> FlaskClient:
    """A browser without a script, that knows the token."""
    desk = AuthorDesk(assignment=small())
    app = workbench({"small": desk}, Guard(token=TOKEN, port=PORT))
    app.testing = True
    return app.test_client()
