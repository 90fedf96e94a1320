"""5a: what students draw in place of the features of the gradient."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

MISTAKES: dict[str, Edits] = {
    "accumulated": (
        (
            (
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
            ("        output.backward()\n        for name, parameter in model.named_parameters():"),
        ),
    ),
    "cleared-after": (
        (
            (
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
            (
                "        output.backward()\n"
                "        model.zero_grad()\n"
                "        for name, parameter in model.named_parameters():"
            ),
        ),
    ),
    "no-backward": (
        (
            (
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
            ("        pass\n        for name, parameter in model.named_parameters():"),
        ),
    ),
    "of-the-loss": (
        (
            (
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
            (
                "        model.zero_grad()\n"
                "        target = to_torch(y[np.argmin(np.abs(globals()['X'] - x))])\n"
                "        ((output - target) ** 2).mean().backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
        ),
    ),
    "detached": (
        (
            (
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
            (
                "        model.zero_grad()\n"
                "        output = output.detach()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
        ),
    ),
    "step-inside": (
        (
            (
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():"
            ),
            (
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        torch.optim.SGD(model.parameters(), lr=0.01).step()\n"
                "        for name, parameter in model.named_parameters():"
            ),
        ),
    ),
    "parameter-index": (
        (
            (
                "        for index, column in enumerate(np.array(rows).T):\n"
                '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))'
            ),
            ("        for row in rows:\n            plt.plot(row)"),
        ),
    ),
    "point-index": (
        (
            '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))',
            "            plt.plot(column)",
        ),
    ),
    "unsorted": (
        (
            '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))',
            ("            order = np.random.permutation(len(X))\n            plt.plot(X[order], column[order])"),
        ),
    ),
    "by-the-input": (
        (
            (
                "    gradients = {}\n"
                "    for x in X:\n"
                "        output = model(to_torch(x))\n"
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():\n"
                '            if vis_name in ("all", name):\n'
                "                gradients.setdefault(name, []).append(to_numpy(parameter.grad).reshape(-1).copy())"
            ),
            (
                "    W, b, a = (to_numpy(p) for p in (model[0].weight[:, 0], model[0].bias, model[2].weight[0]))\n"
                "    gradients = {vis_name: a * W * (X * W + b > 0)}"
            ),
        ),
    ),
    "unit-outputs": (
        (
            (
                "    gradients = {}\n"
                "    for x in X:\n"
                "        output = model(to_torch(x))\n"
                "        model.zero_grad()\n"
                "        output.backward()\n"
                "        for name, parameter in model.named_parameters():\n"
                '            if vis_name in ("all", name):\n'
                "                gradients.setdefault(name, []).append(to_numpy(parameter.grad).reshape(-1).copy())"
            ),
            "    gradients = {vis_name: to_numpy(torch.relu(model[0](to_torch(X))))}",
        ),
    ),
    "nothing-drawn": (
        (
            '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))',
            "            pass",
        ),
    ),
    "only-initial": (
        (
            (
                'for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:\n'
                '        for name in ("0.weight", "0.bias"):'
            ),
            ('for when in ("at initialisation",):\n        for name in ("0.weight", "0.bias"):'),
        ),
        (
            '            backward_and_plot_grad(X, nets_by_size[width][snapshot], vis_name=name, title=f"{width} units, {name}, {when}")',
            '            backward_and_plot_grad(X, nets_by_size[width]["net"], vis_name=name, title=f"{width} units, {name}")',
        ),
    ),
    "width-written-in": (
        (
            (
                "        for index, column in enumerate(np.array(rows).T):\n"
                '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))'
            ),
            ("        for index in range(10):\n            plt.plot(X, np.array(rows)[:, index])"),
        ),
    ),
    "untrained": (
        (
            "lr_all = 0.02",
            "lr_all = 0.0",
        ),
    ),
    "trained-is-initial": (
        (
            'trained_net = copy.deepcopy(nets_by_size[width]["net"])',
            'trained_net = nets_by_size[width]["net"]',
        ),
        (
            'nets_by_size[width]["trained_net"] = trained_net',
            'nets_by_size[width]["trained_net"] = nets_by_size[width]["net"]',
        ),
    ),
    "parameter-left-out": (
        (
            (
                'for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:\n'
                '        for name in ("0.weight", "0.bias"):'
            ),
            (
                'for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:\n'
                '        for name in ("0.weight",):'
            ),
        ),
    ),
    "other-parameters": (('if vis_name in ("all", name):', 'if name == "0.bias":'),),
    "only-trained": (
        (
            (
                'for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:\n'
                '        for name in ("0.weight", "0.bias"):'
            ),
            'for snapshot, when in [("trained_net", "trained")]:\n        for name in ("0.weight", "0.bias"):',
        ),
    ),
}
