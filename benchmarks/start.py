"""Whole processes, from nothing to the exit: how long a user waits for the first result.

    python benchmarks/start.py [--mathics /path/to/mathics] [--turns 15]

The yardstick is a process that only imports NumPy, since wlnet cannot be faster than that; the goal is three times it.
One turn before the first does not count, so everything is compiled to bytecode and lies in the system's cache of files.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from race import Contender, machine, race, show, timed

PYTHON = [sys.executable, "-c"]
WLNET = [sys.executable, "-c", "import sys; from wlnet.frontends.command import main; sys.exit(main())", "-c"]
PROCESSES = {
    "python -c 'import numpy'": [*PYTHON, "import numpy"],
    "python -c pass": [*PYTHON, "pass"],
    "python -c 'import wlnet'": [*PYTHON, "import wlnet"],
    "wlnet -c 1+1": [*WLNET, "1+1"],
    "wlnet -c 'LinearLayer[2]'": [*WLNET, "LinearLayer[2]"],
}


def process(command: Sequence[str]) -> Contender:
    """Gives the contender that runs a command as a process of its own, its output thrown away."""
    # Python writes bytecode as it does for every user, whatever is set here.
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return timed(lambda: subprocess.run(command, env=settings, check=True, **options))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mathics", help="the command mathics of an environment with Mathics3")
    parser.add_argument("--turns", type=int, default=15)
    chosen = parser.parse_args()
    contenders = {name: process(command) for name, command in PROCESSES.items()}
    if chosen.mathics:
        contenders["mathics -c 1+1"] = process([chosen.mathics, "--quiet", "-c", "1+1"])
    else:
        print("Mathics is left out: --mathics says where it is")
    print(machine())
    times = race(contenders, chosen.turns)
    show("one process, minimum / median", times, subject="python -c 'import numpy'")


if __name__ == "__main__":
    main()
