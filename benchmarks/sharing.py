"""Many layers that share one array: time against the number of layers, and memory.

    python benchmarks/sharing.py [--turns 7]

A chain of 1000 linear layers without biases that all use one shared array, against a chain of 100 of them, each step
both from Python and through the language. What is to be seen is that nothing grows faster than the net: the goal is
under ten times as long. The array must exist once, however many layers use it; the peer is the same chain with an array
for each layer.
"""

from __future__ import annotations

import argparse
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
from race import Times, machine, race, show, timed

from wlnet import Session
from wlnet.layers import construct, load_layers
from wlnet.nets import Net, chain
from wlnet.nets.arrays import Shared
from wlnet.nets.initialize import initialize
from wlnet.plans import apply
from wlnet.terms import NONE, Expression, S

SIZES = {"100 layers": 100, "1000 layers": 1000}
WIDTH = 64
LAYER = 'LinearLayer[64, "Weights" -> NetArray["W"], "Biases" -> None]'


def build(count: int, shared: bool = True) -> Net:
    """Gives a chain of layers that share their only array, or have one each."""
    kind = load_layers()["LinearLayer"]
    weights = {"Weights": Expression(S.NetArray, ("W",))} if shared else {}
    layers = {str(n): construct(kind, (WIDTH,), {**weights, "Biases": NONE}) for n in range(1, count + 1)}
    return chain(layers)


def with_input(net: Net) -> Net:
    return net.with_ports({"Input": net.structure.inputs["Input"].with_shape((WIDTH,))})


def compare(title: str, works: dict[str, Callable[[], Any]], turns: int) -> None:
    times: Times = race({name: timed(work) for name, work in works.items()}, turns)
    show(title, times, subject=next(iter(works)))


def from_python(turns: int) -> None:
    x = np.ones(WIDTH, np.float32)
    nets = {name: build(count) for name, count in SIZES.items()}
    known = {name: with_input(net) for name, net in nets.items()}
    ready = {name: initialize(net) for name, net in known.items()}
    steps: dict[str, Callable[[str], Any]] = {
        "build": lambda name: build(SIZES[name]),
        "infer from the input on": lambda name: with_input(nets[name]),
        # A net remembers what was asked of it, so each turn gets a new one.
        "initialize": lambda name: initialize(Net(known[name].structure, known[name].store)),
        "apply": lambda name: apply(ready[name], x),
    }
    for step, work in steps.items():
        compare(f"from Python: {step}", {name: lambda w=work, n=name: w(n) for name in SIZES}, turns)


def from_language(turns: int) -> None:
    session = Session()
    for count in SIZES.values():
        session.evaluate(f"net[{count}] = NetChain[Table[{LAYER}, {{{count}}}]];")
        session.evaluate(f'known[{count}] = NetReplacePart[net[{count}], "Input" -> {WIDTH}];')
        session.evaluate(f"ready[{count}] = NetInitialize[known[{count}]];")
    steps = {
        "build, infer, initialize and print": (
            f'ToString[NetInitialize[NetReplacePart[NetChain[Table[{LAYER}, {{$n}}]], "Input" -> {WIDTH}]]];'
        ),
        "build": f"NetChain[Table[{LAYER}, {{$n}}]];",
        "infer from the input on": f'NetReplacePart[net[$n], "Input" -> {WIDTH}];',
        "infer and initialize": 'NetInitialize[NetReplacePart[net[$n], "Input" -> 64]];',
        "print": "ToString[ready[$n]];",
        "print with all arrays": "ToString[ready[$n], InputForm];",
        "apply": f"ready[$n][ConstantArray[1., {WIDTH}]];",
    }
    for step, text in steps.items():
        texts = {name: text.replace("$n", str(count)) for name, count in SIZES.items()}
        compare(f"language: {step}", {name: lambda t=t: session.evaluate(t) for name, t in texts.items()}, turns)


def array_bytes(net: Net) -> int:
    """Gives the bytes of the different arrays that a net holds."""
    return sum({id(array): array.nbytes for array in net.store.values()}.values())


def memory() -> None:
    """Prints what an initialized chain of 1000 layers holds, shared or not, whole and of arrays alone."""
    print(f"memory of 1000 initialized layers ({WIDTH} × {WIDTH} numbers each)")
    for name, shared in (("one shared array", True), ("an array each", False)):
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        net = initialize(with_input(build(1000, shared)))
        held = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        uses = len(net.positions[Shared("W")]) if shared else 1
        count = len({id(array) for array in net.store.values()})
        sizes = f"{array_bytes(net) / 1e6:6.2f} MB; in all {held / 1e6:6.2f} MB"
        print(f"    {name:20} {count:5} arrays, {sizes}; each used {uses} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=7)
    chosen = parser.parse_args()
    print(machine())
    from_python(chosen.turns)
    from_language(chosen.turns)
    memory()


if __name__ == "__main__":
    main()
