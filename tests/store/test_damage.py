"""A year file that was damaged, edited by hand or overwritten by someone else: what can be read is
there, what was changed is named, and what is missing is told until it is dealt with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from msgspec.structs import replace

from tests.store.examples import a_record, a_session, stamp
from tui.domain.model.ids import day_of, sortable
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import Session
from tui.store.atomic import backup_of, fill
from tui.store.paths import Paths
from tui.store.repository import Repository

NAMES = [sortable(1_793_600_000_000 + 86_400_000 * n, n) for n in range(4)]


@pytest.fixture
def year(paths: Paths, repository: Repository) -> Path:
    """A year of four sessions and a record; the last came with the last write."""
    repository.put_many([a_session(name) for name in NAMES[:3]], [a_record()])
    repository.put_session(a_session(NAMES[3]))
    return paths.year(2026)


def again(paths: Paths, *, write: bool = True) -> Repository:
    return Repository(paths, writable=write)


def ids(repository: Repository) -> list[str]:
    return sorted(session.id for session in repository.sessions(2026) if not session.deleted)


def change(path: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Edit a file by hand: its hash stays as it was."""
    whole = orjson.loads(path.read_bytes())
    edit(whole)
    path.write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2))


# -- edited by hand --------------------------------------------------------------------------------


def test_a_set_edited_by_hand_counts_as_a_correction_and_is_named_once(
    paths: Paths, year: Path
) -> None:
    def edit(whole: dict[str, Any]) -> None:
        whole["sessions"][NAMES[0]]["entries"][0]["sets"][1]["reps"] = 12

    change(year, edit)
    one = again(paths)
    rows = {s.id: s for s in one.sessions(2026)}[NAMES[0]].entries[0].sets
    assert (rows[1].done.reps, rows[1].replaces) == (12, (stamp(),))
    assert edited_at(rows[1].edited) > edited_at(stamp())
    [notice] = one.notices
    assert "2026-11-02 lunge set 1" in notice
    [kept] = paths.merged_dir.iterdir()
    assert orjson.loads(kept.read_bytes())["sessions"].keys() == {NAMES[0]}
    calm = again(paths)
    assert calm.sessions(2026)
    assert calm.notices == []


def test_a_looking_instance_sees_the_edit_and_writes_nothing(paths: Paths, year: Path) -> None:
    change(year, lambda whole: whole["sessions"][NAMES[0]].update(note="by hand"))
    before = year.read_bytes()
    one = again(paths, write=False)
    assert {s.id: s for s in one.sessions(2026)}[NAMES[0]].note == "by hand"
    assert len(one.notices) == 1
    assert year.read_bytes() == before
    assert not paths.merged_dir.exists()


def test_what_was_taken_out_by_hand_is_deleted_and_can_come_back(paths: Paths, year: Path) -> None:
    change(year, lambda whole: whole["sessions"].pop(NAMES[1]))
    one = again(paths)
    assert ids(one) == [NAMES[0], NAMES[2], NAMES[3]]
    stored = {session.id: session for session in one.stored(2026)}[NAMES[1]]
    assert (stored.deleted, len(stored.entries[0].sets)) == (True, 2)


def test_a_session_put_in_by_hand_is_there(paths: Paths, year: Path) -> None:
    def edit(whole: dict[str, Any]) -> None:
        whole["sessions"]["NEW"] = {**whole["sessions"][NAMES[0]], "id": "NEW"}

    change(year, edit)
    assert ids(again(paths)) == [*NAMES, "NEW"]


def test_what_cannot_be_read_any_more_stands_as_it_was(paths: Paths, year: Path) -> None:
    change(year, lambda whole: whole["sessions"][NAMES[2]].update(started="soon"))
    one = again(paths)
    assert ids(one) == NAMES
    assert "not readable" in one.notices[0]
    [kept] = paths.merged_dir.iterdir()
    assert orjson.loads(kept.read_bytes())["sessions"][NAMES[2]]["started"] == "soon"


