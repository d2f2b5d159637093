"""In a session under way, leaves out what pain makes rest."""

from __future__ import annotations

from tui.app.logbook import Logbook
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.model.text import number_of
from tui.domain.session.actions import Skip


def leave_sore(book: Logbook) -> int:
    """Skip the open sets that should now rest because of pain; undo brings them back. Returns how
    many there were. Raises what :meth:`Recorder.do` raises."""
    live, day = book.recorder.live, book.now().date()
    if live is None:
        return 0
    keys = [
        key
        for item in live.items
        if (exercise := book.profile.library.exercises.get(item.exercise))
        and book.planner.rests_for_pain(exercise, day, live)
        for key in live.open_keys(item)
    ]
    if keys:
        book.recorder.do(Skip(tuple(keys), "pain"))
    return len(keys)


def stop_words(skipped: int) -> str:
    """What to say of pain that is too much, and of the sets that were ``skipped`` for it."""
    if not skipped:
        return PAIN_WORDS
    return f"{number_of(skipped, 'set')} left out for it; u brings them back. {PAIN_WORDS}"
