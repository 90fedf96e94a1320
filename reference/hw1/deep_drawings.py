"""What of a network with two hidden layers a notebook's cells draw, by the calls that were seen in a rehearsal."""

from __future__ import annotations

import ast
import re

from autograder.notebooks.rehearsal import Known, Rehearsal
from autograder.notebooks.script import Script
from autograder.notebooks.uses import draws
from reference.hw1.built_networks import hidden_layers

RELU_PLACE = re.compile(r"['\"][13]\.(?:weight|bias)['\"]")


def asks_for_a_relu(facts: Rehearsal | None) -> bool:
    """Whether a drawing function is asked for a parameter that does not exist, by the number of a ReLU in a Sequential."""
    drawings = () if facts is None else facts.drawings
    return any(
        RELU_PLACE.fullmatch(f"'{drawing.parameter}'")
        and drawing.parameter not in facts.networks[drawing.network].names
        for drawing in drawings
        if facts is not None
    )


def not_drawn(facts: Rehearsal, script: Script, derivatives: str, decomposition: str) -> tuple[str, str]:
    """The rule and a sentence for what is never drawn of such networks; two empty texts where all is, or nobody can tell.

    Args:
        derivatives: the function that draws derivatives by a named parameter.
        decomposition: the function that draws singular values and principal features.
    """
    deep = [one for one in facts.drawings if hidden_layers(facts.networks[one.network]) == 2]
    if any(one.of_targets for one in deep):
        return "arguments-exchanged", "A drawing function gets the values y where the inputs x belong."
    if _draws_by_itself(script, (derivatives, decomposition)):
        return "", ""  # what is missing here may be drawn there
    by_function = {
        function: [(facts.networks[one.network], one.parameter) for one in deep if one.function.startswith(function)]
        for function in (derivatives, decomposition)
    }
    left = _missing(by_function[derivatives])
    if left:
        first_alone = all(parameter in network.names[:2] for network, parameter in by_function[derivatives])
        rule = "one-layer-drawn" if first_alone else "layer-left-out"
        return rule, f"No call draws the derivatives by {', '.join(left)}."
    if not by_function[derivatives]:
        return "layer-left-out", f"No call of `{derivatives}` draws this network."
    if not by_function[decomposition]:
        return "not-decomposed", f"No call of `{decomposition}` draws this network."
    return "", ""


def draws_others_alone(facts: Rehearsal, script: Script, functions: tuple[str, ...]) -> bool:
    """Whether networks with two hidden layers were made and trained, and every call of a drawing function has another one."""
    deep = [network for network in facts.networks if hidden_layers(network) == 2]
    drawn = {hidden_layers(facts.networks[one.network]) for one in facts.drawings}
    trained = facts.steps and any(network.trained for network in deep)
    return bool(trained) and not facts.failures and drawn == {1} and not _draws_by_itself(script, functions)


def _missing(drawn: list[tuple[Known, str]]) -> list[str]:
    """Parameters of the hidden layers that no call names; none where a call's name is not plain."""
    if not drawn:
        return []
    network, _ = drawn[0]
    outputs = {_stem(name) for name, array in zip(network.names, network.arrays, strict=True) if array.size == 1}
    hidden = [name for name in network.names if _stem(name) not in outputs]
    named = {parameter for _, parameter in drawn}
    plain = all(any(name.startswith(parameter) for name in network.names) for parameter in named)
    if "all" in named or not plain or len(outputs) != 1:
        return []
    return [name for name in hidden if not any(name.startswith(parameter) for parameter in named)]


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _draws_by_itself(script: Script, functions: tuple[str, ...]) -> bool:
    """Whether cells below the last layers draw with matplotlib, themselves or by a function that is none of these."""
    margin = [s for s in script.body if not isinstance(s, ast.Import | ast.ImportFrom)]
    start = max((place for place, s in enumerate(margin) if "Linear" in ast.unparse(s)), default=0)
    for statement in margin[start:]:
        calls = [node.func for node in ast.walk(statement) if isinstance(node, ast.Call)]
        called = {call.id for call in calls if isinstance(call, ast.Name)}
        own = [
            node for name in called if not name.startswith(functions) and (node := script.function(name)) is not None
        ]
        if any(draws(ast.unparse(node)) for node in (statement, *own)):
            return True
    return False
