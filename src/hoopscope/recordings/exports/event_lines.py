"""`jsonl`: every event as a JSON object on a line of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hoopscope.recordings.exports import ExportOptions
from hoopscope.recordings.exports.material import Material

_COMPACT = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def chunks(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """A line an event, in ASCII: seconds, time (UTC or null), kind, and text or base64.

    `text` where the payload is valid UTF-8, `base64` where it is not.
    """
    from base64 import b64encode

    for seconds, kind, payload in material.events(with_secrets=options.with_secrets):
        line: dict[str, object] = {
            "seconds": seconds,
            "time": material.moment(seconds),
            "kind": kind,
        }
        try:
            line["text"] = payload.decode()
        except UnicodeDecodeError:
            line["base64"] = b64encode(payload).decode()
        # The only control character that JSON's ASCII form leaves as it is.
        yield (_COMPACT(line).replace("\x7f", "\\u007f") + "\n").encode()
