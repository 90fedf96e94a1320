"""A submission as bytes: what travels to a worker, and the hash that says whether two submissions are the same."""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass

from autograder.errors import GraderBug
from autograder.sandbox.staging import Refusal, Staged

_HEAD = struct.Struct("!I")
ROOT = "the submission"
"""What a submission is called in messages; never its folder, so that equal submissions get equal results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A submission's bytes and their hash; equal hashes mean that the grader reads the same.

    Args:
        content: the hash, in hexadecimal digits.
        data: files and refusals.
    """

    content: str
    data: bytes


def pack(staged: Staged) -> Package:
    """The bytes of a submission: a head in JSON with names, lengths and refusals, then every file's content."""
    files = sorted(staged.files.items())
    head = json.dumps(
        {
            "files": [[name, len(data)] for name, data in files],
            "refused": [[refusal.name, refusal.reason] for refusal in staged.refusals],
        }
    ).encode("ascii")
    data = b"".join([_HEAD.pack(len(head)), head, *(content for _, content in files)])
    return Package(content=hashlib.sha256(data).hexdigest(), data=data)


def unpack(data: bytes) -> Staged:
    """The submission that `pack` wrote.

    Raises:
        GraderBug: the bytes are anything else.
    """
    try:
        (length,) = _HEAD.unpack_from(data)
        place = _HEAD.size + length
        head = json.loads(data[_HEAD.size : place])
        files: dict[str, bytes] = {}
        for name, size in head["files"]:
            files[name] = data[place : place + size]
            place += size
        if place != len(data):
            raise ValueError(f"{len(data) - place} bytes too many")
        refusals = tuple(Refusal(name=name, reason=reason) for name, reason in head["refused"])
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise GraderBug(f"a submission arrived damaged: {error}") from None
    return Staged(files=files, refusals=refusals)
