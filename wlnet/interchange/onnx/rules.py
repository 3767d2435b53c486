"""How operations are said in ONNX: one rule each, a function of the graph, the values of the inputs, `out` (the
dimensions of what it gives) and the operation's settings.

An operation without a rule is said by its composition (`Operation.compose`), where that is one of elements.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from wlnet.interchange.onnx.graph import REAL, TRUTH, WHOLE, Graph, Numbers, Value
from wlnet.interchange.onnx.recording import Open, Sizes, Unsayable

Rule = Callable[..., Any]

RULES: dict[str, Rule] = {}
#: Operation → the inputs that its rule takes as whole numbers.
TAKES_WHOLE: dict[str, tuple[int, ...]] = {}

TINY = float(np.finfo(np.float32).tiny)


def says(*operations: str, whole: tuple[int, ...] = ()) -> Callable[[Rule], Rule]:
    """Declares the rule of operations (a decorator)."""

    def declare(rule: Rule) -> Rule:
        for operation in operations:
            RULES[operation] = rule
            TAKES_WHOLE[operation] = whole
        return rule

    return declare


def alike(operator: str, *names: str) -> Rule:
    """Gives the rule of an operation for which there is one operator; its settings have the operator's names for them."""

    def rule(g: Graph, *inputs: Value, out: Any, **settings: Any) -> Value:
        return g.node(operator, *inputs, **{name: settings[name] for name in names})

    return rule


for _operation, _rule in {
    "log_softmax": alike("LogSoftmax", "axis"),
    "matmul": alike("MatMul"),
    "parametric_ramp": alike("PRelu"),
    "ramp": alike("Relu"),
    "sigmoid": alike("Sigmoid"),
    "softmax": alike("Softmax", "axis"),
    "softplus": alike("Softplus"),
}.items():
    says(_operation)(_rule)


#: Operation → why it cannot be said.
NEVER = {
    "connectionist_loss": "it has no operator for the sum over all paths",
    "crop": "it draws random numbers",
    "gradient_of": "it has no derivatives",
    "random_mask": "it draws random numbers",
    "random_numbers": "it draws random numbers, whose distribution may be any",
    "run_function": "its function is evaluated by the language",
}


def composed(operation: Any) -> Rule:
    """Gives the rule of an operation that is said by its composition."""

    def rule(g: Graph, *inputs: Value, out: Any, **settings: Any) -> Any:
        if operation.name in NEVER:
            raise Unsayable(NEVER[operation.name])
        try:
            return g.value(operation.compose(Numbers(g), *inputs, **settings), REAL)
        except (TypeError, AttributeError):  # the composition does something that is not done to each element
            raise Unsayable(f"it has no operator for {operation.name.replace('_', ' ')}") from None

    return rule


def rule_of(operation: Any) -> Rule:
    """Gives the rule of an operation."""
    found = RULES.get(operation.name)
    return composed(operation) if found is None else found


@says("swish")
def swish(g: Graph, x: Value, out: Any) -> Value:
    return x * g.node("Sigmoid", x)


@says("clip")
def clip(g: Graph, x: Value, out: Any, low: float, high: float) -> Value:
    return g.node("Clip", x, g.constant(low), g.constant(high))


@says("exponential_unit")
def exponential_unit(g: Graph, x: Value, out: Any, scale: float, slope: float) -> Value:
    if scale == 1:
        return g.node("Elu", x, alpha=float(slope))
    return g.node("Selu", x, gamma=float(scale), alpha=float(slope / scale))


@says("where")
def where(g: Graph, condition: Value, a: Value, b: Value, out: Any) -> Value:
    return g.where(condition, a, b)


@says("arctan2")
def arctan2(g: Graph, a: Value, b: Value, out: Any) -> Value:
    numbers = Numbers(g)
    angle = numbers.arctan(a / b)
    half_turn = g.where(numbers.less(a, 0.0), -math.pi, math.pi)
    upright = numbers.sign(a) * (math.pi / 2)
    turned = g.where(numbers.less(b, 0.0), angle + half_turn, angle)
    return g.where(numbers.equal(b, 0.0), upright, turned)


@says("surd")
def surd(g: Graph, a: Value, b: Value, out: Any) -> Value:
    numbers = Numbers(g)
    sign = numbers.sign(a)
    return numbers.abs(a) ** (1 / b) * g.where(numbers.equal(b % 2, 1.0), sign, numbers.sqrt(sign))


@says("linear")
def linear(g: Graph, x: Value, w: Value, b: Value | None, out: Any) -> Value:
    return g.node("Gemm", x, w, b, transB=1)


