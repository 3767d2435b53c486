"""Nets with shared arrays: immutable structures over a store of arrays. A complete library without the language.

May import `terms` and `compute` (a net's settings can hold terms). Read `dimensions`, `notation`, `kinds`, `arrays`,
`structure`, `unknowns`, `inference`, `net`, `connecting`, `containers`, `flow`, `sharing`, `surgery`, `assembly`, `splitting`,
`joining`, `flattening`, `renaming`, `replacing`, `multipliers`, `initialize`.
"""

from wlnet.nets.arrays import ArrayStore, Shared
from wlnet.nets.containers import chain, graph
from wlnet.nets.dimensions import VARYING, Port
from wlnet.nets.initialize import initialize
from wlnet.nets.kinds import KINDS, Array, Kind
from wlnet.nets.net import Net
from wlnet.nets.sharing import insert_shared_arrays
from wlnet.nets.structure import Slot, Structure

__all__ = [
    "KINDS", "VARYING", "Array", "ArrayStore", "Kind", "Net", "Port", "Shared", "Slot", "Structure", "chain", "graph",
    "initialize", "insert_shared_arrays",
]  # fmt: skip
