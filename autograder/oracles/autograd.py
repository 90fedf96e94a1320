"""The slopes of an oracle by torch instead of by differences: the same losses, as they are written, differentiated.

An oracle states a loss in plain Python and NumPy and measures its `slope`. Inside `by_autograd` that slope is what torch's
automatic differentiation makes of the very same function: NumPy hands its operations to the traced value, and `float(...)`
and `math` are replaced, since they would cut the derivative off.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from autograder.errors import AuthorError
from autograder.oracles import calculus

_RENAMED = {"power": "pow", "equal": "eq", "split": "tensor_split"}  # where torch has another name
_MATH = {function: getattr(np, name, None) for name, function in vars(math).items() if callable(function)}


@contextmanager
def by_autograd() -> Iterator[list[int]]:
    """Measure slopes by torch; the list that is given counts them in its only entry."""
    count = [0]

    def derivative(function: Callable[[Any], Any], at: Any) -> Any:
        count[0] += 1
        return gradient(function, at)

    token = calculus.instead.set(derivative)
    try:
        yield count
    finally:
        calculus.instead.reset(token)


def gradient(function: Callable[[Any], Any], at: Any) -> Any:
    """The gradient of a function that is written for NumPy, in the shape of `at`.

    Raises:
        AuthorError: the function does something that torch cannot follow.

    >>> gradient(lambda x: float(np.sum(x**3)), np.array([1.0, 2.0])).tolist()
    [3.0, 12.0]
    """
    leaf = torch.tensor(np.asarray(at, dtype=float), requires_grad=True)
    value = _Copies().of(function)(Traced(leaf))
    if isinstance(value, Traced) and value.tensor.requires_grad:
        value.tensor.sum().backward()
    return np.zeros(leaf.shape) if leaf.grad is None else leaf.grad.numpy().copy()


def measures_slopes(oracle: object) -> bool:
    """Whether an oracle's functions measure a slope anywhere."""
    by = getattr(oracle, "by", None)
    functions = by.values() if isinstance(by, Mapping) else (by,)
    seen: set[int] = set()
    return any(_reaches(function, seen) for function in functions)


def _reaches(value: object, seen: set[int]) -> bool:
    if value is calculus.slope:
        return True
    if not isinstance(value, types.FunctionType) or id(value) in seen or not _is_of_a_course(value):
        return False
    seen.add(id(value))
    return any(_reaches(inner, seen) for inner in _used(value))


def _used(function: types.FunctionType) -> Iterator[object]:
    """What a function and the functions inside it refer to."""
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        codes += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
        for name in code.co_names:
            value = function.__globals__.get(name)
            yield value
            if isinstance(value, types.ModuleType):
                yield from (getattr(value, other, None) for other in code.co_names)
    yield from (cell.cell_contents for cell in function.__closure__ or ())


def _is_of_a_course(function: types.FunctionType) -> bool:
    return not function.__module__.startswith(("numpy", "sympy", "torch", "scipy"))


class _Copies:
    """Functions with `float` and `math` replaced, in themselves and in what they call; modules stay as they are."""

    def __init__(self) -> None:
        self._made: dict[int, Any] = {}

    def of(self, value: Any) -> Any:
        """The copy of a function; other values as they are, `float` and `math` replaced."""
        if value is float:
            return lambda number: number if isinstance(number, Traced) else float(number)
        if value is math:
            return types.SimpleNamespace(**{name: self.of(one) for name, one in vars(math).items()})
        if isinstance(value, types.BuiltinFunctionType) and _MATH.get(value) is not None:
            return _MATH[value]
        if not isinstance(value, types.FunctionType) or not _is_of_a_course(value) or value is calculus.slope:
            return value
        if id(value) not in self._made:
            cells = tuple(types.CellType() for _ in value.__closure__ or ())
            space = dict(value.__globals__)
            copy = types.FunctionType(value.__code__, space, value.__name__, value.__defaults__, cells or None)
            copy.__kwdefaults__ = value.__kwdefaults__
            self._made[id(value)] = copy
            for name, one in value.__globals__.items():
                if name in _names(value.__code__):
                    space[name] = self.of(one)
            space["float"] = self.of(float)
            for cell, old in zip(cells, value.__closure__ or (), strict=True):
                cell.cell_contents = self.of(old.cell_contents)
        return self._made[id(value)]


