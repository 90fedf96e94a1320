"""Notebooks as different people write them, from the first line: a prelude in the course's style, and their own functions.

Each entry: the cells behind the prelude, and what 5a and 5b must come to: the rule that is named, "?" where none is, "" where all is right.
"""

from __future__ import annotations

PRELUDE = """%matplotlib inline
import numpy as np, torch, copy, time
import torch.nn as nn
import torch.optim as optim
import matplotlib.pyplot as plt
import ipywidgets as widgets
from ipywidgets import interactive, fixed
from tqdm.notebook import tqdm
if torch.cuda.is_available():
    device = torch.device("cuda")
else:
    device = torch.device("cpu")

# %%
f_type = 'piecewise_linear'

def f_true(X, f_type):
    if f_type == 'sin(20x)':
        return np.sin(20 * X[:,0])
    else:
        TenX = 10 * X[:,0]
        _ = 12345
        return (TenX - np.floor(TenX)) * np.sin(_ * np.ceil(TenX)) - (TenX - np.ceil(TenX)) * np.sin(_ * np.floor(TenX))

n_features = 1
n_samples = 200
sigma = 0.1
rng = np.random.RandomState(1)
X = np.sort(rng.rand(n_samples, n_features), axis=0)
y = f_true(X, f_type) + rng.randn(n_samples) * sigma
X_test = np.concatenate([X.copy(), np.expand_dims(np.linspace(0., 1., 1000), axis=1)])
X_test = np.sort(X_test, axis=0)
y_test = f_true(X_test, f_type)

def to_torch(x):
    return torch.from_numpy(x.astype(np.float32)).to(device)

def to_numpy(x):
    return x.detach().cpu().numpy()

# %%
nets_by_size = {}
widths = [10, 20, 40]
for width in widths:
    net = nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, 1))
    elbows = np.sort(np.random.rand(width))
    new_biases = -elbows * to_numpy(net[0].weight).ravel()
    net[0].bias.data = to_torch(new_biases)
    net.to(device)
    opt_all = optim.SGD(net.parameters(), lr=0.02)
    nets_by_size[width] = {'net': net, 'opt_all': opt_all, 'init': copy.deepcopy(net.state_dict())}

# %%
def train_network(X, y, X_test, y_test, net, optim, n_steps, save_every, initial_weights=None, verbose=False):
    loss = torch.nn.MSELoss()
    y_torch = to_torch(y.reshape(-1, 1))
    X_torch = to_torch(X)
    y_test_torch = to_torch(y_test.reshape(-1, 1))
    X_test_torch = to_torch(X_test)
    if initial_weights is not None:
        net.load_state_dict(initial_weights)
    history = {}
    for s in tqdm(range(n_steps)):
        subsample = np.random.choice(y.size, y.size // 5)
        step_loss = loss(y_torch[subsample], net(X_torch[subsample, :]))
        optim.zero_grad()
        step_loss.backward()
        optim.step()
        if (s + 1) % save_every == 0 or s == 0:
            with torch.no_grad():
                test_loss = loss(y_test_torch, net(X_test_torch))
                history[s + 1] = {'state': copy.deepcopy(net.state_dict()), 'train_error': step_loss.item(), 'test_error': test_loss.item()}
    return history

n_steps = 150000
save_every = 1000
t0 = time.time()
for w in widths:
    new_net = nn.Sequential(nn.Linear(1, w), nn.ReLU(), nn.Linear(w, 1))
    new_net.load_state_dict(nets_by_size[w]['init'].copy())
    opt_all = optim.SGD(new_net.parameters(), lr=0.02)
    initial_weights = nets_by_size[w]['init']
    history_all = train_network(X, y, X_test, y_test, new_net, opt_all, n_steps, save_every, initial_weights=initial_weights)
    nets_by_size[w]['trained_net'] = new_net
    nets_by_size[w]['hist_all'] = history_all
    print("Width", w)
print("time: %s min" % ((time.time() - t0) / 60))
"""

CALLS = """
# %%
for width in widths:
    backward_and_plot_grad(X, nets_by_size[width]['net'], '0.weight', title='Random Init')
    backward_and_plot_grad(X, nets_by_size[width]['net'], '0.bias', title='Random Init')
    backward_and_plot_grad(X, nets_by_size[width]['trained_net'], '0.weight', title='Trained')
    backward_and_plot_grad(X, nets_by_size[width]['trained_net'], '0.bias', title='Trained')
    compute_svd_plot_features(X, y, X_test, y_test, nets_by_size[width]['net'])
"""

