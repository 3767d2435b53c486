"""Operators of MXNet that work on each element, and the functions of ElementwiseLayer and ThreadingLayer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from wlnet.builtins.nets.formats.mxnet.reading import Reader
from wlnet.builtins.nets.formats.mxnet.rules import reads, writes
from wlnet.builtins.nets.formats.mxnet.table import READ, Layer, NoLayer, Written
from wlnet.builtins.nets.formats.mxnet.writing import Writer
from wlnet.interchange.mxnet_symbol import Node, Source
from wlnet.nets.structure import End
from wlnet.syntax import write
from wlnet.terms import Expression, S, Symbol, Term, elements, list_of, symbol

#: Operator of one array → function of the language.
FUNCTIONS = {
    "relu": "Ramp", "sigmoid": "LogisticSigmoid", "tanh": "Tanh", "exp": "Exp", "log": "Log", "sqrt": "Sqrt",
    "cbrt": "CubeRoot", "abs": "Abs", "sign": "Sign", "negative": "Minus", "sin": "Sin", "cos": "Cos", "tan": "Tan",
    "sinh": "Sinh", "cosh": "Cosh", "arcsin": "ArcSin", "arccos": "ArcCos", "arctan": "ArcTan", "arcsinh": "ArcSinh",
    "arccosh": "ArcCosh", "arctanh": "ArcTanh", "erf": "Erf", "erfinv": "InverseErf", "gamma": "Gamma",
    "gammaln": "LogGamma", "floor": "Floor", "ceil": "Ceiling", "rint": "Round", "fix": "IntegerPart",
}  # fmt: skip
OPERATORS = {symbol(function): operator for operator, function in FUNCTIONS.items()}

#: Other operators of one array → function in the language; those of the first table are written, too.
POWERS = {"square": "#^2 &", "reciprocal": "1/# &"}
FORMS = {
    **POWERS, "rsqrt": "1/Sqrt[#] &", "rcbrt": "1/CubeRoot[#] &", "expm1": "Exp[#] - 1 &", "log1p": "Log[1 + #] &",
    "log2": "Log[2, #] &", "log10": "Log[10, #] &", "trunc": "IntegerPart", "_np_copy": "# &", "softsign": '"SoftSign"',
    "LogisticRegressionOutput": "LogisticSigmoid", "hard_sigmoid": "Clip[{alpha} # + {beta}, {{0, 1}}] &",
    "clip": "Clip[#, {{{a_min}, {a_max}}}] &",
}  # fmt: skip
#: Operator of an array and the number "scalar" → function in the language.
SCALARS = {
    "_plus_scalar": "# + {scalar} &", "_minus_scalar": "# - {scalar} &", "_rminus_scalar": "{scalar} - # &",
    "_mul_scalar": "{scalar} # &", "_div_scalar": "#/{scalar} &", "_rdiv_scalar": "{scalar}/# &",
    "_power_scalar": "#^{scalar} &", "_rpower_scalar": "{scalar}^# &", "_maximum_scalar": "Max[#, {scalar}] &",
    "_minimum_scalar": "Min[#, {scalar}] &",
}  # fmt: skip
#: Operator of two arrays, without the beginning that says whether sizes of 1 are repeated → function of the language.
PAIRS = {
    "add": "Plus", "plus": "Plus", "sub": "Subtract", "minus": "Subtract", "mul": "Times", "div": "Divide",
    "power": "Power", "maximum": "Max", "minimum": "Min",
}  # fmt: skip
PREFIXES = ("broadcast_", "elemwise_", "_")
#: Older names → newer ones.
OLDER = {
    **{f"_{name.title()}": f"_{name}" for name in PAIRS},
    **{f"_{name.title()}Scalar": f"_{name}_scalar" for name in PAIRS},
    **{f"_R{name}Scalar": f"_r{name.lower()}_scalar" for name in ("Minus", "Div", "Power")},
}
#: "act_type" of Activation → function in the language.
ACTIVATIONS = {
    "relu": "Ramp", "sigmoid": "LogisticSigmoid", "tanh": "Tanh", "softrelu": '"SoftPlus"', "softsign": '"SoftSign"',
}  # fmt: skip
#: "act_type" of LeakyReLU → function in the language.
LEAKY = {
    "elu": "If[# > 0, #, {slope} (Exp[#] - 1)] &", "gelu": '"GELU"', "leaky": "If[# > 0, #, {slope} #] &",
    "selu": '"SELU"',
}  # fmt: skip
#: Attribute that a function has a place for → its value where the node does not say it, None where it must.
NUMBERS = {"scalar": None, "alpha": 0.2, "beta": 0.5, "a_min": None, "a_max": None, "slope": 0.25}


def read_function(text: str, reader: Reader, node: Node) -> End:
    """Reads a node as a function of one array, with the numbers that its text has places for."""
    found = {name: default for name, default in NUMBERS.items() if f"{{{name}}}" in text}
    numbers = {name: number_text(node.real(name, default)) for name, default in found.items()}
    if not node.inputs:
        raise NoLayer
    return reader.function(node, text.format(**numbers) if numbers else text, node.inputs[0])


def number_text(number: float) -> str:
    """Gives a number as it stands in a function: 2 for 2.0, in parentheses below zero."""
    text = write(int(number) if number.is_integer() and abs(number) < 1e9 else number, "InputForm")
    return f"({text})" if number < 0 else text


def read_pair(function: str, reader: Reader, node: Node) -> End:
    if len(node.inputs) != 2:
        raise NoLayer
    return reader.function(node, function, *node.inputs)


@reads("Activation")
def read_activation(reader: Reader, node: Node) -> End:
    text = ACTIVATIONS.get(node.text("act_type", ""))
    if text is None:
        raise NoLayer
    return read_function(text, reader, node)


@reads("LeakyReLU")
def read_leaky(reader: Reader, node: Node) -> End:
    kind = node.text("act_type", "leaky")
    if kind == "prelu" and len(node.inputs) == 2:
        return read_slopes(reader, node)
    if kind not in LEAKY:
        raise NoLayer
    return read_function(LEAKY[kind], reader, node)


def read_slopes(reader: Reader, node: Node) -> End:
    """One slope is that of all channels."""
    value = reader.arrays.get(reader.node(node.inputs[1]).name)
    if value is not None and value.size == 1:
        written = Written((list_of(),), {"Slope": float(value.item())})
        return reader.layer(node, "ParametricRampLayer", written, node.inputs[:1])
    return reader.layer(node, "ParametricRampLayer", Written(), node.inputs[:1], {"Slope": node.inputs[1]})


for _operator, _text in {**FUNCTIONS, **FORMS, **SCALARS}.items():
    READ[_operator] = partial(read_function, _text)
for _operator, _text in PAIRS.items():
    for _prefix in PREFIXES:
        READ[_prefix + _operator] = partial(read_pair, _text)
READ |= {older: READ[newer] for older, newer in OLDER.items() if newer in READ}


# Functions as graphs


class Steps:
    """The operations that compute the body of a function, added to a graph one after the other."""

    def __init__(self, writer: Writer, layer: Layer, bound: dict[Symbol, Source]) -> None:
        self.writer = writer
        self.layer = layer
        self.bound = bound

    def add(self, operator: str, *inputs: Source, **attributes: float | str) -> Source:
        return self.writer.operation(operator, self.layer.name, inputs, attributes)

    def run(self, term: Term) -> Source:
        """Gives the value of a term that depends on variables; raises NetError where no operator gives it."""
        if type(term) is Symbol and term in self.bound:
            return self.bound[term]
        if type(term) is Expression and type(term.head) is Symbol:
            args = term.args
            if term.head in ACTIVATION_TYPES and len(args) == 1:
                return self.add("Activation", self.run(args[0]), act_type=ACTIVATION_TYPES[term.head])
            if term.head in OPERATORS and len(args) == 1:
                return self.add(OPERATORS[term.head], self.run(args[0]))
            if term.head in JOINED:
                return self.join(*JOINED[term.head], args)
            if term.head in SPECIAL:
                return SPECIAL[term.head](self, args)
        raise self.refused(term)

    def refused(self, term: Term) -> Exception:
        return self.layer.refused(f"no operator gives {write(term, 'InputForm')}")

    def join(self, pair: str, scalar: str, args: Sequence[Term]) -> Source:
        """Gives an associative function of several terms, numbers last."""
        sources = [self.run(arg) for arg in args if not is_number(arg)]
        if not sources:
            raise self.refused(args[0] if args else S.Null)
        made = sources[0]
        for source in sources[1:]:
            made = self.add(pair, made, source)
        for arg in args:
            if is_number(arg):
                made = self.add(scalar, made, scalar=number(arg))
        return made

    def power(self, args: Sequence[Term]) -> Source:
        base, exponent = args
        if base is S.E:
            return self.add("exp", self.run(exponent))
        if is_number(base):
            return self.add("_rpower_scalar", self.run(exponent), scalar=number(base))
        if exponent in NAMED_POWERS:
            return self.add(NAMED_POWERS[exponent], self.run(base))
        if is_number(exponent):
            return self.add("_power_scalar", self.run(base), scalar=number(exponent))
        return self.add("broadcast_power", self.run(base), self.run(exponent))

    def clip(self, args: Sequence[Term]) -> Source:
        bounds = elements(args[1]) if len(args) == 2 else (-1, 1)
        if len(args) > 2 or not all(map(is_number, bounds)):
            raise self.refused(Expression(S.Clip, tuple(args)))
        return self.add("clip", self.run(args[0]), a_min=number(bounds[0]), a_max=number(bounds[1]))


def is_number(term: Term) -> bool:
    return type(term) in (int, float, Fraction)


def number(term: Term) -> float:
    return float(term)


#: Head → operators that join two arrays, and an array and a number.
JOINED = {
    S.Plus: ("broadcast_add", "_plus_scalar"),
    S.Times: ("broadcast_mul", "_mul_scalar"),
    S.Max: ("broadcast_maximum", "_maximum_scalar"),
    S.Min: ("broadcast_minimum", "_minimum_scalar"),
}
SPECIAL: dict[Symbol, Callable[[Steps, Sequence[Term]], Source]] = {S.Power: Steps.power, S.Clip: Steps.clip}
NAMED_POWERS = {2: "square", -1: "reciprocal", Fraction(1, 2): "sqrt"}
ACTIVATION_TYPES = {symbol(text): name for name, text in ACTIVATIONS.items() if not text.startswith('"')}

#: Activation that has a name → operator and attributes.
NAMED: dict[str, tuple[str, dict[str, Any]]] = {
    "RectifiedLinearUnit": ("Activation", {"act_type": "relu"}),
    "ReLU": ("Activation", {"act_type": "relu"}),
    "Sigmoid": ("Activation", {"act_type": "sigmoid"}),
    "LogisticSigmoid": ("Activation", {"act_type": "sigmoid"}),
    "SoftPlus": ("Activation", {"act_type": "softrelu"}),
    "SoftSign": ("Activation", {"act_type": "softsign"}),
    "ELU": ("LeakyReLU", {"act_type": "elu", "slope": 1.0}),
    "GELU": ("LeakyReLU", {"act_type": "gelu"}),
    "SELU": ("LeakyReLU", {"act_type": "selu"}),
}


@writes("ElementwiseLayer")
def write_elementwise(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    function = layer["Function"]
    if type(function) is str and function not in NAMED:
        raise layer.refused(f'no operator is the activation "{function}"')
    if type(function) is str:
        operator, attributes = NAMED[function]
        return writer.operation(operator, layer.name, inputs, attributes)
    return steps(writer, layer, inputs, function.variables, function.body)


@writes("ThreadingLayer")
def write_threading(writer: Writer, layer: Layer, inputs: Sequence[Source]) -> Source:
    if len({len(layer.shape(port)) for port in (*layer.structure.inputs, "Output")}) > 1:
        raise layer.refused("its inputs and its output have different ranks")
    function = layer["Function"]
    if type(function) is str:
        raise layer.refused(f'no operator is the activation "{function}"')
    formula = function(len(inputs))
    return steps(writer, layer, inputs, formula.variables, formula.body)


def steps(writer: Writer, layer: Layer, inputs: Sequence[Source], variables: Sequence[Symbol], body: Term) -> Source:
    made = Steps(writer, layer, dict(zip(variables, inputs, strict=True))).run(body)
    return writer.operation("identity", layer.name, [made]) if made in inputs else made