def test_an_edit_of_what_came_with_the_last_write_outlives_a_join(paths: Paths, year: Path) -> None:
    """It is not in .bak yet."""
    known = again(paths).stored(2026)

    def edit(whole: dict[str, Any]) -> None:
        whole["sessions"][NAMES[3]]["entries"][0]["sets"][1]["reps"] = 1

    change(year, edit)
    one = again(paths)
    one.put_many(known, [])
    rows = {s.id: s for s in one.sessions(2026)}[NAMES[3]].entries[0].sets
    assert (rows[1].done.reps, rows[1].replaces) == (1, (stamp(),))


def test_a_document_that_was_given_another_id_stands_as_it_was(paths: Paths, year: Path) -> None:
    change(year, lambda whole: whole["sessions"][NAMES[1]].update(id="other"))
    one = again(paths)
    assert ids(one) == NAMES
    assert "not readable" in one.notices[0]


def test_an_old_version_put_back_by_hand_outlives_a_join(paths: Paths, year: Path) -> None:
    before = orjson.loads(year.read_bytes())
    session, record = before["sessions"][NAMES[0]], before["records"]["R1"]
    edited = a_session(NAMES[0], edited=stamp(5), note="wrong")
    again(paths).put_many([edited], [a_record(pain=9, edited=stamp(5))])
    known = again(paths).stored(2026), again(paths).records(2026)
    again(paths).put_session(a_session("NEW"))

    def put_back(whole: dict[str, Any]) -> None:
        whole["sessions"][NAMES[0]] = session
        whole["records"]["R1"] = record

    change(year, put_back)
    one = again(paths)
    assert one.put_many(*known) == [], "no edit was lost"
    assert {s.id: s for s in one.sessions(2026)}[NAMES[0]].note == ""
    assert [r.values["pain"] for r in one.records(2026)] == [4]


def test_a_table_that_lost_its_name_is_damage_not_a_deletion(paths: Paths, year: Path) -> None:
    year.write_bytes(year.read_bytes().replace(b'"sessions"', b'"sessionz"'))
    one = again(paths)
    assert ids(one) == NAMES[:3], "what its copy has"
    assert "was damaged" in one.notices[0]


# -- damaged ---------------------------------------------------------------------------------------


def spoil(path: Path, name: str) -> None:
    """Make the document of a session unreadable."""
    data = path.read_bytes()
    where = data.index(b'"started"', data.index(f'"{name}": {{'.encode()))
    path.write_bytes(data[:where] + b"\x00" + data[where + 1 :])


def test_all_but_the_damaged_document_is_read_from_the_file_itself(
    paths: Paths, year: Path
) -> None:
    spoil(year, NAMES[0])
    one = again(paths)
    assert ids(one) == NAMES, "the last write was after the copy, the damaged one is in the copy"
    assert not one.incomplete(2026)
    [notice] = one.notices
    assert "nothing is missing" in notice
    assert "2026.json.damaged-1" in notice


def test_what_is_missing_is_told_each_time_until_it_is_dealt_with(paths: Paths, year: Path) -> None:
    spoil(year, NAMES[3])
    first = again(paths)
    assert ids(first) == NAMES[:3]
    first.put_session(a_session("NEW"))
    for write in (True, False):
        one = again(paths, write=write)
        assert ids(one) == [*NAMES[:3], "NEW"]
        assert one.incomplete(2026)
        [notice] = one.notices
        assert str(day_of(NAMES[3])) in notice
        assert "stridelift doctor --repair brings back what your backups have of it" in notice
    year.with_name("2026.json.damaged-1").rename(paths.root / "elsewhere")
    calm = again(paths)
    assert calm.sessions(2026)
    assert (calm.notices, calm.incomplete(2026)) == ([], False)


def test_without_a_copy_what_can_be_read_is_kept(paths: Paths, year: Path) -> None:
    backup_of(year).unlink()
    spoil(year, NAMES[1])
    one = again(paths)
    assert ids(one) == [NAMES[0], NAMES[2], NAMES[3]]
    assert one.records(2026) == [a_record()]
    assert one.incomplete(2026)


