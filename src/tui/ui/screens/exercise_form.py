"""The form of an exercise of one's own: a name, what it is, and six questions more, each with an
answer that enter takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult

from tui.domain.model.values import Exercise, Kind, Sides
from tui.domain.planning.own_exercises import (
    NOTHING,
    Draft,
    dose_shown,
    dose_text,
    dosed,
    exercise_entry,
    exercise_of,
    named,
    needing,
    own_exercise,
    with_exercise,
    without_exercise,
)
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.undo import UndoStep
from tui.ui.widgets.reading import Reading
from tui.ui.widgets.styled_text import Line

HEAD = "A name and a kind are enough: enter takes what is in [ ], tab leaves."
COLUMN = 25
KINDS: Mapping[str, tuple[Kind, str]] = {
    "1": (Kind.LOADED, "weights"),
    "2": (Kind.BODYWEIGHT, "own weight"),
    "3": (Kind.HOLD, "a hold"),
    "4": (Kind.CLUSTER, "many short holds"),
    "5": (Kind.ECCENTRIC, "slow lowering"),
    "6": (Kind.PLYOMETRIC, "jumps"),
    "7": (Kind.CARRY, "a carry"),
    "8": (Kind.MOBILITY, "mobility"),
}
SIDES: Mapping[str, tuple[Sides, str]] = {
    "y": (Sides.PER_SIDE, "each side"),
    "n": (Sides.BOTH, "both at once"),
    "t": (Sides.ALTERNATING, "in turn"),
}
CATEGORIES: Mapping[str, tuple[str, str]] = {
    "1": ("lunge", "squat or lunge"),
    "2": ("hinge", "hinge: a deadlift"),
    "3": ("hip-dominant", "bridge or thrust"),
    "4": ("balance", "balance"),
    "5": ("core", "core"),
    "6": ("calf", "calf"),
    "7": ("hip", "hip"),
    "8": ("plyometric", "jump or hop"),
    "9": ("upper", "arms and shoulders"),
    "0": ("mobility", "mobility"),
}
REGIONS: Mapping[str, tuple[str, str]] = {
    "1": ("hip", "hip"),
    "2": ("knee", "knee"),
    "3": ("ankle-calf", "calf or ankle"),
    "4": ("shin", "shin"),
    "5": ("foot", "foot"),
    "6": ("hamstring", "hamstring"),
    "7": ("back", "back"),
    "8": ("shoulder", "shoulder"),
    "9": ("other", "elsewhere"),
}
LEGS: Mapping[str, tuple[int, str]] = {
    "0": (0, "not at all"),
    "1": (1, "a little"),
    "2": (2, "fairly"),
    "3": (3, "very"),
}


class Choice(Struct, frozen=True, kw_only=True):
    """A question that one key answers. ``options`` have the value of each key and its word,
    ``value`` gives what an exercise has, ``take`` puts an answer into a draft."""

    label: str
    why: str
    options: Mapping[str, tuple[object, str]]
    value: Callable[[Exercise], object]
    take: Callable[[Draft, Any], Draft]

    def key_of(self, made: Exercise) -> str:
        """The key of what an exercise has."""
        value = self.value(made)
        return next(key for key, (one, _) in self.options.items() if one == value)


class FormLine(Struct, frozen=True, kw_only=True):
    """A question that a line answers. ``shown`` is what stands in a draft, ``typed`` the same as
    it is typed, ``take`` reads what was typed; it raises Refused or NotationError. Enter on nothing
    leaves what stands as it is or, if it ``must`` be told, reads it."""

    label: str
    why: str
    shown: Callable[[Draft], str]
    typed: Callable[[Draft], str]
    take: Callable[[Draft, str], Draft]
    must: bool = False


class FormScreen(ListScreen):
    """Asks for what is open in ``draft``, writes the exercise, and gives it to ``kept`` with the
    step that undoes it."""

    called = "NEW EXERCISE"

    def __init__(
        self, navigator: Navigator, draft: Draft, kept: Callable[[Exercise, UndoStep], None]
    ) -> None:
        super().__init__(navigator)
        if draft.keeps_id:
            self.called = "CHANGE EXERCISE"
        self.draft = draft
        self.kept = kept
        self.answered: list[tuple[str, str]] = []
        self.questions = self._questions()
        self._ended = False

    def compose(self) -> ComposeResult:
        """What has been answered, and the bottom rows."""
        yield from self.top()
        yield Reading()
        yield from self.bottom()

    def on_mount(self) -> None:
        """Ask the first question."""
        super().on_mount()
        self.later(self._ask)

    def hints(self, width: int) -> Line:
        """No keys: a question is always open."""
        return []

    # -- the questions -------------------------------------------------------------------------

    @property
    def _taken(self) -> Mapping[str, Exercise]:
        return self.book.profile.library.exercises

    def _made(self) -> Exercise:
        return exercise_of(self.draft, self._taken)

    def _questions(self) -> Sequence[Choice | FormLine]:
        level = self.book.profile.level(self.book.now().date())

        def name(draft: Draft, typed: str) -> Draft:
            return named(draft, typed, [one.name for one in self._taken.values()])

        def needs(draft: Draft) -> str:
            return ", ".join(exercise_of(draft, self._taken).equipment) or NOTHING

        return (
            FormLine(
                label="Name?",
                why="What you call it. It is found and listed by it.",
                shown=lambda draft: draft.name,
                typed=lambda draft: draft.name,
                take=name,
                must=True,
            ),
            Choice(
                label="What is it?",
                why="It decides how a set is written, what the clock does, and how it goes on.",
                options=KINDS,
                value=lambda made: made.kind,
                take=lambda draft, value: replace(draft, kind=value),
            ),
            Choice(
                label="One side at a time?",
                why="Left and right are logged apart if they work one after the other.",
                options=SIDES,
                value=lambda made: made.sides,
                take=lambda draft, value: replace(draft, sides=value),
            ),
            Choice(
                label="Which kind of movement?",
                why="What stands in for it, and what it stands in for, is of the same kind.",
                options=CATEGORIES,
                value=lambda made: made.category,
                take=lambda draft, value: replace(draft, category=value),
            ),
            Choice(
                label="Where does it work most?",
                why="When that hurts, the exercise rests.",
                options=REGIONS,
                value=lambda made: made.region,
                take=lambda draft, value: replace(draft, region=value),
            ),
            FormLine(
                label="What does it need?",
                why="Things with commas between them, like bench, band; or nothing.",
                shown=needs,
                typed=needs,
                take=needing,
            ),
            Choice(
                label="How hard on the legs?",
                why="Sessions that are hard on the legs keep two days between them.",
                options=LEGS,
                value=lambda made: made.leg_load,
                take=lambda draft, value: replace(draft, leg_load=value),
            ),
            FormLine(
                label="To begin with?",
                why="Like 3x20s/side rest 45, or as it is shown. It goes on from what you do.",
                shown=lambda draft: dose_shown(draft, self._taken, level),
                typed=lambda draft: dose_text(draft, self._taken, level),
                take=lambda draft, typed: dosed(draft, typed, self._taken),
            ),
        )

    def show(self) -> None:
        """Show what has been answered, and what can be answered now."""
        lines: list[Line] = [[(HEAD, "dim")], []]
        lines += [[(f"{label:<{COLUMN}}", "dim"), (words, "")] for label, words in self.answered]
        open_ones = self.questions[len(self.answered) :]
        if open_ones and isinstance(open_ones[0], Choice):
            lines += [
                [],
                *(
                    [(f"  {key}  ", "accent"), (word, "")]
                    for key, (_, word) in open_ones[0].options.items()
                ),
            ]
        self.rows.show(lines)

    def _ask(self) -> None:
        """Ask the next question."""
        self.show()
        asked = self.questions[len(self.answered)]
        if isinstance(asked, Choice):
            self._ask_choice(asked)
        else:
            self._ask_line(asked)

    def _ask_choice(self, asked: Choice) -> None:
        usual = asked.key_of(self._made())

        def answer(key: str) -> None:
            value, word = asked.options[key]
            self._go_on(asked.take(self.draft, value), asked.label, word)

        if asked.options is SIDES:
            options = {key: word for key, (_, word) in asked.options.items()}
            self.ask_key(asked.label, options, answer, usual=usual, why=asked.why)
            return
        keys = sorted(map(int, asked.options))
        label = f"{asked.label} {keys[0]} to {keys[-1]} [{usual}]"
        self.ask_digit(label, keys[-1], answer, least=keys[0], usual=usual, why=asked.why)

    def _ask_line(self, asked: FormLine) -> None:
        shown = asked.shown(self.draft)

        def answer(typed: str) -> None:
            draft = asked.take(self.draft, typed)
            self._go_on(draft, asked.label, asked.shown(draft))

        def empty() -> None:
            if asked.must:
                answer(asked.typed(self.draft))
            else:
                self._go_on(self.draft, asked.label, shown)

        label = f"{asked.label} [{shown}]" if shown else asked.label
        standing = asked.typed(self.draft)
        self.ask(label, answer, standing=standing, empty=empty, why=asked.why)

    def _go_on(self, draft: Draft, label: str, words: str) -> None:
        """Note an answer and ask the next question; after the last one keep the exercise."""
        if len(self.answered) + 1 == len(self.questions):
            self._keep(draft)
            return
        self.draft = draft
        self.answered.append((label, words))
        self._ask()

    def _keep(self, draft: Draft) -> None:
        made, profile = exercise_of(draft, self._taken), self.book.profile
        before = own_exercise(profile.own_library.read(), made.id)
        with self.guarded():
            profile.change_library(partial(with_exercise, entry=exercise_entry(made)))
        if before is None:
            words, old = f"Undone: {made.name} is gone.", partial(without_exercise, name=made.id)
        else:
            words = f"Undone: {before['name']} is as it was."
            old = partial(with_exercise, entry=before)
        self._ended = True
        self.dismiss()
        self.kept(made, UndoStep(words=words, back=partial(profile.change_library, old)))

    def _prompt_closed(self, by_backspace: bool) -> None:
        """Leave with the prompt; after a click ask on."""
        left = self.focused is self.prompt.field
        super()._prompt_closed(by_backspace)
        if self._ended:
            return
        if left:
            self.action_leave()
        else:
            self.later(self._ask)
