"""The loop inside the sandbox: load a student's program, answer calls, one frame for each request.

Everything here runs beside the student's code and may be changed by it. That is why it only ever sends values.
"""

import contextlib
import errno
import gc
import importlib
import mmap
import os
import random
import sys
from collections.abc import Callable, Mapping
from types import ModuleType, TracebackType
from typing import Any, NoReturn

from autograder.sandbox.encode import pack
from autograder.sandbox.imports import SubmissionFinder, main_module
from autograder.sandbox.values import AnyArray, Unsupported, Value
from autograder.sandbox.wire import HEAD, Message, body_size, unpack

REQUESTS, REPLIES = 3, 4
_REQUEST_LIMIT = 1 << 40  # requests come from the grader
_NAMES = 200
_BALLAST = 1 << 20
_UNCHANGING = frozenset({bool, int, float, complex, str, bytes})
_REHEARSED = b"import numpy as np\n\n\ndef same(value, number):\n    return number * np.asarray(value)\n"
_REHEARSALS = 16  # Python adapts code to what it meets after some eight runs
_FRAMES = 20

Probe = Callable[[Value, Mapping[str, Any]], Value]


class Resident:
    """One student's program in this process."""

    def __init__(self, protected: frozenset[str], probes: Mapping[str, Probe], reply_limit: int) -> None:
        self.protected = protected
        self.probes = probes
        self.reply_limit = reply_limit
        self.serial = 0
        self.module = ModuleType("nothing")
        self.files: Mapping[str, bytes] = {}
        # Given back when the address space is used up, so that this can still be said; never written, it takes no memory.
        self.ballast: mmap.mmap | None = mmap.mmap(-1, _BALLAST)

    def serve(self) -> NoReturn:
        """Answer requests until the grader closes its end."""
        _send(self._frame("ready", None))
        while True:
            _send(self.answer(_receive()))

    def answer(self, message: Message) -> bytes:
        """The frame that answers a request."""
        self.serial, request = message.value
        if message.kind == "load":
            return self._answered(self._load, request)
        if message.kind == "call":
            return self._answered(self._call, request)
        # Each answer as it was when the call returned, whatever the later ones do with it.
        several = [self._answered(self._call, one, numbered=False) for one in request]
        return self._answered(lambda frames: ("several", frames), several)

    def _answered(self, do: Callable[[Any], tuple[str, Value]], request: Any, *, numbered: bool = True) -> bytes:
        frame = self._frame if numbered else self._unnumbered
        try:
            return frame(*do(request))
        except Unsupported as error:
            return frame("refused", str(error))
        except BaseException as error:  # noqa: BLE001  # the border between student and harness
            return frame(*self._failure(error))

    def _frame(self, kind: str, value: Value) -> bytes:
        return pack(kind, [self.serial, value], self.reply_limit)

    def _unnumbered(self, kind: str, value: Value) -> bytes:
        return pack(kind, value, self.reply_limit)

    def give_up_ballast(self) -> None:
        """Make room for what is still to be said."""
        if self.ballast is not None:
            self.ballast.close()
        self.ballast = None

    def _load(self, request: Mapping[str, Any]) -> tuple[str, Value]:
        self.files, main, chosen = request["files"], request["main"], request["statements"]
        skipped: list[Value] = []

        def failed(error: BaseException) -> None:
            if len(skipped) < _FRAMES:
                skipped.append(self._told(error))

        heard = None if chosen is None else failed
        sys.meta_path.insert(0, SubmissionFinder(self.files, main, self.protected, heard))
        if request["first"]:
            importlib.import_module(request["first"])
        self.module, loader = main_module(self.files, main, self.protected, heard, chosen)
        _seed(request["seed"])
        loader.exec_module(self.module)
        return "loaded", skipped

    def _call(self, request: Mapping[str, Any]) -> tuple[str, Value]:
        found = self._find(request["name"])
        if found is None:
            names = [name for name in list(vars(self.module)) if not name.startswith("_")]
            return "missing", [name[:100] for name in names[:_NAMES]]
        value = found[0]
        changed: dict[int | str, Value] = {}
        if request["is_call"]:
            _seed(request["seed"])
            arguments, keywords = request["arguments"], request["keywords"]
            before = _fingerprints(arguments, keywords)
            value = value(*arguments, **keywords)
            after = _fingerprints(arguments, keywords)
            given = _by_key(arguments, keywords)
            changed = {key: given[key] for key in after if after[key] != before[key]}
        answer = value if request["probe"] is None else self.probes[request["probe"]](value, vars(self.module))
        if request["keep_as"] is not None:
            vars(self.module)[request["keep_as"]] = value
            answer = None if request["probe"] is None else answer
        return "returned", {"value": answer, "changed": changed}

    def _find(self, name: str) -> tuple[Any] | None:
        """Follow a dotted name from the module's namespace; the tuple tells a found None from nothing."""
        first, *rest = name.split(".")
        if first not in vars(self.module):
            return None
        value = vars(self.module)[first]
        for attribute in rest:
            if not hasattr(value, attribute):
                return None
            value = getattr(value, attribute)
        return (value,)

    def _failure(self, error: BaseException) -> tuple[str, Value]:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            self.give_up_ballast()
            error.__traceback__ = None
            gc.collect()
            return "out of memory", None
        return "raised", self._told(error)

    def _told(self, error: BaseException) -> Value:
        """What a message needs of an exception: the name of its class, its text, and the lines of the student's."""
        try:
            text = str(error)
        except BaseException:  # noqa: BLE001  # __str__ is the student's
            text = ""
        kind = str(getattr(type(error), "__name__", "exception"))
        frames = self._frames(error.__traceback__)
        if isinstance(error, SyntaxError) and isinstance(error.filename, str) and error.filename in self.files:
            text = error.msg
            frames.append((error.filename, error.lineno or 0, ""))
        # A message that cannot be encoded must not hide that there was an error.
        return {"kind": _encodable(kind[:200]), "error": _encodable(text[:20_000]), "frames": frames}

    def _frames(self, traceback: TracebackType | None) -> list[tuple[str, int, str]]:
        frames = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename in self.files:
                frames.append((code.co_filename, traceback.tb_lineno or 0, _encodable(code.co_name[:200])))
            traceback = traceback.tb_next
        return frames[-_FRAMES:]


