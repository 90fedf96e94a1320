"""What students type for problem 3 of homework 1: ridge regression as MAP, kernel ridge regression."""

from __future__ import annotations

from tests.course.answer_table import Part

KERNEL = "X^T (X X^T + lambda I)^-1 y"
PLAIN = "(X^T X + lambda I)^-1 X^T y"
K_INVERSE = "(X X^T + lambda I)^-1"
R_INVERSE = "(X^T X + lambda I)^-1"

TABLE = {
    "3.cov_wy": Part(
        right=(
            "X^T",
            "X^t",
            "Σ_WY = Xᵀ",
            "X.T",
            "X'",
            "Xᵀ",
            r"X^\top",
            "transpose(X)",
            "X^{T}",
            "I*X^T",
            "(X*I)^T",
            r"\Sigma_{WY} = X^T",
        ),
        wrong={
            "transposed": ("X", r"\mathbf{X}"),
            "gram": ("X^T X", "X'X"),
            "times-lambda": ("lambda X^T", "λXᵀ"),
            "times-root": ("sqrt(lambda)*X^T",),
            "uncorrelated": ("0", "0*X^T"),
        },
        off=("-X^T", "2*X^T", "X X^T", "X^T + sqrt(lambda)*I", "I", "X^-1"),
        unreadable={"UnknownName": ("x^T", "A^T")},
    ),
    "3.cov_yy": Part(
        right=(
            "X X^T + lambda I",
            "X*X^T + lambda*I",
            "X @ X.T + lam*eye(n)",
            "X*X' + lambda*I_n",
            r"XX^\top + \lambda I",
            r"X X^{T} + \lambda I_n",
            "XXᵀ + λI",
            "lambda I + X X^T",
            "X I X^T + sqrt(lambda) I sqrt(lambda)",
            "X X^T + sqrt(lambda)^2 I",
            "(X*X^T/lambda + I)*lambda",
        ),
        wrong={
            "gram": ("X^T X + lambda I", "X'X + λI_d"),
            "unit-noise": ("X X^T + I",),
            "lambda-squared": ("X X^T + lambda^2 I",),
            "root-kept": ("X X^T + sqrt(lambda) I", "XXᵀ + √λ I"),
            "noise-forgotten": ("X X^T",),
        },
        off=(
            "X X^T + lambda I_d",
            "X X^T - lambda I",
            "X X^T + 2 lambda I",
            "lambda X X^T + I",
            "X X^T + lambda",
            "X + lambda I",
            "(X X^T + lambda I)^-1",
        ),
        unreadable={"UnknownName": ("X X^T + sigma^2 I",)},
    ),
    "3.map": Part(
        right=(
            [
                KERNEL,
                f"{R_INVERSE} (X^T X + lambda I) X^T {K_INVERSE} y",
                f"{R_INVERSE} (X^T X X^T + lambda X^T) {K_INVERSE} y",
                f"{R_INVERSE} X^T (X X^T + lambda I) {K_INVERSE} y",
                PLAIN,
            ],
            [
                PLAIN,
                f"{R_INVERSE} X^T (X X^T + lambda I) {K_INVERSE} y",
                f"{R_INVERSE} (X^T X + lambda I) X^T {K_INVERSE} y",
                KERNEL,
            ],
            [
                f"w = {KERNEL}",
                f"w_{{MAP}} = {R_INVERSE} (X^T X + lambda I) X^T {K_INVERSE} y",
                f"E[W | y] = {R_INVERSE} X^T (X X^T + lambda I) {K_INVERSE} y",
                f"\\hat{{w}} = {PLAIN}",
            ],
            f"{KERNEL} = {R_INVERSE} (X^T X + lambda I) X^T {K_INVERSE} y = {R_INVERSE} X^T (X X^T + lambda I) {K_INVERSE} y"
            f" = {PLAIN}",
            r"\begin{align} X^\top(XX^\top+\lambda I)^{-1}y &= (X^\top X+\lambda I)^{-1}(X^\top X+\lambda I)X^\top"
            r"(XX^\top+\lambda I)^{-1}y \\ &= (X^\top X+\lambda I)^{-1}X^\top(XX^\top+\lambda I)(XX^\top+\lambda I)^{-1}y \\"
            r" &= (X^\top X+\lambda I)^{-1}X^\top y \end{align}",
            [  # by Woodbury: another way is right too
                PLAIN,
                "(1/lambda*I - 1/lambda^2*X^T*(I + X*X^T/lambda)^-1*X)*X^T*y",
                "1/lambda*(X^T - X^T*(lambda*I + X*X^T)^-1*X*X^T)*y",
                KERNEL,
            ],
        ),
        wrong={  # these names come with the kind of answer
            "assumes-result": (
                [KERNEL, PLAIN],
                [KERNEL, KERNEL, PLAIN, PLAIN],
                [KERNEL, f"1*{KERNEL}", f"I {KERNEL} + 0*X^T y", PLAIN],
                [KERNEL, f"({K_INVERSE} X)^T y", f"(y^T X {R_INVERSE})^T", PLAIN],
                # padded with lines that only multiply out
                [KERNEL, f"{KERNEL} * 5/5 + X^T y - X^T y", f"X^T {K_INVERSE} (y + y)/2", PLAIN],
                [KERNEL, "2 X^T (2 X X^T + 2 lambda I)^-1 y", "lambda X^T (lambda X X^T + lambda^2 I)^-1 y", PLAIN],
                [PLAIN, f"({R_INVERSE})^T X^T y", f"{R_INVERSE} X^T (y + X X^T y - X X^T y)", KERNEL],
                f"{KERNEL} = {PLAIN}",
            ),
            "too-few-steps": ([KERNEL, f"{R_INVERSE} (X^T X + lambda I) X^T {K_INVERSE} y", PLAIN],),
            "wrong-step": (
                [KERNEL, "X^T y/lambda", f"{R_INVERSE} X^T (X X^T + lambda I) {K_INVERSE} y", PLAIN],
                [
                    KERNEL,
                    f"{R_INVERSE} (X^T X + lambda I) X^T {K_INVERSE} y",
                    f"{R_INVERSE} X^T (X X^T - lambda I) {K_INVERSE} y",
                    PLAIN,
                ],
            ),
            "ends-missing": (
                [
                    f"{R_INVERSE} X^T (X X^T + lambda I) {K_INVERSE} y",
                    f"{R_INVERSE} (X^T X X^T + lambda X^T) {K_INVERSE} y",
                    PLAIN,
                ],
                [PLAIN, PLAIN],
            ),
        },
        off=(  # products that do not fit
            [KERNEL, "X^T (X^T X + lambda I)^-1 y", "X^T y", PLAIN],
            [KERNEL, f"{R_INVERSE} X {K_INVERSE} y", f"{R_INVERSE} X^T (X X^T + lambda I) {K_INVERSE} y", PLAIN],
        ),
        unreadable={
            "": (
                [KERNEL, "w", PLAIN],
                [KERNEL, f"{R_INVERSE} (X^T Z + lambda I) X^T {K_INVERSE} y", PLAIN],
            )
        },
    ),
    "3.argument": Part(
        right=(
            ["c", "e", "b", "a", "d"],
            ["c", "a", "d", "e", "b"],
            ["c", "e", "a", "b", "d"],
            ["c", "a", "e", "d", "b"],
            "ceabd",
            "c, a, e, b, d",
            "c > e > b > a > d",
            "C E B A D",
        ),
        off=("abcde", "ecbad", "c b e a d", "c d a e b", ["a", "c", "e", "b", "d"], "edcba"),
        unreadable={"": ("ceba", "ceabf", "ccabd")},
    ),
    "3.objective": Part(
        right=(
            "||X w - y||^2 + lambda ||w||^2 + const",
            "np.sum((Xw - y)**2)/lam + np.sum(w**2)",
            r"\frac{1}{\lambda}\sum_{i=1}^n \left((Xw)_i - y_i\right)^2 + \sum_{j=1}^d w_j^2",
            r"\frac1{2\lambda}\|y-Xw\|^2+\frac12\|w\|^2+\frac n2\log(2\pi\lambda)+\frac d2\log(2\pi)",
            r"\frac{1}{2\lambda}\|y - Xw\|^2 + \frac{1}{2}\|w\|^2 + C",
            r"-\log p(w \mid y) \propto \|Xw-y\|^2 + \lambda\|w\|^2",
            r"\arg\min_w \|Xw-y\|^2 + \lambda\|w\|^2",
            r"-\log p(w|y) = \frac{1}{2\lambda}\|y - Xw\|^2 + \frac12\|w\|^2",
            "1/lambda*||X w - y||^2 + ||w||^2",
            "(1/lambda)*norm(X*w - y)^2 + norm(w)^2",
            r"\frac{1}{\lambda}\|Xw - y\|^2 + \|w\|^2",
            r"\frac{1}{\lambda}\|X\mathbf{w}-\mathbf{y}\|_2^2 + \|\mathbf{w}\|_2^2",
            "||X w - y||^2 + lambda ||w||^2",
            "1/(2 lambda) ||X w - y||^2 + 1/2 ||w||^2",
            "‖Xw − y‖²/λ + ‖w‖²",
            "(X w - y)^T (X w - y)/lambda + w^T w",
            "w^T X^T X w - 2 y^T X w + lambda w^T w",
            "||y - X w||^2/(2*lambda) + ||w||^2/2 + n/2*ln(2*pi*lambda) + d/2*ln(2*pi)",
            "||X w - y||^2 + lambda ||w||^2 + 7",
        ),
        wrong={
            "lambda-inverted": (
                "lambda ||X w - y||^2 + ||w||^2",
                r"\lambda\|Xw-y\|^2 + \|w\|^2",
                "||Xw-y||^2 + ||w||^2/lambda",
            ),
            "variance-squared": ("||X w - y||^2/lambda^2 + ||w||^2",),
            "deviation-for-variance": ("||X w - y||^2/sqrt(lambda) + ||w||^2",),
            "lambda-lost": ("||X w - y||^2 + ||w||^2", "1/2*||X w - y||^2 + 1/2*||w||^2"),
            "prior-forgotten": ("||X w - y||^2", "1/lambda ||X w - y||^2"),
            "sign": ("-||X w - y||^2/lambda - ||w||^2", "-1/(2*lambda)*||X w - y||^2 - 1/2*||w||^2"),
        },
        off=(
            "||X w - y||^2 + C ||w||^2",
            "||X w - y||^2/||w||^2",
            "C (||X w - y||^2 + lambda ||w||^2)",
            "exp(-||X w - y||^2/(2 lambda) - ||w||^2/2)",
            "||w||^2",
            "||X w - y||/lambda + ||w||",
            "||X w - y||^2 - lambda ||w||^2",
            "||X w + y||^2 + lambda ||w||^2",
            "||X w - y||^2/lambda + ||w||",
            "exp(-||X w - y||^2/(2*lambda))*exp(-||w||^2/2)",
            "5",
            "0",
            "y^T y",
            "lambda",
            "0*||w||^2",
            "(||X w - y||^2 + lambda ||w||^2)^2",
        ),
        unreadable={"UnknownName": ("||X W - y||^2 + lambda ||W||^2",)},
    ),
}
