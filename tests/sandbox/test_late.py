"""Parts of torch that few need are loaded when something of them is used and not before: the compiler, tensors without numbers."""

from __future__ import annotations

import pytest

from autograder.sandbox import Call, Program, Returned, Sandbox
from autograder.submission.slow_libraries import (
    TORCH_COMPILER,
    TORCH_METAS,
    likely_libraries,
    slow_libraries,
    torch_parts,
)

METAS = "type(sys.modules['torch._meta_registrations']).__name__ != 'Late'"
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

def usual():
    x = torch.arange(6.0).reshape(2, 3)
    network = torch.nn.Sequential(torch.nn.Conv1d(2, 4, 2), torch.nn.GELU(), torch.nn.Flatten(0), torch.nn.LazyLinear(3))
    attention = torch.nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)
    values = [
        network(x).sum(), attention(torch.ones(1, 3, 4)).sum(), torch.linalg.lstsq(x.T, torch.ones(3)).solution.sum(),
        torch.fft.fft(x).abs().sum(), torch.einsum("ij,kj->ik", x, x).sum(),
        torch.nn.functional.cross_entropy(x, torch.tensor([0, 1])), torch.jit.trace(torch.sin, x)(x).sum(),
        torch.sparse.mm(x.to_sparse(), x.T).sum(), torch.autograd.functional.hessian(lambda v: (v ** 3).sum(), x[0]).sum(),
        next(iter(torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x), batch_size=2)))[0].sum(),
    ]
    copy.deepcopy(network), pickle.dumps(network.state_dict())
    return [all(value.isfinite() for value in values), {METAS}]

def drawn():
    values = torch.distributions.MultivariateNormal(torch.zeros(2), torch.eye(2)).rsample()
    products = torch.vmap(torch.dot)(torch.ones(2, 3), torch.ones(2, 3))
    return [list(values.shape), list(torch.broadcast_shapes((2, 1), (1, 3))), products.tolist()]

def shapes():
    x = torch.ones(2, 3, device="meta")
    y = torch.nn.functional.gelu(torch.nn.Linear(3, 4, device="meta")(x)).cumsum(0)
    return [list(torch.linalg.svd(y @ y.T)[0].shape), list(torch.nn.utils.skip_init(torch.nn.Linear, 3, 4).weight.shape), {METAS}]

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


def test_what_computes_with_numbers_needs_no_tensors_without(sandbox):
    """Layers, losses, decompositions, distributions, derivatives and loaders work, and the part that waits still does."""
    assert _value(sandbox, "usual") == [True, False]


def test_what_needs_the_rest_of_it_gets_it(sandbox):
    """Functions that ask for something that is loaded with them find it."""
    assert _value(sandbox, "drawn") == [[2], [2, 3], [3.0, 3.0]]


def test_tensors_without_numbers_are_there_for_code_that_names_them():
    """Loaded with the sandbox, they have shapes; with the compiler they are there as well."""
    assert torch_parts([PROGRAM]) == (TORCH_METAS, TORCH_COMPILER)
    with Sandbox.start(("torch", TORCH_METAS)) as ready:
        assert _value(ready, "shapes") == [[2, 2], [4, 3], True]
        assert _value(ready, "usual") == [True, True]
    with Sandbox.start(("torch", TORCH_COMPILER)) as ready:
        assert _value(ready, "shapes") == [[2, 2], [4, 3], True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = torch.empty(2, device='meta')", True),
        ('"    layer = torch.nn.utils.skip_init(torch.nn.Linear, 2, 3)\\n"', True),
        ("from torch._subclasses import FakeTensorMode", True),
        ("from torch.distributions import MultivariateNormal", True),
        ('"metadata": {}', False),
        ("metabolic = torch.ones(2)", False),
    ],
)
def test_code_that_names_them_is_noticed(text, expected):
    """A word anywhere in the code decides, since a tensor without numbers comes from nowhere else."""
    assert torch_parts([text]) == ((TORCH_METAS,) if expected else ())


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
        ("from torch.func import grad", True),
        ("from torch.utils.checkpoint import checkpoint", True),
        ("import functorch", True),
        ("import torch.nn.functional as F", False),
        ("import torch\ndef apply(func, x): return re.compile(func)", False),
    ],
)
def test_code_that_needs_it_is_noticed(line, expected):
    """Names beside torch's decide, in scripts and in the lines of a notebook's file alike."""
    assert torch_parts([line]) == ((TORCH_COMPILER,) if expected else ())
    assert torch_parts([f'"source": ["{line}"]']) == torch_parts([line])


def test_long_line_is_gone_through_once():
    """A line of a million words is looked at in a moment: the words of a submission must not hold the grader up."""
    assert torch_parts(["torch " * 1_000_000]) == ()
    assert torch_parts(["torch " * 1_000_000 + "compile"]) == (TORCH_COMPILER,)


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
        ({"a.py": b"    from torch.func import grad\n", "b.py": b"import matplotlib"}, ("torch", TORCH_COMPILER)),
    ],
)
def test_what_will_be_loaded_is_guessed_from_lines(files, expected):
    """A line that imports torch is enough, in a script or in a notebook's file; plots count where such a file draws."""
    assert likely_libraries(files) == expected
