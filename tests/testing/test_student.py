"""The student as a test sees them: values in, values or a `StudentError` out."""

from __future__ import annotations

import pytest

from autograder.answers.tests import Tests
from autograder.errors import AuthorError
from autograder.testing import student
from autograder.testing.outcomes import Answered
from autograder.testing.student import StudentError, student_error
from autograder.verdict import Word
from tests.testing.conftest import question

HEAD = "import numpy as np\nfrom autograder.testing import StudentError, last_call, student\nimport pytest\n"


def passes(verdict) -> bool:
    return verdict.word is Word.OK or pytest.fail("\n".join((*verdict.staff, *(c.output for c in verdict.checks))))


@pytest.mark.parametrize(
    "body",
    [
        "assert student.add(1, b=2) == 3",
        "assert student.network.forward(3) == 6",
        "assert student['rate'] == 0.25",
        "assert 'add' in student and 'Network' in student and 'rate' in student and 'nope' not in student",
        "assert student.add(np.ones(3), 1).tolist() == [2, 2, 2]",
        "assert isinstance(student.add((1,), (2,)), tuple)",
        "assert student.add({'a': [1]}['a'], [2]) == [1, 2]",
        "assert repr(student.network.forward) == 'student.network.forward'",
        "with pytest.raises(ValueError, match='no'): student.boom()",
        "with pytest.raises(ZeroDivisionError): student.boom('ZeroDivisionError')",
        "with pytest.raises(StudentError) as e: student.leave()\nassert e.value.kind == 'SystemExit'",
        "with pytest.raises(StudentError) as e: student.die()\nassert e.value.category == 'exited'",
        "with pytest.raises(StudentError) as e: student.spin()\nassert e.value.category == 'timed out'",
        "with pytest.raises(StudentError) as e: student.nope\nstudent.nope()",
        "with pytest.raises(StudentError) as e: student.Network()\nassert e.value.category == 'refused'",
    ],
)
def test_what_a_test_can_do_with_the_student(grade, body):
    """Calls with any plain values, dotted names, variables, membership, and errors by their usual class."""
    if "student.nope\n" in body:
        body = "with pytest.raises(StudentError) as e: student.nope()\nassert e.value.category == 'missing'"
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    assert passes(grade(f"{HEAD}def test_a():\n{lines}", call_seconds=2.0))


def test_the_authors_arguments_stay_as_they_were(grade):
    """The student's code works on copies; what it changed there can be asked for."""
    assert passes(
        grade(f"""{HEAD}
def test_a():
    x = np.zeros(2)
    assert student.spoil(x)[0] == 99
    assert x[0] == 0
    assert last_call().changed[0].tolist() == [99, 0]
""")
    )


def test_what_a_call_printed_can_be_asked_for(grade):
    """A test of printed output reads it from the latest call."""
    assert passes(
        grade(f"{HEAD}def test_a():\n    student.chatty(5)\n    assert last_call().stdout == 'student saw 5\\n'")
    )


def test_each_test_meets_a_fresh_process(grade):
    """Nothing that one test called can be remembered by the student's code in the next; within a test it can."""
    assert passes(
        grade(f"""{HEAD}
def test_a():
    assert (student.counted(), student.counted()) == (1, 2)
def test_b():
    assert student.counted() == 1
""")
    )


def test_a_call_after_one_that_ended_the_process_is_made_afresh(grade):
    """A test may go on after a crash of the student's code."""
    assert passes(
        grade(f"""{HEAD}
def test_a():
    with pytest.raises(StudentError):
        student.die()
    assert student.add(1, 1) == 2
""")
    )


@pytest.mark.parametrize("tests", ["self.student.add(1, 2)", "student.add(1, 2)"])
def test_unittest_classes_have_the_student_in_two_ways(grade, tests):
    """By the module's import, and as an attribute of the class."""
    assert passes(
        grade(
            "import unittest\nfrom autograder.testing import student\nclass T(unittest.TestCase):\n"
            f"    def test_a(self): self.assertEqual({tests}, 3)"
        )
    )


def test_functions_of_several_files_are_found(grade, bench, tmp_path):
    """A function is called in the file that defines it, whichever of the submission's files that is."""
    from autograder.answers.tests import Tests
    from tests.testing.conftest import question

    path = tmp_path / "test_two.py"
    path.write_text("def test_a(student): assert student.one() + student.two() == 3")
    tests = Tests(path)
    place = bench("def one(): return 1", other="def two(): return 2")
    assert tests.judge_in(question(tests), place, seed=1).word is Word.OK


