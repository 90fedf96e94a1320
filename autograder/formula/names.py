"""Which declared symbol a typed name means, and what to suggest where it means none."""

from __future__ import annotations

import re
from fractions import Fraction

from autograder.formula import suggestions
from autograder.formula.errors import UnknownFunction, UnknownName
from autograder.formula.lexer import tokenize
from autograder.formula.tokens import Token
from autograder.formula.tree import Constant, Entry, Identity, Name, Node, Number, Row, Span, Transpose
from autograder.symbols import Kind, Symbol, SymbolTable

_USUAL = {
    "lam": "lambda", "lamda": "lambda", "lambd": "lambda", "lmbda": "lambda", "eps": "epsilon",
    "varepsilon": "epsilon", "sig": "sigma", "th": "theta",
}  # fmt: skip
"""Short forms that everybody types for Greek letters; they count only where nothing of that very name is declared."""

_CONSTANTS = {"pi": "pi", "e": "e", "oo": "oo", "inf": "oo", "infinity": "oo", "Infinity": "oo"}
_LONGEST_RUN = 24
"""Characters behind a first letter that may still be several subscripted letters side by side."""
_BRACKETS = frozenset("()[]{}")
_NUMBERED = re.compile(r"([A-Za-z]+)_(\d+)")
_PIECE = re.compile(r"[A-Za-z](?:_?[0-9]+)?")


