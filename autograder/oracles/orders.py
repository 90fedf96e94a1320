"""The oracle of an order of statements: the argument carried out as a computation, in every order."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from numpy.random import Generator, default_rng

from autograder.answers.ordering import Ordering
from autograder.errors import AuthorError
from autograder.question import Question
from autograder.submission.written import Written
from autograder.verdict import Word

Step = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredOrder:
    """Exactly those orders must be right in which every step has what it computes from.

    Args:
        given: what the statement gives, by name, drawn at random.
        steps: for every option's letter a function that does what the option says. Its parameters are names of what is given
            and of other steps' functions, whose results it gets.
        objection: what is wrong with all the results, by the functions' names; "" when the argument holds.
    """

    given: Callable[[Generator], Mapping[str, Any]]
    steps: Mapping[str, Step]
    objection: Callable[[Mapping[str, Any]], str]

    def agrees(self, question: Question, *, seed: int) -> str:
        """Carry the argument out in every order and have the order judged; "" when both agree."""
        answer = question.answer
        if not isinstance(answer, Ordering):
            raise AuthorError(f"question {question.id}: MeasuredOrder is the oracle of an Ordering only.")
        given = self.given(default_rng(seed))
        works = 0
        for order in permutations(self.steps):
            results = self._carried_out(order, given)
            works += results is not None
            said = "" if results is None else self.objection(results)
            if said:
                return f"carried out in the order {', '.join(order)}: {said}"
            name = question.answer_name
            answers = {name: Written(name=name, content=", ".join(order), where="oracle")}
            right = answer.judge(question, answers, seed=seed).word is Word.OK
            if right != (results is not None):
                return f"the order {', '.join(order)} {'cannot' if right else 'can'} be carried out"
        return "" if works else "no order of the steps can be carried out"

    def _carried_out(self, order: tuple[str, ...], given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The results by the functions' names, or None where a step comes before what it needs."""
        known = dict(given)
        for letter in order:
            step = self.steps[letter]
            needs = inspect.signature(step).parameters
            if not needs.keys() <= known.keys():
                return None
            known[step.__name__] = step(**{name: known[name] for name in needs})
        return known
