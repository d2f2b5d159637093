"""The folder under a session: moved, unmounted, cleared away. A set is confirmed only into a file
that is there, on this machine while the folder is gone; what was confirmed is in the log after the
finish."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ui.driver import Books, running
from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.domain.session.actions import Log
from tui.store.errors import StoreError
from tui.store.journal import bring_back, copies_aside, kept_away
from tui.store.journal_lines import Event, lines_of, read
from tui.store.lock import WriterLock
from tui.store.paths import Paths

Harm = Callable[[Path], object]
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what belongs to this machine."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "stridelift"


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "disk" / "data")


def rescued(books: Books) -> list[Path]:
    """The journals kept on this machine while their folder is gone."""
    folder = books.paths.rescue_dir
    return sorted(folder.iterdir()) if folder.exists() else []


def closed(path: Path) -> None:
    """Let nobody write there, not even root: a file where a folder should be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


def journal(root: Path) -> Path:
    (path,) = (root / "live").glob("*.jsonl")
    return path


def in_place(path: Path, data: bytes) -> None:
    """Other bytes into the same file."""
    with path.open("r+b") as file:
        file.write(data)
        file.truncate(len(data))


def replaced(path: Path, data: bytes) -> None:
    """Another file of the same name, as programs that sync folders do it."""
    other = path.with_name("other")
    other.write_bytes(data)
    other.replace(path)


def cut(path: Path) -> bytes:
    """The journal without its last set."""
    return b"".join(path.read_bytes().splitlines(keepends=True)[:-2])


def in_its_place(path: Path, make: Callable[[Path], object]) -> None:
    """Something that is no file."""
    path.unlink()
    make(path)


def emptied(root: Path) -> None:
    """All that is in the folder removed, the folder left."""
    for path in root.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def made_anew(root: Path) -> None:
    shutil.rmtree(root)
    root.mkdir(0o700)


HARMS: dict[str, Harm] = {
    "the journal deleted": lambda root: journal(root).unlink(),
    "the journal moved away": lambda root: journal(root).rename(root / "elsewhere"),
    "the journal emptied": lambda root: in_place(journal(root), b""),
    "the journal cut short": lambda root: in_place(journal(root), cut(journal(root))),
    "the journal replaced by an older one": lambda root: replaced(
        journal(root), cut(journal(root))
    ),
    "other bytes of the same length": lambda root: in_place(
        journal(root), b"X" * journal(root).stat().st_size
    ),
    "the journal replaced by itself": lambda root: replaced(
        journal(root), journal(root).read_bytes()
    ),
    "the journal replaced by another": lambda root: replaced(journal(root), b'{"e":"start"}\n'),
    "the journal written by another": lambda root: in_place(
        journal(root), journal(root).read_bytes() + b'{"e":"undo"}\n'
    ),
    "a folder in the journal's place": lambda root: in_its_place(journal(root), Path.mkdir),
    "a pipe in the journal's place": lambda root: in_its_place(journal(root), os.mkfifo),
    "live removed": lambda root: shutil.rmtree(root / "live"),
    "all that is in it removed": emptied,
    "removed and made anew": made_anew,
    "the lock removed": lambda root: (root / "writer.lock").unlink(),
}


def journal_events(book: Logbook) -> list[Event]:
    """What the open journal of a logbook holds in memory."""
    assert book.recorder._journal is not None
    return book.recorder._journal.events


def begun(books: Books) -> Logbook:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    return confirmed(book)


def confirmed(book: Logbook) -> Logbook:
    """One more set that the screen would show as done."""
    before = len(book.recorder.live.rows) if book.recorder.live else 0
    live = book.recorder.do(Log("1"))
    assert len(live.rows) == before + 1
    return book


def kept(books: Books) -> int:
    """How many sets a new start finds as done."""
    (session,) = books.open(write=False).read_all().reader.sessions()
    rows = [row for entry in session.live() for row in entry.live() if not row.undone]
    return len({(row.kind, row.number) for row in rows})


@pytest.mark.parametrize("harm", HARMS)
def test_a_session_goes_on_where_its_folder_stands(books: Books, harm: str) -> None:
    book = begun(books)
    HARMS[harm](books.paths.root)
    confirmed(book)
    # What is on disk is the whole session, whoever is killed now.
    looking = books.open(write=False)
    assert looking.recorder.live == book.recorder.live
    HARMS[harm](books.paths.root)
    confirmed(book)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 3


