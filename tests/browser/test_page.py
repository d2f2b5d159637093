"""The page in a real browser. By hand, with pictures: ``python -m tests.browser.walk FOLDER``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import CHROMIUM, Page
from tests.browser.walk import walk


@pytest.mark.skipif(CHROMIUM is None, reason="not run: no Chromium")
async def test_a_session_by_keys_and_by_touch(tmp_path: Path) -> None:
    async def look(page: Page, name: str) -> None:
        assert (await page.picture()).startswith(b"\x89PNG"), name

    await walk(tmp_path, look, whole=False)
