"""A session: text in, results and events out. What every front end talks to, and no front end is known here."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from wlnet import builtins
from wlnet.builtins.evaluation.help import declared, text_about
from wlnet.builtins.evaluation.history import HISTORY_LENGTH, LINE, current_line, history_of
from wlnet.builtins.evaluation.output import display
from wlnet.kernel import Break, Continue, ControlFlow, Goto, Kernel, MessageEvent, Printed, ReturnValue, Throw
from wlnet.kernel.control import Exit
from wlnet.syntax import is_complete, parse_program
from wlnet.terms import (
    ABORTED,
    FALSE,
    NULL,
    TRUE,
    Association,
    Expression,
    NumericArray,
    S,
    Term,
    is_head,
    symbol,
)
from wlnet.terms.symbols import VISIBLE

#: Frames of Python that fit the usual stack of 8 MiB (60 000 do not): deeper evaluations end in a message, not a crash.
#: The usual `$RecursionLimit` is met first.
PYTHON_FRAMES = 20_000
NAME = re.compile(r"[$A-Za-z`][$A-Za-z0-9`]*")


@dataclass(frozen=True, slots=True)
class Result:
    """The value of one top-level expression.

    line: the n of its Out[n]. interrupted: Ctrl-C ended it; `term` is then $Aborted.
    """

    term: Term
    line: int
    interrupted: bool = False


class Session:
    """One session of the language, with its own definitions, history and random numbers.

    Every printed line and every message goes to `emit` as an event (`Printed`, `MessageEvent`). Without `emit` they are
    collected in `printed` and `messages`, which hold those of the latest run.
    """

    def __init__(self, emit: Callable[[Any], None] | None = None) -> None:
        builtins.load()
        self.messages: list[str] = []
        self.printed: list[str] = []
        self.kernel = Kernel(emit or self._collect)
        self.kernel.later = builtins.later()
        sys.setrecursionlimit(max(sys.getrecursionlimit(), PYTHON_FRAMES))

    def _collect(self, event: Any) -> None:
        if type(event) is MessageEvent:
            self.messages.append(str(event))
        elif type(event) is Printed:
            self.printed.append(event.text)

    # Evaluation

    def run(self, text: str, source: str = "<input>") -> Iterator[Result]:
        """Evaluates one top-level expression after the other as the results are asked for.

        Raises ParseError where the text goes wrong, after what comes before it has been evaluated, and SystemExit at
        `Exit[n]`.
        """
        self.messages.clear()
        self.printed.clear()
        for statement in parse_program(text, self.kernel.resolve, source):
            yield self.run_term(statement.term)

    def run_term(self, term: Term) -> Result:
        """Evaluates a term as the next input line: In, Out and $Line are kept."""
        kernel = self.kernel
        line = current_line(kernel)
        history = history_of(kernel)
        history.inputs[line] = term
        value, interrupted = self._guarded(term)
        VISIBLE.set((kernel.context, *kernel.context_path))
        history.outputs[line] = value
        history.messages[line] = tuple(kernel.issued)
        kept = kernel.own.get(HISTORY_LENGTH)
        if type(kept) is int:
            history.forget(line + 1 - max(kept, 0))
        kernel.line = current_line(kernel) + 1
        kernel.set_own(LINE, kernel.line)
        return Result(value, line, interrupted)

    def evaluate(self, text: str) -> Any:
        """Gives the last value of the text as a Python object; raises ParseError for text that is no expression."""
        return to_python(self.evaluate_term(text))

    def evaluate_term(self, text: str) -> Term:
        """Gives the last value of the text as a term, Null for empty text."""
        value: Term = NULL
        for result in self.run(text):
            value = result.term
        return value

    def _guarded(self, term: Term) -> tuple[Term, bool]:
        """Gives the value of a term, whatever happens, and whether Ctrl-C ended it."""
        kernel = self.kernel
        kernel.issued.clear()
        kernel.depth = kernel.quiet = 0
        kernel.quieted.clear()
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return kernel.evaluate_to_end(term), False
        except KeyboardInterrupt:
            return ABORTED, True
        except Exit as leaving:
            raise SystemExit(leaving.status) from None
        except ControlFlow as flow:
            return LEFT_OVER.get(type(flow), aborted)(kernel, flow), False
        except MemoryError:
            kernel.message("General", "nomem", text="The computer has no memory left for this evaluation.")
        except Exception as error:
            if os.environ.get("WLNET_DEBUG"):
                raise
            kernel.message("General", "internal", f"{type(error).__name__}: {error}")
        return ABORTED, False

    def display(self, term: Term) -> str:
        """Gives the printed form of a value, as a front end shows it."""
        try:
            return display(self.kernel, term)
        except RecursionError:
            return f"-- an expression with the head {term.head!r}, nested too deeply to be shown --"

    # What an editor asks

    def is_complete(self, text: str) -> bool:
        """Tells whether the text is whole, so that Enter should evaluate it; text with an error in it is."""
        return is_complete(text)

    def complete(self, text: str, position: int) -> list[str]:
        """Gives the known names that the name before `position` may become, in alphabetical order."""
        start = name_before(text, position)
        prefix = text[start:position]
        if not prefix:
            return []
        mine = {name.name for name in self.kernel.definitions if name.context == "Global`"}
        return sorted(name for name in {*declared(), *mine} if name.startswith(prefix) and name != prefix)

    def inspect(self, text: str, position: int) -> str | None:
        """Gives the help text of the name at `position`, or None where there is none."""
        found = NAME.match(text, name_before(text, position))
        return None if found is None else text_about(self.kernel, found.group())


def name_before(text: str, position: int) -> int:
    """Gives where the name that reaches up to `position` begins."""
    while position > 0 and (text[position - 1].isalnum() or text[position - 1] in "$`"):
        position -= 1
    return position


# What is left of an evaluation that something left early


def uncaught_throw(kernel: Kernel, flow: Any) -> Term:
    args = (flow.value,) if flow.tag is None else (flow.value, flow.tag)
    if flow.function is not None:
        return kernel.evaluate_to_end(Expression(flow.function, args))
    term = Expression(S.Throw, args)
    kernel.message("Throw", "nocatch", term, text="Uncaught `1` returned to top level.")
    return Expression(S.Hold, (term,))


def outside_loop(head: str) -> Callable[[Kernel, Any], Term]:
    def left(kernel: Kernel, flow: Any) -> Term:
        term = Expression(symbol(head), ())
        kernel.message(head, "nofwd", term, text="No enclosing For, While, or Do found for `1`.")
        return Expression(S.Hold, (term,))

    return left


def without_label(kernel: Kernel, flow: Any) -> Term:
    kernel.message("Goto", "nolabel", flow.tag, text="There is no Label[`1`] in the steps around this.")
    return Expression(S.Hold, (Expression(S.Goto, (flow.tag,)),))


def aborted(kernel: Kernel, flow: ControlFlow) -> Term:
    return ABORTED


#: What the top level makes of each kind of control flow that nothing caught; of any other, $Aborted.
LEFT_OVER: dict[type[ControlFlow], Callable[[Kernel, Any], Term]] = {
    Goto: without_label,
    Throw: uncaught_throw,
    ReturnValue: lambda kernel, flow: Expression(S.Return, (flow.value,)),
    Break: outside_loop("Break"),
    Continue: outside_loop("Continue"),
}


# Terms for Python

PYTHON_VALUES = {TRUE: True, FALSE: False, NULL: None}


def to_python(term: Term) -> Any:
    """Gives the Python object that a term stands for, or the term itself where there is none.

    Lists become lists (packed ones NumPy arrays), associations dicts, NumericArray NumPy arrays; True, False and Null
    become True, False and None. Numbers and strings are Python's own already, nets stay nets.
    """
    kind = type(term)
    if kind is NumericArray:
        return term.array
    if kind is Association:
        return {python_key(name): to_python(value) for name, value in term.items()}
    if is_head(term, S.List):
        return [to_python(item) for item in term.args]
    return PYTHON_VALUES.get(term, term) if kind is type(NULL) else term


def python_key(name: Term) -> Any:
    """Gives a hashable object for a key of an association: lists become tuples."""
    value = to_python(name)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    return tuple(map(python_key, value)) if isinstance(value, list) else value
