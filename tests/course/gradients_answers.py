"""What students type for the slides on gradient descent."""

from __future__ import annotations

from tests.course.answer_table import Part, Row, rows

ALONE = "(-2*6^(1/5)/3, 6^(1/5)/3, 6^(4/5)/3)"

VECTORS: dict[str, Part] = {
    "1.f": Part(
        right=(
            ["3*x_1^2", "2", "20*x_3^3"],
            "[3x_1^2, 2, 20x_3^3]",
            "(3x_1**2, 2, 20x_3**3)",
            r"\begin{bmatrix} 3x_1^2 & 2 & 20x_3^3 \end{bmatrix}",
            r"\begin{pmatrix} 3x_1^2 \\ 2 \\ 20x_3^3 \end{pmatrix}",
            {"x_1": "3x_1^2", "x_2": "2", "x_3": "20x_3^3"},
            "[3*x1^2; 2; 20*x3^3]",
            "Matrix([3*x_1**2, 2, 20*x_3**3])",
            "np.array([3*x_1**2, 2, 20*x_3**3])",
            "[3x_1^2, 2, 20x_3^3]^T",
            "3x₁², 2, 20x₃³",
            "[3x^2, 2, 20z^3]",
            "[3*x[1]**2, 2, 20*x[3]**3]",
        ),
        wrong={
            "power-not-multiplied": (["3*x_1^2", "2", "5*x_3^3"], "[3x_1^2; 2; 5x_3^3]"),
            "linear-kept": ("[3x_1^2, 2x_2, 20x_3^3]",),
            "linear-dropped": ("[3x_1^2, 0, 20x_3^3]",),
            "sum-of-entries": ("3x_1^2 + 2 + 20x_3^3",),
        },
        off=(
            "[3x_1^2, 2, 20x_3^4]",
            "[x_1^2, 2, 20x_3^3]",
            "[3x_1^2, 20x_3^3]",
            "[2, 3x_1^2, 20x_3^3]",
            "0",
            "[3x_1^2, 2, 20]",
        ),
        unreadable={
            "UnknownName": ("[3a^2, 2, 20c^3]",),
            "BadIndex": ("[3*x[0]**2, 2, 20*x[2]**3]", "[3*x[0]**2, 2, 20*x[3]**3]"),
        },
    ),
    "1.g": Part(
        right=(
            "[3x^2, 2, 20z^3]",
            ["3*x**2", "2", "20*z**3"],
            "(3x², 2, 20z³)",
            r"\begin{bmatrix} 3x^2 \\ 2 \\ 20z^3 \end{bmatrix}",
            {"x": "3x^2", "y": "2", "z": "20z^3"},
            {"z": "20z^3", "y": "2", "x": "3x^2"},
            "[[3*x**2], [2], [20*z**3]]",
            "[[3*x**2, 2, 20*z**3]]",
        ),
        wrong={
            "power-not-multiplied": ("[3x^2, 2, 5z^3]",),
            "linear-kept": ("[3x^2, 2y, 20z^3]",),
            "linear-dropped": ("[3x^2, 0, 20z^3]", {"x": "3x^2", "y": "0", "z": "20z^3"}),
            "sum-of-entries": ("3x^2 + 2 + 20z^3",),
        },
        off=("[3x^2, 2, 4z^3]", "[3x, 2, 20z^3]", "[3x^2, 2]", "[1, 2, 3]", "[0, 2, 20z^3]"),
        unreadable={"UnknownName": ("[3x_1^2, 2, 20x_3^3]",)},
    ),
    "1.h": Part(
        right=(
            "[3x^2y^2 + 2y, 2x^3y + 2x + 5z^4, 20yz^3]",
            ["y*(3*x**2*y + 2)", "2*x*(x**2*y + 1) + 5*z**4", "20*y*z**3"],
            r"\begin{bmatrix} 3x^2y^2+2y & 2x^3y+2x+5z^4 & 20yz^3 \end{bmatrix}",
            {"x": "3x^2y^2+2y", "y": "2x^3y+2x+5z^4", "z": "20yz^3"},
            "(3x²y² + 2y, 2x³y + 2x + 5z⁴, 20yz³)",
            "[3x^2y^2+2y; 2x^3y+2x+5z^4; 20yz^3]",
        ),
        wrong={
            "term-missed-in-y": ("[3x^2y^2+2y, 2x^3y+2x, 20yz^3]",),
            "term-missed-in-x": ("[3x^2y^2, 2x^3y+2x+5z^4, 20yz^3]",),
            "factor-lost": ("[3x^2y^2+2y, 2x^3y+2x+5z^4, 20z^3]",),
            "powers-alone": ("[3x^2y^2, 2x^3y, 20yz^3]",),
            "both-differentiated": ("[6x^2y+2, 6x^2y+2+20z^3, 20z^3]",),
        },
        off=(
            "[3x^2y^2 - 2y, 2x^3y + 2x + 5z^4, 20yz^3]",
            "3x^2y^2 + 2y",
            "[3x^2y^2+2y, 2x^3y+2x+5z^4, 5yz^3]",
            "[20yz^3, 2x^3y+2x+5z^4, 3x^2y^2+2y]",
        ),
    ),
    "2.gradient": Part(
        right=(
            "[3x^2+6xy, 3x^2-z^3, 2z-3yz^2]",
            ["3*x*(x + 2*y)", "3*x**2 - z**3", "z*(2 - 3*y*z)"],
            {"x": "3x(x+2y)", "y": "3x^2-z^3", "z": "z(2-3yz)"},
            r"\begin{bmatrix} 3x^2+6xy \\ 3x^2-z^3 \\ 2z-3yz^2 \end{bmatrix}",
            "(3x² + 6xy, 3x² − z³, 2z − 3yz²)",
            "3x^2+6xy, 3x^2-z^3, 2z-3yz^2",
        ),
        wrong={
            "sign-of-cube": ("[3x^2+6xy, 3x^2+z^3, 2z-3yz^2]",),
            "mixed-term-missed": ("[3x^2, 3x^2-z^3, 2z-3yz^2]",),
            "exponent-kept": ("[3x^2+6xy, 3x^2-z^3, 2z-3yz^3]",),
            "sign-of-last": ("[3x^2+6xy, 3x^2-z^3, 2z+3yz^2]",),
            "square-missed": ("[3x^2+6xy, 3x^2-z^3, -3yz^2]",),
        },
        off=("[3x^2+6xy, 3x^2-z^3]", "[0, 0, 0]", "x^3 + 3x^2y - yz^3 + z^2", "[3x^2+3xy, 3x^2-z^3, 2z-3yz^2]"),
        unreadable={"UnknownName": ("[3a, 0, 0]",)},
    ),
    "2.hessian": Part(
        right=(
            "6x+6y, 6x, 0; 6x, 0, -3z^2; 0, -3z^2, 2-6yz",
            "[6x+6y, 6x, 0]\n[6x, 0, -3z^2]\n[0, -3z^2, 2-6yz]",
            "(6(x+y), 6x, 0), (6x, 0, -3z^2), (0, -3z^2, 2-6yz)",
            ["6x+6y, 6x, 0", "6x, 0, -3z^2", "0, -3z^2, 2-6yz"],
            "[[6x+6y, 6x, 0], [6x, 0, -3z^2], [0, -3z^2, 2-6yz]]",
            [["6*x + 6*y", "6*x", "0"], ["6*x", "0", "-3*z**2"], ["0", "-3*z**2", "2 - 6*y*z"]],
            r"\begin{bmatrix} 6(x+y) & 6x & 0 \\ 6x & 0 & -3z^2 \\ 0 & -3z^2 & 2(1-3yz) \end{bmatrix}",
            "Matrix([[6*(x + y), 6*x, 0], [6*x, 0, -3*z**2], [0, -3*z**2, 2 - 6*y*z]])",
            "[6x+6y, 6x, 0; 6x, 0, -3z^2; 0, -3z^2, 2-6yz]",
        ),
        wrong={
            "diagonal-only": ("[[6x+6y, 0, 0], [0, 0, 0], [0, 0, 2-6yz]]",),
            "outer-product": ("[3x^2+6xy; 3x^2-z^3; 2z-3yz^2]*[3x^2+6xy; 3x^2-z^3; 2z-3yz^2]^T",),
            "gradient-again": ("[3x^2+6xy, 3x^2-z^3, 2z-3yz^2]",),
            "sign-of-mixed": ("[[6x+6y, 6x, 0], [6x, 0, 3z^2], [0, 3z^2, 2-6yz]]",),
        },
        off=(
            "6x+6y, 6x, 0, 6x, 0, -3z^2, 0, -3z^2, 2-6yz",
            "6x+6y, 6x; 6x, 0; 0, -3z^2",
            "[[6x+6y, 6x, 0], [6x, 0, -3z^2], [0, -3z^2, 2-6y]]",
            "[[6x, 6x, 0], [6x, 0, -3z^2], [0, -3z^2, 2-6yz]]",
            "[[6x+6y, 6x], [6x, 0]]",
            "[[6x+6y, 3x, 0], [6x, 0, -3z^2], [0, -3z^2, 2-6yz]]",
            "0",
        ),
    ),
}

