"""What students type for the discussion."""

from __future__ import annotations

from tests.course.answer_table import Part, Row, Together, Typed, rows

CONSTANT: dict[str, Part] = {
    "1a.i": Part(
        right=(
            "2/N*Sum(theta - y_i, (i, 1, N))",
            r"\frac{2}{N}\sum_{i=1}^{N}(\theta - y_i)",
            "2*(theta - ybar)",
            r"2(\theta - \bar{y})",
            "-(2/N)*Sum(y[i] - theta, (i, 1, N))",
            "2*theta - 2/N*sum(y)",
            "2/N*(N*theta - sum(y))",
            "2*mean(theta - y)",
            "np.mean(2*(theta - y))",
            "2/N Σ_{i=1}^N (θ − y_i)",
            "dL/dtheta = 2*(theta - mean(y))",
            r"\frac{1}{N}\sum_{i=1}^{N} -2(y_i - \theta)",
        ),
        wrong={
            "sign": ("2/N*Sum(y_i - theta, (i, 1, N))", r"\frac{2}{N}\sum_{i=1}^N (y_i-\theta)", "2*(ybar - theta)"),
            "lost-two": ("1/N*Sum(theta - y_i, (i, 1, N))", "theta - ybar"),
            "lost-mean": ("2*Sum(theta - y_i, (i, 1, N))", "2 N theta - 2 sum(y)"),
            "constant-not-repeated": ("2/N*(theta - sum(y))", r"\frac{2}{N}(\theta - \sum_{i=1}^N y_i)"),
            "one-point-only": ("2/N*(theta - y_i)",),
            "loss-itself": ("1/N*Sum((y_i - theta)^2, (i, 1, N))",),
        },
        off=("2*theta", "0", "2*(theta + ybar)", "sum(y)", "2/N*Sum((theta - y_i)^2, (i, 1, N))", "theta"),
        unreadable={"UnknownName": ("2*(w - ybar)",)},
    ),
    "1a.ii": Part(
        right=(
            "1/N*Sum(y_i, (i, 1, N))",
            r"\frac{1}{N}\sum_{i=1}^N y_i",
            "mean(y)",
            "ybar",
            r"\bar{y}",
            "theta^* = sum(y)/N",
            "np.mean(y)",
            "Sum(y[i], (i, 1, N))/N",
        ),
        wrong={
            "lost-mean": ("sum(y)", r"\sum_{i=1}^N y_i"),
            "kept-two": ("2/N*sum(y)", "2*mean(y)"),
            "sign": ("-mean(y)",),
            "zero": ("0",),
            "one-point-only": ("y_i",),
        },
        off=("mean(y)/N", "1", "sum(y)/(N - 1)", "mean(y^2)", "sum(y)/2"),
        unreadable={"UnknownFunction": ("median(y)",)},
    ),
    "1a.iii": Part(
        right=(
            "theta - 2*alpha/N*Sum(theta - y_i, (i, 1, N))",
            r"\theta \leftarrow \theta - \frac{2\alpha}{N}\sum_{i=1}^{N}(\theta - y_i)",
            "theta <- theta - 2*alpha*(theta - ybar)",
            "theta_{t+1} = (1 - 2*alpha)*theta_t + 2*alpha*ybar",
            "theta + 2*alpha/N*Sum(y_i - theta, (i, 1, N))",
            "theta - alpha*2*mean(theta - y)",
            "(1 - 2α)θ + 2α mean(y)",
        ),
        wrong={
            "ascent": ("theta + 2*alpha/N*Sum(theta - y_i, (i, 1, N))", "theta + 2*alpha*(theta - ybar)"),
            "lost-two": ("theta - alpha/N*Sum(theta - y_i, (i, 1, N))", "theta - alpha*(theta - ybar)"),
            "lost-mean": ("theta - 2*alpha*Sum(theta - y_i, (i, 1, N))",),
            "start-lost": ("theta <- 2*alpha/N*Sum(theta - y_i, (i, 1, N))",),
            "start-lost-downhill": ("-2*alpha*(theta - ybar)",),
            "rate-lost": ("theta - 2*(theta - ybar)",),
        },
        off=("theta", "theta - alpha", "(1 - 2*alpha)*theta", "theta - 2*alpha*ybar", "theta - 2*alpha*(theta - y_i)"),
        unreadable={"UnknownName": ("theta - 2*eta*(theta - ybar)",)},
    ),
    "1a.iv": Part(
        right=(
            "2/N*(theta - y_i)",
            r"\frac{2}{N}(\theta - y_i)",
            "-2/N*(y_i - theta)",
            "2*(theta - y[i])/N",
            "(2θ − 2y_i)/N",
        ),
        convention={
            "as the share of the update": ("-2*alpha/N*(theta - y_i)", "2*alpha/N*(y_i - theta)"),
            "as the discussion's step, to be subtracted": ("2*alpha/N*(theta - y_i)",),
            "as the discussion's update, with 1/N": (
                "theta - 2*alpha/N*(theta - y_i)",
                r"\theta \leftarrow \theta - \frac{2\alpha}{N}(\theta - y_i)",
            ),
            "as the unbiased step of SGD, to be subtracted": ("2*alpha*(theta - y_i)",),
            "as the unbiased step of SGD": ("-2*alpha*(theta - y_i)",),
            "as the unbiased update of SGD, without 1/N": (
                "theta <- theta - 2*alpha*(theta - y_i)",
                "(1 - 2*alpha)*theta + 2*alpha*y_i",
            ),
        },
        wrong={
            "averaged-twice": ("2*(theta - y_i)/N^2",),
            "lost-mean": ("2*(theta - y_i)",),
            "sign": ("2/N*(y_i - theta)",),
            "lost-two": ("(theta - y_i)/N",),
            "all-points": ("2/N*Sum(theta - y_i, (i, 1, N))", "2*(theta - ybar)"),
            "weight-alone": ("2/N",),
            "ascent": ("theta + 2*alpha*(theta - y_i)",),
        },
        off=("1/N", "theta - y_i", "2/N*(theta - y_i)^2", "y_i", "2/N*theta", "alpha*(theta - y_i)"),
        unreadable={"BadIndex": ("2/N*(theta - y_j)",)},
    ),
    "1a.vote": Part(
        right=("b", "B", "(b)", "b)"),
        wrong={"same-amount": ("a", "A"), "sampled-only": ("c",), "by-target": ("d",), "averaged-twice": ("e", "E")},
    ),
}

