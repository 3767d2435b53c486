"""The evaluator: definitions of a session, standard evaluation, messages. Knows no nets.

May import `terms`, `patterns`, `syntax`, `errors`, `declarations`. Read `declare`, `definitions`, `messages`, `control`,
`evaluate`.
"""

from wlnet.kernel.control import Abort, Break, Continue, ControlFlow, ReturnValue, Throw
from wlnet.kernel.declare import BUILTINS, Builtin, builtin, constant, operator_form
from wlnet.kernel.definitions import Definition, Definitions
from wlnet.kernel.evaluate import Kernel, applies
from wlnet.kernel.messages import Message, MessageEvent, Printed

__all__ = [
    "BUILTINS", "Abort", "Break", "Builtin", "Continue", "ControlFlow", "Definition", "Definitions", "Kernel",
    "Message", "MessageEvent", "Printed", "ReturnValue", "Throw", "applies", "builtin", "constant", "operator_form",
]  # fmt: skip
