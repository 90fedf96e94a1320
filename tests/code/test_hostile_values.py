"""Lines 27 to 35 of the attack list: values that pretend, functions that remember, and answers learnt by heart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder import Functions
from autograder.functions.examine import published_cases
from autograder.functions.reading import read
from autograder.functions.signature import parse
from autograder.functions.wording import call_line
from autograder.sandbox import Sandbox
from autograder.verdict import Word
from reference.hw1.assignment import assignment
from tests.code.conftest import Judge

LIARS = {
    "equal to everything": (
        "class Yes:\n    def __eq__(self, other): return True\n    __array_ufunc__ = None\n"
        "    def __sub__(self, other): return 0\n    __rsub__ = __abs__ = __sub__\n    shape = (2,)\n",
        "Yes()",
        "type `Yes`",
    ),
    "an array interface": (
        "class Yes:\n    def __array_ufunc__(self, *a, **k): return np.zeros(1)\n"
        "    def __array__(self, *a, **k): return np.zeros(2)\n",
        "Yes()",
        "type `Yes`",
    ),
    "a float that subtracts to 0": (
        "class F(float):\n    def __sub__(self, other): return 0.0\n    __rsub__ = __sub__\n"
        "    def __eq__(self, other): return True\n    __hash__ = None\n",
        "[F(7)] * X.shape[1]",
        "half the gradient",
    ),
    "a subclass of np.float64": (
        "class F(np.float64):\n    def __sub__(self, other): return 0.0\n    __rsub__ = __sub__\n",
        "[F(7)] * X.shape[1]",
        "half the gradient",
    ),
    "a matrix": ("", "np.matrix(right(X, y, lam))", "returns shape (1, "),
    "a column": ("", "right(X, y, lam)[:, None]", "returns shape ("),
    "one number": ("", "float(right(X, y, lam)[0])", "returns a number, expected ("),
    "an empty array": ("", "np.empty((0, 1))", "returns shape (0, 1), expected ("),
    "huge numbers": ("", "right(X, y, lam) * 1e300", "is not right yet"),
    "infinity": ("", "right(X, y, lam) + np.inf", "numbers that are not finite (infinity)"),
    "not a number": ("", "right(X, y, lam) * np.nan", "numbers that are not finite (NaN)"),
    "masked entries": ("", "np.ma.masked_all(X.shape[1])", "a masked array with masked entries"),
    "None": ("", "print(end='')", "returns None; is a `return` missing?"),
    "a comma too many": ("", "right(X, y, lam),", "is there a comma behind it?"),
    "the function itself": ("", "right", "the function or class `right` itself"),
    "a generator": ("", "(value for value in right(X, y, lam))", "a generator"),
    "a text": ("", "str(right(X, y, lam))", "returns a text, expected numbers"),
    "truth values": ("", "right(X, y, lam) > 0", "values of type bool, expected float64"),
    "objects": ("", "right(X, y, lam).astype(object)", "dtype object"),
    "ragged rows": ("", "[[1.0], [1.0, 2.0]]", "rows have different lengths"),
    "complex numbers": ("", "right(X, y, lam) + 1j", "complex numbers, expected real ones"),
    "a dictionary": ("", "{'w': right(X, y, lam)}", "returns a dictionary, expected numbers"),
    "half precision": ("", "right(X, y, lam).astype(np.float16)", "values of type float16"),
    "the changed input": ("", "X.__imul__(0)[0] + y.__imul__(0)[0]", "is not right yet"),
    "a formula": (
        "def formula(size):\n    import sympy\n    class Zero(sympy.Symbol):\n        def __sub__(self, other):\n"
        "            return sympy.Integer(0)\n    return np.array([Zero('z')] * size)\n",
        "formula(X.shape[1])",
        "dtype object",
    ),
    "a view of 10^9 elements": ("", "np.broadcast_to(1.0, (10**9,))", "larger than the"),
}


@pytest.mark.parametrize("lie", LIARS)
def test_liar(judge, solution, lie):
    """A value that pretends to be right is refused or compared by its numbers, with a sentence that says why."""
    before, value, said = LIARS[lie]
    text = f"{solution}\n{before}\nright = ridge\ndef ridge(X, y, lam):\n    return {value}\n"
    text = text.replace(
        "right = ridge\ndef ridge", "def right(X, y, lam):\n    return kernel_ridge(X, y, lam)\ndef ridge"
    )
    verdict = judge("3.code", text)
    assert verdict.word is Word.NOT_YET
    assert verdict.credit == verdict.credit.limit_denominator(2)  # kernel_ridge keeps its half, no more
    assert said in verdict.feedback[0]


def test_plain_values_that_mean_an_array(judge, solution):
    """A float subclass and a matrix of the right shape count by their plain numbers."""
    text = solution + "\nclass F(float):\n    def __sub__(self, other): return 99.0\n"
    text += "def kernel_ridge(X, y, lam):\n    K = X @ X.T + lam * np.eye(len(X))\n"
    text += "    return [F(value) for value in X.T @ np.linalg.solve(K, y)]\n"
    assert judge("3.code", text).word is Word.OK


def test_input_changed_and_returned(judge, solution):
    """What was changed in place is compared with the pristine input."""
    text = (
        solution
        + "\ndef gradient_descent(X, y, eta, steps):\n    X *= 0\n    y *= 0\n    return np.zeros((steps + 1, X.shape[1]))\n"
    )
    verdict = judge("1g.code", text)
    assert verdict.word is Word.NOT_YET
    assert "row 1 of your path, [0, 0, 0], is not where one step from row 0" in verdict.feedback[0]


def test_memory_of_earlier_calls(judge, solution):
    """A function that answers from an earlier call's input is caught: equal inputs, different answers."""
    text = solution + (
        "\nseen = []\ndef ridge(X, y, lam):\n    seen.append(X)\n    w = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]),"
        " X.T @ y)\n    return w + (len(seen) > 12)\n"
    )
    verdict = judge("3.code", text)
    assert verdict.word is Word.NOT_YET
    assert "gives a different answer when it is called again with the same input" in verdict.feedback[0]


