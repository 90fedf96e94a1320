"""What students with a misconception hand in, where `verify` cannot make it from the rule."""

from __future__ import annotations

MISTAKES = {
    "3.code": {
        "in-place": (
            ("        w = w - lr * 2 * (X[i] @ w - y[i]) * X[i]\n", "        w -= lr * 2 * (X[i] @ w - y[i]) * X[i]\n"),
        )
    },
}