POINTS: dict[str, Part] = {
    "2.points": Part(
        right=(
            ["(0, y, 0)", ALONE],
            [ALONE, "(0, t, 0)"],
            ["(0, y, 0)", "(-0.95398, 0.47699, 1.39765)"],
            "(0, y, 0), (-0.954, 0.477, 1.398)",
            "{(0, y, 0) : y in R} ∪ {(-0.95, 0.48, 1.40)}",
            r"\{(0, y, 0) : y \in \mathbb{R}\} \cup \{(-\frac{2}{3} \cdot 6^{1/5}, \frac{6^{1/5}}{3}, \frac{1}{3} \cdot 6^{4/5})\}",
            ["(0, y, 0) for all y", "(-2*(2/81)^(1/5), (2/81)^(1/5), (16/3)^(1/5))"],
            [["0", "y", "0"], ["-0.954", "0.477", "1.398"]],
            "x = 0, z = 0; x = -0.954, y = 0.477, z = 1.398",
            ["x = z = 0, y free", "(x, y, z) = (-0.954, 0.477, 1.398)"],
            ["x=0, y arbitrary, z=0", "x = -2y, y = 2/(3z), z = (16/3)^(1/5)"],
            {"line": "(0, s, 0)", "point": ALONE},
            ["(0, 2t + 1, 0)", ALONE],
            ["(0, y, 0)", "(0, 0, 0)", ALONE],
        ),
        wrong={
            "only-the-origin": (["(0, 0, 0)"], "(0, 0, 0)", "x = 0, y = 0, z = 0"),
            "line-missed": ([ALONE], "(-0.954, 0.477, 1.398)"),
            "isolated-missed": (["(0, y, 0)"], {"x": "0", "z": "0"}, "x = z = 0"),
            "line-as-a-point": (["(0, 0, 0)", ALONE],),
        },
        off=(
            ["(0, y, 0)", "(0.954, 0.477, 1.398)"],
            ["(x, 0, 0)", ALONE],
            ["(0, y, z)"],
            ["(0, t^2, 0)", ALONE],
            ["(0, y, 0)", "(-0.95, 0.5, 1.4)"],
            "(1, 2, 3)",
            ["(0, y, 0)", ALONE, "(1, 1, 1)"],
        ),
        unreadable={"WrongKind": (["(0, 0)"], "y^2", "x = 0 or z = 0"), "UnknownName": ("(0, foo, 0)",)},
    ),
}

