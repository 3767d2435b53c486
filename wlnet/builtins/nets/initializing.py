"""NetInitialize: what its options mean."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.errors import NetError
from wlnet.kernel import Kernel, builtin
from wlnet.layers.settings import text
from wlnet.nets import initialize
from wlnet.nets.dimensions import show
from wlnet.nets.initialize import SUBOPTIONS
from wlnet.terms import Expression, S, Term, elements, expression, is_head, is_list, list_of, numeric


@builtin(
    "NetInitialize",
    category="Training and evaluation",
    options={"Method": "Kaiming", "RandomSeeding": 1234, "SamplingFunction": S.RandomVariate},
)
def net_initialize(kernel: Kernel, net: Term, which: Term = S.Automatic, *, options: Mapping[str, Term]) -> Term | None:
    """NetInitialize[net] gives values to all arrays of a net that have none.
    NetInitialize[net, All] gives new values to all arrays.

    Details: Weights are random, biases zero, scalings one. A shared array gets one value. The same seed gives the same
    arrays. The methods are "Kaiming" (standard deviation √(2/in)), "Xavier" (√(2/(in + out))), "Orthogonal", "Random",
    "Identity", "Zeros" and "Ones". Suboptions: of Kaiming and Xavier "Distribution" -> "Normal" or "Uniform", of Xavier
    "FactorType" -> "Mean", "In" or "Out", of Random "Weights" and "Biases" -> a distribution, of Identity "Distribution"
    -> that of the noise. A distribution is NormalDistribution[…], UniformDistribution[…], or the deviation s of a
    normal one. With All, an array that NetArray makes untrainable keeps its value. RandomSeeding is a number, a string,
    Automatic (something else each time) or Inherited (as SeedRandom says). SamplingFunction -> f takes f[distribution, dims]
    for the random values, whatever the seed.

    Examples:
        >> Normal[NetExtract[NetInitialize[LinearLayer[2, "Input" -> 3]], "Biases"]]
        = {0., 0.}
        >> NetInitialize[LinearLayer[2, "Input" -> 3]] === NetInitialize[LinearLayer[2, "Input" -> 3]]
        = True
        >> Normal[NetExtract[NetInitialize[LinearLayer[1, "Input" -> 2, "Weights" -> {{5, 6}}]], "Weights"]]
        = {{5., 6.}}
        >> Normal[NetExtract[NetInitialize[LinearLayer[1, "Input" -> 1, "Biases" -> {6}], All], "Biases"]]
        = {0.}
    Options: Method:
        >> w = Normal[NetExtract[NetInitialize[LinearLayer[2, "Input" -> 2], Method -> "Orthogonal"], "Weights"]];
        >> Round[w . Transpose[w], 0.001]
        = {{1., 0.}, {0., 1.}}
        >> Max[Abs[NetExtract[NetInitialize[LinearLayer[9, "Input" -> 6], Method -> {"Xavier", "Distribution" -> "Uniform"}], "Weights"]]] < 1
        = True
        >> w = Normal[NetExtract[NetInitialize[LinearLayer[2, "Input" -> 2], Method -> {"Identity", "Distribution" -> 0}], "Weights"]]
        = {{1., 0.}, {0., 1.}}
        >> net = NetInitialize[LinearLayer[9, "Input" -> 6], Method -> {"Random", "Weights" -> UniformDistribution[{2, 3}], "Biases" -> 1}];
        >> {2 <= Min[Normal[NetExtract[net, "Weights"]]] <= 3, Min[Normal[NetExtract[net, "Biases"]]] < 0}
        = {True, True}
    Options: RandomSeeding:
        >> NetInitialize[LinearLayer[2, "Input" -> 3], RandomSeeding -> 1] === NetInitialize[LinearLayer[2, "Input" -> 3], RandomSeeding -> 2]
        = False
    Options: SamplingFunction:
        >> halves[NormalDistribution[mean_, deviation_], dims_] := ConstantArray[deviation / 2, dims];
        >> Normal[NetExtract[NetInitialize[LinearLayer[1, "Input" -> 2], SamplingFunction -> halves], "Weights"]]
        = {{0.5, 0.5}}
    Possible issues:
        >> NetInitialize[LinearLayer[2, "Input" -> 2], SamplingFunction -> (0 &)]
        = $Failed
        message: NetInitialize::sampling
        >> NetInitialize[LinearLayer[2]]
        = $Failed
        message: NetInitialize::unknown
        >> NetInitialize[LinearLayer[2, "Input" -> 2], Method -> {"Orthogonal", "Distribution" -> "Normal"}]
        = $Failed
        message: NetInitialize::method
        >> NetInitialize[LinearLayer[2, "Input" -> 2], RandomSeeding -> 1.5]
        = $Failed
        message: NetInitialize::option
    Differs: The values of an array depend on the seed and on its position alone, not on the other arrays of the net.
    Source: https://reference.wolfram.com/language/ref/NetInitialize.html
    """
    found = net_argument("NetInitialize", net)
    if which is not S.Automatic and which is not S.All:
        raise NetError("the second argument can only be All, not `1`", tag="args", terms=(which,))
    method, suboptions = method_from(options["Method"])
    return initialize(
        found, method=method, suboptions=suboptions, seed=seed_from(kernel, options["RandomSeeding"]),
        everything=which is S.All, draws=draws_from(kernel, options["SamplingFunction"]),
    )  # fmt: skip


def draws_from(kernel: Kernel, function: Term) -> Sampled | None:
    """Gives what random values are drawn from; None for the ordinary generators."""
    return None if text(function) in ("RandomVariate", "Automatic") else Sampled(kernel, function)


class Sampled:
    """Random values that a function of the language gives for a distribution and dimensions."""

    def __init__(self, kernel: Kernel, function: Term) -> None:
        self.kernel = kernel
        self.function = function

    def normal(self, loc: float = 0.0, scale: float = 1.0, size: Any = None) -> np.ndarray:
        return self.drawn(expression("NormalDistribution", loc, scale), size)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Any = None) -> np.ndarray:
        return self.drawn(expression("UniformDistribution", list_of(low, high)), size)

    def drawn(self, distribution: Term, shape: tuple[int, ...]) -> np.ndarray:
        found = self.kernel.evaluate(Expression(self.function, (distribution, list_of(*shape))))
        array = numeric(found)
        if array is None or array.shape != tuple(shape) or not np.isfinite(array).all():
            raise NetError(
                f"SamplingFunction must give an array of numbers with the dimensions {show(tuple(shape))} for `1`, not `2`",
                tag="sampling", terms=(distribution, found),
            )  # fmt: skip
        return np.array(array, np.float64)


def seed_from(kernel: Kernel, term: Term) -> int | str | None:
    """Gives the seed that RandomSeeding means: a number or string, Automatic (None: fresh), Inherited (SeedRandom's)."""
    if term is S.Automatic:
        return None
    if text(term) == "Inherited":
        return int(kernel.random.integers(2**62))
    if type(term) is int or type(term) is str:
        return term
    raise NetError(
        "RandomSeeding must be an integer, a string, Automatic or Inherited, not `1`", tag="option", terms=(term,)
    )


def seed_number(kernel: Kernel, term: Term) -> int | None:
    """Gives the seed of an evaluation that RandomSeeding means, as a number that is not negative; None: fresh."""
    seed = seed_from(kernel, term)
    return seed if seed is None or (type(seed) is int and seed >= 0) else zlib.crc32(str(seed).encode())


def method_from(term: Term) -> tuple[str, dict[str, Any]]:
    """Gives the name and the suboptions of a method of initialization; raises NetError."""
    parts = elements(term) if is_list(term) else (term,)
    name = "Kaiming" if parts and parts[0] is S.Automatic else text(parts[0]) if parts else None
    if name is None:
        raise NetError("Method must be a name, or {name, suboptions…}, not `1`", tag="method", terms=(term,))
    taken = SUBOPTIONS.get(name, {})
    suboptions: dict[str, Any] = {}
    for item in parts[1:]:
        key = text(item.args[0]) if is_head(item, S.Rule, 2) else None
        if key not in taken:
            shown = ", ".join(f'"{known}"' for known in taken) or "none"
            raise NetError(
                f'`1` is not a suboption of the method "{name}"; its suboptions are {shown}',
                tag="method",
                terms=(item,),
            )
        suboptions[key] = suboption(key, taken[key], item.args[1])
    return name, suboptions


def suboption(name: str, words: tuple[str, ...] | None, term: Term) -> Any:
    """Gives what a suboption says: one of the words, or a distribution; raises NetError."""
    if words is None:
        if text(term) == "None" and name == "Biases":
            return None
        return distribution(term)
    if text(term) in words:
        return text(term)
    shown = ", ".join(f'"{word}"' for word in words)
    raise NetError(f'the suboption "{name}" must be one of {shown}, not `1`', tag="method", terms=(term,))


def distribution(term: Term) -> tuple[str, float, float]:
    """Gives (name, first, second) of a distribution; a number s means the normal distribution of deviation s."""
    args = term.args if is_head(term, S.NormalDistribution) or is_head(term, S.UniformDistribution) else None
    found: tuple[str, Sequence[Term]] = ("", ())
    if type(term) in NUMBERS:
        found = "Normal", (0, term)
    elif args is not None and term.head is S.NormalDistribution:
        found = "Normal", args or (0, 1)
    elif args is not None and len(args) <= 1:
        found = "Uniform", (elements(args[0]) if is_list(args[0]) else ()) if args else (0, 1)
    kind, numbers = found
    if len(numbers) == 2 and all(type(number) in NUMBERS for number in numbers):
        first, second = map(float, numbers)
        if second >= (0 if kind == "Normal" else first):
            return kind, first, second
    raise NetError(
        "`1` is not a distribution that arrays can be initialized with; these are NormalDistribution[mean, deviation], "
        "UniformDistribution[{min, max}], and a number, the deviation of a normal one",
        tag="method",
        terms=(term,),
    )


NUMBERS = (int, float, Fraction)
