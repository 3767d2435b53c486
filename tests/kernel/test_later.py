"""What is loaded later has all its rules, also where its symbol was met before."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from wlnet.kernel import BUILTINS
from wlnet.session import Session
from wlnet.terms import symbol
session = Session()
assert symbol("HalfNormalDistribution") not in BUILTINS, "it is not loaded later any more"
session.kernel.definitions[symbol("HalfNormalDistribution")]
print(session.evaluate("Mean[HalfNormalDistribution[2]]"))
"""


NAMING = """
from wlnet.session import Session
from wlnet.kernel import BUILTINS
from wlnet.terms import S
session = Session()
assert S.Together not in BUILTINS, "it is not loaded later any more"
print(session.evaluate("ToString[PolynomialQuotientRemainder[x^2, a x, x]]"))
"""


def run(program: str) -> tuple[str, str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def test_code_names_what_is_loaded_later() -> None:
    assert run(NAMING) == ("{x/a, 0}\n", "")


def test_a_symbol_met_before_its_rules_were_loaded() -> None:
    assert run(PROGRAM) == ("1/2\n", "")
