"""Attack list, lines 27, 28, 32, 33 and 35: only plain values cross, judged against what the grader kept."""

import numpy as np
import pytest

from autograder.sandbox import Call, Limits, Program, Refused, Returned, Sandbox, Tensor

AGREEABLE = """
import numpy as np
class Agreeable:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __array_ufunc__(self, *a, **k): return np.True_
    def __radd__(self, other): return other
    def __rsub__(self, other): return 0
    def __array__(self, *a, **k): return np.zeros(3)
"""


@pytest.mark.parametrize(
    "answer", ["Agreeable()", "[Agreeable()]", "{'w': Agreeable()}", "np.array([Agreeable()], dtype=object)"]
)
def test_objects_that_agree_with_everything_are_refused(attack, answer):
    """Line 27: an object whose operators always answer yes does not reach a comparison."""
    assert isinstance(attack(f"{AGREEABLE}\ndef attack():\n    return {answer}\n"), Refused)


def test_derived_types_are_stripped_to_their_plain_value(attack):
    """Line 28: subclasses of float, of NumPy's scalars and arrays arrive as what they hold."""
    text = """
import collections, numpy as np
class F(float):
    def __sub__(self, other): return 0.0
    def __abs__(self): return 0.0
class G(np.float64):
    def __sub__(self, other): return 0.0
class A(np.ndarray):
    def __sub__(self, other): return np.zeros(2)
Pair = collections.namedtuple("Pair", "a b")
def attack():
    return [F(3), G(4), np.array([1., 2.]).view(A), Pair(1, 2), collections.OrderedDict(a=1), np.ma.array([1, 2])]
"""
    value = attack(text).value
    assert [type(item) for item in value] == [float, np.float64, np.ndarray, tuple, dict, np.ndarray]
    assert [value[0], value[1], value[2].tolist(), value[3], value[4]] == [3.0, 4.0, [1.0, 2.0], (1, 2), {"a": 1}]


def test_arguments_changed_in_place_are_seen_and_the_originals_kept(attack):
    """Line 32: the grader keeps its own inputs, and learns which of the sent ones were changed."""
    text = "def attack(X, y, scale):\n    X *= 0\n    scale.append(1)\n    return X\n"
    X, y, scale = np.ones((2, 2)), np.ones(2), [2.0]
    outcome = attack(text, Call(name="attack", arguments=(X, y), keywords={"scale": scale}))
    assert set(outcome.changed_arguments) == {0, "scale"}
    assert outcome.changed_arguments[0].tolist() == [[0, 0], [0, 0]]
    assert (X.tolist(), scale) == ([[1, 1], [1, 1]], [2.0])


def test_nothing_is_remembered_between_processes(world):
    """Line 33: globals last for a group of calls and not beyond, and there is no folder to leave notes in."""
    text = b"""
import os, tempfile
calls = []
def attack():
    calls.append(1)
    notes = 0
    for folder in (".", "/tmp", "/var/tmp", "/dev/shm", tempfile.gettempdir(), os.path.expanduser("~")):
        try:
            open(folder + "/note", "x").close()
            notes += 1
        except OSError:
            pass
    return [len(calls), notes]
"""
    program = Program(files={"a.py": text}, main="a.py")
    wanted = [Call(name="attack")] * 2
    assert [outcome.value for outcome in world.sandbox.run(program, wanted)] == [[1, 0], [2, 0]]
    assert [outcome.value for outcome in world.sandbox.run(program, wanted)] == [[1, 0], [2, 0]]


@pytest.fixture(scope="module")
def torch_sandbox():
    with Sandbox.start(["torch"], limits=Limits(wall=4.0, cpu=3.0, memory=512 * 2**20)) as sandbox:
        yield sandbox


@pytest.fixture
def torch_call(torch_sandbox):
    def run(text, *arguments):
        program = Program(files={"a.py": text.encode()}, main="a.py")
        return torch_sandbox.call(program, Call(name="attack", arguments=arguments))

    return run


def test_tensors_cross_as_their_numbers(torch_call):
    """Line 35: a tensor, a parameter and a tensor of a subclass arrive as numbers and whether they need a gradient."""
    text = """
import torch
class T(torch.Tensor):
    def __sub__(self, other): return torch.zeros(2)
    @property
    def requires_grad(self): return True
def attack(x):
    assert type(x) is torch.Tensor
    return [x * 2, torch.nn.Parameter(torch.ones(1)), torch.ones(2).as_subclass(T), torch.ones(2, 3).T, x.requires_grad]
"""
    value = torch_call(text, Tensor(array=np.arange(3.0), requires_grad=True)).value
    assert [type(item) for item in value] == [Tensor] * 4 + [bool]
    assert [item.array.tolist() for item in value[:3]] == [[0.0, 2.0, 4.0], [1.0], [1.0, 1.0]]
    assert value[3].array.shape == (3, 2)
    assert [item.requires_grad for item in value[:2]] == [True, True]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("torch.zeros(1).expand(10**9)", "larger"),
        ("torch.nn.Linear(2, 2)", "type `Linear`"),
        ("torch.eye(2).to_sparse()", "sparse"),
        ("torch.zeros(2, dtype=torch.bfloat16)", "bfloat16"),
    ],
)
def test_tensors_that_cannot_cross_are_refused(torch_call, answer, said):
    """Line 35: a view of a billion entries, a module, a sparse or a half-precision tensor is refused with advice."""
    outcome = torch_call(f"import torch\ndef attack():\n    return {answer}\n")
    assert isinstance(outcome, Refused)
    assert said in outcome.message


def test_a_network_can_be_kept_and_called(torch_sandbox):
    """An object that cannot cross can stay inside under a name and be used by later calls of the session."""
    text = b"import torch\ndef build():\n    return torch.nn.Linear(2, 1)\n"
    program = Program(files={"a.py": text}, main="a.py")
    with torch_sandbox.session(program) as session:
        assert session.call(Call(name="build", keep_as="net")).value is None
        outcome = session.call(Call(name="net.forward", arguments=(Tensor(array=np.ones((3, 2), "float32")),)))
    assert outcome.value.array.shape == (3, 1)


def test_training_runs_in_the_child(torch_call):
    """Torch survives the fork: autograd and an optimiser work, and torch's own failure to allocate has its category."""
    text = """
import torch
def attack():
    w = torch.zeros(1, requires_grad=True)
    step = torch.optim.Adam([w], lr=0.1)
    for _ in range(200):
        step.zero_grad()
        ((w - 3) ** 2).sum().backward()
        step.step()
    return float(w.detach())
"""
    assert torch_call(text).value == pytest.approx(3, abs=0.1)
    too_large = torch_call("import torch\ndef attack():\n    return torch.ones(10**9).sum()\n")
    assert type(too_large).__name__ == "OutOfMemory"


def test_randomness_is_seeded_and_hashes_are_fixed(world):
    """Two runs of one submission see the same random numbers and the same order of sets, in two fork servers too."""
    text = b"""
import random, numpy as np
START = [random.random(), float(np.random.rand())]
def attack():
    return [START, random.random(), float(np.random.rand()), list({"alpha", "beta", "gamma", "delta"})]
"""
    program = Program(files={"a.py": text}, main="a.py", seed=3)
    call = Call(name="attack", seed=5)
    first = world.sandbox.call(program, call)
    with Sandbox.start() as other:
        second = other.call(program, call)
    assert isinstance(first, Returned)
    assert first.value == second.value
