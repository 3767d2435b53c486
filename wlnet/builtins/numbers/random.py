"""Random numbers, choices, samples and permutations, all from the generator of the session."""

from __future__ import annotations

import math
import zlib

import numpy as np

from wlnet.builtins.numbers.numerical import INT64_MAX, as_list, is_array, machine_array, machine_real, sizes
from wlnet.kernel import Kernel, Message, builtin
from wlnet.syntax import write
from wlnet.terms import NULL, Association, Expression, S, Symbol, Term, elements, is_head, pack, to_list
from wlnet.terms import attributes as flags

DIMENSIONS = "The dimensions `1` are not a non-negative integer or a list of such."


def shape_of(size: Term) -> tuple[int, ...]:
    """Gives the dimensions of what is to be made; `()` for a single value."""
    found = () if size is None else sizes(size)
    if found is None:
        raise Message("array", size)
    return found


@builtin("SeedRandom", category="Random numbers")
def seed_random(kernel: Kernel, seed: Term = None) -> Term | None:
    """SeedRandom[n] restarts the random generator, so that the same numbers come again.
    SeedRandom[] restarts it from somewhere unknown.

    Examples:
        >> SeedRandom[7]; a = RandomReal[]; SeedRandom[7]; a == RandomReal[]
        = True
    """
    if seed is None or seed is S.Automatic:
        kernel.seed(None)
        return NULL
    kernel.seed(abs(seed) if type(seed) is int else zlib.crc32(write(seed).encode()))
    return NULL


@builtin(
    "BlockRandom", category="Random numbers", attributes=flags.HOLD_ALL, options={"RandomSeeding": S.Inherited}
)  # fmt: skip
def block_random(kernel: Kernel, expression: Term, *, options: dict[str, Term]) -> Term:
    """BlockRandom[expr] evaluates expr and puts the random generator back to where it was.

    Examples:
        >> BlockRandom[RandomReal[]] == RandomReal[]
        = True
    Options: "RandomSeeding":
        >> BlockRandom[RandomReal[], RandomSeeding -> 7] == BlockRandom[SeedRandom[7]; RandomReal[]]
        = True
    """
    start = kernel.evaluate(options["RandomSeeding"])
    generator = kernel.random
    state = generator.bit_generator.state
    seed = kernel.random_seed
    try:
        if start is not S.Inherited:
            seed_random(kernel, start)
        return kernel.evaluate(expression)
    finally:
        kernel.seed(seed)
        kernel.random.bit_generator.state = state


def is_distribution(limits: Term) -> bool:
    return type(limits) is Expression and type(limits.head) is Symbol and limits.head.name.endswith("Distribution")


def variate(distribution: Term, size: Term) -> Expression:
    return Expression(S.RandomVariate, (distribution,) if size is None else (distribution, size))


def ends_of(kernel: Kernel, limits: Term, low: Term) -> tuple[Term, Term] | None:
    """Gives the ends of a range `max` (from `low`) or `{min, max}`."""
    if is_array(limits):
        found = elements(as_list(limits))
        return (found[0], found[1]) if len(found) == 2 else None
    return (low, limits)


@builtin(
    "RandomReal", category="Random numbers",
    messages={"array": DIMENSIONS, "unifr": "`1` is not a real number or a pair of them."},
)  # fmt: skip
def random_real(kernel: Kernel, limits: Term = 1, size: Term = None) -> Term:
    """RandomReal[] gives a random real number from 0 to 1.
    RandomReal[max] and RandomReal[{min, max}] take other limits; RandomReal[range, {n1, n2, …}] gives an array.
    RandomReal[dist, …] is RandomVariate[dist, …], which came after it.

    Examples:
        >> Dimensions[RandomReal[NormalDistribution[0, 1], {2, 3}]]
        = {2, 3}
        >> 0 <= RandomReal[] <= 1
        = True
        >> Dimensions[RandomReal[{-1, 1}, {2, 3}]]
        = {2, 3}
    Possible issues:
        >> RandomReal[x]
        message: RandomReal::unifr
        = RandomReal[x]
        >> RandomReal[1, x]
        message: RandomReal::array
        = RandomReal[1, x]
    """
    if size is None and type(limits) is int and limits == 1:
        return kernel.random.random()
    if is_distribution(limits):
        return variate(limits, size)
    found = ends_of(kernel, limits, 0)
    ends = [machine_real(kernel, x) for x in found] if found is not None else [None]
    if None in ends or not all(math.isfinite(x) for x in ends if x is not None):
        raise Message("unifr", limits)
    low, high = ends
    if size is None:
        return float(low + (high - low) * kernel.random.random())  # type: ignore[operator]
    shape = shape_of(size)
    return pack(low + (high - low) * kernel.random.random(shape))  # type: ignore[operator]


