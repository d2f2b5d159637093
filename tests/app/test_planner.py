"""Where the runner stands: the log folded year by year, remembered, and never half of it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.calendars import keep
from tests.domain.calculator.logs import Case, cases
from tests.strategies import examples
from tests.ui.driver import Books
from tui.bootstrap import shipped_library
from tui.cli import main
from tui.domain.calculator import Setup, State, fold
from tui.domain.calculator.advice import Profile
from tui.domain.calculator.log_fold import Happening
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, Side
from tui.domain.session.actions import Finish, Log
from tui.store.hash_index import HashIndex
from tui.store.paths import Paths
from tui.store.repository import Repository
from tui.store.yearly import YearFolds

SETUP = Setup(library=shipped_library())
NEW_YEARS_EVE = date(2026, 12, 31)


def session(name: str, day: str, load_kg: float = 60, edited: str = "", reps: int = 8) -> Session:
    """Three back squats on a day."""
    edited = edited or f"{day}T19:00:00+00:00"
    done = Measures(load_kg=load_kg, reps=reps)
    rows = tuple(
        SetEntry(
            id=f"{n}", edited=edited, number=n, side=Side.BOTH, done=done, prescribed=done, rir=2
        )
        for n in (1, 2, 3)
    )
    return Session(
        id=name,
        edited=edited,
        started=datetime.fromisoformat(f"{day}T18:00:00+00:00"),
        programme="trail-speed",
        part="whole",
        entries=(Entry(id=f"{name}-e", edited="", exercise="back-squat", sets=rows),),
    )


def holds(name: str, day: str) -> Session:
    """A cluster of holds, its seconds a whole number in the file."""
    done = Measures(holds=8, hold_s=5)
    row = SetEntry(id="1", edited="", number=1, side=Side.LEFT, done=done, prescribed=done)
    entry = Entry(id=f"{name}-e", edited="", exercise="wall-lean-hold", sets=(row,))
    return replace(session(name, day), entries=(entry,))


def morning(name: str, day: str, pain: int) -> Record:
    values = {"region": "knee", "pain": pain}
    return Record(id=name, edited="", type="morning", day=date.fromisoformat(day), values=values)


LOG: tuple[Happening, ...] = (
    session("A", "2023-12-30", 60),
    session("B", "2024-01-02", 62.5),
    morning("m", "2024-01-03", 2),
    session("C", "2024-06-03", 65),
    session("D", "2025-02-03", 67.5),
    session("E", "2025-12-31", 70),
    session("F", "2026-01-02", 70),
    session("G", "2026-11-02", 72.5),
)


def put(paths: Paths, *happened: Happening) -> Repository:
    repository = Repository(paths, writable=True)
    repository.put_many(
        [one for one in happened if isinstance(one, Session)],
        [one for one in happened if isinstance(one, Record)],
    )
    return repository


def folds(paths: Paths, setup: Setup = SETUP) -> YearFolds:
    """As a process that starts now has it."""
    told: list[str] = []
    return YearFolds(Repository(paths, writable=False), setup, told.append)


def state(paths: Paths, day: date = NEW_YEARS_EVE, setup: Setup = SETUP) -> State:
    return folds(paths, setup).state(day, ())


def plain(*happened: Happening, day: date = NEW_YEARS_EVE) -> State:
    return fold(SETUP, [one for one in happened if one.day <= day])


@contextmanager
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The years that are read within the block, in order."""
    read: list[int] = []
    real = Repository.sessions

    def sessions(self: Repository, year: int) -> list[Session]:
        read.append(year)
        return real(self, year)

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "sessions", sessions)
        yield read


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A log of four years."""
    found = Paths(tmp_path / "data")
    put(found, *LOG)
    return found


# -- the same as in one go -------------------------------------------------------------------------


@examples(40)
@given(cases(least=2), st.data())
def test_by_years_is_as_in_one_go_with_and_without_what_was_kept(
    case: Case, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        repository = put(paths, *case.log)
        days = data.draw(st.lists(st.sampled_from([one.day for one in case.log]), max_size=2))
        one = folds(paths, case.setup)
        for day in [case.today, *days]:
            wanted = fold(case.setup, [h for h in case.log if h.day <= day])
            assert one.state(day, ()) == wanted
            assert state(paths, day, case.setup) == wanted
            shutil.rmtree(paths.cache_dir, ignore_errors=True)
            assert state(paths, day, case.setup) == wanted
        gone = data.draw(st.sampled_from([h for h in case.log if isinstance(h, Session)]))
        repository.put_session(gone.tombstone("2099-01-01T00:00:00+00:00"))
        left = fold(case.setup, [h for h in case.log if h is not gone])
        assert one.state(date(2999, 1, 1), ()) == left
        assert state(paths, date(2999, 1, 1), case.setup) == left


@pytest.mark.parametrize(
    "day",
    [
        *("2022-05-05", "2023-12-30", "2024-01-02", "2024-06-03", "2025-06-01", "2025-12-31"),
        *("2026-01-01", "2026-01-02", "2026-11-01", "2026-11-02", "2027-03-01", "2044-01-01"),
    ],
)
def test_a_day_sees_what_happened_up_to_it(paths: Paths, day: str) -> None:
    wanted = plain(*LOG, day=date.fromisoformat(day))
    assert state(paths, date.fromisoformat(day)) == wanted  # made
    assert state(paths, date.fromisoformat(day)) == wanted  # remembered


def test_a_year_with_nothing_in_it_is_no_end(paths: Paths) -> None:
    paths.year(2027).write_text('{"meta":{"schema_version":1},"sessions":{},"records":{}}')
    day = date(2026, 6, 1)
    assert state(paths, day) == plain(*LOG, day=day)
    assert state(paths) == plain(*LOG)


def test_an_empty_log_is_an_empty_state_and_nothing_is_made(tmp_path: Path) -> None:
    assert state(Paths(tmp_path / "data")) == State()
    assert not (tmp_path / "data").exists()


# -- what is read again ----------------------------------------------------------------------------


def test_the_second_time_nothing_is_read(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(monkeypatch) as read:
        state(paths)
        assert read == [2023, 2024, 2025, 2026]
        assert state(paths) == plain(*LOG)
        assert state(paths, LOG[-1].day) == plain(*LOG)
        assert read == [2023, 2024, 2025, 2026]


def test_a_new_session_has_only_its_year_read(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(paths)
    new = session("H", "2026-11-05", 75)
    put(paths, new)
    with reading(monkeypatch) as read:
        assert state(paths) == plain(*LOG, new)
    assert read == [2026]


def test_in_one_process_only_the_years_from_the_changed_one_on_are_folded_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = folds(paths)
    here.state(NEW_YEARS_EVE, ())
    changed = session("C", "2024-06-03", 40, edited="2026-11-20T19:00:00+00:00")
    put(paths, changed)
    with reading(monkeypatch) as read:
        assert here.state(NEW_YEARS_EVE, ()) == plain(
            *(changed if one.id == "C" else one for one in LOG)
        )
    assert read == [2024, 2025, 2026]


def test_two_files_are_kept_and_no_more(paths: Paths) -> None:
    for n in range(3):
        state(paths)
        put(paths, session("H", "2026-11-05", 75 + n, edited=f"2026-11-0{n + 5}T20:00:00+00:00"))
    assert len(list(paths.cache_dir.glob("*.fold"))) == 2


def test_other_settings_and_another_program_are_folded_anew(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(paths)
    careful = replace(SETUP, profile=Profile(pain_baseline=3))
    with reading(monkeypatch) as read:
        assert state(paths, setup=careful) == fold(careful, LOG)
        assert len(read) == 4
        monkeypatch.setattr(HashIndex, "program", lambda _: b"another")
        state(paths, setup=careful)
        assert len(read) == 8


def test_a_year_that_is_gone_is_not_remembered(paths: Paths) -> None:
    state(paths)
    paths.year(2025).unlink()
    assert state(paths) == plain(*(one for one in LOG if one.day.year != 2025))


# -- when an exercise was done last ---------------------------------------------------------------


def last(paths: Paths, *unfiled: Session) -> dict[str, Session]:
    here = folds(paths)
    here.state(NEW_YEARS_EVE, unfiled)
    return here.last_times(["back-squat", "dip"])


def test_the_last_time_is_known_without_reading_a_year(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = session("H", "2026-11-05", 75)
    put(paths, new)
    assert last(paths) == {"back-squat": new}
    with reading(monkeypatch) as read:
        found = last(paths)
    assert read == []
    # A whole number stays one, so that it is shown as it is in the log.
    assert repr(found) == repr({"back-squat": new})


def test_the_last_time_of_what_is_not_filed_or_lies_in_two_years(paths: Paths) -> None:
    late = session("H", "2026-11-05", 75)
    assert last(paths, late)["back-squat"] == late
    assert last(paths)["back-squat"] != late
    moved = session("C", "2026-12-03", 40, edited="2026-11-20T19:00:00+00:00")
    in_file(paths, 2026, moved)
    assert last(paths)["back-squat"] == moved


def test_the_last_time_after_the_newest_was_deleted(paths: Paths) -> None:
    new = session("H", "2026-11-05", 75)
    before = last(paths)
    put(paths, new)
    assert last(paths) == {"back-squat": new}
    put(paths, new.tombstone("2099-01-01T00:00:00+00:00"))
    assert last(paths) == before


# -- where years do not follow from each other -----------------------------------------------------


def in_file(paths: Paths, year: int, one: Session) -> None:
    """Put a session into the file of a year, whatever its day is, as a killed writer may have."""
    other = Paths(paths.root.parent / "other")
    put(other, one)
    raw = json.loads(other.year(one.day.year).read_bytes())["sessions"]
    mine = json.loads(paths.year(year).read_bytes())
    mine["sessions"] |= raw
    paths.year(year).write_text(json.dumps(mine))


@pytest.mark.parametrize("newer", [True, False])
def test_a_session_that_lies_in_two_years_counts_once(paths: Paths, newer: bool) -> None:
    state(paths)
    edited = "2026-11-20T19:00:00+00:00" if newer else "2020-01-01T00:00:00+00:00"
    moved = session("C", "2026-06-03", 40, edited=edited)
    in_file(paths, 2026, moved)
    wanted = plain(*((moved if newer else one) if one.id == "C" else one for one in LOG))
    assert state(paths) == wanted
    assert state(paths) == wanted


def test_a_session_in_the_file_of_another_year_counts_on_its_own_day(paths: Paths) -> None:
    stray = session("X", "2024-03-01", 20)
    in_file(paths, 2026, stray)
    assert state(paths) == plain(*LOG, stray)
    assert state(paths) == plain(*LOG, stray)


def test_what_is_not_filed_yet_counts(paths: Paths) -> None:
    state(paths)
    late = session("H", "2026-11-05", 75)
    again = session("D", "2025-02-03", 20, edited="2026-11-20T19:00:00+00:00")
    assert folds(paths).state(NEW_YEARS_EVE, [late]) == plain(*LOG, late)
    assert folds(paths).state(NEW_YEARS_EVE, [again]) == plain(
        *(again if one.id == "D" else one for one in LOG)
    )
    # And it is not remembered as if it were.
    assert state(paths) == plain(*LOG)


# -- damage ----------------------------------------------------------------------------------------


def test_a_damaged_document_is_told_of_each_time(paths: Paths) -> None:
    raw = json.loads(paths.year(2024).read_bytes())
    raw["sessions"]["C"]["started"] = "noon"
    paths.year(2024).write_text(json.dumps(raw))
    for _ in range(2):
        repository = Repository(paths, writable=False)
        found = YearFolds(repository, SETUP, lambda _: None).state(NEW_YEARS_EVE, ())
        assert found == plain(*(one for one in LOG if one.id != "C"))
        assert any("C is left out" in line for line in repository.notices)


@pytest.mark.parametrize("data", [b'{"meta":{"schema_version":99}}', b"{"])
def test_a_year_that_cannot_be_read_is_told_of_and_the_rest_counts(
    paths: Paths, data: bytes
) -> None:
    state(paths)
    paths.year(2025).write_bytes(data)
    for _ in range(2):
        told: list[str] = []
        repository = Repository(paths, writable=False)
        found = YearFolds(repository, SETUP, told.append).state(NEW_YEARS_EVE, ())
        assert found == plain(*(one for one in LOG if one.day.year != 2025))
        assert any("2025.json" in line for line in [*told, *repository.notices])


def test_a_file_that_changes_while_it_is_read_is_not_remembered_as_the_old_one(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = paths.year(2026).read_bytes()
    new = session("H", "2026-11-05", 75)
    real = Repository.sessions

    def sessions(self: Repository, year: int) -> list[Session]:
        if year == 2026:
            put(paths, new)
        return real(self, year)

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "sessions", sessions)
        assert state(paths) == plain(*LOG, new)
    paths.year(2026).write_bytes(before)
    assert state(paths) == plain(*LOG)


# -- the command -----------------------------------------------------------------------------------


def advised(paths: Paths, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    where = ["--data-dir", str(paths.root), "--today", "2026-11-05"]
    assert main(["next", *words, *where]) == 0
    said = capsys.readouterr()
    return said.out, said.err


@pytest.mark.parametrize("words", [["back-squat", "--json"], ["--all", "--json"], ["--all"]])
def test_deleting_what_was_kept_changes_not_a_letter(
    paths: Paths, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    put(paths, holds("H", "2026-11-03"))
    first = advised(paths, capsys, *words)
    assert advised(paths, capsys, *words) == first
    shutil.rmtree(paths.cache_dir)
    assert advised(paths, capsys, *words) == first
    assert paths.cache_dir.exists()


def test_next_reads_nothing_that_it_remembers(
    paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    advised(paths, capsys, "back-squat")
    with reading(monkeypatch) as read:
        advised(paths, capsys, "back-squat")
    assert read == []


def test_next_on_no_log_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    advised(Paths(tmp_path / "data"), capsys, "--all")
    assert not (tmp_path / "data").exists()


# -- the screen's logbook --------------------------------------------------------------------------


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


def trained(books: Books) -> Books:
    """One session in each of three years."""
    for _ in range(3):
        books.train()
        books.clock.forward(365 * 86400)
    return books


def test_no_plan_before_the_log_was_looked_at_and_none_from_a_part_of_it(books: Books) -> None:
    book = trained(books).open()
    shutil.rmtree(books.paths.cache_dir, ignore_errors=True)
    today = books.clock().date()
    assert book.planner.planned(today) is None
    while book.reader.read_year() is not None:
        shown = book.planner.planned(today)
        assert (shown is not None) == book.planner.is_known() == (len(book.reader.years_read) == 3)
    assert book.planner.planned(today) == book.planner.next_plan(today)


def test_what_is_remembered_is_there_with_the_first_year(books: Books) -> None:
    today = trained(books).clock().date()
    wanted = books.open(write=False).planner.next_plan(today)
    book = books.open()
    assert book.planner.planned(today) is None
    book.reader.read_year()
    assert book.planner.planned(today) == wanted
    assert len(book.reader.years_read) == 1


def test_an_empty_log_has_its_plan_at_once(books: Books) -> None:
    book = books.open()
    today = books.clock().date()
    assert book.planner.planned(today) == book.planner.next_plan(today)


def test_the_plan_goes_by_the_whole_log_however_much_was_read(books: Books) -> None:
    today = trained(books).clock().date()
    book = books.open(write=False)
    book.reader.read_year()
    assert book.planner.state(today) == books.open(write=False).read_all().planner.state(today)
    assert len(book.reader.years_read) == 1


def test_a_finish_and_an_edit_are_seen(books: Books) -> None:
    trained(books)
    book = books.open().read_all()
    today = books.clock().date()
    first = book.planner.state(today)
    assert book.planner.state(today) is first
    oldest = book.reader.sessions()[0]
    book.recorder.delete(oldest)
    without = book.planner.state(today)
    assert without == fold(book.profile.setup, book.reader.sessions())
    book.recorder.undo()
    assert book.planner.state(today) == first


def test_a_setting_is_seen(books: Books) -> None:
    books.train()
    between = books.clock().date() + timedelta(days=2)
    books.clock.forward(3 * 86400)
    books.train()
    book = books.open()
    today = books.clock().date()
    first = book.planner.state(today)
    keep(book, "races", [{"day": between.isoformat(), "priority": "C"}])
    assert (
        book.planner.state(today)
        == fold(book.profile.setup, book.read_all().reader.sessions())
        != first
    )


def test_what_another_instance_wrote_is_seen(books: Books) -> None:
    trained(books)
    watching = books.open(write=False).read_all()
    today = books.clock().date()
    watching.planner.state(today)
    books.train()
    watching.look_around()
    assert watching.planner.state(today) == fold(
        watching.profile.setup, watching.read_all().reader.sessions()
    )


def test_damage_that_another_instance_did_is_told_of(books: Books) -> None:
    trained(books)
    watching = books.open(write=False).read_all()
    watching.planner.state(books.clock().date())
    [*_, newest] = sorted(books.paths.log_dir.glob("*.json"))
    raw = json.loads(newest.read_bytes())
    raw["sessions"]["X"] = 7
    newest.write_text(json.dumps(raw))
    watching.look_around()
    watching.planner.state(books.clock().date())
    assert any("X is left out" in line for line in watching.notices())


def test_a_session_that_nobody_filed_counts_for_who_only_looks(books: Books) -> None:
    trained(books)
    today = books.clock().date()
    writer = books.open()
    live = writer.recorder.start(writer.planner.next_plan(today))
    for key in live.items[0].keys():
        writer.recorder.do(Log(key.item))
    writer.recorder.do(Finish())
    looking = books.open(write=False)
    assert looking.planner.state(today) == fold(
        looking.profile.setup, looking.read_all().reader.sessions()
    )
    assert len(looking.reader.sessions()) == 4


def test_dead_writers_temps_are_swept(books: Books) -> None:
    trained(books)
    folder = books.paths.cache_dir
    folder.mkdir(exist_ok=True)
    temp = folder / ".a.fold.99999999.tmp"
    temp.write_bytes(b"")
    books.open()
    assert not temp.exists()


@pytest.mark.parametrize(
    "change",
    [
        ["log", "back-squat", "3x5 60kg"],
        ["config", "set", "level", "beginner"],
        ["morning", "knee", "2"],
    ],
)
def test_whoever_changes_the_log_leaves_what_it_comes_to(
    change: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ["--data-dir", str(tmp_path / "home"), "--today", "2026-11-20"]
    assert main(["log", "back-squat", "3x5 50kg", "--on", "2026-11-10", *options]) == 0
    assert main([*change, *options]) == 0
    # Without a session to be read there is only what is kept.
    monkeypatch.setattr(Repository, "sessions", None)
    assert main(["next", "back-squat", *options]) == 0
