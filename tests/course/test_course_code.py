"""Discussion and slides: functions in many styles are right, and every mistake is named by its own rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.answers.sandboxed import Bench
from autograder.functions.skeleton import FILE, skeleton
from autograder.question import Assignment
from autograder.sandbox import Sandbox
from autograder.submission.collect import Submission
from autograder.verdict import Verdict, Word
from reference.dis1.assignment import assignment as dis1
from reference.gradients.assignment import assignment as gradients

ROOT = Path(__file__).parents[2]
PARTS = {"1.code": dis1, "3.code": gradients}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as started:
        yield started


def solution(part: str) -> str:
    return (ROOT / "reference" / PARTS[part].name / "solution" / "functions.py").read_text(encoding="utf-8")


def judge(sandbox: Sandbox, part: str, text: str) -> Verdict:
    assignment: Assignment = PARTS[part]
    submission = Submission(answers={}, files={"functions.py": text.encode()})
    question = assignment.question(part)
    bench = Bench(sandbox=sandbox, submission=submission, assignment=assignment)
    return question.answer.unanswered(question, submission) or question.answer.judge_in(question, bench, seed=0)


def function(name: str, body: str) -> str:
    """A definition that replaces the solution's, since the last one counts."""
    headers = {
        "constant_gradient": "theta, y",
        "linear_gradient": "theta, x, y",
        "gradient_descent_1d": "grad, theta0, alpha, steps",
        "descend": "df, x0, lr, steps",
        "full_batch": "X, y, w, lr",
        "minibatches": "n, b, seed",
        "sgd_epoch": "X, y, w, lr, seed",
    }
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return f"def {name}({headers[name]}):\n{lines}"


def part_of(name: str) -> str:
    return "1.code" if name in ("constant_gradient", "linear_gradient", "gradient_descent_1d") else "3.code"


RIGHT = {
    "constant_gradient": (
        "return 2 * (theta - np.mean(y))",
        "return np.mean(2 * (theta - y))",
        "return -2 * sum(v - theta for v in y) / len(y)",
        "return np.array(2 * theta - 2 * y.mean())",
    ),
    "linear_gradient": (
        "return 2 * np.mean((theta * x - y) * x)",
        "return 2 / len(x) * (theta * (x @ x) - x @ y)",
        "return -2 * np.dot(y - theta * x, x) / y.size",
        "return float(np.gradient([np.mean((y - t * x) ** 2) for t in (theta - 1, theta, theta + 1)])[1])",
    ),
    "gradient_descent_1d": (
        "path = [theta0]\nfor _ in range(steps):\n    path.append(path[-1] - alpha * grad(path[-1]))\nreturn np.array(path)",
        "path = [theta0]\nfor _ in range(steps):\n    path.append(path[-1] - alpha * grad(path[-1]))\nreturn path",
        "t = theta0\nout = np.zeros(steps + 1)\nfor k in range(steps + 1):\n    out[k] = t\n    t -= alpha * grad(t)\nreturn out",
        "if steps == 0:\n    return np.array([theta0])\n"
        "rest = gradient_descent_1d(grad, theta0 - alpha * grad(theta0), alpha, steps - 1)\nreturn np.append(theta0, rest)",
    ),
    "descend": (
        "for _ in range(steps):\n    x0 -= lr * df(x0)\nreturn x0",
        "k = 0\nwhile k < steps:\n    x0 = x0 - lr * df(x0)\n    k += 1\nreturn float(x0)",
        "return x0 if steps == 0 else descend(df, x0 - lr * df(x0), lr, steps - 1)",
        "from functools import reduce\nreturn reduce(lambda x, _: x - lr * df(x), range(steps), x0)",
    ),
    "full_batch": (
        "return w - lr * 2 * X.T @ (X @ w - y) / len(X)",
        "return w + 2 * lr * np.mean((y - X @ w)[:, None] * X, axis=0)",
        "g = np.zeros(X.shape[1])\nfor row, t in zip(X, y):\n    g = g + 2 * (row @ w - t) * row\nreturn w - lr * g / X.shape[0]",
        "return w - 2 * lr / X.shape[0] * (X.T @ X @ w - X.T @ y)",
    ),
    "minibatches": (
        "order = np.random.RandomState(seed).permutation(n)\nreturn [order[i:i + b] for i in range(0, n, b)]",
        "np.random.seed(seed)\norder = np.random.permutation(n)\nreturn np.array_split(order, range(b, n, b))",
        "import random\norder = list(range(n))\nrandom.Random(seed).shuffle(order)\n"
        "return [np.array(order[i:i + b]) for i in range(0, n, b)]",
        "order = np.random.default_rng(seed).permutation(n)\nout = []\nwhile len(order):\n"
        "    out.append(order[:b])\n    order = order[b:]\nreturn out",
        "order = np.random.default_rng(seed).permutation(n)\nfor i in range(0, n, b):\n    yield order[i:i + b]",
        "return [list(map(int, batch)) for batch in np.split(np.random.default_rng(seed).permutation(n), np.arange(b, n, b))]",
    ),
    "sgd_epoch": (
        "w = w.copy()\nfor i in np.random.RandomState(seed).permutation(len(X)):\n    w -= 2 * lr * X[i] * (X[i] @ w - y[i])\nreturn w",
        "rng = np.random.default_rng(seed)\nleft = list(range(len(y)))\nwhile left:\n    i = left.pop(rng.integers(len(left)))\n"
        "    w = w + 2 * lr * (y[i] - X[i] @ w) * X[i]\nreturn w",
        "for batch in minibatches(len(y), 1, seed):\n    w = w - lr * 2 * X[batch].T @ (X[batch] @ w - y[batch])\nreturn w",
        "for batch in minibatches(len(y), 1, seed):\n    w = full_batch(X[batch], y[batch], w, lr)\nreturn w",
    ),
}

