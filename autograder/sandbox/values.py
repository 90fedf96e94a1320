"""The plain values that may cross the border of the sandbox, in either direction."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

# What crosses: None, bool, int, float, complex, str, bytes, list, tuple, dict, NumPy arrays and scalars, `Tensor`.
# A recursive alias would say so to the type checker, but every caller would then have to narrow each level by hand.
Value: TypeAlias = Any
AnyArray: TypeAlias = NDArray[Any]

DTYPES = frozenset(
    {"bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
    | {"float16", "float32", "float64", "complex64", "complex128"}
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tensor:
    """A torch tensor as its numbers; inside the sandbox it is a real tensor, outside only this.

    Args:
        array: the entries, any shape, detached from any graph.
        requires_grad: whether the tensor took part in differentiation.
    """

    array: AnyArray
    requires_grad: bool = False

    def __post_init__(self) -> None:
        if type(self.array) is not np.ndarray or self.array.dtype.name not in DTYPES:
            raise TypeError(f"Tensor(array={type(self.array).__name__}): a plain NumPy array of numbers is needed")


class Unsupported(Exception):  # a verdict on a value, not a fault of the program
    """A value cannot cross; the text says what it is and what to return instead."""
