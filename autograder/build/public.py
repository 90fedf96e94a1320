"""The public half of a question: how its answer must look, without anything of its key."""

from __future__ import annotations

from typing import Any

from autograder.answers.asked_bound import AskedBound
from autograder.answers.asked_formula import AskedFormula
from autograder.answers.asked_letters import AskedLetters
from autograder.answers.asked_range import AskedRange
from autograder.answers.bound import Bound
from autograder.answers.choice import Choice
from autograder.answers.derivation import Derivation
from autograder.answers.entries import Entries
from autograder.answers.expression import Expression
from autograder.answers.families import Space
from autograder.answers.function import Function, Functions
from autograder.answers.interval import Interval
from autograder.answers.keys import key_with_shape
from autograder.answers.notebook import Notebook
from autograder.answers.objective import Objective
from autograder.answers.ordering import Ordering
from autograder.answers.points import Points
from autograder.answers.ranking import Ranking
from autograder.answers.reduces import Reduces
from autograder.answers.several import Several
from autograder.answers.update import Update
from autograder.kit.forms import (
    Code,
    Form,
    FreeText,
    Letters,
    Lines,
    ManyFormulas,
    OneBound,
    OneFormula,
    OneRange,
    Order,
    Parts,
    PointSet,
)
from autograder.question import Question
from autograder.symbols import SymbolTable


def public_form(question: Question) -> tuple[Form, SymbolTable]:
    """How the answer is read, and what it may use; of the key no more than its shape is looked at."""
    answer: Any = question.answer
    table = question.symbols
    match answer:
        case Expression():
            return _one(answer, table), table
        case Update():
            wide = answer.table(table)
            return _one(answer.expression, wide), wide
        case Entries():
            return OneFormula(asked=_asked(answer.expression, table), by=answer.by, entries=True), table
        case Objective():
            wide = answer.with_constant(table)
            return OneFormula(asked=_asked(answer.expression, wide), objective=answer.scale), wide
        case Several():
            return ManyFormulas(names=answer.names, each=tuple(_one(one, table) for one in answer.answers)), table
        case Interval():
            return OneRange(asked=AskedRange(variable=answer.variable)), table
        case Bound():
            return OneBound(asked=AskedBound(variable=answer.variable)), table
        case Choice() | Ordering():
            return _letters(question, answer), table
        case Ranking():
            return Order(compared=answer.compared), table
        case Derivation():
            return Lines(shape=key_with_shape(answer.start, table)[1]), table
        case Reduces():
            names = tuple(symbol.name for symbol in answer.parts.symbols)
            return Parts(names=names, judged="" if len(answer.where) == 1 else answer.judged), table
        case Points():
            space = Space.of(answer.coordinates, table, answer.tolerance, seed=0)
            return PointSet(coordinates=answer.coordinates), space.table
        case Functions():
            return Code(functions=tuple((one.name, _header(one)) for one in answer.functions)), table
        case Notebook():
            return _cells(answer), table
        case _:
            return FreeText(), table


def _one(answer: Expression, table: SymbolTable) -> OneFormula:
    return OneFormula(asked=_asked(answer, table))


def _asked(answer: Expression, table: SymbolTable) -> AskedFormula:
    return answer.asked(table)


def _letters(question: Question, answer: Choice | Ordering) -> Letters:
    if isinstance(answer, Choice):
        return Letters(asked=answer.asked(question.id), part=question.id)
    letters = tuple(option.letter for option in answer.options)
    texts = tuple(option.text for option in answer.options)
    asked = AskedLetters(letters=letters, cases=len(letters), texts=texts, may_be_own=answer.shuffle)
    return Letters(asked=asked, part=question.id, each_once=True)


def _header(function: Function) -> str:
    return f"{function.name}({', '.join(function.parameters)})"


def _cells(answer: Notebook) -> Code:
    headers = dict(zip(answer.functions, answer.headers, strict=False))
    names = (*answer.functions, *answer.or_defines)
    return Code(functions=tuple((name, headers.get(name, name)) for name in names), any_one=True)
