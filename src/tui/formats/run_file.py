"""Shared by the run-file formats: the result of reading a file, and checks of its values."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from math import isfinite

from msgspec import Struct

from tui.domain.model.date_parser import in_log_years
from tui.domain.model.ids import derived
from tui.domain.model.text import clean, clip
from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.diary import Run
from tui.domain.planning.run_parser import LONGEST_NAME, MOST_CLIMB_M, MOST_M, MOST_S

BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Two clocks that are set differ by no more.
CLOCKS_APART = timedelta(minutes=10)

Window = tuple[date, date]


class Found(Struct, frozen=True, kw_only=True):
    """The runs of a file in order, and how many activities in it were not runs (``others``).

    A calendar also gives the ids of cancelled runs (``cancelled``), what sounds like a race
    (``races``), whether it is among the runs or not, and how many runs lie outside the window
    (``outside``). ``notes`` say in words what the runner should know of the file, such as what was
    left out of it and why.

    ``unknown`` names those of the others whose sport is not known. ``refused`` says of each part
    that could not be read where it is, what is wrong and what to do. A list of activities also
    gives the files that it was made from, relative to its own place (``listed``)."""

    runs: tuple[Run, ...]
    others: int = 0
    unknown: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    listed: frozenset[str] = frozenset()
    outside: int = 0
    notes: tuple[str, ...] = ()
    cancelled: frozenset[str] = frozenset()
    races: tuple[Run, ...] = ()


def unknown(name: str, sport: str) -> str:
    """How an activity of an unknown sport is named: its name, and the sport as the file has it."""
    name, sport = named(name), named(sport)
    return f"{name} ({sport})" if name and sport else name or sport or "one without a name"


def begun(at: datetime, zone: tzinfo, now: datetime) -> datetime:
    """The instant at which a run was recorded. Raises BadDocument if it is still to come."""
    if at <= now + CLOCKS_APART:
        return at
    here = at.astimezone(zone)
    raise BadDocument(
        f"the run of {here:%Y-%m-%d} at {here:%H:%M} is still to come; correct its date"
    )


def run_of(
    at: datetime,
    zone: tzinfo,
    *,
    name: str = "",
    distance_m: float | None = None,
    climb_m: float | None = None,
    duration_s: float | None = None,
) -> Run:
    """A recorded run that started at ``at``. Its id is made of that instant alone, so that two
    sources that agree to the second give one run. Raises BadDocument for impossible values."""
    in_log_years(at.date())
    moment = at.replace(microsecond=0).astimezone(zone)
    return Run(
        id=derived(int(moment.timestamp()) * 1000, "run"),
        day=moment.date(),
        start=moment.time().replace(second=0),
        at=moment,
        distance_m=measure("the distance in metres", distance_m, MOST_M),
        climb_m=measure("the climb in metres", climb_m, MOST_CLIMB_M),
        duration_s=measure("the duration in seconds", duration_s, MOST_S),
        name=named(name),
    )


def named(name: str) -> str:
    """A name fit for the diary: one line, clean, not too long."""
    return clip(clean(" ".join(name.split())), LONGEST_NAME)


def measure(what: str, value: float | None, most: float) -> float | None:
    """A measure rounded to whole units; None for 0, which devices write for unknown. Raises
    BadDocument outside 0 to ``most``."""
    if value is None:
        return None
    if not isfinite(value) or not 0 <= value <= most:
        raise BadDocument(f"{what} must be from 0 to {most:g}, not {value:g}")
    return float(round(value)) or None


def number(what: str, text: str | None) -> float | None:
    """The number in a text; None if the text is empty. Raises BadDocument."""
    if not (text := (text or "").strip()):
        return None
    try:
        return float(text)
    except ValueError:
        raise BadDocument(f"{what} must be a number, not {said(text)}") from None
