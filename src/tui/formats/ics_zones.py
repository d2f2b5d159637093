"""Time zones by the names that calendar programs give them and the library does not know."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

# Outlook shows zones as "(UTC+01:00) Amsterdam, Berlin, Bern", once as "(GMT+01:00) …".
_SHOWN = re.compile(
    r"\((?:UTC|GMT)(?:(?P<sign>[+-])(?P<h>\d\d)[:.](?P<m>\d\d))?\)\s*(?P<places>.*)"
)
_UTC = frozenset({"utc", "gmt", "z", "tzone://microsoft/utc", "coordinated universal time"})
# The places that are no city of the zone database.
_PLACES = {
    "alaska": "America/Anchorage",
    "arizona": "America/Phoenix",
    "atlantic time (canada)": "America/Halifax",
    "brasilia": "America/Sao_Paulo",
    "central america": "America/Guatemala",
    "central time (us & canada)": "America/Chicago",
    "city of buenos aires": "America/Argentina/Buenos_Aires",
    "coordinated universal time": "UTC",
    "eastern time (us & canada)": "America/New_York",
    "greenwich mean time : dublin": "Europe/Dublin",
    "hawaii": "Pacific/Honolulu",
    "indiana (east)": "America/Indiana/Indianapolis",
    "mountain time (us & canada)": "America/Denver",
    "newfoundland": "America/St_Johns",
    "pacific time (us & canada)": "America/Los_Angeles",
    "saskatchewan": "America/Regina",
    "west central africa": "Africa/Lagos",
}
# Winter, north or south of the equator; the year only has to have today's rules.
_SEASONS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


@lru_cache(maxsize=1000)
def zone_named(name: str) -> tzinfo | None:
    """The time zone that a calendar program means by a name, or None. A name shown by Outlook
    counts only if one of its places has the offset in winter that the name gives."""
    plain = " ".join(name.split()).strip('"').casefold()
    if plain in _UTC:
        return UTC
    shown = _SHOWN.fullmatch(" ".join(name.split()).strip('"'))
    if shown is None:
        key = _keys().get(plain)
        return ZoneInfo(key) if key else None
    offset = timedelta(hours=int(shown["h"] or 0), minutes=int(shown["m"] or 0))
    offset = -offset if shown["sign"] == "-" else offset
    for key in _keys_of(shown["places"].casefold()):
        zone = ZoneInfo(key)
        if offset == min(season.astimezone(zone).utcoffset() or offset for season in _SEASONS):
            return zone
    return None


def _keys_of(places: str) -> list[str]:
    """The zones of the places in a name, in its order."""
    cities = _cities()
    every = (place.strip() for place in [places, *places.split(",")])
    return [key for place in every if (key := _PLACES.get(place) or cities.get(place))]


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    """The zones of the database by their names, whatever the case."""
    return {key.casefold(): key for key in sorted(available_timezones())}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """The zones of the database by their cities."""
    named = (key for key in _keys().values() if "/" in key and not key.startswith("Etc/"))
    return {key.rpartition("/")[2].replace("_", " ").casefold(): key for key in named}
