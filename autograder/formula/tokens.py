"""From a student's text to tokens: ASCII, Python, LaTeX and Unicode spellings become one token stream.

Every token carries its place in the *original* text, so that an error can point at what the student typed. Nothing is
stripped or lower-cased; characters that only look like letters are refused with the letter to type instead.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from autograder.formula import alphabet
from autograder.formula.errors import BadCharacter, TooComplex, TooLong, UnclosedBracket, UnexpectedToken

LONGEST_TEXT = 4096  # bytes of UTF-8
MOST_TOKENS = 1500
MOST_DIGITS = 400

_NUMBER = re.compile(r"(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*", re.ASCII)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_LONG_SIGNS = ("**", "<=", "=<", ">=", "!=", "<>", "==", ":=", "->", "&&", "||", "...", "..", "//")
_SAME = {"**": "^", "=<": "<=", "<>": "!=", "==": "=", "&&": "and", "//": "//"}
_SINGLE_SIGNS = frozenset("+-*/^=<>()[]{},;:|!'&@_∂∇%")
_MODULES = frozenset({"np", "numpy", "sp", "sympy", "sym", "math", "torch", "jnp", "scipy", "linalg", "tf", "cmath"})
_WORD_SIGNS = {"and": "and", "or": "or", "not": "not", "in": "in", "AND": "and", "OR": "or"}
_OPERATORS = frozenset({"sum", "Sum", "prod", "Product", "log", "ln", "max", "min", "lim", "norm", "sqrt", "𝟙"})
"""Words whose subscript is a range or a base, not a part of their name."""
_METHODS = frozenset({"T", "I", "transpose", "inv", "t", "dot", "sum", "mean", "norm", "mT", "trace", "det"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token: `kind` is number, name, sign, command or end; `spaced` when white space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False
    value: Fraction | None = None

    def is_sign(self, *texts: str) -> bool:
        """Whether this is one of the given signs."""
        return self.kind == "sign" and self.text in texts


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a formula into tokens, ending with one of kind "end".

    Raises:
        TooLong, TooComplex, BadCharacter, UnclosedBracket, UnexpectedToken.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LONGEST_TEXT:
        raise TooLong(
            f"this formula has {size} bytes; at most {LONGEST_TEXT} are read",
            text=text,
            end=min(len(text), 40),
            repair="Write the formula itself, simplified.",
        )
    return _Lexer(text).run()


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.spaced = False
        self.latex = "\\" in text
        self.latex_words = re.search(r"\\[A-Za-z]{2}", text) is not None
        self.tokens: list[Token] = []

    def run(self) -> tuple[Token, ...]:
        while self.at < len(self.text):
            if len(self.tokens) > MOST_TOKENS:
                raise TooComplex(
                    f"this formula has more than {MOST_TOKENS} parts",
                    text=self.text,
                    start=self.at,
                    repair="Write the formula itself, simplified.",
                )
            self.step()
        self.tokens.append(Token("end", "", len(self.text), len(self.text), self.spaced))
        return tuple(self.tokens)

    def step(self) -> None:
        char = self.text[self.at]
        if char.isspace() or char in alphabet.INVISIBLE or char == "$" or (char == "~" and self.latex):
            self.at += 1
            self.spaced = True
        elif char == "\\":
            self.command()
        elif char.isascii() and (char.isdigit() or (char == "." and self.peek(1).isdigit())):
            self.number()
        elif char == ".":
            self.dot()
        elif char.isascii() and char.isalpha():
            self.word()
        elif not self.sign(char):
            self.unicode(char)

    def peek(self, ahead: int) -> str:
        at = self.at + ahead
        return self.text[at] if at < len(self.text) else ""

    def emit(self, kind: str, text: str, end: int, value: Fraction | None = None) -> None:
        self.tokens.append(Token(kind, text, self.at, end, self.spaced, value))
        self.at = end
        self.spaced = False

    # ------------------------------------------------------------------ numbers, dots, words

    def number(self) -> None:
        match = _NUMBER.match(self.text, self.at)
        assert match is not None  # noqa: S101 - the caller saw a digit
        typed = match.group()
        mantissa, _, exponent = typed.lower().partition("e")
        if len(mantissa) > MOST_DIGITS or len(exponent) > 4:
            raise TooComplex(
                f"a number of {len(typed)} characters is more than any answer needs",
                text=self.text,
                start=self.at,
                end=match.end(),
                repair=f"Numbers may have up to {MOST_DIGITS} digits; write powers as powers.",
            )
        if mantissa.endswith(".") and self.text[match.end() : match.end() + 1].isalpha():
            mantissa = mantissa[:-1]  # `2.T`: the dot belongs to the method
            self.emit("number", mantissa, match.end() - 1, Fraction(mantissa))
            return
        self.emit("number", typed, match.end(), Fraction(mantissa.rstrip(".") or "0") * _power_of_ten(exponent))

    def dot(self) -> None:
        if self.text.startswith("...", self.at):
            self.emit("sign", "...", self.at + 3)
            return
        if self.text.startswith("..", self.at):
            self.emit("sign", "..", self.at + 2)
            return
        match = _WORD.match(self.text, self.at + 1)
        if match and self.tokens:
            if self.tokens[-1].kind == "name" and self.tokens[-1].text in _MODULES:
                self.spaced = self.tokens.pop().spaced  # `np.` before a function's name
                self.at += 1
                return
            if match.group() in _METHODS:
                self.emit("sign", "." + match.group(), match.end())
                return
            if self.tokens[-1].text in ("Interval", "np", "Matrix"):
                self.emit("sign", "." + match.group(), match.end())
                return
        raise UnexpectedToken(
            "this dot belongs to no number",
            text=self.text,
            start=self.at,
            repair="Write * for a product; .T is read as transpose.",
        )

    def word(self) -> None:
        match = _WORD.match(self.text, self.at)
        assert match is not None  # noqa: S101 - the caller saw a letter
        word = match.group()
        if word in _WORD_SIGNS and not self.text[match.end() :].lstrip().startswith("_"):
            self.emit("sign", _WORD_SIGNS[word], match.end())
        else:
            self.name(word, match.end())

    # ------------------------------------------------------------------ names and their subscripts

    def name(self, base: str, end: int) -> None:
        """Emit a name token for `base`, together with accents and subscripts behind it."""
        while self.text[end : end + 1] in alphabet.COMBINING and end < len(self.text):
            base = _accented(base, alphabet.COMBINING[self.text[end]])
            end += 1
        if base not in _OPERATORS:
            base, end = self.subscripts(base, end)
        self.emit("name", base, end)

    def subscripts(self, base: str, end: int) -> tuple[str, int]:
        while end < len(self.text):
            char = self.text[end]
            if char in alphabet.SUBSCRIPTS:
                stop = end
                while stop < len(self.text) and self.text[stop] in alphabet.SUBSCRIPTS:
                    stop += 1
                base, end = _subscripted(base, "".join(alphabet.SUBSCRIPTS[c] for c in self.text[end:stop])), stop
            elif char == "_" and end + 1 < len(self.text):
                found = self.subscript(end + 1)
                if found is None:
                    break
                base, end = _subscripted(base, found[0]), found[1]
            else:
                break
        return base, end

    def subscript(self, at: int) -> tuple[str, int] | None:
        """The subscript that starts at `at` as canonical text, with the offset behind it."""
        char = self.text[at]
        if char in "{(":
            stop = self.matching(at)
            return self.canonical(self.text[at + 1 : stop]), stop + 1
        if char == "\\":
            command = _COMMAND.match(self.text, at)
            assert command is not None  # noqa: S101 - a backslash always matches
            word, stop = command.group()[1:], command.end()
            if word in alphabet.FONTS and self.text[stop : stop + 1] == "{":
                close = self.matching(stop)
                return self.canonical(self.text[stop + 1 : close]), close + 1
            return (alphabet.GREEK_COMMANDS[word], stop) if word in alphabet.GREEK_COMMANDS else None
        if char in alphabet.GREEK:
            return alphabet.GREEK[char], at + 1
        match = re.compile(r"[A-Za-z0-9]+", re.ASCII).match(self.text, at)
        return (match.group(), match.end()) if match else None

    def canonical(self, inner: str) -> str:
        return "".join(token.text for token in _Lexer(inner).run())

    def matching(self, at: int) -> int:
        """The offset of the bracket that closes the one at `at`."""
        opening = self.text[at]
        closing = {"{": "}", "(": ")", "[": "]"}[opening]
        depth = 0
        for i in range(at, len(self.text)):
            depth += (self.text[i] == opening) - (self.text[i] == closing)
            if depth == 0:
                return i
        raise UnclosedBracket(
            f"the bracket {opening} is never closed", text=self.text, start=at, repair=f"Add the missing {closing}."
        )

    # ------------------------------------------------------------------ signs and other alphabets

    def sign(self, char: str) -> bool:
        for sign in _LONG_SIGNS:
            if self.text.startswith(sign, self.at):
                self.emit("sign", _SAME.get(sign, sign), self.at + len(sign))
                return True
        if char in _SINGLE_SIGNS:
            self.emit("sign", char, self.at + 1)
            return True
        return False

    def unicode(self, char: str) -> None:
        if char in alphabet.SUPERSCRIPTS:
            self.raised(alphabet.SUPERSCRIPTS, "^", "(", ")")
        elif char in alphabet.SUBSCRIPTS:
            self.raised(alphabet.SUBSCRIPTS, "_", "{", "}")
        elif char in alphabet.SIGNS:
            self.emit("sign", alphabet.SIGNS[char], self.at + 1)
        elif char in "∑Σ":
            self.emit("name", "sum", self.at + 1)
        elif char in "∏Π":
            self.emit("name", "prod", self.at + 1)
        elif char == "√":
            self.emit("name", "sqrt", self.at + 1)
        elif char == "∞":
            self.emit("name", "oo", self.at + 1)
        elif char in "𝟙𝟏":
            self.emit("name", "𝟙", self.at + 1)
        elif char in alphabet.FRACTIONS:
            self.emit("number", char, self.at + 1, Fraction(*alphabet.FRACTIONS[char]))
        elif char in alphabet.GREEK:
            self.name(alphabet.GREEK[char], self.at + 1)
        else:
            self.compatible(char)

    def compatible(self, char: str) -> None:
        """A styled, accented or full-width letter, digit or sign by its plain form; anything else is refused."""
        plain = unicodedata.normalize("NFKC", char)
        parts = unicodedata.normalize("NFD", char)
        if len(parts) == 2 and parts[0].isascii() and parts[1] in alphabet.COMBINING:
            self.name(_accented(parts[0], alphabet.COMBINING[parts[1]]), self.at + 1)
        elif plain != char and len(plain) == 1 and (plain.isascii() or plain in alphabet.GREEK):
            if plain in alphabet.GREEK:
                self.name(alphabet.GREEK[plain], self.at + 1)
            elif plain.isalpha():
                stop = self.at
                while stop < len(self.text) and _styled_letter(self.text[stop]):
                    stop += 1
                self.name(unicodedata.normalize("NFKC", self.text[self.at : stop]), stop)
            elif plain.isdigit():
                self.emit("number", plain, self.at + 1, Fraction(plain))
            elif not self.sign_as(plain):
                self.refuse(char)
        else:
            self.refuse(char)

    def sign_as(self, plain: str) -> bool:
        if plain in _SINGLE_SIGNS:
            self.emit("sign", plain, self.at + 1)
            return True
        return False

    def refuse(self, char: str) -> None:
        name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
        if char in alphabet.LOOKALIKES:
            latin = alphabet.LOOKALIKES[char]
            cause, repair = f"this is not the letter {latin} but {name}", f"Type the Latin letter {latin}."
        elif char.isprintable():
            cause, repair = (
                f"the character {char} ({name}) has no meaning in a formula",
                "Remove it or write it in words.",
            )
        else:
            cause, repair = f"there is an invisible character here ({name})", "Delete it, or type the line again."
        raise BadCharacter(cause, text=self.text, start=self.at, repair=repair)

    def raised(self, letters: dict[str, str], sign: str, opening: str, closing: str) -> None:
        """A run of small raised or lowered characters as a power or subscript in brackets."""
        stop = self.at
        while stop < len(self.text) and self.text[stop] in letters:
            stop += 1
        start, inner = self.at, "".join(letters[c] for c in self.text[self.at : stop])
        self.tokens.append(Token("sign", sign, start, start, self.spaced))
        self.tokens.append(Token("sign", opening, start, start))
        for token in _Lexer(inner.replace("T", "⊤")).run()[:-1]:
            self.tokens.append(Token(token.kind, token.text, start, stop, token.spaced, token.value))
        self.tokens.append(Token("sign", closing, stop, stop))
        self.at, self.spaced = stop, False

    # ------------------------------------------------------------------ LaTeX commands

    def command(self) -> None:
        match = _COMMAND.match(self.text, self.at)
        if match is None:
            raise UnexpectedToken("a backslash stands at the end", text=self.text, start=self.at, repair="Remove it.")
        word, end = match.group()[1:], match.end()
        if word == "\\":
            self.emit("sign", ";", end)
        elif word == " " and not self.latex_words:
            self.emit("sign", "\\", self.at + 1)  # `A \ b`, as in MATLAB
        elif word in ("left", "right"):
            self.delimiter(word, end)
        elif word in alphabet.SPACING or word in ",;!:()[] \n\t":
            self.at, self.spaced = end, True
        elif word in alphabet.FONTS or word in alphabet.ACCENTS:
            self.styled(word, end)
        elif word in ("begin", "end"):
            self.environment(word, end)
        elif word in alphabet.COMMAND_SIGNS:
            self.emit("sign", alphabet.COMMAND_SIGNS[word], end)
        elif word in alphabet.GREEK_COMMANDS:
            self.name(alphabet.GREEK_COMMANDS[word], end)
        elif word in ("frac", "dfrac", "tfrac", "cfrac"):
            self.emit("command", "frac", end)
        elif word == "infty":
            self.emit("name", "oo", end)
        elif word.isalpha() and word.isascii():
            self.word_command(word, end)
        else:
            raise UnexpectedToken(
                f"{match.group()} is not a command that formulas use",
                text=self.text,
                start=self.at,
                end=end,
                repair="Remove it.",
            )

    def word_command(self, word: str, end: int) -> None:
        """`\\ln`, `\\max`, …; before an operand `A\\b` is the solution of A x = b."""
        if len(word) == 1 or not _WORD_COMMAND.fullmatch(word):
            self.emit("sign", "\\", self.at + 1)
        else:
            self.name(word, end)

    def delimiter(self, side: str, end: int) -> None:
        for typed, opening, closing in (
            ("\\|", "||(", ")||"), ("\\Vert", "||(", ")||"), ("‖", "||(", ")||"),
            ("\\lVert", "||(", ")||"), ("\\rVert", "||(", ")||"), ("||", "||(", ")||"),
            ("|", "|(", ")|"), ("\\vert", "|(", ")|"), ("\\lvert", "|(", ")|"), ("\\rvert", "|(", ")|"),
            (".", "", ""),
        ):  # fmt: skip
            if self.text.startswith(typed, end):
                sign = opening if side == "left" else closing
                if sign:
                    self.emit("sign", sign, end + len(typed))
                else:
                    self.at, self.spaced = end + len(typed), True
                return
        self.at, self.spaced = end, self.spaced or side == "left"

    def styled(self, word: str, end: int) -> None:
        """A font or an accent around its argument: `\\mathbf{x}`, `\\bar y`, `\\text{ and }`."""
        while self.text[end : end + 1] == " ":
            end += 1
        if self.text[end : end + 1] == "{":
            stop = self.matching(end)
            inner, stop = self.text[end + 1 : stop], stop + 1
        else:
            match = _COMMAND.match(self.text, end) if self.text[end : end + 1] == "\\" else None
            stop = match.end() if match else min(end + 1, len(self.text))
            inner = self.text[end:stop]
        tokens = _Lexer(inner).run()[:-1]
        if word in ("mathbb", "mathbf", "mathds", "boldsymbol", "bm") and inner.strip() == "1":
            self.emit("name", "𝟙", stop)
        elif len(tokens) == 1 and tokens[0].kind == "name":
            base = tokens[0].text
            self.name(_accented(base, alphabet.ACCENTS[word]) if word in alphabet.ACCENTS else base, stop)
        elif word in alphabet.ACCENTS:
            self.emit("command", "overline", end)
        else:
            offset = self.text.find(inner, self.at)
            for token in tokens:
                start = token.start + offset
                self.tokens.append(Token(token.kind, token.text, start, token.end + offset, token.spaced, token.value))
            self.at, self.spaced = stop, True

    def environment(self, word: str, end: int) -> None:
        match = re.compile(r"\s*\{([A-Za-z]+)\*?\}(?:\s*\{[clr|]*\})?").match(self.text, end)
        if match is None:
            raise UnexpectedToken(
                f"\\{word} needs the name of an environment",
                text=self.text,
                start=self.at,
                end=end,
                repair="Write \\begin{bmatrix} … \\end{bmatrix}.",
            )
        self.emit("command", f"{word} {match.group(1)}", match.end())


_WORD_COMMAND = re.compile(
    r"(?:sum|prod|ln|log|lg|exp|sqrt|max|min|sin|cos|tan|arcsin|arccos|arctan|sinh|cosh|tanh|det|tr|operatorname|sign|sgn"
    r"|relu|ReLU|arg|lim|inf|sup|trace|diag|rank|Pr|if|otherwise|overset|underset|binom)"
)


def _power_of_ten(exponent: str) -> Fraction:
    return Fraction(10) ** int(exponent) if exponent else Fraction(1)


def _accented(base: str, accent: str) -> str:
    return base + "bar" if accent == "bar" else f"{base}_{accent}"


def _subscripted(base: str, subscript: str) -> str:
    subscript = {"ell": "l"}.get(subscript, subscript)
    plain = subscript.replace("_", "").isalnum() and subscript.isascii()
    return f"{base}_{subscript}" if plain else f"{base}_{{{subscript}}}"


def _styled_letter(char: str) -> bool:
    plain = unicodedata.normalize("NFKC", char)
    return plain != char and len(plain) == 1 and plain.isascii() and plain.isalpha()
