"""Whether a notebook draws its features at both snapshots, the initial and the trained network.

A rehearsal of its cells, with few rounds of training, shows which networks the drawing functions are called with. Where it
cannot be had, the calls are read: a mistake is only named when every call names one snapshot and the other is named in none
of their cells; anything less clear is taken as right, with a remark, since a person sees the figures anyway.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from autograder import Half
from autograder.notebooks.figures import Array
from autograder.notebooks.findings import Finding
from autograder.notebooks.lessons import lessons
from autograder.notebooks.rehearsal import Known, Rehearsal
from autograder.notebooks.script import Script
from autograder.notebooks.uses import draws
from reference.hw1.built_networks import hidden_layers

_WORSE = 0.5  # the error doubled, which a few noisy batches do not do
_SAID = {
    "only-initial": "Every call draws the initial network.",
    "only-trained": "Every call draws the trained network.",
    "untrained": "At most one step of an optimiser changes the networks that are drawn.",
    "trained-is-initial": "No network is left as it was initialised: training changed the one that is drawn as initial.",
}
NAME = "drawn at initialisation and after training"
_TRAINED = re.compile(r"train|final|learned|after|fitted|_all\b|opt", re.IGNORECASE)
_DEEPER = re.compile(r"two|2[_ ]?(?:layer|hl|hid)|second|deep", re.IGNORECASE)  # the networks of (c)
_DIFFERENTIATES = re.compile(r"backward\(|\bgrad\b|jac(?:rev|fwd|obian)|vjp|gradient")
_INITIAL = re.compile(r"\bnet\b|init|untrained|random|before", re.IGNORECASE)


def drawn_snapshots(script: Script, functions: tuple[str, ...], share: Fraction, *, is_sound: bool) -> Finding:
    """Judge the calls of the drawing functions.

    Args:
        is_sound: whether what the function draws is right at least in part; figures of nothing are no figures.
    """
    every = [*_calls_at_margin(script, functions)]
    calls = [call for call in every if not _DEEPER.search(_without_names(" ".join(call), functions))] or every
    if not is_sound:
        return Finding(name=NAME, share=share, said="Nothing that could be drawn for both is right yet.")
    if not calls:
        remark = "No cell calls the function on your networks; it was judged with the grader's networks alone."
        return Finding(name=NAME, share=share, earned=Fraction(1), remark=remark)
    said = [f"{text} {around}" for text, around in calls]
    trained = any(_TRAINED.search(_without_names(text, functions)) for text in said)
    named = [text for text, _ in calls]
    only_initial = all(re.search(r"\[['\"](net|init)['\"]\]", text) for text in named)
    if only_initial and not trained:
        return Finding(
            name=NAME, share=share, earned=Half, rule="only-initial", said="Every call draws the initial network."
        )
    alias = _alias(script, functions)
    if alias is not None:
        place = script.place(alias.lineno)
        return Finding(
            name=NAME, share=share, earned=Half, rule="trained-is-initial", said=f"{place} gives one network two names."
        )
    only_trained = all("trained_net" in text for text in named) and not any(
        _INITIAL.search(text.replace("trained_net", "")) for text in said
    )
    if only_trained:
        return Finding(
            name=NAME, share=share, earned=Half, rule="only-trained", said="Every call draws the trained network."
        )
    return Finding(name=NAME, share=share, earned=Fraction(1))


def rehearsed_snapshots(
    facts: Rehearsal | None, functions: tuple[str, ...], hidden: int, *, name: str = NAME, share: Fraction, y: Array
) -> Finding | None:
    """Judge by the networks that were drawn in a rehearsal; None where that says nothing.

    Args:
        hidden: which networks count, by the number of their hidden layers.
        y: the training values of the rehearsal; (points,).
    """
    if facts is None:
        return None
    drawn = [network for network in facts.drawn(*functions) if hidden_layers(network) == hidden]
    trained, untrained = ([network for network in drawn if network.trained is when] for when in (True, False))
    alive = [network for network in trained if not _is_dead(network)]
    if alive and all(any(one.equals(other) for other in untrained) for one in alive):
        return Finding(name=name, share=share, earned=Half, rule="untrained", said=_SAID["untrained"])
    shapes = [{_shapes(network) for network in drawn if network.trained is when} for when in (False, True)]
    if shapes[0] & shapes[1]:
        return Finding(name=name, share=share, earned=Fraction(1), remark=_remark(tuple(drawn), y))
    if facts.failures or not drawn or facts.by_hand or (not facts.steps and facts.trains):
        return None  # a cell that failed, or training by hand: something may be missing here that is in the notebook
    others = [network for network in facts.networks if hidden_layers(network) == hidden]
    if not shapes[1] and any(network.trained for network in others):
        return Finding(name=name, share=share, earned=Half, rule="only-initial", said=_SAID["only-initial"])
    if not shapes[1]:
        return Finding(name=name, share=share, earned=Half, rule="untrained", said=_SAID["untrained"])
    if all(network.trained for network in others):
        return Finding(name=name, share=share, earned=Half, rule="trained-is-initial", said=_SAID["trained-is-initial"])
    return Finding(name=name, share=share, earned=Half, rule="only-trained", said=_SAID["only-trained"])


def _is_dead(network: Known) -> bool:
    """Whether the outputs at the training points are all the same, as behind a ReLU that is never on: no training moves that."""
    return network.values is not None and network.values.size > 1 and bool(np.ptp(network.values) == 0)


def left_out(facts: Rehearsal, script: Script, function: str, others: tuple[str, ...]) -> str:
    """Which figure of the first layer's weights and biases, at both snapshots, no call of a function draws; "" where none is missing.

    Nothing is said where a call's name is not plain, or where code that is none of the `others` draws derivatives too.
    """
    if _draws_elsewhere(script, (function, *others)):
        return ""
    drawn: set[tuple[str, bool]] = set()
    wanted: tuple[str, ...] = ()
    for one in facts.drawings:
        network = facts.networks[one.network]
        if not one.function.startswith(function) or hidden_layers(network) != 1:
            continue
        wanted = wanted or network.names[:2]
        if one.parameter in ("", "all"):
            drawn |= {(name, network.trained) for name in wanted}
        elif one.parameter in network.names:
            drawn.add((one.parameter, network.trained))
        else:
            return ""
    missing = [(name, when) for when in (False, True) for name in wanted if (name, when) not in drawn]
    if not missing:
        return ""
    name, when = missing[0]
    return f"No call draws the derivatives by {name} of the {'trained' if when else 'initial'} network."


def _draws_elsewhere(script: Script, functions: tuple[str, ...]) -> bool:
    """Whether something else than the functions, and their variants, both differentiates and draws."""
    others = (s for s in script.body if not (isinstance(s, ast.FunctionDef) and s.name.startswith(functions)))
    texts = [_without_names(ast.unparse(statement), functions) for statement in others]
    return any(draws(text) and _DIFFERENTIATES.search(text) for text in texts)


def _remark(drawn: tuple[Known, ...], y: Array) -> str:
    """What is odd about the training, a sentence; it costs nothing, since a few rounds prove little."""
    seen = lessons(drawn)
    if seen and all(lesson.gain(y) < _WORSE for lesson in seen):
        error = f"{seen[0].before.error(y):.2g} to {seen[0].after.error(y):.2g}"
        return f"In a few rounds of your training the error at the training points rose, from {error}: is the rate too large?"
    if seen and all(lesson.only_output for lesson in seen):
        return "In a few rounds of your training only the output layer moved: the elbows stay where they were."
    return ""


def _shapes(network: Known) -> tuple[tuple[int, ...], ...]:
    return tuple(array.shape for array in network.arrays)


def _without_names(text: str, functions: tuple[str, ...]) -> str:
    for function in functions:
        text = text.replace(function, "")
    return text.replace("opt_all", "").replace("opt_out", "")


def _calls_at_margin(script: Script, functions: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The calls that the notebook itself makes: their text, and the text of the statement around them."""
    for statement in script.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            calls_it = any(_is_call(node, functions) for node in ast.walk(statement))
            if calls_it and statement.name not in functions:  # a function of the student's own that draws for them
                yield from (
                    (ast.unparse(other), ast.unparse(other)) for other in script.body if _calls(other, statement.name)
                )
            continue
        for node in ast.walk(statement):
            if _is_call(node, functions):
                yield ast.unparse(node), ast.unparse(statement)


def _calls(statement: ast.stmt, name: str) -> bool:
    is_definition = isinstance(statement, ast.FunctionDef | ast.ClassDef)
    return not is_definition and any(_is_call(node, (name,)) for node in ast.walk(statement))


def _is_call(node: ast.AST, functions: tuple[str, ...]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions


def _alias(script: Script, functions: tuple[str, ...]) -> ast.stmt | None:
    """A statement that makes 'trained_net' another name of 'net', before any initial network was drawn."""
    for statement in script.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign) and _is_alias(node):
                drawn_before = any(
                    before.lineno < statement.lineno and any(_is_call(inner, functions) for inner in ast.walk(before))
                    for before in script.body
                    if not isinstance(before, ast.FunctionDef | ast.ClassDef)
                )
                return None if drawn_before else node
    return None


def _is_alias(node: ast.Assign) -> bool:
    return _ends_with(node.targets[0], "trained_net") and any(_ends_with(node.value, key) for key in ("net", "init"))


def _ends_with(node: ast.expr, key: str) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == key
