"""The schema that comes along says of a settings file what hoopscope says of it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hoopscope.cli.settings_schema import as_text, settings_schema
from hoopscope.config.keys import BY_NAME, KEYS
from hoopscope.config.locations import schema_file
from hoopscope.config.settings import load_settings
from hoopscope.sessions.own_views import own_views
from hoopscope.sessions.view_keys import KEY_NAMES
from hoopscope.sessions.view_reading import read_views
from hoopscope.sessions.view_writing import view_table
from hoopscope.sessions.views import BUILT_IN, View
from hoopscope.tui.key_catalog import catalog
from hoopscope.tui.keymap import Keymap
from tests.cli.conftest import Command
from tests.sessions.test_view_reading import WRONG, all_views, anything

SCHEMA = json.loads(schema_file().read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
DOCS = Path(__file__).parents[2] / "docs"
TOML = [
    (path.name, block)
    for path in sorted(DOCS.glob("*.md"))
    for block in re.findall(
        r"^```toml\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
]


def accepts(content: object) -> bool:
    return not list(VALIDATOR.iter_errors(content))


def test_the_file_is_what_the_definitions_make() -> None:
    """Otherwise: `hoopscope config --schema > src/hoopscope/settings.schema.json`."""
    assert schema_file().read_text(encoding="utf-8") == as_text(settings_schema()) + "\n"
    jsonschema.Draft7Validator.check_schema(SCHEMA)


def test_every_setting_every_key_of_a_view_and_every_binding_is_in_it() -> None:
    properties = SCHEMA["properties"]
    assert set(properties) == {*BY_NAME, "keys", "views", "profiles"}
    assert set(SCHEMA["definitions"]["view"]["properties"]) == set(KEY_NAMES)
    in_profile = {key.name for key in KEYS if key.in_profile}
    assert set(SCHEMA["definitions"]["profile"]["properties"]) == in_profile
    ids = {bound.id for part in catalog(Keymap()).values() for bound in part}
    assert ids <= set(properties["keys"]["properties"])
    assert all(properties[name].get("description") for name in BY_NAME)


def test_the_commands_print_it_and_where_it_is(command: Command) -> None:
    assert command("config", "--schema").out == schema_file().read_text(encoding="utf-8")
    assert command("locate", "schema").out == f"{schema_file()}\n"
    assert command("--restricted", "config", "--schema").code == 2
    assert command("--restricted", "locate", "schema").code == 2


@pytest.mark.parametrize(("name", "block"), TOML, ids=[name for name, _ in TOML])
def test_what_the_documents_show_is_right(name: str, block: str, tmp_path: Path) -> None:
    content = tomllib.loads(block)
    VALIDATOR.validate(content)
    path = tmp_path / "config.toml"
    path.write_text(block, encoding="utf-8")
    # A view that is chosen in an example is one of the example's, or built in.
    settings = load_settings(environ={}, own_file=path, hoop_file=tmp_path / "none", gateway=False)
    assert own_views(settings.views, path).warnings == ()
    assert settings.warnings == ()


values = (
    anything
    | st.sampled_from(["4 MiB", "4MB", "12", "3 kib", "red", "bright-blue", "#f80", "#ff8800"])
    | st.sampled_from(["auto", "off", "keyring", "plain", "", "bright-", "#12"])
    | st.floats(0, 4000)
    | st.integers(0, 10**13)
)


@given(st.sampled_from(KEYS), values)
def test_a_value_that_it_accepts_is_one_of_the_setting(key: Any, value: object) -> None:
    # A schema takes 3.0 for an integer, TOML does not.
    if accepts({key.name: value}) and not (isinstance(value, float) and value.is_integer()):
        key.read(value)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_the_usual_values_are_accepted(key: Any) -> None:
    assert accepts({key.name: key.default})
    assert not accepts({key.name: [1]})


@given(all_views)
def test_every_view_that_can_be_written_is_accepted(view: View) -> None:
    assume(re.fullmatch(r"\S(.*\S)?", view.name))
    VALIDATOR.validate({"views": {view.name: view_table(view)}})


@pytest.mark.parametrize("view", BUILT_IN, ids=lambda view: view.name)
def test_what_is_built_in_is_accepted(view: View) -> None:
    VALIDATOR.validate({"views": {view.name: view_table(view)}})


WORDS = [
    "failed",
    " failed ,blocked",
    "exec, connect",
    "machine",
    "PENDING",
    "who,when",
    "A-1, B-2",
]
OTHERS = ["30s", 3, "3", 0, True, False, ["who"], ["failed"], {"who": 3}, {}, "", ",", [""]]
likely = st.sampled_from([*WORDS, *OTHERS])


@given(st.dictionaries(st.sampled_from(KEY_NAMES), likely, max_size=2))
def test_a_view_that_is_read_is_accepted(table: dict[str, Any]) -> None:
    views, problems = read_views({"name": table})
    if views and not problems:
        VALIDATOR.validate({"views": {"name": table}})


LEFT_TO_HOOPSCOPE = ("took", "review_status")
"""Keys whose values the schema cannot tell right from wrong."""


@pytest.mark.parametrize(("table", "told"), WRONG)
def test_what_is_wrong_with_a_view_is_wrong_for_it_too(table: Any, told: str) -> None:
    assert accepts({"views": {"name": table}}) is (
        isinstance(table, dict) and set(table) <= set(LEFT_TO_HOOPSCOPE)
    )


@pytest.mark.parametrize(
    "content",
    [
        {"colour": "red"},
        {"token": "a", "token_file": "b"},
        {"profiles": {"prod": {"theme": "dark"}}},
        {"profiles": {"prod": {"url": "https://a.example", "mouse": False}}},
        {"profiles": {"prod": {"url": ""}}},
        {"profiles": {"prod": 3}},
        {"keys": {"browser.refersh": "f5"}},
        {"keys": {"browser.refresh": 5}},
        {"views": {" name": {}}},
        {"views": {"x" * 61: {}}},
        {"views": []},
    ],
)
def test_other_mistakes_are_seen(content: object) -> None:
    assert not accepts(content)


def test_a_whole_file_is_accepted() -> None:
    VALIDATOR.validate(
        {
            **{key.name: key.default for key in KEYS if key.name != "token_file"},
            "keys": {"browser.refresh": "f5", "session": {"save_as": "ctrl+e"}},
            "views": {"prod": {"outcome": "failed, blocked", "key": "3"}},
            "profiles": {"prod": {"url": "https://hoop.example.com", "accent": "red"}},
        }
    )
