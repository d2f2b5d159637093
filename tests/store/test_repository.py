from __future__ import annotations

import errno
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.store.conftest import Refuse, Unconfirmed
from tests.store.examples import a_record, a_session, stamp
from tui.domain.model.stamps import edited_at
from tui.domain.model.values import Session
from tui.domain.model.visible import visible
from tui.store.atomic import write
from tui.store.errors import NotSynced, StoreError
from tui.store.files import identity_of
from tui.store.paths import Paths
from tui.store.repository import Repository, each_once
from tui.store.table_file import Content, parse


def again(paths: Paths) -> Repository:
    """The same log as the next start sees it."""
    return Repository(paths, writable=False)


def logged(paths: Paths) -> dict[int, list[Session]]:
    repository = again(paths)
    return {year: repository.sessions(year) for year in repository.years()}


def files(paths: Paths) -> dict[str, bytes]:
    return {str(p.relative_to(paths.root)): p.read_bytes() for p in paths.root.rglob("*.*")}


def change(path: Path, table: str, key: str, doc: Any) -> None:
    """Edit a file by hand."""
    whole = orjson.loads(path.read_bytes())
    whole[table][key] = doc
    path.write_bytes(orjson.dumps(whole))


def moment(minutes: int) -> datetime:
    return datetime.fromisoformat(stamp(minutes))


def test_reading_where_nothing_is_creates_nothing(paths: Paths) -> None:
    repository = Repository(paths, writable=True)
    assert repository.years() == []
    assert repository.sessions(2026) == []
    assert repository.records(2026) == []
    assert not paths.root.exists()


def test_what_is_put_is_there_at_the_next_start(paths: Paths, repository: Repository) -> None:
    repository.put_session(a_session())
    repository.put_many([], [a_record()])
    assert again(paths).sessions(2026) == [a_session()]
    assert again(paths).records(2026) == [a_record()]
    assert repository.sessions(2026) == [a_session()]


def test_a_document_lies_in_the_year_of_its_local_date(repository: Repository) -> None:
    east = timezone(timedelta(hours=13))
    begun = datetime(2027, 1, 1, 8, 0, tzinfo=east)
    repository.put_session(replace(a_session(), started=begun))
    assert repository.years() == [2027]
    assert begun.astimezone(UTC).year == 2026


def test_a_year_of_which_all_was_lost_is_told_of_until_it_is_dealt_with(paths: Paths) -> None:
    Repository(paths, writable=True).put_session(a_session("S2023", 2023))
    paths.year(2023).write_bytes(b"\x00")
    for writable in (True, True, False):
        one = Repository(paths, writable=writable)
        assert one.years() == [2023]
        assert one.sessions(2023) == []
        assert (one.damaged(), one.incomplete(2023)) == ([2023], True)
        assert "nobody knows what is missing" in one.notices[0]
    paths.year(2023).with_name("2023.json.damaged-1").unlink()
    assert again(paths).years() == []


def test_years_come_newest_first_and_other_files_are_no_years(
    paths: Paths, repository: Repository
) -> None:
    for year in (2024, 2026, 2025):
        repository.put_session(a_session(f"S{year}", year))
    paths.year(2025).rename(paths.log_dir / "2025.json.bak")
    for name in (".2022.json.1.tmp", "20211.json", "notes.json"):
        (paths.log_dir / name).write_bytes(b"{}")
    assert again(paths).years() == [2026, 2025, 2024]


def test_sessions_come_in_the_order_of_their_start(paths: Paths, repository: Repository) -> None:
    late, early = a_session("A"), replace(a_session("B"), started=a_session().started.min)
    early = replace(early, started=a_session().started - timedelta(days=9))
    repository.put_many([late, early], [])
    assert [s.id for s in again(paths).sessions(2026)] == ["B", "A"]


def test_putting_the_same_twice_writes_nothing(paths: Paths, repository: Repository) -> None:
    repository.put_many([a_session()], [a_record()])
    before = identity_of(paths.year(2026).stat())
    for one in (repository, Repository(paths, writable=True)):
        one.put_session(a_session())
        one.put_many([], [a_record()])
        one.put_many([a_session()], [a_record()])
    assert identity_of(paths.year(2026).stat()) == before
    assert not paths.year(2026).with_name("2026.json.bak").exists()


