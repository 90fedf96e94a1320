"""Misconceptions as a student would type them: part, function and rule to the text."""

MISTAKES = {
    ("1g.code", "gradient_descent", "factor-two"): """
def gradient_descent(X, y, eta, steps):
    path = [np.zeros(X.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - eta * X.T @ (X @ path[-1] - y))
    return np.array(path)
""",
    ("1g.code", "gradient_descent", "mean-loss"): """
def gradient_descent(X, y, eta, steps):
    path = [np.zeros(X.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - 2 * eta * X.T @ (X @ path[-1] - y) / len(y))
    return np.array(path)
""",
    ("1g.code", "gradient_descent", "ascent"): """
def gradient_descent(X, y, eta, steps):
    path = [np.zeros(X.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - 2 * eta * X.T @ (y - X @ path[-1]))
    return np.array(path)
""",
    ("1g.code", "gradient_descent", "last-only"): """
def gradient_descent(X, y, eta, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w = w - 2 * eta * X.T @ (X @ w - y)
    return w
""",
    ("1g.code", "gradient_descent", "start-left-out"): """
def gradient_descent(X, y, eta, steps):
    w, path = np.zeros(X.shape[1]), []
    for _ in range(steps):
        w = w - 2 * eta * X.T @ (X @ w - y)
        path.append(w)
    return np.array(path).reshape(steps, X.shape[1])
""",
    ("1g.code", "gradient_descent", "starts-at-ones"): """
def gradient_descent(X, y, eta, steps):
    path = [np.ones(X.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - 2 * eta * X.T @ (X @ path[-1] - y))
    return np.array(path)
""",
    ("1g.code", "gradient_descent", "path-transposed"): """
def gradient_descent(X, y, eta, steps):
    path = np.zeros((X.shape[1], steps + 1))
    for t in range(steps):
        path[:, t + 1] = path[:, t] - 2 * eta * X.T @ (X @ path[:, t] - y)
    return path
""",
    ("1g.code", "gradient_descent", "in-place"): """
def gradient_descent(X, y, eta, steps):
    path = [np.zeros(X.shape[1])]
    for _ in range(steps):
        path.append(path[-1] - 2 * eta * X.T @ (X @ path[-1] - y))
    y -= X @ path[-1]
    return np.array(path)
""",
    ("1g.code", "stable_learning_rates", "half-loss"): """
def stable_learning_rates(X):
    return 0, 2 / np.linalg.norm(X, 2) ** 2
""",
    ("1g.code", "stable_learning_rates", "mean-loss"): """
def stable_learning_rates(X):
    return 0, X.shape[0] / np.linalg.norm(X, 2) ** 2
""",
    ("1g.code", "stable_learning_rates", "sigma-not-squared"): """
def stable_learning_rates(X):
    return 0, 1 / np.linalg.norm(X, 2)
""",
    ("1g.code", "stable_learning_rates", "only-the-smallest"): """
def stable_learning_rates(X):
    return 0, 1 / np.linalg.svd(X, compute_uv=False).min() ** 2
""",
    ("1g.code", "stable_learning_rates", "sum-of-all"): """
def stable_learning_rates(X):
    return 0, 1 / np.trace(X.T @ X)
""",
    ("1g.code", "stable_learning_rates", "in-place"): """
def stable_learning_rates(X):
    s = np.linalg.norm(X, 2)
    X /= s
    return 0, 1 / s ** 2
""",
    ("1g.code", "best_learning_rate", "half-loss"): """
def best_learning_rate(X):
    s = np.linalg.svd(X, compute_uv=False)
    return 2 / (s[0] ** 2 + s[-1] ** 2)
""",
    ("1g.code", "best_learning_rate", "mean-loss"): """
def best_learning_rate(X):
    s = np.linalg.svd(X, compute_uv=False)
    return len(X) / (s[0] ** 2 + s[-1] ** 2)
""",
    ("1g.code", "best_learning_rate", "sigma-not-squared"): """
def best_learning_rate(X):
    s = np.linalg.svd(X, compute_uv=False)
    return 1 / (s[0] + s[-1])
""",
    ("1g.code", "best_learning_rate", "zero-directions-counted"): """
def best_learning_rate(X):
    values = np.linalg.eigvalsh(X.T @ X)
    return 1 / (values[0] + values[-1])
""",
    ("1g.code", "best_learning_rate", "half-of-the-range"): """
def best_learning_rate(X):
    return 1 / (2 * np.linalg.norm(X, 2) ** 2)
""",
    ("1g.code", "best_learning_rate", "in-place"): """
def best_learning_rate(X):
    s = np.linalg.svd(X, compute_uv=False)
    X *= 0
    return 1 / (s[0] ** 2 + s[-1] ** 2)
""",
    ("2.code", "tikhonov", "data-weights-dropped"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ A + W2.T @ W2, A.T @ b + W2.T @ W2 @ c)
""",
    ("2.code", "tikhonov", "prior-weights-dropped"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ W1.T @ W1 @ A + np.eye(len(c)), A.T @ W1.T @ W1 @ b + c)
""",
    ("2.code", "tikhonov", "weight-not-squared"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ W1.T @ W1 @ A + W2, A.T @ W1.T @ W1 @ b + W2 @ c)
""",
    ("2.code", "tikhonov", "weights-transposed"): """
def tikhonov(A, b, c, W1, W2):
    V, P = W1 @ W1.T, W2 @ W2.T
    return np.linalg.solve(A.T @ V @ A + P, A.T @ V @ b + P @ c)
""",
    ("2.code", "tikhonov", "centre-forgotten"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ W1.T @ W1 @ A + W2.T @ W2, A.T @ W1.T @ W1 @ b)
""",
    ("2.code", "tikhonov", "centre-not-weighted"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ W1.T @ W1 @ A + W2.T @ W2, A.T @ W1.T @ W1 @ b + c)
""",
    ("2.code", "tikhonov", "plain-ridge"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ A + W2.T @ W2, A.T @ b)
""",
    ("2.code", "tikhonov", "prior-dropped"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ W1.T @ W1 @ A, A.T @ W1.T @ W1 @ b)
""",
    ("2.code", "tikhonov", "sign-of-centre"): """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.solve(A.T @ W1.T @ W1 @ A + W2.T @ W2, A.T @ W1.T @ W1 @ b - W2.T @ W2 @ c)
""",
    ("2.code", "tikhonov", "in-place"): """
def tikhonov(A, b, c, W1, W2):
    V, P = W1.T @ W1, W2.T @ W2
    x = np.linalg.solve(A.T @ V @ A + P, A.T @ V @ b + P @ c)
    b -= A @ x
    return x
""",
    ("2.code", "tikhonov_stacked", "data-weights-dropped"): """
def tikhonov_stacked(W1, A, b, W2, c):
    return np.vstack([A, W2]), np.hstack([b, W2 @ c])
""",
    ("2.code", "tikhonov_stacked", "centre-forgotten"): """
def tikhonov_stacked(W1, A, b, W2, c):
    return np.vstack([W1 @ A, W2]), np.hstack([W1 @ b, np.zeros(len(W2))])
""",
    ("2.code", "tikhonov_stacked", "centre-not-weighted"): """
def tikhonov_stacked(W1, A, b, W2, c):
    return np.vstack([W1 @ A, W2]), np.hstack([W1 @ b, c])
""",
    ("2.code", "tikhonov_stacked", "data-not-weighted"): """
def tikhonov_stacked(W1, A, b, W2, c):
    return np.vstack([W1 @ A, W2]), np.hstack([b, W2 @ c])
""",
    ("2.code", "tikhonov_stacked", "side-by-side"): """
def tikhonov_stacked(W1, A, b, W2, c):
    return np.hstack([W1 @ A, W2]), np.hstack([W1 @ b, W2 @ c])
""",
    ("2.code", "tikhonov_stacked", "orders-differ"): """
def tikhonov_stacked(W1, A, b, W2, c):
    return np.vstack([W1 @ A, W2]), np.hstack([W2 @ c, W1 @ b])
""",
    ("2.code", "tikhonov_stacked", "sign-of-centre"): """
def tikhonov_stacked(W1, A, b, W2, c):
    return np.vstack([W1 @ A, W2]), np.hstack([W1 @ b, -W2 @ c])
""",
    ("2.code", "tikhonov_stacked", "in-place"): """
def tikhonov_stacked(W1, A, b, W2, c):
    d = np.hstack([W1 @ b, W2 @ c])
    C = np.vstack([W1 @ A, W2])
    A[:] = 0
    return C, d
""",
}

_RIDGE = {
    "lam-squared": ("X.T @ X + lam**2 * np.eye(X.shape[1])", "X @ X.T + lam**2 * np.eye(len(X))"),
    "lam-rooted": ("X.T @ X + lam**.5 * np.eye(X.shape[1])", "X @ X.T + lam**.5 * np.eye(len(X))"),
    "lam-inverted": ("lam * X.T @ X + np.eye(X.shape[1])", "lam * X @ X.T + np.eye(len(X))"),
    "lam-halved": ("X.T @ X + lam / 2 * np.eye(X.shape[1])", "X @ X.T + lam / 2 * np.eye(len(X))"),
    "lam-doubled": ("X.T @ X + 2 * lam * np.eye(X.shape[1])", "X @ X.T + 2 * lam * np.eye(len(X))"),
    "mean-loss": ("X.T @ X + len(X) * lam * np.eye(X.shape[1])", "X @ X.T + len(X) * lam * np.eye(len(X))"),
    "lam-everywhere": (
        "X.T @ X + lam * np.ones((X.shape[1], X.shape[1]))",
        "X @ X.T + lam * np.ones((len(X), len(X)))",
    ),
    "penalty-forgotten": ("X.T @ X", "X @ X.T"),
    "sign-of-lam": ("X.T @ X - lam * np.eye(X.shape[1])", "X @ X.T - lam * np.eye(len(X))"),
}
for _rule, (_primal, _dual) in _RIDGE.items():
    _factor = "lam * " if _rule == "lam-inverted" else ""
    MISTAKES["3.code", "ridge", _rule] = f"""
def ridge(X, y, lam):
    return np.linalg.solve({_primal}, {_factor}X.T @ y)
"""
    MISTAKES["3.code", "kernel_ridge", _rule] = f"""
def kernel_ridge(X, y, lam):
    return X.T @ np.linalg.solve({_dual}, {_factor}y)
"""
for _name, _system in (
    ("ridge", "np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)"),
    ("kernel_ridge", "X.T @ np.linalg.solve(X @ X.T + lam * np.eye(len(X)), y)"),
):
    _body = f"\ndef {_name}(X, y, lam):\n    w = {_system}\n"
    MISTAKES["3.code", _name, "sign"] = f"{_body}    return -w\n"
    MISTAKES["3.code", _name, "predictions"] = f"{_body}    return X @ w\n"
    MISTAKES["3.code", _name, "in-place"] = f"{_body}    X -= X.mean(axis=0)\n    return w\n"
    MISTAKES["3.code", _name, "least-squares"] = f"\ndef {_name}(X, y, lam):\n    return np.linalg.pinv(X) @ y\n"
    MISTAKES["3.code", _name, "weights-of-rows"] = (
        f"\ndef {_name}(X, y, lam):\n    return np.linalg.solve(X @ X.T + lam * np.eye(len(X)), y)\n"
    )
