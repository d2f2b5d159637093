"""Syncs without being told to, in a process of its own: whoever starts it never waits for it."""

from __future__ import annotations

import os
import sys

from tui.app.profile import Profile
from tui.domain.planning.settings import SYNC_BY_HAND, SYNC_BY_ITSELF, SYNC_OFF
from tui.store.paths import Paths
from tui.store.sync_home import home_of

SETTING = "sync"
HOW_TO_CHANGE = "stridelift config set sync by hand"
# Starts what it is given and ends at once, so that the child is nobody's: it cannot be waited for,
# and is never left as a zombie.
DETACHED = '"$@" &'


def is_repository(paths: Paths) -> bool:
    """Whether the data folder is a repository at all, which takes one look to know."""
    # Unlike Path.exists this never raises.
    return os.path.isdir(paths.root / ".git")  # noqa: PTH112


def is_by_itself(profile: Profile, paths: Paths) -> bool:
    """Whether this machine syncs without being told to. Runs nothing."""
    if not is_repository(paths):
        return False
    return profile.setting(SETTING, SYNC_BY_HAND) == SYNC_BY_ITSELF and bool(home_of(paths))


def is_off(profile: Profile) -> bool:
    """Whether the runner wants no sync at all on this machine, not even by hand."""
    return profile.setting(SETTING, SYNC_BY_HAND) == SYNC_OFF


def sync_by_itself(profile: Profile) -> str:
    """Sync without being told to from now on, as a sync has just been set up; returns a line that
    says so. A runner who has chosen before is not overruled, unless the choice was no sync at all:
    then the line is empty. Raises ReadOnly or StoreError."""
    if profile.setting(SETTING, "") in (SYNC_BY_HAND, SYNC_BY_ITSELF):
        return ""
    profile.set(SETTING, SYNC_BY_ITSELF)
    return (
        "From now on this machine syncs at each start and after each change; "
        f"{HOW_TO_CHANGE} leaves it to you"
    )


def start_sync(paths: Paths) -> None:
    """Start a sync in the background, which nobody waits for: it has no terminal, no open file and
    no folder of this process, goes on after it, and says how it went in the state file. Raises
    OSError if no process can be started."""
    from subprocess import DEVNULL, run  # Takes longer to load than all else that `log` does here.

    if not sys.executable:
        return
    # -P: not the module of that name in a folder that happens to be the current one.
    program = (sys.executable, "-P", "-m", "tui")
    command = (*program, "sync", "--background", "--data-dir", str(paths.root))
    run(  # noqa: S603  our own program, and the folder is one of its arguments
        ["/bin/sh", "-c", DETACHED, "sh", *command],
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        cwd="/",
        start_new_session=True,
        check=False,
    )
