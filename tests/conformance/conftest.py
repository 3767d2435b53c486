"""Says at the end of a run how many layers PyTorch confirmed."""

from __future__ import annotations

from typing import Any

import pytest

CONFIRMED = pytest.StashKey[list[Any]]()


@pytest.fixture(scope="session")
def confirmations(pytestconfig: pytest.Config) -> list[Any]:
    """What peers confirmed in this run."""
    return pytestconfig.stash.setdefault(CONFIRMED, [])


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    found = config.stash.get(CONFIRMED, [])
    if found:
        layers = {each.peer.layer for each in found}
        terminalreporter.write_line(
            f"conformance: {len(layers)} layers agree with {len(found)} peers in {sum(each.cases for each in found)} nets; "
            "python -m tests.conformance tells which and how far"
        )
