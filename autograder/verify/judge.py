"""Judging many answers to one part, in a process that may hang or crash without harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from autograder.engine.codec import verdict_from_json
from autograder.engine.judging import reply_of
from autograder.equality.budget import Crashed, OutOfTime, Worker
from autograder.errors import GraderBug
from autograder.question import Level, Question, answer_name
from autograder.submission.written import Answers, Content, Written
from autograder.verdict import Verdict, Word

_SECONDS = 10.0


class Judge:
    """Judges answers to one part, the other parts answered by the solution.

    Args:
        question: the part.
        answers: what stands in the other parts.
    """

    def __init__(self, question: Question, answers: Answers) -> None:
        self._question = question
        self._answers = answers
        self._worker = Worker(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.close()

    def __call__(
        self,
        content: Content,
        *,
        seed: int = 0,
        without: str | tuple[str, ...] = (),
        brief: bool = False,
        beside: Mapping[str, Content] | None = None,
    ) -> Verdict:
        """The verdict on one answer; one that takes too long is undecided.

        Args:
            content: what a student would type.
            seed: where randomness comes from.
            without: names of rules to leave out, or of one.
            brief: only the word matters, so that neither rules nor explanations are tried.
            beside: what stands in other parts instead, by their ids.

        Raises:
            GraderBug: judging failed.
        """
        try:
            reply = self._worker.ask(
                {
                    "content": _as_json(content),
                    "seed": seed,
                    "without": [without] if isinstance(without, str) else [*without],
                    "brief": brief,
                    "beside": {part: _as_json(said) for part, said in (beside or {}).items()},
                },
                _SECONDS,
            )
        except OutOfTime:
            return Verdict(word=Word.UNDECIDED, staff=(f"no verdict within {_SECONDS:g} s",))
        except Crashed as error:
            raise GraderBug(f"judging {self._question.id}: {error}") from error
        if "bug" in reply:
            raise GraderBug(f"judging {self._question.id}: {str(reply['bug']).strip().splitlines()[-1]}")
        return verdict_from_json(reply["verdict"])

    def _handle(self, job: Mapping[str, Any]) -> dict[str, Any]:
        rules = tuple(rule for rule in self._question.wrong if rule.name not in job["without"])
        question = replace(self._question, wrong=rules)
        if job["brief"]:
            question = replace(question, wrong=(), level=Level.VERDICT)
        typed = {
            **{answer_name(part): said for part, said in job["beside"].items()},
            question.answer_name: job["content"],
        }
        answers = {
            **self._answers,
            **{name: Written(name=name, content=_from_json(said), where="verify") for name, said in typed.items()},
        }
        return reply_of(lambda: question.answer.judge(question, answers, seed=job["seed"]))


def _as_json(content: Content) -> Any:
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return {name: _as_json(part) for name, part in content.items()}
    return [_as_json(part) for part in content]


def _from_json(data: Any) -> Content:
    if isinstance(data, list):
        return tuple(_from_json(part) for part in data)
    if isinstance(data, dict):
        return {name: _from_json(part) for name, part in data.items()}
    return str(data)
