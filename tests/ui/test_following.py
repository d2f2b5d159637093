"""The screen shows what someone else writes: another screen, a sync program."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import replace
from textual.widget import Widget

from tests.app.test_following import elsewhere, noted
from tests.ui.driver import Books, Driver, running
from tests.ui.test_editor import editing
from tests.ui.test_programmes import over
from tui.domain.model.values import Session
from tui.domain.planning.own_programmes import renamed, with_programme
from tui.domain.session.actions import Clock, Log
from tui.ui.screens.editor import EditorScreen
from tui.ui.screens.main import MainScreen


async def look(ui: Driver) -> None:
    ui.main.look_around()
    await ui.settle()


def newest(ui: Driver) -> Session:
    return ui.book.reader.sessions()[-1]


async def test_it_looks_once_a_second(books: Books, looks: list[float]) -> None:
    async with running(books.open(), books.clock):
        assert looks == [1.0]


async def test_one_that_looks_shows_each_set_and_the_clock_without_a_key(books: Books) -> None:
    writer = books.open().read_all()
    async with running(books.open(), books.clock) as ui:
        writer.recorder.start(writer.planner.next_plan(books.clock().date()))
        writer.recorder.do(Log("1"))
        await look(ui)
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        writer.recorder.do(Clock("space", "1"))
        await look(ui)
        assert "GET READY" in ui.clock_words()
        writer.recorder.finish()
        await ui.press("3")
        await look(ui)
        assert "Mon 2 Nov" in ui.text()
    writer.close()


async def test_nothing_is_drawn_while_nothing_has_changed(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.train()
    drawn: list[object] = []
    writer = books.open()
    for book in (writer, books.open()):
        async with running(book, books.clock) as ui:
            await look(ui)
            with monkeypatch.context() as patched:
                patched.setattr(Widget, "refresh", lambda one, *_, **__: drawn.append(one))
                ui.main.look_around()
                assert drawn == []
                ui.main.show()
                assert drawn, "it would have been noticed"
            drawn.clear()


async def test_history_shows_what_came_and_the_cursor_stays_on_its_session(books: Books) -> None:
    first = books.train()
    books.clock.forward(86_400)
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "down")
        assert ui.main.history.rows.value.id == first
        came = replace(newest(ui), id="01KA0000000000000000000000")
        came = replace(came, started=books.clock(), finished=books.clock(), note="came")
        elsewhere(books, lambda log: log.put_session(came))
        await look(ui)
        assert len(ui.book.reader.sessions()) == 3
        assert "3" in ui.main.history.query_one("#history-title").plain()  # type: ignore[attr-defined]
        assert ui.main.history.rows.value.id == first
        await ui.press("x", "u")
        assert {s.id for s in ui.book.reader.sessions()} >= {first, came.id}


async def test_an_open_prompt_keeps_its_text_and_corrects_the_set_as_it_is_now(
    books: Books,
) -> None:
    done = books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "down", "e", "9")
        asked = ui.prompt()
        books.clock.forward(60)
        elsewhere(books, noted(newest(ui), books, "theirs"))
        await look(ui)
        assert ui.prompt() == asked
        assert "Note  theirs" in ui.text()
        await ui.answer("9x5s/side")
        now = ui.book.reader.session(done)
        assert now is not None
        assert now.note == "theirs"
        assert {row.done.reps or row.done.holds for row in now.live()[0].live()} >= {9}


async def test_a_set_that_is_gone_by_the_answer_is_not_brought_back(books: Books) -> None:
    done = books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "down", "e")
        books.clock.forward(60)
        gone = newest(ui).tombstone(books.clock().isoformat())
        elsewhere(books, lambda log: log.edit_session(gone, books.clock()))
        await look(ui)
        await ui.answer("9x5s/side")
        assert ui.said == "! That set is no longer in the log."
        assert "9x5s" in ui.prompt()
        session = ui.book.reader.session(done)
        assert session is not None
        assert session.deleted


async def test_a_screen_over_the_panes_shows_it_too(books: Books) -> None:
    writer = books.open().read_all()
    async with running(books.open(), books.clock) as ui:
        await ui.press("5")
        before = ui.text()
        writer.recorder.start(writer.planner.next_plan(books.clock().date()))
        writer.recorder.do(Log("1"))
        writer.recorder.finish()
        await look(ui)
        assert ui.text() != before
        assert not isinstance(ui.app.screen, MainScreen)
    writer.close()


async def test_the_editor_stands_when_its_programme_changes_or_goes(books: Books) -> None:
    async with editing(books) as ui:
        mine = ui.book.profile.library.programmes["mine"]
        own = ui.book.profile.own_library
        await ui.press("n")
        field = over(ui).prompt.field
        field.value = "Half typed"
        other = renamed(mine, 0, "Theirs")
        own.change(partial(with_programme, programme=other), books.clock())
        await look(ui)
        assert field.value == "Half typed"
        assert "Theirs" in ui.text()
        await ui.press("enter")
        assert "changed meanwhile" in ui.text()
        await ui.press("tab")
        books.paths.library.unlink()
        await look(ui)
        assert isinstance(ui.app.screen, EditorScreen)
        await ui.press("down", "v", "q", "q", "q")


async def test_the_writer_that_has_gone_is_said(books: Books) -> None:
    first = books.open()
    async with running(books.open(), books.clock, (120, 40)) as ui:
        assert ui.lines()[0].endswith("LOOKING ONLY")
        assert "Another window logs this session" in ui.said
        first.close()
        await look(ui)
        assert "The other window is closed" in ui.said
        await ui.press("2")
        assert "LOOKING ONLY" in ui.lines()[0], "until a key wants to write"
        await ui.press("enter", "enter")
        assert ui.live.rows


async def test_a_copy_that_a_sync_program_leaves_is_taken_in_and_shown(books: Books) -> None:
    done = books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        came = replace(newest(ui), id="01KA0000000000000000000000", note="came")
        year, kept = books.paths.year(2026), books.paths.year(2026).read_bytes()
        elsewhere(books, lambda log: log.put_session(came))
        year.replace(year.with_name("2026.sync-conflict-20261102-180500-ABCDEFG.json"))
        year.write_bytes(kept)
        await look(ui)
        assert {session.id for session in ui.book.reader.sessions()} == {done, came.id}
        assert "Mon 2 Nov" in ui.text()
        assert "sync-conflict" in ui.said


async def test_a_copy_that_cannot_be_taken_in_is_told_of_at_once(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        copy = books.paths.year(2026).with_name("2026.sync-conflict-20261102-180500-ABCDEFG.json")
        copy.write_bytes(b"\x00")
        await look(ui)
        assert copy.name in ui.said
        await ui.press("j")
        await look(ui)
        assert ui.said == ""
