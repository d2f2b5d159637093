"""Sharing: copying to the terminal's clipboard, and saving to a file."""

from __future__ import annotations

import base64
import errno
import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from textual.app import ComposeResult

from tests.ui.driver import Books, Driver, open_page, running
from tui.domain.model.text import UNSAFE
from tui.domain.model.values import Side
from tui.present.chart.svg import svg
from tui.present.chart.values import Chart, Drawn, Point, Series
from tui.present.history import session_report
from tui.present.report import Report, Section, markdown, plain_lines
from tui.present.table import Table
from tui.ui import sharing
from tui.ui.commands import TREND, bindings
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.summary_page import SummaryPage
from tui.ui.sharing import Shared, Sharing
from tui.ui.widgets.styled_text import Line, Lines
from tui.ui.widgets.virtual_list import VirtualList

HOSTILE = "\x1b]52;c;cm0gLXJm\x07 <b>[x](y)</b>\n# head | a\u202eb"
REPORT = Report(
    title="Split squat",
    sections=(
        Section(statements=("Up 2.5 kg.",)),
        Section(title="Sets", table=Table(("day", "kg"), (("1 Nov", "20"),)), notes=("calm",)),
    ),
)
CHART = Chart(
    measure="load", title="Load", short="load", unit="kg", drawn=Drawn.POINTS,
    series=(Series(Side.BOTH, (Point(date(2026, 11, 1), 20.0), Point(date(2026, 11, 2), 22.5))),),
    first=date(2026, 11, 1), last=date(2026, 11, 2),
)  # fmt: skip


class Slip(ListScreen):
    """A screen with nothing but something to share."""

    BINDINGS = bindings(TREND)
    place = TREND

    def __init__(self, navigator: Navigator, given: Shared | None) -> None:
        super().__init__(navigator)
        self.sharing = Sharing(self)
        self.given = given

    def compose(self) -> ComposeResult:
        yield from self.top()
        yield VirtualList(self._draw)
        yield from self.bottom()

    def _draw(self, value: str, width: int) -> Line:
        return [(value[:width], "")]

    def show(self) -> None:
        self.rows.show(["one", "two"])

    def shared(self) -> Shared | None:
        return self.given

    def on_key(self) -> None:
        self.sharing.key_pressed()

    def action_copy(self) -> None:
        self.sharing.copy()

    def action_save(self) -> None:
        self.sharing.save()


async def slip(ui: Driver, *, stem: str = "split-squat", chart: Chart | None = CHART) -> Slip:
    """Open a screen that shares, over the panes."""
    screen = Slip(ui.app.navigation, Shared(stem=stem, report=REPORT, chart=chart))
    ui.app.push_screen(screen)
    await ui.settle()
    return screen


def asked(screen: Slip) -> str:
    """The prompt's label and its text; empty if it is closed."""
    prompt = screen.prompt
    if not prompt.is_open:
        return ""
    return prompt.query_one("#asked", Lines).plain() + prompt.field.value


async def save_as(ui: Driver, screen: Slip, name: str) -> str:
    """Save under a name; returns the message."""
    if not screen.prompt.is_open:
        await ui.press("Y")
    screen.prompt.field.value = name
    await ui.press("enter")
    assert screen.said is not None
    return screen.said[0]


def plain(report: Report) -> str:
    return "\n".join(plain_lines(report)) + "\n"


def of_session(ui: Driver, session_id: str) -> Report:
    session = ui.book.reader.session(session_id)
    assert session is not None
    return session_report(session, ui.book.profile.library, ui.book.profile.unit)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    return folder


# --- the clipboard ------------------------------------------------------------------------------


async def test_inside_tmux_it_is_said_what_tmux_needs(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.train()
    monkeypatch.setenv("TMUX", "/tmp/tmux-1000/default,1,0")
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "y")
        assert "clipboard" in ui.said
        assert ui.said.endswith("In tmux this needs: set -g set-clipboard on")


async def test_a_session_is_copied_as_markdown_and_again_as_plain_text(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    trained = books.train(note="muddy")
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "y")
        report = of_session(ui, trained)
        assert "muddy" in markdown(report)
        assert ui.app.clipboard == markdown(report)
        count = len(markdown(report).splitlines())
        assert ui.said == (
            f"Markdown, {count} lines, sent to the terminal's clipboard; y again sends plain text."
        )
        await ui.press("y")
        assert ui.app.clipboard == plain(report)
        assert "tmux" not in ui.said
        count = len(plain(report).splitlines())
        assert ui.said == f"Plain text, {count} lines, sent to the terminal's clipboard."
        await ui.press("y")
        assert ui.app.clipboard == markdown(report)


