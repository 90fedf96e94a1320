"""A notebook's own cells, run with few rounds of every loop that trains; drawing functions only take note of what they get."""

from __future__ import annotations

import copy
import importlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from . import calls, programs
from .programs import Plain

_NETWORKS = 60
_DRAWINGS = 600
_FAILURES = 20
_DRAWS = 20  # of a probe's parameters; one in three has outputs of one sign
_SEEN = 0.01  # an output that is more than rounding
_GRID = np.linspace(-2, 2, 25)[:, None]
_results: dict[int, int] = {}
_before: dict[int, int] = {}
_first: dict[int, int] = {}
_steps: dict[int, int] = {}
_ALREADY = 1  # steps: histories begin with the state behind the first one, which is as good as the initial one
_AT_ONCE = {"LBFGS": 20}  # optimisers of which one step is many
_views: dict[int, tuple[Any, Any, Any]] = {}
_handled: dict[int, Any] = {}
_log: dict[str, Any] = {}
_objects: list[Any] = []


def rehearse(program: Plain, drawing: Sequence[str]) -> None:
    """Run statements one after the other; what one of them raises ends only that one.

    Args:
        program: see `programs`; the order of the lines counts.
        drawing: functions that are not run: it is only noted with which network they are called.
    """
    _log.update(drawings=[], networks=[], failures=[], held=[], steps=0)
    for kept in (_results, _handled, _first, _steps):
        kept.clear()
    _objects.clear()
    hooks = importlib.import_module("torch.optim.optimizer")
    hooks.register_optimizer_step_pre_hook(_note_start)
    hooks.register_optimizer_step_post_hook(_note_step)
    namespace = vars(calls.student)
    given = {key: namespace[key] for key in calls.supplied}
    notes = {function: _taking_note(function, namespace.get(function)) for function in drawing}
    for statement in programs.statements(program):
        namespace.update(notes)
        try:
            programs.run([statement], program["name"], namespace)
        except Exception as error:  # noqa: BLE001  # a cell that fails does not keep the next from being run
            if len(_log["failures"]) < _FAILURES:
                failure = {"line": statement.lineno, "kind": type(error).__name__, "error": str(error)[:500]}
                _log["failures"].append(failure)
        namespace.update(given)
    _log["held"] = [_noted(model) for model in _modules(list(namespace.values()), 4)][:_NETWORKS]


def rehearsed() -> dict[str, Any]:
    """What was seen."""
    return dict(_log)


def _taking_note(function: str, written: Any) -> Callable[..., None]:
    """A stand-in for a drawing function; it raises where the call does not fit what is written."""
    signature = inspect.signature(written) if inspect.isfunction(written) else None

    def drawing(*args: Any, **keywords: Any) -> None:
        bound = {} if signature is None else dict(signature.bind(*args, **keywords).arguments)
        if "model" in bound and not _is_module(bound["model"]):
            raise TypeError(f"{function}() got a {type(bound['model']).__name__} as model")
        values = [*args, *keywords.values()]
        models = [value for value in values if _is_module(value)]
        names = [value for value in values if isinstance(value, str)]
        wanted = keywords.get("vis_name", names[0] if names else "")
        if models and len(_log["drawings"]) < _DRAWINGS:
            note = {"function": function, "parameter": str(wanted)[:100], "network": _noted(models[0])}
            _log["drawings"].append({**note, "of_targets": _are_targets(bound)})

    return drawing


def _are_targets(bound: dict[str, Any]) -> bool:
    """Whether a function gets the grader's y as its x."""
    targets = [vars(calls.student).get(name) for name in ("y", "y_test") if name in calls.supplied]
    inputs = [bound[name] for name in ("X", "X_test") if isinstance(bound.get(name), np.ndarray)]
    return any(isinstance(y, np.ndarray) and np.array_equal(x, y) for x in inputs for y in targets)


def _note_start(optimizer: Any, *_: Any) -> None:
    for parameter in _parameters(optimizer):
        _before[id(parameter)] = _digest(parameter)
        _first.setdefault(id(parameter), _before[id(parameter)])
        if parameter.grad is not None:  # it may be the optimiser of a network that nobody differentiates
            _handled[id(parameter)] = parameter  # kept, so that no other object gets its number


