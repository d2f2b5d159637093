"""The season screen: its drawing and lines from plain values, and what each key does."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.calendars import keep
from tests.ui.driver import Books, Driver, running, shipped
from tui.domain.calculator.advice import Calendar, Priority, Profile, Race, Reason
from tui.domain.calculator.morning_pain import morning
from tui.domain.calculator.state import RecentSession, Setup
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Phase
from tui.domain.planning.calendar_changes import Change, gym_or_none, typed_change
from tui.domain.planning.diary import Away, Diary, Run, RunKind, WeeklyRun
from tui.domain.planning.horizon import Ahead
from tui.domain.planning.outlook import Bar, Outlook
from tui.domain.planning.placement import GivenUp, Placed, Wanted, WeekPlan
from tui.domain.planning.race_weeks import WeekKind
from tui.ui.screens.season import SeasonScreen, found_on, labels
from tui.ui.screens.season_bars import View, dates_line, drawing, fitting, short_line, view
from tui.ui.screens.season_lines import (
    Season,
    day_line,
    detail_lines,
    given_up_lines,
    head_lines,
    today_line,
    top_line,
)
from tui.ui.widgets.styled_text import Line, Lines, cut, width_of

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
TODAY = MONDAY + DAY
ULTRA = Race(day=date(2027, 2, 14), name="Ridge Ultra")
NEW = Profile()
USUAL, EASIER, TAPER, RACE, AFTER = (
    WeekKind.USUAL,
    WeekKind.EASIER,
    WeekKind.TAPER,
    WeekKind.RACE,
    WeekKind.AFTER,
)


def plain(line: Line) -> str:
    return "".join(words for words, _ in line).rstrip()


# --- the drawing --------------------------------------------------------------------------------


def bars(*kinds: WeekKind, planned: int = 1) -> tuple[Bar, ...]:
    """Weeks from this one on, numbered from 7."""
    return tuple(
        Bar(
            monday=MONDAY + n * 7 * DAY,
            kind=kind,
            planned=0 if kind is RACE else planned,
            number=7 + n,
            phase="lifting",
        )
        for n, kind in enumerate(kinds)
    )


def drawn(weeks: tuple[Bar, ...], width: int, shown: date = MONDAY) -> list[str]:
    seen = view(Outlook(bars=weeks, race=ULTRA), TODAY, width)
    made = drawing(seen, "Trail Speed", TODAY, shown)
    every = [made.months, made.weeks, made.band, *made.stack, fitting(made.legend, width)]
    assert all(width_of(line) <= width for line in every)
    return [plain(line) for line in every]


def test_with_room_weeks_are_told_in_words_and_their_sessions_stacked() -> None:
    weeks = bars(USUAL, USUAL, EASIER, TAPER, RACE, AFTER, planned=2)
    assert drawn(weeks, 80, MONDAY + 14 * DAY) == [
        "    Nov         Dec",
        "     ▼7     8    ▽9    10     –    12",
        "  lifting ─── easy  taper race  after",
        "      ○     ○     ○     ○           ◌",
        "      ○     ○     ○     ○           ◌",
        " ● done  ○ planned  ▼ now  ▽ shown  ◌ light  – no session, not counted",
    ]


def test_without_room_a_sign_stands_for_a_week_and_the_legend_says_which() -> None:
    weeks = bars(*[USUAL] * 8, EASIER, *[USUAL] * 8, TAPER, RACE, AFTER)
    assert drawn(weeks, 60) == [
        " Nov Dec     Jan     Feb     Mar",
        "  ▼ 8      12      16      20      24",
        "  lifting ─────── e lifting ─────── T ! a",
        "  ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○   ◌",
        " ● done  ○ planned  e easy  T taper  ! race  a after  ▼ now",
    ]


def test_weeks_without_a_phase_are_called_by_the_programme() -> None:
    weeks = tuple(
        Bar(monday=MONDAY + n * 7 * DAY, kind=USUAL, planned=1, number=n + 1) for n in range(4)
    )
    assert drawn(weeks, 40)[2] == "  Trail Speed ───────────"


WIDE_NAME = "山" * 30


def test_a_name_in_wide_letters_takes_the_cells_it_needs() -> None:
    weeks = tuple(
        Bar(monday=MONDAY + n * 7 * DAY, kind=USUAL, planned=1, number=n + 1) for n in range(12)
    )
    for width in (60, 79, 80, 81, 120):
        seen = view(Outlook(bars=weeks), TODAY, width)
        end = 1 + len(seen.bars) * seen.cell
        for name in (WIDE_NAME, "山のプログラム", "e\u0301té", "\x1b[2J山\n"):
            band = drawing(seen, name, TODAY, MONDAY).band
            assert width_of(band) == end
            fits = width_of([(name, "")]) <= end - 2
            assert (clean(name) in plain(band)) is fits


def test_what_was_done_stands_below_what_is_planned_and_more_than_three_are_a_plus() -> None:
    past = Bar(monday=MONDAY - 7 * DAY, kind=WeekKind.PAST, done=5)
    now = Bar(monday=MONDAY, kind=USUAL, done=1, planned=2, number=7)
    _, numbers, _, top, middle, bottom, legend = drawn((past, now), 80)
    assert numbers.index("7") == middle.index("○"), "a past week has no number"
    assert (top, middle, bottom) == (
        "      +     ○",
        "      ●     ○",
        "      ●     ●",
    )
    assert legend.endswith("+ more")


def test_weeks_give_way_that_are_past_and_then_those_furthest_off() -> None:
    past = tuple(Bar(monday=MONDAY - n * 7 * DAY, kind=WeekKind.PAST, done=1) for n in (3, 2, 1))
    ahead = bars(*[USUAL] * 30)
    race = Race(day=MONDAY + (29 * 7 + 6) * DAY)

    def seen(width: int) -> View:
        return view(Outlook(bars=past + ahead, race=race), TODAY, width)

    assert seen(80).bars == past + ahead
    assert seen(80).cell == 2
    assert seen(62).bars == ahead
    assert short_line(seen(62)) == ""
    assert seen(41).bars == ahead[:20]
    assert short_line(seen(41)) == "Drawn are the 20 weeks that fit; the race is 10 weeks beyond."


def test_the_days_on_which_taper_and_race_week_begin_are_said() -> None:
    def said(taper: date | None, rest: date | None, today: date = TODAY) -> str:
        return dates_line(Outlook(bars=(), race=ULTRA, taper_from=taper, rest_from=rest), today)

    taper, rest = date(2027, 1, 31), date(2027, 2, 7)
    assert said(taper, rest) == "Taper from Sun 31 Jan, in 9 weeks; race week from Sun 7 Feb."
    assert said(None, rest) == "Race week from Sun 7 Feb, in 10 weeks."
    assert said(taper, rest, taper - DAY).startswith("Taper from Sun 31 Jan, tomorrow")
    assert said(taper, rest, taper - 13 * DAY).startswith("Taper from Sun 31 Jan, in 13 days")
    assert said(taper, rest, taper + DAY).startswith("Taper began Sun 31 Jan; race week")


def test_only_a_whole_week_of_rest_is_called_a_race_week() -> None:
    town = Race(day=ULTRA.day, name="Town 10k", priority=Priority.C)
    shown = Outlook(bars=(), race=town, rest_from=town.day - 3 * DAY)
    assert dates_line(shown, TODAY) == "Rest from Thu 11 Feb, in 11 weeks."
    assert told(season(races=(replace(town, day=TODAY + 5 * DAY),)))[0] == (
        "Today     race week, rest; mobility, if you like"
    )
    short = season(races=(replace(town, day=TODAY + 2 * DAY),), profile=Profile(c_race_week=False))
    assert told(short)[0] == "Today     rest; mobility, if you like"


def test_the_example_of_a_race_can_be_typed_as_it_stands() -> None:
    words = dates_line(Outlook(bars=()), TODAY)
    assert words == "No race ahead. a adds one: 21 Feb Ridge Ultra."
    example = words.partition("one: ")[2].rstrip(".")
    assert typed_change(example, TODAY, "race").add == (
        Race(day=date(2027, 2, 21), name="Ridge Ultra"),
    )


# --- today and the week -------------------------------------------------------------------------


def lift(day: date, **more: Any) -> Placed:
    return Placed(wanted=LIFT, day=day, **more)


LIFT = Wanted(part="lift", name="Lift", legs=True)
PHASE = Phase(first_week=1, last_week=None, parts=("lift",), name="lifting")
PLAIN = replace(PHASE, name="")


def season(
    *placed: Placed,
    races: tuple[Race, ...] = (),
    diary: Diary | None = None,
    live: bool = False,
    profile: Profile = NEW,
    **week: Any,
) -> Season:
    """A season of this week and the next, with sessions on their days."""
    weeks = tuple(
        Ahead(
            monday=monday,
            number=number,
            phase=PHASE,
            plan=WeekPlan(
                monday=monday,
                placed=tuple(p for p in placed if 0 <= (p.day - monday).days < 7),
                given_up=week.get("given_up", ()),
            ),
            done=week.get("done", ()) if number == 7 else (),
            marks=week.get("marks", ()),
        )
        for number, monday in ((7, MONDAY), (8, MONDAY + 7 * DAY))
    )
    return Season(
        weeks=weeks,
        outlook=Outlook(bars=(), race=races[0] if races else None),
        programme=shipped().programmes["lift-and-spring"],
        diary=diary or Diary(),
        setup=Setup(library=shipped(), calendar=Calendar(races=races), profile=profile),
        today=TODAY,
        live=live,
    )


def told(made: Season, width: int = 80) -> list[str]:
    """What is said of today, and why."""
    why = detail_lines(made, made.week(0), TODAY, width, 2)
    return [plain(line).strip() for line in (today_line(made, width), *why)]


def test_today_is_the_session_its_time_and_why_it_is_there() -> None:
    reasons = (Reason("HOURS_AFTER_RUN", {"hours": 6, "run": "speed"}),)
    made = season(lift(TODAY, not_before=time(13), reasons=reasons))
    assert told(made) == [
        "Today     Lift, from 13:00",
        "6 h after the speed run, so easy days stay easy.",
        "",
    ]


def test_a_day_of_rest_says_when_the_next_session_is_and_why() -> None:
    coming = lift(TODAY + 2 * DAY, start=time(7), reasons=(Reason("NO_RUN_DAY"),))
    assert told(season(coming)) == [
        "Today     rest. Next is Lift, Thu 26 Nov 07:00",
        "An easy day between the others; Lift suits Thursday: no run that day.",
        "",
    ]
    assert told(season(lift(TODAY + 8 * DAY)))[0] == "Today     rest. Next is Lift, Wed 2 Dec"
    assert told(season())[0] == "Today     rest."


def test_what_was_done_today_is_told_before_what_comes() -> None:
    done = (RecentSession(TODAY, time(7), "lift-and-spring", None, legs=True),)
    made = season(lift(TODAY + 3 * DAY), done=done)
    assert told(made)[0] == "Today     A session of your own done. Next is Lift, Fri 27 Nov"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Today     race day, Ridge (A). Good legs!"),
        (5, "Today     race week, rest; mobility, if you like"),
        (20, "Today     rest."),
    ],
)
def test_a_race_speaks_for_today(days: int, words: str) -> None:
    race = Race(day=TODAY + days * DAY, name="Ridge")
    assert told(season(races=(race,)))[0] == words


def test_a_session_under_way_goes_before_all_else() -> None:
    assert "under way" in told(season(lift(TODAY), live=True))[0]


def test_being_away_is_part_of_why() -> None:
    gone = Diary(away=(Away(TODAY, TODAY + DAY, frozenset({"band"})),))
    assert told(season(lift(TODAY), diary=gone))[1] == "Away, with band."
    here = Diary(away=(Away(TODAY, TODAY),))
    assert "bodyweight and holds stand in" in told(season(lift(TODAY), diary=here))[1]


def test_the_top_has_the_race_and_the_week() -> None:
    made = season(races=(ULTRA,))
    line = plain(top_line(made, 80))
    assert line.startswith(" Ridge Ultra (A), Sun 14 Feb, in 82 days  ")
    assert line.endswith("  week 7, lifting")
    long = season(races=(Race(day=ULTRA.day, name="Ridge " * 20),))
    assert plain(top_line(long, 60)).endswith("…  week 7")


def test_no_line_is_wider_than_the_screen_whatever_the_letters() -> None:
    race = Race(day=TODAY + 20 * DAY, name=WIDE_NAME)
    marks = (Reason("RACE_REST", {"race": WIDE_NAME, "day": "2026-12-14", "rest": "2026-12-07"}),)
    one = Wanted(part="lift", name=WIDE_NAME, legs=True)
    given_up = (GivenUp(one, Reason("NO_DAY_LEFT", {"session": WIDE_NAME})),)
    made = season(
        Placed(wanted=one, day=TODAY, reasons=marks * 2), races=(race,), marks=marks * 2,
        given_up=given_up,
    )  # fmt: skip
    named = replace(made, programme=replace(made.programme, name=WIDE_NAME))
    unnamed = replace(season(), programme=named.programme)
    week = named.week(0)
    for width in (60, 80, 120):
        lines = [
            top_line(named, width),
            top_line(replace(unnamed, weeks=(replace(unnamed.weeks[0], phase=PLAIN),)), width),
            today_line(named, width),
            *head_lines(named, 0, width, 2),
            *head_lines(named, 1, width, 1),
            *(day_line(week, day, width) for day in week.days),
            *detail_lines(named, week, TODAY + DAY, width, 2),
            *given_up_lines(week, width),
        ]
        assert [plain(line) for line in lines if width_of(line) > width] == []
        assert plain(lines[1]).endswith("week 7")


def day_words(made: Season, day: date, width: int = 79) -> str:
    line = day_line(made.week(0), day, width)
    assert width_of(line) <= width
    return " ".join(plain(line).split())


def test_a_day_shows_what_is_done_planned_run_and_raced_by_signs_and_words() -> None:
    diary = Diary(
        weekly=(WeeklyRun(1, RunKind.SPEED, time(7)),),
        away=(Away(MONDAY + 3 * DAY, MONDAY + 3 * DAY, frozenset({"band"})),),
    )
    race = Race(day=MONDAY + 6 * DAY, name="Town 10k", priority=Priority.C)
    made = season(
        lift(TODAY, not_before=time(13)),
        lift(MONDAY + 4 * DAY, light=True),
        races=(race,),
        diary=diary,
        done=(RecentSession(MONDAY, time(7), None, None, legs=True),),
    )
    assert [day_words(made, MONDAY + n * DAY) for n in range(7)] == [
        "Mon 23 ● A session of your own",
        "Tue 24 today ○ Lift, from 13:00 speed run 07:00",
        "Wed 25 –",
        "Thu 26 – away, with band",
        "Fri 27 ◌ Lift, light",
        "Sat 28 –",
        "Sun 29 – RACE Town 10k (C)",
    ]


def test_a_wide_screen_has_the_reasons_beside_the_day() -> None:
    made = season(lift(TODAY, reasons=(Reason("NO_RUN_DAY"),)))
    assert day_words(made, TODAY, 119).endswith("no run that day")
    assert "no run" not in day_words(made, TODAY, 79)


def detail(made: Season, day: date, width: int = 80) -> list[str]:
    return [plain(line).strip() for line in detail_lines(made, made.week(0), day, width, 2)]


def test_the_day_under_the_cursor_says_why_in_a_place_that_stays() -> None:
    reasons = (Reason("NO_RUN_DAY"), Reason("LEGS_RESTED", {"days": 3}))
    made = season(lift(MONDAY + 4 * DAY, reasons=reasons))
    said = "Fri 27 Nov: no run that day; 3 days after the last leg session."
    assert detail(made, MONDAY + 4 * DAY) == [said, ""]
    assert len(detail(made, MONDAY + 4 * DAY, 40)) == 2
    assert detail(made, MONDAY)[0].endswith("nothing is made up for.")
    assert detail(made, MONDAY + 5 * DAY)[0] == "Sat 28 Nov: no strength: a day to run, or to rest."
    marked = season(marks=(Reason("DELOAD_WEEK"),))
    assert "an easier week" in detail(marked, MONDAY + 5 * DAY)[0]


def test_a_week_is_named_and_says_what_is_special_about_it() -> None:
    made = season(marks=(Reason("DELOAD_WEEK"),), given_up=(GivenUp(LIFT, Reason(
        "NO_DAY_LEFT", {"session": "Lift"})),))  # fmt: skip
    [head] = head_lines(made, 0, 80, 2)
    assert plain(head) == " An easier week, as the programme plans it."
    assert head_lines(season(), 0, 80, 2) == []
    [head] = head_lines(made, 1, 80, 2)
    assert plain(head).startswith(" Next week  30 Nov to 6 Dec  week 8  An")
    which, marks = head_lines(made, 1, 60, 2)
    assert plain(which) == " Next week  30 Nov to 6 Dec  week 8"
    assert plain(marks) == " An easier week, as the programme plans it."
    [line] = given_up_lines(made.week(0), 80)
    assert plain(line).startswith("  Lift is left out: no day is left for it")
    assert width_of(given_up_lines(made.week(0), 40)[0]) <= 40
    assert cut("one two three four", 9, 1) == ["one two …"]


# --- the words for changes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key", "made"),
    [
        ("race 2027-02-14 Ridge Ultra A", "races", ULTRA),
        ("Race 2027-02-14  Ridge Ultra", "races", ULTRA),
        (
            "race 2027-02-14 Park b",
            "races",
            Race(day=date(2027, 2, 14), name="Park", priority=Priority.B),
        ),
        ("run tue 07:00 speed", "weekly_runs", WeeklyRun(1, RunKind.SPEED, time(7))),
        (
            "run 2026-11-29 long 24km",
            "runs",
            Run(id="2026-11-29", day=date(2026, 11, 29), kind=RunKind.LONG, distance_m=24000),
        ),
        (
            "away 2026-12-20 2026-12-27 band dumbbells",
            "away",
            Away(date(2026, 12, 20), date(2026, 12, 27), frozenset({"band", "dumbbells"})),
        ),
        (
            "race 14 feb Park b",
            "races",
            Race(day=date(2027, 2, 14), name="Park", priority=Priority.B),
        ),
        (
            "run 29.11. long",
            "runs",
            Run(id="2026-11-29", day=date(2026, 11, 29), kind=RunKind.LONG),
        ),
        ("away 20 dec 3 jan", "away", Away(date(2026, 12, 20), date(2027, 1, 3))),
        ("easy fri", "step_down", date(2026, 11, 23)),
        ("away 2026-12-20", "away", Away(date(2026, 12, 20), date(2026, 12, 20))),
        ("easy 2026-12-09", "step_down", date(2026, 12, 7)),
        ("race 14 feb Ridge Ultra", "races", ULTRA),
        ("race 14 feb 2027 Ridge Ultra A", "races", ULTRA),
        (
            "run 29 nov long 24km",
            "runs",
            Run(id="2026-11-29", day=date(2026, 11, 29), kind=RunKind.LONG, distance_m=24000),
        ),
        ("away 20 dec to 3 jan all", "away", Away(date(2026, 12, 20), date(2027, 1, 3), EQUIPMENT)),
        ("easy wed", "step_down", date(2026, 11, 23)),
    ],
)
def test_a_line_adds_what_its_first_word_says(typed: str, key: str, made: Any) -> None:
    change = typed_change(typed, TODAY)
    assert (change.listed.key, change.add) == (key, (made,))
    assert change.drop(made), "typed again it takes its own place"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("2027-02-14 Ridge", "race, run, away or easy"),
        ("race", "as in race 14 feb Ridge Ultra A"),
        ("race 2027-02-14 A", "as in race 14 feb Ridge Ultra A"),
        ("race Ridge Ultra A", "as in race 14 feb Ridge Ultra A"),
        ("race 2027-02-30 Ridge", "as in race 14 feb Ridge Ultra A"),
        ("race 2027-02-14 " + "x" * 101, "as in race"),
        ("run", "tue 07:00 speed"),
        ("run tue 12m", "12min"),
        ("away", "as in away 20 dec 27 dec"),
        ("away 2026-12-20 2026-12-01", "2026-12-20 or later"),
        ("away 2026-12-20 dumbels", "dumbbells"),
        ("easy 7 dec hard", "easy takes one date"),
        ("easy", "as in easy 7 dec"),
        ("easy 1066-10-14", "as in easy 7 dec"),
    ],
)
def test_a_line_that_makes_no_sense_is_answered_with_what_to_write(typed: str, hint: str) -> None:
    with pytest.raises(BadDocument) as refused:
        typed_change(typed, TODAY)
    assert hint in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_a_day_holds_is_called_by_words_that_differ() -> None:
    speed = Run(id="a", day=TODAY, kind=RunKind.SPEED, start=time(7))
    easy = Run(id="b", day=TODAY, start=time(18))
    other = Run(id="c", day=TODAY, start=time(20))
    weekly = WeeklyRun(1, RunKind.LONG)
    diary = Diary(runs=(speed, easy, other), weekly=(weekly,), away=(Away(TODAY, TODAY),))
    races = (Race(day=TODAY, name="Town 10k"),)
    found = found_on(diary, Calendar(races=races, step_down=frozenset({MONDAY})), TODAY)
    assert labels(found) == ["speed", "18:00", "20:00", "race", "away", "week"]
    assert found[3].change.drop(races[0])

    def alone(*runs: Run) -> list[Change]:
        only = Diary(runs=runs, weekly=(weekly,))
        return [one.change for one in found_on(only, Calendar(), TODAY)]

    [single] = alone(speed)
    assert single.listed.key == "runs"
    [every] = alone()
    assert every.listed.key == "weekly_runs"
    assert "Tuesday" in every.words


def test_a_day_without_a_gym_is_taken_back_and_a_journey_is_not() -> None:
    journey = Away(TODAY, TODAY + 3 * DAY, frozenset({"band"}))
    gone = gym_or_none(Diary(away=(journey,)), TODAY)
    assert gone.add == (Away(TODAY, TODAY),)
    assert not gone.drop(journey)
    back = gym_or_none(Diary(away=(journey, *gone.add)), TODAY)
    assert back.add == ()
    assert [back.drop(away) for away in (journey, *gone.add)] == [False, True]


# --- the screen ---------------------------------------------------------------------------------


def over(ui: Driver) -> SeasonScreen:
    assert isinstance(ui.app.screen, SeasonScreen)
    return ui.app.screen


def below(ui: Driver) -> str:
    return over(ui).query_one("#season-below", Lines).plain()


def top(ui: Driver) -> str:
    return over(ui).query_one("#season-top", Lines).plain()


async def add(ui: Driver, *typed: str) -> None:
    """Type lines into the prompt of the season."""
    for line in typed:
        await ui.press("a", {"run": "n", "away": "w"}.get(line.split()[0], line[0]))
        over(ui).prompt.field.value = line
        await ui.press("enter")


async def test_the_season_opens_on_today_and_closes_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4")
        assert over(ui).day == books.clock().date()
        assert "Today     Trail Speed" in top(ui)
        assert "No race ahead. a adds one" in below(ui)
        await ui.press("q", "4", "4")
        assert ui.app.screen is ui.main
        await ui.press("3", "4", "enter")
        assert ui.app.screen is ui.main
        assert ui.main.current == "today"


async def test_a_race_that_is_added_is_drawn_and_planned_at_once(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4")
        await add(ui, "race 2026-12-20 Ridge Ultra A")
        said = over(ui).said
        assert said is not None
        assert said[0] == "Ridge Ultra (A) on Sun 20 Dec. u takes it back."
        assert "Ridge Ultra (A), Sun 20 Dec, in 48 days" in ui.lines()[2]
        assert "Taper from Sun 6 Dec, in 4 weeks; race week from Sun 13 Dec." in below(ui)
        await add(ui, "race 2026-11-06 Town B")
        assert "Today     race week, rest" in top(ui)
        await ui.press("q")
        assert "RACE WEEK  Town (B), Fri 6 Nov, in 4 days" in ui.text()
        assert ui.today.session.live.programme == "routine", "mobility alone"
        await ui.press("4", "u", "u", "u")
        assert over(ui).said == ("Nothing to undo here.", "")
        assert "No race ahead" in below(ui)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("race 20 dec Ridge Ultra", "races"),
        ("run tue 07:00 speed", "weekly_runs"),
        ("easy 9 nov", "step_down"),
    ],
)
async def test_a_whole_line_typed_at_once_is_taken_as_ever(
    books: Books, typed: str, key: str
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "a", *("space" if char == " " else char for char in typed), "enter")
        assert ui.book.profile.store.documents(key)


async def test_a_line_that_was_refused_can_be_corrected(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4")
        await add(ui, "run tue 7")
        said = over(ui).said
        assert said is not None
        assert said[0].startswith("! run takes ")
        assert over(ui).prompt.field.value == "run tue 7"
        await ui.press(*":00", "enter")
        assert ui.book.profile.diary.weekly == (WeeklyRun(1, RunKind.EASY, time(7)),)
        await ui.press("a")
        assert "Add what?  r race  n run  w days away  e easier week" in ui.text()


async def test_the_cursor_and_the_weeks_move_within_what_is_planned(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "j", "down", "k")
        assert over(ui).day == books.clock().date() + DAY
        before = ui.lines()
        await ui.press("j")
        moved = [a.rstrip() != b.rstrip() for a, b in zip(before, ui.lines(), strict=True)]
        assert sum(moved) == 3, "two rows and the reasons, nothing jumps"
        await ui.press("right", "]")
        assert over(ui).number == 2
        assert "In 2 weeks" in top(ui)
        assert "▽" in below(ui)
        await ui.press("left", "[", "[")
        assert over(ui).number == 0
        assert over(ui).said is not None
        await ui.press(*["]"] * 20)
        assert over(ui).number == 11
        assert over(ui).said == ("No week further is planned.", "")


async def test_what_is_on_a_day_is_removed_and_comes_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "x")
        said = over(ui).said
        assert said is not None
        assert said[0].startswith("Nothing of yours is on Monday")
        await add(ui, "run mon 07:00", "race 2026-11-02 Park C", "away 2026-11-02 band")
        await ui.press("x")
        assert "Remove what?  1 run  2 race  3 away" in ui.text()
        await ui.press("2")
        assert over(ui).said == ("Park is removed. u takes it back.", "good")
        assert "RACE" not in ui.text()
        await ui.press("u")
        assert over(ui).said == ("Undone: the races are as before. U does it again.", "good")
        assert "RACE Park (C)" in ui.text()
        await ui.press("U")
        assert over(ui).said == ("Done again: the races are changed. u undoes it.", "good")
        assert "RACE" not in ui.text()
        await ui.press("U")
        assert over(ui).said == ("Nothing was undone here.", "")
        await ui.press("u", "x", "z")
        assert over(ui).said == ("! 1 run, 2 race or 3 away.", "warn")


async def test_a_week_is_made_easier_and_as_usual_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "]", "s")
        monday = books.clock().date() + 7 * DAY
        assert ui.book.profile.setup.calendar.step_down == {monday}
        assert "You run less this week" in top(ui)
        await ui.press("u", "s")
        assert over(ui).said == ("An easier week from Mon 9 Nov. u takes it back.", "good")
        await ui.press("s")
        assert ui.book.profile.setup.calendar.step_down == frozenset()


async def test_no_gym_today_changes_the_session_and_comes_back(books: Books) -> None:
    book = books.open()
    book.profile.set("programme", "six-patterns")
    async with running(book, books.clock) as ui:
        usual = [item.exercise for item in ui.today.session.live.items]
        await ui.press("4", "g")
        assert over(ui).said == (
            "No gym today: bodyweight and holds stand in. u takes it back.",
            "good",
        )
        await ui.press("enter")
        assert [item.exercise for item in ui.today.session.live.items] != usual
        await ui.press("4", "g", "q")
        assert [item.exercise for item in ui.today.session.live.items] == usual


async def test_the_session_of_today_says_when_its_time_is(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        context = ui.today.query_one("#context", Lines)
        assert "today" not in context.plain()
        await ui.press("4")
        await add(ui, "run mon 07:00 speed")
        await ui.press("q")
        assert " · today from 13:00" in context.plain()
        await ui.press("4", "u")
        await add(ui, "run mon 20:00 speed")
        await ui.press("q")
        assert "REST DAY  next is Trail Speed, Tue 3 Nov" in context.plain()
        await ui.press("enter", "y")
        assert "  since 18:05" in context.plain()


async def test_one_that_only_looks_is_told_so_and_changes_nothing(books: Books) -> None:
    first = books.open()
    keep(first, "races", [{"day": "2026-12-20", "name": "Ridge"}])
    async with running(books.open(), books.clock) as ui:
        await ui.press("4")
        assert "Ridge (A), Sun 20 Dec" in ui.text()
        keep(first, "races", [{"day": "2026-12-20", "name": "Ford"}])
        await ui.press("q", "4")
        assert "Ford (A), Sun 20 Dec" in ui.text(), "what the writer did since"
        for key in ("g", "s", "u"):
            await ui.press(key)
            said = over(ui).said
            assert said is not None
            assert said[0].startswith("Another window logs this session")
        assert ui.book.profile.diary.away == ()


async def test_while_the_log_is_read_the_season_says_so(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        with monkeypatch.context() as patch:
            patch.setattr(ui.book.planner, "is_known", lambda: False)
            await ui.press("4", "s", "x", "]", "j")
            assert "log" in top(ui)
            assert below(ui) == ""
            assert ui.book.profile.setup.calendar.step_down == frozenset()
        ui.main.read_log()
        await ui.settle()
        assert "Today     Trail Speed" in top(ui)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_all_of_it_fits_at_every_size(books: Books, size: tuple[int, int]) -> None:
    book = books.open()
    keep(book, "races", [{"day": "2026-12-20", "name": "Ridge Ultra"}])
    keep(book, "weekly_runs", [{"weekday": "wed", "kind": "speed", "time": "07:00"}])
    async with running(book, books.clock, size) as ui:
        await ui.press("4")
        text = ui.text()
        for words in (" Ridge Ultra (A), Sun 20 Dec", "Today     rest", "speed run 07:00",
                      "● done", "Taper from Sun 6 Dec", "s easier week", "? help"):  # fmt: skip
            assert words in text


@pytest.mark.parametrize("keys", [("1", "4", "q"), ("3", "4", "q", "2"), ("4", "2", "1", "2")])
async def test_a_day_of_rest_that_is_not_shown_is_drawn_without_harm(
    books: Books, keys: tuple[str, ...]
) -> None:
    book = books.open()
    day = books.clock().date() + 4 * DAY
    keep(book, "races", [{"day": day.isoformat(), "name": "Goal", "priority": "A"}])
    async with running(book, books.clock) as ui:
        await ui.press(*keys)
        assert ui.app.return_code is None


async def test_a_day_of_rest_reads_well_when_one_comes_back_to_it(books: Books) -> None:
    book = books.open()
    keep(book, "races", [{"day": (books.clock().date() + 4 * DAY).isoformat(), "name": "Goal"}])
    async with running(book, books.clock) as ui:
        before = ui.text()
        await ui.press("1", "4", "q", "2")
        assert ui.text() == before


async def test_the_season_says_what_today_says_of_pain(books: Books) -> None:
    book, day = books.open(), books.clock().date()
    for region in ("knee", "hip", "ankle-calf"):
        book.recorder.tell(morning(day, region, 7, books.clock().isoformat()))
    async with running(book, books.clock) as ui:
        assert "REST DAY" in ui.text()
        await ui.press("4")
        assert "Today     rest. Your calf or ankle hurt 7 of ten" in ui.text()
