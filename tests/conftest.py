"""What every test shares: one flag for golden files, and reproducible property tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("reproducible", derandomize=True, deadline=None)  # no test depends on the clock
settings.load_profile("reproducible")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one flag that rewrites golden files."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files with what is printed now")


@pytest.fixture(scope="module", autouse=True)
def _traced(request: pytest.FixtureRequest) -> Iterator[None]:
    """Modules marked `untraced` run without measuring coverage.

    They are long tables and laws over code whose lines are measured elsewhere; tracing makes them three times as slow.
    """
    coverage = sys.modules.get("coverage")
    marked = request.node.get_closest_marker("untraced") is not None
    measuring = coverage.Coverage.current() if coverage is not None and marked else None
    if measuring is not None:
        measuring.stop()
    yield
    if measuring is not None:
        measuring.start()


@pytest.fixture(scope="session", autouse=True)
def _own_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept to save time is kept for this run only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in the test's folder `golden/`; rewrite it with --update-golden."""
    folder = Path(request.path).parent / "golden"
    update = bool(request.config.getoption("--update-golden"))

    def check(name: str, text: str) -> None:
        path = folder / name
        if update:
            folder.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"{path} differs; look, then run pytest with --update-golden"

    return check
