"""The doctor: each thing that can be wrong is found, mended, and gone; what is well stays."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import random
import shutil
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from tests.app.doctor_folder import (
    NOW,
    Doc,
    a_doc,
    a_logbook,
    a_session,
    add_session,
    an_id,
    bytes_of,
    edit_session,
    make_well,
    rewrite,
    tables_of,
    written,
)
from tests.store.examples import ZONE
from tui.app.backups import backup
from tui.app.doctor import machine
from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Folder, read_folder
from tui.app.doctor.looking import look
from tui.app.doctor.repair import MENDS, Repair, repair
from tui.app.logbook import Logbook
from tui.bootstrap import shipped_library
from tui.cli import main
from tui.domain.model.notation import parse
from tui.domain.model.values import Side
from tui.domain.session.actions import Finish, Log
from tui.store.archive import read
from tui.store.backups import listed
from tui.store.device import make_device
from tui.store.errors import StoreError
from tui.store.journal_lines import lines_of
from tui.store.paths import Paths
from tui.store.repository import Repository
from tui.store.rescue import keep
from tui.store.seal import sealed

YEAR = "log/2026.json"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A folder that is well."""
    paths = Paths(tmp_path / "data")
    make_well(paths)
    return paths


def looked(paths: Paths, now: datetime = NOW) -> list[Finding]:
    return look(paths, shipped_library, now)


def repaired(paths: Paths, now: datetime = NOW) -> Repair:
    book = a_logbook(paths, now)
    assert book.access.acquire()
    try:
        return repair(book, shipped_library)
    finally:
        book.close()


def codes(findings: tuple[Finding, ...] | list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def faults(findings: tuple[Finding, ...] | list[Finding]) -> list[str]:
    return [finding.code for finding in findings if not finding.note]


def test_a_folder_that_is_well_has_no_findings(paths: Paths) -> None:
    assert looked(paths) == []


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert codes(looked(Paths(tmp_path / "data"))) == ["unreadable"]


def test_no_folder_is_no_finding(tmp_path: Path) -> None:
    assert looked(Paths(tmp_path / "none")) == []
    assert not (tmp_path / "none").exists()


# -- what can be mended --------------------------------------------------------------------------


class Case(NamedTuple):
    """A thing to make wrong: how, what it is called and where; the files that mending touches; and
    the sessions and records more than before once it is mended."""

    make: Callable[[Paths], object]
    code: str
    where: str
    touched: frozenset[str] = frozenset({YEAR})
    more: int = 0


def damage(paths: Paths) -> None:
    """Spoil a line of the session, which the .bak has too."""
    path = paths.year(2026)
    path.with_name("2026.json.bak").write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b'"started"', b'"started', 1))


def change_by_hand(paths: Paths) -> None:
    path = paths.year(2026)
    path.with_name("2026.json.bak").write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b'"reps": 8', b'"reps": 9', 1))
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))


def leave_marks_of_git(paths: Paths) -> None:
    path = paths.year(2026)
    path.with_name("2026.json.bak").write_bytes(path.read_bytes())
    line = b'          "exercise": "back-squat",\n'
    assert line in path.read_bytes()
    both = b"<<<<<<< HEAD\n" + line + b"=======\n" + line + b">>>>>>> theirs\n"
    path.write_bytes(path.read_bytes().replace(line, both))


def lose_a_race_with_a_sync_program(paths: Paths) -> None:
    backup = paths.log_dir / "2026.json.bak"
    backup.write_bytes(paths.year(2026).read_bytes())
    add_session(backup, a_doc(7))


def lose_a_race_of_settings(paths: Paths) -> None:
    backup = paths.root / "profile.json.bak"
    backup.write_bytes(paths.profile.read_bytes())
    race = {"id": an_id(8), "edited": NOW.isoformat(), "day": "2027-06-01", "name": "Fell"}
    rewrite(backup, lambda tables: tables["races"].update({an_id(8): race}))


def without(name: str, new: str) -> Callable[[Paths], object]:
    return lambda paths: (paths.root / name).rename(paths.root / new)


def use_an_id_again(doc: Doc) -> None:
    first, second, _ = doc["entries"][0]["sets"]
    second["id"] = first["id"]


