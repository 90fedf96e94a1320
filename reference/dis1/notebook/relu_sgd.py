# %% [markdown]
# # Discussion 1, problem 2: how a ReLU network learns a piecewise linear function
#
# A network with one hidden layer, $\hat y = W_2\,\mathrm{relu}(W_1 x + b_1) + b_2$, is a sum of elbows. You train only its
# output layer, then all of it, and compare both with ridge regression on the initial hidden units. Watch where the elbows
# go, and what they do to the learned function.
#
# Training takes some minutes. Start it, and go on with problem 1 meanwhile.

# %%
import copy

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

np.random.seed(0)
torch.manual_seed(0)
device = torch.device("cpu")  # networks this small are faster without a GPU

# %% [markdown]
# ## Data

# %%
n_samples = 200
sigma = 0.1


def f_true(x):
    """Join the points (j/10, sin(12345 j)) by straight lines."""
    knots = np.arange(11)
    return np.interp(10 * x, knots, np.sin(12345 * knots))


rng = np.random.RandomState(1)
X = np.sort(rng.rand(n_samples, 1), axis=0)
y = f_true(X) + rng.randn(n_samples, 1) * sigma
X_test = np.sort(np.concatenate([X, np.linspace(0, 1, 1000)[:, None]]), axis=0)
y_test = f_true(X_test)

# %%
def to_torch(x):
    return torch.tensor(x, dtype=torch.float32, device=device)


def to_numpy(x):
    return x.detach().cpu().numpy()


def plot_data(X, y, X_test, y_test):
    plt.scatter(X, y, color="0.75", s=8, label="training data")
    plt.plot(X_test, y_test, color="black", linestyle="--", linewidth=1, label="true function")


def plot_relu(bias, slope, low=0.0, high=1.0):
    """One unit, relu(slope * x + bias), between two ends; its colour says where its elbow is."""
    x = np.linspace(low, high, 200)
    plt.plot(x, np.maximum(0, slope * x + bias), linewidth=1, color=plt.cm.viridis(np.clip(-bias / slope, 0, 1)))


def plot_relus(net):
    """All hidden units."""
    for bias, slope in zip(to_numpy(net[0].bias), to_numpy(net[0].weight[:, 0])):
        plot_relu(bias, slope)


def plot_function(X_test, net, label="network", color=None):
    plt.plot(X_test, to_numpy(net(to_torch(X_test))), label=label, color=color)


def plot_test_train_errors(history, label="", color=None):
    """Test errors as a line; the errors of single training batches, which jump about, pale behind it."""
    steps = [state["step"] for state in history]
    plt.loglog(steps, [state["train_error"] for state in history], color=color, alpha=0.25, linewidth=0.7)
    plt.loglog(steps, [state["test_error"] for state in history], color=color, label=label)
    plt.xlabel("step")

# %% [markdown]
# ## Networks
#
# Every unit starts with its elbow $-b_i/w_i$ somewhere in $[0, 1]$.

# %%
widths = [10, 20, 40]
nets_by_size = {}
for width in widths:
    net = nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, 1)).to(device)
    elbows = np.sort(np.random.rand(width))
    with torch.no_grad():
        net[0].bias.copy_(to_torch(-elbows) * net[0].weight[:, 0])
    nets_by_size[width] = {"net": net, "init": copy.deepcopy(net.state_dict())}

# %%
figure, axes = plt.subplots(1, len(widths), figsize=(12, 3), sharey=True, layout="constrained")
for axis, width in zip(axes, widths):
    plt.sca(axis)
    plot_relus(nets_by_size[width]["net"])
    plt.title(f"{width} units at initialisation")
    plt.xlabel("x")
plt.show()

# %% [markdown]
# ## Training

# %%
n_steps = 150_000
save_every = 1000
lr_out = 0.2
lr_all = 0.02


