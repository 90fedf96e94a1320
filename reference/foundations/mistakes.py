"""What students with a misconception hand in, where `verify` cannot make it from the rule."""

from __future__ import annotations

MISTAKES = {
    "2.interpolate": {
        "in-place": (
            (
                "    order = np.argsort(xs)\n",
                "    xs, given = xs.copy(), xs\n    given += 1\n    order = np.argsort(xs)\n",
            ),
        )
    },
    "2.dead": {
        "in-place": (
            (
                "    W = W.reshape(len(b), -1)\n",
                "    b, given = b.copy(), b\n    given += 1\n    W = W.reshape(len(b), -1)\n",
            ),
        )
    },
    "3.nested": {
        "in-place": (
            ("    for degree in sorted(", "    y, given = y.copy(), y\n    given += 1\n    for degree in sorted("),
        )
    },
}
