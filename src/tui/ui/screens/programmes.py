"""The programmes screen: browse programmes, follow one, and copy one to edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll

from tui.domain.calculator.adherence import is_paused
from tui.domain.model.cells import fitted, padded
from tui.domain.model.phases import schedule_of
from tui.domain.model.values import Programme
from tui.domain.planning.own_programmes import (
    copied,
    free_name,
    own_programmes,
    with_programme,
    without_programme,
)
from tui.domain.planning.today import upcoming
from tui.store.errors import StoreError
from tui.ui.commands import PROGRAMMES, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.programme_lines import Stand, a_week, in_short, length, programme_lines
from tui.ui.undo import NOTHING_TO_UNDO, UndoStep
from tui.ui.widgets.styled_text import Line, Lines, spread, width_of
from tui.ui.widgets.virtual_list import VirtualList

WIDE = 110
ROOM_FOR_SOURCE = 66
SOURCE_WIDTH = 26
STATE_WIDTH = 10
WEEK_WIDTH = 10
LENGTH_WIDTH = 6


class ProgrammeList(VirtualList):
    """The list of programmes. It is short, so the page keys scroll the text beside it."""

    def __init__(self, draw: Callable[[Programme, int], Line], read: Callable[[int], None]) -> None:
        super().__init__(draw, id="programme-list")
        self.read = read

    def action_page(self, by: int) -> None:
        """Scroll the text by a page."""
        self.read(by)


class ProgrammesScreen(ListScreen):
    """All programmes, and beside or below the list the text of the one under the cursor."""

    BINDINGS = bindings(PROGRAMMES)
    place = PROGRAMMES
    called = "PROGRAMMES"
    DEFAULT_CSS = """
    ProgrammesScreen #programme-title { height: 2; padding: 0 1; }
    ProgrammesScreen #programme-body { height: 1fr; layout: vertical; padding: 0 1; }
    ProgrammesScreen #programme-list { height: auto; max-height: 45%; }
    ProgrammesScreen #programme-text { height: 1fr; margin: 1 0 0 0; scrollbar-size-vertical: 1; }
    ProgrammesScreen.-short #programme-title { height: 1; }
    ProgrammesScreen.-wide #programme-body { layout: horizontal; }
    ProgrammesScreen.-wide #programme-list { width: 48; height: 1fr; max-height: 100%; }
    ProgrammesScreen.-wide #programme-text {
        margin: 0; padding: 0 1 0 2; border-left: solid $rule;
    }
    """

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.own: list[str] = []
        self.stand = Stand(paused=False, schedule=None)
        self.done: list[UndoStep] = []

    def compose(self) -> ComposeResult:
        """Title, list, the text of one programme, the bottom line."""
        yield from self.top()
        yield Lines(id="programme-title")
        with Container(id="programme-body"):
            yield ProgrammeList(self._draw, self.action_read)
            with VerticalScroll(id="programme-text", can_focus=False):
                yield Lines(id="programme-lines")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Put the cursor on the programme that is followed."""
        super().on_mount()
        self._go_to(self.book.profile.programme.id)
        with self.guarded():
            self.book.profile.own_library.read()

    def on_resize(self) -> None:
        """Put list and text side by side if there is room."""
        self.set_class(self.size.width >= WIDE, "-wide")
        super().on_resize()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw from the current state; the cursor stays."""
        programmes = list(self.book.profile.library.programmes.values())
        try:
            own = own_programmes(self.book.profile.own_library.read())
        except StoreError:
            own = []
        self.own = [programme.id for programme in programmes if programme.id in own]
        self.stand = self._stand()
        words = f"{len(self.own)} of your own" if self.own else "c makes one your own"
        title: Line = [("Programmes", "loud"), (f"  {words}", "dim")]
        self.query_one("#programme-title", Lines).set([title, []])
        self.rows.show([*(p for p in programmes if p.id not in self.own),
                        *(p for p in programmes if p.id in self.own)])  # fmt: skip
        self.show_text()

    def _go_to(self, name: str) -> None:
        """Put the cursor on the programme with an id."""
        places = [programme.id for programme in self.rows.values]
        if name in places:
            self.rows.go(places.index(name))

    def _stand(self) -> Stand:
        book, day = self.book, self.book.now().date()
        profile = book.profile.setup.profile
        stand = Stand(paused=is_paused(profile, day), schedule=profile.schedule)
        if not book.planner.is_known():
            return stand
        week, phase, _ = upcoming(
            book.profile.setup, book.planner.state(day), book.profile.programme, day
        )
        return replace(stand, week=week, phase=phase)

    def _stand_in(self, programme: Programme) -> Stand | None:
        return self.stand if programme.id == self.book.profile.programme.id else None

    def show_text(self) -> None:
        """Show the text of the programme under the cursor."""
        programme: Programme | None = self.rows.value
        text = self.query_one("#programme-lines", Lines)
        if programme is None:
            return
        level = self.book.profile.level(self.book.now().date())
        width = max(20, self.query_one("#programme-text").scrollable_content_region.width - 1)
        stand = self._stand_in(programme)
        own = programme.id in self.own
        text.set(
            programme_lines(self.book.profile.library, programme, stand, level, width, own=own)
        )

    def on_virtual_list_moved(self) -> None:
        """Show the text of the programme now under the cursor, from its top."""
        self.query_one("#programme-text").scroll_home(animate=False)
        self.show_text()

    def _draw(self, programme: Programme, width: int) -> Line:
        stand, library = self._stand_in(programme), self.book.profile.library
        level = self.book.profile.level(self.book.now().date())
        state = "" if stand is None else "paused" if stand.paused else "followed"
        right = [
            (f" {state:<{STATE_WIDTH}}", "warn" if state == "paused" else "good"),
            (f"{a_week(programme, stand):<{WEEK_WIDTH}}", "dim"),
            (f"{length(library, programme, stand, level):>{LENGTH_WIDTH}}  ", "dim"),
        ]
        if width >= ROOM_FOR_SOURCE:
            own = programme.id in self.own
            source = "yours" if own else in_short(library, programme, SOURCE_WIDTH)
            right.append((padded(source, SOURCE_WIDTH), "dim"))
        room = width - width_of(right) - 3
        name = (fitted(programme.name, room), "strong" if stand is not None else "")
        return spread([("● " if stand is not None else "  ", "good"), name], right, width)

    # -- keys ----------------------------------------------------------------------------------

    @property
    def programme(self) -> Programme:
        """The programme under the cursor; there always is one, as some are shipped."""
        found: Programme = self.rows.value
        return found

    def action_read(self, by: int) -> None:
        """Scroll the text a page down (1) or up (-1)."""
        text = self.query_one("#programme-text")
        text.scroll_relative(y=by * max(1, text.size.height - 1), animate=False)

    def action_follow(self) -> None:
        """Follow it from today; choosing a programme ends a pause."""
        programme = self.programme
        if programme.id == self.book.profile.programme.id:
            self.say(f"You follow {programme.name} already; the weeks go on.")
            return
        values: dict[str, object] = {"pause": False} if self.stand.paused else {}
        self._set({**values, "programme": programme.id}, lambda: self._chosen(programme))

    def _chosen(self, programme: Programme) -> str:
        """What to say of a programme that was just chosen; one that had been left begins anew."""
        week = "" if self.stand.week is None else f", week {self.stand.week}"
        return f"{programme.name} from today{week}; what you did stays"

    def action_schedule(self) -> None:
        """Switch to the next schedule of the programme that is followed."""
        followed = self.book.profile.programme
        ids = [schedule.id for schedule in followed.schedules]
        if len(ids) == 1:
            self.say(f"{followed.name} has one schedule only.")
            return
        here = ids.index(schedule_of(followed, self.stand.schedule).id)
        coming = followed.schedules[(here + 1) % len(ids)]
        self._set({"schedule": coming.id}, lambda: f"{followed.name}: {coming.name}")

    def action_pause(self) -> None:
        """Pause the programme that is followed, or resume it."""
        name = self.book.profile.programme.name
        words = "goes on" if self.stand.paused else "is paused and the weeks wait; p goes on"
        self._set({"pause": not self.stand.paused}, lambda: f"{name} {words}")

    def _set(self, values: Mapping[str, object], words: Callable[[], str]) -> None:
        """Change settings of the programme followed, by key, and say ``words``, a sentence without
        its full stop, made once all is shown as it is then."""
        book = self.book
        with self.guarded():
            before = {key: book.profile.store.history(key) for key in values}

            def again() -> None:
                for key, value in values.items():
                    book.profile.set(key, value)

            def back() -> None:
                for key, held in before.items():
                    book.profile.put_back(key, held)

            again()
            self.show()
            self._was_done(UndoStep(words=words(), back=back, again=again))

    def action_copy(self) -> None:
        """Copy it as one of the runner's own, and edit the copy."""
        self._ask_copy("Name of your copy?")

    def _ask_copy(self, label: str) -> None:
        programme = self.programme
        name = programme.name if programme.id in self.own else f"My {programme.name}"
        offered = free_name(name, [each.name for each in self.rows.values])
        self.ask(
            f"{label} [{offered}]",
            lambda typed: self._copy(programme, typed),
            standing=offered,
            empty=lambda: self._copy(programme, offered),
        )

    def _copy(self, programme: Programme, name: str) -> None:
        made = copied(programme, name, self.book.profile.library.programmes)
        with self.guarded():
            change = self.book.profile.change_library
            again = partial(change, partial(with_programme, programme=made))
            back = partial(change, partial(without_programme, name=made.id))
            again()
            self.note_step(self.done, UndoStep(words=f"the copy {name}", back=back, again=again))
            self.show()
            self._go_to(made.id)
            self._edit(made)

    def action_edit(self) -> None:
        """Edit one of the runner's own; a shipped one is copied first."""
        if self.programme.id in self.own:
            self._edit(self.programme)
        else:
            self._ask_copy("It is copied first. Name of your copy?")

    def _edit(self, programme: Programme) -> None:
        self.navigator.open_editor(programme.id, self.done, self.show)

    def action_drop(self) -> None:
        """Delete one of the runner's own."""
        programme = self.programme
        if programme.id not in self.own:
            self.say(f"{programme.name} comes with Stridelift and stays.", "warn")
        elif programme.id == self.book.profile.programme.id:
            self.say(f"You follow {programme.name}. enter on another first, then x.", "warn")
        else:
            with self.guarded():
                change = self.book.profile.change_library
                again = partial(change, partial(without_programme, name=programme.id))
                back = partial(change, partial(with_programme, programme=programme))
                again()
                words = f"{programme.name} is deleted"
                self._was_done(UndoStep(words=words, back=back, again=again))

    def _was_done(self, step: UndoStep) -> None:
        self.note_step(self.done, step)
        self.show()
        self.say(f"{step.words}. u takes it back.", "good")

    def action_undo(self) -> None:
        """Undo the last change, as far back as when the screen was opened."""
        if not self.done:
            self.say(NOTHING_TO_UNDO)
        else:
            self.take_back(self.done)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.bring_back(self.done)
