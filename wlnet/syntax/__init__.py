"""The surface syntax: from text to terms and back.

May import `wlnet.errors`, `wlnet.terms`, Lark (only to make tables that are not kept yet) and the standard library.
Read `grammar/`, `operators`, `letters`, `tables`, `source`, `lexing`, `climbing`, `brackets`, `reading` in that order
for the way in (`boxes` for what notebooks leave in a text, `notebooks` for their files), `write` for the way out;
`numbers`, `characters` and `literals` go both ways, and so does `wxf`, the binary form of terms.
"""

from wlnet.errors import ParseError
from wlnet.syntax.literals import default_resolve
from wlnet.syntax.reading import Statement, check, is_complete, parse, parse_program
from wlnet.syntax.write import write

__all__ = ["ParseError", "Statement", "check", "default_resolve", "is_complete", "parse", "parse_program", "write"]
