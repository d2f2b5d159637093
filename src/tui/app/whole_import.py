"""Takes in what a whole export (``export --all``) has besides the log: settings, calendar and own
library."""

from __future__ import annotations

from tui.app.copies import Book, Copy, take_copy
from tui.domain.planning.profile_joining import SETTINGS
from tui.formats.setlog_whole import Whole
from tui.store.profile import LOCAL
from tui.store.tables import Tables


def take_whole(book: Book, whole: Whole, *, dry_run: bool) -> int:
    """Join it into the runner's own, as any other copy, and return how many documents came; with
    ``dry_run`` only count them. Nothing is written unless all of it fits. Raises ReadOnly or
    StoreError."""
    libraries = (whole.library,) if whole.library else ()
    copy = Copy(profile=shared(whole.profile), libraries=libraries)
    brought = take_copy(book, copy, dry_run=dry_run)
    return brought.settings + brought.entries


def shared(profile: Tables) -> Tables:
    """The tables of a profile without the settings that are one machine's."""
    mine = profile.get(SETTINGS, {})
    held = {key: doc for key, doc in mine.items() if key not in LOCAL}
    return {**profile, SETTINGS: held} if mine else profile
