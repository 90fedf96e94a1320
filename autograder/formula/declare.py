"""Declaring symbols in one line: `declare("eta > 0, sigma_l > sigma_s > 0, N: int, y: data, X: n*d, Q: orthogonal n*n")`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from autograder.errors import AuthorError, Unreadable
from autograder.formula import functions
from autograder.formula.domains import Relation, narrow
from autograder.formula.lexer import tokenize
from autograder.formula.tree import Number
from autograder.symbols import Bound, Kind, Size, Structure, Symbol, SymbolTable

_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "=<": "<="}
_CHAIN = re.compile(r"(<=|>=|!=|=<|<|>|≤|≥|≠)")
_ALIASES = re.compile(r"^(?P<name>[^()\s]+)\s*\((?P<aliases>.*)\)$", re.DOTALL)
_SHAPE = re.compile(
    r"(?P<rows>\w+)(?:\s*[*×]\s*|\s+(?:x|by)\s+)(?P<cols>\w+)|(?P<row>\w)x(?P<col>\w)|(?P<length>[A-Za-z]\d?|\d+)"
)
_STRUCTURES = {
    "symmetric": Structure.SYMMETRIC, "sym": Structure.SYMMETRIC, "positive definite": Structure.POSITIVE_DEFINITE,
    "positive-definite": Structure.POSITIVE_DEFINITE, "positive_definite": Structure.POSITIVE_DEFINITE,
    "spd": Structure.POSITIVE_DEFINITE, "pd": Structure.POSITIVE_DEFINITE, "orthogonal": Structure.ORTHOGONAL,
    "orth": Structure.ORTHOGONAL, "diagonal": Structure.DIAGONAL, "diag": Structure.DIAGONAL,
}  # fmt: skip
_COUNTS = frozenset({"N", "m", "n", "d", "k"})
_ZERO, _ONE = Number(Fraction(0)), Number(Fraction(1))


def declare(text: str, *, indices: tuple[str, ...] = ()) -> SymbolTable:
    """The table of symbols that a line declares.

    Items are separated by commas: a bare name is a real number; `eta > 0`, `0 < eps < 1`, `sigma_l > sigma_s > 0` and
    `x != 0` give a domain; behind a colon stand `int`, `data` (of length N, or `data[n]`), a shape (`n*d`, `n`) or a
    structure with a shape (`symmetric n*n`, `positive definite n*n`, `orthogonal n*n`, `diagonal n*n`). Further
    spellings follow in brackets: `lambda (lam)`. The counts N, m, n, d and k are positive.

    Args:
        text: the line; an empty one declares nothing.
        indices: names that may stand as a free index.

    Raises:
        AuthorError: an item cannot be read, or the domain of a symbol is empty; the message shows the item.

    >>> table = declare("sigma_l > sigma_s > 0, lambda (lam), y: data, X: n by d, S: symmetric n*n")
    >>> [(symbol.name, symbol.kind.value, symbol.shape) for symbol in table.symbols][:3]
    [('sigma_l', 'scalar', (1, 1)), ('sigma_s', 'scalar', (1, 1)), ('lambda', 'scalar', (1, 1))]
    >>> table["X"].shape, table["S"].structure.value, table["lambda"].aliases
    (('n', 'd'), 'symmetric', ('lam',))
    """
    found: dict[str, Symbol] = {}
    relations: list[Relation] = []
    for item in _items(text):
        _declare_item(item, found, relations)
    narrow(found, relations)
    return SymbolTable(symbols=tuple(found.values()), indices=indices)


def _items(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if (char in ",;\n") and depth == 0:
            if text[start:at].strip():
                yield text[start:at].strip()
            start = at + 1
    if text[start:].strip():
        yield text[start:].strip()


def _declare_item(item: str, found: dict[str, Symbol], relations: list[Relation]) -> None:
    head, colon, spec = item.partition(":")
    parts = [part.strip() for part in _CHAIN.split(head)]
    operands, signs = parts[::2], [_SIGNS.get(sign, sign) for sign in parts[1::2]]
    names: dict[str, tuple[str, ...]] = {}
    for i, operand in enumerate(operands):
        match = _ALIASES.match(operand)
        if match and (match["name"] in functions.ALL or match["name"][-1] in "+-*/^"):
            match = None  # a bound such as min(a, b) or 1/(2*sigma^2)
        if match and not _name(match["name"]):
            raise AuthorError(
                f"the spellings ({match['aliases']}) stand behind {match['name']!r} in {item!r}. "
                "Write them directly behind the name: 'lambda (lam) > 0'."
            )
        name = _name(match["name"] if match else operand)
        if name:
            operands[i] = name
            names[name] = _aliases(match["aliases"], item) if match else ()
    if not names or (colon and len(names) > 1):
        raise AuthorError(f"cannot read the declaration {item!r}. Write for example 'eta > 0', 'N: int' or 'X: n*d'.")
    for name, aliases in names.items():
        old = found.get(name)
        symbol = old if old is not None and not colon else _symbol(name, spec.strip(), item)
        found[name] = replace(symbol, aliases=(*(old.aliases if old else ()), *aliases))
    relations.extend(
        Relation(left=left, sign=sign, right=right, item=item)
        for left, sign, right in zip(operands, signs, operands[1:], strict=False)
    )


def _aliases(text: str, item: str) -> tuple[str, ...]:
    aliases = tuple(_items(text))
    for alias in aliases:
        try:
            tokenize(alias)
        except Unreadable as error:
            raise AuthorError(f"cannot read the spelling {alias!r} in {item!r}: {error}") from None
    return aliases


def _name(text: str) -> str | None:
    """The canonical name that a text spells, or None when it is no single name."""
    try:
        tokens = tokenize(text)
    except Unreadable:
        return None
    if len(tokens) == 2 and tokens[0].kind == "name" and tokens[0].text not in ("oo", "pi"):
        return tokens[0].text
    return None


def _symbol(name: str, spec: str, item: str) -> Symbol:
    words = " ".join(spec.split())
    positive = Bound(value=_ONE, strict=False)
    if words in ("", "real", "scalar"):
        return Symbol(name=name, kind=Kind.SCALAR) if words or name not in _COUNTS else _count(name)
    if words in ("positive", "pos"):
        return Symbol(name=name, lower=Bound(value=_ZERO, strict=True))
    if words in ("int", "integer"):
        return _count(name) if name in _COUNTS else Symbol(name=name, kind=Kind.INTEGER)
    if words in ("positive int", "positive integer", "size"):
        return Symbol(name=name, kind=Kind.INTEGER, lower=positive)
    data = re.fullmatch(r"data(?:\s*[\[( ]\s*(\w+)\s*[\])]?)?", words)
    if data:
        return Symbol(name=name, kind=Kind.DATA, shape=(_size(data[1] or "N"), 1))
    structure = Structure.GENERAL
    for word, known in _STRUCTURES.items():
        if words.lower().startswith(word + " "):
            structure, words = known, words[len(word) :].strip()
            break
    words = re.sub(r"^(vector|matrix|column)\s+", "", words)
    shape = _SHAPE.fullmatch(words)
    if shape is None:
        raise AuthorError(f"cannot read what {name} is in {item!r}. Write 'int', 'data', 'n*d' or 'symmetric n*n'.")
    rows, cols = _size(shape["rows"] or shape["row"] or shape["length"]), _size(shape["cols"] or shape["col"] or "1")
    if 0 in (rows, cols):
        raise AuthorError(f"{name} has no entries in {item!r}. Sizes are names or positive numbers.")
    if structure is not Structure.GENERAL and rows != cols:
        raise AuthorError(f"{name} is declared {structure.value} but not square in {item!r}. Write 'n*n'.")
    return Symbol(name=name, kind=Kind.MATRIX, shape=(rows, cols), structure=structure)


def _count(name: str) -> Symbol:
    return Symbol(name=name, kind=Kind.INTEGER, lower=Bound(value=_ONE, strict=False))


def _size(text: str) -> Size:
    return int(text) if text.isdigit() else text
