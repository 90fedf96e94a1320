"""Networks that a notebook defines, read from its text: the order of their layers, never their values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.notebooks.script import Script

_RELUS = frozenset({"relu", "ReLU", "relu_", "clamp", "clamp_min", "maximum"})
_OTHERS = frozenset(
    {"celu", "elu", "gelu", "hardswish", "hardtanh", "leakyrelu", "logsigmoid", "mish", "prelu", "relu6", "rrelu"}
    | {"selu", "sigmoid", "silu", "sin", "softplus", "softsign", "tanh"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """The layers of one definition.

    Args:
        line: where it begins.
        linear: what goes in and out of each linear layer, as it is written.
        relus: after how many linear layers each ReLU stands; None where that cannot be read.
        bends_otherwise: whether something else than a ReLU stands between layers.
    """

    line: int
    linear: tuple[tuple[str, str], ...]
    relus: tuple[int, ...] | None
    bends_otherwise: bool = False

    def fault(self) -> str:
        """The rule that names what is not 1-w-w-1 with a ReLU twice; "" where nothing is."""
        hidden = [out for _, out in self.linear[:-1]]
        if len(self.linear) != 3 or len(set(hidden)) > 1 or self.linear[1][0] != self.linear[1][1]:
            return "other-widths"
        if not (_is_one(self.linear[0][0], hidden[0]) and _is_one(self.linear[2][1], hidden[0])):
            return "other-widths"
        if self.relus is None:
            return ""
        if 3 in self.relus:
            return "relu-on-output"
        if {1, 2} <= set(self.relus):
            return ""
        return "other-activation" if self.bends_otherwise else "relu-missing"


def _is_one(size: str, width: str) -> bool:
    """Whether a size may be one: another number is not, and the hidden layers' own width is not either."""
    return size == "1" if re.fullmatch(r"-?\d+", size) else size != width


def deep_architectures(script: Script) -> tuple[Architecture, ...]:
    """Definitions with three linear layers or more, in the order of the text."""
    found = [*_sequentials(script), *_classes(script)]
    return tuple(sorted((a for a in found if len(a.linear) >= 3), key=lambda a: a.line))


def _sequentials(script: Script) -> Iterator[Architecture]:
    for node in (inner for statement in script.body for inner in ast.walk(statement)):
        if not (isinstance(node, ast.Call) and _name(node.func) == "Sequential"):
            continue
        parts = list(node.args)
        if (
            len(parts) == 1
            and isinstance(parts[0], ast.Call)
            and parts[0].args
            and isinstance(parts[0].args[0], ast.List)
        ):
            pairs = [item.elts for item in parts[0].args[0].elts if isinstance(item, ast.Tuple)]
            parts = [pair[1] for pair in pairs if len(pair) == 2]  # OrderedDict([("fc1", ...), ...])
        linear: list[tuple[str, str]] = []
        relus: list[int] = []
        for part in parts:
            if isinstance(part, ast.Call) and _name(part.func) == "Linear":
                linear.append(_sizes(part))
            elif isinstance(part, ast.Call) and _name(part.func) in _RELUS:
                relus.append(len(linear))
        yield Architecture(
            line=node.lineno,
            linear=tuple(linear),
            relus=tuple(relus),
            bends_otherwise=any(map(_bends_otherwise, parts)),
        )


def _classes(script: Script) -> Iterator[Architecture]:
    """Modules that keep their layers as attributes; the ReLUs are counted in `forward`."""
    for statement in script.body:
        if not isinstance(statement, ast.ClassDef):
            continue
        methods = {node.name: node for node in statement.body if isinstance(node, ast.FunctionDef)}
        start, forward = methods.get("__init__"), methods.get("forward")
        if start is None or forward is None or any(_name(n) == "Sequential" for n in ast.walk(start)):
            continue
        calls = [node for node in ast.walk(start) if isinstance(node, ast.Call) and _name(node.func) == "Linear"]
        calls.sort(key=lambda call: (call.lineno, call.col_offset))
        yield Architecture(
            line=statement.lineno,
            linear=tuple(_sizes(call) for call in calls),
            relus=_relus_of(forward, len(calls)),
            bends_otherwise=any(map(_bends_otherwise, ast.walk(forward)))
            or any(map(_bends_otherwise, ast.walk(start))),
        )


def _relus_of(forward: ast.FunctionDef, layers: int) -> tuple[int, ...] | None:
    if any(isinstance(node, ast.For | ast.While | ast.ListComp) for node in ast.walk(forward)):
        return None
    calls = [n for n in ast.walk(forward) if isinstance(n, ast.Call) and _name(n.func) in _RELUS]
    last = next((node for node in reversed(forward.body) if isinstance(node, ast.Return)), None)
    on_output = last is not None and isinstance(last.value, ast.Call) and _name(last.value.func) in _RELUS
    return (*range(1, min(len(calls) - on_output, layers - 1) + 1), *([layers] if on_output else []))


def _bends_otherwise(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func).lower().replace("_", "") in _OTHERS


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _sizes(call: ast.Call) -> tuple[str, str]:
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    values = [ast.unparse(argument) for argument in call.args]
    first = values[0] if values else given.get("in_features", "")
    return first, values[1] if len(values) > 1 else given.get("out_features", "")
