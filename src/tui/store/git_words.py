"""What goes wrong between git, ssh and a server, in one line for the runner each.

What git says is read in its own language (LC_ALL=C) and is untrusted, as a server has a say in it:
of its words only a path or the last line is shown, cleaned and cut, and no command to type comes
from it.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from typing import Literal, NamedTuple

from tui.domain.model.text import clean, clip
from tui.store.errors import StoreError

Kind = Literal["missing", "offline", "refused", "rejected", "hanging", "locked", "unsafe", "other"]
MOST_URL = 1_000
MOST_SHOWN = 160
SCHEMES = {"ssh", "git+ssh", "ssh+git", "http", "https", "git", "file"}
SCHEME = re.compile(
    r"([a-zA-Z][a-zA-Z0-9+.-]*)://(?:([^/@]*)@)?(\[[^]/]*\]|[^:/]*)(?::(\d*))?(/.*|)"
)
# user@host:path, as ssh has it; with a slash before the colon it is a path.
SHORT = re.compile(r"(?:([^/@:]+)@)?(\[[^]/]+\]|[^/:\[]+):(.*)")
HELPER = re.compile(r"[a-zA-Z0-9+.-]+::")


class GitFailed(StoreError):
    """A git command did not do what was asked. ``kind`` says which way, the text is one line for
    the runner, without a full stop; nothing of the log is changed by it."""

    def __init__(self, kind: Kind, words: str) -> None:
        super().__init__(words)
        self.kind: Kind = kind


class Remote(NamedTuple):
    """The address that a log is synced with, taken apart. ``host`` is empty for a path."""

    url: str
    scheme: str
    user: str
    host: str
    port: str
    path: str

    @classmethod
    def read(cls, url: str) -> Remote:
        """Take an address apart. Raises GitFailed if it is none, or could run a command."""
        shown = clip(_no_login(clean(url)), MOST_SHOWN)
        if not url.strip() or len(url) > MOST_URL or clean(url) != url:
            raise GitFailed("unsafe", f"'{shown}' is no address; one looks like you@home:log.git")
        if url.startswith("-") or HELPER.match(url):
            raise GitFailed(
                "unsafe", f"'{shown}' could run a command; an address looks like you@home:log.git"
            )
        if found := SCHEME.fullmatch(url):
            scheme, user, host, port, path = (part or "" for part in found.groups())
            remote = cls(url, scheme.lower(), user, host.strip("[]"), port, path)
        elif "://" in url:
            raise GitFailed("unsafe", f"'{shown}' is no address; one looks like you@home:log.git")
        elif (found := SHORT.fullmatch(url)) and not url.startswith("/"):
            user, host, path = (part or "" for part in found.groups())
            host, _, port = (
                host.strip("[]").partition(":") if host.count(":") == 1 else (host, "", "")
            )
            remote = cls(url, "ssh", user, host.strip("[]"), port, path)
        elif "@" in url and "/" not in url:
            # A folder here may be called so, but who types it means a server.
            raise GitFailed(
                "unsafe", f"'{shown}' names no repository there; one looks like you@home:log.git"
            )
        else:
            remote = cls(url, "", "", "", "", url)
        if remote.scheme and remote.scheme not in SCHEMES:
            raise GitFailed("unsafe", f"'{clean(remote.scheme)}' is no way to a server; use ssh")
        path = remote.path.removeprefix("/") if remote.scheme else remote.path
        if any(part.startswith("-") for part in (remote.user, remote.host, path)):
            raise GitFailed("unsafe", f"'{shown}' could run a command: no part may begin with -")
        if remote.scheme not in ("", "file") and not remote.host:
            raise GitFailed("unsafe", f"'{shown}' names no server")
        return remote

    @property
    def local(self) -> bool:
        """Whether it is a path on this machine."""
        return self.scheme in ("", "file")

    @property
    def by_ssh(self) -> bool:
        """Whether ssh is on the way."""
        return "ssh" in self.scheme

    @property
    def name(self) -> str:
        """What the other end is called in a sentence: its machine, else its path."""
        return self.path if self.local else self.host

    @property
    def login(self) -> str:
        """What ssh is told to get there: ``-p 2222 you@home``."""
        target = shlex.quote(f"{self.user}@{self.host}" if self.user else self.host)
        return f"-p {self.port} {target}" if self.port else target

    @property
    def server_path(self) -> str:
        """The path there, fit to be typed in a shell."""
        path = self.path
        # ssh://home/~/log.git is ~/log.git there.
        if self.by_ssh and path.startswith("/~"):
            path = path[1:]
        home, slash, rest = path.partition("/") if path.startswith("~") else ("", "", path)
        return f"{home}{slash}{shlex.quote(rest)}"

    def make(self) -> str:
        """What to type there, once, so that a log can be kept."""
        path = self.server_path
        return f"git init --bare -b main {path} && git -C {path} config gc.auto 256"


class Trouble(NamedTuple):
    """What went wrong: the other end (None: git was at work in the folder alone), the end of what
    git said, the folder, whether it may ask the runner."""

    remote: Remote | None
    said: str
    folder: str
    may_ask: bool

    @property
    def place(self) -> str:
        """Where it went wrong."""
        return self.remote.name if self.remote else self.folder


Words = Callable[[Trouble, re.Match[str]], str]


def failed(trouble: Trouble) -> GitFailed:
    """The error that the end of what git said tells of."""
    for kind, pattern, words in KNOWN if trouble.remote else KNOWN_HERE:
        if found := re.search(pattern, trouble.said, re.MULTILINE | re.IGNORECASE):
            return GitFailed(kind, words(trouble, found))
    told = _last_line(trouble.said)
    if trouble.remote and not told:
        # The connection ended, and nobody said a word.
        return GitFailed("offline", f"{trouble.place} broke off")
    more = "" if trouble.remote else "; stridelift doctor says more"
    return GitFailed("other", f"{trouble.place}: {told or 'git did not say why'}{more}")


def late(trouble: Trouble, patience_s: float) -> GitFailed:
    """The error for git that was ended after ``patience_s`` seconds."""
    seconds = f"{patience_s:g} seconds"
    if trouble.remote is None:
        return GitFailed("hanging", f"git did nothing for {seconds} in {trouble.folder}")
    answered = "did not answer, or was not answered," if trouble.may_ask else "did not answer"
    return GitFailed("hanging", f"{trouble.place} {answered} within {seconds}")


def flooded(trouble: Trouble) -> GitFailed:
    """The error for git that was ended because it said too much."""
    if trouble.remote is None:
        return GitFailed("other", f"git in {trouble.folder} has a file larger than any of a log")
    return GitFailed("other", f"{trouble.place} sends more than a log can be")


def no_git() -> GitFailed:
    """The error where there is no git."""
    return GitFailed("missing", "sync needs git: install it (apt install git)")


def not_set_up(folder: str) -> GitFailed:
    """The error for a folder that has no repository yet."""
    return GitFailed("other", f"{folder} is not synced yet: stridelift sync --to you@home:log.git")


def _last_line(said: str) -> str:
    """The last that was said and means something, to show; empty if nothing does."""
    lines = [line.strip() for line in re.split(r"[\r\n]", said)]
    told = [line for line in lines if line and line not in NO_NEWS]
    words = re.sub(r"^(?:fatal|error|warning): ", "", told[-1]) if told else ""
    return clip(_no_login(clean(words)), MOST_SHOWN)


def _no_login(words: str) -> str:
    """``words`` without the name and the password of an address in them."""
    return re.sub(r"://[^/@\s]*@", "://", words)


NO_NEWS = {
    "Please make sure you have the correct access rights",
    "and the repository exists.",
    "fatal: Could not read from remote repository.",
    "fatal: the remote end hung up unexpectedly",
    "fatal: The remote end hung up unexpectedly",
}


# --- what is recognised, the surest first ---------------------------------------------------------


def _offline(trouble: Trouble, found: re.Match[str]) -> str:
    return f"{trouble.place} cannot be reached ({found[0].lower()})"


def _changed_key(trouble: Trouble, _: re.Match[str]) -> str:
    assert trouble.remote is not None
    # Only ssh knows under what it keeps the old one: an alias, a name, a number, a port.
    return (
        f"{trouble.place} has another key than before: it may be another machine. If it was set up "
        f"anew, ssh says which old key to remove: type: ssh {trouble.remote.login}"
    )


def _unknown_key(trouble: Trouble, _: re.Match[str]) -> str:
    assert trouble.remote is not None
    return f"{trouble.place} is not known to ssh here yet: type: ssh {trouble.remote.login}"


def _refused_key(trouble: Trouble, _: re.Match[str]) -> str:
    assert trouble.remote is not None
    login = trouble.remote.login
    if trouble.may_ask:
        return f"{trouble.place} refused the key of this machine; type: ssh-copy-id {login}"
    return (
        f"{trouble.place} refused, or the key needs its passphrase: type ssh-add, or once: "
        f"ssh-copy-id {login}"
    )


def _refused_password(trouble: Trouble, _: re.Match[str]) -> str:
    if trouble.may_ask:
        return f"{trouble.place} refused the name or the password"
    return f"{trouble.place} asks for a name and a password: type: stridelift sync"


def _no_log_there(trouble: Trouble, _: re.Match[str]) -> str:
    remote = trouble.remote
    assert remote is not None
    if remote.local:
        # Typed with the disk out, it would fill the folder that the disk belongs in.
        return (
            f"there is no log at {remote.path} yet; if its disk is out, put it in, else type once: "
            f"{remote.make()}"
        )
    if remote.by_ssh:
        return f"there is no log on {remote.host} yet; type there, once: {remote.make()}"
    return f"there is no log at {remote.path} on {remote.host}; make an empty repository there"


def _not_bare(trouble: Trouble, _: re.Match[str]) -> str:
    return (
        f"{trouble.place} has files of its own; sync needs one made with: git init --bare -b main"
    )


def _damaged(trouble: Trouble, _: re.Match[str]) -> str:
    remote = trouble.remote
    assert remote is not None
    return (
        f"the log at {remote.name} is damaged; your machines fill a new one when they sync: move "
        f"this one away there, then type there: {remote.make()}"
    )


def _declined(trouble: Trouble, found: re.Match[str]) -> str:
    return f"{trouble.place} does not take what was sent: {clip(clean(found[1]), MOST_SHOWN)}"


def _locked(trouble: Trouble, found: re.Match[str]) -> str:
    path = _path(os.path.normpath(found[1]))
    if trouble.remote is None or trouble.remote.local or path.startswith(trouble.folder):
        return f"{path} is left from a git that was ended: remove it if no git is at work"
    return f"on {trouble.place} {path} is left from before: remove it there if no git is at work"


def _owned_by_another(trouble: Trouble, found: re.Match[str]) -> str:
    remote = trouble.remote
    if remote and remote.local:
        return (
            f"{remote.path} belongs to another user, so git does not trust it. If it is yours all "
            f"the same, type: git config --global --add safe.directory {remote.server_path}"
        )
    return (
        f"git on {trouble.place} trusts no folder of another user: see who owns {_path(found[1])}"
    )


def _full(trouble: Trouble, _: re.Match[str]) -> str:
    # Who says so, this end or the other, stands before it.
    if trouble.remote and re.search(r"^remote: |remote unpack failed", trouble.said, re.MULTILINE):
        return f"the disk of {trouble.place} is full"
    return f"the disk of {trouble.folder} is full"


def _not_writable(trouble: Trouble, _: re.Match[str]) -> str:
    return f"{trouble.place} does not let this user write the log there"


def _not_writable_here(trouble: Trouble, _: re.Match[str]) -> str:
    return f"this user may not write in {trouble.folder}/.git: change the permissions there"


def _no_ssh(_: Trouble, __: re.Match[str]) -> str:
    return "sync needs ssh: install it (apt install openssh-client)"


def _no_git_there(trouble: Trouble, _: re.Match[str]) -> str:
    return f"{trouble.place} has no git: install it there (apt install git)"


def _talks(trouble: Trouble, _: re.Match[str]) -> str:
    return f"{trouble.place} greets before git may speak: silence its .bashrc for ssh"


def _someone_first(trouble: Trouble, _: re.Match[str]) -> str:
    return f"another machine was first at {trouble.place}"


def _not_allowed(trouble: Trouble, found: re.Match[str]) -> str:
    return f"{trouble.place}: '{clip(clean(found[1]), 20)}' is no way to a server; use ssh"


def _path(text: str) -> str:
    return clip(clean(text), MOST_SHOWN)


# What ssh says stands at the start of a line; what the other git says comes after "remote:".
SSH_REFUSED = r"^(?!remote:).*(?:Permission denied \(|Too many authentication failures)"
LOGIN_REFUSED = (
    r"^fatal: (?:Authentication failed for|could not read (?:Username|Password))|"
    r"requested URL returned error: 40[13]"
)
NOT_THERE = (
    r"does not appear to be a git repository|^fatal: not a git repository|"
    r"repository (?:'[^'\n]*' )?not found"
)
FIRST = (
    r"\[rejected\]|\[remote rejected\].*\((?:cannot lock ref|failed to update ref|"
    r"incorrect old value|fetch first|non-fast-forward)"
)
NOT_WRITABLE = (
    r"insufficient permission for adding an object|unpacker error|"
    r"remote unpack failed|unable to create temporary (?:file|object)"
)
# Of its own files the other end says "./objects", git here says a whole path.
DAMAGED = (
    r"^remote: (?:fatal|error): (?:loose object|object file \S+ is empty|packfile|bad object|"
    r"unresolved deltas|unable to read tree)|(?:stored in |object file |packfile )\./objects/|"
    r"upload-pack: not our ref|\(missing necessary objects\)"
)
UNREACHABLE = (
    r"could not resolve host(?:name)?|connection refused|connection timed out|no route to host|"
    r"network is unreachable|connection reset|closed by remote host|connection closed|"
    r"operation timed out|"
    r"failed to connect|couldn't connect to server|not responding|host is down|broken pipe|"
    r"temporary failure in name resolution|early EOF|unexpected disconnect"
)
KNOWN: tuple[tuple[Kind, str, Words], ...] = (
    ("refused", r"^(?!remote:).*REMOTE HOST IDENTIFICATION HAS CHANGED", _changed_key),
    ("refused", r"^Host key verification failed", _unknown_key),
    ("refused", SSH_REFUSED, _refused_key),
    ("refused", LOGIN_REFUSED, _refused_password),
    ("missing", r"^error: cannot run ssh|^(?:.*: )?ssh: (?:command )?not found", _no_ssh),
    ("missing", r"git-(?:upload|receive)-pack: (?:command )?not found", _no_git_there),
    ("unsafe", r"detected dubious ownership in repository at '([^'\n]*)'", _owned_by_another),
    ("unsafe", r"transport '([^'\n]*)' not allowed", _not_allowed),
    ("other", r"No space left on device|Disk quota exceeded|Out of diskspace", _full),
    ("locked", r"Unable to create '([^'\n]*\.lock)': File exists", _locked),
    ("other", NOT_THERE, _no_log_there),
    ("other", r"\[remote rejected\].*\(branch is currently checked out", _not_bare),
    ("rejected", FIRST, _someone_first),
    ("other", DAMAGED, _damaged),
    ("other", NOT_WRITABLE, _not_writable),
    ("other", r"\[remote rejected\].*\(([^()\n]*)\)", _declined),
    ("other", r"protocol error: bad line length", _talks),
    ("offline", UNREACHABLE, _offline),
)
# Without a server only these can be; a name in the folder may sound like any of the others.
KNOWN_HERE: tuple[tuple[Kind, str, Words], ...] = (
    *(one for one in KNOWN if one[2] in (_full, _locked)),
    ("other", r": Permission denied$|insufficient permission for adding", _not_writable_here),
)
