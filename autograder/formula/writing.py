"""Writing a tree as text with as few brackets as its reading allows; the two styles differ only in their marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.formula.digits import write_number
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
    Row,
    Sequence,
    SetOf,
    Sum,
    Transpose,
    Union,
    walk,
)

OR, AND, NOT, RELATION, UNION, SUM, PRODUCT, POWER, ATOM = 10, 20, 30, 40, 45, 50, 60, 80, 100
OPEN = PRODUCT - 1
"""A text that ends with a sum without brackets: it would swallow the factors that follow."""

_SHORT_ROOTS = (Name, Number)


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
        """The text in round brackets."""
        return f"\\left({text}\\right)" if self.style.latex else f"({text})"

    def sign(self, sign: str) -> str:
        """A sign in this style."""
        return self.style.signs.get(sign, sign)

    def parts(self, node: Node) -> tuple[str, int]:
        """The text of a node and how tightly it binds."""
        match node:
            case Number(value=value):
                return write_number(value, self.sign("-"), whole=ATOM, quotient=PRODUCT, negative=SUM + 1)
            case Constant(name=name):
                return self.style.constants[name], ATOM
            case Name(name=name):
                return self.style.name(name), ATOM
            case Entry(array=array, indices=indices):
                return f"{self.style.name(array)}[{self.listed(indices)}]", ATOM
            case Row(array=array, index=index):
                return f"{self.style.name(array)}[{self.listed((index,))}]", ATOM
            case Neg(arg=arg):
                text, binding = self.parts(arg)
                text = self.bracket(text) if binding < OPEN else text
                return f"{self.sign('-')}{text}", SUM + 1
            case Add(args=args):
                return self.added(args), SUM
            case Mul(args=args):
                return self.multiplied(args)
            case Div(numerator=top, denominator=bottom):
                return self.divided(top, bottom)
            case Pow(base=base, exponent=exponent):
                return self.raised(base, exponent), POWER
            case Transpose(arg=arg):
                return self.at(arg, ATOM) + ("^{\\top}" if self.style.latex else "ᵀ"), POWER
            case Call(function=function, args=args):
                return self.called(function, args)
            case Sum() | Product():
                return self.summed(node), OPEN
            case _:
                return self.arrays(node)

    def listed(self, nodes: tuple[Node, ...]) -> str:
        """Texts between commas."""
        return ", ".join(self.at(node, 0) for node in nodes)

    # ------------------------------------------------------------------ numbers

    def added(self, args: tuple[Node, ...]) -> str:
        """A sum; a term that ends with an open sum is bracketed when a later term uses the same index."""
        out = ""
        for place, term in enumerate(args):
            inner = term.arg if isinstance(term, Neg) else term
            text, binding = self.parts(inner)
            lowest = OPEN if inner is not term or isinstance(inner, Sum | Product) else SUM + 1
            open_indices = _open_indices(inner)
            swallows = open_indices and place + 1 < len(args) and _mentions(args[place + 1], open_indices)
            if binding < lowest or swallows:
                text = self.bracket(text)
            minus = inner is not term
            if place == 0:
                out = self.sign("-") + text if minus else text
            else:
                out += f" {self.sign('-') if minus else '+'} {text}"
        return out

    def multiplied(self, args: tuple[Node, ...]) -> tuple[str, int]:
        """A product; only its last factor may be a sum without brackets."""
        dot = f" {self.sign('*')} " if self.style.latex else self.sign("*")
        texts = [self.at(args[0], PRODUCT), *(self.at(arg, PRODUCT + 1) for arg in args[1:-1])]
        last, binding = self.parts(args[-1])
        is_open = binding == OPEN and isinstance(args[-1], Sum | Product)
        texts.append(last if binding > PRODUCT or is_open else self.bracket(last))
        return dot.join(texts), OPEN if is_open else PRODUCT

    def divided(self, top: Node, bottom: Node) -> tuple[str, int]:
        """A quotient; in LaTeX a fraction."""
        if self.style.latex:
            return f"\\frac{{{self.at(top, 0)}}}{{{self.at(bottom, 0)}}}", PRODUCT + 1
        return f"{self.at(top, PRODUCT)}/{self.at(bottom, PRODUCT + 1)}", PRODUCT

    def raised(self, base: Node, exponent: Node) -> str:
        """A power."""
        shown = self.at(base, ATOM)
        if self.style.latex:
            return f"{shown}^{{{self.at(exponent, 0)}}}"
        if self.style.raised and isinstance(exponent, Number) and exponent.value.denominator == 1:
            return shown + self.style.raised(str(exponent.value.numerator))
        return f"{shown}^{self.at(exponent, ATOM)}"

    def called(self, function: str, args: tuple[Node, ...]) -> tuple[str, int]:
        """A function; bars around bars are written as words, since their nesting cannot be seen."""
        inner = self.listed(args)
        latex = self.style.latex
        nested = not latex and ("|" in inner or "‖" in inner)
        if function == "abs" and not nested:
            return (f"\\left|{inner}\\right|" if latex else f"|{inner}|"), ATOM
        if function in ("norm", "norm1") and not nested:
            bars = f"\\left\\|{inner}\\right\\|" if latex else f"‖{inner}‖"
            return bars + ("_1" if function == "norm1" else ""), ATOM
        if function == "norm1":
            return f"norm({inner}, 1)", ATOM
        if function == "sqrt" and latex:
            return f"\\sqrt{{{inner}}}", ATOM
        if function == "sqrt":
            return (f"√{inner}", POWER) if isinstance(args[0], _SHORT_ROOTS) else (f"√({inner})", ATOM)
        if function in ("ceil", "floor"):
            marks = ("\\lceil ", " \\rceil", "\\lfloor ", " \\rfloor") if latex else ("⌈", "⌉", "⌊", "⌋")
            start = 0 if function == "ceil" else 2
            return f"{marks[start]}{inner}{marks[start + 1]}", ATOM
        name = self.style.functions.get(function, f"\\operatorname{{{function}}}" if latex else function)
        return f"{name}{self.bracket(inner)}", ATOM

    def summed(self, node: Sum | Product) -> str:
        """A sum or product with its range."""
        sign = ("\\sum", "\\prod") if self.style.latex else ("Σ", "Π")
        low, high = self.at(node.low, SUM), self.at(node.high, 0)
        text, binding = self.parts(node.body)
        body = self.bracket(text) if binding < OPEN else text
        return f"{sign[isinstance(node, Product)]}_{{{node.index}={low}}}^{{{high}}} {body}"

    # ------------------------------------------------------------------ arrays and cases

    def arrays(self, node: Node) -> tuple[str, int]:
        """Identities, matrices, case distinctions; then conditions and sets."""
        match node:
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

    def constant_array(self, node: Constants) -> str:
        """`ones(n)`, `zeros(n, d)`, the bold 1."""
        if node.rows is None:
            return "0" if node.value == 0 else "𝟙" if not self.style.latex else "\\mathbf{1}"
        sizes = (node.rows,) if node.cols is None or node.cols == ONE else (node.rows, node.cols)
        name = ("zeros", "ones")[node.value]
        return (
            f"\\operatorname{{{name}}}({self.listed(sizes)})" if self.style.latex else f"{name}({self.listed(sizes)})"
        )

    def matrix(self, rows: tuple[tuple[Node, ...], ...]) -> str:
        """A matrix by rows."""
        if self.style.latex:
            lines = [" & ".join(self.at(entry, 0) for entry in row) for row in rows]
            return "\\begin{bmatrix} " + " \\\\ ".join(lines) + " \\end{bmatrix}"
        return "[" + ", ".join(f"[{self.listed(row)}]" for row in rows) + "]"

    def cases(self, node: Piecewise | Indicator) -> str:
        """A case distinction or an indicator."""
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

    # ------------------------------------------------------------------ conditions and sets

    def condition(self, node: Node) -> tuple[str, int]:
        """Relations, logic and membership; then sets and lists."""
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
                return ("\\lnot " if self.style.latex else "not ") + self.at(arg, NOT + 1), NOT
            case Member(element=element, container=container):
                return (
                    f"{self.at(element, RELATION + 1)} {self.sign('in')} {self.at(container, RELATION + 1)}",
                    RELATION,
                )
            case Union(args=args):
                return f" {self.sign('union')} ".join(self.at(arg, UNION + 1) for arg in args), UNION
            case _:
                return self.set_or_list(node)

    def set_or_list(self, node: Node) -> tuple[str, int]:
        """What stands between brackets, and left-hand sides."""
        braces = ("\\{", "\\}") if self.style.latex else ("{", "}")
        match node:
            case Interval(low=low, high=high):
                opening, closing = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
                return f"{opening}{self.at(low, 0)}, {self.at(high, 0)}{closing}", ATOM
            case SetOf(element=element, condition=condition):
                return f"{braces[0]}{self.at(element, 0)} : {self.at(condition, 0)}{braces[1]}", ATOM
            case Sequence(items=items, opening="{"):
                return f"{braces[0]}{self.listed(items)}{braces[1]}", ATOM
            case Sequence(items=items, opening=opening, closing=closing):
                return f"{opening}{self.listed(items)}{closing}", ATOM if opening else 0
            case Assigned(target=target, value=assigned):
                return f"{target} = {self.at(assigned, 0)}", 0
        raise TypeError(f"no text for {type(node).__name__}")


def _open_indices(node: Node) -> frozenset[str]:
    """Indices of the sums that a text ends with, when nothing encloses them."""
    match node:
        case Sum(index=index, body=body) | Product(index=index, body=body):
            return _open_indices(body) | {index}
        case Mul(args=args):
            return _open_indices(args[-1])
        case _:
            return frozenset()


def _mentions(node: Node, names: frozenset[str]) -> bool:
    """Whether a term uses one of the names before its first sum, so that a sum before it would take it along."""
    endings = tuple(f"_{name}" for name in names)
    for part in walk(node):
        if isinstance(part, Sum | Product):
            return False
        if isinstance(part, Name) and (part.name in names or part.name.endswith(endings)):
            return True
    return False
