"""The checklist: a sound course passes, and a planted fault of each class is found by the checks that it concerns."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import torch  # noqa: F401 - once here instead of once in every check that is forked

from autograder import cli
from autograder.assignments import KEY_VARIABLE, load
from autograder.verify.books import LOCK_FILE, check_ids
from autograder.verify.rows import Context, Mark
from autograder.verify.run import CHECKS, verify
from tests.verify.course import SOLUTION, write


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return tmp_path / f"shelf_{tmp_path.name}"


def rows(shelf, part=""):
    return list(verify(Context(assignment=load("demo", shelf), library=shelf, part=part, seeds=1), cores=1))


def failing(shelf):
    """The failing rows by check."""
    found = {}
    for row in rows(shelf):
        if row.mark is Mark.FAIL:
            found.setdefault(row.check, []).append(row)
    return found


def test_a_sound_course_passes(shelf, capsys):
    """Every check says something, nothing fails, the exit code is 0; two processes find what one finds."""
    write(shelf, code=())
    assert cli.main(["verify", "demo", "--library", str(shelf), "--seeds", "1", "--cores", "2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row for row in found if row["mark"] == "FAIL"] == []
    assert {row["check"] for row in found} == {check.name for check in CHECKS}
    order = [check.name for check in CHECKS]
    assert [order.index(row["check"]) for row in found] == sorted(order.index(row["check"]) for row in found)
    timeless = [(row.check, row.part, row.says) for row in rows(shelf) if row.check != "budgets"]
    assert timeless == [(row["check"], row["part"], row["says"]) for row in found if row["check"] != "budgets"]


WEAK = "checks=(Zero(terms=lambda g, X, y: (np.sign(g), -np.sign(slopes(X, y))), says='the sign'),)"
OVERWRITTEN = "    X, given = X.copy(), X\n    given += 1\n    return (X @ y"
CHANGED = (
    (
        'wrong=(Wrong("half",',
        'wrong=(Wrong("in-place", {"slopes": Fault.CHANGED}, "Whose array is it?"), Wrong("half",',
    ),
    ("import Draw, Input", "import Draw, Fault, Input"),
)
FAULTS = {
    "wrong key": (
        {"edits": (("key = diff((a * x - b) ** 2, x)", "key = diff((a * x + b) ** 2, x)"),)},
        {"witnesses": ("1a", "answer.key")},
    ),
    "wrong solution": (
        {"solution": SOLUTION.replace("2 a (a x - b)", "2 a (a x - 2 b)")},
        {"witnesses": ("1a", "q1a")},
    ),
    "wrong letter": (
        {"edits": (('key="a"', 'key="b"'), ('"upside-down", "b"', '"upside-down", "a"'))},
        {"witnesses": ("1b", "answer.key")},
    ),
    "overlapping misconceptions": (
        {"edits": (('Wrong("sign", -key,', 'Wrong("sign", 2 * a * x - 2 * b,'),)},
        {"misconceptions": ("1a", "wrong['sign']")},
    ),
    "a misconception that is right": (
        {"edits": (('Wrong("sign", -key,', 'Wrong("sign", 2 * a**2 * x - 2 * a * b,'),)},
        {"misconceptions": ("1a", "wrong['sign']")},
    ),
    "a mistake of code that is right": (
        {"code": CHANGED, "mistakes": "{'2.code': {'in-place': (('* 2', '* 4 / 2'),)}}"},
        {"misconceptions": ("2.code", "wrong['in-place']")},
    ),
    "a mistake of code that another rule tells": (
        {"code": CHANGED, "mistakes": "{'2.code': {'in-place': ((' * 2', ''),)}}"},
        {"misconceptions": ("2.code", "wrong['in-place']")},
    ),
    "a mistake of no rule": (
        {"mistakes": "{'1a': {'singn': '-2 a (a x - b)'}}"},
        {"misconceptions": ("1a", "MISTAKES['1a']['singn']")},
    ),
    "a sentence with the key": (
        {"edits": (("Look at the sign of the inside.", "It should be 2a(ax - b), look at the sign."),)},
        {"sentences": ("1a", "wrong['sign'].sentence")},
    ),
    "a sentence with the key as SymPy writes it": (
        {"edits": (("Look at the sign of the inside.", "It should be 2*a*(a*x - b)."),)},
        {"sentences": ("1a", "wrong['sign'].sentence")},
    ),
    "a sentence with the option": (
        {"edits": (("Where does it go for large x?", "It should be option a."),)},
        {"sentences": ("1b", "wrong['upside-down'].sentence")},
    ),
    "a prompt with the key": (
        {"edits": (("Differentiate the square of a x minus b by x.", "Show that the slope is $2 a (a x - b)$."),)},
        {"sentences": ("1a", "prompt")},
    ),
    "another part's prompt with the key": (
        {"edits": (("What is the square, as", "With the slope $2 a (a x - b)$, what is the square, as"),)},
        {"leaks": ("1a", "prompt")},
    ),
    "a sentence with a line of the solution": (
        {"code": (("What is the derivative of a square?", "Return 2 * X.T @ (X @ y - 1)."),)},
        {"sentences": ("2.code", "wrong['half'].sentence")},
    ),
    "wrong points": ({"points": "5"}, {"points": ("", "points")}),
    "points that changed": (
        {"edits": (("points=3", "points=4"),), "points": "5", "lock": "1a (3): lost-inner sign\n1b (1): upside-down\n"},
        {"ids": ("1a", "points")},
    ),
    "an unstable id": (
        {"edits": (('Wrong("sign"', 'Wrong("negated"'),), "lock": "1a (3): lost-inner sign\n1b (1): upside-down\n"},
        {"ids": ("1a", "wrong['sign']")},
    ),
    "private code in a form": (
        {"code": (('about="The slopes', 'about="return 2 * X.T @ (X @ y - 1)'),)},
        {"kit": ("", "questions")},
    ),
    "a typed function that is wrong": (
        {"code": (), "typed": "def slopes(X, y):\n    return X[0]\n"},
        {"gradings": ("2.code", "q2_code")},
    ),
    "a check of code that sees too little": (
        {"code": (("checks=(Matches(reference=slopes),)", WEAK),)},
        {"mutants": ("2.code", "answer.functions[…].inputs")},
    ),
    "no source": ({"edits": (('Source("Sheet 0", "1(a)")', 'Source("Sheet 0", "")'),)}, {"sources": ("1a", "source")}),
    "an oracle that fails": (
        {"edits": (("by=lambda x, a, b: slope", "by=lambda x, a, c: slope"),)},
        {"witnesses": ("1a", "answer")},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault(shelf, fault):
    """Exactly the checks that it concerns fail, each naming the part, the field, the file and what to do."""
    given, expected = FAULTS[fault]
    write(shelf, **given)
    found = failing(shelf)
    assert set(found) == set(expected), found
    for check, place in expected.items():
        assert place in [(row.part, row.at) for row in found[check]]
        assert all(row.fix and row.file for row in found[check])


def test_a_mistake_of_code_is_told_by_its_own_rule(shelf):
    """What a student with a misconception hands in is graded like any submission; without it the row is a note."""
    kept = {"2.code": {"in-place": (("    return (X @ y", OVERWRITTEN),)}}
    write(shelf, code=CHANGED, mistakes=repr(kept))
    assert [(row.mark, row.says) for row in rows(shelf, "2.code") if row.check == "misconceptions"] == [
        (Mark.OK, "2 caught, each by its own rule")
    ]


def test_a_mistake_that_nobody_wrote_down_is_a_note(shelf):
    """A rule that is told by a property is not said to be tried."""
    write(shelf, code=CHANGED)
    found = [row for row in rows(shelf, "2.code") if row.check == "misconceptions"]
    assert [row.mark for row in found] == [Mark.NOTE, Mark.OK]
    assert found[0].says == "in-place: told by a property, so that no answer can be made from the rule alone"
    assert found[0].fix == "Write what such a student hands in into demo/mistakes.py."


def test_a_survivor_without_proof_is_a_hole(shelf):
    """Where an edit is accepted, is not equal, and no oracle calls it right, it is listed with what to do."""
    write(
        shelf,
        edits=(
            ("Choice, Expression,", "Choice, Objective,"),
            ("Expression(key)", 'Objective("2*(a*x - b)^2", of="x")'),
            ("practice=MeasuredValue(by=lambda x, a, b: slope(lambda x: (a * x - b) ** 2, x)),", ""),
            ("-key", '"-(a*x - b)^2"'),
        ),
        solution=SOLUTION.replace("2 a (a x - b)", "(a x - b)^2"),
    )
    found = failing(shelf)
    assert set(found) == {"mutants"}
    holes = [row.says for row in found["mutants"]]
    assert "3·(a·x − b)² is accepted, and nothing shows that it is right" in holes
    assert all(row.at == "answer" and "declare it in also=" in row.fix for row in found["mutants"])


def test_a_survivor_that_is_right_is_proved(shelf):
    """An edit that changes nothing on the domain is accepted, and listed with its proof."""
    write(
        shelf, edits=(("key = diff((a * x - b) ** 2, x)", "key = '2 a (abs(a) x - b)'"), ("-key", "'-2 a (a x - b)'"))
    )
    found = [row for row in rows(shelf, "1a") if row.check == "mutants"]
    assert {row.mark for row in found} == {Mark.OK}
    assert "2 accepted are right" in found[0].says
    assert "2·a·(a·x − b) (equal by SymPy)" in found[0].more


def test_an_id_that_goes_is_told(shelf, capsys):
    """After a release a part or a rule may be added, not renamed."""
    write(shelf)
    assert cli.main(["verify", "demo", "--lock", "--library", str(shelf)]) == 0
    lock = shelf / "demo" / LOCK_FILE
    assert lock.read_text().endswith("1a (3): lost-inner sign\n1b (1): upside-down\n")
    lock.write_text(lock.read_text().replace("lost-inner", "lost-inside").replace("1b (1)", "1b (2)") + "1c (1/2):\n")
    found = failing(shelf)
    assert set(found) == {"ids"}
    assert [(row.part, row.at) for row in found["ids"]] == [
        ("1a", "wrong['lost-inside']"),
        ("1b", "points"),
        ("1c", "id"),
    ]
    assert all("verify --lock" in row.fix and row.file for row in found["ids"])
    capsys.readouterr()


def test_names_that_two_parts_share_are_told(shelf):
    """Two ids whose answers would have one name are told before anybody's answer goes astray."""
    write(shelf, edits=(('id="1a"', 'id="1.b.c"'), ('id="1b"', 'id="1.b_c"')))
    row = next(check_ids(Context(assignment=load("demo", shelf), library=shelf)))
    assert (row.mark, row.part, row.at) == (Mark.FAIL, "1.b.c", "id")
    assert row.says == "1.b.c and 1.b_c are both answered under the name 'q1_b_c'"


