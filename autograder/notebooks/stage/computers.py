"""What the computers have on which notebooks are written, and this one may lack: a graphics card, a compiler for networks.

Both make things faster and change no value, so that what is meant for them is done without them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def settle(*, asks_for_a_card: bool) -> None:
    """Let networks be compiled to themselves; where a card is asked for and there is none, let the processor be it."""
    torch: Any = sys.modules["torch"]
    torch.compile = _as_it_is
    if asks_for_a_card and not torch.cuda.is_available():
        for module, name in ((torch.cuda, "synchronize"), (torch.cuda, "empty_cache"), (torch, "set_default_device")):
            setattr(module, name, _nothing())
        _mode(torch).__enter__()


def _as_it_is(model: Any = None, **_: Any) -> Any:
    """What was given; without it, as a decorator with settings is called, a decorator."""
    return _as_it_is if model is None else model


def _nothing() -> Callable[..., None]:
    """A function that does nothing; one for each name, since torch's compiler keeps rules by object."""
    return lambda *_, **__: None


def _mode(torch: Any) -> Any:
    """What every call into torch passes through: a card among the arguments becomes the processor."""

    class OnProcessor(torch.overrides.TorchFunctionMode):  # type: ignore[misc]  # torch is not imported here
        def __torch_function__(
            self, function: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            del types
            if function is torch.Tensor.cuda:
                return args[0]
            named = {name: _here(value, torch.device) for name, value in (kwargs or {}).items()}
            return function(*(_here(value, torch.device) for value in args), **named)

    return OnProcessor()


def _here(value: Any, device: type) -> Any:
    is_card = isinstance(value, device | str) and str(value).startswith("cuda")
    return "cpu" if is_card else value
