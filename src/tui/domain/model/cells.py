"""Measure, cut, pad and wrap text by terminal cells.

Used for the screen and for plain text alike. It counts as Rich does, which draws the screen: a wide
character takes two cells, a combining mark none, a character after a zero-width joiner none, and
variation selector 16 makes a character that has an emoji form two cells wide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.domain.model.cell_widths import character_width, is_widened
from tui.domain.model.text import clean

JOINER, PICTURE = "\u200d", "\ufe0f"
# Between the halves of a hyphenated word; not in 8-12, nor after a single letter, as in "b-side".
LETTER = r"[^\d\W]"
HYPHENS = re.compile(rf"(?:(?<={LETTER}{LETTER}-)|(?<={LETTER}-{LETTER}-))(?={LETTER}-?{LETTER})")
# Only plain blanks separate words: a no-break space keeps its neighbours together.
WORDS = re.compile("( *)([^ ]+)")


def cell_width(text: str) -> int:
    """The number of cells ``text`` takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    if JOINER not in text and PICTURE not in text:
        return sum(map(character_width, text))
    return sum(width for _, width in clusters(text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """The grapheme clusters of ``text``, each with its width in cells: a character with its
    combining marks, or several joined into one emoji. Text is never cut inside one."""
    cluster, width, base, joined = "", 0, "", False
    for char in text:
        more = 0
        if joined or char == JOINER:
            joined = not joined
        elif char == PICTURE:
            more = int(bool(base) and is_widened(base))
            base = ""
        elif taken := character_width(char):
            if width:
                yield cluster, width
                cluster, width = "", 0
            base, more = char, taken
        cluster += char
        width += more
    if cluster:
        yield cluster, width


def cut(text: str, width: int) -> str:
    """As much of the start of ``text`` as fits into ``width`` cells."""
    taken = length = 0
    for cluster, size in clusters(text):
        taken += size
        if taken > width:
            return text[:length]
        length += len(cluster)
    return text


def fitted(text: str, width: int) -> str:
    """``text``, cleaned, in at most ``width`` cells, ending in an ellipsis if it was cut."""
    shown = clean(text)
    if cell_width(shown) <= width:
        return shown
    return f"{cut(shown, width - 1)}…" if width > 0 else ""


def exactly(text: str, width: int) -> str:
    """``text``, cleaned, cut or padded with blanks to exactly ``width`` cells."""
    shown = cut(clean(text), width)
    return f"{shown}{' ' * (width - cell_width(shown))}"


def padded(text: str, width: int) -> str:
    """``text``, cleaned and fitted to exactly ``width`` cells, the last of them always blank."""
    return exactly(fitted(text, width - 1), width)


def folded(
    text: str, width: int, indent: str = "", hanging: str | None = None, *, hyphens: bool = True
) -> list[str]:
    """``text``, cleaned and wrapped into lines of at most ``width`` cells. The first line starts
    with ``indent``, the others with ``hanging``, or as many blanks as ``indent`` takes. Lines break
    at blanks and, with ``hyphens``, inside hyphenated words; a word too long for any line is cut.
    Blank text gives no lines."""
    after = " " * cell_width(indent) if hanging is None else hanging
    lines: list[str] = []
    line = before = indent
    for gap, word in _words(clean(text), hyphens=hyphens):
        if line != before and cell_width(f"{line}{gap}{word}") <= width:
            line = f"{line}{gap}{word}"
            continue
        if line != before:
            lines.append(line)
            line = before = after
        rest, room = word, width - cell_width(before)
        while cell_width(rest) > room and (head := cut(rest, room)):
            lines.append(f"{before}{head}")
            rest, before = rest[len(head) :], after
            room = width - cell_width(before)
        line = f"{before}{rest}"
    return [*lines, line] if line != before else lines


def _words(text: str, *, hyphens: bool) -> Iterator[tuple[str, str]]:
    """The pieces between which a line may break, each with the blanks before it."""
    for gap, word in WORDS.findall(text):
        first, *others = HYPHENS.split(word) if hyphens else [word]
        yield gap, first
        yield from (("", other) for other in others)
