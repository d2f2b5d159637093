"""One instance lets go of the right to write because another asks for it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from tests.ui.driver import Books
from tui.app.logbook import Logbook
from tui.app.taking_over import GRACE_S, PATIENCE_S, Answer, TakingOver
from tui.app.write_access import ReadOnly
from tui.domain.session.actions import Clock, Log, Undo
from tui.store.errors import StoreError
from tui.store.paths import Paths
from tui.store.processes import lockers_of, start_of
from tui.store.repository import Repository

HOLD = """
import sys
from pathlib import Path
from tui.store.lock import WriterLock
from tui.store.errors import StoreError
from tui.store.paths import Paths
print(WriterLock(Paths(Path(sys.argv[1]))).acquire(), flush=True)
sys.stdin.readline()
"""


class Seconds:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The logbooks of one process ask each other as if each had its own."""
    monkeypatch.setattr("tui.store.requests.abandoned", lambda _: False)


@contextmanager
def holding(paths: Paths, *, own_group: bool = True) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the lock, and never lets go of it."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(paths.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=own_group,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


def begun(books: Books) -> Logbook:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    book.recorder.do(Log("1"))
    return book


def taken(book: Logbook, holder: Logbook) -> None:
    attempt = TakingOver(book)
    assert attempt.look() is Answer.NONE_YET
    assert holder.hand_over() is not None
    assert attempt.look() is Answer.TAKEN


# -- hand over -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("apart")
def test_the_session_goes_to_and_fro_and_every_step_is_there(books: Books) -> None:
    first, second = begun(books), books.open().read_all()
    for writer, looking, command in (
        (second, first, Log("1")),
        (first, second, Clock("space", "1")),
        (second, first, Log("2")),
    ):
        live = looking.recorder.live
        taken(writer, looking)
        assert writer.recorder.live == live
        assert not books.paths.write_request.exists()
        writer.recorder.do(command)
        with pytest.raises(ReadOnly):
            looking.recorder.do(command)
        assert looking.look_around()
        assert looking.recorder.live == writer.recorder.live
    assert [event["n"] for event in books.events()] == list(range(1, len(books.events()) + 1))
    # The undo goes back over what both did.
    taken(first, second)
    while any(first.recorder.live.rows.values()):  # type: ignore[union-attr]  # it is under way
        first.recorder.do(Undo())
    assert first.recorder.finish() is None


def test_nothing_is_handed_over_unless_asked(books: Books) -> None:
    book = begun(books)
    assert book.hand_over() is None
    assert book.access.granted
    looking = books.open()
    assert looking.hand_over() is None