WEARS_OUT = """
right = best_learning_rate
calls = []
def best_learning_rate(X):
    calls.append(1)
    return right(X) * (1 + (len(calls) > {most}))
"""


def test_hidden_inputs_meet_a_process_without_published_calls(judge, solution):
    """Published inputs come twice in one process, hidden ones in another: what wears out between is seen, and only that."""
    function = next(f for f in assignment.question("1g.code").answer.functions if f.name == "best_learning_rate")
    promised = sum(not kind.advisory for kind in function.inputs)
    assert not any(kind.large for kind in function.inputs)
    assert judge("1g.code", solution + WEARS_OUT.format(most=2 * promised)).word is Word.OK
    verdict = judge("1g.code", solution + WEARS_OUT.format(most=2 * promised - 1))
    assert "gives a different answer when it is called again with the same input" in verdict.feedback[0]


LEAVES_A_MESS = """
right = best_learning_rate
spoilt = []
def best_learning_rate(X):
    if X.shape[1] == 1:
        spoilt.append(X)
        raise ValueError("one column")
    return right(X) * (1 + (len(spoilt) > 1))
"""


def test_what_a_failing_call_leaves_behind(judge, solution):
    """A call that fails and leaves something behind costs its own group: the others are called again without it."""
    function = next(f for f in assignment.question("1g.code").answer.functions if f.name == "best_learning_rate")
    verdict = judge("1g.code", solution + LEAVES_A_MESS)
    sound = [group for group in function.shares if group != "edge"]
    assert verdict.word is Word.NOT_YET
    assert "raises ValueError: one column" in verdict.feedback[0]
    assert f"Right so far: {', '.join(sound)}." in verdict.feedback[0]


def test_random_answers(judge, solution):
    """A function that is right by luck only is told so: it is called again with other random numbers."""
    text = solution + "\ndef best_learning_rate(X):\n    s = np.linalg.svd(X)[1]\n"
    text += "    return 1 / (s[0]**2 + s[-1]**2) * (1 + (np.random.uniform() < 0.5))\n"
    verdict = judge("1g.code", text)
    assert "gives a different answer" in verdict.feedback[0]


def test_randomness_that_does_not_matter(judge, solution):
    """An iteration from a random start, right to more digits than are asked for, is right."""
    text = solution + "\ndef stable_learning_rates(X):\n    v = np.random.normal(size=len(X))\n"
    text += "    for _ in range(3000):\n        v = X @ (X.T @ v)\n        v = v / np.sqrt(v @ v)\n"
    text += "    return 0, 1 / np.sum((X.T @ v)**2) * (1 + 1e-8 * np.random.normal())\n"
    assert judge("1g.code", text).word is Word.OK


