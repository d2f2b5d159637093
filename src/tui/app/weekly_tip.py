"""The tip of the week: which one it is, whether to show it, and putting it away."""

from __future__ import annotations

from tui.app.logbook import Logbook
from tui.domain.model.dates import monday
from tui.domain.planning.tips import Tip, tip_of_week

# The Monday of the week whose tip was put away: a mark of the program's, no setting to be typed.
AWAY = "tip_away"


def tip_of(book: Logbook) -> Tip | None:
    """The tip of this week; None if the runner has put it away or wants none."""
    today, profile = book.now().date(), book.profile
    if not profile.setting("tips", True):
        return None
    if profile.setting(AWAY, "") == monday(today).isoformat():
        return None
    known = book.planner.state(today).histories.values()
    return tip_of_week(today, min((one.first for one in known), default=None))


def tip_of_today(book: Logbook) -> Tip | None:
    """The tip for the day's page: that of the week, until a session of the week is begun."""
    today = book.now().date()
    last = book.planner.state(today).last
    begun = book.recorder.live is not None or (last is not None and last >= monday(today))
    return None if begun else tip_of(book)


def put_away(book: Logbook) -> None:
    """Show this week's tip no more. Raises ReadOnly or StoreError."""
    book.profile.set(AWAY, monday(book.now().date()).isoformat())
