"""What slip separates a wrong formula from the key: found by undoing common slips until the formula is right.

What is told names the kind of slip, never the key, the ratio or the place to put a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from autograder.equality.decision import Decision
from autograder.equality.edits import Category, Edit, edits
from autograder.equality.sieve import Sieve, close, ratio
from autograder.formula.tree import Div, Entry, Mul, Name, Neg, Node, Number, Pow, Row, Span, walk
from autograder.symbols import Structure, SymbolTable

__all__ = ["SENTENCES", "Category", "Diagnosis", "diagnose", "worth_telling"]

Decide = Callable[[Node, Node, SymbolTable], Decision]

_WORK = 12_000
_LARGEST = 160
_POWERS = (1, -1, 2, -2)
_PRECISE = frozenset({Category.SQUARE, Category.ROOT, Category.TRANSPOSE})
"""Slips that also look like a factor of a symbol, but say more."""

SENTENCES: dict[Category, str] = {
    Category.SIGN: "Look at the signs again.",
    Category.CONSTANT_FACTOR: "Right up to a constant factor.",
    Category.SYMBOL_FACTOR: "Right up to a factor that depends on {about} alone.",
    Category.TRANSPOSE: "Rows and columns are mixed up: look at the transposes again.",
    Category.RATIO: "A quotient is upside down.",
    Category.TERM_SIGN: "The sign of one term is off.",
    Category.SQUARE: "Look at {about} again: is the square meant, or not?",
    Category.ROOT: "A square root is missing, or there is one too many.",
    Category.ABSOLUTE: "Look at the absolute values again: one is missing, or there is one too many.",
    Category.EXPONENT: "An exponent is off by one.",
    Category.RESCALED: "A number beside {about} was lost, or there is one too many.",
    Category.IDENTITY: "An identity matrix has the wrong size.",
    Category.GRAM: "Look at {about} again: by itself, or in a product with its own transpose?",
    Category.FACTOR_TRANSPOSE: "One factor lacks a transpose, or has one too many.",
    Category.ORDER: "The order of a product is off; matrices do not commute.",
    Category.INVERSE: "An inverse is missing, or there is one too many.",
    Category.TERM_FACTOR: "One term is off by a factor.",
    Category.SUMMAND_FACTOR: "A factor under the sum is missing, or there is one too many.",
    Category.MISSING_VARIABLE: "Something that matters does not occur: {about}.",
    Category.UNEXPECTED_VARIABLE: "It should not depend on {about}.",
    Category.STRICTNESS: "The range is right but for its end: may the end itself belong?",
    Category.ONE_BOUND: "This is only one of the two bounds.",
    Category.DIRECTION: "The inequality is turned round.",
    Category.BOUND: "{about}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """A slip that explains the difference; a missing or unexpected variable explains that there must be one.

    Args:
        category: what kind of slip.
        sentence: what the student may be told.
        closer: the same more exactly, for authors who let students close in on the answer over several tries; "" for no more.
        about: the symbol concerned, "" where none is.
        span: the place in the student's text, None where it is the whole.
    """

    category: Category
    sentence: str
    closer: str = ""
    about: str = ""
    span: Span | None = None


def diagnosis_of(
    category: Category, *, about: str = "", span: Span | None = None, sentence: str = "", closer: str = ""
) -> Diagnosis:
    """The diagnosis with its category's sentence, unless another is given."""
    text = sentence or SENTENCES[category].format(about=about)
    if category is Category.TERM_FACTOR and about:
        closer = f"One term is off by a factor of {about}."
    return Diagnosis(category=category, sentence=text, closer=closer, about=about, span=span)


def diagnose(
    expected: Node, given: Node, table: SymbolTable, *, decide: Callable[..., Decision], seed: int
) -> Diagnosis | None:
    """The slip that turns the key into the given formula, or None when no single one does.

    Args:
        expected: the key, elaborated.
        given: the student's formula, elaborated, known to be different.
        table: the declared symbols.
        decide: `autograder.equality.decide.decide`; it has the last word on every candidate.
        seed: of the points of the first, cheap test.
    """
    if not worth_telling(expected, given):
        return None
    sieve = Sieve(expected, given, table, seed=seed, work=_WORK)
    if not sieve.ready:
        return None

    def confirmed(candidate: Node) -> bool:
        return decide(expected, candidate, table, seed=seed).equal

    return (
        _overall_number(sieve, given, confirmed)
        or _edited(sieve, given, table, confirmed, only=_PRECISE)
        or _overall_symbol(sieve, given, confirmed)
        or _edited(sieve, given, table, confirmed)
        or _variables(sieve, expected, given, table)
    )


