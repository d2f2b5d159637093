"""Journals that are not as this machine left them: damaged, of another machine, or copied by a
program that syncs folders."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from tests.ui.driver import Books, running
from tui.app.logbook import Logbook
from tui.app.merging import merge
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Session, SetEntry
from tui.domain.session.actions import AddSet, Adjust, Log, Mark, SessionNote, Skip, Undo, Write
from tui.domain.session.event_codec import event_from_doc
from tui.domain.session.live import Live
from tui.domain.session.replay import session_of
from tui.domain.session.salvage import UNKNOWN, salvage
from tui.store.errors import StoreError
from tui.store.journal import copies_aside, journal_path, not_understood, of_others, pending
from tui.store.journal_lines import MOST_BYTES, SUM_LENGTH, scan_lines
from tui.store.repository import Repository

OTHER = "laptop-0123456789"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


def begun(books: Books) -> Logbook:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    return book


def under_way(book: Logbook) -> Live | None:
    return book.recorder.live


def busy(books: Books) -> Logbook:
    """A session in which everything happened."""
    book = begun(books)
    do, items = book.recorder.do, book.recorder.live.items if book.recorder.live else ()
    for item in items[:4]:
        do(AddSet(item.id))
        do(Log(item.id))
        books.clock.forward(60)
        do(Log(item.id))
        do(Undo())
        do(Log(item.id))
        live = do(Adjust(item.id, steps=1))
        while live.open_keys(live.item(item.id)):
            live = do(Log(item.id))
        do(AddSet(item.id))
        live = do(Log(item.id))
        do(Mark(list(live.rows)[-1], "rir", 2))
        live = do(SessionNote(f"after {item.id}"))
    live = do(AddSet(items[0].id))
    live = do(Skip((live.unfinished()[0],), "time"))
    first = next(iter(live.rows))
    kind = live.item(first.item).kind
    if kind is Kind.BODYWEIGHT:
        do(Write(first, parse("7", kind, single=True)))
    return book


def path_of(books: Books) -> Path:
    [name] = pending(books.paths)
    return journal_path(books.paths, name)


def rows_of(session: Session | None) -> dict[str, tuple[str, SetEntry]]:
    """Each set by id, with its exercise."""
    if session is None:
        return {}
    return {row.id: (e.exercise, row) for e in session.live() for row in e.live()}


def told(data: bytes) -> tuple[dict[str, tuple[str, SetEntry]], bool]:
    """The sets that a journal is read as, and whether damage would be told."""
    scan = scan_lines(data)
    docs = salvage(scan.events, scan.gaps, "S").docs if scan.damaged else scan.events
    return rows_of(session_of(map(event_from_doc, docs))), bool(scan.damaged)


# --- damage -------------------------------------------------------------------------------------


def test_any_flipped_bit_costs_nothing(books: Books) -> None:
    busy(books).close()
    data = path_of(books).read_bytes()
    whole, _ = told(data)
    chance = random.Random(2026)
    harmless = 0
    ends = [at for at, byte in enumerate(data) if byte == ord("\n")]
    for at in [*ends, *(chance.randrange(len(data)) for _ in range(50))]:
        flipped = bytearray(data)
        flipped[at] ^= 1 << chance.randrange(8)
        if flipped[at] == ord("\n"):
            continue
        found, noticed = told(bytes(flipped))
        assert found == whole, at
        harmless += not noticed
    assert harmless < 10, "only where a bit of a sum's own name is flipped"


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "zeros": lambda line: bytes(len(line)),
    "half of it": lambda line: line[: len(line) // 2],
    "a line end in it": lambda line: line[:40] + b"\n" + line[41:],
    "bytes of another": lambda line: line[:20] + b'{"e":"undo"}' + line[32:],
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sums", [True, False])
def test_a_spoilt_line_costs_no_set_but_its_own(books: Books, way: str, sums: bool) -> None:
    busy(books).close()
    lines = path_of(books).read_bytes().splitlines()
    if not sums:
        lines = [line[:-SUM_LENGTH] + b"}" for line in lines]
    whole, _ = told(b"\n".join(lines) + b"\n")
    assert len(lines) > 30
    # Every second line, each way beginning with another: all lines are spoilt in some ways.
    first = [*WAYS].index(way) % 2
    for number, line in [*enumerate(lines)][first::2]:
        damaged = [*lines]
        damaged[number] = WAYS[way](line)
        found, noticed = told(b"\n".join(damaged) + b"\n")
        assert noticed
        its_own = {name for name in whole if f'"id":"{name}"'.encode() in line}
        for name, (exercise, row) in whole.items():
            if name not in its_own:
                assert found[name][1] == row, (number, name)
                assert number == 0 or found[name][0] in (exercise, UNKNOWN), (number, name)


def test_without_its_start_the_sets_are_filed_all_the_same(books: Books) -> None:
    book = begun(books)
    for _ in range(2):
        book.recorder.do(Log("1"))
    confirmed = rows_of(session_of(map(event_from_doc, books.events())))
    book.close()
    path = path_of(books)
    first, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(bytes(len(first)) + b"\n" + rest)
    again = books.open().read_all()
    assert again.recorder.live is not None
    assert again.recorder.live.id == path.name.partition(".")[0]
    session = again.recorder.finish()
    assert {name: row for name, (_, row) in rows_of(session).items()} == {
        name: row for name, (_, row) in confirmed.items()
    }
    assert {name for name, _ in rows_of(session).values()} == {UNKNOWN}
    (copy,) = copies_aside(books.paths)
    assert any(f"{copy}: line 1 is damaged" in line for line in again.notices())


def test_damage_is_told_at_each_start_until_its_copy_is_dealt_with(books: Books) -> None:
    book = begun(books)
    for _ in range(3):
        book.recorder.do(Log("1"))
    book.close()
    path = path_of(books)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2] = b"{spoilt\n"
    path.write_bytes(b"".join(lines))
    kept = rf"line 3 is damaged; {len(lines) - 1} of {len(lines)} lines are kept"
    looking = books.open(write=False)
    assert looking.notices() == [f"{path}: {kept}."]
    assert copies_aside(books.paths) == []
    for _ in range(2):
        book = books.open()
        assert book.recorder.live == looking.recorder.live
        (copy,) = copies_aside(books.paths)
        assert copy.read_bytes() == b"".join(lines)
        assert book.notices() == [f"{copy}: {kept}. Look at it, then move it away."]
        book.close()
    book = books.open()
    book.recorder.finish()
    book.close()
    assert len(books.open(write=False).notices()) == 1
    copy.unlink()
    assert books.open(write=False).notices() == []


def test_a_journal_that_cannot_be_one_closes_nothing_else(books: Books) -> None:
    begun(books).close()
    path = path_of(books)
    with path.open("r+b") as file:
        file.truncate(MOST_BYTES + 1)
    book = books.open()
    assert book.recorder.live is None
    (told,) = book.notices()
    assert f"{path} could not be read: " in told
    book.recorder.start(None)


# --- other machines -----------------------------------------------------------------------------


def elsewhere(books: Books, *, finished: bool = False) -> Path:
    """A session of another machine, as a sync program brings its journal; this one has none."""
    book = begun(books)
    book.recorder.do(Log("1"))
    own = path_of(books)
    lines = own.read_bytes()
    if finished:
        lines += b'{"n":3,"e":"finish","at":"2026-11-02T18:06:00+01:00"}\n'
    own.unlink()
    book.close()
    path = own.with_name(f"{own.name.partition('.')[0]}.{OTHER}.jsonl")
    path.write_bytes(lines)
    return path


async def test_a_session_under_way_on_another_machine_is_told_and_left_alone(
    books: Books,
) -> None:
    path = elsewhere(books)
    data = path.read_bytes()
    books.clock.forward(3600)
    told = "a session is under way on laptop, as of 18:05"
    for write in (False, True):
        book = books.open(write=write)
        assert book.recorder.live is None
        assert book.notices() == [told]
        book.look_around()
        assert book.notices() == [told]
        book.close()
    async with running(books.open(), books.clock) as ui:
        assert ui.said == told
        await ui.press("enter", "enter")
        own = ui.live.id
    assert pending(books.paths) == [own]
    assert path.read_bytes() == data
    assert [found.path for found in of_others(books.paths)] == [path]


async def test_what_is_told_does_not_hide_that_the_session_goes_on(books: Books) -> None:
    elsewhere(books)
    book = begun(books)
    book.recorder.do(Log("1"))
    book.close()
    async with running(books.open(), books.clock) as ui:
        assert ui.said.startswith("Goes on where it was: 1 of 14 sets")
        assert ui.said.endswith("a session is under way on laptop, as of 18:05")


def test_both_machines_may_have_a_session_that_day(books: Books) -> None:
    path = elsewhere(books, finished=True)
    book = begun(books)
    book.recorder.do(Log("1"))
    own = book.recorder.finish()
    assert own is not None
    book.close()
    found = books.open(write=False).read_all().reader.sessions()
    assert {session.id for session in found} == {own.id, path.name.partition(".")[0]}


@pytest.mark.parametrize("over", ["finished", "silent"])
def test_a_session_of_another_machine_that_is_over_is_filed_and_its_journal_stays(
    books: Books, over: str
) -> None:
    path = elsewhere(books, finished=over == "finished")
    data = path.read_bytes()
    books.clock.forward(60 if over == "finished" else 12 * 3600 + 1)
    looking = books.open(write=False).read_all()
    (seen,) = looking.reader.sessions()
    assert Repository(books.paths, writable=False).years() == []
    for _ in range(2):
        book = books.open().read_all()
        assert list(book.reader.sessions()) == [seen]
        assert book.notices() == []
        book.close()
        assert path.read_bytes() == data
    # Corrected here since: it is not filed over that.
    book = books.open().read_all()
    book.recorder.delete(seen)
    book.close()
    assert list(books.open().read_all().reader.sessions()) == []


def test_damage_elsewhere_is_told_and_mended_by_its_own_machine(books: Books) -> None:
    path = elsewhere(books, finished=True)
    lines = path.read_bytes().splitlines(keepends=True)
    data = b"".join([lines[0], b"{spoilt\n", *lines[1:]])
    path.write_bytes(data)
    book = books.open().read_all()
    assert book.notices() == [
        f"{path}: line 2 is damaged; {len(lines)} of {len(lines) + 1} lines are kept."
    ]
    assert len(book.reader.sessions()) == 1
    assert path.read_bytes() == data
    assert copies_aside(books.paths) == []


def test_one_that_cannot_be_filed_closes_nothing_else(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(books, finished=True)

    def full(*_: object) -> None:
        raise StoreError("2026.json could not be written: the disk is full.")

    monkeypatch.setattr(Repository, "put_session", full)
    book = books.open()
    assert book.access.granted
    assert book.notices() == ["2026.json could not be written: the disk is full."]


def test_what_is_said_elsewhere_grows_with_its_journal(books: Books) -> None:
    path = elsewhere(books)
    book = books.open()
    assert book.notices() == ["a session is under way on laptop, as of 18:05"]
    with path.open("ab") as file:
        file.write(b'{"n":3,"e":"note","at":"2026-11-02T18:20:00+01:00","text":"x"}\n')
    book.recorder.resume()
    assert book.notices() == ["a session is under way on laptop, as of 18:20"]
    books.clock.forward(6 * 3600)
    book.recorder.resume()
    assert book.notices() == ["a session is under way on laptop, as of 2026-11-02 18:20"]


def test_a_session_of_two_machines_is_filed_from_each(books: Books) -> None:
    path = elsewhere(books)
    own = journal_path(books.paths, path.name.partition(".")[0])
    own.write_bytes(path.read_bytes())
    book = books.open()
    assert book.recorder.live is not None
    assert book.notices() == ["a session is under way on laptop, as of 18:05"]
    session = book.recorder.finish()
    assert session is not None
    assert path.exists()
    assert not own.exists()


def test_a_journal_from_before_machines_had_names_is_ones_own(books: Books) -> None:
    book = begun(books)
    live = book.recorder.do(Log("1"))
    book.close()
    old = path_of(books).with_name(f"{live.id}.jsonl")
    path_of(books).rename(old)
    book = books.open()
    assert book.recorder.live == live
    book.recorder.do(Log("1"))
    assert path_of(books) == old
    assert [*books.paths.live_dir.iterdir()] == [old]
    assert book.recorder.finish() is not None
    assert [*books.paths.live_dir.iterdir()] == []


COPIES = [
    "{s}.{d}.sync-conflict-20261129-181500-ABCDEFG.jsonl",
    "{s}.{d}.sync-conflict-20261129-181500.jsonl",
    "{s}.sync-conflict-20261129-181500-ABCDEFG.jsonl",
    "{s}.{d} (Anna's conflicted copy 2026-11-29).jsonl",
    "{s} (conflicted copy 2026-11-29 181500).jsonl",
    "{s}_conflict-20261129-181500.jsonl",
    "{s}.{d}_conflict-20261129-181500.jsonl",
    "{s}.{d} (SFConflict you@home 2026-11-29-18-15-00).jsonl",
    "{s}.{d} 2.jsonl",
    "{s} 2.jsonl",
    "{s}.{d} (1).jsonl",
    "{s}.{d}-DESKTOP.jsonl",
    "{s}.{d}-laptop-2.jsonl",
    "{s}-LAPTOP.jsonl",
    "{s}.{d}.jsonl.orig",
]


@pytest.mark.parametrize("device", ["its own", "another"])
@pytest.mark.parametrize("name", COPIES)
def test_a_copy_by_a_sync_program_is_no_journal(books: Books, name: str, device: str) -> None:
    book = begun(books)
    live = book.recorder.do(Log("1"))
    book.close()
    path = path_of(books)
    word = path.name.split(".")[1] if device == "its own" else OTHER
    copy = path.with_name(name.format(s=live.id, d=word))
    copy.write_bytes(path.read_bytes())
    assert not_understood(books.paths) == [copy]
    path.unlink()
    assert pending(books.paths) == []
    assert of_others(books.paths) == []
    book = books.open()
    assert book.recorder.live is None
    [told] = book.notices()
    assert "the journal of a session that is not over" in told, "it is told what it is"
    assert copy.exists()


def test_the_start_names_the_machine(books: Books) -> None:
    begun(books)
    assert books.events()[0]["device"] == path_of(books).name.split(".")[1]


def test_one_that_looks_sees_the_session_of_the_one_that_writes(books: Books) -> None:
    first = begun(books)
    second = books.open()
    live = first.recorder.do(Log("1"))
    second.look_around()
    assert under_way(second) == live
    books.clock.forward(60)
    first.recorder.finish()
    second.look_around()
    assert under_way(second) is None
    assert second.notices() == []


def test_a_session_whose_copy_was_finished_does_not_go_on_beside_it(
    books: Books, tmp_path: Path
) -> None:
    book = begun(books)
    [first, *_] = book.recorder.live.items if book.recorder.live else ()
    for _ in range(2):
        books.clock.forward(60)
        book.recorder.do(Log(first.id))
    copied = Books(tmp_path / "copy")
    copytree(books.paths.root, copied.paths.root)
    books.clock.forward(60)
    book.recorder.do(Log(first.id))
    done = book.recorder.finish()
    assert done is not None
    book.close()
    copied.clock.time = books.clock.time
    with closing(copied.open()) as other:
        merge(other, books.paths.root, dry_run=False)
    with closing(copied.open().read_all()) as other:
        assert under_way(other) is None
        [session] = other.reader.sessions()
        [entry, *_] = session.live()
        sets = {row.number for row in entry.live() if row.undone is None}
        assert sets == {1, 2, 3}
        assert len(entry.live()) == len(done.live()[0].live())
    assert pending(copied.paths) == []


def test_a_session_that_was_opened_again_goes_on_after_a_kill(books: Books) -> None:
    book = begun(books)
    [first, *_] = book.recorder.live.items if book.recorder.live else ()
    book.recorder.do(Log(first.id))
    done = book.recorder.finish()
    assert done is not None
    live = book.recorder.reopen()
    book.close()
    # As if killed before the log was told of it.
    path = books.paths.year(done.day.year)
    path.unlink()
    Repository(books.paths, writable=True).put_session(done)
    with closing(books.open()) as again:
        assert under_way(again) == live
