"""Right functions in many styles earn full marks: the grader judges what comes back, not how it was found."""

from __future__ import annotations

import pytest

from autograder.verdict import Word

STYLES = {
    "1g.code": {
        "loop over entries": """
def gradient_descent(X, y, eta, steps):
    n, d = X.shape
    path = np.zeros((steps + 1, d))
    for t in range(steps):
        for j in range(d):
            total = 0.0
            for i in range(n):
                total += 2 * X[i, j] * (y[i] - sum(X[i, k] * path[t, k] for k in range(d)))
            path[t + 1, j] = path[t, j] + eta * total
    return path
""",
        "a list of lists": """
def gradient_descent(X, y, eta, steps):
    w, path = np.zeros(len(X[0])), []
    for _ in range(steps):
        path.append(w.tolist())
        w = (np.eye(len(w)) - 2 * eta * X.T @ X) @ w + 2 * eta * X.T @ y
    return path + [w.tolist()]
""",
        "an in-place update of its own array": """
def gradient_descent(X, y, eta, steps):
    w = np.zeros(X.shape[1])
    path = [w.copy()]
    for _ in range(steps):
        w -= 2 * eta * X.T.dot(X.dot(w) - y)
        path.append(w.copy())
    return np.vstack(path)
""",
        "closed form in the singular directions": """
def gradient_descent(X, y, eta, steps):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    factors = 1 - 2 * eta * s ** 2
    z = np.array([np.where(s > 1e-12, (1 - factors ** t) / np.where(s > 1e-12, s, 1), 0) * (U.T @ y)
                  for t in range(steps + 1)])
    return z @ Vt
""",
        "eigenvalues": """
def stable_learning_rates(X):
    return (0.0, 1.0 / np.linalg.eigvalsh(X @ X.T)[-1])

def best_learning_rate(X):
    values = np.linalg.eigvalsh(X.T @ X)[-min(X.shape):]
    return 1 / (values[0] + values[-1])
""",
        "an array of two numbers": """
def stable_learning_rates(X):
    return np.array([0, np.linalg.svd(X, compute_uv=False)[0] ** -2])
""",
        "power iteration": """
def stable_learning_rates(X):
    v = np.ones(X.shape[0]) + np.arange(X.shape[0]) / 7
    for _ in range(20000):
        v = X @ (X.T @ v)
        v /= np.sqrt(v @ v)
    return [0, 1 / np.sum((X.T @ v) ** 2)]
""",
    },
    "2.code": {
        "stacked least squares": """
def tikhonov(A, b, c, W1, W2):
    C, d = tikhonov_stacked(W1, A, b, W2, c)
    return np.linalg.lstsq(C, d, rcond=None)[0]
""",
        "correction of the centre, by an inverse": """
def tikhonov(A, b, c, W1, W2):
    V = W1.T @ W1
    return c + np.linalg.inv(A.T @ V @ A + W2.T @ W2) @ A.T @ V @ (b - A @ c)
""",
        "pseudo-inverse": """
def tikhonov(A, b, c, W1, W2):
    return np.linalg.pinv(np.vstack([W1 @ A, W2])) @ np.hstack([W1 @ b, W2 @ c])
""",
        "blocks in the other order, signs turned": """
def tikhonov_stacked(W1, A, b, W2, c):
    return -np.vstack((W2, W1 @ A)), -np.hstack((W2 @ c, W1 @ b))
""",
        "a triangular factor instead of the stack": """
def tikhonov_stacked(W1, A, b, W2, c):
    C, d = np.vstack([W1 @ A, W2]), np.concatenate([W1 @ b, W2 @ c])
    Q, R = np.linalg.qr(np.column_stack([C, d]))
    return R[:, :-1], R[:, -1]
""",
    },
    "3.code": {
        "inverse": """
def ridge(X, y, lam):
    return np.linalg.inv(X.T @ X + lam * np.identity(X.shape[1])).dot(X.T).dot(y)

def kernel_ridge(X, y, lam):
    return X.T.dot(np.linalg.inv(X.dot(X.T) + np.diag([lam] * len(y)))).dot(y)
""",
        "singular value decomposition": """
def ridge(X, y, lam):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ np.diag(s / (s ** 2 + lam)) @ U.T @ y

kernel_ridge = ridge
""",
        "stacked rows": """
def ridge(X, y, lam):
    d = X.shape[1]
    C, t = np.r_[X, np.sqrt(lam) * np.eye(d)], np.r_[y, np.zeros(d)]
    return np.linalg.lstsq(C, t, rcond=None)[0]
""",
        "Cholesky factors": """
def kernel_ridge(X, y, lam):
    L = np.linalg.cholesky(X @ X.T + lam * np.eye(len(X)))
    return X.T @ np.linalg.solve(L.T, np.linalg.solve(L, y))
""",
        "whichever system is smaller": """
def ridge(X, y, lam):
    n, d = X.shape
    if n < d:
        return kernel_ridge(X, y, lam)
    return np.linalg.solve(X.T @ X + lam * np.eye(d), X.T @ y)
""",
        "conjugate gradients": """
def ridge(X, y, lam):
    w = np.zeros(X.shape[1])
    r = X.T @ y
    p, rho = r.copy(), r @ r
    for _ in range(200):
        if rho < 1e-28:
            break
        q = X.T @ (X @ p) + lam * p
        alpha = rho / (p @ q)
        w, r = w + alpha * p, r - alpha * q
        rho, before = r @ r, rho
        p = r + rho / before * p
    return w
""",
    },
}