def rehearse(protected: frozenset[str]) -> None:
    """Do in the fork server what every child does first.

    What this fills in (methods that were looked up, code adapted to what it meets) lies on pages that a child would otherwise
    have to copy, one by one, to fill it in itself.
    """
    import numpy as np

    finders, modules = list(sys.meta_path), set(sys.modules)
    resident = Resident(protected, {}, _REQUEST_LIMIT)
    load = {"files": {"rehearsed.py": _REHEARSED}, "main": "rehearsed.py", "seed": 0, "statements": None, "first": ""}
    call = {"name": "same", "is_call": True, "arguments": (np.eye(2), 1.0), "keywords": {}, "seed": 0}
    call |= {"keep_as": None, "probe": None}
    for _ in range(_REHEARSALS):
        for kind, value, expected in (("load", load, "loaded"), ("call", call, "returned")):
            reply = unpack(resident.answer(unpack(pack(kind, [0, value], _REQUEST_LIMIT), _tensor)))
            if reply.kind != expected:  # a rehearsal of something else would warm nothing, and nobody would notice
                raise RuntimeError(f"the rehearsal of a {kind} ended in {reply.kind!r}: {reply.value}")
        sys.meta_path[:] = finders
        for name in set(sys.modules) - modules:
            del sys.modules[name]
    resident.give_up_ballast()


def _by_key(arguments: tuple[Value, ...], keywords: Mapping[str, Value]) -> dict[int | str, Value]:
    given: dict[int | str, Value] = dict(enumerate(arguments))
    given.update(keywords)
    return given


def _fingerprints(arguments: tuple[Value, ...], keywords: Mapping[str, Value]) -> dict[int | str, Any]:
    return {key: _fingerprint(value) for key, value in _by_key(arguments, keywords).items()}


def _fingerprint(value: Value) -> Any:
    kind = type(value)
    if value is None or kind in _UNCHANGING:
        return b""
    if kind is sys.modules["numpy"].ndarray:
        return value.dtype, value.shape, value.tobytes()
    try:
        return pack("argument", value, _REQUEST_LIMIT)
    except Unsupported:
        return b""  # it cannot cross any more, so it differs from what came in


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _send(frame: bytes) -> None:
    for name in ("stdout", "stderr", "__stdout__", "__stderr__"):
        with contextlib.suppress(Exception):  # a student may have put anything there, or nothing
            getattr(sys, name).flush()
    left = memoryview(frame)
    while left:
        left = left[os.write(REPLIES, left) :]


def _receive() -> Message:
    head = _read(HEAD.size)
    return unpack(head + _read(body_size(bytes(head), _REQUEST_LIMIT)), _tensor)


def _read(size: int) -> bytearray:
    data = bytearray()
    while len(data) < size:
        piece = os.read(REQUESTS, min(size - len(data), 1 << 20))
        if not piece:
            os._exit(0)
        data += piece
    return data


def _tensor(array: AnyArray, requires_grad: bool) -> Any:  # noqa: FBT001  # the decoder's callback
    return sys.modules["torch"].from_numpy(array).requires_grad_(requires_grad)


def _seed(seed: int) -> None:
    """Seed every generator that is loaded, so that a regrade sees the same randomness."""
    random.seed(seed)
    sys.modules["numpy"].random.seed(seed % 2**32)
    if (torch := sys.modules.get("torch")) is not None:
        # The generator of the one device there is: `torch.manual_seed` also writes down, call by call, where it was called
        # from, for the sake of devices that may come.
        torch.default_generator.manual_seed(seed)