def train_network(X, y, X_test, y_test, net, optimizer, n_steps, save_every):
    """Train in place; return the errors and states on the way."""
    loss = nn.MSELoss()
    inputs, targets = to_torch(X), to_torch(y)
    test_inputs, test_targets = to_torch(X_test), to_torch(y_test)
    history = []
    for step in range(1, n_steps + 1):
        batch = np.random.choice(y.size, y.size // 5)
        optimizer.zero_grad()
        error = loss(net(inputs[batch]), targets[batch])
        error.backward()
        optimizer.step()
        if step == 1 or step % save_every == 0:
            with torch.no_grad():
                test_error = loss(net(test_inputs), test_targets)
            history.append({
                "step": step,
                "state": copy.deepcopy(net.state_dict()),
                "train_error": error.item(),
                "test_error": test_error.item(),
            })
    return history


q2_errors = {width: {} for width in widths}

# %% [markdown]
# ### The output layer only

# %%
for width in widths:
    nets = nets_by_size[width]
    nets["net"].load_state_dict(nets["init"])
    optimizer = torch.optim.SGD(nets["net"][2].parameters(), lr=lr_out)
    nets["hist_out"] = train_network(X, y, X_test, y_test, nets["net"], optimizer, n_steps, save_every)
    q2_errors[width]["out"] = nets["hist_out"][-1]["test_error"]
    print(f"width {width}: test error {q2_errors[width]['out']:.4f}")

# %% [markdown]
# ### All layers

# %%
for width in widths:
    nets = nets_by_size[width]
    nets["net"].load_state_dict(nets["init"])
    optimizer = torch.optim.SGD(nets["net"].parameters(), lr=lr_all)
    nets["hist_all"] = train_network(X, y, X_test, y_test, nets["net"], optimizer, n_steps, save_every)
    q2_errors[width]["all"] = nets["hist_all"][-1]["test_error"]
    print(f"width {width}: test error {q2_errors[width]['all']:.4f}")

# %% [markdown]
# ### Ridge regression on the initial hidden units
#
# With the hidden layer fixed, the output layer is a linear model: the units' outputs `H`, one row a point, and a constant.
# Penalise all its coefficients, that of the constant too, by `lam`. The constant's comes last.

# %%
def fit_output_layer(H, y, lam):
    """The coefficients of the units and, last, of the constant: H is (n, w), y is (n,), the result is (w + 1,)."""
    # YOUR CODE
    # BEGIN SOLUTION
    Xnew = np.hstack([H, np.ones((len(H), 1))])
    return np.linalg.solve(Xnew.T @ Xnew + lam * np.eye(Xnew.shape[1]), Xnew.T @ y)
    # END SOLUTION

# %%
lambd = 1e-5
for width in widths:
    nets = nets_by_size[width]
    nets["net"].load_state_dict(nets["init"])
    H, H_test = (to_numpy(torch.relu(nets["net"][0](to_torch(inputs)))).astype(float) for inputs in (X, X_test))
    coeffs = fit_output_layer(H, y[:, 0], lambd)
    if coeffs is None:
        continue  # not written yet
    q2_errors[width]["ridge"] = float(np.mean((H_test @ coeffs[:-1] + coeffs[-1] - y_test[:, 0]) ** 2))
    nets["ridge"] = coeffs
    print(f"width {width}: Test Error: {q2_errors[width]['ridge']:.4f}")

# %% [markdown]
# ## Compare
#
# Where did the elbows go? Which error is the lowest, at which width? `q2_errors` belongs into your answers.

# %%
colors = {"output layer only": "tab:blue", "all layers": "tab:red", "ridge": "tab:green"}
figure, axes = plt.subplots(2, len(widths), figsize=(12, 7), sharey="row", layout="constrained")
for column, width in enumerate(widths):
    nets = nets_by_size[width]
    plt.sca(axes[0, column])
    plot_data(X, y, X_test, y_test)
    for name, history in [("output layer only", nets["hist_out"]), ("all layers", nets["hist_all"])]:
        nets["net"].load_state_dict(history[-1]["state"])
        plot_function(X_test, nets["net"], name, colors[name])
    moved = to_numpy(-nets["net"][0].bias / nets["net"][0].weight[:, 0])
    nets["net"].load_state_dict(nets["init"])
    start = to_numpy(-nets["net"][0].bias / nets["net"][0].weight[:, 0])
    if "ridge" in nets:
        hidden = to_numpy(torch.relu(nets["net"][0](to_torch(X_test))))
        plt.plot(X_test, hidden @ nets["ridge"][:-1] + nets["ridge"][-1], color=colors["ridge"], label="ridge")
    plt.plot(start, np.full(width, -1.35), "|", color="0.4", markersize=8, label="elbows at first")
    plt.plot(moved, np.full(width, -1.55), "|", color=colors["all layers"], markersize=8, label="elbows, all layers trained")
    plt.xlim(-0.05, 1.05)
    plt.ylim(-1.75, 1.3)
    plt.title(f"width {width}")
    plt.xlabel("x")
    plt.sca(axes[1, column])
    for name, history in [("output layer only", nets["hist_out"]), ("all layers", nets["hist_all"])]:
        plot_test_train_errors(history, name, colors[name])
    if "ridge" in q2_errors[width]:
        plt.axhline(q2_errors[width]["ridge"], color=colors["ridge"], label="ridge")
axes[1, 0].set_ylabel("mean squared error at the test points")
handles, labels = axes[0, 0].get_legend_handles_labels()
figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
plt.show()
print(q2_errors)
