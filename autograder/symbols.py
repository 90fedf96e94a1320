"""What the author of a question declares: symbols with kind, shape, domain and other spellings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from autograder.errors import AuthorError
from autograder.formula.tree import Node

Size = str | int
"""A size of a matrix: a name (`n`) or a fixed number (1 for the columns of a vector)."""


class Kind(StrEnum):
    """What a symbol stands for."""

    SCALAR = "scalar"
    INTEGER = "integer"
    DATA = "data"
    MATRIX = "matrix"


class Structure(StrEnum):
    """What is known of a matrix beyond its shape."""

    GENERAL = "general"
    SYMMETRIC = "symmetric"
    POSITIVE_DEFINITE = "positive definite"
    ORTHOGONAL = "orthogonal"
    DIAGONAL = "diagonal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One end of a symbol's domain; `value` may use symbols declared before (`sigma_l > sigma_s`)."""

    value: Node
    strict: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A declared symbol.

    Shapes: scalars and integers (1, 1); data (N, 1), one number a point; vectors (n, 1); matrices (n, d).

    Args:
        name: canonical name, the one that trees use (`sigma_l`).
        lower, upper: ends of the domain, None where unbounded.
        nonzero: 0 is excluded though it lies inside the domain.
        aliases: further spellings, read by the same tokens as a student's text (`"lam"`, `"E[w_t]"`).
    """

    name: str
    kind: Kind = Kind.SCALAR
    shape: tuple[Size, Size] = (1, 1)
    lower: Bound | None = None
    upper: Bound | None = None
    nonzero: bool = False
    structure: Structure = Structure.GENERAL
    aliases: tuple[str, ...] = ()

    @property
    def is_scalar(self) -> bool:
        """Whether the symbol is a single number."""
        return self.kind in (Kind.SCALAR, Kind.INTEGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolTable:
    """The symbols that a formula may use.

    Args:
        symbols: in an order in which every bound uses earlier symbols only... or any order that is not circular.
        indices: names that may stand as a free index (`i` in "the contribution of point i").
    """

    symbols: tuple[Symbol, ...]
    indices: tuple[str, ...] = ()
    _by_name: dict[str, Symbol] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {symbol.name: symbol for symbol in self.symbols}
        if len(by_name) != len(self.symbols):
            names = [symbol.name for symbol in self.symbols]
            double = sorted({name for name in names if names.count(name) > 1})
            raise AuthorError(f"declared twice: {', '.join(double)}. Declare each symbol once.")
        object.__setattr__(self, "_by_name", by_name)

    def get(self, name: str) -> Symbol | None:
        """The symbol of that canonical name, or None."""
        return self._by_name.get(name)

    def __getitem__(self, name: str) -> Symbol:
        try:
            return self._by_name[name]
        except KeyError:
            known = ", ".join(self._by_name) or "none"
            raise AuthorError(f"the symbol {name!r} is not declared. Declared: {known}.") from None

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @property
    def sizes(self) -> tuple[str, ...]:
        """Every name that stands for a size in a shape, in order of first use."""
        seen: dict[str, None] = {}
        for symbol in self.symbols:
            for size in symbol.shape:
                if isinstance(size, str):
                    seen.setdefault(size)
        return tuple(seen)

    def only(self, *names: str) -> SymbolTable:
        """The table of the named symbols, in the order given."""
        return SymbolTable(symbols=tuple(self[name] for name in names), indices=self.indices)

    def with_indices(self, *names: str) -> SymbolTable:
        """The same table in which the named indices may stand free."""
        return replace(self, indices=(*self.indices, *names))
