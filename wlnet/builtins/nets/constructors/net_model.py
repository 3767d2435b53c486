"""NetModel: nets that are built in, untrained."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from typing import NamedTuple

from wlnet.builtins.evaluation.help import REGISTRIES
from wlnet.builtins.lists.choosing import rules_of
from wlnet.builtins.nets.information.information import PROPERTIES
from wlnet.kernel import BUILTINS, Kernel, Message, builtin
from wlnet.models import Model, load_models
from wlnet.nets import Net
from wlnet.syntax import parse
from wlnet.terms import FAILED, Association, Expression, S, Symbol, Term, elements, is_list, list_of, symbol, to_list

REGISTRIES.append(lambda: load_models().values())


#: What else there is than a built-in net.
FROM_FILE = 'Import["net.onnx"], or Import["net.wlnet"], reads a trained one from a file'


class Chosen(NamedTuple):
    """A built-in net with the values of its parameters; `trained` is the name of a trained one if that was meant."""

    model: Model
    values: Mapping[str, Term]
    trained: str | None = None


@builtin(
    "NetModel",
    category="Containers",
    messages={
        "nomodel": 'There is no built-in net "`1`"; `2`. Nothing is downloaded: NetModel[] lists the untrained nets that come '
        f"with wlnet, and {FROM_FILE}.",
        "trained": 'The trained arrays of "`1`" do not come with wlnet, and nothing is downloaded. NetModel["`1`", '
        f'"UninitializedEvaluationNet"] gives the net untrained, for NetTrain, and {FROM_FILE}.',
        "param": '`1` is not a parameter of "`2`"; its parameters are `3`.',
        "value": 'The parameter "`1`" of "`2`" is `3`, not `4`.',
        "prop": "`1` is not a property of built-in nets; the properties are `2`.",
        "form": '`1` names no net; a name or {"name", "parameter" -> value, …} is expected.',
    },
)
def net_model(kernel: Kernel, name: Term = None, wanted: Term = None) -> Term:
    """NetModel[] gives the names of the nets that are built in.
    NetModel["name"] gives such a net, untrained and not initialized.
    NetModel[{"name", "parameter" -> value, …}] gives it with other parameters.
    NetModel["name", "property"] gives a property of it.

    Details: "Code" is the program that makes the net, "ParametersInformation" its parameters with
    their defaults, "Description" and "SourceMetadata" say what it is and where it comes from; "Properties" lists all.
    "name Trained on data" means the same net, whose trained arrays are not there.

    Examples:
        >> net = NetModel[{"LeNet", "Classes" -> {"cat", "dog"}}];
        >> {Head[net], NetExtract[net, {"linear2", "Output"}]}
        = {NetChain, 2}
        >> MemberQ[NetModel[], "GPT"]
        = True
        >> NetModel["Tied Autoencoder", "ParametersInformation"]
        = <|"Inputs" -> 64, "Width" -> 16|>
        >> NetModel["U-Net", "SourceMetadata"]["Date"]
        = 2015
        >> NetModel["Multilayer Perceptron", "ByteCount"]
        = 5260
        >> NetModel["LeNet Trained on MNIST Data", "UninitializedEvaluationNet"] === NetModel["LeNet"]
        = True
    Possible issues:
        >> NetModel["LeNet Trained on MNIST Data"]
        = $Failed
        message: NetModel::trained
        >> NetModel["ResNet-50 Trained on ImageNet Competition Data"]
        = $Failed
        message: NetModel::nomodel
        >> NetModel[{"LeNet", "Layers" -> 3}]
        = $Failed
        message: NetModel::param
        >> NetModel[{"GPT", "Layers" -> 0}]
        = $Failed
        message: NetModel::value
        >> NetModel["LeNet", "Price"]
        = $Failed
        message: NetModel::prop
        >> NetModel[5]
        = $Failed
        message: NetModel::form
    Differs: Nothing is downloaded: there are only the untrained nets that come with wlnet.
    Source: https://reference.wolfram.com/language/ref/NetModel.html
    """
    if name is None:
        return to_list(sorted(load_models()))
    chosen = chosen_model(name)
    if chosen.trained is not None and (wanted is None or (type(wanted) is str and wanted == "EvaluationNet")):
        raise Message("trained", chosen.trained, result=FAILED)
    if wanted is None:
        return made(kernel, chosen)
    reader = MODEL_PROPERTIES.get(wanted) if type(wanted) is str else None
    if reader is None:
        raise Message("prop", wanted, ", ".join(MODEL_PROPERTIES), result=FAILED)
    return reader(kernel, chosen)


def chosen_model(term: Term) -> Chosen:
    """Gives the net that a name, or a list of a name and parameters, means."""
    name, *given = elements(term) if is_list(term) and elements(term) else (term,)
    rules = rules_of(list_of(*given))
    if type(name) is not str or rules is None:
        raise Message("form", term, result=FAILED)
    models = load_models()
    label, of_data, _ = name.partition(" Trained on ")
    if label not in models:
        raise Message("nomodel", name, suggestion(label, list(models)), result=FAILED)
    model = models[label]
    for parameter, value in rules:
        if parameter not in model.options:
            shown = ", ".join(f'"{known}"' for known in model.options)
            raise Message("param", parameter, name, shown, result=FAILED)
        expected = misfit(model.options[parameter], value)
        if expected is not None:
            raise Message("value", parameter, name, expected, value, result=FAILED)
    return Chosen(model, {**model.options, **dict(rules)}, name if of_data else None)


def misfit(default: Term, value: Term) -> str | None:
    """Gives what a parameter with this default takes where the value is something else."""
    if type(default) is int:
        return None if type(value) is int and value > 0 else "a positive integer"
    if is_list(default):
        return None if is_list(value) and elements(value) else "a list of one element at least"
    if type(default) is float:
        return None if type(value) in (int, float) and 0 <= value < 1 else "a number from 0 up to 1"
    return None


def suggestion(name: str, known: list[str]) -> str:
    """Gives the names that a wrong one may have meant."""
    from difflib import get_close_matches

    lower = {label.lower(): label for label in known}
    if name.lower() in lower:
        return f'its name is "{lower[name.lower()]}"'
    words = re.findall("[a-z]+", name.lower())
    near = [lower[label] for label in get_close_matches(name.lower(), lower, n=3, cutoff=0.6)]
    near += [label for key, label in lower.items() if label not in near and (key in words or name.lower() in key)]
    names = ", ".join(f'"{label}"' for label in near or sorted(known))
    return ("names like it are " if near else "the names are ") + names


def made(kernel: Kernel, chosen: Chosen) -> Term:
    """Gives the net that the program of a declaration makes, with the values of its parameters in their places."""
    values = [
        Expression(S.Set, (own_symbol(variable), chosen.values[name]))
        for name, variable in chosen.model.variables.items()
    ]
    return kernel.evaluate(Expression(S.With, (list_of(*values), parse(chosen.model.code, own_symbol))))


def own_symbol(name: str) -> Symbol:
    """Gives the symbol of a name in a program of ours: a built-in one, or one that no program of the user's can touch."""
    return symbol(name) if symbol(name) in BUILTINS else symbol(f"NetModel`{name}")


