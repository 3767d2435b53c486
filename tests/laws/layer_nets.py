"""The nets in the examples of every kind of net, made ready to run, with data that fit them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from wlnet import builtins
from wlnet.errors import DimensionError, NetError
from wlnet.nets import KINDS, VARYING, Kind, Net, Port, initialize
from wlnet.nets.containers import with_inputs
from wlnet.nets.dimensions import is_known
from wlnet.plans import evaluate
from wlnet.session import Session
from wlnet.syntax import parse, write
from wlnet.terms import Association, Expression, S, Term, elements, is_head, is_list, symbol

builtins.load_rest()

#: Dimensions tried for inputs whose dimensions an example leaves open, one after the other.
GUESSES = ((3,), (2,), (1,), (4,), (4, 3), (1, 4), (2, 3), (2, 5, 3), (1, 4, 4), (2, 2, 3), ())
VARYING_LENGTH = 4
BATCH = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """A net from an example of a kind: as it was made (`raw`), and with known dimensions and values (`net`)."""

    kind: str
    text: str
    raw: Net
    net: Net

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"

    def inputs(self, seed: int = 0, length: int = VARYING_LENGTH, dtype: Any = np.float32) -> dict[str, np.ndarray]:
        return batch_for(self.net, seed, length, dtype)


def batch_for(net: Net, seed: int = 0, length: int = VARYING_LENGTH, dtype: Any = np.float32) -> dict[str, np.ndarray]:
    """Gives a read-only batch for every input; reals lie between 0 and 1, where every function is smooth."""
    return {
        name: read_only(values_for(port, length, np.random.default_rng([seed, index])), dtype)
        for index, (name, port) in enumerate(net.structure.inputs.items())
    }


def values_for(port: Port, length: int, generator: np.random.Generator) -> np.ndarray:
    shape = (BATCH, *(length if dimension is VARYING else dimension for dimension in port.shape))
    if port.element == "Integer":
        limit = port.limit or 5  # neighbors differ: no path of a CTCLossLayer gives equal ones in as many steps
        steps = generator.integers(1, max(limit, 2), shape)
        return 1 + (np.cumsum(steps, -1) if len(shape) > 1 else steps) % limit
    return generator.uniform(0.1, 0.9, shape)


def read_only(values: np.ndarray, dtype: Any) -> np.ndarray:
    made = values.astype(dtype)
    made.setflags(write=False)
    return made


def ready(net: Net) -> Net | None:
    """Gives the net with two inputs where the number is open, dimensions guessed and arrays filled; None if none fit."""
    net = with_inputs(net, 2)
    ports = {name: port for name, port in net.structure.inputs.items() if not is_known(port.shape)}
    for shapes in product(*(guesses(port) for port in ports.values())):
        try:
            made = net.with_ports({name: ports[name].with_shape(s) for name, s in zip(ports, shapes, strict=True)})
            made = initialize(made, seed=7)
        except NetError:
            continue
        if all(is_known(p.shape) for p in (*made.structure.inputs.values(), *made.structure.outputs.values())):
            made = with_random_arrays(made)
            try:
                outputs, _ = evaluate(made, batch_for(made), BATCH)
            except DimensionError:
                continue  # a length that was guessed does not go with one that varies
            except NetError as error:
                if error.tag == "placeholder":
                    return None
                raise
            if all(np.isfinite(array).all() for array in outputs.values()):
                return made
    return None


def guesses(port: Port) -> list[tuple[Any, ...]]:
    """Gives dimensions to try for a port that are not all known."""
    if port.shape is None:
        return list(GUESSES)
    return [tuple(size if dimension is None else dimension for dimension in port.shape) for size in (3, 8, 5, 4, 2, 1)]


def with_random_arrays(net: Net) -> Net:
    """Gives the net with all arrays between 0.2 and 0.8, so that no bias is zero and no variance negative."""
    generator = np.random.default_rng(3)
    return net.with_arrays(
        {key: generator.uniform(0.2, 0.8, array.shape).astype(np.float32) for key, array in net.store.items()}
    )


def calls_of(term: Term, head: Any) -> Iterator[Expression]:
    """Yields the subterms with this head, inner ones too."""
    if type(term) is Expression:
        if term.head is head:
            yield term
        for part in (term.head, *term.args):
            yield from calls_of(part, head)


def nets_in(term: Term) -> Iterator[Net]:
    if isinstance(term, Net):
        yield term
    elif is_list(term):
        for item in elements(term) if is_head(term, S.List) else ():
            yield from nets_in(item)
    elif type(term) is Association:
        for item in term.values():
            yield from nets_in(item)


def nets_of_examples(kind: Kind) -> dict[str, Net]:
    """Gives text → net of every call of a kind in its examples, and of every net of the kind among their values."""
    found: dict[str, Net] = {}
    for heading, examples in kind.help.examples.items():
        if heading in ("Possible issues", "Known failures"):
            continue
        session = Session()
        for example in examples:
            value = session.evaluate_term(example.input)
            session.kernel.quiet += 1
            calls = list(calls_of(parse(example.input, session.kernel.resolve), symbol(kind.name)))
            made = [(write(call, "InputForm"), session.kernel.evaluate(call)) for call in calls]
            for text, term in [*made, (example.input, value)]:
                for net in nets_in(term):
                    if net.kind is kind:
                        found.setdefault(text, net)
            session.kernel.quiet -= 1
    return found


def samples_that_vary() -> list[Sample]:
    """Gives the samples with inputs of varying length, and all that take those when they are specified so."""
    found = []
    for sample in SAMPLES:
        inputs = sample.net.structure.inputs
        if not all(port.shape and port.element == "Real" for port in inputs.values()) or not inputs:
            continue
        ports = {name: Port((VARYING, *port.shape[1:])) for name, port in inputs.items()}
        try:
            net = with_inputs(sample.raw, len(inputs)).with_ports(ports)
            net = with_random_arrays(initialize(net, seed=7))
        except NetError:
            continue
        if all(VARYING in port.shape for port in net.structure.inputs.values()):
            found.append(Sample(sample.kind, sample.text, sample.raw, net))
    return found


def samples() -> list[Sample]:
    """Gives every net of every kind's examples that can be made ready."""
    found = []
    for kind in KINDS.values():
        for text, raw in nets_of_examples(kind).items():
            net = ready(raw)
            if net is not None:
                found.append(Sample(kind.name, text, raw, net))
    return found


SAMPLES = samples()
