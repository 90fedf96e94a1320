"""The twelve items as the peers' users write them: SymPy decides formulas, NumPy and random instances decide functions."""

import numpy as np
import sympy
import torch

sigma, eta, lam, s = sympy.symbols("sigma eta lam s", positive=True)
x, y, w = sympy.symbols("x y w", real=True)
t = sympy.symbols("t", integer=True, nonnegative=True)
A = sympy.Matrix(3, 2, lambda i, j: sympy.Symbol(f"a{i}{j}", real=True))
b = sympy.Matrix([sympy.Symbol(f"b{i}", real=True) for i in range(3)])
c = sympy.Matrix([sympy.Symbol(f"c{i}", real=True) for i in range(2)])
W = sympy.Matrix(2, 2, lambda i, j: sympy.Symbol(f"w{i}{j}", real=True))
SYMBOLS = {
    "sigma": sigma,
    "eta": eta,
    "lam": lam,
    "s": s,
    "x": x,
    "y": y,
    "w": w,
    "t": t,
    "A": A,
    "b": b,
    "c": c,
    "W": W,
}

SCALARS = {
    "q1": 2 * sigma * (sigma * w - y),
    "q2": x * y / (x**2 + lam),
    "q3": y / sigma * (1 - (1 - 2 * eta * sigma**2) ** t),
    "q4": 1 / sigma**2,
    "q5": x * y / (x**2 + s**2),
}


def formula(name, answers):
    """Parsing runs the student's text as Python: that is how SymPy reads strings."""
    given = sympy.sympify(answers[name], locals=SYMBOLS)
    return sympy.simplify(given - SCALARS[name]) == 0


def matrix(answers):
    """Three random rational instances: the symbolic inverse is beyond simplify."""
    rng = np.random.default_rng(1)
    for _ in range(3):
        values = {k: sympy.Matrix(v.shape[0], v.shape[1], lambda *_: sympy.Rational(int(rng.integers(-9, 10)), 7))
                  for k, v in {"A": A, "b": b, "c": c, "W": W}.items()}  # fmt: skip
        P, Q = values["A"].T * values["A"], values["W"].T * values["W"]
        key = (P + Q).inv() * (values["A"].T * values["b"] + Q * values["c"])
        if sympy.sympify(answers["q6"], locals=values) != key:
            return False
    return True


def close(got, wanted):
    return np.allclose(np.asarray(got, dtype=float), wanted, rtol=1e-6, atol=1e-9)


def ridge(functions, rng):
    X, y, lam = rng.normal(size=(6, 3)), rng.normal(size=6), rng.uniform(0.1, 2)
    return close(functions["ridge"](X, y, lam), np.linalg.solve(X.T @ X + lam * np.eye(3), X.T @ y))


def kernel_ridge(functions, rng):
    X, y, lam = rng.normal(size=(6, 3)), rng.normal(size=6), rng.uniform(0.1, 2)
    return close(functions["kernel_ridge"](X, y, lam), X.T @ np.linalg.solve(X @ X.T + lam * np.eye(6), y))


def tikhonov(functions, rng):
    A, b, c, W = rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=2), rng.normal(size=(2, 2))
    wanted = np.linalg.solve(A.T @ A + W.T @ W, A.T @ b + W.T @ W @ c)
    return close(functions["tikhonov"](A, b, c, W), wanted)


def best_learning_rate(functions, rng):
    X = rng.normal(size=(6, 3))
    s = np.linalg.svd(X)[1]
    return close(functions["best_learning_rate"](X), 1 / (s[0] ** 2 + s[-1] ** 2))


def relu_singular_values(functions, rng):
    X, W, b = rng.normal(size=(8, 2)), rng.normal(size=(6, 2)), rng.normal(size=6)
    features = torch.relu(torch.from_numpy(X @ W.T + b))
    return close(functions["relu_singular_values"](X, W, b), torch.linalg.svdvals(features).numpy())


def gradient_descent(functions, rng):
    X, y = rng.normal(size=(6, 3)), rng.normal(size=6)
    rate = 0.5 / np.linalg.norm(X, 2) ** 2
    w, rows = np.zeros(3), [np.zeros(3)]
    for _ in range(10):
        w = w - 2 * rate * X.T @ (X @ w - y)
        rows.append(w)
    return close(functions["gradient_descent"](X, y, rate, 10), np.stack(rows))


INSTANCES = {
    ridge: 20,
    kernel_ridge: 20,
    tikhonov: 20,
    best_learning_rate: 20,
    relu_singular_values: 1,
    gradient_descent: 1,
}


def tried(check, answers):
    rng = np.random.default_rng(7)
    return all(check(answers, rng) for _ in range(INSTANCES[check]))


ITEMS = {
    **{name: lambda answers, name=name: formula(name, answers) for name in SCALARS},
    "q6": matrix,
    **{check.__name__: lambda answers, check=check: tried(check, answers) for check in INSTANCES},
}
