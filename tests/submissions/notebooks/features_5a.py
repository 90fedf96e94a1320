"""Notebooks for 5a: variants that are right, and mistakes with the rule that names each."""

from __future__ import annotations

Edits = tuple[tuple[str, str], ...]

_LOOP = "        for name, parameter in model.named_parameters():"
_TWO_LINES = "        model.zero_grad()\n        output.backward()\n" + _LOOP
_PLOT = (
    '            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))'
)
_APPEND = "gradients.setdefault(name, []).append(to_numpy(parameter.grad).reshape(-1).copy())"
_BODY_END = "    plt.title(title)\n    plt.show()\n\n# %%\nfor width in widths:\n    for snapshot, when"
_CALL = 'for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:\n        for name in ("0.weight", "0.bias"):'
_DRAW = '            backward_and_plot_grad(X, nets_by_size[width][snapshot], vis_name=name, title=f"{width} units, {name}, {when}")'
_IMPORTS = "import copy\n"


def _instead(lines: str) -> Edits:
    return ((_TWO_LINES, f"{lines}\n{_LOOP}"),)


RIGHT: dict[str, Edits] = {
    "as in our solution": (),
    "grads zeroed one by one, guarded": _instead(
        "        for p in model.parameters():\n            if p.grad is not None:\n                p.grad.zero_()\n        output.backward()"
    ),
    "a library that may be missing": (
        ("import numpy as np\n", "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\n"),
        (_IMPORTS, "try:\n    import google.colab\n    ON_COLAB = True\nexcept ImportError:\n    ON_COLAB = False\nassert not ON_COLAB\n" + _IMPORTS),
    ),
    "sum before backward": _instead("        model.zero_grad()\n        output.sum().backward()"),
    "retain_graph": _instead("        model.zero_grad()\n        output.backward(retain_graph=True)"),
    "set_to_none": _instead("        model.zero_grad(set_to_none=True)\n        output.backward()"),
    "an optimiser clears": _instead(
        "        torch.optim.SGD(model.parameters(), lr=0.1).zero_grad()\n        output.backward()"
    ),
    "clears after reading too": ((_APPEND, f"{_APPEND}\n                parameter.grad.zero_()"),),
    "autograd.grad": (
        (_TWO_LINES, f"        grads = torch.autograd.grad(output, list(model.parameters()))\n{_LOOP}"),
        (
            f'{_LOOP}\n            if vis_name in ("all", name):\n                {_APPEND}',
            '        for (name, _), grad in zip(model.named_parameters(), grads):\n            if vis_name in ("all", name):\n'
            "                gradients.setdefault(name, []).append(to_numpy(grad).reshape(-1))",
        ),
    ),
    "functional jacobian": (
        (
            "    gradients = {}\n    for x in X:\n        output = model(to_torch(x))\n" + _TWO_LINES
            + f'\n            if vis_name in ("all", name):\n                {_APPEND}',
            "    from torch.func import functional_call, jacrev\n    parameters = dict(model.named_parameters())\n"
            "    jacobian = jacrev(lambda p: functional_call(model, p, (to_torch(X),))[:, 0])(parameters)\n"
            "    gradients = {name: to_numpy(value).reshape(len(X), -1) for name, value in jacobian.items()"
            ' if vis_name in ("all", name)}',
        ),
    ),
    "closed form": (
        (
            "    gradients = {}\n    for x in X:\n        output = model(to_torch(x))\n" + _TWO_LINES
            + f'\n            if vis_name in ("all", name):\n                {_APPEND}',
            "    W, b, a = (to_numpy(p) for p in (model[0].weight[:, 0], model[0].bias, model[2].weight[0]))\n"
            "    on = (X * W + b > 0).astype(float)\n"
            '    gradients = {"0.weight": a * X * on, "0.bias": a * on}\n'
            '    gradients = {name: rows for name, rows in gradients.items() if vis_name in ("all", name)}',
        ),
    ),
    "axes and a device as further arguments": (
        ('backward_and_plot_grad(X, model, vis_name="all"', 'backward_and_plot_grad(X, model, ax, device, vis_name="all"'),
        ('    plt.figure(figsize=(6, 3), layout="constrained")\n    for name, rows', "    for name, rows"),
        (_PLOT, "            ax.plot(X.ravel(), column)"),
        ("backward_and_plot_grad(X, nets_by_size[width][snapshot]", "backward_and_plot_grad(X, nets_by_size[width][snapshot], plt.gca(), device"),
    ),
    "double precision inside": (
        (
            "    gradients = {}\n    for x in X:\n        output = model(to_torch(x))",
            "    gradients = {}\n    model = model.double()\n    for x in X:\n        output = model(to_torch(x).double())",
        ),
    ),
    "double precision everywhere": (
        ("device = torch.device", "torch.set_default_dtype(torch.float64)\ndevice = torch.device"),
        ("dtype=torch.float32", "dtype=torch.float64"),
    ),
    "scatter": ((_PLOT, "            plt.scatter(X, column, s=2)"),),
    "one subplot a parameter": (
        (_PLOT, "            plt.subplot(6, 2, index + 1)\n            plt.plot(X, column)"),
    ),
    "object-oriented axes": (
        ('    plt.figure(figsize=(6, 3), layout="constrained")\n    for name, rows', "    fig, ax = plt.subplots()\n    for name, rows"),
        (_PLOT, "            ax.plot(X.ravel(), column)"),
    ),
    "all lines at once": (
        (f"        for index, column in enumerate(np.array(rows).T):\n{_PLOT}", "        plt.plot(X, np.array(rows))"),
    ),
    "figure closed and saved": ((_BODY_END, _BODY_END.replace("plt.show()", "plt.savefig('a.png') if False else None\n    plt.close()", 1)),),
    "on the test grid": (("    gradients = {}\n    for x in X:", "    gradients = {}\n    X = X_test\n    for x in X:"),),
    "cuda where there is one": (('torch.device("cpu")  #', 'torch.device("cuda" if torch.cuda.is_available() else "cpu")  #'),),
    "device chosen in a block": (
        ('device = torch.device("cpu")', 'if torch.cuda.is_available():\n    device = "cuda"\nelse:\n    device = "cpu"\n'),
    ),
    "magics, shell, Colab, widgets": (
        (
            _IMPORTS,
            "%matplotlib inline\n!pip install torchviz\nfrom google.colab import drive\ndrive.mount('/content')\n"
            "import ipywidgets as widgets\nfrom ipywidgets import interactive\nimport torchvision\n"
            "from torchviz import make_dot\nfrom tqdm.notebook import tqdm\nfrom IPython import display\n" + _IMPORTS,
        ),
        ("    for x in X:\n        output = model(to_torch(x))\n        model", "    for x in tqdm(X):\n        output = model(to_torch(x))\n        model"),
    ),
    "redefined further down": (
        ("# %%\nfor width in widths:\n    for snapshot, when", "# %%\ndef to_numpy(x):\n    return x.detach().numpy()\n\n# %%\nfor width in widths:\n    for snapshot, when"),
    ),
    "the last definition counts": (
        (
            "# %%\ndef backward_and_plot_grad(",
            "# %%\ndef backward_and_plot_grad(X, model, vis_name):\n    return wrong\n\n# %%\ndef backward_and_plot_grad(",
        ),
    ),
    "the network's size from a global": (("    gradients = {}\n    for x in X:", "    gradients = {}\n    size = nets_by_size[widths[0]]\n    for x in X:"),),
    "other parameter names": (
        ("backward_and_plot_grad(X, model, vis_name=", "backward_and_plot_grad(X, net, vis_name="),
        ("        output = model(to_torch(x))\n" + _TWO_LINES, "        model = net\n        output = model(to_torch(x))\n" + _TWO_LINES),
    ),
}  # fmt: skip

