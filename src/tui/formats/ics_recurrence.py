"""Works out when a calendar event takes place: once, or repeated by its RRULE within a window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import takewhile
from typing import Any

from tui.domain.model.date_parser import in_log_years
from tui.domain.model.validation import BadDocument, said

Moment = date | datetime
DAY = timedelta(days=1)
RULES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


def moment(event: Any, key: str) -> Moment:
    """The date, or date and time, at ``key``; raises BadDocument."""
    value = event.get(key)
    if value is None:
        raise BadDocument(f"{key} is missing")
    found = one(key, value[0] if isinstance(value, list) else value)
    in_log_years(found if not isinstance(found, datetime) else found.date())
    return found


def one(key: str, value: Any) -> Moment:
    """A calendar value as a date or a time; raises BadDocument, also for an unknown time zone."""
    try:
        found = value.dt
    except Exception:  # noqa: BLE001  values the parser could not read fail here
        found = None
    # Extra dates may be periods; a period begins with its moment.
    found = found[0] if isinstance(found, tuple) else found
    if not isinstance(found, date):
        raise BadDocument(f"{key} must be a date such as 20261102 or 20261102T180000Z")
    zone = value.params.get("TZID")
    if zone and isinstance(found, datetime) and found.tzinfo is None:
        raise BadDocument(f"{key} is in the time zone {said(str(zone))}, which is not known")
    return found


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
    """A moment as wall-clock time in the event's own zone; a date is taken as midnight."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return (value if value.tzinfo is None else value.astimezone(zone)).replace(tzinfo=None)


def repeats(
    event: Any, start: Moment, moved: Iterable[Moment], window: tuple[date, date]
) -> Iterator[Moment]:
    """The start times of a repeating event, in order, from a day before ``window`` to a day after
    it, as its days differ a little in another zone. Excluded ones, and those ``moved`` to an event
    of their own, are left out. Wall-clock time is kept: 18:00 stays 18:00 when the clocks change.
    Raises BadDocument."""
    zone = start.tzinfo if isinstance(start, datetime) else None
    first, last = (datetime.combine(day, time()) for day in (window[0] - DAY, window[1] + 2 * DAY))
    begin = wall(start, zone)
    walls = {begin} if "RRULE" not in event else set()
    for rule in _listed(event.get("RRULE")):
        walls.update(_by_rule(rule, begin, zone, last))
    walls |= {wall(extra, zone) for extra in _dates(event, "RDATE")}
    out = [*moved, *_dates(event, "EXDATE")]
    days = {day for day in out if not isinstance(day, datetime)}
    walls -= {wall(each, zone) for each in out}
    for found in sorted(walls):
        if first <= found <= last and found.date() not in days:
            yield found.replace(tzinfo=zone) if isinstance(start, datetime) else found.date()


def _by_rule(rule: Any, begin: datetime, zone: tzinfo | None, last: datetime) -> list[datetime]:
    """The moments of a rule up to ``last``, in wall-clock time; raises BadDocument."""
    from dateutil.rrule import rrulestr

    try:
        text = rule.to_ical().decode()
        parts = dict(part.split("=", 1) for part in text.upper().split(";"))
        if until := rule.get("UNTIL"):
            end = until[0]
            day = None if isinstance(end, datetime) else datetime.combine(end, time.max)
            parts["UNTIL"] = f"{day or wall(end, zone):%Y%m%dT%H%M%S}"
            parts.pop("COUNT", None)
        often = any("," in parts.get(key, "") for key in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        if parts.get("FREQ") not in RULES or often:
            raise BadDocument(f"RRULE: {said(text)} is more often than any run; enter it by hand")
        if int(parts.get("INTERVAL", "1")) < 1:
            # An interval of 0 would never end.
            raise BadDocument(f"RRULE: INTERVAL must be 1 or more, not {parts['INTERVAL']}")
        moments = iter(rrulestr(";".join(f"{k}={v}" for k, v in parts.items()), dtstart=begin))
        earliest = next(moments, None)
        if earliest is None and "UNTIL" not in parts:
            # Searching for a day that never comes takes seconds, so stop at the first such rule.
            raise BadDocument(f"RRULE: {said(text)} falls on no day; correct it, or take it out")
        found = [] if earliest is None else [earliest, *takewhile(lambda m: m <= last, moments)]
        return [moment for moment in found if moment <= last]
    except BadDocument:
        raise
    except Exception:  # noqa: BLE001  a rule that cannot be read fails in many ways
        raise BadDocument("RRULE must be a rule such as FREQ=WEEKLY") from None


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
