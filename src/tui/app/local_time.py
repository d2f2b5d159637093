"""The wall-clock time of this computer, with its offset from UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


def localised(naive: datetime) -> datetime:
    """A wall-clock time with the local UTC offset at that time."""
    return naive.astimezone()


class LocalZone(tzinfo):
    """The time zone of this computer, with the right offset for each time."""

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """The offset at a wall-clock time."""
        return None if when is None else localised(when.replace(tzinfo=None)).utcoffset()

    def dst(self, when: datetime | None) -> None:
        """Not known, and not asked for."""

    def tzname(self, when: datetime | None) -> None:
        """Not known, and not asked for."""

    def fromutc(self, when: datetime) -> datetime:
        """The wall-clock time; in the hour that occurs twice, with the right ``fold``."""
        local = when.replace(tzinfo=UTC).astimezone()
        here = local.replace(tzinfo=self)
        return here if here.utcoffset() == local.utcoffset() else here.replace(fold=1)
