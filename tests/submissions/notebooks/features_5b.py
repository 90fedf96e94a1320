"""Notebooks for 5b: variants that are right, and mistakes with the rule that names each."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

_SVD = "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
_PRINCIPAL = "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
_BOTH = _SVD + _PRINCIPAL
_SCATTER = "plt.scatter(np.arange(1, len(s) + 1), s, s=10)"
_LINES = '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")'
_GRAD = "        model.zero_grad()\n        output.backward()\n        rows.append"
_COLLECT = "    feature_matrix = collect_output_features(X, model)\n"


def _on_training(principal: str, svd: str = _SVD) -> Edits:
    return ((_BOTH, f"{svd}    principal_features = {principal}\n"), (_LINES, _LINES.replace("X_test", "X")))


RIGHT: dict[str, Edits] = {
    "as in our solution": (),
    "features times vh.T at the training points": _on_training("feature_matrix @ vh.T"),
    "np.dot": _on_training("np.dot(feature_matrix, vh.T)"),
    "u * s": _on_training("u * s"),
    "u @ diag(s)": _on_training("u @ np.diag(s)"),
    "np.dot(u, diag(s))": _on_training("np.dot(u, np.diag(s))"),
    "full matrices": _on_training("feature_matrix @ vh.T", "    u, s, vh = np.linalg.svd(feature_matrix)\n"),
    "torch": _on_training(
        "to_numpy(torch.tensor(feature_matrix) @ vh.T)",
        "    u, s, vh = torch.linalg.svd(torch.tensor(feature_matrix), full_matrices=False)\n    s = to_numpy(s)\n",
    ),
    "other signs": _on_training("-(feature_matrix @ vh.T)"),
    "all columns": ((_LINES.split("        plt", maxsplit=1)[0] + "for index in range(min(10, principal_features.shape[1])):", "for index in range(principal_features.shape[1]):"),),
    "first three only": (("range(min(10, principal_features.shape[1]))", "range(3)"),),
    "log axis": ((_SCATTER, "plt.semilogy(np.arange(len(s)), s, 'o')"),),
    "bars": ((_SCATTER, "plt.bar(np.arange(len(s)), s)"),),
    "horizontal bars": ((_SCATTER, "plt.barh(np.arange(len(s)), s)"),),
    "stems": ((_SCATTER, "plt.stem(s)"),),
    "line without an axis": ((_SCATTER, "plt.plot(s)"),),
    "by the Gram matrix": _on_training(
        "feature_matrix @ vh.T",
        "    values, vectors = np.linalg.eigh(feature_matrix.T @ feature_matrix)\n"
        "    s, vh = np.sqrt(np.maximum(values[::-1], 0)), vectors[:, ::-1].T\n",
    ),
    "biases before weights": (("for parameter in model.parameters()])", "for parameter in reversed(list(model.parameters()))])"),),
    "a grid of one's own": (
        (_PRINCIPAL, "    grid = np.linspace(-0.1, 1.1, 300)[:, None]\n    principal_features = collect_output_features(grid, model) @ vh.T\n"),
        (_LINES, _LINES.replace("X_test", "grid")),
    ),
    "float64": (("def to_torch(x):\n    return torch.tensor(x, dtype=torch.float32, device=device)", "def to_torch(x):\n    return torch.tensor(x, device=device).float()"),),
}  # fmt: skip

WRONG: dict[str, tuple[Edits, str | None, str]] = {
    "transposed": (((_COLLECT, "    feature_matrix = collect_output_features(X, model).T\n"), *_on_training("feature_matrix @ vh.T")), "transposed", "1/5"),
    "running sums": (((_GRAD, _GRAD.replace("        model.zero_grad()\n", "")), *_on_training("u * s")), "accumulated", "3/5"),
    "only weights": ((("for parameter in model.parameters()])", "for n, parameter in model.named_parameters() if 'weight' in n])"),), "only-weights", "3/5"),
    "x as a column": (((_COLLECT, "    feature_matrix = np.hstack([collect_output_features(X, model), X])\n"), *_on_training("u * s")), "extra-input", "3/5"),
    "the units' outputs": (((_COLLECT, "    feature_matrix = to_numpy(torch.relu(model[0](to_torch(X))))\n"), *_on_training("u * s")), "unit-outputs", "3/5"),
    "the inputs": (((_COLLECT, "    feature_matrix = X\n"), *_on_training("u * s")), None, "2/5"),
    "centred": (((_COLLECT, "    feature_matrix = collect_output_features(X, model)\n    feature_matrix = feature_matrix - feature_matrix.mean(0)\n"), *_on_training("u * s")), "centred", "3/5"),
    "values of the centred matrix": ((('    plt.figure(figsize=(12, 3), layout="constrained")', "    s = np.linalg.svd(feature_matrix - feature_matrix.mean(0))[1]\n    plt.figure(figsize=(12, 3))"),), "centred", "9/10"),
    "a decomposition per layer": (
        ((_COLLECT, "    feature_matrix = collect_output_features(X, model)[:, : 2 * model[0].out_features]\n"), *_on_training("u * s")),
        "per-layer",
        "3/5",
    ),
    "eigenvalues": (((_SCATTER, "plt.scatter(np.arange(len(s)), s**2)"),), "eigenvalues", "9/10"),
    "u alone": (_on_training("u"), "left-vectors", "4/5"),
    "u times features": (_on_training("u @ feature_matrix", "    u, s, vh = np.linalg.svd(feature_matrix)\n"), "left-times-features", "3/5"),
    "vh not transposed": (_on_training("feature_matrix @ vh"), "not-transposed", "3/5"),
    "rows of vh": (((_BOTH, _SVD), (_LINES, "        plt.plot(vh[index])"), ("principal_features.shape[1]", "vh.shape[0]")), "right-vectors", "3/5"),
    "the features themselves": (_on_training("feature_matrix"), "feature-columns", "3/5"),
    "decomposed again on the test points": (
        ((_PRINCIPAL, "    u2, s2, vh2 = np.linalg.svd(collect_output_features(X_test, model), full_matrices=False)\n    principal_features = u2 * s2\n"),),
        "refit",
        "4/5",
    ),
    "not over x": (((_BOTH, _SVD + "    principal_features = u * s\n"), (_LINES, "        plt.plot(principal_features[:, index])")), "not-over-x", "4/5"),
    "no values drawn": (((_SCATTER, "pass"),), "nothing-drawn", "4/5"),
    "no gradients": (((_GRAD, "        rows.append"),), "no-gradient", "0"),
}  # fmt: skip
