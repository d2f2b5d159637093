"""What of a ``.git`` folder git may see: objects, branches and index, never its configuration.

A repository's own configuration can name commands in more ways than can be listed (hooks, filters,
editors, helpers, other transports, files to include), and a folder may be somebody else's. So git
is given a second folder as the common one, in this machine's state folder: its links lead to what
the repository keeps, its configuration is made here, of the few settings that are known to be
harmless. Hooks, attributes, grafts and remotes of older kinds are simply not there.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tui.domain.model.text import clean
from tui.store.atomic import make_folder, temp_of
from tui.store.errors import refused
from tui.store.git_words import GitFailed, Remote
from tui.store.paths import Paths
from tui.store.program import sources_now

LINKED = ("objects", "refs", "packed-refs", "logs", "shallow")
# The runner may have these; git that sees the stand-in does not look for them.
NEVER_READ = {"hooks", "fsmonitor--daemon.ipc"}
MOST_CONFIG = 256 << 10
MOST_NAMES = 100_000
FORMATS = {"sha1", "sha256"}
# Extensions of a repository that mean nothing for what is done here; without a promisor remote a
# partial clone only has objects that are missing.
HARMLESS = {"objectformat", "worktreeconfig", "noop", "noop-v1", "preciousobjects", "partialclone"}
# Attributes that beat those of the work files, which are as foreign as the rest: no filter, not
# even one of the runner's, and no byte changed, whatever core.autocrlf is.
AS_IT_IS = "* -text -filter -ident -working-tree-encoding -diff -merge\n"
# Where it is remembered what the remote had.
TRACKED = "+refs/heads/main:refs/remotes/home/main"
SWITCHES = ("core.filemode", "core.ignorecase", "core.precomposeunicode", "core.symlinks")
# Where the server is a path, git runs its side here, with that folder's configuration: none of its
# hooks, nothing that outlives the command, no files checked out.
AT_A_PATH = (
    "git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.alternateRefsCommand=true "
    "-c gc.autoDetach=false -c receive.denyCurrentBranch=refuse -c core.fsync=all {side}"
)


class GitFolder(NamedTuple):
    """The ``.git`` of a data folder, and the folder that stands in for its configuration."""

    git: Path
    stand_in: Path

    @classmethod
    def of(cls, root: Path) -> GitFolder:
        """Those of a data folder. Nothing is read."""
        git = root / ".git"
        name = hashlib.sha256(os.fsencode(git)).hexdigest()[:16]
        return cls(git, Paths(root).state_dir / "git" / name)

    @property
    def config(self) -> Path:
        """The repository's own configuration; read, but never handed to git."""
        return self.git / "config"

    def there(self) -> bool:
        """Whether the data folder has a ``.git`` of whatever kind."""
        return os.path.lexists(self.git)

    def whole(self) -> bool:
        """Whether it was made to the end; a kill may have been in between."""
        return all((self.git / name).exists() for name in ("HEAD", "config", "objects", "refs"))

    def check(self) -> None:
        """Raise GitFailed if git could be led out of the folder, or held up: by links, pipes or
        devices where files should be, or by somebody else who could put them there meanwhile."""
        name = clean(str(self.git))
        try:
            found = os.lstat(self.git)
            if not stat.S_ISDIR(found.st_mode):
                raise GitFailed("unsafe", f"{name} leads elsewhere: sync needs a folder of its own")
            if found.st_uid != os.geteuid():
                raise GitFailed("unsafe", f"{name} belongs to another user: sync leaves it alone")
            self._check_below()
        except OSError as error:
            raise refused(self.git, error, "read") from error

    def _check_below(self) -> None:
        folders, count = [self.git], 0
        # Names folders to take objects from.
        borrowed = str(self.git / "objects" / "info" / "alternates")
        while folders and count <= MOST_NAMES:
            try:
                with os.scandir(folders.pop()) as entries:
                    found = list(entries)
            except FileNotFoundError:
                continue  # Git at work elsewhere has just tidied up.
            count += len(found)
            for one in found:
                if one.name in NEVER_READ:
                    continue
                if one.is_dir(follow_symlinks=False):
                    folders.append(Path(one.path))
                elif one.path == borrowed or not one.is_file(follow_symlinks=False):
                    raise GitFailed(
                        "unsafe",
                        f"{clean(one.path)} leads out of the folder: sync waits until it is moved "
                        "away",
                    )
        if count > MOST_NAMES:
            raise GitFailed("unsafe", f"{clean(str(self.git))} has more in it than a log needs")

    def seen(self) -> str:
        """A line that changes when the configuration does, or this program. Raises StoreError if
        it is too large or cannot be read."""
        try:
            found = self.config.stat()
            program = sources_now().fingerprint.hex()[:16]
        except OSError as error:
            raise refused(self.config, error, "read") from error
        if found.st_size > MOST_CONFIG:
            raise GitFailed("unsafe", f"{clean(str(self.config))} is far too large")
        times = f"{found.st_mtime_ns} {found.st_ctime_ns}"
        return f"# {program} {found.st_dev} {found.st_ino} {found.st_size} {times}"

    def made_of(self) -> str:
        """The line of :meth:`seen` that the stand-in was made of; empty if there is none."""
        try:
            with (self.stand_in / "config").open(encoding="utf-8") as file:
                return file.readline(200).rstrip("\n")
        except (OSError, UnicodeDecodeError):
            return ""

    def make(self, seen: str, listed: bytes) -> None:
        """Make the stand-in's configuration of what ``git config --list -z`` said of the
        repository's. Raises GitFailed, or StoreError if the disk refuses."""
        text = f"{seen}\n{_harmless(listed, self.config)}"
        try:
            make_folder(self.stand_in / "info")
            # The configuration last: it has the line that all of it is known by. Not synced to
            # disk, as it can be made again.
            _put(self.stand_in / "info" / "attributes", AS_IT_IS)
            _put(self.stand_in / "config", text)
        except OSError as error:
            raise refused(self.stand_in, error) from error

    def link(self) -> None:
        """See that the links of the stand-in lead to the repository. Raises StoreError."""
        try:
            (self.git / "logs").mkdir(mode=0o700, exist_ok=True)
            for name in LINKED:
                path, target = self.stand_in / name, self.git / name
                if _leads_to(path, target):
                    continue
                temp = _temp_of(path)
                with suppress(FileNotFoundError):
                    temp.unlink()
                temp.symlink_to(target)
                temp.replace(path)
        except OSError as error:
            raise refused(self.stand_in, error) from error


