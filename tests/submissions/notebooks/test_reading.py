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


def _cell(source: str) -> dict[str, object]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": None, "execution_count": 1}


FIRST_CELLS = {
    "magics and shell lines": "%config InlineBackend.figure_format = 'retina'\n!rm -rf ~\nfiles = !ls\n%run other.py\n"
    "%load_ext autoreload\nget_ipython().system('ls')\n?np.linalg.svd\nplt.plot?\n%timeit sum(range(9))\n",
    "a cell for another program": "%%bash\nrm -rf /\n",
    "a cell written to a file": "%%writefile a.py\nimport os\n",
    "Colab": "from google.colab import drive, files\ndrive.mount('/content/drive')\n%cd /content/drive\nfiles.upload()\n",
    "an unfinished line": "def half(:\n",
    "await": "await something()\n",
    "IPython's own hooks": "import sys\nfrom IPython.core.interactiveshell import InteractiveShell\n"
    "InteractiveShell.showtraceback = InteractiveShell.run_cell = lambda *a, **k: None\n"
    "sys.excepthook = lambda *a: None\nget_ipython().showtraceback = None\n",
}


@pytest.mark.parametrize("name", FIRST_CELLS)
def test_other_cells_change_nothing(name, judge) -> None:
    """Magics, shell lines, cells of other programs and cells that fail are not run, and cost nothing."""
    submission = _saved(lambda document: document["cells"].insert(0, _cell(FIRST_CELLS[name])))
    assert judge(question, submission).word is Word.OK


@pytest.mark.parametrize("line", ["%%time\n", "%%capture out\n", "%matplotlib inline\n"])
def test_a_magic_line_over_a_function_hides_nothing(line, judge) -> None:
    """A cell that is timed or captured is a cell of Python."""

    def change(document) -> None:
        for cell in document["cells"]:
            if "def backward_and_plot_grad(" in "".join(cell["source"]):
                cell["source"] = line + "".join(cell["source"])

    assert judge(question, _saved(change)).word is Word.OK


@pytest.mark.parametrize(("major", "minor"), [(4, 0), (4, 1), (4, 2), (4, 4), (4, 5), (5, 0)])
def test_every_format_is_read(major, minor, judge) -> None:
    """The numbers of the format, missing ids, raw cells and cells without a source change nothing."""

    def change(document) -> None:
        document["nbformat"], document["nbformat_minor"] = major, minor
        for cell in document["cells"]:
            cell.pop("id", None)
            cell["metadata"] = {"tags": ["skip-execution", "remove-cell"]}
        document["cells"].insert(
            0, {"cell_type": "raw", "metadata": {}, "source": "def backward_and_plot_grad(): pass"}
        )
        document["cells"].insert(0, {"cell_type": "code", "metadata": {}})

    assert judge(question, _saved(change)).word is Word.OK


def test_hooks_do_not_hide_a_failure(judge) -> None:
    """Line 57 of the attacks: a function that patches what reports errors, and then fails, has failed."""
    hooks = (
        "    import builtins, sys, traceback\n    sys.excepthook = traceback.print_exception = lambda *a: None\n"
        "    get_ipython().showtraceback = get_ipython().run_cell = lambda *a: None\n    raise ValueError('hidden')\n"
    )
    verdict = judge(
        question, submission_of(text_with(("    gradients = {}\n    for x in X:", f"{hooks}    for x in X:")))
    )
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)
    assert "It raised ValueError: hidden" in verdict.feedback[0]


def test_what_a_drawing_function_saves_is_not_missed(judge) -> None:
    """Nothing can be written while notebooks are graded, and a figure that is saved as well is judged as drawn."""
    saves = "    plt.title(title)\n    import os\n    os.makedirs('figures', exist_ok=True)\n    plt.savefig('figures/a.pdf')\n    np.save('a.npy', X)\n"
    text = text_with(("    plt.title(title)\n", saves))
    assert judge(question, submission_of(text)).word is Word.OK


def test_a_very_long_curve_is_thinned_not_lost(judge) -> None:
    """A curve with more points than are looked at is judged by every so manieth of them."""
    text = text_with(
        (
            "            plt.plot(X, column, linewidth=1",
            "            plt.plot(np.repeat(X, 700), np.repeat(column, 700), linewidth=1",
        ),
    )
    assert judge(question, submission_of(text)).word is Word.OK
