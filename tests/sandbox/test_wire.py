"""The border's reader: what was written comes back, and nothing else gets in."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.sandbox.encode import pack
from autograder.sandbox.values import DTYPES, Tensor, Unsupported
from autograder.sandbox.wire import HEAD, MAGIC, MAX_TUPLE_KEYS, Message, WireError, body_size, unpack

LIMIT = 1 << 20

_floats = st.floats(allow_nan=False)
_keys = st.one_of(st.none(), st.booleans(), st.integers(-(2**62), 2**62), _floats, st.text(max_size=20))
_leaves = st.one_of(
    _keys, st.integers(), st.complex_numbers(allow_nan=False), st.binary(max_size=40), st.text(max_size=3000)
)
_values = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.lists(inner, max_size=5).map(tuple),
        st.dictionaries(_keys, inner, max_size=5),
        st.lists(_floats, min_size=16, max_size=40),
    ),
    max_leaves=20,
)


def frame(value, *, kind="k", buffers=(), payload=b"", header=None):
    """Write a frame by hand, as a hostile writer would."""
    text = json.dumps({"kind": kind, "value": value, "buffers": list(buffers)}) if header is None else header
    raw = text if isinstance(text, bytes) else text.encode()
    return HEAD.pack(MAGIC, len(raw), len(payload)) + raw + payload


@given(_values)
def test_plain_values_come_back_equal_and_of_the_same_type(value):
    """Every plain value survives the way through a frame, types included."""
    back = unpack(pack("kind", value, LIMIT))
    assert back == Message(kind="kind", value=value)
    assert repr(back.value) == repr(value)


@given(arrays.arrays(st.sampled_from(sorted(DTYPES)), arrays.array_shapes(min_dims=0, max_dims=4, min_side=0)))
def test_arrays_come_back_with_dtype_shape_and_bits(array):
    """An array of any accepted dtype keeps dtype, shape and every bit, NaN and negative zero included."""
    back = unpack(pack("k", {"a": [array]}, LIMIT)).value["a"][0]
    assert type(back) is np.ndarray
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())
    assert back.flags.writeable


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.0])
def test_special_floats_come_back(value):
    """NaN, the infinities and negative zero are values like any other, though JSON has no words for them."""
    assert repr(unpack(pack("k", value, LIMIT)).value) == repr(value)


def test_scalars_and_tensors_keep_their_kind():
    """A NumPy scalar stays one, and a tensor comes back as its numbers and whether it needs a gradient."""
    scalar, tensor = unpack(pack("k", [np.float32(1.5), Tensor(array=np.arange(3), requires_grad=True)], LIMIT)).value
    assert type(scalar) is np.float32
    assert scalar == np.float32(1.5)
    assert (tensor.array.tolist(), tensor.requires_grad) == ([0, 1, 2], True)


def test_strided_and_foreign_byte_orders_become_plain_arrays():
    """Views with strides and big-endian arrays arrive as the same numbers in native order."""
    array = np.arange(12, dtype=">i4").reshape(3, 4)[::2, ::-1]
    back = unpack(pack("k", array, LIMIT)).value
    assert back.dtype == np.dtype("int32")
    assert back.tolist() == array.tolist()


def test_a_dictionary_that_imitates_a_tag_stays_a_dictionary():
    """No dictionary or list of a student can be mistaken for the wire's own notation."""
    value = [{"kind": "returned", "value": ["array", 0]}, ["array", 0], ["list"], ("dict", 1)]
    assert unpack(pack("k", value, LIMIT)).value == value


