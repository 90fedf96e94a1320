"""No sentence that a student reads contains the key: what reads as a formula is compared with it, and code with the solution's."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import types
from collections.abc import Iterator, Mapping

from autograder.answers.choice import Choice
from autograder.answers.function import Functions
from autograder.answers.notebook import Notebook
from autograder.notebooks.script import scripts
from autograder.question import Question
from autograder.verdict import Word
from autograder.verify.code_trials import Reference
from autograder.verify.judge import Judge
from autograder.verify.rows import Context, Mark, Row
from autograder.verify.typed import key_trees, spellings

_MATHEMATICS = re.compile(r"[-+*/^=<>≤≥|()\[\]²·√\\]")
_LONGEST = 14  # words of one formula
_TELLING_CODE = 12  # characters of an expression of code
_SHORTEST = 4  # characters of a spelling that says anything: "1/2" is in many sentences by chance
TELLING = 8
"""The same for prompts, which must name a quantity such as sigma^2 even where that is the key of some part."""


def check_sentences(context: Context, question: Question) -> Iterator[Row]:
    """Read the prompt, the hint and every rule's sentence against the key."""
    texts = {"prompt": question.prompt, "hint": question.hint}
    texts |= {f"wrong[{rule.name!r}].sentence": rule.sentence for rule in question.wrong}
    known = [normal(text) for text in spellings(question)] + _of_code(context, question)
    written = context.answers.get(question.answer_name)
    if key_trees(question) and written is not None and isinstance(written.content, str):
        known.append(normal(written.content))
    if not known and not isinstance(question.answer, Choice):
        return  # any text is right, or no sentence could name what is
    found = 0
    with Judge(question, context.answers) as judge:
        for at, text in texts.items():
            shortest = TELLING if at == "prompt" else _SHORTEST
            piece = gives_away(text, known, shortest=shortest) or _names_option(question, text)
            piece = piece or _read(question, text, judge, shortest)
            if piece:
                found += 1
                yield Row(
                    check="sentences", part=question.id, mark=Mark.FAIL, says=f"it tells the key: {piece!r}",
                    file=context.file(question), at=at, fix="Ask a question, or name what to look at, instead.",
                )  # fmt: skip
    if not found:
        count = sum(bool(text) for text in texts.values())
        yield Row(check="sentences", part=question.id, mark=Mark.OK, says=f"{count} texts keep the key to themselves")


def _of_code(context: Context, question: Question) -> list[str]:
    """The expressions that the references and the solution's functions return or keep, where they are long enough to tell."""
    names, sources = set[str](), [data.decode("utf-8", "replace") for data in _python(context.solution.files)]
    if isinstance(question.answer, Functions):
        names = {function.name for function in question.answer.functions}
        for function in question.answer.functions:
            if isinstance(function.reference, types.FunctionType):
                parts = Reference(function.reference).parts
                names |= set(parts)
                sources += [textwrap.dedent(inspect.getsource(one)) for one in parts.values()]
    elif isinstance(question.answer, Notebook):
        names = set(question.answer.functions)
    if not names:
        return []
    trees = [node for source in sources for node in ast.walk(ast.parse(source))]
    functions = [node for node in trees if isinstance(node, ast.FunctionDef) and node.name in names]
    kept = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Return | ast.Assign)]
    texts = [normal(ast.unparse(node.value)) for node in kept if node.value is not None]
    return [text for text in dict.fromkeys(texts) if len(text) >= _TELLING_CODE]


def _python(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """The Python in a solution, that of its notebooks included."""
    for script in scripts(files):
        yield script.text.encode()


def normal(text: str) -> str:
    """A formula without what spellings differ in: blanks, dollar signs, the stars of products and powers.

    >>> normal("$2 * x**2$"), normal("2x^2")
    ('2x^2', '2x^2')
    """
    return re.sub(r"\s", "", _unmarked(text))


def gives_away(text: str, known: list[str], *, shortest: int = _SHORTEST) -> str:
    """The first known spelling that a text contains, "" when there is none; whole formulas, not the tails of longer ones."""
    plain = _unmarked(text)
    for spelling in known:
        if len(spelling) >= shortest and _MATHEMATICS.search(spelling):
            before = r"(?<![\w.])" if spelling[0].isalnum() else ""
            if re.search(before + r"\s*".join(map(re.escape, spelling)) + r"(?![\w^])", plain):
                return spelling
    return ""


def _unmarked(text: str) -> str:
    text = text.replace("**", "^").replace("−", "-").replace("²", "^2").replace("·", "").replace("⁻¹", "^-1")
    return re.sub(r"[$*]|\\,|\\left|\\right|\\", "", text)


def _names_option(question: Question, text: str) -> str:
    """The words by which a sentence names the right option of a choice."""
    if not isinstance(question.answer, Choice) or text == question.prompt:
        return ""
    letters = "".join(set(question.answer.key_letters))
    match = re.search(rf"\b(?:option|answer|letter|choose)\s+\(?[{letters}]\)?(?!\w)", text, re.IGNORECASE)
    return match.group() if match else ""


def _read(question: Question, text: str, judge: Judge, shortest: int) -> str:
    """The first run of words that reads as a formula and is judged right."""
    if not key_trees(question):
        return ""
    words = text.replace("$", " ").split()
    for start in range(len(words)):
        for end in range(min(len(words), start + _LONGEST), start, -1):
            piece = " ".join(words[start:end]).strip(" .,;:?!")
            if len(normal(piece)) < shortest or not _is_formula(words[start:end]) or not _MATHEMATICS.search(piece):
                continue
            if judge(piece, brief=True).word is Word.OK:
                return piece
    return ""


def _is_formula(words: list[str]) -> bool:
    """Whether no plain word of the language stands in between; those would be read as names."""
    return not any(re.fullmatch(r"[A-Za-z]{3,}[.,;:?!]?", word) and word.lower() not in _WORDS for word in words)


_WORDS = frozenset({
    "eta", "sigma", "alpha", "beta", "theta", "lambda", "epsilon", "gamma", "delta", "exp", "log", "sqrt", "abs", "max",
    "min", "and", "trace", "inv", "det", "sum",
})  # fmt: skip
