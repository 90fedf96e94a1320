"""What students type for problems 5 and 6 of homework 1: linearised networks, and how the work was done."""

from __future__ import annotations

from tests.course.answer_table import Part

TABLE = {
    "5a.formulas": Part(
        right=(
            ["a_i x H(w_i x + b_i)", "a_i H(w_i x + b_i)"],
            ["a_i x if w_i x + b_i > 0, 0 otherwise", "a_i if w_i x + b_i > 0; otherwise 0"],
            ["a_i*x*step(w_i*x + b_i)", "a_i*step(w_i*x + b_i)"],
            ["a_i*x*Heaviside(w_i*x + b_i)", "a_i*Heaviside(w_i*x+b_i)"],
            ["a_i*x*(w_i*x + b_i > 0)", "a_i*(w_i*x + b_i > 0)"],
            ["a_i*x*1[w_i*x + b_i > 0]", "a_i*1[w_i*x + b_i > 0]"],
            ["a_i*x*1[w_i*x + b_i >= 0]", "a_i*1[w_i*x + b_i >= 0]"],
            ["Piecewise((a_i*x, w_i*x + b_i > 0), (0, True))", "Piecewise((a_i, w_i*x + b_i > 0), (0, True))"],
            [
                r"\begin{cases} a_i x & w_i x + b_i > 0 \\ 0 & \text{otherwise} \end{cases}",
                r"\begin{cases} a_i & w_i x + b_i > 0 \\ 0 & \text{otherwise} \end{cases}",
            ],
            [r"a_i x \mathbb{1}[w_i x + b_i > 0]", r"a_i \mathbb{1}[w_i x + b_i > 0]"],
            {"dy/dw_i": "a_i*x*step(w_i*x+b_i)", "dy/db_i": "a_i*step(w_i*x+b_i)"},
            ["a_i*x*(1 + sign(w_i*x + b_i))/2", "a_i*(1 + sign(w_i*x+b_i))/2"],
            ["a_i*x if w_i*x + b_i > 0 else 0", "a_i if w_i*x + b_i > 0 else 0"],
            ["a_i*x*relu(w_i*x+b_i)/(w_i*x+b_i)", "a_i*relu(w_i*x+b_i)/(w_i*x+b_i)"],
            [r"a_i x \cdot \mathbf{1}\{w_i x + b_i > 0\}", r"a_i \mathbf{1}\{w_i x + b_i > 0\}"],
            [r"a_i x \mathbf{1}_{w_i x + b_i > 0}", r"a_i \mathbf{1}_{w_i x + b_i > 0}"],
            ["np.where(w_i*x + b_i > 0, a_i*x, 0)", "np.where(w_i*x + b_i > 0, a_i, 0)"],
            [
                r"\frac{\partial y}{\partial w_i} = a_i x\,\mathbb{1}(w_i x+b_i>0)",
                r"\frac{\partial y}{\partial b_i} = a_i\,\mathbb{1}(w_i x+b_i>0)",
            ],
            ["a_i*x*step(b_i + x*w_i)", "a_i*(1 - step(-w_i*x - b_i))"],
        ),
        wrong={
            "outer-weight-lost": (["x*step(w_i*x+b_i)", "step(w_i*x+b_i)"],),
            "wrong-switch": (["a_i*x*step(x)", "a_i*step(x)"],),
            "wrong-switch-without-outer-weight": (["x*(x > 0)", "(x > 0)"],),
            "by-the-input": (["w_i*a_i*step(w_i*x+b_i)", "a_i*step(w_i*x+b_i)"],),
            "weight-on-bias": (["a_i*x*step(w_i*x+b_i)", "a_i*w_i*step(w_i*x+b_i)"],),
            "weight-for-outer-weight": (["a_i*x*step(w_i*x+b_i)", "w_i*(w_i*x + b_i > 0)"],),
            "unit-kept": (["a_i*x*relu(w_i*x+b_i)", "a_i*relu(w_i*x+b_i)"],),
            "order-swapped": (["a_i*step(w_i*x+b_i)", "a_i*x*step(w_i*x+b_i)"],),
            "input-lost": (["a_i*step(w_i*x+b_i)", "a_i*step(w_i*x+b_i)"],),
        },
        off=(
            ["a_i*x", "a_i"],
            ["a_i*x*step(w_i*x)", "a_i*step(w_i*x)"],
            ["a_i*x*step(w_i*x - b_i)", "a_i*step(w_i*x - b_i)"],
            ["-a_i*x*step(w_i*x+b_i)", "-a_i*step(w_i*x+b_i)"],
            ["a_i*x*step(x + b_i/w_i)", "a_i*step(x + b_i/w_i)"],  # right for w_i > 0 only
            ["a_i*x*(w_i*x + b_i < 0)", "a_i*(w_i*x + b_i < 0)"],
            ["0", "0"],
        ),
        unreadable={"": (["a_i*x*step(w_i*x+b_i)"],), "UnknownName": (["a*x*step(w_i*x+b_i)", "a*step(w_i*x+b_i)"],)},
    ),
    "5b.rank": Part(
        right=("2*w + 1", "2w+1", "1 + 2w", "rank = 2w + 1", "3w + 1 - w", r"2w+1", "(3*w+1) - w", "w + w + 1"),
        wrong={
            "all-columns": ("3w + 1", "3*w + 1"),
            "constant-forgotten": ("2w", "2*w"),
            "one-per-unit": ("w + 1",),
            "outputs-only": ("w",),
        },
        off=("2w + 2", "w^2", "3w", "2*w - 1", "200"),
        unreadable={"UnknownName": ("2n + 1", "2W + 1"), "WrongKind": ("w <= 2w + 1", "rank <= 2w + 1 < 3w + 1")},
    ),
    "5c.count": Part(
        right=(
            "w^2 + 4w + 1",
            "w**2 + 4*w + 1",
            "w² + 4w + 1",
            "2*w + (w^2 + w) + (w + 1)",
            "(w + 2)^2 - 3",
            "w + w + w*w + w + w + 1",
            "w(w+4) + 1",
        ),
        wrong={
            "biases-forgotten": ("w^2 + 2w", "w + w^2 + w"),
            "one-layer-of-biases": ("w^2 + 3w + 1",),
            "one-hidden-layer": ("3w + 1",),
            "not-fully-connected": ("5w + 1",),
            "output-bias-forgotten": ("w^2 + 4w", "w(w+4)"),
        },
        off=("2w^2 + 4w + 1", "w^2 + 4w + 2", "141", "w^2 + 5w + 1", "2w + 1"),
        unreadable={"UnknownName": ("h^2 + 4h + 1",)},
    ),
    "6a": Part(right=("none", "The lecture notes, and a forum thread.", "https://example.org", "N/A")),
    "6b": Part(right=("alone", "A study group of three.", "Nobody.", ["Ada", "Emmy"])),
    "6c": Part(right=("8", "6-8", "about 7 hours", "7.5", "10 hours", "6 to 8"), unreadable={"": ("too long", "many")}),
}
