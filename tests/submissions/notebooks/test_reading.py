"""Notebooks as students hand them in: what they were saved with, and what stands around the functions."""

from __future__ import annotations

import json

import pytest

from autograder.submission.collect import Submission
from autograder.verdict import Word
from reference.hw1.q5a_features import question
from tests.submissions.notebooks.build import NAME, old_format, submission_of, text_with

_FIGURE = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}, "metadata": {}}


def _saved(change) -> Submission:
    document = json.loads(submission_of(text_with()).files[NAME])
    change(document)
    return Submission(answers={}, files={NAME: json.dumps(document).encode()})


def _same_ids(document) -> None:
    for cell in document["cells"]:
        cell["id"] = "same"


def _no_metadata(document) -> None:
    del document["metadata"]
    for cell in document["cells"]:
        del cell["metadata"]


def _large_outputs(document) -> None:
    for cell in document["cells"]:
        cell["attachments"] = {"a.png": {"image/png": "A" * 100_000}}
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1\n" * 100_000}]


def _reversed(document) -> None:
    document["cells"].reverse()


def _texts_as_strings(document) -> None:
    for cell in document["cells"]:
        cell["source"] = "".join(cell["source"])


@pytest.mark.parametrize("change", [_same_ids, _no_metadata, _large_outputs, _reversed, _texts_as_strings])
def test_only_sources_count(change, judge) -> None:
    """Ids, metadata, outputs, attachments and the order of the cells change nothing."""
    verdict = judge(question, _saved(change))
    assert (verdict.word, verdict.feedback) == (Word.OK, ())


def test_old_format_is_read(judge) -> None:
    """A notebook of format 3 is judged like any other."""
    submission = Submission(answers={}, files={NAME: old_format(text_with())})
    assert judge(question, submission).word is Word.OK


def test_a_python_file_is_read(judge) -> None:
    """The notebook exported as a script is sliced in the same way: its training is not run."""
    submission = Submission(answers={}, files={"relu_features.py": text_with().encode()})
    assert judge(question, submission).word is Word.OK


def test_helpers_come_from_the_submission(judge) -> None:
    """A module beside the notebook is imported, without what it does when it is run."""
    helpers = "import torch\n\ndef to_numpy(x):\n    return x.detach().numpy()\n\nwhile True:\n    pass\n"
    text = text_with(("def to_numpy(x):\n    return x.detach().cpu().numpy()\n", "from helpers import *\n"))
    assert judge(question, submission_of(text, {"helpers.py": helpers})).word is Word.OK


def test_the_courses_helpers_need_not_be_there(judge) -> None:
    """`to_torch` and `to_numpy` of a module that was not handed in are the course's own."""
    text = text_with(
        ("def to_numpy(x):\n    return x.detach().cpu().numpy()\n", "from helpers import to_numpy, plot_data\n")
    )
    verdict = judge(question, submission_of(text))
    assert verdict.word is Word.OK
    assert any("helpers is not there" in notice for notice in verdict.notices)


def test_a_missing_global_is_explained(judge) -> None:
    """A function that needs the result of a loop is told which cell makes it, and what to do."""
    loop = "# %%\nfactor = 0\nfor _ in range(3):\n    scale = 1.0\n\n# %%\ndef backward_and_plot_grad"
    text = text_with(
        ("# %%\ndef backward_and_plot_grad", loop), ("    gradients = {}\n", "    gradients = {}\n    output = scale\n")
    )
    (first, *_) = judge(question, submission_of(text)).feedback
    assert "needs the global `scale`, which your notebook makes by running code (relu_features.ipynb, cell " in first


def test_a_figure_that_the_source_cannot_have_made_is_shown_to_staff(judge) -> None:
    """The function does not parse, but its cell holds a figure: instructors are told, the student reads about the slip."""

    def change(document) -> None:
        for cell in document["cells"]:
            source = "".join(cell["source"])
            if "def backward_and_plot_grad(" in source:
                cell["source"] = source.replace("    gradients = {}", "    gradients = {")
                cell["outputs"] = [_FIGURE]

    verdict = judge(question, _saved(change))
    assert verdict.word is Word.NOT_YET
    assert "is not valid Python" in verdict.feedback[0]
    assert any("the source cannot have made it" in fact for fact in verdict.staff)
    assert not any("saved output" in sentence for sentence in (*verdict.feedback, *verdict.notices))


def test_an_endless_loop_at_the_margin_is_not_run(judge) -> None:
    """Code that only runs is never run, so it cannot hang or touch anything."""
    text = text_with(
        (
            "# %%\nwidths = [10, 20, 40]",
            "# %%\nimport os\nos._exit(0)\nwhile True:\n    pass\n\n# %%\nwidths = [10, 20, 40]",
        )
    )
    assert judge(question, submission_of(text)).word is Word.OK
