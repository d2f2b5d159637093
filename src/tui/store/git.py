"""The git command at work on a data folder.

It sees the folder through :mod:`tui.store.git_folder`, so nothing that a repository's own
configuration says runs or changes a byte; the runner's own, global one counts. It has no terminal
unless it may ask, and a limit of time; see :mod:`tui.store.git_process`.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from tui.domain.model.text import clean
from tui.store.atomic import make_folder
from tui.store.errors import FolderGone, refused
from tui.store.git_folder import TRACKED, GitFolder
from tui.store.git_process import MOST_OUTPUT, Ended, own_terminal, run_whole
from tui.store.git_words import (
    GitFailed,
    Remote,
    Trouble,
    failed,
    flooded,
    late,
    no_git,
    not_set_up,
)

__all__ = ["Git", "GitFailed", "Remote"]

# Who asks the runner, and whether.
ASKERS = (
    "GIT_TERMINAL_PROMPT",
    "GIT_ASKPASS",
    "SSH_ASKPASS",
    "SSH_ASKPASS_REQUIRE",
    "GCM_INTERACTIVE",
)
NAME, ADDRESS = "Stridelift", "stridelift@localhost"
# Seconds for a command without a network; only packing everything takes more than a moment.
LOCAL_S = 60.0
# Bytes of output of a command that speaks to a server: a list of branches at most.
MOST_SAID = 4 << 20
SSH = "ssh -oConnectTimeout=10 -oServerAliveInterval=5 -oServerAliveCountMax=3"
# Each -c beats every file. The repository's own file is never read (git_folder.py); these are
# about the runner's, where it could change bytes, wait for a key, or leave a process behind.
ALWAYS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.untrackedCache": "false",
    "core.commitGraph": "false",
    "core.fsync": "all",
    "core.quotePath": "true",
    "core.logAllRefUpdates": "true",
    "commit.gpgSign": "false",
    "push.gpgSign": "false",
    "push.followTags": "false",
    "push.recurseSubmodules": "no",
    "fetch.recurseSubmodules": "false",
    "fetch.prune": "false",
    "fetch.writeCommitGraph": "false",
    "gc.autoDetach": "false",
    "maintenance.auto": "false",
    "maintenance.autoDetach": "false",
    "advice.pushUpdateRejected": "false",
    "color.ui": "false",
}
# What writes a name into a commit or a log.
NAMED = {"commit", "commit-tree", "reset", "symbolic-ref", "update-ref"}
# Those variables of git that are the runner's wish and lead git to no other files.
KEPT = {
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_EXEC_PATH",
    "GIT_PROXY_SSL_CAINFO",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH",
    "GIT_SSL_CERT",
    "GIT_SSL_KEY",
    "GIT_SSL_NO_VERIFY",
}


class Git:
    """The git command for the data folder ``root``. A command that uses the network has
    ``patience_s`` seconds, and asks in the terminal (for a passphrase, say) only if it ``may_ask``
    and this process has one. ``calls`` is how often git was started."""

    def __init__(self, root: Path, *, may_ask: bool, patience_s: float) -> None:
        self.root = root.absolute()
        self.calls = 0
        self._may_ask = may_ask
        self._patience_s = patience_s
        self._folder = GitFolder.of(self.root)
        self._ready = False
        self._wishes: dict[str, str] | None = None

    # -- the repository ------------------------------------------------------------------------

    def set_up(self, url: str) -> None:
        """Make the folder a repository if it is none, with branch ``main``, and ``url`` its remote
        ``home``, for the runner's plain git too; a path is one from the folder that this process
        runs in. Raises GitFailed, StoreError."""
        remote = Remote.read(url)
        if not remote.scheme:
            remote = Remote.read(str(Path(url).expanduser().absolute()))
        if self._folder.there():
            self._folder.check()
        if not self._folder.whole():
            kept = ("--template=", "--object-format=sha1")
            self._bare_git("init", "-q", "-b", "main", *kept, "--", str(self.root))
        self._folder.check()
        for key, value in (
            ("remote.home.url", remote.url),
            ("remote.home.fetch", TRACKED),
            ("branch.main.remote", "home"),
            ("branch.main.merge", "refs/heads/main"),
            ("pull.rebase", "false"),
        ):
            self._own_config("--replace-all", key, value)
        self._ready = False

    def there(self) -> bool:
        """Whether the data folder has a repository of its own."""
        return self._folder.there()

    def remote(self) -> Remote | None:
        """What ``home`` stands for; None if it was not set up. Raises GitFailed, StoreError."""
        url = self._wish("remote.home.url")
        return Remote.read(url) if url else None

    def author(self) -> str:
        """Who makes a commit, as git writes it there: ``Anna <anna@home>``. Raises GitFailed,
        StoreError."""
        names = self._names()
        return f"{names['GIT_AUTHOR_NAME']} <{names['GIT_AUTHOR_EMAIL']}>"

    # -- commands ------------------------------------------------------------------------------

    def run(
        self,
        *args: str,
        data: bytes = b"",
        index: Path | None = None,
        ok: tuple[int, ...] = (0,),
        synced: bool = True,
    ) -> bytes:
        """What a git command without a network prints, given ``data`` as its input; ``index`` is
        another index file than the repository's. What it writes is on disk when this returns, if
        it is to be ``synced``. Raises GitFailed if it does not end with a code that is ``ok``, or
        StoreError."""
        env = self._env()
        if index is not None:
            env["GIT_INDEX_FILE"] = str(index)
        if args[0] in NAMED:
            env |= self._names()
        how = () if synced else ("-c", "core.fsync=none")
        return self._asked(*how, *args, env=env, data=data, ok=ok)

    def network(self, *args: str) -> bytes:
        """What a git command prints that speaks to ``home``: fetch, push, ls-remote. When it takes
        too long or is interrupted, everything it started is ended. Raises GitFailed,
        StoreError, KeyboardInterrupt."""
        remote = self.remote()
        if remote is None:
            raise not_set_up(clean(str(self.root)))
        with own_terminal() if self._may_ask else nullcontext(None) as terminal:
            env = self._env() | self._names() | self._ways()
            if terminal is not None:
                env = _asking(env)
            elif env["GIT_SSH_COMMAND"] == SSH:
                env["GIT_SSH_COMMAND"] = f"{SSH} -oBatchMode=yes"
            trouble = Trouble(remote, "", clean(str(self.root)), terminal is not None)
            ended = self._git(
                (*_settings(), *args),
                env,
                self.root,
                self._patience_s,
                trouble,
                most=MOST_SAID,
                terminal=terminal,
            )
        return _output(ended, trouble, (0,))

    def _asked(
        self,
        *args: str,
        env: Mapping[str, str] | None = None,
        data: bytes = b"",
        ok: tuple[int, ...] = (0,),
    ) -> bytes:
        env = self._env() if env is None else env
        trouble = Trouble(None, "", clean(str(self.root)), may_ask=False)
        ended = self._git((*_settings(), *args), env, self.root, LOCAL_S, trouble, data=data)
        return _output(ended, trouble, ok)

    def _bare_git(self, *args: str, ok: tuple[int, ...] = (0,)) -> bytes:
        """What a git command prints that needs no repository, and is shown none."""
        folder = self._folder.stand_in
        try:
            make_folder(folder)
        except OSError as error:
            raise refused(folder, error) from error
        env = _clean_env() | {"GIT_CEILING_DIRECTORIES": str(folder.parent)}
        env |= {"GIT_DEFAULT_REF_FORMAT": "files"}
        trouble = Trouble(None, "", clean(str(self.root)), may_ask=False)
        ended = self._git(args, env, folder, LOCAL_S, trouble)
        return _output(ended, trouble, ok)

    def _own_config(self, *args: str) -> bytes:
        """What ``git config`` prints of the repository's own file, which it reads as a mere file:
        without what that includes."""
        return self._bare_git("config", "--file", str(self._folder.config), *args)

    def _git(
        self,
        args: Sequence[str],
        env: Mapping[str, str],
        folder: Path,
        patience_s: float,
        trouble: Trouble,
        *,
        data: bytes = b"",
        most: int = MOST_OUTPUT,
        terminal: int | None = None,
    ) -> Ended:
        if not self.root.is_dir():
            raise FolderGone(f"{clean(str(self.root))} is gone; put that folder back")
        self.calls += 1
        try:
            ended = run_whole(
                ("git", *args),
                env=env,
                folder=folder,
                patience_s=patience_s,
                data=data,
                most=most,
                terminal=terminal,
            )
        except FileNotFoundError as error:
            raise no_git() from error
        except OSError as error:
            raise refused(self.root, error, "synced") from error
        if ended.late:
            raise late(trouble, patience_s)
        if ended.flooded:
            raise flooded(trouble)
        return ended

    # -- what git is told by its environment ---------------------------------------------------

    def _env(self) -> dict[str, str]:
        """The environment in which git sees this repository, and nothing else. Raises GitFailed if
        there is none, or one that git must not see."""
        if not self._ready:
            if not self._folder.there():
                raise not_set_up(clean(str(self.root)))
            self._folder.check()
            self._ready = True
        seen = self._folder.seen()
        if seen != self._folder.made_of():
            self._folder.make(seen, self._own_config("--list", "-z"))
            self._wishes = None
        self._folder.link()
        return _clean_env() | {
            "GIT_DIR": str(self._folder.git),
            "GIT_COMMON_DIR": str(self._folder.stand_in),
            "GIT_WORK_TREE": str(self.root),
        }

    def _wish(self, key: str) -> str:
        """What git is told by the runner's configuration, the system's, or of the names and the
        address by the repository's; empty if nothing."""
        if self._wishes is None:
            keys = r"^(user\.(name|email)|core\.sshcommand|remote\.home\.url)$"
            listed = self._asked("config", "-z", "--get-regexp", keys, ok=(0, 1))
            pairs = (
                entry.partition("\n") for entry in listed.decode("utf-8", "replace").split("\0")
            )
            self._wishes = {name: value for name, _, value in pairs}
        return self._wishes.get(key, "")

    def _names(self) -> dict[str, str]:
        """Who makes a commit: the runner by the name that git knows, else the program."""
        name = _fit(self._wish("user.name")) or NAME
        address = _fit(self._wish("user.email")) or ADDRESS
        roles = ("AUTHOR", "COMMITTER")
        return {
            **{f"GIT_{role}_NAME": name for role in roles},
            **{f"GIT_{role}_EMAIL": address for role in roles},
        }

    def _ways(self) -> dict[str, str]:
        """How git gets to a server: by the runner's ssh, if there is a choice, else by one that
        notices when the server is gone."""
        theirs = os.environ.get("GIT_SSH_COMMAND") or self._wish("core.sshcommand")
        if not theirs and (program := os.environ.get("GIT_SSH")):
            theirs = shlex.quote(program)
        return {"GIT_SSH_COMMAND": theirs or SSH}