def count_places(doc: Doc) -> None:
    doc["entries"][0]["id"] = f"{doc['id']}-1"
    doc["entries"][0]["sets"][0]["id"] = f"{doc['id']}-1-1b"


def spoil_a_stamp(doc: Doc) -> None:
    doc["entries"][0]["sets"][0]["edited"] = "yesterday"


def put_in_both_years(paths: Paths) -> None:
    add_session(paths.year(2025), tables_of(paths.year(2026))["sessions"][an_id(1)])


def add_a_race_again(paths: Paths) -> None:
    def add(tables: dict[str, dict[str, Any]]) -> None:
        race = next(iter(tables["races"].values()))
        tables["races"][an_id(9)] = {**race, "id": an_id(9), "priority": "B"}

    rewrite(paths.profile, add)


def finish_without_filing(paths: Paths) -> None:
    """A session that was finished by a process that was killed before it was filed."""

    def record(book: Logbook) -> None:
        live = book.recorder.start(book.planner.next_plan(NOW.date()))
        book.recorder.do(Log(live.items[0].id))
        book.recorder.do(Finish("time"))

    written(paths, record)


def finish_elsewhere(paths: Paths) -> Path:
    """The journal of a session that is finished on another machine."""
    finish_without_filing(paths)
    [path] = paths.live_dir.iterdir()
    return path.rename(paths.journal(path.name.partition(".")[0], "laptop-0123456789"))


def journal(paths: Paths, device: str, at: datetime) -> Path:
    """A journal of one machine, of a session that has just begun."""
    events: list[Doc] = [{"e": "start", "at": at.isoformat(), "id": an_id(40), "items": []}]
    path = paths.journal(an_id(40), device)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(lines_of(events, 1, path))
    path.chmod(0o600)
    return path


def spoil_a_journal(paths: Paths) -> None:
    path = journal(paths, make_device(paths), NOW)
    path.write_bytes(path.read_bytes() + b'{"n":2,"e":"note","te\n')


def age(paths: Paths) -> None:
    """Make the only backup one of a log before the last change, a month old."""
    [path] = paths.backups_dir.iterdir()
    path.unlink()
    book = a_logbook(paths, NOW - timedelta(days=30))
    assert book.access.acquire()
    backup(book)
    book.close()
    written(paths, lambda book: book.reader.repository.put_many([a_session(6)], []))


def leave_a_copy(paths: Paths, name: str = "2026.sync-conflict-20261129-120000.json") -> None:
    path = paths.log_dir / name
    path.write_bytes(paths.year(2026).read_bytes())
    path.chmod(0o600)
    add_session(path, a_doc(7))


NEVER = frozenset[str]()
CASES = {
    "damaged": Case(damage, "damaged", YEAR),
    "changed by hand": Case(change_by_hand, "changed", YEAR),
    "marks": Case(leave_marks_of_git, "marks", YEAR),
    "missing": Case(without(YEAR, f"{YEAR}.bak"), "missing", YEAR),
    "others may read": Case(lambda p: p.year(2026).chmod(0o644), "mode", "log", NEVER),
    "others may list": Case(lambda p: p.log_dir.chmod(0o755), "mode", "log", NEVER),
    "a temp": Case(
        lambda p: (p.log_dir / ".2026.json.999999999.tmp").write_bytes(b"{"),
        "temp",
        "log/.2026.json.999999999.tmp",
        NEVER,
    ),
    "set aside": Case(
        lambda p: (p.log_dir / "2026.json.damaged-1").write_bytes(p.year(2026).read_bytes()),
        "aside",
        f"{YEAR}.damaged-1",
        NEVER,
    ),
    "bak with more": Case(lose_a_race_with_a_sync_program, "bak", f"{YEAR}.bak", more=1),
    "profile bak with more": Case(
        lose_a_race_of_settings, "bak", "profile.json.bak", frozenset({"profile.json"})
    ),
    "under another key": Case(
        lambda p: add_session(p.year(2026), a_doc(7), an_id(8)), "key", YEAR, more=1
    ),
    "in the wrong year": Case(
        lambda p: add_session(p.year(2025), a_doc(7)),
        "year",
        "log/2025.json",
        frozenset({YEAR, "log/2025.json"}),
        more=1,
    ),
    "in two years": Case(
        put_in_both_years, "id-twice", "log/2025.json", frozenset({"log/2025.json"})
    ),
    "an id used again": Case(
        lambda p: edit_session(p.year(2026), use_an_id_again), "id-again", YEAR
    ),
    "positional": Case(lambda p: edit_session(p.year(2026), count_places), "positional", YEAR),
    "stamp": Case(lambda p: edit_session(p.year(2026), spoil_a_stamp), "stamp", YEAR),
    "a race twice": Case(add_a_race_again, "twice", "profile.json", frozenset({"profile.json"})),
    "unfiled": Case(finish_without_filing, "unfiled", "live/", more=1),
    "damaged journal": Case(spoil_a_journal, "journal-damaged", "live/", NEVER),
    "another machine's, unfiled": Case(
        finish_elsewhere, "unfiled", "live/", frozenset({YEAR}), more=1
    ),
    "no backup": Case(lambda p: next(p.backups_dir.iterdir()).unlink(), "backup", "backups", NEVER),
    "an old backup": Case(age, "backup", "backups/", NEVER, more=1),
    "a damaged backup": Case(
        lambda p: next(p.backups_dir.iterdir()).write_bytes(b"PK"),
        "backup-damaged",
        "backups/",
        NEVER,
    ),
    "a copy by a sync program": Case(
        leave_a_copy, "copy", "log/2026.sync-conflict", frozenset({YEAR}), more=1
    ),
    "syncthing": Case(
        lambda p: (p.root / ".stfolder").mkdir(), "stignore", ".stignore", frozenset({".stignore"})
    ),
}