@pytest.mark.parametrize("harm", HARMS)
def test_a_finish_right_after_it_files_what_was_confirmed(books: Books, harm: str) -> None:
    book = begun(books)
    HARMS[harm](books.paths.root)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 1


def test_what_stood_in_the_place_of_the_journal_is_kept_and_told(books: Books) -> None:
    book = begun(books)
    path = journal(books.paths.root)
    replaced(path, b'{"e":"start"}\n')
    confirmed(book)
    assert [p.read_bytes() for p in path.parent.glob("*.damaged-1")] == [b'{"e":"start"}\n']
    book.recorder.finish()
    assert any("was replaced" in notice for notice in book.notices())


@pytest.fixture
def other_disk() -> Iterator[Path]:
    """A folder on another device than the one where tests write."""
    place = Path("/dev/shm")  # Memory, where Linux has it.
    if (
        not os.access(place, os.W_OK)
        or place.stat().st_dev == Path(tempfile.gettempdir()).stat().st_dev
    ):
        pytest.skip("not run: this machine has no second disk")
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


def moved(root: Path) -> tuple[Harm, Harm]:
    away = root.with_name("moved")
    return (lambda root: root.rename(away), away.rename)


def unmounted(root: Path) -> tuple[Harm, Harm]:
    """The folder above is where a disk was mounted, and is empty now."""
    disk, away = root.parent, root.parent.with_name("away")

    def harm(_: Path) -> None:
        disk.rename(away)
        disk.mkdir()

    def mend(_: Path) -> None:
        disk.rmdir()
        away.rename(disk)

    return harm, mend


def removed(_: Path) -> tuple[Harm, Harm]:
    return shutil.rmtree, lambda root: root.mkdir(0o700)


GONE = [moved, unmounted, removed]
Harms = Callable[[Path], tuple[Harm, Harm]]


@pytest.mark.parametrize("harms", GONE)
def test_where_the_folder_is_gone_the_session_goes_on_on_this_machine(
    books: Books, harms: Harms
) -> None:
    root = books.paths.root
    harm, mend = harms(root)
    book = begun(books)
    harm(root)
    confirmed(book)
    (copy,) = rescued(books)
    assert read(copy).events[1:] == journal_events(book)
    assert book.recorder.away == (
        f"{root} is gone; this session is kept in {copy} until it is back"
    )
    assert not root.exists(), "no second log begins in its place"
    mend(root)
    confirmed(book)
    assert book.recorder.away == ""
    assert rescued(books) == []
    assert books.on_disk() == book.recorder.live
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 3


@pytest.mark.parametrize("harms", GONE)
def test_a_finish_while_the_folder_is_gone_is_filed_once_it_is_back(
    books: Books, harms: Harms
) -> None:
    root = books.paths.root
    harm, mend = harms(root)
    book = begun(books)
    harm(root)
    confirmed(book)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"^finished, but not in the log yet: .*is gone; .*"):
            book.recorder.finish()
    assert not root.exists()
    mend(root)
    assert book.recorder.finish() is not None
    assert rescued(books) == []
    book.close()
    assert kept(books) == 2


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize("harms", GONE)
def test_who_ends_while_the_folder_is_gone_finds_the_session_at_the_next_start(
    books: Books, harms: Harms, finished: bool
) -> None:
    root = books.paths.root
    harm, mend = harms(root)
    book = begun(books)
    harm(root)
    confirmed(book)
    if finished:
        with pytest.raises(StoreError):
            book.recorder.finish()
    live = book.recorder.live
    book.close()
    mend(root)
    looking = books.open(write=False).read_all()
    assert looking.recorder.live == (None if finished else live)
    assert len(rescued(books)) == 1, "one that looks changes nothing"
    if finished:
        assert kept(books) == 2
    again = books.open().read_all()
    assert rescued(books) == []
    if not finished:
        assert again.recorder.live == live
        assert books.on_disk() == live
        again.recorder.finish()
    again.close()
    assert kept(books) == 2


