"""TrainingProgressCheckpointing: nets saved while the training goes on, from which it can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from wlnet.builtins.files.files import path_of, write_file
from wlnet.builtins.nets.constructors.arrays import net_argument
from wlnet.builtins.nets.formats.wlnet import file_of, whole_net
from wlnet.builtins.nets.training.options import bad_option
from wlnet.builtins.nets.training.watching import timed
from wlnet.errors import FormatError, NetError
from wlnet.interchange.wlnet_file import read_wlnet
from wlnet.kernel import Kernel
from wlnet.nets import Net
from wlnet.terms import NONE, S, Term, elements, is_head, is_list, list_of
from wlnet.training import Progress, Snapshot, Watcher

OPTION = "TrainingProgressCheckpointing"
EXPECTED = (
    'None, {"File", "name.wlnet"}, {"Directory", "name"} with "Interval" and "MinimumInterval", or a list of these'
)


#: What a checkpoint calls the state of the session's random generator.
SESSION = "session"


def start_of(kernel: Kernel, term: Term) -> tuple[Net, Snapshot | None]:
    """Gives the net to train, and where its training is if the term is the file of a checkpoint, or a directory of them.

    Raises NetError.
    """
    path = path_of(term) if is_head(term, S.File, 1) else None
    if path is None:
        return net_argument("NetTrain", term), None
    try:
        found = latest(path)
        file = read_wlnet(found.read_bytes(), str(found))
        net, training = whole_net(kernel, file), file.training
    except FileNotFoundError:
        raise NetError(f"there is no checkpoint at {path}", tag="resume", kind="NetTrain") from None
    except (OSError, FormatError) as error:
        raise NetError(f"the checkpoint cannot be read: {error}", tag="resume", kind="NetTrain") from None
    return net, None if training is None else Snapshot(*training)


def latest(path: Path) -> Path:
    """Gives the file itself, or the latest net of a directory; raises FileNotFoundError."""
    if not path.is_dir():
        return path
    nets = sorted(path.glob("*.wlnet"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    if not nets:
        raise FileNotFoundError(path)
    return nets[-1]


def take_up_session(kernel: Kernel, snapshot: Snapshot) -> None:
    """Sets the session's random generator to where it was, so that a generator of data goes on drawing the same."""
    with suppress(KeyError, TypeError, ValueError):
        kernel.random.bit_generator.state = snapshot.facts[SESSION]


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
            snapshot = progress.snapshot()
            facts = {**snapshot.facts, SESSION: kernel.random.bit_generator.state}
            write_file(path, file_of(progress.net(), (facts, snapshot.arrays)))
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
