"""The evaluator: definitions of a session, standard evaluation, messages. Knows no nets.

May import `terms`, `patterns`, `syntax`, `errors`, `declarations`. `Kernel` is one object in layers, each in its file:
`state` (names and values), `speaking` (messages), `calling` (built-ins), `evaluate` (the loop). Read `declare`,
`definitions`, `messages`, `control`, then these, with `structure` (what attributes
do) and `applying` (rules and compound heads) before the last.
"""

from wlnet.kernel.applying import applies
from wlnet.kernel.control import Abort, Break, Continue, ControlFlow, Goto, ReturnValue, Throw
from wlnet.kernel.declare import BUILTINS, Builtin, builtin, constant, extends, operator_form
from wlnet.kernel.definitions import Definition, Definitions
from wlnet.kernel.evaluate import Kernel
from wlnet.kernel.messages import Message, MessageEvent, Printed, StatusLine, StatusPanel

__all__ = [
    "BUILTINS", "Abort", "Break", "Builtin", "Continue", "ControlFlow", "Definition", "Definitions", "Goto", "Kernel",
    "Message", "MessageEvent", "Printed", "ReturnValue", "StatusLine", "StatusPanel", "Throw", "applies", "builtin", "constant",
    "extends", "operator_form",
]  # fmt: skip
