"""Rehearsals: which loops are cut short, which cells are run for the networks, and what is believed of what comes back."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.notebooks.rehearsal import few_steps, read_rehearsal
from autograder.notebooks.script import scripts
from autograder.notebooks.stage import programs
from autograder.notebooks.training import before_drawing, training_loops, trains_at_all, trains_by_hand
from tests.submissions.notebooks.build import submission_of


def _script(text: str):
    (script,) = scripts(submission_of(f"# %%\n{text}").files)
    return script


LOOPS = {
    "an optimiser": ("for i in range(9):\n    loss.backward()\n    opt.step()\n", [1]),
    "by hand": ("for i in range(9):\n    loss.backward()\n    w.data -= 0.1 * w.grad\n", [1]),
    "by assignment": ("for i in range(9):\n    loss.backward()\n    w = w - lr * w.grad\n", [1]),
    "by replaced data": ("for i in range(9):\n    loss.backward()\n    p.data = new(p)\n", [1]),
    "with autograd.grad": ("while True:\n    g = torch.autograd.grad(loss, w)\n    w = w.sub_(g)\n", [1]),
    "through a function": ("def go(net):\n    opt.step()\n\nfor i in range(9):\n    go(net)\n", [4]),
    "through a method": (
        "class T:\n    def fit(self):\n        opt.step()\n\nfor i in range(9):\n    T().fit()\n",
        [5],
    ),
    "epochs and batches": ("for e in range(9):\n    for b in loader:\n        opt.step()\n", [1, 2]),
    "collecting derivatives": ("for x in X:\n    net.zero_grad()\n    net(x).backward()\n    rows.append(g)\n", []),
    "steps of a drawing": ("for c in columns:\n    plt.step(x, c)\n    ax.step(x, c)\n", []),
}


@pytest.mark.parametrize("name", LOOPS)
def test_loops_that_train_are_found(name) -> None:
    """A loop trains if it takes steps, itself or through what it calls; collecting derivatives is no training."""
    text, lines = LOOPS[name]
    assert [line for line, _ in training_loops(_script(text))] == lines


def test_training_counts_where_it_is_run() -> None:
    """A function that trains and is never called trains nothing; steps without an optimiser are known as such."""
    fit = "def fit(net):\n    for i in range(9):\n        loss.backward()\n        opt.step()\n"
    by_hand = "for i in range(9):\n    loss.backward()\n    for p in net.parameters():\n        p.sub_(p.grad)\n"
    assert [trains_at_all(_script(text)) for text in (fit, f"{fit}fit(net)\n", by_hand)] == [False, True, True]
    assert [trains_by_hand(_script(text)) for text in (fit, f"{fit}fit(net)\n", fit + by_hand)] == [False, False, True]


def test_what_the_drawn_networks_need_is_run_in_order() -> None:
    """Cells that make, fill or train what is drawn belong to it; other figures and other work do not."""
    script = _script(
        "import torch\nX = load()\nwidths = [3]\nnets = {}\nother = work()\n"
        "for w in widths:\n    nets[w] = torch.nn.Linear(1, w)\n"
        "def train(net):\n    opt.step()\n"
        "train(nets[3])\nplt.plot(X, nets)\nother.append(1)\nnets[3].load_state_dict(state)\nstate = other_state\n"
        "for w in widths:\n    draw_it(X, nets[w])\n"
    )
    chosen = before_drawing(script, ("draw_it",), ("X",))
    assert [statement.node.lineno for statement in chosen] == [3, 4, 6, 10, 13, 14, 15]


def test_numbers_of_steps_are_made_small() -> None:
    """Constants that say how long to train become the grader's own; others keep their value."""
    script = _script(
        "n_steps = 150_000\nEPOCHS = 500\nsave_every = 1000\nn_samples = 200\nsteps = 30\nlr_steps = 0.5\n"
    )
    assert few_steps(script) == {"n_steps": 40, "EPOCHS": 40, "save_every": 10}


def test_loops_are_cut_short() -> None:
    """A loop over anything, and one with a condition, end after a few rounds, and what is done every 1000 steps is done."""
    text = (
        "a = b = 0\nkept = []\n"
        "for i in range(10**9):\n    a += 1\n    if (i + 1) % 1000 == 0:\n        kept.append(f'{i % 7} of %d' % i)\n"
        "while True:\n    b += 1\n    if b == 7:\n        continue\n"
        "for i in range(100):\n    last = i\n"
        "c = 1003 % 1000\n"
    )
    program = {"name": "n.py", "text": text, "lines": [1, 2, 3, 7, 11, 13], "loops": [[3, 0], [7, 0]]}
    program |= {"rounds": 40, "in_all": 1000, "often": 10}
    found: dict[str, object] = {}
    programs.run(programs.statements(program), "n.py", found)
    assert (found["a"], found["b"], found["last"], found["c"]) == (40, 40, 99, 3)
    assert found["kept"] == ["2 of 9", "5 of 19", "1 of 29", "4 of 39"]


def test_a_loop_ends_when_its_condition_fails() -> None:
    """A condition still counts in a loop that is cut short."""
    program = {"name": "n.py", "text": "a = 0\nwhile a < 5:\n    a += 1\n", "lines": [1, 2], "loops": [[2, 0]]}
    found: dict[str, object] = {}
    programs.run(programs.statements(program | {"rounds": 40, "in_all": 1000, "often": 10}), "n.py", found)
    assert found["a"] == 5


def test_all_loops_together_have_an_end() -> None:
    """Loops inside of others share the rounds of all of them."""
    text = "a = 0\nfor e in range(100):\n    for b in range(100):\n        a += 1\n"
    program = {"name": "n.py", "text": text, "lines": [1, 2], "loops": [[2, 0], [3, 4]]}
    found: dict[str, object] = {}
    programs.run(programs.statements(program | {"rounds": 50, "in_all": 120, "often": 10}), "n.py", found)
    assert found["a"] == 117  # three rounds of the outer loop are counted as well


NETWORK = {
    "thing": 0, "names": ["w"], "arrays": [np.ones((2, 1), np.float32)], "trained": True, "values": None, "probe": None,
    "state": b"",
}  # fmt: skip
WHOLE = {
    "networks": [NETWORK],
    "drawings": [{"function": "f", "parameter": "w", "network": 0, "of_targets": False}],
    "held": [0],
    "steps": 3,
    "failures": [{"line": 3, "kind": "KeyError", "error": "\x1b[2J4"}],
}


def test_a_rehearsal_is_read() -> None:
    """What has the form of a rehearsal is one, its texts made safe to show."""
    found = read_rehearsal(WHOLE)
    assert found is not None
    assert (found.drawings[0].parameter, found.drawn("f")[0].trained, found.steps) == ("w", True, 3)
    assert "\x1b" not in found.failures[0].error


@pytest.mark.parametrize(
    "forged",
    [
        None,
        [],
        {**WHOLE, "steps": "many"},
        {**WHOLE, "held": [1]},
        {**WHOLE, "held": [True]},
        {**WHOLE, "drawings": [{"function": "f", "parameter": "w", "network": -1, "of_targets": False}]},
        {**WHOLE, "networks": [{**NETWORK, "names": []}]},
        {**WHOLE, "networks": [{**NETWORK, "arrays": [np.array([np.nan])]}]},
        {**WHOLE, "networks": [{**NETWORK, "arrays": ["1"]}]},
        {**WHOLE, "networks": [{**NETWORK, "trained": 1}]},
    ],
)
def test_what_is_no_rehearsal_says_nothing(forged) -> None:
    """The student's process may send anything; what has another form is not believed in part."""
    assert read_rehearsal(forged) is None