def test_a_folder_opened_at_another_path_gets_its_session_back(books: Books) -> None:
    root = books.paths.root
    book = begun(books)
    live = book.recorder.live
    away = root.with_name("moved")
    root.rename(away)
    confirmed(book)
    book.close()
    other = Books(root.with_name("other"))
    stranger = other.open()
    (note,) = stranger.notices()
    assert f"keeps a session of {root}, which was gone" in note
    assert stranger.recorder.live is None
    stranger.close()
    found = Books(away).open()
    assert found.recorder.live is not None
    assert live is not None
    assert len(found.recorder.live.rows) == len(live.rows) + 1
    assert rescued(books) == []


def test_of_a_session_that_begins_a_new_folder_it_is_told_where_the_log_may_be(
    books: Books,
) -> None:
    root = books.paths.root
    book = begun(books)
    root.rename(root.with_name("moved"))
    confirmed(book)
    book.close()
    again = books.open().read_all()
    assert again.recorder.live is not None
    (note,) = again.notices()
    assert note == (
        f"{root} is new and holds only this session; if you moved the old folder, stridelift "
        "merge OLD_FOLDER brings in its log"
    )


def test_what_went_on_in_the_folder_meanwhile_is_kept_beside_it(books: Books) -> None:
    book = begun(books)
    path, root = journal(books.paths.root), books.paths.root
    harm, mend = moved(root)
    harm(root)
    confirmed(book)
    book.close()
    mend(root)
    other = path.read_bytes() + lines_of([{"e": "note", "text": "x"}], 4, path)
    path.write_bytes(other)
    again = books.open()
    assert again.recorder.live == book.recorder.live
    (aside,) = copies_aside(books.paths)
    assert aside.read_bytes() == other
    assert any(f"{aside} stood in the place" in line for line in again.notices())


@pytest.mark.parametrize("step", ["replace", "unlink"])
def test_killed_on_the_way_back_it_comes_back_whole(
    books: Books, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = books.paths.root
    harm, mend = moved(root)
    book = begun(books)
    harm(root)
    confirmed(book)
    book.close()
    mend(root)

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, killed)
        (away,) = kept_away(books.paths)[0].values()
        with pytest.raises(Killed):
            bring_back(books.paths, away)
    again = books.open()
    assert again.recorder.live == book.recorder.live
    assert rescued(books) == []
    assert copies_aside(books.paths) == []


def test_where_neither_can_be_written_nothing_is_confirmed(books: Books) -> None:
    root = books.paths.root
    harm, mend = moved(root)
    book = begun(books)
    before = book.recorder.live
    closed(books.paths.rescue_dir)
    harm(root)
    steps: list[Callable[[], object]] = [lambda: book.recorder.do(Log("1")), book.recorder.finish]
    for step in steps:
        with pytest.raises(StoreError, match=r"NOT KEPT.*is gone.*Put that folder back"):
            step()
        assert book.recorder.live == before
        assert book.recorder.away == ""
        assert not root.exists(), "no second log begins in its place"
    mend(root)
    confirmed(book)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 2


def test_nothing_else_is_written_while_the_folder_is_gone(books: Books) -> None:
    root = books.paths.root
    harm, _ = moved(root)
    books.train()
    book = books.open().read_all()
    (session,) = book.reader.sessions()
    harm(root)
    steps: list[Callable[[], object]] = [
        lambda: book.recorder.start(None),
        lambda: book.recorder.delete(session),
        lambda: book.profile.set("unit", "lb"),
    ]
    for step in steps:
        with pytest.raises(StoreError, match="NOT KEPT"):
            step()
    assert not root.exists()
    assert rescued(books) == []


def test_an_empty_place_of_a_mount_is_not_the_folder(books: Books, other_disk: Path) -> None:
    root = books.paths.root
    root.parent.mkdir()
    (disk := other_disk / "data").mkdir()
    root.symlink_to(disk)
    book = begun(books)
    root.unlink()
    root.mkdir()
    confirmed(book)
    assert "is gone" in book.recorder.away
    assert list(root.iterdir()) == []
    root.rmdir()
    root.symlink_to(disk)
    confirmed(book)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 3


