"""Discussion 1, 2.ridge: a function, or the notebook's cell, of which only what is needed is run."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.submission.collect import Submission
from autograder.verdict import Word
from reference.dis1.q2_ridge import question
from tests.submissions.notebooks.build import NAME, submission_of
from tests.submissions.notebooks.ridge import RIGHT, WRONG


@pytest.mark.parametrize("name", RIGHT)
def test_variant_is_accepted(name, judge) -> None:
    """Every right way to fit the output layer earns everything."""
    verdict = judge(question, submission_of(f"# %%\n{RIGHT[name]}"))
    assert (verdict.word, verdict.feedback) == (Word.OK, ())


@pytest.mark.parametrize("name", WRONG)
def test_mistake_is_named(name, judge) -> None:
    """Every mistake is told by its own rule."""
    text, rule, credit = WRONG[name]
    verdict = judge(question, submission_of(f"# %%\n{text}"))
    assert (verdict.word, verdict.misconception, verdict.credit) == (Word.NOT_YET, rule, Fraction(credit))


def test_stale_output_is_remarked(judge) -> None:
    """A right cell whose saved output still shows the error of all-zero coefficients is right; the student is told."""
    document = json.loads(submission_of(f"# %%\n{RIGHT['the cell']}").files[NAME])
    text = "Test Error: 0.35919016805141923\n"
    document["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [text]}]
    verdict = judge(question, Submission(answers={}, files={NAME: json.dumps(document).encode()}))
    assert verdict.word is Word.OK
    assert any("run the cell again" in notice for notice in verdict.notices)


_BLANK = (
    "import numpy as np\n\ndef fit_output_layer(H, y, lam):\n    pass\n\n# %%\ncoeffs = fit_output_layer(H, y, lambd)\n"
)


def test_a_function_in_another_file_counts_before_a_blank_notebook(judge) -> None:
    """Where the notebook's function was left blank, one that is written in a file of functions is the answer."""
    submission = submission_of(f"# %%\n{_BLANK}", {"functions.py": RIGHT["solve"]})
    assert judge(question, submission).word is Word.OK


def test_a_blank_function_is_called_empty(judge) -> None:
    """A cell that calls a function without a body is told so, and not that it computes something."""
    verdict = judge(question, submission_of(f"# %%\n{_BLANK}"))
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, None)
    assert verdict.feedback[0].endswith("`fit_output_layer` is there but empty. Write its body.")


def test_an_estimator_that_is_not_there_is_left_to_a_person(judge) -> None:
    """What only a missing module could compute is open, never wrong."""
    text = (
        "from sklearn.linear_model import RidgeCV\nimport numpy as np\n\n"
        "def fit_output_layer(H, y, lam):\n    return RidgeCV([lam]).fit(H, y).coef_\n"
    )
    assert judge(question, submission_of(f"# %%\n{text}")).word is Word.WAITING


_TRAINING = """
def train_network(net):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for step in range(10**9):
        optimizer.zero_grad()
        net(torch.tensor(X, dtype=torch.float32)).mean().backward()
        optimizer.step()

# %%
lambd = 1e-5
"""


def test_a_cell_that_trains_too_is_judged(judge) -> None:
    """Where fitting and training share a cell, the training is cut short; with the initial units the result is right."""
    text = RIGHT["the cell"].replace("lambd = 1e-5\n", _TRAINING)
    text = text.replace("    net.load_state_dict", "    train_network(net)\n    net.load_state_dict")
    assert judge(question, submission_of(f"# %%\n{text}")).word is Word.OK


def test_the_network_that_the_notebook_fits_enters_the_leaderboard(measure) -> None:
    """Its own training is followed on data held out from it; a file without training fits nothing."""
    notebook = (Path(__file__).parents[3] / "reference/dis1/solution/relu_sgd.ipynb").read_bytes()
    (entry,) = measure(question, Submission(answers={}, files={"relu_sgd.ipynb": notebook}))
    assert (entry.name, entry.order) == ("Test error", "asc")
    assert 0 < entry.value < 1
    (name,) = [name for name, text in RIGHT.items() if "def fit_output_layer" in text][:1]
    assert measure(question, submission_of(f"# %%\n{RIGHT[name]}")) == ()


def test_a_cell_that_trains_its_units_is_left_to_a_person(judge) -> None:
    """With units that the cell itself has trained nothing can be compared, and the points stay open."""
    text = RIGHT["the cell"].replace("lambd = 1e-5\n", _TRAINING)
    text = text.replace("    H = torch.relu", "    train_network(net)\n    H = torch.relu")
    assert judge(question, submission_of(f"# %%\n{text}")).word is Word.WAITING


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "import os\n\ndef fit_output_layer(H, y, lam):\n    os._exit(0)\n",
            "`fit_output_layer` left the Python process",
        ),
        ("def fit_output_layer(H, y, lam):\n    return {1}\n", "The answer of `fit_output_layer` cannot be read"),
        ("import os\ncoeffs = os._exit(int(lambd))\n", "the cell that sets `coeffs` left the Python process"),
    ],
)
def test_what_was_going_on_is_said_in_the_notebooks_words(text, said, judge) -> None:
    """A call that ends without an answer is named as the student knows it, not by a name of the grader's."""
    verdict = judge(question, submission_of(f"# %%\n{text}"))
    assert verdict.word is Word.NOT_YET
    assert said in verdict.feedback[0]
