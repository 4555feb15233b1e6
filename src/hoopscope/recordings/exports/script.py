"""`script`: what was to be run, as it was given; the statements of a database connection."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.recordings.exports import ExportOptions, NothingToExport
from hoopscope.recordings.exports.decoded import records_of, text_of
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
    for record in records_of(material):
        if record.direction == "i" and record.language in _COMMENT:
            text = _statement(material, record, options.with_secrets)
            yield text.encode("utf-8", "backslashreplace")


def _statement(material: Material, record: Record, with_secrets: bool) -> str:
    sign = _COMMENT[record.language]
    head = [f"{record.moment:.6f} s, {record.kind}"]
    head += [f"{name}: {value.shown(with_secrets)}" for name, value in record.fields]
    comment = "".join(f"{sign} {harmless(line)}\n" for line in head)
    text = text_of(material, record, with_secrets=with_secrets).rstrip()
    ends = ";" if record.language == "sql" and not text.endswith(";") else ""
    return f"{comment}{text}{ends}\n\n"
