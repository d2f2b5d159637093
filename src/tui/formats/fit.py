"""Reads runs from FIT files, recorded by watches from Garmin, Coros, Suunto, Wahoo and others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import Run
from tui.formats.fit_messages import EPOCH, instant, measure, offset, readable
from tui.formats.run_file import Found, begun, run_of, unknown
from tui.formats.sports import is_running

KINDS = {"session", "activity", "workout"}


def read(data: bytes, zone: tzinfo, now: datetime) -> Found:
    """The running sessions in a FIT file, including chained files. Wall-clock times are the watch's
    own if the file has them, else those of ``zone``. The name is that of the workout followed, as
    FIT has no other.

    A session is written when the activity is over, so one that is there counts, with a note if the
    file is cut off behind it or its checksum is wrong. Raises BadDocument, with the index of the
    message, for a file without one."""
    messages, damage = readable(data, KINDS)
    sessions = [message for message in messages if message.kind == "session"]
    if not sessions:
        raise BadDocument(
            f"{damage}, and holds no whole activity; copy it from the watch again, or export the "
            "activity as .gpx from its app"
            if damage
            else "holds no session; export the activity itself, not a workout or a course"
        )
    here = offset(messages) or zone
    workouts = [message.fields.get("wkt_name") for message in messages if message.kind == "workout"]
    name = workouts[0] if len(workouts) == 1 and isinstance(workouts[0], str) else ""
    runs, unknowns = [], []
    for session in sessions:
        sport = str(session.fields.get("sport") or "")
        running = is_running(sport)
        if running is None:
            unknowns.append(unknown(name, sport))
        if not running:
            continue
        if _unset(session.fields):
            raise BadDocument(
                f"message {session.index}: the watch's clock was not set, so nobody can tell when "
                "this run was; give it its date where it was uploaded and export it from there, or "
                "type it in with stridelift run add"
            )
        try:
            runs.append(_run(session.fields, name, here, now))
        except BadDocument as bad:
            raise BadDocument(f"message {session.index}: {bad}; export it again") from None
    notes = (f"{damage}; its run came in, look whether it is right",) if damage and runs else ()
    others = len(sessions) - len(runs)
    return Found(runs=tuple(runs), others=others, unknown=tuple(unknowns), notes=notes)


def _unset(session: Mapping[str, Any]) -> bool:
    """Whether a session began by a clock that counted from when the watch was switched on."""
    return session.get("start_time") is not None and instant(session, "start_time") is None


def _run(session: Mapping[str, Any], name: str, zone: tzinfo, now: datetime) -> Run:
    start = instant(session, "start_time")
    if start is None:
        raise BadDocument("the session has no start_time")
    return run_of(
        begun(EPOCH + timedelta(seconds=start), zone, now),
        zone,
        name=name,
        distance_m=measure(session, "total_distance"),
        climb_m=measure(session, "total_ascent"),
        duration_s=measure(session, "total_timer_time") or measure(session, "total_elapsed_time"),
    )
