"""The oracle of a ranking: a run of the experiment itself, and what the grader says to the order that it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from numpy.random import Generator, default_rng

from autograder.answers.ranking import Ranking
from autograder.errors import AuthorError
from autograder.question import Question
from autograder.submission.written import Content, Written
from autograder.verdict import Verdict, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRanking:
    """The order of measured numbers must be right, and its opposite wrong; what every run shows must show in this one.

    Args:
        by: a run of the experiment: the number of each of the things compared, by name.
    """

    by: Callable[[Generator], Mapping[str, float]]

    def agrees(self, question: Question, *, seed: int) -> str:
        """Run, and let the order of the numbers be judged; "" when all is as it must be."""
        ranking = question.answer
        if not isinstance(ranking, Ranking):
            raise AuthorError(f"question {question.id}: MeasuredRanking is the oracle of a Ranking only.")
        numbers = self.by(default_rng(seed))
        said = ", ".join(f"{name} {number:.4g}" for name, number in numbers.items())
        slack = 1 + float(ranking.tie)
        broken = [(a, b) for a, b in ranking.known if numbers[a] >= numbers[b]]
        broken += [(a, b) for a, b in ranking.known_or_tied if numbers[a] > slack * numbers[b]]
        if broken:
            return f"by the experiment ({said}), {broken[0][0]} < {broken[0][1]} does not hold in every run"
        order = sorted(numbers, key=lambda name: numbers[name])
        for typed, word in ((order, Word.OK), (order[::-1], Word.NOT_YET)):
            verdict = self._judged(question, ranking, " < ".join(typed), numbers, seed)
            if verdict.word is not word:
                return f"by the experiment ({said}), {' < '.join(typed)} should be {word}, and is judged {verdict.word}"
        return ""

    def _judged(
        self, question: Question, ranking: Ranking, order: str, numbers: Mapping[str, float], seed: int
    ) -> Verdict:
        own: Content = {name: repr(float(number)) for name, number in numbers.items()}
        contents = {question.answer_name: order, ranking.numbers: {ranking.setting: own} if ranking.setting else own}
        answers = {name: Written(name=name, content=content, where="oracle") for name, content in contents.items()}
        return ranking.judge(question, answers, seed=seed)
