"""All there is goes out in one file and comes in again elsewhere, with what was removed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.store.test_own_library import OWN
from tests.ui.driver import Books
from tui.app.exporting import FORMS
from tui.app.imports import ImportedSets, import_sets
from tui.app.logbook import Logbook
from tui.app.taking_back import take_back
from tui.domain.calculator.advice import Priority, Race
from tui.domain.model.library.own_entries import join_libraries
from tui.domain.model.notation import parse as typed
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import RACES
from tui.domain.planning.own_programmes import with_programme
from tui.formats import setlog_json
from tui.formats.json_lines import objects
from tui.formats.setlog_reader import Parsed, parse_objects
from tui.store.errors import StoreError
from tui.store.steps import IMPORT

Home = Callable[[str], Books]
RIDGE = Race(day=date(2027, 5, 9), name="Ridge Race", priority=Priority.A)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """Makes a data folder of a machine of its own."""
    made: list[Books] = []

    def new(name: str) -> Books:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / f"{name} state"))
        made.append(Books(tmp_path / name))
        return made[-1]

    yield new
    for books in made:
        books.close()


def filled(book: Logbook) -> Logbook:
    """Settings, races, an own exercise, an own programme and sets; some of each were removed."""
    profile = book.profile
    profile.set("unit", "lb")
    profile.set("level", "advanced")
    profile.unset("level")
    profile.set("theme", "dark")
    other = replace(RIDGE, name="Another")
    profile.change_calendar(Change(listed=RACES, drop=lambda _: False, add=(RIDGE, other)))
    profile.change_calendar(Change(listed=RACES, drop=lambda race: race.name == "Another"))
    profile.change_library(lambda _: OWN)
    mine = replace(book.profile.library.programmes["trail-speed"], id="mine", name="Mine")
    profile.change_library(partial(with_programme, programme=mine))
    for exercise, sets in (("back-squat", "2x5 60kg"), ("sled-push", "3x20m"), ("lunge", "8")):
        book.recorder.log(profile.library.exercises[exercise], typed(sets), book.now())
    return book


def exported(book: Logbook, form: str = "jsonl") -> bytes:
    return FORMS[form].make(book, True).data


def parsed(book: Logbook, data: bytes) -> Parsed:
    lines = setlog_json.objects(data) if setlog_json.fits(data) else objects(data.splitlines())
    found = parse_objects(lines, book.profile.library, lambda moment: moment)
    assert found.problems == ()
    return found


def take(book: Logbook, data: bytes, *, dry_run: bool = False) -> ImportedSets:
    return import_sets(book, parsed(book, data), dry_run=dry_run)


def docs(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_all_comes_back_as_it_was(home: Home, form: str) -> None:
    old = filled(home("old").open().read_all())
    data = exported(old, form)
    new = home("new").open().read_all()
    came = take(new, data)
    assert (came.duplicate, came.odd) == (0, 0)
    assert came.imported == len(docs(exported(old))) - 1
    assert exported(new, form) == data
    assert new.profile.unit == "lb"
    own = old.profile.own_library.stored()
    assert new.profile.own_library.stored() == join_libraries(own, own).library
    assert {"sled-push"} <= new.profile.library.exercises.keys()
    again = take(new, data)
    assert (again.imported, again.duplicate) == (0, came.imported)


def test_a_dry_run_counts_and_writes_nothing(home: Home) -> None:
    data = exported(filled(home("old").open().read_all()))
    books = home("new")
    new = books.open().read_all()
    there = sorted(books.paths.root.rglob("*"))
    assert take(new, data, dry_run=True).imported == len(docs(data)) - 1
    assert sorted(books.paths.root.rglob("*")) == there


def test_what_is_one_machines_stays_out_and_does_not_come_in(home: Home) -> None:
    old = filled(home("old").open().read_all())
    data = exported(old)
    assert {doc["id"] for doc in docs(data) if doc.get("type") == "setting"} == {"unit", "level"}
    theme = {"type": "setting", "id": "theme", "document": {"value": "light"}}
    new = home("new").open().read_all()
    came = take(new, data + json.dumps(theme).encode())
    assert came.duplicate == 1
    assert new.profile.setting("theme", "auto") == "auto"


def test_of_two_versions_the_later_counts_and_a_removal_too(home: Home) -> None:
    books = home("old")
    old = filled(books.open().read_all())
    before = exported(old)
    new = home("new").open().read_all()
    take(new, before)
    books.clock.forward(60)
    old.profile.set("unit", "kg")
    old.profile.change_calendar(Change(listed=RACES, drop=lambda _: True))
    old.profile.change_library(lambda own: {**own, "programmes": []})
    assert take(new, exported(old)).imported == 3
    assert new.profile.unit == "kg"
    assert "mine" not in new.profile.library.programmes
    assert new.profile.store.documents("races") == {}
    # The older file changes nothing.
    assert take(new, before).imported == 0
    assert exported(new) == exported(old)


def test_one_undo_takes_all_of_it_back(home: Home) -> None:
    data = exported(filled(home("old").open().read_all()))
    new = home("new").open().read_all()
    take(new, data)
    assert take_back(new, IMPORT) is not None
    assert new.read_all().reader.sessions() == []
    assert new.profile.unit == "kg"
    assert new.profile.store.documents("races") == {}
    library = new.profile.library
    assert {"sled-push", "mine"}.isdisjoint({*library.exercises, *library.programmes})


def test_sets_of_an_exercise_that_is_gone_from_the_library_come_too(home: Home) -> None:
    old = filled(home("old").open().read_all())
    old.paths.library.unlink()
    old.profile.reload()
    data = exported(old)
    assert docs(data)[0] == {"type": "all", "unlisted": ["sled-push"]}
    new = home("new").open().read_all()
    take(new, data)
    entries = [entry for session in new.reader.everything()[0] for entry in session.entries]
    assert "sled-push" in {entry.exercise for entry in entries}


def test_a_library_that_does_not_fit_keeps_everything_out(home: Home) -> None:
    data = exported(filled(home("old").open().read_all()))
    broken = data.replace(b'"kind":"carry"', b'"kind":"juggling"')
    assert broken != data
    books = home("new")
    new = books.open().read_all()
    with pytest.raises(StoreError, match="kind"):
        take(new, broken)
    assert not books.paths.profile.exists()
    assert not books.paths.library.exists()
    assert list(new.reader.repository.years()) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (['{"type":"setting","id":"unit","document":{}}'], "line 1: a line of type setting must"),
        (['{"type":"all","unlisted":"x"}'], "line 1: unlisted must be a list"),
        (['{"type":"all"}', '{"type":"setting","document":{}}'], "line 2: id is missing"),
        (['{"type":"all"}', '{"type":"setting","id":"unit"}'], "line 2: document must be"),
        (
            ['{"type":"all"}', '{"type":"calendar","table":"meta","id":"a","document":{}}'],
            "line 2: table can be races, runs",
        ),
        (
            ['{"type":"all"}', '{"type":"library","table":"runs","id":"a","document":{}}'],
            "line 2: table can be exercises",
        ),
    ],
)
def test_a_line_that_makes_no_sense_is_told_of(home: Home, lines: list[str], words: str) -> None:
    book = home("new").open().read_all()
    found = parse_objects(
        objects([line.encode() for line in lines]), book.profile.library, lambda moment: moment
    )
    assert words in str(found.problems[0])
