"""The data of NetTrain besides the examples themselves: what is held out, and what a function gives."""

from __future__ import annotations

from typing import Any

from wlnet.builtins.nets.training.data import Columns, arrays_from, columns_from, generator_of
from wlnet.builtins.nets.training.data_coders import with_coders
from wlnet.builtins.nets.training.options import NUMBERS
from wlnet.errors import DataError
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.terms import NONE, Association, Expression, S, Symbol, Term, is_head
from wlnet.training import Generator
from wlnet.training.planning import SAVING_SIZE, USUAL_SIZE


def validation_from(kernel: Kernel, net: Net, term: Term) -> Any:
    """Gives the validation data, or the fraction of the training data that is held out.

    A generator makes all examples of its round at once, before the training.
    """
    if term is NONE or term is S.Automatic:
        return None
    if is_head(term, S.Scaled, 1) and type(term.args[0]) in NUMBERS:
        return float(term.args[0])
    source = generator_of(term)
    if source is not None:
        function, length = source
        return arrays_from(net, made_columns(kernel, net, function, length, 1, 1))
    return arrays_from(net, columns_from(kernel, net, term, "TestData"))


def made_columns(kernel: Kernel, net: Net, function: Term, size: int, number: int, absolute: int) -> Columns:
    """Gives what a generator makes for a batch: of that size, in that round, the so-and-so-many-th of all."""
    wanted = Association({"BatchSize": size, "Round": number, "AbsoluteBatch": absolute}.items())
    made = kernel.evaluate(Expression(function, (wanted,)))
    if type(made) in (str, Symbol, *NUMBERS) or (type(made) is Expression and made.head == function):
        raise DataError(
            "the generator `1` gave `2`; it must give the examples of a batch in one of the forms of data",
            tag="data",
            kind="NetTrain",
            terms=(function, made),
        )
    return columns_from(kernel, net, made)


def generated(
    kernel: Kernel, net: Net, function: Term, length: int, arguments: dict[str, Any]
) -> tuple[Net, Generator]:
    """Gives the net, with a decoder where the first batch asks for one, and the generator of the batches of f."""
    saving = arguments["goal"] == "TrainingMemory"
    size = arguments["batch_size"] or (SAVING_SIZE if saving else USUAL_SIZE)
    arguments["batch_size"] = size

    first = made_columns(kernel, net, function, size, 1, 1)
    whole = with_coders(net, first)

    def make(size: int, number: int, absolute: int) -> dict[str, Any]:
        made = first if absolute == 1 else made_columns(kernel, net, function, size, number, absolute)
        return arrays_from(whole, made)

    return whole, Generator(make, length)
