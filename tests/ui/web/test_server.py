"""The server: whom it refuses, and the full screen that each page gets."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from tests.browser.chromium import until
from tests.ui.driver import Books
from tests.ui.web.viewer import COOKIE, served
from tui.store.lock import WriterLock
from tui.store.paths import Paths
from tui.ui.web import server
from tui.ui.web.server import FAILED, THEIRS

EVERYTHING = ("/", "/ws", "/page.js", "/page.css", "/nothing", *THEIRS)


async def test_without_the_token_nothing_is_shown(tmp_path: Path) -> None:
    async with served(tmp_path) as here:
        for path in EVERYTHING:
            for asked, cookie in [(path, ""), (f"{path}?token=x", "x"), (path, "x" * 43)]:
                status, text, _ = await here.get(
                    asked, Origin=here.base, Cookie=f"{COOKIE}={cookie}"
                )
                assert (status, text[:9]) == (403, "Open the ")
        # Only the address that was printed takes it; a socket's would be in logs.
        status, _, _ = await here.get(f"/ws?token={here.guard.token}", Origin=here.base)
        assert status == 403


async def test_with_it_the_page_comes_and_a_cookie_for_the_rest(tmp_path: Path) -> None:
    async with served(tmp_path) as here:
        status, text, headers = await here.get(f"/?token={here.guard.token}")
        assert status == 200
        assert "<title>Stridelift</title>" in text
        assert here.guard.token not in text
        assert headers["Set-Cookie"] == (
            f"{COOKIE}={here.guard.token}; HttpOnly; Path=/; SameSite=Strict"
        )
        for path in EVERYTHING[2:]:
            status, text, headers = await here.get(path, **here.ours)
            assert status == (404 if path == "/nothing" else 200)
            assert text
            assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src")
            assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "other",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
async def test_another_site_is_refused_though_the_browser_sends_the_cookie(
    tmp_path: Path, other: dict[str, str]
) -> None:
    async with served(tmp_path) as here:
        for path in ("/", "/ws", "/page.js"):
            assert (await here.get(path, **here.ours | other))[0] == 403


async def test_a_name_that_is_not_known_is_said_to_be_it(tmp_path: Path) -> None:
    async with served(tmp_path) as here:
        status, text, _ = await here.get(f"/?token={here.guard.token}", Host="gym.lan")
        assert (status, text[:40]) == (403, "stridelift serve does not know this name")


async def test_a_socket_that_does_not_say_from_which_page_is_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as here:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await here.client.ws_connect(f"{here.base}/ws", headers={"Cookie": here.ours["Cookie"]})


async def test_one_page_logs_and_the_other_follows_and_takes_over(tmp_path: Path) -> None:
    books = Books(tmp_path)
    async with served(tmp_path) as here:
        first = await here.page()
        await first.shows("log set 1")
        # Nothing of this is from our page.
        for odd in ("[", "{}", "[]", '["stdin", 7]', '["resize", {"width": "x"}]', '["blur"]'):
            await first.socket.send_str(odd)
        await first.socket.send_json(["ping", "7"])
        await until(lambda: first.told == "7", lambda: "an answer")
        await first.type("\r")
        await first.shows("●○○")
        second = await here.page()
        await second.shows("●○○")
        # Two enters in a row are taken for one.
        await first.type("e8x6s\r")
        await first.shows("2 of 14 sets")
        await second.shows("2 of 14 sets")
        assert "LOOKING ONLY" in second.text()
        # A page that is closed ends its program, and the session goes on in the other.
        await first.socket.close()
        await second.shows("is closed")
        await second.type("e8x6s\r")
        await second.shows("This one logs now; press it again.")
        await second.type("\r")
        await second.shows("3 of 14 sets")
        await second.type("q")
        assert (await second.ends())[0] == 1000
    live = books.on_disk()
    assert live is not None
    assert [len(rows) for rows in live.rows.values()] == [2, 2, 2]  # two sides each
    assert _free(tmp_path)


async def test_a_program_that_cannot_start_says_why_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    async with served(tmp_path / "file") as here:
        code, words = await (await here.page()).ends()
        assert code == FAILED
        assert words.startswith(f"{tmp_path}/file/live could not be read: a file stands")


async def test_a_bug_of_ours_is_kept_for_a_report_and_ends_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(server, "_take", broken)
    async with served(tmp_path) as here:
        page = await here.page()
        await page.type("x")
        await here.pages.over.wait()
        await page.ends()
        assert isinstance(here.pages.fault, ZeroDivisionError)
        here.pages.fault = None


async def test_a_server_has_so_many_pages_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_PAGES", 1)
    async with served(tmp_path) as here:
        first = await here.page()
        assert (await (await here.page()).ends()) == (FAILED, "Too many pages are open: close one.")
        await first.shows("log set 1")


def _free(folder: Path) -> bool:
    lock = WriterLock(Paths(folder))
    try:
        return lock.acquire()
    finally:
        lock.release()
