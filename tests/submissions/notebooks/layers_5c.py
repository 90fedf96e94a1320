"""Notebooks for 5c: variants that are right, and mistakes with the rule that names each."""

from __future__ import annotations

from reference.hw1.mistakes.layers import MISTAKES, NAMES, NETWORK

Edits = tuple[tuple[str, str], ...]

_CALL = "        compute_svd_plot_features(X, y, X_test, y_test, network)"
_DRAW = (
    '    for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:\n'
    "        network = two_layer_nets_by_size[width][snapshot]\n"
)
_DRAW_BLOCK = (
    f"# %%\nfor width in widths:\n{_DRAW}        for name in {NAMES}:\n"
    '            backward_and_plot_grad(X, network, vis_name=name, title=f"two layers of {width}, {name}, {when}")\n'
    '        print(f"two layers of {width}, {when}:")\n'
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
    (NETWORK, "TwoLayerNet(width)"),
    ("        net[0].bias.copy_(to_torch(-elbows) * net[0].weight[:, 0])\n    return net\n\n# %%\ntwo", "        net.fc1.bias.copy_(to_torch(-elbows) * net.fc1.weight[:, 0])\n    return net\n\n# %%\ntwo"),
    (NAMES, '("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias")'),
)  # fmt: skip

RIGHT: dict[str, Edits] = {
    "as in our solution": (),
    "a module with fc1, fc2, fc3": _OWN_CLASS,
    "layers made in a loop": (
        (
            NETWORK,
            "nn.Sequential(*[part for i, o in [(1, width), (width, width)] for part in (nn.Linear(i, o), nn.ReLU())], nn.Linear(width, 1))",
        ),
    ),
    "layers from a function": (
        (
            "def make_two_layer_network(width):",
            "def block(i, o):\n    return [nn.Linear(i, o), nn.ReLU()]\n\ndef make_two_layer_network(width):",
        ),
        (NETWORK, "nn.Sequential(*block(1, width), *block(width, width), nn.Linear(width, 1))"),
    ),
    "layers in a list": (
        *_OWN_CLASS[1:],
        (
            "def make_two_layer_network(width):",
            "class TwoLayerNet(nn.Module):\n    def __init__(self, *sizes):\n        super().__init__()\n"
            "        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))\n\n"
            "    def forward(self, x):\n        for layer in self.layers[:-1]:\n            x = layer(x).clamp(min=0)\n"
            "        return self.layers[-1](x)\n\n\ndef make_two_layer_network(width):",
        ),
        ("TwoLayerNet(width)", "TwoLayerNet(1, width, width, 1)"),
        ("net.fc1", "net.layers[0]"),
        (
            '("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias")',
            '("layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias")',
        ),
    ),
    "parameters by hand": (
        (
            "def make_two_layer_network(width):",
            "class Dense(nn.Module):\n    def __init__(self, i, o):\n        super().__init__()\n"
            "        self.weight, self.bias = nn.Parameter(torch.randn(o, i)), nn.Parameter(torch.randn(o))\n\n"
            "    def forward(self, x):\n        return x @ self.weight.T + self.bias\n\n\ndef make_two_layer_network(width):",
        ),
        (NETWORK, NETWORK.replace("nn.Linear", "Dense")),
    ),
    "its own names for its layers": (
        *(
            (old, new.replace("fc1", "first").replace("fc2", "second").replace("fc3", "last"))
            for old, new in _OWN_CLASS
        ),
        (
            "    gradients = {}\n",
            "    first = model.first.weight if hasattr(model, 'first') else model[0].weight\n    gradients = {}\n",
        ),
    ),
    "trained by hand": (
        (
            "        optimizer.step()\n",
            "        with torch.no_grad():\n            for p in net.parameters():\n                p -= 0.02 * p.grad\n",
        ),
    ),
    "the trained state loaded into another network": (
        (
            '    two_layer_nets_by_size[width] = {"net": net, "trained_net": trained_net, "hist_all": history}\n',
            '    final = make_two_layer_network(width)\n    final.load_state_dict(history[-1]["state"])\n'
            '    two_layer_nets_by_size[width] = {"net": net, "trained_net": final, "hist_all": history}\n',
        ),
    ),
    "stepped by hand, beside networks that an optimiser trains": (
        (
            "    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)\n"
            "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n    two",
            "    for _ in range(20000):\n        error = ((trained_net(to_torch(X)) - to_torch(y)) ** 2).mean()\n"
            "        trained_net.zero_grad()\n        error.backward()\n        with torch.no_grad():\n"
            "            for p in trained_net.parameters():\n                p.sub_(0.02 * p.grad)\n"
            "    history = [{'test_error': 1.0}]\n    two",
        ),
    ),
    "one long step of LBFGS": (
        (
            "    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)\n"
            "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n    two",
            "    optimizer = torch.optim.LBFGS(trained_net.parameters(), max_iter=500)\n\n    def closure():\n"
            "        optimizer.zero_grad()\n        error = ((trained_net(to_torch(X)) - to_torch(y)) ** 2).mean()\n"
            "        error.backward()\n        return error\n\n    optimizer.step(closure)\n"
            "    history = [{'test_error': 1.0}]\n    two",
        ),
    ),
    "the first state of the history": (
        (
            '    two_layer_nets_by_size[width] = {"net": net, ',
            '    two_layer_nets_by_size[width] = {"net": trained_net, ',
        ),
        (
            "        network = two_layer_nets_by_size[width][snapshot]\n",
            "        network = two_layer_nets_by_size[width]['trained_net']\n"
            "        at = 0 if snapshot == 'net' else -1\n"
            "        network.load_state_dict(two_layer_nets_by_size[width]['hist_all'][at]['state'])\n",
        ),
    ),
    "trained in place, the initial state loaded back": (
        ('    two_layer_nets_by_size[width] = {"net": net, ', '    two_layer_nets_by_size[width] = {"net": start, '),
        (
            "    trained_net = copy.deepcopy(net)\n    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)\n"
            "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n    two",
            "    trained_net, start = net, copy.deepcopy(net.state_dict())\n    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)\n"
            "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n    two",
        ),
        (
            "        network = two_layer_nets_by_size[width][snapshot]\n",
            "        entry = two_layer_nets_by_size[width]\n        network = entry['trained_net']\n"
            "        network.load_state_dict(entry['net'] if snapshot == 'net' else entry['hist_all'][-1]['state'])\n",
        ),
    ),
    "double precision everywhere": (
        ("device = torch.device", "torch.set_default_dtype(torch.float64)\ndevice = torch.device"),
        ("dtype=torch.float32", "dtype=torch.float64"),
    ),
    "the same dictionary, filled anew": (
        ("two_layer_nets_by_size = {}\n", "nets_by_size = {width: {} for width in widths}\n"),
        ("two_layer_nets_by_size[width] = {", "nets_by_size[width] = {"),
        ("        network = two_layer_nets_by_size[", "        network = nets_by_size["),
    ),
    "epochs and a loader": (
        (
            "    for step in range(1, n_steps + 1):\n        batch = torch.randperm(len(inputs))[: len(inputs) // 5]\n",
            "    loader = torch.utils.data.DataLoader(torch.arange(len(inputs)), batch_size=5, shuffle=True)\n"
            "    step = 0\n    while step < n_steps:\n      for batch in loader:\n        step += 1\n",
        ),
    ),
    "functions that need attributes": (
        *_OWN_CLASS,
        (
            "    gradients = {}\n",
            "    size = model.fc1.out_features if hasattr(model, 'fc1') else model[0].out_features\n    gradients = {}\n",
        ),
    ),
    "an ordered dictionary": (
        (
            NETWORK,
            'nn.Sequential(OrderedDict([("0", nn.Linear(1, width)), ("1", nn.ReLU()), ("2", nn.Linear(width, width)), '
            '("3", nn.ReLU()), ("4", nn.Linear(width, 1))]))',
        ),
        ("import copy\n", "import copy\nfrom collections import OrderedDict\n"),
    ),
    "everything on a card": (
        ('device = torch.device("cpu")', 'device = torch.device("cuda")'),
        (NETWORK, f"{NETWORK}.to(device)"),
    ),
    "a drawing function by another name": (
        ("def backward_and_plot_grad(X, model, vis", "def drawn(X, model, vis"),
        (
            "    plt.title(title)\n    plt.show()\n\n# %%\nfor width in widths:\n    for snap",
            "    plt.title(title)\n    plt.show()\n\nbackward_and_plot_grad = drawn\n\n# %%\nfor width in widths:\n    for snap",
        ),
    ),
    "all derivatives in one figure": ((NAMES, '("all",)'),),
    "a layer in each figure": (
        (NAMES, '("0", "2")'),
        ('if vis_name in ("all", name)', 'if vis_name == "all" or name.startswith(vis_name)'),
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
    "no second ReLU": (MISTAKES["relu-missing"], "relu-missing", "4/5"),
    "a ReLU on the output": (MISTAKES["relu-on-output"], "relu-on-output", "4/5"),
    "no bias in the middle": (MISTAKES["other-layers"], "other-layers", "4/5"),
    "a normalisation between": (
        ((NETWORK, NETWORK.replace("nn.Linear(width, width), ", "nn.Linear(width, width), nn.BatchNorm1d(width), ")),),
        "other-layers", "7/10",
    ),
    "other widths": (
        MISTAKES["other-widths"],
        "other-widths",
        "4/5",
    ),
    "one hidden layer again": (MISTAKES["no-second-layer"], "no-second-layer", "0"),
    "a module without the second ReLU": ((*_OWN_CLASS, ("x = torch.relu(self.fc2(x))", "x = self.fc2(x)")), "relu-missing", "4/5"),
    "another activation": (MISTAKES["other-activation"], "other-activation", "4/5"),
    "one ReLU less, in a loop": (
        ((NETWORK, "nn.Sequential(*[part for i, o in [(1, width)] for part in (nn.Linear(i, o), nn.ReLU())], nn.Linear(width, width), nn.Linear(width, 1))"),),
        "relu-missing",
        "4/5",
    ),
    "a third hidden layer": (
        ((NETWORK, NETWORK.replace("nn.Linear(width, 1)", "nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1)")),),
        "other-widths",
        "4/5",
    ),
    "the optimiser of the other network": (
        MISTAKES["untrained"],
        "untrained",
        "9/10",
    ),
    "no copy": (
        MISTAKES["trained-is-initial"],
        "trained-is-initial",
        "9/10",
    ),
    "the ReLU's number": (MISTAKES["relu-index"], "relu-index", "9/10"),
    "no biases": (MISTAKES["layer-left-out"], "layer-left-out", "9/10"),
    "no derivatives": (((NAMES, "()"),), "layer-left-out", "9/10"),
    "x and y exchanged": (MISTAKES["arguments-exchanged"], "arguments-exchanged", "9/10"),
    "nothing decomposed": (MISTAKES["not-decomposed"], "not-decomposed", "9/10"),
    "only networks of one layer drawn": (
        MISTAKES["no-plots"],
        "no-plots",
        "4/5",
    ),
    "a leaking ReLU": (((NETWORK, NETWORK.replace("nn.ReLU()", "nn.LeakyReLU(0.1)")),), "other-activation", "4/5"),
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
        MISTAKES["state-mismatch"],
        "state-mismatch",
        "9/10",
    ),
    "the first hidden layer alone drawn": (MISTAKES["one-layer-drawn"], "one-layer-drawn", "9/10"),
    "a rate of zero": ((("lr_all = 0.02", "lr_all = 0.0"),), "untrained", "9/10"),
    "a loop beyond a thin decomposition": (
        MISTAKES["index-beyond"],
        "index-beyond",
        "19/20",
    ),
}  # fmt: skip
