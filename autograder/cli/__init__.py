"""The command line: one verb, one module with `add_arguments` and `run`."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AuthorError, SubmissionError

GRADED, FAULT, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: all went well, the grader's own fault, the command or its files are wrong, stopped by hand."""

PLATFORM_HOME = Path("/autograder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb: what it does in a few words, and the module that does it, imported only when it is asked for.

    The module has `add_arguments(parser) -> None` and `run(arguments) -> int`, which returns the exit code.
    """

    name: str
    summary: str
    module: str


VERBS: tuple[Verb, ...] = (
    Verb(name="grade", summary="grade a submission", module="autograder.cli.grade"),
    Verb(name="batch", summary="grade a class", module="autograder.cli.batch"),
    Verb(name="rule", summary="rule on an answer that waits for a person", module="autograder.cli.rule"),
    Verb(name="export", summary="write a graded class for another program", module="autograder.cli.export"),
    Verb(name="try", summary="try an answer to one part", module="autograder.cli.try_part"),
    Verb(name="serve", summary="open a page in which answers are tried", module="autograder.cli.serve"),
    Verb(name="compare", summary="decide whether two formulas are equal", module="autograder.cli.compare"),
    Verb(name="new", summary="begin a question", module="autograder.cli.new"),
    Verb(name="form", summary="write the blank form, or one per student", module="autograder.cli.form"),
    Verb(name="verify", summary="prove an assignment before it is used", module="autograder.cli.verify"),
    Verb(
        name="misconceptions",
        summary="show which wrong answer triggers which rule",
        module="autograder.cli.misconceptions",
    ),
    Verb(name="feedback", summary="write down what wrong answers are told", module="autograder.cli.feedback"),
    Verb(name="build", summary="build the zip for Gradescope", module="autograder.cli.build"),
    Verb(name="validate", summary="check a results.json", module="autograder.cli.validate"),
    Verb(name="coverage", summary="show which part covers each row of the inventory", module="autograder.cli.coverage"),
    Verb(name="doctor", summary="say what this machine offers", module="autograder.cli.doctor"),
    Verb(name="platform", summary="grade as Gradescope asks, in its folders", module="autograder.cli.platform"),
)


def printable() -> None:
    """Let what a terminal cannot show become a question mark: a missing sigma must not end a run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def present() -> tuple[Verb, ...]:
    """The verbs that this copy has: one that only grades leaves an author's out."""
    return tuple(verb for verb in VERBS if importlib.util.find_spec(verb.module) is not None)


def main(argv: Sequence[str]) -> int:
    """Run one verb and return its exit code."""
    printable()
    arguments = list(argv)
    if not arguments and (PLATFORM_HOME / "submission").is_dir():
        arguments = ["platform"]
    verb = next((verb for verb in present() if arguments and verb.name == arguments[0]), None)
    if verb is None:
        return _explain(arguments)
    module = importlib.import_module(verb.module)
    parser = argparse.ArgumentParser(prog=f"autograder {verb.name}", description=module.__doc__, allow_abbrev=False)
    module.add_arguments(parser)
    try:
        code: int = module.run(parser.parse_args(arguments[1:]))
        sys.stdout.flush()
    except (AuthorError, SubmissionError) as error:
        print(f"autograder: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("autograder: stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `… | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GRADED
    except Exception:  # noqa: BLE001 - border two: the process ends with a word of its own
        traceback.print_exc()
        print("autograder: this is a fault of the grader, not of the submission; nothing was graded.", file=sys.stderr)
        return FAULT
    return code


def _explain(arguments: list[str]) -> int:
    """Print the verbs: because they were asked for, or because a word is none."""
    asked = arguments[:1] in (["-h"], ["--help"])
    out = sys.stdout if asked else sys.stderr
    if arguments and not asked:
        print(f"autograder: {arguments[0]!r} is no verb.", file=out)
    print("usage: python -m autograder VERB ...   (VERB --help says more)\n", file=out)
    verbs = present()
    width = max(len(verb.name) for verb in verbs)
    for verb in verbs:
        print(f"  {verb.name:<{width}}  {verb.summary}", file=out)
    return GRADED if asked else USAGE
