"""Letters of options as they are asked for, without the key, so that students can have it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.answers.texts import as_text
from autograder.submission.written import Content

_LETTER = re.compile(r"^\(?\s*(?:option\s+|case\s+)?([A-Za-z])\s*[).:]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLetters:
    """Letters that are asked for.

    Args:
        letters: those of the options.
        cases: how many cases there are, each with a letter of its own; 0 where the question is one.
        several: whether any number of letters may be given.
    """

    letters: tuple[str, ...]
    cases: int = 0
    several: bool = False

    def read(self, content: Content) -> tuple[str, ...] | str:
        """The letters of an answer, or one sentence that says why they cannot be told."""
        if isinstance(content, dict):
            pieces = [as_text(part) for part in content.values()]
        elif isinstance(content, tuple):
            pieces = [as_text(part) for part in content]
        else:
            text = content.strip().strip("$[](){}").strip()
            pieces = [piece for piece in re.split(r"(?:[\s,;>]|\band\b|&)+", text) if piece.strip("()")]
            if len(pieces) == 1 and len(pieces[0]) > 1 and (self.cases or self.several) and pieces[0].isalpha():
                pieces = list(pieces[0])
            if len(pieces) > 1 and not self.cases and not self.several:
                pieces = [text]
        letters = [self._letter(piece) for piece in pieces]
        known = ", ".join(self.letters)
        for piece, letter in zip(pieces, letters, strict=True):
            if letter is None:
                return f"{piece!r} is not one of the options {known}. Answer with the letter alone."
        wanted = self.cases or (None if self.several else 1)
        if wanted is not None and len(letters) != wanted:
            return f"{wanted} letter{'s are' if wanted > 1 else ' is'} asked, of {known}; there are {len(letters)}."
        return tuple(letter for letter in letters if letter)

    def _letter(self, piece: str) -> str | None:
        match = _LETTER.match(piece.strip())
        letter = match.group(1).lower() if match else None
        return letter if letter in self.letters else None