class Names:
    """The names that one formula may use: declared symbols, their sizes, and the indices bound at a place."""

    def __init__(self, table: SymbolTable, text: str) -> None:
        self.table = table
        self.text = text
        self.bound: list[str] = []
        self.has_arrays = any(not symbol.is_scalar for symbol in table.symbols)
        self.has_matrices = any(symbol.kind is Kind.MATRIX for symbol in table.symbols)
        self.latex = "\\" in text
        self.sequences: list[tuple[tuple[str, ...], str]] = []
        self.spellings: dict[str, str] = {}
        for symbol in table.symbols:
            self.spellings[_plain(symbol.name)] = symbol.name
            for alias in symbol.aliases:
                texts = tuple(token.text for token in tokenize(alias)[:-1])
                self.sequences.append((texts, symbol.name))
                if len(texts) == 1:
                    self.spellings[_plain(texts[0])] = symbol.name
            numbered = _NUMBERED.fullmatch(symbol.name) if symbol.is_scalar else None
            if numbered and numbered[1] not in table:  # `x[1]` for x_1
                self.sequences.append(((numbered[1], "[", numbered[2], "]"), symbol.name))
        for size in table.sizes:
            self.spellings.setdefault(_plain(size), size)
        self.sequences.sort(key=lambda pair: -len(pair[0]))

    def alias_at(self, tokens: list[Token], at: int) -> tuple[str, int] | None:
        """The declared symbol whose spelling of several tokens stands at `at`, with the number of tokens it takes.

        `E[w_t]` may be typed with any brackets, or with none.
        """
        for texts, name in self.sequences:
            for wanted in (texts, tuple(text for text in texts if text not in _BRACKETS)):
                here = tokens[at : at + len(wanted)]
                if len(here) == len(wanted) > 1 and all(map(_fits, here, wanted)):
                    return name, len(wanted)
        return None

    def symbol(self, name: str) -> Symbol | None:
        """The declared symbol that a typed name means, or None."""
        canonical = self.canonical(name)
        return self.table.get(canonical) if canonical else None

    def canonical(self, name: str) -> str | None:
        """The canonical name of a symbol, size or bound index, or None."""
        if name in self.bound:
            return name
        found = self._declared(name)
        return name if found is None and name in self.table.indices else found

    def _declared(self, name: str) -> str | None:
        if name in self.table:
            return name
        found = self.spellings.get(_plain(name))
        return found if found is not None or _usual(name) == name else self.spellings.get(_plain(_usual(name)))

    def resolve(self, token: Token) -> Node:
        """The node for a name that is no function.

        Raises:
            UnknownName: nothing of that name is declared; with a suggestion.
        """
        span = (token.start, token.end)
        found = self._whole(token.text, span)
        if found is None:
            raise self.unknown(token)
        return found

    def _whole(self, name: str, span: Span) -> Node | None:
        canonical = self.canonical(name)
        if canonical is not None:
            return Name(canonical, span=span)
        if name in _CONSTANTS:
            return Constant(_CONSTANTS[name], span=span)  # type: ignore[arg-type]  # the table's values are the literals
        return self._identity(name, span) or self._entry(name, span)

    def _identity(self, name: str, span: Span) -> Node | None:
        if not self.has_arrays:
            return None
        if name in ("I", "Id", "eye", "identity", "Identity"):
            return Identity(None, span=span)
        base, _, size = name.partition("_")
        if base in ("I", "Id") and size:
            square = re.fullmatch(r"(\w+?)(?:\*|x|by)\1", size.strip("{}"))  # I_{n x n}
            size = square.group(1) if square else size.strip("{}")
            if size.isdigit():
                return Identity(Number(Fraction(size)), span=span)
            canonical = self.canonical(size)
            if canonical is not None:
                return Identity(Name(canonical), span=span)
        return None

    def _entry(self, name: str, span: Span) -> Node | None:
        """`y_i`, `y_1`, `X_{i,j}`, `X_ij` as entries of declared data, vectors or matrices; `X_i` as a row.

        `x_i`, where x means nothing by itself, is point i: row i of the data matrix X, standing.
        """
        base, _, subscript = name.rpartition("_")
        symbol = self.symbol(base) if base else None
        point = symbol is None and base == "x" and self.canonical("x") is None
        symbol = self.table.get("X") if point else symbol
        if symbol is None or symbol.is_scalar:
            return None
        parts = [part for part in subscript.strip("{}").split(",") if part != ":"]
        matrix = 1 not in symbol.shape
        row = self.index(parts[0], span) if matrix and len(parts) == 1 and len(parts[0]) == 1 else None
        if row is not None:
            lying = Row(symbol.name, row, span=span)
            return Transpose(lying, span=span) if point else lying
        if point:
            return None
        if matrix and len(parts) == 1 and len(parts[0]) == 2:
            parts = list(parts[0])
        if len(parts) != (2 if matrix else 1):
            return None
        indices = [self.index(part, span) for part in parts]
        return None if None in indices else Entry(symbol.name, tuple(i for i in indices if i), span=span)

    def index(self, part: str, span: Span) -> Node | None:
        """A subscript as an index: a number, a bound or declared name, or a letter that a sum may still bind."""
        if part.isdigit():
            return Number(Fraction(part), span=span)
        canonical = self.canonical(part)
        if canonical is not None or re.fullmatch(r"[a-z]", part):
            return Name(canonical or part, span=span)
        return None

    def is_taken(self, letter: str) -> bool:
        """Whether a letter already means something, so that it is no fresh index."""
        return letter in self.table.indices or self._declared(letter) is not None

    def is_index(self, name: str) -> bool:
        """Whether a name can only be an index: a letter that the question does not use otherwise."""
        return name in self.table.indices or (len(name) == 1 and self._declared(name) is None)

    def apart(self, name: str) -> list[str] | None:
        """`xy` as the names x and y where every letter is declared; `ax_i`, `x_iy_i` and in LaTeX `w_ix`, whose subscript is `i`.

        The longest known name wins: a name that means something as a whole is never taken apart.
        """
        letter = self.symbol(name.removesuffix("bar").removesuffix("_"))
        if self._whole(name, (0, 0)) is not None or (name.endswith("bar") and letter and letter.kind is Kind.DATA):
            return None
        pieces = _PIECE.findall(name)
        if "".join(pieces) == name and len(pieces) > 1 and all(self._stands_alone(piece) for piece in pieces):
            return pieces
        base, _, subscript = name.partition("_")
        if len(base) > 1 and subscript and base.isalpha() and self._stands_alone(name[0]):  # `rs_w`: r and s_w
            behind = [name[1:]] if self._stands_alone(name[1:]) else self.apart(name[1:])
            if behind is not None:
                return [name[0], *behind]
        if (
            1 < len(subscript) <= _LONGEST_RUN
            and (self.latex or "_" in subscript)
            and subscript.replace("_", "").isalnum()
        ):
            first, rest = f"{base}_{subscript[0]}", subscript[1:]
            behind = [rest] if self._stands_alone(rest) else self.apart(rest)
            if behind is not None and self._stands_alone(first):
                return [first, *behind]
        return None

    def first_letter(self, name: str) -> tuple[str, str] | None:
        """`Ny_i` as N and y_i: LaTeX takes one letter for a power or a limit that stands without braces."""
        whole = self._whole(name, (0, 0)) is not None
        if whole or not self.latex or len(name) < 2 or not self._stands_alone(name[0]):
            return None
        return (name[0], name[1:]) if self.means_something(name[1:]) else None

    def means_something(self, name: str) -> bool:
        """Whether a name can be read here: a symbol, an entry, a constant, or several letters side by side."""
        return self._whole(name, (0, 0)) is not None or self.apart(name) is not None

    def _stands_alone(self, piece: str) -> bool:
        found = self._whole(piece, (0, 0))
        return found is not None and not isinstance(found, Constant)

    def unknown(self, token: Token) -> UnknownName:
        """The error for a name that nothing declares, with the likeliest repair."""
        typed = self.text[token.start : token.end]
        return UnknownName(
            f"{_cut(typed)!r} is not a symbol of this question", text=self.text, start=token.start, end=token.end,
            repair=suggestions.repair(self, token.text, typed),
        )  # fmt: skip

    def unknown_function(self, token: Token, known: frozenset[str]) -> UnknownFunction:
        """The error for `name(` where the name is neither declared nor a function."""
        typed = self.text[token.start : token.end]
        return UnknownFunction(
            f"{_cut(typed)!r} is neither a function nor a symbol of this question", text=self.text, start=token.start,
            end=token.end, repair=suggestions.repair_call(self, token.text, known),
        )  # fmt: skip

    def known(self) -> list[str]:
        """Every name that a student may type, in the order of declaration."""
        return list(dict.fromkeys([*(symbol.name for symbol in self.table.symbols), *self.table.sizes]))


def data_of(table: SymbolTable) -> frozenset[str]:
    """Names of the data symbols, one number a point."""
    return frozenset(symbol.name for symbol in table.symbols if symbol.kind is Kind.DATA)


def _plain(name: str) -> str:
    """One spelling for `W_1`, `W1` and `W_{1}`."""
    return re.sub(r"_\{?(\d+)\}?$", r"\1", name)


def _usual(name: str) -> str:
    base, sep, rest = name.partition("_")
    return _USUAL.get(base, base) + sep + rest


def _fits(token: Token, wanted: str) -> bool:
    if token.kind == "sign" and wanted in _BRACKETS:
        return token.text in ("([{" if wanted in "([{" else ")]}")
    return token.text == wanted


def _cut(typed: str) -> str:
    return typed if len(typed) <= 40 else typed[:39] + "…"
