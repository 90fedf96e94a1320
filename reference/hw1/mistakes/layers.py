"""5c: networks of two hidden layers that are none, or of which something is not drawn."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

NETWORK = "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))"
NAMES = '("0.weight", "0.bias", "2.weight", "2.bias")'
_COPY = "    trained_net = copy.deepcopy(net)\n"
_TRAINING = """    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)
    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)
    two"""
_PRINCIPAL = "    principal_features = collect_output_features(X_test, model) @ vh.T\n"


def _network(*changes: tuple[str, str]) -> Edits:
    """Another network."""
    other = NETWORK
    for old, new in changes:
        other = other.replace(old, new)
    return ((NETWORK, other),)


MISTAKES: dict[str, Edits] = {
    "relu-missing": _network(("(width, width), nn.ReLU()", "(width, width)")),
    "relu-on-output": _network(("nn.Linear(width, 1)", "nn.Linear(width, 1), nn.ReLU()")),
    "other-widths": _network(("(width, width)", "(width, 2 * width)"), ("(width, 1)", "(2 * width, 1)")),
    "other-layers": (
        *_network(("(width, width)", "(width, width, bias=False)")),
        (NAMES, '("0.weight", "0.bias", "2.weight")'),
    ),
    "no-second-layer": _network((" nn.Linear(width, width), nn.ReLU(),", "")),
    "other-activation": _network(("nn.ReLU", "nn.Tanh")),
    "untrained": ((_TRAINING, _TRAINING.replace("SGD(trained_net", "SGD(net")),),
    "trained-is-initial": (
        (
            f"    net = make_two_layer_network(width)\n{_COPY}",
            "    net = make_two_layer_network(width)\n    trained_net = net\n",
        ),
    ),
    "relu-index": ((NAMES, '("0.weight", "0.bias", "1.weight", "1.bias")'),),
    "layer-left-out": ((NAMES, '("0.weight", "2.weight")'),),
    "arguments-exchanged": (("features(X, y, X_test, y_test, network)", "features(y, X, X_test, y_test, network)"),),
    "not-decomposed": (("y_test, network)", "y_test, nets_by_size[width][snapshot])"),),
    "no-plots": (
        (
            '    two_layer_nets_by_size[width] = {"net": net, "trained_net": trained_net, "hist_all": history}',
            "    two_layer_nets_by_size[width] = dict(nets_by_size[width])\n    kept = [net, trained_net]",
        ),
    ),
    "state-mismatch": (
        (
            f"{_COPY}    optimizer",
            f'{_COPY}    trained_net.load_state_dict(nets_by_size[width]["net"].state_dict())\n    optimizer',
        ),
    ),
    "one-layer-drawn": ((NAMES, '("0.weight", "0.bias")'),),
    "index-beyond": (
        (_PRINCIPAL, f"{_PRINCIPAL}    columns = feature_matrix.shape[1]\n"),
        ("for index in range(min(10, principal_features.shape[1])):", "for index in range(columns):"),
        (
            'plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")',
            "plt.plot(X_test, principal_features.T[index])",
        ),
    ),
}
