"""A student's file as text: whatever the editor saved, with a notice where a guess was made."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text with plain line ends, and what the student should know about how it was read."""

    text: str
    notices: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Decode a file: by its byte order mark, else as UTF-8, else as Western European with a notice."""
    notices: list[str] = []
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        text = _decode_unmarked(data, name, notices)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        notices.append(
            f"{name} has NUL characters (the first on line {line}); they were left out. Save it as plain text."
        )
        text = text.replace("\0", "")
    return Decoded(text=normalised(text), notices=tuple(notices))


def _decode_unmarked(data: bytes, name: str, notices: list[str]) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notices.append(
            f"{name} is not UTF-8 (byte 0x{data[error.start]:02x} on line {line}); it was read as Western European text. "
            "Save it as UTF-8 if a letter looks wrong."
        )
    # Latin-1 reads any byte; Windows-1252 is what such files nearly always are, but leaves five bytes undefined.
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def normalised(text: str) -> str:
    """The text with plain line ends and without unpaired surrogates, which no later encoder accepts."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
