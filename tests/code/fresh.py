"""Functions as a second class of students would write them: right ones by other algorithms, wrong ones by other slips."""

from __future__ import annotations

GD = "def gradient_descent(X, y, eta, steps):\n"
STABLE = "def stable_learning_rates(X):\n"
BEST = "def best_learning_rate(X):\n"
TIK = "def tikhonov(A, b, c, W1, W2):\n"
STACK = "def tikhonov_stacked(W1, A, b, W2, c):\n"
RIDGE = "def ridge(X, y, lam):\n"
KERNEL = "def kernel_ridge(X, y, lam):\n"

_STACKED = "    C, d = np.vstack([W1 @ A, W2]), np.concatenate([W1 @ b, W2 @ c])\n"
_GRAM = "    G = A.T @ W1.T @ W1 @ A + W2.T @ W2\n    g = A.T @ W1.T @ W1 @ b + W2.T @ W2 @ c\n"

RIGHT = {
    "1g.code": {
        "an array filled by rows": GD + "    path = np.zeros((steps + 1, X.shape[1]))\n    for t in range(steps):\n"
        "        path[t + 1] = path[t] - eta * 2 * np.dot(X.T, np.dot(X, path[t]) - y)\n    return path\n",
        "a function that calls itself": GD + "    if steps == 0:\n        return np.zeros((1, X.shape[1]))\n"
        "    path = gradient_descent(X, y, eta, steps - 1)\n    w = path[-1]\n"
        "    return np.append(path, [w - 2 * eta * X.T @ (X @ w - y)], axis=0)\n",
        "accumulate": "from itertools import accumulate\n" + GD
        + "    move = lambda w, _: w + 2 * eta * X.T @ (y - X @ w)\n"
        "    return np.array(list(accumulate(range(steps), move, initial=np.zeros(X.shape[1]))))\n",
        "einsum": GD + "    w = np.zeros(X.shape[1])\n    path = [w]\n    for _ in range(steps):\n"
        "        w = w - 2 * eta * np.einsum('ij,i->j', X, np.einsum('ij,j->i', X, w) - y)\n        path += [w]\n"
        "    return np.stack(path)\n",
        "a sum of powers": GD + "    M = np.eye(X.shape[1]) - 2 * eta * X.T @ X\n"
        "    terms = [np.linalg.matrix_power(M, k) @ (2 * eta * X.T @ y) for k in range(steps)]\n"
        "    return np.vstack([sum(terms[:t], np.zeros(X.shape[1])) for t in range(steps + 1)])\n",
        "one matrix for step and shift": GD + "    d = X.shape[1]\n    M = np.eye(d + 1)\n"
        "    M[:d, :d] -= 2 * eta * X.T @ X\n    M[:d, d] = 2 * eta * X.T @ y\n    z = np.append(np.zeros(d), 1.0)\n"
        "    rows = []\n    for t in range(steps + 1):\n        rows.append(z[:d])\n        z = M @ z\n    return np.array(rows)\n",
        "a generator within": GD + "    def iterates():\n        w = np.zeros(X.shape[1])\n        yield w\n"
        "        for _ in range(steps):\n            w = w - eta * 2 * (X @ w - y) @ X\n            yield w\n"
        "    return np.array(list(iterates()))\n",
        "no arrays": GD + "    rows, ys = [list(map(float, r)) for r in X], list(map(float, y))\n    w = [0.0] * len(rows[0])\n"
        "    path = [tuple(w)]\n    for _ in range(steps):\n"
        "        left = [sum(a * b for a, b in zip(r, w)) - v for r, v in zip(rows, ys)]\n"
        "        w = [wj - 2 * eta * sum(r[j] * e for r, e in zip(rows, left)) for j, wj in enumerate(w)]\n"
        "        path.append(tuple(w))\n    return path\n",
        "residuals carried along": GD + "    w, r, path = np.zeros(X.shape[1]), y.copy(), []\n    while len(path) < steps:\n"
        "        path.append(w)\n        step = 2 * eta * r @ X\n        w, r = w + step, r - X @ step\n    return np.array([*path, w])\n",
        "an optimiser": "class Descent:\n    def __init__(self, eta):\n        self.eta = eta\n    def run(self, slope, w, steps):\n"
        "        yield w.copy()\n        for _ in range(steps):\n            w = w - self.eta * slope(w)\n            yield w\n"
        + GD + "    slope = lambda w: 2 * X.T @ X @ w - 2 * X.T @ y\n"
        "    return np.vstack(list(Descent(eta).run(slope, np.zeros(X.shape[1]), steps)))\n",
        "norms": STABLE + "    return np.float64(0), np.linalg.norm(X, ord=2) ** -2\n"
        + BEST + "    return 1 / (np.linalg.norm(X, 2) ** 2 + np.linalg.norm(X, -2) ** 2)\n",
        "eigenvalues of the smaller square": BEST + "    G = X @ X.T if X.shape[0] < X.shape[1] else X.T @ X\n"
        "    values = np.sort(np.linalg.eigvals(G).real)\n    return 1.0 / (values[0] + values[-1])\n",
        "a search": BEST + "    s = np.linalg.svd(X.T, compute_uv=False)\n    worst = lambda eta: max(abs(1 - 2 * eta * v * v) for v in s)\n"
        "    low, high = 0.0, 1 / s[0] ** 2\n    for _ in range(200):\n        a, b = low + (high - low) / 3, high - (high - low) / 3\n"
        "        low, high = (low, b) if worst(a) < worst(b) else (a, high)\n    return (low + high) / 2\n",
        "Rayleigh's quotient": STABLE + "    values, vectors = np.linalg.eigh(X.T @ X)\n    v = vectors[:, -1]\n"
        "    return [0.0, float((v @ v) / (v @ X.T @ X @ v))]\n",
    },
    "2.code": {
        "triangular": TIK + _STACKED + "    Q, R = np.linalg.qr(C)\n    return np.linalg.solve(R, Q.T @ d)\n",
        "Cholesky": TIK + _GRAM + "    L = np.linalg.cholesky(G)\n    return np.linalg.solve(L.T, np.linalg.solve(L, g))\n",
        "singular values": TIK + _STACKED + "    U, s, Vt = np.linalg.svd(C, full_matrices=False)\n    return Vt.T @ ((U.T @ d) / s)\n",
        "eigenvalues": TIK + _GRAM + "    values, Q = np.linalg.eigh(G)\n    return Q @ (Q.T @ g / values)\n",
        "around the centre": TIK + "    C = np.r_[W1 @ A, W2]\n    t = np.r_[W1 @ (b - A @ c), np.zeros(len(W2))]\n"
        "    return c + np.linalg.lstsq(C, t, rcond=None)[0]\n",
        "a Newton step": TIK + "    x = np.ones(len(c))\n    slope = 2 * A.T @ W1.T @ W1 @ (A @ x - b) + 2 * W2.T @ W2 @ (x - c)\n"
        "    H = 2 * (A.T @ W1.T @ W1 @ A + W2.T @ W2)\n    return x - np.linalg.solve(H, slope)\n",
        "conjugate directions": TIK + _GRAM + "    x, r = np.zeros(len(g)), g.copy()\n    p = r.copy()\n    for _ in range(3 * len(g)):\n"
        "        if r @ r < 1e-26:\n            break\n        q = G @ p\n        a = (r @ r) / (p @ q)\n        x = x + a * p\n        new = r - a * q\n"
        "        p, r = new + (new @ new) / (r @ r) * p, new\n    return x\n",
        "elimination by hand": TIK + _GRAM + "    M, n = np.c_[G, g].tolist(), len(g)\n    for i in range(n):\n"
        "        k = max(range(i, n), key=lambda r: abs(M[r][i]))\n        M[i], M[k] = M[k], M[i]\n        for j in range(n):\n"
        "            if j != i:\n                f = M[j][i] / M[i][i]\n                M[j] = [a - f * b for a, b in zip(M[j], M[i])]\n"
        "    return [M[i][n] / M[i][i] for i in range(n)]\n",
        "einsum": TIK + "    V, P = np.einsum('ki,kj->ij', W1, W1), np.einsum('ki,kj->ij', W2, W2)\n"
        "    return np.linalg.inv(np.einsum('mi,mk,kj->ij', A, V, A) + P) @ (np.einsum('mi,mk,k->i', A, V, b) + P @ c)\n",
        "sums over rows": TIK + "    n = len(c)\n    G, g = np.zeros((n, n)), np.zeros(n)\n"
        "    for row, t in [*zip(W1 @ A, W1 @ b), *zip(W2, W2 @ c)]:\n        G += np.outer(row, row)\n        g += t * row\n"
        "    return np.linalg.pinv(G).dot(g)\n",
        "by Cramer's rule": TIK + _GRAM + "    x = np.empty(len(g))\n    for i in range(len(g)):\n        H = G.copy()\n        H[:, i] = g\n"
        "        x[i] = np.linalg.det(H) / np.linalg.det(G)\n    return x\n",
        "blocks": STACK + "    C = np.block([[np.dot(W1, A)], [W2]])\n    d = np.block([np.dot(W1, b), np.dot(W2, c)])\n    return [C, d]\n",
        "rows turned by a rotation, and rows of zeros": STACK + _STACKED
        + "    Q = np.linalg.qr(np.random.default_rng(0).normal(size=(len(d), len(d))))[0]\n"
        "    return np.r_[Q @ C, np.zeros((2, C.shape[1]))], np.r_[Q @ d, 0, 0]\n",
        "a square root of the quadratic form": STACK + _GRAM + "    R = np.linalg.cholesky(G).T\n    t = np.linalg.solve(R.T, g)\n"
        "    rest = (W1 @ b) @ (W1 @ b) + (W2 @ c) @ (W2 @ c) - t @ t\n"
        "    return np.vstack([R, np.zeros(len(g))]), np.append(t, np.sqrt(max(rest, 0)))\n",
    },
    "3.code": {
        "eigenvalues": RIDGE + "    values, Q = np.linalg.eigh(X.T @ X)\n    return Q @ ((Q.T @ (X.T @ y)) / (values + lam))\n",
        "eigenvalues of the kernel": KERNEL + "    values, Q = np.linalg.eigh(X @ X.T)\n    return X.T @ (Q @ (Q.T @ y / (values + lam)))\n",
        "triangular": RIDGE + "    n, d = X.shape\n    Q, R = np.linalg.qr(np.vstack([X, lam ** 0.5 * np.eye(d)]))\n"
        "    return np.linalg.solve(R, Q[:n].T @ y)\n",
        "pseudo-inverse of the stack": RIDGE + "    n, d = X.shape\n    return np.linalg.pinv(np.r_[X, lam ** .5 * np.eye(d)])[:, :n] @ y\n",
        "row by row": RIDGE + "    P, w = np.eye(X.shape[1]) / lam, np.zeros(X.shape[1])\n    for x, t in zip(X, y):\n"
        "        k = P @ x / (1 + x @ P @ x)\n        w = w + k * (t - x @ w)\n        P = P - np.outer(k, x @ P)\n    return w\n",
        "in chunks": RIDGE + "    d = X.shape[1]\n    G, g = lam * np.eye(d), np.zeros(d)\n    for at in range(0, len(X), 100):\n"
        "        part = X[at:at + 100]\n        G = G + part.T @ part\n        g = g + part.T @ y[at:at + 100]\n    return np.linalg.solve(G, g)\n",
        "coordinate by coordinate": RIDGE + "    G, g = X.T @ X, X.T @ y\n    w = np.zeros(len(g))\n    for _ in range(3000):\n        for j in range(len(g)):\n"
        "            w[j] = (g[j] - G[j] @ w + G[j, j] * w[j]) / (G[j, j] + lam)\n    return w\n",
        "scaled columns and back": RIDGE + "    s = np.sqrt(np.sum(X ** 2, axis=0) + lam)\n    G = (X / s).T @ (X / s) + np.diag(lam / s ** 2)\n"
        "    return np.linalg.solve(G, (X / s).T @ y) / s\n",
        "an inverse improved once": RIDGE + "    G = X.T @ X + lam * np.eye(X.shape[1])\n    B = np.linalg.inv(G)\n    w = B @ (X.T @ y)\n"
        "    return w + B @ (X.T @ y - G @ w)\n",
        "elimination by hand": RIDGE + "    d = X.shape[1]\n    M = np.column_stack([X.T @ X + lam * np.eye(d), X.T @ y])\n    for i in range(d):\n"
        "        M[i] /= M[i, i]\n        for j in range(d):\n            if j != i:\n                M[j] -= M[j, i] * M[i]\n    return M[:, -1]\n",
        "Woodbury": KERNEL + "    K = X @ X.T\n    v = np.linalg.solve(K + lam * np.eye(len(K)), K @ y)\n    return (X.T @ y - X.T @ v) / lam\n",
        "singular values of the transpose": KERNEL + "    V, s, Ut = np.linalg.svd(X.T, full_matrices=False)\n"
        "    return V @ ((Ut @ y) * s / (s * s + lam))\n",
        "a least-squares solver for the kernel": KERNEL + "    K = X @ X.T\n    K[np.diag_indices(len(K))] += lam\n"
        "    return np.linalg.lstsq(K, y, rcond=None)[0] @ X\n",
        "pairs of rows": KERNEL + "    K = np.array([[np.inner(a, b) for b in X] for a in X])\n"
        "    alpha = np.linalg.inv(K + lam * np.identity(len(X))) @ y\n    return sum(a * x for a, x in zip(alpha, X))\n",
    },
}  # fmt: skip

