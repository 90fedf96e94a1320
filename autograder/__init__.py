"""An autograder for derivation-heavy courses: formulas, inequalities, matrix identities and derivations.

What a question's author needs is exported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.late_names import late_names

if TYPE_CHECKING:
    from autograder.answers.bound import Bound
    from autograder.answers.carried import Carried
    from autograder.answers.choice import Choice
    from autograder.answers.derivation import Derivation
    from autograder.answers.entries import Entries
    from autograder.answers.expression import Expression
    from autograder.answers.function import Function, Functions
    from autograder.answers.interval import Interval
    from autograder.answers.notebook import Notebook
    from autograder.answers.objective import Objective
    from autograder.answers.options import Option
    from autograder.answers.ordering import Ordering
    from autograder.answers.points import Points
    from autograder.answers.presence import Completeness, Manual
    from autograder.answers.ranking import Ranking
    from autograder.answers.reduces import Reduces
    from autograder.answers.several import Several
    from autograder.answers.tests import Tests
    from autograder.answers.update import Update
    from autograder.formula.declare import declare
    from autograder.formula.to_sympy import sympy_symbol
    from autograder.question import Assignment, Half, Level, Question, Source, Wrong

__version__ = "0.1.0"

__all__ = [
    "Assignment",
    "Bound",
    "Carried",
    "Choice",
    "Completeness",
    "Derivation",
    "Entries",
    "Expression",
    "Function",
    "Functions",
    "Half",
    "Interval",
    "Level",
    "Manual",
    "Notebook",
    "Objective",
    "Option",
    "Ordering",
    "Points",
    "Question",
    "Ranking",
    "Reduces",
    "Several",
    "Source",
    "Tests",
    "Update",
    "Wrong",
    "declare",
    "sympy_symbol",
]

_HOMES = {
    "answers.bound": ("Bound",),
    "answers.carried": ("Carried",),
    "answers.choice": ("Choice",),
    "answers.derivation": ("Derivation",),
    "answers.entries": ("Entries",),
    "answers.expression": ("Expression",),
    "answers.function": ("Function", "Functions"),
    "answers.interval": ("Interval",),
    "answers.notebook": ("Notebook",),
    "answers.objective": ("Objective",),
    "answers.options": ("Option",),
    "answers.ordering": ("Ordering",),
    "answers.points": ("Points",),
    "answers.presence": ("Completeness", "Manual"),
    "answers.ranking": ("Ranking",),
    "answers.reduces": ("Reduces",),
    "answers.several": ("Several",),
    "answers.tests": ("Tests",),
    "answers.update": ("Update",),
    "formula.declare": ("declare",),
    "formula.to_sympy": ("sympy_symbol",),
    "question": ("Assignment", "Half", "Level", "Question", "Source", "Wrong"),
}

# A submission is read before any question is, and that is not to wait for what judges.
__getattr__ = late_names(__name__, _HOMES)
