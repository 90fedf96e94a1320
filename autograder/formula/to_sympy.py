"""From our tree to SymPy, under the declared assumptions; never by way of a string. SymPy is imported when first used."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from autograder.errors import Undecided
from autograder.formula import tree as t
from autograder.formula.signs import symbol_is_nonnegative, symbol_is_positive
from autograder.symbols import Kind, Size, Symbol, SymbolTable

_LARGEST_FACTORIAL = 2000
_MOST_BITS = 20_000

_SAME_NAME = frozenset({"exp", "sqrt", "sign", "floor", "factorial", "sin", "cos", "tan", "asin", "acos", "atan", "sinh",
    "cosh", "tanh", "erf"})  # fmt: skip
_OTHER_NAME = {"ln": "log", "abs": "Abs", "ceil": "ceiling", "max": "Max", "min": "Min", "trace": "Trace",
    "det": "Determinant"}  # fmt: skip


def sympy_symbol(table: SymbolTable, name: str) -> Any:
    """The SymPy object of a declared symbol.

    Scalars and sizes become a `Symbol` with the declared assumptions, data an `IndexedBase` (indices from 1), vectors
    and matrices a `MatrixSymbol`.

    Raises:
        AuthorError: the name is declared neither as a symbol nor as a size.
    """
    import sympy

    if name not in table and name in table.sizes:
        return sympy.Symbol(name, integer=True, positive=True)
    symbol = table[name]
    if symbol.kind is Kind.DATA:
        return sympy.IndexedBase(name, real=True)
    if symbol.kind is Kind.MATRIX:
        rows, cols = (_size(table, size) for size in symbol.shape)
        return sympy.MatrixSymbol(name, rows, cols)
    return sympy.Symbol(name, **_assumptions(symbol, table))


def _size(table: SymbolTable, size: Size) -> Any:
    return size if isinstance(size, int) else sympy_symbol(table, size)


def _assumptions(symbol: Symbol, table: SymbolTable) -> dict[str, bool]:
    found = {"real": True}
    if symbol.kind is Kind.INTEGER:
        found["integer"] = True
    if symbol_is_positive(symbol, table) or (symbol.name in table.sizes):
        found["positive"] = True
    elif symbol_is_nonnegative(symbol, table):
        found["nonnegative"] = True
    upper = symbol.upper
    if upper is not None and isinstance(upper.value, t.Number) and upper.value.value <= 0:
        strictly = upper.strict or symbol.nonzero or upper.value.value < 0
        found["negative" if strictly else "nonpositive"] = True
    if symbol.nonzero:
        found["nonzero"] = True
    return found


def to_sympy(node: t.Node, table: SymbolTable) -> Any:
    """The SymPy expression of a tree.

    Raises:
        Undecided: SymPy has no such expression, or it would compute a huge number while building it.
    """
    return _Conversion(table).convert(node)


class _Conversion:
    """One conversion; knows which indices are bound."""

    def __init__(self, table: SymbolTable) -> None:
        import sympy

        self._sympy = sympy
        self._table = table
        self._bound: dict[str, Any] = {}

    def convert(self, node: t.Node) -> Any:
        method = _METHODS.get(type(node))
        if method is None:
            raise Undecided(f"SymPy has no expression for a {type(node).__name__.lower()} here.")
        return method(self, node)

    def number(self, node: t.Number) -> Any:
        return self._sympy.Rational(node.value.numerator, node.value.denominator)

    def constant(self, node: t.Constant) -> Any:
        return {"pi": self._sympy.pi, "e": self._sympy.E, "oo": self._sympy.oo}[node.name]

    def name(self, node: t.Name) -> Any:
        name = node.name
        if name in self._bound:
            return self._bound[name]
        if name in self._table or name in self._table.sizes:
            found = sympy_symbol(self._table, name)
            if isinstance(found, self._sympy.IndexedBase):
                raise Undecided("SymPy compares data by their entries only.")
            return found
        if name in self._table.indices:
            return self._sympy.Symbol(name, integer=True, positive=True)
        return self._sympy.Symbol(name, real=True)

    def entry(self, node: t.Entry) -> Any:
        array = sympy_symbol(self._table, node.array)
        indices = [self.convert(index) for index in node.indices]
        if isinstance(array, self._sympy.IndexedBase):
            return array[tuple(indices)]
        if len(indices) == 1:
            indices = (
                [indices[0], self._sympy.Integer(1)] if array.shape[1] == 1 else [self._sympy.Integer(1), indices[0]]
            )
        # entries of SymPy's matrices count from 0
        return array[indices[0] - 1, indices[1] - 1]

    def neg(self, node: t.Neg) -> Any:
        return -self.convert(node.arg)

    def add(self, node: t.Add) -> Any:
        terms = [self.convert(arg) for arg in node.args]
        if any(not self._is_matrix(term) for term in terms):
            terms = [self._as_number(term) for term in terms]
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    def mul(self, node: t.Mul) -> Any:
        product = self.convert(node.args[0])
        for arg in node.args[1:]:
            factor = self.convert(arg)
            if self._is_matrix(product) and self._is_matrix(factor) and product.shape[1] != factor.shape[0]:
                product, factor = self._as_number(product), self._as_number(factor)
            product = product * factor
        return product

    def div(self, node: t.Div) -> Any:
        top, bottom = self.convert(node.numerator), self._as_number(self.convert(node.denominator))
        return top * (self._sympy.Integer(1) / bottom) if self._is_matrix(top) else top / bottom

    def power(self, node: t.Pow) -> Any:
        base, exponent = self.convert(node.base), self.convert(node.exponent)
        if self._is_matrix(base):
            return base.I if exponent == -1 else base**exponent
        if base.is_Rational and exponent.is_Rational:
            value = Fraction(int(base.p), int(base.q))
            bits = max(abs(value.numerator), value.denominator).bit_length()
            if bits > 1 and bits * abs(exponent) > _MOST_BITS:
                raise Undecided("A power in it is too large to compute.")
        return base**exponent

    def transpose(self, node: t.Transpose) -> Any:
        value = self.convert(node.arg)
        return value.T if self._is_matrix(value) else value

    def call(self, node: t.Call) -> Any:
        args = [self.convert(arg) for arg in node.args]
        if node.function in ("trace", "det"):
            return getattr(self._sympy, _OTHER_NAME[node.function])(args[0]) if self._is_matrix(args[0]) else args[0]
        if node.function == "pinv":
            raise Undecided("SymPy does not work with pseudo-inverses of matrices without numbers.")
        if node.function == "norm":
            return self._norm(args[0])
        args = [self._as_number(arg) for arg in args]
        if node.function == "factorial" and args[0].is_Number and args[0] > _LARGEST_FACTORIAL:
            raise Undecided("A factorial in it is too large to compute.")
        if node.function in _SAME_NAME:
            return getattr(self._sympy, node.function)(*args)
        if node.function in _OTHER_NAME:
            return getattr(self._sympy, _OTHER_NAME[node.function])(*args)
        return self._own_function(node.function, args[0])

    def _own_function(self, function: str, x: Any) -> Any:
        sympy = self._sympy
        match function:
            case "relu":
                return sympy.Max(0, x)
            case "step":
                return sympy.Piecewise((1, x > 0), (0, True))
            case "sigmoid":
                return 1 / (1 + sympy.exp(-x))
            case "normcdf":
                return (1 + sympy.erf(x / sympy.sqrt(2))) / 2
        raise Undecided(f"SymPy has no {function}.")

    def _norm(self, value: Any) -> Any:
        if not self._is_matrix(value):
            return self._sympy.Abs(value)
        return self._sympy.sqrt(self._sympy.Trace(value.T * value))

    def total(self, node: t.Sum | t.Product) -> Any:
        low, high = self.convert(node.low), self.convert(node.high)
        index = self._sympy.Symbol(node.index, integer=True)
        outer = self._bound.get(node.index)
        self._bound[node.index] = index
        try:
            body = self.convert(node.body)
        finally:
            if outer is None:
                del self._bound[node.index]
            else:
                self._bound[node.index] = outer
        if self._is_matrix(body):
            raise Undecided("SymPy does not sum matrices.")
        return (self._sympy.Sum if isinstance(node, t.Sum) else self._sympy.Product)(body, (index, low, high))

    def identity(self, node: t.Identity) -> Any:
        return self._sympy.Identity(self._extent(node.size))

    def constants(self, node: t.Constants) -> Any:
        kind = self._sympy.OneMatrix if node.value else self._sympy.ZeroMatrix
        return kind(self._extent(node.rows), self._extent(node.cols))

    def _extent(self, size: t.Node | None) -> Any:
        if size is None:
            raise Undecided("The size of a matrix in it is not known.")
        return self.convert(size)

    def matrix(self, node: t.Matrix) -> Any:
        rows = [[self.convert(cell) for cell in row] for row in node.rows]
        if any(self._is_matrix(cell) for row in rows for cell in row):
            one = self._sympy.Matrix
            return self._sympy.BlockMatrix(
                [[cell if self._is_matrix(cell) else one([[cell]]) for cell in row] for row in rows]
            )
        return self._sympy.Matrix(rows)

    def sequence(self, node: t.Sequence) -> Any:
        return self._sympy.Tuple(*(self.convert(item) for item in node.items))

    def relation(self, node: t.Relation) -> Any:
        kinds: dict[str, Callable[..., Any]] = {
            "<": self._sympy.Lt,
            "<=": self._sympy.Le,
            ">": self._sympy.Gt,
            ">=": self._sympy.Ge,
            "=": self._sympy.Eq,
            "!=": self._sympy.Ne,
        }
        values = [self.convert(operand) for operand in node.operands]
        pairs = zip(values, node.signs, values[1:], strict=False)
        return self._sympy.And(*(kinds[sign](left, right) for left, sign, right in pairs))

    def condition(self, node: t.And | t.Or) -> Any:
        kind = self._sympy.And if isinstance(node, t.And) else self._sympy.Or
        return kind(*(self.convert(arg) for arg in node.args))

    def negation(self, node: t.Not) -> Any:
        return self._sympy.Not(self.convert(node.arg))

    def piecewise(self, node: t.Piecewise) -> Any:
        branches = [(self.convert(value), self.convert(condition)) for value, condition in node.branches]
        if node.otherwise is not None:
            branches.append((self.convert(node.otherwise), True))
        return self._sympy.Piecewise(*branches)

    def indicator(self, node: t.Indicator) -> Any:
        return self._sympy.Piecewise((1, self.convert(node.condition)), (0, True))

    def interval(self, node: t.Interval) -> Any:
        low, high = self.convert(node.low), self.convert(node.high)
        return self._sympy.Interval(low, high, not node.low_closed, not node.high_closed)

    def _is_matrix(self, value: Any) -> bool:
        return bool(getattr(value, "is_Matrix", False))

    def _as_number(self, value: Any) -> Any:
        """A 1×1 matrix as a number."""
        if not self._is_matrix(value):
            return value
        if value.shape != (1, 1):
            raise Undecided("A matrix stands where SymPy needs a number.")
        return self._sympy.Trace(value)


_METHODS: dict[type[t.Node], Callable[[_Conversion, Any], Any]] = {
    t.Number: _Conversion.number, t.Constant: _Conversion.constant, t.Name: _Conversion.name,
    t.Entry: _Conversion.entry, t.Neg: _Conversion.neg, t.Add: _Conversion.add, t.Mul: _Conversion.mul,
    t.Div: _Conversion.div, t.Pow: _Conversion.power, t.Transpose: _Conversion.transpose, t.Call: _Conversion.call,
    t.Sum: _Conversion.total, t.Product: _Conversion.total, t.Identity: _Conversion.identity,
    t.Constants: _Conversion.constants, t.Matrix: _Conversion.matrix, t.Sequence: _Conversion.sequence,
    t.Relation: _Conversion.relation, t.And: _Conversion.condition, t.Or: _Conversion.condition,
    t.Not: _Conversion.negation, t.Piecewise: _Conversion.piecewise, t.Indicator: _Conversion.indicator,
    t.Interval: _Conversion.interval,
}  # fmt: skip
