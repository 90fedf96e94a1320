r"""What people write around a formula: `stable iff …`, `… \implies …`, `… (strict)`, `w^2 + 4w + 1 parameters`.

Only words that cannot change the meaning are left out, and the student is told which; any other word stays and is an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.formula import functions
from autograder.formula.names import Names
from autograder.formula.tokens import Token
from autograder.symbols import SymbolTable

_LOGICAL = frozenset({"True", "False", "None", "otherwise"})
_TEXT = re.compile(r"\\(?:text|textbf|textit|mathrm)\{([^{}]*)\}")
_RELATIONS = ("=", "<", "<=", ">", ">=", "!=", "in")
_LONGEST_TITLE = 6
_CONCLUDING = frozenset({"iff", "implies", "therefore", "hence", "thus", "so", "equivalently"})
_BEFORE = frozenset({
    "for", "when", "whenever", "if", "stable", "stability", "converges", "convergence", "convergent", "the", "answer", "is",
    "are", "we", "need", "require", "requires", "have", "get", "that", "this", "all", "any", "every", "must", "be", "only",
    "exactly", "holds", "it", "gives", "will", "converge", "iteration", "iterations", "iterates", "recurrence", "gradient",
    "descent", "method", "algorithm", "process", "system", "sequence",
})  # fmt: skip
"""Words in front of a formula that say nothing of it."""
_BEHIND = frozenset({
    "strict", "strictly", "parameters", "params", "steps", "iterations", "only", "stable", "total", "holds", "converges",
    "inequality", "open", "here", "convergence", "stability", "columns", "rows", "pieces", "units", "neurons",
})  # fmt: skip
_MEANINGFUL = re.compile(
    r"""
      not | no | non\w* | n[eo]ver | neither | nor | none | cannot | un\w+ | false | wrong | incorrect | except | but | without | exclu\w+
    | diverg\w+ | instab\w+ | oscillat\w+ | fails? | outside | beyond | opposite | complement\w* | contrary | revers\w+ | swap\w*
    | times | squared? | cubed? | over | divided? | multipl\w+ | plus | minus | half | halved | twice | double[sd]? | triple | per
    | inver\w+ | transpos\w+ | negat\w+ | absolute | root | reciprocal | factors? | sign | proportional | up | order
    | or | and | if | else | otherwise | inclu\w+ | closed | wide
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Words that may change what a formula says: a remark or a title with one of them is not left out."""


def without_remarks(
    tokens: tuple[Token, ...], text: str, table: SymbolTable
) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """The tokens of the formula that counts, with notices of what was left out.

    Of statements that follow from each other the last one that says something of the declared symbols counts.
    """
    names = Names(table, text)
    *body, end = tokens
    notices = []
    conclusion = _conclusion(body, names)
    if len(conclusion) < len(body):
        notices.append("Of the statements that follow from each other, the last one was read.")
    kept = _without_words(conclusion, names)
    if not kept:
        return tokens, ()
    dropped = [_said(text, part) for part in (_ahead(conclusion, kept), _behind(conclusion, kept)) if part]
    if dropped:
        notices.append(f"These words were left out: {' … '.join(dropped)}.")
    return (*kept, end), tuple(notices)


def _conclusion(body: list[Token], names: Names) -> list[Token]:
    """The last of the statements between `=>`, `iff`, `therefore` that is more than words."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in body:
        depth += token.is_sign("(", "[", "{", "|(") - token.is_sign(")", "]", "}", ")|")
        word = token.is_name(*_CONCLUDING) and _is_free(token, names)
        if depth == 0 and (token.is_sign("=>") or word):
            pieces.append([])
        else:
            pieces[-1].append(token)
    telling = [piece for piece in pieces if any(not _is_word(token, names) for token in piece)]
    says = [any(token.is_sign(*_RELATIONS) for token in piece) for piece in telling]
    steps = len(pieces) > 1 and telling and (all(says) or any(token.is_name(*_CONCLUDING) for token in body))
    if not steps or not all(_is_harmless(piece, names) for piece in pieces if piece is not telling[-1]):
        return body
    return telling[-1]


def _is_harmless(piece: list[Token], names: Names) -> bool:
    """Whether a piece beside the one that counts is a statement of its own, or words that say nothing of a formula.

    `unstable iff eta > 1` is thus not read as `eta > 1`, nor `not stable => ...` as what follows.
    """
    if any(token.is_sign(*_RELATIONS) for token in piece):
        return not any(token.is_sign("!") or _is_meaningful(token, names) for token in piece)
    told = any(token.is_name(*_BEFORE, *_BEHIND) for token in piece)  # `w converges`
    return all(
        token.is_sign(",", ":")
        or token.is_name("a", *_BEFORE, *_BEHIND)
        or (told and names.canonical(token.text) is not None)
        for token in piece
    )


