"""`script`: what was to be run, as it was given; the statements of a database connection."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.recordings.exports import ExportOptions, NothingToExport
from hoopscope.recordings.exports.decoded import Decoded
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record import Record
from hoopscope.recordings.secret_patterns import marked
from hoopscope.untrusted import harmless

_COMMENT = {"sql": "--", "json": "//"}
_STATEMENTS = (
    RecordingKind.POSTGRES,
    RecordingKind.MYSQL,
    RecordingKind.MSSQL,
    RecordingKind.ORACLE,
    RecordingKind.MONGODB,
)


def chunks(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """The script in UTF-8, or each statement behind a comment with its seconds and parameters.

    Raises:
        NothingToExport: the session has neither.
    """
    if material.script:
        script = marked(material.script).shown(options.with_secrets)
        return iter([script.encode("utf-8", "backslashreplace")])
    if material.kind not in _STATEMENTS:
        raise NothingToExport("The session has no script, and its recording is none of statements.")
    return _statements(material, options)


def _statements(material: Material, options: ExportOptions) -> Iterator[bytes]:
    decoded = Decoded(material, with_secrets=options.with_secrets)
    for record in decoded.records():
        if record.direction == "i" and record.language in _COMMENT:
            yield _statement(decoded, record).encode("utf-8", "backslashreplace")


def _statement(decoded: Decoded, record: Record) -> str:
    sign = _COMMENT[record.language]
    head = [f"{record.moment:.6f} s, {record.kind}"]
    head += [f"{name}: {decoded.shown(value)}" for name, value in record.fields]
    comment = "".join(f"{sign} {harmless(line)}\n" for line in head)
    text = decoded.text(record).rstrip()
    ends = ";" if record.language == "sql" and not text.endswith(";") else ""
    return f"{comment}{text}{ends}\n\n"