def documents(paths: Paths) -> dict[str, Any]:
    """All sessions and records, as they are stored."""
    repository = Repository(paths, writable=False)
    years = repository.years()
    sessions = {s.id: s for year in years for s in repository.stored(year)}
    return sessions | {r.id: r for year in years for r in repository.records(year)}


def kept(paths: Paths) -> set[bytes]:
    """The bytes of every file there is, and of those in backups."""
    here = {data for data, _ in bytes_of(paths.root).values()}
    backups = [path for path in listed(paths.backups_dir) if path.stat().st_size > 2]
    return here.union(*(read(path).files.values() for path in backups))


def rest(paths: Paths, touched: frozenset[str]) -> dict[str, bytes]:
    """The files that a repair has no business with."""
    lock = paths.lock.name
    changing = {lock, *touched, *(f"{name}.bak" for name in touched)}
    own = ("cache/", "merged/", "backups/", "live/")
    return {
        name: data
        for name, (data, _) in bytes_of(paths.root).items()
        if name not in changing and not name.startswith(own) and ".damaged-" not in name
    }


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_found_and_mended_and_then_all_is_well(paths: Paths, case: Case) -> None:
    well = documents(paths)
    case.make(paths)
    before, others = bytes_of(paths.root), rest(paths, case.touched)

    found = looked(paths)
    assert bytes_of(paths.root) == before, "looking writes nothing"
    [finding] = [one for one in found if one.code == case.code and one.repair]
    assert finding.where.startswith(case.where)

    done = repaired(paths)
    assert finding in done.mended
    assert done.notes == ()
    assert faults(done.left) == faults(looked(paths)) == []

    now = documents(paths)
    if case.code not in ("id-again", "positional", "stamp", "changed"):
        assert now.items() >= well.items()
        assert len(now) == len(well) + case.more
    assert now.keys() >= well.keys()
    assert rest(paths, case.touched).items() >= others.items() - {
        (name, data) for name, data in others.items() if name == finding.where
    }
    # Each write replaces the .bak, so one that had nothing more goes.
    fleeting = {paths.lock.name} | {name for name in before if name.endswith(".bak")}
    gone = {name for name, (data, _) in before.items() if data not in kept(paths)}
    assert gone <= fleeting - {finding.where}, "what was replaced is still somewhere"


def test_every_finding_that_can_be_mended_has_its_mend_and_its_case() -> None:
    mended_later = {"old-schema", "outlived", "rescue"}  # Below: they take time, or another folder.
    again = {"journal-aside"}  # What a damaged journal leaves.
    ours = {case.code for case in CASES.values()} | mended_later | again
    of_git = {name for name in MENDS if name.startswith("git-")}  # In a file of their own.
    assert ours | of_git == set(MENDS)


