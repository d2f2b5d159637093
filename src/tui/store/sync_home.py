"""Says with which repository the data folder is synced, without running git."""

from __future__ import annotations

import re

from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.paths import Paths

REMOTE = "home"
MOST_BYTES = 1_000_000
SECTION = re.compile(r'\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]')
URL = re.compile(r"\s*url\s*=\s*(.*?)\s*", re.IGNORECASE)


def home_of(paths: Paths) -> str:
    """The address of the repository that the data folder is synced with, as its .git/config has it;
    empty if none is set up, or that cannot be read. It is text from a file."""
    try:
        found = read_file(paths.root / ".git" / "config", MOST_BYTES)
    except StoreError:
        return ""
    url, here = "", False
    for line in found[1].decode("utf-8", "replace").splitlines() if found else ():
        if section := SECTION.match(line):
            here = section[1].casefold() == "remote" and section[2] == REMOTE
        elif here and (match := URL.fullmatch(line)):
            url = match[1].strip('"')
    return url
