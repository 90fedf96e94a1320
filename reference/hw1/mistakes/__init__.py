"""What students with a misconception hand in, where `verify` cannot make it from the rule."""

from __future__ import annotations

from reference.hw1.mistakes import decomposition, features, layers

MISTAKES = {
    "1g.code": {
        "in-place": (
            (
                "    w = np.zeros(X.shape[1])\n",
                "    w = np.zeros(X.shape[1])\n    X, given = X.copy(), X\n    given += 1\n",
            ),
        )
    },
    "2b.C": {
        "data-weights-dropped": "[A; W2]",
        "weights-squared": "[W1^T*W1*A; W2^T*W2]",
        "prior-weights-dropped": "[W1*A; I]",
        "one-block": "W1*A",
        "scaled": "[2*W1*A; 2*W2]",
    },
    "2b.d": {
        "centre-forgotten": "[W1*b; 0]",
        "same-minimiser": {"2b.C": "[2*W1*A; 2*W2]", "2b.d": "[2*W1*b; 2*W2*c]"},
        "blocks-not-matched": "[W2*c; W1*b]",
    },
    "2c": {
        "root-forgotten": ("I", "lambda*I", "0"),
        "no-lambda": ("I", "I", "0"),
        "root-inverted": ("I", "I/sqrt(lambda)", "0"),
        "scalar-weight": ("I", "sqrt(lambda)", "0"),
        "centre-at-data": ("I", "sqrt(lambda)*I", "b"),
        "data-as-weight": ("A", "sqrt(lambda)*I", "0"),
        "sizes-swapped": ("I_n", "sqrt(lambda)*I_m", "0"),
    },
    "2.code": {
        "in-place": (("    V, P = W1.T @ W1,", "    A, given = A.copy(), A\n    given += 1\n    V, P = W1.T @ W1,"),),
    },
    "3.code": {
        "in-place": (
            (
                "    return np.linalg.solve(X.T @ X",
                "    X, given = X.copy(), X\n    given += 1\n    return np.linalg.solve(X.T @ X",
            ),
        )
    },
    "5a": features.MISTAKES,
    "5b": decomposition.MISTAKES,
    "5c": layers.MISTAKES,
}