_RUN = "    w, path = np.zeros(X.shape[1]), [np.zeros(X.shape[1])]\n    for _ in range(steps):\n"
_END = "        path.append(w)\n    return np.array(path)\n"

# text, and what of it is told: a known mistake as "=name", else words of the first sentence.
WRONG = {
    "1g.code": {
        "uphill": (GD + _RUN + "        w = w + 2 * eta * X.T @ (X @ w - y)\n" + _END, "=ascent"),
        "no factor": (GD + _RUN + "        w = w - eta * X.T @ (X @ w - y)\n" + _END, "=factor-two"),
        "the mean's gradient": (GD + _RUN + "        w = w - eta * 2 / len(y) * X.T @ (X @ w - y)\n" + _END, "=mean-loss"),
        "momentum": (GD + "    v = 0\n" + _RUN + "        v = 0.9 * v - 2 * eta * X.T @ (X @ w - y)\n        w = w + v\n" + _END, "is not where one step from row"),
        "a row at a time": (GD + _RUN + "        for x, t in zip(X, y):\n            w = w - 2 * eta * (x @ w - t) * x\n" + _END, "is not where one step from row"),
        "a direction only": (GD + _RUN + "        g = 2 * X.T @ (X @ w - y)\n        w = w - eta * g / np.linalg.norm(g)\n" + _END, "is not where one step from row"),
        "twice the step": (GD + _RUN + "        w = w - 4 * eta * X.T @ (X @ w - y)\n" + _END, "is not where one step from row"),
        "one array for all rows": (GD + _RUN.replace("[np.zeros(X.shape[1])]", "[]") + "        path.append(w)\n        w -= 2 * eta * X.T @ (X @ w - y)\n    path.append(w)\n    return np.array(path)\n", "the first row, where the path must start, is"),
        "integers": (GD + "    w = np.zeros(X.shape[1], dtype=int)\n    path = [w.copy()]\n    for _ in range(steps):\n        w -= 2 * eta * X.T @ (X @ w - y)\n" + _END, "raises UFuncTypeError"),
        "losses": (GD + _RUN + "        w = w - 2 * eta * X.T @ (X @ w - y)\n" + _END.replace("return np.array(path)", "return np.array([np.sum((X @ v - y) ** 2) for v in path])"), "returns shape ("),
        "one too many": (GD.replace("steps)", "steps, more=1)") + _RUN.replace("steps", "steps + more") + "        w = w - 2 * eta * X.T @ (X @ w - y)\n" + _END, "expected ("),
        "from the solution": (GD + _RUN.replace("w, path = np.zeros(X.shape[1]), [np.zeros(X.shape[1])]", "w = np.linalg.pinv(X) @ y\n    path = [w]") + "        w = w - 2 * eta * X.T @ (X @ w - y)\n" + _END, "the first row, where the path must start, is"),
        "until nothing changes": (GD + _RUN + "        new = w - 2 * eta * X.T @ (X @ w - y)\n        if np.linalg.norm(new - w) < 1:\n            break\n        w = new\n" + _END, "expected ("),
        "the wrong product": (GD + _RUN + "        w = w - 2 * eta * X @ (X.T @ w - y)\n" + _END, "raises ValueError"),
        "half the loss": (STABLE + "    return 0, 2 / np.linalg.norm(X, 2) ** 2\n", "=half-loss"),
        "one end": (STABLE + "    return 1 / np.linalg.norm(X, 2) ** 2\n", "returns a number, expected a tuple (low, high)"),
        "ends exchanged": (STABLE + "    return 1 / np.linalg.norm(X, 2) ** 2, 0\n", "the lower end is"),
        "both signs": (STABLE + "    e = 1 / np.linalg.norm(X, 2) ** 2\n    return -e, e\n", "the lower end is"),
        "no end": (STABLE + "    return 0, np.inf\n", "returns high as numbers that are not finite (infinity)"),
        "a text": (STABLE + "    return 'stable for all small rates'\n", "returns a text, expected a tuple (low, high)"),
        "the Frobenius norm": (STABLE + "    return 0, 1 / np.linalg.norm(X) ** 2\n", "=sum-of-all"),
        "roots": (BEST + "    s = np.linalg.svd(X, compute_uv=False)\n    return 1 / (s.max() + s.min())\n", "=sigma-not-squared"),
        "the largest alone": (BEST + "    return 0.5 / np.linalg.norm(X, 2) ** 2\n", "=half-of-the-range"),
        "d singular values": (BEST + "    s = np.linalg.svd(X, compute_uv=False)\n    return 1 / (s[0] ** 2 + s[X.shape[1] - 1] ** 2)\n", "raises IndexError"),
        "all eigenvalues": (BEST + "    v = np.linalg.eigvalsh(X.T @ X)\n    return 1 / (v[0] + v[-1])\n", "=zero-directions-counted"),
        "the mean": (BEST + "    return 1 / np.mean(np.linalg.svd(X, compute_uv=False) ** 2)\n", "keeps"),
    },
    "2.code": {
        "the first weight once": (TIK + "    return np.linalg.solve(A.T @ W1 @ A + W2.T @ W2, A.T @ W1 @ b + W2.T @ W2 @ c)\n", "raises ValueError"),
        "no weights": (TIK + "    return np.linalg.solve(A.T @ A + np.eye(len(c)), A.T @ b + c)\n", "half the gradient of the objective at your x is"),
        "no weight on the data": (TIK + "    return np.linalg.solve(A.T @ A + W2.T @ W2, A.T @ b + W2.T @ W2 @ c)\n", "=data-weights-dropped"),
        "no weight on the centre": (TIK + "    V = W1.T @ W1\n    return np.linalg.solve(A.T @ V @ A + np.eye(len(c)), A.T @ V @ b + c)\n", "=prior-weights-dropped"),
        "transposed the other way": (TIK + "    return np.linalg.solve(A.T @ W1 @ W1.T @ A + W2 @ W2.T, A.T @ W1 @ W1.T @ b + W2 @ W2.T @ c)\n", "=weights-transposed"),
        "no centre": (TIK + "    V = W1.T @ W1\n    return np.linalg.solve(A.T @ V @ A + W2.T @ W2, A.T @ V @ b)\n", "=centre-forgotten"),
        "least squares alone": (TIK + "    return np.linalg.lstsq(W1 @ A, W1 @ b, rcond=None)[0]\n", "=prior-dropped"),
        "the centre alone": (TIK + "    return c\n", "half the gradient of the objective at your x is"),
        "away from the centre": (TIK + "    V, P = W1.T @ W1, W2.T @ W2\n    return np.linalg.solve(A.T @ V @ A + P, A.T @ V @ b - P @ c)\n", "=sign-of-centre"),
        "only the correction": (TIK + "    C = np.r_[W1 @ A, W2]\n    return np.linalg.lstsq(C, np.r_[W1 @ (b - A @ c), np.zeros(len(W2))], rcond=None)[0]\n", "half the gradient of the objective at your x is"),
        "all that lstsq returns": (TIK + _STACKED + "    return np.linalg.lstsq(C, d, rcond=None)\n", "returns"),
        "the fit": (TIK + _STACKED + "    return A @ np.linalg.lstsq(C, d, rcond=None)[0]\n", "returns shape ("),
        "the objective": (TIK + _STACKED + "    x = np.linalg.lstsq(C, d, rcond=None)[0]\n    return np.sum((C @ x - d) ** 2)\n", "returns a number, expected (2,)"),
        "the data changed": (TIK + "    b -= A @ c\n    C = np.r_[W1 @ A, W2]\n    return c + np.linalg.lstsq(C, np.r_[W1 @ b, np.zeros(len(W2))], rcond=None)[0]\n", "=in-place"),
        "nothing returned": (TIK + _GRAM + "    x = np.linalg.solve(G, g)\n", "returns None; is a `return` missing?"),
        "a penalty of one": (STACK + "    return np.vstack([W1 @ A, np.eye(len(c))]), np.r_[W1 @ b, c]\n", "your |Cx - d|^2 is"),
        "exchanged": (STACK + _STACKED + "    return d, C\n", "returns C as shape ("),
        "half of it": (STACK + _STACKED + "    return C\n", "expected"),
        "signs of d": (STACK + _STACKED + "    return C, -d\n", "your |Cx - d|^2 is"),
        "the centre without its weight": (STACK + "    return np.vstack([W1 @ A, W2]), np.concatenate([W1 @ b, c])\n", "=centre-not-weighted"),
        "scaled": (STACK + _STACKED + "    return C / np.sqrt(2), d / np.sqrt(2)\n", "your |Cx - d|^2 is"),
        "the normal equations": (STACK + _GRAM + "    return G, g\n", "your |Cx - d|^2 is"),
    },
    "3.code": {
        "an intercept": (RIDGE + "    X, y = X - X.mean(0), y - y.mean()\n    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "the first weight free": (RIDGE + "    D = np.eye(X.shape[1])\n    D[0, 0] = 0\n    return np.linalg.pinv(X.T @ X + lam * D) @ X.T @ y\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "scaled and not back": (RIDGE + "    Z = X / (np.linalg.norm(X, axis=0) + 1e-9)\n    return np.linalg.solve(Z.T @ Z + lam * np.eye(X.shape[1]), Z.T @ y)\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "added outside": (RIDGE + "    return np.linalg.pinv(X.T @ X) @ X.T @ y + lam\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "entry by entry": (RIDGE + "    return np.linalg.inv(X.T * X + lam * np.eye(X.shape[1])) * X.T * y\n", "raises ValueError"),
        "rounded": (RIDGE + "    return np.round(np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y), 3)\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "too few steps": (RIDGE + "    w = np.zeros(X.shape[1])\n    for _ in range(20):\n        w -= 1e-3 * (X.T @ (X @ w - y) + lam * w)\n    return w\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "a whole number": (RIDGE + "    return np.linalg.solve(X.T @ X + int(lam + 1) * np.eye(X.shape[1]), X.T @ y)\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "times n": (RIDGE + "    return np.linalg.solve(X.T @ X + lam * X.shape[0] * np.eye(X.shape[1]), X.T @ y)\n", "=mean-loss"),
        "twice": (RIDGE + "    return np.linalg.solve(X.T @ X + 2 * lam * np.eye(X.shape[1]), X.T @ y)\n", "=lam-doubled"),
        "no penalty": (RIDGE + "    return np.linalg.pinv(X) @ y\n", "=least-squares"),
        "a number added": (RIDGE + "    return np.linalg.pinv(X.T @ X + lam).dot(X.T @ y)\n", "=lam-everywhere"),
        "a column": (RIDGE + "    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), (X.T @ y).reshape(-1, 1))\n", "returns shape (2, 1), expected (2,)"),
        "two results": (RIDGE + "    w = np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n    return w, X @ w\n", "returns a list whose rows have different lengths"),
        "rows for columns": (RIDGE + "    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[0]), X.T @ y)\n", "raises ValueError"),
        "weights of rows": (KERNEL + "    return np.linalg.inv(X @ X.T + lam * np.eye(len(X))) @ y\n", "=weights-of-rows"),
        "fits": (KERNEL + "    K = X @ X.T\n    return K @ np.linalg.solve(K + lam * np.eye(len(K)), y)\n", "=predictions"),
        "another kernel": (KERNEL + "    K = np.exp(-((X[:, None] - X[None]) ** 2).sum(-1))\n    return X.T @ np.linalg.solve(K + lam * np.eye(len(K)), y)\n", "half the gradient of |Xw - y|^2 + lam |w|^2 at your w is"),
        "the large system": (KERNEL + "    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)\n", "For n = 5, d = 20000"),
        "a loop over the large square": (KERNEL + "    d = X.shape[1]\n    G = [[X[:, i] @ X[:, j] + lam * (i == j) for j in range(d)] for i in range(d)]\n    return np.linalg.solve(G, X.T @ y)\n", "For n = 5, d = 20000"),
        "the square of lam": (KERNEL + "    return X.T @ np.linalg.solve(X @ X.T + lam * lam * np.eye(len(X)), y)\n", "=lam-squared"),
        "minus": (KERNEL + "    return -X.T @ np.linalg.solve(X @ X.T + lam * np.eye(len(X)), y)\n", "=sign"),
    },
}  # fmt: skip
