"""Reading a typed formula: text in, tree out, or an error that points into the student's own text."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.formula.errors import BadIndex, EmptyFormula, TooComplex
from autograder.formula.grammar import Parser
from autograder.formula.names import Names
from autograder.formula.roles import CONDITION, single
from autograder.formula.targets import split_target
from autograder.formula.tokens import Token, tokenize
from autograder.formula.tree import And, Node, Sequence, walk
from autograder.symbols import SymbolTable

MOST_NODES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A formula as it was read.

    Args:
        text: the original text.
        tree: what it means.
        target: the left-hand side as typed (`theta_{t+1}`), "" when there was none.
        notices: what was taken in a way that the student should know.
    """

    text: str
    tree: Node
    target: str = ""
    notices: tuple[str, ...] = ()


def read(text: str, table: SymbolTable, *, targets: tuple[str, ...] = ()) -> Reading:
    """Read a formula in any of its spellings.

    Args:
        text: what the student typed.
        table: the symbols that it may use.
        targets: left-hand sides that the question declares (`"theta_{t+1}"`, `"w_t"`); they are read and dropped.

    Raises:
        Unreadable: with the place in `text`, the cause and a repair.
    """
    tokens = tokenize(text)
    if len(tokens) == 1:
        raise EmptyFormula("there is nothing to read", text=text, repair="Type the formula between the quotes.")
    start, target = split_target(text, tokens, table, targets)
    tree, notices = _parse(text, tokens[start:], table)
    return Reading(text=text, tree=tree, target=target, notices=notices)


def _parse(text: str, tokens: tuple[Token, ...], table: SymbolTable) -> tuple[Node, tuple[str, ...]]:
    names = Names(table, text)
    parser = Parser(text, tokens, names)
    items = [parser.expression()]
    while parser.accept(",", ";"):
        if parser.token.kind == "end":
            break
        if parser.token.is_sign("and"):
            parser.take()
        items.append(parser.expression())
    if parser.accept(".") is None and parser.token.kind != "end":
        raise parser.unexpected()
    if names.free:
        _refuse_free(text, names)
    span = (tokens[0].start, parser.last_end())
    notices: tuple[str, ...] = ()
    if len(items) == 1:
        tree = single(items[0])
    elif all(isinstance(item, CONDITION) for item in items):
        tree = And(tuple(items), span=span)
        notices = ("The comma between the conditions was read as 'and'.",)
    else:
        tree = Sequence(tuple(items), "", "", span=span)
    if len(walk(tree)) > MOST_NODES:
        raise TooComplex("this formula has too many parts", text=text, end=40, repair="Simplify it.")
    return tree, notices


def _refuse_free(text: str, names: Names) -> None:
    for index, span in names.free.items():
        if index not in names.table.indices:
            raise BadIndex(
                f"the index {index} is bound by no sum",
                text=text,
                start=span[0],
                end=span[1],
                repair=f"Put the whole summand in brackets: sum(..., ({index}, 1, N)), or write a number for {index}.",
            )
