"""Randomness: every generator comes from the seed that is passed, and a purpose."""

from __future__ import annotations

import hashlib
import random


def generator(seed: int, purpose: str) -> random.Random:
    """A generator for one purpose; who does not know the seed cannot foretell it."""
    digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
    return random.Random(digest)  # noqa: S311 - the seed is the secret, and numbers are drawn, not keys
