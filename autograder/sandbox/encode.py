"""Values written as frames. Runs on both sides; only what `wire.unpack` makes of the result is ever believed."""

import json
import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.sandbox.values import DTYPES, AnyArray, Tensor, Unsupported, Value
from autograder.sandbox.wire import HEAD, MAGIC, MAX_DEPTH, MAX_HEADER, MAX_HEX_DIGITS, MAX_NODES

_LONG_TEXT = 1024  # above this a text travels as a buffer, outside the header's cap
_PACKED_LIST = 16  # a list of at least so many floats travels as one buffer
_HEADER = json.JSONEncoder(allow_nan=False, separators=(",", ":"))
# The names of types whose bytes lie as they are sent, the lowest first.
_AS_SENT = {np.dtype(name).newbyteorder("<"): name for name in sorted(DTYPES)}
_ACCEPTED = "return numbers, texts, lists, tuples, dictionaries, NumPy arrays or tensors"


def pack(kind: str, value: Value, limit: int) -> bytes:
    """Write one frame.

    Raises:
        Unsupported: a part of `value` cannot cross, or the frame would be larger than `limit` bytes.
    """
    writer = _Writer(limit=limit)
    tree = writer.write(value, 0)
    header = _HEADER.encode({"kind": kind, "value": tree, "buffers": writer.descriptions}).encode("ascii")
    if len(header) > MAX_HEADER:
        raise Unsupported("it has too many parts; return an array instead of nested lists")
    return b"".join((HEAD.pack(MAGIC, len(header), writer.size), header, *writer.buffers))


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Turns a value into a tree and buffers, counting as it goes."""

    limit: int
    buffers: list[bytes] = field(default_factory=list)
    descriptions: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    size: int = 0
    nodes: int = 0

    def write(self, value: Value, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH:
            raise Unsupported(f"it is nested more than {MAX_DEPTH} levels deep")
        if self.nodes > MAX_NODES:
            raise Unsupported("it has too many parts; return an array instead of nested lists")
        kind = type(value)  # what nearly everything is, told at once
        if value is None or kind is bool or (kind is str and len(value) <= _LONG_TEXT and value.isascii()):
            return value
        if kind is np.ndarray:
            return ["array", self._array(value)]
        # NumPy's float64 is a subclass of float and must stay distinguishable from it, so scalars come first.
        if isinstance(value, np.generic) and value.dtype.name in DTYPES:
            return ["scalar", self._array(np.asarray(value))]
        match value:  # subclasses are written as the plain value underneath
            case None | bool():
                return value
            case int():
                return self._integer(value)
            case float():
                return ["float", float.hex(value)]
            case complex():
                return ["complex", float.hex(complex(value).real), float.hex(complex(value).imag)]
            case str():
                return self._text(value)
            case bytes():
                return ["bytes", self._buffer("bytes", (len(value),), bytes(value))]
            case list():
                return self._list(value, depth)
            case tuple():
                return ["tuple", *(self.write(item, depth + 1) for item in tuple(value))]
            case dict():
                return self._dictionary(value, depth)
            case _:
                return self._numbers(value)

    def _numbers(self, value: Value) -> Any:
        if isinstance(value, np.ndarray):
            if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
                raise Unsupported("it is a masked array with masked entries; return value.filled(...)")
            return ["array", self._array(value)]
        if isinstance(value, Tensor):
            return ["tensor", self._array(value.array), value.requires_grad]
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            return self._torch(value)
        raise Unsupported(f"it is {_described(value)}; {_ACCEPTED}")

    def _integer(self, value: int) -> Any:
        plain = int.__index__(value)
        if abs(plain) < 2**63:
            return plain
        if plain.bit_length() > 4 * (MAX_HEX_DIGITS - 3):
            raise Unsupported("an integer has too many digits")
        return ["int", hex(plain)]

    def _text(self, value: str) -> Any:
        plain = str.__str__(value)
        try:
            encoded = plain.encode("utf-8")
        except UnicodeEncodeError:
            raise Unsupported("a text has an unpaired surrogate, which is no character") from None
        return plain if len(encoded) <= _LONG_TEXT else ["text", self._buffer("bytes", (len(encoded),), encoded)]

    def _list(self, value: list[Value], depth: int) -> Any:
        items = list(value)
        if len(items) >= _PACKED_LIST and all(type(item) is float for item in items):
            packed = np.array(items, "<f8")
            return ["floats", self._buffer("float64", packed.shape, packed.tobytes())]
        return ["list", *(self.write(item, depth + 1) for item in items)]

    def _dictionary(self, value: dict[Value, Value], depth: int) -> Any:
        tree: list[Any] = ["dict"]
        for key, item in dict(value).items():
            tree += (self.write(_plain_key(key), depth + 1), self.write(item, depth + 1))
        return tree

    def _torch(self, value: Any) -> Any:
        if value.layout is not sys.modules["torch"].strided:
            raise Unsupported("it is a sparse tensor; return value.to_dense()")
        if str(value.dtype).removeprefix("torch.") not in DTYPES:
            raise Unsupported(f"it is a tensor of {value.dtype}; convert it to float32 or float64")
        self._check(value.numel() * value.element_size())
        plain = value.detach().cpu().resolve_conj().resolve_neg().numpy()
        return ["tensor", self._array(plain), bool(value.requires_grad)]

    def _array(self, value: AnyArray) -> int:
        # Only the size of a broadcast view is known to be honest, so it is judged before anything is copied.
        self._check(value.size * value.itemsize)
        plain = np.ndarray.view(value, np.ndarray) if type(value) is not np.ndarray else value
        if (as_sent := _AS_SENT.get(plain.dtype)) is not None:
            return self._buffer(as_sent, plain.shape, plain.tobytes())
        name = plain.dtype.name
        if name not in DTYPES:
            raise Unsupported(f"it is an array of dtype {name}; return an array of numbers")
        return self._buffer(name, plain.shape, plain.astype(plain.dtype.newbyteorder("<"), copy=False).tobytes())

    def _buffer(self, dtype: str, shape: tuple[int, ...], data: bytes) -> int:
        self._check(len(data))
        self.buffers.append(data)
        self.descriptions.append((dtype, shape))
        self.size += len(data)
        return len(self.buffers) - 1

    def _check(self, more: int) -> None:
        if self.size + more > self.limit:
            raise Unsupported(f"it is larger than the {self.limit:,} bytes allowed")


def _plain_key(key: Value) -> Value:
    if isinstance(key, np.generic):
        key = key.item()
    if key is None or isinstance(key, bool | int | float | str):
        return key
    if isinstance(key, tuple):
        return tuple(_plain_key(item) for item in key)
    raise Unsupported(f"a dictionary has a key that is {_described(key)}; use numbers, texts or tuples of these")


def _described(value: object) -> str:
    """Name a value for a message: what students return by mistake gets its own word."""
    if callable(value) and hasattr(value, "__name__"):
        return f"the function or class `{value.__name__}` itself (are the brackets of a call missing?)"
    name = type(value).__name__
    hints = {
        "coroutine": "a coroutine, since the function begins with `async def` (leave out `async`)",
        "generator": "a generator, since the function has a `yield` (collect the values and return them)",
        "set": "a set, which has no order (put sorted(...) around it)",
        "module": "a module",
        "range": "a range (put list(...) around it)",
        "map": "a map (put list(...) around it)",
        "zip": "a zip (put list(...) around it)",
    }
    return hints.get(name, f"of type `{name}`")
