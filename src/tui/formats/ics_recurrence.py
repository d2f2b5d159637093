"""Works out when a calendar event takes place: once, or repeated by its RRULE within a window."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain, takewhile
from typing import Any

from tui.domain.model.date_parser import in_log_years
from tui.domain.model.validation import BadDocument, said
from tui.formats.ics_zones import zone_named

Moment = date | datetime
DAY = timedelta(days=1)
HALF_A_DAY = timedelta(hours=12)
RULES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
# What following a rule costs, in days searched: each rule as much as three years of days.
EACH_RULE = 1000


class UnknownZone(BadDocument):
    """A time is in a time zone that nobody defines; ``zone`` is its name."""

    def __init__(self, key: str, zone: str) -> None:
        super().__init__(f"{key} is in the time zone {said(zone)}, which is not known")
        self.zone = zone


def moment(event: Any, key: str) -> Moment:
    """The date, or date and time, at ``key``. Raises BadDocument, for an unknown time zone
    UnknownZone."""
    value = event.get(key)
    if value is None:
        raise BadDocument(f"{key} is missing")
    return one(key, value[0] if isinstance(value, list) else value)


def one(key: str, value: Any) -> Moment:
    """A calendar value as a date or a time. Raises BadDocument, for an unknown time zone
    UnknownZone."""
    try:
        found = value.dt
    except Exception:  # noqa: BLE001  values the parser could not read fail here
        found = None
    # Extra dates may be periods; a period begins with its moment.
    found = found[0] if isinstance(found, tuple) else found
    if not isinstance(found, date):
        raise BadDocument(f"{key} must be a date such as 20261102 or 20261102T180000Z")
    in_log_years(found if not isinstance(found, datetime) else found.date())
    zone = str(value.params.get("TZID", ""))
    if not zone or not isinstance(found, datetime):
        return found
    known = zone_named(zone) if found.tzinfo is None else found.tzinfo
    if known is None or not _works(found.replace(tzinfo=known)):
        raise UnknownZone(key, zone)
    return found.replace(tzinfo=known)


def _works(found: datetime) -> bool:
    """Whether the zone of a time can be used; one that a file defines may be nonsense."""
    try:
        found.astimezone(UTC)
    except Exception:  # noqa: BLE001  rules that do not fit together fail in many ways
        return False
    return True


def span(event: Any) -> timedelta:
    """The DURATION of an event; zero if it has none. Raises BadDocument."""
    try:
        found = event["DURATION"].dt if "DURATION" in event else timedelta()
    except Exception:  # noqa: BLE001  as in one
        found = None
    if not isinstance(found, timedelta):
        raise BadDocument("DURATION must be one such as PT1H30M")
    return found


def wall(value: Moment, zone: tzinfo | None) -> datetime:
    """A moment as wall-clock time in a zone; a date is taken as midnight."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return (value if value.tzinfo is None else value.astimezone(zone)).replace(tzinfo=None)


def place_in(start: Moment, value: Moment, zone: tzinfo) -> datetime:
    """Which of a series that begins at ``start`` is meant by ``value``: its wall-clock time there,
    midnight in a series of whole days. Times without a zone are those of ``zone``."""
    if isinstance(start, datetime):
        if isinstance(value, datetime):
            return wall(value, start.tzinfo or zone)
        return datetime.combine(value, start.time())
    if isinstance(value, datetime):
        # A whole day is written as midnight of the organiser; in UTC that is the nearest midnight.
        value = (value + HALF_A_DAY if value.tzinfo and not value.utcoffset() else value).date()
    return datetime.combine(value, time())


def repeats(
    event: Any,
    start: Moment,
    moved: Container[datetime],
    days: tuple[date, date],
    zone: tzinfo,
) -> list[datetime]:
    """The places of a repeating event that begins at ``start``, in order, from a day before the
    first to a day after the last of ``days``, as they differ a little in another zone. They are in
    wall-clock time: 18:00 stays 18:00 when the clocks change. Excluded ones, and those ``moved``
    to an event of their own, are left out. Raises BadDocument."""
    first, last = _around(days)
    found = {wall(start, _own(start))} if "RRULE" not in event else set()
    for rule in bounded(event, RULES):
        found.update(_by_rule(rule, start, days, zone))
    found |= {place_in(start, extra, zone) for extra in _dates(event, "RDATE")}
    out = _dates(event, "EXDATE")
    off = {day for day in out if not isinstance(day, datetime)}
    found -= {place_in(start, each, zone) for each in out}
    return sorted(
        each
        for each in found
        if first <= each <= last and each.date() not in off and each not in moved
    )


