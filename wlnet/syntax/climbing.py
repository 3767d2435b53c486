"""From a flat sequence of operands and operators to one term, by the powers of the operator table.

The classic two stacks, without recursion: a chain of ten thousand operators is as good as one of two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wlnet.syntax.operators import UNLIMITED, Operator, Spelling, operator_table
from wlnet.terms import Expression, S, Term, is_number

#: What stands in a sequence: a term, or (spelling, offset, what the token carries) for an operator or a call.
Item = Any


class SequenceError(Exception):
    """A sequence that makes no term; `at_end`: its last operator lacks an operand."""

    def __init__(self, message: str, offset: int, *, at_end: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.at_end = at_end


class Frame:
    """An operator that waits for its next operand, with the operands it has.

    take: how the next operand joins the ones there are, or None to append it as it is.
    """

    __slots__ = ("args", "offset", "operator", "power", "take")

    def __init__(
        self, operator: Operator, args: list[Term], offset: int, take: Callable[[list[Term], Term], None] | None
    ) -> None:
        self.operator = operator
        self.power = operator.power
        self.args = args
        self.offset = offset
        self.take = take


def take_inverse(args: list[Term], operand: Term) -> None:
    args.append(Expression(S.Power, (operand, -1)))


class Climber:
    """Turns sequences into terms with one operator table.

    product: the product or quotient made last, as long as no bracket or other operator encloses it: what joins it to
    others, or a minus sign, takes it apart (a/b c, -a b and a - b c have one Times of all factors).
    """

    def __init__(self) -> None:
        spellings = operator_table().spellings
        self.times: Operator = spellings["*"].infix  # type: ignore[assignment]
        self.divide: Operator = spellings["/"].infix  # type: ignore[assignment]
        self.plus: Operator = spellings["+"].infix  # type: ignore[assignment]
        span: Operator = spellings[";;"].infix  # type: ignore[assignment]
        self.spans = replace(
            span, power=span.power - 1, family="Spans", limit=UNLIMITED, build=self.times.build, missing=None
        )
        self.products = (self.times, self.divide, spellings["-"].prefix)
        self.product: Any = None

    def climb(self, items: list[Item]) -> Term | None:
        """Gives the term of a sequence, or None for an empty one; raises SequenceError."""
        if not items:
            return None
        if len(items) == 1 and type(items[0]) is not tuple:
            return items[0]
        frames: list[Frame] = []
        operand: Term | None = None
        self.product = None
        for item in items:
            if type(item) is not tuple:
                if operand is not None:
                    self.push(frames, operand, self.times, 0)
                operand = item
                continue
            spelling, offset, carried = item
            if operand is None:
                if spelling.prefix is not None:
                    self.push_prefix(frames, spelling.prefix, offset)
                    continue
                operand = self.absent(frames, spelling, offset)
            if spelling.postfix is not None:
                operand = self.reduce(frames, operand, spelling.postfix.power)
                args = [operand] if carried is None else [operand, carried]
                operand = self.build(spelling.postfix, args, offset)
            elif spelling.infix is not None:
                self.push(frames, operand, spelling.infix, offset)
                operand = None
            else:
                self.push(frames, operand, self.times, offset)
                self.push_prefix(frames, spelling.prefix, offset)
                operand = None
        if operand is None:
            operand = frames[-1].operator.missing
            if operand is None:
                last = frames[-1].operator.text
                raise SequenceError(f"an expression is missing after `{last}`", items[-1][1], at_end=True)
        return self.reduce(frames, operand, -1)

    def absent(self, frames: list[Frame], spelling: Spelling, offset: int) -> Term:
        """Gives the term that stands for an operand missing before an operator."""
        top = frames[-1].operator if frames else None
        span = spelling.infix is not None and spelling.infix.family == "Span"
        if span and (top is None or top.family != "Span"):
            return 1
        if top is None or top.missing is None:
            raise SequenceError(f"an expression is missing before `{spelling.text}`", offset)
        return top.missing

    def push_prefix(self, frames: list[Frame], operator: Operator, offset: int) -> None:
        frames.append(Frame(operator, [], offset, None))

    def push(self, frames: list[Frame], operand: Term, operator: Operator, offset: int) -> None:
        """Adds an infix operator with its left operand: to the expression there is, or as a new one."""
        subtract = operator.head is S.Subtract
        if subtract:
            operator = self.plus
        power, family = operator.power, operator.family
        if (
            family == "Span"
            and frames
            and frames[-1].operator is operator
            and len(frames[-1].args) == operator.limit - 1
        ):
            # A fourth part begins a span of its own, and the two are multiplied.
            self.push(frames, self.close(frames.pop(), operand), self.spans, offset)
            operand = 1
        frame = None
        while frames and frames[-1].power >= power:
            top = frames[-1]
            if top.power == power:
                if family is not None and top.operator.family == family and len(top.args) < operator.limit - 1:
                    frame = top
                    break
                if operator.grouping == "right":
                    break
            frames.pop()
            operand = self.close(top, operand)
        if frame is None:
            frame = Frame(operator, [], offset, None)
            frames.append(frame)
        self.add(frame, operand)
        frame.offset = offset
        if operator.grouping == "chain":
            frame.args.append(operator.head)
        elif operator is self.divide:
            frame.take = take_inverse
        elif subtract:
            frame.take = self.take_opposite

    def take_opposite(self, args: list[Term], operand: Term) -> None:
        """Joins what follows a minus sign: `a - 2 x` ends with the product of -2 and x."""
        if is_number(operand):
            args.append(-operand)
            return
        factors = operand.args if operand is self.product else (operand,)
        if is_number(factors[0]):
            # A second minus sign stays one: a - -b.
            factors = (-factors[0], *factors[1:]) if factors[0] >= 0 else (-1, operand)
        else:
            factors = (-1, *factors)
        args.append(Expression(S.Times, factors))

    def add(self, frame: Frame, operand: Term) -> None:
        if frame.take is not None:
            frame.take(frame.args, operand)
            frame.take = None
        elif operand is self.product and (frame.operator is self.times or frame.operator is self.divide):
            frame.args += operand.args
        else:
            frame.args.append(operand)

    def close(self, frame: Frame, operand: Term) -> Term:
        """Gives the term of a frame with its last operand."""
        self.add(frame, operand)
        made = self.build(frame.operator, frame.args, frame.offset)
        if frame.operator in self.products and type(made) is Expression:
            self.product = made
        return made

    def build(self, operator: Operator, args: list[Term], offset: int) -> Term:
        try:
            return operator.build(args)
        except ValueError as error:
            raise SequenceError(str(error), offset) from None

    def reduce(self, frames: list[Frame], operand: Term, power: int) -> Term:
        """Closes the frames that bind more tightly than `power`."""
        while frames and frames[-1].power > power:
            operand = self.close(frames.pop(), operand)
        return operand