def _note_step(optimizer: Any, *_: Any) -> None:
    _log["steps"] += 1
    for parameter in _parameters(optimizer):
        result = _digest(parameter)
        if result != _before.get(id(parameter)):
            _steps[id(parameter)] = _steps.get(id(parameter), 0) + _AT_ONCE.get(type(optimizer).__name__, 1)
            _results.setdefault(result, _steps[id(parameter)])


def _is_trained(parameter: Any) -> bool:
    """Whether a parameter came out of steps, or an optimiser had it to no effect, as with dead units."""
    digest, number = _digest(parameter), id(parameter)
    if digest in _results:
        return _results[digest] > _ALREADY
    restored = number in _steps and digest == _first[number]
    return number in _handled and not restored


def _parameters(optimizer: Any) -> list[Any]:
    return [parameter for group in optimizer.param_groups for parameter in group["params"]]


def _digest(parameter: Any) -> int:
    """A number for the values of a parameter; it is asked for twice in every step, so that NumPy's view of them is kept."""
    place = (parameter.data_ptr(), parameter.shape, parameter.stride())
    kept = _views.get(id(parameter))
    if kept is None or kept[0] is not parameter or kept[1] != place:
        kept = _views[id(parameter)] = (parameter, place, parameter.detach().cpu().numpy())
    return hash(kept[2].tobytes())


def _is_module(value: object) -> bool:
    return isinstance(value, sys.modules["torch"].nn.Module)


def _modules(values: Iterable[Any], depth: int) -> Iterator[Any]:
    """Networks among values, and among what lists and dicts of them hold."""
    for value in values:
        if _is_module(value):
            if any(True for _ in value.parameters()):
                yield value
        elif depth and isinstance(value, dict):
            yield from _modules(list(value.values())[:200], depth - 1)
        elif depth and isinstance(value, list | tuple):
            yield from _modules(value[:200], depth - 1)


def _noted(model: Any) -> int:
    """The number under which a network in its present state is kept."""
    thing = next((number for number, known in enumerate(_objects) if known is model), len(_objects))
    if thing == len(_objects):
        _objects.append(model)
    parameters = dict(model.named_parameters())
    state = list(map(_digest, parameters.values()))
    for number, known in enumerate(_log["networks"]):
        if (known["thing"], known["state"]) == (thing, state):
            return number
    if len(_log["networks"]) >= _NETWORKS:
        return _NETWORKS - 1
    note = {
        "thing": thing,
        "state": state,
        "names": list(parameters),
        "arrays": _arrays(model),
        "trained": any(map(_is_trained, parameters.values())),
        "values": _values(model, vars(calls.student).get("X")),
        "probe": _probe(model),
    }
    _log["networks"].append(note)
    return len(_log["networks"]) - 1


def _arrays(model: Any) -> list[Any]:
    return [parameter.detach().cpu().numpy().copy() for parameter in model.parameters()]


def _values(model: Any, inputs: Any) -> Any:
    """The network's outputs, or None."""
    torch = sys.modules["torch"]
    try:
        with torch.no_grad():
            given = torch.tensor(inputs, dtype=next(model.parameters()).dtype)
            return model(given).detach().cpu().numpy().reshape(-1).copy()
    except Exception:  # noqa: BLE001  # a network of another kind: nothing can be said of it
        return None


def _probe(model: Any) -> dict[str, Any] | None:
    """A copy of the network with random parameters, and its outputs: which functions it can be.

    Outputs that are positive everywhere would not tell a network from one that is cut off at 0, nor would outputs of 0 alone:
    these are drawn again, and where there are no others the most different ones count.
    """
    torch = sys.modules["torch"]
    try:
        twin = copy.deepcopy(model)
        random = torch.Generator().manual_seed(1)
        found: list[tuple[float, dict[str, Any]]] = []
        for _ in range(_DRAWS):
            with torch.no_grad():
                for parameter in twin.parameters():
                    parameter.copy_(torch.randn(parameter.shape, generator=random))
            outputs = _values(twin, _GRID)
            probe = {"arrays": _arrays(twin), "x": _GRID[:, 0].copy(), "y": outputs}
            if outputs.min() <= 0 and outputs.max() > _SEEN:
                return probe
            found.append((float(np.ptp(outputs)), probe))
        return max(found, key=lambda pair: pair[0])[1]
    except Exception:  # noqa: BLE001  # as above
        return None
