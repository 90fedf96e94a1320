"""What slip separates a wrong set of values from the expected one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from autograder.equality.diagnosis import Diagnosis, diagnosis_of, worth_telling
from autograder.equality.edits import Category, Edit, edits
from autograder.equality.membership import condition_of
from autograder.equality.set_difference import COARSE, SENTENCES, SetDifference, describe_difference
from autograder.equality.sets import decide_sets
from autograder.formula.rewrite import substitute
from autograder.formula.tree import Div, Mul, Name, Node, Number, Pow, names_in
from autograder.symbols import SymbolTable

_MOST_EDITS = 60
_FACTORS = (Fraction(2), Fraction(1, 2), Fraction(4), Fraction(1, 4))
_LOCAL = frozenset({Category.SQUARE, Category.ROOT, Category.ABSOLUTE, Category.TERM_SIGN})
_PLAIN = {
    SetDifference.END_INCLUDED: Category.STRICTNESS,
    SetDifference.END_MISSING: Category.STRICTNESS,
    SetDifference.UPPER_MISSING: Category.ONE_BOUND,
    SetDifference.LOWER_MISSING: Category.ONE_BOUND,
    SetDifference.COMPLEMENT: Category.DIRECTION,
}


def diagnose_sets(
    expected: Node, given: Node, variable: str, table: SymbolTable, *, seed: int, within: Node | None = None
) -> Diagnosis | None:
    """The slip that turns the expected set into the given one; None when nothing simple explains it.

    The arguments are those of `decide_sets`, which is known to have found the sets different.
    """
    kind = describe_difference(expected, given, variable, table, seed=seed, within=within)
    if kind is None:
        return None
    if kind in _PLAIN:
        return diagnosis_of(_PLAIN[kind], sentence=SENTENCES[kind])
    expected, condition = condition_of(expected, variable), condition_of(given, variable)
    if _shares_parameters(expected, condition, variable):
        for place, edit in enumerate(_edits(condition, variable, table)):
            if place == _MOST_EDITS:
                break
            if decide_sets(expected, edit.tree, variable, table, seed=seed, within=within).equal:
                return _told(edit, variable)
    return _of_kind(kind, expected, condition)


def _shares_parameters(expected: Node, condition: Node, variable: str) -> bool:
    """Whether a factor would help: "right up to a factor" of a bare number would tell the key."""
    wanted = names_in(expected) - {variable}
    return worth_telling(expected, condition) and (not wanted or bool(wanted & names_in(condition)))


def _edits(condition: Node, variable: str, table: SymbolTable) -> Iterator[Edit]:
    """Conditions without a slip: symbols squared or not, then bounds that are off by a factor."""
    letter = Name(variable)
    for factor in _FACTORS:
        scaled = Mul((Number(factor), letter))
        yield Edit(Category.CONSTANT_FACTOR, substitute(condition, variable, scaled))
    yield from (edit for edit in edits(condition, table, fixed=variable) if edit.category in _LOCAL)
    for symbol in table.symbols:
        if symbol.is_scalar and symbol.name != variable:
            for power in (Name(symbol.name), Pow(Name(symbol.name), Number(Fraction(2)))):
                for scaled_by in (Mul((letter, power)), Div(letter, power)):
                    scaled_all = substitute(condition, variable, scaled_by)
                    yield Edit(Category.SYMBOL_FACTOR, scaled_all, about=symbol.name)


def _told(edit: Edit, variable: str) -> Diagnosis:
    span = edit.place.span if edit.place is not None else None
    sentences = {
        Category.CONSTANT_FACTOR: f"The bounds of {variable} are right up to a constant factor.",
        Category.SYMBOL_FACTOR: f"The bounds of {variable} are right up to a factor that depends on {edit.about} alone.",
    }
    return diagnosis_of(edit.category, about=edit.about, span=span, sentence=sentences.get(edit.category, ""))


def _of_kind(kind: SetDifference, expected: Node, condition: Node) -> Diagnosis | None:
    wanted, there = names_in(expected), names_in(condition)
    if wanted - there and not there - wanted:
        return diagnosis_of(Category.MISSING_VARIABLE, about=min(wanted - there))
    if not SENTENCES[kind]:
        return None
    return diagnosis_of(Category.BOUND, sentence=COARSE.get(kind, SENTENCES[kind]), closer=SENTENCES[kind])
