"""Matrices, case distinctions, conditions and sets as MathML."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from autograder.formula import tree as t
from autograder.report.page import mathml as m
from autograder.report.page.markup import element
from autograder.report.plain import clean_line


def typeset_array(node: t.Node) -> m.Typeset:
    """The MathML of what is no plain number, and how tightly it binds."""
    match node:
        case t.Identity(size=size):
            return _sized(element("mi", "I"), size), m.ATOM
        case t.Constants(value=value, rows=rows, cols=cols):
            return _sized(element("mn", str(value), mathvariant="bold"), rows, cols), m.ATOM
        case t.Matrix(rows=rows):
            return m.fenced("[", _table(rows), "]"), m.ATOM
        case t.Piecewise(branches=branches, otherwise=otherwise):
            return _cases(branches, otherwise), m.ATOM
        case t.Indicator(condition=condition):
            return m.row(element("mn", "𝟙"), m.fenced("[", m.at(condition, 0), "]")), m.ATOM
        case t.Relation(operands=operands, signs=signs):
            pieces = [m.at(operands[0], m.UNION)]
            for sign, operand in zip(signs, operands[1:], strict=True):
                pieces += [m.mo(m.SIGNS[sign]), m.at(operand, m.UNION)]
            return m.row(*pieces), m.RELATION
        case t.And(args=args):
            return _joined(_word("and"), (m.at(arg, m.NOT) for arg in args)), m.AND
        case t.Or(args=args):
            return _joined(_word("or"), (m.at(arg, m.AND) for arg in args)), m.OR
        case t.Not(arg=arg):
            return m.row(_word("not"), m.at(arg, m.RELATION)), m.NOT
        case t.Member(element=one, container=container):
            return m.row(m.at(one, m.UNION), m.mo("∈"), m.at(container, m.UNION)), m.RELATION
        case t.Union(args=args):
            return _joined(m.mo("∪"), (m.at(arg, m.SUM) for arg in args)), m.UNION
    return _set_or_list(node)


def _set_or_list(node: t.Node) -> m.Typeset:
    match node:
        case t.Interval(low=low, high=high, low_closed=low_closed, high_closed=high_closed):
            ends = m.row(m.at(low, 0), m.mo(","), m.at(high, 0))
            return m.fenced("[" if low_closed else "(", ends, "]" if high_closed else ")"), m.ATOM
        case t.SetOf(element=one, condition=condition):
            return m.fenced("{", m.row(m.at(one, 0), m.mo(":"), m.at(condition, 0)), "}"), m.ATOM
        case t.Sequence(items=items, opening=opening, closing=closing):
            inside = _joined(m.mo(","), (m.at(item, 0) for item in items)) if items else element("mrow")
            return (m.fenced(opening, inside, closing), m.ATOM) if opening else (inside, 0)
        case t.Assigned(target=target, value=value):
            return m.row(element("mtext", clean_line(target)), m.mo("="), m.at(value, 0)), 0
    raise TypeError(f"no MathML for {type(node).__name__}")


def _sized(shown: Markup, rows: t.Node | None, cols: t.Node | None = None) -> Markup:
    """A letter with its size below the line."""
    if rows is None:
        return shown
    size = m.at(rows, 0) if cols is None or cols == t.ONE else m.row(m.at(rows, 0), m.mo("×"), m.at(cols, 0))
    return element("msub", shown, size)


def _table(rows: Iterable[Iterable[t.Node]]) -> Markup:
    return element(
        "mtable",
        *(element("mtr", *(element("mtd", m.at(entry, 0)) for entry in entries)) for entries in rows),
    )


def _cases(branches: tuple[tuple[t.Node, t.Node], ...], otherwise: t.Node | None) -> Markup:
    rows = [(m.at(value, 0), m.row(_word("where"), m.at(condition, 0))) for value, condition in branches]
    rows += [(m.at(otherwise, 0), _word("otherwise"))] if otherwise is not None else []
    cells = [element("mtr", *(element("mtd", cell) for cell in cells)) for cells in rows]
    return m.row(m.mo("{", fence="true", form="prefix"), element("mtable", *cells, class_="cases"))


def _word(text: str) -> Markup:
    """A word between formulas, with room on both sides."""
    return element("mtext", f"\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}")


def _joined(sign: Markup, pieces: Iterable[Markup]) -> Markup:
    return m.row(*[piece for each in pieces for piece in (sign, each)][1:])
