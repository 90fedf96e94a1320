r"""Abbreviations that a student defines beside the formula: `(1 - r^t) y/sigma where r = 1 - 2 eta sigma^2`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from autograder.errors import Undecided, Unreadable
from autograder.formula import functions
from autograder.formula.errors import BadIndex, TooComplex, UnknownName
from autograder.formula.grammar import Parser
from autograder.formula.names import Names
from autograder.formula.rewrite import substitute
from autograder.formula.roles import value
from autograder.formula.shapes import elaborate
from autograder.formula.tokens import Token
from autograder.formula.tree import Entry, Matrix, Name, Node, Row, walk
from autograder.symbols import Kind, Symbol, SymbolTable

MOST_NODES = 4000
_WORDS = frozenset({"where", "with", "let", "given", "using"})
_MATRIX, _COLUMN = (2, 2), (2, 1)
"""Shapes that stand in for any while the text is read; the sizes are those of the defining formula afterwards."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """Trees by the name that stands for them, each free of the other names.

    Args:
        trees: what the names mean.
        table: the declared symbols and the names.
    """

    trees: Mapping[str, Node]
    table: SymbolTable

    def put_into(self, tree: Node, text: str) -> Node:
        """The tree with every name replaced by what it means.

        Raises:
            TooComplex: the whole would be too large.
        """
        for name, meaning in self.trees.items():
            uses = sum(1 for node in walk(tree) if node == Name(name))
            if uses * len(walk(meaning)) > MOST_NODES:
                raise TooComplex(
                    f"with what {name} stands for, this formula is too long", text=text, start=0, end=len(text),
                    repair="Simplify it.",
                )  # fmt: skip
            try:
                tree = substitute(tree, name, meaning)
            except Undecided as error:
                place = next(
                    (node.span for node in walk(tree) if isinstance(node, Entry | Row) and node.span), (0, len(text))
                )
                raise BadIndex(
                    f"the entries of {name} are not worked out here", text=text, start=place[0], end=place[1],
                    repair=f"Write them as formulas, without {name}.",
                ) from error  # fmt: skip
        return tree


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two separators, with the separator before it; None at the start."""

    before: Token | None
    tokens: tuple[Token, ...]


def take_out(tokens: tuple[Token, ...], text: str, table: SymbolTable) -> tuple[tuple[Token, ...], Definitions | None]:
    """The tokens without the definitions in them, and these; None where there are none.

    A definition is `name = formula` or `name := formula` beside another formula that uses the name, where nothing of
    that name is declared.

    Raises:
        Unreadable: a defining formula cannot be read.
    """
    if not any(token.is_sign("=", ":=") for token in tokens):
        return tokens, None
    names = Names(table, text)
    tokens = _with_starred_names(tokens, names)
    pieces = _pieces(tokens, text)
    defined = {
        piece.tokens[0].text: piece
        for piece in pieces
        if _defines(piece, names)
        and any(_uses(other.tokens, piece.tokens[0].text, names) for other in pieces if other is not piece)
    }
    if not defined or len(defined) == len(pieces):
        return tokens, None
    kept = _joined([piece for piece in pieces if piece not in defined.values()])
    return (*kept, tokens[-1]), _read(defined, text, names, end=tokens[-1])


def _with_plain_stars(tokens: tuple[Token, ...], names: Names) -> tuple[Token, ...]:
    """`w*` as `w^*` where `w* = …` says what it is; w alone means nothing then, so the star always belongs to it."""
    starred = {
        name.text
        for name, star, sign in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if star.is_sign("*") and not star.spaced and sign.is_sign("=", ":=") and _is_free(name, names)
    }
    out: list[Token] = []
    for token in tokens:
        if token.is_sign("*") and not token.spaced and out and out[-1].is_name(*starred):
            out.append(Token("sign", "^", token.start, token.start))
        out.append(token)
    return tuple(out)


def _with_starred_names(tokens: tuple[Token, ...], names: Names) -> tuple[Token, ...]:
    """`w^*` as one name where `w^* = …` says what it is and w alone means nothing."""
    tokens = _with_plain_stars(tokens, names)
    starred = {
        name.text
        for name, power, star, sign in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False)
        if power.is_sign("^") and star.is_sign("*") and sign.is_sign("=", ":=") and _is_free(name, names)
    }
    out: list[Token] = []
    for at, token in enumerate(tokens):
        behind = tokens[at - 2 : at] if at >= 2 else ()
        if token.is_sign("*") and len(out) >= 2 and behind[1].is_sign("^") and behind[0].is_name(*starred):
            name = out[-2]
            out[-2:] = [replace(name, text=f"{name.text}_star", end=token.end)]
        else:
            out.append(token)
    return tuple(out)


