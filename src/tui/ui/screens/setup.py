"""The first setup: seven short questions, each with an answer that enter takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec.structs import replace
from textual.app import ComposeResult

from tui.app.first_setup import SetUp, usual_unit
from tui.app.refusals import REFUSALS
from tui.domain.model.cells import fitted, padded
from tui.domain.model.dates import DAYS
from tui.domain.model.values import Programme
from tui.domain.planning.calendar_changes import Change, typed_change
from tui.domain.planning.first_setup import (
    LEVELS,
    THINGS,
    USUAL_THINGS,
    Answers,
    Place,
    fitting_programme,
    lacking,
)
from tui.present.setting_rows import ROWS
from tui.present.setting_words import stored_value
from tui.ui.commands import SETTINGS
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.widgets.styled_text import Line, Lines, spread, width_of
from tui.ui.widgets.virtual_list import VirtualList

HEAD = "Seven short questions. enter takes what is in [ ], tab leaves the rest as it is."
NARROW_HEAD = "Seven questions. enter takes [ ], q leaves."
ROOMY = len(HEAD)
QUESTION, NARROW_QUESTION, NAME = 40, 27, 18
HEAD_ROWS = 2
READY = "o"
AT_HOME, PROGRAMME = "4", "5"
SET_UP = "Set up. u takes it all back; 0 changes any of it."
NOTHING_SET = "Nothing is changed. 0 shows every setting."
LEVEL_WORDS = {
    "1": "new: less than six months",
    "2": "some: six months to two years",
    "3": "years: more than two",
}
PLACES = {"g": "a gym", "h": "at home", "n": "nothing"}
PROGRAMMES = {
    "trail-speed": "five exercises, once a week, in season",
    "six-patterns": "two sessions, one of each movement",
    "lift-and-spring": "heavy lifts, jumps from week 5",
    "gym-and-snacks": "long sessions and 10-minute ones",
    "daily-bodyweight": "four short sessions, nothing to buy",
    "blocks": "muscle, then strength, then power",
}


class SetupScreen(ListScreen):
    """Asks one question after the other. What was answered is kept at the end, in one step, also if
    the runner leaves before the last."""

    tab = SETTINGS
    called = "SET UP"
    DEFAULT_CSS = """
    SetupScreen #setup-title { height: 2; padding: 0 1; }
    SetupScreen.-short #setup-title { height: 1; }
    SetupScreen VirtualList { scrollbar-size-vertical: 0; }
    """

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.answers = Answers()
        self.changes: list[Change] = []
        self.made: SetUp | None = None
        # Each question with its number (none for one that goes on with the last) and the answer.
        self.answered: list[tuple[str, str, str]] = []
        self.number = self.asked = ""
        library = self.book.profile.library
        self.programmes = [library.programmes[name] for name in PROGRAMMES]

    def compose(self) -> ComposeResult:
        """What is asked for, the answers so far, the rows at the bottom."""
        yield from self.top()
        yield Lines(id="setup-title")
        rows = VirtualList(lambda line, _: line)
        rows.can_focus = False
        yield rows
        yield from self.bottom()

    def on_mount(self) -> None:
        """Ask the first question."""
        self._ask_unit()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Draw the answers, and the programmes while they are asked for."""
        width = max(1, self.size.width - 2)
        head, column = (HEAD, QUESTION) if width >= ROOMY else (NARROW_HEAD, NARROW_QUESTION)
        self.query_one("#setup-title", Lines).set([[(fitted(head, width), "strong")], []])
        lines: list[Line] = [
            [(f"{number:>2}  ", "dim"), (padded(question, column), ""), (answer, "strong")]
            for number, question, answer in [*self.answered, (self.number, self.asked, "")]
        ]
        if self.number == PROGRAMME:
            lines += [[], *map(self._programme_line, self.programmes)]
        elif self.number == AT_HOME:
            lines += [[], *(self._thing_line(key) for key in THINGS)]
        # In a low terminal what was answered first makes room.
        self.rows.show(lines[-max(1, self.body_rows - HEAD_ROWS) :])

    def _thing_line(self, key: str) -> Line:
        has = key in self.answers.things
        mark = ("● ", "good") if has else ("○ ", "dim")
        return [(f"    {key} ", "accent"), mark, (THINGS[key].words, "strong" if has else "")]

    def _programme_line(self, programme: Programme) -> Line:
        number = f"    {1 + self.programmes.index(programme)} "
        lacks = lacking(programme, self.book.profile.library, self.answers.equipment)
        left: Line = [(number, "accent"), (padded(programme.name, NAME), "strong")]
        if lacks and self.size.width < ROOMY:
            return [*left, (lacks, "dim")]
        right: Line = [(f"{lacks} ", "dim")] if lacks else []
        width = self.size.width - 1
        about = fitted(PROGRAMMES[programme.id], width - width_of([*left, *right]) - 1)
        return spread([*left, (about, "")], right, width)

    def hints(self, width: int) -> Line:
        """None: there is always a question."""
        return []

    # -- asking --------------------------------------------------------------------------------

    def _next(self, words: str, then: Callable[[], None]) -> None:
        """Keep an answer in words, and ask the next question."""
        self.answered.append((self.number, self.asked, words))
        then()

    def _show_question(self, number: str, question: str) -> None:
        self.number, self.asked = number, question
        self.show()

    def _ask_unit(self) -> None:
        units = {"k": "kg", "l": "lb"}
        self._show_question("1", "Weights in kg or lb?")

        def answer(key: str) -> None:
            self.answers = replace(self.answers, unit=units[key])
            self._next(units[key], self._ask_level)

        usual = usual_unit(os.environ)[0]
        why = "The log keeps kilograms either way."
        self.ask_key(self.asked, units, answer, usual=usual, why=why)

    def _ask_level(self) -> None:
        options = {key: words.partition(":")[0] for key, words in LEVEL_WORDS.items()}
        self._show_question("2", "How long have you lifted?")

        def answer(key: str) -> None:
            self.answers = replace(self.answers, level=LEVELS[key])
            self._next(LEVEL_WORDS[key], self._ask_place)

        why = "It sets the first doses and how much you jump."
        self.ask_key(self.asked, options, answer, usual="2", why=why)

    def _ask_place(self) -> None:
        self._show_question("3", "What have you got?")

        def answer(key: str) -> None:
            place = Place(key)
            home = place is Place.HOME
            things = USUAL_THINGS if home else frozenset[str]()
            self.answers = replace(self.answers, place=place, things=things)
            self._next(PLACES[key], self._ask_things if home else self._ask_programme)

        why = "The plan names nothing that you do not have."
        self.ask_key(self.asked, PLACES, answer, usual="g", why=why)

    def _ask_things(self) -> None:
        """Toggle what is at home; each key asks again, enter goes on."""
        self._show_question(AT_HOME, "What is at home?")
        has = self.answers.things

        def answer(key: str) -> None:
            if key != READY:
                self.answers = replace(self.answers, things=has ^ {key})
                self._ask_things()
                return
            words = ", ".join(thing.words for k, thing in THINGS.items() if k in has)
            sizes = [thing.sizes for k, thing in THINGS.items() if k in has and thing.sizes]
            self._next(words or "nothing", lambda: self._ask_sizes(sizes))

        why = "A key has it or not; enter goes on."
        options = dict.fromkeys(THINGS, "")
        self.ask_key(self.asked, {**options, READY: "go on"}, answer, usual=READY, why=why)

    def _ask_sizes(self, keys: list[str]) -> None:
        """Ask for the sizes of what has sizes, one line each."""
        if not keys:
            self._ask_programme()
            return
        [row] = [row for row in ROWS if row.id == keys[0]]
        self._show_question("", f"Your {row.label.lower()}?")

        def answer(line: str) -> None:
            value = stored_value(row, line, self.answers.unit or "kg")
            self.answers = replace(self.answers, sizes={**self.answers.sizes, row.id: value})
            self._next(line, lambda: self._ask_sizes(keys[1:]))

        def usual() -> None:
            self._next("what is usual", lambda: self._ask_sizes(keys[1:]))

        why = f"Like {row.example}. Loads go up in steps that you own."
        self.ask(f"{self.asked} [usual]", answer, empty=usual, why=why)

    def _ask_programme(self) -> None:
        self._show_question(PROGRAMME, "Which programme?")
        fitting = fitting_programme(self.answers, self.book.profile.library)
        usual = 1 + [programme.id for programme in self.programmes].index(fitting)

        def answer(key: str) -> None:
            chosen = self.programmes[int(key) - 1]
            self.answers = replace(self.answers, programme=chosen.id)
            self._next(chosen.name, self._ask_days)

        why = "It decides what stands on Today. P changes it any time."
        most = len(self.programmes)
        label = f"Which programme? 1 to {most} [{usual}]"
        self.ask_digit(label, most, answer, least=1, usual=str(usual), why=why)

    def _ask_days(self) -> None:
        """Toggle weekdays; each key asks again, enter goes on."""
        self._show_question("6", "Days for strength?")
        has = self.answers.days or frozenset[int]()
        options = {
            str(n): f"{'● ' if n - 1 in has else ''}{day}" for n, day in enumerate(DAYS, start=1)
        }

        def answer(key: str) -> None:
            if key != READY:
                self.answers = replace(self.answers, days=has ^ {int(key) - 1})
                self._ask_days()
                return
            words = ", ".join(DAYS[day] for day in sorted(has)) or "any day"
            self.answers = replace(self.answers, days=has)
            self._next(words, self._ask_runs)

        why = "A number has the day or not; none is any day, enter goes on."
        self.ask_key(self.asked, {**options, READY: "go on"}, answer, usual=READY, why=why)

    def _ask_runs(self) -> None:
        self._show_question("", "Your hard runs of a week?")

        def answer(line: str) -> None:
            today = self.book.now().date()
            runs = [typed_change(f"run {run}", today) for run in line.split(",") if run.strip()]
            self.changes += runs
            self._next(", ".join(change.words for change in runs), self._ask_race)

        def none() -> None:
            self._next("none told", self._ask_race)

        why = "Like tue speed, sun long. Strength goes around them."
        self.ask(f"{self.asked} [none]", answer, empty=none, why=why)

    def _ask_race(self) -> None:
        self._show_question("7", "Your next race?")

        def answer(line: str) -> None:
            race = typed_change(line, self.book.now().date(), "race")
            self._keep([*self.changes, race])

        why = "Like 14 feb Ridge Ultra. The taper is counted from it."
        self.ask(f"{self.asked} [none]", answer, empty=lambda: self._keep(self.changes), why=why)

    # -- the end -------------------------------------------------------------------------------

    def _keep(self, changes: Sequence[Change]) -> None:
        """Store what was answered. Raises REFUSALS; then it is as it was, as far as the disk lets
        us."""
        made = SetUp(self.book)
        try:
            made.make(self.answers, changes)
        except REFUSALS:
            with suppress(*REFUSALS):
                made.take_back()
            raise
        self.made = made

    def _prompt_closed(self, by_backspace: bool) -> None:
        """Keep what was answered by who leaves before the end, and go to Today."""
        words, role = SET_UP if self.answered else NOTHING_SET, "good"
        if self.made is None:
            try:
                self._keep(self.changes)
            except REFUSALS as refusal:
                words, role = str(refusal), "warn"
        self.navigator.end_setup(self.made, words, role)
