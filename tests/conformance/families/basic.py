"""Linear, softmax, and what is done to each element."""

from __future__ import annotations

import math

import torch
from torch.nn import functional as F

from tests.conformance.peers import Case, Code, Draw, layer, peer


@peer("LinearLayer", "torch.nn.functional.linear")
def linear(draw: Draw) -> Case:
    shape, out = draw.sizes(draw.size(0, 3)), draw.sizes(draw.size(0, 2))
    options = draw.one_of({}, {"Biases": None})
    return Case(
        layer("LinearLayer", out, Input=shape, **options),
        lambda x, w: F.linear(x["Input"].reshape(draw.batch, -1), w["Weights"], w.get("Biases")).reshape(-1, *out),
    )


@peer("SoftmaxLayer", "torch.softmax")
def softmax(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3))
    level = draw.one_of(-1, *range(1, len(shape) + 1))
    return Case(
        layer("SoftmaxLayer", level, Input=shape),
        lambda x, w: torch.softmax(x["Input"], level if level > 0 else -1),
    )


#: Function of one number → what PyTorch has, and the range of the numbers it is tried on.
FUNCTIONS = {
    "Ramp": (torch.relu, -3, 3),
    "LogisticSigmoid": (torch.sigmoid, -9, 9),
    "Tan": (torch.tan, -1.2, 1.2),
    "Tanh": (torch.tanh, -9, 9),
    "ArcTan": (torch.arctan, -3, 3),
    "ArcTanh": (torch.arctanh, -0.9, 0.9),
    "Sin": (torch.sin, -9, 9),
    "Sinh": (torch.sinh, -3, 3),
    "ArcSin": (torch.arcsin, -0.9, 0.9),
    "ArcSinh": (torch.arcsinh, -3, 3),
    "Cos": (torch.cos, -9, 9),
    "Cosh": (torch.cosh, -3, 3),
    "ArcCos": (torch.arccos, -0.9, 0.9),
    "ArcCosh": (torch.arccosh, 1.2, 3),
    "Cot": (lambda x: 1 / torch.tan(x), 0.3, 2.8),
    "Coth": (lambda x: 1 / torch.tanh(x), 0.3, 3),
    "ArcCot": (lambda x: torch.arctan(1 / x), 0.3, 3),
    "ArcCoth": (lambda x: torch.arctanh(1 / x), 1.2, 3),
    "Csc": (lambda x: 1 / torch.sin(x), 0.3, 2.8),
    "Csch": (lambda x: 1 / torch.sinh(x), 0.3, 3),
    "ArcCsc": (lambda x: torch.arcsin(1 / x), 1.2, 3),
    "ArcCsch": (lambda x: torch.arcsinh(1 / x), 0.3, 3),
    "Sec": (lambda x: 1 / torch.cos(x), -1.2, 1.2),
    "Sech": (lambda x: 1 / torch.cosh(x), -3, 3),
    "ArcSec": (lambda x: torch.arccos(1 / x), 1.2, 3),
    "ArcSech": (lambda x: torch.arccosh(1 / x), 0.2, 0.9),
    "Haversine": (lambda x: (1 - torch.cos(x)) / 2, -3, 3),
    "InverseHaversine": (lambda x: 2 * torch.arcsin(torch.sqrt(x)), 0.1, 0.9),
    "Gudermannian": (lambda x: 2 * torch.arctan(torch.tanh(x / 2)), -3, 3),
    "InverseGudermannian": (lambda x: 2 * torch.arctanh(torch.tan(x / 2)), -1.2, 1.2),
    "Log": (torch.log, 0.1, 9),
    "Exp": (torch.exp, -3, 3),
    "Sqrt": (torch.sqrt, 0.1, 9),
    "CubeRoot": (lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3), -9, 9),
    "Abs": (torch.abs, -3, 3),
    "Gamma": (lambda x: torch.exp(torch.lgamma(x)), 0.5, 4),
    "LogGamma": (torch.lgamma, 0.5, 9),
    "Erf": (torch.erf, -3, 3),
    "InverseErf": (torch.erfinv, -0.9, 0.9),
    "Erfc": (torch.erfc, -3, 3),
    "InverseErfc": (lambda x: torch.erfinv(1 - x), 0.2, 1.8),
    "Round": (torch.round, -3, 3),
    "Floor": (torch.floor, -3, 3),
    "Ceiling": (torch.ceil, -3, 3),
    "Sign": (torch.sign, -3, 3),
    "FractionalPart": (torch.frac, -3, 3),
    "IntegerPart": (torch.trunc, -3, 3),
    "Unitize": (lambda x: (x != 0).to(x.dtype), -3, 3),
    "KroneckerDelta": (lambda x: (x == 0).to(x.dtype), -3, 3),
    '"ReLU"': (F.relu, -3, 3),
    '"ELU"': (F.elu, -3, 3),
    '"SELU"': (F.selu, -3, 3),
    '"GELU"': (F.gelu, -3, 3),
    '"Swish"': (F.silu, -3, 3),
    '"HardSwish"': (F.hardswish, -5, 5),
    '"Mish"': (F.mish, -9, 9),
    '"SoftSign"': (F.softsign, -3, 3),
    '"SoftPlus"': (F.softplus, -30, 15),
    '"HardTanh"': (F.hardtanh, -3, 3),
    '"HardSigmoid"': (lambda x: ((x + 1) / 2).clamp(0, 1), -3, 3),
    '"Sigmoid"': (F.sigmoid, -9, 9),
    "2 #^3 - # / 3 + 1/2 &": (lambda x: 2 * x**3 - x / 3 + 0.5, -3, 3),
    "If[# > 0.5, #^2, -#] &": (lambda x: torch.where(x > 0.5, x**2, -x), -3, 3),
    "Clip[#, {-0.5, 1}] Exp[#] &": (lambda x: x.clamp(-0.5, 1) * torch.exp(x), -2, 2),
    "Mod[#, 1.5] &": (lambda x: torch.remainder(x, 1.5), -5, 5),
    "Max[#, 0.1 #, -1] &": (lambda x: torch.maximum(torch.maximum(x, 0.1 * x), torch.full_like(x, -1)), -3, 3),
    "Min[Abs[#], Sqrt[#^2 + 1] - 0.5] &": (
        lambda x: torch.minimum(torch.abs(x), torch.sqrt(x**2 + 1) - 0.5), -3, 3,
    ),
    "Surd[#, 3] + Power[2, #] &": (lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3) + 2**x, -3, 3),
    "Which[# < -1, 0, # < 1, # + 1, True, 2] &": (lambda x: (x + 1).clamp(0, 2), -3, 3),
    "Piecewise[{{#^2, # < 0 || # > 1}, {Sin[#], # > 0.5 && # < 0.75}}, -1] &": (
        lambda x: torch.where(
            (x < 0) | (x > 1), x**2, torch.where((x > 0.5) & (x < 0.75), torch.sin(x), torch.full_like(x, -1))
        ), -2, 3,
    ),
    "Threshold[#, 0.7] &": (lambda x: torch.where(torch.abs(x) > 0.7, x, torch.zeros_like(x)), -3, 3),
    "LogisticSigmoid[#] Tanh[Log[1 + Exp[#]]] &": (lambda x: torch.sigmoid(x) * torch.tanh(F.softplus(x)), -3, 3),
}  # fmt: skip