def _without_words(body: list[Token], names: Names) -> list[Token]:
    start, stop = _behind_title(body, names), len(body)
    while start + 1 < stop and body[start].is_name(*_BEFORE) and _is_free(body[start], names):
        if body[start + 1].is_sign("(", "_", "=", ":=", "<-") and not body[start + 1].spaced:
            break  # a call, or the left-hand side of an equation
        start += 1
    stop = _before_counting(body, start, _before_reason(body, start, stop, names))
    while stop > start:
        shorter = _without_bracket(body, start, stop, names)
        last = body[stop - 1]
        if shorter == stop and last.is_name(*_BEHIND) and _is_free(last, names):
            shorter = (
                stop - 1 - (body[stop - 2].is_name("for") or body[stop - 2].is_sign("in"))
            )  # `for convergence`, `in total`
        if shorter == stop:
            break
        stop = shorter
        if stop > start and body[stop - 1].is_sign(","):
            stop -= 1
    return body[start:stop]


def _before_reason(body: list[Token], start: int, stop: int, names: Names) -> int:
    """Where the formula ends before `since …` and `because …`."""
    reasons = (
        at for at in range(start + 1, stop) if body[at].is_name("since", "because") and _is_free(body[at], names)
    )
    return next(reasons, stop)


def _before_counting(body: list[Token], start: int, stop: int) -> int:
    """Where the formula ends before `, t = 0, 1, 2, ...`."""
    if not body[stop - 1].is_sign("..."):
        return stop
    at = stop - 1
    while at > start and (body[at - 1].is_sign(",") or body[at - 1].kind == "number"):
        at -= 1
    counted = at - 3 >= start and body[at - 1].is_sign("=", "in") and body[at - 2].kind == "name"
    opened = counted and (body[at - 3].is_sign(",") or body[at - 3].is_name("for"))
    return at - 3 if opened else stop


def _behind_title(body: list[Token], names: Names) -> int:
    """Where the formula begins behind `Answer:` or `Best rate:`."""
    at = next((i for i, token in enumerate(body[:_LONGEST_TITLE]) if token.kind != "name"), 0)
    if at > 1 and body[0].is_name("lambda"):
        return 0  # Python's `lambda x: x` is no formula with a title
    titled = at and body[at].is_sign(":") and at + 1 < len(body)
    return at + 1 if titled and not any(_is_meaningful(token, names) for token in body[:at]) else 0


def _without_bracket(body: list[Token], start: int, stop: int, names: Names) -> int:
    """Where the formula ends before a bracket of mere words, such as `(strict)` or `(where both are equal)`."""
    if not body[stop - 1].is_sign(")"):
        return stop
    depth, at = 0, stop
    while at > start:
        at -= 1
        depth += body[at].is_sign(")", "]", "}") - body[at].is_sign("(", "[", "{")
        if depth == 0:
            break
    if at == start or not body[at].spaced:
        return stop
    inside = body[at + 1 : stop - 1]
    words = [token for token in inside if token.kind == "name"]
    plain = all(_is_prose(token, names) or token.is_sign(",", "in", "-", "!") for token in inside)
    telling = sum(len(word.text) > 2 and _is_free(word, names) for word in words)
    remark = telling > (0 if plain else 1) and not any(_is_meaningful(word, names) for word in words)
    return at if remark or _is_shape(inside, names) else stop


def _is_shape(inside: list[Token], names: Names) -> bool:
    """`(d x n)`, `(m × m)`: sizes, which are said and not multiplied."""
    if len(inside) != 3 or not all(
        names.canonical(token.text) in names.table.sizes for token in (inside[0], inside[2])
    ):
        return False
    sign = inside[1]
    return sign.is_name("x", "by") or names.text[sign.start : sign.end] in ("×", "\\times")


def _is_word(token: Token, names: Names) -> bool:
    return token.kind == "name" and token.text.isalpha() and (_is_free(token, names) or token.is_name("where", "a"))


def _is_prose(token: Token, names: Names) -> bool:
    """Whether a token between brackets may be a word of a sentence, also one that is a function elsewhere (`identity`)."""
    return _is_word(token, names) or (token.text in functions.ALL and names.canonical(token.text) is None)


def _is_free(token: Token, names: Names) -> bool:
    """Whether a word means nothing in this question."""
    known = token.text in functions.ALL and token.text not in functions.CLOSING_WORDS
    return token.text.isalpha() and token.text not in _LOGICAL and not known and not names.means_something(token.text)


def _is_meaningful(token: Token, names: Names) -> bool:
    """Whether a word may change what the formula beside it says."""
    return names.canonical(token.text) is None and _MEANINGFUL.fullmatch(token.text) is not None


def _ahead(body: Sequence[Token], kept: Sequence[Token]) -> list[Token]:
    """What was left out in front of the formula."""
    return [token for token in body if token.end <= kept[0].start]


def _behind(body: Sequence[Token], kept: Sequence[Token]) -> list[Token]:
    """What was left out behind the formula."""
    return [token for token in body if token.start >= kept[-1].end]


def _said(text: str, left_out: Sequence[Token]) -> str:
    """What was left out, as it was typed."""
    return _TEXT.sub(r"\1", text[left_out[0].start : left_out[-1].end]).strip(" ,:;\t\n")
