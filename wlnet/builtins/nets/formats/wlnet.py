"""Nets in .wlnet files: the bridge from the file's text and arrays to nets and terms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from wlnet import __version__
from wlnet.builtins.nets.formats.building import net_from
from wlnet.builtins.nets.information.information import position_term
from wlnet.builtins.nets.text import net_text, skeleton
from wlnet.errors import FormatError, NetError, ParseError
from wlnet.interchange.wlnet_file import Training, WlnetFile, read_wlnet, wlnet_bytes
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.nets.arrays import Key
from wlnet.syntax import parse, write
from wlnet.terms import Association, NumericArray, Term, list_of, rule, to_list


def file_of(net: Net, training: Training | None = None) -> bytes:
    """Gives the content of the .wlnet file of a net, or of the checkpoint of its training."""
    arrays = {key: array for key, array in net.arrays.items() if array is not None}
    return wlnet_bytes(write(skeleton(net), "FullForm") + "\n", arrays, training)


def uninitialized(kernel: Kernel, file: WlnetFile) -> Net:
    try:
        return net_from(kernel, parse(file.text, kernel.resolve), file.name)
    except (ParseError, NetError, RecursionError) as error:
        raise FormatError(f"{file.name}: the net in the file cannot be made: {error}") from None


def whole_net(kernel: Kernel, file: WlnetFile) -> Net:
    net = uninitialized(kernel, file)
    arrays: dict[Key | str, np.ndarray] = dict(file.arrays.items())
    try:
        return net.with_arrays(arrays)
    except NetError as error:
        raise FormatError(f"{file.name}: the arrays in the file do not fit its net: {error}") from None


#: Element of Import → function(kernel, file).
ELEMENTS: dict[str, Callable[[Kernel, WlnetFile], Term]] = {
    "ArrayAssociation": lambda kernel, file: Association(
        (position_term(key), NumericArray(array)) for key, array in file.arrays.items()
    ),
    "ArrayList": lambda kernel, file: to_list(NumericArray(array) for array in file.arrays.values()),
    "Elements": lambda kernel, file: list_of(*ELEMENTS),
    "Net": whole_net,
    "Rules": lambda kernel, file: to_list(
        rule(name, read(kernel, file))
        for name, read in ELEMENTS.items()
        if name not in ("Elements", "Rules", "Summary")
    ),
    "Summary": lambda kernel, file: net_text(uninitialized(kernel, file)),
    "UninitializedNet": uninitialized,
    "WLVersion": lambda kernel, file: f"wlnet {__version__}, format {file.version}",
}


def element_of(kernel: Kernel, data: bytes, source: str, wanted: tuple[Term, ...]) -> Term:
    """Gives an element of a file (the net without any); raises FormatError, and LookupError for no element."""
    element = wanted[0] if wanted else "Net"
    reader = ELEMENTS.get(element) if type(element) is str else None
    if reader is None or len(wanted) > 1:
        raise LookupError(f"the elements are {', '.join(ELEMENTS)}")
    return reader(kernel, read_wlnet(data, source))
