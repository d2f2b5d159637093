"""What a session says line by line: each line makes sense on its own, read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form, planned, show, written
from tui.domain.model.text import number_of
from tui.domain.model.values import SetKind, Sides
from tui.domain.session.cadence import PhaseKind
from tui.domain.session.clock import MINUTE_S, clock_text
from tui.domain.session.live import Item, Key, Live, Running
from tui.present.step_words import set_name
from tui.present.words import plan_parts, reserve_text, sets_text, undone_word

HELP = (
    "enter: log the set as planned; yes to one that ran its time",
    "space and enter: start the clock of the set, pause it, go on",
    "7, 62.5 kg, L8 R6, 2 spare: log the set with what was different",
    "f, f 5: it fell short; how far it got",
    "s, s t: skip the set, because of t time, p pain, e equipment, o other",
    "x: leave the exercise out today",
    "A: a set more, like the last",
    "+, -: more or less weight in the sets to come",
    "r 2: how many more you could have done in the last set",
    "p 3: pain in the last set, 0 none to 10 worst",
    "c s: what went wrong with it: s slow, f form, l landing, k knee, h hips, a ankle, t tempo",
    "n words: a note on the last set; N words: on the session",
    "u: undo the last step; U: do it again",
    ". next phase of the clock; , the phase again; t 15 s more; o clock off",
    "l: list the exercises, and where the clock is; l 3: go to the third",
    "w: why these numbers; d: how it is done",
    "m: how what hurt is this morning; m knee 3",
    "F: finish the session",
    "q: leave; the session waits for you, here and in the full screen",
)


def exercise_words(live: Live, item: Item, library: Library) -> str:
    """An exercise with its place in the session: ``2 of 5. Glute Sling.``"""
    place = [one.id for one in live.items].index(item.id) + 1
    return f"{place} of {len(live.items)}. {exercise_name(library, item.exercise)}."


def set_words(live: Live, item: Item, key: Key, unit: str) -> str:
    """What to do in a set that is open; how one was done that is not, or that waits for a yes."""
    of = sum(other.kind is key.kind for other in item.keys())
    called = f"{set_name(key).capitalize()} of {of}"
    if key in live.pending:
        done = show(map(written, live.rows[key]), unit, Form.LONG, way=item.way)
        return f"{called} ran its time: {done}. Was it so? Enter is yes."
    if not live.is_open(key) and live.rows[key][0].undone is not None:
        return f"{called}: left out ({undone_word(live.rows[key][0])})."
    if not live.is_open(key):
        return f"{called} done: {sets_text(live.rows[key], unit, way=item.way)}."
    coming = item.planned(key)
    words = planned([replace(coming, kind=SetKind.WORK)], unit, Form.LONG, way=item.way)
    if item.sides is Sides.ALTERNATING and len(coming.goals) > 1:
        words += ", in turn"
    spare = item.now.target_rir
    if spare is not None and key.kind is SetKind.WORK and coming.goals[0].measures.reps:
        words += f", {reserve_text(spare)}"
    return f"{called}: {words}."


def phase_words(clock: Running, now: datetime) -> str:
    """The phase that a clock is in, with how long it still takes; empty once nothing is left to
    wait for."""
    view = clock.view(now)
    if view.rested:
        return "REST over."
    if view.kind is PhaseKind.DONE:
        return ""
    if clock.timeline[view.phase].seconds is None:
        return f"{view.label}, at your own pace."
    return f"{view.label}, {_length(view.seconds)}."


def _length(seconds: int) -> str:
    return f"{seconds} s" if seconds < MINUTE_S else clock_text(seconds)


def list_lines(live: Live, here: str, library: Library, unit: str) -> Iterator[str]:
    """The exercises of a session, numbered, with what was done; ``here`` is the id of the one that
    is on."""
    for number, item in enumerate(live.items, start=1):
        name = exercise_name(library, item.exercise)
        words = f"{number}. {name}: {', '.join(plan_parts(item.now, unit, way=item.way))}"
        if count := live.done_count(item):
            rows = [row for key in item.keys() for row in live.rows.get(key, ())]
            words += f"; {number_of(count, 'set')} done: {sets_text(rows, unit, way=item.way)}"
        yield f"{words}. You are here." if item.id == here else f"{words}."
