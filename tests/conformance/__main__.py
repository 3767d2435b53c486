"""Prints for each layer which peer confirmed it, over how many cases, and the largest deviation in each type.

python -m tests.conformance [layer …]
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

from tests.conformance.peers import ALONE, load_peers


def main(names: list[str]) -> int:
    if find_spec("torch") is None:
        print("PyTorch is not installed, and it is what layers are compared with; pip install wlnet[torch]")
        return 1
    from tests.conformance.compare import Mismatch, confirm

    print(f"{'layer':33} {'peer':58} cases  float64  float32")
    wrong = 0
    for peer in load_peers():
        if names and peer.layer not in names:
            continue
        try:
            found = confirm(peer)
        except Mismatch as mismatch:
            wrong += 1
            print(f"{peer.layer:33} {peer.by:58} DISAGREES: {mismatch}")
        else:
            shown = "  ".join(f"{deviation:7.1g}" for deviation in found.deviations.values())
            print(f"{peer.layer:33} {peer.by:58} {found.cases:5}  {shown}")
    for name, why in ALONE.items():
        if not names or name in names:
            print(f"{name:33} no peer: {why}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
