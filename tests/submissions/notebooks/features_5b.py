"""Notebooks for 5b: variants that are right, and mistakes with the rule that names each."""

from __future__ import annotations

from reference.hw1.mistakes.decomposition import COLLECT, LINE, MISTAKES, PRINCIPAL, SCATTER, SVD, on_training

Edits = tuple[tuple[str, str], ...]

_BOTH = SVD + PRINCIPAL

RIGHT: dict[str, Edits] = {
    "as in our solution": (),
    "features times vh.T at the training points": on_training("feature_matrix @ vh.T"),
    "np.dot": on_training("np.dot(feature_matrix, vh.T)"),
    "u * s": on_training("u * s"),
    "u @ diag(s)": on_training("u @ np.diag(s)"),
    "np.dot(u, diag(s))": on_training("np.dot(u, np.diag(s))"),
    "full matrices": on_training("feature_matrix @ vh.T", "    u, s, vh = np.linalg.svd(feature_matrix)\n"),
    "torch": on_training(
        "to_numpy(torch.tensor(feature_matrix) @ vh.T)",
        "    u, s, vh = torch.linalg.svd(torch.tensor(feature_matrix), full_matrices=False)\n    s = to_numpy(s)\n",
    ),
    "other signs": on_training("-(feature_matrix @ vh.T)"),
    "all columns": ((LINE.split("        plt", maxsplit=1)[0] + "for index in range(min(10, principal_features.shape[1])):", "for index in range(principal_features.shape[1]):"),),
    "first three only": (("range(min(10, principal_features.shape[1]))", "range(3)"),),
    "log axis": ((SCATTER, "plt.semilogy(np.arange(len(s)), s, 'o')"),),
    "bars": ((SCATTER, "plt.bar(np.arange(len(s)), s)"),),
    "horizontal bars": ((SCATTER, "plt.barh(np.arange(len(s)), s)"),),
    "stems": ((SCATTER, "plt.stem(s)"),),
    "line without an axis": ((SCATTER, "plt.plot(s)"),),
    "by the Gram matrix": on_training(
        "feature_matrix @ vh.T",
        "    values, vectors = np.linalg.eigh(feature_matrix.T @ feature_matrix)\n"
        "    s, vh = np.sqrt(np.maximum(values[::-1], 0)), vectors[:, ::-1].T\n",
    ),
    "biases before weights": (("for parameter in model.parameters()])", "for parameter in reversed(list(model.parameters()))])"),),
    "a grid of one's own": (
        (PRINCIPAL, "    grid = np.linspace(-0.1, 1.1, 300)[:, None]\n    principal_features = collect_output_features(grid, model) @ vh.T\n"),
        (LINE, LINE.replace("X_test", "grid")),
    ),
    "the decomposition of the columns' products": on_training(
        "feature_matrix @ vh.T",
        "    u, s, vh = np.linalg.svd(feature_matrix.T @ feature_matrix)\n    s = np.sqrt(s)\n",
    ),
    "the decomposition of the rows' products": on_training(
        "u * s", "    u, s, _ = np.linalg.svd(feature_matrix @ feature_matrix.T)\n    s = np.sqrt(s)\n"
    ),
    "a low rank": on_training(
        "(torch.tensor(feature_matrix) @ v).numpy()",
        "    u, s, v = torch.pca_lowrank(torch.tensor(feature_matrix), q=6, center=False)\n",
    ),
    "an estimator that is not here": on_training(
        "model_of.transform(feature_matrix)",
        "    from sklearn.decomposition import TruncatedSVD\n    model_of = TruncatedSVD(n_components=6).fit(feature_matrix)\n    s = model_of.singular_values_\n",
    ),
    "the first three of both": on_training("(feature_matrix @ vh.T)[:, :3]", f"{SVD}    s = s[:3]\n"),
    "logarithms": ((SCATTER, "plt.plot(np.log10(s), 'o')"),),
    "decibels": ((SCATTER, "plt.bar(range(len(s)), 20 * np.log10(s / s[0]))"),),
    "divided by the largest": ((SCATTER, "plt.plot(s / s[0], 'o')"),),
    "the first five values": ((SCATTER, "plt.stem(s[:5])"),),
    "float64": (("def to_torch(x):\n    return torch.tensor(x, dtype=torch.float32, device=device)", "def to_torch(x):\n    return torch.tensor(x, device=device).float()"),),
}  # fmt: skip

