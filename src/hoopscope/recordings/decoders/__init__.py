"""Decoders: a small module for each kind of stream, behind one interface."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from hoopscope.recordings.decoders.decoder import Decoder
from hoopscope.recordings.kinds import RecordingKind

_DECODERS = {
    RecordingKind.EXEC: ("text", "TextDecoder"),
    RecordingKind.TERMINAL: ("terminal", "TerminalDecoder"),
    RecordingKind.POSTGRES: ("postgres", "PostgresDecoder"),
    RecordingKind.MYSQL: ("statements", "StatementDecoder"),
    RecordingKind.MSSQL: ("statements", "StatementDecoder"),
    RecordingKind.ORACLE: ("statements", "StatementDecoder"),
    RecordingKind.MONGODB: ("mongodb", "MongoDecoder"),
    RecordingKind.TCP: ("raw", "RawDecoder"),
    RecordingKind.SSH: ("ssh", "SshDecoder"),
    RecordingKind.HTTP: ("http", "HttpDecoder"),
    RecordingKind.MCP: ("mcp", "McpDecoder"),
    RecordingKind.RDP: ("rdp", "RdpDecoder"),
    RecordingKind.NONE: ("text", "TextDecoder"),
    RecordingKind.UNKNOWN: ("text", "TextDecoder"),
}


def decoder_for(kind: RecordingKind) -> Decoder:
    """A new decoder for a stream of this kind; text, or a hex view, where nothing is known."""
    module, name = _DECODERS[kind]
    decoder = getattr(import_module(f"{__name__}.{module}"), name)
    return cast(Decoder, decoder())
