"""Two copies of a log of schema 1 that grew apart, each migrated by itself and then joined: nothing
is lost, and nothing is there twice but what nobody can tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.schema_1 import BEGUN, OldCopy, export
from tests.strategies import examples
from tests.ui.driver import shipped
from tui.domain.model.codec import session_from_doc
from tui.domain.model.ids import derived
from tui.domain.model.joining import joined
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import Session, SetEntry
from tui.domain.model.visible import twins, visible
from tui.domain.session.event_codec import event_from_doc
from tui.domain.session.replay import session_of
from tui.formats.setlog_join import join
from tui.formats.setlog_reader import parse
from tui.store.migrations import migrate

Doc = dict[str, Any]
# Seconds by which two clocks are off; never such that two sets are done at one second.
CLOCKS = (-603, 427)
seeds = st.integers(0, 2**32)


def grown(seed: int, *, past: bool) -> tuple[OldCopy, OldCopy]:
    """Two copies that grew apart; with ``past``, also sets of days before, which have no time."""
    chance = Random(seed)
    one = OldCopy(chance, past=past)
    minutes = iter(range(1, 1000))
    for _ in range(chance.randint(0, 5)):
        one.act(BEGUN + timedelta(minutes=next(minutes)))
    other = one.copy("b")
    clocks = {one.name: chance.choice((0, *CLOCKS)), other.name: chance.choice((0, *CLOCKS))}
    for _ in range(chance.randint(1, 12)):
        copy = chance.choice((one, other))
        seconds = 60 * next(minutes) + clocks[copy.name] + (copy is other)
        copy.act(BEGUN + timedelta(seconds=seconds, milliseconds=chance.randrange(1000)))
    return one, other


def migrated(copy: OldCopy) -> list[Session]:
    tables = migrate({"sessions": copy.sessions}, 1)
    return joined(map(session_from_doc, tables["sessions"].values()))


def shown(log: Iterable[Session]) -> list[SetEntry]:
    found = [s for s in map(visible, log) if not s.deleted]
    return [row for s in found for entry in s.live() for row in entry.live()]


def wanted(*copies: OldCopy) -> dict[str, Doc]:
    """Each set, by its note, that must be in the joined log: as the later of its versions says, if
    no copy deleted what it was in."""
    latest: dict[str, Doc] = {}
    covered = set()
    for copy in copies:
        for session in copy.sessions.values():
            for entry in session["entries"]:
                for row in entry["sets"]:
                    known = latest.get(row["note"], row)
                    latest[row["note"]] = max(known, row, key=lambda r: edited_at(r["edited"]))
            if "deleted" in session:
                covered.add(session["id"])
    alive = {note: row for note, row in latest.items() if "deleted" not in row}
    for copy in copies:
        for session in copy.sessions.values():
            if session["id"] in covered:
                notes = {row["note"] for entry in session["entries"] for row in entry["sets"]}
                alive = {note: row for note, row in alive.items() if note not in notes}
    return alive


@given(seeds)
@examples(40)
def test_sets_with_a_time_are_there_once(seed: int) -> None:
    copies = grown(seed, past=False)
    whole = joined(*map(migrated, copies))
    assert whole == joined(*map(migrated, reversed(copies)))
    rows = shown(whole)
    assert max(Counter(row.note for row in rows).values(), default=0) <= 1
    found = {row.note: row.done.reps for row in rows}
    for note, row in wanted(*copies).items():
        assert found[note] == row["reps"]


@given(seeds)
@examples(40)
def test_sets_without_a_time_are_all_kept_and_of_twins_the_later_is_shown(seed: int) -> None:
    copies = grown(seed, past=True)
    whole = joined(*map(migrated, copies))
    assert whole == joined(*map(migrated, reversed(copies)))
    hidden = {one.id for session in whole for one, _ in twins(session.entries)}
    stored = [row for s in whole for entry in s.entries for row in entry.sets]
    seen = {row.id for row in shown(whole)}
    for note, row in wanted(*copies).items():
        same = {r.id for r in stored if r.note == note and r.done.reps == row["reps"]}
        assert same & (seen | hidden)
    assert not hidden & seen
    assert all(r.was and not r.at for r in stored if r.id in hidden)


def test_a_set_that_was_imported_where_its_id_was_taken_is_the_one_it_came_from() -> None:
    """Schema 1 then gave it this id, also from an export, which has no parts of a second."""
    one = OldCopy(Random(1), past=False)
    done = BEGUN + timedelta(minutes=5)
    one.stamp = (done + timedelta(milliseconds=250)).isoformat()
    session, entry, rows = one.log(BEGUN)
    other = one.copy("b")
    [imported] = other.sessions[session["id"]]["entries"]
    imported["id"] += f"-{entry['exercise']}"
    second = int(done.timestamp())
    for row in imported["sets"]:
        row["id"] = derived(second * 1000, f"set {row['id']} {entry['exercise']} {second}")
        row["at"] = done.isoformat()
    whole = joined(migrated(one), migrated(other))
    assert sorted(row.note for row in shown(whole)) == sorted(row["note"] for row in rows)


@given(seeds, st.booleans())
@examples(40)
def test_an_old_export_has_the_ids_of_the_log_it_came_from(seed: int, past: bool) -> None:
    copy, _ = grown(seed, past=past)
    log = migrated(copy)
    parsed = parse(export(copy.sessions), shipped(), lambda moment: moment.replace(tzinfo=UTC))
    assert not parsed.problems
    known = {(s.id, e.id, row.id) for s in log for e in s.entries for row in e.sets}
    told = {(s.id, e.id, row.id) for s in parsed.sessions for e in s.entries for row in e.sets}
    assert told <= known
    assert join(log, [], parsed).imported == 0


@given(seeds)
@examples(40)
def test_a_journal_finished_after_the_update_is_the_session_of_before(seed: int) -> None:
    copy = OldCopy(Random(seed), past=False)
    copy.stamp = (BEGUN + timedelta(minutes=9)).isoformat()
    lines = copy.train(BEGUN)
    [filed] = migrated(copy)
    session = session_of(map(event_from_doc, lines))
    assert session is not None
    assert joined([session]) == [filed]