def test_mending_a_well_folder_writes_nothing(paths: Paths) -> None:
    before = bytes_of(paths.root)
    assert repaired_by_command(paths) == 0
    assert bytes_of(paths.root) == before


def repaired_by_command(paths: Paths) -> int:
    return main(["doctor", "--repair", "--data-dir", str(paths.root), "--today", "2026-11-29"])


def test_many_things_at_once_are_mended(paths: Paths) -> None:
    for name in ("bak with more", "a race twice", "a temp", "unfiled", "in two years"):
        CASES[name].make(paths)
    paths.year(2025).chmod(0o604)
    damage(paths)
    done = repaired(paths)
    assert (codes(done.left), done.notes) == ([], ())
    assert looked(paths) == []


def test_a_positional_id_is_mended_as_every_other_machine_does(paths: Paths) -> None:
    edit_session(paths.year(2026), count_places)
    repaired(paths)
    first = paths.year(2026).read_bytes()
    edit_session(paths.year(2026), lambda doc: doc["entries"][0]["sets"][0])
    [entry] = documents(paths)[an_id(1)].entries
    assert entry.was == f"{an_id(1)}-1"
    assert looked(paths) == []
    assert b'"was"' in first


def test_of_two_sets_with_one_id_both_stay(paths: Paths) -> None:
    edit_session(paths.year(2026), use_an_id_again)
    repaired(paths)
    [entry] = documents(paths)[an_id(1)].entries
    assert [row.number for row in entry.live()] == [1, 2, 3]
    assert len({row.id for row in entry.sets}) == 3


def test_of_one_race_twice_the_later_stays_and_the_other_is_a_tombstone(paths: Paths) -> None:
    add_a_race_again(paths)
    repaired(paths)
    races = tables_of(paths.profile)["races"]
    assert len(races) == 2
    assert [doc.get("deleted") for doc in races.values()].count(True) == 1


def test_a_session_kept_while_the_folder_was_gone_is_brought_back(paths: Paths) -> None:
    finish_without_filing(paths)
    [path] = paths.live_dir.iterdir()
    keep(path, path.read_bytes(), paths.root.stat().st_dev)
    path.unlink()
    assert "rescue" in codes(looked(paths))
    assert codes(repaired(paths).left) == []
    assert not any(paths.rescue_dir.iterdir())


def test_the_file_of_the_old_schema_is_put_away_a_month_later_if_all_is_well(paths: Paths) -> None:
    kept_file = paths.log_dir / "2026.json.schema-1"
    kept_file.write_bytes(b'{"sessions": {}}')
    kept_file.chmod(0o600)
    born = datetime.fromtimestamp(kept_file.stat().st_ctime, ZONE)
    soon, later = born + timedelta(days=29), born + timedelta(days=31)
    assert "old-schema" not in codes(looked(paths, soon))
    assert "old-schema" in codes(looked(paths, later))
    (paths.log_dir / "2025.json.damaged-1").write_bytes(b"{")
    assert "old-schema" not in codes(looked(paths, later)), "not before all is well"
    assert codes(repaired(paths, later).left) == []
    assert not kept_file.exists()
    assert any(path.name.endswith("2026.json.schema-1") for path in paths.merged_dir.iterdir())


def test_a_journal_that_its_machine_does_not_remove_is_put_away_a_month_later(paths: Paths) -> None:
    path = finish_elsewhere(paths)
    written(paths)
    soon = looked(paths, NOW + timedelta(days=1))
    assert [(one.code, one.note) for one in soon if one.where.startswith("live")] == [
        ("elsewhere", True)
    ]
    later = NOW + timedelta(days=31)
    assert "outlived" in codes(looked(paths, later))
    assert codes(repaired(paths, later).left) == []
    assert not path.exists()


def spoil_without_a_copy(paths: Paths) -> None:
    path = paths.year(2026)
    path.write_bytes(path.read_bytes().replace(b'"started"', b'"started', 1))
    path.with_name("2026.json.bak").unlink(missing_ok=True)


def test_what_a_damaged_file_lost_is_taken_from_a_backup(paths: Paths) -> None:
    well = documents(paths)
    spoil_without_a_copy(paths)
    done = repaired(paths)
    assert (codes(done.left), done.notes) == ([], ())
    assert documents(paths) == well