DESCENT: dict[str, Part] = {
    "3.update": Part(
        right=(
            "x - 2*lr*x",
            "x <- x - 2 lr x",
            "x_{t+1} = (1 - 2*lr)*x_t",
            "(1 - 2 l_rate) x",
            r"x \leftarrow x - 2\eta x",
            "x_{t+1} = x_t - lr*2*x_t",
            "x(1 - 2η)",
            "x - lr*(2*x)",
        ),
        wrong={
            "value-for-derivative": ("x - lr*x^2",),
            "lost-two": ("x - lr*x", "(1 - lr)*x"),
            "ascent": ("x + 2*lr*x",),
            "step-alone": ("-2*lr*x",),
            "rate-lost": ("x - 2*x", "-x"),
        },
        off=("x", "0", "2*x - lr*x", "x/(1 + 2*lr)", "x - 4*lr*x"),
        unreadable={"UnknownName": ("w - 2*lr*w",), "UnknownFunction": ("x - lr*df(x)",)},
    ),
    "3.range": Part(
        right=(
            "0 < lr < 1",
            "(0, 1)",
            "lr < 1",
            "|1 - 2*lr| < 1",
            "-1 < 1 - 2 lr < 1",
            r"\eta \in (0, 1)",
            "1",
            "2*lr < 2",
        ),
        wrong={
            "lost-two": ("0 < lr < 2", "(0, 2)"),
            "closed-end": ("0 < lr <= 1", "(0, 1]"),
            "no-overshoot": ("lr < 1/2", "(0, 0.5)"),
            "no-overshoot-closed": ("lr <= 1/2", "(0, 0.5]"),
            "reversed": ("lr > 1",),
        },
        off=("lr > 0", "0 < lr < 1/4", "lr < 3/2", "0.1 < lr < 1", "1/2 < lr < 1", "lr = 1", "lr = 1/2"),
        unreadable={"UnknownName": ("0 < gamma < 1",)},
    ),
    "3.path": Part(
        right=(
            "(1 - 2*lr)^t*x_0",
            "x_t = (1 - 2 lr)^t x_0",
            "x_0*(1 - 2*lr)**t",
            r"x_t = (1-2\eta)^t x_0",
            "(-1)^t*(2*lr - 1)^t*x_0",
            "x_0 (1 − 2η)^t",
        ),
        wrong={
            "lost-two": ("(1 - lr)^t*x_0",),
            "one-step-late": ("(1 - 2*lr)^(t+1)*x_0",),
            "one-step-early": ("(1 - 2*lr)^(t-1)*x_0",),
            "added-instead-of-multiplied": ("x_0 - 2*t*lr*x_0", "(1 - 2*lr*t)*x_0"),
            "ascent": ("(1 + 2*lr)^t*x_0",),
        },
        off=("(1 - 2*lr)^t", "x_0", "(2*lr - 1)^t*x_0", "(1 - 2*lr^t)*x_0", "exp(-2*lr*t)*x_0"),
        unreadable={"UnknownName": ("r^t*x_0",)},
    ),
    "3.after10": Part(
        right=("59049*x_0", "59049 x_0", "(-3)^10*x_0", "3^10 x_0", "x_10 = 59049 x_0", "9^5 x_0", "(1 - 2*2)^10*x_0"),
        wrong={
            "one-step-short": ("(-3)^9*x_0", "-19683 x_0"),
            "sign": ("-59049*x_0",),
            "factor-alone": ("59049", "3^10"),
            "converges": ("0",),
            "bounded": ("x_0",),
            "linear-growth": ("-39*x_0",),
        },
        off=("3*x_0", "177147*x_0", "1024*x_0", "-30*x_0", "x_0/59049", "59049 + x_0", "59049.1*x_0"),
        unreadable={"UnknownName": ("infinity_of_x",)},
    ),
    "4.cost": Part(
        right=("20*b", "20 b", "b*20", "20 × b", r"20 \cdot b", "10000*20*b/10000", "10*b + 10*b"),
        wrong={
            "features-forgotten": ("b",),
            "all-data": ("200000", "20*10000"),
            "times-all-data": ("200000*b",),
            "features-squared": ("400*b",),
            "batch-squared": ("20*b^2",),
        },
        off=("20", "20*b + 20", "10000/b", "40*b", "b/20"),
        unreadable={"UnknownName": ("b*d",), "UnknownFunction": ("O(N d)",)},
    ),
    "4.updates": Part(
        right=("10000/b", "10^4/b", r"\frac{10000}{b}", "10000*b^-1", "1/(b/10000)"),
        convention={
            "as rounded up, for a last batch that is short": ("ceil(10000/b)", r"\lceil 10000/b \rceil"),
            "as rounded down, for a last batch that is left out": ("floor(10000/b)",),
        },
        wrong={
            "one-per-point": ("10000",),
            "one-per-pass": ("1",),
            "inverted": ("b/10000",),
            "batch-size": ("b",),
            "product": ("10000*b",),
        },
        off=("1000/b", "10000/b + 1", "10000 - b", "20/b", "10000/b^2"),
        unreadable={"UnknownName": ("N/b",)},
    ),
}

