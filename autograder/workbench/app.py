"""The pages: a list of assignments, one of parts, and for each part a place to try one answer or many."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from flask import Flask, Response, abort, request
from jinja2 import Environment

from autograder.report.page.templates import environment, fingerprint, style
from autograder.workbench.desk import Desk, Place, Tried
from autograder.workbench.guard import LONGEST_FORM, Guard, headers
from autograder.workbench.prompts import prompt

TEMPLATES = Path(__file__).parent / "templates"
MOST_ROWS = 100
"""Answers of one table."""

_LONGEST_ANSWER = 200_000


def workbench(desks: Mapping[str, Desk], guard: Guard) -> Flask:
    """The application.

    Args:
        desks: by name of the assignment.
        guard: who may ask.
    """
    app = Flask("autograder.workbench", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_FORM
    pages = _Pages(desks, guard)
    app.before_request(pages.admit)
    app.after_request(pages.seal)
    app.add_url_rule("/<token>/", view_func=pages.start)
    app.add_url_rule("/<token>/workbench.js", view_func=pages.script)
    app.add_url_rule("/<token>/<assignment>/", view_func=pages.parts)
    app.add_url_rule("/<token>/<assignment>/<part>/", view_func=pages.part, methods=["GET", "POST"])
    app.add_url_rule("/<token>/<assignment>/<part>/table/", view_func=pages.table, methods=["GET", "POST"])
    return app


class _Pages:
    """What is answered to each address."""

    def __init__(self, desks: Mapping[str, Desk], guard: Guard) -> None:
        self._desks = desks
        self._guard = guard
        self._sheet = style("style.css", TEMPLATES / "workbench.css")
        self._headers = headers(fingerprint(self._sheet))
        self._templates: Environment = environment(TEMPLATES)
        self._templates.filters["prompt"] = prompt
        self._judging = Lock()  # one answer at a time: a judging forks, and takes a processor

    def admit(self) -> Response | None:
        """Turn away whoever comes by another name or without the token, before anything else is looked at."""
        if not self._guard.names_us(request.host):
            return Response("This page answers to 127.0.0.1 only.\n", status=421, mimetype="text/plain")
        token = (request.view_args or {}).get("token", "")
        if not self._guard.knows(str(token)):
            return Response(
                "Open the address that was printed when the page was started.\n", 403, mimetype="text/plain"
            )
        return None

    def seal(self, response: Response) -> Response:
        """Say to the browser what it may do."""
        response.headers.update(self._headers)
        return response

    def start(self, token: str) -> str:
        """The assignments."""
        del token
        return self._page("start.html", desks=self._desks.values())

    def script(self, token: str) -> Response:
        """The one script: it sends the form while one types."""
        del token
        return Response((TEMPLATES / "workbench.js").read_text(encoding="utf-8"), mimetype="text/javascript")

    def parts(self, token: str, assignment: str) -> str:
        """The parts of one assignment."""
        del token
        return self._page("parts.html", desk=self._desk(assignment))

    def part(self, token: str, assignment: str, part: str) -> str:
        """One part, with what came of the answer that was sent."""
        del token
        desk, place = self._place(assignment, part)
        text, others = request.form.get("answer", ""), self._others(place)
        tried = self._try(desk, place, text, others) if text.strip() else None
        return self._page("part.html", desk=desk, place=place, text=text, others=others, tried=tried)

    def table(self, token: str, assignment: str, part: str) -> str:
        """Many answers to one part, one a line."""
        del token
        desk, place = self._place(assignment, part)
        text, others = request.form.get("answers", ""), self._others(place)
        lines = [line for line in text.splitlines() if line.strip()]
        rows = [(line, self._try(desk, place, line, others)) for line in lines[:MOST_ROWS]]
        return self._page(
            "table.html", desk=desk, place=place, text=text, others=others, rows=rows, left_out=len(lines) - len(rows)
        )

    def _page(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(
            root=f"/{self._guard.token}/", style=self._sheet, most_rows=MOST_ROWS, **values
        )

    def _desk(self, assignment: str) -> Desk:
        if assignment not in self._desks:
            abort(404)
        return self._desks[assignment]

    def _place(self, assignment: str, part: str) -> tuple[Desk, Place]:
        desk = self._desk(assignment)
        places = desk.places
        if part not in places:
            abort(404)
        return desk, places[part]

    def _others(self, place: Place) -> dict[str, str]:
        return {name: request.form.get(name, "")[:_LONGEST_ANSWER] for name in place.others}

    def _try(self, desk: Desk, place: Place, text: str, others: Mapping[str, str]) -> Tried:
        with self._judging:
            return desk.try_answer(place.id, text[:_LONGEST_ANSWER], others)
