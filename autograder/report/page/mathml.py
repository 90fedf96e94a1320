"""Formula trees as presentation MathML, straight from the tree: no text of a student is parsed on the way.

How tightly a part binds decides on brackets, as in the plain writing. Factors stand beside each other; a dot stands where
that could be read otherwise: between numbers, and between a name and a bracket (`t·(a + b)` is no function of a + b).
"""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from autograder.formula import tree as t
from autograder.report.page.markup import element
from autograder.report.page.mathml_names import digits, name_of

OR, AND, NOT, RELATION, UNION, SUM, NEGATED, OPEN, PRODUCT, POWER, ATOM = 10, 20, 30, 40, 45, 50, 55, 58, 60, 80, 100

SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "-": "−", "*": "⋅", "<": "<", ">": ">", "=": "="}
FUNCTIONS = {"erf": "erf", "normcdf": "Φ", "relu": "ReLU", "trace": "tr"}
_BARS = {"abs": ("|", "|"), "norm": ("‖", "‖"), "norm1": ("‖", "‖"), "ceil": ("⌈", "⌉"), "floor": ("⌊", "⌋")}
_APPLY, _TIMES = "\N{FUNCTION APPLICATION}", "\N{INVISIBLE TIMES}"

Typeset = tuple[Markup, int]
"""The MathML of a part, and how tightly it binds."""


def formula(node: t.Node, *, display: bool = True) -> Markup:
    """The tree as one `math` element."""
    return element("math", at(node, 0), **({"display": "block"} if display else {}))


def formulas(node: t.Node) -> list[Markup]:
    """The tree as `math` elements, one for each formula of a list that stands without brackets."""
    is_list = isinstance(node, t.Sequence) and not node.opening
    return [formula(item) for item in (node.items if isinstance(node, t.Sequence) and is_list else (node,))]


def at(node: t.Node, power: int) -> Markup:
    """The tree, in brackets when it binds less than `power`."""
    shown, binding = typeset(node)
    return fenced("(", shown, ")") if binding < power else shown


def mo(sign: str, **attributes: str) -> Markup:
    """An operator."""
    return element("mo", sign, **attributes)


def row(*children: Markup) -> Markup:
    """Pieces on a line; a single one as it is."""
    return children[0] if len(children) == 1 else element("mrow", *children)


def fenced(opening: str, inside: Markup, closing: str) -> Markup:
    """Brackets that grow with what is inside."""
    return row(mo(opening, fence="true", form="prefix"), row(inside), mo(closing, fence="true", form="postfix"))


def typeset(node: t.Node) -> Typeset:
    """The MathML of a node and how tightly it binds."""
    match node:
        case t.Number(value=value):
            return _number(value)
        case t.Constant(name=name):
            return element("mi", {"pi": "π", "oo": "∞", "e": "e"}[name]), ATOM
        case t.Name(name=name):
            return name_of(name), ATOM
        case t.Entry(array=array, indices=indices):
            return element("msub", name_of(array), _listed(indices)), ATOM
        case t.Neg(arg=arg):
            return row(mo(SIGNS["-"], form="prefix"), at(arg, OPEN)), NEGATED
        case t.Add(args=args):
            return _sum(args), SUM
        case t.Mul(args=args):
            return _product(args), PRODUCT
        case t.Div(numerator=above, denominator=below):
            return element("mfrac", row(at(above, 0)), row(at(below, 0))), PRODUCT + 1
        case t.Pow(base=base, exponent=exponent):
            return element("msup", at(base, ATOM), row(at(exponent, 0))), POWER
        case t.Transpose(arg=arg):
            return element("msup", at(arg, ATOM), mo("⊤")), POWER
        case t.Call(function=function, args=args):
            return _call(function, args)
        case t.Sum() | t.Product():
            return _ranged(node), OPEN
    from autograder.report.page.mathml_arrays import typeset_array

    return typeset_array(node)


