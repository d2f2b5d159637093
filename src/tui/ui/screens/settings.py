"""The settings screen: every setting in plain words, changed where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from textual.app import ComposeResult

from tui.app.settings import change_settings, known_settings, put_back
from tui.domain.calculator.plausibility import doubt_of_maximum
from tui.domain.model.cells import fitted, padded
from tui.domain.model.values import Exercise
from tui.domain.planning.setting_values import cues
from tui.domain.planning.settings import SETTINGS as KEYS
from tui.domain.session.actions import Refused
from tui.present.setting_rows import Choice, Row, Way, rows_with
from tui.present.setting_words import (
    chosen_value,
    current,
    current_of,
    kit_value,
    lift_words,
    lifts,
    standing,
    stored_value,
    usual_key,
    value_words,
)
from tui.ui.commands import SETTINGS, bindings
from tui.ui.host import Navigator
from tui.ui.screens.kit import KitScreen
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.settings_files import SettingsFiles
from tui.ui.undo import UndoStep
from tui.ui.widgets.styled_text import Line, Lines, cut, spread
from tui.ui.widgets.virtual_list import VirtualList

LABEL, NARROW_LABEL = 25, 15
# From this width on there is room for whole labels.
ROOMY = 40
MOST_PAIN = 10


class SettingsScreen(ListScreen):
    """All settings by group, or those that a word finds. It opens on the row ``at``, if one is
    given. Changes made here can be undone and made again one by one."""

    BINDINGS = bindings(SETTINGS)
    place = SETTINGS
    tab = SETTINGS
    called = "0 SETTINGS"
    DEFAULT_CSS = """
    SettingsScreen #settings-title { height: auto; padding: 0 1; }
    SettingsScreen #settings-list { margin: 0 1; scrollbar-size-vertical: 0; }
    SettingsScreen #settings-more { height: 1; padding: 0 1; }
    SettingsScreen #settings-text { height: 2; padding: 0 1; }
    SettingsScreen.-short #settings-text { height: 1; }
    SettingsScreen.-low #settings-text, SettingsScreen.-low #settings-more { display: none; }
    """

    def __init__(self, navigator: Navigator, at: Row | None = None) -> None:
        super().__init__(navigator)
        self.at = at
        self.word = ""
        self.done: list[UndoStep] = []
        self.undone: list[UndoStep] = []
        self.known = known_settings(self.book)
        self.files = SettingsFiles(self, navigator)

    def compose(self) -> ComposeResult:
        """Title, settings, what the one under the cursor does, the rows at the bottom."""
        yield from self.top()
        yield Lines(id="settings-title")
        yield VirtualList(
            self._draw, stops=lambda value: isinstance(value, Row), id="settings-list"
        )
        yield Lines(id="settings-more")
        yield Lines(id="settings-text")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Put the cursor on the row asked for, or the first."""
        super().on_mount()
        if self.at is not None:
            self.land(self.at)
        self.watch(self.rows, "scroll_y", lambda: self.later(self._show_more), init=False)

    def land(self, row: Row) -> None:
        """Put the cursor on a row, among all settings."""
        self.word = ""
        self.show()
        self.rows.go(self.rows.values.index(row))

    def on_screen_resume(self) -> None:
        """Show what was changed on a screen that was opened from here."""
        self.show()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw from the current settings; the cursor stays."""
        self.known = known_settings(self.book)
        found = list(rows_with(self.word))
        values: list[Row | str] = []
        for row in found:
            if not self.word and row.group.value not in values:
                values.append(row.group.value)
            values.append(row)
        here = self.rows.value
        self.rows.show(values, values.index(here) if here in values else 0)
        title: Line = [("Settings with  ", "dim"), (self.word, "strong")]
        self.query_one("#settings-title", Lines).set([title, []] if self.word else [])
        self._show_text()
        self.later(self._show_more)

    def _draw(self, value: Row | str, width: int) -> Line:
        if isinstance(value, str):
            return [(value, "strong")]
        key: Line = [(f"{value.key} ", "accent")] if value.key else []
        label = LABEL if width >= ROOMY else NARROW_LABEL
        shown = fitted(value_words(value, self.known), max(0, width - label - 4))
        return spread([(f" {padded(value.label, label)}", ""), (shown, "")], key, width)

    def _show_text(self) -> None:
        row: Row | None = self.rows.value
        width = max(20, self.size.width - 2)
        if row is None:
            words = f"No setting is called “{self.word}”. / looks for another word."
            self.query_one("#settings-text", Lines).set([[(fitted(words, width), "warn")]])
            return
        # On a phone what it is for needs both rows, and nobody writes scripts there.
        explained = cut(row.explains, width, 1 if self.has_class("-short") else 2)
        script = f"In a script: {row.command}" if row.command else ""
        lines: list[Line] = [[(line, "")] for line in explained]
        lines.append([(fitted(script, width), "dim")])
        self.query_one("#settings-text", Lines).set(lines)

    def _show_more(self) -> None:
        """Say how many rows are below those in view."""
        # The screen may have been closed meanwhile.
        if not self.is_attached:
            return
        rows = self.rows
        below = len(rows.values) - round(rows.scroll_offset.y) - rows.size.height
        line: Line = [(f"{below} more ↓", "dim")] if below > 0 else []
        self.query_one("#settings-more", Lines).set([spread([], line, self.size.width - 2)])

    def on_virtual_list_moved(self) -> None:
        """Say what the setting now under the cursor does."""
        self._show_text()

    # -- changing ------------------------------------------------------------------------------

    def open_row(self) -> None:
        """Change the setting under the cursor."""
        self.action_change()

    def action_change(self) -> None:
        """Ask for another value of the row, or go where it is changed."""
        row: Row | None = self.rows.value
        if row is not None:
            ways = {
                Way.CHOICE: self._choose,
                Way.LINE: self._ask_line,
                Way.DIGIT: self._ask_digit,
                Way.KIT: self._open_kit,
                Way.LIFTS: self._choose_lift,
                Way.SCREEN: self._go_to,
                Way.DATA: self.files.do,
            }
            ways[row.way](row)

    def _choose(self, row: Row) -> None:
        choices = {one.key: one for one in row.choices}
        options = {key: one.words.partition(":")[0] for key, one in choices.items()}

        def answer(key: str) -> None:
            value = chosen_value(row, choices[key], current(row, self.known))
            self._set(row, {row.id: value})
            self._try_out(row, choices[key])

        self.ask_key(f"{row.label}?", options, answer, usual=usual_key(row, self.known))

    def _try_out(self, row: Row, choice: Choice) -> None:
        """Let a cue be heard or seen that was just switched on, and a notification also when it is
        asked for in another form."""
        name = row.part if choice.typed == "on" else ""
        if row.id == "notify_by" and cues(current_of(self.known, "cues") or {})["notify"]:
            name = "notify"
        if name and (why_not := self.navigator.try_cue(name)):
            self.say(why_not, "warn")

    def _ask_line(self, row: Row) -> None:
        self.ask(
            f"{row.label}? [{value_words(row, self.known)}]",
            lambda line: self._set(row, {row.id: stored_value(row, line, self.known.unit)}),
            standing=standing(row, current(row, self.known), self.known.unit),
            why=f"Like {row.example}.",
        )

    def _ask_digit(self, row: Row) -> None:
        self.ask_digit(
            f"{row.label}, 0 none to {MOST_PAIN}?",
            MOST_PAIN,
            lambda digit: self._set(row, {row.id: KEYS[row.id].parse(digit)}),
            usual=str(current(row, self.known) or 0),
            undo=self.action_undo,
        )

    def _open_kit(self, row: Row) -> None:
        has = KEYS[row.id].read(current(row, self.known) or "all")
        kit = KitScreen(
            self.navigator, has, lambda new: self._change(row, {row.id: kit_value(new)})
        )
        self.app.push_screen(kit)

    def _choose_lift(self, row: Row) -> None:
        told = lifts(self.known)
        every = [e for e in self.known.library.exercises.values() if e.loading]
        every.sort(key=lambda exercise: exercise.id not in told)
        ask = partial(self._ask_lift, row)
        self.navigator.choose("Your best in which lift?", every, ask, finding=True)

    def _ask_lift(self, row: Row, exercise: Exercise) -> None:
        value = lifts(self.known).get(exercise.id)
        shown = "not told" if value is None else lift_words(value)

        def answer(line: str) -> None:
            new = stored_value(row, line, self.known.unit)
            self._set(row, {f"max.{exercise.id}": new}, exercise.name)
            odd = self._doubt(exercise, new)
            if odd:
                self.say(f"{odd} If it is not right, enter it again.", "warn")

        self.ask(
            f"{exercise.name}? [{shown}]",
            answer,
            standing=standing(row, value, self.known.unit),
            why=f"A weight, and how often you can lift it: {row.example}.",
        )

    def _doubt(self, exercise: Exercise, value: Any) -> str | None:
        if value is None:
            return None
        profile = self.book.profile
        best = KEYS["max.EXERCISE"].read(value)
        weight = profile.setup.profile.body_weight_kg
        return doubt_of_maximum(best, exercise, weight, profile.unit)

    def _go_to(self, row: Row) -> None:
        if row.opens == "help":
            self.action_help()
        else:
            self.navigator.open(row.opens)

    def _set(self, row: Row, values: Mapping[str, Any], name: str = "") -> None:
        """Change settings on a row, and say what stands now."""
        with self.guarded():
            self._change(row, values, name)

    def _change(self, row: Row, values: Mapping[str, Any], name: str = "") -> None:
        change = change_settings(self.book.profile, values)
        if change.before == change.after:
            return
        self._take_up()
        words = self._told(row, values) if name else value_words(row, self.known)
        profile = self.book.profile
        self.done.append(
            UndoStep(
                words=f"{name or row.label}, {words}",
                back=lambda: put_back(profile, change.before),
                again=lambda: put_back(profile, change.after),
            )
        )
        self.undone.clear()
        self.say(f"{name or row.label}: {words}. u takes it back.", "good")

    def _told(self, row: Row, values: Mapping[str, Any]) -> str:
        [value] = values.values()
        return "not told" if value is None else lift_words(value)

    def _take_up(self) -> None:
        self.show()
        self.navigator.take_up_settings()

    def action_undo(self) -> None:
        """Undo the last change made here."""
        if not self.done:
            self.say("Nothing to undo here.")
            return
        with self.guarded():
            self.done[-1].back()
            step = self.done.pop()
            more = ""
            if step.again is not None:
                self.undone.append(step)
                more = " U does it again."
            self._take_up()
            self.say(f"Undone: {step.words}.{more}", "good")

    def action_redo(self) -> None:
        """Make the change again that was undone last."""
        if not self.undone:
            self.say("Nothing to do again here.")
            return
        with self.guarded():
            again = self.undone[-1].again
            assert again is not None, "only what can be made again is kept"
            again()
            step = self.undone.pop()
            self.done.append(step)
            self._take_up()
            self.say(f"Again: {step.words}. u takes it back.", "good")

    # -- finding -------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Show only the settings that a word finds; enter changes the one under the cursor."""

        def typed(word: str) -> None:
            self.word = word.strip()
            self.show()
            self.rows.go(0)

        def answer(word: str) -> None:
            if word != self.word:
                typed(word)
            if self.rows.value is None:
                raise Refused(f"No setting is called “{word}”.")
            self.action_change()

        self.ask("Find", answer, typed=typed, empty=lambda: typed(""))

    def action_leave(self) -> None:
        """Show all settings again, or close the screen."""
        if self.word:
            self.word = ""
            self.show()
        else:
            super().action_leave()