def test_what_settings_lost_is_taken_from_a_backup(paths: Paths) -> None:
    races = tables_of(paths.profile)["races"]
    text = paths.profile.read_bytes()
    paths.profile.write_bytes(text.replace(b'"name": "Ridge', b'"name: "Ridge'))
    paths.profile.with_name("profile.json.bak").unlink()
    assert codes(repaired(paths).left) == []
    assert tables_of(paths.profile)["races"] == races


def test_what_no_backup_has_either_is_said(paths: Paths) -> None:
    next(paths.backups_dir.iterdir()).unlink()
    spoil_without_a_copy(paths)
    done = repaired(paths)
    assert codes(done.left) == []
    [note] = done.notes
    assert "1 thing in it could not be read (2026-11-29)" in note
    assert note.endswith("your backups do not have it either")


def test_many_of_one_kind_in_a_file_are_one_finding_and_one_write(paths: Paths) -> None:
    docs = [a_doc(number) for number in range(50, 60)]

    def add(tables: dict[str, dict[str, Any]]) -> None:
        tables["sessions"] |= {doc["id"]: doc for doc in docs}
        for doc in docs:
            count_places(doc)

    rewrite(paths.year(2026), add)
    [finding] = looked(paths)
    assert finding.ids == tuple(doc["id"] for doc in docs)
    assert finding.words.endswith("2026-11-05: 2 ids that count places; 7 more")
    assert codes(repaired(paths).left) == []


# -- what only the runner can mend ---------------------------------------------------------------


def of_profile(change: Callable[[dict[str, dict[str, Any]]], object]) -> Callable[[Paths], object]:
    return lambda paths: rewrite(paths.profile, change)


def of_session(change: Callable[[Doc], object]) -> Callable[[Paths], object]:
    return lambda paths: edit_session(paths.year(2026), change)


def newer(paths: Paths) -> None:
    path = paths.year(2025)
    path.write_bytes(path.read_bytes().replace(b'"schema_version": 2', b'"schema_version": 9'))


def write_of_1804(paths: Paths) -> None:
    doc = a_doc(9, datetime(1804, 1, 2, 3, 4, tzinfo=ZONE))
    paths.year(1804).write_bytes(sealed({"schema_version": 2}, {"sessions": {doc["id"]: doc}}))


def a_stray_file(paths: Paths) -> None:
    paths.live_dir.mkdir(mode=0o700)
    (paths.live_dir / "notes.txt").write_bytes(b"")


def two_carriers(paths: Paths) -> None:
    (paths.root / ".git").mkdir()
    (paths.root / ".dropbox").touch()


def a_pipe(paths: Paths) -> None:
    paths.year(2025).unlink()
    os.mkfifo(paths.year(2025), 0o600)


TO_CORRECT: dict[str, tuple[Callable[[Paths], object], str, str]] = {
    "newer schema": (newer, "unreadable", "newer stridelift"),
    "a pipe": (a_pipe, "unreadable", "a pipe stands where"),
    "not understood": (of_session(lambda d: d.pop("started")), "document", "started is missing"),
    "a measure": (
        of_session(lambda d: d["entries"][0]["sets"][0].update(reps=-1)),
        "document",
        "reps must be",
    ),
    "no object": (
        lambda p: rewrite(p.year(2026), lambda t: t["sessions"].update({"X": 1})),
        "document",
        "X is left out",
    ),
    "a year": (
        write_of_1804,
        "date",
        "1900 to 2999",
    ),
    "finished before": (
        of_session(lambda d: d.update(finished="2026-11-02T17:00:00+01:00")),
        "times",
        "before it started",
    ),
    "stamp ahead": (
        of_session(lambda d: d.update(edited="2026-12-24T18:00:00+01:00")),
        "ahead",
        "still to come",
    ),
    "clock behind": (
        of_session(lambda d: d.update(edited="2026-11-29T20:00:00+01:00")),
        "clock",
        "120 min behind",
    ),
    "forgotten": (
        lambda p: journal(p, make_device(p), NOW - timedelta(days=2)),
        "forgotten",
        "2026-11-27 18:00",
    ),
    "a copy by hand": (
        lambda p: leave_a_copy(p, "2026 before the race.json"),
        "copy",
        "stridelift merge '",
    ),
    "a stray file": (
        a_stray_file,
        "stray",
        "is no journal",
    ),
    "a journal that is not understood": (
        lambda p: journal(p, make_device(p), NOW).write_bytes(b'{"n":1,"e":"dance"}\n'),
        "document",
        "is not understood",
    ),
    "library": (lambda p: p.library.write_text("{"), "library", "no JSON"),
    "library check": (
        lambda p: p.library.write_text('{"schema_version": 1, "exercises": [{"id": "x"}]}'),
        "library",
        "stridelift library check",
    ),
    "a setting": (
        of_profile(lambda t: t["settings"]["unit"].update(value="stone")),
        "setting",
        "stone is none",
    ),
    "a race": (
        of_profile(lambda t: t["races"][an_id(5)].update(day="soon")),
        "setting",
        "races: day must be",
    ),
    "two carriers": (two_carriers, "two-carriers", "git and dropbox"),
}