GRAD = """
# %%
def backward_and_plot_grad(X, model, vis_name='all', title='', legend=False):
    width = model[0].out_features
    gradients = np.zeros((width, X.shape[0]))
    num_pts = X.shape[0]
    gradient_norm = None
    for idx in range(num_pts):
        y = model(to_torch(X[idx].reshape(-1, 1)))
        {step}
        for name, param in model.named_parameters():
            if vis_name == 'all' or name == vis_name:
                for i in range(width):
                    gradients[i, idx] = param.grad.data.view(-1)[i]
    plt.figure()
    for i in range(width):
        plt.plot(X, gradients[i], label='unit %d' % i)
    if legend:
        plt.legend()
    plt.title(title)
    plt.xlabel('x')
    plt.show()
"""
_STARTER_GRAD = GRAD.replace("{step}", "model.zero_grad()\n        y.backward()")

SVD = """
# %%
def compute_svd_plot_features(X, y, X_test, y_test, model):
    width = model[0].out_features
    gradients = []
    num_pts = X.shape[0]
    for idx in range(num_pts):
        {step}
        vec = []
        for name, param in model.named_parameters():
            vec.append(param.grad.view(-1).detach().cpu().numpy().copy())
        vec = np.concatenate(vec, axis=-1)
        gradients.append(vec)
    feature_matrix = np.stack(gradients, axis=0)
    {svd}
    plt.scatter(np.arange(s.shape[0]), s, c='r', s=4)
    plt.xlabel('k'); plt.ylabel('sigma_k')
    plt.show()
    for w_idx in range(princple_feature.shape[1]):
        plt.plot(X, princple_feature.T[w_idx])
    plt.show()
"""
_STEP = "y = model(to_torch(X[idx].reshape(-1, 1)))\n        model.zero_grad()\n        y.backward()"
_THIN = "u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)\n    "


def svd(lines: str, step: str = _STEP) -> str:
    return SVD.replace("{step}", step).replace("{svd}", lines)


_STARTER_SVD = svd(f"{_THIN}princple_feature = feature_matrix @ vh.T")

_VMAP = """
# %%
from torch.func import functional_call, vmap, grad

def per_point_gradients(model, inputs):
    params = {k: v.detach() for k, v in model.named_parameters()}
    def f(p, x):
        return functional_call(model, p, (x.unsqueeze(0),)).squeeze()
    return vmap(grad(f), in_dims=(None, 0))(params, inputs)

def backward_and_plot_grad(X, model, vis_name='all', title='', legend=False):
    G = per_point_gradients(model, to_torch(X))
    fig, axs = plt.subplots(1, 1, figsize=(5, 3))
    axs = np.atleast_1d(axs)
    for k, v in G.items():
        if vis_name in ('all', k):
            axs[0].plot(X[:, 0], v.reshape(len(X), -1).cpu().numpy(), lw=.8, alpha=.7, color='k')
    axs[0].set(title=title, xlabel='x', ylabel='df/d%s' % vis_name)
    fig.tight_layout()

def compute_svd_plot_features(X, y, X_test, y_test, model):
    def phi(z):
        return torch.cat([v.reshape(len(z), -1) for v in per_point_gradients(model, to_torch(z)).values()], dim=1)
    U, S, Vh = torch.linalg.svd(phi(X), full_matrices=False)
    fig, (a, b) = plt.subplots(2, 1, figsize=(5, 6))
    a.semilogy(S.cpu(), '.-')
    b.plot(X_test, (phi(X_test) @ Vh.mT).cpu()[:, :5])
    b.legend(range(5))
    plt.show()
"""

