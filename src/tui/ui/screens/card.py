"""The card of one exercise: all that is known of it on one screen, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult

from tui.app.exercise_card import NOTE, Card, is_own
from tui.domain.model.library.substitutes import ladder
from tui.domain.model.text import clean
from tui.domain.model.validation import SENTENCE
from tui.domain.model.values import Exercise
from tui.domain.planning.own_exercises import (
    Draft,
    own_exercise,
    with_exercise,
    without_exercise,
)
from tui.domain.planning.own_programmes import free_name
from tui.domain.session.actions import Refused
from tui.domain.session.live import Item
from tui.ui.commands import CARD, at, bindings
from tui.ui.host import Navigator
from tui.ui.screens.base_screen import hint_line
from tui.ui.screens.card_lines import card_lines
from tui.ui.screens.list_screen import ListScreen
from tui.ui.undo import UndoStep
from tui.ui.why import why_lines
from tui.ui.widgets.reading import Reading
from tui.ui.widgets.styled_text import Line, wrapped

# Cells at both edges.
EDGES = 3
GONE = "It is not in your library any more."
# What can be done on the card of an exercise that is gone.
STILL = ("undo", "leave", "go", "help", "find_exercise", "quit", "suspend_process")
# Typed in place of a note, it takes the note away.
NONE = "-"
NOTE_WHY = "What you want to remember the next time you do it."


class CardScreen(ListScreen):
    """The card of an ``exercise``, as it stands in ``item`` of today's session, if there. ``done``
    are the changes of it that can be undone here."""

    BINDINGS = bindings(CARD)
    place = CARD

    def __init__(
        self,
        navigator: Navigator,
        exercise: Exercise,
        item: Item | None = None,
        done: Sequence[UndoStep] = (),
    ) -> None:
        super().__init__(navigator)
        self.exercise = exercise
        self.item = item
        self.done = [*done]
        self.in_full = False
        self._ladder: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """What the screen is about."""
        return f"Why: {self.exercise.name}" if self.in_full else self.exercise.name

    def compose(self) -> ComposeResult:
        """The card, and the bottom line."""
        yield from self.top()
        yield Reading()
        yield from self.bottom()

    # -- what is shown -------------------------------------------------------------------------

    @property
    def is_gone(self) -> bool:
        """Whether the library has the exercise no more: it was deleted, here or elsewhere."""
        return self.exercise.id not in self.book.profile.library.exercises

    @property
    def is_own(self) -> bool:
        """Whether it is the runner's own."""
        return is_own(self.book, self.exercise.id)

    def show(self) -> None:
        """Redraw from the current state of the logbook."""
        width = max(1, self.size.width - EDGES)
        if self.is_gone:
            self.rows.show([[(self.exercise.name, "loud")], [], [(GONE, "")]])
            return
        self.exercise = self.book.profile.library.exercises[self.exercise.id]
        card = self.navigator.card(self.exercise, self.item)
        self.rows.show(self._why(card, width) if self.in_full else card_lines(card, width))

    def _why(self, card: Card, width: int) -> list[Line]:
        log = self.book.reader.sessions()
        return [*wrapped(self.heading, width, "loud"), [], *why_lines(card, log, width)]

    def hints(self, width: int) -> Line:
        """The keys of the card; those for an exercise of one's own only on such a one."""
        without = set() if self.is_own else {"card-edit", "card-delete"}
        if len(self._rungs()) < 2:
            without.add("card-ladder")
        return hint_line(
            [c for c in at(CARD, own=self.own_keys) if c.hint and c.id not in without], width
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of an exercise that is gone nothing is left to do but to bring it back."""
        if self.is_gone and action not in STILL:
            return False
        return super().check_action(action, parameters)

    def _rungs(self) -> tuple[str, ...]:
        """The ids on the ladder of the exercise, the easiest first. It stays the same while it is
        walked, as ladders may fork."""
        if self.exercise.id not in self._ladder:
            self._ladder = ladder(self.book.profile.library, self.exercise)
        return self._ladder

    # -- keys ----------------------------------------------------------------------------------

    def action_why(self) -> None:
        """Show all reasons and sources in full, or the card again."""
        self.in_full = not self.in_full
        self._show_from_top()

    def _show_from_top(self) -> None:
        self.show()
        self.show_hints()
        self.rows.action_end(-1)

    def action_add(self) -> None:
        """Add it to the session, or to today before it begins."""
        self.navigator.add(self.exercise)

    def action_trend(self) -> None:
        """Show how it goes, in charts."""
        self.navigator.open_trend(self.exercise.id)

    def action_ladder(self) -> None:
        """Show the card of the next harder one; after the hardest, of the easiest."""
        rungs = self._rungs()
        if len(rungs) < 2:
            self.say(f"{self.exercise.name} has no easier or harder one in the library.")
            return
        place = (rungs.index(self.exercise.id) + 1) % len(rungs)
        self.exercise = self.book.profile.library.exercises[rungs[place]]
        self.item, self.in_full = None, False
        self._show_from_top()
        self.say(f"{place + 1} of {len(rungs)}, from easy to hard.")

    def action_note(self) -> None:
        """Write a note of one's own on the exercise."""
        key = f"{NOTE}{self.exercise.id}"

        def answer(typed: str) -> None:
            note = clean(typed)
            if len(note) > SENTENCE:
                raise Refused(f"At most {SENTENCE} letters, please: this has {len(note)}.")
            with self.guarded():
                self.book.profile.set(key, "" if note == NONE else note)
                self.show()
                self.say("The note is gone." if note == NONE else "Noted.", "good")

        standing = self.book.profile.setting(key, "")
        why = f"It stands as: {standing}. {NONE} takes it away." if standing else NOTE_WHY
        self.ask("My note:", answer, standing=standing, why=why)

    # -- one's own -----------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Make an exercise of one's own, beginning from this one."""
        names = [one.name for one in self.book.profile.library.exercises.values()]
        draft = Draft(base=self.exercise, name=free_name(self.exercise.name, names))
        self.navigator.open_form(draft)

    def action_edit(self) -> None:
        """Change an exercise of one's own."""
        if not self.is_own:
            self.say("Only your own can be changed: c copies it as one, n keeps a note on it.")
            return
        draft = Draft(base=self.exercise, keeps_id=True, name=self.exercise.name)
        self.navigator.open_form(draft, self._changed)

    def _changed(self, exercise: Exercise, undo: UndoStep) -> None:
        self.done.append(undo)
        self._show_from_top()
        self.say(f"Kept: {exercise.name}. u takes it back.", "good")

    def action_delete(self) -> None:
        """Delete an exercise of one's own."""
        name, profile = self.exercise.id, self.book.profile
        if not self.is_own:
            self.say("Only your own can be deleted.")
            return
        live = self.book.recorder.live
        if live is not None and any(item.exercise == name for item in live.items):
            self.say(f"{self.exercise.name} is in today's session: leave it out there first.")
            return
        with self.guarded():
            before = own_exercise(profile.own_library.read(), name)
            profile.change_library(partial(without_exercise, name=name))
            assert before is not None, "it is the runner's own"
            back = partial(profile.change_library, partial(with_exercise, entry=before))
            words = f"Undone: {self.exercise.name} is back."
            self.done.append(UndoStep(words=words, back=back))
            self._show_from_top()
            self.say(f"Deleted: {self.exercise.name}. u brings it back.", "good")

    def action_undo(self) -> None:
        """Undo the last change."""
        if self.done:
            self.take_back(self.done)
        else:
            self.say("Nothing to undo here.")