@pytest.mark.parametrize(("make", "code", "words"), TO_CORRECT.values(), ids=TO_CORRECT)
def test_what_cannot_be_mended_is_named_and_left(
    paths: Paths, make: Callable[[Paths], object], code: str, words: str
) -> None:
    make(paths)
    for name in bytes_of(paths.root):
        (paths.root / name).chmod(0o600)
    before = {name: data for name, (data, _) in bytes_of(paths.root).items()}
    [finding] = [one for one in looked(paths) if one.code == code]
    assert words in f"{finding.words}; {finding.todo}"
    assert (finding.repair, finding.note) == ("", False)
    assert codes(repaired(paths).left) == codes(looked(paths))
    after = {name: data for name, (data, _) in bytes_of(paths.root).items()}
    assert {**after, paths.lock.name: b""} == {**before, paths.lock.name: b""}


NOTES: dict[str, tuple[Callable[[Paths], object], str]] = {
    "an exercise": (of_session(lambda d: d["entries"][0].update(exercise="yoga")), "exercise"),
    "one place": (of_session(lambda d: d["entries"][0]["sets"][1].update(number=1)), "place"),
    "another machine": (
        lambda p: journal(p, "laptop-0123456789", NOW - timedelta(hours=1)),
        "elsewhere",
    ),
}


@pytest.mark.parametrize(("make", "code"), NOTES.values(), ids=NOTES)
def test_what_is_good_to_know_is_no_fault(
    paths: Paths, make: Callable[[Paths], object], code: str
) -> None:
    make(paths)
    assert [(one.code, one.note) for one in looked(paths)] == [(code, True)]


def twins(doc: Doc) -> None:
    """Two versions of a set of schema 1 that nobody can tell apart."""
    first, second, _ = doc["entries"][0]["sets"]
    for row in (first, second):
        row["was"] = "old"
        del row["at"]


def test_twins_are_named(paths: Paths) -> None:
    edit_session(paths.year(2026), twins)
    assert codes(looked(paths)) == ["twins"]


# -- the machine ---------------------------------------------------------------------------------


def test_a_writer_at_work_is_named_and_not_disturbed(paths: Paths) -> None:
    child = os.fork()
    if child == 0:
        os.execvp("sleep", ["sleep", "60"])
    try:
        info = {"pid": child, "host": os.uname().nodename}
        paths.lock.write_text(json.dumps(info))
        [finding] = looked(paths)
        assert (finding.code, finding.note) == ("writer", True)
        assert f"process {child}" in finding.words
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_looking_needs_no_lock(paths: Paths) -> None:
    book = a_logbook(paths)
    assert book.access.acquire()
    assert looked(paths) == []
    book.close()


def test_a_claim_of_another_machine_is_named(paths: Paths) -> None:
    claim = paths.root / "writer.claim"
    claim.write_text(json.dumps({"pid": 4242, "host": "nas"}))
    claim.chmod(0o600)
    [finding] = looked(paths)
    assert "process 4242 on nas" in finding.words
    assert "remove this file" in finding.todo