@says("dot")
def dot(g: Graph, a: Value, b: Value, out: Any) -> Value:
    if b.ndim <= 2:
        return g.node("MatMul", a, b)
    turned = g.transpose(b, (b.ndim - 2, *range(b.ndim - 2), b.ndim - 1))
    rows = g.node("Reshape", turned, g.constant([0, -1], WHOLE))
    return g.reshape(g.node("MatMul", a, rows), out[0])


# What moves elements.


@says("reshape")
def reshape(g: Graph, x: Value, out: Any, shape: Sizes) -> Value:
    return g.reshape(x, out[0])


@says("transpose")
def transpose(g: Graph, x: Value, out: Any, axes: tuple[int, ...]) -> Value:
    return g.transpose(x, axes)


@says("broadcast")
def broadcast(g: Graph, x: Value, out: Any, shape: Sizes) -> Value:
    return g.node("Expand", x, g.sizes(out[0]))


@says("concatenate")
def concatenate(g: Graph, *xs: Value, out: Any, axis: int) -> Value:
    return g.node("Concat", *xs, axis=axis)


@says("stack")
def stack(g: Graph, *xs: Value, out: Any, axis: int) -> Value:
    axis %= len(out[0])
    return g.node("Concat", *(g.unsqueeze(x, axis) for x in xs), axis=axis)


@says("reverse")
def reverse(g: Graph, x: Value, out: Any, axis: int) -> Value:
    return sliced(g, x, [(axis, -1, -(2**63), -1)])


def sliced(g: Graph, x: Value, rows: Sequence[tuple[int, Any, Any, int]]) -> Value:
    """Gives parts of x; rows: axis, start, stop, step."""
    axes, starts, stops, steps = zip(*rows, strict=True)
    return g.node("Slice", x, g.sizes(starts), g.sizes(stops), g.constant(axes, WHOLE), g.constant(steps, WHOLE))


def from_end(place: Any, size: Any, end: int) -> Any:
    """Gives a place that depends on the size of an axis as one counted from the end; `end` is the end itself."""
    if not isinstance(place, Open) or not isinstance(size, Open):
        return place
    if place == size and end:
        return end
    before = place.first - size.first
    return before if before == place.second - size.second and before < 0 else place


@says("part")
def part(g: Graph, x: Value, out: Any, index: tuple[Any, ...]) -> Value:
    rows, gone, new, axis = [], [], [], 0
    for place, item in enumerate(index):
        if item is None:
            new.append(place - len(gone))
            continue
        if isinstance(item, slice):
            if item != slice(None):
                step = item.step or 1
                start = item.start if item.start is not None else 0 if step > 0 else -1
                stop = item.stop if item.stop is not None else 2**62 if step > 0 else -(2**63)
                assert x.shape is not None
                rows.append((axis, from_end(start, x.shape[axis], 0), from_end(stop, x.shape[axis], 2**62), step))
        else:
            rows.append((axis, item, item + 1 if item != -1 else 2**62, 1))
            gone.append(axis)
        axis += 1
    if len(rows) == len(gone) == 1:
        x = g.node("Gather", x, g.constant(rows[0][1], WHOLE), axis=gone[0])
    else:
        x = sliced(g, x, rows) if rows else x
        x = g.squeeze(x, *gone) if gone else x
    return g.unsqueeze(x, *new) if new else x


@says("pad")
def pad(g: Graph, x: Value, out: Any, widths: tuple[tuple[Any, Any], ...], value: float) -> Value:
    return padded(g, x, widths, "constant", value)


@says("pad_from_inside")
def pad_from_inside(g: Graph, x: Value, out: Any, widths: tuple[tuple[Any, Any], ...], mirrored: bool) -> Value:
    sizes = zip(widths, x.shape or (), strict=True)
    if mirrored and any(isinstance(size, int) and max(width) >= size for width, size in sizes):
        raise Unsayable("it mirrors an array more than once")
    return padded(g, x, widths, "reflect" if mirrored else "edge")


def padded(g: Graph, x: Value, widths: Sequence[tuple[Any, Any]], mode: str, value: float = 0.0) -> Value:
    """Gives x with elements around it, before and after it along each axis."""
    amounts = g.sizes((*(before for before, _ in widths), *(after for _, after in widths)))
    return g.node("Pad", x, amounts, g.constant(value) if mode == "constant" else None, mode=mode)


