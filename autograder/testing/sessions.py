"""Calls of an author's tests in the sandbox: one process for each test and file, begun at its first call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from autograder.functions.loading import STAND_INS, Way, every_statement, first_way, said_of_skipped, stand_ins
from autograder.sandbox import Call, Limits, Missing, Outcome, Program, Read, Sandbox, Session
from autograder.submission.installed import LIBRARIES
from autograder.submission.program import Source, locate, sources
from autograder.testing.outcomes import ENDED, category


class SubmissionSessions:
    """Sessions of a submission's files in a sandbox; close by `renew`.

    A function is called in the file that defines it; a name that no file defines as a function (a class, a number) is
    looked for in every file that mentions it.

    Args:
        files: what was handed in.
        limits: what one call may take.
        deadline: moment of `time.monotonic()` after which no call is made.
        seed: seeds the loading of the files.

    Attributes:
        notices: what the student should know of the files that were used.
    """

    def __init__(
        self, sandbox: Sandbox, files: Mapping[str, bytes], *, limits: Limits, deadline: float, seed: int = 0
    ) -> None:
        self.notices: dict[str, None] = {}
        self._sandbox = sandbox
        self._files = files
        self._sources = sources(files)
        self._limits = limits
        self._deadline = deadline
        self._seed = seed
        self._sessions: dict[str, Session] = {}

    def call(self, wanted: Call | Read) -> Outcome:
        """Make one call; a call that ended its process does not speak for the next one.

        Raises:
            SandboxError: the sandbox itself failed.
        """
        outcome: Outcome = Missing(during=wanted.during, name=wanted.name, found=self._defined())
        for source, files in self._candidates(wanted.name.partition(".")[0]):
            outcome = self._call_in(source, files, wanted)
            if not isinstance(outcome, Missing) or outcome.cause is not None:
                return outcome
        return replace(outcome, found=self._defined()) if isinstance(outcome, Missing) else outcome

    def renew(self) -> None:
        """End every process."""
        while self._sessions:
            self._sessions.popitem()[1].close()

    def _call_in(self, source: Source, files: Mapping[str, bytes], wanted: Call | Read) -> Outcome:
        session = self._sessions.get(source.name)
        if session is None:
            session = self._sessions[source.name] = self._loaded(source, files)
        outcome = session.call(wanted)
        if category(outcome) in ENDED:
            del self._sessions[source.name]
            session.close()
        return outcome

    def _loaded(self, source: Source, files: Mapping[str, bytes]) -> Session:
        """The file as it is; where a statement of it raises, and always for a notebook, statement by statement."""
        libraries = stand_ins(tuple(sorted(LIBRARIES & {module for one in self._sources for module in one.absent})))
        program = Program(
            files={**files, **libraries}, main=source.name, seed=self._seed, first=STAND_INS if libraries else ""
        )
        if first_way(source) is Way.WHOLE:
            session = self._sandbox.session(program, self._limits, self._deadline)
            if not isinstance(session.loading, Missing):
                return session
            session.close()
        program = replace(program, statements=every_statement(source))
        session = self._sandbox.session(program, self._limits, self._deadline)
        self.notices.update(dict.fromkeys(said_of_skipped(session.skipped, source)))
        return session

    def _candidates(self, name: str) -> Iterator[tuple[Source, Mapping[str, bytes]]]:
        located = locate(name, self._sources, self._files)
        if located is not None:
            self.notices.update(dict.fromkeys(located.notices))
            yield located.source, located.files
            return
        mentioned = re.compile(rf"\b{re.escape(name)}\b")
        for source in self._sources:
            if mentioned.search(source.text):
                yield source, self._loadable(source)

    def _loadable(self, source: Source) -> dict[str, bytes]:
        modules = {name: data for name, data in self._files.items() if name.lower().endswith(".py")}
        return {**modules, source.name: source.text.encode()}

    def _defined(self) -> tuple[str, ...]:
        return tuple(name for source in self._sources for name in source.definitions)
