"""What students type for problem 2 of homework 1: Tikhonov regularisation."""

from __future__ import annotations

from tests.course.answer_table import Part, Together

G = "(A^T*W1^T*W1*A + W2^T*W2)"


def pair(C: object, d: object) -> Together:
    """A stacked matrix and vector, which are judged together."""
    return Together({"q2b_C": C, "q2b_d": d})


TABLE = {
    "2a": Part(
        right=(
            "(C^T C)^-1 C^T d where C = [W1 A; W2], d = [W1 b; W2 c]",
            "(A'V A + P)^-1 (A'V b + P c), V = W1'W1, P = W2'W2",
            "(A^T W1^T W1 A + W2^T W2)^-1 (A^T W1^T W1 b + W2^T W2 c)",
            "inv(A.T @ W1.T @ W1 @ A + W2.T @ W2) @ (A.T @ W1.T @ W1 @ b + W2.T @ W2 @ c)",
            r"(A^\top W_1^\top W_1 A + W_2^\top W_2)^{-1}(A^\top W_1^\top W_1 b + W_2^\top W_2 c)",
            r"x^* = \left(A^T W_1^T W_1 A + W_2^T W_2\right)^{-1}\left(A^T W_1^T W_1 \mathbf{b} + W_2^T W_2 \mathbf{c}\right)",
            "(A'W1'W1 A + W2'W2)^-1 (A'W1'W1 b + W2'W2 c)",
            "(AᵀW₁ᵀW₁A + W₂ᵀW₂)⁻¹(AᵀW₁ᵀW₁b + W₂ᵀW₂c)",
            "solve(A^T W1^T W1 A + W2^T W2, A^T W1^T W1 b + W2^T W2 c)",
            "(A^T W1^T W1 A + W2^T W2) \\ (A^T W1^T W1 b + W2^T W2 c)",
            "np.linalg.solve(A.T@W1.T@W1@A + W2.T@W2, A.T@W1.T@W1@b + W2.T@W2@c)",
            r"(A^{\mathsf T} W_1^{\mathsf T} W_1 A + W_2^{\mathsf T} W_2)^{-1}(A^{\mathsf T} W_1^{\mathsf T} W_1 b + W_2^{\mathsf T} W_2 c)",
            "x = ((W1*A)^T*(W1*A) + W2^T*W2)^-1*((W1*A)^T*W1*b + W2^T*W2*c)",
            "(W2^T W2 + A^T W1^T W1 A)^-1 (W2^T W2 c + A^T W1^T W1 b)",
            "c + (A^T W1^T W1 A + W2^T W2)^-1 A^T W1^T W1 (b - A c)",
            "c - (A'W1'W1 A + W2'W2)^-1 A'W1'W1 (A c - b)",
            "(2 A^T W1^T W1 A + 2 W2^T W2)^-1 (2 A^T W1^T W1 b + 2 W2^T W2 c)",
            "([W1*A; W2]^T [W1*A; W2])^-1 [W1*A; W2]^T [W1*b; W2*c]",
        ),
        convention={
            "in kernel form, where W1^T W1 and W2^T W2 are invertible": (
                "c + (W2^T W2)^-1 A^T (A (W2^T W2)^-1 A^T + (W1^T W1)^-1)^-1 (b - A c)",
                "c + inv(W2'W2)*A'*inv(inv(W1'W1) + A*inv(W2'W2)*A')*(b - A*c)",
            ),
        },
        wrong={
            "centre-forgotten": (f"{G}^-1 A^T W1^T W1 b", "inv(A'W1'W1 A + W2'W2) A'W1'W1 b"),
            "centre-not-weighted": (f"{G}^-1 (A^T W1^T W1 b + c)",),
            "sign-of-centre": (f"{G}^-1 (A^T W1^T W1 b - W2^T W2 c)",),
            "sign-of-prior": ("(A^T W1^T W1 A - W2^T W2)^-1 (A^T W1^T W1 b + W2^T W2 c)",),
            "data-weights-dropped": ("(A^T A + W2^T W2)^-1 (A^T b + W2^T W2 c)",),
            "plain-ridge": ("(A^T A + W2^T W2)^-1 A^T b", r"(A^\top A + W_2^\top W_2)^{-1} A^\top b"),
            "prior-dropped": ("(A^T W1^T W1 A)^-1 A^T W1^T W1 b",),
            "inverse-of-a-sum": ("((A^T W1^T W1 A)^-1 + (W2^T W2)^-1) (A^T W1^T W1 b + W2^T W2 c)",),
            "not-solved": (f"{G} (A^T W1^T W1 b + W2^T W2 c)",),
        },
        off=(
            "(A^T W1 W1^T A + W2^T W2)^-1 (A^T W1 W1^T b + W2^T W2 c)",  # a product that does not fit
            "(A^T W1^T W1 A + W2)^-1 (A^T W1^T W1 b + W2 c)",
            "(A^T W1 A + W2)^-1 (A^T W1 b + W2 c)",
            "(A^T W1^T W1 b + W2^T W2 c) (A^T W1^T W1 A + W2^T W2)^-1",
            "(A^T W1^T W1 A + I)^-1 (A^T W1^T W1 b + c)",
            "(A^T W1^T W1 A + W2^T W2)^-1 (A^T W1^T W1 b + 2 W2^T W2 c)",
            "A^-1 b",
            "b",
            "(A^T A)^-1 A^T b",
            "0",
        ),
        unreadable={
            "UnknownName": ("(A^T W^T W A + W2^T W2)^-1 A^T W^T W b", "(A^T V A + P)^-1 (A^T V b + P c)"),
            "UnclosedBracket": ("(A^T W1^T W1 A + W2^T W2)^-1 (A^T W1^T W1 b + W2^T W2 c",),
        },
    ),
    "2a.gradient": Part(
        right=(
            "2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x - c)",
            "2*A.T@W1.T@W1@(A@x-b) + 2*W2.T@W2@(x-c)",
            r"2A^\top W_1^\top W_1(Ax-b) + 2W_2^\top W_2(x-c)",
            "2 A'W1'W1 A x - 2 A'W1'W1 b + 2 W2'W2 x - 2 W2'W2 c",
            "2*(A^T W1^T W1 A + W2^T W2) x - 2*(A^T W1^T W1 b + W2^T W2 c)",
            "2 (W1 A)^T (W1 A x - W1 b) + 2 W2^T (W2 x - W2 c)",
            "2 (A x - b)^T W1^T W1 A + 2 (x - c)^T W2^T W2",
            r"2\left(A^T W_1^T W_1 (Ax - b) + W_2^T W_2 (x - c)\right)",
            "-2 A^T W1^T W1 (b - A x) - 2 W2^T W2 (c - x)",
        ),
        convention={
            "without the common factor 2": (
                "A^T W1^T W1 (A x - b) + W2^T W2 (x - c)",
                "(A'W1'W1 A + W2'W2) x - (A'W1'W1 b + W2'W2 c)",
            ),
        },
        wrong={
            "negative": ("2 A^T W1^T W1 (b - A x) + 2 W2^T W2 (c - x)",),
            "centre-forgotten": ("2 A^T W1^T W1 (A x - b) + 2 W2^T W2 x",),
            "data-weights-dropped": ("2 A^T (A x - b) + 2 W2^T W2 (x - c)",),
            "prior-weights-dropped": ("2 A^T W1^T W1 (A x - b) + 2 (x - c)",),
            "two-on-one-term": ("2 A^T W1^T W1 (A x - b) + W2^T W2 (x - c)",),
            "prior-dropped": ("2 A^T W1^T W1 (A x - b)",),
        },
        off=(
            "2 W1^T W1 (A x - b) + 2 W2^T W2 (x - c)",
            "2 A^T W1^T (A x - b) + 2 W2^T (x - c)",
            "2 A^T W1^T W1 (A x - b) - 2 W2^T W2 (x - c)",
            "2 A^T W1^T W1 (A x - b) + 2 W2^T W2 (x + c)",
            "2 W1^T W1 A (A x - b) + 2 W2^T W2 (x - c)",
            "2 A^T W1^T W1 A x + 2 W2^T W2 x",
            "||W1(Ax-b)||^2 + ||W2(x-c)||^2",
        ),
        unreadable={"UnknownName": ("2 A^T W1^T W1 (A w - b) + 2 W2^T W2 (w - c)",)},
    ),
    "2b.C": Part(
        right=(
            "[W1*A; W2]",
            "[[W1*A], [W2]]",
            [["W1*A"], ["W2"]],
            r"\begin{bmatrix} W_1 A \\ W_2 \end{bmatrix}",
            r"\begin{pmatrix} W_1 A \\ W_2 \end{pmatrix}",
            "vstack(W1 @ A, W2)",
            "np.vstack([W1 @ A, W2])",
            "C = [W1 A; W2]",
            "[W2; W1*A]",
            "[-W1*A; W2]",
            "[-W1*A; -W2]",
            "[Q*W1*A; R*W2]",
            "BlockMatrix([[W1*A], [W2]])",
            "Matrix([[W1*A], [W2]])",
            "[3/5*W1*A; 4/5*W1*A; W2]",
        ),
        wrong={
            "data-weights-dropped": ("[A; W2]", r"\begin{bmatrix} A \\ W_2 \end{bmatrix}", "[W2; A]"),
            "weights-squared": ("[W1^T*W1*A; W2^T*W2]",),
            "prior-weights-dropped": ("[W1*A; I]",),
            "one-block": ("W1*A",),
            "scaled": ("[2*W1*A; 2*W2]", "[W1*A/2; W2/2]"),
        },
        off=(
            "[W1*A, W2]",
            ["W1*A", "W2"],
            "[[W1*A, W2]]",
            "hstack(W1*A, W2)",
            "W1*A + W2",
            "[W1; W2]",
            "[A*W1; W2]",
            "[W1*A; 2*W2]",
            "W2",
            "A^T*W1^T*W1*A + W2^T*W2",
        ),
        unreadable={"UnknownName": ("[W_3*A; W2]",), "UnclosedBracket": ("[W1*A; W2",)},
    ),
    "2b.d": Part(
        right=(
            pair("[W1*A; W2]", "[W1*b; W2*c]"),
            pair([["W1*A"], ["W2"]], [["W1*b"], ["W2*c"]]),
            pair("[W1*A; W2]", "[W1*b, W2*c]"),  # a vector, entry by entry
            pair("[W2; W1*A]", "[W2*c; W1*b]"),
            pair("[-W1*A; W2]", "[-W1*b; W2*c]"),
            pair("[W1*A; -W2]", "[W1*b; -W2*c]"),
            pair("[Q*W1*A; R*W2]", "[Q*W1*b; R*W2*c]"),
            pair(r"\begin{bmatrix} W_1A \\ W_2 \end{bmatrix}", r"\begin{bmatrix} W_1 b \\ W_2 c \end{bmatrix}"),
            pair("vstack(W1@A, W2)", "d = vstack(W1@b, W2@c)"),
            pair("[3/5*W1*A; 4/5*W1*A; W2]", "[3/5*W1*b; 4/5*W1*b; W2*c]"),
        ),
        convention={  # C is wrong or missing, and the slip costs once
            "on its own, since an earlier part is not right yet": (
                pair("[A; W2]", "[W1*b; W2*c]"),
                pair("", "[W1*b; W2*c]"),
                pair("[W1*A, W2]", "[W2*c; W1*b]"),
            ),
        },
        wrong={
            "unweighted": (pair("[W1*A; W2]", "[b; c]"), pair("[A; W2]", "[b; c]")),
            "centre-forgotten": (pair("[W1*A; W2]", "[W1*b; 0]"),),
            "same-minimiser": (pair("[2*W1*A; 2*W2]", "[2*W1*b; 2*W2*c]"),),
            "blocks-not-matched": (
                pair("[W1*A; W2]", "[W2*c; W1*b]"),
                pair("[W1*A; W2]", "[-W1*b; W2*c]"),
                pair("[W2; W1*A]", "[W1*b; W2*c]"),
                pair("[Q*W1*A; W2]", "[W1*b; W2*c]"),
            ),
        },
        off=(
            pair("[W1*A; W2]", "[W1*b; c]"),
            pair("[W1*A; W2]", "[b; W2*c]"),
            pair("[W1*A; W2]", "W1*b + W2*c"),
            pair("[W1*A; W2]", "0"),
            pair("[W1*A; W2]", "[2*W1*b; W2*c]"),
        ),
        unreadable={"UnknownName": (pair("[W1*A; W2]", "[W1*B; W2*c]"),)},
    ),
    "2b.normal": Part(
        right=(
            ["A^T W1^T W1 A + W2^T W2", "A^T W1^T W1 b + W2^T W2 c"],
            ["A.T@W1.T@W1@A + W2.T@W2", "A.T@W1.T@W1@b + W2.T@W2@c"],
            ["(W1 A)^T (W1 A) + W2^T W2", "(W1 A)^T W1 b + W2^T W2 c"],
            {"C'C": "A'W1'W1 A + W2'W2", "C'd": "A'W1'W1 b + W2'W2 c"},
            r"C^\top C = A^\top W_1^\top W_1 A + W_2^\top W_2, \quad C^\top d = A^\top W_1^\top W_1 b + W_2^\top W_2 c",
            "C^T C = A^T W1^T W1 A + W2^T W2, C^T d = A^T W1^T W1 b + W2^T W2 c",
            [r"A^\top W_1^\top W_1 A + W_2^\top W_2", r"A^\top W_1^\top W_1 b + W_2^\top W_2 c"],
            ["[W1*A; W2]^T*[W1*A; W2]", "[W1*A; W2]^T*[W1*b; W2*c]"],
        ),
        wrong={
            "outer-product": (
                ["[W1*A; W2]*[W1*A; W2]^T", "A^T W1^T W1 b + W2^T W2 c"],
                ["[[W1*A*A^T*W1^T, W1*A*W2^T], [W2*A^T*W1^T, W2*W2^T]]", "A^T W1^T W1 b + W2^T W2 c"],
            ),
            "data-weights-dropped": (["A^T A + W2^T W2", "A^T b + W2^T W2 c"],),
            "centre-forgotten": (["A^T W1^T W1 A + W2^T W2", "A^T W1^T W1 b"],),
            "prior-dropped": (["A^T W1^T W1 A", "A^T W1^T W1 b + W2^T W2 c"],),
        },
        off=(
            ["W1^T W1 A + W2^T W2", "W1^T W1 b + W2^T W2 c"],
            ["A^T W1^T W1 b + W2^T W2 c", "A^T W1^T W1 A + W2^T W2"],
            ["A^T W1^T W1 A + W2^T W2", "0"],
            ["(W1 A + W2)^T (W1 A + W2)", "(W1 A + W2)^T (W1 b + W2 c)"],
            ["A^T W1^T W1 A - W2^T W2", "A^T W1^T W1 b + W2^T W2 c"],
        ),
        unreadable={"": (["A^T W1^T W1 A + W2^T W2"],)},
    ),
    "2c": Part(
        right=(
            ("I_m", "sqrt(lambda) I_n", "0_n"),
            ["I", "sqrt(lambda)*I", "0"],
            ["I_m", "sqrt(lambda) I_n", "0"],
            ["I(m)", "sqrt(lam)*I(n)", "zeros(n)"],
            ["eye(m)", "sqrt(lambda)*eye(n)", "0"],
            {"W1": "I", "W2": "sqrt(lambda) I", "c": "0"},
            {"W_1": "I", "W_2": "sqrt(lambda) I", "c": "0"},
            "W1 = I, W2 = sqrt(lambda)*I, c = 0",
            r"W_1 = I, W_2 = \sqrt{\lambda} I, c = 0",
            "W1 = I; W2 = sqrt(lambda) I; c = 0",
            ["I", "lambda^(1/2) I", "0"],
            [r"I_{m\times m}", r"\sqrt{\lambda} I_{n\times n}", r"\mathbf{0}"],
            ["np.eye(m)", "np.sqrt(lam)*np.eye(n)", "np.zeros(n)"],
            r"W_1 = I_m,\ W_2 = \sqrt{\lambda} I_n,\ \mathbf{c} = \mathbf{0}",
            "W1 = I\nW2 = sqrt(lambda) I\nc = 0",
            ["-3*Q", "3*sqrt(lambda)*R^T", "0"],
            ["I", "√λ I", "0"],
            ["I", "-sqrt(lambda)*I", "0"],
            ["-I", "sqrt(lambda)*I", "0"],
            ["2*I", "2*sqrt(lambda)*I", "0"],
            ["k*I", "k*sqrt(lambda)*I", "0"],
            ["I/sqrt(lambda)", "I", "0"],
            ["1/sqrt(lambda)*I_m", "I_n", "0"],
            ["Q", "sqrt(lambda)*I", "0"],
            ["Q", "sqrt(lambda)*R", "0"],
            ["lambda*I", "lambda^(3/2)*I", "0"],
            ["I", "[sqrt(lambda)*I_n; 0*I_n]", "0"],
            ["[I_m; 0*I_m]", "sqrt(lambda)*I", "0"],
        ),
        wrong={
            "root-forgotten": (["I", "lambda*I", "0"], "W1 = I, W2 = lambda I, c = 0", ["I/lambda", "I", "0"]),
            "no-lambda": (["I", "I", "0"], ["Q", "R", "0"]),
            "root-inverted": (["sqrt(lambda)*I", "I", "0"], ["I", "I/sqrt(lambda)", "0"]),
            "scalar-weight": (["I", "sqrt(lambda)", "0"], ["I", "√λ", "0"]),
            "centre-at-data": (["I", "sqrt(lambda)*I", "b"],),
            "data-as-weight": (["A", "sqrt(lambda)*I", "0"],),
            "sizes-swapped": (["I_n", "sqrt(lambda)*I_m", "0"],),
        },
        off=(
            ["I", "sqrt(lambda)*I", "1"],
            ["I", "2*sqrt(lambda)*I", "0"],
            ["1", "sqrt(lambda)*I", "0"],  # a number is no m by m matrix
            ["I", "lambda^(1/3)*I", "0"],
            ["0", "I", "0"],
            ["I", "0", "0"],
            ["I", "sqrt(lambda)*I", "A^T*b"],
            ["0*I", "I", "(A^T*A + lambda*I)^-1*A^T*b"],  # true for every A and b, but it is no choice of weights
            ["k*I", "sqrt(lambda)*I", "0"],
        ),
        unreadable={"": (["I", "sqrt(lambda)*I"], "I"), "UnknownName": (["I", "sqrt(gamma)*I", "0"],)},
    ),
    "2.unique": Part(
        right=("e", "E", "(e)", "e)"),
        wrong={
            "always": ("a",),
            "weights-invertible": ("b",),
            "data-full-rank": ("c", "C"),
            "enough-not-needed": ("d",),
        },
        unreadable={"": ("always", "f")},
    ),
}
