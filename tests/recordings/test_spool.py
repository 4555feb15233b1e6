from __future__ import annotations

import threading

from hoopscope.recordings.spool import Spool


def test_a_spool_may_be_closed_under_its_readers() -> None:
    """A descriptor that was closed may be another file's by then: nothing of that may be read."""
    wrong: list[bytes | OSError] = []

    def read(spool: Spool) -> None:
        try:
            while found := spool.read(0, 8):
                if found != b"expected":
                    wrong.append(found)
        except OSError as error:
            wrong.append(error)

    for _ in range(100):
        spool = Spool()
        spool.append(b"expected")
        readers = [threading.Thread(target=read, args=(spool,)) for _ in range(2)]
        for reader in readers:
            reader.start()
        spool.close()
        other = Spool()
        other.append(b"of other")
        for reader in readers:
            reader.join()
        other.close()
    assert not wrong
