"""Nets, coders and state objects in .wlnet files: the bridge from the file's text and arrays to these and to terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from wlnet import __version__
from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.nets.formats.building import built_from
from wlnet.builtins.nets.information.information import position_term
from wlnet.builtins.nets.net_terms import skeleton
from wlnet.builtins.nets.state_objects import StateObject
from wlnet.errors import FormatError, NetError, ParseError
from wlnet.interchange.wlnet_file import Training, WlnetFile, read_wlnet, wlnet_bytes
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.nets.arrays import Key
from wlnet.nets.coders import Coder
from wlnet.syntax import parse, write
from wlnet.terms import Association, NumericArray, Term, expression, list_of, rule, to_list

#: What a file can hold.
Content: TypeAlias = Net | Coder | StateObject


def file_of(content: Content, training: Training | None = None) -> bytes:
    """Gives the content of the .wlnet file of a net, or of the checkpoint of its training; of a coder, a state object."""
    net = net_in(content)
    arrays = {} if net is None else {key: array for key, array in net.arrays.items() if array is not None}
    return wlnet_bytes(write(without_arrays(content), "FullForm") + "\n", arrays, training)


def net_in(content: Content) -> Net | None:
    return content.net if isinstance(content, StateObject) else content if isinstance(content, Net) else None


def without_arrays(content: Content) -> Term:
    """Gives the expression that stands in the file."""
    if isinstance(content, StateObject):
        return expression("NetStateObject", skeleton(content.net), content.states)
    return skeleton(content) if isinstance(content, Net) else content


def uninitialized(kernel: Kernel, file: WlnetFile) -> Content:
    try:
        return built_from(kernel, parse(file.text, kernel.resolve), file.name)
    except (ParseError, NetError, RecursionError) as error:
        raise FormatError(f"{file.name}: the net in the file cannot be made: {error}") from None


def whole(kernel: Kernel, file: WlnetFile) -> Content:
    content = uninitialized(kernel, file)
    net = net_in(content)
    if net is None:
        return content
    arrays: dict[Key | str, np.ndarray] = dict(file.arrays.items())
    try:
        net = net.with_arrays(arrays)
    except NetError as error:
        raise FormatError(f"{file.name}: the arrays in the file do not fit its net: {error}") from None
    return replace(content, net=net) if isinstance(content, StateObject) else net


def whole_net(kernel: Kernel, file: WlnetFile) -> Net:
    """Gives the net in a file; raises FormatError for anything else."""
    found = whole(kernel, file)
    if not isinstance(found, Net):
        raise FormatError(f"{file.name}: the file holds no net alone")
    return found


def summary(content: Content) -> str:
    shown = WHOLE.get(type(content))
    return write(content, "OutputForm") if shown is None else shown(content)


#: Element of Import → function(kernel, file).
ELEMENTS: dict[str, Callable[[Kernel, WlnetFile], Term]] = {
    "ArrayAssociation": lambda kernel, file: Association(
        (position_term(key), NumericArray(array)) for key, array in file.arrays.items()
    ),
    "ArrayList": lambda kernel, file: to_list(NumericArray(array) for array in file.arrays.values()),
    "Elements": lambda kernel, file: list_of(*ELEMENTS),
    "Net": whole,
    "Rules": lambda kernel, file: to_list(
        rule(name, read(kernel, file))
        for name, read in ELEMENTS.items()
        if name not in ("Elements", "Rules", "Summary")
    ),
    "Summary": lambda kernel, file: summary(uninitialized(kernel, file)),
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