_JACOBIAN = """
# %%
def jac(model, x):
    names = [n for n, _ in model.named_parameters()]
    ps = tuple(p for _, p in model.named_parameters())
    out = model(to_torch(x))
    rows = []
    for i in range(out.shape[0]):
        g = torch.autograd.grad(out[i, 0], ps, retain_graph=True)
        rows.append({n: t.flatten().numpy() for n, t in zip(names, g)})
    return rows

def backward_and_plot_grad(X, model, vis_name='all', title='', legend=False):
    rows = jac(model, X)
    keys = [vis_name] if vis_name != 'all' else list(rows[0])
    for key in keys:
        M = np.array([r[key] for r in rows])
        for j, col in enumerate(M.T):
            plt.plot(X.flatten(), col, '--', color=plt.cm.viridis(j / M.shape[1]))
    plt.grid(True); plt.title(title)

def compute_svd_plot_features(X, y, X_test, y_test, model):
    M = np.array([np.concatenate(list(r.values())) for r in jac(model, X)])
    U, S, Vt = np.linalg.svd(M)
    k = 6
    fig = plt.figure(figsize=(10, 4))
    ax1 = fig.add_subplot(121); ax2 = fig.add_subplot(122)
    ax1.stem(np.arange(1, len(S) + 1), S); ax1.set_yscale('log')
    for j in range(k):
        ax2.plot(X, S[j] * U[:, j], label=f'PC {j+1}')
    ax2.legend(); fig.suptitle('SVD')
    return U, S, Vt
"""

_SCIPY = (
    """
# %%
import seaborn as sns
import pandas as pd
from scipy.linalg import svd as scipy_svd
sns.set_theme()
"""
    + _STARTER_GRAD
    + svd("u, s, vh = scipy_svd(feature_matrix, full_matrices=False)\n    princple_feature = np.dot(u, np.diag(s))")
)

_HELPERS = """
# %%
class FeatureExtractor:
    def __init__(self, model):
        self.model = model
        self.cache = {}

    def at(self, x):
        self.model.zero_grad(set_to_none=True)
        self.model(torch.as_tensor(x, dtype=torch.float32).reshape(1, 1)).squeeze().backward()
        return {n: p.grad.detach().numpy().ravel() for n, p in self.model.named_parameters()}

    def matrix(self, xs, only=None):
        rows = [self.at(x) for x in xs]
        return np.vstack([np.hstack([v for k, v in r.items() if only in (None, k)]) for r in rows])

def draw(ax, x, M, **kw):
    for col in range(M.shape[1]):
        ax.plot(x, M[:, col], **kw)

def backward_and_plot_grad(X, model, vis_name='all', title='', legend=False):
    M = FeatureExtractor(model).matrix(X, None if vis_name == 'all' else vis_name)
    ax = plt.gca()
    draw(ax, X, M, marker='o', ms=2)
    ax.set_title(title); ax.axhline(0, color='gray', lw=.5)
    plt.show()

def compute_svd_plot_features(X, y, X_test, y_test, model):
    ex = FeatureExtractor(model)
    F = ex.matrix(X)
    u, s, vh = np.linalg.svd(F, full_matrices=False)
    G = ex.matrix(X_test) @ vh.transpose()
    fig, ax = plt.subplots(1, 2)
    ax[0].bar(range(len(s)), s)
    order = np.argsort(s)[::-1][:8]
    draw(ax[1], X_test, -G[:, order])
    plt.savefig('figures/svd.png')
"""

_GRAM = """
# %%
def features(model, pts):
    out = []
    for p in pts:
        for q in model.parameters():
            q.grad = None
        model(to_torch(np.array([p]))).sum().backward()
        out.append(torch.cat([q.grad.flatten() for q in model.parameters()]))
    return torch.stack(out).double()

def backward_and_plot_grad(X, model, vis_name='all', title='', legend=False):
    sizes = [q.numel() for q in model.parameters()]
    names = [n for n, q in model.named_parameters()]
    blocks = dict(zip(names, torch.split(features(model, X), sizes, dim=1)))
    for row in blocks[vis_name].T:
        plt.step(X[:, 0], row, where='mid')
    plt.title(title)

def compute_svd_plot_features(X, y, X_test, y_test, model):
    A = features(model, X)
    lam, V = torch.linalg.eigh(A.T @ A)
    lam, V = lam.flip(0).clamp(min=0), V.flip(1)
    plt.plot(lam.sqrt(), 'ko'); plt.yscale('log'); plt.show()
    P = features(model, X_test) @ V[:, :4]
    plt.plot(X_test, P); plt.show()
"""

_CURVES = """
# %%
def backward_and_plot_grad(X, model, vis_name='all', title='', legend=False):
    table = {n: [] for n, _ in model.named_parameters()}
    for xi in torch.tensor(X, dtype=torch.float):
        out = model(xi)
        model.zero_grad()
        out.backward()
        for n, p in model.named_parameters():
            table[n] += [p.grad.clone().flatten().tolist()]
    shown = table if vis_name == 'all' else {vis_name: table[vis_name]}
    rows = len(shown)
    for r, (n, vals) in enumerate(shown.items()):
        plt.subplot(rows, 1, r + 1)
        for line in zip(*vals):
            plt.scatter(X, line, s=1)
        plt.ylabel(n)
    plt.suptitle(title)
    plt.pause(0.1)
"""