async def test_after_any_other_key_it_is_markdown_again(books: Books) -> None:
    trained = books.train()
    async with running(books.open(), books.clock) as ui:
        for other in (["j"], ["enter"], ["Y", "tab"], ["2", "3"]):
            await ui.press("3", "y", *other)
            assert ui.app.clipboard == markdown(of_session(ui, trained))
            await ui.press("y")
            assert ui.app.clipboard == markdown(of_session(ui, trained)), other


async def test_the_open_session_is_copied_wherever_the_cursor_is(books: Books) -> None:
    first = books.train(note="the first")
    books.clock.forward(48 * 3600)
    books.train(note="the last")
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "j", "enter", "j", "j", "y")
        assert ui.app.clipboard == markdown(of_session(ui, first))


async def test_where_nothing_is_there_is_nothing_to_share(books: Books, home: Path) -> None:
    async with running(books.open(), books.clock) as ui:
        for key in ("y", "Y"):
            await ui.press("3", key)
            assert ui.said == "There is nothing to share here."
            assert ui.prompt() == ""
        assert ui.app.clipboard == ""
    assert files(home) == []


async def test_what_a_terminal_takes_is_counted_in_bytes(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.train("härter, größer, höher")
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "y")
        text = ui.app.clipboard
        assert len(text) < len(text.encode())
        monkeypatch.setattr(sharing, "MOST_BYTES", len(text.encode()) - 1)
        await ui.press("j", "y")
        assert "too long" in ui.said


async def test_what_a_terminal_may_cut_is_not_sent(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(base64.b64encode(bytes(sharing.MOST_BYTES))) <= 74_994
    books.train()
    async with running(books.open(), books.clock) as ui:
        monkeypatch.setattr(sharing, "MOST_BYTES", 40)
        await ui.press("3", "y")
        assert ui.said == "That is too long for a terminal's clipboard. Y saves it as a file."
        assert ui.app.clipboard == ""
        await ui.press("y")
        assert ui.app.clipboard == ""


async def test_a_screen_over_the_panes_says_it_in_its_own_line(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui)
        await ui.press("y")
        assert ui.app.clipboard == markdown(REPORT)
        assert "sent to the terminal's clipboard" in ui.lines()[-2]
        await ui.press("y")
        assert ui.app.clipboard == plain(REPORT)
        screen.given = None
        await ui.press("y")
        assert ui.lines()[-2].strip() == "There is nothing to share here."


async def test_a_hostile_note_is_harmless_in_every_form(books: Books, home: Path) -> None:
    books.train(note=HOSTILE)
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "y")
        copied = [ui.app.clipboard]
        await ui.press("y")
        copied.append(ui.app.clipboard)
        for name in ("~/a.md", "~/a.txt"):
            await ui.press("Y")
            await ui.answer(name)
    assert copied == [(home / name).read_text(encoding="utf-8") for name in ("a.md", "a.txt")]
    for text in copied:
        assert "head" in text
        assert [c for c in text if unicodedata.category(c) in UNSAFE and c != "\n"] == []
    assert not any(line.startswith(("# head", "<b>")) for line in copied[0].splitlines())


# --- a file -------------------------------------------------------------------------------------


async def test_a_session_is_saved_under_a_name_that_is_free(books: Books, home: Path) -> None:
    trained = books.train()
    async with running(books.open(), books.clock) as ui:
        for name in ("session-2026-11-02.md", "session-2026-11-02-2.md"):
            await ui.press("3", "Y")
            assert ui.prompt() == f"Save as? [~/{name}] "
            await ui.press("enter")
            assert ui.said == f"Saved as ~/{name}."
            assert (home / name).read_text(encoding="utf-8") == markdown(of_session(ui, trained))


