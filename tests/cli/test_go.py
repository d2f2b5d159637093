"""The session line by line as a command: how lines come in, and how they are said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.app.test_sync_answer import ask
from tests.ui.driver import Books
from tui.app import sync_join
from tui.app.lines.talk import Heard
from tui.app.logbook import Logbook
from tui.app.sync_answer import Answering
from tui.app.sync_join import Joined
from tui.app.taking_over import Answer, TakingOver
from tui.bootstrap import open_logbook
from tui.cli.go import LONGEST_LINE, Lines, _sessions, _speak, answer_sync
from tui.domain.session.actions import Log

WAIT = 60
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reader, writer = os.pipe()
    yield reader, writer
    os.close(reader)


@pytest.fixture
def typed() -> Iterator[Callable[[str], None]]:
    """Puts text into this process's stdin, and closes it."""
    kept = os.dup(0)

    def put(text: str) -> None:
        reader, writer = os.pipe()
        os.write(writer, text.encode())
        os.close(writer)
        os.dup2(reader, 0)
        os.close(reader)

    yield put
    os.dup2(kept, 0)
    os.close(kept)


def test_lines_come_as_they_are_typed_also_in_pieces(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    lines = Lines(reader)
    os.write(writer, b"7\r\n\n \n62")
    assert [lines.next(0), lines.next(0), lines.next(0)] == ["7", "", " "]
    assert lines.next(0) is None
    assert not lines.ended
    os.write(writer, b",5 kg\nF")
    assert lines.next(0) == "62,5 kg"
    os.close(writer)
    assert lines.next(None) == "F"
    assert lines.next(None) is None
    assert lines.ended


def test_bytes_that_are_no_text_and_a_line_without_end_do_no_harm(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    lines = Lines(reader)
    os.write(writer, b"\xff7\n")
    assert lines.next(0) == "�7"
    for _ in range(40):
        os.write(writer, b"7" * 1000)
        assert lines.next(0) is None
    os.write(writer, b"\n")
    line = lines.next(0)
    assert line is not None
    assert len(line) == LONGEST_LINE
    os.close(writer)


def test_without_any_input_it_ends(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    os.close(writer)
    closed = os.dup(reader)
    os.close(closed)
    lines = Lines(closed)
    assert lines.next(None) is None
    assert lines.ended


def test_between_two_lines_a_sync_is_answered(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def joined(book: Logbook, _: object) -> Joined:
        book.reader.forget()
        return Joined("0" * 40, ("notes.txt was changed on two machines",))

    monkeypatch.setattr(sync_join, "joined", joined)
    with closing(open_logbook(str(home), None, write=True).read_all()) as book:
        answering = Answering(book)
        answer_sync(book, answering)
        assert capsys.readouterr().out == ""
        ask(book)
        answer_sync(book, answering)
        assert not book.paths.sync_request.exists()
        assert book.reader.complete
        assert capsys.readouterr().out == "Notes.txt was changed on two machines.\n"


def test_a_session_through_a_pipe_is_kept_and_goes_on(
    run: Run, typed: Callable[[str], None]
) -> None:
    typed("\n7\n")
    code, said, errors = run("go")
    assert (code, errors) == (0, "")
    assert "Logged: Wall Lean Hip Flexor Hold set 2, 7 × 5 s each side." in said
    assert said.endswith("Session kept at 2 of 14 sets, next Wall Lean Hip Flexor Hold.\n")
    typed("F\nt\n")
    code, said, _ = run("go")
    assert code == 0
    assert "Goes on where it was: 2 of 14 sets" in said
    assert "Well done." in said
    assert '"holds":7' in run("export")[1]


def test_ascii_alone_will_do(
    run: Run, typed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed("q\n")
    out = TextIOWrapper(BytesIO(), "ascii")
    monkeypatch.setattr("sys.stdout", out)
    assert run("go")[0] == 0
    typed("foo\n")
    run("go")
    out.seek(0)
    assert "Set 1 of 3: 8 x 5 s each side, in turn." in (said := out.read())
    assert '"foo"? Write ' in said


def test_bells_ring_before_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    _speak(Heard(("HOLD left 1/8, 5 s.", "a\x1b[2Jb"), 2))
    assert capsys.readouterr().out == "\a\aHOLD left 1/8, 5 s.\na·[2Jb\n"


def test_another_instance_that_has_the_log_is_named_and_a_script_takes_nothing(
    run: Run, home: Path, typed: Callable[[str], None]
) -> None:
    books = Books(home)
    books.open()
    typed("\n7\n")
    code, said, errors = run("go")
    assert code == 1
    assert said.startswith("Another window logs this session (another process). Log from here? y")
    assert errors.endswith("has this log open; close it there, then try again\n")
    assert errors.count("\n") == 1
    typed("n\n")
    assert run("go")[0] == 0
    books.close()


def test_a_script_that_says_yes_takes_over_and_its_lines_wait(
    run: Run, home: Path, typed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.requests.abandoned", lambda _: False)
    monkeypatch.setattr("tui.cli.go.SHORT_S", 0)
    books = Books(home)
    first = books.open().read_all()
    monkeypatch.setattr("tui.cli.go.sleep", lambda _: first.hand_over())
    typed("y\n\n7\nq\n")
    code, said, errors = run("go")
    assert (code, errors) == (0, "")
    assert "Logged from here now." in said
    assert said.splitlines()[-1].startswith("Session kept at 2 of 14 sets")
    books.close()


class Script:
    """Lines that are typed while something else happens in between; None is a wait."""

    ended = False
    by_script = False

    def __init__(self, lines: Iterator[str | None]) -> None:
        self.lines = lines

    def next(self, _: float | None) -> str | None:
        return next(self.lines)


def test_it_gives_way_to_a_window_that_asks_and_takes_it_back(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.requests.abandoned", lambda _: False)
    books = Books(home)
    book, other = books.open().read_all(), books.open().read_all()

    def lines() -> Iterator[str | None]:
        yield ""
        attempt = TakingOver(other)
        yield "7"
        assert attempt.look() is Answer.TAKEN
        other.recorder.do(Log("1"))
        yield "y"
        other.hand_over()
        yield None
        yield ""
        yield "q"

    _sessions(book, Script(lines()))  # type: ignore[arg-type]  # it is asked for lines alone
    said = capsys.readouterr().out.splitlines()
    gave = next(line for line in said if "The session is logged from another window" in line)
    assert gave.endswith("now. What you typed was not logged. Log from here? y yes, n no")
    assert "Logged from here now." in said
    assert said[-1].startswith("Session kept at 3 of 14 sets")
    numbers = [event["n"] for event in books.events()]
    assert numbers == [*range(1, len(numbers) + 1)]
    books.close()


def test_nothing_on_stdin_at_all(tmp_path: Path) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m tui go <&-', sys.executable],
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT,
        env={**os.environ, "STRIDELIFT_HOME": str(tmp_path)},
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Set 1 of 3: " in ran.stdout
