"""Language models in files of GGUF: their facts and arrays, and NetExternalObject run by llama.cpp."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wlnet.builtins.evaluation.forms import WHOLE
from wlnet.builtins.files.data_formats import from_json
from wlnet.builtins.nets.formats.external import KIND, MAKERS, property_among, raw_data
from wlnet.builtins.nets.information.information import INFORMATION
from wlnet.errors import DataError, FormatError, NetError, first_line
from wlnet.interchange.gguf_file import GGUFFile, read_gguf
from wlnet.kernel import Kernel, applies
from wlnet.terms import Association, NumericArray, S, Term, expression, list_of, register, to_list

#: A text and its continuation have at most so many tokens, or as many as the model was trained with.
WINDOW = 4096


@dataclass(slots=True, eq=False)
class GGUFObject:
    """A language model in a file, and the program that runs it, once it was needed."""

    file: GGUFFile
    running: Any = None

    @property
    def source(self) -> str:
        return self.file.name

    @property
    def trained_window(self) -> int | None:
        """How many tokens the model was trained to take, None where the file does not say it."""
        found = self.file.facts.get(f"{self.file.facts.get('general.architecture')}.context_length")
        return found if type(found) is int and found > 0 else None

    @property
    def window(self) -> int:
        return min(WINDOW, self.trained_window or WINDOW)

    def run(self) -> Any:
        """Gives the model as llama.cpp runs it; raises NetError where that is not possible."""
        if self.running is None:
            try:
                program = importlib.import_module("llama_cpp")
            except ImportError:
                text = f"{self.source} is run by llama.cpp, which is not installed: pip install llama-cpp-python"
                raise NetError(text, tag="pkg", kind=KIND) from None
            try:
                self.running = program.Llama(model_path=self.source, n_ctx=self.window, verbose=False)
            except Exception as error:  # whatever llama.cpp says of a file
                text = f"{self.source} is no model that llama.cpp runs: {first_line(error)}"
                raise NetError(text, tag="file", kind=KIND) from None
        return self.running


@applies(GGUFObject)
def apply_model(kernel: Kernel, model: GGUFObject, arguments: tuple[Term, ...]) -> Term | None:
    """Gives how a text goes on, always the likeliest token next."""
    if len(arguments) != 1:
        return None
    given = arguments[0].get("Input") if type(arguments[0]) is Association else arguments[0]
    if type(given) is not str:
        raise DataError("a text is expected, not `1`", tag="data", kind=KIND, terms=(given,))
    running = model.run()
    try:
        return str(running(given, max_tokens=None, temperature=0.0)["choices"][0]["text"])
    except Exception as error:  # as above
        raise DataError(f"the model does not take this text: {first_line(error)}", tag="data", kind=KIND) from None


def fact_term(value: Any) -> Term:
    return from_json(value, True)


def facts_of(file: GGUFFile) -> Association:
    return Association((name, fact_term(value)) for name, value in file.facts.items())


def window_term(size: int | None) -> Term:
    return expression("Missing", "NotAvailable") if size is None else size


#: Property → function(model).
PROPERTIES: dict[str, Callable[[GGUFObject], Term]] = {
    "Backend": lambda model: "llama.cpp",
    "ContextWindowSize": lambda model: model.window,
    "Format": lambda model: "GGUF",
    "InputPortNames": lambda model: list_of("Input"),
    "InputPorts": lambda model: Association([("Input", "String")]),
    "OutputPortNames": lambda model: list_of("Output"),
    "OutputPorts": lambda model: Association([("Output", "String")]),
    "Properties": lambda model: to_list(PROPERTIES),
    "RawData": lambda model: raw_data(model.file.data),
    "TrainingContextWindowSize": lambda model: window_term(model.trained_window),
}

#: Element of Import → function(file).
ELEMENTS: dict[str, Callable[[GGUFFile], Term]] = {
    "ArrayAssociation": lambda file: Association((name, NumericArray(file.array(name))) for name in file.stored),
    "ArrayList": lambda file: to_list(NumericArray(file.array(name)) for name in file.stored),
    "ArrayNames": lambda file: to_list(file.stored),
    "Elements": lambda file: list_of(*ELEMENTS),
    "Metadata": facts_of,
    "NetExternalObject": GGUFObject,
}


def element_of(data: bytes, source: str, wanted: tuple[Term, ...]) -> Term:
    """Gives an element of a file (the object without any); raises FormatError, and LookupError for no element."""
    element = wanted[0] if wanted else "NetExternalObject"
    read = ELEMENTS.get(element) if type(element) is str and len(wanted) < 2 else None
    if read is None:
        raise LookupError(f"the elements are {', '.join(ELEMENTS)}")
    return read(read_gguf(data, source))


def object_in(kernel: Kernel, data: bytes, source: str) -> Term:
    """Gives the model in a file as an object; raises NetError."""
    try:
        return GGUFObject(read_gguf(data, source))
    except FormatError as error:
        raise NetError(str(error), tag="file", kind=KIND) from None


def object_text(model: GGUFObject) -> str:
    """Gives the printed form: the file, what is in it, and how many numbers."""
    facts = model.file.facts
    name = " ".join(str(facts[key]) for key in ("general.architecture", "general.name") if key in facts)
    return f"{KIND}  GGUF, {model.source}\n  {name or 'a model'}, {len(model.file.stored)} arrays"


MAKERS[".gguf"] = object_in
INFORMATION[GGUFObject] = lambda kernel, model, wanted: property_among(PROPERTIES, model, wanted)
WHOLE[GGUFObject] = object_text
register(
    GGUFObject,
    S.NetExternalObject,
    full_form=lambda model: expression(KIND, expression("File", model.source)),
    text=lambda model: f"{KIND}[{Path(model.source).name}]",
)