@says("place")
def place(g: Graph, x: Value, out: Any, shape: Sizes, index: tuple[Any, ...]) -> Value:
    """Places x among zeros: rows of numbers and slices of step 1, as a padding."""
    widths: list[tuple[Any, Any]] = []
    gone = []
    for axis, size in enumerate(out[0]):
        item = index[axis] if axis < len(index) else slice(None)
        if isinstance(item, slice):
            start, stop = item.start or 0, size if item.stop is None else item.stop
        else:
            gone.append(axis)
            start, stop = item, item + 1
        if start == 0 and stop == size:
            widths.append((0, 0))
            continue
        if any(not isinstance(end, int) or end < 0 for end in (start, stop, size)):
            raise Unsayable("it places an array where only the input tells")
        widths.append((start, size - stop))
    return padded(g, g.unsqueeze(x, *gone) if gone else x, widths, "constant")


@says("take", whole=(1,))
def take(g: Graph, weights: Value, indices: Value, out: Any, first: int = 0) -> Value:
    return g.node("Gather", weights, indices - first if first else indices, axis=0)


@says("one_hot", whole=(0,))
def one_hot(g: Graph, indices: Value, out: Any, size: int, dtype: Any, first: int = 0) -> Value:
    numbers = indices - first if first else indices
    return g.node("OneHot", numbers, g.constant([size], WHOLE), g.constant([0, 1]), kind=REAL, axis=-1)


@says("extract", whole=(1,))
def extract(g: Graph, x: Value, positions: Value, out: Any) -> Value:
    from_end = g.binary("Less", positions, 0, TRUTH)
    places = g.node("Where", from_end, positions, positions - 1, kind=WHOLE)
    return g.node("GatherND", x, places, batch_dims=1)


# Reductions and order.


def reduction(function: str) -> Rule:
    def rule(g: Graph, x: Value, out: Any, axes: Sequence[int], keepdims: bool = False) -> Value:
        return g.reduce(function, x, axes, keepdims)

    return rule


for _operation, _function in {"sum": "Sum", "mean": "Mean", "max": "Max", "min": "Min", "product": "Prod"}.items():
    says(_operation)(reduction(_function))


def number(g: Graph, x: Value, axes: Sequence[int]) -> Value:
    """Gives the number of elements along axes, as a real."""
    assert x.shape is not None
    total = g.value(g.size(x.shape[axes[0]]), REAL)
    for axis in axes[1:]:
        total = total * g.value(g.size(x.shape[axis]), REAL)
    return total


@says("variance")
def variance(g: Graph, x: Value, out: Any, axes: Sequence[int], keepdims: bool = False, correction: int = 0) -> Value:
    away = x - g.reduce("Mean", x, axes, keep=True)
    away.shape = x.shape
    if not correction:
        return g.reduce("Mean", away * away, axes, keepdims) if not axes else mean_square(g, away, axes, keepdims)
    squares = away * away
    squares.shape = x.shape
    total = g.reduce("Sum", squares, axes, keepdims)
    return total / (number(g, x, axes) - correction)


def mean_square(g: Graph, x: Value, axes: Sequence[int], keep: bool) -> Value:
    squares = x * x
    squares.shape = x.shape
    return g.reduce("Mean", squares, axes, keep)


@says("standard_deviation")
def standard_deviation(g: Graph, x: Value, out: Any, **settings: Any) -> Value:
    return g.node("Sqrt", variance(g, x, out, **settings))


@says("ordering")
def ordering(g: Graph, x: Value, out: Any) -> Value:
    _, places = in_order(g, x)
    return g.value(places + 1, REAL)


def in_order(g: Graph, x: Value) -> tuple[Value, Value]:
    """Gives the elements sorted along the last axis, the smallest first, and their places."""
    assert x.shape is not None
    values, places = g.node_of("TopK", (x, g.size(x.shape[-1])), 2, attributes={"largest": 0})
    places.kind = WHOLE
    return values, places


@says("quantile")
def quantile(g: Graph, x: Value, out: Any, axes: Sequence[int], p: float) -> Value:
    assert x.shape is not None
    axes = [axis % x.ndim for axis in axes]
    others = [axis for axis in range(x.ndim) if axis not in axes]
    x = g.transpose(x, [*others, *axes])
    assert x.shape is not None
    sizes = x.shape[len(others) :]
    if any(isinstance(size, Open) for size in sizes):
        raise Unsayable("it sorts a sequence whose length varies")
    count = math.prod(sizes)  # type: ignore[arg-type]
    values, _ = in_order(g, g.reshape(x, (*x.shape[: len(others)], count)))
    at = min(max(count * p - 0.5, 0.0), count - 1.0)
    low, share = math.floor(at), at - math.floor(at)
    places = (g.constant(place, WHOLE) for place in (low, min(low + 1, count - 1)))
    below, above = (g.node("Gather", values, place, axis=-1) for place in places)
    return below if not share else below * (1 - share) + above * share


