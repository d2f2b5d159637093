"""What stands between Textual and a real terminal: bytes that mean nothing are passed over, and
whatever stops or ends the program finds the terminal as a whole, in one state or the other."""

from __future__ import annotations

import os
import select
import selectors
import signal
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

from tui.ui.shutdown import shut_down_cleanly

AT_ONCE = 4096
# The parser learns by being asked that a lone escape is the key and no beginning.
TICK_S = 0.1

# All that Textual switches, as it was.
AS_BEFORE = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2048l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)


class TerminalDriver(LinuxDriver):
    """Textual's driver, which a byte that is no UTF-8 or a key that cannot be does not end; what
    comes before and behind it is taken."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._turning = False
        if sys.__stderr__ is None or not sys.__stderr__.isatty():
            # Messages go elsewhere; the picture goes where the terminal is.
            self._file = sys.__stdout__
        # Here, so that a signal finds it before the terminal is changed.
        shut_down_cleanly(app, self._give_back_at_once)

    # -- stopping and going on -----------------------------------------------------------------

    def _sigtstp_application(self, *_: object) -> None:
        if not self._turning:
            with self._turn():
                self._give_back()
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        if not self._turning:
            with self._turn():
                # Told to go on without having given the terminal back: SIGSTOP asks nobody. What
                # is to be put right in the end is still that which was there before the start.
                if not self._must_signal_resume and self._key_thread is not None:
                    self._give_back()
                if self._must_signal_resume:
                    self.resume_application_mode()

    def _give_back(self) -> None:
        self.suspend_application_mode()
        self._must_signal_resume = True

    def _give_back_at_once(self, words: str) -> None:
        # A terminal that takes no byte any more is not waited for, nor is one that has gone.
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            if self._file is not None and select.select([], [self._file], [], 0)[1]:
                os.write(self._file.fileno(), f"{AS_BEFORE}stridelift: {words}\r\n".encode())

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The terminal goes from one state to the other: a signal that comes meanwhile would leave
        it in between."""
        self._turning = True
        try:
            yield
        finally:
            self._turning = False

    def stop_application_mode(self) -> None:
        """Give the terminal back; at the end for good."""
        if not self._turning:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
            signal.signal(signal.SIGCONT, signal.SIG_DFL)
        super().stop_application_mode()

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()
        # Textual asks some terminals for pixels, and forgets to take that back.
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
            self.flush()

    # -- what is typed -------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:
            pass  # The terminal has gone; who waits for that ends the program.
        except Exception as fault:  # noqa: BLE001  it is told by the app, in whose loop it is not
            self._app.call_later(self._app._handle_exception, fault)  # noqa: SLF001

    def run_input_thread(self) -> None:
        """Take what is typed until told to stop."""
        parser = Parser(self._debug)
        decode = getincrementaldecoder("utf-8")("ignore").decode
        with selectors.SelectSelector() as terminal:
            terminal.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                # No text is no end: it may be the first half of a letter.
                if terminal.select(TICK_S) and (text := decode(os.read(self.fileno, AT_ONCE))):
                    self._take(parser.feed(text))
                self._take(parser.tick())

    def _take(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


class Parser(XTermParser):
    """Textual's parser of what a terminal sends, which numbers that make no sense do not end."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            return list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            return [Key(Keys.Ignore, sequence)]

    def parse_mouse_code(self, code: str) -> Message | None:
        """Where the mouse is; nothing where it cannot be."""
        try:
            return super().parse_mouse_code(code)
        except ArithmeticError:
            return None
