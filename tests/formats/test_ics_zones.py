"""Names of time zones that calendar programs made up."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.formats.ics_zones import zone_named


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ("(GMT+01.00) Brussels, Copenhagen, Madrid, Paris", "Europe/Brussels"),
        ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC-08:00)  Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(UTC-03:30) Newfoundland", "America/St_Johns"),
        ("(UTC-06:00) Guadalajara, Mexico City, Monterrey", "America/Mexico_City"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC+10:00) Canberra, Melbourne, Sydney", "Australia/Canberra"),
        ("(UTC+12:00) Auckland, Wellington", "Pacific/Auckland"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ("EUROPE/berlin ", "Europe/Berlin"),
        ("tzone://Microsoft/Utc", "UTC"),
    ],
)
def test_a_name_is_known(name: str, known: str) -> None:
    assert str(zone_named(name)) == known


@pytest.mark.parametrize(
    "name",
    [
        "Eastern Standard Time 1",
        "(UTC+01:00) Atlantis",
        # The offset must agree.
        "(UTC+02:00) Amsterdam, Berlin",
        "(UTC+01:00)",
        "../../etc/passwd",
        "Customized Time Zone",
        "",
    ],
)
def test_a_name_that_could_be_anything_is_not(name: str) -> None:
    assert zone_named(name) is None


def test_summer_does_not_change_the_name() -> None:
    zone = zone_named("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna")
    assert f"{datetime(2026, 7, 1, tzinfo=zone):%z}" == "+0200"
