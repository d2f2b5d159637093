"""Says what became of a damaged file, for as long as it lies beside the one that took its place."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui.domain.model.ids import day_of
from tui.domain.model.text import clean
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.tables import Tables

NAMED = 3


def set_aside_copies(path: Path) -> list[Path]:
    """The damaged files that were set aside from a path and not dealt with yet."""
    with suppress(OSError):
        return sorted(path.parent.glob(f"{path.name}.damaged-*"))
    return []


def missing(aside: Path, tables: Tables, most: int) -> list[str] | None:
    """The ids that a damaged file had and that neither it nor ``tables`` can tell any more; None if
    it could not be read to its end, so that nobody knows: its copy lacks what was written last."""
    # Hardly ever is there a damaged file.
    from tui.store.outside_edits import ids_of
    from tui.store.salvage import salvage

    try:
        found = read_file(aside, most)
    except StoreError:
        return None
    read = salvage(found[1] if found else b"")
    if not read.ended:
        return None
    there = {name for ids in ids_of(tables) for name in ids[1:]}
    known = (name for name in read.unreadable if name in there)
    named = (one for name in known for one in read.named[name])
    return [name for name in (*read.unreadable, *named) if name not in there]


def lost(gone: Sequence[str] | None) -> str:
    """What of a damaged file is missing, in words; ``gone`` as :func:`missing` returns it."""
    if gone is None:
        return "not all of it could be read, and nobody knows what is missing"
    if not gone:
        return "nothing is missing"
    days = sorted({str(day) for one in gone if (day := day_of(one)) is not None})
    more = f" and {len(days) - NAMED} more days" if len(days) > NAMED else ""
    of = f" ({', '.join(days[:NAMED])}{more})" if days else ""
    return f"{'1 thing' if len(gone) == 1 else f'{len(gone)} things'} in it could not be read{of}"


def damage_line(path: Path, kept: Path, gone: Sequence[str] | None) -> str:
    """The notice about a damaged file: what is missing, where it is kept, and what to type.

    ``gone`` are the ids of what is missing (see :func:`missing`)."""
    back = "brings back what your backups have of it, and " if gone is None or gone else ""
    return (
        f"{clean(str(path))} was damaged: {lost(gone)}. The damaged file is kept as "
        f"{clean(kept.name)}: stridelift doctor --repair {back}moves it to merged/."
    )
