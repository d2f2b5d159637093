"""The screen starts syncs in the background, and says how they went without being in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.app.test_sync_answer import ask
from tests.ui.driver import Books, Driver, running
from tests.ui.test_settings import on, said, shown
from tui.app import sync_join
from tui.app.copies import Copy, take_copy
from tui.app.logbook import Logbook
from tui.app.sync_join import Joined
from tui.domain.session.actions import Log
from tui.store.errors import NewerSchema
from tui.store.paths import Paths
from tui.store.sync_state import SyncState, state_path, write_state
from tui.ui.screens import main
from tui.ui.syncing import CALM_LOOKS, IS_OFF, NOT_SET_UP


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Paths]:
    """The folders of which a sync was started."""
    folders: list[Paths] = []
    monkeypatch.setattr(main, "start_sync", folders.append)
    return folders


@pytest.fixture
def synced(books: Books) -> Books:
    """A log that syncs by itself."""
    books.train()
    (books.paths.root / ".git").mkdir()
    config = books.paths.root / ".git" / "config"
    config.write_text('[remote "home"]\n\turl = you@home:log.git\n')
    choose(books, "start+finish")
    return books


def choose(books: Books, value: str) -> None:
    book = books.open()
    book.profile.set("sync", value)
    book.close()


async def look(ui: Driver, times: int = 1) -> None:
    """Let the screen look, once what it says has been read."""
    for _ in range(times):
        if ui.main.said is not None:
            ui.main.hush()
        ui.main.look_around()
        await ui.settle()
        await ui.app.workers.wait_for_complete()


def ended(books: Books, words: str, *, came: str = "", trouble: str = "", waiting: int = 0) -> None:
    """A sync ends in the background."""
    books.clock.forward(1)
    done = None if trouble else books.clock()
    write_state(
        state_path(books.paths),
        SyncState(
            tried=books.clock(), done=done, words=words, came=came, trouble=trouble, waiting=waiting
        ),
    )


async def test_it_syncs_at_the_start_and_once_changes_have_come_to_rest(
    synced: Books, started: list[Paths]
) -> None:
    async with running(synced.open(), synced.clock) as ui:
        await ui.app.workers.wait_for_complete()
        assert started == [synced.paths]
        await look(ui, CALM_LOOKS + 2)
        assert len(started) == 1
        await ui.press("3", "x")
        await look(ui, CALM_LOOKS)
        await ui.press("u")
        await look(ui, CALM_LOOKS)
        assert len(started) == 1, "it was not at rest yet"
        await look(ui)
        assert len(started) == 2
        await look(ui, CALM_LOOKS + 2)
        assert len(started) == 2
        assert not ui.book.unsent


async def test_a_session_under_way_is_no_change_but_its_finish_is(
    synced: Books, started: list[Paths]
) -> None:
    synced.clock.forward(3 * 86_400)
    async with running(synced.open(), synced.clock) as ui:
        recorder = ui.book.recorder
        live = recorder.start(ui.book.planner.next_plan(synced.clock().date()))
        recorder.do(Log(live.items[0].id))
        await look(ui, CALM_LOOKS + 2)
        assert len(started) == 1
        recorder.finish()
        await look(ui, CALM_LOOKS + 2)
        assert len(started) == 2


@pytest.mark.parametrize("value", ["by hand", "off"])
async def test_it_starts_nothing_that_the_runner_does_not_want(
    synced: Books, started: list[Paths], value: str
) -> None:
    choose(synced, value)
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("3", "x")
        await look(ui, CALM_LOOKS + 2)
    assert started == []


async def test_nor_from_a_window_that_only_looks(synced: Books, started: list[Paths]) -> None:
    writer = synced.open()
    async with running(synced.open(), synced.clock) as ui:
        await look(ui, CALM_LOOKS + 2)
    writer.close()
    assert started == []


async def test_what_came_is_said_once(synced: Books, started: list[Paths]) -> None:
    ended(synced, "sync: 1 session from home", came="1 session from home")
    async with running(synced.open(), synced.clock) as ui:
        await look(ui)
        assert ui.said == "", "that was before"
        ended(synced, "sync: 2 sessions from home, 1 sent", came="2 sessions from home")
        await look(ui)
        assert ui.said == "Sync: 2 sessions from home, 1 sent."
        await look(ui)
        assert ui.said == ""
        ended(synced, "sync: 1 sent")
        await look(ui)
        assert ui.said == ""
    assert started


async def test_it_waits_until_a_line_is_typed_and_what_is_said_is_read(
    synced: Books, started: list[Paths]
) -> None:
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("3", "enter", "down", "e", "9")
        asked = ui.prompt()
        ended(synced, "sync: 2 sessions from home", came="2 sessions from home")
        await look(ui)
        assert (ui.prompt(), ui.said) == (asked, "")
        await ui.press("tab")
        ui.main.say("Something else.")
        ui.main.look_around()
        assert ui.said == "Something else."
        await look(ui)
        assert ui.said == "Sync: 2 sessions from home."
    assert started


async def test_what_several_said_while_a_line_was_typed_is_said_once(
    synced: Books, started: list[Paths]
) -> None:
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("3", "enter", "down", "e")
        for _ in range(3):
            ended(synced, "sync: 1 session from home", came="1 session from home")
            await look(ui)
        await ui.press("tab")
        await look(ui)
        assert ui.said == "Sync: 1 session from home."
    assert started


async def test_trouble_is_said_once_a_day_and_being_away_never(
    synced: Books, started: list[Paths]
) -> None:
    async with running(synced.open(), synced.clock) as ui:
        # What is refused before it begins is kept as it was said.
        for trouble, words in (
            ("offline", ""),
            ("refused", "Sync: the server refuses your key."),
            ("refused", ""),
        ):
            ended(synced, "the server refuses your key.", trouble=trouble)
            await look(ui)
            assert ui.said == words
        synced.clock.forward(timedelta(days=1).total_seconds())
        ended(synced, "sync: the server refuses your key", trouble="refused")
        await look(ui)
        assert ui.said == "Sync: the server refuses your key."
    assert started


async def test_who_asks_is_told_in_any_case(synced: Books, started: list[Paths]) -> None:
    choose(synced, "by hand")
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("C")
        await ui.app.workers.wait_for_complete()
        assert ui.said == "Syncing …"
        assert started == [synced.paths]
        for words, trouble in (("sync: home cannot be reached", "offline"), ("sync: all sent", "")):
            ended(synced, words, trouble=trouble)
            await look(ui)
            assert ui.said == f"S{words[1:]}."
            await ui.press("C")


async def test_sync_now_is_found_in_the_palette(synced: Books, started: list[Paths]) -> None:
    choose(synced, "by hand")
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("ctrl+p", *"git")
        assert "Sync now" in ui.text()
        await ui.press("tab")
        await ui.press("ctrl+p", *"sync", "enter")
        await ui.app.workers.wait_for_complete()
        assert started == [synced.paths]


async def test_where_it_cannot_be_it_says_why(books: Books, started: list[Paths]) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("C")
        assert ui.said == NOT_SET_UP
    assert started == []


async def test_off_is_off(synced: Books, started: list[Paths]) -> None:
    choose(synced, "off")
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("C")
        assert ui.said == IS_OFF
    assert started == []


async def test_a_process_that_cannot_be_started_is_told(
    synced: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Paths) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(main, "start_sync", refuse)
    choose(synced, "by hand")
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("C")
        await ui.app.workers.wait_for_complete()
        await ui.settle()
        assert "Sync could not be started" in ui.said


async def test_settings_say_how_it_stands_and_change_it(
    synced: Books, started: list[Paths]
) -> None:
    ended(synced, "sync: home cannot be reached", trouble="offline", waiting=3)
    async with running(synced.open(), synced.clock) as ui:
        await on(ui, "Sync now")
        assert shown(ui, "Sync now") == "3 wait here, not reached, you@home:log.git"
        ended(synced, "sync: all sent")
        await on(ui, "Sync")
        assert shown(ui, "Sync  ") == "by itself: start, finish, changes"
        await ui.press("enter", "h")
        assert ui.book.profile.setting("sync", "") == "by hand"
        assert shown(ui, "Sync now") == f"last {synced.clock():%H:%M}, you@home:log.git"
        await ui.press("u")
        assert ui.book.profile.setting("sync", "") == "start+finish"
        before = len(started)
        await on(ui, "Sync now")
        await ui.press("enter")
        await ui.app.workers.wait_for_complete()
        assert said(ui) == "Syncing …"
        assert len(started) == before + 1
        ended(synced, "sync: home cannot be reached", trouble="offline", waiting=1)
        await look(ui)
        assert "1 wait here" in shown(ui, "Sync now")


async def test_where_it_is_not_set_up_settings_say_how(books: Books) -> None:
    books.train()
    book = books.open()
    book.profile.set("tips", False)
    async with running(book, books.clock) as ui:
        await on(ui, "Sync now")
        assert shown(ui, "Sync now") == "not set up"
        assert "stridelift sync --to you@home:log.git" in ui.text()


# -- joining for a sync ----------------------------------------------------------------------------


@pytest.fixture
def joining(monkeypatch: pytest.MonkeyPatch, synced: Books) -> list[str]:
    """What a sync brings when the screen is asked to join: a note on the session that is there."""
    notes: list[str] = []

    def joined(book: Logbook, _: object) -> Joined:
        [session] = book.reader.repository.sessions(2026)
        edited = replace(session, note=notes[0], edited=synced.clock().isoformat())
        take_copy(book, Copy(sessions=(edited,)))
        return Joined("0" * 40, ())

    monkeypatch.setattr(sync_join, "joined", joined)
    return notes


async def test_what_a_sync_brings_is_shown_at_once_and_what_is_typed_stays(
    synced: Books, joining: list[str], started: list[Paths]
) -> None:
    choose(synced, "by hand")
    async with running(synced.open(), synced.clock) as ui:
        await ui.press("3", "enter", "down", "e", "9")
        asked = ui.prompt()
        synced.clock.forward(60)
        joining.append("from home")
        ask(ui.book)
        await look(ui)
        assert not ui.book.paths.sync_request.exists()
        assert "Note  from home" in ui.text()
        assert ui.prompt() == asked
        await ui.answer("9x5s/side")
        [session] = ui.book.reader.sessions()
        assert session.note == "from home"
        assert {row.done.reps or row.done.holds for row in session.live()[0].live()} >= {9}
    assert started == []


async def test_a_session_under_way_goes_on(
    synced: Books, joining: list[str], started: list[Paths]
) -> None:
    synced.clock.forward(3 * 86_400)
    async with running(synced.open(), synced.clock) as ui:
        recorder = ui.book.recorder
        item = recorder.start(ui.book.planner.next_plan(synced.clock().date())).items[0].id
        recorder.do(Log(item))
        ui.main.show()
        await look(ui)
        before = recorder.live
        joining.append("from home")
        ask(ui.book)
        await look(ui)
        assert not ui.book.paths.sync_request.exists()
        assert ui.live == before
        recorder.do(Log(item))
        assert synced.on_disk() == recorder.live
        await look(ui, CALM_LOOKS + 2)
        assert len(started) == 1, "what came is no change of ours"


async def test_what_cannot_be_joined_is_said(
    synced: Books, started: list[Paths], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Joined:
        raise NewerSchema("A file was written by a newer stridelift.")

    monkeypatch.setattr(sync_join, "joined", refuse)
    async with running(synced.open(), synced.clock) as ui:
        ask(ui.book)
        await look(ui)
        assert ui.said == "A file was written by a newer stridelift."
        assert not ui.book.paths.sync_request.exists()
    assert started
