"""Notebooks for 5a: variants that are right, and mistakes with the rule that names each."""

from __future__ import annotations

from reference.hw1.mistakes.features import BACKWARD, CLEAR, LOOP, MISTAKES, PLOT

Edits = tuple[tuple[str, str], ...]

_TWO_LINES = CLEAR + BACKWARD + LOOP
_APPEND = "gradients.setdefault(name, []).append(to_numpy(parameter.grad).reshape(-1).copy())"
_BODY_END = "    plt.title(title)\n    plt.show()\n\n# %%\nfor width in widths:\n    for snapshot, when"
_IMPORTS = "import copy\n"


def _instead(lines: str) -> Edits:
    return ((_TWO_LINES, f"{lines}\n{LOOP}"),)


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
        (_TWO_LINES, f"        grads = torch.autograd.grad(output, list(model.parameters()))\n{LOOP}"),
        (
            f'{LOOP}\n            if vis_name in ("all", name):\n                {_APPEND}',
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
        (PLOT, "            ax.plot(X.ravel(), column)"),
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
    "scatter": ((PLOT, "            plt.scatter(X, column, s=2)"),),
    "charts of seaborn": (
        ("import numpy as np\n", "import numpy as np\nimport seaborn as sns\nsns.set_theme()\n"),
        (PLOT, "            sns.lineplot(x=X.ravel(), y=column)"),
    ),
    "one subplot a parameter": (
        (PLOT, "            plt.subplot(6, 2, index + 1)\n            plt.plot(X, column)"),
    ),
    "object-oriented axes": (
        ('    plt.figure(figsize=(6, 3), layout="constrained")\n    for name, rows', "    fig, ax = plt.subplots()\n    for name, rows"),
        (PLOT, "            ax.plot(X.ravel(), column)"),
    ),
    "all lines at once": (
        (f"        for index, column in enumerate(np.array(rows).T):\n{PLOT}", "        plt.plot(X, np.array(rows))"),
    ),
    "figure closed and saved": ((_BODY_END, _BODY_END.replace("plt.show()", "plt.savefig('a.png') if False else None\n    plt.close()", 1)),),
    "on the test grid": (("    gradients = {}\n    for x in X:", "    gradients = {}\n    X = X_test\n    for x in X:"),),
    "cuda where there is one": (('torch.device("cpu")  #', 'torch.device("cuda" if torch.cuda.is_available() else "cpu")  #'),),
    "a card that is taken for granted": (
        ('device = torch.device("cpu")', 'device = torch.device("cuda")'),
        ("        output = model(to_torch(x))\n        model", "        output = model.cuda()(to_torch(x).to('cuda:0'))\n        torch.cuda.synchronize()\n        model"),
    ),
    "a card as the default": (
        ('device = torch.device("cpu")', 'torch.set_default_device("cuda")\ndevice = torch.device("cuda")'),
    ),
    "a card for all points at once": (
        ('device = torch.device("cpu")', 'device = torch.device("cuda")'),
        (
            "    gradients = {}\n    for x in X:\n        output = model(to_torch(x))\n" + _TWO_LINES
            + f'\n            if vis_name in ("all", name):\n                {_APPEND}',
            "    from torch.func import functional_call, grad, vmap\n    model = model.to(device)\n"
            "    parameters = {name: value.detach() for name, value in model.named_parameters()}\n"
            "    each = vmap(grad(lambda p, x: functional_call(model, p, (x[None],)).squeeze()), in_dims=(None, 0))\n"
            "    gradients = {name: to_numpy(value.flatten(1)) for name, value in each(parameters, to_torch(X)).items() if vis_name == name}",
        ),
    ),
    "compiled": (("    gradients = {}\n    for x", "    gradients = {}\n    model = torch.compile(model)\n    for x"),),
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
    "hooks on the parameters": (
        _instead(
            "        kept, hooks = {}, []\n        for name, parameter in model.named_parameters():\n"
            "            hooks.append(parameter.register_hook(lambda g, name=name: kept.update({name: g})))\n"
            "        output.backward()\n        for hook in hooks:\n            hook.remove()\n"
            "        for name, parameter in model.named_parameters():\n            parameter.grad = kept[name]"
        )
    ),
    "other parameter names": (
        ("backward_and_plot_grad(X, model, vis_name=", "backward_and_plot_grad(X, net, vis_name="),
        ("        output = model(to_torch(x))\n" + _TWO_LINES, "        model = net\n        output = model(to_torch(x))\n" + _TWO_LINES),
    ),
}  # fmt: skip