STUDENTS: dict[str, tuple[str, str, str]] = {
    "the starter, filled in": (_STARTER_GRAD + _STARTER_SVD + CALLS, "", ""),
    "vmap and functional_call": (_VMAP + CALLS, "", ""),
    "autograd.grad, full matrices, U S": (_JACOBIAN + CALLS, "", ""),
    "SciPy and seaborn": (_SCIPY + CALLS, "", ""),
    "a class of its own": (_HELPERS + CALLS, "", ""),
    "eigenvectors of the Gram matrix": (_GRAM + CALLS, "", ""),
    "scatters in subplots": (_CURVES + _STARTER_SVD + CALLS, "", ""),
    "u times s": (_STARTER_GRAD + svd(f"{_THIN}princple_feature = u * s") + CALLS, "", ""),
    "einsum": (_STARTER_GRAD + svd(f"{_THIN}princple_feature = np.einsum('nk,k->nk', u, s)") + CALLS, "", ""),
    "torch.svd": (
        _STARTER_GRAD
        + svd("u, s, v = torch.svd(torch.tensor(feature_matrix))\n    s = s.numpy()\n    princple_feature = (torch.tensor(feature_matrix) @ v).numpy()")
        + CALLS,
        "", "",
    ),
    "only the first three": (
        _STARTER_GRAD + svd(f"{_THIN}princple_feature = (feature_matrix @ vh.T)[:, :3]") + CALLS, "", "",
    ),
    "both snapshots in one loop": (
        _STARTER_GRAD + _STARTER_SVD
        + "\n# %%\nfor w, d in nets_by_size.items():\n    for key in ('net', 'trained_net'):\n        for p in ('0.weight', '0.bias'):\n"
        "            backward_and_plot_grad(X, d[key], vis_name=p, title=f'{key} {p}')\n        compute_svd_plot_features(X, y, X_test, y_test, d[key])\n",
        "", "",
    ),
    "the trained state of the history": (
        _STARTER_GRAD + _STARTER_SVD
        + "\n# %%\nfor w in widths:\n    m = nets_by_size[w]['net']\n    for state in (nets_by_size[w]['init'], nets_by_size[w]['hist_all'][n_steps]['state']):\n"
        "        m.load_state_dict(state)\n        backward_and_plot_grad(X, m, '0.weight')\n        backward_and_plot_grad(X, m, '0.bias')\n",
        "", "",
    ),
    "drawn by a function of its own": (
        _STARTER_GRAD + _STARTER_SVD
        + "\n# %%\ndef show_all(w):\n    for which in ['net', 'trained_net']:\n        backward_and_plot_grad(X, nets_by_size[w][which], vis_name='0.weight')\n"
        "        backward_and_plot_grad(X, nets_by_size[w][which], vis_name='0.bias')\n\n_ = [show_all(w) for w in widths]\n",
        "", "",
    ),
    "zeroed through the optimiser that was saved": (
        GRAD.replace("{step}", "for g in model.parameters():\n            if g.grad is not None:\n                g.grad.zero_()\n        y.backward(torch.ones_like(y))") + _STARTER_SVD + CALLS,
        "", "",
    ),
    "numpy derivatives by differences": (
        """
# %%
def backward_and_plot_grad(X, model, vis_name='all', title='', legend=False):
    p = dict(model.named_parameters())[vis_name].data.view(-1)
    xt = torch.tensor(X, dtype=torch.float32)
    with torch.no_grad():
        for j in range(len(p)):
            old = p[j].item()
            p[j] = old + 1e-2
            up = model(xt)
            p[j] = old - 1e-2
            down = model(xt)
            p[j] = old
            plt.plot(X, ((up - down) / 2e-2).numpy())
    plt.show()
""" + _STARTER_SVD + CALLS,
        "", "",
    ),
    "no zero_grad anywhere": (
        GRAD.replace("{step}", "y.backward()") + svd(f"{_THIN}princple_feature = feature_matrix @ vh.T", _STEP.replace("\n        model.zero_grad()", "")) + CALLS,
        "accumulated", "accumulated",
    ),
    "the loss": (
        GRAD.replace("{step}", "loss = nn.MSELoss()(y, torch.zeros_like(y))\n        model.zero_grad()\n        loss.backward()") + _STARTER_SVD + CALLS,
        "of-the-loss", "",
    ),
    "zero_grad behind backward": (
        GRAD.replace("{step}", "y.backward()\n        model.zero_grad()") + _STARTER_SVD + CALLS, "cleared-after", "",
    ),
    "left blank": (GRAD.replace("{step}", "# TODO: YOUR CODE HERE") + svd("# TODO") + CALLS, "no-backward", "?"),
    "U times the features": (
        _STARTER_GRAD + svd("u, s, vh = np.linalg.svd(feature_matrix)\n    princple_feature = u @ feature_matrix") + CALLS, "", "left-times-features",
    ),
    "vh not transposed": (
        _STARTER_GRAD + svd("u, s, vh = np.linalg.svd(feature_matrix)\n    princple_feature = feature_matrix @ vh") + CALLS, "", "not-transposed",
    ),
    "u alone": (_STARTER_GRAD + svd(f"{_THIN}princple_feature = u") + CALLS, "", "left-vectors"),
    "centred": (
        _STARTER_GRAD + svd(f"feature_matrix -= feature_matrix.mean(axis=0)\n    {_THIN}princple_feature = u * s") + CALLS, "", "centred",
    ),
    "squares of the singular values": (
        _STARTER_GRAD + svd(f"{_THIN}princple_feature = u * s\n    s = s ** 2") + CALLS, "", "eigenvalues",
    ),
    "only the initial networks": (
        _STARTER_GRAD + _STARTER_SVD
        + "\n# %%\nfor w in widths:\n    n = nets_by_size[w]['net']\n    backward_and_plot_grad(X, n, '0.weight')\n    backward_and_plot_grad(X, n, '0.bias')\n",
        "only-initial", "",
    ),
    "the network that was trained in place": (
        _STARTER_GRAD + _STARTER_SVD
        + "\n# %%\nfor w in widths:\n    opt = optim.Adam(nets_by_size[w]['net'].parameters())\n    train_network(X, y, X_test, y_test, nets_by_size[w]['net'], opt, 5000, 500)\n"
        "    nets_by_size[w]['trained_net'] = nets_by_size[w]['net']\n" + CALLS,
        "trained-is-initial", "",
    ),
    "never trained": (
        _STARTER_GRAD + _STARTER_SVD
        + "\n# %%\nfor w in widths:\n    nets_by_size[w]['trained_net'] = copy.deepcopy(nets_by_size[w]['net'])\n" + CALLS,
        "only-initial", "",
    ),
}  # fmt: skip

