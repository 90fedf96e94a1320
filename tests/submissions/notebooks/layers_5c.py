"""Notebooks for 5c: variants that are right, and mistakes with the rule that names each."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

_MODEL = "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))"
_NAMES = '("0.weight", "0.bias", "2.weight", "2.bias")'
_CALL = "        compute_svd_plot_features(X, y, X_test, y_test, network)"
_DRAW = (
    '    for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:\n'
    "        network = two_layer_nets_by_size[width][snapshot]\n"
)
_DRAW_BLOCK = (
    f"# %%\nfor width in widths:\n{_DRAW}        for name in {_NAMES}:\n"
    '            backward_and_plot_grad(X, network, vis_name=name, title=f"two layers of {width}, {name}, {when}")\n'
    f"{_CALL}"
)
_CLASS = """class TwoLayerNet(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(1, width)
        self.fc2 = nn.Linear(width, width)
        self.fc3 = nn.Linear(width, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.fc3(x)


def make_two_layer_network(width):"""
_OWN_CLASS: Edits = (
    ("def make_two_layer_network(width):", _CLASS),
    (_MODEL, "TwoLayerNet(width)"),
    ("        net[0].bias.copy_(to_torch(-elbows) * net[0].weight[:, 0])\n    return net\n\n# %%\ntwo", "        net.fc1.bias.copy_(to_torch(-elbows) * net.fc1.weight[:, 0])\n    return net\n\n# %%\ntwo"),
    (_NAMES, '("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias")'),
)  # fmt: skip

RIGHT: dict[str, Edits] = {
    "as in our solution": (),
    "a module with fc1, fc2, fc3": _OWN_CLASS,
    "functions that need attributes": (
        *_OWN_CLASS,
        (
            "    gradients = {}\n",
            "    size = model.fc1.out_features if hasattr(model, 'fc1') else model[0].out_features\n    gradients = {}\n",
        ),
    ),
    "an ordered dictionary": (
        (
            _MODEL,
            'nn.Sequential(OrderedDict([("0", nn.Linear(1, width)), ("1", nn.ReLU()), ("2", nn.Linear(width, width)), '
            '("3", nn.ReLU()), ("4", nn.Linear(width, 1))]))',
        ),
        ("import copy\n", "import copy\nfrom collections import OrderedDict\n"),
    ),
    "other names of the dictionary": (("two_layer_nets_by_size", "nets_by_size_2hl"),),
    "drawing functions of its own": (
        (
            "# %%\ndef make_two_layer_network",
            "# %%\ndef backward_and_plot_grad_2layer(X, model, vis_name='all', title='', legend=False):\n"
            "    backward_and_plot_grad(X, model, vis_name, title, legend)\n\n# %%\ndef make_two_layer_network",
        ),
        ("            backward_and_plot_grad(X, network", "            backward_and_plot_grad_2layer(X, network"),
    ),
}

WRONG: dict[str, tuple[Edits, str, str]] = {
    "no second ReLU": (((_MODEL, _MODEL.replace("nn.Linear(width, width), nn.ReLU()", "nn.Linear(width, width)")),), "relu-missing", "4/5"),
    "a ReLU on the output": (((_MODEL, _MODEL.replace("nn.Linear(width, 1))", "nn.Linear(width, 1), nn.ReLU())")),), "relu-on-output", "4/5"),
    "other widths": (
        ((_MODEL, _MODEL.replace("nn.Linear(width, width)", "nn.Linear(width, 2 * width)").replace("nn.Linear(width, 1)", "nn.Linear(2 * width, 1)")),),
        "other-widths",
        "4/5",
    ),
    "one hidden layer again": (((_MODEL, "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, 1))"),), "no-second-layer", "0"),
    "a module without the second ReLU": ((*_OWN_CLASS, ("x = torch.relu(self.fc2(x))", "x = self.fc2(x)")), "relu-missing", "4/5"),
    "the ReLU's number": (((_NAMES, '("0.weight", "0.bias", "1.weight", "1.bias")'),), "relu-index", "9/10"),
    "no plots": (((_DRAW_BLOCK, "# %%\nprint('done')"),), "no-plots", "4/5"),
    "never trained": (
        (
            (
                "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n"
                '    two_layer_nets_by_size[width] = {"net": net, "trained_net": trained_net, "hist_all": history}\n'
                "    print(f\"width {width}: test error {history[0]['test_error']:.4f} -> {history[-1]['test_error']:.4f}\")",
                '    two_layer_nets_by_size[width] = {"net": net, "other": net}',
            ),
            ("    net = make_two_layer_network(width)\n    trained_net = copy.deepcopy(net)\n    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)\n", "    net = make_two_layer_network(width)\n"),
            (_DRAW, '    for snapshot, when in [("net", "first"), ("other", "last")]:\n        network = two_layer_nets_by_size[width][snapshot]\n'),
        ),
        "untrained",
        "9/10",
    ),
    "the state of one layer": (
        (("    trained_net = copy.deepcopy(net)\n    optimizer", '    trained_net = copy.deepcopy(net)\n    trained_net.load_state_dict(nets_by_size[width]["net"].state_dict())\n    optimizer'),),
        "state-mismatch",
        "9/10",
    ),
    "a loop beyond a thin decomposition": (
        (
            ("    principal_features = collect_output_features(X_test, model) @ vh.T\n", "    principal_features = collect_output_features(X_test, model) @ vh.T\n    columns = feature_matrix.shape[1]\n"),
            ("for index in range(min(10, principal_features.shape[1])):", "for index in range(columns):"),
            ('plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")', "plt.plot(X_test, principal_features.T[index])"),
        ),
        "index-beyond",
        "19/20",
    ),
}  # fmt: skip
