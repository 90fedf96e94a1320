"""From a student's text to tokens: ASCII, Python, LaTeX and Unicode spellings become one token stream.

Every token carries its place in the *original* text, so that an error can point at what the student typed. Nothing is
stripped or lower-cased; characters that only look like letters are refused with the letter to type instead.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from autograder.errors import Unreadable
from autograder.formula import alphabet, latex, spelling
from autograder.formula.errors import BadCharacter, Reason, TooComplex, TooLong, UnclosedBracket, UnexpectedToken
from autograder.formula.tokens import Token

LONGEST_TEXT = 4096  # bytes of UTF-8
MOST_TOKENS = 3000
MOST_DIGITS = 400
DEEPEST_WINDOW = 12  # subscripts in subscripts, fonts in fonts

_NUMBER = re.compile(r"(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*", re.ASCII)
_LONG_SIGNS = ("**", "<=", "=<", ">=", "!=", "<>", "=>", "==", ":=", "->", "&&", "||", "//")
_SAME = {"**": "^", "=<": "<=", "<>": "!=", "==": "=", "&&": "and"}
_SINGLE_SIGNS = frozenset("+-*/^=<>()[]{},;:|!'&@_∂∇%")
_MODULES = frozenset({"np", "numpy", "sp", "sympy", "sym", "math", "torch", "jnp", "scipy", "linalg", "tf", "cmath"})
_WORD_SIGNS = {"and": "and", "or": "or", "not": "not", "in": "in", "AND": "and", "OR": "or"}
_METHODS = frozenset(
    {
        "T",
        "I",
        "transpose",
        "inv",
        "inverse",
        "t",
        "dot",
        "sum",
        "mean",
        "norm",
        "mT",
        "trace",
        "det",
        "shape",
        "size",
        "doit",
    }
)
_VARIANTS = frozenset({"open", "Lopen", "Ropen"})
_QUOTES = frozenset('"“”„«»`´‘‚')


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a formula into tokens, ending with one of kind "end".

    Raises:
        TooLong, TooComplex, BadCharacter, UnclosedBracket, UnexpectedToken.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LONGEST_TEXT:
        raise TooLong(
            f"this formula has {size} bytes; at most {LONGEST_TEXT} are read", text=text, end=min(len(text), 40),
            repair="Write the formula itself, simplified.",
        )  # fmt: skip
    return tuple(Lexer(text, 0, len(text)).run())


class Lexer:
    """Cuts the window from `at` to `stop` of a text; windows inside it (subscripts, fonts) get lexers of their own."""

    def __init__(self, text: str, at: int, stop: int, depth: int = 0) -> None:
        self.text = text
        self.at = at
        self.stop = stop
        self.depth = depth
        self.spaced = False
        self.latex = "\\" in text
        self.tokens: list[Token] = []
        self.environments: list[str] = []
        self.taken: dict[int, int] = {}  # subscripts behind a power (`\sigma^2_l`) that belong to the name before it

    def run(self) -> list[Token]:
        """The tokens of the window, ending with one of kind "end"."""
        while self.at < self.stop:
            if len(self.tokens) > MOST_TOKENS:
                raise self.error(
                    TooComplex, f"this formula has more than {MOST_TOKENS} parts", self.at, self.at + 1,
                    "Write the formula itself, simplified.",
                )  # fmt: skip
            self.step()
        self.tokens.append(Token("end", "", self.stop, self.stop, self.spaced))
        return self.tokens

    def window(self, start: int, stop: int) -> list[Token]:
        """The tokens between two offsets, without an end token."""
        if self.depth >= DEEPEST_WINDOW:
            raise self.error(TooComplex, "this is nested too deep", start, stop, "Write it with fewer braces.")
        return Lexer(self.text, start, stop, self.depth + 1).run()[:-1]

    def error(self, kind: type[Reason], cause: str, start: int, end: int, repair: str) -> Reason:
        """An error that points into the student's text."""
        return kind(cause, text=self.text, start=start, end=end, repair=repair)

    def emit(self, kind: str, text: str, end: int, value: Fraction | None = None) -> None:
        """Add the token that ends at `end`."""
        self.tokens.append(Token(kind, text, self.at, end, self.spaced, value))
        self.at = end
        self.spaced = False

    def skip(self, end: int) -> None:
        """Pass over what counts as white space."""
        self.at, self.spaced = end, True

    def peek(self, at: int) -> str:
        """The character at an offset, "" outside the window."""
        return self.text[at] if at < self.stop else ""

    def matching(self, at: int) -> int:
        """The offset of the bracket that closes the one at `at`."""
        opening = self.text[at]
        closing = {"{": "}", "(": ")", "[": "]"}[opening]
        depth = 0
        for i in range(at, self.stop):
            depth += (self.text[i] == opening) - (self.text[i] == closing)
            if depth == 0:
                return i
        raise self.error(
            UnclosedBracket, f"the bracket {opening} is never closed", at, at + 1, f"Add the missing {closing}."
        )

    def step(self) -> None:
        """Read one token, or pass over what has no meaning."""
        char = self.text[self.at]
        if self.at in self.taken:
            self.at = self.taken[self.at]
        elif char.isspace() or char in alphabet.INVISIBLE or char == "$" or (char == "~" and self.latex):
            self.skip(self.at + 1)
        elif char == "\\":
            latex.command(self)
        elif char.isascii() and (char.isdigit() or _NUMBER.match(self.text, self.at, self.stop)):
            self.number()
        elif char == ".":
            self.dot()
        elif char.isascii() and char.isalpha():
            self.word()
        elif not self.sign(char):
            self.unicode(char)

    # ------------------------------------------------------------------ numbers, dots, words, signs

    def number(self) -> None:
        """A number; decimals and powers of ten are exact."""
        match = _NUMBER.match(self.text, self.at, self.stop)
        assert match is not None
        mantissa, _, exponent = match.group().lower().partition("e")
        power = abs(int(exponent or "0")) if len(exponent) <= 4 else MOST_DIGITS
        if len(mantissa) + power > MOST_DIGITS:
            raise self.error(
                TooComplex, "this number has more digits than any answer needs", self.at, match.end(),
                f"Numbers may have up to {MOST_DIGITS} digits; write powers as powers.",
            )  # fmt: skip
        if mantissa.endswith(".") and (not exponent or not mantissa[:-1]):
            behind = self.text[match.end() : self.stop]
            if behind[:1].isalpha() or not behind.strip(" \t\n$"):
                mantissa = mantissa[:-1]  # `2.T`, or the full stop behind `… + 2.`
                self.emit("number", mantissa, match.end() - 1, Fraction(mantissa))
                return
        value = Fraction(mantissa.rstrip(".")) * (Fraction(10) ** int(exponent) if exponent else 1)
        self.emit("number", match.group(), match.end(), value)

    def dot(self) -> None:
        """A dot that begins no number: a range, a method, a module's name, or the end of a sentence."""
        dots = re.compile(r"\.{2,3}").match(self.text, self.at, self.stop)
        if dots:
            self.emit("sign", dots.group(), dots.end())
            return
        match = _WORD.match(self.text, self.at + 1, self.stop)
        if match and self.tokens:
            before = self.tokens[-1]
            if before.kind == "name" and before.text in _MODULES:
                self.spaced = self.tokens.pop().spaced  # `np.` before a function's name
                self.at += 1
                return
            if match.group() in _METHODS or (before.text == "Interval" and match.group() in _VARIANTS):
                self.emit("sign", "." + match.group(), match.end())
                return
        if self.tokens and not self.text[self.at + 1 : self.stop].strip(" \t\n$\\)]"):
            self.skip(self.at + 1)  # a full stop
            return
        if self.peek(self.at + 1) in ("*", "/", "^"):
            raise self.error(
                UnexpectedToken, "this is an operation entry by entry", self.at, self.at + 2,
                "Write a matrix product, or a sum over entries: sum(x[i]*y[i], (i, 1, N)).",
            )  # fmt: skip
        raise self.error(
            UnexpectedToken, "this dot belongs to no number", self.at, self.at + 1,
            "Write * for a product; .T is read as transpose.",
        )  # fmt: skip

    def word(self) -> None:
        """A word: a logical sign, or the beginning of a name."""
        match = _WORD.match(self.text, self.at, self.stop)
        assert match is not None
        word = match.group()
        if word in _WORD_SIGNS and self.peek(match.end()) != "_":
            self.emit("sign", _WORD_SIGNS[word], match.end())
        else:
            spelling.name(self, word, match.end())

    def sign(self, char: str) -> bool:
        """Read an ASCII sign; False when there is none."""
        if char == "'" and not self.tokens and self.depth == 0:
            self.refuse(char)
        if char == "&" and self.environments and self.environments[-1] in latex.LINES:
            self.skip(self.at + 1)
            return True
        for sign in _LONG_SIGNS:
            if self.text.startswith(sign, self.at, self.stop):
                self.emit("sign", _SAME.get(sign, sign), self.at + len(sign))
                return True
        if char in _SINGLE_SIGNS:
            self.emit("sign", char, self.at + 1)
            return True
        return False

    # ------------------------------------------------------------------ other alphabets

    def unicode(self, char: str) -> None:
        """A character outside ASCII."""
        if char in alphabet.SUPERSCRIPTS:
            self.raised(alphabet.SUPERSCRIPTS, "^", "(", ")")
        elif char in alphabet.SUBSCRIPTS:
            self.raised(alphabet.SUBSCRIPTS, "_", "{", "}")
        elif char in alphabet.SIGNS:
            self.emit("sign", alphabet.SIGNS[char], self.at + 1)
        elif char in alphabet.WORDS:
            self.emit("name", alphabet.WORDS[char], self.at + 1)
        elif char in alphabet.FRACTIONS:
            self.emit("number", char, self.at + 1, Fraction(*alphabet.FRACTIONS[char]))
        elif char in alphabet.GREEK:
            spelling.name(self, alphabet.GREEK[char], self.at + 1)
        else:
            self.compatible(char)

    def compatible(self, char: str) -> None:
        """A styled, accented or full-width letter, digit or sign by its plain form; anything else is refused."""
        plain = unicodedata.normalize("NFKC", char)
        parts = unicodedata.normalize("NFD", char)
        if len(parts) == 2 and parts[0].isascii() and parts[1] in alphabet.COMBINING:
            spelling.name(self, spelling.accented(parts[0], alphabet.COMBINING[parts[1]]), self.at + 1)
        elif plain == char or len(plain) != 1:
            self.refuse(char)
        elif plain in alphabet.GREEK:
            spelling.name(self, alphabet.GREEK[plain], self.at + 1)
        elif plain.isascii() and plain.isalpha():
            stop = self.at
            while stop < self.stop and _is_styled_letter(self.text[stop]):
                stop += 1
            spelling.name(self, unicodedata.normalize("NFKC", self.text[self.at : stop]), stop)
        elif plain.isascii() and plain.isdigit():
            stop = self.at
            while stop < self.stop and unicodedata.normalize("NFKC", self.text[stop]) in "0123456789":
                stop += 1
            digits = unicodedata.normalize("NFKC", self.text[self.at : min(stop, self.at + MOST_DIGITS)])
            self.emit("number", digits, self.at + len(digits), Fraction(digits))
        elif plain in _SINGLE_SIGNS:
            self.emit("sign", plain, self.at + 1)
        else:
            self.refuse(char)

    def refuse(self, char: str) -> None:
        """Raise the error for a character that no formula has."""
        name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
        if char in alphabet.LOOKALIKES:
            latin = alphabet.LOOKALIKES[char]
            cause, repair = f"this is not the letter {latin} but {name}", f"Type the Latin letter {latin}."
        elif char in _QUOTES or char == "'":
            cause, repair = "a quotation mark has no meaning in a formula", "Type the formula without quotes."
        elif char.isprintable() and not unicodedata.combining(char):
            cause, repair = f"the character {char} ({name}) has no meaning in a formula", "Remove it, or spell it out."
        elif char.isprintable():
            cause, repair = f"this letter carries a mark that is not read ({name})", "Type the letter without the mark."
        else:
            cause, repair = f"there is an invisible character here ({name})", "Delete it, or type the line again."
        raise self.error(BadCharacter, cause, self.at, self.at + 1, repair)

    def raised(self, letters: dict[str, str], sign: str, opening: str, closing: str) -> None:
        """A run of small raised or lowered characters as a power or subscript in brackets."""
        start = stop = self.at
        while stop < self.stop and self.text[stop] in letters:
            stop += 1
        inner = "".join(letters[char] for char in self.text[start:stop]).replace("T", "⊤")
        try:
            tokens = Lexer(inner, 0, len(inner), self.depth + 1).run()[:-1]
        except Unreadable as error:
            raise self.error(type(error), error.cause, start + error.start, start + error.end, error.repair) from None
        self.tokens.append(Token("sign", sign, start, start + 1, self.spaced))
        self.tokens.append(Token("sign", opening, start, start + 1))
        for token in tokens:
            place = (start + token.start, start + token.end)
            self.tokens.append(Token(token.kind, token.text, *place, token.spaced, token.value))
        self.tokens.append(Token("sign", closing, stop - 1, stop))
        self.at, self.spaced = stop, False


def _is_styled_letter(char: str) -> bool:
    plain = unicodedata.normalize("NFKC", char)
    return plain != char and len(plain) == 1 and plain.isascii() and plain.isalpha()