def test_a_disk_that_does_not_lock_is_noticed(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert machine.locks(paths.root) is True
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    assert codes(looked(paths)) == ["locks"]


def test_a_folder_that_cannot_be_synced_is_noticed(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refusing)
    assert codes(looked(paths)) == ["sync"]


def test_a_disk_that_is_nearly_full_is_noticed(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "LEAST_FREE_BYTES", 1 << 60)
    assert codes(looked(paths)) == ["space"]


def test_what_the_runner_wrote_into_stignore_stays(paths: Paths) -> None:
    (paths.root / ".stfolder").mkdir()
    (paths.root / ".stignore").write_text("*.mine\n/cache")
    repaired(paths)
    lines = (paths.root / ".stignore").read_text().splitlines()
    assert lines[:2] == ["*.mine", "/cache"]
    assert sorted(lines) == sorted({*machine.STAYS, "*.mine"})


def test_a_year_that_is_replaced_while_it_is_read_is_looked_at_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Folder] = []

    def meanwhile(paths: Paths) -> Folder:
        if not seen:
            lose_a_race_with_a_sync_program(paths)
            seen.append(read_folder(paths))
            (paths.log_dir / "2026.json.bak").unlink()
            return seen[0]
        return read_folder(paths)

    monkeypatch.setattr("tui.app.doctor.looking.read_folder", meanwhile)
    assert looked(paths) == []
    assert seen


def test_a_backup_of_a_log_that_has_not_changed_is_never_old(paths: Paths) -> None:
    assert looked(paths, NOW + timedelta(days=60)) == []


# -- what the program itself does ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_what_the_program_does_leaves_nothing_to_find(tmp_path: Path, seed: int) -> None:
    """Steps of every kind at random: whatever they leave in .bak, in another year, as tombstones or
    under way, is no fault."""
    chance, paths, now = random.Random(seed), Paths(tmp_path / "data"), NOW
    make_well(paths)
    squat = shipped_library().exercises["back-squat"]
    for _ in range(12):
        now += timedelta(seconds=chance.choice([1, 60, 4000]))
        book = a_logbook(paths, now)
        book.open(write=True)
        recorder = book.read_all().recorder
        session = chance.choice([*book.reader.sessions(), None])
        match chance.choice(["log", "log", "live", "correct", "delete", "set", "move", "race"]):
            case "log":
                day = now - timedelta(days=chance.choice([0, 1, 400]))
                recorder.log(squat, parse("3x8 60kg", squat.kind), day)
            case "live":
                live = recorder.live or recorder.start(book.planner.next_plan(now.date()))
                recorder.do(Log(live.items[0].id))
                if chance.random() < 0.7:
                    recorder.finish()
            case "correct" if session is not None:
                rows = [session.live()[0].live()[0]]
                recorder.correct(session, rows, parse("7 55kg", squat.kind, single=True))
                recorder.undo()
            case "delete" if session is not None:
                recorder.delete(session)
            case "set":
                book.profile.set("unit", chance.choice(["kg", "lb"]))
            case "move" if session is not None:
                recorder.put(replace(session, started=session.started - timedelta(days=200)))
            case "race":
                race = {"day": "2027-05-09", "name": f"Race {chance.random()}", "priority": "A"}
                book.profile.store.keep("races", {an_id(chance.randrange(3)): race}, now)
                book.profile.unkeep()
        book.close()
        assert faults(looked(paths, now + timedelta(minutes=1))) == []


# -- refusals and kills --------------------------------------------------------------------------