_BOTH = _STARTER_GRAD.replace("model[0].out_features", "list(model.parameters())[0].shape[0]").replace(
    "gradients = np.zeros((width, X.shape[0]))", "gradients = np.zeros((width ** 2, X.shape[0]))"
).replace("for i in range(width):\n                    gradients", "for i in range(param.numel()):\n                    gradients").replace(
    "for i in range(width):\n        plt.plot", "for i in range(width ** 2):\n        plt.plot"
) + _STARTER_SVD.replace("model[0].out_features", "0")  # fmt: skip

_MODULE = """
# %%
class MLP(nn.Module):
    def __init__(self, hidden):
        super(MLP, self).__init__()
        self.hidden1 = nn.Linear(1, hidden)
        self.hidden2 = nn.Linear(hidden, hidden)
        self.predict = nn.Linear(hidden, 1)
        self.act = nn.ReLU()

    def forward(self, x):
        x = self.act(self.hidden1(x))
        x = self.act(self.hidden2(x))
        return self.predict(x)
"""
_TRAIN = """
# %%
Twolayer_nets_by_size = {}
for width in widths:
    net = {model}
    start = copy.deepcopy(net)
    opt = optim.SGD(net.parameters(), lr=0.02)
    hist = train_network(X, y, X_test, y_test, net, opt, n_steps, save_every)
    Twolayer_nets_by_size[width] = {'net': start, 'trained_net': net, 'hist_all': hist}
"""
_SHOW = """
# %%
for width in widths:
    for key in ['net', 'trained_net']:
        for name in [{names}]:
            backward_and_plot_grad(X, Twolayer_nets_by_size[width][key], name, title=key)
        compute_svd_plot_features(X, y, X_test, y_test, Twolayer_nets_by_size[width][key])
"""
_SEQUENTIAL = "nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))"
_NUMBERED = "'0.weight', '0.bias', '2.weight', '2.bias'"
_NAMED = "'hidden1.weight', 'hidden1.bias', 'hidden2.weight', 'hidden2.bias'"


