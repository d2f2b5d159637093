"""How the parts of the runner's repository are called, and its files."""

from __future__ import annotations

import re
from hashlib import sha1, sha256
from typing import NamedTuple

from tui.store.sync_home import REMOTE

BRANCH = "refs/heads/main"
HOME = f"refs/remotes/{REMOTE}/main"
# Names of commits that git keeps while something of its own has stopped half way.
STOPPED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
# Where git notes each move of HEAD and of the branch.
LOGS = ("logs/HEAD", f"logs/{BRANCH}")
# The runner's files that are joined.
OURS = re.compile(r"log/[0-9]{4}\.json|profile\.json|library\.json")
YEAR = re.compile(r"log/([0-9]{4})\.json")
PLAIN, RUN, TREE = "100644", "100755", "40000"


class File(NamedTuple):
    """A file in a commit: how git calls its mode, and the id of its bytes."""

    mode: str
    id: str


Files = dict[str, File]


def blob_id(data: bytes, like: str = "") -> str:
    """The id that git gives to these bytes, in a repository that has an id ``like`` this one."""
    return checksum(b"blob %d\0" % len(data) + data, like).hex()


def checksum(data: bytes, like: str) -> bytes:
    """What a repository hashes these bytes to that has an id ``like`` this one."""
    hashed = sha256 if len(like) == sha256().digest_size * 2 else sha1
    return hashed(data, usedforsecurity=False).digest()


def same(one: File | bytes, other: File | bytes | None) -> bool:
    """Whether two files, each as git has it or as bytes, are the same."""
    if isinstance(one, bytes):
        return isinstance(other, File) and blob_id(one, other.id) == other.id
    return one == other
