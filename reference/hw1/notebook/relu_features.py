# %% [markdown]
# # Homework 1, problem 5: the features of a linearised ReLU network
#
# Close to its current parameters a network is nearly linear *in its parameters*: it acts like a linear model whose
# features are the derivatives of its output by each parameter. Here you draw those features, before and after training,
# and look at them through their singular value decomposition.
#
# Fill in the cells marked with `YOUR CODE`. The names of the functions must stay: the grader calls them with networks and
# data of its own, and looks at the numbers that you draw. It does not train your networks again.
#
# Everything runs on Colab, in Jupyter and in VS Code. Training takes a few minutes; set `n_steps` lower while you try
# things out.

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
#
# A piecewise linear function with kinks at 0.1, 0.2, ..., 0.9. Training values carry noise, test values do not.

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


def plot_function(X_test, model, label="network"):
    plt.plot(X_test, to_numpy(model(to_torch(X_test))), color="tab:red", label=label)


def plot_relus(model, low=0.0, high=1.0):
    """The outputs of the hidden units."""
    x = np.linspace(low, high, 400)[:, None]
    hidden = to_numpy(torch.relu(model[0](to_torch(x))))
    plt.plot(x, hidden, linewidth=0.8)


def plot_test_train_errors(history):
    steps = [state["step"] for state in history]
    plt.loglog(steps, [state["train_error"] for state in history], color="0.75", linewidth=0.8, label="training batch")
    plt.loglog(steps, [state["test_error"] for state in history], color="tab:red", label="test")
    plt.xlabel("step")
    plt.ylabel("mean squared error")
    plt.legend()

# %%
plt.figure(figsize=(7, 3))
plot_data(X, y, X_test, y_test)
plt.xlabel("x")
plt.legend()
plt.title("What the network is to learn")
plt.show()

# %% [markdown]
# ## Networks
#
# One hidden layer: `Linear(1, w)`, `ReLU`, `Linear(w, 1)`. The biases are chosen such that every unit has its elbow
# $-b_i/w_i$ somewhere in $[0, 1]$.

# %%
widths = [10, 20, 40]


def make_network(width):
    net = nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, 1)).to(device)
    elbows = np.sort(np.random.rand(width))
    with torch.no_grad():
        net[0].bias.copy_(to_torch(-elbows) * net[0].weight[:, 0])
    return net


nets_by_size = {width: {"net": make_network(width)} for width in widths}

# %% [markdown]
# ## Training
#
# Plain stochastic gradient descent on all layers. `net` stays as it was initialised; a copy of it is trained.

# %%
n_steps = 150_000
save_every = 1000
lr_all = 0.02


def train_network(X, y, X_test, y_test, net, optimizer, n_steps, save_every):
    """Train in place; return the errors and states on the way."""
    loss = nn.MSELoss()
    inputs, targets = to_torch(X), to_torch(y)
    test_inputs, test_targets = to_torch(X_test), to_torch(y_test)
    history = []
    for step in range(1, n_steps + 1):
        batch = torch.randperm(len(inputs))[: len(inputs) // 5]
        optimizer.zero_grad()
        error = loss(net(inputs[batch]), targets[batch])
        error.backward()
        optimizer.step()
        if step == 1 or step % save_every == 0:
            with torch.no_grad():
                test_error = loss(net(test_inputs), test_targets)
            history.append(
                {
                    "step": step,
                    "state": copy.deepcopy(net.state_dict()),
                    "train_error": error.item(),
                    "test_error": test_error.item(),
                }
            )
    return history

# %%
for width in widths:
    trained_net = copy.deepcopy(nets_by_size[width]["net"])
    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)
    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)
    nets_by_size[width]["trained_net"] = trained_net
    nets_by_size[width]["hist_all"] = history
    print(f"width {width}: test error {history[0]['test_error']:.4f} -> {history[-1]['test_error']:.4f}")

# %%
figure, axes = plt.subplots(2, len(widths), figsize=(12, 6), sharey="row", layout="constrained")
for column, width in enumerate(widths):
    plt.sca(axes[0, column])
    plot_data(X, y, X_test, y_test)
    plot_function(X_test, nets_by_size[width]["trained_net"])
    plt.title(f"width {width}, trained")
    plt.sca(axes[1, column])
    plot_test_train_errors(nets_by_size[width]["hist_all"])
axes[0, 0].legend(fontsize="x-small")
plt.show()

# %% [markdown]
# ## (a) The features
#
# For every parameter named `vis_name`, draw the derivative of the network's **output** by it, as a function of $x$.
# `model.named_parameters()` gives the names: `0.weight`, `0.bias`, `2.weight`, `2.bias`.