def _number(value: Fraction) -> Typeset:
    text = digits(abs(value))
    shown = (
        element("mn", text)
        if text
        else element("mfrac", element("mn", str(abs(value.numerator))), element("mn", str(value.denominator)))
    )
    if value < 0:
        return row(mo(SIGNS["-"], form="prefix"), shown), NEGATED
    return shown, ATOM if text else PRODUCT + 1


def _listed(nodes: tuple[t.Node, ...]) -> Markup:
    """Formulas between commas."""
    pieces = [piece for node in nodes for piece in (mo(","), at(node, 0))][1:]
    return row(*pieces) if pieces else element("mrow")


def _sum(args: tuple[t.Node, ...]) -> Markup:
    """A sum; a negative term is a difference, and a sum sign within gets brackets unless it stands last."""
    pieces: list[Markup] = []
    for place, term in enumerate(args):
        minus = isinstance(term, t.Neg)
        inner = term.arg if isinstance(term, t.Neg) else term
        last = place == len(args) - 1
        if place or minus:
            pieces.append(mo(SIGNS["-"] if minus else "+", form="infix" if place else "prefix"))
        pieces.append(
            at(inner, OPEN if last else PRODUCT) if not (inner is term and place == 0) else at(inner, NEGATED)
        )
    return row(*pieces)


def _product(args: tuple[t.Node, ...]) -> Markup:
    pieces: list[Markup] = []
    for place, factor in enumerate(args):
        last = place == len(args) - 1
        shown, binding = typeset(factor)
        bracketed = binding < (OPEN if last else PRODUCT) or (place > 0 and binding == PRODUCT)
        if place:
            sign = _between(args[place - 1], factor, bracketed=bracketed)
            room = {"lspace": "0.17em"} if _begins_with_a_word(factor) and sign == _TIMES else {}
            pieces.append(mo(sign, **room))
        pieces.append(fenced("(", shown, ")") if bracketed else shown)
    return row(*pieces)


def _between(left: t.Node, right: t.Node, *, bracketed: bool) -> str:
    """The sign between two factors: none, or a dot where none would mislead."""
    number = isinstance(right, t.Number) or (isinstance(right, t.Pow) and isinstance(right.base, t.Number))
    opens = bracketed or (isinstance(right, t.Pow | t.Transpose) and _is_bracketed(right))
    named = isinstance(left, t.Name | t.Entry | t.Identity)
    fractions = isinstance(left, t.Div) and isinstance(right, t.Div)
    return SIGNS["*"] if number or fractions or (opens and named) else _TIMES


def _begins_with_a_word(node: t.Node) -> bool:
    """Whether a function's name comes first, which would run into a letter before it."""
    return isinstance(node, t.Call) and node.function not in _BARS and node.function not in ("sqrt", "factorial")


def _is_bracketed(node: t.Pow | t.Transpose) -> bool:
    inner = node.base if isinstance(node, t.Pow) else node.arg
    return typeset(inner)[1] < ATOM


def _call(function: str, args: tuple[t.Node, ...]) -> Typeset:
    inside = _listed(args)
    if function in _BARS:
        shown = fenced(_BARS[function][0], inside, _BARS[function][1])
        return (element("msub", shown, element("mn", "1")) if function == "norm1" else shown), ATOM
    if function == "sqrt":
        return element("msqrt", inside), ATOM
    if function == "factorial":
        return row(at(args[0], ATOM), mo("!", form="postfix")), POWER
    return row(element("mi", FUNCTIONS.get(function, function)), mo(_APPLY), fenced("(", inside, ")")), ATOM


def _ranged(node: t.Sum | t.Product) -> Markup:
    sign = mo("∏" if isinstance(node, t.Product) else "∑", largeop="true", movablelimits="false")
    low = row(name_of(node.index), mo("="), at(node.low, SUM))
    return row(element("munderover", sign, low, row(at(node.high, 0))), at(node.body, OPEN))
