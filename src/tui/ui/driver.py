"""Textual's terminal driver, hardened: it ignores bytes that mean nothing, and it always leaves the
terminal either fully set up or fully restored, whatever stops or ends the program."""

from __future__ import annotations

import os
import select
import selectors
import signal
import sys
import termios
import threading
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

from tui.ui.osc import layer_of, title, title_kept, title_restored
from tui.ui.shutdown import shut_down_cleanly
from tui.ui.typeahead import TypeAhead

AT_ONCE = 4096
# How often the parser is asked whether a lone escape was the key, not the start of a sequence.
TICK_S = 0.1

# Resets every terminal mode that Textual sets.
AS_BEFORE = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2048l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)


class TerminalDriver(LinuxDriver):
    """Textual's driver, which here survives bytes that are not UTF-8 and impossible keys; the input
    before and after them is kept."""

    def __init__(self, app: App[Any], *, ahead: TypeAhead, **options: Any) -> None:
        super().__init__(app, **options)
        self._turning = False
        self._layer = layer_of(os.environ)
        # The title to show, and whether the window shows it now, its own being kept.
        self._title = ""
        self._titled = False
        self._cursor_shown = False
        # Until the terminal is set up, these are the modes to restore.
        self.attrs_before = self._found = ahead.before
        self._typed = ahead.typed
        if sys.__stderr__ is None or not sys.__stderr__.isatty():
            # stderr is redirected; draw on stdout, where the terminal is.
            self._file = sys.__stdout__
        # Done here so that the signal handlers are in place before the terminal is changed.
        shut_down_cleanly(app, self._give_back_at_once)
        threading.excepthook = self._thread_failed

    def start_application_mode(self) -> None:
        """Set up the terminal, at the start or after a suspend."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual has no types here
        if self._found is not None:
            # Textual found the modes in which typing is kept, which are not the shell's.
            self.attrs_before, self._found = self._found, None
        if self._title:
            self.entitle(self._title)
        if self._cursor_shown:
            self.show_cursor(shown=True)

    # -- besides the picture -------------------------------------------------------------------

    def send(self, sequence: str) -> None:
        """Send control characters, in turn with the picture."""
        self.write(sequence)
        self.flush()

    def entitle(self, words: str) -> None:
        """Give the window a title; an empty one gives it back its own."""
        self._title = words
        if not words:
            self.send(self._own_title())
            return
        kept = "" if self._titled else title_kept(self._layer)
        self._titled = True
        self.send(kept + title(words, self._layer))

    def _own_title(self) -> str:
        """What gives the window its own title back, if it shows another."""
        titled, self._titled = self._titled, False
        return title_restored(self._layer, os.environ) if titled else ""

    def show_cursor(self, *, shown: bool) -> None:
        """Show or hide the cursor; it stands where the runner is all the same."""
        if shown or self._cursor_shown:
            self.send("\x1b[?25h" if shown else "\x1b[?25l")
        self._cursor_shown = shown

    # -- suspend and resume --------------------------------------------------------------------

    def _sigtstp_application(self, *_: object) -> None:
        if not self._turning:
            with self._turn():
                self._give_back()
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        if not self._turning:
            with self._turn():
                # Resumed without having restored the terminal, because SIGSTOP cannot be caught.
                # Restore it now, so that the state kept is still the one from before the start.
                if not self._must_signal_resume and self._key_thread is not None:
                    self._give_back()
                if self._must_signal_resume:
                    self.resume_application_mode()

    def _give_back(self) -> None:
        self.suspend_application_mode()
        self._must_signal_resume = True

    def _give_back_at_once(self, words: str) -> None:
        # Do not wait for a terminal that is gone or accepts no more bytes.
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            if self._file is not None and select.select([], [self._file], [], 0)[1]:
                restored = self._own_title() + AS_BEFORE
                os.write(self._file.fileno(), f"{restored}stridelift: {words}\r\n".encode())

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Ignore suspend and resume signals while the terminal changes state; one that arrives
        meanwhile would leave it half changed."""
        self._turning = True
        try:
            yield
        finally:
            self._turning = False

    def stop_application_mode(self) -> None:
        """Restore the terminal, for a suspend or for good."""
        if not self._turning:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
            signal.signal(signal.SIGCONT, signal.SIG_DFL)
        if restored := self._own_title():
            self.write(restored)
        super().stop_application_mode()

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()
        # Textual asks some terminals for pixel coordinates and never switches them off.
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
            self.flush()

    def _thread_failed(self, about: threading.ExceptHookArgs) -> None:
        """Report a bug that ended a thread to the app, in its own loop."""
        if isinstance(about.exc_value, OSError) and (
            about.thread is self._key_thread or isinstance(about.thread, WriterThread)
        ):
            return  # The terminal is gone; tui.ui.shutdown ends the program.
        if not isinstance(about.exc_value, Exception):
            return
        with suppress(RuntimeError):  # the loop may be over already
            report = self._app._handle_exception  # noqa: SLF001  Textual has no public way
            self._app.call_later(report, about.exc_value)
        if isinstance(about.thread, WriterThread):
            _write_on(about.thread)

    # -- what is typed -------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        # Whatever it raises is for _thread_failed; Textual would print it.
        self.run_input_thread()

    def run_input_thread(self) -> None:
        """Read and pass on input until told to stop."""
        parser = Parser(self._debug)
        decode = getincrementaldecoder("utf-8")("ignore").decode
        typed, self._typed = decode(self._typed), b""
        if typed:
            self._take(parser.feed(typed))
        with selectors.SelectSelector() as terminal:
            terminal.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                # Empty text is not the end: it may be the first half of a character.
                if terminal.select(TICK_S) and (text := decode(os.read(self.fileno, AT_ONCE))):
                    self._take(parser.feed(text))
                self._take(parser.tick())

    def _take(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


def _write_on(writer: WriterThread) -> None:
    """In the thread that writes, go on after a bug: without it the terminal could not be restored,
    and whoever has something to write would wait for ever."""
    while True:
        try:
            return writer.run()
        except OSError:
            return None
        except Exception:  # noqa: BLE001, S112  the first one has been reported
            continue


class Parser(XTermParser):
    """Textual's parser of terminal input, which here survives numbers that are out of range."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            return list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            return [Key(Keys.Ignore, sequence)]

    def parse_mouse_code(self, code: str) -> Message | None:
        """The mouse event, or None if its position is impossible."""
        try:
            return super().parse_mouse_code(code)
        except ArithmeticError:
            return None
