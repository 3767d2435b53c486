"""The encoders and decoders that ports get for training data: of classes, truth values and images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wlnet.builtins.nets.training.image_data import IMAGES, image_port, shown_images, sized
from wlnet.coders import counterpart, make_coder, unevaluated, with_parameter
from wlnet.errors import DataError, NetError
from wlnet.nets import Net, Port
from wlnet.nets.dimensions import describe, fits
from wlnet.nets.surgery import replace_ports
from wlnet.terms import FALSE, TRUE, Symbol, Term, elements, is_list, list_of, numeric, sort_key, to_list
from wlnet.terms.same import key
from wlnet.training.losses import producer

#: The kind of nets that give distances, and learn from truth values which are to be large.
PAIRS = "NetPairEmbeddingOperator"


def with_coders(net: Net, columns: Mapping[str, Term]) -> Net:
    """Gives the net with coders for classes, truth values and images where ports have none and such data come.

    Outputs get decoders; inputs get encoders where their dimensions agree.
    """
    ports: dict[str, Port] = {}
    for name, port in {**net.structure.outputs, **net.structure.inputs}.items():
        if name not in columns or port.coder is not None or not is_list(columns[name]):
            continue
        items = elements(columns[name])
        is_input = name in net.structure.inputs
        found = None
        if are_truth_values(items) and not is_input and producer(net.structure, name)[0].kind.name == PAIRS:
            continue  # what comes out is a distance, not a probability
        if items and all(type(item) in (str, Symbol) for item in items):
            found = encoder_port(port, items) if is_input else decoder_port(name, port, items)
        elif images := shown_images(items):
            found = image_port(port, images, "NetEncoder" if is_input else "NetDecoder")
        ports.update({name: found} if found is not None else {})
    return replace_ports(net, ports) if ports else net


def are_truth_values(items: Sequence[Term]) -> bool:
    return all(item is TRUE or item is FALSE for item in items)


def classes_of(items: Sequence[Term]) -> Term:
    """Gives the different ones of some classes, in their order."""
    return list_of(*sorted({key(item): item for item in items}.values(), key=sort_key))


def decoder_port(name: str, port: Port, items: Sequence[Term]) -> Port:
    """Gives the port that decodes to such targets: truth values from a number, classes from a vector.

    Raises DataError where the port gives another number of probabilities than there are classes.
    """
    classes = classes_of(items)
    specification: Term = list_of("Class", classes)
    if are_truth_values(items) and not port.shape:
        specification = "Boolean"
    elif port.shape is not None and not fits(port.shape, (len(elements(classes)),)):
        text = (
            f'the targets of the port "{name}" are of {len(elements(classes))} classes, which need a vector of as many '
            f"probabilities (True and False may be a single number), but the port gives a {describe(port.shape)}; if not "
            f'all classes occur, give it a decoder: "{name}" -> NetDecoder[{{"Class", {{…}}}}]'
        )
        raise DataError(text, tag="data", kind="NetTrain")
    return make_coder("NetDecoder", specification, unevaluated).port


def encoder_port(port: Port, items: Sequence[Term]) -> Port | None:
    """Gives the port that encodes such inputs: as numbers, or as vectors where the port takes a vector of them.

    None where classes do not suit it, such as a port of sequences of integers, which wants texts split.
    """
    if port.shape is not None and (len(port.shape) > 1 or (port.shape and port.element == "Integer")):
        return None
    specification: Term = list_of("Class", classes_of(items), "UnitVector" if port.shape else "Index")
    if are_truth_values(items) and not port.shape and port.element == "Real":
        specification = "Boolean"
    return make_coder("NetEncoder", specification, unevaluated).port


def target_port(port: Port, values: Term) -> Port:
    """Gives the port that encodes the targets of an output: by the encoder that undoes its decoder, if there is one.

    Targets that are arrays of a higher rank than classes have are taken as they are.
    """
    coder = port.coder
    if coder is None or coder.encodes:
        booleans = is_list(values) and elements(values) and are_truth_values(elements(values))
        return make_coder("NetEncoder", "Boolean", unevaluated).port if booleans else Port()
    array = numeric(values)
    if array is not None and array.ndim > 1 + len(coder.leading):
        return Port()
    if "classes" in coder.settings and coder.settings["classes"] is None:
        count = port.shape[-1] if port.shape else None
        coder = with_parameter(coder, "Labels", to_list(range(1, (count if isinstance(count, int) else 1) + 1)))
    try:
        encoder = counterpart(coder)
    except NetError:
        return Port()
    images = shown_images(elements(values)) if is_list(values) and encoder.kind.name in IMAGES else ()
    return (sized(encoder, port.shape, images[0]) if images else encoder).port
