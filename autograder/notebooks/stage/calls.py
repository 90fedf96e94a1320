"""What the grader calls: load a notebook's slice, call a function of it with a network, tell what was drawn."""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from . import computers, networks, programs, stand_ins
from .programs import Plain
from .recorder import Recorder

student = ModuleType("notebook")
supplied: set[str] = set()
"""Names of what the grader gave and no definition of the notebook took over."""
_last: dict[str, Any] = {}
_recorder: Recorder | None = None


def load(program: Plain, missing: Sequence[str], values: Mapping[str, Any]) -> None:
    """Run the statements that define what is wanted.

    Args:
        program: see `programs`.
        missing: modules to stand in for.
        values: what the program may use without making it; under "nets_by_size" the weights of networks.
    """
    global _recorder  # noqa: PLW0603  # one program per process
    warnings.simplefilter("ignore")
    _recorder = Recorder()
    computers.settle(asks_for_a_card=bool(program["card"]))
    given = _given(values)
    course = {name: given[name] for name in ("to_torch", "to_numpy")}
    stand_ins.install(missing, course)
    namespace = vars(student)
    namespace.update(given)
    namespace["display"] = lambda *_, **__: None
    namespace["get_ipython"] = lambda: stand_ins.Inert("IPython")
    sys.modules.setdefault("notebook", student)
    programs.run(programs.statements(program), program["name"], namespace)
    # The grader's data stand in place of the notebook's, such as an empty `nets_by_size` that only a loop would fill.
    supplied.update(name for name in values if not callable(namespace.get(name)))
    namespace.update({name: given[name] for name in supplied})


def draw(function: str, network: Mapping[str, Any] | None, arguments: Sequence[tuple[str, Any]]) -> None:
    """Call a function; what it does is remembered for `seen`, also when it raises.

    Args:
        function: its name in the notebook.
        network: weights, see `networks.build`; it is passed as the argument "model".
        arguments: names and values in the order of the contract.
    """
    assert _recorder is not None
    _recorder.begin()
    stand_ins.used.clear()
    model = None if network is None else networks.build(dict(network))
    before = b"" if model is None else networks.numbers(model)
    _last.clear()
    called = vars(student)[function]
    values = [(name, model if name == "model" else value) for name, value in arguments]
    positional, keywords = _fitted(called, values)
    try:
        _last["returned"] = called(*positional, **keywords)
    finally:
        _last["changed"] = model is not None and networks.numbers(model) != before


def seen() -> dict[str, Any]:
    """What the last call drew, decomposed and changed."""
    assert _recorder is not None
    return {**_recorder.seen(), "changed": bool(_last.get("changed")), "stand_ins": sorted(stand_ins.used)}


def run(program: Plain, wanted: str) -> Any:
    """Run some statements behind what `load` has run, as one cell; return what they leave under a name."""
    programs.run(programs.statements(program), program["name"], vars(student))
    return vars(student).get(wanted)


def call(function: str, arguments: Sequence[tuple[str, Any]]) -> Any:
    """Call a function that computes something and return that."""
    positional, keywords = _fitted(vars(student)[function], arguments)
    return vars(student)[function](*positional, **keywords)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    torch = sys.modules["torch"]
    given: dict[str, Any] = {
        "to_torch": networks.to_torch,
        "to_numpy": networks.to_numpy,
        "device": torch.device("cpu"),
        **values,
    }
    if "nets_by_size" in given:
        given["nets_by_size"] = {
            width: {name: _net(name, plain) for name, plain in nets.items()}
            for width, nets in given["nets_by_size"].items()
        }
    return given


def _net(name: str, plain: Mapping[str, Any]) -> Any:
    """A network; under "init" the course keeps a network's state."""
    network = networks.build(dict(plain))
    return network.state_dict() if name == "init" else network


def _own(name: str) -> Any:
    """What a parameter of the student's own most likely means: axes to draw into, or a global of that name; else None."""
    if name in ("ax", "axis", "axes"):
        return sys.modules["matplotlib.pyplot"].figure().add_subplot()
    if name in ("fig", "figure"):
        return sys.modules["matplotlib.pyplot"].figure()
    return vars(student).get(name)


def _fitted(function: Any, arguments: Sequence[tuple[str, Any]]) -> tuple[list[Any], dict[str, Any]]:
    """Arguments by name where the names are the contract's, else by place, without those that are not taken."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return [value for _, value in arguments], {}
    if any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters.values()):
        return [], dict(arguments)
    required = [p.name for p in parameters.values() if p.default is inspect.Parameter.empty]
    by_name = dict(arguments)
    own = {name: value for name in required if name not in by_name and (value := _own(name)) is not None}
    if own and all(name in by_name or name in own for name in required):
        return [], {**{name: value for name, value in arguments if name in parameters}, **own}
    if all(name in by_name for name in required):
        return [], {name: value for name, value in arguments if name in parameters}
    return [value for _, value in arguments][: len(parameters)], {}
