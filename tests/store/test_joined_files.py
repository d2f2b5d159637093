"""Joining at the level of files: whatever documents two copies hold, also with fields of other
programs, every machine comes to the same bytes; and an edit by hand outlives every join."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.model.test_joining import BEGUN, grown
from tests.strategies import examples, maybe
from tui.domain.model.codec import record_to_doc, session_to_doc
from tui.domain.model.joining import Documents, joined
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, Side
from tui.store.outside_edits import taken_in
from tui.store.repository import values_of
from tui.store.seal import sealed
from tui.store.table_file import parse

Doc = dict[str, Any]
Log = tuple[list[Session], list[Record]]
# Few, so that they clash; two are one instant, and one is none.
stamps = st.sampled_from(
    ["2026-11-02T18:00:00+00:00", "2026-11-02T19:00:00+01:00", "2026-11-02T18:00:01+00:00", "", "?"]
)
replaced = st.lists(stamps, max_size=1).map(tuple)
# Of these, some are equal in Python and none in a file.
numbers = st.sampled_from([1, 1.0, 2])
extras = st.dictionaries(
    st.sampled_from(["x-a", "x-b"]), st.sampled_from([1, 1.0, True, "1", [1], {"k": 1}]), max_size=2
)
rows = st.builds(
    SetEntry, id=st.sampled_from("ab"), edited=stamps, replaces=replaced, number=st.integers(1, 2),
    side=st.sampled_from(Side), done=st.builds(Measures, load_kg=maybe(numbers)),
    deleted=st.booleans(), extra=extras,
)  # fmt: skip
entries = st.builds(
    Entry, id=st.sampled_from("EF"), edited=stamps, replaces=replaced, deleted=st.booleans(),
    exercise=st.sampled_from(["lunge", "wall-sit"]), extra=extras,
    sets=st.lists(rows, max_size=2).map(tuple),
)  # fmt: skip
sessions = st.builds(
    Session, id=st.sampled_from("ST"), edited=stamps, replaces=replaced, deleted=st.booleans(),
    started=st.integers(0, 400).map(lambda days: BEGUN + timedelta(days=days)), extra=extras,
    entries=st.lists(entries, max_size=2).map(tuple),
)  # fmt: skip
records = st.builds(
    Record, id=st.sampled_from("MN"), edited=stamps, replaces=replaced, deleted=st.booleans(),
    type=st.just("metric"), day=st.just(BEGUN.date()), values=extras,
)  # fmt: skip
logs = st.tuples(st.lists(sessions, max_size=3), st.lists(records, max_size=3))


def join(*copies: Log) -> Log:
    documents = Documents()
    for copy in copies:
        documents.take(*copy)
    return documents.sessions(), sorted(documents.records.values(), key=lambda r: r.id)


def file(log: Log) -> bytes:
    """A log as the bytes of a year file."""
    tables = {
        "sessions": {session.id: session_to_doc(session) for session in log[0]},
        "records": {record.id: record_to_doc(record) for record in log[1]},
    }
    return sealed({"schema_version": 2}, tables)


@given(logs, logs, logs)
@examples(100)
def test_in_whatever_order_copies_are_joined_the_bytes_are_the_same(a: Log, b: Log, c: Log) -> None:
    whole = file(join(a, b, c))
    for other in (join(c, b, a), join(join(b, a), c), join(a, join(b, c)), join(b, join(a, c), a)):
        assert file(other) == whole
    content = parse(whole, Path("2026.json"))
    assert content.whole
    assert file(values_of(content.tables)) == whole


# -- edits by hand ---------------------------------------------------------------------------------


def edit(chance: Random, session: Doc, *, new: bool) -> Callable[[Session], bool] | None:
    """Change something in a session's document by hand; returns whether a session has it."""
    rows = [row for entry in session["entries"] for row in entry["sets"] if "deleted" not in row]
    # Of a session that the copy to compare with lacks, nobody sees what was taken out.
    what = chance.choice(["reps", "note", "started", "note" if new else "out"])
    if what in ("reps", "out") and not rows:
        return None
    if what == "note":
        session["note"] = "by hand"
        return lambda one: one.note == "by hand"
    if what == "started":
        session["started"] = "2026-01-01T08:00:00+00:00"
        return lambda one: one.started.isoformat() == session["started"]
    row = chance.choice(rows)
    name = row["id"]
    if what == "reps":
        row["reps"] = 99
        return lambda one: 99 in [r.done.reps for e in one.entries for r in e.sets if r.id == name]
    for entry in session["entries"]:
        entry["sets"] = [one for one in entry["sets"] if one["id"] != name]
    return lambda one: all(r.deleted for e in one.entries for r in e.sets if r.id == name)


@given(st.integers(0, 2**32), st.integers(2, 30), st.booleans())
@examples(60)
def test_an_edit_by_hand_outlives_every_join(seed: int, steps: int, behind: bool) -> None:
    """With the copy to compare with up to the last write, or one write ``behind``."""
    chance, machines = Random(seed), grown(seed, steps)
    log = joined(*(machine.log for machine in machines))
    if not log:
        return
    after: dict[str, dict[str, Doc]] = {"sessions": {s.id: session_to_doc(s) for s in log}}
    before = deepcopy(after)
    if behind:
        before["sessions"].pop(chance.choice(sorted(before["sessions"])))
    session = after["sessions"][chance.choice(sorted(after["sessions"]))]
    has = edit(chance, session, new=session["id"] not in before["sessions"])
    if has is None:
        return
    after = orjson.loads(orjson.dumps(after))
    moment = (BEGUN + timedelta(days=1)).isoformat()
    taken = taken_in(before, after, moment)
    assert taken is not None
    mine = values_of(taken.tables)[0]
    for order in ([mine, log], [log, mine], [log, mine, *(machine.log for machine in machines)]):
        [found] = [one for one in joined(*order) if one.id == session["id"]]
        assert has(found)
