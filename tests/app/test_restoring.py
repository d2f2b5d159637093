"""What a backup brings back: added to the log, one session of it, or all of it as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import orjson
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.copies import take_in
from tests.strategies import examples, records, sessions
from tests.ui.driver import Books
from tui.app.backup_reader import find_backup, open_backup
from tui.app.backups import backup
from tui.app.logbook import Logbook
from tui.app.restoring import BACK, DELETED, HERE, Plan, carry_out, plan
from tui.app.write_access import ReadOnly
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Record, Session
from tui.domain.planning.calendar_codec import RACES
from tui.domain.session.actions import Log
from tui.store.archive import describe, ours, pack
from tui.store.atomic import backup_of
from tui.store.errors import StoreError
from tui.store.journal import journal_path
from tui.store.paths import Paths
from tui.store.seal import sealed


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


class Runner:
    """Changes a log in every way there is, by a clock that jumps."""

    def __init__(self, books: Books, chance: Random) -> None:
        self.books, self.chance, self.count = books, chance, 0

    def step(self) -> None:
        self.books.clock.time += timedelta(minutes=self.chance.randint(-900, 1000))
        book = self.books.open().read_all()
        try:
            alive = [one for one in book.reader.sessions() if one.live()]
            steps: list[Callable[[Logbook], None]] = [self.log, self.log, self.tell, self.set]
            if alive:
                session = self.chance.choice(alive)
                rows = [self.chance.choice(session.live()[0].live())]
                steps += [
                    lambda book: book.recorder.delete(session),
                    lambda book: book.recorder.delete_set(session, rows),
                    lambda book: book.recorder.move(
                        session, session.started + timedelta(days=self.chance.randint(-400, 400))
                    ),
                    lambda book: book.recorder.correct(
                        session, rows, parse(f"{self.number()} 50kg", Kind.LOADED)
                    ),
                ]
            self.chance.choice(steps)(book)
        finally:
            book.close()

    def log_first(self) -> None:
        book = self.books.open().read_all()
        self.log(book)
        book.close()

    def number(self) -> int:
        self.count += 1
        return self.count

    def log(self, book: Logbook) -> None:
        begun = self.books.clock() - timedelta(days=self.chance.choice([0, 1, 300]))
        squat = book.profile.library.exercises["back-squat"]
        book.recorder.log(squat, parse(f"1x{self.number()} 60kg", Kind.LOADED), begun)

    def tell(self, book: Logbook) -> None:
        day = self.books.clock().date()
        name = self.chance.choice("ab")
        deleted = self.chance.random() < 0.3
        values = {"region": "knee", "pain": self.number() % 10}
        stamp = self.books.clock().isoformat()
        book.recorder.tell(
            Record(id=name, edited=stamp, type="morning", day=day, values=values, deleted=deleted)
        )

    def set(self, book: Logbook) -> None:
        key = self.chance.choice(["level", "programme", "unit"])
        if self.chance.random() < 0.3:
            book.profile.unset(key)
        else:
            book.profile.set(key, f"{key}-{self.number()}")


def shown(books: Books) -> dict[str, object]:
    """Everything that a log says: sets, sessions, records and settings."""
    book = books.open(write=False).read_all()
    told: dict[str, object] = {}
    for one in book.reader.sessions():
        told[one.id] = replace(one, edited="", replaces=(), entries=())
        for entry in one.live():
            for row in entry.live():
                told[row.id] = (entry.exercise, replace(row, edited="", replaces=()))
    told |= {one.id: replace(one, edited="", replaces=()) for one in book.reader.records()}
    return told | dict(book.profile.store.histories())


def files(paths: Paths) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(paths.root)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in paths.root.rglob("*")
        if path.is_file() and path != paths.lock
    }


def save(books: Books, to: Path) -> Path:
    book = books.open()
    made = backup(book, to)
    book.close()
    return made.path


def bring_back(books: Books, path: Path, *, replacing: bool = False, only: str = "") -> Plan:
    book = books.open().read_all()
    try:
        planned = plan(book, open_backup(path), replacing=replacing, only=only)
        carry_out(book, planned)
    finally:
        book.close()
    return planned


def empty(books: Books) -> None:
    shutil.rmtree(books.paths.root)


# --- what is gone -------------------------------------------------------------------------------


@given(st.lists(sessions, max_size=4), st.lists(records, max_size=3), st.booleans())
@examples(60)
def test_in_an_emptied_folder_the_files_are_the_same_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory,
    some: list[Session],
    told: list[Record],
    calendar: bool,
) -> None:
    books = Books(tmp_path_factory.mktemp("log") / "data")
    book = books.open()
    book.profile.set("level", "advanced")
    book.profile.set("level", "beginner")
    if calendar:
        race = {"day": "2027-05-09", "name": "Ridge", "priority": "A"}
        book.profile.store.take({RACES.key: {"r": {"id": "r", **race}}})
    try:
        take_in(book, some, told)
    except StoreError:
        # A number that no file can hold.
        reject()
    finally:
        book.close()
    before = {name: data for name, (data, _) in files(books.paths).items()}
    path = save(books, books.paths.root.parent / "b.zip")
    empty(books)
    bring_back(books, path)
    after = {name: data for name, (data, _) in files(books.paths).items()}
    kept = {name for name in before if ours(name)}
    assert "profile.json" in kept
    assert {name: after.get(name) for name in kept} == {name: before[name] for name in kept}
    bring_back(books, path)
    assert {name: data for name, (data, _) in files(books.paths).items()} == after
    books.close()


def test_what_this_version_does_not_understand_comes_back_with_a_missing_file(
    books: Books, tmp_path: Path
) -> None:
    tables = {"records": {}, "sessions": {"x": {"id": "x", "started": 5}}, "new": {"y": {"z": 1}}}
    data = sealed({"schema_version": 2, "by": "another"}, tables)
    books.paths.log_dir.mkdir(parents=True)
    books.paths.year(2026).write_bytes(data)
    path = save(books, tmp_path / "b.zip")
    empty(books)
    assert bring_back(books, path).lacks == ()
    assert books.paths.year(2026).read_bytes() == data
    # Where there is a file, only what is understood can be joined; the rest is told.
    books.paths.year(2026).write_bytes(sealed({"schema_version": 2}, {}))
    [line] = bring_back(books, path).lacks
    assert "log/2026.json: 2 things in the backup not understood" in line


def test_over_an_unchanged_folder_nothing_is_written(books: Books, tmp_path: Path) -> None:
    books.train()
    book = books.open()
    book.profile.set("level", "advanced")
    book.close()
    books.paths.library.write_text(OWN)
    path = save(books, tmp_path / "b.zip")
    before = files(books.paths)
    for replacing in (False, True):
        planned = bring_back(books, path, replacing=replacing)
        assert not planned
        assert planned.changed == ()
        assert files(books.paths) == before


# --- added --------------------------------------------------------------------------------------


@given(st.integers(0, 1 << 30), st.integers(1, 12), st.integers(0, 12))
@examples(40)
def test_adding_loses_nothing_that_is_there_and_brings_back_what_was_lost(
    tmp_path_factory: pytest.TempPathFactory, seed: int, before: int, since: int
) -> None:
    books = Books(tmp_path_factory.mktemp("log") / "data")
    runner = Runner(books, Random(seed))
    runner.log_first()
    for _ in range(before):
        runner.step()
    path = save(books, books.paths.root.parent / "b.zip")
    then = shown(books)
    # All edits since then knew of what is in the backup: so they count.
    for _ in range(since):
        runner.step()
    now = shown(books)
    bring_back(books, path)
    assert shown(books) == now
    for year in books.paths.log_dir.iterdir():
        year.unlink()
    books.paths.profile.unlink(missing_ok=True)
    backup_of(books.paths.profile).unlink(missing_ok=True)
    bring_back(books, path)
    assert shown(books) == then
    books.close()


@given(st.integers(0, 1 << 30), st.integers(1, 12), st.integers(1, 12))
@examples(40)
def test_replacing_makes_everything_as_it_was_also_in_a_copy(
    tmp_path_factory: pytest.TempPathFactory, seed: int, before: int, since: int
) -> None:
    books = Books(tmp_path_factory.mktemp("log") / "data")
    runner = Runner(books, Random(seed))
    runner.log_first()
    for _ in range(before):
        runner.step()
    path = save(books, books.paths.root.parent / "b.zip")
    then = shown(books)
    for _ in range(since):
        runner.step()
    now = shown(books)
    later = save(books, books.paths.root.parent / "c.zip")
    books.clock.time -= timedelta(days=runner.chance.randint(0, 500))
    planned = bring_back(books, path, replacing=True)
    assert shown(books) == then
    # What was there before is a copy now: joining it changes nothing.
    assert not bring_back(books, later)
    assert shown(books) == then
    # And it was backed up first, so that it can be had again.
    if planned:
        [saved] = books.paths.backups_dir.iterdir()
        bring_back(books, saved, replacing=True)
        assert shown(books) == now
    books.close()


def test_what_was_deleted_since_stays_so_and_is_named(books: Books, tmp_path: Path) -> None:
    first = books.train()
    books.clock.forward(90_000)
    second = books.train()
    path = save(books, tmp_path / "b.zip")
    book = books.open().read_all()
    book.recorder.delete(next(one for one in book.reader.sessions() if one.id == first))
    book.close()
    books.clock.forward(90_000)
    third = books.train()
    planned = bring_back(books, path)
    assert [(one.id, one.what) for one in planned.changed] == [(third, HERE), (first, DELETED)]
    assert planned.changed[1].back > 0
    book = books.open().read_all()
    assert [one.id for one in book.reader.sessions()] == [second, third]
    assert not book.recorder.restore(first).deleted
    book.close()


def test_one_session_comes_back_as_it_was_and_nothing_else_changes(
    books: Books, tmp_path: Path
) -> None:
    runner = Runner(books, Random(1))
    book = books.open().read_all()
    runner.log(book)
    book.close()
    then = shown(books)
    path = save(books, tmp_path / "b.zip")
    [session] = open_backup(path).sessions
    for _ in range(12):
        book = books.open().read_all()
        known = next((one for one in book.reader.sessions() if one.id == session), None)
        if known is not None:
            squat = parse(f"{runner.number()} 50kg", Kind.LOADED)
            book.recorder.correct(known, known.live()[0].live(), squat)
            known = book.reader.session(session)
            assert known is not None
            if runner.chance.random() < 0.5:
                book.recorder.delete(known)
        runner.tell(book)
        books.clock.time += timedelta(minutes=runner.chance.randint(-900, 800))
        runner.set(book)
        book.close()
        others = {key: told for key, told in shown(books).items() if key not in then}
        bring_back(books, path, only=session)
        assert shown(books) == then | others


# --- the session under way ----------------------------------------------------------------------


def test_a_session_under_way_comes_back_unless_it_is_known(books: Books, tmp_path: Path) -> None:
    book = books.open().read_all()
    live = book.recorder.start(book.planner.next_plan(book.now().date()))
    book.recorder.do(Log(live.items[0].id))
    path = backup(book, tmp_path / "b.zip").path
    # Under way here: left alone.
    planned = plan(book, open_backup(path))
    assert not planned.changed
    assert not planned
    book.recorder.do(Log(live.items[0].id))
    assert book.recorder.finish() is not None
    book.close()
    assert not bring_back(books, path), "it went on, and is in the log"
    empty(books)
    [back] = bring_back(books, path).changed
    assert (back.id, back.what, back.back) == (live.id, BACK, 1)


def test_a_session_comes_back_although_another_machine_keeps_its_journal(
    books: Books, tmp_path: Path
) -> None:
    book = books.open().read_all()
    live = book.recorder.start(book.planner.next_plan(book.now().date()))
    book.recorder.do(Log(live.items[0].id))
    lines = journal_path(books.paths, live.id).read_bytes()
    session = book.recorder.finish()
    assert session is not None
    path = backup(book, tmp_path / "b.zip").path
    before = shown(books)
    book.recorder.delete(session)
    book.close()
    books.paths.journal(live.id, "laptop-5k0v9w2hxm").write_bytes(lines)
    assert not bring_back(books, path, only=live.id).changed, "it may be under way there"
    books.clock.forward(13 * 3600)
    bring_back(books, path, only=live.id)
    assert shown(books) == before


# --- own library --------------------------------------------------------------------------------

OWN = json.dumps(
    {
        "schema_version": 1,
        "exercises": [
            {
                "id": "sled-push",
                "name": "Sled push",
                "aliases": [],
                "kind": "carry",
                "category": "upper",
                "muscles": ["legs"],
                "equipment": [],
                "sides": "both",
                "doses": {
                    level: {"sets": 2, "distance_m": 20, "rest_s": 90}
                    for level in ("beginner", "intermediate", "advanced")
                },
                "cues": ["Lean into it.", "Short steps.", "Breathe all the way."],
                "why": "Force from the legs with little soreness after.",
                "leg_load": 2,
                "region": "knee",
                "sources": ["project"],
            }
        ],
    }
)


def test_own_exercises_come_back_and_are_replaced(books: Books, tmp_path: Path) -> None:
    books.train()
    books.paths.library.write_text(OWN)
    path = save(books, tmp_path / "b.zip")
    books.paths.library.unlink()
    assert bring_back(books, path).library.change == ("sled-push",)
    assert books.paths.library.read_text() == OWN
    renamed = json.loads(OWN)
    renamed["exercises"][0] |= {"name": "Sled", "edited": "2026-11-02T20:00:00+01:00"}
    books.paths.library.write_text(json.dumps(renamed))
    assert bring_back(books, path).library.stay == ("sled-push",)
    assert json.loads(books.paths.library.read_text()) == renamed
    assert bring_back(books, path, replacing=True).library.change == ("sled-push",)
    [entry] = json.loads(books.paths.library.read_text())["exercises"]
    assert entry["name"] == "Sled push"
    assert entry["edited"] > "2026-11-02T20:00:00+01:00"


def test_an_own_library_with_problems_is_left_alone_and_told(books: Books, tmp_path: Path) -> None:
    books.train()
    books.paths.library.write_text(OWN)
    path = save(books, tmp_path / "b.zip")
    broken = OWN.replace("carry", "nonsense")
    books.paths.library.write_text(broken)
    [line] = bring_back(books, path).lacks
    assert "library.json is left as it is: yours has problems" in line
    assert books.paths.library.read_text() == broken


# --- damaged backups ----------------------------------------------------------------------------


def damaged(books: Books, path: Path, name: str, data: bytes) -> Path:
    """A backup of the log with one file that was damaged when it was made."""
    held = {
        str(one.relative_to(books.paths.root)): one.read_bytes()
        for one in (*books.paths.log_dir.glob("*.json"), books.paths.profile)
        if one.exists()
    }
    held[name] = data
    manifest = describe(held, {}, made="2026-11-02T18:05:00+01:00", version="0")
    path.write_bytes(pack(held, manifest))
    return path


def test_of_a_damaged_file_what_can_be_read_comes_back_but_it_replaces_nothing(
    books: Books, tmp_path: Path
) -> None:
    first = books.train()
    books.clock.forward(90_000)
    second = books.train()
    data = books.paths.year(2026).read_bytes()
    cut = data.replace(b'"started"', b'"started', 1)
    assert cut != data
    path = damaged(books, tmp_path / "b.zip", "log/2026.json", cut)
    before = files(books.paths)
    with pytest.raises(StoreError, match=r"cannot replace the log: log/2026\.json"):
        bring_back(books, path, replacing=True)
    assert files(books.paths) == before
    empty(books)
    planned = bring_back(books, path)
    assert len(planned.lacks) == 1
    assert "log/2026.json in the backup is damaged" in planned.lacks[0]
    assert {one.id for one in planned.changed} < {first, second}
    assert len(planned.changed) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("profile.json", b"{"),
        ("library.json", b"[]"),
        ("library.json", b"[" * 9000),
        ("log/2025.json", orjson.dumps({"meta": {"schema_version": 99}})),
        ("live/x.y.jsonl", b'{"n":1,"e":"finish"}\n'),
        ("live/x.y.jsonl", b"{\n{}\n"),
    ],
)
def test_any_other_damaged_file_costs_only_itself(
    books: Books, tmp_path: Path, name: str, data: bytes
) -> None:
    session = books.train()
    path = damaged(books, tmp_path / "b.zip", name, data)
    empty(books)
    planned = bring_back(books, path)
    assert [one.id for one in planned.changed] == [session]
    assert len(planned.lacks) == 1
    assert name in planned.lacks[0]
    with pytest.raises(StoreError, match="cannot replace"):
        bring_back(books, path, replacing=True)


# --- which backup -------------------------------------------------------------------------------


def test_a_day_means_its_newest_backup_and_a_name_one_in_the_folder(books: Books) -> None:
    books.train()
    made = []
    for _ in range(3):
        book = books.open()
        made.append(backup(book).path)
        book.close()
        books.clock.forward(3600)
    folder = books.paths.backups_dir
    assert find_backup(folder, "2026-11-02") == made[-1]
    assert find_backup(folder, made[0].name) == made[0]
    assert find_backup(folder, "elsewhere/x.zip") == Path("elsewhere/x.zip")
    with pytest.raises(StoreError, match="no backup of 2026-11-03"):
        find_backup(folder, "2026-11-03")


def test_only_the_writer_restores(books: Books, tmp_path: Path) -> None:
    books.train()
    path = save(books, tmp_path / "b.zip")
    holder = books.open()
    looking = books.open(write=False).read_all()
    planned = plan(looking, open_backup(path))
    with pytest.raises(ReadOnly):
        carry_out(looking, planned)
    assert holder.access.granted


def test_what_is_replaced_must_be_backed_up_first(books: Books, tmp_path: Path) -> None:
    books.train()
    path = save(books, tmp_path / "b.zip")
    runner = Runner(books, Random(2))
    book = books.open().read_all()
    runner.log(book)
    book.close()
    books.paths.library.mkdir()
    books.paths.backups_dir.write_bytes(b"")
    before = shown(books)
    with pytest.raises(StoreError):
        bring_back(books, path, replacing=True)
    assert shown(books) == before


def test_where_nothing_is_left_there_is_nothing_to_back_up_first(
    books: Books, tmp_path: Path
) -> None:
    books.train()
    path = save(books, tmp_path / "b.zip")
    before = shown(books)
    empty(books)
    books.paths.log_dir.mkdir(parents=True)
    bring_back(books, path, replacing=True)
    assert shown(books) == before
