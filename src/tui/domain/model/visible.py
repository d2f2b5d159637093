"""What a stored session shows: deletions cover what is older, and no two sets have one place.

Nothing is rewritten for it: the documents stay as they are, so that copies join.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from tui.domain.model.stamps import edited_at
from tui.domain.model.values import Entry, Session, SetEntry, Side


def visible(session: Session) -> Session:
    """The session as it is shown and counted; the same object if nothing differs.

    A deleted session or entry covers everything that was last edited before its deletion; what is
    younger, because another machine did not know of the deletion, is shown. Of two copies of one
    set that cannot be told apart (schema 1, without a time) the later is shown. Sets in one place
    are numbered on. Where no set and no note is left there is nothing to show.
    """
    covered = edited_at(session.edited) if session.deleted else None
    entries = tuple(_entry(entry, covered) for entry in session.entries)
    entries = _without_twins(entries)
    left = any(not e.deleted and e.live() for e in entries)
    alive = left or (bool(session.note) and not session.deleted)
    if all(map(_same, entries, session.entries)) and alive is not session.deleted:
        return session
    return replace(session, entries=entries, deleted=not alive)


def twins(entries: Iterable[Entry]) -> list[tuple[SetEntry, SetEntry]]:
    """The pairs of sets that may be one: an earlier version, which is not shown, and the later one.
    Both had one id in schema 1, one exercise and no time."""
    found: dict[tuple[str, str], SetEntry] = {}
    pairs = []
    for entry, row in ((e, row) for e in entries for row in e.sets):
        if not row.was or row.at or row.deleted:
            continue
        # No correction ever changed the exercise: under another one it is another set.
        place = entry.exercise, row.was
        other = found.get(place)
        if other is not None and other.id != row.id:
            older, newer = sorted((other, row), key=lambda r: (edited_at(r.edited), r.id))
            pairs.append((older, newer))
            found[place] = newer
        else:
            found[place] = row
    return pairs


def _same(one: object, other: object) -> bool:
    return one is other


def _entry(entry: Entry, covered: float | None) -> Entry:
    """The entry, with the sets that a deletion covers marked as deleted."""
    if entry.deleted:
        covered = max(edited_at(entry.edited), covered or float("-inf"))
    if covered is None:
        return _numbered_on(entry)
    rows = tuple(
        row if row.deleted or edited_at(row.edited) > covered else replace(row, deleted=True)
        for row in entry.sets
    )
    alive = any(not row.deleted for row in rows)
    if alive is not entry.deleted and all(map(_same, rows, entry.sets)):
        return _numbered_on(entry)
    return _numbered_on(replace(entry, sets=rows, deleted=not alive))


def _without_twins(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if not any(row.was and not row.at for entry in entries for row in entry.sets):
        return entries
    older = {one.id for one, _ in twins(entries)}
    if not older:
        return entries
    return tuple(
        replace(e, sets=tuple(replace(r, deleted=True) if r.id in older else r for r in e.sets))
        if any(r.id in older for r in e.sets)
        else e
        for e in entries
    )


def _numbered_on(entry: Entry) -> Entry:
    """The entry, its sets numbered on where two of them have one place."""
    places = [(row.kind, row.number, row.side) for row in entry.sets if not row.deleted]
    if len(set(places)) == len(places):
        return entry
    numbers: dict[str, int] = {}
    for kind in {kind for kind, _, _ in places}:
        last = 0
        for number in sorted({number for of, number, _ in places if of is kind}):
            rows = [
                row
                for row in entry.sets
                if (row.kind, row.number) == (kind, number) and not row.deleted
            ]
            for together in _sets(rows):
                last = max(last + 1, number)
                numbers |= {row.id: last for row in together}
    return replace(
        entry,
        sets=tuple(
            replace(row, number=numbers[row.id])
            if numbers.get(row.id, row.number) != row.number
            else row
            for row in entry.sets
        ),
    )


def _sets(rows: Iterable[SetEntry]) -> list[Sequence[SetEntry]]:
    """The rows of one number as sets, by id: each left with the right that was done at the same
    time, or else with any; those of both sides alone."""
    by_side: dict[Side, list[SetEntry]] = {side: [] for side in Side}
    for row in sorted(rows, key=lambda row: row.id):
        by_side[row.side].append(row)
    lefts, rights = by_side[Side.LEFT], by_side[Side.RIGHT]
    sets: list[Sequence[SetEntry]] = [[row] for row in by_side[Side.BOTH]]
    for left in tuple(lefts):
        right = next((row for row in rights if row.at and row.at == left.at), None)
        if right is not None:
            sets.append([left, right])
            lefts.remove(left)
            rights.remove(right)
    pairs = zip_longest(lefts, rights)
    sets += [[row for row in pair if row is not None] for pair in pairs]
    return sorted(sets, key=lambda together: together[0].id)
