"""A formula's tree as nested lists: which operation stands where, for whoever wonders how a text was taken apart."""

from __future__ import annotations

from markupsafe import Markup

from autograder.formula import tree as t
from autograder.formula.echo import to_unicode
from autograder.report.page.markup import element
from autograder.report.plain import clean_line

_LABELS: dict[type[t.Node], str] = {
    t.Neg: "minus", t.Add: "sum of", t.Mul: "product of", t.Div: "quotient: above, then below", t.Transpose: "transpose of",
    t.Pow: "power: base, then exponent", t.And: "all of", t.Or: "any of", t.Not: "not", t.Union: "union of",
    t.Member: "element, then set", t.SetOf: "set: element, then condition", t.Indicator: "1 where", t.Matrix: "matrix of",
}  # fmt: skip
_LEAVES = (t.Number, t.Constant, t.Name, t.Entry, t.Constants)


def parse_tree(node: t.Node) -> Markup:
    """The tree as a list of lists.

    >>> parse_tree(t.Neg(t.Name("sigma")))
    Markup('<ul class="tree"><li>minus<ul><li><code>σ</code></li></ul></li></ul>')
    """
    return element("ul", _item(node), class_="tree")


def _item(node: t.Node) -> Markup:
    if isinstance(node, _LEAVES) or not t.children(node):
        return element("li", element("code", clean_line(to_unicode(node))))
    below = element("ul", *(_item(child) for child in t.children(node)))
    return element("li", _label(node), below)


def _label(node: t.Node) -> str:
    match node:
        case t.Call(function=function):
            return f"{function} of"
        case t.Sum(index=index) | t.Product(index=index):
            return f"{type(node).__name__.lower()} over {index}: term, first, last"
        case t.Relation(signs=signs):
            return " … ".join(("", *signs, "")).strip()
        case t.Interval(low_closed=low, high_closed=high):
            return (
                f"interval {'with' if low else 'without'} its lower and {'with' if high else 'without'} its upper end"
            )
        case t.Sequence(opening=opening, closing=closing):
            return f"list between {opening} and {closing}" if opening else "list of"
        case t.Assigned(target=target):
            return f"{clean_line(target)} ="
    return _LABELS.get(type(node), type(node).__name__.lower())
