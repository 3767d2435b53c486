"""A net that is applied again gives what it gave, though it then replays a plan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wlnet.errors import DataError
from wlnet.plans import kept
from wlnet.plans.evaluate import apply
from wlnet.session import Session

NETS = {
    "images": (
        """NetChain[{ConvolutionLayer[3, 2], BatchNormalizationLayer[], Ramp, PoolingLayer[2], DropoutLayer[0.5],
        FlattenLayer[], 3, SoftmaxLayer[]}, "Input" -> {2, 6, 5}]""",
        (2, 6, 5),
    ),
    "sequences": ('NetChain[{LongShortTermMemoryLayer[3], NetMapOperator[2]}, "Input" -> {"Varying", 2}]', (4, 2)),
    "one vector": ('NetGraph[{2, Tanh, Plus}, {1 -> 2, {1, 2} -> 3}, "Input" -> 3]', (3,)),
}


@pytest.mark.parametrize("name", NETS)
def test_each_time_gives_the_same(session: Session, name: str) -> None:
    code, shape = NETS[name]
    net, fresh = (session.evaluate_term(f"NetInitialize[{code}]") for _ in range(2))
    generator = np.random.default_rng(1)
    x, other = generator.normal(size=(2, 3, *shape))
    first, *later = (apply(net, x) for _ in range(4))
    for found in later:
        np.testing.assert_array_equal(found, first)
    before = later[-1].copy()
    np.testing.assert_array_equal(apply(net, other), apply(fresh, other))
    np.testing.assert_array_equal(later[-1], before, "what was given must not change")


def test_a_plan_that_would_hold_much_is_not_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def plans_after(count: int) -> list[Any]:
        net = session.evaluate_term('NetInitialize[NetChain[{2, Tanh}, "Input" -> 3]]')
        for _ in range(count):
            apply(net, np.zeros((5, 3)))
        return [type(found) for found in net.plans.values()]

    assert plans_after(3) == [kept.Kept]
    monkeypatch.setattr(kept, "MOST_BYTES", 10)
    assert plans_after(3) == [bool]


def test_few_plans_are_kept(session: Session) -> None:
    net = session.evaluate_term('NetInitialize[NetChain[{2, Tanh}, "Input" -> 3]]')
    for _ in range(2):
        for count in range(1, 3 * kept.MOST_PLANS):
            apply(net, np.zeros((count, 3)))
    assert len(net.plans) <= kept.MOST_PLANS


def test_data_that_do_not_fit_are_told_each_time(session: Session) -> None:
    session.evaluate('net = NetInitialize[NetChain[{EmbeddingLayer[2, 3], 1}, "Input" -> {4}]]')
    for _ in range(3):
        session.evaluate("net[{1, 2, 3, 1}]")
        assert not session.messages
    messages = []
    for _ in range(3):
        session.evaluate("net[{1, 2, 9, 1}]")
        messages.append(list(session.messages))
    assert messages[0]
    assert messages[0] == messages[1] == messages[2]


def test_random_numbers_are_new_each_time(session: Session) -> None:
    session.evaluate('net = RandomArrayLayer[NormalDistribution[0, 1], "Output" -> {3}]')
    seeded = [tuple(session.evaluate("net[<||>, RandomSeeding -> 5]")) for _ in range(4)]
    assert len(set(seeded)) == 1
    found = [tuple(session.evaluate("net[]")) for _ in range(4)]
    assert len(set(found)) == 4


def test_what_python_gives_that_is_no_array_is_told() -> None:
    net = Session().evaluate('NetInitialize[LongShortTermMemoryLayer[3, "Input" -> {"Varying", 2}]]')
    for given in ("abc", [[1, 2], [3]], None):
        with pytest.raises(DataError, match='"Input"'):
            apply(net, given)
    np.testing.assert_array_equal(apply(net, [[True, False]]), apply(net, [[1, 0]]))
