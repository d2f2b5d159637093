"""Morning pain reports: how much a region hurts on waking, the day after it hurt in a session
(source project, after the pain-monitoring model: pain must have settled by the next morning)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from tui.domain.calculator.pain import COUNTS_DAYS, clears
from tui.domain.calculator.state import PainReport, Setup, State
from tui.domain.model.ids import derived
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.regions import ALIASES, region_named
from tui.domain.model.values import Record

MOST_PAIN = 10
PAIN_WORDS = "Stop what hurts, and let a professional see it. This is no medical advice."
ASKED_DAYS = 2  # For this many days after a session a morning report is asked for.
# From two days before a report no longer counts, and for a week after, one is asked for again.
STALE_DAYS = range(COUNTS_DAYS - 2, COUNTS_DAYS + 7)
TWO_NAMES = {"ankle-calf": "calf or ankle"}


def region_of(word: str) -> str | None:
    """The region that ``word`` names by its id, a part of it, another name for it (achilles, itb,
    heel), or a prefix of any; None unless just one fits."""
    if known := region_named(word):
        return known
    word = "-".join(word.lower().split())
    found = {r for r in REGIONS if word and any(p.startswith(word) for p in r.split("-"))}
    found = found or {r for name, r in ALIASES.items() if word and name.startswith(word)}
    return found.pop() if len(found) == 1 else None


def region_name(region: str) -> str:
    """The name of a region in plain words."""
    return TWO_NAMES.get(region, region)


def pain_of(word: str) -> int | None:
    """Pain from 0 to 10 as typed; None for anything else."""
    fits = word.isascii() and word.isdecimal() and len(word) <= 2 and int(word) <= MOST_PAIN
    return int(word) if fits else None


def morning(day: date, region: str, pain: int, edited: str) -> Record:
    """The morning record of one region; a second one on the same day replaces it."""
    midnight = int(datetime.combine(day, time(), UTC).timestamp() * 1000)
    return Record(
        id=derived(midnight, f"morning of {day.isoformat()} {region}"),
        edited=edited,
        type="morning",
        day=day,
        values={"region": region, "pain": pain},
    )


def regions_to_ask_about(state: State, today: date) -> Mapping[str, PainReport]:
    """The regions that hurt in the last session, if that was one or two days ago, and have no
    morning report since; the most painful first."""
    last = state.last
    if last is None or not timedelta(days=1) <= today - last <= timedelta(days=ASKED_DAYS):
        return {}
    hurt: dict[str, PainReport] = {}
    for region, aches in state.aches.items():
        told = any(ache.waking and ache.day > last for ache in aches)
        mine = [ache for ache in aches if ache.day == last and not ache.waking and ache.pain]
        if mine and not told:
            hurt[region] = mine[-1]
    return dict(sorted(hurt.items(), key=lambda found: (-found[1].pain, found[0])))


def stale_regions(setup: Setup, state: State, today: date) -> Mapping[str, PainReport]:
    """The regions that hurt about a fortnight ago and of which nothing has been heard since, so
    that work returns to them unless the runner says otherwise; the most painful first (source
    project)."""
    latest = {
        region: next((ache for ache in reversed(aches) if ache.told), None)
        for region, aches in state.aches.items()
    }
    stale = {
        region: ache
        for region, ache in latest.items()
        if ache and (today - ache.day).days in STALE_DAYS and not clears(setup, ache)
    }
    return dict(sorted(stale.items(), key=lambda found: (-found[1].pain, found[0])))


def stale_note(stale: Mapping[str, PainReport]) -> str:
    """The note on the command line about the worst of these regions, of which there must be one."""
    region, ache = next(iter(stale.items()))
    return (
        f"your {region_name(region)} hurt {ache.pain} of ten on {ache.day:%d %b}, and nothing was "
        f"told since: after {COUNTS_DAYS} days work returns to it. How is it now? "
        f"stridelift morning {region} PAIN"
    )


def morning_questions(setup: Setup, state: State, today: date) -> Mapping[str, PainReport]:
    """All regions to ask about this morning: those of the last session, then those not heard of for
    a fortnight."""
    return {**regions_to_ask_about(state, today), **stale_regions(setup, state, today)}
