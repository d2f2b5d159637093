"""The metrics screen (jump, pace, weight ...): a row for each metric, and today's value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from msgspec.structs import replace
from textual.app import ComposeResult

from tui.domain.model.cells import fitted, padded
from tui.domain.model.metrics import (
    Series,
    reverted_records,
    series,
    with_metric_value,
    without_metric_value,
)
from tui.domain.model.values import Record
from tui.present.metrics import change, example, improved, shown, spark, typed
from tui.ui.commands import METRICS, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.undo import NOTHING_TO_UNDO, UndoStep
from tui.ui.widgets.styled_text import Line, Lines, Span
from tui.ui.widgets.virtual_list import VirtualList

NAME, VALUE, DAY, CHANGE = 23, 13, 10, 21
NARROW, WIDE = 78, 100
LATELY = 6


class MetricsScreen(ListScreen):
    """All metrics of a logbook. Changes made here can be undone one by one."""

    BINDINGS = bindings(METRICS)
    place = METRICS
    called = "MEASURED"
    DEFAULT_CSS = """
    MetricsScreen #metrics-title { height: 2; padding: 0 1; }
    MetricsScreen.-short #metrics-title { height: 1; }
    MetricsScreen VirtualList { height: auto; max-height: 60%; }
    MetricsScreen #metrics-more { height: 1fr; margin: 1 0 0 0; padding: 0 1; }
    """

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.done: list[UndoStep] = []

    def compose(self) -> ComposeResult:
        """Title, metrics, details of the one under the cursor, the bottom line."""
        yield from self.top()
        yield Lines(id="metrics-title")
        yield VirtualList(self._draw)
        yield Lines(id="metrics-more")
        yield from self.bottom()

    @property
    def today(self) -> date:
        """Today in the runner's time zone."""
        return self.book.now().date()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw from the log; the cursor stays."""
        self.query_one("#metrics-title", Lines).set([[("Measured", "loud")], []])
        self.rows.show(series(self.book.reader.records()))
        self._show_more()

    def _draw(self, one: Series, width: int) -> Line:
        gap = " " * 4 if width >= WIDE else ""
        name: Span = (f"{padded(one.metric.name, NAME)}{gap}", "strong")
        if one.last is None:
            return [name, ("not measured yet", "dim")]
        value = shown(one.metric, one.last.values, self.book.profile.unit)
        if len(value) >= VALUE:
            value = value.removesuffix(f" {one.metric.unit}")
        line = [
            name,
            (f"{padded(value, VALUE)}{gap}", ""),
            (f"{self._day(one.last.day):<{DAY}}{gap}", "dim"),
        ]
        if width >= NARROW:
            words = padded(change(one, self.today, self.book.profile.unit), CHANGE)
            role = "good" if improved(one, self.today) else "dim"
            line.append((f"{words}{gap}", role))
        return [*line, (spark([point.mean for point in one.points]), "dim")]

    def _day(self, day: date) -> str:
        return f"{day.day} {day:%b}" if day.year == self.today.year else f"{day.day} {day:%b %y}"

    def _show_more(self) -> None:
        one: Series | None = self.rows.value
        if one is None:
            return
        width = max(20, self.size.width - 2)
        lines: list[Line] = [[(fitted(one.metric.name, width), "strong")]]
        moved = change(one, self.today, self.book.profile.unit)
        if moved:
            better = ", better" if improved(one, self.today) else ""
            lines.append([(fitted(f"{moved}{better}", width), "")])
        late = [
            f"{self._day(point.day)}  {shown(one.metric, point.values, self.book.profile.unit)}"
            f"{f'  {point.note}' if point.note else ''}"
            for point in reversed(one.points[-LATELY:])
        ]
        lines += [[(fitted(words, width), "dim")] for words in late]
        self.query_one("#metrics-more", Lines).set(lines)

    def on_virtual_list_moved(self) -> None:
        """Show the details of the metric now under the cursor."""
        self._show_more()

    # -- keys ----------------------------------------------------------------------------------

    def action_measure(self) -> None:
        """Ask for today's value; a second one replaces the first."""
        one: Series = self.rows.value

        def answer(line: str) -> None:
            values = typed(one.metric, line, self.book.profile.unit)
            now = self.book.now()
            records = self.book.reader.records()
            new = with_metric_value(records, one.metric, now.date(), values, now.isoformat())
            value = shown(one.metric, values, self.book.profile.unit)
            self._write(records, new, f"{one.metric.name} {value}", "is noted")

        wants = (
            "left/right, as in 24/22"
            if one.metric.sides
            else example(one.metric, self.book.profile.unit)
        )
        self.ask(f"{one.metric.name}, {wants}:", answer)

    def action_remove(self) -> None:
        """Remove the last value."""
        one: Series = self.rows.value
        if one.last is None:
            self.say(f"{one.metric.name} is not measured yet.")
            return
        records = self.book.reader.records()
        gone = without_metric_value(records, one.metric, one.last.day, self.book.now().isoformat())
        self._write(records, gone, f"{one.metric.name} of {self._day(one.last.day)}", "is removed")

    def action_undo(self) -> None:
        """Undo the last change made here."""
        if not self.done:
            self.say(NOTHING_TO_UNDO)
        else:
            self.take_back(self.done)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.bring_back(self.done)

    def _write(
        self, before: Sequence[Record], new: Sequence[Record], what: str, happened: str
    ) -> None:
        """Write records, remember how to undo that, and say ``what`` ``happened``."""
        with self.guarded():
            self._tell(new)
            put_back = partial(self._put_back, reverted_records(before, new))
            again = partial(self._put_back, new)
            words = f"{what} {happened}"
            self.note_step(self.done, UndoStep(words=words, back=put_back, again=again))
            self.show()
            self.say(f"{words}. u takes it back.", "good")

    def _put_back(self, records: Sequence[Record]) -> None:
        now = self.book.now().isoformat()
        self._tell([replace(record, edited=now) for record in records])

    def _tell(self, records: Sequence[Record]) -> None:
        for record in records:
            self.book.recorder.tell(record)
