"""Torch's compiler, which optimisers ask for and do not need, is loaded when something of it is used and not before."""

from __future__ import annotations

import pytest

from autograder.sandbox import Call, Program, Returned, Sandbox
from autograder.submission.slow_libraries import TORCH_COMPILER, likely_libraries, slow_libraries, torch_compiler

LOADED = "'torch._dynamo.eval_frame' in sys.modules"
PROGRAM = f"""
import copy, inspect, pickle, sys
import torch

def train(optimiser):
    network = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
    steps = getattr(torch.optim, optimiser)(network.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.StepLR(steps, 1)
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])

    def loss():
        steps.zero_grad()
        value = network(x).square().mean()
        value.backward()
        return value

    for _ in range(3):
        steps.step(loss)
        schedule.step()
    steps.load_state_dict(copy.deepcopy(steps.state_dict()))
    inspect.getmodule(network)  # it looks at every module
    return {LOADED}

def slope():
    derivative = torch.func.grad(lambda x: x ** 3)
    return [float(derivative(torch.tensor(2.0))), {LOADED}]

def curvature():
    return float(torch.func.hessian(lambda x: x ** 3)(torch.tensor(2.0)))

def settings():
    import torch._dynamo.config
    return [hasattr(torch._dynamo.config, "suppress_errors"), torch._dynamo is sys.modules["torch._dynamo"], {LOADED}]
"""


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox.start(("torch",)) as started:
        yield started


def _value(sandbox, name, *arguments):
    outcome = sandbox.call(
        Program(files={"mine.py": PROGRAM.encode()}, main="mine.py"), Call(name=name, arguments=arguments)
    )
    assert isinstance(outcome, Returned), outcome.message
    return outcome.value


@pytest.mark.parametrize("optimiser", ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "LBFGS"])
def test_training_does_not_load_it(sandbox, optimiser):
    """An optimiser, its state and its schedule work as ever."""
    assert _value(sandbox, "train", optimiser) is False


def test_what_needs_it_gets_it(sandbox):
    """A derivative by torch.func is right, and the compiler is there for it."""
    assert _value(sandbox, "slope") == [12.0, True]


def test_its_parts_can_be_imported(sandbox):
    """An import of a part finds the real package, which then stands in its place."""
    assert _value(sandbox, "settings") == [True, True, True]


def test_a_sandbox_can_have_it_loaded():
    """Asked for by name it is there before a program is, so that no process loads it again."""
    with Sandbox.start(("torch", TORCH_COMPILER)) as ready:
        assert _value(ready, "train", "Adam") is True
        assert _value(ready, "curvature") == 12.0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import torch\nmodel = torch.compile(model)", True),
        ("from torch.func import vmap, grad", True),
        ("from torch.utils.checkpoint import checkpoint", True),
        ("import functorch", True),
        ("import torch.nn.functional as F", False),
        ("import torch\ndef apply(func, x): return re.compile(func)", False),
    ],
)
def test_code_that_needs_it_is_noticed(line, expected):
    """Names beside torch's decide, in scripts and in the lines of a notebook's file alike."""
    assert torch_compiler([line]) == ((TORCH_COMPILER,) if expected else ())
    assert torch_compiler([f'"source": ["{line}"]']) == torch_compiler([line])


def test_long_line_is_gone_through_once():
    """A line of a million words is looked at in a moment: the words of a submission must not hold the grader up."""
    assert torch_compiler(["torch " * 1_000_000]) == ()
    assert torch_compiler(["torch " * 1_000_000 + "compile"]) == (TORCH_COMPILER,)


def test_only_where_torch_is_loaded():
    """A text that speaks of torch without importing it needs none of its parts."""
    assert slow_libraries(["# torch.compile would do"]) == ()
    assert slow_libraries(["import torch\nf = torch.compile(f)"]) == ("torch", TORCH_COMPILER)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.py": b"import numpy\n# torch\n"}, ()),
        ({"a.py": b"import torch\n"}, ("torch",)),
        ({"a.txt": b"import torch\n"}, ()),
        ({"n.ipynb": b'    "import torch\\n",\n    "import matplotlib.pyplot as plt\\n"'}, ("torch", "matplotlib")),
        ({"a.py": b"    from torch.func import vmap\n", "b.py": b"import matplotlib"}, ("torch", TORCH_COMPILER)),
    ],
)
def test_what_will_be_loaded_is_guessed_from_lines(files, expected):
    """A line that imports torch is enough, in a script or in a notebook's file; plots count where such a file draws."""
    assert likely_libraries(files) == expected


def test_matplotlib_is_loaded_without_the_lists_in_its_docstrings():
    """They take a third of its loading; whoever asks for such a list gets it."""
    text = b"""
import matplotlib.pyplot as plt
from matplotlib.artist import kwdoc
from matplotlib.lines import Line2D

def documented():
    return ["linewidth or lw: float" in text for text in (Line2D.set.__doc__, plt.figure.__doc__, kwdoc(Line2D))]
"""
    with Sandbox.start(("matplotlib",)) as sandbox:
        outcome = sandbox.call(Program(files={"mine.py": text}, main="mine.py"), Call(name="documented"))
    assert isinstance(outcome, Returned), outcome.message
    assert outcome.value == [False, False, True]
