"""ENTRY: how an event lies in the index of a recording, for every process that reads it."""

from __future__ import annotations

import struct

ENTRY = struct.Struct("<ddcQI")
"""An entry of the index: seconds, clock, kind (one byte), offset and length of the payload."""