def test_an_edit_replaces_every_field(paths: Paths, repository: Repository) -> None:
    repository.put_session(a_session(note="hard"))
    edited = replace(a_session(edited=stamp(1)), extra={})
    repository.put_session(edited)
    assert logged(paths) == {2026: [edited]}


def test_the_copy_edited_last_wins_whatever_its_offset(
    paths: Paths, repository: Repository
) -> None:
    newer = a_session(edited="2026-11-02T18:05:00+00:00", note="newer")
    older = a_session(edited="2026-11-02T18:30:00+01:00", note="older")
    repository.put_session(newer)
    repository.put_session(older)
    assert logged(paths) == {2026: [newer]}
    second = replace(newer, note="the same second, put later")
    repository.put_session(second)
    assert logged(paths) == {2026: [second]}


INSTANTS = st.builds(
    lambda seconds, hours: datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours))),
    st.integers(0, 4_000_000_000),
    st.integers(-14, 14),
)


@given(INSTANTS, INSTANTS)
def test_stamps_compare_as_instants(a: datetime, b: datetime) -> None:
    assert (edited_at(a.isoformat()) > edited_at(b.isoformat())) is (a > b)
    assert (edited_at(a.isoformat()) == edited_at(b.isoformat())) is (a == b)


@pytest.mark.parametrize("stamp", ["", "yesterday", "2026-11-02T18:05:00", None, 7, [1]])
def test_what_is_no_instant_is_older_than_any(stamp: object) -> None:
    assert edited_at(stamp) < edited_at("1900-01-01T00:00:00+00:00")


def test_a_deleted_session_leaves_a_tombstone_and_can_come_back(
    paths: Paths, repository: Repository
) -> None:
    repository.put_session(a_session())
    repository.edit_session(a_session().tombstone(stamp(5)), moment(5))
    tomb = replace(a_session().tombstone(stamp(5)), replaces=(stamp(),))
    assert logged(paths) == {2026: [visible(tomb)]}
    repository.put_session(a_session(edited=stamp(4), note="older than the deletion"))
    assert logged(paths) == {2026: [visible(tomb)]}
    repository.put_session(a_session(edited=stamp(6)))
    assert logged(paths) == {2026: [a_session(edited=stamp(6))]}


def test_a_session_moved_to_another_year_is_there_once(
    paths: Paths, repository: Repository
) -> None:
    repository.put_many([a_session("S1", 2025), a_session("S2", 2025)], [a_record("S1", 2025)])
    moved = a_session("S1", 2026, edited=stamp(1))
    Repository(paths, writable=True).put_session(moved)
    assert logged(paths) == {2026: [moved], 2025: [a_session("S2", 2025)]}
    assert again(paths).records(2025) == [a_record("S1", 2025)], "another table, another thing"


def test_an_older_copy_from_another_year_does_not_move_it_back(
    paths: Paths, repository: Repository
) -> None:
    newer = a_session("S1", 2026, edited=stamp(1))
    repository.put_session(newer)
    repository.put_session(a_session("S1", 2025))
    assert logged(paths) == {2026: [newer]}


