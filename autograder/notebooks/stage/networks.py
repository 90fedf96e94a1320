"""The grader's own networks, built from plain weights."""

from __future__ import annotations

import sys
from typing import Any

Plain = dict[str, Any]
_NAMES = (("fc", 1), ("layer", 1), ("linear", 1), ("lin", 1), ("l", 1), ("hidden", 1))


def build(plain: Plain) -> Any:
    """A network with one output of linear layers and ReLUs.

    Args:
        plain: `weights`, W1, b1, W2, b2, … as arrays, and `style`: "sequential", "attributes" for a module whose layers
            are fc1, fc2, … and may as well be called layer1 or linear1, or "named" for one whose layers are `stems`.
    """
    torch = sys.modules["torch"]
    arrays = plain["weights"]
    layers = []
    for weight, bias in zip(arrays[::2], arrays[1::2], strict=True):
        layer = torch.nn.Linear(weight.shape[1], weight.shape[0])
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weight))
            layer.bias.copy_(torch.from_numpy(bias))
        layers.append(layer)
    if plain["style"] == "named":
        return _with_names(layers, plain["stems"])
    if plain["style"] == "attributes":
        return _with_attributes(layers)
    between = [part for layer in layers for part in (layer, torch.nn.ReLU())]
    return torch.nn.Sequential(*between[:-1])


def _with_attributes(layers: list[Any]) -> Any:
    torch = sys.modules["torch"]

    class Network(torch.nn.Module):  # type: ignore[misc, name-defined]  # torch is not imported here
        def __init__(self) -> None:
            super().__init__()
            for number, layer in enumerate(layers, 1):
                setattr(self, f"fc{number}", layer)
            self.relu = torch.nn.ReLU()

        def forward(self, x: Any) -> Any:
            for layer in layers[:-1]:
                x = self.relu(layer(x))
            return layers[-1](x)

        def __getattr__(self, name: str) -> Any:
            for stem, first in _NAMES:
                number = name.removeprefix(stem)
                if name.startswith(stem) and number.isdigit() and first <= int(number) <= len(layers):
                    return layers[int(number) - first]
            if name in ("out", "output", "output_layer"):
                return layers[-1]
            return super().__getattr__(name)

    return Network()


def _with_names(layers: list[Any], stems: list[str]) -> Any:
    """A module whose layers have given names; those inside of another, as in `layers.0`, lie in a list with ReLUs between."""
    torch = sys.modules["torch"]

    class Network(torch.nn.Module):  # type: ignore[misc, name-defined]  # torch is not imported here
        def forward(self, x: Any) -> Any:
            for layer in layers[:-1]:
                x = torch.relu(layer(x))
            return layers[-1](x)

    network = Network()
    for layer, stem in zip(layers, stems, strict=True):
        *above, name = stem.split(".")
        parent = network
        for part in above:
            if not hasattr(parent, part):
                parent.add_module(part, torch.nn.Sequential())
            parent = getattr(parent, part)
        while name.isdigit() and len(parent) < int(name):
            parent.append(torch.nn.ReLU())
        parent.add_module(name, layer)
    return network


def numbers(network: Any) -> bytes:
    """The parameters as bytes, to see whether they were changed; another precision alone changes none."""
    return b"".join(parameter.detach().double().numpy().tobytes() for parameter in network.parameters())


def to_torch(array: Any, requires_grad: bool = False) -> Any:  # noqa: FBT001, FBT002  # the course's own signature
    """The course's function of that name."""
    torch = sys.modules["torch"]
    return torch.tensor(array, dtype=torch.float32).clone().detach().requires_grad_(requires_grad)


def to_numpy(tensor: Any) -> Any:
    """The course's function of that name."""
    return tensor.detach().cpu().numpy()