WRONG: dict[str, tuple[Edits, str | None, str]] = {
    "transposed": (MISTAKES["transposed"], "transposed", "1/5"),
    "running sums": (MISTAKES["accumulated"], "accumulated", "3/5"),
    "only weights": (MISTAKES["only-weights"], "only-weights", "3/5"),
    "x as a column": (MISTAKES["extra-input"], "extra-input", "3/5"),
    "the units' outputs": (MISTAKES["unit-outputs"], "unit-outputs", "3/5"),
    "the inputs": (((COLLECT, "    feature_matrix = X\n"), *on_training("u * s")), None, "2/5"),
    "centred": (MISTAKES["centred"], "centred", "3/5"),
    "values of the centred matrix": ((('    plt.figure(figsize=(12, 3), layout="constrained")', "    s = np.linalg.svd(feature_matrix - feature_matrix.mean(0))[1]\n    plt.figure(figsize=(12, 3))"),), "centred", "9/10"),
    "a decomposition per layer": (
        MISTAKES["per-layer"],
        "per-layer",
        "3/5",
    ),
    "eigenvalues": (MISTAKES["eigenvalues"], "eigenvalues", "9/10"),
    "eigenvalues of the columns' products": (
        on_training("feature_matrix @ vh.T", "    u, s, vh = np.linalg.svd(feature_matrix.T @ feature_matrix)\n"), "eigenvalues", "9/10",
    ),
    "shares of the variance": (((SCATTER, "plt.plot(s ** 2 / np.sum(s ** 2))"),), "eigenvalues", "9/10"),
    "logarithms of the squares": (((SCATTER, "plt.plot(np.log(s ** 2))"),), None, "4/5"),
    "running sums of the values": (((SCATTER, "plt.plot(np.cumsum(s) / s.sum())"),), None, "4/5"),
    "torch's vh, not transposed": (
        (
            *on_training(
                "(F @ vh).numpy()",
                "    F = torch.tensor(feature_matrix)\n    u, s, vh = torch.linalg.svd(F, full_matrices=False)\n",
            ),
            ("range(min(10, principal_features.shape[1]))", "range(principal_features.shape[1])"),
        ),
        "not-transposed", "3/5",
    ),
    "principal components": (
        on_training(
            "pca.fit_transform(feature_matrix)",
            "    from sklearn.decomposition import PCA\n    pca = PCA()\n    s = pca.fit(feature_matrix).singular_values_\n",
        ),
        "centred", "3/5",
    ),
    "u alone": (MISTAKES["left-vectors"], "left-vectors", "4/5"),
    "u times features": (MISTAKES["left-times-features"], "left-times-features", "3/5"),
    "vh not transposed": (MISTAKES["not-transposed"], "not-transposed", "3/5"),
    "rows of vh": (MISTAKES["right-vectors"], "right-vectors", "3/5"),
    "the features themselves": (MISTAKES["feature-columns"], "feature-columns", "3/5"),
    "decomposed again on the test points": (
        MISTAKES["refit"],
        "refit",
        "4/5",
    ),
    "not over x": (MISTAKES["not-over-x"], "not-over-x", "4/5"),
    "no values drawn": (MISTAKES["nothing-drawn"], "nothing-drawn", "4/5"),
    "no gradients": (MISTAKES["no-gradient"], "no-gradient", "0"),
}  # fmt: skip