def description(kernel: Kernel, chosen: Chosen) -> Term:
    help = chosen.model.help
    return " ".join(filter(None, (*help.usage, help.details))).removeprefix(f"{chosen.model.name} gives ")


def source_metadata(kernel: Kernel, chosen: Chosen) -> Term:
    source = chosen.model.help.source
    years = [int(word[:4]) for word in source.replace(",", " ").split() if word[:4].isdecimal()]
    return Association((("Citation", source), ("Date", years[0])))


def of_net(name: str) -> Callable[[Kernel, Chosen], Term]:
    """Gives what reads a property that Information gives of the net."""

    def read(kernel: Kernel, chosen: Chosen) -> Term:
        net = made(kernel, chosen)
        return PROPERTIES[name](net.complete) if isinstance(net, Net) else net

    return read


#: Property → function(kernel, model with parameters).
MODEL_PROPERTIES: dict[str, Callable[[Kernel, Chosen], Term]] = {
    "ByteCount": of_net("ArraysTotalByteCount"),
    "Code": lambda kernel, chosen: textwrap.dedent(chosen.model.code).strip("\n"),
    "Description": description,
    "EvaluationNet": made,
    "ParametersInformation": lambda kernel, chosen: Association(chosen.model.options.items()),
    "Properties": lambda kernel, chosen: to_list(MODEL_PROPERTIES),
    "SourceMetadata": source_metadata,
    "TaskType": lambda kernel, chosen: chosen.model.category,
    "UninitializedEvaluationNet": made,
}
