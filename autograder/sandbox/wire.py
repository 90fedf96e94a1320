"""Frames: values as bytes, read strictly and without ever building an object that could act.

A frame is a fixed head, a JSON header and raw buffers. The header is `{"kind": str, "value": tree, "buffers": [...]}`;
each buffer is described there as `[dtype, shape]`, out of band, and must have exactly the bytes that this implies.
In a tree, null, booleans, integers and strings stand for themselves and everything else is a list that begins with its
tag, dictionaries included: so no dictionary of a student can look like a tag. The reader is trusted, the writer is not.
"""

import json
import math
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from autograder.sandbox.values import DTYPES, AnyArray, Tensor, Value

HEAD = struct.Struct("<4sIQ")
MAGIC = b"AGW1"

MAX_DEPTH = 60
MAX_NODES = 200_000
MAX_TUPLE_KEYS = 1_000  # the hash of a tuple of integers can be forged: many equal ones make a dictionary quadratic
MAX_RANK = 32
MAX_INTEGER_DIGITS = 20
MAX_HEX_DIGITS = 3_500  # below the 4300 decimal digits that Python prints: a longer one would break every message
MAX_HEADER = 2 * 1024 * 1024

_AS_SENT = {name: np.dtype(name).newbyteorder("<") for name in DTYPES}
_ITEM_SIZES = {"bytes": 1, **{name: dtype.itemsize for name, dtype in _AS_SENT.items()}}
_FLOAT = re.compile(r"-?(0x[01]\.[0-9a-f]{1,13}p[+-][0-9]{1,4}|inf)|nan")
_HEX = re.compile(r"-?0x[0-9a-f]+")


class WireError(ValueError):
    """A frame is malformed; the text says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One frame: what it is, and its value."""

    kind: str
    value: Value


def body_size(head: bytes, limit: int) -> int:
    """Return how many bytes follow this head.

    Raises:
        WireError: it is no head, or announces more than `limit` bytes.
    """
    magic, header, payload = HEAD.unpack(head)
    if magic != MAGIC:
        raise WireError("the frame does not begin as one")
    if header > MAX_HEADER or payload > limit:
        raise WireError(f"the frame is larger than {limit:,} bytes")
    size: int = header + payload
    return size


def unpack(frame: bytes | bytearray, tensor: Callable[[AnyArray, bool], Value] | None = None) -> Message:
    """Read one whole frame.

    Args:
        tensor: makes the value for a tensor; inside the sandbox that is a real one.

    Raises:
        WireError: anything about the frame is not as it must be.
    """
    view = memoryview(frame)
    if len(view) < HEAD.size:
        raise WireError("the frame is too short")
    _, header_size, payload_size = HEAD.unpack(view[: HEAD.size])
    if body_size(bytes(view[: HEAD.size]), len(view)) != len(view) - HEAD.size:
        raise WireError("the frame has not the length that it announces")
    header = _header(bytes(view[HEAD.size : HEAD.size + header_size]))
    payload = view[HEAD.size + header_size :]
    reader = _Reader(buffers=_split(header["buffers"], payload, payload_size), tensor=tensor or _plain_tensor)
    value = reader.read(header["value"], 0)
    if reader.buffers:
        raise WireError("the frame carries a buffer that nothing refers to")
    return Message(kind=header["kind"], value=value)


def _plain_tensor(array: AnyArray, requires_grad: bool) -> Tensor:  # noqa: FBT001  # one private call
    return Tensor(array=array, requires_grad=requires_grad)