LINE: dict[str, Part] = {
    "1b.i": Part(
        right=(
            "2/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",
            r"\frac{2}{N}\sum_{i=1}^{N}(\theta x_i - y_i)x_i",
            "-2/N*Sum((y_i - theta*x_i)*x_i, (i, 1, N))",
            "2/N*(theta*sum(x^2) - sum(x*y))",
            "2/N*x^T*(theta*x - y)",
            "2*mean((theta*x - y)*x)",
            "2*theta*mean(x^2) - 2*mean(x*y)",
            "(2/N) Σ_{i=1}^N x_i (θ x_i − y_i)",
            "2/N*(theta*x^T x - x^T y)",
        ),
        wrong={
            "input-lost": ("2/N*Sum(theta*x_i - y_i, (i, 1, N))", "2*mean(theta*x - y)"),
            "sign": ("2/N*Sum((y_i - theta*x_i)*x_i, (i, 1, N))",),
            "input-twice": ("2/N*Sum((theta*x_i - y_i)*x_i^2, (i, 1, N))",),
            "lost-two": ("1/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))", "mean((theta*x - y)*x)"),
            "lost-mean": ("2*Sum((theta*x_i - y_i)*x_i, (i, 1, N))", "2*x^T*(theta*x - y)"),
            "one-point-only": ("2/N*(theta*x_i - y_i)*x_i",),
        },
        off=(
            "2/N*Sum((theta - y_i)*x_i, (i, 1, N))",
            "0",
            "2*theta*mean(x^2)",
            "sum(x*y)",
            "2*(theta*mean(x) - mean(y))*mean(x)",
        ),
        unreadable={"UnknownName": ("2/N*Sum((w*x_i - y_i)*x_i, (i, 1, N))",)},
    ),
    "1b.ii": Part(
        right=(
            "Sum(x_i*y_i, (i, 1, N))/Sum(x_i^2, (i, 1, N))",
            r"\frac{\sum_{i=1}^N x_i y_i}{\sum_{i=1}^N x_i^2}",
            "x^T y/(x^T x)",
            "mean(x*y)/mean(x^2)",
            "sum(x*y)/sum(x**2)",
            r"\hat{\theta} = \frac{x^\top y}{x^\top x}",
            "(x^T x)^-1 x^T y",
            "dot(x, y)/||x||^2",
        ),
        wrong={
            "mean-of-ratios": ("1/N*Sum(y_i/x_i, (i, 1, N))", "mean(y/x)"),
            "ratio-of-sums": ("sum(y)/sum(x)", "mean(y)/mean(x)"),
            "with-intercept": ("sum((x - mean(x))*(y - mean(y)))/sum((x - mean(x))^2)",),
            "product-of-sums": ("sum(x*y)*sum(x^2)",),
            "inverted": ("sum(x^2)/sum(x*y)",),
            "square-of-the-sum": ("sum(x*y)/sum(x)^2",),
            "mean-above-only": ("1/N*sum(x*y)/sum(x^2)",),
        },
        off=("sum(x*y)", "0", "sum(y)/N", "sum(x*y)/sum(y^2)", "y_1/x_1", "-sum(x*y)/sum(x^2)"),
        unreadable={"UnknownFunction": ("cov(x, y)/var(x)",)},
    ),
    "1b.iii": Part(
        right=(
            "theta - 2*alpha/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",
            r"\theta \leftarrow \theta - \frac{2\alpha}{N}\sum_{i=1}^N (\theta x_i - y_i)x_i",
            "theta + 2*alpha/N*Sum((y_i - theta*x_i)*x_i, (i, 1, N))",
            "(1 - 2*alpha/N*sum(x^2))*theta + 2*alpha/N*sum(x*y)",
            "theta_{t+1} = theta_t - 2*alpha/N*x^T*(theta_t*x - y)",
            "theta - 2*alpha*mean((theta*x - y)*x)",
        ),
        wrong={
            "ascent": ("theta + 2*alpha/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
            "input-lost": ("theta - 2*alpha/N*Sum(theta*x_i - y_i, (i, 1, N))",),
            "lost-two": ("theta - alpha/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
            "lost-mean": ("theta - 2*alpha*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
            "start-lost": ("2*alpha/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
            "start-lost-downhill": ("-2*alpha/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
            "rate-lost": ("theta - 2/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
        },
        off=("theta", "theta - alpha*sum(x*y)", "theta - 2*alpha*(theta*x_i - y_i)*x_i", "(1 - 2*alpha)*theta"),
        unreadable={"UnknownName": ("theta - 2*eta*mean((theta*x - y)*x)",)},
    ),
    "1b.iv": Part(
        right=(
            "2/N*(theta*x_i - y_i)*x_i",
            r"\frac{2}{N}(\theta x_i - y_i)x_i",
            "-2/N*x_i*(y_i - theta*x_i)",
            "2*(theta*x_i^2 - x_i*y_i)/N",
        ),
        convention={
            "as the share of the update": ("-2*alpha/N*(theta*x_i - y_i)*x_i",),
            "as the discussion's step, to be subtracted": ("2*alpha/N*(theta*x_i - y_i)*x_i",),
            "as the discussion's update, with 1/N": ("theta - 2*alpha/N*(theta*x_i - y_i)*x_i",),
            "as the unbiased step of SGD, to be subtracted": ("2*alpha*(theta*x_i - y_i)*x_i",),
            "as the unbiased step of SGD": ("2*alpha*(y_i - theta*x_i)*x_i",),
            "as the unbiased update of SGD, without 1/N": (
                "theta <- theta + 2*alpha*(y_i - theta*x_i)*x_i",
                "(1 - 2*alpha*x_i^2)*theta + 2*alpha*x_i*y_i",
            ),
        },
        wrong={
            "input-lost": ("2/N*(theta*x_i - y_i)",),
            "step-without-input": ("theta - 2*alpha*(theta*x_i - y_i)",),
            "all-points": ("2/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
            "all-points-step": ("theta - 2*alpha/N*Sum((theta*x_i - y_i)*x_i, (i, 1, N))",),
            "lost-mean": ("2*(theta*x_i - y_i)*x_i",),
            "averaged-twice": ("2*(theta*x_i - y_i)*x_i/N^2",),
            "sign": ("2/N*(y_i - theta*x_i)*x_i",),
            "ascent": ("theta + 2*alpha*(theta*x_i - y_i)*x_i",),
        },
        off=("2/N", "x_i^2", "2/N*(theta*x_i - y_i)*x_i^2", "(theta*x_i - y_i)*x_i/N", "y_i/x_i"),
        unreadable={"BadIndex": ("2/N*(theta*x_j - y_j)*x_j",)},
    ),
    "1b.vote": Part(
        right=("c", "C", "(c)", "c."),
        wrong={"all-the-same": ("a",), "residual-only": ("b",), "smaller-counts-more": ("d",), "sign-counts": ("e",)},
    ),
    "1.unbiased": Part(
        right=(["a", "b"], "a b", "ab", "A, B"),
        wrong={
            "turned-round": (["b", "a"], ["c", "a"]),
            "always-unbiased": (["a", "a"],),
            "never-unbiased": (["d", "d"],),
            "replacement": (["e", "b"],),
        },
        off=(["a", "c"], ["a", "d"], ["b", "b"]),
    ),
}

NOTEBOOK: dict[str, Part] = {
    "2.noise": Part(
        right=("a", "A", "(a)", "a)"),
        wrong={"underfitting": ("b",), "size-of-the-test-set": ("c",), "regularisation": ("d",), "leak": ("e",)},
    ),
    "2.width": Part(
        right=("a", "A", "(a)", "a."),
        wrong={"overfits": ("b", "B"), "no-effect": ("c",), "u-shape": ("d",), "all-layers-only": ("e",)},
    ),
    "2.elbows": Part(
        right=("b", "B", "(b)", "b)"),
        wrong={"at-random": ("a",), "extrema-only": ("c",), "outside": ("d",), "all-in-one-place": ("e",)},
    ),
    "2.moves": Part(
        right=("a", "A", "(a)", "a)"), wrong={"fixed": ("b", "B"), "exact": ("c",), "leave": ("d",), "evenly": ("e",)}
    ),
    "2.kinks": Part(
        right=("a", "A", "(a)", "a)"),
        wrong={"heights": ("b", "B"), "offset": ("c",), "noise": ("d",), "values": ("e",)},
    ),
    "2.reg": Part(
        right=("a, c, d", "acd", ["a", "c", "d"], "d, c, a"),
        wrong={
            "by-shrinkage": ("b, c, d",),
            "both-reasons": ("a, b, c, d",),
            "larger-is-better": ("a, c, e",),
            "penalty-irrelevant": ("a, c, f",),
            "ridge-slower": ("a, d",),
        },
        off=("b", "e, f", "a", "a, b, c, d, e, f"),
    ),
    "2.pieces": Part(
        right=("w + 1", "1 + w", "w+1", "2*w - (w - 1)"),
        wrong={"one-per-unit": ("w",), "one-less": ("w - 1",), "powers": ("2^w",), "two-per-unit": ("2*w", "2 w")},
        off=("w + 2", "3*w + 1", "w^2", "1", "2*w + 1"),
        unreadable={"UnknownName": ("n + 1",), "WrongKind": ("w < w + 1",)},
    ),
}


def with_errors(order: Typed, *, part: str, ridge: str, out: str, all_: str) -> Together:
    """An order beside the student's own numbers, which stand under both widths."""
    own = {"ridge": ridge, "out": out, "all": all_}
    return Together({f"q2_{part}": order, "q2_errors": {"10": own, "20": own}})


def one(part: str) -> Part:
    """The rows that both widths share: whatever the order of the numbers is, it is the right one."""

    def row(order: Typed, ridge: str = "0.054", out: str = "0.102", all_: str = "0.0783") -> Together:
        return with_errors(order, part=part, ridge=ridge, out=out, all_=all_)

    sheet = "ridge < all ≈ out" if part == "order10" else "all < ridge < out"
    return Part(
        right=(
            row("ridge < all < out"),
            row("out > all > ridge"),
            row("Output Layer Only > All Layers > Ridge"),
            row(["ridge", "all", "out"]),
            row("Ridge, All Layers, Output Only"),
            row(r"\text{ridge} < \text{all} < \text{out}"),
            row("all < ridge < out", all_="0.02"),
            row("out < ridge < all", out="0.03", all_="0.3"),
            row("all ≈ out > ridge", out="0.1", all_="0.104"),
            row("ridge < out < all", out="0.1", all_="0.096"),
            row("ridge = all = out", ridge="0.1", out="0.102", all_="0.099"),
            row("ridge <= all <= out"),
            {"ridge": "0.054", "out": "0.102", "all": "0.0783"},
            {"Ridge": "5.4e-2", "Output layer only": ".102", "All layers": "0.078"},
        ),
        wrong={
            "from-the-sheet": (row(sheet, out="0.2", ridge="0.09", all_="0.15"),),
            "reversed": (row("out < all < ridge"), row(["out", "all", "ridge"])),
            "numbers-missing": (
                "ridge < all < out",
                row("ridge < all < out", ridge="0.35919016805141923"),
                row("ridge < all < out", ridge="0.359190"),
                row("ridge < all < out", out="12.0"),
                row("ridge < all < out", all_="0"),
                row("ridge < all < out", all_="-0.1"),
                row("ridge < all < out", ridge="0.1", out="0.1", all_="0.1"),
                row("ridge < all < out", ridge=""),
                row("ridge < all < out", ridge="about 0.05"),
                Together(
                    {
                        f"q2_{part}": "ridge < all < out",
                        "q2_errors": {"40": {"ridge": "0.004", "out": "0.008", "all": "0.009"}},
                    }
                ),
                Together({f"q2_{part}": "ridge < all < out", "q2_errors": "0.05, 0.1, 0.08"}),
                {"ridge": "0.054", "out": "0.102"},
                {"ridge": "0.054", "out": "0.102", "all": "7"},
            ),
        },
        off=(
            row("ridge < out < all"),
            row("all < ridge < out" if part == "order10" else "all < out < ridge"),
            row("ridge ≈ all < out"),
            row("ridge = all = out"),
        ),
        unreadable={
            "NoRanking": (row("ridge < all"), row("ridge < sgd < out"), row("a < a < b"), row("ridge < all > out"))
        },
    )


def timed(order: Typed, **times: str) -> Together:
    """An order of the times, beside the student's own."""
    return Together({"q2_time": order, "q2_times": {name.strip("_"): text for name, text in times.items()}})


RANKINGS: dict[str, Part] = {
    "2.order10": one("order10"),
    "2.order20": one("order20"),
    "2.time": Part(
        right=(
            "ridge < out < all",
            "all > out > ridge",
            ["ridge", "out", "all"],
            "Ridge < Output Only ≈ All Layers",
            "all >= out > ridge",
            timed("ridge < all < out", ridge="0.002", out="330", all_="290"),
            timed("ridge < out = all", ridge="0.002", out="306", all_="306"),
            {"ridge": "0.01", "out": "306", "all": "331"},
        ),
        wrong={
            "output-only-slowest": ("ridge < all < out", timed("ridge < all < out", ridge="1", out="3", all_="9")),
            "all-the-same": ("ridge = out = all", "all ≈ out ≈ ridge"),
            "ridge-slowest": ("out < all < ridge", timed("out < all < ridge", ridge="0.01", out="300", all_="400")),
            "reversed": (timed("all < out < ridge", ridge="0.01", out="300", all_="400"),),
            "numbers-missing": (
                timed("ridge < out < all", ridge="0.01", out="300"),
                timed("ridge < out < all", ridge="0", out="300", all_="400"),
            ),
        },
        off=(
            "all < ridge < out",
            "all < out < ridge",
            "out < ridge < all",
            timed("ridge < out = all", ridge="1", out="3", all_="9"),
        ),
        unreadable={"NoRanking": ("fast, slow, slow", "ridge", "ridge < out")},
    ),
}

TABLE: dict[str, Part] = {**CONSTANT, **LINE, **NOTEBOOK, **RANKINGS}

ROWS: tuple[Row, ...] = tuple(rows(TABLE))
