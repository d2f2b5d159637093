"""Files that must be plain ones: what stands in their place is refused at once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tui.store.regular import open_regular


def test_a_plain_file_is_opened_through_a_link_too(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"four")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with open_regular(tmp_path / "link", 4) as file:
        assert file.read() == b"four"


def test_whatever_else_stands_there_is_refused_and_left_closed(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"five!")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    handle = os.open(tmp_path / "large", os.O_RDONLY)
    os.close(handle)
    for name, code in [
        ("large", errno.EFBIG),
        ("folder", errno.EISDIR),
        ("pipe", errno.EINVAL),
        ("none", errno.ENOENT),
    ]:
        with pytest.raises(OSError, match=rf"^\[Errno {code}\]"):
            open_regular(tmp_path / name, 4)
    with pytest.raises(OSError, match="no plain file"):
        open_regular(Path("/dev/zero"), 4)
    # The lowest number that is free is the one that was: nothing was left open.
    assert os.open(tmp_path / "large", os.O_RDONLY) == handle
    os.close(handle)