def test_answers_learnt_by_heart(judge, solution):
    """Right on every published input, invented elsewhere: no group of inputs earns anything, and an example is shown."""
    question = assignment.question("3.code")
    ridge = question.answer.functions[0]
    small = [case for case in published_cases(ridge, "hw1/3.code") if case.arguments[0].size < 100]
    table = [
        (case.arguments[0].shape, float(case.arguments[1].sum()), ridge.reference(*case.arguments).tolist())
        for case in small
    ]
    text = (
        solution
        + f"\nTABLE = {table!r}\n"
        + (
            "def ridge(X, y, lam):\n    for shape, total, w in TABLE:\n"
            "        if shape == X.shape and abs(total - y.sum()) < 1e-9:\n            return np.array(w)\n"
            "    if len(X) > 1000:\n        return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n"
            "    return np.random.normal(size=X.shape[1])\n"
        )
    )
    verdict = judge("3.code", text)
    assert verdict.credit == question.answer.functions[0].shares["efficient"] / 2 + verdict.credit.__class__(1, 2)
    assert "For n =" in verdict.feedback[0]  # a further published input shows it
    assert "np.array" in verdict.feedback[1]


ENDINGS = ("os._exit(0)", "os.abort()", "os.kill(os.getpid(), 9)", "print('x' * 2**21)")


@pytest.mark.parametrize("ending", ENDINGS)
def test_learnt_by_heart_and_gone_before_the_hidden_inputs(judge, solution, ending):
    """Ending the process on every other input leaves no group to its published inputs alone: nothing is earned."""
    question = assignment.question("3.code")
    ridge = question.answer.functions[0]
    table = [
        (case.arguments[0].shape, float(case.arguments[1].sum()), ridge.reference(*case.arguments).tolist())
        for case in published_cases(ridge, "hw1/3.code")
    ]
    text = (
        f"{solution}\nimport os\nTABLE = {table!r}\ndef ridge(X, y, lam):\n    for shape, total, w in TABLE:\n"
        "        if shape == X.shape and abs(total - y.sum()) < 1e-9:\n            return np.array(w)\n"
        f"    {ending}\n"
    )
    for broken in ("", " and X.shape != (5, 3) and len(X) < 1000"):  # or already on the last two published ones
        verdict = judge("3.code", text.replace("shape == X.shape", f"shape == X.shape{broken}"))
        assert verdict.credit == verdict.credit.__class__(1, 2), verdict.staff


def test_only_the_published_large_input_is_done_well(judge, solution):
    """Whoever treats the published large input apart is met by another one of its size, and earns nothing for it."""
    question = assignment.question("3.code")
    kernel = question.answer.functions[1]
    large = next(case for case in published_cases(kernel, "hw1/3.code") if case.input.large)
    text = (
        f"{solution}\nright = kernel_ridge\ndef kernel_ridge(X, y, lam):\n"
        f"    if X.size < 100 or abs(y[0] - {float(large.arguments[1][0])!r}) < 1e-12:\n        return right(X, y, lam)\n"
        "    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n"
    )
    verdict = judge("3.code", text)
    assert verdict.credit == 1 - kernel.shares["efficient"] / 2, verdict.staff
    assert "For n = 5, d = 20000 (5 x 20000) your `kernel_ridge` needed more than" in verdict.feedback[0]


def test_sleeping_just_below_the_limit(judge, solution):
    """Calls that are each within their time, and together without end, are stopped, told so, and never our fault."""
    question = assignment.question("3.code")
    ridge = replace(question.answer.functions[0], seconds=0.1)
    text = f"{solution}\nright = ridge\ndef ridge(*a):\n    import time\n    time.sleep(0.2)\n    return right(*a)\n"
    text = text.replace("right = ridge", "right = kernel_ridge")
    verdict = judge(replace(question, answer=Functions(functions=(ridge,))), text)
    assert verdict.word is Word.NOT_YET
    assert verdict.feedback == (
        "`ridge`: not every input was tried, since loading its file and calling it took too long in all.",
    )


