"""What a terminal sends may be any bytes at all: none of them ends the browser.

Textual's thread for input ends at the first byte that is no UTF-8, and at some sequences that no
key makes (`ESC [ 999999999 u`): the screen stays, and no key works any more.
"""

from __future__ import annotations

from codecs import IncrementalDecoder, getincrementaldecoder
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def enduring(driver_class: type[Driver]) -> type[Driver]:
    """The same driver, but what cannot be read as keys is no key, and reading goes on."""
    from textual.drivers import linux_driver

    if not issubclass(driver_class, linux_driver.LinuxDriver):
        return driver_class

    def forgiving(encoding: str) -> partial[IncrementalDecoder]:
        return partial(getincrementaldecoder(encoding), "replace")

    # The thread makes its decoder in the middle of its work, by this name.
    vars(linux_driver)["getincrementaldecoder"] = forgiving

    class EnduringDriver(driver_class):  # type: ignore[misc,valid-type]
        def run_input_thread(self) -> None:
            while True:
                try:
                    return super().run_input_thread()  # type: ignore[no-any-return]
                except (ValueError, OverflowError):
                    if self.exit_event.is_set():
                        return None

    return EnduringDriver
