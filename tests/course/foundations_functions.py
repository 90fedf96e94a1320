"""What students write for the functions of the foundations: bodies that are right, and one for every mistake."""

from __future__ import annotations

PARTS = {
    "relu_interpolant": "2.interpolate",
    "dead_units": "2.dead",
    "select_degree": "3.nested",
    "ridge_path": "3.nested",
}
HEADERS = {
    "relu_interpolant": "xs, ys",
    "dead_units": "W, b, X",
    "select_degree": "x, y, x_val, y_val, degrees",
    "ridge_path": "X, y, lams, X_val, y_val",
}

RIGHT: dict[str, tuple[str, ...]] = {
    "relu_interpolant": (
        """order = np.argsort(xs)
x, y = xs[order], ys[order]
slopes = np.diff(y) / np.diff(x)
return np.ones(len(slopes)), -x[:-1], np.diff(np.concatenate([[0.0], slopes])), y[0]""",
        # from the right, with negative weights of any size
        """order = np.argsort(xs)[::-1]
x, y = xs[order], ys[order]
w = -np.arange(2.0, len(x) + 1)
slopes = np.diff(y) / np.diff(x)
return w, -w * x[:-1], np.diff(np.concatenate([[0.0], slopes])) / w, y[0]""",
        # elbows in the middle between points, by a linear system
        """order = np.argsort(xs)
x, y = xs[order], ys[order]
elbows = np.append(x[:1] - 1, (x[1:] + x[:-1]) / 2)
units = np.maximum(0, x[:, None] - elbows)
return np.ones(len(x)).tolist(), (-elbows).tolist(), np.linalg.solve(units, y).tolist(), 0""",
        # the first piece from two units that are never off
        """points = sorted(zip(xs.tolist(), ys.tolist()))
if len(points) == 1:
    return [0.0], [1.0], [points[0][1]], 0.0
w, b, a, slope = [], [], [], 0.0
for (x0, y0), (x1, y1) in zip(points, points[1:]):
    new = (y1 - y0) / (x1 - x0)
    w.append(0.5)
    b.append(-0.5 * x0)
    a.append(2 * (new - slope))
    slope = new
return np.array(w), np.array(b), np.array(a), points[0][1]""",
    ),
    "dead_units": (
        """W, X = W.reshape(len(b), -1), X.reshape(len(X), -1)
return np.all(X @ W.T + b <= 0, axis=0)""",
        """pre = np.outer(X, W) + b if W.ndim == 1 else X @ W.T + b
return np.maximum(0, pre).sum(axis=0) == 0""",
        """dead = []
for w, bias in zip(np.atleast_2d(W.T).T, b):
    dead.append(all(np.dot(w, x) + bias < 0 for x in X))
return dead""",
        """W, X = W.reshape(b.size, -1), X.reshape(X.shape[0], -1)
return (X.dot(W.T) + b).max(axis=0).clip(0) < 1e-12""",
        """import torch
w = torch.tensor(W.reshape(len(b), -1), requires_grad=True)
bias = torch.tensor(b, requires_grad=True)
out = torch.relu(torch.tensor(X.reshape(len(X), -1)) @ w.T + bias)
out.sum().backward()
return ((w.grad == 0).all(dim=1) & (bias.grad == 0)).numpy()""",
        "return (np.maximum(0, X.reshape(len(X), -1) @ W.reshape(len(b), -1).T + b).max(0) == 0).astype(int)",
    ),
    "select_degree": (
        """errors = {}
for d in degrees:
    p = np.polyfit(x, y, d)
    errors[int(d)] = np.mean((np.polyval(p, x_val) - y_val) ** 2)
return min(sorted(errors), key=errors.get)""",
        """ordered = np.sort(degrees)
scores = []
for d in ordered:
    V = np.vander(x, d + 1)
    w = np.linalg.lstsq(V, y, rcond=None)[0]
    scores.append(np.linalg.norm(np.vander(x_val, d + 1) @ w - y_val))
return ordered[np.argmin(scores)]""",
        """best = None
for d in degrees:
    V, V_val = x[:, None] ** np.arange(d + 1), x_val[:, None] ** np.arange(d + 1)
    w = np.linalg.solve(V.T @ V, V.T @ y)
    score = (np.sum((V_val @ w - y_val) ** 2), d)
    if best is None or score < best:
        best = score
return best[1]""",
        """from numpy.polynomial import Polynomial
losses = [((Polynomial.fit(x, y, int(d))(x_val) - y_val) ** 2).mean() for d in degrees]
return min(d for d, loss in zip(degrees, losses) if loss == min(losses))""",
    ),
    "ridge_path": (
        """scores = []
for lam in lams:
    w = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
    scores.append((np.mean((X_val @ w - y_val) ** 2), -lam))
return -min(scores)[1]""",
        """U, s, Vt = np.linalg.svd(X, full_matrices=False)
ordered = np.sort(lams)[::-1]
ws = [Vt.T @ (s / (s ** 2 + lam) * (U.T @ y)) for lam in ordered]
return ordered[np.argmin([np.sum((X_val @ w - y_val) ** 2) for w in ws])]""",
        """best, chosen = np.inf, None
for lam in sorted(lams):
    w = X.T @ np.linalg.inv(X @ X.T + lam * np.eye(len(X))) @ y
    loss = np.linalg.norm(X_val @ w - y_val)
    if loss <= best:
        best, chosen = loss, lam
return chosen""",
        """errors = np.array([
    np.mean((X_val @ np.linalg.pinv(np.vstack([X, lam ** 0.5 * np.eye(X.shape[1])])) @ np.r_[y, np.zeros(X.shape[1])] - y_val) ** 2)
    for lam in lams
])
return lams[errors == errors.min()].max()""",
    ),
}

