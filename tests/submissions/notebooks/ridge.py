"""Discussion 1's ridge part: the function and the notebook's cell, right and wrong."""

from __future__ import annotations

_DEF = "import numpy as np\n\ndef fit_output_layer(H, y, lam):\n"
_ONES = "    Xn = np.hstack([H, np.ones((len(H), 1))])\n    A, b = Xn.T @ Xn + lam * np.eye(Xn.shape[1]), Xn.T @ y\n"

# The course's own cell, with the blank filled in at {}.
_CELL = """import numpy as np
import torch

# %%
for w in [10, 20, 40]:
    nets_by_size[w] = make(w)
    train_network(nets_by_size[w])

# %%
lambd = 1e-5
for w in nets_by_size:
    net = nets_by_size[w]["net"]
    net.load_state_dict(nets_by_size[w]["init"])
    H = torch.relu(net[0](torch.tensor(X, dtype=torch.float32))).detach().numpy().astype(float)
    Xnew = np.concatenate([H, np.ones((X.shape[0], 1))], axis=1)
    coeffs = np.zeros(w + 1)
    {}
    print("Test Error:", np.mean((Xnew @ coeffs - y[:, 0]) ** 2))
"""

RIGHT: dict[str, str] = {
    "solve": f"{_DEF}{_ONES}    return np.linalg.solve(A, b)\n",
    "inverse": f"{_DEF}{_ONES}    return np.linalg.inv(A) @ b\n",
    "stacked": (
        f"{_DEF}    Xn = np.hstack([H, np.ones((len(H), 1))])\n    d = Xn.shape[1]\n"
        "    return np.linalg.lstsq(np.vstack([Xn, np.sqrt(lam) * np.eye(d)]), np.append(y, np.zeros(d)), rcond=None)[0]\n"
    ),
    "a list": f"{_DEF}{_ONES}    return np.linalg.solve(A, b).tolist()\n",
    "a list of entries": f"{_DEF}{_ONES}    return [c for c in np.linalg.solve(A, b)]\n",
    "a column": f"{_DEF}{_ONES}    return np.linalg.solve(A, b[:, None])\n",
    "constant not penalised": f"{_DEF}{_ONES}    A[-1, -1] -= lam\n    return np.linalg.solve(A, b)\n",
    "scikit-learn on units and ones": (
        f"from sklearn.linear_model import Ridge\n{_DEF}    Xn = np.hstack([H, np.ones((len(H), 1))])\n"
        "    return Ridge(alpha=lam, fit_intercept=False).fit(Xn, y).coef_\n"
    ),
    "scikit-learn with an intercept": (
        f"from sklearn import linear_model\n{_DEF}    model = linear_model.Ridge(lam)\n    model.fit(H, y)\n"
        "    return np.append(model.coef_, model.intercept_)\n"
    ),
    "scikit-learn on a column of values": (
        f"import sklearn.linear_model as lm\n{_DEF}    model = lm.Ridge(alpha=lam).fit(H, y.reshape(-1, 1))\n"
        "    return np.concatenate([model.coef_.ravel(), model.intercept_])\n"
    ),
    "a lambda": (
        "import numpy as np\nones = lambda H: np.column_stack([H, np.ones(len(H))])\n"
        "fit_output_layer = lambda H, y, lam: np.linalg.solve(ones(H).T @ ones(H) + lam * np.eye(H.shape[1] + 1), ones(H).T @ y)\n"
        "coeffs = fit_output_layer(np.eye(3), np.ones(3), 1.0)\n"
    ),
    "scipy": f"import scipy.linalg\n{_DEF}{_ONES}    return scipy.linalg.solve(A, b)\n",
    "scipy's least squares": (
        f"from scipy.linalg import lstsq\n{_DEF}    Xn = np.hstack([H, np.ones((len(H), 1))])\n    d = Xn.shape[1]\n"
        "    return lstsq(np.vstack([Xn, np.sqrt(lam) * np.eye(d)]), np.append(y, np.zeros(d)))[0]\n"
    ),
    "torch": (
        f"import torch\n{_DEF}    Xn = torch.tensor(np.hstack([H, np.ones((len(H), 1))]))\n"
        "    return torch.linalg.solve(Xn.T @ Xn + lam * torch.eye(Xn.shape[1]), Xn.T @ torch.tensor(y)).numpy()\n"
    ),
    "the cell with scikit-learn": "from sklearn.linear_model import Ridge\n"
    + _CELL.format("coeffs = Ridge(alpha=lambd, fit_intercept=False).fit(Xnew, y).coef_.flatten()"),
    "the cell": _CELL.format("coeffs = np.linalg.solve(Xnew.T @ Xnew + lambd * np.eye(w + 1), Xnew.T @ y[:, 0])"),
    "the cell, filled in place": _CELL.format(
        "coeffs[:] = np.linalg.solve(Xnew.T @ Xnew + lambd * np.eye(w + 1), Xnew.T @ y)[:, 0]"
    ),
    "the cell with flat values": _CELL.format(
        "coeffs[:] = np.linalg.solve(Xnew.T @ Xnew + lambd * np.eye(w + 1), Xnew.T @ y)"
    ).replace("y[:, 0]", "y"),
    "the cell with a penalty of its own": _CELL.format(
        "reg = 3e-4\n    coeffs = np.linalg.inv(Xnew.T @ Xnew + reg * np.eye(w + 1)) @ (Xnew.T @ y)[:, 0]"
    ),
    "the cell with a number for the penalty": _CELL.format(
        "coeffs = np.linalg.solve(Xnew.T @ Xnew + 1e-5 * np.eye(w + 1), Xnew.T @ y)[:, 0]"
    ),
    "the cell with lam": _CELL.format(
        "coeffs = np.linalg.solve(Xnew.T @ Xnew + lam * np.eye(w + 1), Xnew.T @ y)[:, 0]"
    ).replace("lambd = 1e-5", "lam = 1e-5"),
    "the cell with a slice": _CELL.format(
        "coeffs = np.linalg.lstsq(np.vstack([Xnew, lambd ** 0.5 * np.eye(w + 1)]), np.append(y, np.zeros(w + 1)), rcond=None)[0]"
    ),
}

