"""Finds the packages: `wlnet` and those below it, and the two whose folders lie at the top of the repository.

Everything else is in pyproject.toml, whose own `packages.find` cannot add to what it finds.
"""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["wlnet*"]), "wlnet.grammar", "wlnet.repl"])