WRONG: dict[str, tuple[Edits, str, str]] = {
    # name: (edits, rule, credit of the part)
    "no zero_grad": (_instead("        output.backward()"), "accumulated", "5/9"),
    "zero_grad once, before the loop": (
        (*_instead("        output.backward()"), ("    gradients = {}\n    for x", "    gradients = {}\n    model.zero_grad()\n    for x")),
        "accumulated",
        "5/9",
    ),
    "zero_grad after backward": (_instead("        output.backward()\n        model.zero_grad()"), "cleared-after", "0"),
    "zeroed after backward": (
        _instead("        output.backward()\n        model.zero_grad(set_to_none=False)"),
        "cleared-after",
        "0",
    ),
    "left blank": (_instead("        pass"), "no-backward", "0"),
    "the loss": (
        _instead(
            "        model.zero_grad()\n        target = to_torch(y[np.argmin(np.abs(globals()['X'] - x))])\n"
            "        ((output - target) ** 2).mean().backward()"
        ),
        "of-the-loss",
        "5/9",
    ),
    "the squared output": (_instead("        model.zero_grad()\n        (output ** 2).backward()"), "of-the-loss", "5/9"),
    "detached": (_instead("        model.zero_grad()\n        output = output.detach()\n        output.backward()"), "detached", "0"),
    "a step inside": (
        _instead(
            "        model.zero_grad()\n        output.backward()\n        torch.optim.SGD(model.parameters(), lr=0.01).step()"
        ),
        "step-inside",
        "0",
    ),
    "parameters on the axis": (
        ((f"        for index, column in enumerate(np.array(rows).T):\n{_PLOT}", "        for row in rows:\n            plt.plot(row)"),),
        "parameter-index",
        "5/9",
    ),
    "points on the axis": (((_PLOT, "            plt.plot(column)"),), "point-index", "2/3"),
    "shuffled points, joined": (
        ((_PLOT, "            order = np.random.permutation(len(X))\n            plt.plot(X[order], column[order])"),),
        "unsorted",
        "2/3",
    ),
    "by the input": (
        (
            ("    gradients = {}\n    for x in X:\n        output = model(to_torch(x))\n" + _TWO_LINES + f'\n            if vis_name in ("all", name):\n                {_APPEND}',
             "    W, b, a = (to_numpy(p) for p in (model[0].weight[:, 0], model[0].bias, model[2].weight[0]))\n"
             "    gradients = {vis_name: a * W * (X * W + b > 0)}"),
        ),
        "by-the-input",
        "0",
    ),
    "the units": (
        (
            ("    gradients = {}\n    for x in X:\n        output = model(to_torch(x))\n" + _TWO_LINES + f'\n            if vis_name in ("all", name):\n                {_APPEND}',
             "    gradients = {vis_name: to_numpy(torch.relu(model[0](to_torch(X))))}"),
        ),
        "unit-outputs",
        "0",
    ),
    "nothing drawn": (((_PLOT, "            pass"),), "nothing-drawn", "0"),
    "only the initial network": (
        ((_CALL, 'for when in ("at initialisation",):\n        for name in ("0.weight", "0.bias"):'), (_DRAW, _DRAW.replace("[snapshot]", '["net"]').replace(", {when}", ""))),
        "only-initial",
        "5/6",
    ),
    "ten lines for any width": (
        ((f"        for index, column in enumerate(np.array(rows).T):\n{_PLOT}", "        for index in range(10):\n            plt.plot(X, np.array(rows)[:, index])"),),
        "width-written-in",
        "2/3",
    ),
    "a rate of zero": ((("lr_all = 0.02", "lr_all = 0.0"),), "untrained", "5/6"),
    "one network, two names": (
        (('trained_net = copy.deepcopy(nets_by_size[width]["net"])', 'trained_net = nets_by_size[width]["net"]'),
         ('nets_by_size[width]["trained_net"] = trained_net', 'nets_by_size[width]["trained_net"] = nets_by_size[width]["net"]')),
        "trained-is-initial",
        "5/6",
    ),
}  # fmt: skip
