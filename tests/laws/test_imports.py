"""The import direction: a module imports only what is below it, never in a circle; the two columns meet on the bridge."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: The layer of each package or top module of wlnet: it imports lower numbers and itself.
LAYERS = {
    "errors": 0, "declarations": 0, "terms": 0, "compute": 0, "grammar": 0, "data": 0, "images": 0, "sounds": 0,
    "drawings": 0, "models": 0,
    "syntax": 1, "patterns": 1, "nets": 1,
    "kernel": 2, "layers": 2, "coders": 2,
    "plans": 3,
    "training": 4, "interchange": 4,
    "builtins": 5,
    "session": 6, "reference": 6, "coverage": 6,
    "frontends": 7, "__main__": 8, "repl": 7,
}  # fmt: skip
#: Within one layer: what all of layer 0 may import, and the front ends, which open one another.
GROUND = {"errors", "declarations", "terms"}
NEIGHBORS = {("repl", "frontends"), ("frontends", "repl")}

#: `terms` belongs to the language and is the one thing of it that the nets may use.
LANGUAGE = {"syntax", "patterns", "kernel"}
NETS = {"compute", "nets", "layers", "coders", "plans", "training", "interchange"}

#: Packages from outside → the only modules that may import them.
OUTSIDE = {"autograd": ("wlnet.compute.tape",), "prompt_toolkit": ("wlnet.repl",), "lark": ("wlnet.syntax",)}


def modules() -> dict[str, Path]:
    """Gives the source file of every module of the package, by its full name."""
    found = {}
    for folder, package in (("wlnet", "wlnet"), ("repl", "wlnet.repl"), ("grammar", "wlnet.grammar")):
        for file in (ROOT / folder).rglob("*.py"):
            parts = file.relative_to(ROOT / folder).with_suffix("").parts
            found[".".join([package, *(part for part in parts if part != "__init__")])] = file
    return found


MODULES = modules()


def imported(file: Path, *, types: bool = False) -> Iterator[tuple[str, int]]:
    """Yields the modules that a file imports anywhere in it, with the line; with `types` also those for type checking."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    ignored = {
        inner
        for node in ast.walk(tree)
        if not types and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in ignored:
            continue
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            assert node.level == 0, f"{file}:{node.lineno}: import by the full name, not by a relative one"
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def part_of(module: str) -> str | None:
    """Gives the package below wlnet that a module belongs to; None for wlnet itself and for others' modules."""
    names = module.split(".")
    return names[1] if names[0] == "wlnet" and len(names) > 1 else None


def is_allowed(importer: str, target: str) -> bool:
    if importer == target or (importer, target) in NEIGHBORS:
        return True
    return LAYERS[target] < LAYERS[importer] or (LAYERS[importer] == 0 and target in GROUND)


def columns_meet(importer: str, target: str) -> bool:
    return (importer in LANGUAGE | {"terms"} and target in NETS) or (importer in NETS and target in LANGUAGE)


@pytest.mark.parametrize("module", sorted(MODULES.keys() - {"wlnet"}))
def test_a_module_imports_only_what_is_below_it(module: str) -> None:
    importer = part_of(module)
    assert importer in LAYERS, f"Give wlnet.{importer} a layer in LAYERS of tests/laws/{Path(__file__).name}."
    for target_module, line in imported(MODULES[module]):
        target = part_of(target_module)
        if target is None or target not in LAYERS:
            continue
        place = f"{MODULES[module].relative_to(ROOT)}:{line}"
        assert is_allowed(importer, target), (
            f"{place}: {importer} (layer {LAYERS[importer]}) must not import {target} (layer {LAYERS[target]}). "
            "Move what both need further down, or let the higher one call the lower one through a table."
        )
        assert not columns_meet(importer, target), (
            f"{place}: {importer} must not import {target}: the language and the nets know nothing of each other. "
            "What needs both belongs to wlnet/builtins."
        )


def home_of(name: str) -> str | None:
    """Gives the module of ours that a full name is, or lies in."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


def test_no_module_imports_one_that_imports_it() -> None:
    """Imports in functions and those for type checking count: a circle is one, also where Python gets round it.

    Not so what walks over the modules of a package to load its declarations, and the names of `wlnet` itself, which it
    imports when they are asked for.
    """
    needs = {
        module: {home_of(name) for name, _ in imported(file, types=True)} - {None, module}
        for module, file in MODULES.items()
        if module != "wlnet"
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        pytest.fail(
            f"{' is imported by '.join(error.args[1])}. Move what they share to a module that both may import, or let "
            "the one that is loaded later put its function into a table of the other."
        )


@pytest.mark.parametrize("module", sorted(MODULES))
def test_packages_from_outside_stay_where_they_belong(module: str) -> None:
    for target, line in imported(MODULES[module]):
        homes = OUTSIDE.get(target.split(".")[0])
        assert homes is None or module.startswith(homes), (
            f"{MODULES[module].relative_to(ROOT)}:{line}: only {', '.join(homes)} may import {target.split('.')[0]}."
        )


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import wlnet", ("numpy", "autograd", "prompt_toolkit", "lark")),
        ("import wlnet.session", ("autograd", "prompt_toolkit", "scipy", "mpmath", "argparse")),
        (
            "from wlnet import Session; Session().evaluate('1 + 1')",
            (
                "autograd",
                "prompt_toolkit",
                "scipy",
                "mpmath",
                "statistics",
                "importlib.metadata",
                "asyncio",
                "wlnet.nets",
            ),
        ),
        (
            "from wlnet import Session; Session().evaluate('NetChain[{LinearLayer[2], Ramp}]')",
            ("autograd", "numpy.random", "threadpoolctl", "hashlib", "wlnet.training", "wlnet.interchange"),
        ),
    ],
)
def test_start_up_imports_nothing_that_it_does_not_need(statement: str, absent: tuple[str, ...]) -> None:
    code = f"{statement}\nimport sys\nprint(*[name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [], f"`{statement}` imports {done.stdout.strip()}: import it where it is used."
