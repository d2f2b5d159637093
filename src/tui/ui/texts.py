"""The text of the pages: help, notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.domain.model.cells import folded
from tui.ui.commands import HISTORY, PLACES, SUMMARY, TODAY, at
from tui.ui.marks import LEGEND
from tui.ui.widgets.styled_text import Line, wrapped

KEY_WIDTH, NARROW_KEY = 18, 10
NARROW = 56
# Where sets have marks.
MARKED = (TODAY, HISTORY, SUMMARY)


def help_lines(here: str, own: Mapping[str, str], width: int) -> list[Line]:
    """The marks of sets, where they are seen; all keys, those of the place ``here`` first, with the
    runner's ``own`` ones (by command id); then the notation."""
    lines: list[Line] = []
    if here in MARKED:
        lines += [[("Marks", "accent")]]
        for mark, does in LEGEND:
            lines += _explained(mark, does, width)
        lines.append([])
    for place in sorted(PLACES, key=lambda place: place != here):
        lines += wrapped(PLACES[place], width, "accent")
        for c in at(place, own=own):
            lines += _explained(c.shown, c.words, width)
        lines.append([])
    lines += [[("How sets are written", "accent")]]
    for example, words in NOTATION:
        lines += _explained(example, words, width)
    return [*lines, [], *wrapped(ADVICE, width, "dim")]


def _explained(term: str, words: str, width: int) -> list[Line]:
    """What a key or an example means, in a column beside it; a long term has a line of its own."""
    column = 2 + (KEY_WIDTH if width >= NARROW else NARROW_KEY)
    start = f"  {term} "
    told: list[Line] = [[(" " * column + line, "")] for line in folded(words, width - column)]
    if len(start) > column:
        return [[(start, "strong")], *told]
    first = [(f"{start:<{column}}", "strong"), (told[0][0][0][column:], "")]
    return [first, *told[1:]]


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
    ("8 a20kg", "20 kg of help, by a machine or a band; 8 · 20 kg help says the same"),
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
