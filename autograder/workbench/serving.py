"""Serving the pages on this machine's own address, and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.serving import BaseWSGIServer, make_server

from autograder.errors import AuthorError
from autograder.workbench.app import workbench
from autograder.workbench.desk import Desk
from autograder.workbench.guard import HOST, Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server that listens already, and the address to open."""

    server: BaseWSGIServer
    guard: Guard


def listen(desks: Mapping[str, Desk], port: int) -> Served:
    """Begin to listen; port 0 takes a free one.

    Raises:
        AuthorError: the port is taken.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # no line for each request: its address has the token in it
    try:
        server = make_server(HOST, port, _refuse, threaded=True)
    except (OSError, SystemExit) as error:
        raise AuthorError(
            f"cannot listen on port {port} of {HOST}: it is taken. Choose another with --port."
        ) from error
    guard = Guard.fresh(server.port)
    server.app = workbench(desks, guard)
    return Served(server=server, guard=guard)


def serve(desks: Mapping[str, Desk], port: int) -> int:
    """Say where the pages are and serve them until Ctrl-C.

    Raises:
        AuthorError: the port is taken.
    """
    served = listen(desks, port)
    print(
        f"The workbench is open at\n\n  {served.guard.address}\n\nOnly this machine can reach it. Stop it with Ctrl-C.",
        flush=True,
    )
    served.server.serve_forever()  # it returns at Ctrl-C, and closes itself
    print("\nThe workbench is closed.")
    return 0


def _refuse(environ: object, start_response: object) -> list[bytes]:
    """What stands in for the pages until the port is known."""
    del environ, start_response
    return []
