"""Shapes of formulas over sizes that are letters: what fits, what is filled in, and what is said when nothing fits."""

from __future__ import annotations

import pytest

from autograder.formula.declare import declare
from autograder.formula.errors import ShapeMismatch
from autograder.formula.extent import SCALAR, UNIT, Extent, Shape, Unifier, extent_of
from autograder.formula.read import read
from autograder.formula.shapes import elaborate
from autograder.formula.tree import (
    ONE,
    ZERO,
    Call,
    Constants,
    Identity,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Product,
    Relation,
    Sequence,
    Transpose,
    walk,
)

TABLE = declare(
    "X: n*d, y: n, w: d, A: n*n, B: m*n, b: m, c: n, W1: k*m, W2: p*n, lambda > 0, sigma > 0, eta > 0, a, z, "
    "v: data, u: data, N: int, t: int"
)


def size(text: str) -> Extent:
    found = Extent()
    for part in text.split("+"):
        number = part.strip("abcdefghijklmnopqrstuvwxyzN")
        letter = part[len(number) :]
        one = Extent(constant=int(number)) if not letter else Extent(terms=((letter, int(number or 1)),))
        found = found + one
    return found


def shape(text: str) -> Shape:
    rows, cols = text.split("x")
    return Shape(size(rows), size(cols))


def typed(text: str, expected: str | None = None, *, row_or_column: bool = False) -> tuple[Node, Shape]:
    asked = None if expected is None else shape(expected)
    return elaborate(read(text, TABLE).tree, TABLE, text=text, expected=asked, row_or_column=row_or_column)


def sizes_of(tree: Node, kind: type[Node]) -> list[Node]:
    return [node for node in walk(tree) if isinstance(node, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(X^T X + lambda I)^-1 X^T y", "dx1"),
        ("X^T (X X^T + lambda I)^-1 y", "dx1"),
        ("X'X + lambda I_d", "dxd"),
        ("X*X.T + lambda*eye(n)", "nxn"),
        ("2 B^T (B c - b)", "nx1"),
        ("(B^T W1^T W1 B + W2^T W2)^-1 (B^T W1^T W1 b + W2^T W2 c)", "nx1"),
        ("[W1*B; W2]", "k+pxn"),
        ("[[W1*B],[W2]]", "k+pxn"),
        ("[W1*b; W2*c]", "k+px1"),
        ("[X, y]", "nxd+1"),
        ("[[X, y],[w^T, 1]]", "n+1xd+1"),
        ("[[A, X],[X^T, I]]", "d+nxd+n"),
        ("norm(X w - y)^2 + lambda norm(w)^2", "1x1"),
        ("y^T X w", "1x1"),
        ("w^T X^T X w", "1x1"),
        ("y w^T", "nxd"),
        ("trace(X X^T)", "1x1"),
        ("det(I + X X^T)", "1x1"),
        ("sqrt(lambda) A", "nxn"),
        ("X w / lambda", "nx1"),
        ("A^3 y", "nx1"),
        ("(a, z, 0)", "3x1"),
        ("[a, z]", "2x1"),
        ("[[a, z, 0], [z, a, 1]]", "2x3"),
        ("abs(w)", "1x1"),
        ("sum(v)/N", "1x1"),
        ("v^T u/(u^T u)", "1x1"),
        ("max(a, z)", "1x1"),
        ("Piecewise((y, a > 0), (c, True))", "nx1"),
        ("eta < 1/sigma^2 and a > 0", "1x1"),
        ("exp(-y^T y)", "1x1"),
    ],
)
def test_shapes_are_found(text: str, expected: str) -> None:
    """Products, sums, stacked blocks and functions have the shape that their letters give."""
    assert typed(text)[1] == shape(expected)


@pytest.mark.parametrize(
    ("text", "expected", "sizes"),
    [
        ("X^T X + lambda I", None, ["d"]),
        ("lambda I + X X^T", None, ["n"]),
        ("I y", None, ["n"]),
        ("y^T I y", None, ["n"]),
        ("W2^T I W2", None, ["p"]),
        ("sqrt(lambda) I", "pxp", ["p"]),
        ("sqrt(lambda I)", "pxp", ["p"]),
        ("(lambda I)^(-1/2)", "pxp", ["p"]),
        ("I/lambda", "nxn", ["n"]),
        ("[X; sqrt(lambda) I]", None, ["d"]),
        ("[[A, 0],[0, I]]", "n+dxn+d", ["d"]),
        ("(I - X (X^T X + lambda I)^-1 X^T) y", None, ["n", "d"]),
        ("I = X^T X", None, ["d"]),
    ],
)
def test_the_size_of_an_identity_is_inferred(text: str, expected: str | None, sizes: list[str]) -> None:
    """Summands, products, blocks and the shape that is asked all give an identity its size."""
    found = sizes_of(typed(text, expected)[0], Identity)
    assert [node.size for node in found] == [Name(letter) for letter in sizes]


