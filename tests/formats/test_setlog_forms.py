"""The set log as one JSON object and as a table: they say what its JSONL says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.formats.setlogs import logs
from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.model.values import Measures, Record, Session, SetEntry
from tui.domain.model.visible import visible
from tui.formats import setlog_csv, setlog_json
from tui.formats.json_lines import BOM
from tui.formats.other_apps.table import table_of
from tui.formats.setlog_join import join
from tui.formats.setlog_reader import Parsed, parse, parse_objects
from tui.formats.setlog_writer import docs, render

Log = tuple[list[Session], list[Record]]
LIBRARY = shipped_library()
SQUAT = {"date": "2026-11-02", "exercise": "back-squat", "set": 1, "reps": 8, "load_kg": 60.0}
HEADER = "type,date,exercise,set,side,id"


def here(naive: datetime) -> datetime:
    return naive.replace(tzinfo=timezone(timedelta(hours=1)))


def from_jsonl(log: Log) -> Parsed:
    return parse([f"{line}\n".encode() for line in render(*log)], LIBRARY, here)


def from_json(data: bytes) -> Parsed:
    return parse_objects(setlog_json.objects(data), LIBRARY, here)


def from_csv(text: str) -> Parsed:
    return parse_objects(setlog_csv.objects(table_of(text)), LIBRARY, here)


Row = tuple[str, str, str, str, SetEntry]


def rows(sessions: Iterable[Session]) -> list[Row]:
    """Each side of a set with the ids of where it is, without what only its file knows."""
    return [
        (session.id, entry.id, entry.exercise, entry.superset or "", row)
        for session in sessions
        for entry in session.entries
        for row in entry.sets
    ]


def told(rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """What a cell can say of each set; a prescription of nothing says nothing."""
    return [
        (
            *(*where, row.id, row.edited, row.number, row.side, row.kind, row.done, row.rir),
            *(row.effort, row.pain, row.flags, row.undone, row.confirmed, row.note, row.at),
            *(row.replaces, row.was, row.prescribed or Measures()),
        )
        for *where, row in rows
    ]


def shown(sessions: Iterable[Session]) -> dict[str, tuple[Any, ...]]:
    """What a log shows of each side of a set, by id. Times are written to the second."""
    seen = [session for session in map(visible, sessions) if not session.deleted]
    live = [replace(s, entries=tuple(replace(e, sets=e.live()) for e in s.live())) for s in seen]
    found = [(a, b, c, d, replace(row, at=row.at[:19])) for a, b, c, d, row in rows(live)]
    return {row[-1].id: said for row, said in zip(found, told(found), strict=True)}


@examples(50)
@given(logs())
def test_a_log_comes_back_from_jsonl_with_its_ids(log: Log) -> None:
    assert shown(join([], [], from_jsonl(log)).sessions) == shown(log[0])


@examples(50)
@given(logs())
def test_json_says_what_jsonl_says(log: Log) -> None:
    data = setlog_json.render(docs(*log)).encode()
    assert setlog_json.fits(data)
    assert from_json(data) == from_jsonl(log)
    assert data.isascii()


@examples(50)
@given(logs())
def test_a_table_has_the_same_sets_sessions_and_records(log: Log) -> None:
    text = setlog_csv.render(docs(*log))
    table = table_of(text)
    assert setlog_csv.fits(table.plain)
    mine, theirs = from_csv(text), from_jsonl(log)
    assert mine.problems == ()
    assert told(rows(mine.sessions)) == told(rows(theirs.sessions))
    assert [(s.id, s.started, s.finished, s.programme, s.part, s.note) for s in mine.sessions] == [
        (s.id, s.started, s.finished, s.programme, s.part, s.note) for s in theirs.sessions
    ]
    assert mine.tombstones == theirs.tombstones
    assert [(r.id, r.edited, r.type, r.day, r.values["pain"]) for r in mine.records] == [
        (r.id, r.edited, r.type, r.day, r.values["pain"]) for r in theirs.records
    ]


# --- JSON ---------------------------------------------------------------------------------------


def test_a_json_log_may_be_laid_out_anew_by_another_program() -> None:
    doc = {"lines": [SQUAT, {**SQUAT, "set": 2}], "schema": 2, "by": "hand"}
    data = BOM + json.dumps(doc, indent=4).encode()
    assert setlog_json.fits(data)
    assert from_json(data).lines == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"schema":3,"lines":[]}', "newer stridelift (schema 3, this one knows 2); update"),
        (b'{"schema":2}', "has no lines"),
        (b'{"schema":2,"lines":{}}', "has no lines"),
        (b'{"schema":2,"lines":[', "is not JSON"),
        (b'{"schema":2,"lines":[NaN]}', "holds NaN"),
        (b"[" * 100_000, "nested too deep"),
        (b"[]", "must be a JSON object"),
        (b"\xff", "is not UTF-8"),
        (b'{"schema":2,"lines":[{}, 1]}', "line 2: must be a JSON object"),
        (b'{"schema":2,"lines":[{}]}', "line 1: date is missing"),
    ],
)
def test_what_is_no_json_log_is_refused_with_the_reason(data: bytes, words: str) -> None:
    parsed = from_json(data)
    assert words in "; ".join(map(str, parsed.problems))
    assert parsed.sessions == ()


@pytest.mark.parametrize("data", [b'{"date":"2026-11-02"}', b"[]", b"", b'{"schema_version": 1}'])
def test_other_json_is_not_taken_for_a_log(data: bytes) -> None:
    assert not setlog_json.fits(data)


# --- CSV ----------------------------------------------------------------------------------------


def test_cells_that_a_spreadsheet_would_work_out_are_harmless() -> None:
    notes = ["=1+1", "@SUM(A1)", "-5", "+5", "\t=1", "'=1", "it's fine", "a, b\nc"]
    lines = [{**SQUAT, "set": n, "note": note} for n, note in enumerate(notes, start=1)]
    text = setlog_csv.render(lines)
    cells = [cell for _, row in table_of(text).rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "-", "+", "\t"))]
    assert [row[-1].note for row in rows(from_csv(text).sessions)] == notes


@pytest.mark.parametrize(
    ("text", "done"),
    [
        (f"{HEADER},reps,load_kg\nset,2026-11-02,back-squat,1,both,A,8,60.5\n", (8, 60.5)),
        (f"ID,{HEADER[:-3]},Reps\r\nA,set,2026-11-02,back-squat,1,both,8\r\n", (8, None)),
        (
            f"{HEADER},reps,load_kg\n,2026-11-02,back-squat,1,,A,8,60.0\n".replace(
                ",", ";"
            ).replace(".", ","),
            (8, 60),
        ),
        (f"{HEADER},reps\nset,2026-11-02,back-squat,1,both,A,8,,,\n\n", (8, None)),
        (f"{HEADER},reps,load_kg\nset,2026-11-02,back-squat,1,both,A,8\n", (8, None)),
    ],
)
def test_a_table_may_have_other_columns_order_case_and_marks(
    text: str, done: tuple[int, float | None]
) -> None:
    parsed = from_csv(text)
    assert parsed.problems == ()
    [(_, _, exercise, _, row)] = rows(parsed.sessions)
    assert (exercise, row.id) == ("back-squat", "A")
    assert (row.done.reps, row.done.load_kg) == done


def test_the_format_names_every_column() -> None:
    path = Path(__file__).parents[2] / "docs" / "format.md"
    text = path.read_text(encoding="utf-8").partition("### As a table (CSV)")[2]
    named = set(re.findall(r"`(\w+)`", text.partition("###")[0]))
    assert {*setlog_csv.COLUMNS} - {*setlog_csv.PLANNED} <= named


def test_lists_have_semicolons_between() -> None:
    versions = ["2026-11-02 18:05:00+01:00", "2026-11-03T18:05:00+01:00"]
    line = {**SQUAT, "flags": ["slow", "knee"], "replaces": versions}
    text = setlog_csv.render([line])
    assert ",slow;knee," in text
    [(*_, row)] = rows(from_csv(text).sessions)
    assert (row.flags, row.replaces) == (("slow", "knee"), tuple(versions))


def test_left_and_right_are_rows_of_their_own() -> None:
    both = [{**SQUAT, "exercise": "side-plank", "side": side} for side in ("left", "right")]
    text = setlog_csv.render(both)
    assert len(text.splitlines()) == 3
    assert [row[-1].side for row in rows(from_csv(text).sessions)] == ["left", "right"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("set,2026-11-02,back-squat,1,both,A,8,yes", "line 2: confirmed must be true or false"),
        ("set,2026-11-02,back-squat,one,both,A,8,", "line 2: set must be"),
        ("set,2026-11-02,back-squat,1e999,both,A,8,", "line 2: set must be"),
        ("set,02/11/2026,back-squat,1,both,A,8,", "line 2: date must be"),
        ("set,2026-11-02,back-squat,1,both,A,8,,firm", "line 2: has more cells than"),
        ('set,2026-11-02,back-squat,1,both,A,8,"', "line 2: is damaged or cut off"),
        ("jog,2026-11-02,back-squat,1,both,A,8,", "line 2: type can be"),
    ],
)
def test_a_bad_row_is_told_of_by_its_line(row: str, words: str) -> None:
    parsed = from_csv(f"{HEADER},reps,confirmed\n{row}\n")
    [problem] = parsed.problems
    assert words in str(problem)


@pytest.mark.parametrize(
    "header",
    [
        ("date", "workout name", "exercise name", "set order", "weight", "reps"),
        ("date", "exercise", "category", "weight", "weight unit", "reps", "time", "comment"),
        ("date", "exercise", "set", "reps", "weight"),
        (),
    ],
)
def test_tables_of_other_apps_are_not_taken_for_ours(header: tuple[str, ...]) -> None:
    assert not setlog_csv.fits(header)


@examples(50)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    from_csv(f"{HEADER},reps,note\n{text}")
    from_json(text.encode("utf-8", "surrogatepass"))