MISTAKES = {
    ("constant_gradient", "sign"): "return 2 * np.mean(y - theta)",
    ("constant_gradient", "lost-two"): "return theta - np.mean(y)",
    ("constant_gradient", "lost-mean"): "return 2 * np.sum(theta - y)",
    ("constant_gradient", "loss-for-gradient"): "return np.mean((y - theta) ** 2)",
    ("constant_gradient", "not-summed"): "return 2 * (theta - y) / len(y)",
    ("constant_gradient", "in-place"): "y -= theta\nreturn -2 * np.mean(y)",
    ("linear_gradient", "sign"): "return 2 * np.mean((y - theta * x) * x)",
    ("linear_gradient", "lost-two"): "return np.mean((theta * x - y) * x)",
    ("linear_gradient", "lost-mean"): "return 2 * np.sum((theta * x - y) * x)",
    ("linear_gradient", "input-lost"): "return 2 * np.mean(theta * x - y)",
    ("linear_gradient", "loss-for-gradient"): "return np.mean((theta * x - y) ** 2)",
    ("linear_gradient", "not-summed"): "return 2 * (theta * x - y) * x / len(y)",
    ("linear_gradient", "in-place"): "y -= theta * x\nreturn -2 * np.mean(y * x)",
    ("gradient_descent_1d", "ascent"): RIGHT["gradient_descent_1d"][0].replace("- alpha", "+ alpha"),
    ("gradient_descent_1d", "last-only"): RIGHT["gradient_descent_1d"][0].replace("np.array(path)", "path[-1]"),
    ("gradient_descent_1d", "start-left-out"): RIGHT["gradient_descent_1d"][0].replace("(path)", "(path[1:])"),
    ("gradient_descent_1d", "gradient-at-the-start"): RIGHT["gradient_descent_1d"][0].replace("grad(path[-1])", "grad(theta0)"),
    ("descend", "ascent"): "for _ in range(steps):\n    x0 += lr * df(x0)\nreturn x0",
    ("descend", "one-step-only"): "for _ in range(steps):\n    x0 = x0 - lr * df(x0)\n    return x0\nreturn x0",
    ("descend", "gradient-at-the-start"): "return x0 - steps * lr * df(x0)",
    ("descend", "one-step-more"): "for _ in range(steps + 1):\n    x0 = x0 - lr * df(x0)\nreturn x0",
    ("full_batch", "ascent"): "return w + lr * 2 * X.T @ (X @ w - y) / len(X)",
    ("full_batch", "sum-not-mean"): "return w - lr * 2 * X.T @ (X @ w - y)",
    ("full_batch", "lost-two"): "return w - lr * X.T @ (X @ w - y) / len(X)",
    ("full_batch", "gradient-alone"): "return 2 * X.T @ (X @ w - y) / len(X)",
    ("full_batch", "in-place"): "w -= lr * 2 * X.T @ (X @ w - y) / len(X)\nreturn w",
    ("sgd_epoch", "in-place"): "for i in np.random.default_rng(seed).permutation(len(y)):\n"
    "    w -= 2 * lr * X[i] * (X[i] @ w - y[i])\nreturn w",
}  # fmt: skip