def _header(raw: bytes) -> dict[str, Any]:
    try:
        parsed = _STRICT.decode(raw.decode("ascii"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise WireError(f"the header is not JSON ({type(error).__name__})") from None
    if type(parsed) is not dict or set(parsed) != {"kind", "value", "buffers"}:
        raise WireError("the header has not the three entries that it must have")
    if type(parsed["kind"]) is not str or type(parsed["buffers"]) is not list:
        raise WireError("the header's entries are not of the right type")
    return parsed


def _integer(digits: str) -> int:
    if len(digits) > MAX_INTEGER_DIGITS:
        raise WireError("an integer in the header has too many digits")
    return int(digits)


def _no_number(text: str) -> None:
    raise WireError(f"the header holds the number {text[:20]}")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise WireError("the header names an entry twice")
    return dict(pairs)


_STRICT = json.JSONDecoder(
    parse_int=_integer, parse_float=_no_number, parse_constant=_no_number, object_pairs_hook=_pairs
)


def _split(described: list[Any], payload: memoryview, size: int) -> dict[int, tuple[str, tuple[int, ...], memoryview]]:
    """Cut the payload into buffers, each exactly as long as its dtype and shape say."""
    if len(described) > MAX_NODES:
        raise WireError("the frame has too many buffers")
    buffers: dict[int, tuple[str, tuple[int, ...], memoryview]] = {}
    start = 0
    for index, item in enumerate(described):
        dtype, shape = _description(item)
        nbytes = math.prod(shape) * _ITEM_SIZES[dtype]
        if nbytes > size - start:
            raise WireError("a buffer is longer than the frame")
        buffers[index] = (dtype, shape, payload[start : start + nbytes])
        start += nbytes
    if start != size:
        raise WireError("the buffers do not fill the frame")
    return buffers


def _description(item: Any) -> tuple[str, tuple[int, ...]]:
    if type(item) is not list or len(item) != 2:
        raise WireError("a buffer is not described by its dtype and shape")
    dtype, shape = item
    if type(dtype) is not str or dtype not in _ITEM_SIZES:
        raise WireError("a buffer has a dtype that is not accepted")
    if type(shape) is not list or len(shape) > MAX_RANK:
        raise WireError("a buffer has a shape that is not accepted")
    product = 1
    for size in shape:
        if type(size) is not int or size < 0:
            raise WireError("a buffer has a shape that is not accepted")
        product *= size or 1
    if product >= 2**48:  # together with an empty dimension the others could be anything: bounded as NumPy does
        raise WireError("a buffer has a shape that is not accepted")
    return dtype, tuple(shape)


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads a tree; each buffer may be taken once, so that a small frame cannot describe a huge value."""

    buffers: dict[int, tuple[str, tuple[int, ...], memoryview]]
    tensor: Callable[[AnyArray, bool], Value]
    nodes: int = 0
    tuple_keys: int = 0

    def read(self, node: Any, depth: int) -> Value:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("the value has too many parts")
        kind = type(node)
        if node is None or kind is int or kind is bool:
            return node
        if kind is str:
            return _text(node)
        if kind is not list or not node or type(node[0]) is not str:
            raise WireError("the value has a part without a tag")
        return self._tagged(node, depth)

    def _tagged(self, node: list[Any], depth: int) -> Value:
        match node:  # what comes most often stands first
            case ["array", int(index)]:
                return self._array(index)
            case ["float", str(text)]:
                return _number(text)
            case ["dict", *rest]:
                return self._dictionary(rest, depth)
            case ["list", *rest]:
                return [self.read(item, depth + 1) for item in rest]
            case ["tuple", *rest]:
                return tuple([self.read(item, depth + 1) for item in rest])
            case ["scalar", int(index)]:
                return self._scalar(index)
            case ["complex", str(real), str(imaginary)]:
                return complex(_number(real), _number(imaginary))
            case ["int", str(text)]:
                return _large_integer(text)
            case [("bytes" | "text" | "floats") as tag, int(index)]:
                return self._sequence(tag, index)
            case ["tensor", int(index), bool(requires_grad)]:
                return self.tensor(self._array(index), requires_grad)
            case _:
                raise WireError("the value has a part with an unknown tag")

    def _dictionary(self, rest: list[Any], depth: int) -> dict[Value, Value]:
        if len(rest) % 2:
            raise WireError("a dictionary has a key without a value")
        result: dict[Value, Value] = {}
        for key_node, value_node in zip(rest[::2], rest[1::2], strict=True):
            key = self._key(key_node, depth + 1)
            if key in result:
                raise WireError("a dictionary has a key twice")
            result[key] = self.read(value_node, depth + 1)
        return result

    def _key(self, node: Any, depth: int) -> Value:
        if type(node) is list and node and node[0] == "tuple":
            self.tuple_keys += 1
            if self.tuple_keys > MAX_TUPLE_KEYS:
                raise WireError("the value has too many tuples as keys")
            return tuple(self._key(item, depth + 1) for item in node[1:])
        if type(node) is list and (not node or node[0] != "float"):
            raise WireError("a dictionary has a key that is not a number, a text or a tuple of these")
        key = self.read(node, depth)
        if type(key) is int and abs(key) >= 2**63:
            raise WireError("a dictionary has an integer key with too many digits")
        return key

    def _take(self, index: int) -> tuple[str, tuple[int, ...], memoryview]:
        taken = self.buffers.pop(index, None)
        if taken is None or type(index) is not int:
            raise WireError("the value refers to a buffer that is not there")
        return taken

    def _sequence(self, tag: str, index: int) -> bytes | str | list[float]:
        dtype, shape, raw = self._take(index)
        if dtype != ("float64" if tag == "floats" else "bytes") or len(shape) != 1:
            raise WireError("a buffer is not of the kind that the value says")
        if tag == "floats":
            floats: list[float] = np.frombuffer(raw, "<f8").tolist()
            return floats
        if tag == "bytes":
            return bytes(raw)
        try:
            return bytes(raw).decode("utf-8")
        except UnicodeDecodeError:
            raise WireError("a text is not UTF-8") from None

    def _array(self, index: int) -> AnyArray:
        dtype, shape, raw = self._take(index)
        if dtype == "bytes":
            raise WireError("a buffer is not of the kind that the value says")
        if dtype == "bool" and not set(bytes(raw)) <= {0, 1}:
            raise WireError("a boolean array holds bytes other than 0 and 1")
        # The copy is writable, aligned, and independent of the frame.
        return np.frombuffer(raw, _AS_SENT[dtype]).reshape(shape).astype(dtype, copy=True)

    def _scalar(self, index: int) -> np.generic:
        array = self._array(index)
        if array.shape != ():
            raise WireError("a scalar has a shape")
        return cast("np.generic", array[()])


def _text(text: str) -> str:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise WireError("a text has an unpaired surrogate")
    return text


def _number(text: str) -> float:
    if not _FLOAT.fullmatch(text):
        raise WireError("a float is not written as one")
    try:
        return float.fromhex(text)
    except OverflowError:
        raise WireError("a float is too large") from None


def _large_integer(text: str) -> int:
    if len(text) > MAX_HEX_DIGITS or not _HEX.fullmatch(text):
        raise WireError("an integer is not written as one")
    return int(text, 16)
