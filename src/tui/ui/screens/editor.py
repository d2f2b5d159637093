"""The editor of the runner's own programmes: the exercises of each session, and their doses.

Every change is on disk before the screen shows it, and undo takes back one after another.
"""

from __future__ import annotations

from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult

from tui.domain.model.cells import fitted
from tui.domain.model.library.catalog import Library
from tui.domain.model.library.parser import dose_for
from tui.domain.model.library.substitutes import substitutes
from tui.domain.model.notation import Form
from tui.domain.model.values import Exercise, Programme, Slot
from tui.domain.planning.own_programmes import (
    added,
    dose_words,
    exchanged,
    moved,
    removed,
    renamed,
    slot_at,
    typed_dose,
    with_programme,
    with_slot,
)
from tui.domain.session.actions import Refused
from tui.present.library import choice_words, part_minutes
from tui.present.words import job_words, rest_text
from tui.ui.commands import EDITOR, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.programme_lines import part_line
from tui.ui.undo import NOTHING_TO_UNDO, UndoStep
from tui.ui.widgets.styled_text import Line, Lines, spread, wrapped
from tui.ui.widgets.virtual_list import VirtualList

FOOT = "Its schedules and weeks stay those of the programme it was copied from."
DOSE_WIDTH = 26
OWN = "own"
SMALL = 70


class Place(Struct, frozen=True):
    """A row the cursor can stop on: a session, or with ``slot`` and ``which`` an exercise in it."""

    part: int
    slot: int | None = None
    which: int = 0