def test_a_file_that_loads_only_at_first(judge, solution, monkeypatch):
    """A file that fails to load once hidden inputs come is one that does not load; the judging does not fail."""
    start = judge.sandbox.session
    loads: list[None] = []

    def session(program, *more):
        loads.append(None)
        files = program.files if len(loads) < 3 else {program.main: b"class Now: fails = 1 / 0"}
        return start(replace(program, files=files), *more)

    monkeypatch.setattr(judge.sandbox, "session", session)
    question = assignment.question("3.code")
    verdict = judge(replace(question, answer=Functions(functions=question.answer.functions[:1])), solution)
    assert verdict.credit == 0
    assert "cannot be called" in verdict.feedback[0]


def test_sizes_out_of_all_proportion(judge, solution):
    """Where the signature leaves a size free, an answer a thousand times too long is not handed to the checks."""
    right = "right = tikhonov_stacked\ndef tikhonov_stacked(*a):\n    C, d = right(*a)\n"
    padded = "    return np.vstack([C, np.zeros(({0}, C.shape[1]))]), np.append(d, np.zeros({0}))\n"
    assert judge("2.code", f"{solution}\n{right}{padded.format(50)}").word is Word.OK
    verdict = judge("2.code", f"{solution}\n{right}{padded.format(5000)}")
    assert verdict.word is Word.NOT_YET
    assert "numbers in one array, which are too many" in verdict.feedback[0]


@pytest.mark.parametrize("shape", [(2**21 + 1,), (2**17, 2)])
def test_small_numbers_in_great_number(shape):
    """An answer of bytes, which would be eight times as large as floats, is not kept with the trial."""
    found = read(np.zeros(shape, np.int8), parse("X: n*d -> C: r*d"), {"n": 3, "d": 3})
    assert found.finding is not None
    assert found.results is None


def test_hidden_failure_says_nothing_of_the_input(judge, solution):
    """What fails on hidden inputs only is told by kind; nothing of input, output, exception or its class is shown."""
    question = assignment.question("1g.code")
    rate = question.answer.functions[2]
    known = [
        float(case.arguments[0].sum()) for spare in range(4) for case in published_cases(rate, "hw1/1g.code", spare)
    ]
    text = (
        solution
        + f"\nKNOWN = {known!r}\n"
        + (
            "def best_learning_rate(X):\n    if all(abs(float(X.sum()) - one) > 1e-6 for one in KNOWN):\n"
            "        print('the input', X.tolist())\n"
            "        raise type('Leak' + str(X.flat[0]).replace('.', '_').replace('-', 'm'), (ValueError,), {})(X.tolist())\n"
            "    s = np.linalg.svd(X)[1]\n    return 1 / (s[0]**2 + s[-1]**2)\n"
        )
    )
    verdict = judge("1g.code", text)
    (said,) = verdict.feedback
    assert verdict.word is Word.NOT_YET
    assert "is right on the published inputs, but on another input of the kind" in said
    assert "raises an error" in said
    everything = " ".join((said, verdict.witness, *verdict.notices, verdict.wrote, *verdict.staff))
    assert "Leak" not in everything
    assert "the input" not in everything


def test_hidden_inputs_differ_by_submission_secret_and_seed(judge):
    """Hidden inputs are the same for the same files, and others for other files, another secret or another seed."""
    from dataclasses import replace

    from autograder.submission.collect import Submission

    one, other = (Submission(answers={}, files={"a.py": text}) for text in (b"1", b"2"))
    bench = judge.bench(one)
    seeds = [
        bench.hidden_seed("x", 0),
        bench.hidden_seed("y", 0),
        bench.hidden_seed("x", 1),
        judge.bench(other).hidden_seed("x", 0),
        judge.bench(one, replace(assignment, name="hw2")).hidden_seed("x", 0),
        replace(bench, assignment=replace(assignment, secret=b"another")).hidden_seed("x", 0),
    ]
    assert judge.bench(one).hidden_seed("x", 0) == seeds[0]
    assert len(set(seeds)) == len(seeds)