def _pieces(tokens: tuple[Token, ...], text: str) -> list[_Piece]:
    """The formulas between commas, semicolons, line ends and words such as `where`, outside brackets."""
    pieces: list[_Piece] = []
    before: Token | None = None
    found: list[Token] = []
    depth = 0
    for at, token in enumerate(tokens[:-1]):
        depth += token.is_sign("(", "[", "{", "|(") - token.is_sign(")", "]", "}", ")|")
        if token.kind == "command":
            depth += token.text.startswith("begin") - token.text.startswith("end")
        broken = bool(found) and "\n" in text[tokens[at - 1].end : token.start]
        beside = _starts_definition(tokens, at + 1) or _starts_definition(tuple(found), 0)
        word = token.is_name(*_WORDS) or (token.is_sign("and") and beside)
        if depth == 0 and (token.is_sign(",", ";") or word):
            if found or before is None:
                pieces.append(_Piece(before, tuple(found)))
                before, found = token, []
            elif word:
                before = token  # `, where`
            continue
        if depth == 0 and broken and _starts_definition(tokens, at):
            pieces.append(_Piece(before, tuple(found)))
            before, found = Token(kind="sign", text=";", start=token.start, end=token.start), []
        found.append(token)
    pieces.append(_Piece(before, tuple(found)))
    return [piece for piece in pieces if piece.tokens]


def _starts_definition(tokens: tuple[Token, ...], at: int) -> bool:
    return len(tokens) > at + 1 and tokens[at].kind == "name" and tokens[at + 1].is_sign("=", ":=")


def _defines(piece: _Piece, names: Names) -> bool:
    return len(piece.tokens) > 2 and _starts_definition(piece.tokens, 0) and _is_free(piece.tokens[0], names)


def _is_free(token: Token, names: Names) -> bool:
    """Whether a name means nothing by itself."""
    if token.kind != "name" or token.text in functions.ALL or token.text in _WORDS:
        return False
    try:
        names.resolve(token)
    except UnknownName:
        return True
    return False


def _uses(tokens: tuple[Token, ...], name: str, names: Names) -> bool:
    """Whether a name occurs, by itself or as a letter of a product such as `Cx`."""
    return any(
        token.is_name(name)
        or (len(name) == 1 and token.kind == "name" and name in token.text.partition("_")[0] and _is_free(token, names))
        for token in tokens
    )


def _joined(pieces: list[_Piece]) -> list[Token]:
    """The pieces that are kept, with the separators between them."""
    out: list[Token] = []
    for piece in pieces:
        if out and piece.before is not None:
            out.append(piece.before)
        out.extend(piece.tokens)
    return out


def _read(defined: dict[str, _Piece], text: str, names: Names, *, end: Token) -> Definitions:
    """The defining formulas, each read once all the names that it uses are known."""
    table = names.table
    trees: dict[str, Node] = {}
    waiting = dict(defined)
    while waiting:
        ready = [
            name
            for name, piece in waiting.items()
            if not any(_uses(piece.tokens[1:], other, names) for other in waiting)
        ]
        for name in ready or list(waiting)[:1]:  # a circle ends in an unknown name
            parser = Parser(text, (*waiting.pop(name).tokens[2:], end), Names(table, text))
            tree = value(parser.expression())
            if parser.token.kind != "end":
                raise parser.unexpected()
            tree = Definitions(trees, table).put_into(tree, text)
            trees[name] = tree
            table = replace(table, symbols=(*table.symbols, _symbol(name, tree, table, text)))
    return Definitions(trees, table)


def _symbol(name: str, tree: Node, table: SymbolTable, text: str) -> Symbol:
    """A symbol of about the shape of its meaning."""
    try:
        shape = elaborate(tree, table, text=text)[1]
    except Unreadable:
        arrays = {symbol.name for symbol in table.symbols if not symbol.is_scalar}
        array = any(isinstance(node, Matrix) or (isinstance(node, Name) and node.name in arrays) for node in walk(tree))
        return Symbol(name=name, kind=Kind.MATRIX, shape=_MATRIX) if array else Symbol(name=name)
    if shape.is_scalar:
        return Symbol(name=name)
    return Symbol(name=name, kind=Kind.MATRIX, shape=_COLUMN if shape.is_vector else _MATRIX)
