"""Every layer gives what PyTorch gives, forward and backward, for random dimensions, settings and both types."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytest.importorskip("torch", reason="PyTorch is what layers are compared with; pip install wlnet[torch]")

from tests.conformance.compare import confirm
from tests.conformance.peers import ALONE, Peer, load_peers
from wlnet.layers import load_layers

PEERS = load_peers()


@pytest.mark.parametrize("peer", PEERS, ids=str)
def test_a_layer_and_its_peer_agree(peer: Peer, record_property: Callable[[str, object], None]) -> None:
    record_property("confirmed", (peer.layer, confirm(peer).cases))


def test_every_layer_has_a_peer() -> None:
    missing = load_layers().keys() - {peer.layer for peer in PEERS} - ALONE.keys()
    assert not missing, f"declare peers in tests/conformance/families, or say in ALONE why not: {sorted(missing)}"
