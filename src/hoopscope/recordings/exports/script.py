"""`script`: what was to be run, as it was given."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.recordings.exports import ExportOptions, NothingToExport
from hoopscope.recordings.exports.material import Material


def chunks(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """The script in UTF-8.

    Raises:
        NothingToExport: the session has none.
    """
    if not material.script:
        raise NothingToExport("The session has no script.")
    return iter([material.script.encode("utf-8", "backslashreplace")])
