"""The first lines of a new question, by kind: what is left to its author is marked, and fails verification until then."""

from __future__ import annotations

from autograder.question import answer_name

_HEAD = '''"""Part {id}: {mark} what it is about."""

from __future__ import annotations

{imports}
'''

_QUESTION = """
question = Question(
    id="{id}",
    title="A title",  # {mark} a few words for tables
    points=1,  # {mark} what it is worth
    prompt="What is asked?",  # {mark} the question in your own words; LaTeX between dollar signs
    source=Source("Sheet", "1(a)"),  # {mark} the document and the place in it
    answer={answer},
    {symbols}practice={practice},  # {mark} a check from the statement alone
    wrong=(
        Wrong("a-slip", {wrong}, "Look at …", credit=Half),  # {mark} a real mistake, and a question that helps
    ),
)

questions = (question,)
"""

_EXPRESSION = (
    "from sympy import diff\n\n"
    "from autograder import Expression, Half, Question, Source, Wrong, declare, sympy_symbol\n"
    "from autograder.oracles import MeasuredValue, slope\n\n"
    'table = declare("x, a > 0")  # {mark} the letters of the question, with their domains\n'
    'x, a = (sympy_symbol(table, name) for name in ("x", "a"))\n\n'
    "key = diff(a * x**2, x)  # {mark} the key, derived with SymPy from the statement\n"
)
_INTERVAL = (
    "import sympy\n\n"
    "from autograder import Half, Interval, Question, Source, Wrong, declare, sympy_symbol\n"
    "from autograder.oracles import MeasuredInterval, settles\n\n"
    'table = declare("x > 0, a > 0")  # {mark} the letters of the question, with their domains\n'
    'a = sympy_symbol(table, "a")\n\n'
    "key = sympy.Interval.open(0, 1 / a)  # {mark} the key, derived with SymPy from the statement\n"
)
_CHOICE = (
    "from autograder import Choice, Half, Option, Question, Source, Wrong\n"
    "from autograder.oracles import MeasuredChoice\n\n"
    "# {mark} the options, with a reason for each\n"
    'options = (Option("a", "one thing", "because …"), Option("b", "the other", "because …"))\n'
)

KINDS: dict[str, tuple[str, dict[str, str], str]] = {
    "expression": (
        _EXPRESSION,
        {
            "answer": "Expression(key)",
            "symbols": "symbols=table,\n    ",
            "practice": "MeasuredValue(by=lambda x, a: slope(lambda x: a * x**2, x))",
            "wrong": "a * x",
        },
        "2*a*x",
    ),
    "interval": (
        _INTERVAL,
        {
            "answer": 'Interval("x", key)',
            "symbols": "symbols=table,\n    ",
            "practice": 'MeasuredInterval(by=lambda x, a: settles(lambda w: a * x * w, 1.0), variable="x")',
            "wrong": "sympy.Interval.open(0, a)",
        },
        "0 < x < 1/a",
    ),
    "choice": (
        _CHOICE,
        {
            "answer": 'Choice(options=options, key="a")',
            "symbols": "",
            "practice": 'MeasuredChoice(by=lambda rng: "a")',
            "wrong": '"b"',
        },
        "a",
    ),
}
"""By kind: the lines before the question, its fields, and the answer that the example's solution gives."""


def skeleton(kind: str, part: str, mark: str) -> str:
    """A question's file that runs as it stands, with a mark wherever its author has to write."""
    head, fields, _ = KINDS[kind]
    imports = head.format(mark=mark).rstrip("\n")
    return _HEAD.format(id=part, mark=mark, imports=imports) + _QUESTION.format(id=part, mark=mark, **fields)


def solution_line(kind: str, part: str, mark: str) -> str:
    """The line of the solution for a new part."""
    return f'{answer_name(part)} = "{KINDS[kind][2]}"  # {mark} the answer, typed by hand from the paper\n'
