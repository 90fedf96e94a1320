"""Calls into a notebook's slice, with the grader's networks and data.

A scene is played in a process of its own. One that goes well leaves its process to further calls of the same function with
the same globals, as a notebook calls it several times; whoever judges them does not let that count against it, see `again`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import astuple, replace

from autograder.answers.sandboxed import Bench
from autograder.notebooks.calling import Kept, made, shown_in
from autograder.notebooks.rehearsal import FEW, Rehearsal, Rounds, few_steps, read_rehearsal
from autograder.notebooks.scenes import Scene, Shown, may_end_otherwise, says_nothing
from autograder.notebooks.script import Script, imported_modules, missing_modules, printed_text
from autograder.notebooks.stage_files import PACKAGE, contents
from autograder.notebooks.training import (
    before_drawing,
    drawing_functions,
    is_definition,
    training_loops,
    trains_at_all,
    trains_by_hand,
)
from autograder.report.plain import clean_line
from autograder.sandbox import Call, Limits, Outcome, Program, Raised, Returned, SandboxError, Session
from autograder.sandbox.encode import pack
from autograder.sandbox.values import Value
from autograder.submission.cheap import is_setting
from autograder.submission.dependencies import Slice
from autograder.submission.installed import HARMLESS
from autograder.submission.names import Statement

MAIN = "grader_main.py"
_MIB = 1024 * 1024
_LIMITS = Limits(wall=60.0, cpu=20.0, memory=512 * _MIB, printed=4 * _MIB, reply=32 * _MIB)


class Theatre:
    """The slice of one script that one or several functions need, ready to be called."""

    def __init__(self, bench: Bench, script: Script, wanted: Sequence[str], supplied: Sequence[str], seed: int) -> None:
        self.script = script
        self.slice: Slice = script.outline.needed(wanted, supplied)
        self.missing = missing_modules(script, bench.submission.files)
        self.seed = seed
        self._stopped: dict[str, Outcome] = {}  # functions that were cut short: the next network would fare no better
        self._kept: Kept | None = None
        self._bench = bench
        self._files = {**script.files(bench.submission.files), **_stage_files()}

    def close(self) -> None:
        """End the process that the last scene left."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.ending.close()

    def again(self, scene: Scene) -> Shown | None:
        """Make a call in the process of the one before; None where that was of another function, or with other globals.

        What is off there may come from the call before. So only what is right counts; else `play` decides.

        Raises:
            NotReached: the submission's deadline came first.
        """
        kept = self._kept
        if kept is None or kept.scene.supplied is not scene.supplied or kept.scene.function != scene.function:
            return None
        try:
            return shown_in(kept.session, scene, self.seed)
        except SandboxError:
            return None

    def play(self, scene: Scene) -> Shown:
        """Make a call in a fresh process; once more if the first was cut short, as on a machine that is busy.

        Raises:
            NotReached: the submission's deadline came first.
        """
        if scene.function in self._stopped:
            return Shown(scene=scene, seen=None, failure=self._stopped[scene.function])
        shown = self._play(scene)
        if shown.undecided and may_end_otherwise(shown.failure):
            shown = self._play(scene)
        if shown.undecided and shown.failure is not None:
            self._stopped[scene.function] = shown.failure
        return shown

    def _play(self, scene: Scene) -> Shown:
        with ExitStack() as stack:
            session = stack.enter_context(self._session())
            failure = self._loaded(session, scene.supplied)
            if failure is not None:
                return Shown(scene=scene, seen=None, failure=failure)
            shown = shown_in(session, scene, self.seed)
            if shown.failure is None and shown.seen is not None:
                self._kept = Kept(session=session, scene=scene, ending=stack.pop_all())
            return shown

    def compute(self, function: str, arguments: Sequence[tuple[str, Value]], supplied: Mapping[str, Value]) -> Outcome:
        """Call a function that computes a value.

        Raises:
            NotReached: the submission's deadline came first.
        """
        call = Call(name="call", arguments=(function, list(arguments)), seed=self.seed)
        return self._asked(supplied, call, f"`{function}`")

    def run(self, statements: Sequence[Statement], wanted: str, supplied: Mapping[str, Value]) -> Outcome:
        """Run statements behind the slice, as one cell, and return what they leave under a name; training is cut short.

        Raises:
            NotReached: the submission's deadline came first.
        """
        loops = training_loops(self.script)
        cell = self._plain([statement.node.lineno for statement in statements], loops=loops)
        definitions = self._plain(self.slice.lines, loops=loops)
        values = {**supplied, **few_steps(self.script)}
        call = Call(name="run", arguments=(cell, wanted), seed=self.seed)
        return self._asked(values, call, f"the cell that sets `{wanted}`", definitions)

    def _asked(
        self, supplied: Mapping[str, Value], call: Call, during: str, program: dict[str, Value] | None = None
    ) -> Outcome:
        """What a call behind the slice brings; it is made once more if it was cut short."""

        def once() -> Outcome:
            with self._session() as session:
                return self._loaded(session, supplied, program) or made(session, call, during)

        outcome = once()
        return once() if says_nothing(outcome) and may_end_otherwise(outcome) else outcome

    def rehearse(
        self,
        functions: tuple[str, ...],
        supplied: Mapping[str, Value],
        rounds: Rounds = FEW,
        *,
        seed: int | None = None,
    ) -> Rehearsal | None:
        """Run the cells that make, train and draw networks, with few rounds of training and without drawing.

        What was rehearsed in just the same way for another part is not rehearsed again.

        Args:
            functions: the drawing functions; variants of the student's whose names begin alike count as well.
            supplied: the grader's data; networks are the notebook's own.
            rounds: how far training is followed.
            seed: of the notebook's randomness; the part's own unless said otherwise.

        Returns:
            What was seen; None where nothing can be said.

        Raises:
            NotReached: the submission's deadline came first.
        """
        chosen = self.seed if seed is None else seed
        how = [self.script.name, list(functions), list(astuple(rounds)), chosen, dict(supplied)]
        key = pack("rehearsal", how, _LIMITS.reply)
        found = self._bench.rehearsed.get(key) or self._rehearsed(functions, supplied, rounds, chosen)
        if found is not None:
            self._bench.rehearsed[key] = found
        return found

    def _rehearsed(
        self, functions: tuple[str, ...], supplied: Mapping[str, Value], rounds: Rounds, seed: int
    ) -> Rehearsal | None:
        values = {**supplied, **few_steps(self.script, rounds)}
        statements = before_drawing(self.script, functions, values)
        loops = training_loops(self.script)
        definitions = self._definitions(statements, values)
        drawing = sorted(drawing_functions(self.script, functions))
        with self._session(seed) as session:
            if self._loaded(session, values, self._plain(definitions, loops=loops, rounds=rounds), seed) is not None:
                return None
            cells = self._plain([statement.node.lineno for statement in statements], loops=loops, rounds=rounds)
            call = Call(name="rehearse", arguments=(cells, drawing), seed=seed)
            if not isinstance(made(session, call), Returned):
                return None
            seen = made(session, Call(name="rehearsed"))
            found = read_rehearsal(seen.value) if isinstance(seen, Returned) else None
            if found is None:
                return None
            return replace(found, trains=trains_at_all(self.script), by_hand=trains_by_hand(self.script))

    def _definitions(self, statements: Sequence[Statement], supplied: Mapping[str, Value]) -> list[int]:
        """Lines of the definitions that statements need, of what those need while they are made, and of settings."""
        names = {name for statement in statements for name in statement.needs}
        needed = self.script.outline.needed(sorted(names), supplied).statements
        defining = [s for s in needed if is_definition(s.node)]
        at_once = {name for statement in defining for name in statement.needs_now}
        return [s.node.lineno for s in needed if s in defining or s.binds & at_once or is_setting(s.node)]

    def common_seed(self, purpose: str) -> int:
        """A seed that only the course can compute, the same for all its submissions: for what is compared among them."""
        return self._bench.common_seed(purpose)

    @property
    def printed(self) -> str:
        """The text in the saved outputs of the notebook: for remarks, never judged."""
        return printed_text(self._bench.submission.files.get(self.script.name, b""), self.script.name)

    @property
    def harmless(self) -> frozenset[str]:
        """Missing modules whose stand-ins explain no failure."""
        return HARMLESS

    @property
    def lacking(self) -> tuple[str, ...]:
        """Missing modules that the slice imports and that may be what a failure comes from."""
        imported = {name for statement in self.slice.statements for name in imported_modules(statement.node)}
        return tuple(name for name in self.missing if name in imported and name not in HARMLESS)

    @property
    def notices(self) -> tuple[str, ...]:
        """What was done with the program that the student should know."""
        if not self.missing:
            return ()
        names = ", ".join(clean_line(name, 40) for name in self.missing)
        return (
            f"{clean_line(self.script.name, 80)}: {names} is not there while notebooks are graded; it was ignored.",
        )

    def explained(self, failure: Outcome) -> str:
        """What to tell the student of a failure, in the notebook's own cells."""
        if isinstance(failure, Raised) and failure.kind == "NameError":
            said = self._about_name(failure)
            if said:
                return said
        if isinstance(failure, Raised):
            places = [frame for frame in failure.traceback if frame.file == self.script.name]
            at = f" ({self.script.place(places[-1].line)}: `{places[-1].code.strip()}`)" if places else ""
            return f"It raised {failure.kind}: {failure.error}{at}.{failure.advice}"
        return failure.message

    def _about_name(self, failure: Raised) -> str:
        for name, statement in self.slice.left_out.items():
            if f"'{name}'" in failure.error:
                place = self.script.place(statement.node.lineno)
                return (
                    f"It needs the global `{name}`, which your notebook makes by running code ({place}). Only imports, "
                    f"functions, classes and constants are taken over: pass `{name}` as an argument, or make it a constant."
                )
        for name in self.slice.unknown:
            if f"'{name}'" in failure.error:
                return f"It needs `{name}`, which nothing in your notebook defines. Is a line still to be written, or was a cell deleted?"
        return ""

    def _plain(
        self, lines: Sequence[int], *, loops: Sequence[tuple[int, int]] = (), rounds: Rounds = FEW
    ) -> dict[str, Value]:
        """Some statements as the stage reads them."""
        return {
            "name": self.script.name,
            "text": self.script.text,
            "lines": list(lines),
            "loops": [list(place) for place in loops],
            "rounds": rounds.each,
            "in_all": rounds.in_all,
            "often": rounds.often,
            "card": self.script.asks_for_a_card,
        }

    def _session(self, seed: int | None = None) -> Session:
        self.close()
        program = Program(files=self._files, main=MAIN, seed=(self.seed if seed is None else seed) % 2**32)
        return self._bench.sandbox.session(program, _LIMITS, self._bench.deadline)

    def _loaded(
        self,
        session: Session,
        supplied: Mapping[str, Value],
        program: dict[str, Value] | None = None,
        seed: int | None = None,
    ) -> Outcome | None:
        """Load the slice, or another program; the outcome if that went wrong."""
        arguments = (program or self._plain(self.slice.lines), list(self.missing), dict(supplied))
        outcome = made(session, Call(name="load", arguments=arguments, seed=self.seed if seed is None else seed))
        return None if isinstance(outcome, Returned) else outcome


def _stage_files() -> dict[str, bytes]:
    main = f"from {PACKAGE}.calls import call, draw, load, run, seen\nfrom {PACKAGE}.rehearsal import rehearse, rehearsed\n"
    return {**contents(), MAIN: main.encode()}
