"""Where everything lies on disk. Knowing that creates nothing and opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


def data_dir(option: str | None, env: Mapping[str, str]) -> Path:
    """The data directory, absolute: ``option`` (--data-dir), else STRIDELIFT_HOME in ``env``, else
    the place this system keeps a user's data. An empty string counts as not given."""
    if chosen := option or env.get("STRIDELIFT_HOME"):
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path  # 1 ms that a named folder spares

    return user_data_path("stridelift", appauthor=False)


# No msgspec here: that would double what `locate` takes, which needs nothing else of it.
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
    def cache_dir(self) -> Path:
        """Holds what can be made again from the rest and is kept to save the time."""
        return self.root / "cache"

    @property
    def fault(self) -> Path:
        """Where in the program its last fault came up."""
        return self.cache_dir / "fault.txt"

    @property
    def profile(self) -> Path:
        """Settings, races and runs."""
        return self.root / "profile.json"

    @property
    def library(self) -> Path:
        """The runner's own exercises and programmes."""
        return self.root / "library.json"

    @property
    def lock(self) -> Path:
        """Locked by the one process that writes; says which one that is."""
        return self.root / "writer.lock"

    def year(self, year: int) -> Path:
        """The log of one calendar year."""
        return self.log_dir / f"{year:04d}.json"

    def journal(self, session_id: str) -> Path:
        """The journal of one live session."""
        return self.live_dir / f"{session_id}.jsonl"
