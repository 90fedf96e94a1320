"""5a: what students draw in place of the features of the gradient."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

LOOP = "        for name, parameter in model.named_parameters():"
CLEAR, BACKWARD = "        model.zero_grad()\n", "        output.backward()\n"
_GRADIENTS = f"""    gradients = {{}}
    for x in X:
        output = model(to_torch(x))
{CLEAR}{BACKWARD}{LOOP}
            if vis_name in ("all", name):
                gradients.setdefault(name, []).append(to_numpy(parameter.grad).reshape(-1).copy())"""
_COLUMNS = "        for index, column in enumerate(np.array(rows).T):\n"
PLOT = (
    '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))'
)
_SNAPSHOTS = 'for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:'
_NAMES = '\n        for name in ("0.weight", "0.bias"):'


def _backward(lines: str) -> Edits:
    """Other lines in place of clearing the derivatives and computing them."""
    return ((CLEAR + BACKWARD + LOOP, lines + LOOP),)


MISTAKES: dict[str, Edits] = {
    "accumulated": _backward(BACKWARD),
    "cleared-after": _backward(BACKWARD + CLEAR),
    "no-backward": _backward("        pass\n"),
    "of-the-loss": _backward(
        f"{CLEAR}        target = to_torch(y[np.argmin(np.abs(globals()['X'] - x))])\n"
        "        ((output - target) ** 2).mean().backward()\n"
    ),
    "detached": _backward(f"{CLEAR}        output = output.detach()\n{BACKWARD}"),
    "step-inside": _backward(f"{CLEAR}{BACKWARD}        torch.optim.SGD(model.parameters(), lr=0.01).step()\n"),
    "parameter-index": ((_COLUMNS + PLOT, "        for row in rows:\n            plt.plot(row)"),),
    "point-index": ((PLOT, "            plt.plot(column)"),),
    "unsorted": (
        (PLOT, "            order = np.random.permutation(len(X))\n            plt.plot(X[order], column[order])"),
    ),
    "by-the-input": (
        (
            _GRADIENTS,
            (
                "    W, b, a = (to_numpy(p) for p in (model[0].weight[:, 0], model[0].bias, model[2].weight[0]))\n"
                "    gradients = {vis_name: a * W * (X * W + b > 0)}"
            ),
        ),
    ),
    "unit-outputs": ((_GRADIENTS, "    gradients = {vis_name: to_numpy(torch.relu(model[0](to_torch(X))))}"),),
    "nothing-drawn": ((PLOT, "            pass"),),
    "only-initial": (
        (_SNAPSHOTS + _NAMES, f'for when in ("at initialisation",):{_NAMES}'),
        (
            '            backward_and_plot_grad(X, nets_by_size[width][snapshot], vis_name=name, title=f"{width} units, {name}, {when}")',
            '            backward_and_plot_grad(X, nets_by_size[width]["net"], vis_name=name, title=f"{width} units, {name}")',
        ),
    ),
    "width-written-in": (
        (_COLUMNS + PLOT, "        for index in range(10):\n            plt.plot(X, np.array(rows)[:, index])"),
    ),
    "untrained": (("lr_all = 0.02", "lr_all = 0.0"),),
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
    "parameter-left-out": ((_SNAPSHOTS + _NAMES, _SNAPSHOTS + _NAMES.replace(' "0.bias"', "")),),
    "other-parameters": (('if vis_name in ("all", name):', 'if name == "0.bias":'),),
    "only-trained": ((_SNAPSHOTS + _NAMES, f'for snapshot, when in [("trained_net", "trained")]:{_NAMES}'),),
}
