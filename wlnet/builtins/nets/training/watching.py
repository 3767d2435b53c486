"""What a training tells while it runs: TrainingProgressFunction and TrainingProgressReporting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, TypeAlias

from wlnet.builtins.files.files import path_of
from wlnet.builtins.nets.training.options import NUMBERS, bad_option, interval, percentage
from wlnet.builtins.nets.training.progress_keys import EACH_BATCH, caller, looks_back, used_keys
from wlnet.builtins.nets.training.reports import ROWS, append, progress_line, progress_panel, row_of
from wlnet.kernel import Kernel, Printed, StatusLine, StatusPanel
from wlnet.layers.settings import text
from wlnet.terms import (
    FALSE,
    NONE,
    TRUE,
    Association,
    S,
    Term,
    elements,
    is_head,
    is_list,
)
from wlnet.training import Progress, Watcher

Tell: TypeAlias = Callable[[Progress], object]


def function_watchers(kernel: Kernel, term: Term, files: Sequence[str]) -> Iterator[Watcher]:
    """Gives the watcher of a TrainingProgressFunction: f, or {f, "Interval" -> …, "MinimumInterval" -> …}."""
    if term is NONE:
        return
    function, timing = timed("TrainingProgressFunction", term, every=1.0, unit="Rounds")
    if not may_be_function(function):
        raise bad_option("TrainingProgressFunction", f"None or {FUNCTION_FORMS}", term)
    call = caller(kernel, function, files)
    timing["looks_back"] = looks_back(function)

    def tell(progress: Progress) -> str:
        answer = call(progress)  # which may be a packed list, and no list is equal to a text
        return "StopTraining" if type(answer) is str and answer == "StopTraining" else ""

    yield Watcher(tell, **timing)


def measures_batches(term: Term) -> bool:
    """Tells whether a TrainingProgressFunction, in any of its forms, may use measurements of single batches."""
    function = elements(term)[0] if is_list(term) and elements(term) else term
    return function is not NONE and not EACH_BATCH.isdisjoint(used_keys(function))


FUNCTION_FORMS = 'a function f or {f, "Interval" -> n or Quantity[n, unit], "MinimumInterval" -> n}'


def may_be_function(term: Term) -> bool:
    """Tells whether a term may be a function; lists, numbers, texts and associations are none here."""
    return (
        not is_list(term) and type(term) not in (*NUMBERS, str, Association) and term not in (S.Automatic, TRUE, FALSE)
    )


def criterion_watchers(kernel: Kernel, function: Term, files: Sequence[str]) -> Iterator[Watcher]:
    """Gives the watcher of a function as stopping criterion: training ends when it gives True."""
    if function is not NONE:
        call = caller(kernel, function, files)
        yield Watcher(lambda progress: "Criterion" if call(progress) is TRUE else None, looks_back=looks_back(function))


def timed(option: str, term: Term, **usual: Any) -> tuple[Term, dict[str, Any]]:
    """Gives a form and when its turn is, from form or {form, "Interval" -> …, "MinimumInterval" -> …}."""
    if not is_list(term) or not elements(term):
        return term, usual
    form, *rules = elements(term)
    timing = dict(usual)
    for item in rules:
        name = text(item.args[0]) if is_head(item, S.Rule, 2) else None
        if name == "Interval" and (found := interval(item.args[1])) is not None:
            timing["every"], timing["unit"] = found
        elif name == "MinimumInterval" and (least := percentage(item.args[1])) is not None:
            timing["minimum"] = least
        else:
            raise bad_option(
                option, 'a form, or {form, "Interval" -> n or Quantity[n, unit], "MinimumInterval" -> n}', term
            )
    return form, timing


# Reporting


def reporting_watchers(kernel: Kernel, term: Term, closing: ExitStack, files: Sequence[str]) -> Iterator[Watcher]:
    """Gives the watchers of TrainingProgressReporting: of one specification, or of several."""
    several = is_list(term) and len(elements(term)) > 0 and not any(is_head(item, S.Rule) for item in elements(term))
    for item in elements(term) if several else (term,):
        form, given = timed("TrainingProgressReporting", item)
        name = "File" if is_head(form, S.File, 1) else text(form)
        if name == "Automatic":
            name = "Panel" if kernel.state.get("interactive") else "None"
        if name in ("ProgressIndicator", "Panel") and not kernel.state.get("terminal"):
            name = "Print"
        if name == "None":
            continue
        if name not in FORMS and not may_be_function(form):
            raise bad_option("TrainingProgressReporting", REPORTS, item)
        if name not in FORMS:
            usual = {"minimum": 0.05, "looks_back": looks_back(form)}
            yield Watcher(function_report(kernel, form, files), **{**usual, **given})
            continue
        make, usual = FORMS[name]
        yield Watcher(make(kernel, form, closing), **{**usual, **given})


REPORTS = (
    '"Print", "ProgressIndicator", "Panel", None, Automatic, a function, File["name"], {one of these, "Interval" -> …}'
)


def print_report(kernel: Kernel, form: Term, closing: ExitStack) -> Tell:
    return lambda progress: kernel.emit(Printed(progress_line(progress)))


def status_report(kernel: Kernel, form: Term, closing: ExitStack) -> Tell:
    """Gives a function that writes one line again and again; it stays when the training is over, however it ends."""
    latest = ""

    def tell(progress: Progress) -> None:
        nonlocal latest
        latest = progress_line(progress)
        kernel.emit(StatusLine(latest))

    closing.callback(lambda: kernel.emit(StatusLine(latest, is_last=True)))
    return tell


def panel_report(kernel: Kernel, form: Term, closing: ExitStack) -> Tell:
    """Gives a function that shows the progress in a panel; it stays when the training is over, however it ends."""
    latest: StatusPanel | None = None

    def tell(progress: Progress) -> None:
        nonlocal latest
        latest = progress_panel(progress)
        kernel.emit(latest)

    def end() -> None:
        if latest is not None:
            kernel.emit(replace(latest, is_last=True))

    closing.callback(end)
    return tell


def function_report(kernel: Kernel, form: Term, files: Sequence[str]) -> Tell:
    call = caller(kernel, form, files)

    def tell(progress: Progress) -> None:
        call(progress)

    return tell


def file_report(kernel: Kernel, form: Term, closing: ExitStack) -> Tell:
    """Gives a function that appends a row to a file. A failure is one message, and training goes on."""
    path = path_of(form)
    lines = ROWS.get(path.suffix.lower()) if path is not None else None
    if path is None or lines is None:
        raise bad_option("TrainingProgressReporting", f"a file with one of the extensions {', '.join(ROWS)}", form)
    failed = False

    def tell(progress: Progress) -> None:
        nonlocal failed
        try:
            append(path, lambda is_new: lines(row_of(progress), is_new))
        except OSError as error:
            if not failed:
                why = error.strerror or str(error)
                kernel.message("NetTrain", "report", str(path), why, text="The progress cannot be written to `1`: `2`.")
            failed = True

    return tell


#: Form → (function(kernel, form, what to do at the end) → what tells, when its turn is).
FORMS: dict[str, tuple[Callable[[Kernel, Term, ExitStack], Tell], dict[str, Any]]] = {
    "Print": (print_report, {"every": 2.0, "unit": "Seconds", "at_end": True}),
    "ProgressIndicator": (status_report, {"every": 0.1, "unit": "Seconds", "at_end": True}),
    "Panel": (panel_report, {"every": 0.25, "unit": "Seconds", "at_end": True}),
    "File": (file_report, {"at_end": True}),
}
