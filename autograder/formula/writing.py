"""Writing a tree as text with as few brackets as its reading allows; the two styles differ only in their marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from autograder.formula.tree import (
    ONE,
    Add,
    And,
    Assigned,
    Call,
    Constant,
    Constants,
    Div,
    Entry,
    Identity,
    Indicator,
    Interval,
    Matrix,
    Member,
    Mul,
    Name,
    Neg,
    Node,
    Not,
    Number,
    Or,
    Piecewise,
    Pow,
    Product,
    Relation,
    Sequence,
    SetOf,
    Sum,
    Transpose,
    Union,
)

OR, AND, NOT, RELATION, UNION, SUM, PRODUCT, POWER, ATOM = 10, 20, 30, 40, 45, 50, 60, 80, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How one kind of text spells names, signs, functions, constants and integer powers."""

    name: Callable[[str], str]
    signs: dict[str, str]
    functions: dict[str, str]
    constants: dict[str, str]
    raised: Callable[[str], str] | None
    latex: bool


class Writer:
    """Writes trees in one style."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def write(self, node: Node) -> str:
        """The whole tree as text."""
        return self.at(node, 0)

    def at(self, node: Node, power: int) -> str:
        """The tree as text, in brackets when it binds less than `power`."""
        text, binding = self.parts(node)
        return self.bracket(text) if binding < power else text

    def bracket(self, text: str) -> str:
        return f"\\left({text}\\right)" if self.style.latex else f"({text})"

    def sign(self, sign: str) -> str:
        return self.style.signs.get(sign, sign)

    def parts(self, node: Node) -> tuple[str, int]:
        """The text of a node and how tightly it binds."""
        match node:
            case Number(value=value):
                return _number(value, self.style.latex)
            case Constant(name=name):
                return self.style.constants[name], ATOM
            case Name(name=name):
                return self.style.name(name), ATOM
            case Entry(array=array, indices=indices):
                return f"{self.style.name(array)}[{', '.join(self.at(i, 0) for i in indices)}]", ATOM
            case Neg(arg=arg):
                return f"{self.sign('-')}{self.at(arg, PRODUCT)}", SUM + 1
            case Add(args=args):
                return self.added(args), SUM
            case Mul(args=args):
                return self.multiplied(args), PRODUCT
            case Div(numerator=top, denominator=bottom):
                return self.divided(top, bottom)
            case Pow(base=base, exponent=exponent):
                return self.raised(base, exponent), POWER
            case Transpose(arg=arg):
                mark = "^{\\top}" if self.style.latex else "ᵀ"
                return f"{self.at(arg, ATOM)}{mark}", POWER
            case Call(function=function, args=args):
                return self.called(function, args)
            case Sum() | Product():
                return self.summed(node), PRODUCT - 1
            case Identity(size=size):
                return ("I" if size is None else f"I({self.at(size, 0)})"), ATOM
            case Constants():
                return self.constant_array(node), ATOM
            case Matrix(rows=rows):
                return self.matrix(rows), ATOM
            case Piecewise() | Indicator():
                return self.cases(node), ATOM
            case _:
                return self.condition(node)

    def added(self, args: tuple[Node, ...]) -> str:
        out = self.at(args[0], SUM + 1)
        for term in args[1:]:
            if isinstance(term, Neg):
                out += f" {self.sign('-')} {self.at(term.arg, PRODUCT)}"
            else:
                out += f" + {self.at(term, SUM + 1)}"
        return out

    def multiplied(self, args: tuple[Node, ...]) -> str:
        first = self.at(args[0], PRODUCT)
        rest = [self.at(arg, PRODUCT + 1) for arg in args[1:]]
        dot = f" {self.sign('*')} " if self.style.latex else self.sign("*")
        return dot.join([first, *rest])

    def divided(self, top: Node, bottom: Node) -> tuple[str, int]:
        if self.style.latex:
            return f"\\frac{{{self.at(top, 0)}}}{{{self.at(bottom, 0)}}}", PRODUCT + 1
        return f"{self.at(top, PRODUCT)}/{self.at(bottom, PRODUCT + 1)}", PRODUCT

    def raised(self, base: Node, exponent: Node) -> str:
        shown = self.at(base, ATOM)
        if self.style.latex:
            return f"{shown}^{{{self.at(exponent, 0)}}}"
        if self.style.raised and isinstance(exponent, Number) and exponent.value.denominator == 1:
            return shown + self.style.raised(str(exponent.value.numerator))
        return f"{shown}^{self.at(exponent, ATOM)}"

    def called(self, function: str, args: tuple[Node, ...]) -> tuple[str, int]:
        inner = ", ".join(self.at(arg, 0) for arg in args)
        latex = self.style.latex
        if function == "abs":
            return (f"\\left|{inner}\\right|" if latex else f"|{inner}|"), ATOM
        if function in ("norm", "norm1"):
            bars = f"\\left\\|{inner}\\right\\|" if latex else f"‖{inner}‖"
            return bars + ("_1" if function == "norm1" else ""), ATOM
        if function == "sqrt" and latex:
            return f"\\sqrt{{{inner}}}", ATOM
        name = self.style.functions.get(function, f"\\operatorname{{{function}}}" if latex else function)
        return f"{name}{self.bracket(inner)}", ATOM

    def summed(self, node: Sum | Product) -> str:
        sign = ("\\sum", "\\prod") if self.style.latex else ("Σ", "Π")
        low, high = self.at(node.low, 0), self.at(node.high, 0)
        operator = sign[isinstance(node, Product)]
        return f"{operator}_{{{node.index}={low}}}^{{{high}}} {self.at(node.body, PRODUCT)}"

    def constant_array(self, node: Constants) -> str:
        name = ("zeros", "ones")[node.value]
        if node.rows is None:
            return "0" if node.value == 0 else "𝟙" if not self.style.latex else "\\mathbf{1}"
        sizes = [self.at(size, 0) for size in (node.rows, node.cols) if size is not None]
        if node.cols == ONE:
            sizes = sizes[:1]
        shown = f"\\operatorname{{{name}}}" if self.style.latex else name
        return f"{shown}({', '.join(sizes)})"

    def matrix(self, rows: tuple[tuple[Node, ...], ...]) -> str:
        if self.style.latex:
            lines = [" & ".join(self.at(entry, 0) for entry in row) for row in rows]
            return "\\begin{bmatrix} " + " \\\\ ".join(lines) + " \\end{bmatrix}"
        return "[" + ", ".join("[" + ", ".join(self.at(e, 0) for e in row) + "]" for row in rows) + "]"

    def cases(self, node: Piecewise | Indicator) -> str:
        latex = self.style.latex
        if isinstance(node, Indicator):
            return f"\\mathbb{{1}}[{self.at(node.condition, 0)}]" if latex else f"𝟙[{self.at(node.condition, 0)}]"
        branches = [(self.at(branch, 0), self.at(condition, 0)) for branch, condition in node.branches]
        if latex:
            lines = [f"{branch} & {condition}" for branch, condition in branches]
            lines += [f"{self.at(node.otherwise, 0)} & \\text{{otherwise}}"] if node.otherwise is not None else []
            return "\\begin{cases} " + " \\\\ ".join(lines) + " \\end{cases}"
        pairs = [f"({branch}, {condition})" for branch, condition in branches]
        pairs += [f"({self.at(node.otherwise, 0)}, True)"] if node.otherwise is not None else []
        return f"Piecewise({', '.join(pairs)})"

    def condition(self, node: Node) -> tuple[str, int]:
        """Conditions, sets and lists."""
        match node:
            case Relation(operands=operands, signs=signs):
                out = self.at(operands[0], RELATION + 1)
                for sign, operand in zip(signs, operands[1:], strict=True):
                    out += f" {self.sign(sign)} {self.at(operand, RELATION + 1)}"
                return out, RELATION
            case And(args=args):
                return f" {self.sign('and')} ".join(self.at(arg, AND + 1) for arg in args), AND
            case Or(args=args):
                return f" {self.sign('or')} ".join(self.at(arg, OR + 1) for arg in args), OR
            case Not(arg=arg):
                word = "\\lnot " if self.style.latex else "not "
                return word + self.at(arg, NOT + 1), NOT
            case Member(element=element, container=container):
                return f"{self.at(element, RELATION + 1)} {self.sign('in')} {self.at(container, RELATION + 1)}", RELATION
            case Union(args=args):
                return f" {self.sign('union')} ".join(self.at(arg, UNION + 1) for arg in args), UNION
            case Interval(low=low, high=high):
                opening, closing = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
                return f"{opening}{self.at(low, 0)}, {self.at(high, 0)}{closing}", ATOM
            case SetOf(element=element, condition=condition):
                braces = ("\\{", "\\}") if self.style.latex else ("{", "}")
                return f"{braces[0]}{self.at(element, 0)} : {self.at(condition, 0)}{braces[1]}", ATOM
            case Sequence(items=items, opening=opening, closing=closing):
                inner = ", ".join(self.at(item, 0) for item in items)
                if self.style.latex and opening == "{":
                    opening, closing = "\\{", "\\}"  # type: ignore[assignment]  # only the text of this branch
                return f"{opening}{inner}{closing}", ATOM if opening else 0
            case Assigned(target=target, value=assigned):
                return f"{target} = {self.at(assigned, 0)}", 0
        raise TypeError(f"no text for {type(node).__name__}")


def _number(value: Fraction, latex: bool) -> tuple[str, int]:
    """An exact number: integers and finite decimals as typed, other fractions as a quotient."""
    if value.denominator == 1:
        return (str(value), ATOM) if value >= 0 else (f"-{-value}".replace("-", "-" if latex else "−"), SUM + 1)
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest == 1:
        places = max(twos, fives)
        scaled = abs(value) * 10**places
        digits = str(scaled.numerator).rjust(places + 1, "0")
        text = f"{digits[:-places]}.{digits[-places:]}"
        return (text, ATOM) if value > 0 else (f"{'-' if latex else '−'}{text}", SUM + 1)
    return f"{value.numerator}/{value.denominator}", PRODUCT