@pytest.mark.parametrize(
    ("text", "expected", "rows", "cols"),
    [
        ("0", "nx1", "n", "1"),
        ("-0", "dxd", "d", "d"),
        ("A + 0", None, "n", "n"),
        ("0 - X", None, "n", "d"),
        ("[X; 0]", "n+pxd", "p", "d"),
        ("[X; 0]", None, "1", "d"),
        ("[[X, 0],[0, A]]", "n+nxd+n", "n", "n"),
        ("A = 0", None, "n", "n"),
        ("Piecewise((0, a > 0), (y, True))", None, "n", "1"),
    ],
)
def test_a_bare_zero_is_a_matrix_of_zeros(text: str, expected: str | None, rows: str, cols: str) -> None:
    """A 0 beside a matrix, as a block or as the whole answer takes the shape that is needed."""
    found = sizes_of(typed(text, expected)[0], Constants)[0]
    assert found == Constants(0, size(rows).to_node(), size(cols).to_node())


@pytest.mark.parametrize("text", ["0", "a + 0", "[[a, 0],[0, z]]", "0 < a", "0*a"])
def test_a_zero_among_numbers_stays_a_number(text: str) -> None:
    """Nothing is rewritten where the number 0 is meant."""
    assert not sizes_of(typed(text)[0], Constants)


def test_vectors_of_ones_take_the_length_of_their_partner() -> None:
    """`1^T y / (1^T 1)` is the mean of y: the lengths that nothing else tells are those of the others."""
    ones = Constants(1)
    tree = Mul((Pow(Mul((Transpose(ones), ones)), Number(-ONE.value)), Transpose(ones), Name("y")))
    done, found = elaborate(tree, TABLE)
    assert found == SCALAR
    assert {node.rows for node in sizes_of(done, Constants)} == {Name("n")}


def test_inner_products_are_grouped() -> None:
    """`X w^T w` is X times a number: only so the product exists."""
    done, found = typed("X w^T w")
    assert found == shape("nxd")
    assert done == Mul((Name("X"), Mul((Transpose(Name("w")), Name("w")))))
    assert typed("A y^T A y A")[1] == shape("nxn")


def test_a_list_becomes_a_column() -> None:
    """Items in round or square brackets are the entries of a column; one item is just itself."""
    assert [len(row) for row in typed("(a, z, 1)")[0].rows] == [1, 1, 1]  # type: ignore[attr-defined]
    assert elaborate(Sequence((Name("a"),), "[", "]"), TABLE) == (Name("a"), SCALAR)


def test_the_absolute_value_of_a_vector_is_its_norm() -> None:
    """`|w|` of a vector is read as its norm."""
    assert typed("abs(X w - y)")[0] == typed("norm(X w - y)")[0]


def test_a_row_may_stand_for_a_column_where_allowed() -> None:
    """With `row_or_column` the tree is turned into the shape that is asked."""
    done, found = typed("y^T X", "dx1", row_or_column=True)
    assert found == shape("dx1")
    assert isinstance(done, Transpose)
    assert typed("X^T y", "dx1", row_or_column=True)[0] == typed("X^T y")[0]


