"""Which app a file is from, by its content; and the names that new exercises get."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.other_apps import test_garmin_fit as garmin
from tests.formats.other_apps.exports import EXPORTS
from tests.formats.runfiles import HEAD_2025, activity, fit, session, strava
from tui.domain.model.validation import TEXT_LENGTHS, BadDocument
from tui.formats.other_apps import apps
from tui.formats.other_apps.apps import UnknownColumns, read_log
from tui.formats.other_apps.naming import own_name

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_known_by_its_content(name: str) -> None:
    export = EXPORTS[name]
    log = read_log(export.data, BERLIN)
    assert log is not None
    assert export.app in ("", log.app)
    assert log.problems == ()
    done = sum(len(entry.sets) for one in log.workouts for entry in one.entries)
    assert log.rows == done + log.rests + log.skipped + log.empty + len(
        [one for one in log.metrics if not log.workouts]
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b"[1, 2]",
        b"{" * 100_000,
        b'{"count": 0}',
        b"when,what\n1,2\n",
        strava(HEAD_2025, activity(HEAD_2025)).encode(),
        fit(session(garmin.AT)),
    ],
)
def test_what_is_no_log_is_none(data: bytes) -> None:
    assert read_log(data, BERLIN) is None


def test_a_table_of_no_app_is_asked_about() -> None:
    with pytest.raises(UnknownColumns) as asked:
        read_log(b"Foo,Bar,Baz\n1,2,3\n", BERLIN)
    assert asked.value.header == ("Foo", "Bar", "Baz")


def test_a_file_has_a_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "MOST_BYTES", 10)
    with pytest.raises(BadDocument, match="is larger than 0 MB; export a shorter part"):
        read_log(b"x" * 11, BERLIN)


@pytest.mark.parametrize("wanted", apps.FORMATS)
def test_a_format_that_was_asked_for_and_is_not(wanted: str) -> None:
    for data in (b"hello, you\n", b'{"a": 1}', fit(session(garmin.AT))[:40]):
        with pytest.raises(BadDocument):
            read_log(data, BERLIN, wanted=wanted)


@given(st.lists(st.text(max_size=80), max_size=6))
def test_new_exercises_have_names_of_their_own(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        made = own_name(name, taken)
        assert made.casefold() not in taken
        assert made.isprintable()
        assert 0 < len(made) <= TEXT_LENGTHS["name"]
        taken.add(made.casefold())
