"""A warm sandbox for the tests of this folder, started once."""

import pytest

from autograder.sandbox import Program, Sandbox


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox.start() as started:
        yield started


@pytest.fixture
def program():
    """Make a program of one file from its text."""
    return lambda text, **others: Program(
        files={"answers.py": text.encode(), **{f"{name}.py": body.encode() for name, body in others.items()}},
        main="answers.py",
    )
