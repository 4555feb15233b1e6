"""What a terminal sends may be any bytes at all: none of them ends the browser.

Textual's thread for input ends at the first byte that is no UTF-8, and at some sequences that no
key makes (`ESC [ 999999999 u`): the screen stays, and no key works any more.
"""

from __future__ import annotations

from codecs import IncrementalDecoder, getincrementaldecoder
from functools import partial

from textual.drivers import linux_driver

from hoopscope.config.terminal_encoding import terminal_encoding


def _forgiving(_: str) -> partial[IncrementalDecoder]:
    encoding = terminal_encoding()
    # Where nobody says what the terminal has, it may have it all the same.
    known = "utf-8" if encoding == "ascii" else encoding
    return partial(getincrementaldecoder(known), "replace")


# The thread makes its decoder in the middle of its work, by this name.
vars(linux_driver)["getincrementaldecoder"] = _forgiving


class EnduringDriver(linux_driver.LinuxDriver):
    """Textual's driver, but what cannot be read as keys is no key, and reading goes on."""

    def run_input_thread(self) -> None:
        """Read keys until the application ends."""
        while True:
            try:
                return super().run_input_thread()
            except (ValueError, OverflowError):
                if self.exit_event.is_set():
                    return None