# %%
def backward_and_plot_grad(X, model, vis_name="all", title="", legend=False):
    """Draw the derivatives of the output by the parameters called `vis_name`, one line each, over the points X."""
    gradients = {}
    for x in X:
        output = model(to_torch(x))
        # YOUR CODE: compute the derivative of the output by every parameter, for this point alone (2 lines)
        # BEGIN SOLUTION
        model.zero_grad()
        output.backward()
        # END SOLUTION
        for name, parameter in model.named_parameters():
            if vis_name in ("all", name):
                gradients.setdefault(name, []).append(to_numpy(parameter.grad).reshape(-1).copy())
    plt.figure(figsize=(6, 3), layout="constrained")
    for name, rows in gradients.items():
        for index, column in enumerate(np.array(rows).T):
            plt.plot(X, column, linewidth=1, label=f"{name}[{index}]", color=plt.cm.viridis(index / len(rows[0])))
    plt.xlabel("x")
    plt.ylabel(f"d output / d {vis_name}")
    if legend:
        plt.legend(fontsize="small")
    plt.title(title)
    plt.show()

# %%
for width in widths:
    for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:
        for name in ("0.weight", "0.bias"):
            backward_and_plot_grad(X, nets_by_size[width][snapshot], vis_name=name, title=f"{width} units, {name}, {when}")

# %% [markdown]
# ## (b) Singular values and principal features
#
# Collect the derivatives by *all* parameters in a feature matrix: a row for each training point, a column for each
# parameter. Draw its singular values, and the principal features: the feature matrix times its right singular vectors.
# The signs of singular vectors are arbitrary.
#
# Singular vectors belong to the training points, but the principal features are functions of $x$: evaluate them at the
# points of `X_test` too, with the singular vectors found from `X`. Do not decompose a second matrix.

# %%
def collect_output_features(inputs, model):
    """The derivatives of the output by all parameters; (points, parameters)."""
    rows = []
    for x in inputs:
        output = model(to_torch(x))
        # YOUR CODE: compute the derivatives for this point alone (2 lines)
        # BEGIN SOLUTION
        model.zero_grad()
        output.backward()
        # END SOLUTION
        rows.append(np.concatenate([to_numpy(parameter.grad).reshape(-1).copy() for parameter in model.parameters()]))
    return np.array(rows)


def compute_svd_plot_features(X, y, X_test, y_test, model):
    """Draw the singular values of the feature matrix and the principal features."""
    feature_matrix = collect_output_features(X, model)
    # YOUR CODE: decompose the feature matrix, and evaluate the principal features at X_test
    # BEGIN SOLUTION
    u, s, vh = np.linalg.svd(feature_matrix, full_matrices=False)
    principal_features = collect_output_features(X_test, model) @ vh.T
    # END SOLUTION
    plt.figure(figsize=(12, 3), layout="constrained")
    plt.subplot(1, 2, 1)
    plt.scatter(np.arange(1, len(s) + 1), s, s=10)
    plt.xlabel("number")
    plt.ylabel("singular value")
    plt.title("Singular values")
    plt.subplot(1, 2, 2)
    for index in range(min(10, principal_features.shape[1])):
        plt.plot(X_test, principal_features[:, index], linewidth=1, label=f"{index + 1}")
    plt.xlabel("x")
    plt.title("The first principal features")
    plt.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()

# %%
for width in widths:
    for snapshot in ("net", "trained_net"):
        print(f"width {width}, {'at initialisation' if snapshot == 'net' else 'trained'}:")
        compute_svd_plot_features(X, y, X_test, y_test, nets_by_size[width][snapshot])

# %% [markdown]
# ## (c) A second hidden layer
#
# Add a second hidden layer of the same width, fully connected to the first, with a ReLU of its own. Train it, and draw
# the features of both hidden layers, by weights and by biases, the singular values and the principal features, at both
# snapshots. The functions above work for any network: what are the names of its parameters?

# %%
def make_two_layer_network(width):
    """1 - width - width - 1, with a ReLU after each hidden layer."""
    # YOUR CODE
    # BEGIN SOLUTION
    net = nn.Sequential(nn.Linear(1, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 1))
    elbows = np.sort(np.random.rand(width))
    with torch.no_grad():
        net[0].bias.copy_(to_torch(-elbows) * net[0].weight[:, 0])
    return net
    # END SOLUTION

# %%
two_layer_nets_by_size = {}
# YOUR CODE: make, copy and train a network for each width
# BEGIN SOLUTION
for width in widths:
    net = make_two_layer_network(width)
    trained_net = copy.deepcopy(net)
    optimizer = torch.optim.SGD(trained_net.parameters(), lr=lr_all)
    history = train_network(X, y, X_test, y_test, trained_net, optimizer, n_steps, save_every)
    two_layer_nets_by_size[width] = {"net": net, "trained_net": trained_net, "hist_all": history}
    print(f"width {width}: test error {history[0]['test_error']:.4f} -> {history[-1]['test_error']:.4f}")
# END SOLUTION

# %%
# YOUR CODE: draw
# BEGIN SOLUTION
for width in widths:
    for snapshot, when in [("net", "at initialisation"), ("trained_net", "trained")]:
        network = two_layer_nets_by_size[width][snapshot]
        for name in ("0.weight", "0.bias", "2.weight", "2.bias"):
            backward_and_plot_grad(X, network, vis_name=name, title=f"two layers of {width}, {name}, {when}")
        print(f"two layers of {width}, {when}:")
        compute_svd_plot_features(X, y, X_test, y_test, network)
# END SOLUTION