@peer("ElementwiseLayer", "torch", cases=2 * len(FUNCTIONS))
def elementwise(draw: Draw) -> Case:
    name, (function, low, high) = draw.in_turn(FUNCTIONS.items())
    shape = draw.sizes(draw.size(0, 3))
    given = {"Input": draw.uniform(low, high, draw.batch, *shape)}
    return Case(layer("ElementwiseLayer", Code(name), Input=shape), lambda x, w: function(x["Input"]), given)


#: Function of several numbers → what PyTorch has, and how many.
THREADED = {
    "Plus": (lambda *x: sum(x), 3),
    "Times": (lambda *x: math.prod(x[1:], start=x[0]), 3),
    "Subtract": (torch.subtract, 2),
    "Divide": (torch.divide, 2),
    "Power": (torch.pow, 2),
    "Max": (torch.maximum, 2),
    "Min": (torch.minimum, 2),
    "Mod": (torch.remainder, 2),
    "ArcTan": (lambda a, b: torch.arctan2(b, a), 2),
    "#1 #2 + Sin[#3] &": (lambda a, b, c: a * b + torch.sin(c), 3),
    "If[#1 > #2, #1 - #2, Sqrt[#2]] &": (lambda a, b: torch.where(a > b, a - b, torch.sqrt(b)), 2),
    "Tanh[#1]/(1 + #2^2) &": (lambda a, b: torch.tanh(a) / (1 + b**2), 2),
}


@peer("ThreadingLayer", "torch", cases=48)
def threading(draw: Draw) -> Case:
    """Equal dimensions, dimensions of size 1, or a last input of lower rank, replicated at a level."""
    name, (function, count) = draw.in_turn(THREADED.items())
    rank = draw.size(1, 3)
    full = draw.sizes(rank, 1, 4)
    shapes = [tuple(draw.one_of(n, n, 1) for n in full) for _ in range(count - 1)] + [full]
    level = Code("Automatic")
    if draw.one_of(True, False):
        shapes = [full] * count
        lost = draw.size(0, rank)
        place = draw.size(0, rank - lost)
        shapes[-1] = (*full[:place], *full[place + lost :])
        level = draw.one_of(place + 1, place - (rank - lost) - 1)
    given = {f"Input{i}": draw.uniform(0.3, 2, draw.batch, *shape) for i, shape in enumerate(shapes, 1)}

    def reference(x, w):
        *others, last = (x[f"Input{i}"] for i in range(1, count + 1))
        if isinstance(level, int) and lost:
            last = last.reshape(draw.batch, *full[:place], *(1,) * lost, *full[place + lost :])
        return function(*others, last)

    return Case(layer("ThreadingLayer", Code(name), level, InputPorts=shapes), reference, given)


@peer("ParametricRampLayer", "torch.nn.functional.prelu")
def parametric_ramp(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(1, 3))
    at = sorted({draw.size(0, len(shape)) for _ in range(2)} - {0})
    levels = [] if at == [1] else [tuple(at)]

    def reference(x, w):
        slope = w["Slope"].reshape([n if i in at else 1 for i, n in enumerate(shape, 1)])
        if at == [1]:
            return F.prelu(x["Input"], w["Slope"])
        return torch.where(x["Input"] >= 0, x["Input"], slope * x["Input"])

    return Case(layer("ParametricRampLayer", *levels, Input=shape), reference)


@peer("NetArrayLayer", "torch.nn.Parameter", cases=6)
def net_array(draw: Draw) -> Case:
    shape = draw.sizes(draw.size(0, 3))
    return Case(layer("NetArrayLayer", Output=shape), lambda x, w: w["Array"].expand(draw.batch, *shape))