WRONG: dict[str, tuple[Edits, str, str]] = {
    # name: (edits, rule, credit of the part)
    "no zero_grad": (MISTAKES["accumulated"], "accumulated", "5/9"),
    "zero_grad once, before the loop": (
        (*_instead("        output.backward()"), ("    gradients = {}\n    for x", "    gradients = {}\n    model.zero_grad()\n    for x")),
        "accumulated",
        "5/9",
    ),
    "zero_grad after backward": (MISTAKES["cleared-after"], "cleared-after", "0"),
    "zeroed after backward": (
        _instead("        output.backward()\n        model.zero_grad(set_to_none=False)"),
        "cleared-after",
        "0",
    ),
    "left blank": (MISTAKES["no-backward"], "no-backward", "0"),
    "the loss": (
        MISTAKES["of-the-loss"],
        "of-the-loss",
        "5/9",
    ),
    "the squared output": (_instead("        model.zero_grad()\n        (output ** 2).backward()"), "of-the-loss", "5/9"),
    "detached": (MISTAKES["detached"], "detached", "0"),
    "a step inside": (
        MISTAKES["step-inside"],
        "step-inside",
        "0",
    ),
    "parameters on the axis": (
        MISTAKES["parameter-index"],
        "parameter-index",
        "5/9",
    ),
    "points on the axis": (MISTAKES["point-index"], "point-index", "2/3"),
    "shuffled points, joined": (
        MISTAKES["unsorted"],
        "unsorted",
        "2/3",
    ),
    "by the input": (
        MISTAKES["by-the-input"],
        "by-the-input",
        "0",
    ),
    "the units": (
        MISTAKES["unit-outputs"],
        "unit-outputs",
        "0",
    ),
    "nothing drawn": (MISTAKES["nothing-drawn"], "nothing-drawn", "0"),
    "by the input, by autograd": (
        (
            (
                "    gradients = {}\n    for x in X:\n        output = model(to_torch(x))\n" + _TWO_LINES
                + f'\n            if vis_name in ("all", name):\n                {_APPEND}',
                "    inputs = to_torch(X).requires_grad_()\n    model(inputs).sum().backward()\n"
                "    gradients = {vis_name: to_numpy(inputs.grad)}",
            ),
        ),
        "by-the-input", "0",
    ),
    "two lines alone": (
        (("        for index, column in enumerate(np.array(rows).T):", "        for index, column in enumerate(np.array(rows).T[:2]):"),),
        "", "5/9",
    ),
    "the weights alone": (MISTAKES["parameter-left-out"], "parameter-left-out", "5/6"),
    "the trained biases left out": (
        (
            (
                'for name in ("0.weight", "0.bias"):\n            backward',
                'for name in ("0.weight", "0.bias") if snapshot == "net" else ("0.weight",):\n            backward',
            ),
        ),
        "parameter-left-out", "5/6",
    ),
    "training that is never called": (
        (
            (
                "    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)\n",
                "    history = []\n",
            ),
            ("    print(f\"width {width}: test error {history[0]['test_error']:.4f} -> {history[-1]['test_error']:.4f}\")\n", ""),
        ),
        "untrained", "5/6",
    ),
    "a single step": ((("n_steps = 150_000", "n_steps = 1"),), "untrained", "5/6"),
    "only the initial network": (
        MISTAKES["only-initial"],
        "only-initial",
        "5/6",
    ),
    "ten lines for any width": (
        MISTAKES["width-written-in"],
        "width-written-in",
        "2/3",
    ),
    "a rate of zero": (MISTAKES["untrained"], "untrained", "5/6"),
    "one network, two names": (
        MISTAKES["trained-is-initial"],
        "trained-is-initial",
        "5/6",
    ),
}  # fmt: skip