# Windows.


def ends(widths: Sequence[tuple[Any, Any]]) -> list[Any]:
    return [before for before, _ in widths] + [after for _, after in widths]


@says("convolution")
def convolution(
    g: Graph, x: Value, w: Value, b: Value | None, out: Any, stride: Any, padding: Any, dilation: Any, groups: int
) -> Value:
    sides = {"strides": list(stride), "pads": ends(padding), "dilations": list(dilation), "group": groups}
    assert w.shape is not None
    return g.node("Conv", x, w, b, kernel_shape=list(w.shape[2:]), **sides)


@says("deconvolution")
def deconvolution(
    g: Graph,
    x: Value,
    w: Value,
    b: Value | None,
    out: Any,
    size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
) -> Value:
    assert w.shape is not None and x.shape is not None
    kernel = w.shape[2:]
    more = []
    for axis, wanted in enumerate(out[0][2:]):
        before, made = at_first(x.shape[axis + 2]), at_first(wanted)
        natural = stride[axis] * (before - 1) + dilation[axis] * (kernel[axis] - 1) + 1 - sum(padding[axis])  # type: ignore[operator]
        more.append(made - natural)
    sides = {"strides": list(stride), "pads": ends(padding), "dilations": list(dilation), "group": groups}
    return g.node("ConvTranspose", x, w, b, kernel_shape=list(kernel), output_padding=more, **sides)


def at_first(size: Any) -> int:
    return size.first if isinstance(size, Open) else size


@says("pooling")
def pooling(g: Graph, x: Value, out: Any, function: str, kernel: Any, stride: Any, padding: Any) -> Value:
    around = ((0, 0), (0, 0), *padding)
    if any(max(width) >= size for width, size in zip(padding, kernel, strict=True)):
        x = padded(g, x, around, "constant", -np.inf if function == "Max" else 0.0)
        padding = ((0, 0),) * len(kernel)
    sides = {"kernel_shape": list(kernel), "strides": list(stride), "pads": ends(padding)}
    if function == "Max":
        return g.node("MaxPool", x, **sides)
    means = g.node("AveragePool", x, count_include_pad=1, **sides)
    return means if function == "Mean" else means * float(math.prod(kernel))


@says("resize")
def resize(g: Graph, x: Value, out: Any, sizes: Sizes, bins: bool, nearest: bool) -> Value:
    settings: dict[str, Any] = {"coordinate_transformation_mode": "half_pixel" if bins else "align_corners"}
    if nearest:
        settings["nearest_mode"] = "round_prefer_ceil"
    mode = "nearest" if nearest else "linear"
    if x.ndim != 3 or nearest:
        return g.node("Resize", x, None, None, g.sizes(out[0]), mode=mode, **settings)
    flat = g.unsqueeze(x, 2)
    made = g.node("Resize", flat, None, None, g.sizes((*out[0][:2], 1, out[0][2])), mode=mode, **settings)
    return g.squeeze(made, 2)


@says("spatial_transform")
def spatial_transform(g: Graph, x: Value, parameters: Value, out: Any, size: tuple[int, int]) -> Value:
    height, width = (np.linspace(-1, 1, count) if count > 1 else np.zeros(1) for count in size)
    places = np.stack([np.tile(width, size[0]), np.repeat(height, size[1]), np.ones(math.prod(size))])
    rows = g.reshape(parameters, (out[0][0], 2, 3))
    grid = g.transpose(g.node("MatMul", rows, g.constant(places)), (0, 2, 1))
    grid = g.node("Reshape", grid, g.constant([0, *size, 2], WHOLE))
    return g.node("GridSample", x, grid, mode="bilinear", padding_mode="zeros", align_corners=1)


# Normalization.


@says("batch_normalization_test")
def batch_normalization(g: Graph, x: Value, *arrays: Value, out: Any, epsilon: float, axis: int) -> Value:
    axis %= x.ndim
    order = (0, axis, *(i for i in range(1, x.ndim) if i != axis))
    made = g.node("BatchNormalization", g.transpose(x, order), *arrays, epsilon=float(epsilon))
    return g.transpose(made, [order.index(i) for i in range(x.ndim)])