MESSAGES = [
    ("X*X", None, "`X*X` multiplies n×d by n×d. Did you mean `X^T*X`?", "X*X"),
    ("X*X", "nxn", "`X*X` multiplies n×d by n×d. Did you mean `X*X^T`?", "X*X"),
    ("2 X*X*w", None, "`X*X` multiplies n×d by n×d. Did you mean `X^T*X`?", "X*X"),
    ("y*X", None, "`y*X` multiplies n×1 by n×d. Did you mean `y^T*X`?", "y*X"),
    ("w*X", "nx1", "`w*X` multiplies d×1 by n×d. Did you mean `X*w`?", "w*X"),
    ("X*(X*w - y)", None, "`X*(X*w - y)` multiplies n×d by n×1. Did you mean `X^T*(X*w - y)`?", "X*(X*w - y)"),
    ("X^T*X^T", None, "`X^T*X^T` multiplies d×n by d×n. Did you mean `X*X^T`?", "X^T*X^T"),
    (
        "W1*X",
        None,
        "`W1*X` multiplies k×m by n×d. The columns of the left factor must be as many as the rows of the right one.",
        "W1*X",
    ),
    (
        "I_n*w",
        None,
        "`I_n*w` multiplies n×n by d×1. The identity has the wrong size: here it must be d×d.",
        "I_n*w",
    ),
    (
        "X*I_n",
        None,
        "`X*I_n` multiplies n×d by n×n. The identity has the wrong size: here it must be d×d.",
        "X*I_n",
    ),
    ("X^T*X + lambda", None, "adds a number to a d×d matrix. Did you mean `lambda*I`?", "lambda"),
    ("X^T*X - lambda", None, "adds a number to a d×d matrix. Did you mean `lambda*I`?", "lambda"),
    ("1 + X^T*X", None, "adds a number to a d×d matrix. Did you mean `I`?", "1"),
    ("X^T*X + (lambda + 1)", None, "adds a number to a d×d matrix. Did you mean `(lambda + 1)*I`?", "lambda + 1"),
    ("X*w + a", None, "adds a number to an n×1 vector. `a` and an n×1 vector cannot be added.", "a"),
    (
        "X^T*X + lambda*I_n",
        None,
        "`X^T*X` is d×d, but `lambda*I_n` is n×n: they cannot be added. "
        "The identity has the wrong size: here it must be d×d.",
        "lambda*I_n",
    ),
    ("y + w^T", None, "`y` is n×1, but `w^T` is 1×d: they cannot be added. Only matrices of the same shape", "y + w^T"),
    ("y - y^T", None, "`y` is n×1, but `y^T` is 1×n: they cannot be added. Did you mean `y - y`?", "y - y^T"),
    ("B^T - B", None, "`B^T` is n×m, but `B` is m×n: they cannot be added. Did you mean `B^T - B^T`?", "B^T - B"),
    (
        "y/w",
        None,
        "divides by `w`, a d×1 vector. Only a number can be divided by; did you mean an inner product or a norm?",
        "w",
    ),
    (
        "X^T*y/(X^T*X)",
        None,
        "divides by `X^T*X`, a d×d matrix. Write `inv(X^T*X)` on the side where it belongs.",
        "(X^T*X)",
    ),
    (
        "X^-1*y",
        None,
        "`X` is n×d: only a square matrix has an inverse. Check which product was to be inverted.",
        "X^-1",
    ),
    ("w^-1", None, "`w` is a d×1 vector: it has no powers and no inverse. Only a number or a square matrix", "w^-1"),
    ("X^3", None, "`X` is n×d: only a square matrix has powers. Check which product was meant.", "X^3"),
    ("X^2", "nxn", "`X^2` multiplies n×d by n×d. Did you mean `X*X^T`?", "X^2"),
    ("lambda*w^2", "1x1", "`w^2` multiplies d×1 by d×1. Did you mean `w^T*w`?", "w^2"),
    ("A^X", None, "raises to `X`, an n×d matrix. A number must stand there.", "X"),
    ("trace(X)", None, "takes the trace of `X`, an n×d matrix. Only a square matrix has a trace.", "trace(X)"),
    ("det(X)", None, "takes the determinant of `X`, an n×d matrix. Only a square matrix has a determinant.", "det(X)"),
    ("exp(A)", None, "takes exp of `A`, an n×n matrix. `exp` takes a number.", "exp(A)"),
    ("ln(y)", None, "takes ln of `y`, an n×1 vector. `ln` takes a number.", "ln(y)"),
    ("abs(A)", None, "takes abs of `A`, an n×n matrix. Write `norm(...)` for a norm.", "abs(A)"),
    ("A < 1", None, "compares `A`, an n×n matrix. Only numbers are larger or smaller; did you mean a norm?", "A"),
    (
        "A = X",
        None,
        "one side and the other have different shapes: `A` is an n×n matrix, but `X` is an n×d matrix. "
        "Every side must have the same shape.",
        "A = X",
    ),
    (
        "Piecewise((y, a > 0), (w, True))",
        None,
        "one case and the other have different shapes: `y` is an n×1 vector, but `w` is a d×1 vector.",
        "y, a > 0), (w",
    ),
    (
        "[[W1*B, W2]]",
        None,
        "side by side, `W1*B` is k×n and `W2` is p×n. "
        "Stacked side by side instead of on top of each other? Write `[A; B]`.",
        "W1*B, W2",
    ),
    (
        "[y; X]",
        None,
        "on top of each other, `y` is n×1 and `X` is n×d. "
        "Stacked on top of each other instead of side by side? Write `[A, B]`.",
        "y; X",
    ),
    ("[X; B]", None, "on top of each other, `X` is n×d and `B` is m×n. Rows of blocks have the same width.", "X; B"),
    ("[[X, B]]", None, "side by side, `X` is n×d and `B` is m×n. Blocks in one row have the same height.", "X, B"),
    (
        "[X; sqrt(lambda)]",
        None,
        "on top of each other, `X` is n×d and `sqrt(lambda)` is 1×1. Did you mean `sqrt(lambda)*I`?",
        "X; sqrt(lambda)",
    ),
    ("[[a, z], [a]]", None, "one row has 2 entries and another has 1. Every row of a matrix is equally long.", "a"),
    ("I", None, "the size of `I` cannot be told here. Write it with its size, such as I_n.", "I"),
    ("X^T*X", "nxn", "this is d×d, but n×n is asked. Check which factors need a transpose, and their order.", "X^T*X"),
    ("X^T*y", "nx1", "this is d×1, but n×1 is asked. Check which factors need a transpose, and their order.", "X^T*y"),
    ("y^T*X", "dx1", "this is 1×d, but d×1 is asked. Rows and columns are swapped: this is a row where", "y^T*X"),
    ("X^T*y", "1xd", "this is d×1, but 1×d is asked. Rows and columns are swapped: this is a column where", "X^T*y"),
    ("X", "dxn", "this is n×d, but d×n is asked. Rows and columns are swapped: this is its transpose.", "X"),
    ("sqrt(lambda)", "pxp", "this is a number, but p×p is asked. Did you mean `sqrt(lambda)*I`?", "sqrt(lambda)"),
    ("lambda", "dx1", "this is a number, but d×1 is asked. Check which factors need a transpose", "lambda"),
    ("X", "1x1", "this is n×d, but a number is asked. Check which factors need a transpose", "X"),
]