KINDS = [
    "ArithmeticError", "AssertionError", "AttributeError", "EOFError", "FileNotFoundError", "ImportError", "IndexError",
    "KeyError", "LookupError", "ModuleNotFoundError", "NameError", "NotImplementedError", "OSError", "OverflowError",
    "PermissionError", "RecursionError", "RuntimeError", "TypeError", "UnboundLocalError", "ValueError",
    "ZeroDivisionError",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_students_error_is_one_of_the_usual_class_too(kind):
    """`except ValueError` holds for a student's ValueError, and the message is the sandbox's."""
    import builtins

    error = student_error(Answered(category="raised", message="`f` raised it.", kind=kind, error="text"))
    assert isinstance(error, StudentError)
    assert isinstance(error, getattr(builtins, kind))
    assert (str(error), error.kind, error.error) == ("`f` raised it.", kind, "text")


@pytest.mark.parametrize(
    "kind", ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "StudentError", "Warning", "object"]
)
def test_no_name_makes_an_error_that_ends_the_run(kind):
    """A student's SystemExit, or a class that bears an odd name, is a plain StudentError."""
    error = student_error(Answered(category="raised", message="m", kind=kind))
    assert type(error) is StudentError


def test_outside_of_a_run_the_student_says_what_to_do():
    """An author who runs pytest by hand reads why there is nobody to call."""
    with pytest.raises(AuthorError, match="only while the grader runs these tests"):
        student.ridge(1)


def test_introspection_finds_no_student_behind_dunder_names():
    """Tools that ask for `__wrapped__` and the like are told that there is none."""
    assert not hasattr(student, "__wrapped__")
    assert not hasattr(student.f, "__code__")


def test_tensors_are_the_librarys_own_where_the_test_has_it():
    """A tensor comes back as torch's own when the test imported torch, inside lists and dictionaries too."""
    import numpy as np
    import torch

    from autograder.sandbox.values import Tensor
    from autograder.testing.student import _native

    value = _native({"w": [Tensor(array=np.array([1.0, 2.0]), requires_grad=True)], "n": (1,)})
    (tensor,) = value["w"]
    assert isinstance(tensor, torch.Tensor)
    assert (tensor.tolist(), tensor.requires_grad, value["n"]) == ([1.0, 2.0], True, (1,))


def test_a_file_whose_own_tests_fail_is_run_statement_by_statement(grade):
    """What stands around the functions may raise: it is left out, the student is told, and the tests meet the functions."""
    student = "rate = 2\nopen('data.csv')\ndef add(a, b):\n    return a + b\nimport sys; sys.exit()\n"
    verdict = grade(
        """
from autograder.testing import student
def test_add():
    assert student.add(1, 2) == 3
def test_rate():
    assert student["rate"] == 2
""",
        student,
    )
    assert verdict.credit == 1
    assert [notice.split(",")[1] for notice in verdict.notices] == [" line 2 was left out", " line 5 was left out"]


def test_relative_imports_among_the_students_files(bench, tmp_path):
    """`from .other import f` has a package to start from."""
    path = tmp_path / "test_author.py"
    path.write_text("from autograder.testing import student\ndef test_twice():\n    assert student.twice(4) == 8\n")
    files = bench("from .other import two\ndef twice(x):\n    return two * x\n", other="two = 2\n")
    answer = Tests(path)
    assert answer.judge_in(question(answer, 10), files, seed=1).credit == 1


def test_libraries_that_are_not_there_have_stand_ins(grade):
    """A progress bar or a plot's style from a library that is not installed keeps no function from being tested."""
    student = (
        "import seaborn as sns\nfrom tqdm import tqdm\nsns.set_theme()\n"
        "def total(values):\n    return sum(tqdm(values, desc='all'))\n"
    )
    verdict = grade(
        "from autograder.testing import student\ndef test_total():\n    assert student.total([1, 2]) == 3\n", student
    )
    assert verdict.credit == 1
    assert [notice.split(",")[0] for notice in verdict.notices] == [
        "answers.py imports seaborn",
        "answers.py imports tqdm",
    ]
