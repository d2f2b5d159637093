"""The rows of Today: columns, marks and brackets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.ui.driver import Books, running, shipped
from tui.domain.model.notation import Form
from tui.domain.model.values import Level, Measures, SetEntry, SetKind, Side, Way
from tui.domain.planning.today import item as item_of
from tui.domain.session.live import Item, Live
from tui.ui.marks import logged, to_do, worth_a_look
from tui.ui.panes.today_layout import laid_out, list_rows
from tui.ui.panes.today_rows import columns, done_words, draw_item, superset_place
from tui.ui.widgets.big_field import Field, field_lines, height_in
from tui.ui.widgets.ranked import ranked
from tui.ui.widgets.styled_text import width_of

NOW = datetime(2026, 11, 2, 18, 5, tzinfo=UTC)
NAMES = ["wall-lean-hold", "glute-sling", "towel-hamstring-eccentric", "seated-calf-raise"]


def items(*names: str) -> tuple[Item, ...]:
    made = (item_of(shipped().exercises[name], Level.INTERMEDIATE) for name in names)
    return tuple(replace(one, id=str(n)) for n, one in enumerate(made, start=1))


def session(*names: str) -> Live:
    return Live(id="s", started=NOW, items=items(*names))


def row(done: int, planned: int = 5, **more: object) -> SetEntry:
    made = SetEntry(
        id="1",
        edited="",
        number=1,
        side=Side.BOTH,
        done=Measures(reps=done),
        prescribed=Measures(reps=planned),
    )
    return replace(made, **more)


@pytest.mark.parametrize(
    ("entry", "mark"),
    [
        (row(5), "●"),
        (row(6), "▲"),
        (row(4), "▼"),
        (row(0, undone="time"), "–"),
        (row(3, kind=SetKind.WARMUP), "•"),
    ],
)
def test_each_outcome_has_a_shape_of_its_own(entry: SetEntry, mark: str) -> None:
    assert logged([entry])[0] == mark


def test_a_drop_set_is_named_beside_the_work_and_warm_ups_alone_are_not() -> None:
    def shown(*rows: SetEntry) -> str:
        return done_words(rows, "kg", Form.LONG, Way())

    hard = row(5, kind=SetKind.FAILURE), row(4, kind=SetKind.DROP)
    assert shown(row(6), *hard) == "6; 5, failure; 4, drop"
    assert shown(row(5, kind=SetKind.WARMUP)) == "5"


def test_sets_to_do() -> None:
    assert (to_do(SetKind.WORK)[0], to_do(SetKind.WARMUP)[0]) == ("○", "∘")


@pytest.mark.parametrize(
    ("entry", "seen"),
    [
        (row(5), False),
        (row(5, pain=2), False),
        (row(5, pain=3), True),
        (row(5, flags=("slow",)), True),
        (row(0, undone="other", flags=("slow",)), False),
    ],
)
def test_pain_and_flags_are_worth_a_look(entry: SetEntry, seen: bool) -> None:
    assert worth_a_look([entry]) is seen


@given(st.permutations(NAMES), st.integers(min_value=20, max_value=130))
def test_marks_line_up_and_no_row_is_too_wide(names: list[str], width: int) -> None:
    live = session(*names)
    shape = columns(live, "kg", width)
    lines = [draw_item(live, one, one.exercise, None, "kg", shape) for one in live.items]
    at = {
        sum(width_of([span]) for span in line[: -len(one.keys())])
        for line, one in zip(lines, live.items, strict=True)
    }
    assert len(at) == 1
    assert all(width_of(line) <= width for line in lines)


def test_the_columns_of_80() -> None:
    live = session(*NAMES)
    shape = columns(live, "kg", 77)
    line = draw_item(live, live.items[0], "Wall Lean Hip Flexor Hold", None, "kg", shape)
    text = "".join(words for words, _ in line)
    assert text.index("3 × (8 × 5 s) each side") == 44
    assert text.index("○○○") == 71


def test_supersets_stand_in_brackets() -> None:
    live = session(*NAMES)
    joined = tuple(replace(one, superset="x") if n < 3 else one for n, one in enumerate(live.items))
    live = replace(live, items=joined)
    assert [superset_place(live, one) for one in live.items] == [
        ("┌", "A1"),
        ("│", "A2"),
        ("└", "A3"),
        ("", ""),
    ]


def test_a_row_that_outlives_its_superset_is_in_none() -> None:
    live = session("back-squat", "calf-raise")
    gone = replace(live.items[0], superset="s1")
    assert superset_place(replace(live, items=live.items[1:]), gone) == ("", "")


@given(
    st.integers(0, 12), st.integers(10, 60), st.booleans(), st.integers(0, 12), st.integers(0, 3)
)
def test_what_must_stay_stays_and_all_fits(
    values: int, rows: int, has_field: bool, told: int, notices: int
) -> None:
    drawn = field_lines(Field(head=(), number="1"), height_in(120, rows), 77)
    field = drawn if has_field else []
    listed = list_rows(values, rows)
    room = rows - 3 - listed
    made = laid_out(
        ranked(3, [[("context", "")]]),
        field,
        ranked(2, [[("n", "")]] * notices),
        ranked(0, [[("set", "")]]) + ranked(3, [[("t", "")]] * told),
        rows,
        room,
    )
    assert [("set", "")] in made.below_field
    assert len(made.top) + len(made.above_field) + len(field) + len(made.below_field) <= room


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_list_and_field_keep_their_rows_from_state_to_state(
    books: Books, size: tuple[int, int]
) -> None:
    async with running(books.open(), books.clock, size) as ui:
        await ui.press("space")
        seen = set()
        for seconds in (0, 6, 4, 110, 40, 300):
            await ui.pass_time(seconds, step=60)
            lines = ui.lines()
            row = next(n for n, line in enumerate(lines) if "Wall Lean" in line)
            big = next(n for n, line in enumerate(lines) if "██" in line)
            seen.add((row, big))
        assert len(seen) == 1