@pytest.mark.parametrize(("part", "style"), [(part, style) for part in STYLES for style in STYLES[part]])
def test_style(judge, solution, part, style):
    """A right function is right in this style too, without a word of doubt."""
    verdict = judge(part, solution + STYLES[part][style])
    assert (verdict.word, verdict.feedback, verdict.notices) == (Word.OK, (), ())


@pytest.mark.parametrize("part", STYLES)
def test_solution(judge, solution, part):
    """The hand-typed functions earn full marks, whatever the hidden inputs are."""
    for seed in range(3):
        verdict = judge(part, solution, seed=seed)
        assert verdict.word is Word.OK, verdict.feedback


def test_single_precision_answers(judge, solution):
    """Whoever computes in float32 is right within that precision, and is told."""
    text = solution + "\ndef ridge(X, y, lam):\n    return kernel_ridge(X, y, lam).astype(np.float32)\n"
    text += "\ndef kernel_ridge(X, y, lam):\n    K = X @ X.T + lam * np.eye(len(X))\n    return X.T @ np.linalg.solve(K, y)\n"
    text += "\ndef ridge(X, y, lam):\n    G = X.T @ X + lam * np.eye(X.shape[1])\n"
    text += "    return np.linalg.solve(G, X.T @ y).astype(np.float32)\n"
    verdict = judge("3.code", text)
    assert verdict.word is Word.OK
    assert [notice for notice in verdict.notices if "float32" in notice]


def test_columns_for_vectors(judge, solution):
    """The statement writes b and c as columns: a function that wants them so is right, and is told."""
    text = solution + "\ndef tikhonov_stacked(W1, A, b, W2, c):\n"
    text += "    return np.vstack([W1 @ A, W2]), np.vstack([W1 @ b, W2 @ c])\n"
    verdict = judge("2.code", text)
    assert verdict.word is Word.OK
    assert verdict.notices == ("tikhonov_stacked was given vectors as columns, (n, 1), since it does not take (n,).",)


def test_beyond_what_is_promised(judge, solution):
    """float64 is promised: what fails for integers only is told and costs nothing."""
    text = solution + "\ndef gradient_descent(X, y, eta, steps):\n    w = np.zeros_like(X[0])\n    path = [w]\n"
    text += "    for _ in range(steps):\n        w = w - 2 * eta * X.T @ (X @ w - y)\n        w = w.astype(X.dtype)\n"
    text += "        path.append(w)\n    return np.array(path)\n"
    verdict = judge("1g.code", text)
    assert verdict.word is Word.OK
    assert [notice for notice in verdict.notices if "when it gets integers" in notice]


def test_complex_numbers_without_imaginary_part(judge, solution):
    """General eigenvalue routines answer in complex numbers: with nothing imaginary in them they count."""
    text = (
        solution
        + "\ndef best_learning_rate(X):\n    s = np.linalg.svd(X)[1]\n    return 1 / complex(s[0]**2 + s[-1]**2)\n"
    )
    verdict = judge("1g.code", text)
    assert verdict.word is Word.OK
    assert "imaginary" in verdict.notices[0]