def _deep(model: str, names: str, before: str = "", train: str = _TRAIN, show: str = _SHOW) -> str:
    return _BOTH + before + train.replace("{model}", model) + show.replace("{names}", names)


DEEP_STUDENTS: dict[str, tuple[str, str]] = {
    "a Sequential": (_deep(_SEQUENTIAL, _NUMBERED), ""),
    "a module with names of its own": (_deep("MLP(width)", _NAMED, _MODULE), ""),
    "functional ReLUs": (
        _deep("MLP(width)", _NAMED, "\nimport torch.nn.functional as F\n" + _MODULE.replace("self.act(", "F.relu(").replace("F.relu(self.hidden2(x))", "torch.maximum(self.hidden2(x), torch.tensor(0.))")),
        "",
    ),
    "a factory with a loop": (
        _deep(
            "build_mlp([1, width, width, 1]).to(device)", _NUMBERED,
            "\n# %%\ndef build_mlp(sizes):\n    parts = []\n    for i in range(len(sizes) - 1):\n        parts.append(nn.Linear(sizes[i], sizes[i + 1]))\n"
            "        if i < len(sizes) - 2:\n            parts.append(nn.ReLU(inplace=False))\n    return nn.Sequential(*parts)\n",
        ),
        "",
    ),
    "add_module": (
        _deep("make(width)", "'in.weight', 'in.bias', 'mid.weight', 'mid.bias'",
              "\n# %%\ndef make(h):\n    m = nn.Sequential()\n    m.add_module('in', nn.Linear(1, h)); m.add_module('r1', nn.ReLU())\n"
              "    m.add_module('mid', nn.Linear(h, h)); m.add_module('r2', nn.ReLU())\n    m.add_module('out', nn.Linear(h, 1))\n    return m\n"),
        "",
    ),
    "Adam and a loop of its own": (
        _deep(
            _SEQUENTIAL, _NUMBERED,
            train="\n# %%\nTwolayer_nets_by_size = {}\nfor width in widths:\n    net = {model}\n    start = copy.deepcopy(net)\n"
            "    opt = torch.optim.Adam(net.parameters(), lr=1e-3)\n    xt, yt = to_torch(X), to_torch(y.reshape(-1, 1))\n"
            "    for epoch in range(5000):\n        opt.zero_grad()\n        l = ((net(xt) - yt) ** 2).mean()\n        l.backward()\n        opt.step()\n"
            "        if epoch % 500 == 499:\n            print(epoch, l.item())\n    Twolayer_nets_by_size[width] = dict(net=start, trained_net=net)\n",
        ),
        "",
    ),
    "its state kept, then loaded": (
        _deep(
            _SEQUENTIAL, _NUMBERED,
            train=_TRAIN.replace("    Twolayer_nets_by_size[width] = {'net': start, 'trained_net': net, 'hist_all': hist}\n",
                                 "    last = list(hist.values())[-1]['state']\n    done = {model}\n    done.load_state_dict(last)\n    Twolayer_nets_by_size[width] = {'net': start, 'trained_net': done}\n"),
        ),
        "",
    ),
    "a ReLU forgotten in the loop": (
        _deep("MLP(width)", _NAMED, _MODULE.replace("x = self.act(self.hidden2(x))", "x = self.hidden2(x)")), "relu-missing",
    ),
    "half as wide behind": (
        _deep("nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width // 2), nn.ReLU(), nn.Linear(width // 2, 1))", _NUMBERED), "other-widths",
    ),
    "widths 5 and 10": (
        _deep("nn.Sequential(nn.Linear(1, 5), nn.ReLU(), nn.Linear(5, 10), nn.ReLU(), nn.Linear(10, 1))", _NUMBERED), "other-widths",
    ),
    "only the initial networks": (
        _deep(_SEQUENTIAL, _NUMBERED, show=_SHOW.replace("['net', 'trained_net']", "['net']")), "only-initial",
    ),
    "the numbers of the ReLUs": (_deep(_SEQUENTIAL, "'0.weight', '0.bias', '1.weight', '1.bias'"), "relu-index"),
}  # fmt: skip
