"""Which spelling means which function: plain tables."""

from __future__ import annotations

from typing import Literal

SIMPLE = {
    "ln": "ln", "log": "ln", "Log": "ln", "exp": "exp", "sqrt": "sqrt", "abs": "abs", "Abs": "abs", "fabs": "abs",
    "absolute": "abs", "sign": "sign", "sgn": "sign", "floor": "floor", "ceil": "ceil", "ceiling": "ceil",
    "factorial": "factorial", "sin": "sin", "cos": "cos", "tan": "tan", "asin": "asin", "arcsin": "asin",
    "acos": "acos", "arccos": "acos", "atan": "atan", "arctan": "atan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "relu": "relu", "ReLU": "relu", "Relu": "relu", "RELU": "relu", "step": "step",
    "heaviside": "step", "Heaviside": "step", "unitstep": "step", "UnitStep": "step", "sigmoid": "sigmoid",
    "erf": "erf", "normcdf": "normcdf", "trace": "trace", "tr": "trace", "Tr": "trace", "Trace": "trace",
    "det": "det", "Det": "det", "Determinant": "det", "Max": "max", "max": "max", "maximum": "max", "Min": "min",
    "min": "min", "minimum": "min", "drelu": "step",
    "positive_part": "relu",
}  # fmt: skip
"""Typed name to canonical function, for functions whose arguments stay as they are."""

STEPS = frozenset({"H", "Theta", "theta", "u"})
"""Letters for the unit step, where they are not declared and a bracket follows."""

SUMS = frozenset({"sum", "Sum", "summation", "prod", "Product", "product"})
MEANS = frozenset({"mean", "Mean", "average", "avg", "bar"})
TRANSPOSES = frozenset({"transpose", "trans", "Transpose", "adjoint"})
INVERSES = frozenset({"inv", "inverse", "Inverse"})
MATRICES = frozenset({"Matrix", "array", "ImmutableMatrix", "matrix", "tensor", "asarray", "vector", "Vector", "bmat",
    "block", "BlockMatrix"})  # fmt: skip
STACKS = {
    "vstack": True,
    "row_stack": True,
    "hstack": False,
    "column_stack": False,
    "concatenate": True,
    "concat": True,
    "cat": True,
}
PRODUCTS = frozenset({"dot", "inner", "matmul", "outer", "vdot", "inner_product"})
CHAINS = frozenset({"Mul", "MatMul", "Add", "MatAdd"})
IDENTITIES = frozenset({"I", "eye", "Identity", "identity", "Id"})
CONSTANT_ARRAYS: dict[str, Literal[0, 1]] = {"zeros": 0, "ZeroMatrix": 0, "ones": 1, "OneMatrix": 1}
RELATIONS = {"Lt": "<", "Le": "<=", "Gt": ">", "Ge": ">=", "Eq": "=", "Ne": "!=", "StrictLessThan": "<",
    "LessThan": "<=", "StrictGreaterThan": ">", "GreaterThan": ">="}  # fmt: skip
CONDITIONS = frozenset({"And", "Or", "Not", "logical_and", "logical_or", "logical_not"})
SETS = frozenset({"Interval", "Union", "FiniteSet"})
CASES = frozenset({"Piecewise", "where", "Indicator", "indicator"})
NUMBERS = frozenset({"Rational", "Integer", "Float", "S", "Fraction", "float"})
LOGICAL = frozenset({*CONDITIONS, *RELATIONS, *SETS, *CASES})
"""What the module `conditions` reads."""

POWERS = frozenset({"pow", "power", "Pow", "root", "cbrt", "square", "log2", "log10", "lg", "log1p",
    "norm", "norm2", "solve", "pinv", "lstsq", "len"})  # fmt: skip

ALL = frozenset(
    {*SIMPLE, *SUMS, *MEANS, *TRANSPOSES, *INVERSES, *MATRICES, *STACKS, *PRODUCTS, *CHAINS, *IDENTITIES, *CONSTANT_ARRAYS,
     *RELATIONS, *CONDITIONS, *SETS, *CASES, *NUMBERS, *POWERS}
)  # fmt: skip
"""Every typed name that is read as a function when an argument follows."""

CLOSING_WORDS = frozenset({"if", "else", "otherwise", "to", "for", "where", "when", "while", "provided", "U", "u"})
"""Words that end an operand: nothing is multiplied with them."""