@says("standardize")
def standardize(
    g: Graph, x: Value, out: Any, axes: Sequence[int], epsilon: float, center: bool, correction: int
) -> Value:
    axes = sorted(axis % x.ndim for axis in axes)
    assert x.shape is not None
    sizes = [x.shape[axis] for axis in axes]
    if center and not correction and axes == list(range(axes[0], x.ndim)) and all(type(size) is int for size in sizes):
        ones = g.constant(np.ones(sizes))  # type: ignore[arg-type]
        return g.node("LayerNormalization", x, ones, axis=axes[0], epsilon=float(epsilon))
    away = x - g.reduce("Mean", x, axes, keep=True) if center else x
    away.shape = x.shape
    spread = mean_square(g, away, axes, keep=True)
    if correction:
        count = number(g, x, axes)
        spread = spread * (count / Numbers(g).maximum(count - correction, 1.0))
    return away / g.node("Sqrt", spread + epsilon)


# Recurrent layers. ONNX has the sequence before the batch, and its gates in the order of this table.


def recurrent(operator: str, states: int, **settings: Any) -> Rule:
    """Gives the rule of a recurrent layer: x, states, input weights, state weights and biases, without dropout."""

    def rule(g: Graph, x: Value, *given: Value | None, out: Any) -> tuple[Value, ...]:
        first, (wi, ws, b) = given[:states], given[states : states + 3]
        assert wi is not None and ws is not None and b is not None and ws.shape is not None and b.shape is not None
        size = ws.shape[1]
        both = g.node("Concat", b, g.constant(np.zeros(b.shape)), axis=0)  # type: ignore[arg-type]
        arrays = [g.unsqueeze(item, 0) for item in (wi, ws, both)]
        begun = [item for item in first if item is not None and item.fill != 0]
        starts = [g.unsqueeze(item, 0) for item in first if item is not None] if begun else []
        steps = g.transpose(x, (1, 0, 2))
        made = g.node_of(
            operator, (steps, *arrays, None, *starts), 1 + states, REAL, {"hidden_size": size, **settings}
        )
        sequence = g.transpose(g.squeeze(made[0], 1), (1, 0, 2))
        return (sequence, *(g.squeeze(item, 0) for item in made[1:]))

    return rule


says("basic_recurrent")(recurrent("RNN", 1))
says("gru")(recurrent("GRU", 1, linear_before_reset=1))
says("lstm")(recurrent("LSTM", 2))


# Losses: one number for each example.


def example_means(g: Graph, values: Value, shape: Sizes) -> Value:
    """Gives the mean over all but the first axis."""
    values.shape = shape
    return g.reduce("Mean", values, range(1, len(shape)))


@says("mean_squared_loss")
def mean_squared_loss(g: Graph, x: Value, t: Value, out: Any) -> Value:
    away = x - t
    return example_means(g, away * away, x.shape or ())


@says("mean_absolute_loss")
def mean_absolute_loss(g: Graph, x: Value, t: Value, out: Any) -> Value:
    return example_means(g, g.node("Abs", x - t), x.shape or ())


@says("contrastive_loss")
def contrastive_loss(g: Graph, d: Value, t: Value, out: Any, margin: float) -> Value:
    return example_means(g, g.where(t, g.node("Relu", margin - d), d), d.shape or ())


def logarithm(g: Graph, p: Value) -> Value:
    """Gives the logarithm of probabilities, those of zero raised to the smallest number."""
    return g.node("Log", Numbers(g).maximum(p, TINY))


@says("cross_entropy_index", whole=(1,))
def cross_entropy_index(g: Graph, p: Value, t: Value, out: Any) -> Value:
    assert p.shape is not None
    last = p.ndim - 1
    picked = g.node("GatherElements", p, g.unsqueeze(t - 1, last), axis=last)
    return example_means(g, -logarithm(g, g.squeeze(picked, last)), p.shape[:-1])


@says("cross_entropy_probabilities")
def cross_entropy_probabilities(g: Graph, p: Value, t: Value, out: Any) -> Value:
    assert p.shape is not None
    products = t * logarithm(g, p)
    products.shape = p.shape
    return example_means(g, -g.reduce("Sum", products, [p.ndim - 1]), p.shape[:-1])


@says("cross_entropy_binary")
def cross_entropy_binary(g: Graph, p: Value, t: Value, out: Any) -> Value:
    values = t * logarithm(g, p) + (1 - t) * logarithm(g, 1 - p)
    return example_means(g, -values, p.shape or ())
