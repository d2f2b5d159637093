"""What can be looked for by name: commands in plain words, and every setting with its value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from tui.present.setting_rows import ROWS, Row
from tui.present.setting_words import Known, value_words
from tui.ui.commands import Command


class Entry(Struct, frozen=True, kw_only=True):
    """One row of the palette: its words and its key, the words it is found by as well (``finds``),
    and the ``command`` or the settings ``row`` that it stands for."""

    words: str
    key: str = ""
    finds: str = ""
    command: Command | None = None
    row: Row | None = None


def entries(commands: Iterable[Command], known: Known, settings_key: str) -> list[Entry]:
    """The commands that can be carried out, then all settings."""
    made = [
        Entry(
            words=one.plain, key=one.shown.split()[0], finds=f"{one.finds} {one.words}", command=one
        )
        for one in commands
    ]
    for row in ROWS:
        value = value_words(row, known)
        words = f"{row.label}: {value}" if value else row.label
        finds = f"setting {row.finds} {row.id.replace('.', ' ')}"
        made.append(Entry(words=words, key=row.key or settings_key, finds=finds, row=row))
    return made


def found(every: Sequence[Entry], typed: str) -> list[Entry]:
    """The entries that what was typed finds: first those that begin with it, then those with words
    that do, then those found by other words. All of them for nothing."""
    typed = " ".join(typed.casefold().split())
    ranks: list[list[Entry]] = [[], [], []]
    for entry in every:
        words = entry.words.casefold()
        if words.startswith(typed):
            ranks[0].append(entry)
        elif _begins(typed, words):
            ranks[1].append(entry)
        elif _begins(typed, f"{words} {entry.finds.casefold()}"):
            ranks[2].append(entry)
    return [entry for rank in ranks for entry in rank]


def _begins(typed: str, text: str) -> bool:
    """Whether each word typed begins a word of the text."""
    words = [word.strip("(,:;“”") for word in text.split()]
    return all(any(word.startswith(part) for word in words) for part in typed.split())
