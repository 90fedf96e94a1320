"""5b: what students decompose or draw in place of the principal features."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

COLLECT = "    feature_matrix = collect_output_features(X, model)\n"
SVD = "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
PRINCIPAL = "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
SCATTER = "plt.scatter(np.arange(1, len(s) + 1), s, s=10)"
LINE = '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")'
_BACKWARD = "        model.zero_grad()\n        output.backward()\n        rows.append"


def on_training(principal: str, svd: str = SVD) -> Edits:
    """Principal features at the training points, computed in another way."""
    return (
        (SVD + PRINCIPAL, f"{svd}    principal_features = {principal}\n"),
        (LINE, LINE.replace("X_test", "X")),
    )


def _of(matrix: str, principal: str = "u * s") -> Edits:
    """Another matrix decomposed, and drawn at the training points."""
    return ((COLLECT, f"    feature_matrix = {matrix}\n"), *on_training(principal))


MISTAKES: dict[str, Edits] = {
    "transposed": _of("collect_output_features(X, model).T", "feature_matrix @ vh.T"),
    "accumulated": ((_BACKWARD, _BACKWARD.replace("        model.zero_grad()\n", "")), *on_training("u * s")),
    "only-weights": (
        (
            "for parameter in model.parameters()])",
            "for n, parameter in model.named_parameters() if 'weight' in n])",
        ),
    ),
    "extra-input": _of("np.hstack([collect_output_features(X, model), X])"),
    "unit-outputs": _of("to_numpy(torch.relu(model[0](to_torch(X))))"),
    "centred": (
        (COLLECT, f"{COLLECT}    feature_matrix = feature_matrix - feature_matrix.mean(0)\n"),
        *on_training("u * s"),
    ),
    "per-layer": _of("collect_output_features(X, model)[:, : 2 * model[0].out_features]"),
    "eigenvalues": ((SCATTER, "plt.scatter(np.arange(len(s)), s**2)"),),
    "left-vectors": on_training("u"),
    "left-times-features": on_training("u @ feature_matrix", "    u, s, vh = np.linalg.svd(feature_matrix)\n"),
    "not-transposed": on_training("feature_matrix @ vh"),
    "right-vectors": (
        (SVD + PRINCIPAL, SVD),
        (LINE, "        plt.plot(vh[index])"),
        ("principal_features.shape[1]", "vh.shape[0]"),
    ),
    "feature-columns": on_training("feature_matrix"),
    "refit": (
        (
            PRINCIPAL,
            (
                "    u2, s2, vh2 = np.linalg.svd(collect_output_features(X_test, model), full_matrices=False)\n"
                "    principal_features = u2 * s2\n"
            ),
        ),
    ),
    "not-over-x": (
        (SVD + PRINCIPAL, f"{SVD}    principal_features = u * s\n"),
        (LINE, "        plt.plot(principal_features[:, index])"),
    ),
    "nothing-drawn": ((SCATTER, "pass"),),
    "no-gradient": ((_BACKWARD, "        rows.append"),),
    "index-beyond": (
        ("for index in range(min(10, principal_features.shape[1])):", "for index in range(len(feature_matrix)):"),
    ),
}