def test_where_the_damaged_file_and_its_copy_differ_without_an_edit_the_copy_counts(
    paths: Paths, year: Path
) -> None:
    spoil(year, NAMES[0])
    year.write_bytes(year.read_bytes().replace(b'"reps": 8', b'"reps": 9'))
    one = again(paths)
    reps = {r.done.reps for s in one.sessions(2026)[:3] for r in s.entries[0].sets}
    assert reps == {8, None}


@pytest.mark.usefixtures("year")
def test_one_year_that_cannot_be_read_does_not_close_the_others(paths: Paths) -> None:
    paths.year(2019).write_bytes(b'{"meta": {"schema_version": 99}}')
    os.mkfifo(paths.year(2018))
    one = again(paths)
    one.put_session(a_session("NEW"))
    assert ids(one) == [*NAMES, "NEW"]


# -- overwritten by someone else -------------------------------------------------------------------


def test_what_a_sync_program_put_in_just_before_a_write_is_joined(
    paths: Paths, year: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Between our reading and our rename, another machine's file takes the place of ours."""
    other = Paths(tmp_path / "other")
    other.log_dir.mkdir(parents=True)
    other.year(2026).write_bytes(year.read_bytes())
    theirs = again(other)
    theirs.put_session(a_session("THEIRS"))
    mine = again(paths)
    mine.sessions(2026)
    swapped: list[bool] = []

    def slow(temp: Path, data: bytes) -> None:
        fill(temp, data)
        if not swapped and temp.name.startswith(".2026.json"):
            swapped.append(True)
            incoming = year.with_name(".syncthing.2026.json.tmp")
            incoming.write_bytes(other.year(2026).read_bytes())
            incoming.replace(year)

    monkeypatch.setattr("tui.store.atomic.fill", slow)
    mine.put_session(a_session("MINE"))
    assert swapped
    assert ids(mine) == ids(again(paths)) == [*NAMES, "MINE", "THEIRS"]


# -- from schema 1 ---------------------------------------------------------------------------------


def test_the_file_of_schema_1_stays_beside_the_new_one(paths: Paths) -> None:
    paths.log_dir.mkdir(parents=True)
    before = Path(__file__).parents[1] / "fixtures" / "schema-1" / "2026.json"
    paths.year(2026).write_bytes(before.read_bytes())
    one = again(paths)
    old: list[Session] = one.sessions(2026)
    assert not paths.year(2026).with_name("2026.json.schema-1").exists(), "reading changes nothing"
    one.put_session(a_session())
    one.put_session(replace(a_session(), note="once more", edited=stamp(5)))
    kept = paths.year(2026).with_name("2026.json.schema-1")
    assert kept.read_bytes() == before.read_bytes()
    assert len(one.sessions(2026)) == len(old) + 1


def test_of_a_session_that_cannot_be_read_whole_each_set_that_can_be_is_kept(
    paths: Paths, repository: Repository
) -> None:
    """The last write, which the copy lacks, is not lost with a flipped bit elsewhere in it."""
    session = a_session(NAMES[0])
    repository.put_session(session)
    more = replace(session.entries[0].sets[0], id="MORE", number=2)
    entry = replace(session.entries[0], sets=(more,))
    repository.put_session(replace(session, entries=(entry,)))
    change(paths.year(2026), lambda whole: whole["sessions"][NAMES[0]].update(started="soon"))
    one = again(paths)
    [found] = one.sessions(2026)
    assert {row.id for row in found.entries[0].sets} == {"L", "R", "MORE"}
    assert found.started == session.started
    [notice] = one.notices
    assert "not readable" in notice
    [kept] = paths.merged_dir.iterdir()
    assert orjson.loads(kept.read_bytes())["sessions"][NAMES[0]]["started"] == "soon"


def test_of_a_session_whose_bytes_are_damaged_each_whole_set_is_kept_and_the_other_named(
    paths: Paths, repository: Repository
) -> None:
    session = a_session(NAMES[0])
    repository.put_session(session)
    one, two = (
        replace(session.entries[0].sets[0], id=sortable(1_793_600_000_000, 9 + n), number=2 + n)
        for n in range(2)
    )
    repository.put_session(
        replace(session, entries=(replace(session.entries[0], sets=(one, two)),))
    )
    path = paths.year(2026)
    data = path.read_bytes()
    where = data.index(b'"number"', data.index(two.id.encode()))
    path.write_bytes(data[:where] + b"\x00" + data[where + 1 :])
    for _ in range(2):
        found = again(paths)
        [kept] = found.sessions(2026)
        assert {row.id for row in kept.entries[0].sets} == {"L", "R", one.id}
        [notice] = found.notices
        assert "1 thing in it could not be read" in notice


def test_a_set_copied_by_hand_with_its_id_is_a_set_of_its_own(paths: Paths, year: Path) -> None:
    def edit(whole: dict[str, Any]) -> None:
        sets = whole["sessions"][NAMES[0]]["entries"][0]["sets"]
        sets.append({**sets[1], "number": 2, "reps": 3})

    change(year, edit)
    one = again(paths)
    rows = {s.id: s for s in one.sessions(2026)}[NAMES[0]].entries[0].sets
    assert sorted((row.number, row.done.reps) for row in rows[1:]) == [(1, 8), (2, 3)]
    assert len({row.id for row in rows}) == 3
    assert {s.id: s for s in again(paths).sessions(2026)}[NAMES[0]].entries[0].sets == rows


@pytest.mark.parametrize("left", [0.0, 0.5, 0.9], ids=["emptied", "half", "most"])
@pytest.mark.parametrize("write", [True, False])
def test_of_a_file_without_its_end_nobody_says_that_all_is_there(
    paths: Paths, year: Path, left: float, *, write: bool
) -> None:
    data = year.read_bytes()
    year.write_bytes(data[: int(len(data) * left)])
    one = again(paths, write=write)
    assert ids(one)[:3] == NAMES[:3]
    assert one.incomplete(2026)
    [notice] = one.notices
    assert "nobody knows what is missing" in notice
    assert "doctor --repair" in notice


def test_nor_of_one_that_was_written_over(paths: Paths, year: Path) -> None:
    year.write_bytes(b'{"what": "ever"}\n')
    assert ids(again(paths)) == NAMES[:3]
    year.write_bytes(b"\x00" * 4096)
    one = again(paths)
    assert ids(one) == NAMES[:3]
    assert one.incomplete(2026)


def test_an_older_copy_put_in_the_place_of_a_year_takes_nothing_from_a_writer(
    paths: Paths, year: Path
) -> None:
    older = year.read_bytes()
    writer = again(paths)
    more = replace(a_session(NAMES[0]).entries[0].sets[0], id="MORE", number=2)
    entry = replace(a_session().entries[0], sets=(more,))
    writer.put_session(replace(a_session(NAMES[0]), entries=(entry,)))
    writer.put_session(a_session("NEW"))
    writer.put_many([], [a_record("R9")])
    assert "NEW" in ids(writer)
    writer.records(2026)
    year.write_bytes(older)
    assert ids(writer) == sorted([*NAMES, "NEW"])
    assert {r.id for r in writer.records(2026)} == {"R1", "R9"}
    [notice] = [line for line in writer.notices if "older copy" in line]
    assert "3 things it lacked" in notice
    calm = again(paths)
    assert ids(calm) == sorted([*NAMES, "NEW"])
    [first] = [one for one in calm.sessions(2026) if one.id == NAMES[0]]
    assert "MORE" in {row.id for row in first.entries[0].sets}


def test_what_was_taken_out_of_a_year_by_hand_under_a_writer_is_no_older_copy(
    paths: Paths, year: Path
) -> None:
    writer = again(paths)
    assert ids(writer) == NAMES
    change(year, lambda whole: whole["sessions"].pop(NAMES[1]))
    assert ids(writer) == [NAMES[0], *NAMES[2:]]
    assert not [line for line in writer.notices if "older copy" in line]