WRONG: dict[str, tuple[str, str, str]] = {
    "zeros left": (_CELL.format("pass"), "zeros", "0"),
    "computed, never assigned": (
        _CELL.format("np.linalg.solve(Xnew.T @ Xnew + lambd * np.eye(w + 1), Xnew.T @ y)"),
        "not-assigned",
        "0",
    ),
    "never returned": (f"{_DEF}{_ONES}    np.linalg.solve(A, b)\n", "not-assigned", "0"),
    "lambda everywhere": (
        f"{_DEF}{_ONES.replace('np.eye(Xn.shape[1])', 'np.ones((Xn.shape[1], Xn.shape[1]))')}    return np.linalg.solve(A, b)\n",
        "lambda-everywhere",
        "1/2",
    ),
    "no column of ones": (
        f"{_DEF}    return np.linalg.solve(H.T @ H + lam * np.eye(H.shape[1]), H.T @ y)\n",
        "no-constant",
        "1/2",
    ),
    "the mean of the errors": (
        f"{_DEF}{_ONES}    return np.linalg.solve((A - lam * np.eye(len(A))) / len(y) + lam * np.eye(len(A)), b / len(y))\n",
        "mean-loss",
        "1/2",
    ),
    "no penalty": (
        f"{_DEF}    Xn = np.hstack([H, np.ones((len(H), 1))])\n    return np.linalg.lstsq(Xn, y, rcond=None)[0]\n",
        "no-penalty",
        "1/2",
    ),
    "the penalty squared": (
        f"{_DEF}    Xn = np.hstack([H, np.ones((len(H), 1))])\n    d = Xn.shape[1]\n"
        "    return np.linalg.lstsq(np.vstack([Xn, lam * np.eye(d)]), np.append(y, np.zeros(d)), rcond=None)[0]\n",
        "lam-squared",
        "1/2",
    ),
    "scikit-learn's intercept left out": (
        f"from sklearn.linear_model import Ridge\n{_DEF}    Xn = np.hstack([H, np.ones((len(H), 1))])\n    return Ridge(lam).fit(Xn, y).coef_\n",
        "intercept-lost",
        "1/2",
    ),
    "ones in front": (
        f"{_DEF}{_ONES.replace('[H, np.ones((len(H), 1))]', '[np.ones((len(H), 1)), H]')}    return np.linalg.solve(A, b)\n",
        "constant-first",
        "1/2",
    ),
    "points by points": (
        f"{_DEF}{_ONES.replace('Xn.T @ Xn', 'Xn @ Xn.T')}    return np.linalg.solve(A, b)\n",
        "points-by-points",
        "0",
    ),
    "test values": (
        _CELL.format("coeffs = np.linalg.solve(Xnew.T @ Xnew + lambd * np.eye(w + 1), Xnew.T @ y_test)"),
        "test-values",
        "0",
    ),
}
