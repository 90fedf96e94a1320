"""Which of several files with a part's functions is judged: a blank form beside one's own copy, a notebook for each part.

No rule by names or dates is right for all of them, so every file that may be the answer is judged, and the best verdict
counts. Two files with the same code are one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence

from autograder.notebooks.script import Script, scripts
from autograder.report.plain import clean_line
from autograder.verdict import Verdict, Word

_MOST = 3  # files of which a part is judged


def candidates(files: Mapping[str, bytes], functions: Sequence[str], others: Sequence[str] = ()) -> tuple[Script, ...]:
    """The files that may be the answer, the likeliest first: those that write a function, then those with another name.

    Args:
        files: the submission's.
        functions: that the part asks for.
        others: names of which one will do instead.
    """
    wanted = (*functions, *others)
    found = [script for script in scripts(files) if any(map(script.binds, wanted))]
    written = [script for script in found if any(map(script.is_written, wanted))]
    with_functions = [s for s in written if any(s.function(name) and s.is_written(name) for name in functions)]
    rest = [script for script in written if not any(script is other for other in with_functions)]
    return tuple(_distinct([*with_functions, *rest])[:_MOST]) or tuple(found[:1])


def best(judged: Iterable[tuple[Script, Verdict]]) -> tuple[Script, Verdict]:
    """The best of the verdicts: one that is right, else one that a person decides, else that with the most credit."""
    tried: list[tuple[Script, Verdict]] = []
    for script, verdict in judged:
        tried.append((script, verdict))
        if verdict.word is Word.OK:
            break
    return max(tried, key=lambda pair: (pair[1].word is Word.OK, pair[1].word is Word.WAITING, pair[1].credit))


def said_of(chosen: Script, among: Sequence[Script]) -> str:
    """What a student is told of the choice; "" where there was none."""
    if chosen is among[0]:
        return ""
    names = ", ".join(clean_line(script.name, 80) for script in among)
    return f"Several of your files have the functions: {names}. {clean_line(chosen.name, 80)} counts, which was judged best."


def _distinct(found: Sequence[Script]) -> list[Script]:
    """Without the files whose code another one has already, such as a notebook saved as a script."""
    if len(found) < 2:
        return list(found)
    seen: set[str] = set()
    kept: list[Script] = []
    for script in found:
        code = "\n".join(ast.dump(statement) for statement in script.body)
        if code not in seen:
            seen.add(code)
            kept.append(script)
    return kept