class _Plain(float):
    __slots__ = ()

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_subclasses_cross_as_the_plain_value_underneath():
    """Classes derived from plain types lose their methods at the border."""
    back = unpack(pack("k", [_Plain(2.0), np.matrix([[1, 2]])], LIMIT)).value
    assert [type(item) for item in back] == [float, np.ndarray]
    assert back[0] == 2.0
    assert back[1].shape == (1, 2)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (object(), "of type `object`"),
        (lambda: 0, "brackets of a call missing"),
        (float, "brackets of a call missing"),
        ({1, 2}, "sorted"),
        ((i for i in "ab"), "generator"),
        (math, "module"),
        (np.array(["a"]), "dtype str"),
        (np.array([None]), "dtype object"),
        (np.array([1.0], dtype=np.longdouble), "dtype"),
        (np.ma.masked_array([1, 2], [True, False]), "filled"),
        ({b"k": 1}, "key"),
        ("\ud800", "surrogate"),
        pytest.param(1 << 400_000, "digits", id="huge"),
        (np.broadcast_to(np.zeros(1), (10**6, 10**6)), "larger"),
        (bytes(LIMIT + 1), "larger"),
    ],
)
def test_what_cannot_cross_is_refused_with_a_reason(value, said):
    """Each kind of value that cannot cross is named, with what to return instead where that is known."""
    with pytest.raises(Unsupported, match=said):
        pack("k", value, LIMIT)


def test_a_list_inside_itself_is_refused():
    """A cycle ends at the bound on depth, not in an endless loop."""
    cycle = []
    cycle.append(cycle)
    with pytest.raises(Unsupported, match="levels deep"):
        pack("k", cycle, LIMIT)


