"""Reading a typed formula: text in, tree out, or an error that points into the student's own text."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.formula.arguments import refuse_decimal_comma
from autograder.formula.binding import free_indices, summed_by_ones
from autograder.formula.definitions import take_out
from autograder.formula.errors import BadIndex, EmptyFormula
from autograder.formula.grammar import Parser
from autograder.formula.lexer import tokenize
from autograder.formula.measure import refuse_deep
from autograder.formula.names import Names
from autograder.formula.remarks import without_remarks
from autograder.formula.roles import CONDITION, chain, single
from autograder.formula.targets import Targets
from autograder.formula.tokens import Token
from autograder.formula.tree import And, Assigned, Node, Sequence
from autograder.symbols import SymbolTable


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


def read(text: str, table: SymbolTable, targets: tuple[str, ...] = ()) -> Reading:
    """Read a formula in any of its spellings.

    Several formulas (`W1 = I, c = 0`, one a line, or separated by commas) become a `Sequence` without brackets;
    several conditions become an `And`.

    Args:
        text: what the student typed.
        table: the symbols that it may use.
        targets: left-hand sides that the question declares (`"theta_{t+1}"`, `"w_t"`); they are read and dropped.

    Raises:
        Unreadable: with the place in `text`, the cause and a repair.
    """
    tokens = _unboxed(tokenize(text), text)
    if len(tokens) == 1:
        raise EmptyFormula("there is nothing to read", text=text, repair="Type the formula between the quotes.")
    tokens, remarks = without_remarks(tokens, text, table)
    tokens, definitions = take_out(tokens, text, table)
    table = table if definitions is None else definitions.table
    names = Names(table, text)
    parser = Parser(text, tokens, names)
    items = _items(parser, Targets(text, table, targets))
    tree, target = _joined(parser, items)
    if definitions is not None:
        tree = definitions.put_into(tree, text)
    refuse_deep(tree, text)
    tree = summed_by_ones(parser, tree)
    _refuse_free(tree, text, names)
    return Reading(text=text, tree=tree, target=target, notices=(*remarks, *parser.notices))


def _unboxed(tokens: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    r"""The tokens without the braces of `\boxed{…}` around the whole, in which a left-hand side may stand."""
    if not text.lstrip(" \t\n$").startswith("\\boxed") or not tokens[0].is_sign("{"):
        return tokens
    depth = 0
    for at, token in enumerate(tokens):
        depth += token.is_sign("{") - token.is_sign("}")
        if depth == 0:
            return (*tokens[1:at], *tokens[at + 1 :]) if at == len(tokens) - 2 else tokens
    return tokens


def _items(parser: Parser, targets: Targets) -> list[Node]:
    """The formulas between commas, semicolons and line ends; each with its left-hand side as an `Assigned`."""
    items: list[Node] = []
    while True:
        if parser.token.is_sign("and") and items:
            parser.take()
        start, target = targets.split(parser.tokens, parser.at)
        parser.at = start
        node = parser.expression()
        items.append(Assigned(target, node, span=node.span) if target else node)
        if parser.token.is_sign(","):
            refuse_decimal_comma(parser, inside=False)
        separated = parser.accept(",", ";")
        while parser.accept(";"):
            pass
        if parser.token.kind == "end":
            return items
        if not separated and not parser.is_broken():
            raise parser.unexpected()


def _joined(parser: Parser, items: list[Node]) -> tuple[Node, str]:
    """One tree for all of the items, and the left-hand side when they have only one."""
    first = items[0]
    target = ""
    if isinstance(first, Assigned) and not any(isinstance(item, Assigned) for item in items[1:]):
        target, items = first.target, [first.value, *items[1:]]
    if len(items) == 1:
        return single(items[0]), target
    span = (items[0].span[0] if items[0].span else 0, parser.last_end())
    if all(isinstance(item, CONDITION) for item in items):
        parser.notice("The comma or line end between the conditions was read as 'and'.")
        return chain(And, tuple(items), span), target
    return Sequence(tuple(items), "", "", span=span), target


def _refuse_free(tree: Node, text: str, names: Names) -> None:
    for index, span in free_indices(tree, names).items():
        if index not in names.table.indices:
            raise BadIndex(
                f"the index {index} is bound by no sum", text=text, start=span[0], end=span[1],
                repair=f"Put the whole summand in brackets: sum(..., ({index}, 1, N)), or write a number for {index}.",
            )  # fmt: skip
