"""One call of a notebook's function: what goes in, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from signal import SIGKILL

from autograder.notebooks.figures import Array, Seen
from autograder.sandbox import Clock, Crashed, Outcome, OutOfMemory, TimedOut, TooMuchOutput
from autograder.sandbox.values import Value

_MOST_CURVES = 3000  # of one call: more than a point each for every parameter at every x


def says_nothing(outcome: Outcome | None) -> bool:
    """Whether how a call ended leaves open if the answer is right: it was cut short, or the machine gave out."""
    if isinstance(outcome, Crashed):
        return outcome.signal == SIGKILL  # nothing of a student's sends it: the machine ran out of memory
    return isinstance(outcome, TimedOut | OutOfMemory | TooMuchOutput)


def may_end_otherwise(outcome: Outcome | None) -> bool:
    """Whether the same call may well end otherwise a second time: a busy machine, not the code's own work, ended it."""
    own_work = isinstance(outcome, TimedOut) and outcome.clock is Clock.CPU
    return not own_work and not isinstance(outcome, OutOfMemory | TooMuchOutput)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """A fully connected network with ReLUs between its layers.

    Args:
        weights: W1 (w, 1), b1 (w,), W2, b2, …; float32 on their way into torch.
        style: "sequential", "attributes" for a module with layers fc1, fc2, …, or "named" for one whose layers are `stems`.
        stems: names of the layers, with dots where they lie inside of others ("layers.0").
    """

    weights: tuple[Array, ...]
    style: str = "sequential"
    stems: tuple[str, ...] = ()

    @property
    def plain(self) -> dict[str, Value]:
        """The network as values for the sandbox."""
        return {
            "weights": [weight.astype("float32") for weight in self.weights],
            "style": self.style,
            "stems": list(self.stems),
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parameters, in the order of the weights."""
        layers = range(len(self.weights) // 2)
        stems = self.stems or [f"fc{n + 1}" if self.style == "attributes" else str(2 * n) for n in layers]
        return tuple(f"{stem}.{kind}" for stem in stems for kind in ("weight", "bias"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """One call.

    Args:
        name: for instructors ("width 4, 0.weight").
        function: of the notebook.
        arguments: names and values in the order of the contract; the network goes where "model" stands.
        network: what "model" stands for, or None.
        supplied: globals that the notebook may use without making them.
    """

    name: str
    function: str
    arguments: tuple[tuple[str, Value], ...]
    network: Network | None = None
    supplied: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shown:
    """What a scene brought.

    Args:
        scene: the call.
        seen: what was drawn, up to where it stopped; None where nothing can be said.
        failure: how the call ended otherwise than by returning, or None.
        unseen: why what was drawn did not arrive, or None.
    """

    scene: Scene
    seen: Seen | None
    failure: Outcome | None = None
    unseen: Outcome | None = None

    @property
    def undecided(self) -> str:
        """Why nothing can be said of the call, a sentence; "" where something can."""
        if says_nothing(self.failure):
            return self.failure.message if self.failure is not None else ""
        if self.crowded:
            return self.crowded
        if self.failure is None and self.seen is None:
            reason = "it did not arrive." if self.unseen is None else self.unseen.message
            return f"What was drawn could not be looked at: {reason}"
        return ""

    @property
    def crowded(self) -> str:
        """Why what was drawn is not looked through, a sentence; "" where it can be."""
        count = 0 if self.seen is None else len(self.seen.curves)
        return f"{count:,} lines are drawn, which are too many to be looked through." if count > _MOST_CURVES else ""

    @property
    def drew(self) -> bool:
        """Whether there is any figure."""
        return self.seen is not None and bool(self.seen.curves)
