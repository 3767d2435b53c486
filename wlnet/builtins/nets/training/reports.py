"""The progress of a training in lines: for a reader, and for files of several formats."""

from __future__ import annotations

import csv
import io
import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from wlnet.builtins.nets.training.measured import key_text
from wlnet.kernel import StatusPanel
from wlnet.syntax import write
from wlnet.terms import NULL, Association
from wlnet.training import Progress
from wlnet.training.requests import figure

#: Up to so many rounds, the losses of batches make the better curve.
FEW_ROUNDS = 8

Row: TypeAlias = Mapping[str, float | None]


def append(path: Path, made: Callable[[bool], str]) -> None:
    """Appends a text in one write, so that a reader never meets a part of a line; `made` is told if the file is new."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        os.write(handle, made(os.fstat(handle).st_size == 0).encode())
    finally:
        os.close(handle)


def row_of(progress: Progress) -> dict[str, float | None]:
    """Gives name → number of what a file of reports says, None before there is one; of numbers by class their mean."""
    row: dict[str, float | None] = {
        "Round": progress.round,
        "Batch": progress.batch,
        "AbsoluteBatch": progress.absolute_batch,
        "TimeElapsed": round(progress.elapsed, 6),
        "LearningRate": progress.learning_rate,
        "RoundLoss": progress.loss,
        **figures(progress, progress.measurements),
    }
    if progress.validates:
        measured = figures(progress, progress.validation_measurements)
        row["ValidationLoss"] = progress.validation_loss
        row.update({"Validation" + name: value for name, value in measured.items()})
    return row


def figures(progress: Progress, rounds: Sequence[Mapping[Any, Any]]) -> dict[str, float | None]:
    """Gives name → number of the latest measurements."""
    return {key_text(key): figure(rounds[-1][key]) if rounds else None for key in progress.figures}


def progress_line(progress: Progress) -> str:
    rounds = f"/{progress.rounds}" if progress.rounds is not None else ""
    parts = [
        f"round {progress.round}{rounds}",
        f"batch {progress.batch}/{progress.batches}",
        f"loss {progress.loss:.4g}",
        *shown(figures(progress, progress.measurements)),
        *shown({"validation loss": progress.validation_loss}),
        *(f"validation {text}" for text in shown(figures(progress, progress.validation_measurements))),
        f"{progress.examples_per_second:.0f} examples/s",
    ]
    return "  ".join(parts)


def progress_panel(progress: Progress) -> StatusPanel:
    """Gives the progress as a panel: figures, and the curves of the losses (of batches while there are few rounds)."""
    numbers = {
        "loss": progress.loss,
        **figures(progress, progress.measurements),
        "validation loss": progress.validation_loss,
        **{f"validation {name}": value for name, value in figures(progress, progress.validation_measurements).items()},
        "learning rate": progress.learning_rate,
    }
    rounds = "" if progress.rounds is None else f" of {progress.rounds}"
    rows = [
        ("round", f"{progress.round}{rounds}"),
        ("batch", f"{progress.batch} of {progress.batches}"),
        *((name, f"{value:.4g}") for name, value in numbers.items() if value is not None),
        ("speed", f"{progress.examples_per_second:.0f} examples/s"),
        ("time", duration(progress.elapsed)),
        *([] if progress.remaining is None else [("time left", duration(progress.remaining))]),
    ]
    losses = progress.round_losses if len(progress.round_losses) > FEW_ROUNDS else progress.batch_losses
    curves = {"loss": tuple(losses), "validation": tuple(progress.validation_losses)}
    return StatusPanel("Training", tuple(rows), curves, progress.fraction, progress_line(progress))


def duration(seconds: float) -> str:
    """Gives a time as a reader says it, such as 9.5 s or 1:02:03."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def shown(numbers: Mapping[str, float | None]) -> list[str]:
    return [f"{name} {value:.4g}" for name, value in numbers.items() if value is not None]


def separated(separator: str) -> Callable[[Row, bool], str]:
    def lines(row: Row, is_new: bool) -> str:
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
        if is_new:
            writer.writerow(row)
        writer.writerow(row.values())
        return stream.getvalue()

    return lines


def json_line(row: Row, is_new: bool) -> str:
    return (
        json.dumps({key: value if value is not None and math.isfinite(value) else None for key, value in row.items()})
        + "\n"
    )


def language_line(row: Row, is_new: bool) -> str:
    """Gives a row as an association of the language on a line."""
    pairs = [(name, NULL if value is None else value) for name, value in row.items()]
    return write(Association(pairs), "InputForm") + "\n"


#: Extension → function(row, whether the file is new) → the text to append.
ROWS: dict[str, Callable[[Row, bool], str]] = {
    ".csv": separated(","),
    ".json": json_line,
    ".tsv": separated("\t"),
    ".wl": language_line,
}
