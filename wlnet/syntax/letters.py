"""The letters of names: whatever is no space, bracket, quotation mark or operator, and not special in ASCII.

So the letters of every script may stand in a name, and signs without a meaning of their own, such as a dagger.
"""

from __future__ import annotations

import re

from wlnet.syntax.operators import operator_table

#: What may stand between two tokens on a line, as the inside of a set of characters; the named ones are of no width or
#: negative, or join two lines.
SPACES = (
    r" \t\f\v\u0085\u00a0\u00ad\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\uf380-\uf384\uf3b1\uf754"
)
#: Letters of Unicode that stand for themselves, even beside others: ∞ ° ⅇ ⅈ ⅉ as the language has them.
CONSTANTS = r"\u221e\u00b0\uf74d-\uf74f"
BRACKETS = r"\u301a\u301b\u2308-\u230b\u2329\u232a\uf603-\uf606"
#: Typographic quotation marks, which would silently make names of strings.
QUOTES = r"\u2018-\u201f"


def letters() -> str:
    """Gives the set of characters that stand in names, as the grammar has it; ASCII digits are among them."""
    operators = "".join(sorted(text for text in operator_table().spellings if len(text) == 1 and not text.isascii()))
    return rf"[^\x00-#%-\/:-@\[-`{{-\x9f{SPACES}{CONSTANTS}{BRACKETS}{QUOTES}{re.escape(operators)}]"
