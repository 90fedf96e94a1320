"""Decide whether two bare formulas are equal: two texts, or rows of JSON from standard input."""

from __future__ import annotations

import argparse
import json
import sys

from autograder.compare import compare, compare_lines
from autograder.errors import AuthorError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("expected", metavar="EXPECTED", nargs="?", help="the key")
    parser.add_argument("given", metavar="GIVEN", nargs="?", help="the answer to compare with it")
    parser.add_argument(
        "--symbols", metavar="LIST", default="",
        help="declared symbols, like 'eta>0, N:int, y:data, X:n*d, S:symmetric n*n'",
    )  # fmt: skip
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="where randomness comes from")
    parser.add_argument("--prove", action="store_true", help="ask for a proof of equality as well")
    parser.add_argument(
        "--jsonl", action="store_true", help='read rows {"expected", "given", "symbols"}; write one verdict a line'
    )


def run(arguments: argparse.Namespace) -> int:
    """Compare and print one JSON object a line."""
    if arguments.jsonl:
        if arguments.expected is not None:
            raise AuthorError("--jsonl reads its rows from standard input. Give either --jsonl or two formulas.")
        for verdict in compare_lines(sys.stdin, seed=arguments.seed, prove=arguments.prove):
            print(json.dumps(verdict, ensure_ascii=False, allow_nan=False), flush=True)
        return 0
    if arguments.expected is None or arguments.given is None:
        raise AuthorError("two formulas are needed: compare EXPECTED GIVEN --symbols '…'.")
    verdict = compare(
        arguments.expected, arguments.given, arguments.symbols, seed=arguments.seed, prove=arguments.prove
    )
    print(json.dumps(verdict, ensure_ascii=False, allow_nan=False))
    return 0
