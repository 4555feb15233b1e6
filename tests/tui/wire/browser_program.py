"""The browser of an operator's console in this process's terminal: URL TOKEN [WRITTEN].

What Textual writes goes to the file WRITTEN, while the terminal is sent only what changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.wire.driver import LeanDriver
from tests.tui.conftest import make_browser


class TellingDriver(LeanDriver):
    """Keeps what Textual writes."""

    def write(self, data: str) -> None:
        with Path(sys.argv[3]).open("ab") as written:
            written.write(data.encode())
        super().write(data)


def main() -> None:
    url, token, *kept = sys.argv[1:]
    app, link = make_browser(
        url,
        token,
        theme="16-colour",
        sidebar=False,
        detail=False,
        driver_class=TellingDriver if kept else LeanDriver,
    )
    assert isinstance(app, HoopscopeApp)
    app.run()
    link.close()
    if app.failure is not None:
        raise app.failure


if __name__ == "__main__":
    main()
