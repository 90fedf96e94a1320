"""Student text made safe to show: no control sequences, no reordering, cut in the middle.

Every sink (terminal, Gradescope, HTML, JSON, log) passes text of a student through `clean` first. What is left can
neither move a cursor, nor hide or reorder what a reader sees, nor flood a page.
"""

import re
import unicodedata

# Terminal sequences are removed whole, so that "\x1b]52;c;...\x07" leaves no readable residue. String sequences (OSC,
# DCS, SOS, PM, APC) run to BEL or ST; one that is never closed must not swallow the rest, so it ends at its line.
_TERMINAL_SEQUENCE = re.compile(
    r"""
      (?:\x1b\[ | \x9b) [0-?]* [ -/]* [@-~]                                            # CSI: colours, cursor
    | (?:\x1b[\]PX^_] | [\x90\x98\x9d\x9e\x9f]) [^\x07\x1b\x9c\n]* (?:\x07|\x1b\\|\x9c)?   # strings: titles, clipboard
    | \x1b [ -/]* [0-~]?                                                               # the two-character rest
    """,
    re.VERBOSE,
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLAIN = re.compile(r"[\n\t\x20-\x7e]*")
_SUSPECT = re.compile(r"[^\n\t\x20-\x7e]")
_KEPT_IN_A_ROW = 4  # combining marks: enough for any script, too few to paint over the lines above
_STACKED_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def clean(text: str, limit: int = 10_000) -> str:
    r"""Return `text` without control, terminal and bidirectional characters, at most about `limit` characters long.

    Lone carriage returns become line ends, because a terminal would let the rest of the line overwrite its beginning.
    Unpaired surrogates become U+FFFD, so that the result always encodes as UTF-8.

    >>> clean("ok\x1b[2J \x1b]0;title\x07fine")
    'ok fine'
    >>> clean("score: 0\rscore: 9")
    'score: 0\nscore: 9'
    """
    if len(text) <= limit and _PLAIN.fullmatch(text):
        return text  # as nearly all texts: a result is written down after every part, with some thousand of them
    # Cutting generously before cleaning keeps the work bounded; the second cut makes the length right.
    text = cut(text, 8 * limit)
    text = _TERMINAL_SEQUENCE.sub("", text)
    text = _LINE_ENDS.sub("\n", text)
    text = _SUSPECT.sub(_visible, text)
    text = _STACKED_MARKS.sub(r"\1", text)
    return cut(text, limit)


def clean_line(text: str, limit: int = 200) -> str:
    r"""Return `text` cleaned and on one line, for names, titles and log lines.

    >>> clean_line("hw\n1.py")
    'hw 1.py'
    """
    return " ".join(clean(text, limit).split())


def cut(text: str, limit: int) -> str:
    r"""Return `text` unchanged, or its beginning and end around a note of how much is left out.

    >>> cut("abcdefghij", 4)
    'ab\n… 6 characters left out …\nij'
    """
    if limit < 2:
        raise ValueError(f"limit is {limit}; at least 2 characters are needed to show a beginning and an end")
    if len(text) <= limit:
        return text
    head = limit // 2
    tail = limit - head
    return f"{text[:head]}\n… {len(text) - limit:,} characters left out …\n{text[-tail:]}"


def fenced(text: str, limit: int = 10_000) -> str:
    """Return cleaned `text` inside a Markdown fence that the text itself cannot close.

    >>> print(fenced("a ``` b"))
    ````text
    a ``` b
    ````
    """
    body = clean(text, limit)
    longest = max((len(run) for run in re.findall("`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{body}\n{fence}"


def _visible(match: re.Match[str]) -> str:
    character = match.group()
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    # Cf holds the bidirectional overrides, zero-width characters and language tags; Cc the control characters.
    return "" if category in ("Cc", "Cf") else character
