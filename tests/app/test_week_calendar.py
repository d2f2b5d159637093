"""The week's sessions as events: which of them stay the same event when the week goes on."""

from __future__ import annotations

from datetime import date, time, timedelta

from tui.app.week_calendar import events
from tui.bootstrap import shipped_library
from tui.domain.calculator.state import Followed, RecentSession, Setup, State
from tui.domain.planning.diary import Diary
from tui.domain.planning.horizon import weeks_ahead
from tui.present.planned_week import Week

LIBRARY = shipped_library()
PROGRAMME = LIBRARY.programmes["lift-and-spring"]
MONDAY = date(2026, 11, 2)


def uids(*done: RecentSession, on: int = 0) -> list[str]:
    """Those of what is left of the week on its day ``on``."""
    today, setup, diary = MONDAY + timedelta(days=on), Setup(library=LIBRARY), Diary()
    parts = tuple(one.part or "" for one in done)
    followed = {PROGRAMME.id: Followed(first=MONDAY, parts=parts)} if done else {}
    state = State(lately=done, followed=followed)
    [week] = weeks_ahead(setup, state, diary, PROGRAMME, today, 1)
    made = Week(week=week, programme=PROGRAMME, diary=diary, setup=setup, today=today)
    return [event.uid for event in events(made)]


def test_what_is_left_of_a_week_stays_the_event_that_it_was() -> None:
    first, second = uids()
    assert [first[-18:], second[-18:]] == ["-lift-1@stridelift", "-lift-2@stridelift"]
    done = RecentSession(MONDAY, time(18), PROGRAMME.id, "lift", True)
    assert uids(done, on=1) == [second]


def test_a_session_of_another_programme_is_none_of_this_one() -> None:
    every = uids()
    other = RecentSession(MONDAY, time(6), "blocks", "lift", False)
    assert uids(other) == every