@builtin(
    "RandomInteger", category="Random numbers",
    messages={"array": DIMENSIONS, "unifr": "`1` is not an integer or a pair of them."},
)  # fmt: skip
def random_integer(kernel: Kernel, limits: Term = 1, size: Term = None) -> Term:
    """RandomInteger[] gives 0 or 1 at random.
    RandomInteger[max] and RandomInteger[{min, max}] take other limits; RandomInteger[range, dims] gives an array.
    RandomInteger[dist, …] is RandomVariate[dist, …], which came after it.

    Examples:
        >> MemberQ[{0, 1}, RandomInteger[BernoulliDistribution[1/2]]]
        = True
        >> 1 <= RandomInteger[{1, 6}] <= 6
        = True
        >> Dimensions[RandomInteger[9, {2, 3}]]
        = {2, 3}
    Possible issues:
        >> RandomInteger[1.5]
        message: RandomInteger::unifr
        = RandomInteger[1.5]
        >> RandomInteger[1, -2]
        message: RandomInteger::array
        = RandomInteger[1, -2]
    """
    if is_distribution(limits):
        return variate(limits, size)
    ends = ends_of(kernel, limits, 0)
    if ends is None or any(type(x) is not int for x in ends):
        raise Message("unifr", limits)
    low, high = sorted(ends)
    if size is None and low >= -INT64_MAX and high < INT64_MAX:
        return int(kernel.random.integers(low, high, endpoint=True))
    shape = shape_of(size)
    if low >= -INT64_MAX and high < INT64_MAX:
        return pack(kernel.random.integers(low, high, shape, endpoint=True))
    return large_integers(kernel, low, high, shape)


