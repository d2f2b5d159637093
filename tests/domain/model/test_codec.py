from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import deep, examples, json_values, measures, records, sessions
from tui.domain.model import codec
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import (
    Goal,
    Measures,
    Prescription,
    Session,
    SetEntry,
    SetKind,
    SetPlan,
    Side,
)

SET = {"id": "s", "edited": "", "number": 1, "side": "left", "load_kg": 60, "reps": 8}
ENTRY = {"id": "e", "edited": "", "exercise": "back-squat", "sets": [SET]}
SESSION = {
    "id": "t",
    "edited": "2026-11-02T19:00:00+01:00",
    "started": "2026-11-02T18:05:00+01:00",
    "entries": [ENTRY],
}


def through_json(doc: codec.Doc) -> Any:
    return json.loads(json.dumps(doc))


@given(sessions)
@examples(150)
def test_a_session_comes_back_from_disk_as_it_was(session: Session) -> None:
    doc = codec.session_to_doc(session)
    back = codec.session_from_doc(through_json(doc))
    assert back == session
    assert back.started.utcoffset() == session.started.utcoffset()
    assert codec.session_to_doc(back) == doc


@given(records)
def test_a_record_comes_back_from_disk_as_it_was(record: Any) -> None:
    assert codec.record_from_doc(through_json(codec.record_to_doc(record))) == record


pairs = st.just([Side.BOTH]) | st.just([Side.LEFT, Side.RIGHT]) | st.just([Side.RIGHT])


@given(
    st.lists(st.tuples(pairs, measures), max_size=5),
    st.sampled_from(SetKind),
    st.integers(0, 900),
    st.none() | st.integers(0, 5),
)
def test_a_prescription_comes_back_from_disk_as_it_was(
    planned: list[tuple[list[Side], Measures]], kind: SetKind, rest_s: int, rir: int | None
) -> None:
    value = Prescription(
        sets=tuple(
            SetPlan(number=n, kind=kind, goals=tuple(Goal(side=s, measures=m) for s in sides))
            for n, (sides, m) in enumerate(planned, start=1)
        ),
        rest_s=rest_s,
        target_rir=rir,
    )
    assert codec.prescription_from_doc(through_json(codec.prescription_to_doc(value))) == value


def test_a_document_says_only_what_applies() -> None:
    row = SetEntry(id="s", edited="", number=1, side=Side.LEFT, done=Measures(load_kg=60, reps=8))
    assert codec.set_to_doc(row) == SET
    assert list(codec.session_to_doc(codec.session_from_doc(SESSION))) == list(SESSION)


@pytest.mark.parametrize("said", [False, None, 1, "yes"])
def test_only_true_confirms_a_set_and_anything_else_leaves_it_as_it_was(said: object) -> None:
    assert not codec.set_from_doc({**SET, "confirmed": said}).confirmed
    assert codec.set_to_doc(codec.set_from_doc({**SET, "confirmed": said})) == SET
    right = {**SET, "confirmed": True}
    assert codec.set_to_doc(codec.set_from_doc(right)) == right


def test_keys_of_a_newer_version_are_kept_at_every_level() -> None:
    doc = {**SESSION, "mood": 4, "entries": [{**ENTRY, "grip": "wide", "sets": [{**SET, "v": 1}]}]}
    session = codec.session_from_doc(doc)
    assert session.extra == {"mood": 4}
    assert session.entries[0].extra == {"grip": "wide"}
    assert session.entries[0].sets[0].extra == {"v": 1}
    assert codec.session_to_doc(session) == doc


def test_what_one_set_has_unknown_is_no_other_sets() -> None:
    odd = {**SET, "prescribed": {"reps": 8, "bands": 2}}
    plain = {**SET, "prescribed": {"reps": 8}}
    assert codec.set_from_doc(odd).extra == {"prescribed": {"bands": 2}}
    assert codec.set_from_doc(plain).extra == {}
    assert codec.set_to_doc(codec.set_from_doc(odd)) == odd


def test_a_stamp_that_a_set_has_twice_is_kept_once() -> None:
    # With as many sets as a log holds, every duplicated string costs memory.
    first, second = (f"2026-11-02T{hour}:00:00+01:00" for hour in (18, 19))
    same = codec.set_from_doc(through_json({**SET, "edited": first, "at": first}))
    assert same.at is same.edited
    corrected = codec.set_from_doc({**SET, "edited": second, "at": first})
    assert (corrected.at, corrected.edited) == (first, second)


def test_null_says_the_same_as_nothing() -> None:
    nothing = dict.fromkeys(["rir", "pain", "flags", "undone", "note", "at", "prescribed", "reps"])
    bare = {key: SET[key] for key in ("id", "number")}
    assert codec.set_from_doc({**bare, **nothing}) == codec.set_from_doc(bare)
    assert codec.session_from_doc({**SESSION, "finished": None, "part": None, "entries": None}) == (
        codec.session_from_doc({key: SESSION[key] for key in ("id", "edited", "started")})
    )


