"""Letters of options as they are asked for, without the key, so that students can have it: given alone, or by the options' words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.answers.options import OWN_LETTERS
from autograder.answers.texts import as_text
from autograder.submission.written import Content

_SAID = r"(?:the\s+|my\s+)?(?:option|case|choice|answer|letter)(?:\s+is\b)?\s*[:=]?\s+"
_LETTER = re.compile(rf"^\(?\s*(?:{_SAID})?\(?([A-Za-z])\s*[).:!]*$", re.IGNORECASE)
_LETTER_AND_WORDS = re.compile(r"^\(?\s*(?:option\s+)?([A-Za-z])\s*[).:,–—-]+\s*(.{2,})$", re.IGNORECASE | re.DOTALL)
_LETTER_AND_WHY = re.compile(r"^\(?\s*(?:option\s+)?([A-Za-z])\s*[).:,;–—-]*\s+(?:because|since)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:case\s*)?(\d+)\s*[:=.)\]→>-]+\s*\(?([A-Za-z])(?![A-Za-z])[).]*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:[\s,;<>→]|-+>|\\to\b|\band\b|\bthen\b|&)+")
_QUOTES = "'\"`*‘’“”"
_CLAUSE_END = re.compile(r"[:;,(](?=\s)|\.(?=\s)")
_CONTRADICTION = "has the letter of one option and the words of another. Answer with the letter alone."
_FEWEST_WORDS = 2  # one word alone ("No") starts too many sentences


@dataclass(frozen=True, slots=True)
class _Untold:
    """Why a piece of an answer names no option."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLetters:
    """Letters that are asked for.

    Args:
        letters: those of the options, as the form lists them.
        cases: how many cases there are, each with a letter of its own; 0 where the question is one.
        several: whether any number of letters may be given.
        texts: what the options say, in the order of the letters; an option may be named by it.
        case_texts: what the cases are, in their order; a dict may name them.
        own: whether the letters are those of a student's own form.
        may_be_own: whether there are such forms.
    """

    letters: tuple[str, ...]
    cases: int = 0
    several: bool = False
    texts: tuple[str, ...] = ()
    case_texts: tuple[str, ...] = ()
    own: bool = False
    may_be_own: bool = False

    def read(self, content: Content) -> tuple[str, ...] | str:
        """The letters of an answer, or one sentence that says why they cannot be told."""
        found: list[str] = []
        for piece in self._pieces(content):
            read = self._one(piece)
            if isinstance(read, _Untold):
                return read.why
            found.append(read)
        if (
            not found
        ):  # brackets alone are no choice of nothing, which would be right on every option that is not the key's
            return f"No option is named here. Answer with letters of {self._known()}."
        wanted = self.cases or (None if self.several else 1)
        if wanted is not None and len(found) != wanted:
            return (
                f"{wanted} letter{'s are' if wanted > 1 else ' is'} asked, of {self._known()}; there are {len(found)}."
            )
        return tuple(found)

    def _pieces(self, content: Content) -> Sequence[str]:
        """The text for each option that is named."""
        if isinstance(content, dict):
            return self._by_case(content)
        if isinstance(content, tuple):
            return [as_text(part) for part in content]
        text = _undressed(content)
        numbered = self._by_number(text)
        if numbered:
            return numbered
        pieces = [piece for piece in _BETWEEN.split(text) if piece.strip("()")]
        if not (self.cases or self.several):
            return [text] if len(pieces) > 1 else pieces
        together = pieces[0].rstrip(".") if len(pieces) == 1 else ""
        if len(together) > 1 and self._are_letters(together) and not self._by_words(text):
            pieces = list(together)
        if all(_LETTER.match(piece) for piece in pieces):
            return pieces
        for ends in (r"(?!)", r"\n+", r";\s*"):  # one option's words, one option per line, or between semicolons
            lines = [line.rstrip(" ;,") for line in re.split(ends, text) if line.strip(" ;,")]
            if not any(isinstance(self._one(line), _Untold) for line in lines):
                return lines
        return pieces

    def _by_case(self, content: dict[str, Content]) -> Sequence[str]:
        """The texts in the order of the cases, when the names are their numbers or words; else in their own order."""
        order = {}
        for name in content:
            numbers = re.findall(r"\d+", name)
            words = [at for at, case in enumerate(self.case_texts) if _plain(case) == _plain(name)]
            place = words[0] if words else int(numbers[0]) - 1 if len(numbers) == 1 else None
            order[name] = place
        if sorted(place for place in order.values() if place is not None) == list(range(len(content))):
            return [as_text(content[name]) for name in sorted(content, key=lambda name: order[name] or 0)]
        return [as_text(part) for part in content.values()]

    def _by_number(self, text: str) -> Sequence[str]:
        """The letters of `1: b, 2: a` in the order of the numbers; () for anything else."""
        found = _NUMBERED.findall(text) if self.cases else []
        if re.sub(r"[\s,;]|\band\b", "", _NUMBERED.sub("", text)) or len(found) != self.cases:
            return ()
        letters = {int(number): letter for number, letter in found}
        return [letters[number] for number in sorted(letters)] if len(letters) == len(found) else ()

    def _one(self, piece: str) -> str | _Untold:
        """The letter of the option that one piece names, or why it names none."""
        piece = piece.strip()
        letter = _LETTER.match(piece)
        if letter:
            return self._known_letter(letter[1]) or self._stranger(piece)
        by_words, both = self._by_words(piece), _LETTER_AND_WORDS.match(piece)
        if both and not by_words:
            option, by_words = self._known_letter(both[1]), self._by_words(both[2])
            if option and by_words:
                return option if option in by_words else _Untold(f"{piece!r} {_CONTRADICTION}")
            if option and self._begun_by(both[2]) == (option,):
                return option
        if len(by_words) > 1:
            letters = " and ".join(by_words)
            return _Untold(f"{piece!r} begins more than one option: {letters}. Answer with the letter alone.")
        because = _LETTER_AND_WHY.match(piece)
        return (by_words[0] if by_words else self._known_letter(because[1]) if because else "") or self._stranger(piece)

    def _known_letter(self, letter: str) -> str:
        return letter.lower() if letter.lower() in self.letters else ""

    def _by_words(self, text: str) -> tuple[str, ...]:
        """The options that say just this; where none does, those of which it is the beginning, up to the end of a clause."""
        words = _plain(text)
        options = tuple(zip(self.letters, self.texts, strict=False))
        exact = tuple(letter for letter, said in options if words and _plain(said) == words)
        if exact or len(words.split()) < _FEWEST_WORDS:
            return exact
        return tuple(letter for letter, said in options if words in _beginnings(said))

    def _begun_by(self, text: str) -> tuple[str, ...]:
        """The options whose words begin with these, which alone would say too little."""
        words = _plain(text)
        options = zip(self.letters, self.texts, strict=False)
        return tuple(letter for letter, said in options if words and f"{_plain(said)} ".startswith(f"{words} "))

    def _are_letters(self, word: str) -> bool:
        """Whether a word is letters of options that stand together; `all` and `none` are none."""
        return set(word.lower()) <= {*self.letters, *(OWN_LETTERS if self.may_be_own and not self.own else "")}

    def _stranger(self, piece: str) -> _Untold:
        letter = _LETTER.match(piece)
        if self.may_be_own and not self.own and letter and letter[1].lower() in OWN_LETTERS:
            return _Untold(
                f"{piece!r} is a letter of a form of your own. Hand in that form's line q0_form, too, or answer with the "
                "option's own words."
            )
        whose = " of your form" if self.own else ""
        return _Untold(f"{piece!r} is not one of the options {self._known()}{whose}. Answer with the letter alone.")

    def _known(self) -> str:
        return ", ".join(self.letters)


def _undressed(text: str) -> str:
    """An answer without the quotes, dollar signs and brackets around all of it."""
    text = unicodedata.normalize("NFKC", text).strip().strip(_QUOTES).strip()
    bare = text.strip("$[](){}").strip()
    return text if bare.count("(") > bare.count(")") else bare


def _plain(text: str) -> str:
    """A text without what people leave out or add when they copy it: capitals, spaces, dollar signs, punctuation."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[−–—]", "-", text)
    text = re.sub(r"(?<!\d)\.|\.(?!\d)", " ", text)
    return " ".join(re.sub(r"[^\w+\-<>=/|^.]", " ", text).split())


def _beginnings(text: str) -> set[str]:
    """What an option says up to the end of each of its clauses but the last."""
    return {_plain(text[: end.start()]) for end in _CLAUSE_END.finditer(text)}
