"""An edit is newer than what it edits, whatever clock it was made by."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import moments
from tui.domain.model.stamps import edited_at, stamp_after

LAST = "9999-12-31T23:59:59.999999+00:00"


@given(moments, st.lists(moments))
def test_a_stamp_is_later_than_all_that_are_known(now: datetime, known: list[datetime]) -> None:
    stamp = stamp_after(now.isoformat(), [moment.isoformat() for moment in known])
    assert all(edited_at(stamp) > edited_at(moment.isoformat()) for moment in known)
    behind = [moment for moment in known if moment >= now]
    lag = max(behind) - now + timedelta(microseconds=1) if behind else timedelta(0)
    assert datetime.fromisoformat(stamp) == now + lag, "and no later than it must be"


@pytest.mark.parametrize(
    ("known", "stamp"),
    [([], "2026-11-02T18:05:00+01:00"), (["soon"], "2026-11-02T18:05:00+01:00"), ([LAST], LAST)],
)
def test_what_cannot_be_followed_is_no_bar(known: list[str], stamp: str) -> None:
    assert stamp_after("2026-11-02T18:05:00+01:00", known) == stamp