def effort(event: Any, start: Moment, days: tuple[date, date], zone: tzinfo) -> int:
    """What following the rules of an event costs, in days searched. Raises BadDocument."""
    begin, (first, last) = wall(start, _own(start)), _around(days)
    cost = 0
    for rule in bounded(event, RULES):
        if _until(rule, start, zone) >= first:
            cost += EACH_RULE + max(0, (last - begin).days) // int(rule.get("INTERVAL", [1])[0])
    return cost


def bounded(event: Any, often: Container[str]) -> list[Any]:
    """The rules of an event, each of which repeats in one of the ways ``often``, at one time of the
    day, so that it can be followed. Raises BadDocument."""
    rules = _listed(event.get("RRULE"))
    for rule in rules:
        try:
            text = rule.to_ical().decode()
            many = any(len(rule.get(key, ())) > 1 for key in ("BYHOUR", "BYMINUTE", "BYSECOND"))
            kind, interval = str(rule["FREQ"][0]).upper(), int(rule.get("INTERVAL", [1])[0])
        except Exception:  # noqa: BLE001  a rule that cannot be read fails in many ways
            raise BadDocument("RRULE must be a rule such as FREQ=WEEKLY") from None
        if kind not in often or many:
            raise BadDocument(f"RRULE: {said(text)} is more often than any run; enter it by hand")
        if interval < 1:
            # An interval of 0 would never end.
            raise BadDocument(f"RRULE: INTERVAL must be 1 or more, not {interval}")
    return rules


def _own(start: Moment) -> tzinfo | None:
    return start.tzinfo if isinstance(start, datetime) else None


def _around(days: tuple[date, date]) -> tuple[datetime, datetime]:
    """The first and the last moment that may be on one of the days in some zone."""
    return datetime.combine(days[0] - DAY, time()), datetime.combine(days[1] + 2 * DAY, time())


def _until(rule: Any, start: Moment, zone: tzinfo) -> datetime:
    """The last moment of a rule by its UNTIL, in wall-clock time; far off if it has none."""
    for end in rule.get("UNTIL", ()):
        if not isinstance(end, datetime):
            return datetime.combine(end, time.max)
        try:
            return wall(end, _own(start) or zone)
        except OverflowError:
            return end.replace(tzinfo=None)
    return datetime.combine(date.max, time.max)


def _by_rule(rule: Any, start: Moment, days: tuple[date, date], zone: tzinfo) -> list[datetime]:
    """The moments of a rule, in wall-clock time; raises BadDocument."""
    from dateutil.rrule import rrulestr

    begin, (first, last) = wall(start, _own(start)), _around(days)
    end = min(_until(rule, start, zone), last)
    if end < first:
        return []
    # A rule that falls on no day is searched for up to the year 9999, which takes seconds. So all
    # is moved there: the calendar repeats itself every 400 years. Without UNTIL such a rule can be
    # told from one that has ended, and the first stops the reading.
    ages = (9990 - last.year) // 400 * 400
    parts = dict(part.split("=", 1) for part in rule.to_ical().decode().upper().split(";"))
    if parts.pop("UNTIL", ""):
        parts.pop("COUNT", None)
    try:
        moments = iter(
            rrulestr(";".join(f"{k}={v}" for k, v in parts.items()), dtstart=_later(begin, ages))
        )
        earliest = next(moments, None)
        if earliest is not None:
            within = takewhile(lambda found: found <= _later(end, ages), chain([earliest], moments))
            return [_later(found, -ages) for found in within]
    except Exception:  # noqa: BLE001  a rule that cannot be read fails in many ways
        raise BadDocument("RRULE must be a rule such as FREQ=WEEKLY") from None
    raise BadDocument(
        f"RRULE: {said(rule.to_ical().decode())} falls on no day; correct it, or take it out"
    )


def _later(moment: datetime, years: int) -> datetime:
    """The moment so many times 400 years later, on the same day of the year and of the week."""
    return moment.replace(year=moment.year + years)


def _dates(event: Any, key: str) -> list[Moment]:
    """All moments of a property that may occur several times, each with several values."""
    found = []
    for value in _listed(event.get(key)):
        try:
            dates = list(value.dts)
        except Exception:  # noqa: BLE001  as in one
            raise BadDocument(f"{key} must be dates such as 20261102T180000Z") from None
        found += [one(key, each) for each in dates]
    return found


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
