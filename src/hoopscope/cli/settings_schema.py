"""The JSON schema of the settings file, for editors: made of the same definitions that read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from hoopscope.config import keys
from hoopscope.config.keys import BY_NAME, KEYS, Key
from hoopscope.config.profiles import ALLOWED as IN_PROFILE
from hoopscope.sessions.columns import COLUMNS
from hoopscope.sessions.view_keys import EXCLUSIVE, FILTER_KEYS, WIDTHS, ViewKey
from hoopscope.sessions.view_reading import LONGEST_NAME
from hoopscope.sessions.views import BUILT_IN, NUMBERS
from hoopscope.tui.key_catalog import Bound, catalog
from hoopscope.tui.keymap import Keymap

Schema = dict[str, Any]

_COLOURS = "|".join(keys.TERMINAL_COLOURS)
_UNITS = "([kKmMgG][iI]?)?[bB]"
_READ_BY: dict[Callable[[object], Any], Schema] = {
    keys.text: {"type": "string", "pattern": r"^[^\u0000]*$"},
    keys.switch: {"type": "boolean"},
    keys.colour: {
        "type": "string",
        "pattern": rf"^((bright-)?({_COLOURS})|#([0-9a-fA-F]{{3}}){{1,2}})?$",
    },
    keys.size: {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": 10**12 - 1},
            {"type": "string", "pattern": rf"^[0-9]{{1,12}} ?({_UNITS})?$"},
        ]
    },
}
_NAMED: dict[str, Schema] = {
    "poll_seconds": {
        "anyOf": [{"const": 0}, {"type": "number", "minimum": 1, "maximum": 3600}],
    },
    "deadline_seconds": {"type": "number", "minimum": 1, "maximum": 3600},
    "clipboard": {"enum": list(keys.CLIPBOARD_WAYS)},
    "credential_store": {"enum": list(keys.CREDENTIAL_STORES)},
    "view": {
        "type": "string",
        "pattern": r"^[^\u0000]*$",
        "examples": [view.name for view in BUILT_IN],
    },
}
"""Settings whose reader was made for them alone."""

_LINE = 100
"""Characters of a line of the file, about."""

_NOT_BLANK = {"type": "string", "pattern": r"\S"}


def settings_schema() -> Schema:
    """All settings, the keys, the views and the profiles. Imports every screen."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Settings of hoopscope",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{key.name: _setting(key) for key in KEYS},
            "keys": _bindings(catalog(Keymap()).values()),
            "views": {
                "description": "Views of your own: names for filters, columns and widths.",
                "type": "object",
                "propertyNames": {
                    "pattern": r"^\S(.*\S)?$",
                    "maxLength": LONGEST_NAME,
                },
                "additionalProperties": {"$ref": "#/definitions/view"},
            },
            "profiles": {
                "description": "Gateways by name; --profile NAME opens one.",
                "type": "object",
                "additionalProperties": {"$ref": "#/definitions/profile"},
            },
        },
        "not": {"required": ["token", "token_file"]},
        "definitions": {"view": _view(), "profile": _profile()},
    }


def as_text(value: object, indent: int = 0) -> str:
    """The schema as it stands in its file: what fits on a line is on one."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= _LINE or not isinstance(value, dict | list):
        return line
    inner = indent + 2
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {as_text(each, inner)}" for key, each in value.items()]
    else:
        items = [as_text(each, inner) for each in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    between = ",\n" + " " * inner
    return f"{opening}\n{' ' * inner}{between.join(items)}\n{' ' * indent}{closing}"


def _setting(key: Key) -> Schema:
    schema = {"description": key.help, **(_NAMED.get(key.name) or _READ_BY[key.read])}
    if key.default != "" and not key.secret:
        schema["default"] = key.default
    return schema


def _profile() -> Schema:
    return {
        "description": "A gateway, and the settings that it is opened with.",
        "type": "object",
        "additionalProperties": False,
        "required": ["url"],
        "properties": {
            **{name: {"$ref": f"#/properties/{name}"} for name in IN_PROFILE},
            "url": {"description": BY_NAME["url"].help, **_NOT_BLANK},
        },
        "not": {"required": ["token", "token_file"]},
    }


def _view() -> Schema:
    columns = [column.id for column in COLUMNS]
    cells = {"type": "integer", "minimum": WIDTHS[0], "maximum": WIDTHS[-1]}
    return {
        "description": "A view; dates in it are understood anew whenever it is opened.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{key.name: {"description": key.help, **_filter(key)} for key in FILTER_KEYS},
            "columns": {
                "description": "The columns of the table, in order.",
                **_words(columns, unique=True),
            },
            "widths": {
                "description": "Cells of columns that are to have so many.",
                "type": "object",
                "additionalProperties": False,
                "properties": dict.fromkeys(columns, cells),
            },
            "key": {
                "description": "The number that opens it.",
                "enum": [*NUMBERS, *(str(number) for number in NUMBERS)],
            },
        },
        "allOf": [{"not": {"required": list(pair)}} for pair in EXCLUSIVE],
    }


def _filter(key: ViewKey) -> Schema:
    if key.kind == "flag":
        return {"type": "boolean"}
    if key.kind == "words":
        return _words(key.choices)
    if key.choices:
        return {"anyOf": [{"enum": list(key.choices)}, _NOT_BLANK]}
    return dict(_NOT_BLANK)


def _words(choices: Iterable[str], *, unique: bool = False) -> Schema:
    """An array, or one text with commas between."""
    choices = list(choices)
    one = "|".join(choices) if choices else r"[^,]*[^,\s][^,]*"
    array = {
        "type": "array",
        "minItems": 1,
        "items": {"enum": choices} if choices else _NOT_BLANK,
        **({"uniqueItems": True} if unique else {}),
    }
    text = {"type": "string", "pattern": rf"^\s*({one})\s*(,\s*({one})\s*)*$"}
    return {"anyOf": [array, text]}


def _bindings(parts: Iterable[list[Bound]]) -> Schema:
    """By their whole ids, or in a table a part."""
    bindings = [bound for part in parts for bound in part]
    names = dict.fromkeys(bound.id.partition(".")[0] for bound in bindings)
    table = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "description": "Other keys for what the browser can do, by the ids of `hoopscope keys`.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{bound.id: {"description": bound.does, "type": "string"} for bound in bindings},
            **dict.fromkeys(names, table),
        },
    }