async def test_the_ending_says_as_what(books: Books, home: Path) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui)
        await ui.press("Y")
        assert asked(screen) == "Save as? [~/split-squat.md] "
        assert screen.said == ("The ending chooses the kind: .md, .txt or .svg.", "")
        await ui.press("right")
        assert screen.prompt.field.value == "~/split-squat.md"
        await ui.press("tab")
        for name, text in (
            ("a.md", markdown(REPORT)),
            ("a.TXT", plain(REPORT)),
            ("a.svg", svg(CHART)),
        ):
            assert await save_as(ui, screen, f"~/{name}") == f"Saved as ~/{name}."
            assert (home / name).read_text(encoding="utf-8") == text
        assert files(home) == ["a.TXT", "a.md", "a.svg"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("~/there.md", "{home}/there.md is there already; name another"),
        ("{home}/there.md", "{home}/there.md is there already; name another"),
        ("~/a.pdf", "~/a.pdf: name a file that ends in .md, .txt or .svg"),
        ("~/", "~/: name a file that ends in .md, .txt or .svg"),
        ("~/.md", "~/.md: name a file that ends in .md, .txt or .svg"),
        ("~/none/a.md", "the folder {home}/none is not there; make it, or name another file"),
        ("~/folder.md", "it is a folder; name a file in it"),
        ("~nobody-of-this-name/a.md", "there is no such home folder; write the whole path"),
        ("~/\x1b]0;x\x07.md/a.md", "the folder {home}/·]0;x·.md is not there"),
    ],
)
async def test_a_name_that_will_not_do_is_told_of_in_a_line(
    books: Books, home: Path, name: str, words: str
) -> None:
    (home / "there.md").write_text("mine")
    (home / "folder.md").mkdir()
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui)
        said = await save_as(ui, screen, name.format(home=home))
        assert words.format(home=home) in said
    assert files(home) == ["folder.md", "there.md"]
    assert (home / "there.md").read_text() == "mine"


async def test_a_name_that_will_not_do_is_there_to_be_put_right(books: Books, home: Path) -> None:
    (home / "there.md").write_text("mine")
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui)
        await save_as(ui, screen, "~/there.md")
        assert asked(screen).endswith(" ~/there.md")
        await ui.press("backspace", "backspace", "p", "enter")
        assert asked(screen).endswith(" ~/there.p")
        assert screen.said is not None and "~/there.p: " in screen.said[0]
        await ui.press("backspace", *"txt", "enter")
        assert screen.said == ("Saved as ~/there.txt.", "good")
        assert asked(screen) == ""


async def test_where_there_is_no_chart_none_is_saved(books: Books, home: Path) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui, chart=None)
        said = await save_as(ui, screen, "~/a.svg")
        assert said == "! ~/a.svg: there is no chart here; name a file that ends in .md or .txt"
    assert files(home) == []


async def test_a_folder_that_is_closed_is_told_of_and_nothing_is_left(
    books: Books, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui)
        # Root may write anywhere, so modes would prove nothing.
        with monkeypatch.context() as patch:

            def closed(*_: object) -> None:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

            patch.setattr(os, "replace", closed)
            said = await save_as(ui, screen, "~/a.md")
        assert said.endswith(f"the folder {home} is closed to you; name another file")
        assert files(home) == []
        assert await save_as(ui, screen, "~/a.md") == "Saved as ~/a.md."


async def test_a_name_without_a_folder_is_told_with_the_one_it_went_to(
    books: Books, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui)
        assert await save_as(ui, screen, "a.md") == f"Saved as {home}/a.md."


async def test_what_a_log_calls_an_exercise_is_no_path(books: Books, home: Path) -> None:
    async with running(books.open(), books.clock) as ui:
        screen = await slip(ui, stem="../../etc/x y\x1b[2J")
        await ui.press("Y")
        assert asked(screen).endswith(" [~/etc-x-y-2J.md] ")
        await ui.press("enter")
    assert files(home) == ["etc-x-y-2J.md"]


# --- after a session ----------------------------------------------------------------------------


async def test_the_page_after_a_session_copies_it(books: Books) -> None:
    books.train()
    books.clock.forward(7 * 24 * 3600)
    book = books.open()
    book.profile.set("keys", {"copy-summary": "c"})
    async with running(book, books.clock) as ui:
        await ui.press("e")
        await ui.answer("8x9s/side")
        await ui.press("F")
        await ui.answer("time")
        assert open_page(ui).startswith("Well done")
        assert " ".join(ui.lines()[-1].split()) == (
            "enter today e correct n note c copy u open it again ? help q back"
        )
        page = ui.app.screen
        assert isinstance(page, SummaryPage)
        found = page.summary
        assert found.best
        report = session_report(
            found.session, ui.book.profile.library, ui.book.profile.unit, found.best
        )
        await ui.press("c")
        assert ui.app.clipboard == markdown(report)
        foot = " ".join(" ".join(ui.lines()[-3:-1]).split())
        assert foot.endswith("sent to the terminal's clipboard; y again sends plain text.")
        await ui.press("c")
        assert ui.app.clipboard == plain(report)
        await ui.press("j")
        assert ui.lines()[-1].split()[-2:] == ["q", "back"]
        await ui.press("c")
        assert ui.app.clipboard == markdown(report)
        await ui.press("q")
        assert open_page(ui) == ""
