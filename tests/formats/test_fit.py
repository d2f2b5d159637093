"""FIT from a watch: sessions, the watch's own clock, damage told of by the message."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.formats.runfiles import (
    CYCLING,
    RUNNING,
    activity_message,
    checksum,
    fit,
    found,
    message,
    seconds,
    session,
)
from tui.formats.runs import BadFile

AT = datetime(2026, 11, 3, 6, 0, 5, tzinfo=UTC)
END = AT + timedelta(hours=1)


def test_a_session_of_running_is_a_run() -> None:
    read = found("a.fit", fit(session(AT), session(AT, CYCLING), activity_message(END, 3600)))
    [run] = read.runs
    assert read.others == 1
    assert run.at == AT
    assert (run.day, run.start) == (date(2026, 11, 3), time(7, 0))
    assert (run.distance_m, run.climb_m, run.duration_s) == (10024, 88, 3000)


@pytest.mark.parametrize(
    ("ahead", "day", "start"),
    [
        (-8 * 3600, date(2026, 11, 2), time(22, 0)),
        (5 * 3600 + 45 * 60, date(2026, 11, 3), time(11, 45)),
        # A watch's clock may be some seconds off; a zone is not.
        (2 * 3600 + 7, date(2026, 11, 3), time(8, 0)),
        # No zone is that far: what the watch says makes no sense.
        (40 * 3600, date(2026, 11, 3), time(7, 0)),
    ],
)
def test_the_watchs_own_clock_counts(ahead: int, day: date, start: time) -> None:
    [run] = found("a", fit(session(AT), activity_message(END, ahead))).runs
    assert (run.day, run.start, run.at) == (day, start, AT)


def test_without_the_watchs_clock_it_is_the_runners_own() -> None:
    [run] = found("a", fit(session(AT))).runs
    assert run.start == time(7, 0)


def test_what_the_watch_did_not_measure_is_left_out() -> None:
    [run] = found("a", fit(session(AT, centimetres=0xFFFFFFFF, climb=0xFFFF))).runs
    assert (run.distance_m, run.climb_m) == (None, None)


def test_the_workout_that_was_followed_gives_the_name() -> None:
    workout = message(26, (8, 0x07, "16s", b"Tempo 3 x 10"))
    [run] = found("a", fit(workout, session(AT))).runs
    assert run.name == "Tempo 3 x 10"


def test_two_files_in_one_are_both_read() -> None:
    both = fit(session(AT)) + fit(session(AT + timedelta(days=1)))
    assert [run.day.day for run in found("a", both).runs] == [3, 4]


def elapsed_only(start: datetime, centimetres: int) -> bytes:
    """A session without the time on the watch's timer, which stood still or was never written."""
    return message(
        18,
        (2, 0x86, "I", seconds(start)),
        (5, 0x00, "B", RUNNING),
        (7, 0x86, "I", 600_000),
        (9, 0x86, "I", centimetres),
    )


def test_without_the_watchs_timer_the_time_elapsed_counts() -> None:
    [run] = found("a", fit(elapsed_only(AT, 200_000))).runs
    assert (run.duration_s, run.distance_m) == (600, 2000)


def test_a_wrong_checksum_still_gives_the_session_with_a_note() -> None:
    data = bytearray(fit(session(AT), session(END)))
    data[-1] ^= 1
    read = found("a.fit", bytes(data))
    assert [run.at for run in read.runs] == [AT, END]
    [note] = read.notes
    assert note.startswith("a.fit: has a wrong checksum")


def test_a_session_counts_though_the_file_is_cut_off_behind_it() -> None:
    whole = fit(session(AT), session(END))
    read = found("a.fit", whole[:-10])
    assert [run.at for run in read.runs] == [AT]
    assert read.notes == (
        "a.fit: is damaged or cut off after message 2; its run came in, look whether it is right",
    )


def test_a_file_cut_off_before_its_session_is_refused_with_what_to_do() -> None:
    whole = fit(session(AT))
    with pytest.raises(BadFile, match=r"cut off after message 1.*copy it from the watch again"):
        found("a.fit", whole[:-10])


def test_a_whole_file_has_no_note() -> None:
    assert found("a.fit", fit(session(AT))).notes == ()


def test_a_clock_that_was_never_set_is_refused_with_what_to_do() -> None:
    switched_on = message(18, (2, 0x86, "I", 4711), (5, 0x00, "B", RUNNING))
    with pytest.raises(BadFile, match=r"message 2: the watch's clock was not set.*run add$"):
        found("a.fit", fit(switched_on))


def test_a_sport_that_is_not_known_is_named() -> None:
    read = found("a.fit", fit(session(AT, 0), session(END, CYCLING)))
    assert (read.runs, read.others, read.unknown) == ((), 2, ("generic",))
    nameless = found("a", fit(session(AT, 0xFF)))
    assert nameless.unknown == ("one without a name",)


def test_a_session_without_a_start_is_told_of_by_its_index() -> None:
    with pytest.raises(BadFile, match="message 3: the session has no start_time; export it again"):
        found("a.fit", fit(session(AT), session(None)))


def test_a_length_that_no_run_has_is_told_of_by_its_index() -> None:
    with pytest.raises(BadFile, match="message 2: the distance in metres must be from 0"):
        found("a.fit", fit(session(AT, centimetres=4_000_000_000)))


def test_a_file_that_is_no_activity_is_refused() -> None:
    with pytest.raises(BadFile, match="holds no session; export the activity itself"):
        found("workout.fit", fit(message(26, (8, 0x07, "8s", b"Tempo"))))


def test_the_sum_is_that_of_the_format() -> None:
    # The check value that is published for this sum, CRC-16/ARC.
    assert checksum(b"123456789") == 0xBB3D
