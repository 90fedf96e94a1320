"""The page of wrong answers: it is what the grader says today, and covers every assignment."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.cli import main
from autograder.cli.feedback import EXAMPLES, page, read_examples
from autograder.errors import AuthorError

PAGE = Path(__file__).parents[2] / "docs" / "feedback.md"


def test_the_page_says_what_students_are_told_today(pytestconfig):
    """docs/feedback.md is what the verb writes; --update-golden writes it again."""
    text = page(EXAMPLES)
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text, (
        "look, then run: python -m autograder feedback --write docs/feedback.md"
    )


def test_sixty_answers_over_all_assignments():
    """At least sixty, no two alike, from each of the four assignments."""
    examples = read_examples(EXAMPLES)
    assert len(examples) >= 60
    assert {example.assignment for example in examples} == {"hw1", "dis1", "gradients", "foundations"}
    assert len({(example.part, str(example.typed), example.code, str(example.beside)) for example in examples}) == len(
        examples
    )


def test_the_verb_prints_or_writes(tmp_path, capsys):
    """Without a file the page is printed; with one it is written there."""
    source = tmp_path / "few.toml"
    source.write_text('[[answer]]\npart = "gradients/3.range"\ntyped = "lr < 2"\n')
    assert main(["feedback", "--examples", str(source)]) == 0
    printed = capsys.readouterr().out
    assert "### gradients/3.range: Rates that converge" in printed
    assert "not yet     3.range" in printed
    assert main(["feedback", "--examples", str(source), "--write", str(tmp_path / "page.md")]) == 0
    assert (tmp_path / "page.md").read_text() == printed
    assert main(["feedback", "--examples", str(source), "--write", str(tmp_path)]) == 2
    assert "Name another file with --write." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[answer]\n", "cannot be read"),
        ('[[answer]]\npart = "hw1/1a"\n', "answer 1: give `part`, one of `typed` and `code`"),
        ('[[answer]]\npart = "hw1/1a"\ntyped = "1"\ncode = "x = 1"\n', "one of `typed` and `code`"),
        ('[[answer]]\npart = "hw1/1a"\ntyped = "1"\nnote = "x"\n', "one of `typed` and `code`"),
    ],
)
def test_an_odd_file_is_told(tmp_path, text, message):
    """What is wrong with the examples, and where."""
    source = tmp_path / "odd.toml"
    source.write_text(text)
    with pytest.raises(AuthorError, match=message):
        read_examples(source)
