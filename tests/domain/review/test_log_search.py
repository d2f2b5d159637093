"""Searching the log: typed filters, words in sessions, short forms of dates."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import texts, trainings
from tui.domain.model.date_parser import day_of
from tui.domain.model.library.parser import Library, parse
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side
from tui.domain.review.log_search import (
    EVERYTHING,
    Index,
    Wanted,
    found,
    session_name,
    typed_words,
    wanted_of,
)

LIBRARY, _ = parse(orjson.loads((Path(__file__).parents[3] / "library.json").read_bytes()))
ZONE = timezone(timedelta(hours=1))
FRIDAY = date(2026, 11, 6)


def entry(exercise: str, **has: Any) -> Entry:
    done = SetEntry(
        id=f"{exercise}-1", edited="", number=1, side=Side.BOTH, done=Measures(reps=8), **has
    )
    return Entry(id=exercise, edited="", exercise=exercise, sets=(done,))


def session(name: str, *entries: Entry, **more: Any) -> Session:
    started = datetime(2026, 11, 2, 18, 5, tzinfo=ZONE)
    return Session(id=name, edited="", started=started, entries=entries, **more)


LOG = (
    session("squats", entry("back-squat", pain=3), programme="blocks", part="strength-a"),
    session("calves", entry("calf-raise", note="Left side STIFF"), entry("back-squat", pain=0)),
    session("hinges", entry("romanian-deadlift", flags=("form",)), programme="gym-and-snacks"),
    session("noted", entry("seated-calf-raise", undone="pain"), note="Café run before"),
    session("own", entry("my-own-lift"), programme="long-gone"),
)


def names(typed: str, words: str = "", log: Sequence[Session] = LOG) -> list[str]:
    cards = Index().cards(LIBRARY, log)
    return [s.id for s in found(LIBRARY, cards, wanted_of(typed, LIBRARY), typed_words(words))]


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["squats", "calves", "hinges", "noted", "own"]),
        ("squat", ["squats", "calves"]),
        ("SQUAT stiff", ["calves"]),
        ("stiff squat", ["calves"]),
        ("back-sq", ["squats", "calves"]),
        ("back squat", ["squats", "calves"]),
        ("romanian", ["hinges"]),
        ("blocks", ["squats"]),
        ("gym-and", ["hinges"]),
        ("café before", ["noted"]),
        ("own session", ["calves", "noted"]),
        ("long-gone", ["own"]),
        ("my-own-lift", ["own"]),
        ("squat romanian", []),
    ],
)
def test_all_words_stand_in_a_session(typed: str, expected: list[str]) -> None:
    assert names("", typed) == expected


def test_what_is_deleted_is_not_found() -> None:
    buried = replace(entry("lunge", note="muddy"), deleted=True)
    row = replace(entry("box-jump", note="wet", pain=4).sets[0], deleted=True)
    gone = Entry(id="2", edited="", exercise="box-jump", sets=(row,))
    log = [session("one", buried, gone)]
    assert [names("", word, log) for word in ("muddy", "lunge", "wet", "box")] == [[]] * 4
    assert [names(typed, "", log) for typed in ("lunge", "box", "pain", "note")] == [[]] * 4


# -- filters ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pain", ["squats", "noted"]),
        ("note", ["calves", "noted"]),
        ("flag", ["hinges"]),
        ("calf", ["calves", "noted"]),
        ("calf-raise", ["calves"]),
        ("seat calf", ["noted"]),
        ("my-own", ["own"]),
        ("cat hinge", ["hinges"]),
        ("cat hin note", []),
        ("cat hip", []),
        ("category calf", ["calves", "noted"]),
        ("programme blocks", ["squats"]),
        ("programme gym and snacks flag", ["hinges"]),
        ("program gym-and", ["hinges"]),
        ("prog own", ["calves", "noted"]),
        ("programme long-gone", ["own"]),
        ("back-squat pain", ["squats"]),
        ("pain Back Squat", ["squats"]),
        ("calf pain note", ["noted"]),
        ("squat note", []),
        ("nothing-of-the-kind", []),
    ],
)
def test_a_filter_lets_through_what_it_says(typed: str, expected: list[str]) -> None:
    assert names(typed) == expected


def test_a_filter_and_words_both_hold() -> None:
    assert names("pain", "café") == ["noted"]
    assert names("pain", "romanian") == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""),
        ("cat hing pain", "category hinge, pain"),
        ("notes flags note", "note, flag"),
        ("programme trail speed calf", "exercise calf, programme trail speed"),
        ("Back-Squat", "exercise back squat"),
    ],
)
def test_a_filter_is_shown_in_words(typed: str, words: str) -> None:
    wanted = wanted_of(typed, LIBRARY)
    assert wanted.words == words
    assert bool(wanted) is bool(words)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("cat", "cat takes one of balance, calf, core"),
        ("cat h", "cat takes one of hinge, hip, hip-dominant; not 'h'"),
        ("pain cat nowhere", "not 'nowhere'"),
        ("cat hinge cat calf", "one category at a time"),
        ("programme", "programme takes a name or its beginning: trail-speed"),
        ("programme blocks programme six", "one programme at a time"),
    ],
)
def test_a_filter_that_means_nothing_says_what_may_be_written(typed: str, problem: str) -> None:
    with pytest.raises(BadDocument, match=problem):
        wanted_of(typed, LIBRARY)


# -- the index -------------------------------------------------------------------------------------


def test_a_card_is_made_again_only_for_what_has_changed() -> None:
    index = Index()
    before = index.cards(LIBRARY, LOG)
    changed = replace(LOG[1], note="muddy")
    after = index.cards(LIBRARY, [LOG[0], changed, *LOG[3:]])
    assert [card.session.id for card in after] == ["squats", "calves", "noted", "own"]
    assert after[0] is before[0]
    assert after[2] is before[3]
    assert "muddy" in after[1].text
    # The same stamp does not mean the same session: an undo within a second is a change too.
    assert changed.edited == LOG[1].edited


def test_another_library_gives_other_names() -> None:
    index = Index()
    renamed = replace(LIBRARY.exercises["back-squat"], name="Zercher")
    other = replace(LIBRARY, exercises={**LIBRARY.exercises, "back-squat": renamed})
    assert found(other, index.cards(LIBRARY, LOG), EVERYTHING, ["zercher"]) == []
    assert found(other, index.cards(other, LOG), EVERYTHING, ["zercher"]) == [LOG[0], LOG[1]]


@given(st.lists(trainings, max_size=4), texts)
def test_every_word_that_is_written_is_found(log: list[Session], note: str) -> None:
    marked = [replace(s, deleted=False, note=note) for s in log]
    cards = Index().cards(Library(), marked)
    assert found(Library(), cards, EVERYTHING, typed_words(note)) == marked


def test_a_session_is_called_by_its_programme_and_part() -> None:
    called = [session_name(LIBRARY, s) for s in LOG]
    assert called == [
        "Blocks, Strength A", "own session", "Gym and Snacks", "own session", "long-gone",
    ]  # fmt: skip


# -- days ------------------------------------------------------------------------------------------


@given(st.text(max_size=20))
def test_whatever_is_typed_is_understood_or_refused(typed: str) -> None:
    with suppress(BadDocument):
        assert isinstance(day_of(typed, FRIDAY), date)
    with suppress(BadDocument):
        assert isinstance(wanted_of(typed, LIBRARY), Wanted)
