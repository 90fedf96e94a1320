"""One parametrised test per item; the submission's folder comes in an environment variable."""

import os
import sys
from pathlib import Path

import pytest

sys.path[:0] = [os.environ["SUBMISSION"], str(Path(__file__).resolve().parents[1] / "shared")]
from twelve import ITEMS  # noqa: E402 - found by the path above


@pytest.fixture(scope="module")
def answers():
    import homework

    return vars(homework)


@pytest.mark.parametrize("item", ITEMS)
def test_item(item, answers):
    assert ITEMS[item](answers)
