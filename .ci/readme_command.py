"""Prints the command that README.md gives under a name.

A command is one line in a fenced block of its own, whose first line is the comment `# name`.
"""

import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def command(text: str, name: str) -> str:
    """Gives the command of a name; ValueError where there is not exactly one line in exactly one block."""
    blocks = [block.strip().splitlines() for block in BLOCK.findall(text)]
    found = [lines[1:] for lines in blocks if lines and lines[0].strip() == f"# {name}"]
    if len(found) != 1:
        raise ValueError(f"expected one block that begins with '# {name}', found {len(found)}")
    if len(found[0]) != 1:
        raise ValueError(f"expected one line after '# {name}', found {len(found[0])}")
    return found[0][0].strip()


if __name__ == "__main__":
    try:
        print(command(README.read_text(encoding="utf-8"), sys.argv[1]))
    except (OSError, ValueError) as error:
        sys.exit(f"README.md: {error}")
