"""Reads runs from FIT files, recorded by watches from Garmin, Coros, Suunto, Wahoo and others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, tzinfo
from typing import Any

from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import Run
from tui.formats.fit_messages import EPOCH, instant, measure, messages, offset
from tui.formats.run_file import Found, is_run, run_of

KINDS = {"session", "activity", "workout"}


def read(data: bytes, zone: tzinfo) -> Found:
    """The running sessions in a FIT file, including chained files. Wall-clock times are the watch's
    own if the file has them, else those of ``zone``. The name is that of the workout followed, as
    FIT has no other. Raises BadDocument, with the index of the message, for a file that is cut off
    or damaged."""
    found = list(messages(data, KINDS))
    sessions = [message for message in found if message.kind == "session"]
    if not sessions:
        raise BadDocument("holds no session; export the activity itself, not a workout or a course")
    here = offset(found) or zone
    workouts = [message.fields.get("wkt_name") for message in found if message.kind == "workout"]
    name = workouts[0] if len(workouts) == 1 and isinstance(workouts[0], str) else ""
    runs = []
    for session in sessions:
        if not is_run(str(session.fields.get("sport"))):
            continue
        try:
            runs.append(_run(session.fields, name, here))
        except BadDocument as bad:
            raise BadDocument(f"message {session.index}: {bad}; export it again") from None
    return Found(runs=tuple(runs), others=len(sessions) - len(runs))


def _run(session: Mapping[str, Any], name: str, zone: tzinfo) -> Run:
    start = instant(session, "start_time")
    if start is None:
        raise BadDocument("the session has no start_time")
    return run_of(
        EPOCH + timedelta(seconds=start),
        zone,
        name=name,
        distance_m=measure(session, "total_distance"),
        climb_m=measure(session, "total_ascent"),
        duration_s=measure(session, "total_timer_time"),
    )
