"""What a reader takes from MathML: the signs from left to right, with school's precedence; an oracle for the typesetting.

Grouping that cannot be seen (an `mrow` without brackets) means nothing here, so that a formula whose brackets are missing
gets another value than the tree it was made of.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.etree import ElementTree as ET

Names = dict[str, float]
_CLOSING = {"(": ")", "|": "|", "[": "]", "⌈": "⌉", "⌊": "⌋", "‖": "‖"}


def value(markup: str, names: Names) -> float:
    """The number that a formula shows.

    Args:
        names: values by what is seen of a name ("σ", "W_1").
    """
    tokens = [*_tokens(ET.fromstring(markup))]
    found, rest = _sum(tokens, names)
    assert not rest, f"left over: {rest}"
    return found


def _tokens(node: ET.Element) -> Iterator[ET.Element]:
    if node.tag in ("math", "mrow"):
        for child in node:
            yield from _tokens(child)
    else:
        yield node


def _inside(node: ET.Element, names: Names) -> float:
    found, rest = _sum([*_tokens(node)], names)
    assert not rest
    return found


def _is(tokens: list[ET.Element], *signs: str) -> bool:
    return bool(tokens) and tokens[0].tag == "mo" and tokens[0].text in signs


def _sum(tokens: list[ET.Element], names: Names) -> tuple[float, list[ET.Element]]:
    total, tokens = _term(tokens, names)
    while _is(tokens, "+", "−"):
        sign = 1 if tokens[0].text == "+" else -1
        term, tokens = _term(tokens[1:], names)
        total += sign * term
    return total, tokens


def _term(tokens: list[ET.Element], names: Names) -> tuple[float, list[ET.Element]]:
    if _is(tokens, "−"):
        found, tokens = _term(tokens[1:], names)
        return -found, tokens
    total, tokens = _factor(tokens, names)
    while _is(tokens, "\N{INVISIBLE TIMES}", "⋅"):
        factor, tokens = _factor(tokens[1:], names)
        total *= factor
    return total, tokens


def _factor(tokens: list[ET.Element], names: Names) -> tuple[float, list[ET.Element]]:
    found, tokens = _atom(tokens, names)
    while _is(tokens, "!"):
        found, tokens = float(math.factorial(round(found))), tokens[1:]
    return found, tokens


def _atom(tokens: list[ET.Element], names: Names) -> tuple[float, list[ET.Element]]:
    first, rest = tokens[0], tokens[1:]
    match first.tag:
        case "mn":
            return float(first.text or ""), rest
        case "mfrac":
            return _inside(first[0], names) / _inside(first[1], names), rest
        case "msqrt":
            found, left = _sum([token for child in first for token in _tokens(child)], names)
            assert not left
            return math.sqrt(found), rest
        case "msup":
            base, left = _factor([*_tokens(first[0])], names)
            assert not left, "only the last sign of a base carries the exponent"
            return base ** _inside(first[1], names), rest
        case "munderover":
            return _ranged(first, rest, names)
        case "msub":
            return names[f"{first[0].text}_{first[1].text}"], rest
        case "mi" if _is(rest, "\N{FUNCTION APPLICATION}"):
            argument, rest = _atom(rest[1:], names)
            return float(getattr(math, {"ln": "log"}.get(first.text or "", first.text or ""))(argument)), rest
        case "mi":
            return names[first.text or ""], rest
    assert first.text in _CLOSING, f"unexpected {ET.tostring(first)!r}"
    found, rest = _sum(rest, names)
    assert _is(rest, _CLOSING[first.text])
    rounded = {"|": abs, "⌈": math.ceil, "⌊": math.floor}.get(first.text)
    return (float(rounded(found)) if rounded else found), rest[1:]


def _ranged(sign: ET.Element, rest: list[ET.Element], names: Names) -> tuple[float, list[ET.Element]]:
    """A sum or product: it takes the term behind it, up to the next plus or minus."""
    under = [*_tokens(sign[1])]
    index, low, high = under[0].text or "", _inside_of(under[2:], names), _inside(sign[2], names)
    total, behind = (0.0, rest) if sign[0].text == "∑" else (1.0, rest)
    for number in range(round(low), round(high) + 1):
        term, behind = _term(rest, {**names, index: float(number)})
        total = total + term if sign[0].text == "∑" else total * term
    return total, behind


def _inside_of(tokens: list[ET.Element], names: Names) -> float:
    found, left = _sum(tokens, names)
    assert not left
    return found