Reader = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("read", "doc", "key", "value"),
    [
        (codec.set_from_doc, SET, "id", ""),
        (codec.set_from_doc, SET, "id", 7),
        (codec.set_from_doc, SET, "number", 0),
        (codec.set_from_doc, SET, "number", 1.5),
        (codec.set_from_doc, SET, "side", "up"),
        (codec.set_from_doc, SET, "side", ["left"]),
        (codec.set_from_doc, SET, "side", deep),
        (codec.set_from_doc, SET, "kind", "cooldown"),
        (codec.set_from_doc, SET, "load_kg", -1),
        (codec.set_from_doc, SET, "load_kg", "60"),
        (codec.set_from_doc, SET, "load_kg", True),
        (codec.set_from_doc, SET, "load_kg", float("nan")),
        (codec.set_from_doc, SET, "load_kg", float("inf")),
        (codec.set_from_doc, SET, "load_kg", 10**400),
        (codec.set_from_doc, SET, "assist_kg", 0),
        (codec.set_from_doc, SET, "assist_kg", -20),
        (codec.set_from_doc, SET, "reps", 7.5),
        (codec.set_from_doc, SET, "contacts", 100_001),
        (codec.set_from_doc, SET, "rir", 11),
        (codec.set_from_doc, SET, "effort", -1),
        (codec.set_from_doc, SET, "pain", 0.5),
        (codec.set_from_doc, SET, "flags", "slow"),
        (codec.set_from_doc, SET, "flags", ["fast"]),
        (codec.set_from_doc, SET, "flags", [[]]),
        (codec.set_from_doc, SET, "flags", {"slow": 1}),
        (codec.set_from_doc, SET, "flags", [deep]),
        (codec.set_from_doc, SET, "undone", "tired"),
        (codec.set_from_doc, SET, "undone", {}),
        (codec.set_from_doc, SET, "prescribed", 8),
        (codec.set_from_doc, SET, "note", deep),
        (codec.entry_from_doc, ENTRY, "exercise", ""),
        (codec.entry_from_doc, ENTRY, "sets", {}),
        (codec.entry_from_doc, ENTRY, "sets", [1]),
        (codec.entry_from_doc, ENTRY, "superset", 1),
        (codec.session_from_doc, SESSION, "started", "2026-11-02"),
        (codec.session_from_doc, SESSION, "started", "2026-11-02T18:05:00"),
        (codec.session_from_doc, SESSION, "started", "soon\x1b[2J"),
        (codec.session_from_doc, SESSION, "started", "0001-01-01T00:00:00+14:00"),
        (codec.session_from_doc, SESSION, "finished", "9999-12-31T23:59:59-12:00"),
        (codec.session_from_doc, SESSION, "finished", [1]),
        (codec.session_from_doc, SESSION, "entries", "none"),
    ],
)
def test_a_wrong_value_is_named_with_its_field(
    read: Reader, doc: dict[str, Any], key: str, value: object
) -> None:
    read(doc)
    with pytest.raises(BadDocument) as caught:
        read({**doc, key: value})
    message = str(caught.value)
    assert message.startswith(key)
    assert message.isprintable()
    assert len(message) < 200


def test_a_set_with_a_load_had_no_help() -> None:
    with pytest.raises(BadDocument, match=r"^assist_kg cannot stand beside load_kg"):
        codec.measures_from_doc({"reps": 8, "load_kg": 0, "assist_kg": 20})
    helped = Measures(reps=8, assist_kg=20)
    assert codec.measures_from_doc(codec.measures_to_doc(helped)) == helped


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({"sets": [{"goals": []}]}, "goals"),
        ({"sets": [{"goals": [{"side": "left"}, {"side": "left"}]}]}, "goals"),
        ({"sets": [{"goals": [{"side": "both"}, {"side": "left"}]}]}, "goals"),
        ({"sets": [{"number": 2, "goals": [{}]}, {"number": 2, "goals": [{}]}]}, "sets"),
        ({"sets": [], "rest_s": 1.5}, "rest_s"),
    ],
)
def test_a_plan_that_cannot_be_followed_is_refused(plan: dict[str, Any], says: str) -> None:
    with pytest.raises(BadDocument, match=f"^{says} must"):
        codec.prescription_from_doc(plan)


@pytest.mark.parametrize("value", ["", "2026-13-01", "yesterday", 20261102])
def test_a_record_needs_a_day(value: object) -> None:
    doc = {"id": "m", "type": "morning", "date": value}
    with pytest.raises(BadDocument, match=r"^date "):
        codec.record_from_doc(doc)


KEYS = sorted(codec.SET_KEYS | codec.ENTRY_KEYS | codec.SESSION_KEYS | {"date", "type"})
near_misses = st.dictionaries(
    st.sampled_from(KEYS), json_values | st.sampled_from([SET, ENTRY, [SET], [ENTRY], [[]]])
)
READERS = [
    codec.set_from_doc,
    codec.entry_from_doc,
    codec.session_from_doc,
    codec.record_from_doc,
    codec.prescription_from_doc,
]


@given(st.sampled_from(READERS), near_misses)
@examples(300)
def test_whatever_stands_in_a_file_is_read_or_refused(read: Reader, doc: dict[str, Any]) -> None:
    try:
        read({**SESSION, **ENTRY, **SET, "type": "morning", "date": "2026-11-02", **doc})
    except BadDocument as bad:
        assert str(bad).isprintable()  # noqa: PT017  # either outcome is right


def test_a_session_belongs_to_the_local_date_it_began_on() -> None:
    late = codec.session_from_doc({**SESSION, "started": "2026-11-02T23:30:00-05:00"})
    assert late.day.isoformat() == "2026-11-02"
    assert late.started == datetime(2026, 11, 3, 4, 30, tzinfo=UTC)


def test_what_is_not_known_of_a_prescription_is_kept() -> None:
    doc = {
        "id": "a",
        "edited": "",
        "number": 1,
        "side": "both",
        "reps": 8,
        "prescribed": {"velocity": [1], "reps": 9},
    }
    read = codec.set_from_doc(doc)
    assert read.prescribed == Measures(reps=9)
    assert codec.set_to_doc(read) == doc
    assert codec.set_to_doc(replace(read, prescribed=Measures(reps=7)))["prescribed"] == {
        "velocity": [1],
        "reps": 7,
    }
