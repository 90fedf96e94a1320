"""Names and calls: symbols, functions in every spelling, powers and norms written as calls."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.formula import arrays, conditions, entries, functions, sums
from autograder.formula.arguments import arguments
from autograder.formula.binding import size_of
from autograder.formula.brackets import norm_kind
from autograder.formula.errors import AmbiguousProduct, UnexpectedToken, UnknownName, WrongArguments
from autograder.formula.names import data_of
from autograder.formula.products import MINUS_ONE
from autograder.formula.roles import POWER, TIGHTEST, chain, exponent, value
from autograder.formula.tree import FUNCTIONS, ONE, Add, Call, Div, Mul, Name, Node, Number, Pow, Sequence

if TYPE_CHECKING:
    from autograder.formula.grammar import Parser
    from autograder.formula.tokens import Token

_BARE_LOGS = frozenset({"log2", "log10", "lg"})
_INVERSE = {"sin": "asin", "cos": "acos", "tan": "atan"}
_INVERTIBLE = frozenset({"sin", "cos", "tan", "sinh", "cosh", "tanh"})


def named(parser: Parser) -> Node:
    """What a name means where it stands: a symbol, an entry, a call or an error with a suggestion."""
    token = parser.take()
    if token.text == "𝟙" or (token.is_name("I") and parser.token.is_sign("_") and not parser.token.spaced):
        return conditions.one(parser, token)
    if parser.names.canonical(token.text) is not None:
        _skip_foreign_argument(parser, token)
        entries.refuse_strange_number(parser, token)
        return entries.called(parser, parser.names.resolve(token), token)
    if token.text in functions.ALL and (
        _opens(parser) or token.text in functions.SIMPLE or token.text in _BARE_LOGS or _norm_follows(parser, token)
    ):
        return _call(parser, token)
    mean = _mean_of_data(parser, token)
    if mean is not None:
        return mean
    if token.text == "int" and parser.shown(token) == "int" and _opens(parser):
        return _call(parser, replace(token, text="floor"))
    if token.text in functions.STEPS and parser.token.is_sign("(") and not parser.token.spaced:
        return _call(parser, replace(token, text="step"))
    base, _, subscript = token.text.partition("_")
    if base in functions.SIMPLE and subscript and _opens(parser):
        raise parser.error(
            UnexpectedToken, f"{base} takes no subscript", (token.start, token.end), "Remove the subscript."
        )
    if token.is_name("True", "False", "otherwise", "else"):
        return conditions.truth(token)
    return _resolved(parser, token)


def _skip_foreign_argument(parser: Parser, token: Token) -> None:
    """`sigma_max(X)`, where nothing is called X: the bracket only says of what the number is taken."""
    opened, letter, closing = parser.token, parser.ahead(1), parser.ahead(2)
    if not (opened.is_sign("(") and not opened.spaced and letter.kind == "name" and closing.is_sign(")")):
        return
    symbol = parser.names.symbol(token.text)
    capital = len(letter.text) == 1 and letter.text.isupper()
    if (
        "_" in token.text
        and capital
        and symbol is not None
        and symbol.is_scalar
        and not parser.names.is_taken(letter.text)
    ):
        parser.at += 3


def _resolved(parser: Parser, token: Token) -> Node:
    try:
        node = parser.names.resolve(token)
    except UnknownName:
        if token.text in functions.ALL:
            raise _wrong(parser, token, 0, f"Write {token.text}(…).") from None
        if parser.token.is_sign("(") and not parser.token.spaced:
            raise parser.names.unknown_function(token, functions.ALL) from None
        raise
    return entries.checked_name(parser, node)


def _opens(parser: Parser) -> bool:
    token = parser.token
    return token.is_sign("(", "[", ".open", ".Lopen", ".Ropen") or (token.is_sign("{") and not token.spaced)


def _norm_follows(parser: Parser, token: Token) -> bool:
    return token.text == "norm" and parser.token.is_sign("_")


def _mean_of_data(parser: Parser, token: Token) -> Node | None:
    for ending in ("_bar", "bar"):
        if token.text.endswith(ending):
            symbol = parser.names.symbol(token.text[: -len(ending)])
            if symbol is not None and symbol.name in data_of(parser.names.table):
                return sums.mean_of_data(parser, symbol.name, symbol.shape[0], (token.start, token.end))
    return None


def _call(parser: Parser, token: Token) -> Node:
    """A call of a known function; its name was consumed."""
    name = token.text
    parser.deeper(5)
    if name in functions.SIMPLE:
        node = _simple(parser, token)
    elif name in functions.MEANS:
        node = sums.mean(parser, token, _only_argument(parser, token))
    elif name in functions.LOGICAL:
        node = conditions.call(parser, token)
    elif name in functions.POWERS or name in functions.NUMBERS:
        node = _power(parser, token)
    else:
        node = arrays.call(parser, token)
    parser.depth -= 5
    return node


def _only_argument(parser: Parser, token: Token) -> Node:
    items, _ = arguments(parser)
    if len(items) != 1:
        raise _wrong(parser, token, len(items), f"Write {token.text}(formula).")
    return value(items[0])


# ---------------------------------------------------------------------- functions of numbers


def _simple(parser: Parser, token: Token) -> Node:
    if parser.token.is_sign("'") and functions.SIMPLE[token.text] == "relu":
        parser.take()
        token = replace(token, text="step")  # the derivative of the rectifier
    function = functions.SIMPLE[token.text]
    base = power = None
    if function == "ln" and parser.accept("_"):
        base = value(parser.expression(TIGHTEST))
    if parser.token.is_sign("^") and parser.ahead().kind != "end":
        parser.take()
        power = exponent(parser.expression(TIGHTEST))
        if power == MINUS_ONE and function in _INVERSE:
            function, power = _INVERSE[function], None
            parser.notice(f"{parser.shown(token)}^-1 was read as the inverse function.")
        else:
            _refuse_inverse(parser, token, function, power)
    args = _arguments(parser, token, function)
    if function == "ln" and len(args) == 2 and base is None:
        base = args.pop()
    if function == "step" and len(args) == 2:
        args.pop()  # the value at the jump itself is a convention
    if function == "sqrt" and len(args) == 2:
        node: Node = Pow(args[0], Div(ONE, args[1]), span=parser.since(token))
    else:
        node = _checked(parser, token, function, args)
    if base is not None:
        node = Div(node, Call("ln", (base,), span=base.span), span=node.span)
    return node if power is None else Pow(node, power, span=parser.since(token))


def _refuse_inverse(parser: Parser, token: Token, function: str, power: Node) -> None:
    if function in _INVERTIBLE and power != Number(Fraction(2)) and not isinstance(power, Name):
        raise parser.error(
            AmbiguousProduct, f"this power of {token.text} has two readings", parser.since(token),
            f"Write a{function}(…) for the inverse function, or ({function}(…))^k for a power.",
        )  # fmt: skip


def _arguments(parser: Parser, token: Token, function: str) -> list[Node]:
    if function == "sqrt" and parser.token.is_sign("["):
        degree, _ = arguments(parser)
        if parser.token.is_sign("{") and len(degree) == 1:
            radicand, _ = arguments(parser)
            return [*map(value, radicand), value(degree[0])]
        return [value(item) for item in degree]
    if _opens(parser):
        items, _ = arguments(parser)
    else:
        items = [_bare_argument(parser, token, function)]
    if len(items) == 1 and isinstance(items[0], Sequence) and function in ("max", "min"):
        items = list(items[0].items)  # max{a, b}
    return [value(item) for item in items]


def _bare_argument(parser: Parser, token: Token, function: str) -> Node:
    """`ln x`, `√2`: the argument ends before the next factor; where that could be meant otherwise, nothing is guessed."""
    if not parser.starts_operand():
        problem = function in ("max", "min") and parser.token.is_sign("_")  # `min_theta`
        way = f"Write the function itself, without {function}." if problem else f"Write {token.text}(…)."
        raise _wrong(parser, token, 0, way)
    if function == "sqrt":
        return _bare_radicand(parser, token)
    node = value(parser.expression(POWER - 1))
    following = parser.token
    if following.is_sign("/") and not following.spaced and isinstance(node, Number):
        raise parser.error(
            AmbiguousProduct, f"where the argument of {token.text} ends has two readings",
            (token.start, parser.ahead().end), f"Put it in brackets: {token.text}(…).",
        )  # fmt: skip
    plain = following.kind == "number" or (following.kind == "name" and following.text not in functions.ALL)
    if parser.starts_operand() and plain:
        raise parser.error(
            AmbiguousProduct, f"where the argument of {token.text} ends has two readings",
            (token.start, following.end), f"Put it in brackets: {token.text}(…).",
        )  # fmt: skip
    return node


def _bare_radicand(parser: Parser, token: Token) -> Node:
    number = parser.token
    node = value(parser.expression(TIGHTEST))
    shown = f"{parser.shown(token)}{parser.shown(number)}"
    digits = number.kind == "number" and number.end - number.start > 1 and parser.names.latex
    if parser.token.is_sign("^") or digits:
        raise parser.error(
            AmbiguousProduct, f"where the root {shown} ends has two readings", (token.start, parser.token.end),
            "Put what is under the root in brackets: sqrt(…).",
        )  # fmt: skip
    return node


def _checked(parser: Parser, token: Token, function: str, args: list[Node]) -> Call:
    """The call, when the number of arguments fits."""
    fewest, most = FUNCTIONS[function]
    if len(args) < fewest or (most is not None and len(args) > most):
        raise _wrong(parser, token, len(args), f"Write {token.text}(x).")
    return Call(function, tuple(args), span=parser.since(token))


def _wrong(parser: Parser, token: Token, count: int, repair: str) -> WrongArguments:
    shown = parser.shown(token)
    cause = (
        f"{shown} cannot take {count} argument{'' if count == 1 else 's'}" if count else f"{shown} needs an argument"
    )
    return parser.error(WrongArguments, cause, parser.since(token), repair)


# ---------------------------------------------------------------------- powers, norms, numbers


def _power(parser: Parser, token: Token) -> Node:
    kind = norm_kind(parser) if token.text == "norm" and parser.token.is_sign("_") else "norm"
    name = token.text
    if _opens(parser):
        items, keywords = arguments(parser)
    elif name in _BARE_LOGS and parser.starts_operand():
        items, keywords = [_bare_argument(parser, token, "ln")], {}
    else:
        raise _wrong(parser, token, 0, f"Write {token.text}(…).")
    args = [value(item) for item in items]
    span = parser.since(token)
    if name in ("norm", "norm2"):
        return _norm(parser, token, kind, args, keywords)
    if name in functions.NUMBERS:
        return _literal(parser, token, args)
    match name, args:
        case (("pow" | "power" | "Pow"), [base, power]):
            return Pow(base, exponent(power), span=span)
        case "root", [base, degree]:
            return Pow(base, Div(ONE, degree, span=degree.span), span=span)
        case "cbrt", [base]:
            return Pow(base, Div(ONE, Number(Fraction(3))), span=span)
        case "square", [base]:
            return Pow(base, Number(Fraction(2)), span=span)
        case (("log2" | "log10" | "lg"), [arg]):
            number = Number(Fraction(2 if name == "log2" else 10))
            return Div(Call("ln", (arg,), span=span), Call("ln", (number,)), span=span)
        case "log1p", [arg]:
            return Call("ln", (chain(Add, (ONE, arg), arg.span),), span=span)
        case "solve", [matrix, right]:
            return chain(Mul, (Pow(matrix, MINUS_ONE, span=matrix.span), right), span)
        case "pinv", [arg]:
            return arrays.pseudo_inverse(parser, arg, span)
        case "lstsq", [matrix, right]:
            _skip_first_result(parser)
            return chain(Mul, (arrays.pseudo_inverse(parser, matrix, span), right), parser.since(token))
        case "len", [Name(name=array)] if array in parser.names.table:
            return replace(size_of(parser.names.table[array].shape[0]), span=span)
    raise _wrong(parser, token, len(args), "Mend the list in the brackets.")


def _skip_first_result(parser: Parser) -> None:
    """`[0]` behind a function that returns several things, of which the first is meant."""
    if [token.text for token in parser.tokens[parser.at : parser.at + 3]] == ["[", "0", "]"]:
        parser.at += 3


def _norm(parser: Parser, token: Token, kind: str, args: list[Node], keywords: dict[str, Node]) -> Node:
    order = keywords.get("ord") or (args[1] if len(args) == 2 else None)
    if len(args) not in (1, 2) or (order is not None and order not in (ONE, Number(Fraction(2)))):
        raise _wrong(parser, token, len(args), "Write norm(x), or norm(x, 1) for the sum of absolute values.")
    return Call("norm1" if order == ONE else kind, (args[0],), span=parser.since(token))


def _literal(parser: Parser, token: Token, args: list[Node]) -> Node:
    match token.text, args:
        case (("Rational" | "Fraction"), [top, bottom]):
            return Div(top, bottom, span=parser.since(token))
        case _, [arg]:
            return arg
    raise _wrong(parser, token, len(args), "Write the number itself.")
