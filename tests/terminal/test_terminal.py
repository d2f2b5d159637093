"""The real program in a real terminal: killed, suspended, cut off; and how many bytes it writes."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.ui.driver import Books
from tui.domain.session.event_codec import event_from_doc
from tui.domain.session.live import Live
from tui.domain.session.replay import replay
from tui.store.journal import journal_path, pending
from tui.store.journal_lines import read as read_journal
from tui.store.paths import Paths
from tui.store.repository import Repository

FIRST = "Wall Lean Hip Flexor Hold"
MOST_A_TICK = 350
Open = Callable[..., Terminal]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def start(tmp_path: Path, paths: Paths) -> Open:
    """Start the program on the test's own data, and wait until it is up."""

    def opened(size: tuple[int, int] = (80, 24), *, own: bool = True) -> Terminal:
        made = Terminal("--data-dir", str(paths.root), home=tmp_path, size=size, own=own)
        made.wait_for(FIRST)
        made.settle()
        return made

    return opened


def on_disk(paths: Paths) -> Live:
    """The session under way, from its journal."""
    [session_id] = pending(paths)
    events = read_journal(journal_path(paths, session_id)).events
    live = replay(map(event_from_doc, events))
    assert live is not None
    return live


def clock_line(terminal: Terminal) -> str:
    """The first line of the clock, its phase in words."""
    return terminal.text().split("\n")[10].strip()


def next_second(terminal: Terminal, shown: str) -> None:
    """Wait until the clock shows something else."""
    terminal.wait(lambda: clock_line(terminal) != shown, "the next second")


def test_a_whole_session_by_keys(start: Open, paths: Paths) -> None:
    book = Books(paths.root).open()
    book.profile.set("enter_guard", 0)
    book.close()
    with start() as terminal:
        assert "2 TODAY" in terminal.text()
        # One of them answers that the weight for the calves is not known.
        for _ in range(15):
            terminal.press("enter")
        terminal.wait_for("14 of 14 sets")
        assert terminal.text().count("●") == 14
        terminal.press("F")
        terminal.wait_for("Well done")
        terminal.press("enter")
        terminal.wait_for("DONE TODAY")
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()
    [session] = Repository(paths, writable=False).sessions(datetime.now(UTC).year)
    assert [len(entry.live()) for entry in session.live()] == [6, 6, 4, 3, 6]
    assert pending(paths) == []


def test_killed_in_a_hold_it_goes_on_in_the_hold(start: Open, paths: Paths) -> None:
    with start() as terminal:
        terminal.press("enter", "space", ".")
        terminal.wait_for("HOLD left 1/8")
        terminal.send(signal.SIGKILL)
        assert terminal.exit_code() == -signal.SIGKILL
    live = on_disk(paths)
    assert live.clock is not None
    with start() as terminal:
        before = datetime.now(UTC) - timedelta(seconds=3)
        words = clock_line(terminal)
        moments = (before + timedelta(seconds=n / 10) for n in range(40))
        assert words in {live.clock.view(moment).words() for moment in moments}
        assert "●○○" in terminal.text()
        assert "Goes on where it was: 1 of 14 sets" in terminal.text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_puts_the_terminal_right(
    start: Open, paths: Paths, number: signal.Signals
) -> None:
    with start() as terminal:
        terminal.press("enter", "space")
        terminal.wait_for("GET READY")
        assert {b"1049", b"raw"} <= terminal.left_behind()
        terminal.send(number)
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()
        assert "Traceback" not in terminal.text()
    assert len(on_disk(paths).rows) == 1


def test_a_closed_terminal_ends_it_and_nothing_is_lost(start: Open, paths: Paths) -> None:
    with start() as terminal:
        terminal.press("enter", "space")
        terminal.wait_for("GET READY")
        terminal.hang_up()
        terminal.exit_code()
    live = on_disk(paths)
    assert len(live.rows) == 1
    assert live.clock is not None
    with start() as terminal:
        assert "●○○" in terminal.text()
        assert "LOOKING ONLY" not in terminal.text()


