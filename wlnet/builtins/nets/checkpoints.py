"""TrainingProgressCheckpointing: nets saved while the training goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from wlnet.builtins.files.files import path_of, write_file
from wlnet.builtins.nets.training_options import bad_option
from wlnet.builtins.nets.watching import timed
from wlnet.builtins.nets.wlnet_format import file_of
from wlnet.kernel import Kernel
from wlnet.terms import NONE, S, Term, elements, is_head, is_list, list_of
from wlnet.training import Progress, Watcher

OPTION = "TrainingProgressCheckpointing"
EXPECTED = (
    'None, {"File", "name.wlnet"}, {"Directory", "name"} with "Interval" and "MinimumInterval", or a list of these'
)


def checkpoint_watchers(kernel: Kernel, term: Term, files: list[str]) -> Iterator[Watcher]:
    """Gives the watchers that save nets; the names of the files that they have written are added to `files`."""
    if term is NONE:
        return
    items = elements(term) if is_list(term) else ()
    if items and all(is_list(item) for item in items):
        for item in items:
            yield from checkpoint_watchers(kernel, item, files)
        return
    place = path_of(items[1]) if len(items) > 1 else None
    name_of = PLACES.get(items[0]) if items and type(items[0]) is str else None
    if place is None or name_of is None or not all(is_head(item, S.Rule, 2) for item in items[2:]):
        raise bad_option(OPTION, EXPECTED, term)
    _, timing = timed(OPTION, list_of(items[0], *items[2:]))
    yield Watcher(saver(kernel, name_of(place), files), at_end=True, **timing)


def saver(kernel: Kernel, name_of: Callable[[Progress], Path], files: list[str]) -> Callable[[Progress], None]:
    """Gives a function that saves the net as it is. A failure is one message, and training goes on."""
    failed = False

    def save(progress: Progress) -> None:
        nonlocal failed
        path = name_of(progress)
        try:
            write_file(path, file_of(progress.net()))
        except OSError as error:
            if not failed:
                why = error.strerror or str(error)
                kernel.message("NetTrain", "checkpoint", str(path), why, text="The net cannot be saved as `1`: `2`.")
            failed = True
        else:
            if str(path) not in files:
                files.append(str(path))

    return save


def in_directory(directory: Path) -> Callable[[Progress], Path]:
    """Gives a new file for each net: time of the start, number of the file, round, batch, losses."""
    start = datetime.now().strftime("%Y-%m-%dT%H-%M-%S")  # not every system allows colons in names
    numbers = count(1)

    def name(progress: Progress) -> Path:
        losses = [progress.loss, *([] if progress.validation_loss is None else [progress.validation_loss])]
        parts = [start, str(next(numbers)), str(progress.round), str(progress.batch), *(f"{x:.3e}" for x in losses)]
        return directory / ("_".join(parts) + ".wlnet")

    return name


def as_file(path: Path) -> Callable[[Progress], Path]:
    return lambda progress: path


#: Kind of checkpoint → function(path) → function(progress) → the file to write.
PLACES: dict[str, Callable[[Path], Callable[[Progress], Path]]] = {"Directory": in_directory, "File": as_file}
