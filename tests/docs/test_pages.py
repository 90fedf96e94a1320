"""Every page of the documentation: its code runs, its commands exist, its links lead somewhere, its pictures are drawn."""

from __future__ import annotations

import argparse
import doctest
import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from autograder import cli
from autograder.submission.collect import collect

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
ELSEWHERE = {"first-question.md", "tests-kind.md"}
"""Pages whose blocks belong together: `tests/verify/test_new.py` and `tests/testing/test_docs.py` execute them."""
OUR_OWN = re.compile(r"^(?:\.venv/bin/)?python -m autograder (\S+)(.*)$|^(\./run_autograder)(.*)$")


def blocks(page: Path, *languages: str) -> list[str]:
    return [
        text
        for language, text in re.findall(
            r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        )
        if language in languages
    ]


def commands() -> list[tuple[str, str]]:
    """Every command line of every page, without its comment."""
    found = []
    for page in PAGES:
        for block in blocks(page, "sh", "", "console"):
            for line in block.splitlines():
                plain = line.partition("  #")[0].strip().removeprefix("$ ")
                if OUR_OWN.match(plain):
                    found.append((page.name, plain))
        inline = re.findall(
            r"`((?:\.venv/bin/)?python -m autograder [^`]+|\./run_autograder [^`]+)`", page.read_text(encoding="utf-8")
        )
        found += [(page.name, plain) for plain in inline if OUR_OWN.match(plain)]
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in ELSEWHERE], ids=lambda page: page.name)
def test_code_runs(page, tmp_path, monkeypatch):
    """Blocks of answers are read as a submission without a complaint; other Python runs, its examples print what they say."""
    for number, text in enumerate(blocks(page, "python")):
        if re.search(r"^(?:assignment = |q\d)", text, re.MULTILINE):
            (tmp_path / f"answers{number}.py").write_text(text, encoding="utf-8")
            submission = collect(tmp_path / f"answers{number}.py")
            assert submission.answers
            assert submission.problems == ()
        elif ">>>" in text:
            test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
            assert doctest.DocTestRunner().run(test).failed == 0
        else:
            program = compile(text, f"{page.name}, block {number + 1}", "exec")
            if "if __name__" not in text:  # else it is started by hand, beside a cluster
                exec(program, {"__name__": f"block_{number}"})


@pytest.mark.parametrize(("page", "line"), commands())
def test_commands_exist(page, line):
    """Each command names a verb and options that there are."""
    match = OUR_OWN.match(line)
    assert match is not None
    verb = match[1] or "grade"
    assert verb in {one.name for one in cli.VERBS} | {"VERB", "--help"}, f"{page}: {line}"
    if verb in ("VERB", "--help"):
        return
    module = next(one.module for one in cli.VERBS if one.name == verb)
    parser = argparse.ArgumentParser(add_help=True)
    importlib.import_module(module).add_arguments(parser)
    known = {option for action in parser._actions for option in action.option_strings}
    assert set(re.findall(r"(?<!\S)--[a-z][a-z-]*", match[2] or match[4] or "")) <= known, f"{page}: {line}"


@pytest.mark.parametrize(
    ("verb", "arguments", "said"),
    [
        ("doctor", [], "Grading is possible."),
        ("try", ["hw1/1a", "0 < eta < 1/sigma^2"], "verdict:    ok"),
        ("compare", ["--help"], "usage:"),
    ],
)
def test_cheap_commands_of_the_pages_work(verb, arguments, said):
    """What a page tells everybody to type first works as it says."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", verb, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """Every link and picture of a page is a file of the repository."""
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_the_readme_names_the_verbs():
    """What an instructor can do is on the first page."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for verb in ("verify", "build", "batch", "new", "validate", "doctor", "try", "compare", "coverage"):
        assert f"`{verb}`" in text, verb


def test_the_students_page_is_short():
    """A student reads it in a minute."""
    text = (ROOT / "docs" / "students.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert 120 <= len(re.findall(r"[A-Za-z]+", prose)) <= 190


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=lambda path: path.name)
def test_pictures_are_small_and_say_what_they_are(picture):
    """Each is a well-formed SVG of a few kilobytes with a title, text in it, and nothing from elsewhere."""
    data = picture.read_text(encoding="utf-8")
    root = ET.fromstring(data)
    assert len(data) < 12_000
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert len(root.findall("{http://www.w3.org/2000/svg}text")) > 5
    assert "href" not in data


def test_drawing(tmp_path):
    """Words of verdicts are coloured where a line begins with one, marks of XML are harmless, long lines are cut."""
    spec = importlib.util.spec_from_file_location("draw", ROOT / "docs" / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    draw = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(draw)
    drawn = draw.svg("A title", "$ a < b", "ok  0 < x & y\nnot yet  z\nokay\n" + "w" * 200)
    texts = list(ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text"))
    assert ["".join(text.itertext())[:20] for text in texts] == [
        "$ a < b",
        "ok  0 < x & y",
        "not yet  z",
        "okay",
        "w" * 20,
    ]
    assert drawn.count('<tspan class="good">ok</tspan>') == 1
    assert drawn.count('<tspan class="bad">not yet</tspan>') == 1
    assert len("".join(texts[-1].itertext())) == draw.COLUMNS
