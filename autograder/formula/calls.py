"""Names and calls: symbols, entries, functions in every spelling, LaTeX commands with arguments, methods."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula import arrays, conditions, functions, sums
from autograder.formula.brackets import arguments, norm_kind
from autograder.formula.errors import AmbiguousProduct, BadIndex, UnexpectedToken, UnknownName, WrongArguments
from autograder.formula.names import data_of
from autograder.formula.roles import POWER, TIGHTEST, value
from autograder.formula.tree import (
    FUNCTIONS,
    ONE,
    Call,
    Div,
    Entry,
    Mul,
    Name,
    Node,
    Number,
    Pow,
    Sequence,
    Transpose,
)

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

HALF = Number(Fraction(1, 2))
INVERSE = Number(Fraction(-1))


def named(parser: Parser) -> Node:
    """What a name means where it stands: a symbol, an entry, a call or an error with a suggestion."""
    token = parser.take()
    if token.text == "𝟙":
        return conditions.one(parser, token)
    if parser.names.canonical(token.text) is not None:
        return _symbol(parser, token)
    if token.text in functions.ALL and (_opens(parser) or token.text in functions.SIMPLE):
        if parser.token.is_sign("'") and functions.SIMPLE.get(token.text) == "relu":
            parser.take()
            token = replace(token, text="step")  # the derivative of the rectifier
        return call(parser, token)
    mean = _mean_of_data(parser, token)
    if mean is not None:
        return mean
    base, _, subscript = token.text.partition("_")
    if base in functions.SIMPLE and subscript and _opens(parser):
        return _with_base(parser, replace(token, text=base), subscript)
    if token.text in ("True", "False", "otherwise"):
        return conditions.truth(token)
    if parser.token.is_sign("(") and not parser.token.spaced and len(token.text) > 1:
        try:
            return parser.names.resolve(token)
        except UnknownName:
            raise parser.names.unknown_function(token, functions.ALL) from None
    return parser.names.resolve(token)


def _opens(parser: Parser) -> bool:
    token = parser.token
    return (
        token.is_sign("(", "[")
        or (token.is_sign("{") and not token.spaced)
        or token.is_sign(".open", ".Lopen", ".Ropen")
    )


def _symbol(parser: Parser, token: Token) -> Node:
    """A declared symbol; `y(i)` is an entry of data, `I(x > 0)` can only be an indicator."""
    node = parser.names.resolve(token)
    bracket, letter, closing = parser.token, parser.ahead(1), parser.ahead(2)
    if (
        isinstance(node, Name)
        and node.name in data_of(parser.names.table)
        and bracket.is_sign("(")
        and letter.kind == "name"
        and letter.text in parser.names.bound
        and closing.is_sign(")")
    ):
        parser.at += 3
        return Entry(node.name, (Name(letter.text),), span=(token.start, parser.last_end()))
    return node


def _mean_of_data(parser: Parser, token: Token) -> Node | None:
    for ending in ("_bar", "bar"):
        if token.text.endswith(ending):
            symbol = parser.names.symbol(token.text[: -len(ending)])
            if symbol is not None and symbol.name in data_of(parser.names.table):
                return sums.mean_of_data(symbol.name, symbol.shape[0], (token.start, token.end))
    return None


# ---------------------------------------------------------------------- entries


def has_entries(parser: Parser, node: Name) -> bool:
    """Whether a name stands for data, a vector or a matrix, so that `[` behind it is an index."""
    symbol = parser.names.table.get(node.name)
    return symbol is not None and not symbol.is_scalar


def indexed(parser: Parser, node: Name) -> Node:
    """`y[i]`, `X[i, j]`."""
    opened = parser.take()
    indices: list[Node] = []
    with parser.within("["):
        while True:
            token, behind = parser.token, parser.ahead()
            letter = token.kind == "name" and behind.is_sign(",", "]")
            index = parser.names.index(token.text, (token.start, token.end)) if letter else None
            if index is not None:
                parser.take()
            indices.append(index or parser.expression())
            if not parser.accept(","):
                break
    parser.expect("]", opened)
    span = (node.span[0] if node.span else opened.start, parser.last_end())
    symbol = parser.names.table[node.name]
    wanted = 1 if 1 in symbol.shape else 2
    if len(indices) != wanted:
        raise BadIndex(
            f"{node.name} takes {wanted} {'index' if wanted == 1 else 'indices'}, not {len(indices)}",
            text=parser.text, start=span[0], end=span[1], repair=f"Write {node.name}[{'i' if wanted == 1 else 'i, j'}].",
        )  # fmt: skip
    return Entry(node.name, tuple(indices), span=span)


# ---------------------------------------------------------------------- calls


def call(parser: Parser, token: Token) -> Node:
    """A call of a known function; its name was consumed."""
    name = token.text
    if name in functions.SIMPLE:
        return _simple(parser, token)
    if name in functions.MEANS:
        return _mean(parser, token)
    if name in functions.CONDITIONS or name in functions.RELATIONS or name in functions.SETS or name in functions.CASES:
        return conditions.call(parser, token)
    if name in functions.POWERS or name in functions.NUMBERS:
        return _power(parser, token)
    return arrays.call(parser, token)


def _simple(parser: Parser, token: Token) -> Node:
    function = functions.SIMPLE[token.text]
    base = power = None
    if token.text in ("log", "ln") and parser.accept("_"):
        base = value(parser.prefix(TIGHTEST))
    if parser.token.is_sign("^") and not parser.ahead().is_sign("("):
        parser.take()
        power = value(parser.prefix(TIGHTEST))
    args = _simple_arguments(parser, token, function)
    if function == "sqrt" and len(args) == 2:
        node: Node = Pow(args[0], Div(ONE, args[1]), span=(token.start, parser.last_end()))
    elif token.text in ("log", "ln") and len(args) == 2:
        base, args = args[1], args[:1]
        node = checked(parser, token, function, args)
    elif function == "step" and len(args) == 2:
        node = checked(parser, token, function, args[:1])  # the value at the jump itself is a convention
    else:
        node = checked(parser, token, function, args)
    if base is not None:
        node = Div(node, Call("ln", (base,)), span=node.span)
    return node if power is None else Pow(node, power, span=(token.start, parser.last_end()))


def _simple_arguments(parser: Parser, token: Token, function: str) -> list[Node]:
    if function == "sqrt" and parser.token.is_sign("["):
        degree, _ = arguments(parser)
        if parser.token.is_sign("{"):
            radicand, _ = arguments(parser)
            return [value(radicand[0]), value(degree[0])]
        return [value(degree[0])]
    if _opens(parser):
        items, _ = arguments(parser)
        if len(items) == 1 and isinstance(items[0], Sequence) and function in ("max", "min"):
            items = list(items[0].items)
        return [value(item) for item in items]
    return [_bare_argument(parser, token, function)]


def _bare_argument(parser: Parser, token: Token, function: str) -> Node:
    """`ln x`, `√2`: the argument ends before the next factor; where that could be meant otherwise, nothing is guessed."""
    if not parser.starts_operand():
        raise WrongArguments(
            f"{token.text} has no argument", text=parser.text, start=token.start, end=token.end,
            repair=f"Write {token.text}(…).",
        )  # fmt: skip
    if function == "sqrt":
        return parser.operand()
    node = value(parser.expression(POWER - 1))
    following = parser.token
    plain = following.kind == "number" or (following.kind == "name" and following.text not in functions.ALL)
    if parser.starts_operand() and plain and following.text not in functions.CLOSING_WORDS:
        raise AmbiguousProduct(
            f"where the argument of {token.text} ends has two readings", text=parser.text, start=token.start,
            end=following.end, repair=f"Put it in brackets: {token.text}(…).",
        )  # fmt: skip
    return node


def _with_base(parser: Parser, token: Token, subscript: str) -> Node:
    """`log_2(x)` where the subscript was read together with the name."""
    args = [value(item) for item in arguments(parser)[0]]
    node = checked(parser, token, functions.SIMPLE[token.text], args)
    if token.text not in ("log", "ln"):
        raise UnexpectedToken(
            f"{token.text} takes no subscript", text=parser.text, start=token.start, end=token.end, repair="Remove it."
        )
    base: Node = (
        Number(Fraction(subscript)) if subscript.isdigit() else parser.names.resolve(replace(token, text=subscript))
    )
    return Div(node, Call("ln", (base,)), span=node.span)


def checked(parser: Parser, token: Token, function: str, args: list[Node]) -> Call:
    """The call, when the number of arguments fits."""
    fewest, most = FUNCTIONS[function]
    if len(args) < fewest or (most is not None and len(args) > most):
        wanted = str(fewest) if most == fewest else f"at least {fewest}"
        raise WrongArguments(
            f"{token.text} takes {wanted} argument{'' if wanted == '1' else 's'}, not {len(args)}", text=parser.text,
            start=token.start, end=parser.last_end(), repair="Mend the list in the brackets.",
        )  # fmt: skip
    return Call(function, tuple(args), span=(token.start, parser.last_end()))


def _mean(parser: Parser, token: Token) -> Node:
    before = set(parser.names.free)
    items, _ = arguments(parser)
    if len(items) != 1:
        raise WrongArguments(
            f"{token.text} takes 1 argument, not {len(items)}", text=parser.text, start=token.start,
            end=parser.last_end(), repair="Write mean(formula).",
        )  # fmt: skip
    return sums.mean(parser, token, value(items[0]), before)


def _power(parser: Parser, token: Token) -> Node:
    kind = norm_kind(parser) if token.text == "norm" and parser.token.is_sign("_") else "norm"
    items, keywords = arguments(parser)
    args = [value(item) for item in items]
    span = (token.start, parser.last_end())
    match token.text, args:
        case (("pow" | "power" | "Pow"), [base, exponent]):
            return Pow(base, exponent, span=span)
        case "root", [base, degree]:
            return Pow(base, Div(ONE, degree), span=span)
        case "cbrt", [base]:
            return Pow(base, Number(Fraction(1, 3)), span=span)
        case "square", [base]:
            return Pow(base, Number(Fraction(2)), span=span)
        case (("log2" | "log10" | "lg"), [arg]):
            base = Number(Fraction(2 if token.text == "log2" else 10))
            return Div(Call("ln", (arg,), span=span), Call("ln", (base,)), span=span)
        case (("norm" | "norm2"), [arg]):
            first = kind == "norm1" or keywords.get("ord") == ONE
            return Call("norm1" if first else "norm", (arg,), span=span)
        case "norm", [arg, order]:
            return Call("norm1" if order == ONE else "norm", (arg,), span=span)
        case "solve", [matrix, right]:
            return Mul((Pow(matrix, INVERSE, span=matrix.span), right), span=span)
        case "pinv", [arg]:
            return arrays.pseudo_inverse(parser, arg, span)
        case (("Rational" | "Fraction"), [top, bottom]):
            return Div(top, bottom, span=span)
        case (("Rational" | "Integer" | "Float" | "S" | "Fraction" | "float" | "int"), [arg]):
            return arg
    raise WrongArguments(
        f"{token.text} cannot take {len(args)} argument{'s' if len(args) != 1 else ''}", text=parser.text,
        start=span[0], end=span[1], repair="Mend the list in the brackets.",
    )  # fmt: skip


# ---------------------------------------------------------------------- LaTeX commands and methods


def command(parser: Parser) -> Node:
    """`\\frac{a}{b}`, `\\overline{xy}`, `\\begin{bmatrix}`, `\\begin{cases}`."""
    token = parser.take()
    if token.text == "frac":
        top, bottom = group(parser, token), group(parser, token)
        return Div(top, bottom, span=(token.start, parser.last_end()))
    if token.text == "overline":
        before = set(parser.names.free)
        return sums.mean(parser, token, group(parser, token), before)
    return arrays.environment(parser, token)


def group(parser: Parser, token: Token) -> Node:
    """One argument of a LaTeX command: `{…}` or a single digit or name (`\\frac12`)."""
    if parser.token.is_sign("{"):
        opened = parser.take()
        with parser.within("group"):
            inner = value(parser.expression())
        parser.expect("}", opened)
        return inner
    following = parser.token
    if following.kind == "number" and len(following.text) == 2 and token.text == "frac":
        first, second = following.text
        split = [replace(following, text=digit, value=Fraction(int(digit))) for digit in (first, second)]
        parser.tokens = (*parser.tokens[: parser.at], *split, *parser.tokens[parser.at + 1 :])
    if parser.token.kind in ("number", "name"):
        return value(parser.operand())
    raise WrongArguments(
        f"\\{token.text} needs its arguments in braces", text=parser.text, start=token.start, end=token.end,
        repair="Write \\frac{numerator}{denominator}." if token.text == "frac" else "Put the argument in { }.",
    )  # fmt: skip


def method(parser: Parser, node: Node) -> Node:
    """`X.T`, `X.inv()`, `X.dot(w)`, `y.mean()`."""
    token = parser.take()
    name = token.text[1:]
    args = (
        [value(item) for item in arguments(parser)[0]] if parser.token.is_sign("(") and name not in ("T", "I") else []
    )
    span = parser.spanning(node)
    operator = replace(token, text=name)
    match name, args:
        case (("T" | "mT" | "transpose" | "t"), []):
            return Transpose(value(node), span=span)
        case (("I" | "inv"), []):
            return Pow(value(node), INVERSE, span=span)
        case "dot", [right]:
            return arrays.product(parser, value(node), right, span)
        case "sum", []:
            return sums.close(parser, operator, value(node), set(parser.names.free))
        case "mean", []:
            return sums.mean(parser, operator, value(node), set(parser.names.free))
        case (("norm" | "trace" | "det"), []):
            return Call(name, (value(node),), span=span)
    raise UnexpectedToken(
        f"{token.text} with these arguments is not known", text=parser.text, start=token.start, end=parser.last_end(),
        repair="Write the operation as a formula.",
    )  # fmt: skip
