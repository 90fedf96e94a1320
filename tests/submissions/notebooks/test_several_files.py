"""Submissions with several files that have the functions: each may be the answer, and the best verdict counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.notebooks.choosing import candidates
from autograder.notebooks.percent import notebook_json
from autograder.submission.collect import Submission
from autograder.verdict import Word
from reference.hw1 import q5a_features, q5b_decomposition, q5c_two_layers
from reference.hw1.mistakes.layers import MISTAKES
from tests.submissions.notebooks.build import text_with

BLANK = Path(__file__).parents[3] / "student_template" / "hw1" / "relu_features.ipynb"
PARTS = {"5a": q5a_features, "5b": q5b_decomposition, "5c": q5c_two_layers}
_C = "# %% [markdown]\n# ## (c)"
_FUNCTIONS = ("# %%\ndef backward_and_plot_grad", "# %%\nfor width in widths:\n    for snapshot, when")


def submission(**notebooks: str) -> Submission:
    return Submission(answers={}, files={f"{name}.ipynb": text.encode() for name, text in notebooks.items()})


def _modules() -> Submission:
    """The functions of (a) and (b) in a module, from which the notebook takes all names."""
    cells = text_with().split("\n# %%")
    mine = [
        cell for cell in cells if any(f"def {name}" in cell for name in ("backward_and", "collect_output", "to_torch"))
    ]
    rest = [cell for cell in cells if cell not in mine]
    head = "import numpy as np\nimport torch\nimport matplotlib.pyplot as plt\ndevice = torch.device('cpu')\n"
    first = rest.pop(0)
    notebook = "\n# %%".join([first, "\nfrom drawing import *\n", *rest])
    files = {"nb.ipynb": notebook_json(notebook).encode(), "drawing.py": (head + "\n".join(mine)).encode()}
    return Submission(answers={}, files=files)


SEVERAL = {
    "a blank form and one's own copy": lambda: submission(
        relu_features=BLANK.read_text(encoding="utf-8"), relu_features_copy=notebook_json(text_with())
    ),
    "a notebook for (c)": lambda: submission(
        ab=notebook_json(text_with().split(_C, maxsplit=1)[0]), c=notebook_json(text_with())
    ),
    "a draft and a later one": lambda: submission(
        draft=notebook_json(text_with(*MISTAKES["relu-missing"], *Q5A_DRAFT)), final=notebook_json(text_with())
    ),
    "functions in a module": _modules,
}
Q5A_DRAFT = (("        output.backward()\n", "        (output ** 2).backward()\n"),)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", SEVERAL)
def test_the_right_one_counts(name, part, judge) -> None:
    """Whatever lies beside it, a right answer earns everything."""
    verdict = judge(PARTS[part].question, SEVERAL[name]())
    assert (verdict.word, verdict.feedback) == (Word.OK, ()), verdict.checks


def test_the_choice_is_told(judge) -> None:
    """Where another file than the first counts, the student reads which."""
    verdict = judge(q5a_features.question, SEVERAL["a blank form and one's own copy"]())
    assert verdict.notices[-1] == (
        "Several of your files have the functions: relu_features.ipynb, relu_features_copy.ipynb. "
        "relu_features_copy.ipynb counts, which was judged best."
    )


def test_the_same_code_is_judged_once() -> None:
    """A notebook saved as a script is no second answer, and no more than three files are judged."""
    text = text_with()
    files = {"nb.ipynb": notebook_json(text).encode(), "nb.py": text.encode()}
    assert [script.name for script in candidates(files, ("backward_and_plot_grad",))] == ["nb.ipynb"]
    many = {f"{number}.ipynb": notebook_json(f"{text}\nx = {number}\n").encode() for number in range(5)}
    assert [script.name for script in candidates(many, ("backward_and_plot_grad",))] == [
        "0.ipynb",
        "1.ipynb",
        "2.ipynb",
    ]