@pytest.mark.usefixtures("apart")
def test_what_was_read_is_not_read_again(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    books.train()
    books.clock.forward(86_400)
    first, second = begun(books), books.open().read_all()
    sessions = second.reader.sessions()
    monkeypatch.setattr(Repository, "_values", lambda *_: pytest.fail("a year was read"))
    taken(second, first)
    taken(first, second)
    assert second.reader.complete
    assert second.reader.sessions() == sessions


@pytest.mark.usefixtures("apart")
def test_what_the_other_one_filed_just_before_is_there(books: Books) -> None:
    first, second = begun(books), books.open().read_all()
    attempt = TakingOver(second)
    done = first.recorder.finish()
    first.hand_over()
    assert attempt.look() is Answer.TAKEN
    assert second.recorder.live is None
    assert second.reader.sessions() == [done]


@pytest.mark.usefixtures("apart")
def test_a_change_made_before_can_still_be_undone_and_what_came_since_stays(books: Books) -> None:
    done = books.train()
    first, second = books.open().read_all(), books.open().read_all()
    session = first.reader.session(done)
    assert session is not None
    first.recorder.delete(session)
    taken(second, first)
    second.profile.set("unit", "lb")
    taken(first, second)
    assert first.profile.unit == "lb"
    first.recorder.undo()
    assert [one.id for one in first.reader.sessions() if not one.deleted] == [done]


@pytest.mark.usefixtures("apart")
def test_one_that_has_let_go_changes_no_file(books: Books) -> None:
    done = books.train()
    first, second = books.open().read_all(), books.open().read_all()
    session = first.reader.session(done)
    taken(second, first)
    for path in (books.paths.year(2026), books.paths.profile):
        path.write_bytes(b"{")
        first.look_around()
        assert first.profile.unit
        assert path.read_bytes() == b"{"
    with pytest.raises(ReadOnly):
        first.recorder.delete(session)  # type: ignore[arg-type]  # it is there
    with pytest.raises(ReadOnly):
        first.profile.set("unit", "kg")


@pytest.mark.usefixtures("apart")
def test_a_session_that_is_not_all_in_its_folder_is_not_handed_over(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = begun(books), books.open().read_all()
    away = books.paths.root.with_name("away")
    books.paths.root.rename(away)
    first.recorder.do(Log("1"))
    away.rename(books.paths.root)
    TakingOver(second)
    with monkeypatch.context() as full:
        full.setattr("tui.store.journal.put", refuse)
        with pytest.raises(StoreError, match="the disk is full"):
            first.hand_over()
    assert first.access.granted
    taken(second, first)
    assert second.recorder.live == first.recorder.live
    assert len(second.recorder.live.rows) == 2  # type: ignore[union-attr]  # it is under way


def refuse(*_: object) -> None:
    raise OSError(errno.ENOSPC, "full")


# -- who gets it -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("apart")
def test_of_three_the_one_that_asked_gets_it(books: Books) -> None:
    first, second, third = begun(books), books.open().read_all(), books.open().read_all()
    attempt = TakingOver(second)
    first.hand_over()
    assert not third.take_over(), "it has not asked"
    assert not first.take_over()
    assert attempt.look() is Answer.TAKEN
    assert not third.take_over()


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("faster", [0, 1])
def test_of_two_that_ask_at_once_one_gets_it_and_the_other_knows(books: Books, faster: int) -> None:
    first = begun(books)
    attempts = [TakingOver(books.open().read_all()) for _ in range(2)]
    first.hand_over()
    # Who asked last is waited for; the one before sees that at once.
    one, other = attempts[faster].look(), attempts[1 - faster].look()
    assert {one, other} == {Answer.TAKEN, Answer.TO_ANOTHER}
    assert not books.paths.write_request.exists()


@pytest.mark.usefixtures("apart")
def test_one_that_asked_and_has_gone_keeps_nobody_out(books: Books) -> None:
    first = begun(books)
    attempt = TakingOver(books.open())
    first.hand_over()
    attempt.leave()
    assert first.take_over()
    assert books.on_disk() == first.recorder.live


# -- one that does not answer ----------------------------------------------------------------------


def silent(books: Books) -> tuple[TakingOver, Seconds]:
    now = Seconds()
    attempt = TakingOver(books.open(), now)
    now.time = PATIENCE_S - 0.1
    assert attempt.look() is Answer.NONE_YET
    now.time = PATIENCE_S
    assert attempt.look() is Answer.SILENT
    assert not books.paths.write_request.exists(), "it asks no longer"
    return attempt, now


def until_taken(attempt: TakingOver, process: subprocess.Popen[str]) -> int:
    """Let the process end, which takes a moment, and take its place; gives how it ended."""
    code = process.wait(20)
    assert attempt.look() is Answer.TAKEN
    return code


def test_one_that_does_not_answer_is_asked_to_end(books: Books) -> None:
    with holding(books.paths) as process:
        attempt, _ = silent(books)
        assert attempt.holder is not None
        assert attempt.holder.words() == f"process {process.pid}"
        assert attempt.may_end
        assert attempt.end()
        assert until_taken(attempt, process) == -signal.SIGTERM


def test_a_stopped_one_is_ended(books: Books) -> None:
    with holding(books.paths) as process:
        process.send_signal(signal.SIGSTOP)
        attempt, now = silent(books)
        assert attempt.end()
        assert attempt.look() is Answer.NONE_YET
        assert process.poll() is None
        now.time += GRACE_S
        assert attempt.look() is Answer.NONE_YET
        assert until_taken(attempt, process) == -signal.SIGKILL


def test_one_that_is_over_only_after_that_is_told(books: Books) -> None:
    with holding(books.paths) as process:
        attempt, now = silent(books)
        holder = attempt.holder
        assert attempt.end()
        process.wait(20)
        # Another one takes its place, before we look.
        with holding(books.paths):
            now.time += GRACE_S
            assert attempt.look() is Answer.SILENT
            assert holder is not None
            assert not holder.end(at_once=True), "it has the lock no longer"


def relabelled(paths: Paths, **fields: object) -> None:
    paths.lock.write_bytes(orjson.dumps({**orjson.loads(paths.lock.read_bytes()), **fields}))


@pytest.mark.parametrize(
    "label",
    [
        {"pid": 1, "start": ""},
        {"pid": 0, "start": ""},
        {"pid": -1, "start": ""},
        {"pid": 1 << 40, "start": ""},
        {"host": "elsewhere"},
        {"start": "1"},
        {"pid": os.getppid(), "start": ""},
    ],
)
def test_none_is_ended_that_is_not_surely_the_one_that_has_the_lock(
    books: Books, label: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    with holding(books.paths), monkeypatch.context() as patched:
        patched.setattr(os, "kill", lambda _, what: sent.append(what) if what else None)
        patched.setattr(signal, "pidfd_send_signal", lambda *what: sent.append(what), raising=False)
        relabelled(books.paths, **label)
        attempt, _ = silent(books)
        assert not attempt.may_end
        assert not attempt.end()
        assert sent == []


def test_none_is_ended_that_the_lock_file_names_but_that_has_no_lock(books: Books) -> None:
    with (
        holding(books.paths) as process,
        subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1, start_new_session=True) as no,
    ):
        if lockers_of(books.paths.lock) != {process.pid}:
            pytest.skip("not run: this system does not say who has a lock")
        relabelled(books.paths, pid=no.pid, start=start_of(no.pid))
        attempt, _ = silent(books)
        assert not attempt.may_end
        assert not attempt.end()
        assert no.poll() is None
        no.kill()


def test_none_of_our_own_group_is_ended(books: Books) -> None:
    with holding(books.paths, own_group=False) as process:
        attempt, _ = silent(books)
        assert not attempt.may_end
        assert not attempt.end()
        assert process.poll() is None


def test_where_the_system_says_little_the_one_named_is_ended(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.processes.start_of", lambda _: "")
    monkeypatch.setattr("tui.store.processes.lockers_of", lambda _: set())
    monkeypatch.delattr(os, "pidfd_open", raising=False)
    with holding(books.paths) as process:
        relabelled(books.paths, start="")
        attempt, _ = silent(books)
        assert attempt.end()
        assert until_taken(attempt, process) == -signal.SIGTERM


# -- a lock that lies ------------------------------------------------------------------------------


def test_where_locks_lie_the_later_of_two_looks_and_nothing_is_lost(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", lambda *_: None)
    monkeypatch.setattr("tui.store.lock.WriterLock._really_locks", lambda *_: True)
    first, second = begun(books), books.open().read_all()
    assert second.access.granted
    second.recorder.do(Log("1"))
    before = books.events()
    with pytest.raises(ReadOnly):
        first.recorder.do(Log("2"))
    assert books.events() == before
    assert not first.access.granted
    first.look_around()
    assert first.recorder.live == second.recorder.live
    second.recorder.do(Log("2"))
    assert books.on_disk() == second.recorder.live
