"""GhosttyEmulator: libghostty-vt as an emulator. Importing it fails where there is no library."""

from __future__ import annotations

from hoopscope.recordings.emulator import Cursor, EmulatorFailed, Run
from hoopscope.recordings.ghostty_library import check, ffi, lib
from hoopscope.recordings.ghostty_reading import Cells, PlainText, WholeText

_OPTIONS = (
    # No history: it is not shown, and snapshots would hold it.
    ("SCROLLBACK_MAX_LINES", "size_t*", 0),
    ("SCROLLBACK_MAX_BYTES", "size_t*", 0),
    # No images at all, and so no files that they would be read from.
    ("KITTY_IMAGE_STORAGE_LIMIT", "uint64_t*", 0),
    # How much of a sequence that is not complete yet a snapshot can hold.
    ("CONTINUATION_MAX_BYTES", "size_t*", 1 << 16),
)

_READS_PER_SIZE = 64


class GhosttyEmulator:
    """One terminal of libghostty-vt."""

    def __init__(self, columns: int, rows: int) -> None:
        made = ffi.new("GhosttyTerminal*")
        check(lib.ghostty_terminal_new(ffi.NULL, made, columns, rows))
        self._terminal = made[0]
        self._set_options()
        self._number = ffi.new("uint16_t*")
        self._flag = ffi.new("bool*")
        self._screen = ffi.new("GhosttyTerminalScreen*")
        self._reading = Cells()
        self._may_combine = False
        self._plain = PlainText()
        self._whole: WholeText | None = None
        self._reads, self._read_size = 0, (columns, rows)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return (
            self._get(lib.GHOSTTY_TERMINAL_DATA_COLS),
            self._get(lib.GHOSTTY_TERMINAL_DATA_ROWS),
        )

    def feed(self, content: bytes) -> None:
        """Let it obey some bytes."""
        self._may_combine = self._may_combine or not content.isascii()
        lib.ghostty_terminal_vt_write(self._terminal, content, len(content))

    def rows(self) -> list[list[Run]]:
        """What is on its screen."""
        # A row that a combining mark was added to does not count as changed.
        if self._may_combine:
            self._read_anew()
        return self._reading.rows(self._terminal, self.size[1])

    def cursor(self) -> Cursor:
        """The cursor."""
        check(
            lib.ghostty_terminal_get(
                self._terminal, lib.GHOSTTY_TERMINAL_DATA_CURSOR_VISIBLE, self._flag
            )
        )
        return Cursor(
            self._get(lib.GHOSTTY_TERMINAL_DATA_CURSOR_X),
            self._get(lib.GHOSTTY_TERMINAL_DATA_CURSOR_Y),
            bool(self._flag[0]),
        )

    @property
    def is_alternate(self) -> bool:
        """Whether a full-screen program has the screen."""
        check(
            lib.ghostty_terminal_get(
                self._terminal, lib.GHOSTTY_TERMINAL_DATA_ACTIVE_SCREEN, self._screen
            )
        )
        return bool(self._screen[0] == lib.GHOSTTY_TERMINAL_SCREEN_ALTERNATE)

    def text(self, first: int = 0, last: int | None = None) -> bytes:
        """Rows as plain text."""
        if first <= 0 and last is None:
            if self._whole is None:
                self._whole = WholeText(self._terminal)
            return self._whole.read()
        # A program that changes the size is rare, and asking costs more than that is worth.
        if not self._reads % _READS_PER_SIZE:
            self._read_size = self.size
        self._reads += 1
        try:
            return self._text(first, last)
        except EmulatorFailed:
            self._read_size = self.size
            return self._text(first, last)

    def _text(self, first: int, last: int | None) -> bytes:
        columns, rows = self._read_size
        end = rows - 1 if last is None else min(last, rows - 1)
        return self._plain.read(self._terminal, columns, min(max(0, first), end), end)

    def snapshot(self) -> bytes:
        """All of its state, a sequence that is not complete included."""
        content, size = ffi.new("uint8_t**"), ffi.new("size_t*")
        check(lib.ghostty_snapshot_encode_alloc(self._terminal, ffi.NULL, content, size))
        try:
            return bytes(ffi.buffer(content[0], size[0]))
        finally:
            lib.ghostty_free(ffi.NULL, content[0], size[0])

    def restore(self, snapshot: bytes) -> None:
        """Be as it was."""
        decoder, made = ffi.new("GhosttySnapshotDecoder*"), ffi.new("GhosttyTerminal*")
        content = ffi.from_buffer("uint8_t[]", snapshot)
        check(lib.ghostty_snapshot_decoder_new_buf(ffi.NULL, decoder, content, len(snapshot)))
        try:
            check(
                lib.ghostty_snapshot_decoder_set(
                    decoder[0],
                    lib.GHOSTTY_SNAPSHOT_DECODER_OPT_RETAIN_CONTINUATION,
                    ffi.new("bool*", True),
                )
            )
            check(lib.ghostty_snapshot_decoder_decode(decoder[0], made))
        finally:
            lib.ghostty_snapshot_decoder_free(decoder[0])
        self._free()
        self._terminal = made[0]
        self._reads = 0
        self._set_options()
        self._read_anew()

    def resize(self, columns: int, rows: int) -> None:
        """Become another size."""
        self._reads = 0
        check(lib.ghostty_terminal_resize(self._terminal, columns, rows, 8, 16))

    def close(self) -> None:
        """Give its memory back; it cannot be used any more."""
        if self._terminal is not None:
            self._reading.close()
            self._free()
            self._terminal = None

    def _free(self) -> None:
        if self._whole is not None:
            self._whole.close()
            self._whole = None
        lib.ghostty_terminal_free(self._terminal)

    def _read_anew(self) -> None:
        self._reading.close()
        self._reading = Cells()
        self._may_combine = False

    def _get(self, what: int) -> int:
        check(lib.ghostty_terminal_get(self._terminal, what, self._number))
        return int(self._number[0])

    def _set_options(self) -> None:
        for name, kind, value in _OPTIONS:
            option = getattr(lib, f"GHOSTTY_TERMINAL_OPT_{name}")
            check(lib.ghostty_terminal_set(self._terminal, option, ffi.new(kind, value)))