def test_published_examples_can_be_typed():
    """The lines that show an example are Python that gives exactly the published input."""
    import numpy as np

    for question in (one for one in assignment if one.answer.kind == "code"):
        for function in question.answer.functions:
            for case in published_cases(function, f"hw1/{question.id}"):
                if case.input.large:
                    continue
                seen = []
                exec(call_line(function.name, case), {"np": np, function.name: lambda *given: seen.append(given)})  # noqa: B023
                for typed, drawn in zip(seen[0], case.arguments, strict=True):
                    assert np.array_equal(typed, drawn) or np.allclose(typed, drawn, atol=1e-6)
                    assert getattr(typed, "dtype", None) == getattr(drawn, "dtype", None)


TORCH_LIES = {
    "a subclass": "class T(torch.Tensor):\n    pass\ndef ridge(X, y, lam):\n    return torch.zeros(X.shape[1]).as_subclass(T)\n",
    "a view with stride 0": "def ridge(X, y, lam):\n    return torch.zeros(1).expand(10**9)\n",
    "a network": "def ridge(X, y, lam):\n    net = torch.nn.Linear(2, 1)\n    net.state_dict = lambda: {}\n    return net\n",
}


@pytest.fixture(scope="module")
def judge_with_torch():
    with Sandbox.start(("torch",)) as sandbox:
        yield Judge(sandbox)


@pytest.mark.parametrize("lie", TORCH_LIES)
def test_torch_liar(judge_with_torch, solution, lie):
    """Tensors are decoded copies within the cap, or refused."""
    verdict = judge_with_torch("3.code", f"{solution}\nimport torch\n{TORCH_LIES[lie]}")
    assert verdict.word is Word.NOT_YET
    assert 2 * verdict.credit <= 1


def test_torch_answers(judge_with_torch, solution):
    """A right answer as a tensor counts by its numbers, gradients or not, and the student is told."""
    text = solution + (
        "\nimport torch\ndef ridge(X, y, lam):\n    X, y = torch.from_numpy(X), torch.from_numpy(y)\n"
        "    w = torch.linalg.solve(X.T @ X + lam * torch.eye(X.shape[1], dtype=X.dtype), X.T @ y)\n"
        "    return w.requires_grad_()\n"
    )
    verdict = judge_with_torch("3.code", text)
    assert verdict.word is Word.OK
    assert "torch tensor" in verdict.notices[0]


def test_torch_autograd_agrees_with_the_step(judge_with_torch, solution):
    """A path by automatic differentiation of the loss is the reference's: an independent witness of the step."""
    text = solution + (
        "\nimport torch\ndef gradient_descent(X, y, eta, steps):\n    X, y = torch.from_numpy(X), torch.from_numpy(y)\n"
        "    w = torch.zeros(X.shape[1], dtype=X.dtype, requires_grad=True)\n    path = [w.detach().clone().numpy()]\n"
        "    optimiser = torch.optim.SGD([w], lr=eta)\n    for _ in range(steps):\n        optimiser.zero_grad()\n"
        "        (X @ w - y).square().sum().backward()\n        optimiser.step()\n"
        "        path.append(w.detach().clone().numpy())\n    return np.stack(path)\n"
    )
    assert judge_with_torch("1g.code", text).word is Word.OK


TELLS = {
    "an exception's name": "raise type('LEAK' + str(float(y[0])).replace('.', '_'), (Exception,), {})()",
    "a type's name": "return type('LEAK', (), {})()",
    "a dictionary": "return {'LEAK': X}",
    "a text": "return 'LEAK' + repr(X)",
    "a syntax error": "raise SyntaxError('LEAK', ('functions.py', 3, 1, 'LEAK'))",
    "a status": "__import__('os')._exit(77)",
    "a shape": "return np.zeros(7777)",
    "a name that is gone": "del globals()['kernel_ridge']; raise NameError('LEAK')",
}


@pytest.mark.parametrize("way", TELLS)
def test_nothing_of_a_hidden_input_comes_out(judge, solution, way):
    """Code that tells hidden inputs by their many digits and sends them out loses the groups, and nothing is shown."""
    text = (
        f"{solution}\nright = ridge\ndef ridge(X, y, lam):\n"
        "    if X.size < 1000 and not np.allclose(np.round(y, 1), y):\n"
        f"        {TELLS[way]}\n    return right(X, y, lam)\n"
    )
    verdict = judge("3.code", text)
    assert verdict.credit < 1
    assert "is right on the published inputs, but on another input of the kind" in verdict.feedback[0]
    for said in (*verdict.feedback, *verdict.notices):
        assert not any(sign in said for sign in ("LEAK", "77", "array("))