def test_a_session_does_not_come_back_into_the_empty_place_of_a_mount(
    books: Books, other_disk: Path
) -> None:
    root = books.paths.root
    root.parent.mkdir()
    (disk := other_disk / "data").mkdir()
    root.symlink_to(disk)
    book = begun(books)
    root.unlink()
    confirmed(book)
    book.close()
    root.mkdir()
    other = books.open()
    assert other.recorder.live is None
    assert any("keeps a session of" in line for line in other.notices())
    other.close()
    shutil.rmtree(root)
    root.symlink_to(disk)
    assert books.open().recorder.live == book.recorder.live


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOTCONN, errno.ESTALE])
def test_a_disk_that_does_not_answer_is_gone(
    books: Books, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = books.paths.root
    book = begun(books)
    stat = Path.stat

    def silent(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.is_relative_to(root):
            raise OSError(code, os.strerror(code))
        return stat(path, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", silent)
        confirmed(book)
        assert "is gone" in book.recorder.away
    confirmed(book)
    assert book.recorder.finish() is not None
    book.close()
    assert kept(books) == 3


def test_another_that_took_the_lock_meanwhile_keeps_it(books: Books) -> None:
    book = begun(books)
    (books.paths.root / "writer.lock").unlink()
    other = WriterLock(Paths(books.paths.root))
    assert other.acquire()
    with pytest.raises(ReadOnly, match="read-only"):
        book.recorder.do(Log("1"))
    other.release()


def test_killed_while_the_folder_comes_and_goes_it_keeps_what_it_confirmed(books: Books) -> None:
    root = books.paths.root
    away = root.with_name("moved")
    books.open().close()
    chance, confirmed, kept_here = random.Random(2026), 0, 0
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.app.gone_writer", str(root)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        ) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
            for _ in range(chance.randrange(1, 8)):
                root.rename(away)
                said += "".join(process.stdout.readline() for _ in range(chance.randrange(1, 4)))
                if chance.random() < 0.3:
                    break
                away.rename(root)
                said += "".join(process.stdout.readline() for _ in range(chance.randrange(1, 4)))
            process.kill()
            said += process.stdout.read()
        if away.exists():
            away.rename(root)
        kept_here += len(rescued(books))
        confirmed = int(said.rpartition("\n")[0].split("\n")[-1])
        book = books.open()
        assert book.recorder.live is not None
        assert int(book.recorder.live.note) >= confirmed
        assert book.notices() == []
        assert rescued(books) == []
        book.close()
    assert kept_here, "some were killed while the folder was gone"


async def test_the_screen_says_where_the_session_is_until_the_folder_is_back(books: Books) -> None:
    root = books.paths.root
    harm, mend = moved(root)
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter")
        before = len(ui.live.rows)
        harm(root)
        await ui.press("enter")
        (copy,) = rescued(books)
        assert ui.said == f"{root} is gone; this session is kept in {copy} until it is back"
        assert ui.lines()[0].endswith("FOLDER GONE")
        assert len(ui.live.rows) == before + 1
        mend(root)
        await ui.press("enter")
        assert "is gone" not in ui.text()
        assert len(ui.live.rows) == before + 2
        assert books.on_disk() == ui.live


async def test_the_screen_says_where_a_finished_session_waits(books: Books) -> None:
    root = books.paths.root
    harm, mend = moved(root)
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter")
        confirmed = len(ui.live.rows)
        harm(root)
        ui.main.finish("time")
        await ui.settle()
        assert ui.said.startswith("finished, but not in the log yet: ")
        assert str(rescued(books)[0]) in ui.said
        mend(root)
        ui.main.finish("time")
        await ui.settle()
        assert ui.book.recorder.live is None
        assert rescued(books) == []
    assert kept(books) == confirmed


async def test_the_screen_says_what_is_not_kept_and_the_set_stays_open(books: Books) -> None:
    harm, mend = moved(books.paths.root)
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter")
        closed(books.paths.rescue_dir)
        live = ui.book.recorder.live
        harm(books.paths.root)
        await ui.press("enter")
        assert "NOT KEPT" in ui.text()
        assert ui.book.recorder.live == live
        mend(books.paths.root)
        await ui.press("enter")
        assert "NOT KEPT" not in ui.text()
        assert ui.book.recorder.live is not None
        assert live is not None
        assert len(ui.book.recorder.live.rows) == len(live.rows) + 1