class EditorScreen(ListScreen):
    """Edits the programme with the id ``name``, one of the runner's own. Each change is appended to
    ``done``; undo here stops at the steps that were there when the editor was opened."""

    BINDINGS = bindings(EDITOR)
    place = EDITOR
    DEFAULT_CSS = """
    EditorScreen #editor-title { height: 2; margin: 0 1; }
    EditorScreen.-short #editor-title { height: 1; }
    EditorScreen VirtualList { margin: 0 1; max-width: 96; }
    EditorScreen #editor-foot { height: auto; margin: 0 1; }
    """

    def __init__(self, navigator: Navigator, name: str, done: list[UndoStep]) -> None:
        super().__init__(navigator)
        self.programme_id = name
        self._library = self.book.profile.library
        self.done = done
        self.floor = len(done)
        self.level = self.book.profile.level(self.book.now().date())

    def compose(self) -> ComposeResult:
        """The name, the sessions with their exercises, a note, the bottom line."""
        yield from self.top()
        yield Lines(id="editor-title")
        yield VirtualList(self._draw, stops=lambda row: isinstance(row, Place), id="lines")
        yield Lines(id="editor-foot")
        yield from self.bottom()

    @property
    def library(self) -> Library:
        """The library; once someone else has removed the programme from it, as it was before."""
        if self.programme_id in self.book.profile.library.programmes:
            self._library = self.book.profile.library
        return self._library

    @property
    def programme(self) -> Programme:
        """The programme in its current state."""
        return self.library.programmes[self.programme_id]

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw from the current state; the cursor stays."""
        title: Line = [(self.programme.name, "loud"), ("  yours; each change is kept", "dim")]
        self.query_one("#editor-title", Lines).set([title, []])
        self.query_one("#editor-foot", Lines).set(
            wrapped(FOOT, max(20, self.size.width - 2), "dim")
        )
        self.rows.show(self._rows())

    def _show_at(self, place: Place) -> None:
        """Redraw with the cursor on a place, or near it if it is gone."""
        self.show()
        rows = self.rows.values
        if place in rows:
            self.rows.go(rows.index(place))

    def _rows(self) -> list[Place | str]:
        """The sessions with their exercises, a blank line between them. A string is a row that the
        cursor skips."""
        rows: list[Place | str] = []
        for p, part in enumerate(self.programme.parts):
            rows += [*([""] if rows else []), Place(p)]
            for s, slot in enumerate(part.slots):
                words = choice_words(slot)
                rows += [words] if words else []
                rows += [Place(p, s, which) for which in range(len(slot.exercises))]
        return rows

    def _draw(self, row: Place | str, width: int) -> Line:
        if isinstance(row, str):
            return [(f"  {row}", "dim")]
        if row.slot is None:
            part = self.programme.parts[row.part]
            return part_line(part, part_minutes(part, self.library, self.level), width)
        slot, exercise = self._slot(row), self._exercise(row)
        rest = rest_text(dose_for(exercise, self.level, slot).rest_s)
        roomy = width >= SMALL
        dose = dose_words(exercise, self.level, slot, Form.LONG if roomy else Form.SHORT)
        wide = DOSE_WIDTH if roomy else DOSE_WIDTH - 2
        right = [(f" {dose:<{wide}}", ""), (f" {rest:<10}", "dim")]
        room = width - sum(len(words) for words, _ in right) - 1
        name = fitted(f"{'  ' if len(slot.exercises) == 1 else '    '}{exercise.name}", room)
        return spread([(name, "")], right, width)

    def _slot(self, place: Place) -> Slot:
        assert place.slot is not None
        return slot_at(self.programme, place.part, place.slot)

    def _exercise(self, place: Place) -> Exercise:
        return self.library.exercises[self._slot(place).exercises[place.which]]

    def _since(self, asked: Programme) -> Programme:
        """The programme, as it was when something was ``asked``. Raises Refused if someone else has
        changed it meanwhile."""
        if self.programme != asked:
            raise Refused("The programme was changed meanwhile. q leaves this; then look again.")
        return asked

    # -- keys ----------------------------------------------------------------------------------

    @property
    def here(self) -> Place:
        """Where the cursor is; there is always a session to stand on."""
        place: Place = self.rows.value
        return place

    def _line(self) -> Place | None:
        """The exercise under the cursor; on a session None, with a message."""
        here = self.here
        if here.slot is None:
            self.say("This line is a session. n names a session, a adds an exercise.")
            return None
        return here

    def _change(self, new: Programme, place: Place) -> None:
        """Write the changed programme to disk, then show it with the cursor on ``place``."""
        before, change = self.programme, self.book.profile.change_library
        again = partial(change, partial(with_programme, programme=new))
        back = partial(change, partial(with_programme, programme=before))
        again()
        words = f"the last change of {new.name}"
        self.note_step(self.done, UndoStep(words=words, back=back, again=again))
        self._show_at(place)

    def action_edit(self) -> None:
        """Ask for the dose in one line; ``own`` restores that of the exercise."""
        place = self._line()
        if place is None or place.slot is None:
            return
        asked, part, number = self.programme, place.part, place.slot
        slot, exercise = self._slot(place), self._exercise(place)

        def answer(typed: str) -> None:
            with self.guarded():
                if typed.casefold() == OWN:
                    new = replace(slot, dose={}, ours="")
                else:
                    new = typed_dose(typed, exercise, self.level, slot)
                self._change(with_slot(self._since(asked), part, number, new), place)

        rest = rest_text(dose_for(exercise, self.level, slot).rest_s)
        shown = f"{dose_words(exercise, self.level, slot, Form.LONG)}, {rest}"
        why = f"Like 3x8-12 rest 1:30. {OWN} gives it the dose of the exercise itself."
        self.ask(f"Its dose? [{shown}]", answer, standing=shown, why=why)

    def action_exchange(self) -> None:
        """Choose another exercise of the same category, the nearest first."""
        place = self._line()
        if place is None or place.slot is None:
            return
        asked, part, number = self.programme, place.part, place.slot
        old = self._exercise(place)

        def answer(other: Exercise) -> None:
            with self.guarded():
                new = exchanged(self._since(asked), part, number, place.which, other)
                own = bool(self._slot(place).dose) and not slot_at(new, part, number).dose
                self._change(new, place)
                self.say(f"{other.name}, with its own dose" if own else other.name, "good")

        others = substitutes(self.book.profile.library, old, lambda _: True)
        title = f"In place of {old.name}: {job_words(old)}"
        self.navigator.choose(title, others, answer)

    def action_add(self) -> None:
        """Add an exercise below the cursor, or as the first of the session."""
        here, asked = self.here, self.programme
        place = Place(here.part, 0 if here.slot is None else here.slot + 1)
        name = self.programme.parts[here.part].name

        def answer(exercise: Exercise) -> None:
            if place.slot is not None:
                with self.guarded():
                    new = added(self._since(asked), place.part, place.slot, exercise)
                    self._change(new, place)

        every = sorted(self.book.profile.library.exercises.values(), key=lambda e: e.name)
        self.navigator.choose(f"Add to {name}", every, answer, finding=True)

    def action_remove(self) -> None:
        """Remove the exercise."""
        place = self._line()
        if place is not None and place.slot is not None:
            with self.guarded():
                self._change(removed(self.programme, place.part, place.slot, place.which), place)

    def action_shift(self, by: int) -> None:
        """Move the exercise up (-1) or down (1) in its session."""
        place = self._line()
        if place is not None and place.slot is not None:
            with self.guarded():
                new = moved(self.programme, place.part, place.slot, by)
                self._change(new, Place(place.part, place.slot + by, place.which))

    def action_rename(self) -> None:
        """Rename the session."""
        here, asked = self.here, self.programme

        def answer(name: str) -> None:
            with self.guarded():
                self._change(renamed(self._since(asked), here.part, name), here)

        name = self.programme.parts[here.part].name
        self.ask(f"Name of the session? [{name}]", answer, standing=name)

    def action_undo(self) -> None:
        """Undo the last change, as far back as when the editor was opened."""
        if len(self.done) <= self.floor:
            self.say(NOTHING_TO_UNDO)
        else:
            self.take_back(self.done)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.bring_back(self.done)
