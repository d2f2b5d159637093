"""What is measured from time to time: one row a metric, and today's value in a few keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Key as KeyPress
from textual.screen import Screen

from tui.core.checked import BadDocument
from tui.core.metric_text import change, example, improved, shown, spark, typed
from tui.core.metrics import Series, back, removed, series, told
from tui.core.model import Record
from tui.logbook import Logbook, ReadOnly
from tui.store.errors import StoreError
from tui.ui.ink import Line, Lines, Span, fitted
from tui.ui.lists import List
from tui.ui.prompt import Prompt

NAME, VALUE, DAY, CHANGE = 23, 13, 10, 21
NARROW, WIDE = 78, 100
LATELY = 6
KEYS = (("q", "back"), ("enter", "today's value"), ("x", "remove the last"), ("u", "undo"))


class MetricsScreen(Screen[None]):
    """All metrics of a logbook. The last values changed here can be taken back, one by one."""

    BINDINGS = [
        Binding("q,escape,left,backspace,M", "leave", "Back"),
        Binding("enter", "measure", "Today's value"),
        Binding("x,delete", "remove", "Remove the last value"),
        Binding("u", "undo", "Undo"),
    ]
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    MetricsScreen { background: $background; }
    MetricsScreen #metrics-title { height: 2; padding: 0 1; }
    MetricsScreen List { height: auto; max-height: 60%; }
    MetricsScreen #metrics-more { height: 1fr; margin: 1 0 0 0; padding: 0 1; }
    MetricsScreen #metrics-foot { height: auto; padding: 0 1; }
    MetricsScreen.-asking #metrics-foot { display: none; }
    """

    def __init__(self, book: Logbook) -> None:
        super().__init__()
        self.book = book
        self._changes: list[list[Record]] = []
        self._said: Span | None = None

    def compose(self) -> ComposeResult:
        """Title, metrics, more of the one under the cursor, keys, prompt."""
        yield Lines(id="metrics-title")
        yield List(self._draw)
        yield Lines(id="metrics-more")
        yield Lines(id="metrics-foot")
        yield Prompt(self._prompt_left, self._prompt_moved)

    def on_mount(self) -> None:
        """Show what the log holds."""
        self.query_one("#metrics-title", Lines).set([[("Measured", "loud")], []])
        self._show()
        self.set_focus(self.rows)

    def on_resize(self) -> None:
        """What is shown depends on the width."""
        self._show_more()
        self._show_foot()

    @property
    def rows(self) -> List:
        """The metrics."""
        return self.query_one(List)

    @property
    def today(self) -> date:
        """The runner's date."""
        return self.book.now().date()

    def _show(self) -> None:
        self.rows.show(series(self.book.records()))
        self._show_more()
        self._show_foot()

    # -- drawing -----------------------------------------------------------------------------------

    def _draw(self, one: Series, width: int) -> Line:
        gap = " " * 4 if width >= WIDE else ""
        name: Span = (f"{fitted(one.metric.name, NAME - 1):<{NAME}}{gap}", "strong")
        if one.last is None:
            return [name, ("not measured yet", "dim")]
        value = shown(one.metric, one.last.values, self.book.unit)
        if len(value) >= VALUE:
            value = value.removesuffix(f" {one.metric.unit}")
        value = fitted(value, VALUE - 1)
        line = [
            name,
            (f"{value:<{VALUE}}{gap}", ""),
            (f"{self._day(one.last.day):<{DAY}}{gap}", "dim"),
        ]
        if width >= NARROW:
            words = fitted(change(one, self.today, self.book.unit), CHANGE - 1)
            role = "good" if improved(one, self.today) else "dim"
            line.append((f"{words:<{CHANGE}}{gap}", role))
        return [*line, (spark([point.mean for point in one.points]), "dim")]

    def _day(self, day: date) -> str:
        return f"{day:%d %b}" if day.year == self.today.year else f"{day:%d %b %y}"

    def _show_more(self) -> None:
        one: Series | None = self.rows.value
        if one is None:
            return
        width = max(20, self.size.width - 2)
        lines: list[Line] = [[(fitted(one.metric.name, width), "strong")]]
        moved = change(one, self.today, self.book.unit)
        if moved:
            better = ", better" if improved(one, self.today) else ""
            lines.append([(fitted(f"{moved}{better}", width), "")])
        late = [
            f"{self._day(point.day)}  {shown(one.metric, point.values, self.book.unit)}"
            f"{f'  {point.note}' if point.note else ''}"
            for point in reversed(one.points[-LATELY:])
        ]
        lines += [[(fitted(words, width), "dim")] for words in late]
        self.query_one("#metrics-more", Lines).set(lines)

    def _show_foot(self) -> None:
        if self._said is not None:
            self.query_one("#metrics-foot", Lines).set([[self._said]])
            return
        hints = [span for key, word in KEYS for span in ((key, "accent"), (f" {word}   ", "dim"))]
        self.query_one("#metrics-foot", Lines).set([hints])

    def on_rows_moved(self) -> None:
        """Another metric under the cursor."""
        self._show_more()

    def say(self, words: str, role: str = "") -> None:
        """A word at the bottom until the next key."""
        self._said = (words, role)
        self._show_foot()

    def on_key(self, event: KeyPress) -> None:
        """What was said has been read."""
        if self._said is not None and not self.query_one(Prompt).is_open:
            self._said = None
            self.call_later(self._show_foot)

    # -- keys --------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss()

    def action_measure(self) -> None:
        """Ask for today's value, or put it right."""
        one: Series = self.rows.value

        def answer(line: str) -> None:
            try:
                values = typed(one.metric, line, self.book.unit)
            except BadDocument as bad:
                self.say(str(bad), "warn")
                return
            now = self.book.now()
            records = self.book.records()
            new = told(records, one.metric, now.date(), values, now.isoformat())
            if self._write(records, new):
                self.say(f"noted: {shown(one.metric, values, self.book.unit)}; u takes it back")

        wants = (
            "left/right, as in 24/22" if one.metric.sides else example(one.metric, self.book.unit)
        )
        self._ask(f"{one.metric.name}, {wants}:", answer)

    def action_remove(self) -> None:
        """Remove what was measured last."""
        one: Series = self.rows.value
        if one.last is None:
            self.say(f"{one.metric.name} is not measured yet")
            return
        records = self.book.records()
        gone = removed(records, one.metric, one.last.day, self.book.now().isoformat())
        if self._write(records, gone):
            self.say(f"removed: {self._day(one.last.day)}; u brings it back", "good")

    def action_undo(self) -> None:
        """Take the last change made here back."""
        if not self._changes:
            self.say("nothing to undo here")
            return
        now = self.book.now().isoformat()
        if self._tell([replace(record, edited=now) for record in self._changes[-1]]):
            self._changes.pop()
            self.say("undone", "good")

    def _write(self, before: Sequence[Record], new: Sequence[Record]) -> bool:
        """Write records and remember what takes them back; False where that cannot be."""
        if not self._tell(new):
            return False
        self._changes.append(back(before, new))
        return True

    def _tell(self, records: Sequence[Record]) -> bool:
        try:
            for record in records:
                self.book.tell(record)
        except (ReadOnly, StoreError) as problem:
            self.say(str(problem), "warn")
            return False
        self._show()
        return True

    # -- prompt ------------------------------------------------------------------------------------

    def _ask(self, label: str, answer: Callable[[str], None]) -> None:
        self._said = None
        self.add_class("-asking")
        self.query_one(Prompt).ask(label, "", answer)

    def _prompt_left(self) -> None:
        self.remove_class("-asking")
        self.set_focus(self.rows)
        self._show_foot()

    def _prompt_moved(self, by: int) -> None:
        self.rows.move(by)
