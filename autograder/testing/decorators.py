"""The decorators of gradescope-utils, by the same names and with the same arguments.

They only note what the author declares; what a test earns is decided by the grader. In an author's process they also
stand in for `gradescope_utils.autograder_utils.decorators`, so that existing test modules run unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from autograder.testing.recorder import set_leaderboard_value, set_score

Test = TypeVar("Test", bound=Callable[..., Any])
Decorator = Callable[[Test], Test]


def weight(value: Any) -> Decorator[Test]:
    """The points that a test is worth."""
    return _noting(__weight__=value)


def number(value: Any) -> Decorator[Test]:
    """The number under which a test is listed ("1.1")."""
    return _noting(__number__=str(value))


def visibility(value: str) -> Decorator[Test]:
    """Who sees a test, and when: "visible", "hidden", "after_due_date" or "after_published"."""
    return _noting(__visibility__=value)


def tags(*names: str) -> Decorator[Test]:
    """Words that a test is filed under."""
    return _noting(__tags__=names)


def hide_errors(message: str = "Test failed") -> Decorator[Test]:
    """Show only this message when the test fails, and nothing of what it raised or printed."""
    return _noting(__hide_errors__=message)


def partial_credit(weight: Any) -> Decorator[Test]:
    """A test that says itself what it earns: it must call `set_score`, which it is given as a keyword."""
    return _given("set_score", set_score, __weight__=weight, __partial_credit__=True)


def leaderboard(column_name: str, sort_order: str = "desc") -> Decorator[Test]:
    """A test that measures a column of the leaderboard, with `set_leaderboard_value`, which it is given as a keyword."""
    return _given(
        "set_leaderboard_value",
        set_leaderboard_value,
        __leaderboard_column__=column_name,
        __leaderboard_sort_order__=sort_order,
    )


def _noting(**facts: Any) -> Callable[[Test], Test]:
    def decorate(test: Test) -> Test:
        vars(test).update(facts)
        return test

    return decorate


def _given(keyword: str, setter: Callable[[Any], None], **facts: Any) -> Callable[[Any], Any]:
    def decorate(test: Any) -> Any:
        @wraps(test)
        def wrapper(*arguments: Any, **keywords: Any) -> Any:
            return test(*arguments, **{**keywords, keyword: setter})

        vars(wrapper).update(facts)
        return wrapper

    return decorate