def _names(code: types.CodeType) -> set[str]:
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return set(code.co_names).union(*map(_names, inner))


class Traced(np.lib.mixins.NDArrayOperatorsMixin):
    """A torch tensor to which NumPy hands its operations."""

    def __init__(self, tensor: Any) -> None:
        self.tensor = tensor

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """One operation of NumPy, done by torch."""
        if method != "__call__" or options:
            raise AuthorError(f"torch does not follow numpy.{ufunc.__name__}.{method} with {sorted(options)}.")
        return _done(torch, ufunc.__name__, tuple(map(_number, inputs)), {})

    def __array_function__(self, function: Any, types_: Any, args: Any, options: Any) -> Any:
        """One function of NumPy, done by torch."""
        del types_
        place = torch.linalg if "linalg" in function.__module__ else torch
        return _done(place, function.__name__, args, options)

    def __getitem__(self, place: Any) -> Traced:
        return Traced(self.tensor[place])

    def __iter__(self) -> Iterator[Traced]:
        return (Traced(one) for one in self.tensor)

    def __len__(self) -> int:
        return len(self.tensor)

    def __bool__(self) -> bool:
        return bool(self.tensor)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape, as NumPy says it."""
        return tuple(self.tensor.shape)

    @property
    def size(self) -> int:
        """The number of entries."""
        return int(self.tensor.numel())

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return int(self.tensor.ndim)

    @property
    def T(self) -> Traced:
        """The transpose; a vector is its own."""
        return Traced(self.tensor.T if self.tensor.ndim == 2 else self.tensor)

    def sum(self, axis: int | None = None) -> Any:
        """The sum over all entries, or along an axis."""
        return _done(torch, "sum", (self,), {} if axis is None else {"axis": axis})

    def mean(self, axis: int | None = None) -> Any:
        """The mean over all entries, or along an axis."""
        return _done(torch, "mean", (self,), {} if axis is None else {"axis": axis})

    def reshape(self, *shape: Any) -> Traced:
        """The same entries in another shape."""
        return Traced(self.tensor.reshape(*shape))

    def ravel(self) -> Traced:
        """The same entries in one row."""
        return Traced(self.tensor.reshape(-1))

    def item(self) -> Traced:
        """The only entry, still followed."""
        return Traced(self.tensor.reshape(()))


def _done(place: Any, name: str, args: Any, options: Mapping[str, Any]) -> Any:
    function = getattr(place, _RENAMED.get(name, name), None)
    if function is None:
        raise AuthorError(f"torch has no {name!r}, which NumPy calls so.")
    given = [_tensor(one) for one in args]
    if name in ("sum", "mean") and given[0].dtype == torch.bool:
        given[0] = given[0].double()
    try:
        found = function(*given, **{key: _tensor(value) for key, value in options.items()})
    except (TypeError, RuntimeError) as error:
        raise AuthorError(f"torch does not follow numpy's {name}: {str(error).splitlines()[0]}") from error
    if isinstance(found, tuple | list):
        return [Traced(one) for one in found]
    return Traced(found) if isinstance(found, torch.Tensor) else found


def _tensor(value: Any) -> Any:
    """What torch takes in the place of a value of NumPy's; numbers stay, since they may be sizes."""
    if isinstance(value, Traced):
        return value.tensor
    if isinstance(value, list | tuple) and any(isinstance(one, Traced) for one in value):
        return [_tensor(one) for one in value]
    return torch.as_tensor(np.asarray(value)) if isinstance(value, np.ndarray | np.generic) else value


def _number(value: Any) -> Any:
    """A number that is combined with a traced one; torch's `maximum` wants tensors."""
    return np.float64(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
