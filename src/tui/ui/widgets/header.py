"""The strip on the first row of every screen: the panes, and at the right end what must not be
missed, wherever the runner looks."""

from __future__ import annotations

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.domain.model.cells import fitted
from tui.domain.model.values import SetKind
from tui.ui.widgets.styled_text import Line, Span, spread, width_of

ORDER = ("library", "today", "history")
PANES = (*ORDER, "season", "review")
# Below this width the panes go by their numbers, but for the one that is shown.
NARROW = 60


class Status(Struct, frozen=True):
    """What the strip tells besides the panes: the clock that runs, why nothing can be written, and
    how many work sets are done of how many; each is empty if there is none."""

    clock: str = ""
    trouble: str = ""
    count: str = ""


def status_of(book: Logbook) -> Status:
    """The status of a logbook now."""
    trouble = ""
    if not book.access.granted:
        trouble = "LOOKING ONLY"
    elif book.recorder.away:
        trouble = "FOLDER GONE"
    live = book.recorder.live
    if live is None:
        return Status(trouble=trouble)
    clock = ""
    if live.clock is not None:
        paused = " paused" if live.clock.watch.paused_at is not None else ""
        clock = live.clock.view(book.now()).words().replace(",", "") + paused
    sets = [key for item in live.items for key in item.keys() if key.kind is SetKind.WORK]
    done = sum(not live.is_open(key) for key in sets)
    return Status(clock, trouble, f"{done}/{len(sets)}" if sets else "")


def strip_line(tab: str, name: str, status: Status, width: int) -> Line:
    """The panes by number, the one of ``tab`` in capitals. At the right end the clock, else what is
    wrong, else the ``name`` of a screen that is no pane; where there is no room beside it, the
    panes are numbers."""
    forms = [_numbers(tab), _alone(tab)]
    if width >= NARROW:
        forms.insert(0, _panes(tab))
    urgent = status.clock or status.trouble or name
    if not urgent:
        right = (status.count if width < NARROW else "stridelift", "dim")
        return spread(forms[0], [right, (" ", "")], width)
    role = "warn" if urgent is status.trouble else "strong"
    needed = width_of([(urgent, "")]) + 2
    left = next((form for form in forms if width_of(form) + needed <= width), forms[-1])
    shown = fitted(urgent, max(0, width - width_of(left) - 2))
    return spread(left, [(shown, role), (" ", "")], width)


def _panes(tab: str) -> list[Span]:
    spans: list[Span] = []
    for number, name in enumerate(PANES, start=1):
        here = name == tab
        word = name.upper() if here else name.capitalize()
        spans += [(f" {number}", "accent"), (f" {word}  ", "strong" if here else "dim")]
    return [*spans[:-1], (spans[-1][0].rstrip(), spans[-1][1])]


def _numbers(tab: str) -> list[Span]:
    spans: list[Span] = []
    for number, name in enumerate(PANES, start=1):
        spans.append((f" {number}", "accent"))
        spans.append((f" {name.upper()} " if name == tab else " ", "strong"))
    return spans


def _alone(tab: str) -> list[Span]:
    if tab not in PANES:
        return []
    return [(f" {PANES.index(tab) + 1}", "accent"), (f" {tab.upper()}", "strong")]


def damage_line(damage: str, key: str, width: int) -> Line:
    """What is damaged, and the ``key`` that tells more if there is room; empty if nothing is."""
    if not damage:
        return []
    left: Line = [(f" {damage}", "warn")]
    return spread(left, [(key, "accent"), (" tells more ", "dim")], width)