@pytest.mark.parametrize(("text", "expected", "message", "found"), MESSAGES)
def test_what_does_not_fit_is_said_with_its_place(text: str, expected: str | None, message: str, found: str) -> None:
    """The message names the piece, its shapes and a repair that was tried; the offsets point at the piece."""
    with pytest.raises(ShapeMismatch) as caught:
        typed(text, expected)
    assert str(caught.value).startswith(message)
    assert caught.value.found.strip("()[]") == found.strip("()[]")


@pytest.mark.parametrize("text", ["X^T X + I_n", "X X^T X X", "[X; A]", "y + w", "A X^T"])
def test_sizes_that_agree_by_accident_do_not_fit(text: str) -> None:
    """What fits only for n = d does not fit."""
    with pytest.raises(ShapeMismatch):
        typed(text)


@pytest.mark.parametrize(
    ("tree", "cause"),
    [
        (Product(Name("X"), "i", ONE, Name("N")), "multiplies up `X`, an n×d matrix"),
        (Sequence((), "[", "]"), "the list is empty"),
        (Identity(Call("sqrt", (Name("a"),))), "is no size of a matrix"),
        (Identity(Neg(Name("n"))), "is no size of a matrix"),
    ],
)
def test_trees_that_no_text_gives_are_refused_too(tree: Node, cause: str) -> None:
    """Programs build trees as well; they get the same messages, quoted from the echo."""
    with pytest.raises(ShapeMismatch, match=cause):
        elaborate(tree, TABLE)


def test_elaborating_twice_changes_nothing() -> None:
    """Elaboration is idempotent."""
    for text in ("(X^T X + lambda I)^-1 X^T y", "[[A, 0],[0, I_d]]", "X w^T w", "(a, z, 0)"):
        done, found = typed(text)
        assert elaborate(done, TABLE) == (done, found)


def test_sizes_add_up_and_print() -> None:
    """Sizes are sums of letters and numbers, whatever their order."""
    assert str(Extent.of("m") + Extent.of("n") + UNIT) == "(m+n+1)"
    assert str(Extent.of("n") + Extent.of("n")) == "2n"
    assert extent_of((Extent.of("n") + Extent.of("n") + UNIT).to_node()) == Extent(terms=(("n", 2),), constant=1)
    assert extent_of(Pow(Name("n"), Number(ONE.value * 2))) is None
    assert extent_of(ZERO) == Extent()


def test_unknown_sizes_are_solved_for() -> None:
    """`? + n = m + n` gives m; `? + n = m` gives nothing, and neither do two letters."""
    sizes = Unifier()
    unknown = sizes.fresh()
    assert sizes.equate(unknown + Extent.of("n"), Extent.of("m") + Extent.of("n"))
    assert sizes.resolve(unknown) == Extent.of("m")
    assert not sizes.equate(sizes.fresh() + Extent.of("n"), Extent.of("m"))
    assert not sizes.equate(Extent.of("n"), Extent.of("d"))
    assert not sizes.equate(Extent.of("n"), Extent.of(3))


def test_conditions_and_cases_keep_their_parts() -> None:
    """Elaboration descends into conditions and cases."""
    tree = Relation((Name("a"), Sequence((Name("z"),), "(", ")")), ("<",))
    assert elaborate(tree, TABLE)[0] == Relation((Name("a"), Name("z")), ("<",))
    cases = Piecewise(((ZERO, tree),), Name("y"))
    assert elaborate(cases, TABLE)[1] == shape("nx1")
