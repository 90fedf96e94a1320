"""Answers that are one step of an iteration: the right-hand side, with or without `theta <-`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from autograder.answers.expression import Expression
from autograder.answers.given import handed_in
from autograder.answers.keys import Key
from autograder.answers.own_name import own_name
from autograder.answers.texts import as_text
from autograder.question import Question
from autograder.submission.written import Answers
from autograder.symbols import SymbolTable
from autograder.verdict import Verdict

_NEXT = (
    "",
    "_{t+1}",
    "_{k+1}",
    "_{n+1}",
    "_{i+1}",
    "_new",
    "_next",
    "'",
    "^+",
    "^{(t+1)}",
    "^(t+1)",
    "^{(k+1)}",
    "[t+1]",
    "(t+1)",
)
_CURRENT = ("_t", "_k", "_n", "_old", "^(t)", "^{(t)}", "^(k)", "^{(k)}", "[t]", "(t)")


@dataclass(frozen=True, slots=True)
class Update:
    """The next iterate as a formula of the current one.

    `theta_t`, `theta_k`, `theta^(t)` and `theta_old` on the right mean the current iterate; `theta_{t+1} =`,
    `theta <-`, `theta_new =` and the like may stand on the left. A student's own name for the iterate is read as well, where the
    left-hand side says that it is one: `m_{t+1} = a m_t + b`.

    Args:
        variable: the canonical name of the iterate (`"theta"`).
        key: the next iterate.
        also: further right answers, each with the name of its convention.
        targets: further left-hand sides (`"E[w_{t+1} | w_t]"`).
    """

    variable: str
    key: Key
    also: tuple[tuple[str, Key], ...] = ()
    targets: tuple[str, ...] = ()
    kind: str = field(default="update", init=False)

    def judge(self, question: Question, answers: Answers, *, seed: int) -> Verdict:
        """Read the right-hand side and compare it with the key, the other conventions and the misconceptions."""
        written = handed_in(question, answers)
        if isinstance(written, Verdict):
            return written
        table = self.table(question.symbols)
        expression, own = self.expression, own_name(as_text(written.content), table, self.variable)
        if own is not None:
            table = self.table(question.symbols, own)
            expression = replace(expression, targets=(*expression.targets, *(own + mark for mark in _NEXT)))
        return expression.judge_written(question, table, written, seed=seed)

    @property
    def expression(self) -> Expression:
        """The same answer as a plain formula with the left-hand sides of an update."""
        name = self.variable
        following = tuple(name + mark for mark in _NEXT)
        iterates = (name, *(name + mark for mark in _CURRENT))
        return Expression(self.key, also=self.also, targets=(*following, *self.targets), in_place=iterates)

    def table(self, table: SymbolTable, own: str | None = None) -> SymbolTable:
        """The symbols with the usual spellings of the current iterate.

        Args:
            own: a student's own name for the iterate.
        """
        name = self.variable
        names = (name,) if own is None else (name, own)
        marked = [called + mark for called in names for mark in _CURRENT]
        current = [spelling for spelling in (*marked, *names[1:]) if spelling not in table]
        symbols = tuple(
            replace(symbol, aliases=(*symbol.aliases, *current)) if symbol.name == name else symbol
            for symbol in table.symbols
        )
        return replace(table, symbols=symbols)

    def example(self, question: Question) -> str:
        """How such an answer is typed, without the key."""
        del question
        return f'the next value, such as "{self.variable} <- a*{self.variable} + b" or just its right-hand side'