def refusing(*_: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_without_a_backup_nothing_is_mended(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    lose_a_race_with_a_sync_program(paths)
    year = paths.year(2026).read_bytes()
    monkeypatch.setattr(os, "fsync", refusing)
    with pytest.raises(StoreError):
        repaired(paths)
    assert paths.year(2026).read_bytes() == year


def test_a_repair_killed_at_any_sync_of_a_file_does_no_harm(tmp_path: Path) -> None:
    """The child dies at its first fsync, its fourth, and so on, until one gets through."""
    for at in count(1, 3):
        paths = Paths(tmp_path / f"data-{at}")
        make_well(paths)
        well = documents(paths)
        for name in ("bak with more", "a race twice", "unfiled", "in two years", "set aside"):
            CASES[name].make(paths)
        edit_session(paths.year(2026), use_an_id_again)
        died = killed_at(paths, at)
        done = repaired(paths)
        assert (faults(done.left), done.notes) == ([], ())
        assert documents(paths).keys() >= {*well, an_id(7)}
        [entry] = documents(paths)[an_id(1)].entries
        assert len(entry.live()) >= 3
        if not died:
            break
    assert at > 10


def killed_at(paths: Paths, at: int) -> bool:
    """Repair in a process that ends without a word at its ``at``-th fsync; whether it did."""
    child = os.fork()
    if child == 0:
        real, done = os.fsync, list[object]()

        def dying(handle: int) -> None:
            done.append(handle)
            if len(done) == at:
                os._exit(1)
            real(handle)

        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, "fsync", dying)
                repaired(paths)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


def test_a_year_cut_short_gets_back_from_the_backups_what_its_copy_lacks(paths: Paths) -> None:
    written(paths, lambda book: book.reader.repository.put_session(a_session(4)))
    written(paths, backup)
    year = paths.year(2026)
    year.write_bytes(b"")
    assert "damaged" in codes(looked(paths))
    done = repaired(paths)
    assert a_session(4).id in documents(paths)
    assert codes(done.left) == []
    [note] = done.notes
    assert "what your backups have is in the log" in note


def _set_unit(book: Logbook, unit: str) -> None:
    book.profile.set("unit", unit)


def test_of_settings_that_cannot_be_read_the_newest_of_the_backups_count(paths: Paths) -> None:
    for n, unit in enumerate(("lb", "kg", "lb")):
        written(paths, partial(_set_unit, unit=unit))
        written(paths, backup)
        assert len(listed(paths.backups_dir)) == n + 2
    newest = tables_of(paths.profile)["settings"]
    paths.profile.write_bytes(b"")
    paths.profile.with_name("profile.json.bak").unlink()
    repaired(paths)
    assert tables_of(paths.profile)["settings"] == newest


def test_sets_that_only_a_backup_knows_are_told_until_they_are_restored(paths: Paths) -> None:
    old = paths.year(2026).read_bytes()
    written(paths, lambda book: book.reader.repository.put_session(a_session(4)))
    written(paths, backup)
    lost = listed(paths.backups_dir)[0]
    for path in paths.log_dir.glob("2026.json*"):
        path.write_bytes(old)
    written(paths, lambda book: book.reader.repository.put_session(a_session(6)))
    written(paths, backup)
    [finding] = looked(paths)
    assert (finding.code, finding.note) == ("backup-has-more", False)
    assert finding.where == f"backups/{lost.name}"
    assert "has 3 sets that the log does not know (2026-11-02)" in finding.words
    assert f"stridelift restore {lost.name}" in finding.todo
    assert codes(repaired(paths).left) == ["backup-has-more"]
    assert main(["restore", lost.name, "--data-dir", str(paths.root)]) == 0
    assert looked(paths) == []


def test_what_was_deleted_since_a_backup_is_not_missing(paths: Paths) -> None:
    [session] = [one for one in documents(paths).values() if one.id == a_session().id]
    written(paths, lambda book: book.reader.repository.put_session(replace(session, deleted=True)))
    assert looked(paths) == []


def test_a_log_that_is_gone_is_not_well_as_long_as_a_backup_has_it(paths: Paths) -> None:
    shutil.rmtree(paths.log_dir)
    [finding] = looked(paths)
    assert finding.code == "backup-has-more"
    assert "has 6 sets" in finding.words


def test_what_a_backup_has_more_is_counted_in_sets_that_were_done(paths: Paths) -> None:
    old = paths.year(2026).read_bytes()
    session = a_session(4)
    [entry] = session.entries
    left, skipped, deleted = entry.sets
    rows = (
        replace(left, side=Side.LEFT),
        replace(left, id=an_id(490), side=Side.RIGHT),
        replace(skipped, undone="time"),
        replace(deleted, deleted=True),
    )
    changed = replace(session, entries=(replace(entry, sets=rows),))
    written(paths, lambda book: book.reader.repository.put_session(changed))
    written(paths, backup)
    paths.year(2026).write_bytes(old)
    [finding] = [one for one in looked(paths) if one.code == "backup-has-more"]
    assert "has 1 set that" in finding.words
    assert set(finding.ids) == {left.id, an_id(490)}


def test_a_journal_of_which_nothing_can_be_read_is_no_session_that_is_over(paths: Paths) -> None:
    journal(paths, make_device(paths), NOW).write_bytes(b"\xff\n" * 3)
    [finding] = looked(paths)
    assert finding.code == "journal-damaged"
    assert "3 lines of 3 damaged; 0 can be read" in finding.words
    assert codes(repaired(paths).left) == []
