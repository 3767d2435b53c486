"""What every folder of tests may use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# The tests check this checkout, whatever is installed.
sys.path.insert(0, str(ROOT))

from wlnet.session import Session  # noqa: E402


@pytest.fixture
def session() -> Session:
    """A fresh session that collects what it prints and its messages."""
    return Session()
