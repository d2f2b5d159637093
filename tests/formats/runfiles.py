"""Files of runs as the programs write them, made here from what is known of the formats."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tui.formats.run_file import Found
from tui.formats.runs import read_runs

BERLIN = ZoneInfo("Europe/Berlin")
WINDOW = (date(2026, 1, 1), date(2026, 12, 31))
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def found(
    name: str,
    data: bytes | str,
    window: tuple[date, date] = WINDOW,
    now: datetime = NOW,
    *,
    keep_going: bool = False,
) -> Found:
    """What is in a file, for a runner in Berlin."""
    whole = data.encode() if isinstance(data, str) else data
    return read_runs(name, whole, BERLIN, window, now, keep_going=keep_going)


# --- calendars ------------------------------------------------------------------------------------


def event(*lines: str, uid: str = "1", start: str = "DTSTART:20261103T070000Z") -> str:
    """A VEVENT with further lines."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, *lines, "END:VEVENT", ""])


def calendar(*parts: str, head: str = "") -> bytes:
    """A VCALENDAR of parts that are whole already."""
    top = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n"
    return (top + head + "".join(parts) + "END:VCALENDAR\r\n").encode()


# --- XML ------------------------------------------------------------------------------------------


def gpx(*points: tuple[float, float, str], sport: str = "running", name: str = "Lake") -> str:
    """A track along a meridian: degrees north, height, time of each point; no time for ""."""
    made = "\n".join(
        f'<trkpt lat="{north}" lon="7.0"><ele>{height}</ele>'
        + (f"<time>{when}</time>" if when else "")
        + "</trkpt>"
        for north, height, when in points
    )
    kind = f"<type>{sport}</type>" if sport else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f"<trk><name>{name}</name>{kind}<trkseg>\n{made}\n</trkseg></trk>\n</gpx>\n"
    )


def tcx(*laps: tuple[str, str, str], sport: str = "Running", heights: Sequence[float] = ()) -> str:
    """An activity: start, seconds, metres of each lap, and the heights of its first lap."""
    points = "".join(
        f"<Trackpoint><AltitudeMeters>{height}</AltitudeMeters></Trackpoint>" for height in heights
    )
    made = ""
    for start, seconds, metres in laps:
        made += (
            f'<Lap StartTime="{start}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
            f"<DistanceMeters>{metres}</DistanceMeters><Track>{points}</Track></Lap>\n"
        )
        points = ""
    return (
        '<?xml version="1.0"?>\n<TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="{sport}"><Id>2026-11-03T06:00:00Z</Id>\n{made}</Activity>'
        "</Activities></TrainingCenterDatabase>\n"
    )


# --- Strava ---------------------------------------------------------------------------------------

HEAD_2021 = [
    "Activity ID", "Activity Date", "Activity Name", "Activity Type",
    "Activity Description", "Elapsed Time", "Distance", "Max Heart Rate",
    "Relative Effort", "Commute", "Activity Gear", "Filename",
    "Athlete Weight", "Bike Weight", "Elapsed Time", "Moving Time",
    "Distance", "Max Speed", "Average Speed", "Elevation Gain",
]  # fmt: skip
HEAD_2025 = [*HEAD_2021[:10], "Activity Private Note", *HEAD_2021[10:]]
# The rest is of no use here, but there: 80 columns once, 94 later, some with their label missing.
SPAN = '<span class="translation_missing" title="translation missing: x">Type</span>'
HEAD_2021 += [SPAN] * (80 - len(HEAD_2021))
HEAD_2025 += [SPAN] * (94 - len(HEAD_2025))


def activity(
    head: Sequence[str],
    when: str = "Jul 14, 2020, 10:36:55 PM",
    name: str = "Morning Run",
    sport: str = "Run",
    *,
    elapsed: str = "3100",
    kilometres: str = "10.02",
    moving: str = "3000.0",
    metres: str = "10024.5",
    climb: str = "88.0",
) -> list[str]:
    """The fields of a row under ``head``."""
    row = [""] * len(head)
    row[:7] = ["1", when, name, sport, "", elapsed, kilometres]
    second = head.index("Distance", 7)
    row[second - 2 : second + 1] = [elapsed, moving, metres]
    row[second + 3] = climb
    return row


def strava(*rows: Sequence[str]) -> str:
    """activities.csv of a header and rows."""
    return "".join(",".join('"' + c.replace('"', '""') + '"' for c in row) + "\n" for row in rows)


# --- FIT ------------------------------------------------------------------------------------------

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
TABLE = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip
RUNNING, CYCLING = 1, 2


def checksum(data: bytes) -> int:
    """The CRC-16 of FIT."""
    crc = 0
    for byte in data:
        for half in (byte & 15, byte >> 4):
            crc = (crc >> 4) & 0x0FFF ^ TABLE[crc & 15] ^ TABLE[half]
    return crc


def seconds(when: datetime | None) -> int:
    """An instant as FIT counts it; what stands for none."""
    return 0xFFFFFFFF if when is None else int((when - EPOCH).total_seconds())


def message(number: int, *fields: tuple[int, int, str, int | bytes]) -> bytes:
    """A message with its definition: number, base type, struct letter and value of each field."""
    form = "<" + "".join(letter for _, _, letter, _ in fields)
    sizes = [struct.calcsize("<" + letter) for _, _, letter, _ in fields]
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    for (field, base, _, _), size in zip(fields, sizes, strict=True):
        definition += struct.pack("<BBB", field, size, base)
    return definition + b"\0" + struct.pack(form, *(value for *_, value in fields))


def session(
    start: datetime | None, sport: int = RUNNING, *, centimetres: int = 1_002_450, climb: int = 88
) -> bytes:
    """A session of 3000 s on the watch's timer."""
    return message(
        18,
        (2, 0x86, "I", seconds(start)),
        (5, 0x00, "B", sport),
        (8, 0x86, "I", 3_000_000),
        (9, 0x86, "I", centimetres),
        (22, 0x84, "H", climb),
    )


def activity_message(end: datetime, ahead: int) -> bytes:
    """The message that closes an activity: its end, and the watch's clock so far ahead of UTC."""
    utc = seconds(end)
    return message(34, (253, 0x86, "I", utc), (5, 0x86, "I", utc + ahead))


def fit(*messages: bytes) -> bytes:
    """A FIT file of messages."""
    body = message(0, (0, 0x00, "B", 4)) + b"".join(messages)
    head = struct.pack("<BBHI4s", 14, 0x20, 2195, len(body), b".FIT")
    head += struct.pack("<H", checksum(head))
    return head + body + struct.pack("<H", checksum(head + body))
