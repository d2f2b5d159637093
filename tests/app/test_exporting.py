"""The log in each of its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.ui.driver import Books
from tui.app.exporting import FORMS
from tui.app.logbook import Logbook
from tui.domain.model.notation import parse as typed
from tui.domain.model.validation import BadDocument
from tui.formats.setlog_csv import COLUMNS


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Books]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Books(tmp_path / "data")
    yield made
    made.close()


def only_event(book: Logbook) -> Any:
    """The only event of the calendar, as another program reads it."""
    [event] = icalendar.Calendar.from_ical(FORMS["ics"].make(book, False).data).walk("VEVENT")
    return event


@pytest.mark.parametrize("form", FORMS)
def test_a_log_of_nothing_is_a_file_of_nothing_or_refused(books: Books, form: str) -> None:
    book = books.open().read_all()
    if form == "ics":
        with pytest.raises(BadDocument, match="nothing is logged yet"):
            FORMS[form].make(book, False)
        return
    assert FORMS[form].make(book, False).holds.startswith("0 ")


def test_each_form_says_how_much_it_holds(books: Books) -> None:
    books.train(note="muddy")
    book = books.open().read_all()
    held = {name: form.make(book, False) for name, form in FORMS.items()}
    lines = len(held["jsonl"].data.splitlines())
    assert {name: one.holds for name, one in held.items()} == {
        **dict.fromkeys(("jsonl", "json", "csv"), f"{lines} lines"),
        **dict.fromkeys(("strong", "hevy", "ics", "markdown"), "1 session"),
    }
    table = held["csv"].data.decode().splitlines()
    assert table[0] == ",".join(COLUMNS)
    assert len(table) == lines + 1


def test_a_session_is_an_event_from_its_start_to_its_end(books: Books) -> None:
    id_ = books.train(note="muddy")
    book = books.open().read_all()
    [session] = book.reader.sessions()
    event = only_event(book)
    assert event["UID"] == f"{id_}@stridelift"
    assert session.finished is not None
    assert event["DTSTART"].dt == session.started
    assert event["DTEND"].dt == session.finished
    assert event["SUMMARY"] == "Trail Speed"
    lines = event["DESCRIPTION"].splitlines()
    assert len(lines) == len(session.live()) + 1
    assert lines[-1] == "Note: muddy"


def test_sets_logged_afterwards_are_of_their_day_alone(books: Books) -> None:
    book = books.open().read_all()
    squat = book.profile.library.exercises["back-squat"]
    book.recorder.log(squat, typed("3x8 60kg"), book.now())
    event = only_event(book)
    assert event["DTSTART"].dt == book.now().date()
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("Strength", "Back Squat: 3 × 8 · 60 kg")


def test_markdown_has_a_heading_for_each_session_newest_first(books: Books) -> None:
    book = books.open().read_all()
    for exercise, sets in (("back-squat", "3x8 60kg # *firm*"), ("side-plank", "L40s R38s")):
        found = book.profile.library.exercises[exercise]
        book.recorder.log(found, typed(sets, found.kind), book.now())
        books.clock.forward(24 * 3600)
    assert FORMS["markdown"].make(book, False).data.decode() == (
        "# Strength log\n\n"
        "## Tue 2026-11-03: Side Plank\n\n- Side Plank: 40 s left, 38 s right\n\n"
        "## Mon 2026-11-02: Back Squat\n\n- Back Squat: 3 × 8 · 60 kg; note: \\*firm\\*\n"
    )
