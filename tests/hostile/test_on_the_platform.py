"""Hostile code in the platform's own folders, through the whole run: what is written is what may be seen."""

import json
import os
import secrets
import sys
import textwrap

import pytest

from autograder.gradescope import run_on_platform

IS_ROOT = os.geteuid() == 0

QUESTIONS = """
from autograder import Assignment, Function, Functions, Question, Source
from autograder.functions import Input, Matches

double = Function(
    name="double", signature="x: n -> y: n", about="Twice x.",
    inputs=(Input(name="any", group="all", make=lambda draw: (draw.normal(3),)),),
    checks=(Matches(reference=lambda x: 2 * x),), reference=lambda x: 2 * x,
)
triple = Function(
    name="triple", signature="x: n -> y: n", about="Three times x.",
    inputs=(Input(name="any", group="all", make=lambda draw: (draw.normal(3),)),),
    checks=(Matches(reference=lambda x: 3 * x),), reference=lambda x: 3 * x,
)


def part(id, function):
    return Question(
        id=id, title="Code", points=1, prompt="Write it.", source=Source("None", id),
        answer=Functions(functions=(function,)),
    )


assignment = Assignment(
    name="hostile", title="Hostile", points=2, questions=(part("1", double), part("2", triple)),
)
"""
RIGHT = "def triple(x):\n    return 3 * x\n"


@pytest.fixture(params=["as it is", "without Landlock"] if IS_ROOT else ["as it is"])
def platform(request, tmp_path_factory, monkeypatch):
    """The platform's folders with a secret in them, and a way to grade a text there."""
    folder = tmp_path_factory.mktemp("platform")
    for above in (folder, *folder.parents[:2]):
        above.chmod(0o755)  # as /autograder is: only the permissions below it keep anybody out
    if request.param == "without Landlock":
        monkeypatch.setattr("autograder.sandbox.sandbox.available_mechanisms", lambda: ("filter",))
    monkeypatch.setattr(sys, "path", list(sys.path))
    home, secret = folder / "autograder", f"secret-{secrets.token_hex(16)}"
    library = home / "source" / f"course_{secrets.token_hex(8)}"
    (library / "hostile").mkdir(parents=True)
    (library / "hostile" / "assignment.py").write_text(QUESTIONS)
    (library / "hostile" / "secret.key").write_text(secret)
    (home / "source" / "assignment.txt").write_text("hostile")
    (home / "submission_metadata.json").write_text(json.dumps({"previous_submissions": [{"results": secret}]}))
    (home / "submission").mkdir()
    (home / "results").mkdir()
    for path in home.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)

    def grade(text):
        (home / "submission" / "functions.py").write_text(f"HOME = {str(home)!r}\n{textwrap.dedent(text)}\n{RIGHT}")
        code = run_on_platform(home, {}, library)
        written = (home / "results" / "results.json").read_text()
        assert secret not in written
        results = json.loads(written, parse_constant=pytest.fail)
        return code, results, results["tests"]

    return grade


def score(tests, number):
    return next(
        test["score"] for test in tests if test.get("number") == number or test["name"].startswith(f"{number} ")
    )


def test_keys_metadata_and_results_cannot_be_read(platform):
    """Whatever a function can open in the platform's folders, it is neither a key, nor the metadata, nor a result."""
    text = """
    import glob, os
    def double(x):
        seen = []
        for place in ("source", "results", "submission_metadata.json"):
            for path in [f"{HOME}/{place}", *glob.glob(f"{HOME}/{place}/**", recursive=True)]:
                try:
                    seen.append(open(path).read())
                except OSError:
                    pass
                try:
                    seen.append(os.listdir(path))
                except OSError:
                    pass
        raise ValueError(f"seen: {seen}")
    """
    code, _, tests = platform(text)
    assert code == 0
    assert "seen: []" in json.dumps(tests)


def test_results_cannot_be_written(platform):
    """A file of results that student code writes is not there; the part that is right keeps its point."""
    text = """
    import os
    def double(x):
        for place in ("results/results.json", "results/forged", "submission/functions.py", "source/forged"):
            try:
                open(f"{HOME}/{place}", "w").write('{"score": 100}')
            except OSError:
                pass
        try:
            os.rename(f"{HOME}/results", f"{HOME}/gone")
        except OSError:
            pass
        return x
    """
    code, results, tests = platform(text)
    assert code == 0
    assert results.get("score", sum(test.get("score", 0) for test in tests)) == 1.0