SHUFFLED = "order = np.random.default_rng(seed).permutation(n)\n"
OBJECTIONS = {
    ("minibatches", "return [np.arange(n)[i:i + b] for i in range(0, n, b)]"): "all give the same order",
    ("minibatches", SHUFFLED + "return [order[i:i + b] for i in range(0, n - b + 1, b)]"): "is in no batch",
    ("minibatches", "return [np.random.default_rng(seed + i).integers(0, n, min(b, n - i)) for i in range(0, n, b)]"): "in no batch",
    ("minibatches", SHUFFLED + "return [order[i:i + b] + 1 for i in range(0, n, b)]"): "point 0 is in no batch",
    ("minibatches", SHUFFLED + "return np.array_split(order, max(1, n // b))"): "points, not",
    ("minibatches", SHUFFLED + "return np.array_split(order, -(-n // b))"): "points, not",  # as even as can be
    ("minibatches", "order = np.random.permutation(n)\nreturn [order[i:i + b] for i in range(0, n, b)]"): "the same seed",
    ("sgd_epoch", RIGHT["sgd_epoch"][2].replace("lr * 2", "lr * 2 / len(y)")): "divided by the number of points",
    ("sgd_epoch", RIGHT["sgd_epoch"][2].replace("lr * 2", "lr")): "half the length",
    ("sgd_epoch", RIGHT["sgd_epoch"][2].replace("w - lr", "w + lr")): "uphill",
    ("sgd_epoch", RIGHT["sgd_epoch"][3].replace("seed", "np.random.randint(999)")): "the same seed",
    ("sgd_epoch", "return full_batch(X, y, w, lr)"): "one step on all points",
    ("sgd_epoch", "i = np.random.default_rng(seed).integers(len(y))\nreturn w - 2 * lr * (X[i] @ w - y[i]) * X[i]"): "a single step",
    ("sgd_epoch", "for i in range(len(y)):\n    w = w - 2 * lr * (X[i] @ w - y[i]) * X[i]\nreturn w"): "is the order",
    ("sgd_epoch", "for i in np.random.default_rng(seed).integers(0, len(y), len(y)):\n"
     "    w = w - 2 * lr * (X[i] @ w - y[i]) * X[i]\nreturn w"): "each taken once",
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_solution(sandbox: Sandbox, part: str) -> None:
    """The hand-typed functions earn full marks."""
    verdict = judge(sandbox, part, solution(part))
    assert (verdict.word, verdict.credit) == (Word.OK, 1), verdict.feedback


@pytest.mark.parametrize("part", PARTS)
def test_blank_form(sandbox: Sandbox, part: str, pytestconfig: pytest.Config) -> None:
    """The form is what the questions generate now, and as it stands it earns nothing."""
    file = ROOT / "student_template" / PARTS[part].name / FILE
    if pytestconfig.getoption("--update-golden"):
        file.write_text(skeleton(PARTS[part]), encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert text == skeleton(PARTS[part]), "look at the questions, then run with --update-golden"
    verdict = judge(sandbox, part, text)
    assert (verdict.word, verdict.credit) == (Word.NOT_YET, 0)


@pytest.mark.parametrize(("name", "style"), [(name, style) for name in RIGHT for style in range(4)])
def test_right_in_many_styles(sandbox: Sandbox, name: str, style: int) -> None:
    """Loops, recursion, other generators and other return types are right."""
    part = part_of(name)
    verdict = judge(sandbox, part, f"{solution(part)}\n\n{function(name, RIGHT[name][style])}")
    assert verdict.word is Word.OK, verdict.feedback


@pytest.mark.parametrize(("name", "rule"), MISTAKES, ids=lambda item: item)
def test_mistake_is_named(sandbox: Sandbox, name: str, rule: str) -> None:
    """A mistake is recognised by what the function does, with its own rule."""
    part = part_of(name)
    verdict = judge(sandbox, part, f"{solution(part)}\n\n{function(name, MISTAKES[name, rule])}")
    assert (verdict.word, verdict.misconception) == (Word.NOT_YET, rule), verdict.feedback
    assert 0 < verdict.credit < 1


@pytest.mark.parametrize(("name", "body"), OBJECTIONS, ids=lambda item: item[:60].replace("\n", " "))
def test_property_that_fails_is_named(sandbox: Sandbox, name: str, body: str) -> None:
    """Where many answers are right, a wrong one is told which property it lacks."""
    part = part_of(name)
    verdict = judge(sandbox, part, f"{solution(part)}\n\n{function(name, body)}")
    assert verdict.word is Word.NOT_YET
    assert OBJECTIONS[name, body] in verdict.feedback[0], verdict.feedback
    assert "?." not in verdict.feedback[0]


def test_every_rule_has_its_mistake() -> None:
    """Each function that a rule speaks of is typed with that mistake."""
    stated = {
        (name, rule.name)
        for part, assignment in PARTS.items()
        for rule in assignment.question(part).wrong
        for name in rule.answer
    }
    assert stated == set(MISTAKES)
