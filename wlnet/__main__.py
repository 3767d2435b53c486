"""`python -m wlnet` is the command `wlnet`."""

from __future__ import annotations

import sys

from wlnet.frontends.command import main

if __name__ == "__main__":
    sys.exit(main())