HOSTILE = {
    "empty": b"",
    "another magic": HEAD.pack(b"XXXX", 0, 0),
    "short": frame(1)[:-1],
    "long": frame(1) + b"x",
    "header not json": frame(0, header=b"{"),
    "header utf-16": frame(0, header="{}".encode("utf-16")),
    "header a list": frame(0, header="[1,2,3]"),
    "header with a duplicate key": frame(0, header='{"kind":"a","kind":"b","value":1,"buffers":[]}'),
    "header with one key too many": frame(0, header='{"kind":"a","more":1,"value":1,"buffers":[]}'),
    "kind not a text": frame(1, kind=1),
    "deep json": frame(0, header='{"kind":"a","buffers":[],"value":' + "[" * 200_000 + "]" * 200_000 + "}"),
    "deep value": frame(eval("['list'," * 100 + "1" + "]" * 100)),
    "NaN": frame(math.nan),
    "Infinity": frame(-math.inf),
    "json float": frame(1.5),
    "long integer": frame(0, header='{"kind":"a","buffers":[],"value":' + "9" * 5000 + "}"),
    "untagged list": frame([1, 2]),
    "object": frame({"a": 1}),
    "unknown tag": frame(["pickle", "x"]),
    "float not hex": frame(["float", "1_0"]),
    "float too large": frame(["float", "0x1.0p+9999"]),
    "int not hex": frame(["int", "0x"]),
    "lone surrogate": frame("\ud800"),
    "odd dictionary": frame(["dict", "a"]),
    "repeated key": frame(["dict", "a", 1, "a", 2]),
    "equal keys": frame(["dict", 1, 1, True, 2]),
    "list as key": frame(["dict", ["list", 1], 1]),
    "large integer as key": frame(["dict", 10**19, 1]),
    "missing buffer": frame(["array", 0]),
    "negative index": frame(["array", -1], buffers=[["uint8", [1]]], payload=b"x"),
    "boolean index": frame(["array", True], buffers=[["uint8", [0]], ["uint8", [1]]], payload=b"x"),
    "buffer used twice": frame(["list", ["array", 0], ["array", 0]], buffers=[["uint8", [1]]], payload=b"x"),
    "buffer unused": frame(1, buffers=[["uint8", [1]]], payload=b"x"),
    "object dtype": frame(["array", 0], buffers=[["object", [1]]], payload=b"x" * 8),
    "structured dtype": frame(["array", 0], buffers=[["i4,i4", [1]]], payload=b"x" * 8),
    "shape too large": frame(["array", 0], buffers=[["uint8", [2**40]]], payload=b"x"),
    "shape overflow": frame(["array", 0], buffers=[["uint8", [0, 2**62, 2**62]]]),
    "shape negative": frame(["array", 0], buffers=[["uint8", [-1, -1]]], payload=b"x"),
    "shape of booleans": frame(["array", 0], buffers=[["uint8", [True]]], payload=b"x"),
    "rank too high": frame(["array", 0], buffers=[["uint8", [1] * 65]], payload=b"x"),
    "scalar with shape": frame(["scalar", 0], buffers=[["uint8", [1]]], payload=b"x"),
    "bytes as array": frame(["array", 0], buffers=[["bytes", [1]]], payload=b"x"),
    "array as bytes": frame(["bytes", 0], buffers=[["uint8", [1]]], payload=b"x"),
    "text not utf-8": frame(["text", 0], buffers=[["bytes", [1]]], payload=b"\xff"),
    "boolean of 2": frame(["array", 0], buffers=[["bool", [1]]], payload=b"\x02"),
    "tensor without flag": frame(["tensor", 0], buffers=[["uint8", [1]]], payload=b"x"),
    "payload longer than buffers": frame(["array", 0], buffers=[["uint8", [1]]], payload=b"xx"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_frame_is_an_error_of_the_wire(name):
    """Every malformed frame is refused as such: no other exception, no value."""
    with pytest.raises(WireError):
        unpack(HOSTILE[name])


def test_forged_hashes_cannot_make_a_dictionary_slow():
    """Tuples of integers with equal hashes can be computed; more than a few as keys are refused before they collide."""
    keys = [["tuple", index, 0] for index in range(MAX_TUPLE_KEYS + 1)]
    with pytest.raises(WireError, match="tuples as keys"):
        unpack(frame(["dict", *(part for key in keys for part in (key, 0))]))


def test_an_announced_size_is_judged_before_anything_is_kept():
    """A head that announces more than the limit is refused from its sixteen bytes alone."""
    with pytest.raises(WireError, match="larger"):
        body_size(HEAD.pack(MAGIC, 10, 2**60), LIMIT)


@given(st.binary(max_size=200))
def test_random_bytes_are_never_a_value(data):
    """Bytes without the head are refused."""
    with pytest.raises(WireError):
        unpack(data)


_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(
            st.sampled_from(
                [
                    "list",
                    "tuple",
                    "dict",
                    "float",
                    "complex",
                    "int",
                    "bytes",
                    "text",
                    "floats",
                    "array",
                    "scalar",
                    "tensor",
                ]
            ),
            st.lists(inner, max_size=4),
        ).map(lambda pair: [pair[0], *pair[1]]),
        st.dictionaries(st.text(max_size=4), inner, max_size=3),
    ),
    max_leaves=15,
)
_buffer = st.tuples(
    st.sampled_from([*sorted(DTYPES), "bytes", "object", "V8"]), st.lists(st.integers(-1, 4), max_size=3)
).map(list)


@given(_json, st.lists(_buffer, max_size=3), st.binary(max_size=64))
def test_any_json_is_read_as_plain_values_or_refused(tree, buffers, payload):
    """Whatever a header says, the reader returns plain values or raises its own error."""
    try:
        message = unpack(frame(tree, buffers=buffers, payload=payload))
    except WireError:
        return
    assert _is_plain(message.value)


@given(_values, st.data())
def test_a_damaged_frame_is_read_as_plain_values_or_refused(value, data):
    """Flipping bytes of an honest frame never does more than change a plain value."""
    raw = bytearray(pack("k", value, LIMIT))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        message = unpack(raw)
    except WireError:
        return
    assert _is_plain(message.value)


def _is_plain(value):
    if type(value) in (list, tuple):
        return all(map(_is_plain, value))
    if type(value) is dict:
        return all(map(_is_plain, [*value, *value.values()]))
    if isinstance(value, Tensor):
        value = value.array
    if isinstance(value, np.ndarray | np.generic):
        return type(value) is np.ndarray or value.dtype.name in DTYPES
    return value is None or type(value) in (bool, int, float, complex, str, bytes)
