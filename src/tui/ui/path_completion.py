"""Completes the path of a file as it is typed."""

from __future__ import annotations

import os
from pathlib import Path


def expanded(line: str) -> Path:
    """The path that was typed, with the home folder in place of ``~``. One that is pasted behind a
    folder that was offered, /logs//tmp/strong.csv, begins anew."""
    for anew in ("//", "/~"):
        if anew in line:
            line = line[line.rindex(anew) + 1 :]
    return Path(os.path.expanduser(line))  # noqa: PTH111  a Path raises for a user who is not there


def completed(line: str) -> str:
    """The path that what was typed begins, if there is just one, or as far as all of them agree;
    else the line itself."""
    path = expanded(line)
    folder, begun = (path, "") if line.endswith("/") else (path.parent, path.name)
    try:
        found = sorted(one for one in folder.iterdir() if one.name.startswith(begun))
    except OSError:
        return line
    if not found:
        return line
    first, last = found[0].name, found[-1].name
    same = next((n for n, c in enumerate(first) if last[n : n + 1] != c), len(first))
    end = "/" if len(found) == 1 and found[0].is_dir() else ""
    return line + first[len(begun) : same] + end
