"""What every folder of tests may use."""

from __future__ import annotations

import os
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


#: So many files are worth the start of other processes.
MANY = 10


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Gives 0 where few tests are run, which would wait for other processes to start; many of them take every core.

    Each process multiplies its matrices on one thread: the cores have enough to do.
    """
    asked = config.option
    are_many = config.args_source is config.ArgsSource.TESTPATHS or len(config.args) >= MANY
    if not are_many or asked.keyword or asked.markexpr or asked.lf or asked.collectonly or asked.capture == "no":
        return 0
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    return None


@pytest.fixture(autouse=True)
def seeded() -> None:
    """Seeds the generator that autograd's `check_grads` draws its directions from."""
    np.random.seed(1)


@pytest.fixture
def session() -> Session:
    """A fresh session that collects what it prints and its messages."""
    return Session()
