"""The settings as a whole: what they are now, and changes that can be taken back as one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from msgspec import Struct

from tui.app.journal_reader import as_of
from tui.app.logbook import Logbook
from tui.app.profile import Profile
from tui.domain.calculator.adherence import is_paused
from tui.domain.planning.dated_values import Held
from tui.present.setting_words import Known
from tui.store.errors import NotSynced, StoreError
from tui.store.sync_home import home_of
from tui.store.sync_state import OFFLINE, read_state, state_path


class SettingsChange(Struct, frozen=True):
    """The values with their days, by key, before and after a change."""

    before: Mapping[str, list[Held]]
    after: Mapping[str, list[Held]]


def known_settings(book: Logbook) -> Known:
    """What there is to show of the settings."""
    profile, day = book.profile, book.now().date()
    stored: dict[str, list[Held]] = {}
    with suppress(StoreError):  # The profile has reported it.
        stored = {**profile.store.histories(), **profile.store.local_histories()}
    return Known(
        stored=stored,
        library=profile.library,
        unit=profile.unit,
        programme=profile.programme,
        schedule=profile.setup.profile.schedule or "",
        paused=is_paused(profile.setup.profile, day),
        races=sum(race.day >= day for race in profile.setup.calendar.races),
        weekly=len(profile.diary.weekly),
        folder=str(book.paths.root),
        sync=_sync_words(book),
    )


def _sync_words(book: Logbook) -> str:
    """How sync stands: when it was last done, what waits, what is wrong, and with what it is."""
    home = home_of(book.paths)
    if not home:
        return "not set up"
    from tui.app.sync_setup import shown  # Needed only where there is sync.

    state = read_state(state_path(book.paths))
    words: list[str] = []
    if state is not None:
        if state.done is not None:
            words.append(f"last {as_of(state.done, book.now())}")
        if state.waiting:
            words.append(f"{state.waiting} wait here")
        if state.trouble:
            words.append("not reached" if state.trouble == OFFLINE else "trouble")
    return ", ".join([*words, shown(home)])


def change_settings(profile: Profile, values: Mapping[str, Any]) -> SettingsChange:
    """Store these values (JSON; None forgets a setting), which apply from today on. Raises ReadOnly
    or StoreError; then none of them is changed, as far as the disk lets us."""
    before = {key: profile.store.history(key) for key in values}
    try:
        for key, value in values.items():
            if value is None:
                profile.unset(key)
            else:
                profile.set(key, value)
    except NotSynced:
        raise
    except StoreError:
        with suppress(StoreError):
            put_back(profile, before)
        raise
    return SettingsChange(before, {key: profile.store.history(key) for key in values})


def put_back(profile: Profile, held: Mapping[str, list[Held]]) -> None:
    """Give settings exactly these values with their days. Raises ReadOnly or StoreError."""
    for key, values in held.items():
        if profile.store.history(key) != values:
            profile.put_back(key, values)