CHOICES: dict[str, Part] = {
    "2.type": Part(
        right=(["c", "c", "d", "d"], "c, c, d, d", "ccdd", "C C D D"),
        wrong={
            "line-of-minima": (["c", "a", "a", "a"],),
            "zero-counts-as-positive": (["c", "c", "d", "a"], ["c", "c", "c", "a"]),
            "minimum-at-the-origin": (["c", "c", "a", "d"], ["d", "d", "a", "a"]),
            "isolated-maximum": (["b", "c", "d", "d"],),
            "isolated-minimum": (["a", "c", "d", "d"],),
            "singular-never-decides": (["c", "d", "d", "d"],),
        },
        off=(["d", "c", "d", "d"], ["c", "c", "c", "d"], ["c", "b", "d", "d"], ["d", "d", "d", "d"]),
    ),
    "2.rule": Part(
        right=(["a", "b", "c", "d"], "a b c d", "abcd", "a, b, c, d"),
        wrong={
            "semidefinite-is-enough": (["a", "b", "c", "a"],),
            "swapped": (["b", "a", "c", "d"], ["b", "a", "c", "b"]),
            "mixed-undecided": (["a", "b", "d", "d"], ["a", "b", "d", "a"]),
        },
        off=(["a", "b", "c", "c"], ["d", "b", "c", "d"], ["a", "a", "c", "d"], ["c", "b", "a", "d"]),
    ),
    "4.signs": Part(
        right=(["a", "b", "c"], "a b c", "abc", "A, B, C"),
        wrong={"swapped": (["b", "a", "c"],), "size-only": (["a", "a", "c"],), "minimum-grows": (["a", "b", "a"],)},
        off=(["c", "c", "c"], ["a", "b", "b"]),
    ),
    "4.change": Part(
        right=("b", "B", "(b)", "b)"),
        wrong={"product": ("a",), "exact": ("c",), "largest": ("d", "D"), "lengths-multiplied": ("e",)},
    ),
    "4.layout": Part(
        right=("b", "B", "(b)", "b."),
        wrong={"same": ("a",), "transposed": ("c",), "length": ("d", "(d)"), "normalised": ("e",)},
    ),
    "4.direction": Part(
        right=(["b", "a", "c"], "b a c", "bac", "B, A, C"),
        wrong={
            "swapped": (["a", "b", "c"], ["a", "b", "d"]),
            "orthogonal-descent": (["c", "a", "b"],),
            "random-descent": (["d", "a", "c"],),
        },
        off=(["b", "a", "d"], ["b", "c", "a"]),
    ),
    "4.program": Part(
        right=("a, c", "c, a", ["a", "c"], "ac"),
        wrong={
            "upper-end-included": ("a, b, c",),
            "fine-as-it-is": ("c",),
            "never-zero": ("a, d",),
        },
        off=("a", "b, d", "a, b, c, d", "b"),
    ),
    "4.rates": Part(
        right=(["a", "b"], "a b", "ab", "A, B"),
        wrong={"swapped": (["b", "a"],), "another-minimum": (["a", "c"],), "small-diverges": (["b", "b"],)},
        off=(["a", "d"], ["d", "b"]),
    ),
    "4.risk": Part(
        right=("a", "A", "(a)", "a)"),
        wrong={"largest": ("b",), "test-data": ("c",), "weights-counted": ("d",), "sign": ("e",)},
    ),
    "4.step": Part(
        right=("c", "C", "(c)", "c."),
        wrong={"ascent": ("a",), "start-lost": ("b",), "rate-inverted": ("d",), "value-for-gradient": ("e",)},
    ),
    "4.variants": Part(
        right=(["a", "c", "b"], "a c b", "acb", "A, C, B"),
        wrong={
            "all-small-is-stochastic": (["a", "c", "c"],),
            "full-is-one": (["c", "a", "b"],),
            "one-is-mini": (["a", "b", "b"],),
        },
        off=(["a", "b", "c"], ["b", "c", "a"]),
    ),
    "4.iteration": Part(
        right=("b", "B", "(b)", "b)"),
        wrong={"always": ("a", "A"), "single-point": ("c",), "never": ("d",), "dividing": ("e",)},
    ),
    "4.tradeoffs": Part(
        right=(["a", "c", "b"], "a c b", "acb", "A, C, B"),
        wrong={
            "full-is-noisy": (["c", "a", "b"],),
            "mini-batch-worst": (["a", "b", "c"],),
            "stochastic-monotone": (["c", "b", "a"],),
        },
        off=(["b", "c", "a"], ["a", "c", "c"]),
    ),
    "4.unbiased": Part(
        right=("a, c, d", "c a d", ["a", "c", "d"], "acd"),
        wrong={
            "only-batches": ("c, d",),
            "only-single": ("a",),
            "sum-unscaled": ("a, b, c, d",),
            "no-replacement-biased": ("a, c",),
            "replacement-biased": ("a, d",),
            "divided-by-all": ("c, d, e",),
        },
        off=("b", "e", "a, b"),
    ),
    "4.early": Part(
        right=("c", "C", "(c)", "c)"),
        wrong={"one-pass-needed": ("a", "A"), "only-full": ("b",), "sorted": ("d",), "single-only": ("e",)},
    ),
    "4.cost_growth": Part(
        right=("d", "D", "(d)", "d)"),
        wrong={"linear": ("a", "A"), "logarithmic": ("b",), "passes": ("c",), "number-of-batches": ("e",)},
    ),
    "4.fixed_rate": Part(
        right=("c", "C", "(c)", "c)"),
        wrong={"always": ("a", "A"), "never": ("b",), "momentum": ("d", "D"), "noise-adds-up": ("e",)},
    ),
}

TABLE: dict[str, Part] = {**VECTORS, **POINTS, **DESCENT, **CHOICES}

ROWS: tuple[Row, ...] = tuple(rows(TABLE))