def test_one_part_alone(shelf, capsys):
    """With a part named, only that part is looked at; a part that is not there is told."""
    write(shelf, points="5")
    assert cli.main(["verify", "demo/1b", "--library", str(shelf)]) == 0
    assert "1a" not in capsys.readouterr().out
    assert cli.main(["verify", "demo/9", "--library", str(shelf)]) == 2
    assert "has no part '9'" in capsys.readouterr().err


def test_json_and_html(shelf, tmp_path, capsys):
    """The same rows as data, and as one page without scripts that lists first what is to mend; exit code 1."""
    write(shelf, points="5")
    page = tmp_path / "report.html"
    assert cli.main(["verify", "demo", "--json", "--html", str(page), "--library", str(shelf)]) == 1
    data = json.loads(capsys.readouterr().out)
    (failed,) = [row for row in data if row["mark"] == "FAIL"]
    assert (failed["check"], failed["at"], failed["says"]) == (
        "points",
        "points",
        "the parts add up to 4, the assignment says 5",
    )
    text = page.read_text()
    assert text.index("To mend") < text.index("the parts add up to 4") < text.index("<details")
    assert "<script" not in text
    assert "http" not in text


def test_build_refuses_what_does_not_verify(shelf, tmp_path, capsys):
    """No zip is written where a row fails; where all pass, the zip says so."""
    write(shelf, points="5")
    out = tmp_path / "demo.zip"
    assert cli.main(["build", "demo", "--out", str(out), "--library", str(shelf)]) == 1
    assert not out.exists()
    assert "the parts add up to 4" in capsys.readouterr().out
