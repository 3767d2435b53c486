"""Says at the end of a run how many layers PyTorch confirmed."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    passed = terminalreporter.getreports("passed")
    found = [value for report in passed for name, value in report.user_properties if name == "confirmed"]
    if found:
        layers = {layer for layer, _ in found}
        terminalreporter.write_line(
            f"conformance: {len(layers)} layers agree with {len(found)} peers in {sum(cases for _, cases in found)} nets; "
            "python -m tests.conformance tells which and how far"
        )
