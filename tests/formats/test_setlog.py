"""The set log: what goes out comes in again, and what is wrong is told of by its line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.formats.setlogs import instants, logs
from tests.strategies import texts
from tui.bootstrap import shipped_library
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, SetKind, Side
from tui.domain.model.visible import visible
from tui.formats.json_lines import DEEPEST, LONGEST
from tui.formats.setlog_fields import OF_LINE
from tui.formats.setlog_join import join
from tui.formats.setlog_reader import MOST_PROBLEMS, Parsed, parse
from tui.formats.setlog_writer import render

LIBRARY = shipped_library()
ZONE = timezone(timedelta(hours=1))
EXAMPLE = (
    '{"date":"2026-11-02","time":"18:05","exercise":"back-squat","set":1,"side":"both",'
    '"load_kg":60.0,"reps":8,"rir":3,"pain":0,"kind":"work"}'
)


def here(naive: datetime) -> datetime:
    return naive.replace(tzinfo=ZONE)


def read(*lines: str | bytes) -> Parsed:
    data = [line.encode() if isinstance(line, str) else line for line in lines]
    return parse([line + b"\n" for line in data], LIBRARY, here)


def line(**changes: Any) -> str:
    """The example with other fields; None takes one out."""
    doc = {**json.loads(EXAMPLE), **changes}
    return json.dumps({key: value for key, value in doc.items() if value is not None})


def one(parsed: Parsed) -> tuple[Session, Entry, SetEntry]:
    """The only set of what was read."""
    assert parsed.problems == ()
    [session] = parsed.sessions
    [entry] = session.entries
    [row] = entry.sets
    return session, entry, row


# --- what a line says ---------------------------------------------------------------------------


def test_the_example_is_a_set_of_its_day() -> None:
    session, entry, row = one(read(EXAMPLE))
    assert session.started == datetime(2026, 11, 2, 18, 5, tzinfo=ZONE)
    assert entry.exercise == "back-squat"
    assert row.done == Measures(load_kg=60.0, reps=8)
    assert (row.number, row.side, row.kind) == (1, Side.BOTH, SetKind.WORK)
    assert (row.rir, row.pain, row.at) == (3, 0, "2026-11-02T18:05:00+01:00")


def test_an_offset_that_is_given_counts_and_not_the_one_of_this_place() -> None:
    session, _, _ = one(read(line(offset="-08:00")))
    assert session.started == datetime(2026, 11, 3, 2, 5, tzinfo=UTC)
    assert session.day == date(2026, 11, 2)


def test_without_a_time_the_session_stands_at_noon_and_the_set_has_no_time() -> None:
    session, _, row = one(read(line(time=None)))
    assert session.started == datetime(2026, 11, 2, 12, tzinfo=ZONE)
    assert row.at == ""


def test_an_offset_without_a_time_is_that_of_the_noon_the_session_stands_at() -> None:
    session, _, row = one(read(line(time=None, offset="-08:00")))
    assert session.started.isoformat() == "2026-11-02T12:00:00-08:00"
    assert row.at == ""
    lines = list(render([session], []))
    assert one(read(*lines))[0].started == session.started


def test_a_session_begins_with_the_first_of_its_sets() -> None:
    parsed = read(line(time="18:20", set=2), line(time="18:05"))
    assert [s.started.minute for s in parsed.sessions] == [5]


def test_sets_of_one_day_meet_in_one_session_and_a_named_session_keeps_its_own() -> None:
    parsed = read(line(), line(set=2), line(session="S"))
    assert [len(s.entries[0].sets) for s in parsed.sessions] == [2, 1]
    assert parsed.sessions[1].id == "S"


def test_the_same_set_twice_on_a_day_is_two_sets_of_one_entry() -> None:
    [session] = read(line(time="07:00"), line(time="18:00")).sessions
    [entry] = visible(session).entries
    assert [row.number for row in entry.sets] == [1, 2]


def test_the_same_line_always_gets_the_same_id_whatever_the_order_of_its_fields() -> None:
    other_way = json.dumps(dict(reversed(json.loads(EXAMPLE).items())))
    _, _, row = one(read(EXAMPLE, other_way))
    assert row.id == one(read(EXAMPLE))[2].id
    assert row.id != one(read(line(reps=9)))[2].id


@pytest.mark.parametrize(
    "same",
    [
        {"load_kg": 60, "reps": 8.0},
        {"type": "set", "flags": [], "note": "", "superset": "", "effort": None},
        {"side": None, "kind": None, "confirmed": False},
        {"prescribed": {"reps": 8.0, "holds": None}, "x": {"y": [1.0]}},
    ],
)
def test_lines_that_say_the_same_get_the_same_id(same: dict[str, Any]) -> None:
    plain = {"prescribed": {"reps": 8}, "x": {"y": [1]}} if "x" in same else {}
    doc = {**json.loads(line(**plain)), **same}
    assert one(read(json.dumps(doc)))[2].id == one(read(line(**plain)))[2].id


@pytest.mark.parametrize(
    "other",
    [{"pain": 1}, {"side": "left"}, {"kind": "warmup"}, {"confirmed": True}, {"x": True}],
)
def test_lines_that_say_something_else_get_another_id(other: dict[str, Any]) -> None:
    assert one(read(line(**other)))[2].id != one(read(line(x=1)))[2].id
    assert one(read(line(**other)))[2].id != one(read(EXAMPLE))[2].id


@pytest.mark.parametrize("order", [1, -1])
def test_of_lines_with_one_id_the_newer_counts(order: int) -> None:
    old = line(id="A", edited="2026-11-02T18:05:00+01:00", reps=8)
    # Later, though it comes first in the alphabet.
    new = line(id="A", edited="2026-11-02T17:06:00+00:00", reps=9)
    _, _, row = one(read(*[old, new][::order]))
    assert row.done.reps == 9


def test_a_line_that_says_nothing_of_its_age_is_as_old_as_what_it_tells_of() -> None:
    assert one(read(EXAMPLE))[2].edited == "2026-11-02T18:05:00+01:00"
    assert one(read(line(time=None)))[2].edited == "2026-11-02T00:00:00+00:00"


def test_what_the_runner_confirmed_comes_out_again() -> None:
    session, _, row = one(read(line(load_kg=600, confirmed=True)))
    assert row.confirmed
    [text] = render([session], [])
    assert json.loads(text)["confirmed"] is True
    assert list(render(read(text).sessions, [])) == [text]


def test_unknown_fields_are_kept() -> None:
    _, _, row = one(read(line(mood={"a": [1, None]}, device="watch")))
    assert row.extra == {"mood": {"a": [1, None]}, "device": "watch"}


def test_unknown_fields_of_what_was_prescribed_come_out_again() -> None:
    session, _, row = one(read(line(prescribed={"reps": 8, "percent": 75})))
    assert row.prescribed == Measures(reps=8)
    [text] = render([session], [])
    assert json.loads(text)["prescribed"] == {"percent": 75, "reps": 8}
    assert list(render(read(text).sessions, [])) == [text]


def test_mornings_and_metrics_are_records() -> None:
    parsed = read(
        '{"type":"morning","date":"2026-11-03","region":"ankle-calf","pain":4}',
        '{"type":"metric","date":"2026-11-03","metric":"vertical-jump-cm","value":41,"by":"me"}',
    )
    assert [r.type for r in parsed.records] == ["morning", "metric"]
    assert parsed.records[0].values == {"region": "ankle-calf", "pain": 4}
    assert parsed.records[1].values == {"metric": "vertical-jump-cm", "value": 41, "by": "me"}


@pytest.mark.parametrize(
    ("word", "region"),
    [("achilles", "ankle-calf"), ("ITB", "knee"), ("heel", "foot"), ("shin", "shin")],
)
def test_a_region_may_go_by_another_name(word: str, region: str) -> None:
    parsed = read(
        json.dumps({"type": "morning", "date": "2026-11-03", "region": word, "pain": 4}),
        json.dumps(
            {"type": "readiness", "date": "2026-11-03", "legs": 4, "sleep": 4, "pain": 4,
             "region": word}
        ),
    )  # fmt: skip
    assert [record.values["region"] for record in parsed.records] == [region] * 2


def test_a_mark_windows_line_ends_and_empty_lines_are_passed_over() -> None:
    one(read(b"\xef\xbb\xbf" + EXAMPLE.encode() + b"\r", b"", b"  \r"))


# --- what is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("{", "is not JSON"),
        ("[1]", "must be a JSON object"),
        ("null", "must be a JSON object"),
        (EXAMPLE.replace("8,", "NaN,"), "NaN"),
        (EXAMPLE.replace("8,", "1e999,"), "too large"),
        (EXAMPLE.replace("8,", "9" * 5000 + ","), "too large"),
        (EXAMPLE.replace('"reps":8', '"x":99999999999999999999'), "too large"),
        (EXAMPLE.replace('"reps":8', '"reps":8,"reps":9'), "has reps twice"),
        (EXAMPLE.replace('"kind"', '"x":' + "[" * 99999 + '],"kind"'), "nested too deep"),
        (line(x=json.loads("[" * DEEPEST + "]" * DEEPEST)), "nested too deep"),
        (EXAMPLE.replace("back", "\x00"), "is not JSON"),
        (EXAMPLE.encode().replace(b"back", b"\xff"), "is not UTF-8"),
        (line(note="\ud800"), "half a character"),
        (line(type="lap"), "type can be"),
        (line(date=None), "date is missing"),
        (line(date="2.11.2026"), "date must be a date"),
        (line(date="0001-01-01"), "date must be of the years"),
        (line(time="6 pm"), "time must be like 18:05"),
        (line(time="18:05+01:00"), "the offset a field of its own"),
        (line(offset="CET"), "offset must be like +01:00"),
        (line(offset="+99:00"), "offset must be like +01:00"),
        (line(offset="CET", time=None), "offset must be like +01:00"),
        (line(exercise=None), "exercise is missing"),
        (line(exercise="back-sqat"), "back-squat"),
        (line(exercise=["back-squat"]), "exercise must be text"),
        (line(exercise="zzzzzz"), "add it to library.json"),
        (line(set=None), "set is missing"),
        (line(set=0), "set must be from 1"),
        (line(set=1.5), "set must be a whole number"),
        (line(side="up"), "side cannot be"),
        (line(reps="8"), "reps must be a number"),
        (line(reps=True), "reps must be a number"),
        (line(reps=-1), "reps must be from 0"),
        (line(reps=None, load_kg=None), "not say how much"),
        (line(rir=11), "rir must be"),
        (line(flags="slow"), "flags can be"),
        (line(undone="rain"), "undone can be"),
        (line(prescribed=[8]), "prescribed must be an object"),
        (line(edited="yesterday"), "edited must be a date and time"),
        (line(started="2026-11-02T18:05"), "started needs a UTC offset"),
        (line(id="x" * 101), "id must be at most"),
        (line(session="a\x1b[2J"), "session must be"),
        (line(deleted=True), "deleted is not a field of a set line"),
        (line(at="2026"), "at is not a field of a set line"),
        ('{"type":"deleted","id":"A"}', "edited is missing"),
        ('{"type":"morning","date":"2026-11-03","region":"elbow","pain":4}', "region can be"),
        ('{"type":"morning","date":"2026-11-03","region":"hip"}', "pain is missing"),
        ('{"type":"metric","date":"2026-11-03","metric":"jump"}', "value is missing"),
    ],
)
def test_a_bad_line_is_told_of_by_its_number_and_nothing_is_read(
    wrong: str | bytes, words: str
) -> None:
    parsed = read(EXAMPLE, "", wrong)
    [problem] = parsed.problems
    assert str(problem).startswith("line 3: ")
    assert words in problem.message
    assert len(problem.message) <= 160
    assert problem.message.isprintable()
    assert parsed.sessions == ()


def test_only_the_first_few_problems_are_told() -> None:
    assert len(read(*["{"] * 99).problems) == MOST_PROBLEMS


def test_a_line_far_too_long_ends_the_reading() -> None:
    def lines() -> Iterable[bytes]:
        yield b'"' + b"x" * LONGEST
        raise AssertionError("read on")

    [problem] = parse(lines(), LIBRARY, here).problems
    assert problem.line == 1


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_bytes_of_any_kind_are_read_or_refused(data: list[bytes]) -> None:
    parse(data, LIBRARY, here)


fields = st.sampled_from([*json.loads(EXAMPLE), "type", "id", "edited", "session", "started", "at"])
values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.dictionaries(fields, values | st.dictionaries(fields, values), max_size=4))
def test_a_line_with_any_values_is_read_or_refused(changes: dict[str, Any]) -> None:
    doc = {**json.loads(EXAMPLE), **changes}
    parse([json.dumps(doc).encode()], LIBRARY, here)


# --- out and in again ---------------------------------------------------------------------------


@given(logs(texts | instants))
def test_what_is_written_and_read_again_is_written_the_same(
    log: tuple[list[Session], list[Record]],
) -> None:
    first = list(render(*log))
    parsed = read(*first)
    assert parsed.problems == ()
    joined = join([], [], parsed)
    assert (joined.imported, joined.duplicate) == (len(first), 0)
    assert list(render(joined.sessions, joined.records)) == first


@given(logs())
def test_a_log_has_nothing_to_learn_from_its_own_export(
    log: tuple[list[Session], list[Record]],
) -> None:
    # A line cannot say everything that another program may have put into a file.
    rows = [row for session in log[0] for entry in session.entries for row in entry.sets]
    assume(all(OF_LINE.isdisjoint(row.extra) for row in rows))
    lines = list(render(*log))
    joined = join(*log, read(*lines))
    assert (joined.sessions, joined.records) == ((), ())
    assert (joined.imported, joined.duplicate) == (0, len(lines))


@given(logs())
def test_lines_are_ascii_and_hold_nothing_a_terminal_acts_on(
    log: tuple[list[Session], list[Record]],
) -> None:
    assert all(text.isascii() and text.isprintable() for text in render(*log))


@pytest.mark.parametrize(
    ("at", "clock"),
    [
        ("2026-11-02T18:05:00+01:00", "18:05"),
        ("2026-11-02T18:05:00.250000+01:00", "18:05"),
        ("2026-11-02T18:05:30.999999+01:00", "18:05:30"),
        ("2026-11-02T00:00:00+01:00", "00:00"),
    ],
)
def test_times_are_written_to_the_second(at: str, clock: str) -> None:
    session, entry, row = one(read(line(session="S")))
    whole = replace(session, started=datetime.fromisoformat(at), note="firm")
    whole = replace(whole, entries=(replace(entry, sets=(replace(row, at=at),)),))
    docs = [json.loads(text) for text in render([whole], [])]
    assert [(doc["time"], doc["offset"]) for doc in docs] == [(clock, "+01:00")] * 2
    # What the session began at is kept in full beside it.
    assert {doc["started"] for doc in docs} == {at}


def test_the_order_in_which_a_log_comes_does_not_matter() -> None:
    [early] = read(line(date="2026-11-01")).sessions
    [late] = read(line(date="2026-11-05")).sessions
    assert list(render([late, early], [])) == list(render([early, late], []))


def test_a_set_after_midnight_keeps_its_own_date_and_its_session() -> None:
    session, entry, row = one(read(line(session="S", time="23:50")))
    night = replace(row, id="B", number=2, at="2026-11-03T00:10:00+01:00")
    whole = replace(session, entries=(replace(entry, sets=(row, night)),))
    lines = list(render([whole], []))
    assert [json.loads(text)["date"] for text in lines] == ["2026-11-02", "2026-11-03"]
    [again] = read(*lines).sessions
    assert again.day == date(2026, 11, 2)
    assert len(again.entries[0].sets) == 2
