"""Declaring symbols in one line: `declare("eta > 0, sigma_l > sigma_s > 0, N: int, y: data, X: n*d, Q: orthogonal n*n")`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from autograder.errors import AuthorError, Unreadable
from autograder.formula.lexer import tokenize
from autograder.formula.read import read
from autograder.formula.tree import Call, Name, Node, Number
from autograder.symbols import Bound, Kind, Size, Structure, Symbol, SymbolTable

_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "=<": "<="}
_CHAIN = re.compile(r"(<=|>=|!=|=<|<|>|≤|≥|≠)")
_ALIASES = re.compile(r"^(?P<name>[^()\s]+)\s*\((?P<aliases>.*)\)$", re.DOTALL)
_SHAPE = re.compile(r"^(?P<rows>\w+)(?:\s*(?:\*|×|x|by)\s*(?P<cols>\w+))?$")
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
        AuthorError: an item cannot be read; the message shows it and an example.

    >>> [symbol.name for symbol in declare("eta > 0, X: n*d").symbols]
    ['eta', 'X']
    """
    found: dict[str, Symbol] = {}
    bounds: list[tuple[str, str, str]] = []
    for item in _items(text):
        _declare_item(item, found, bounds)
    table = SymbolTable(symbols=tuple(found.values()), indices=indices)
    for left, sign, right in bounds:
        _narrow(found, table, left, sign, right, text)
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


def _declare_item(item: str, found: dict[str, Symbol], bounds: list[tuple[str, str, str]]) -> None:
    head, colon, spec = item.partition(":")
    parts = [part.strip() for part in _CHAIN.split(head)]
    operands, signs = parts[::2], [_SIGNS.get(sign, sign) for sign in parts[1::2]]
    aliases: tuple[str, ...] = ()
    names: list[str] = []
    for i, operand in enumerate(operands):
        match = _ALIASES.match(operand)
        if match and _name(match["name"]):
            operands[i] = match["name"]
            aliases = tuple(_items(match["aliases"]))
        name = _name(operands[i])
        if name:
            operands[i] = name
            names.append(name)
    if not names or (colon and len(names) > 1):
        raise AuthorError(f"cannot read the declaration {item!r}. Write for example 'eta > 0', 'N: int' or 'X: n*d'.")
    for name in names:
        if name not in found or colon:
            symbol = _symbol(name, spec.strip(), item)
            found[name] = replace(symbol, aliases=(*found[name].aliases, *aliases) if name in found else aliases)
        elif aliases:
            found[name] = replace(found[name], aliases=(*found[name].aliases, *aliases))
    bounds.extend(zip(operands, signs, operands[1:], strict=False))


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
        return Symbol(name=name, kind=Kind.DATA, shape=(data[1] or "N", 1))
    structure = Structure.GENERAL
    for word, known in _STRUCTURES.items():
        if words.startswith(word + " "):
            structure, words = known, words.removeprefix(word).strip()
            break
    words = re.sub(r"^(vector|matrix|column)\s+", "", words)
    shape = _SHAPE.match(words)
    if shape is None:
        raise AuthorError(f"cannot read what {name} is in {item!r}. Write 'int', 'data', 'n*d' or 'symmetric n*n'.")
    rows, cols = _size(shape["rows"]), _size(shape["cols"] or "1")
    if structure is not Structure.GENERAL and rows != cols:
        raise AuthorError(f"{name} is declared {structure.value} but not square in {item!r}. Write 'n*n'.")
    return Symbol(name=name, kind=Kind.MATRIX, shape=(rows, cols), structure=structure)


def _count(name: str) -> Symbol:
    return Symbol(name=name, kind=Kind.INTEGER, lower=Bound(value=_ONE, strict=False))


def _size(text: str) -> Size:
    return int(text) if text.isdigit() else text


def _narrow(found: dict[str, Symbol], table: SymbolTable, left: str, sign: str, right: str, text: str) -> None:
    """Take one relation of a chain into the domain of the symbol it speaks of."""
    if sign in ("<", "<="):
        left, right, sign = right, left, {"<": ">", "<=": ">="}[sign]
    strict = sign == ">"
    if sign == "!=":
        if left not in found or right != "0":
            raise AuthorError(f"{left} != {right} in {text!r}: only '!= 0' can be declared.")
        found[left] = replace(found[left], nonzero=True)
    elif left in found:
        symbol = found[left]
        bound = Bound(value=_bound(right, table, text), strict=strict)
        found[left] = replace(symbol, lower=_tighter(symbol.lower, bound, "max"))
    elif right in found:
        symbol = found[right]
        bound = Bound(value=_bound(left, table, text), strict=strict)
        found[right] = replace(symbol, upper=_tighter(symbol.upper, bound, "min"))


def _tighter(old: Bound | None, new: Bound, function: str) -> Bound:
    """Both bounds at once; a bound by another symbol replaces one by a number, since that symbol has its own."""
    if old is None or old.value == new.value or (isinstance(old.value, Number) and isinstance(new.value, Name)):
        return new
    return Bound(value=Call(function, (old.value, new.value)), strict=old.strict or new.strict)


def _bound(text: str, table: SymbolTable, whole: str) -> Node:
    try:
        return read(text, table).tree
    except Unreadable as error:
        raise AuthorError(f"cannot read the bound {text!r} in {whole!r}: {error}") from None
