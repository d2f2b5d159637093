"""The paths of the data directory and every file in it. Nothing here touches the disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tui.store.errors import StoreError


def data_dir(option: str | None, env: Mapping[str, str]) -> Path:
    """The data directory, absolute: ``option`` (--data-dir), else STRIDELIFT_HOME in ``env``, else
    the system's usual folder for user data. An empty string counts as not given. Raises StoreError
    if the folder cannot be known: nobody of that name, or a user without a home."""
    try:
        if chosen := option or env.get("STRIDELIFT_HOME"):
            return Path(chosen).expanduser().absolute()
        if (folder := _by_xdg(env, "XDG_DATA_HOME", ".local/share")) is not None:
            return folder
        from platformdirs import user_data_path  # As in _by_xdg.

        return user_data_path("stridelift", appauthor=False)
    except RuntimeError as error:
        raise StoreError(
            "there is no home folder to keep the log in; name a folder with --data-dir"
        ) from error


def _by_xdg(env: Mapping[str, str], name: str, below_home: str) -> Path | None:
    """The folder that platformdirs would return on Linux, found without loading it, which takes
    5 ms at every start; None where that is not certain, so that it must be asked."""
    base = Path(env.get(name) or Path(env.get("HOME", ""), below_home))
    return base / "stridelift" if sys.platform == "linux" and base.is_absolute() else None


# No msgspec here: importing it would double the run time of `locate`.
class Paths(NamedTuple):
    """The files and folders of one data directory, whether they exist or not."""

    root: Path

    @property
    def log_dir(self) -> Path:
        """Holds one file a year."""
        return self.root / "log"

    @property
    def live_dir(self) -> Path:
        """Holds the session under way."""
        return self.root / "live"

    @property
    def state_dir(self) -> Path:
        """Holds what belongs to this machine alone and must not travel with the log. Without a home
        folder it is below :attr:`cache_dir`."""
        if (folder := _by_xdg(os.environ, "XDG_STATE_HOME", ".local/state")) is not None:
            return folder
        from platformdirs import user_state_path  # As in _by_xdg.

        try:
            return user_state_path("stridelift", appauthor=False)
        except RuntimeError:
            return self.cache_dir / "state"

    @property
    def device(self) -> Path:
        """Names this machine."""
        return self.state_dir / "device"

    @property
    def rescue_dir(self) -> Path:
        """Holds sessions under way whose data folder is gone."""
        return self.state_dir / "rescue"

    @property
    def cache_dir(self) -> Path:
        """Holds what can be computed again from the rest; kept to save time."""
        return self.root / "cache"

    @property
    def hash_index(self) -> Path:
        """Holds hashes of files, with the sizes and times that they were made at."""
        return self.cache_dir / "hashes.index"

    @property
    def kept_library(self) -> Path:
        """Holds the shipped library as it was parsed."""
        return self.cache_dir / "library.parsed"

    @property
    def crash_dir(self) -> Path:
        """Holds the reports of bugs in the program."""
        return self.root / "crash"

    @property
    def merged_dir(self) -> Path:
        """Holds what was replaced: files that were taken into the log, versions that lost."""
        return self.root / "merged"

    @property
    def backups_dir(self) -> Path:
        """Holds the backups that the program made."""
        return self.root / "backups"

    @property
    def backup_told(self) -> Path:
        """When the runner was last told that the folder for second copies is missing."""
        return self.state_dir / "backup-told"

    @property
    def sync_dir(self) -> Path:
        """Holds how the last sync of each data folder went, and who is about to sync."""
        return self.state_dir / "sync"

    @property
    def sync_told(self) -> Path:
        """When the runner was last told that a sync by itself had trouble."""
        return self.state_dir / "sync-told"

    @property
    def profile(self) -> Path:
        """Settings, races and runs."""
        return self.root / "profile.json"

    @property
    def local(self) -> Path:
        """The settings of this machine alone."""
        return self.state_dir / "local.json"

    @property
    def library(self) -> Path:
        """The runner's own exercises and programmes."""
        return self.root / "library.json"

    @property
    def library_seen(self) -> Path:
        """The runner's own exercises and programmes as they were seen last."""
        return self.cache_dir / "library.seen"

    @property
    def lock(self) -> Path:
        """Locked by the one process that writes, and names it."""
        return self.root / "writer.lock"

    @property
    def write_request(self) -> Path:
        """Asks the process that writes to let another write."""
        return self.root / "write.request"

    @property
    def sync_request(self) -> Path:
        """Asks the process that writes to take in what sync has fetched."""
        return self.root / "sync.request"

    def year(self, year: int) -> Path:
        """The log of one calendar year."""
        return self.log_dir / f"{year:04d}.json"

    def journal(self, session_id: str, device: str) -> Path:
        """The journal of one live session on one machine."""
        return self.live_dir / f"{session_id}.{device}.jsonl"
