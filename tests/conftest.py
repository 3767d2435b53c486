"""What every folder of tests may use."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# The tests check this checkout, whatever is installed.
sys.path.insert(0, str(ROOT))

from wlnet.session import Session  # noqa: E402

# A run gives what the run before gave: hypothesis draws the same examples, and what other packages draw is seeded.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def seeded() -> None:
    """Seeds the generator that autograd's `check_grads` draws its directions from."""
    np.random.seed(1)


@pytest.fixture
def session() -> Session:
    """A fresh session that collects what it prints and its messages."""
    return Session()
