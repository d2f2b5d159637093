"""Sends a terminal only the cells that differ from what it shows.

Textual repaints a widget's row from its left edge, and the whole screen whenever something is laid
out again, with every piece of text in its own colours. On a slow line that is most of what is sent.
Here each repaint is compared with what was sent before, cell by cell, and colours are named only
where they change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.domain.model.cells import clusters

# A text of one cell (or two, then an empty one follows) and its look: attributes, colour, ground.
Look = tuple[str, str, str]
Cell = tuple[str, Look]
PLAIN: Look = ("", "", "")
RESET = "\x1b[0m"
# The attributes (none, bold, faint) and colours of a blank cannot be seen, only its ground.
UNSEEN = ("", "1", "2")
# So many cells that stay are sent again rather than passed over: that takes as many bytes.
PASSED_OVER = 4
BLANK = " "


class Wire:
    """What the terminal shows, as far as it is known: the cells sent to it."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, Cell]] = {}

    def forget(self) -> None:
        """The terminal may show anything: the next repaint is sent whole."""
        self._rows.clear()

    def lean(self, update: Any) -> Any:  # Textual passes renderables of no common type.
        """An update of the screen that sends only what differs; anything else as it is."""
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            return LeanUpdate(self, update)
        return update

    def differing(self, x: int, y: int, cells: Iterable[Cell]) -> Iterator[tuple[int, list[Cell]]]:
        """The runs of cells in a row, from column ``x``, that differ from what is shown, each with
        its column; from now on they are shown."""
        shown = self._rows.setdefault(y, {})
        run: list[Cell] = []
        start = since = 0
        for at, cell in enumerate(cells, start=x):
            if shown.get(at) != cell:
                shown[at] = cell
                if not run:
                    start = at
                run.append(cell)
                since = 0
            elif run and since < PASSED_OVER and cell[1][2] == run[-1][1][2]:
                run.append(cell)
                since += 1
            elif run:
                yield start, run[: len(run) - since]
                run = []
        if run:
            yield start, run[: len(run) - since]


class LeanUpdate(CompositorUpdate):
    """One of Textual's updates, compared with what a wire has sent before."""

    def __init__(self, wire: Wire, update: LayoutUpdate | ChopsUpdate) -> None:
        self.wire = wire
        self.update = update

    def render_segments(self, console: Console) -> str:
        """The bytes to send, as text; the terminal is left in its plain look."""
        colours = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001  as Textual does
        sent: list[str] = []
        pen = PLAIN
        for x, y, strip in _strips(self.update):
            for at, run in self.wire.differing(x, y, _cells(strip, colours)):
                sent.append(f"\x1b[{y + 1};{at + 1}H")
                erased = _erased(run)
                for text, look in run[: len(run) - erased]:
                    if text and look != pen and not _looks_the_same(text, pen, look):
                        sent.append(_turn(pen, look))
                        pen = look
                    sent.append(text)
                if erased:
                    sent.append(_turn(pen, PLAIN) if pen[2] else "")
                    pen = PLAIN if pen[2] else pen
                    sent.append(f"\x1b[{erased}X")
        if pen != PLAIN:
            sent.append(RESET)
        return "".join(sent)


def _strips(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The pieces of rows of an update, with their column and row."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip
                x += strip.cell_length
        return
    for y, x1, x2 in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            # Whole, so that no wide character is cut: what has not changed is not sent.
            if chop is not None and x < x2 and x1 < end:
                yield x, y, chop


def _cells(strip: Strip, colours: ColorSystem) -> Iterator[Cell]:
    for segment in strip:
        if segment.control:
            continue
        look = PLAIN if segment.style is None else _look(segment.style, colours)
        text = segment.text
        blank = ("", "", look[2]) if look[0] in UNSEEN else look
        if text.isascii():
            yield from ((char, blank if char == BLANK else look) for char in text)
            continue
        for cluster, width in clusters(text):
            if width:
                yield cluster, blank if cluster == BLANK else look
                yield from (("", look),) * (width - 1)


@lru_cache(maxsize=1024)
def _look(style: Style, colours: ColorSystem) -> Look:
    """The codes of a style: attributes, colour, ground; each empty if it is the terminal's own."""
    ground = _codes(style, colours, foreground=False)
    colour = _codes(style, colours, foreground=True)
    return Strip.render_ansi(style.without_color, colours), colour, ground


def _codes(style: Style, colours: ColorSystem, *, foreground: bool) -> str:
    colour = style.color if foreground else style.bgcolor
    if colour is None:
        return ""
    codes = colour.downgrade(colours).get_ansi_codes(foreground=foreground)
    return "" if codes == (("39",) if foreground else ("49",)) else ";".join(codes)


def _erased(run: Sequence[Cell]) -> int:
    """The number of blanks at the end of a run on the terminal's own ground, if erasing them takes
    fewer bytes than sending them. Not all terminals can erase to another ground."""
    count = 0
    while count < len(run) and run[-1 - count] == (BLANK, PLAIN):
        count += 1
    return count if count > PASSED_OVER else 0


def _looks_the_same(text: str, pen: Look, look: Look) -> bool:
    return text == BLANK and pen[2] == look[2] and pen[0] in UNSEEN and look[0] in UNSEEN


def _turn(pen: Look, look: Look) -> str:
    """The sequence that turns one look into another."""
    if look == PLAIN:
        return RESET
    if pen[0] not in ("", look[0]):
        return f"\x1b[0;{';'.join(filter(None, look))}m"
    more = [look[0]] if pen[0] != look[0] else []
    changed = [
        new or own
        for old, new, own in zip(pen[1:], look[1:], ("39", "49"), strict=True)
        if old != new
    ]
    return f"\x1b[{';'.join([*more, *changed])}m"