_NET = """order = np.argsort(xs)
x, y = xs[order], ys[order]
slopes = np.diff(y) / np.diff(x)
changes = np.diff(slopes, prepend=0.0)
"""
_UNITS = "W, X = W.reshape(len(b), -1), X.reshape(len(X), -1)\npre = X @ W.T + b\n"
_DEGREE = """errors = []
for d in degrees:
    p = np.polyfit({fit_x}, {fit_y}, d)
    errors.append(np.mean((np.polyval(p, {on_x}) - {on_y}) ** 2))
return min(zip(errors, degrees))[1]"""
_RIDGE = """scores = []
for lam in lams:
    A, t = {fit_X}, {fit_y}
    w = np.linalg.solve(A.T @ A + {factor}lam * np.eye(A.shape[1]), A.T @ t)
    scores.append((np.mean(({on_X} @ w - {on_y}) ** 2){extra}, -lam))
return -min(scores)[1]"""


def _degree(fit_x: str, fit_y: str, on_x: str, on_y: str) -> str:
    return _DEGREE.format(fit_x=fit_x, fit_y=fit_y, on_x=on_x, on_y=on_y)


def _ridge(
    fit: tuple[str, str] = ("X", "y"), on: tuple[str, str] = ("X_val", "y_val"), factor: str = "", extra: str = ""
) -> str:
    return _RIDGE.format(fit_X=fit[0], fit_y=fit[1], on_X=on[0], on_y=on[1], factor=factor, extra=extra)


_BOTH = ("np.concatenate([X, X_val])", "np.concatenate([y, y_val])")