def _fit(name: str) -> str:
    """A name without what would end it where git writes it, and without the dots and quotes at its
    ends that git leaves out."""
    return re.sub(r"[<>\x00-\x1f\x7f]", "", name).strip(" .,:;\"'\\")


def _settings() -> list[str]:
    return [part for key, value in ALWAYS.items() for part in ("-c", f"{key}={value}")]


def _clean_env() -> dict[str, str]:
    """The runner's environment without what leads git elsewhere or lets it ask."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or not re.match(r"GIT_|LC_|LANG|SSH_ASKPASS", name)
    }
    # A command is never looked for in the folder that it runs in.
    path = kept.get("PATH", os.defpath).split(os.pathsep)
    return kept | {
        "PATH": os.pathsep.join(one for one in path if Path(one).is_absolute()),
        "LC_ALL": "C",
        "GIT_TERMINAL_PROMPT": "0",
        # Empty, not absent: then git does not look for the one in its configuration.
        "GIT_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
        "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        # The largest single piece of memory that git may ask for: eight times the largest file.
        "GIT_ALLOC_LIMIT": "512m",
    }


def _asking(env: Mapping[str, str]) -> dict[str, str]:
    """An environment in which git and ssh may ask, as they do in the runner's own."""
    asked = {name: value for name, value in env.items() if name not in ASKERS}
    return asked | {name: os.environ[name] for name in ASKERS if name in os.environ}


def _output(ended: Ended, trouble: Trouble, ok: tuple[int, ...]) -> bytes:
    if ended.code not in ok:
        raise failed(trouble._replace(said=ended.errors.decode("utf-8", "replace")))
    return ended.output
