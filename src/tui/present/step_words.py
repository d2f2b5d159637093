"""What a step of a session was, in words, from the states before and after it: undo says so."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui.domain.model.notation import Form, planned, show, written
from tui.domain.model.text import number_of
from tui.domain.model.values import SetEntry, SetKind
from tui.domain.session.live import Item, Key, Live

Name = Callable[[Item], str]


def set_name(key: Key) -> str:
    """A set of an exercise: ``set 2`` or ``warm-up 1``."""
    return f"{'set' if key.kind is SetKind.WORK else 'warm-up'} {key.number}"


def step_words(before: Live, after: Live, name: Name, unit: str) -> str:
    """The step that leads from ``before`` to ``after``: ``Back Squat set 2, 5 × 60 kg``. ``name``
    gives the name of an item's exercise; loads are shown in ``unit``."""
    changed = [key for key, rows in after.rows.items() if rows != before.rows.get(key)]
    confirmed = [key for key in before.pending if key not in after.pending and key in after.rows]
    # A set that waited is confirmed along with the step that comes next.
    own = [key for key in changed if key not in confirmed] or changed or confirmed
    if len(own) == 1:
        [key] = own
        item = after.item(key.item)
        called = f"{name(item)} {set_name(key)}"
        return f"{called}{_what(item, before.rows.get(key, ()), after.rows[key], unit)}"
    if own:
        left = all(after.rows[key][0].undone is not None for key in own)
        return f"{number_of(len(own), 'set')}{' left out' if left else ''}"
    if before.note != after.note:
        return "the note on this session"
    return _items(before, after, name, unit)


def _what(item: Item, old: tuple[SetEntry, ...], new: tuple[SetEntry, ...], unit: str) -> str:
    """What has changed about a set."""
    if new[0].undone is not None:
        return ", left out"
    if old and old[0].undone is None and [row.done for row in old] == [row.done for row in new]:
        for field, words in (("rir", "{:g} spare"), ("pain", "pain {:g}")):
            told = getattr(new[0], field)
            if told != getattr(old[0], field) and told is not None:
                return f", {words.format(told)}"
        if new[0].note != old[0].note:
            return ", its note"
        flags = {flag for row in (*new, *old) for flag in row.flags}
        both = {flag for flag in flags if all(flag in row.flags for row in (*new, *old))}
        if flags - both:
            return f", {' and '.join(sorted(flags - both))}"
    # That it is a warm-up is in its name.
    rows = (replace(written(row), kind=SetKind.WORK) for row in new)
    shown = show(rows, unit, Form.LONG, way=item.way)
    return f", {shown}" if shown else ""


def _items(before: Live, after: Live, name: Name, unit: str) -> str:
    """What has changed about the exercises."""
    old = {item.id: item for item in before.items}
    new = {item.id: item for item in after.items}
    added = [item for item in after.items if item.id not in old]
    gone = [item for item in before.items if item.id not in new]
    if added and gone:
        return f"{name(added[0])} instead of {name(gone[0])}"
    if added or gone:
        many = added or gone
        which = name(many[0]) if len(many) == 1 else number_of(len(many), "exercise")
        return f"{which} {'added' if added else 'left out'}"
    for item in after.items:
        other = old[item.id]
        if item.superset != other.superset:
            return f"the superset of {name(item)}"
        if item.exercise != other.exercise:
            return f"{name(item)} instead of {name(other)}"
        if item.now != other.now:
            count = len(item.now.sets) - len(other.now.sets)
            if count:
                more = number_of(abs(count), "set")
                return f"{more} {'more' if count > 0 else 'fewer'} of {name(item)}"
            coming = [key for key in item.keys() if after.is_open(key)][:1]
            sets = map(item.planned, coming)
            return f"{name(item)}, {planned(sets, unit, Form.LONG, way=item.way)}"
    return "the order of the exercises" if after.items != before.items else "the last step"