def large_integers(kernel: Kernel, low: int, high: int, shape: tuple[int, ...]) -> Term:
    """Gives random integers of any size, from more bits than needed so that the remainder is fair."""
    if shape:
        return to_list(large_integers(kernel, low, high, shape[1:]) for _ in range(shape[0]))
    span = high - low + 1
    drawn = int.from_bytes(kernel.random.bytes(span.bit_length() // 8 + 9), "big")
    return low + drawn % span


@builtin(
    "RandomComplex", category="Random numbers",
    messages={"array": DIMENSIONS, "unifr": "`1` is not a complex number or a pair of them."},
)  # fmt: skip
def random_complex(kernel: Kernel, limits: Term = 1 + 1j, size: Term = None) -> Term:
    """RandomComplex[] gives a random complex number with real and imaginary parts from 0 to 1.
    RandomComplex[max] and RandomComplex[{min, max}] take other corners of the rectangle; RandomComplex[range, dims] gives an
    array.

    Examples:
        >> Head[RandomComplex[]]
        = Complex
        >> {0 <= Im[RandomComplex[{1 + I, 2 + 3 I}]] - 1 <= 2, Dimensions[RandomComplex[1 + I, {2, 3}]]}
        = {True, {2, 3}}
    Possible issues:
        >> RandomComplex[x]
        message: RandomComplex::unifr
        = RandomComplex[x]
        >> RandomComplex[1, x]
        message: RandomComplex::array
        = RandomComplex[1, x]
    """
    found = ends_of(kernel, limits, 0)
    ends = None if found is None else machine_array(kernel, to_list(found))
    if ends is None or ends.shape != (2,) or not np.isfinite(ends).all():
        raise Message("unifr", limits)
    low, span = complex(ends[0]), complex(ends[1] - ends[0])
    shape = shape_of(size)
    return pack(low + span.real * kernel.random.random(shape) + 1j * span.imag * kernel.random.random(shape))


# Choices and samples


def pool_of(kernel: Kernel, given: Term) -> tuple[tuple[Term, ...], np.ndarray | None]:
    """Gives the elements to choose from and their probabilities (None: equal ones); a message for none."""
    weights: Term = None
    if is_head(given, S.Rule, 2):
        weights, given = given.args
    pool = as_list(given)
    if not is_array(pool) or not elements(pool):
        raise Message("lrwl", given)
    items = elements(pool)
    if weights is None:
        return items, None
    found = machine_array(kernel, weights)
    if found is None or found.dtype.kind == "c" or found.shape != (len(items),):
        raise Message("lrwl", Expression(S.Rule, (weights, given)))
    if not np.isfinite(found).all() or (found < 0).any() or found.sum() <= 0:
        raise Message("lrwl", Expression(S.Rule, (weights, given)))
    return items, found / found.sum()


def taken(items: tuple[Term, ...], places: np.ndarray) -> Term:
    """Gives the array of the elements at some places."""
    if places.ndim == 0:
        return items[int(places)]
    return to_list(taken(items, row) for row in places)


POOL = "The items for choice `1` should be a nonempty list or a rule weights -> choices."


@builtin("RandomChoice", category="Random numbers", messages={"array": DIMENSIONS, "lrwl": POOL})
def random_choice(kernel: Kernel, given: Term, size: Term = None) -> Term:
    """RandomChoice[{e1, e2, …}] gives one of the elements at random.
    RandomChoice[weights -> list] chooses with these weights; RandomChoice[list, dims] gives an array of choices.

    Examples:
        >> MemberQ[{a, b}, RandomChoice[{a, b}]]
        = True
        >> RandomChoice[{0, 1} -> {a, b}, 3]
        = {b, b, b}
    Possible issues:
        >> RandomChoice[{}]
        message: RandomChoice::lrwl
        = RandomChoice[{}]
        >> RandomChoice[{a}, x]
        message: RandomChoice::array
        = RandomChoice[{a}, x]
    """
    if size is None and type(given) is np.ndarray:
        return pack(given[kernel.random.integers(len(given))])
    if size is None and is_head(given, S.List) and given.args:
        return given.args[kernel.random.integers(len(given.args))]
    items, shares = pool_of(kernel, given)
    if size is None and shares is None:
        return items[kernel.random.integers(len(items))]
    shape = shape_of(size)
    if shares is None:
        places = np.asarray(kernel.random.integers(0, len(items), shape))
    else:
        places = np.asarray(kernel.random.choice(len(items), shape, p=shares))
    if type(given) is np.ndarray:
        return pack(given[places])
    return taken(items, places)


@builtin(
    "RandomSample", category="Random numbers",
    messages={"lrwl": POOL, "smplen": "A sample of size `1` cannot be taken from `2` elements."},
)  # fmt: skip
def random_sample(kernel: Kernel, given: Term, size: Term = None) -> Term | None:
    """RandomSample[list] gives the elements of a list in random order.
    RandomSample[list, n] gives n of them, none twice; RandomSample[weights -> list, n] with weights.

    Examples:
        >> Sort[RandomSample[Range[4]]]
        = {1, 2, 3, 4}
        >> Length[RandomSample[{a, b, c}, 2]]
        = 2
    Possible issues:
        >> RandomSample[{a, b}, 3]
        message: RandomSample::smplen
        = RandomSample[{a, b}, 3]
        >> RandomSample[x]
        message: RandomSample::lrwl
        = RandomSample[x]
    """
    if is_array(given) and not elements(as_list(given)):
        items: tuple[Term, ...] = ()
        shares = None
    else:
        items, shares = pool_of(kernel, pairs_of(given))
    available = len(items) if shares is None else int(np.count_nonzero(shares))
    count = available if size is None else size
    if is_head(size, S.UpTo, 1):
        count = min(size.args[0], available) if type(size.args[0]) is int else size
    if type(count) is not int or not 0 <= count <= available:
        raise Message("smplen", size, available)
    places = kernel.random.choice(len(items), count, replace=False, p=shares) if items else np.empty(0, int)
    if type(given) is np.ndarray:
        return pack(given[places])
    chosen = [items[int(place)] for place in places]
    if type(given) is Association:
        return Association([(item.args[0], item.args[1]) for item in chosen])
    return to_list(chosen)


def pairs_of(given: Term) -> Term:
    """Gives an association as the list of its rules."""
    return Expression(S.List, given.rules()) if type(given) is Association else given


@builtin("RandomPermutation", category="Random numbers")
def random_permutation(kernel: Kernel, n: Term) -> Term | None:
    """RandomPermutation[n] gives a random permutation of 1, …, n, as a list.

    Examples:
        >> Sort[RandomPermutation[4]]
        = {1, 2, 3, 4}
    """
    if type(n) is not int or not 1 <= n <= 1 << 28:
        return None
    return pack(kernel.random.permutation(n) + 1)
