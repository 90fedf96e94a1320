"""The options of a choice: their letters in the form of the class and in a form of one's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.errors import AuthorError
from autograder.submission.written import Answers

FORM = "q0_form"
"""The line of a student's own form that says in which order its options stand."""

OWN_LETTERS = "pqrstuvwxyz"
"""Letters of the options in a form of one's own. No form of the class uses them, so that a letter without its code is never
taken for another option: it is unreadable."""

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without what is easily mistaken for something else
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    Args:
        letter: the letter that names it, lower case.
        text: what it says.
        reason: why it is right or wrong; shown to instructors, and to a student only after the option was right.
    """

    letter: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An option as it stands in a form.

    Args:
        letter: its letter there.
        option: the option, with its letter in the question's file.
    """

    letter: str
    option: Option


def listed(options: Sequence[Option], question_id: str, code: str = "") -> tuple[Listed, ...]:
    """The options as a form lists them; without a code, as the form of the class does.

    The order depends on nothing but the code, the question and the options' letters, so that the form and, months later, a
    regrade agree on it.

    Raises:
        AuthorError: there are more options than letters, or an option has a letter of those that own forms use.
    """
    if not code:
        return tuple(Listed(letter=option.letter, option=option) for option in options)
    taken = {option.letter for option in options} & set(OWN_LETTERS)
    if taken or len(options) > len(OWN_LETTERS):
        raise AuthorError(
            f"question {question_id}: options that may be shuffled are at most {len(OWN_LETTERS)}, with letters before "
            f"{OWN_LETTERS[0]!r}."
        )
    shuffled = sorted(options, key=lambda option: _digest(f"{code}/{question_id}/{option.letter}"))
    return tuple(Listed(letter=letter, option=option) for letter, option in zip(OWN_LETTERS, shuffled, strict=False))


def code_of(student: str) -> str:
    """The code of a student's own form: the same whenever it is made, and no name can be read from it."""
    number = int.from_bytes(_digest(student.strip().casefold())[:8])
    letters = "".join(_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(_DIGITS))
    return letters + _check(letters)


def code_in(answers: Answers) -> str:
    """The code of the form that a submission was written in; "" for the form of the class.

    Raises:
        ValueError: there is a code that no form has; the message tells the student what to do.
    """
    written = answers.get(FORM)
    if written is None or written.blank:
        return ""
    code = "" if written.trouble or not isinstance(written.content, str) else written.content.strip().upper()
    if not re.fullmatch(f"[{_ALPHABET}]{{{_DIGITS + 1}}}", code) or code[-1] != _check(code[:-1]):
        raise ValueError(
            f"{FORM} is not the code of a form, so that your letters cannot be told. Copy its line from the form that you "
            "were given, or answer with the options' own words."
        )
    return code


def _check(letters: str) -> str:
    """A last letter, so that a slip in copying is seen."""
    return _ALPHABET[_digest(f"check {letters}")[0] % len(_ALPHABET)]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
