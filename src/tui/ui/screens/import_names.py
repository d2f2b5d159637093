"""The names in the log of another app: what each becomes, for the runner to decide."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from textual.app import ComposeResult

from tui.app.file_import import Request, settled
from tui.app.other_logs import Incoming
from tui.domain.model.cells import fitted, padded
from tui.domain.model.library.activity_names import Endurance
from tui.domain.model.library.catalog import Library, NameChoice, exercise_name
from tui.domain.model.text import clean, number_of
from tui.domain.model.values import Exercise
from tui.formats.other_apps.naming import FoundName
from tui.ui.commands import NAMES_IN, at, bindings
from tui.ui.host import Navigator
from tui.ui.screens.base_screen import hint_line
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines, Span, wrapped
from tui.ui.widgets.virtual_list import VirtualList

GO_ON = "Go on"
DECIDING = {"new-name": "new", "drop-name": "out", "both-sides": "each side"}
# From this width on there is room for how many sets each name has.
ROOMY, SETS = 60, 7
ENDURANCE = {
    Endurance.RUN: "a run, for your diary",
    Endurance.WALK: "a walk, for your diary",
    Endurance.OTHER: "no strength work: left out",
}


class NamesScreen(ListScreen):
    """The names of ``there`` that are to be decided, or ``every`` name, most sets first.
    ``decided`` gets the request with each thing the runner says, ``go_on`` is called once she goes
    on."""

    BINDINGS = bindings(NAMES_IN)
    place = NAMES_IN
    called = "NAMES"
    DEFAULT_CSS = """
    NamesScreen #names-title { height: 2; padding: 0 1; }
    NamesScreen.-short #names-title { height: 1; }
    NamesScreen #names-more { height: 2; padding: 0 1; }
    """

    def __init__(
        self,
        navigator: Navigator,
        there: Incoming,
        request: Request,
        decided: Callable[[Request], None],
        go_on: Callable[[], None],
        *,
        every: bool,
    ) -> None:
        super().__init__(navigator)
        self.there, self.request = there, request
        self.decided, self.go_on = decided, go_on
        self.shows_every = every

    def compose(self) -> ComposeResult:
        """Title, names, what the one under the cursor becomes, the rows at the bottom."""
        yield from self.top()
        yield Lines(id="names-title")
        yield VirtualList(self._draw)
        yield Lines(id="names-more")
        yield from self.bottom()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Redraw the names; the cursor stays."""
        found = self.there.names if self.shows_every else self.there.open_names
        rows = sorted(found, key=lambda one: -one.sets)
        title = (
            f"What each of {number_of(len(rows), 'name')} becomes"
            if self.shows_every
            else f"{number_of(len(rows), 'name')} to look at"
        )
        self.query_one("#names-title", Lines).set([[(title, "loud")], []])
        self.rows.show([GO_ON, *rows])
        self._show_more()

    @property
    def _library(self) -> Library:
        return self.book.profile.library

    def _draw(self, row: FoundName | str, width: int) -> Line:
        if isinstance(row, str):
            return [(f"{GO_ON} with what stands here", "strong")]
        sets = f"{row.sets:>{SETS - 2},}  " if width >= ROOMY else ""
        room = (width - len(sets)) // 2
        words, role = self._becomes(row)
        return [
            (padded(fitted(clean(row.name), room - 1), room), ""),
            (sets, "dim"),
            (fitted(words, width - room - len(sets)), role),
        ]

    def _stands(self, name: FoundName) -> FoundName:
        """The name with what the runner has said of it."""
        one = replace(self.there, names=(name,))
        return settled(one, self.request).names[0]

    def _is_new(self, one: FoundName) -> bool:
        if one.name in self.request.new:
            return True
        return one.choice is None and one.endurance is None and one.match.exercise is None

    def _becomes(self, name: FoundName) -> Span:
        """What a name becomes as things stand, in a few words."""
        one = self._stands(name)
        both = ", each side" if one.choice is not None and one.choice.weights > 1 else ""
        if self._is_new(one):
            near = [exercise_name(self._library, id_) for id_ in one.match.near]
            if one.name in self.request.new:
                near = []
            words = f"new{both}; or {' or '.join(near)}?" if near else f"new exercise{both}"
            return f"{words}{self._side_asked(one)}", ""
        if one.choice is not None and not one.choice.exercise:
            return "left out", "dim"
        if one.choice is None and one.endurance is not None:
            return ENDURANCE[one.endurance], "dim"
        found = one.choice.exercise if one.choice is not None else one.match.exercise
        words = f"{exercise_name(self._library, found or '')}{both}"
        return f"{words}{self._side_asked(one)}", "strong"

    def _side_asked(self, one: FoundName) -> str:
        """The question whether the weight is that of one side, until it is answered."""
        open_ = one.each_side and one.choice is None and one.name not in self.request.new
        return "; weight of one side?" if open_ else ""

    def on_virtual_list_moved(self) -> None:
        """Say what the name now under the cursor becomes, and what can be done about it."""
        self._show_more()
        self.show_hints()

    def _show_more(self) -> None:
        row: FoundName | str | None = self.rows.value
        width = max(20, self.size.width - 2)
        if not isinstance(row, FoundName):
            words = (
                "What you say here is kept. A name you say nothing of becomes what stands there."
            )
        else:
            words = f"{clean(row.name)}, {number_of(row.sets, 'set')}: {self._becomes(row)[0]}"
            if self._side_asked(self._stands(row)):
                words += " b counts it for both."
        self.query_one("#names-more", Lines).set(wrapped(words, width, "dim")[:2])

    def hints(self, width: int) -> Line:
        """The keys that do something with what is under the cursor."""
        row: FoundName | str | None = self.rows.value
        if not isinstance(row, FoundName):
            words = {"take-name": "go on", "all-names": "all"}
        elif row.match.near:
            words = {"take-name": "take it", "find-name": "find", **DECIDING}
        else:
            words = {"take-name": "find", **DECIDING}
        words |= {"help-names": "help", "leave-names": "back"}
        commands = [
            replace(command, hint=words[command.id])
            for command in at(NAMES_IN, own=self.own_keys)
            if command.id in words
        ]
        return hint_line(commands, width)

    # -- deciding ------------------------------------------------------------------------------

    def _decide(self, one: FoundName, choice: NameChoice | None, *, new: bool = False) -> None:
        names = {name: said for name, said in self.request.names.items() if name != one.name}
        news = {name: kind for name, kind in self.request.new.items() if name != one.name}
        if choice is not None:
            names[one.name] = choice
        if new:
            news[one.name] = None
        self.request = replace(self.request, names=names, new=news)
        self.decided(self.request)
        self.show()

    def open_row(self) -> None:
        """Take the near exercise of the name that is clicked, or go on."""
        self.action_take()

    def action_take(self) -> None:
        """Go on, or take the near exercise of the name under the cursor; of several, and where
        there is none, choose one."""
        row: FoundName | str | None = self.rows.value
        if row == GO_ON:
            self._settle_sides()
            self.go_on()
            self.dismiss()
        elif isinstance(row, FoundName) and len(row.match.near) == 1:
            self._decide(row, NameChoice(exercise=row.match.near[0]))
            self.rows.move(1)
        elif isinstance(row, FoundName):
            self._choose(row, finding=not row.match.near)

    def _settle_sides(self) -> None:
        """Keep the weight of each name as it stands, so that it is asked about once."""
        for row in self.there.open_names:
            one = self._stands(row)
            if one.each_side and one.choice is None:
                choice = NameChoice(exercise=one.match.exercise or "")
                self._decide(row, choice, new=self._is_new(one))

    def action_find(self) -> None:
        """Find the exercise that the name under the cursor means."""
        if isinstance(self.rows.value, FoundName):
            self._choose(self.rows.value, finding=True)

    def _choose(self, one: FoundName, *, finding: bool) -> None:
        near = one.match.near
        every = sorted(
            self._library.exercises.values(), key=lambda exercise: exercise.id not in near
        )

        def answer(exercise: Exercise) -> None:
            self._decide(one, NameChoice(exercise=exercise.id))

        self.navigator.choose(f"What is {clean(one.name)}?", every, answer, finding=finding)

    def action_new(self) -> None:
        """Make the name under the cursor a new exercise."""
        if isinstance(self.rows.value, FoundName):
            self._decide(self.rows.value, None, new=True)
            self.rows.move(1)

    def action_drop(self) -> None:
        """Leave the name under the cursor out."""
        if isinstance(self.rows.value, FoundName):
            self._decide(self.rows.value, NameChoice())
            self.rows.move(1)

    def action_both(self) -> None:
        """Take the weight of the name under the cursor for that of each side, or of both again."""
        row: FoundName | str | None = self.rows.value
        if not isinstance(row, FoundName):
            return
        one = self._stands(row)
        weights = 1 if one.choice is not None and one.choice.weights > 1 else 2
        means = one.match.exercise if one.choice is None else one.choice.exercise
        if self._is_new(one):
            self._decide(row, NameChoice(weights=2) if weights > 1 else None, new=True)
        elif means and (one.choice is not None or one.endurance is None):
            self._decide(row, NameChoice(exercise=means, weights=weights))
        else:
            self.say("It is left out, so its weight does not count.")

    def action_every(self) -> None:
        """Show every name, or those alone that are to be decided."""
        self.shows_every = not self.shows_every
        self.show()
        self.rows.go(0)
