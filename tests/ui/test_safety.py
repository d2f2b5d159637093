"""Hostile text and broken files: shown harmlessly, reported in a line, and left as they are."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from msgspec.structs import replace
from textual import events

from tests.ui.driver import Books, Driver, open_page, running
from tui.bootstrap import open_logbook
from tui.domain.model.text import UNSAFE
from tui.domain.model.values import Exercise
from tui.store.paths import Paths

EVIL = {
    "markup": "[red]Squat[/red] [link=x]y",
    "escape": "\x1b[31mRed\x1b[0m",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07Copy",
    "title": "\x1b]0;owned\x07T",
    "c1": "\x9b31mRed\x9d52;c;eA==\x9c",
    "bidi": "safe\u202eevil\u2066x\u2069",
    "lines": "one\ntwo\r\nthree\ttab\x0b\x85\u2028x",
    "wide": "深蹲" * 40,
    "marks": "e" + "\u0301" * 60,
    "emoji": "👩\u200d👩\u200d👧 squat",
    "long": "Verylong" * 60,
}


def harmless(ui: Driver) -> None:
    """Nothing on the screen that a terminal could act on, and no line that is too long."""
    width = ui.app.size.width
    for strip in ui.strips():
        text = "".join(segment.text for segment in strip)
        bad = [c for c in text if unicodedata.category(c) in UNSAFE or c in "\u2028\u2029"]
        assert bad == [], text
        assert strip.cell_length <= width
        assert all(segment.control is None for segment in strip)


def named_evil(books: Books) -> list[Exercise]:
    """Give the planned exercises and a few more hostile names; returns those few."""
    exercises = dict(books.library.exercises)
    planned = [item.exercise for item in books.planned()]
    others = sorted(exercises.keys() - planned)[: len(EVIL) - len(planned)]
    for id_, name in zip(planned + others, EVIL.values(), strict=True):
        exercises[id_] = replace(
            exercises[id_], name=name, aliases=(name,), cues=(name,), why=name, muscles=(name,)
        )
    programmes = dict(books.library.programmes)
    programmes["trail-speed"] = replace(programmes["trail-speed"], name=EVIL["escape"])
    books.library = replace(books.library, exercises=exercises, programmes=programmes)
    return [exercises[id_] for id_ in others]


async def test_names_are_shown_and_never_acted_on(books: Books) -> None:
    more = named_evil(books)
    async with running(books.open(), books.clock) as ui:
        harmless(ui)
        assert EVIL["markup"] in ui.text()
        for exercise in more:
            ui.app.navigation.add(exercise)
            await ui.settle()
        for place in range(len(EVIL)):
            await ui.press("home", *["j"] * place, "e")
            await ui.answer("5")
            for key in "wdprnvs":
                await ui.press(key)
                harmless(ui)
                if open_page(ui):
                    await ui.press("q")
                elif ui.prompt():
                    await ui.press("tab")
        await ui.press("F")
        await ui.answer("time")
        assert open_page(ui)
        harmless(ui)


async def test_side_by_side_names_are_shown_and_never_acted_on(books: Books) -> None:
    named_evil(books)
    books.train()
    async with running(books.open(), books.clock, (130, 40)) as ui:
        harmless(ui)
        await ui.press("1", "end")
        harmless(ui)
        await ui.press("3", "enter")
        harmless(ui)
        await ui.press("end")
        harmless(ui)


async def test_notes_are_shown_and_never_acted_on(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        for note in EVIL.values():
            await ui.press("enter", "n")
            ui.main.prompt.field.value = note
            await ui.settle()
            harmless(ui)
            await ui.press("enter", "n")
            harmless(ui)
            await ui.press("tab", "left")
            harmless(ui)
        await ui.press("N")
        await ui.answer(" ".join(EVIL.values()))
        await ui.press("F", "enter")
        harmless(ui)
        await ui.press("end")
        harmless(ui)
        await ui.press("q", "3", "enter")
        harmless(ui)
        await ui.press("e")
        harmless(ui)
        await ui.press("tab", "end")
        harmless(ui)


async def test_notes_of_a_file_are_shown_and_never_acted_on(books: Books) -> None:
    session_id = books.train(note="plain")
    path = books.paths.year(2026)
    whole = orjson.loads(path.read_bytes())
    doc = whole["sessions"][session_id]
    doc["note"] = EVIL["clipboard"]
    doc["programme"] = EVIL["escape"]
    doc["entries"][0]["exercise"] = EVIL["bidi"]
    for row in doc["entries"][0]["sets"]:
        row["note"] = EVIL["title"]
    path.write_bytes(orjson.dumps(whole))
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        harmless(ui)
        await ui.press("enter")
        harmless(ui)
        assert "owned" in ui.text() or "left out" in ui.said
        await ui.press("e")
        harmless(ui)


async def test_what_is_pasted_is_one_harmless_line(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("N")
        ui.app.post_message(events.Paste(EVIL["clipboard"] + EVIL["lines"]))
        await ui.settle()
        harmless(ui)
        await ui.press("enter")
        harmless(ui)


# --- broken files -------------------------------------------------------------------------------

NEWER = {"meta": {"schema_version": 99}, "settings": {}, "sessions": {}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    (made / "log").mkdir(parents=True)
    return made


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"", orjson.dumps(NEWER)])
@pytest.mark.parametrize("name", ["profile.json", "library.json", "log/2026.json"])
async def test_a_broken_file_is_told_of_and_the_rest_works(
    books: Books, folder: Path, name: str, content: bytes
) -> None:
    path = folder / name
    path.write_bytes(content)
    book = open_logbook(str(folder), None, write=True)
    book.now = books.clock
    async with running(book, books.clock) as ui:
        if not (content == b"" and name != "library.json"):
            assert path.name in ui.said
            assert "Traceback" not in ui.said
            assert len(ui.said) < 400
        harmless(ui)
        kept = [p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.stem)]
        assert content in kept or content == b""
        await ui.press("enter")
        assert ui.done("1", 1) == "8x5s/side"
        await ui.press("1", "3", "2", "F", "enter")
        newer_log = content == orjson.dumps(NEWER) and name.startswith("log")
        assert bool(open_page(ui)) != newer_log
        if newer_log:
            assert "newer" in ui.said
            assert ui.book.recorder.live is not None
    book.close()


@pytest.mark.parametrize(
    "settings",
    [
        {"level": "pro"},
        {"level": 3},
        {"programme": ["x"]},
        {"programme": "nonsense"},
        {"schedule": {}},
        {"bells": "off"},
        {"bells": {"change": "x", "other": 1}},
        {"keys": ["a"]},
        {"keys": {"log": ""}},
        {"keys": {"log": "no such key"}},
        {"keys": {"log": "e"}},
        {"keys": {"\x1b[31m": "e"}},
    ],
)
async def test_a_setting_that_means_nothing_stops_nothing(
    books: Books, settings: dict[str, Any]
) -> None:
    book = books.open()
    for key, value in settings.items():
        book.profile.set(key, value)
    async with running(book, books.clock) as ui:
        harmless(ui)
        await ui.press("space", "b", "B", "1", "2", "?", "q")
        await ui.pass_time(3)
        assert ui.live.clock is not None


# --- a disk that refuses ------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["write", "fsync"])
async def test_a_full_disk_is_one_line_and_the_set_is_not_shown_as_logged(
    books: Books, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        before = ui.live

        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, call, full)
            for keys in (["enter"], ["space"], ["u"], ["]"]):
                await ui.press(*keys)
                assert "the disk is full. Free some space and try again." in ui.said
                assert ui.live == before
                assert ui.week_annotations()["wall-lean-hold"] == "●○○"
            assert "Free some space" in " ".join(ui.text().split())
        assert books.on_disk() == before
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●●○"
        assert books.on_disk() == ui.live


async def test_a_full_disk_at_the_first_set_and_at_the_end(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:

        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            await ui.press("enter")
            assert "the disk is full" in ui.said
            assert set("".join(ui.week_annotations().values())) == {"○"}
        await ui.press("enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            await ui.press("F", "enter")
            assert "the disk is full" in ui.said
            assert not open_page(ui)
            assert ui.book.recorder.live is not None
            assert ui.prompt().startswith("13 sets are open. Why?")
        await ui.press("enter")
        assert open_page(ui)


async def test_a_clock_that_cannot_be_kept_goes_on_and_tries_again(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")

        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            await ui.pass_time(130, step=65)
            assert "the disk is full" in ui.said
            assert ui.week_annotations()["wall-lean-hold"] == "○○○"
        await ui.pass_time(1)
        assert ui.week_annotations()["wall-lean-hold"] == "◐○○"


async def test_a_folder_that_cannot_be_locked_is_told_of(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = books.open(write=False)
    async with running(book, books.clock) as ui:
        real = os.open

        def closed(path: Any, *args: Any) -> int:
            if str(path).endswith(books.paths.lock.name):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS))
            return real(path, *args)

        monkeypatch.setattr(os, "open", closed)
        await ui.press("enter")
        assert "the disk is read-only" in ui.said
        assert ui.book.recorder.live is None


async def test_a_log_folder_that_cannot_be_read_is_told_of(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.iterdir

    def closed(path: Path) -> Iterator[Path]:
        if path == Paths(books.paths.root).log_dir:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path)

    monkeypatch.setattr(Path, "iterdir", closed)
    book = books.open()
    async with running(book, books.clock) as ui:
        assert "could not be read" in ui.said
        await ui.press("enter")
        assert ui.done("1", 1) == "8x5s/side"
