"""A real browser, the system's Chromium, without a network; where there is none, the summary says what was not run."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from autograder.report.page.submission import page as page_of
from autograder.workbench.author import AuthorDesk
from autograder.workbench.serving import listen
from tests.report.specimen import specimen
from tests.workbench.conftest import small

NAMES = ("chromium", "chromium-browser", "google-chrome")


def _chromium() -> str:
    """The first browser that starts; on some systems the name only belongs to a notice of where to get one."""
    for path in filter(None, map(shutil.which, NAMES)):
        if subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    pytest.skip("NOT RUN: there is no Chromium here; install the package chromium to try the pages in a browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def opened(browser) -> Iterator[Callable[..., Page]]:
    """Open an address; at the end nothing else was asked for, and nothing complained."""
    complaints: list[str] = []
    asked: list[str] = []
    contexts: list[BrowserContext] = []

    def open_(address: str, *, width: int = 900, dark: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
    assert {address.split("/", 3)[2] for address in asked if not address.startswith("data:")} <= {
        address.split("/", 3)[2] for address in asked[:1]
    }


@pytest.fixture(scope="session")
def submission(tmp_path_factory) -> str:
    """The address of the specimen's page."""
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page_of(specimen()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="session")
def workbench() -> Iterator[str]:
    """The address of a running workbench."""
    served = listen({"small": AuthorDesk(assignment=small())}, 0)
    thread = Thread(target=served.server.serve_forever)
    thread.start()
    yield served.guard.address
    served.server.shutdown()
    thread.join()
    served.server.server_close()


def objections(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, by rule and place."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
