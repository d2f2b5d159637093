"""The text of the pages: help, notices, how to do an exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.domain.calculator import Advice
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import planned
from tui.domain.model.values import Exercise, Level, Prescription
from tui.domain.planning.today import item as item_of
from tui.present.library import facts
from tui.present.words import sources_words
from tui.ui.commands import HISTORY, PLACES, SUMMARY, TODAY, at
from tui.ui.marks import LEGEND
from tui.ui.widgets.styled_text import Line, wrapped

KEY_WIDTH = 18
# Where sets have marks.
MARKED = (TODAY, HISTORY, SUMMARY)


def help_lines(here: str, own: Mapping[str, str], width: int) -> list[Line]:
    """The marks of sets, where they are seen; all keys, those of the place ``here`` first, with the
    runner's ``own`` ones (by command id); then the notation."""
    lines: list[Line] = []
    if here in MARKED:
        lines += [[("Marks", "accent")]]
        lines += [[(f"  {mark:<{KEY_WIDTH - 1}} ", "strong"), (does, "")] for mark, does in LEGEND]
        lines.append([])
    for place in sorted(PLACES, key=lambda place: place != here):
        lines += [[(PLACES[place], "accent")]]
        for c in at(place, own=own):
            lines.append([(f"  {c.shown:<{KEY_WIDTH - 1}} ", "strong"), (c.words, "")])
        lines.append([])
    lines += [[("How sets are written", "accent")]]
    for example, words in NOTATION:
        lines.append([(f"  {example:<{KEY_WIDTH}}", "strong"), (words, "")])
    return [*lines, [], *wrapped(ADVICE, width, "dim")]


NOTATION = (
    ("7", "in a set: 7 reps, all else as it stands"),
    ("62,5kg  62.5 kg", "in a set: that weight"),
    ("2 spare  rir2", "two more reps would have gone"),
    ("L8 R6", "one set, the sides apart"),
    ("1:30  90s", "a hold"),
    ("pain 3 # hot", "pain, and a note"),
    ("3x8 60kg", "three sets of eight with 60 kg"),
    ("8, 8, 7 · 60 kg", "three sets with one weight"),
    ("3x25/side", "25 with each side"),
    ("3x8x5s/side", "eight holds of five seconds each side, three times"),
    ("3x5 t10", "ten seconds down; 3x5, 10 s down says the same"),
    ("3x40m/side 16kg", "carries"),
)
ADVICE = "Stridelift is no medical advice. What hurts belongs in front of a professional."


def notices_lines(notices: Sequence[str], width: int) -> list[Line]:
    """What there is to know about the files, a paragraph each."""
    if not notices:
        return wrapped("Nothing is wrong with your files, as far as they were read.", width)
    lines: list[Line] = []
    for notice in notices:
        lines += [*wrapped(notice, width), []]
    return lines[:-1]


def exercise_lines(
    exercise: Exercise,
    library: Library,
    level: Level,
    said: Advice | None,
    unit: str,
    width: int,
    warm_up: Prescription | None = None,
) -> list[Line]:
    """How to do an exercise, its dose for a level or that of a ``warm_up``, what comes next if that
    is known (``said``), its sources, and its easier and harder variants."""
    dose = item_of(exercise, level).plan if warm_up is None else warm_up
    lines: list[Line] = [
        [(planned(dose.sets, unit), "strong"), (f"   rest {dose.rest_s} s", "dim")],
    ]
    if said is not None:
        other = "" if said.variant == exercise.id else f"{exercise_name(library, said.variant)} "
        coming = planned(said.plan.sets, unit) if said.plan.sets else "rest"
        lines.append([("Next for you: ", "dim"), (f"{other}{coming}", "")])
    lines.append([])
    for number, cue in enumerate(exercise.cues, start=1):
        lines += wrapped(cue, width, indent=f"{number}  ")
    lines += [[], [("Why a runner does it", "accent")], *wrapped(exercise.why, width), []]
    for label, value in (
        ("source", sources_words(library, exercise.sources)),
        ("kind", f"{exercise.kind.value}, {exercise.sides.value.replace('-', ' ')}"),
        *facts(exercise, library),
    ):
        lines += wrapped(value, width, indent=f"{label.capitalize():<12}")
    return lines
