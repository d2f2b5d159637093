"""The rows of the Today pane: each exercise with its dose and a mark for each set, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.calculator.reasons import sentence
from tui.domain.model.cells import cell_width, exactly, fitted
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.notation import Form, planned, show, written
from tui.domain.model.values import SetEntry, SetKind, Way
from tui.domain.session.live import Item, Key, Live
from tui.ui.marks import LOOK, WAITING, logged, to_do, worth_a_look
from tui.ui.widgets.styled_text import Line, Span

WIDEST_NAME, LEAST_NAME = 41, 20
BRACKETS = 1  # The column of the brackets of supersets.
# From so many cells on doses are written in full.
LONG_FROM = 64
# Behind the marks: a picked set takes two cells more, as does what is worth a look.
BEHIND = 3


class Columns(Struct, frozen=True):
    """The widths of names and doses, in cells, and how doses are written; ``dose`` is 0 if there is
    no room for them."""

    name: int
    dose: int
    form: Form


def columns(live: Live, unit: str, width: int) -> Columns:
    """The columns of a session, so that its sets line up: the name, at most 41 cells, the dose as
    planned, the marks at the right. Where names would be cut too short, there are no doses."""
    marks = max((len(item.keys()) for item in live.items), default=0)
    room = max(0, width - BRACKETS - marks - BEHIND)
    form = Form.LONG if width >= LONG_FROM else Form.SHORT
    doses = (planned_words(item, work_keys(item), unit, form) for item in live.items)
    dose = max(map(cell_width, doses), default=0)
    name = room - dose - 1
    if name < LEAST_NAME:
        return Columns(room, 0, form)
    name = min(name, WIDEST_NAME + 2)
    return Columns(name, room - name, form)


def draw_item(
    live: Live,
    item: Item,
    name: str,
    picked: Key | None,
    unit: str,
    shape: Columns,
) -> Line:
    """One exercise: its name, its dose, and a mark for each set."""
    done = not live.open_keys(item)
    bracket, label = superset_place(live, item)
    name = f"{label} {name}" if label else name
    line: list[Span] = [
        (bracket or " ", "dim"),
        (exactly(fitted(name, shape.name - 1), shape.name), "dim" if done else "strong"),
    ]
    if shape.dose:
        dose = exactly(fitted(dose_words(live, item, unit, shape.form), shape.dose - 1), shape.dose)
        line.append((dose, "dim" if done else ""))
    return [*line, *set_marks(live, item, picked)]


def set_marks(live: Live, item: Item, picked: Key | None) -> list[Span]:
    """The marks of an exercise's sets, ``picked`` in brackets."""
    marks: list[Span] = []
    for key in item.keys():
        mark = _mark(live, key)
        marks += [("[", "accent"), mark, ("]", "accent")] if key == picked else [mark]
    if any(worth_a_look(live.rows[key]) for key in item.keys() if key in live.rows):
        marks.append(LOOK)
    return marks


def _mark(live: Live, key: Key) -> Span:
    if key in live.pending:
        return (WAITING, "warn")
    rows = live.rows.get(key)
    return to_do(key.kind) if rows is None else logged(rows)


def superset_place(live: Live, item: Item) -> tuple[str, str]:
    """The bracket of an exercise in a superset and what it is called in it, such as ``┌`` and
    ``A1``; both empty outside one."""
    if item.superset is None:
        return "", ""
    groups: Mapping[str | None, int] = {
        name: place
        for place, name in enumerate(
            dict.fromkeys(one.superset for one in live.items if one.superset is not None)
        )
    }
    members = [one.id for one in live.items if one.superset == item.superset]
    if item.id not in members:
        # It has just gone, and its row is drawn once more before the list is.
        return "", ""
    place = members.index(item.id)
    bracket = "┌" if place == 0 else "└" if place == len(members) - 1 else "│"
    return bracket, f"{chr(ord('A') + groups[item.superset] % 26)}{place + 1}"


def draw_resting(book: Logbook, said: Advice, width: int) -> Line:
    """An exercise that rests today, with the main reason."""
    name = exercise_name(book.profile.library, said.exercise)
    why = sentence(said.reasons[0], book.profile.library, book.profile.unit) if said.reasons else ""
    return [(fitted(f" {name}: rest. {why}", width - 1), "dim")]


def dose_words(live: Live, item: Item, unit: str, form: Form) -> str:
    """The dose of the work sets; once all are logged, what was done."""
    work = work_keys(item)
    if any(live.is_open(key) for key in work):
        return planned_words(item, work, unit, form)
    rows = [row for key in work for row in live.rows[key]]
    return done_words(rows, unit, form, item.way)


def planned_words(item: Item, keys: Iterable[Key], unit: str, form: Form) -> str:
    """What to do in some sets, without saying that they are warm-ups: marks or labels do."""
    sets = [replace(item.planned(key), kind=SetKind.WORK) for key in keys]
    return planned(sets, unit, form, way=item.way)


def done_words(rows: Iterable[SetEntry], unit: str, form: Form, way: Way) -> str:
    """How much was done in some sets, without how it felt and that they are warm-ups; empty for
    sets left out. ``feet`` land in a jump."""
    bare = [
        replace(written(row), rir=None, effort=None, pain=None, flags=())
        for row in rows
        if row.undone is None
    ]
    if all(row.kind is SetKind.WARMUP for row in bare):
        bare = [replace(row, kind=SetKind.WORK) for row in bare]
    return show(bare, unit, form, way=way)


def work_keys(item: Item) -> Sequence[Key]:
    """The work sets of an item; of one that is there to warm up alone, its warm-up sets."""
    return [key for key in item.keys() if key.kind is not SetKind.WARMUP] or item.keys()