def test_sessions_that_change_places_between_years_are_never_nowhere(
    paths: Paths, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.put_many([a_session("A", 2025), a_session("B", 2026)], [])
    swapped = [a_session("A", 2026, edited=stamp(1)), a_session("B", 2025, edited=stamp(1))]
    seen: list[set[str]] = []

    def watched(path: Path, data: bytes) -> None:
        write(path, data)
        seen.append({s.id for sessions in logged(paths).values() for s in sessions})

    monkeypatch.setattr("tui.store.storage.write", watched)
    repository.put_many(swapped, [])
    assert len(seen) == 4
    assert all(ids == {"A", "B"} for ids in seen)
    assert logged(paths) == {2026: [swapped[0]], 2025: [swapped[1]]}


def test_a_move_cut_short_shows_once_and_the_same_put_repairs_it(
    paths: Paths, repository: Repository
) -> None:
    old, new = a_session("S1", 2025), a_session("S1", 2026, edited=stamp(1))
    repository.put_session(old)
    other = Paths(paths.root / "other")
    Repository(other, writable=True).put_session(new)
    other.year(2026).rename(paths.year(2026))
    both = [s for sessions in logged(paths).values() for s in sessions]
    assert both == [new, old]
    assert each_once(both) == each_once(reversed(both)) == [new]
    Repository(paths, writable=True).put_session(new)
    assert logged(paths) == {2026: [new], 2025: []}


def test_of_one_session_twice_in_an_import_the_newest_counts(
    paths: Paths, repository: Repository
) -> None:
    newest = a_session(edited=stamp(2), year=2025)
    repository.put_many([a_session(), newest, a_session(edited=stamp(1))], [])
    assert logged(paths) == {2025: [newest]}


@pytest.mark.parametrize(
    ("call", "times"),
    [("replace", 1), ("link", 1), ("fsync", 1), ("open", 1), ("fsync", 1000), ("open", 1000)],
)
@pytest.mark.parametrize("after", range(24))
def test_an_import_that_fails_anywhere_changes_nothing_and_can_be_repeated(
    paths: Paths,
    refuse: Refuse,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    times: int,
    after: int,
) -> None:
    Repository(paths, writable=True).put_many(
        [a_session("A", 2024), a_session("B", 2025)], [a_record(year=2026)]
    )
    before = files(paths)
    news = [a_session("A", 2026, edited=stamp(1)), a_session("N1", 2023), a_session("N2", 2025)]
    refuse(call, errno.ENOSPC, after=after, times=times)
    refused: StoreError | None = None
    try:
        Repository(paths, writable=True).put_many(news, [a_record("R2", 2024)])
    except StoreError as error:
        refused = error
    monkeypatch.undo()
    if isinstance(refused, NotSynced):
        # All of it is there, and nothing is removed that the disk has not confirmed elsewhere.
        there = [s for found in logged(paths).values() for s in found]
        assert all(one in there for one in news)
        assert again(paths).records(2024) == [a_record("R2", 2024)]
    elif refused is not None:
        assert "the disk is full" in str(refused)
        assert files(paths) == before
    Repository(paths, writable=True).put_many(news, [a_record("R2", 2024)])
    assert {s.id: year for year, found in logged(paths).items() for s in found} == {
        "A": 2026,
        "B": 2025,
        "N1": 2023,
        "N2": 2025,
    }
    assert again(paths).records(2024) == [a_record("R2", 2024)]


def test_what_the_disk_does_not_confirm_is_what_is_read(
    paths: Paths, repository: Repository, unconfirmed: Unconfirmed
) -> None:
    repository.put_session(a_session())
    assert repository.sessions(2026) == [a_session()]
    unconfirmed()
    changed = a_session(edited=stamp(1), note="new")
    with pytest.raises(NotSynced, match=r"2026\.json: the change is in the file"):
        repository.put_session(changed)
    assert repository.sessions(2026) == again(paths).sessions(2026) == [changed]


def test_a_session_leaves_its_year_only_once_the_disk_has_confirmed_the_other(
    paths: Paths,
    repository: Repository,
    unconfirmed: Unconfirmed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repository.put_many([a_session("A", 2024), a_session("B", 2025)], [])
    unconfirmed()
    moved = a_session("A", 2025, edited=stamp(1))
    with pytest.raises(NotSynced):
        repository.put_session(moved)
    assert again(paths).sessions(2024) == [a_session("A", 2024)]
    assert moved in again(paths).sessions(2025)
    monkeypatch.undo()
    repository.put_session(moved)
    assert logged(paths)[2024] == []
    assert moved in logged(paths)[2025]


def test_an_import_with_a_value_that_no_file_can_hold_changes_nothing(
    paths: Paths, repository: Repository
) -> None:
    repository.put_session(a_session())
    before = files(paths)
    bad = a_session("S2", 2027, note="\ud800")
    with pytest.raises(StoreError, match=r"2027\.json was not written"):
        repository.put_many([a_session("S3", 2025), bad], [])
    assert files(paths) == before


def test_keys_this_version_does_not_know_survive(paths: Paths, repository: Repository) -> None:
    repository.put_session(a_session())
    path = paths.year(2026)
    whole = orjson.loads(path.read_bytes())
    whole["sessions"]["S1"]["new"] = {"a": [1, None]}
    whole["sessions"]["S1"]["entries"][0]["new"] = 1
    whole["sessions"]["S1"]["entries"][0]["sets"][0]["new"] = 1
    path.write_bytes(orjson.dumps(whole))
    one = Repository(paths, writable=True)
    one.put_session(replace(one.sessions(2026)[0], edited=stamp(1), note="edited"))
    stored = orjson.loads(path.read_bytes())["sessions"]["S1"]
    assert stored["note"] == "edited"
    assert stored["new"] == {"a": [1, None]}
    assert stored["entries"][0]["new"] == stored["entries"][0]["sets"][0]["new"] == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"id": "BAD"},
        {"id": "BAD", "started": "2026-11-02T18:05:00+01:00", "entries": [{"sets": 1}]},
        {"id": "\x1b[2J", "started": "2026-11-02T18:05:00+01:00"},
        {"id": "ANOTHER", "started": "2026-11-02T18:05:00+01:00"},
        {},
        None,
        "text",
        [1],
    ],
)
def test_a_document_not_understood_is_named_left_out_and_never_dropped(
    paths: Paths, repository: Repository, bad: Any
) -> None:
    repository.put_session(a_session())
    change(paths.year(2026), "sessions", "BAD", bad)
    one = Repository(paths, writable=True)
    assert one.sessions(2026) == [a_session()]
    assert one.sessions(2026) == [a_session()]
    outside, left_out = one.notices
    assert "was changed outside Stridelift" in outside
    assert str(paths.year(2026)) in left_out
    assert "BAD" in left_out
    assert left_out.isprintable()
    one.put_session(a_session("S2"))
    assert orjson.loads(paths.year(2026).read_bytes())["sessions"]["BAD"] == bad
    assert [s.id for s in one.sessions(2026)] == ["S1", "S2"]


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are parsed from now on."""
    names: list[str] = []

    def noted(data: bytes, path: Path) -> Content:
        names.append(path.name)
        return parse(data, path)

    monkeypatch.setattr("tui.store.storage.parse", noted)
    return names


def all_read(paths: Paths) -> Repository:
    """The log with every year read, as the screen has it."""
    repository = Repository(paths, writable=True)
    for year in repository.years():
        repository.sessions(year)
    return repository


def test_of_the_years_read_only_the_newest_stays_parsed(
    paths: Paths, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = [2026, 2025, 2024]
    repository.put_many(
        [a_session(f"S{year}", year) for year in years],
        [a_record(f"R{year}", year) for year in years],
    )
    names = parsed(monkeypatch)
    one = all_read(paths)
    assert [one.sessions(year)[0].id for year in years] == ["S2026", "S2025", "S2024"]
    assert all(one.records(year) for year in years)
    assert names == ["2026.json", "2025.json", "2024.json"], "each once, for both of its tables"
    one.put_session(a_session("new", 2026))
    assert len(names) == 3, "to look for an older copy takes no parsing"
    one.put_session(a_session("S2024", 2024, edited=stamp(1), note="edited"))
    assert names[3:] == ["2024.json"]
    assert one.sessions(2024) == [a_session("S2024", 2024, edited=stamp(1), note="edited")]
    one.put_session(a_session("S2024", 2024, edited=stamp(2)))
    assert names[3:] == ["2024.json"] * 2, "what was edited is let go of again once it is read"


def test_an_old_year_is_edited_deleted_and_brought_back_after_it_was_read(
    paths: Paths, repository: Repository
) -> None:
    other = a_session("S2", 2024, note="untouched")
    repository.put_many([a_session("S9"), a_session("S1", 2024), other], [a_record("R", 2024)])
    change(paths.year(2024), "sessions", "BAD", "no session")
    one = all_read(paths)
    edited = a_session("S1", 2024, edited=stamp(1), note="edited")
    for stored in (edited, edited.tombstone(stamp(2)), replace(edited, edited=stamp(3))):
        one.put_session(stored)
        assert logged(paths)[2024] == one.sessions(2024) == [visible(stored), other]
    one.edit_session(other.tombstone(stamp(4)), moment(4))
    tomb = replace(other.tombstone(stamp(4)), replaces=(stamp(),))
    assert logged(paths)[2024][1] == visible(tomb)
    assert again(paths).records(2024) == [a_record("R", 2024)]
    assert orjson.loads(paths.year(2024).read_bytes())["sessions"]["BAD"] == "no session"


def test_a_session_leaves_an_old_year_after_it_was_read(
    paths: Paths, repository: Repository
) -> None:
    repository.put_many([a_session("A", 2024), a_session("S1", 2024), a_session("B", 2026)], [])
    moved = a_session("S1", 2025, edited=stamp(1))
    one = all_read(paths)
    one.put_session(moved)
    assert logged(paths) == {
        2026: [a_session("B", 2026)],
        2025: [moved],
        2024: [a_session("A", 2024)],
    }


def test_an_old_year_that_another_process_changed_after_it_was_read_is_not_lost(
    paths: Paths, repository: Repository
) -> None:
    repository.put_many([a_session("S9"), a_session("S1", 2024)], [])
    one = all_read(paths)
    theirs = a_session("theirs", 2024, edited=stamp(5), note="theirs")
    repository.put_session(theirs)
    one.put_session(a_session("theirs", 2024, edited=stamp(4), note="older"))
    one.put_session(a_session("mine", 2024))
    assert [s.id for s in one.sessions(2024)] == ["S1", "mine", "theirs"]
    assert one.sessions(2024)[2] == theirs


def test_unknown_keys_of_an_old_year_survive_an_edit_after_it_was_read(
    paths: Paths, repository: Repository
) -> None:
    repository.put_many([a_session("S9"), a_session("S1", 2024), a_session("S2", 2024)], [])
    path = paths.year(2024)
    whole = orjson.loads(path.read_bytes())
    for name in ("S1", "S2"):
        session = whole["sessions"][name]
        session["new"] = session["entries"][0]["new"] = {"a": [1, None]}
        session["entries"][0]["sets"][0]["prescribed"]["new"] = name
    whole["meta"]["by"] = "another"
    path.write_bytes(orjson.dumps(whole))
    one = all_read(paths)
    one.put_session(replace(one.sessions(2024)[0], edited=stamp(1), note="edited"))
    whole["sessions"]["S1"] |= {"edited": stamp(1), "note": "edited"}
    written = orjson.loads(path.read_bytes())
    del written["meta"]["sha256"], whole["meta"]["sha256"]
    assert written == whole


def test_an_old_year_damaged_after_it_was_read_is_healed(
    paths: Paths, repository: Repository
) -> None:
    repository.put_many([a_session("S9"), a_session("S1", 2024)], [])
    repository.put_session(a_session("S2", 2024))
    one = all_read(paths)
    paths.year(2024).write_bytes(b"{")
    one.put_session(a_session("S3", 2024))
    assert [s.id for s in one.sessions(2024)] == ["S1", "S3"], "the copy before the last write"
    assert len(one.notices) == 1
    assert paths.year(2024).with_name("2024.json.damaged-1").read_bytes() == b"{"


def test_a_list_handed_out_is_not_the_stored_one(repository: Repository) -> None:
    repository.put_session(a_session())
    repository.sessions(2026).clear()
    assert repository.sessions(2026) == [a_session()]


def test_a_log_open_for_reading_is_not_touched(paths: Paths, repository: Repository) -> None:
    repository.put_session(a_session())
    before = files(paths)
    reading = again(paths)
    with pytest.raises(StoreError, match="reading only"):
        reading.put_session(a_session("S2"))
    with pytest.raises(StoreError, match="reading only"):
        reading.edit_session(a_session().tombstone(stamp(1)), moment(1))
    assert files(paths) == before


def test_a_reader_sees_what_the_writer_adds(paths: Paths, repository: Repository) -> None:
    reading = again(paths)
    assert reading.sessions(2026) == []
    repository.put_session(a_session())
    assert reading.sessions(2026) == [a_session()]
    repository.edit_session(a_session().tombstone(stamp(1)), moment(1))
    assert reading.sessions(2026)[0].deleted