def test_a_terminal_that_goes_without_a_word_leaves_no_process(start: Open, paths: Paths) -> None:
    with start(own=False) as terminal:
        terminal.press("enter")
        terminal.wait_for("REST")
        # Nobody reads any more, so the output backs up into the program.
        terminal.press(*"?q" * 20)
        terminal.hang_up()
        terminal.exit_code()
    assert len(on_disk(paths).rows) == 1


def test_keys_that_arrive_at_once_mean_what_they_mean_one_by_one(start: Open, paths: Paths) -> None:
    with start() as terminal:
        terminal.press("enter", "e", "\x15L8x5s R7x5s", "enter", "r2", "enter", "p1", "enter")
        terminal.wait_for("●▼○")
        terminal.settle()
    rows = list(on_disk(paths).rows.values())
    assert [[(row.done.holds, row.rir, row.pain) for row in both] for both in rows] == [
        [(8, None, None), (8, None, None)],
        [(8, 2, 1), (7, 2, 1)],
    ]


@pytest.mark.parametrize("by", ["key", "signal"])
def test_stopped_it_gives_the_terminal_back_and_goes_on(start: Open, by: str) -> None:
    with start() as terminal:
        terminal.press("enter")
        terminal.wait_for("REST")
        if by == "key":
            terminal.press("ctrl+z")
        else:
            terminal.send(signal.SIGTSTP)
        terminal.wait(terminal.stopped, "the program to stop")
        terminal.settle()
        assert terminal.left_behind() == set()
        terminal.screen.reset()
        terminal.send(signal.SIGCONT)
        terminal.wait_for("REST")
        assert "●○○" in terminal.text()
        # Everything is repainted, not only what has changed: the shell has written over it.
        terminal.wait_for("TODAY")
        terminal.wait_for("Trail Speed")
        terminal.wait_for("log set")
        terminal.press("u")
        terminal.wait(lambda: "●" not in terminal.text(), "the undo")
        terminal.press("q")
        assert terminal.exit_code() == 0
        assert terminal.left_behind() == set()


def test_a_terminal_too_small_says_so_and_grows_again(start: Open) -> None:
    with start() as terminal:
        terminal.resize(10, 3)
        terminal.wait_for("Too small:")
        terminal.resize(130, 40)
        terminal.wait_for("No sessions yet.")
        terminal.press("enter")
        terminal.wait_for("●○○")


def test_the_second_one_says_who_writes(start: Open, paths: Paths) -> None:
    with start() as first, start() as second:
        assert "LOOKING ONLY" in second.text()
        second.press("enter")
        second.wait(lambda: "Another window logs this session" in second.text(), "the refusal")
        assert pending(paths) == []
        first.press("q")
        assert first.exit_code() == 0
        second.press("enter")
        second.wait_for("This one logs now")
        second.press("enter")
        second.wait_for("●○○")
    assert len(on_disk(paths).rows) == 1


def test_at_rest_it_writes_nothing(start: Open) -> None:
    with start() as terminal:
        assert not terminal.listen(1.5)
        terminal.press("j")
        terminal.settle()
        assert not terminal.listen(1.5)


def test_a_second_of_the_clock_costs_little(start: Open) -> None:
    with start() as terminal:
        terminal.press("enter")
        terminal.wait_for("REST 0:5")
        costs = []
        for _ in range(3):
            terminal.settle()
            shown, written = clock_line(terminal), len(terminal.raw)
            next_second(terminal, shown)
            terminal.settle()
            costs.append(len(terminal.raw) - written)
            assert re.fullmatch(r"REST 0:5\d", clock_line(terminal))
            # What was drawn elsewhere has not taken the cursor from the selected row.
            cursor = terminal.screen.cursor
            assert terminal.screen.display[cursor.y][cursor.x :].startswith(f"› {FIRST}")
            assert cursor.hidden
        assert max(costs) <= MOST_A_TICK
