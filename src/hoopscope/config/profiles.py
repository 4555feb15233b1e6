"""Profiles: the gateways that a settings file knows by name, each with settings of its own.

A profile ranks right below whatever chose it: below the flags where `--profile` did, below
hoopscope's own variables where `HOOPSCOPE_PROFILE` did, and above all else in its file where
`profile = "NAME"` did. So whoever asks for a gateway by name gets that one, with its credential.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hoopscope.config.belonging import same_gateway
from hoopscope.config.errors import SettingsError
from hoopscope.config.keys import BY_NAME, KEYS
from hoopscope.config.sourced import Sourced
from hoopscope.config.sources import Layer, value_from
from hoopscope.config.toml_file import TomlFile

TABLE = "profiles"
ALLOWED = tuple(key.name for key in KEYS if key.in_profile)


class Profile(NamedTuple):
    """What there is to tell of a profile before it is opened.

    accent: as the setting, "" without one.
    """

    name: str
    url: str
    accent: str = ""
    read_only: bool = False


def profile_layers(own: Layer) -> dict[str, Layer]:
    """The profiles of the settings file, by name and in its order.

    Raises:
        SettingsError: one of them has a key that it cannot have, a value that cannot be, or no url.
    """
    tables, file = own.tables.get(TABLE, {}), own.file
    return {} if file is None else {name: _layer(file, name, tables[name]) for name in tables}


def ranked(layers: Sequence[Layer], profiles: Mapping[str, Layer]) -> list[Layer]:
    """The layers, highest first, with the profile that they choose in its place among them.

    Raises:
        SettingsError: they choose one that there is not.
    """
    for rank, layer in enumerate(layers):
        chosen = layer.values.get("profile")
        if chosen is None:
            continue
        if not chosen.value:
            break
        if chosen.value not in profiles:
            raise _unknown(chosen, profiles)
        place = rank if layer.is_file else rank + 1
        return [*layers[:place], profiles[chosen.value], *layers[place:]]
    return list(layers)


def known(profiles: Mapping[str, Layer]) -> tuple[Profile, ...]:
    """What there is to tell of each."""
    return tuple(
        Profile(
            name,
            layer.values["url"].value,
            _value(layer, "accent"),
            _value(layer, "read_only"),
        )
        for name, layer in profiles.items()
    )


def profile_of(name: str, url: str, profiles: Sequence[Profile]) -> str:
    """The chosen profile's name where the address is its own, "" where it is another gateway's."""
    found = next((profile for profile in profiles if profile.name == name), None)
    return name if found is not None and same_gateway(found.url, url) else ""


def _layer(file: TomlFile, name: str, table: Mapping[str, Any]) -> Layer:
    if not name or name != name.strip() or not name.isprintable():
        raise file.wrong(TABLE, f"{name!r} is no name for a profile")
    within = (TABLE, name)
    values = {}
    for key, value in table.items():
        if key not in ALLOWED:
            reason = "is not for a profile" if key in BY_NAME else "is no setting"
            raise file.wrong(key, f"{reason}; a profile can have {', '.join(ALLOWED)}", within)
        found = value_from(file, key, key, value, within)
        values[key] = found._replace(source=f"profile {name}: {found.source}")
    if not values.get("url", Sourced("", "")).value:
        raise file.wrong(name, "has no url, and a profile is a gateway", (TABLE,))
    if "token" in values and "token_file" in values:
        raise file.wrong("token_file", "stands beside token; give one of the two", within)
    return Layer(
        f"{file.path}, profile {name}",
        "url, token, token_file",
        values,
        is_file=True,
        is_profile=True,
    )


def _value(layer: Layer, name: str) -> Any:
    found = layer.values.get(name)
    return BY_NAME[name].default if found is None else found.value


def _unknown(chosen: Sourced[str], profiles: Mapping[str, Layer]) -> SettingsError:
    there = f"there are {', '.join(profiles)}" if profiles else "the settings file has none"
    return SettingsError(f"{chosen.source}: {chosen.value!r} is no profile; {there}.")