def worth_telling(expected: Node, given: Node) -> bool:
    """Whether naming a slip helps: the formula must share a symbol with the key, and not be a huge one.

    Otherwise every number would be "right up to a factor", which tells the key instead of helping.
    """
    nodes = walk(given)
    return len(nodes) <= _LARGEST and bool(_symbols(nodes) & _symbols(walk(expected)))


def _symbols(nodes: list[Node]) -> set[str]:
    names = {node.name for node in nodes if isinstance(node, Name)}
    return names | {node.array for node in nodes if isinstance(node, Entry | Row)}


def _overall_number(sieve: Sieve, given: Node, confirmed: Callable[[Node], bool]) -> Diagnosis | None:
    """The sign of the whole, or a number as a factor of the whole."""
    factor = _constant([ratio(one, two) for one, two in zip(sieve.expected, sieve.given, strict=True)])
    if factor is None or factor == 1:
        return None
    if factor == -1:
        return diagnosis_of(Category.SIGN) if confirmed(Neg(given)) else None
    return diagnosis_of(Category.CONSTANT_FACTOR) if confirmed(Mul((Number(factor), given))) else None


def _overall_symbol(sieve: Sieve, given: Node, confirmed: Callable[[Node], bool]) -> Diagnosis | None:
    """A power of one symbol or size, and perhaps a number, as a factor of the whole."""
    ratios = [ratio(one, two) for one, two in zip(sieve.expected, sieve.given, strict=True)]
    for name in sieve.names():
        values = sieve.numbers(name)
        if len(set(values)) == 1:
            continue
        for power in _POWERS:
            rest = [None if r is None or v == 0 else r / v**power for r, v in zip(ratios, values, strict=True)]
            factor = _constant(rest)
            if factor is None:
                continue
            letter: Node = Pow(Name(name), Number(Fraction(abs(power))))
            scaled = Mul((Number(factor), letter, given)) if power > 0 else Div(Mul((Number(factor), given)), letter)
            if confirmed(scaled):
                return diagnosis_of(Category.SYMBOL_FACTOR, about=name)
    return None


def _constant(ratios: list[Fraction | None]) -> Fraction | None:
    """The simple rational that all ratios are, None when they differ."""
    first = ratios[0]
    if first is None:
        return None
    simple = first.limit_denominator(10_000)
    known = [value for value in ratios if value is not None]
    return simple if simple and len(known) == len(ratios) and close(known, [simple] * len(known)) else None


def _edited(
    sieve: Sieve,
    given: Node,
    table: SymbolTable,
    confirmed: Callable[[Node], bool],
    *,
    only: frozenset[Category] = frozenset(),
) -> Diagnosis | None:
    for edit in edits(given, table):
        if only and edit.category not in only:
            continue
        if sieve.exhausted:
            return None
        if sieve.passes(edit.tree) and confirmed(edit.tree):
            return _told(edit)
    return None


def _told(edit: Edit) -> Diagnosis:
    span = edit.place.span if edit.place is not None else None
    return diagnosis_of(edit.category, about=edit.about, span=span)


def _variables(sieve: Sieve, expected: Node, given: Node, table: SymbolTable) -> Diagnosis | None:
    """A symbol that one side depends on and the other does not."""
    used = _symbols(walk(expected)) | _symbols(walk(given))
    arrays = [s.name for s in table.symbols if s.name in used and not s.is_scalar and s.structure is Structure.GENERAL]
    for name in (*sieve.names(), *arrays):
        wanted, there = sieve.depends(expected, name), sieve.depends(given, name)
        if there and not wanted:
            return diagnosis_of(Category.UNEXPECTED_VARIABLE, about=name)
        if wanted and not there and name not in _symbols(walk(given)):
            return diagnosis_of(Category.MISSING_VARIABLE, about=name)
    return None
