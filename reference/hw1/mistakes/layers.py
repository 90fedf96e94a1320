"""5c: networks of two hidden layers that are none, or of which something is not drawn."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

MISTAKES: dict[str, Edits] = {
    "relu-missing": (
        (
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))",
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.Linear(width, 1))",
        ),
    ),
    "relu-on-output": (
        (
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))",
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1), nn.ReLU())",
        ),
    ),
    "other-widths": (
        (
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))",
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, 1))",
        ),
    ),
    "other-layers": (
        (
            "nn.ReLU(), nn.Linear(width, width), nn.ReLU()",
            "nn.ReLU(), nn.Linear(width, width, bias=False), nn.ReLU()",
        ),
        ('("0.weight", "0.bias", "2.weight", "2.bias")', '("0.weight", "0.bias", "2.weight")'),
    ),
    "no-second-layer": (
        (
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))",
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, 1))",
        ),
    ),
    "other-activation": (
        (
            "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))",
            "nn.Sequential(nn.Linear(1, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1))",
        ),
    ),
    "untrained": (
        (
            (
                "    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)\n"
                "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n"
                "    two"
            ),
            (
                "    optimizer = torch.optim.SGD(net.parameters(), lr=lr_all)\n"
                "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n"
                "    two"
            ),
        ),
    ),
    "trained-is-initial": (
        (
            ("    net = make_two_layer_network(width)\n    trained_net = copy.deepcopy(net)\n"),
            ("    net = make_two_layer_network(width)\n    trained_net = net\n"),
        ),
    ),
    "relu-index": (
        (
            '("0.weight", "0.bias", "2.weight", "2.bias")',
            '("0.weight", "0.bias", "1.weight", "1.bias")',
        ),
    ),
    "layer-left-out": (
        (
            '("0.weight", "0.bias", "2.weight", "2.bias")',
            '("0.weight", "2.weight")',
        ),
    ),
    "arguments-exchanged": (
        (
            "features(X, y, X_test, y_test, network)",
            "features(y, X, X_test, y_test, network)",
        ),
    ),
    "not-decomposed": (
        (
            "y_test, network)",
            "y_test, nets_by_size[width][snapshot])",
        ),
    ),
    "no-plots": (
        (
            '    two_layer_nets_by_size[width] = {"net": net, "trained_net": trained_net, "hist_all": history}',
            ("    two_layer_nets_by_size[width] = dict(nets_by_size[width])\n    kept = [net, trained_net]"),
        ),
    ),
    "state-mismatch": (
        (
            ("    trained_net = copy.deepcopy(net)\n    optimizer"),
            (
                "    trained_net = copy.deepcopy(net)\n"
                '    trained_net.load_state_dict(nets_by_size[width]["net"].state_dict())\n'
                "    optimizer"
            ),
        ),
    ),
    "one-layer-drawn": (
        (
            '("0.weight", "0.bias", "2.weight", "2.bias")',
            '("0.weight", "0.bias")',
        ),
    ),
    "index-beyond": (
        (
            "    principal_features = collect_output_features(X_test, model) @ vh.T\n",
            (
                "    principal_features = collect_output_features(X_test, model) @ vh.T\n"
                "    columns = feature_matrix.shape[1]\n"
            ),
        ),
        (
            "for index in range(min(10, principal_features.shape[1])):",
            "for index in range(columns):",
        ),
        (
            'plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            "plt.plot(X_test, principal_features.T[index])",
        ),
    ),
}
