"""5b: what students decompose or draw in place of the principal features."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

MISTAKES: dict[str, Edits] = {
    "transposed": (
        (
            "    feature_matrix = collect_output_features(X, model)\n",
            "    feature_matrix = collect_output_features(X, model).T\n",
        ),
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = feature_matrix @ vh.T\n"
            ),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "accumulated": (
        (
            ("        model.zero_grad()\n        output.backward()\n        rows.append"),
            ("        output.backward()\n        rows.append"),
        ),
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    principal_features = u * s\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "only-weights": (
        (
            "for parameter in model.parameters()])",
            "for n, parameter in model.named_parameters() if 'weight' in n])",
        ),
    ),
    "extra-input": (
        (
            "    feature_matrix = collect_output_features(X, model)\n",
            "    feature_matrix = np.hstack([collect_output_features(X, model), X])\n",
        ),
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    principal_features = u * s\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "unit-outputs": (
        (
            "    feature_matrix = collect_output_features(X, model)\n",
            "    feature_matrix = to_numpy(torch.relu(model[0](to_torch(X))))\n",
        ),
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    principal_features = u * s\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "centred": (
        (
            "    feature_matrix = collect_output_features(X, model)\n",
            (
                "    feature_matrix = collect_output_features(X, model)\n"
                "    feature_matrix = feature_matrix - feature_matrix.mean(0)\n"
            ),
        ),
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    principal_features = u * s\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "per-layer": (
        (
            "    feature_matrix = collect_output_features(X, model)\n",
            "    feature_matrix = collect_output_features(X, model)[:, : 2 * model[0].out_features]\n",
        ),
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    principal_features = u * s\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "eigenvalues": (
        (
            "plt.scatter(np.arange(1, len(s) + 1), s, s=10)",
            "plt.scatter(np.arange(len(s)), s**2)",
        ),
    ),
    "left-vectors": (
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    principal_features = u\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "left-times-features": (
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix)\n    principal_features = u @ feature_matrix\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "not-transposed": (
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = feature_matrix @ vh\n"
            ),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "right-vectors": (
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n",
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            "        plt.plot(vh[index])",
        ),
        (
            "principal_features.shape[1]",
            "vh.shape[0]",
        ),
    ),
    "feature-columns": (
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = feature_matrix\n"
            ),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            '        plt.plot(X, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
        ),
    ),
    "refit": (
        (
            "    principal_features = collect_output_features(X_test, model) @ vh.T\n",
            (
                "    u2, s2, vh2 = np.linalg.svd(collect_output_features(X_test, model), full_matrices=False)\n"
                "    principal_features = u2 * s2\n"
            ),
        ),
    ),
    "not-over-x": (
        (
            (
                "    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n"
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
            ),
            ("    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    principal_features = u * s\n"),
        ),
        (
            '        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            "        plt.plot(principal_features[:, index])",
        ),
    ),
    "nothing-drawn": (
        (
            "plt.scatter(np.arange(1, len(s) + 1), s, s=10)",
            "pass",
        ),
    ),
    "no-gradient": (
        (
            ("        model.zero_grad()\n        output.backward()\n        rows.append"),
            "        rows.append",
        ),
    ),
    "index-beyond": (
        ("for index in range(min(10, principal_features.shape[1])):", "for index in range(len(feature_matrix)):"),
    ),
}
