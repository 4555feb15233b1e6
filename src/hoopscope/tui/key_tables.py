"""The catalogue of keys as text, for a terminal and for a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.tui.key_catalog import Bound
from hoopscope.tui.key_names import key_text

OFF = "-"
"""What stands where a binding has no key."""

Parts = Mapping[str, Sequence[Bound]]


def as_text(parts: Parts, *, ascii_only: bool = False) -> str:
    """A paragraph a part, a line a binding: the id, its keys, what it does, its usual keys."""
    everything = [bound for bindings in parts.values() for bound in bindings]
    id_width = max(len(bound.id) for bound in everything)
    keys_width = max(len(_keys(bound.keys, ascii_only)) for bound in everything)
    lines: list[str] = []
    for title, bindings in parts.items():
        lines += ["", title.replace("`", "")]
        for bound in bindings:
            keys, does = _keys(bound.keys, ascii_only), bound.does
            does = in_ascii(does) if ascii_only else does
            line = f"  {bound.id:{id_width}}  {keys:{keys_width}}  {does}"
            if bound.keys != bound.usual:
                line += f" (usually {_keys(bound.usual, ascii_only)})"
            lines.append(line)
    return "\n".join(lines[1:]) + "\n"


def as_markdown(parts: Parts) -> str:
    """A table a part, under a heading of the third level."""
    lines: list[str] = []
    for title, bindings in parts.items():
        lines += ["", f"### {title}", "", "| id | keys | what it does |", "|---|---|---|"]
        for bound in bindings:
            keys = " ".join(f"`{key_text(key)}`" for key in bound.keys) or OFF
            lines.append(f"| `{bound.id}` | {keys} | {bound.does.replace('|', chr(92) + '|')} |")
    return "\n".join(lines[1:]) + "\n"


def _keys(keys: Sequence[str], ascii_only: bool) -> str:
    return " ".join(key_text(key, ascii_only=ascii_only) for key in keys) or OFF
