"""Files are imported in the full screen: asked for, read, questioned, shown, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from tests.ui.driver import Books, Driver, running
from tui.app import file_import, other_logs
from tui.app.file_import import Gathered, Request
from tui.app.import_files import Files
from tui.app.logbook import Logbook
from tui.ui.screens import import_screen
from tui.ui.screens.import_columns import ColumnsScreen
from tui.ui.screens.import_names import NamesScreen
from tui.ui.screens.import_screen import ImportScreen
from tui.ui.widgets.virtual_list import VirtualList

Tick = Callable[[int], None]
HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n"
)


def row(day: str, name: str, weight: str = "0", reps: str = "0", more: str = "0,0") -> str:
    return f'2026-{day} 18:00:00,"Legs",40m,"{name}",1,{weight},{reps},{more},"","",\n'


# Two workouts: three squats, two of a name that is near wall sit, one of each side, one run.
STRONG = HEADER + "".join(
    [
        row("10-06", "Squat (Barbell)", "100", "5"),
        row("10-06", "Weighted Wall Sit", "20", "8"),
        row("10-06", "Leg Thing (each side)", "60", "10"),
        row("10-06", "Running", more="5,1800"),
        row("10-13", "Squat (Barbell)", "102.5", "5"),
        row("10-13", "Weighted Wall Sit", "20", "8"),
        row("10-20", "Squat (Barbell)", "105", "5"),
    ]
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, with a log in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    (folder / "strong.csv").write_text(STRONG)
    return folder


@pytest.fixture
def books(books: Books) -> Books:
    """A log with one session, so that 0 opens the settings."""
    books.train()
    return books


def said(ui: Driver) -> str:
    screen = ui.app.screen
    assert isinstance(screen, ImportScreen | NamesScreen)
    return "" if screen.said is None else screen.said[0]


async def opened(ui: Driver) -> ImportScreen:
    """Open the import from the palette."""
    await ui.press("ctrl+p", *"import a file", "enter")
    await ui.settle()
    screen = ui.app.screen
    assert isinstance(screen, ImportScreen)
    return screen


async def read(ui: Driver, path: str) -> ImportScreen:
    """Open the import, and let a path be read."""
    screen = await opened(ui)
    screen.prompt.field.value = path
    await ui.press("enter")
    await done(ui)
    return screen


async def done(ui: Driver) -> None:
    """Wait for the thread that reads, and for what comes of it."""
    await ui.app.workers.wait_for_complete()
    await ui.settle()


def done_of(ui: Driver, exercise: str) -> list[float | None]:
    """The loads of an exercise in the log, in kilograms, oldest first."""
    book = ui.book.read_all()
    return [
        set_.done.load_kg
        for session in book.reader.sessions()
        for entry in session.live()
        if entry.exercise == exercise
        for set_ in entry.live()
    ]


def runs(ui: Driver) -> int:
    return len(ui.book.profile.diary.runs)


# -- from the path to the log, and back ------------------------------------------------------------


async def test_a_log_comes_in_after_its_questions_and_goes_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        before = len(ui.book.reader.sessions())
        screen = await read(ui, "~/strong.csv")
        assert "The file does not say. Yours are in kg." in ui.text()
        await ui.press("l")
        names = ui.app.screen
        assert isinstance(names, NamesScreen)
        assert [one.name for one in names.rows.values[1:]] == [
            "Weighted Wall Sit",
            "Leg Thing (each side)",
        ]
        await ui.press("j", "enter", "b", "home", "enter")
        assert ui.app.screen is screen
        assert "Strong: 6 sets in 3 workouts, Tue 2026-10-06 to Tue 2026-10-20." in ui.text()
        assert "1 new exercise of your own: Leg Thing (each side)." in ui.text()
        assert "Runs and walks in it: 1. They stay out. r takes them." in ui.text()
        assert len(ui.book.reader.sessions()) == before
        await ui.press("r")
        assert "1 run or walk for your diary." in ui.text()
        await ui.press("enter")
        assert said(ui).startswith("Imported: Strong: 6 sets in 3 workouts")
        assert said(ui).endswith("u takes it back.")
        assert len(ui.book.reader.sessions()) == before + 3
        # 45 lb on each side is 90, and 100 lb are 45.36 kg.
        assert done_of(ui, "back-squat") == pytest.approx([45.359, 46.493, 47.627], abs=0.001)
        assert done_of(ui, "wall-sit") == pytest.approx([9.072, 9.072], abs=0.001)
        assert done_of(ui, "leg-thing-each-side") == pytest.approx([54.431], abs=0.001)
        assert runs(ui) == 1
        await ui.press("u")
        assert said(ui) == "Undone: the import of strong.csv."
        assert done_of(ui, "back-squat") == done_of(ui, "wall-sit") == []
        assert runs(ui) == 0
        # Nor is a session left with the name of the workout alone.
        assert len(ui.book.read_all().reader.sessions()) == before
        assert "leg-thing-each-side" not in ui.book.profile.library.exercises
        assert "This would come in" in ui.text()
        await ui.press("u")
        assert said(ui) == "Nothing to undo here."


async def test_what_was_decided_is_not_asked_again_and_nothing_comes_in_twice(
    books: Books,
) -> None:
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/strong.csv")
        await ui.press("k", "j", "enter", "x", "home", "enter", "enter")
        assert done_of(ui, "wall-sit") == [20, 20]
        await ui.press("o", *"strong.csv", "enter")
        await done(ui)
        await ui.press("enter")
        assert "5 sets there already." in ui.text()
        await ui.press("enter")
        assert said(ui) == "Nothing in it is new to your log."
        # What was imported before stays the last thing to undo.
        await ui.press("u")
        assert done_of(ui, "wall-sit") == []


async def test_a_new_name_can_be_another_exercise_or_left_out(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/strong.csv")
        await ui.press("k", "enter", "n")
        names = ui.app.screen
        assert isinstance(names, NamesScreen)
        assert [one.name for one in names.rows.values[1:]] == [
            "Squat (Barbell)",
            "Weighted Wall Sit",
            "Leg Thing (each side)",
            "Running",
        ]
        assert "new; or Wall Sit?" in ui.text()
        await ui.press("j", "x", "n", "f", *"split squat", "enter")
        assert ui.app.screen is names
        shown = [line.split() for line in ui.lines() if "Squat" in line or "Wall Sit" in line]
        assert shown[0][-2:] == ["left", "out"]
        assert "new exercise" in ui.text()
        assert "Split Squat" in ui.text()
        await ui.press("q")
        assert "Left out: 3 sets of names you leave out, 1 run or walk." in ui.text()
        await ui.press("enter")
        assert done_of(ui, "back-squat") == []
        assert done_of(ui, "split-squat") == [60]
        assert done_of(ui, "weighted-wall-sit") == [20, 20]


async def test_a_name_that_was_left_out_can_become_new(books: Books) -> None:
    book = books.open()
    async with running(book, books.clock) as ui:
        await read(ui, "~/strong.csv")
        await ui.press("k", "j", "x", "home", "enter", "enter")
        assert done_of(ui, "weighted-wall-sit") == []
        await ui.press("o", *"strong.csv", "enter")
        await done(ui)
        await ui.press("enter", "n", "j", "j", "n", "home", "enter", "enter")
        assert done_of(ui, "weighted-wall-sit") == [20, 20]
        assert book.profile.library.names["Weighted Wall Sit"].exercise == "weighted-wall-sit"


# -- tables of no known app ------------------------------------------------------------------------


async def test_columns_are_asked_once_and_remembered(books: Books, home: Path) -> None:
    (home / "mine.csv").write_text("Wann,Was,Wieviel,Wie oft\n2026-10-02,Back Squat,60,5\n")
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/mine.csv")
        columns = ui.app.screen
        assert isinstance(columns, ColumnsScreen)
        assert columns.called in ui.lines()[0]
        assert "still to say: date; exercise; reps, seconds or distance" in ui.text()
        await ui.press("enter")
        assert "Still to say: date; exercise; reps, seconds or distance." in ui.text()
        await ui.press("j", "enter", "d", "enter", "e", "enter", "w", "enter", "r")
        shown = [" ".join(line.split()) for line in ui.lines()]
        assert "Wann 2026-10-02 date, day first" in shown
        assert "›Wie oft 5 reps" in shown
        await ui.press("home", "enter")
        await done(ui)
        await ui.press("k")
        assert "CSV: 1 set in 1 workout, Fri 2026-10-02." in ui.text()
        await ui.press("enter")
        assert done_of(ui, "back-squat") == [60]
        # The same columns again, without a question about them.
        (home / "mine.csv").write_text("Wann,Was,Wieviel,Wie oft\n2026-10-09,Back Squat,65,5\n")
        await ui.press("o", *"mine.csv", "enter")
        await done(ui)
        await ui.press("k", "enter")
        assert done_of(ui, "back-squat") == [60, 65]


async def test_what_was_guessed_wrong_can_be_said_anew(books: Books, home: Path) -> None:
    (home / "mine.csv").write_text(
        "Date,Exercise,Weight (kg),Reps,Seconds\n03/04/2026,Back Squat,60,5,77\n"
    )
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/mine.csv")
        assert isinstance(ui.app.screen, ColumnsScreen)
        assert "can be read as two dates." in ui.text()
        await ui.press("j", "enter", "m", "end", "enter", "l", "home", "enter")
        await done(ui)
        assert "CSV: 1 set in 1 workout, Wed 2026-03-04." in ui.text()
        await ui.press("enter")
        assert done_of(ui, "back-squat") == [60]
        [session] = [one for one in ui.book.reader.sessions() if one.day.month == 3]
        assert session.entries[0].sets[0].done.duration_s is None


async def test_a_table_that_nobody_knows_can_be_left_out_of_a_folder(
    books: Books, home: Path
) -> None:
    (home / "all").mkdir()
    (home / "all" / "a.csv").write_text("Wann,Was,Wieviel,Wie oft\n2026-10-02,Back Squat,60,5\n")
    (home / "all" / "b.csv").write_text(STRONG)
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/all")
        assert "a.csv" in ui.text()
        await ui.press("tab")
        assert "a.csv: its columns are those of no app we know." in ui.text()
        assert "enter names its columns." in ui.text()
        await ui.press("enter")
        assert "What are its columns?" in ui.text()
        await ui.press("tab", "g")
        await done(ui)
        await ui.press("k", "enter", "enter")
        assert done_of(ui, "back-squat") == [100, 102.5, 105]


# -- what cannot be read ---------------------------------------------------------------------------


async def test_a_bad_row_stops_it_unless_it_is_left_out(books: Books, home: Path) -> None:
    file = home / "strong.csv"
    file.write_text(STRONG.replace("2026-10-13", "2026-49-13", 1))
    async with running(books.open(), books.clock) as ui:
        before = len(ui.book.reader.sessions())
        await read(ui, "~/strong.csv")
        assert "Nothing has come in. This cannot be read:" in ui.text()
        assert "Line 6: " in ui.text()
        await ui.press("enter")
        assert len(ui.book.reader.sessions()) == before
        await ui.press("g")
        await done(ui)
        await ui.press("k", "enter")
        assert "Strong: 5 sets in 3 workouts" in ui.text()
        assert "Left out, as it cannot be read:" in ui.text()
        await ui.press("enter")
        assert len(ui.book.reader.sessions()) == before + 3


async def test_a_path_that_is_not_there_is_asked_for_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await read(ui, "~/none.csv")
        assert said(ui) == "! ~/none.csv is not there; check its name."
        assert screen.prompt.field.value == "~/none.csv"


async def test_a_path_in_quotes_and_the_home_of_nobody_are_paths(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        await ui.press(*"~nobody.here/x", "right", "enter")
        assert said(ui) == "! ~nobody.here/x is not there; check its name."
        screen.prompt.field.value = "''"
        await ui.press("enter")
        assert said(ui) == "! '' is not there; check its name."
        screen.prompt.field.value = "'~/strong.csv'"
        await ui.press("enter")
        await done(ui)
        assert screen.path == "~/strong.csv"


async def test_more_new_exercises_than_fit_can_be_left_out(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_logs, "MOST_ENTRIES", 1)
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/strong.csv")
        assert "strong.csv: has 2 exercises that are new to you." in ui.text()
        assert "--map" not in ui.text()
        await ui.press("n", "j", "j", "x", "q", "k")
        assert "1 new exercise of your own: Leg Thing (each side)." in ui.text()


async def test_the_folder_used_last_is_offered_again(books: Books, home: Path) -> None:
    (home / "old").mkdir()
    (home / "old" / "sets.jsonl").write_text(
        json.dumps(
            {"date": "2026-10-05", "exercise": "back-squat", "set": 1, "reps": 5, "load_kg": 60}
        )
    )
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        await ui.press(*"~/ol", "right", "right", "enter")
        await done(ui)
        assert screen.path == "~/old/sets.jsonl"
        assert "1 line would be imported; 0 already there." in ui.text()
        await ui.press("q")
        screen = await opened(ui)
        assert screen.prompt.field.value == "~/old/"


async def test_a_file_whose_name_would_act_on_the_terminal_is_shown_harmless(
    books: Books, home: Path
) -> None:
    (home / "a\x1b[31mb.csv").write_text("Date,\x1b[2JName\nx,y\n")
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/a\x1b[31mb.csv")
        assert "\x1b" not in ui.text()


async def test_a_click_imports_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/strong.csv")
        await ui.press("k", "enter")
        assert ui.lines()[-1].startswith(" enter import")
        await ui.pilot.click("#hints", offset=(2, 0))
        await ui.pilot.click(VirtualList, offset=(3, 1))
        await ui.pilot.click(VirtualList, offset=(3, 1))
        await ui.settle()
        assert done_of(ui, "back-squat") == []
        assert "This would come in" in ui.text()


# -- leaving ---------------------------------------------------------------------------------------


async def test_it_is_left_while_it_reads_and_nothing_comes_in(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, ticked = Event(), []
    really = file_import.gather

    def gather(book: Logbook, files: Files, request: Request, tick: Tick) -> Gathered:
        assert go_on.wait(5)
        tick(1)
        ticked.append("on")
        return really(book, files, request, tick)

    monkeypatch.setattr(import_screen, "gather", gather)
    async with running(books.open(), books.clock) as ui:
        for key in ("q", "tab", "ctrl+c"):
            go_on.clear()
            screen = await opened(ui)
            screen.prompt.field.value = "~/strong.csv"
            await ui.press("enter")
            assert said(ui) == "Reading …"
            # No question is open, and no other file is asked for meanwhile.
            await ui.press("o", "enter", "n", "r", "g")
            assert not screen.prompt.is_open
            await ui.press(key)
            assert ui.app.screen is ui.main
            go_on.set()
            await ui.settle()
            assert done_of(ui, "back-squat") == []
    assert ticked == []


async def test_how_many_files_are_read_is_said_once_a_second(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([0.0, 0.4, 1.1, 1.1, 1.5])
    heard = []
    monkeypatch.setattr(import_screen, "monotonic", lambda: next(times))

    def gather(_: Logbook, __: Files, ___: Request, tick: Tick) -> Gathered:
        for count in (1, 2, 3):
            tick(count)
        return Gathered()

    monkeypatch.setattr(import_screen, "gather", gather)
    really = ImportScreen.on_import_screen_told

    def told(screen: ImportScreen, message: ImportScreen.Told) -> None:
        really(screen, message)
        assert screen.said is not None
        heard.append(screen.said[0])

    monkeypatch.setattr(ImportScreen, "on_import_screen_told", told)
    async with running(books.open(), books.clock) as ui:
        await read(ui, "~/strong.csv")
    assert heard == ["Reading: 2 files"]


async def test_questions_that_are_left_are_asked_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await read(ui, "~/strong.csv")
        await ui.press("tab")
        assert not screen.prompt.is_open
        assert "The file is read, and nothing has come in yet. enter goes on." in ui.text()
        await ui.press("enter", "l")
        assert isinstance(ui.app.screen, NamesScreen)
        await ui.press("q", "enter")
        assert isinstance(ui.app.screen, NamesScreen)


async def test_who_only_looks_is_told_so_and_may_once_the_other_is_gone(books: Books) -> None:
    writer = books.open()
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        assert not screen.prompt.is_open
        assert said(ui).startswith("Another window logs this session")
        writer.close()
        await ui.press("o", *"~/strong.csv", "enter")
        await done(ui)
        await ui.press("k", "enter", "enter")
        assert done_of(ui, "back-squat") == [100, 102.5, 105]
