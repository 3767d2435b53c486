"""The panel of a training in a terminal: figures, a bar, and the curves of the losses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from wlnet.kernel import StatusPanel

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Lines of a curve, and the smallest terminal that has room for a panel (columns, lines).
CURVE_LINES = 6
ROOM = (60, 20)
COLORS = ("cyan", "magenta", "yellow")


class LivePanel:
    """The panel that is on the screen, if any."""

    def __init__(self) -> None:
        self.live: Any = None

    def show(self, event: StatusPanel) -> None:
        from rich.live import Live

        if self.live is None:
            self.live = Live(auto_refresh=False)
            self.live.start()
        self.live.update(panel(event, self.live.console.width), refresh=True)
        if event.is_last:
            self.live.stop()
            self.live = None


def panel(event: StatusPanel, width: int) -> RenderableType:
    """Gives a panel that fits into so many columns."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.progress_bar import ProgressBar
    from rich.table import Table

    figures = Table.grid(padding=(0, 1, 0, 0))
    figures.add_column(no_wrap=True)
    figures.add_column(no_wrap=True)
    for name, value in event.rows:
        figures.add_row(f"[dim]{name}[/]", value)
    parts: list[RenderableType] = [figures]
    if event.fraction is not None:
        parts.append(ProgressBar(total=1.0, completed=event.fraction, width=figure_width(event)))
    columns = Table.grid(padding=(0, 3, 0, 0))
    drawn = chart(event, max(20, min(80, width - figure_width(event) - 8)))
    columns.add_row(*([Group(*parts)] if drawn is None else [Group(*parts), drawn]))
    return Panel(columns, title=event.title, title_align="left", expand=False)


def figure_width(event: StatusPanel) -> int:
    return max(len(name) for name, _ in event.rows) + max(len(value) for _, value in event.rows) + 1


def chart(event: StatusPanel, width: int) -> RenderableType | None:
    """Gives the curves in one drawing, with the largest and smallest value beside it; None where there are none yet."""
    from rich.text import Text

    from wlnet.drawings.braille import curve
    from wlnet.drawings.plot import Axis

    shown = {name: values for name, values in event.curves.items() if len(values) > 1}
    finite = [value for values in shown.values() for value in values if math.isfinite(value)]
    if not finite:
        return None
    axis = Axis(finite, logarithmic=None)
    labels = {0: f"{max(finite):.3g}", CURVE_LINES - 1: f"{min(finite):.3g}"}
    margin = max(map(len, labels.values()))
    drawn = [curve(values, width - margin - 1, CURVE_LINES, axis) for values in shown.values()]
    made = Text()
    for line in range(CURVE_LINES):
        made.append(labels.get(line, "").rjust(margin) + " ", "dim")
        for column in range(width - margin - 1):
            number = next((n for n, rows in reversed(list(enumerate(drawn))) if rows[line][column] != "⠀"), 0)
            made.append(drawn[number][line][column], COLORS[number % len(COLORS)])
        made.append("\n")
    made.append(" " * (margin + 1))
    for number, name in enumerate(shown):
        made.append(f"{name}   ", COLORS[number % len(COLORS)])
    if axis.logarithmic:
        made.append("(logarithmic)", "dim")
    return made
