"""What leaves an evaluation early. None of these is an error, so none derives from Exception."""

from __future__ import annotations

from wlnet.terms import Symbol, Term


class ControlFlow(BaseException):
    """The root of everything that leaves an evaluation early on purpose."""


class Abort(ControlFlow):
    """`Abort[]` or Ctrl-C: the whole evaluation ends with $Aborted."""


class Exit(ControlFlow):
    """`Exit[status]`: the session ends."""

    def __init__(self, status: int = 0) -> None:
        super().__init__(status)
        self.status = status


class Throw(ControlFlow):
    """`Throw[value, tag, function]`; `tag` and `function` are None without one."""

    def __init__(self, value: Term, tag: Term | None = None, function: Term | None = None) -> None:
        super().__init__()
        self.value = value
        self.tag = tag
        self.function = function


class ReturnValue(ControlFlow):
    """`Return[value]`, or `Return[value, head]` with `head` the construct to leave."""

    def __init__(self, value: Term, head: Symbol | None = None) -> None:
        super().__init__()
        self.value = value
        self.head = head


class Goto(ControlFlow):
    """`Goto[tag]` goes on after `Label[tag]` in the nearest `a; b; …` that has it."""

    def __init__(self, tag: Term) -> None:
        super().__init__()
        self.tag = tag


class Break(ControlFlow):
    """`Break[]` leaves the nearest loop."""


class Continue(ControlFlow):
    """`Continue[]` goes on with the next step of the nearest loop."""


class Terminated(ControlFlow):
    """An evaluation that went too deep ends as a whole: finishing what lies around it could take for ever.

    Check and the top level go on from here, with `value` as the value.
    """

    def __init__(self, value: Term) -> None:
        super().__init__()
        self.value = value
