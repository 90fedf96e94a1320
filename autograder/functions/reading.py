"""A value that came out of the sandbox, read as the arrays that the signature declares: plain type, shape, kind, finite.

What crossed is plain already: subclasses of float or of arrays were reduced to their numbers there, and whatever is no
number was refused. Read as an array is anything that means one: lists and tuples of numbers, NumPy scalars, whole numbers,
torch tensors (with a notice, as NumPy arrays are asked for). Shapes are never adapted: (5, 1) is not (5,).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.functions.draw import Array
from autograder.functions.faults import Fault, Finding
from autograder.functions.signature import Signature, Value, expected_shape, matches
from autograder.sandbox import Tensor

_MOST_NUMBERS = 1 << 21  # of one result; as many float64 fill a reply, while small types could grow eightfold here
_MOST_MISSHAPEN = 1 << 16  # a known mistake may have another shape than the answer, but not another order of size
_EXACT = float(np.finfo(np.float64).eps)
_TENSOR = "returns a torch tensor, which was taken by its numbers; NumPy arrays are asked for."
SINGLE = "returns float32 numbers for float64 input; they were compared with the precision that they have."
_COMPLEX = "returns complex numbers whose imaginary parts are 0 up to rounding; they were taken as real."


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An answer as float arrays, as far as there are such.

    Args:
        results: the arrays; of a wrong shape as well, so that a known mistake can be told.
        eps: the rounding unit of the coarsest.
        finding: what is off with type, shape or finiteness, or None.
        notices: what the student should know.
    """

    results: tuple[Array, ...] | None = None
    eps: float = _EXACT
    finding: Finding | None = None
    notices: tuple[str, ...] = ()


def read(value: Any, signature: Signature, sizes: dict[str, int]) -> Read:
    """Read an answer; `sizes` are those of the arguments."""
    values = _split(value, signature.results)
    if isinstance(values, Finding):
        return Read(finding=values)
    sizes = dict(sizes)
    results: list[Array] = []
    notices: dict[str, None] = {}
    eps, misfit = _EXACT, None
    for declared, item in zip(signature.results, values, strict=True):
        which = f"{declared.name} as " if len(values) > 1 else ""
        array = _array(item, which)
        if isinstance(array, Finding):
            return Read(finding=array)
        if array.size > _MOST_NUMBERS:
            return Read(
                finding=Finding(fault=Fault.SHAPE, said=f"returns {which}{array.size:,} numbers, which are too many")
            )
        if isinstance(item, Tensor):
            notices[_TENSOR] = None
        if array.dtype.kind == "c":
            array, notices[_COMPLEX] = array.real, None
        if array.dtype == np.float32:
            eps = float(np.finfo(np.float32).eps)
        if misfit is None:
            misfit = _misfit(array, declared, sizes, which)
            if misfit is not None and array.size > _MOST_MISSHAPEN:
                return Read(finding=misfit)  # every trial keeps its results, so that these would add up
        results.append(array.astype(np.float64))
    if misfit is not None and misfit.fault is Fault.NOT_FINITE:
        return Read(finding=misfit)
    return Read(results=tuple(results), eps=eps, finding=misfit, notices=tuple(notices))


def _misfit(array: Array, declared: Value, sizes: dict[str, int], which: str) -> Finding | None:
    if not matches(array.shape, declared.shape, sizes):
        wanted = expected_shape(declared.shape, sizes) if declared.shape else "a number"
        return Finding(fault=Fault.SHAPE, said=f"returns {which}{_of_shape(array)}, expected {wanted}")
    if not np.all(np.isfinite(array)):
        said = f"returns {which}numbers that are not finite ({_strange(array)})"
        return Finding(fault=Fault.NOT_FINITE, said=said)
    return None


def _split(value: Any, declared: tuple[Value, ...]) -> tuple[Any, ...] | Finding:
    """The single results of a function that may return several."""
    if value is None:
        return Finding(fault=Fault.NOTHING, said="returns None; is a `return` missing?")
    if len(declared) == 1:
        # One thing inside of a tuple is a comma behind the value, but one number where an array is asked is its only entry.
        if isinstance(value, tuple) and len(value) == 1 and (not declared[0].shape or not _is_number(value[0])):
            return Finding(fault=Fault.TYPE, said="returns a tuple with one element; is there a comma behind it?")
        return (value,)
    names = ", ".join(item.name for item in declared)
    array = value.array if isinstance(value, Tensor) else value
    if isinstance(array, np.ndarray) and array.ndim == 1:
        array = list(array)
    if not isinstance(array, tuple | list):
        return Finding(fault=Fault.TYPE, said=f"returns {_kind(value)}, expected a tuple ({names})")
    if len(array) != len(declared):
        return Finding(fault=Fault.TYPE, said=f"returns {len(array)} values, expected the {len(declared)} ({names})")
    return tuple(array)


def _array(value: Any, which: str) -> Array | Finding:
    if isinstance(value, Tensor):
        value = value.array
    if value is None:
        return Finding(fault=Fault.TYPE, said=f"returns {which}None, expected numbers")
    if isinstance(value, list | tuple):
        if not _only_numbers(value):
            return Finding(fault=Fault.TYPE, said=f"returns {which}{_kind(value)} that does not hold numbers only")
        try:
            value = np.array(value)
        except (ValueError, OverflowError):
            return Finding(fault=Fault.SHAPE, said=f"returns {which}a list whose rows have different lengths")
    if isinstance(value, bool | str | bytes | dict):
        return Finding(fault=Fault.TYPE, said=f"returns {which}{_kind(value)}, expected numbers")
    array = np.asarray(value)
    if array.dtype.kind == "c" and not _is_real(array):
        return Finding(fault=Fault.TYPE, said=f"returns {which}complex numbers, expected real ones")
    if array.dtype.kind not in "iufc" or array.dtype == np.float16:
        return Finding(fault=Fault.TYPE, said=f"returns {which}values of type {array.dtype}, expected float64")
    return array


def _is_real(array: Array) -> bool:
    """Whether the imaginary parts are rounding: `eig` of a symmetric matrix may leave some."""
    bound = np.sqrt(np.finfo(array.dtype).eps) * np.max(np.abs(array.real), initial=0.0)
    return bool(np.all(np.abs(array.imag) <= bound))


def _is_number(value: Any) -> bool:
    return _only_numbers(value) and not isinstance(value, list | tuple) and np.ndim(value) == 0


def _only_numbers(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_only_numbers(item) for item in value)
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "iufc"
    return isinstance(value, int | float | complex) and not isinstance(value, bool)


def _kind(value: Any) -> str:
    words = {bool: "a truth value", str: "a text", bytes: "bytes", dict: "a dictionary", list: "a list"}
    if isinstance(value, np.ndarray):
        return _of_shape(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "a number"
    return words.get(type(value), f"a {type(value).__name__.lower()}")


def _of_shape(array: Array) -> str:
    return f"shape {array.shape}" if array.ndim else "a number"


def _strange(numbers: Array) -> str:
    found = [word for word, test in (("NaN", np.isnan), ("infinity", np.isinf)) if np.any(test(numbers))]
    return " and ".join(found)
