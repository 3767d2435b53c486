"""What is loaded later has all its rules, also where its symbol was met before."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from wlnet.session import Session
from wlnet.terms import symbol
session = Session()
assert session.kernel.definitions[symbol("HalfNormalDistribution")].builtin is None, "it is not loaded later any more"
print(session.evaluate("Mean[HalfNormalDistribution[2]]"))
"""


def test_a_symbol_met_before_its_rules_were_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1/2\n", "")
