"""What a short run of a notebook's own cells showed: the networks that it makes, trains and draws.

Training that takes a student minutes is cut to a few rounds, and the drawing functions only take note. That says nothing of
how well a network learns, but which networks there are, whether they were trained, and which of them are drawn. All of it
comes from the student's process: a network is what its parameters and outputs show, never what it says of itself.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

import numpy as np

from autograder.notebooks.figures import Array
from autograder.notebooks.script import Script
from autograder.report.plain import clean_line
from autograder.sandbox.values import Value

_STEPS = re.compile(r"step|iter|epoch|round|updates", re.IGNORECASE)
_PERIOD = re.compile(r"every|freq|interval|period|print|log", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """How far training is followed.

    Args:
        each: rounds of one loop.
        in_all: rounds of all loops together, those inside of others included.
        often: what is done now and then ("every 1000 steps") is done so often.
    """

    each: int = 40
    in_all: int = 1_000_000
    often: int = 10


FEW = Rounds()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Probe:
    """A network with random parameters: `arrays`, and its outputs `y` at `x`."""

    arrays: tuple[Array, ...]
    x: Array
    y: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """A network in one of its states.

    Args:
        thing: equal for states of one and the same object.
        names: of its parameters.
        arrays: their values, in the same order.
        trained: whether an optimiser had them, or one of them came out of an optimiser's step.
        values: its outputs at the training points, or None.
        probe: a copy of it with random parameters, or None.
    """

    thing: int
    names: tuple[str, ...]
    arrays: tuple[Array, ...]
    trained: bool
    values: Array | None = None
    probe: Probe | None = None

    def error(self, y: Array) -> float:
        """The mean squared error at the training points; not a number where that is not known."""
        if self.values is None or self.values.shape != y.shape:
            return float("nan")
        return float(np.mean((self.values - y) ** 2))

    def equals(self, other: Known) -> bool:
        """Whether both have the same parameters."""
        pairs = zip(self.arrays, other.arrays, strict=False)
        return len(self.arrays) == len(other.arrays) and all(np.array_equal(a, b) for a, b in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A call of a drawing function.

    Args:
        function: as the notebook calls it.
        parameter: for which one, "" where none is named.
        network: its number.
        of_targets: whether it got the values y for the inputs x.
    """

    function: str
    parameter: str
    network: int
    of_targets: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A statement that raised: its line in the script's text, and what."""

    line: int
    kind: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rehearsal:
    """What was seen.

    Args:
        networks: in every state in which they were drawn, and at the end.
        drawings: in order.
        held: numbers of the networks that exist at the end.
        steps: how many steps optimisers took.
        trains: whether anything that the notebook runs trains, by an optimiser or by hand, seen or not.
        by_hand: whether a loop of the notebook trains without an optimiser, so that its networks look untrained.
        failures: statements that raised; the others were run all the same.
    """

    networks: tuple[Known, ...]
    drawings: tuple[Drawing, ...]
    held: tuple[int, ...]
    steps: int
    trains: bool = True
    by_hand: bool = False
    failures: tuple[Failure, ...] = ()

    def drawn(self, *functions: str) -> tuple[Known, ...]:
        """The networks that functions whose names begin so were called with, one for each call."""
        return tuple(self.networks[d.network] for d in self.drawings if d.function.startswith(functions))


def read_rehearsal(value: Value) -> Rehearsal | None:
    """What `rehearsed` of the stage sent; None where the student's code made something else of it."""
    match value:
        case {
            "networks": list(networks),
            "drawings": list(drawings),
            "held": list(held),
            "steps": int(steps),
            "failures": list(failures),
        }:
            known = [_known(item) for item in networks]
            called = [_drawing(item, len(known)) for item in drawings]
            numbers = [number for number in held if type(number) is int and 0 <= number < len(known)]
            if None in known or None in called or len(numbers) < len(held):
                return None
            return Rehearsal(
                networks=tuple(item for item in known if item is not None),
                drawings=tuple(item for item in called if item is not None),
                held=tuple(numbers),
                steps=steps,
                failures=tuple(item for failure in failures if (item := _failure(failure)) is not None),
            )
    return None


def few_steps(script: Script, rounds: Rounds = FEW) -> dict[str, Value]:
    """The notebook's constants that say how long to train and how often to take note, made small."""
    found: dict[str, Value] = {}
    for statement in script.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int(number))) if number > rounds.each:
                if _PERIOD.search(name):
                    found[name] = rounds.often
                elif _STEPS.search(name):
                    found[name] = rounds.each
    return found


def _known(item: object) -> Known | None:
    match item:
        case {
            "thing": int(thing),
            "names": list(names),
            "arrays": list(arrays),
            "trained": bool(trained),
            "values": values,
            "probe": probe,
        }:
            plain = _arrays(arrays)
            if plain is None or len(names) != len(plain):
                return None
            return Known(
                thing=thing,
                names=tuple(str(name)[:100] for name in names),
                arrays=plain,
                trained=trained,
                values=_array(values),
                probe=_probe(probe),
            )
    return None


def _probe(item: object) -> Probe | None:
    match item:
        case {"arrays": list(arrays), "x": x, "y": y}:
            plain, across, up = _arrays(arrays), _array(x), _array(y)
            if plain is not None and across is not None and up is not None and across.shape == up.shape:
                return Probe(arrays=plain, x=across, y=up)
    return None


def _drawing(item: object, networks: int) -> Drawing | None:
    match item:
        case {
            "function": str(function),
            "parameter": str(parameter),
            "network": int(number),
            "of_targets": bool(of_targets),
        } if 0 <= number < networks:
            named = clean_line(parameter, 100)
            return Drawing(function=function, parameter=named, network=number, of_targets=of_targets)
    return None


def _failure(item: object) -> Failure | None:
    match item:
        case {"line": int(line), "kind": str(kind), "error": str(error)}:
            return Failure(line=line, kind=clean_line(kind, 100), error=clean_line(error, 300))
    return None


def _arrays(items: list[Value]) -> tuple[Array, ...] | None:
    found = [_array(item) for item in items]
    plain = tuple(item for item in found if item is not None)
    return plain if len(plain) == len(found) else None


def _array(value: object) -> Array | None:
    if type(value) is not np.ndarray or value.dtype.kind != "f" or not np.isfinite(value).all():
        return None
    return value.astype(np.float64)