MISTAKES: dict[tuple[str, str], str] = {
    ("relu_interpolant", "elbow-sign"): _NET + "return np.ones(len(slopes)), x[:-1], changes, y[0]",
    ("relu_interpolant", "slopes-instead-of-changes"): _NET + "return np.ones(len(slopes)), -x[:-1], slopes, y[0]",
    ("relu_interpolant", "constant-forgotten"): _NET + "return np.ones(len(slopes)), -x[:-1], changes, 0.0",
    ("relu_interpolant", "gaps-forgotten"): _NET
    + "return np.ones(len(slopes)), -x[:-1], np.diff(np.diff(y), prepend=0.0), y[0]",
    ("relu_interpolant", "not-sorted"): """slopes = (ys[1:] - ys[:-1]) / (xs[1:] - xs[:-1])
return np.ones(len(slopes)), -xs[:-1], np.diff(slopes, prepend=0.0), ys[0]""",
    ("relu_interpolant", "first-slope-lost"): _NET + "return np.ones(len(slopes))[1:], -x[1:-1], changes[1:], y[0]",
    ("relu_interpolant", "in-place"): """order = np.argsort(xs)
ys[:] = ys[order]
xs.sort()
xs *= 1.0
slopes = np.diff(ys) / np.diff(xs)
result = np.ones(len(slopes)), -xs[:-1], np.diff(slopes, prepend=0.0), ys[0]
xs += 1
return result""",
    ("dead_units", "far-is-dead"): _UNITS + "return (pre > 0).all(axis=0) | (pre < 0).all(axis=0)",
    ("dead_units", "off-somewhere"): _UNITS + "return (pre < 0).any(axis=0)",
    ("dead_units", "alive"): _UNITS + "return (pre > 0).any(axis=0)",
    ("dead_units", "always-on"): _UNITS + "return (pre > 0).all(axis=0)",
    ("dead_units", "per-point"): _UNITS + "return (pre < 0).all(axis=1)",
    ("dead_units", "bias-forgotten"): _UNITS + "return (X @ W.T <= 0).all(axis=0)",
    ("dead_units", "bias-alone"): "return b < 0",
    ("dead_units", "indices"): _UNITS + "return np.where((pre <= 0).all(axis=0))[0]",
    ("dead_units", "in-place"): _UNITS + "found = (pre <= 0).all(axis=0)\nb -= 1\nreturn found",
    ("select_degree", "training-error"): _degree("x", "y", "x", "y"),
    ("select_degree", "fitted-on-both"): _degree("np.append(x, x_val)", "np.append(y, y_val)", "x_val", "y_val"),
    ("select_degree", "fitted-on-validation"): _degree("x_val", "y_val", "x_val", "y_val"),
    ("select_degree", "sets-swapped"): _degree("x_val", "y_val", "x", "y"),
    ("select_degree", "first-of-equals"): _degree("x", "y", "x_val", "y_val").replace(
        "min(zip(errors, degrees))[1]", "degrees[np.argmin(errors)]"
    ),
    ("select_degree", "index"): _degree("x", "y", "x_val", "y_val").replace(
        "min(zip(errors, degrees))[1]", "np.argmin(errors)"
    ),
    ("select_degree", "in-place"): "y_val -= 0.0\n"
    + _degree("x", "y", "x_val", "y_val").replace("return", "x_val += 1\nreturn"),
    ("ridge_path", "training-error"): _ridge(on=("X", "y")),
    ("ridge_path", "fitted-on-both"): _ridge(fit=_BOTH),
    ("ridge_path", "fitted-on-validation"): _ridge(fit=("X_val", "y_val")),
    ("ridge_path", "sets-swapped"): _ridge(fit=("X_val", "y_val"), on=("X", "y")),
    ("ridge_path", "first-of-equals"): _ridge()
    .replace(", -lam))", ", 0))")
    .replace("-min(scores)[1]", "lams[scores.index(min(scores))]"),
    ("ridge_path", "index"): _ridge().replace("-min(scores)[1]", "scores.index(min(scores, key=lambda s: s[0]))"),
    ("ridge_path", "mean-loss"): _ridge(factor="len(t) * "),
    ("ridge_path", "penalty-in-the-score"): _ridge(extra=" + lam * w @ w / len(y_val)"),
    ("ridge_path", "in-place"): _ridge().replace("return", "lams.sort()\nlams *= 2\nreturn"),
}

OFF: dict[str, tuple[tuple[str, str], ...]] = {
    "relu_interpolant": (
        ("n = 100\nreturn np.ones(n), np.linspace(-3, 3, n), np.zeros(n), 0.0", "100 units"),
        ("return np.ones(1), np.zeros(1), np.ones(1), 0.0", "your network gives"),
        ("return np.ones(1), np.zeros(1), np.ones(1)", "expected the 4"),
        ("return xs, ys, xs, np.nan", "not finite"),
        ("k = min(2, len(xs))\nreturn np.zeros(k), np.ones(k), np.resize([1e9, -1e9], k), 0.0", "your network gives 0"),
        (
            "k = min(2, len(xs))\nreturn np.full(k, -1e308), np.ones(k), np.resize([1e9, -1e9], k), 0.0",
            "network gives nan",
        ),
    ),
    "dead_units": (
        ("return np.zeros(len(b), dtype=bool)", "not right"),
        ("return np.ones(len(b), dtype=bool)", "not right"),
        ("return W < 0", "not right"),
        ("found = b < 0", "returns None"),
    ),
    "select_degree": (
        ("return sorted(degrees)[len(degrees) // 2]", "another degree has a smaller one"),
        ("return 17", "17 is not among the given"),
        ("return np.mean(y_val)", "is not among the given"),
        ("return min(degrees)", "another degree has a smaller one"),
    ),
    "ridge_path": (
        ("return sorted(lams)[len(lams) // 2]", "another lambda has a smaller one"),
        ("return 3.5", "3.5 is not among the given"),
        ("return lams.max()", "another lambda has a smaller one"),
        ("return lams", "expected a number"),
        (
            "centre = np.vstack([X, X_val]).mean(axis=0)\nX, X_val = X - centre, X_val - centre\nbest = None\n"
            "for lam in sorted(lams, reverse=True):\n    w = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n"
            "    error = np.mean((X_val @ w - y_val)**2)\n    if best is None or error < best[0]:\n        best = error, lam\n"
            "return best[1]",
            "columns far from 0",
        ),
    ),
}
"""Wrong bodies that no rule describes, with words of what is said."""
