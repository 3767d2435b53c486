"""Random arrays."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from wlnet.compute.families.randomness import Draw
from wlnet.layers.declare import Call, layer
from wlnet.layers.formula import Interpreter
from wlnet.layers.settings import Unfit, argument, option
from wlnet.terms import Expression, S, Symbol, Term, elements, is_list


class Family(NamedTuple):
    """A family of distributions.

    arity: the number of parameters; draw(generator, shape, *the first `drawing` of them): random numbers that have no
    gradient; place(ops, numbers, like, *parameters): the numbers moved and scaled, with gradients in the
    parameters. Together they give a number of the family (D. Kingma and M. Welling 2014). defaults: left out parameters.
    """

    arity: int
    draw: Draw
    place: Callable[..., Any] = lambda ops, x, like, *parameters: x
    drawing: int = 0
    defaults: tuple[float, ...] = ()


def normal(generator: Any, shape: Any) -> Any:
    return generator.standard_normal(shape)


def uniform(generator: Any, shape: Any) -> Any:
    return generator.random(shape)


def exponential(generator: Any, shape: Any) -> Any:
    return generator.standard_exponential(shape)


def gamma(generator: Any, shape: Any, a: Any) -> Any:
    return generator.standard_gamma(a, shape)


def chi_square(generator: Any, shape: Any, n: Any) -> Any:
    return generator.chisquare(n, shape)


def scaled(ops: Any, x: Any, like: Any, scale: Any) -> Any:
    return ops.multiply(x, scale)


def divided(ops: Any, x: Any, like: Any, rate: Any) -> Any:
    return ops.divide(x, rate)


def between(ops: Any, x: Any, like: Any, low: Any, high: Any) -> Any:
    return ops.add(low, ops.multiply(x, ops.subtract(high, low)))


#: Name of a distribution → family. Parameters are those of the language.
FAMILIES: dict[str, Family] = {
    "NormalDistribution": Family(
        2, normal, lambda ops, x, like, m, s: ops.add(m, ops.multiply(x, s)), defaults=(0.0, 1.0)
    ),
    "UniformDistribution": Family(2, uniform, between, defaults=(0.0, 1.0)),
    "ExponentialDistribution": Family(1, exponential, divided),
    "GammaDistribution": Family(2, gamma, lambda ops, x, like, a, b: ops.multiply(x, b), 1),
    "ErlangDistribution": Family(2, gamma, lambda ops, x, like, k, rate: ops.divide(x, rate), 1),
    "InverseGammaDistribution": Family(2, gamma, lambda ops, x, like, a, b: ops.divide(b, x), 1),
    "LogGammaDistribution": Family(
        3, gamma, lambda ops, x, like, a, b, m: ops.add(ops.exp(ops.multiply(x, b)), ops.subtract(m, like(1.0))), 1
    ),
    "ExpGammaDistribution": Family(
        3, gamma, lambda ops, x, like, k, b, m: ops.add(m, ops.multiply(ops.log(x), b)), 1
    ),
    "ChiSquareDistribution": Family(1, chi_square, drawing=1),
    "ChiDistribution": Family(1, lambda g, shape, n: np.sqrt(g.chisquare(n, shape)), drawing=1),
    "MaxwellDistribution": Family(1, lambda g, shape: np.sqrt(g.chisquare(3, shape)), scaled),
    "RayleighDistribution": Family(1, lambda g, shape: np.sqrt(2 * g.standard_exponential(shape)), scaled),
    "HalfNormalDistribution": Family(
        1, lambda g, shape: np.abs(g.standard_normal(shape)) * math.sqrt(math.pi / 2), divided
    ),
    "WeibullDistribution": Family(
        2, exponential, lambda ops, x, like, a, b: ops.multiply(ops.power(x, ops.reciprocal(a)), b)
    ),
    "NakagamiDistribution": Family(
        2, gamma, lambda ops, x, like, m, w: ops.sqrt(ops.multiply(x, ops.divide(w, m))), 1
    ),
    "PoissonDistribution": Family(1, lambda g, shape, m: g.poisson(m, shape), drawing=1),
    "BernoulliDistribution": Family(1, lambda g, shape, p: g.random(shape) < p, drawing=1),
    "BinomialDistribution": Family(2, lambda g, shape, n, p: g.binomial(np.rint(n).astype(int), p, shape), drawing=2),
    "NegativeBinomialDistribution": Family(2, lambda g, shape, n, p: g.negative_binomial(n, p, shape), drawing=2),
    "DiscreteUniformDistribution": Family(
        2, lambda g, shape, a, b: g.integers(np.rint(a).astype(int), np.rint(b).astype(int), shape, endpoint=True), drawing=2
    ),
}  # fmt: skip


class Drawn(NamedTuple):
    """A distribution with parameters in terms of variables, one for each named input port."""

    names: tuple[str, ...]
    variables: tuple[Symbol, ...]
    family: Family
    parameters: tuple[Term, ...]


def drawn(names: tuple[str, ...], variables: tuple[Symbol, ...], body: Term) -> Drawn | None:
    """Gives the distribution that a term with these variables is, or None."""
    if type(body) is not Expression or type(body.head) is not Symbol or body.head.name not in FAMILIES:
        return None
    family = FAMILIES[body.head.name]
    parameters = body.args
    if len(parameters) == 1 and is_list(parameters[0]):
        parameters = tuple(elements(parameters[0]))
    parameters = parameters or family.defaults
    return Drawn(names, variables, family, parameters) if len(parameters) == family.arity else None


def distribution(term: Term) -> Drawn:
    """Takes what the language of a distribution made."""
    if type(term) is Drawn:
        return term
    raise Unfit("a distribution such as NormalDistribution[0, 1], or a function that gives one")


def port_names(term: Term) -> tuple[str, ...] | None:
    """Takes Automatic, or what the language of the option InputPorts made: a list of names."""
    return None if term is S.Automatic else elements(term)


def random_ports(settings: Mapping[str, Any]) -> str:
    found = settings["Distribution"]
    names = settings["InputPorts"] or (found.names if found else ())
    return ", ".join(f"{name}: ...s" for name in names) + " -> Output: ...s"


@layer(
    "RandomArrayLayer",
    category="Array layers",
    arguments=(argument("Distribution", distribution, required=True),),
    options={"InputPorts": option("InputPorts", port_names, None, S.Automatic)},
    ports=random_ports,
)
def random_array_layer(call: Call, *inputs: Any) -> Any:
    """RandomArrayLayer[dist] is a layer without input that gives an array of random numbers, new ones each time.
    RandomArrayLayer[f] draws each number from the distribution that f gives for the numbers at the input ports.

    Details: The distributions are those of the names Normal, Uniform, Exponential, Gamma, Erlang, InverseGamma, LogGamma,
    ExpGamma, ChiSquare, Chi, Maxwell, Rayleigh, HalfNormal, Weibull, Nakagami, Poisson, Bernoulli, Binomial,
    NegativeBinomial and DiscreteUniform. The ports of a function of several arguments are "Input1", "Input2", …, those
    of named slots have their names; InputPorts gives others, shapes, or both. Where numbers are scaled and moved by
    parameters, these have gradients.

    Examples:
        >> Dimensions[RandomArrayLayer[NormalDistribution[0, 1], "Output" -> {2, 3}][]]
        = {2, 3}
        >> layer = RandomArrayLayer[UniformDistribution[{5, 6}], "Output" -> 2]; layer[] == layer[]
        = False
        >> layer[RandomSeeding -> 1] == layer[RandomSeeding -> 1]
        = True
        >> RandomArrayLayer[NormalDistribution[#, 0] &][{1., 2.}]
        = {1., 2.}
        >> RandomArrayLayer[UniformDistribution[{#Low, #Low + #Width}] &][<|"Low" -> {1., 2.}, "Width" -> {0., 0.}|>]
        = {1., 2.}
        >> RandomArrayLayer[BernoulliDistribution][{0., 1.}]
        = {0., 1.}
        >> RandomArrayLayer[NormalDistribution, "Input2" -> 3] // Information[#, "InputPortNames"] &
        = {"Input1", "Input2"}
    Options: "Output":
        >> RandomArrayLayer[BernoulliDistribution[1], "Output" -> "Real"][]
        = 1.
    Options: InputPorts:
        >> RandomArrayLayer[NormalDistribution, InputPorts -> {"Mean", "Width"}][<|"Mean" -> {1., 2.}, "Width" -> {0., 0.}|>]
        = {1., 2.}
        >> RandomArrayLayer[NormalDistribution[#, 1] &, InputPorts -> {{2, 3}}] // NetExtract[#, "Output"] &
        = {2, 3}
        >> RandomArrayLayer[NormalDistribution, InputPorts -> <|"Mean" -> 3, "Width" -> 3|>] // NetExtract[#, "Width"] &
        = 3
    Possible issues:
        >> RandomArrayLayer[NormalDistribution[#Mean, 1] &, InputPorts -> {"Center"}]
        = $Failed
        message: RandomArrayLayer::ports
        >> RandomArrayLayer[5]
        = $Failed
        message: RandomArrayLayer::args
        >> RandomArrayLayer[NormalDistribution[0, 1, 2]]
        message: NormalDistribution::argb
        = $Failed
        message: RandomArrayLayer::args
    Source: https://reference.wolfram.com/language/ref/RandomArrayLayer.html
    """
    found: Drawn = call["Distribution"]
    dtype = call.dtype if not inputs else inputs[0].dtype
    shape = inputs[0].shape if inputs else (call.batch, *(call.shape("Output") or ()))
    run = Interpreter(call.ops, "RandomArrayLayer", dict(zip(found.variables, inputs, strict=True)), dtype).run
    parameters = [run(term) for term in found.parameters]
    generator = np.random.default_rng() if call.random is None else call.random
    numbers = call.ops.random_numbers(
        np.empty(0, dtype),
        *parameters[: found.family.drawing],
        shape=shape,
        draw=found.family.draw,
        generator=generator,
    )
    return found.family.place(call.ops, numbers, lambda value: np.asarray(value, dtype), *parameters)
