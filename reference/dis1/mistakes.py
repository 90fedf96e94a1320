"""What students with a misconception hand in, where `verify` cannot make it from the rule."""

from __future__ import annotations

_COLUMN = "    Xnew = np.hstack([H, np.ones((len(H), 1))])\n"
_SOLVE = "    return np.linalg.solve(Xnew.T @ Xnew + lam * np.eye(Xnew.shape[1]), Xnew.T @ y)"

MISTAKES = {
    "1.code": {
        "in-place": (
            (
                "    return 2 / len(y) * np.sum(theta - y)",
                "    y, given = y.copy(), y\n    given += 1\n    return 2 / len(y) * np.sum(theta - y)",
            ),
        )
    },
    "2.ridge": {
        "zeros": ((_SOLVE, "    return np.zeros(H.shape[1] + 1)"),),
        "not-assigned": ((_SOLVE, _SOLVE.replace("return ", "")),),
        "lambda-everywhere": (("np.eye(Xnew.shape[1])", "np.ones((Xnew.shape[1], Xnew.shape[1]))"),),
        "no-constant": ((_COLUMN, "    Xnew = H\n"),),
        "mean-loss": (
            ("Xnew.T @ Xnew + lam", "Xnew.T @ Xnew / len(y) + lam"),
            (", Xnew.T @ y)", ", Xnew.T @ y / len(y))"),
        ),
        "no-penalty": ((_SOLVE, "    return np.linalg.lstsq(Xnew, y, rcond=None)[0]"),),
        "lam-squared": (
            (
                _SOLVE,
                (
                    "    d = Xnew.shape[1]\n"
                    "    return np.linalg.lstsq(np.vstack([Xnew, lam * np.eye(d)]), np.append(y, np.zeros(d)), rcond=None)[0]"
                ),
            ),
        ),
        "constant-first": (("[H, np.ones((len(H), 1))]", "[np.ones((len(H), 1)), H]"),),
        "intercept-lost": (
            (_SOLVE, "    from sklearn.linear_model import Ridge\n\n    return Ridge(lam).fit(Xnew, y).coef_"),
        ),
        "test-values": (
            ("def fit_output_layer(H, y, lam):", "def not_asked_for(H, y, lam):"),
            (
                "    coeffs = fit_output_layer(H, y[:, 0], lambd)",
                (
                    "    Xnew = np.hstack([H, np.ones((len(H), 1))])\n"
                    "    coeffs = np.linalg.solve(Xnew.T @ Xnew + lambd * np.eye(width + 1), Xnew.T @ y_test)"
                ),
            ),
        ),
        "points-by-points": (("Xnew.T @ Xnew", "Xnew @ Xnew.T"), ("np.eye(Xnew.shape[1])", "np.eye(len(Xnew))")),
    },
}
