"""The text of the pages: help, notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.ui.commands import PLACES, at
from tui.ui.widgets.styled_text import Line, wrapped

KEY_WIDTH = 18


def help_lines(here: str, own: Mapping[str, str], width: int) -> list[Line]:
    """All keys, those of the place ``here`` first, with the runner's ``own`` ones (by command id),
    then the notation."""
    lines: list[Line] = []
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
    ("3x8 60kg rir3", "three sets of eight with 60 kg, three reps left"),
    ("60kg x 8,8,7", "three sets of one load"),
    ("3x25/side", "left and right each"),
    ("3x8x5s/side", "eight holds of five seconds a side, three times"),
    ("L40s R38s", "one set, the sides apart"),
    ("8/side Rpain3", "what is of one side alone"),
    ("3x5 t10", "ten seconds down"),
    ("3x40m/side 16kg", "carries"),
    ("8 60kg slow # hot", "a flag and a note"),
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