def _put(path: Path, text: str) -> None:
    temp = _temp_of(path)
    temp.write_text(text, encoding="utf-8")
    temp.replace(path)


def _temp_of(path: Path) -> Path:
    # Several threads may make the same.
    return temp_of(path, f".{threading.get_ident()}")


def _leads_to(path: Path, target: Path) -> bool:
    try:
        return path.readlink() == target
    except OSError:
        return False


def _harmless(listed: bytes, config: Path) -> str:
    """Git's configuration with what is taken over from that of the repository."""
    found: dict[str, str] = {}
    for entry in listed.decode("utf-8", "replace").split("\0"):
        key, _, value = entry.partition("\n")
        # The first counts: that is where git fetches from.
        found.setdefault(key, value)
    format_ = found.get("extensions.objectformat", "sha1")
    strange = [key for key in found if _strange_extension(key)]
    if strange or format_ not in FORMATS or found.get("core.repositoryformatversion", "0") > "1":
        raise GitFailed("other", f"{clean(str(config))} is of a kind that sync does not know")
    lines = ["[core]", f"repositoryformatversion = {int(format_ != 'sha1')}", "bare = false"]
    for key in SWITCHES:
        if found.get(key) in ("true", "false"):
            lines.append(f"{key.partition('.')[2]} = {found[key]}")
    if format_ != "sha1":
        lines += ["[extensions]", f"objectFormat = {format_}"]
    names = [(key, found[key]) for key in ("user.name", "user.email") if found.get(key)]
    if names:
        lines += [
            "[user]",
            *(f"{key.partition('.')[2]} = {_quoted(value)}" for key, value in names),
        ]
    if url := found.get("remote.home.url"):
        lines += ['[remote "home"]', f"url = {_quoted(Remote.read(url).url)}", f"fetch = {TRACKED}"]
        if Remote.read(url).local:
            lines.append(f"uploadpack = {_quoted(AT_A_PATH.format(side='upload-pack'))}")
            lines.append(f"receivepack = {_quoted(AT_A_PATH.format(side='receive-pack'))}")
    return "\n".join(lines) + "\n"


def _strange_extension(key: str) -> bool:
    section, _, name = key.partition(".")
    return section == "extensions" and name not in HARMLESS


def _quoted(value: str) -> str:
    """A value of git's configuration in quotes, with nothing in it that could end the line."""
    escaped = re.sub(r'(["\\])', r"\\\1", "".join(c for c in value if c >= " " and c != "\x7f"))
    return f'"{escaped}"'
