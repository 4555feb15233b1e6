"""`csv`: the result sets that a SQL client printed."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.recordings.exports import ExportOptions, NothingToExport
from hoopscope.recordings.exports.batches import in_batches
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.spool import Spool
from hoopscope.recordings.table import Table
from hoopscope.recordings.table_copying import rows_as
from hoopscope.recordings.tables import LARGEST, find_tables

_ROWS = 500


def chunks(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """Each result set with its header, an empty line between two; or only the one asked for.

    Values are exact, but harmless, and none is taken for a formula.

    Raises:
        NothingToExport: no result set was printed, or not so many.
        SpoolFull.
    """
    output = Spool()
    try:
        for batch in in_batches(_printed(material, options)):
            output.append(batch)
        tables = _tables_of(output, options.table)
    except BaseException:
        output.close()
        raise
    return _written(tables, output)


def _tables_of(output: Spool, wanted: int | None) -> list[Table]:
    if output.size() > LARGEST:
        limit = f"{LARGEST // 1_000_000} MB"
        raise NothingToExport(f"The output is larger than {limit}: no tables are looked for.")
    tables = find_tables(output).found
    if not tables:
        raise NothingToExport("There is no table in the output.")
    if wanted is None:
        return tables
    if wanted > len(tables):
        raise NothingToExport(f"There is no table {wanted} in the output, which has {len(tables)}.")
    return [tables[wanted - 1]]


def _printed(material: Material, options: ExportOptions) -> Iterator[bytes]:
    for _, kind, payload in material.events(with_secrets=options.with_secrets):
        if kind == "o":
            yield payload


def _written(tables: list[Table], output: Spool) -> Iterator[bytes]:
    try:
        for number, table in enumerate(tables):
            if number:
                yield b"\n"
            numeric = table.numeric()
            header = rows_as("csv", table.titles, [], numeric)
            yield header.encode()
            for first in range(0, len(table), _ROWS):
                rows = [table.row(each) for each in range(first, min(first + _ROWS, len(table)))]
                text = rows_as("csv", table.titles, rows, numeric)
                yield text.removeprefix(header).encode()
    finally:
        output.close()
