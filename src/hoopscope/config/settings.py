"""Settings: every value and where it came from."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from hoopscope.config import locations
from hoopscope.config.belonging import same_gateway, usable
from hoopscope.config.errors import SettingsError
from hoopscope.config.keys import KEYS, Key
from hoopscope.config.sourced import DEFAULT, Sourced
from hoopscope.config.sources import (
    Layer,
    from_flags,
    from_hoop_file,
    from_hoop_variables,
    from_own_file,
    from_own_variables,
    looked_for,
)
from hoopscope.config.stored_layer import stored_layer

if TYPE_CHECKING:
    from hoopscope.config.profiles import Profile
    from hoopscope.gateway.access import GatewayAccess

CONSOLE_THEME = "16-colour"
_NO_CREDENTIAL = Sourced("", DEFAULT, secret=True)
_OF_THIS_GATEWAY = frozenset({"url", "profile", "view"} | {k.name for k in KEYS if k.of_gateway})


class Places(NamedTuple):
    """What settings are read from beside their own file; the encoding is the terminal's."""

    flags: Mapping[str, object] = MappingProxyType({})
    environ: Mapping[str, str] | None = None
    hoop_file: Path | None = None
    store_file: Path | None = None
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Settings:
    """What hoopscope works with.

    poll_seconds: 0 never looks by itself. deadline_seconds: for a whole request, retries and all.
    stream_limit: in bytes; the output of larger recordings is read without its times.
    sidebar, detail: whether they are open to begin with, where there is room.
    console: begin as a slow line wants it; the default where there is an ssh connection, and then
        the defaults of theme, sidebar and detail are others.
    full_frames: send whole frames to the terminal and not only what changed.
    clipboard: one of `keys.CLIPBOARD_WAYS`.
    profile, view: names of tables in the settings file, "" where none is chosen.
    accent: the colour that this gateway is known by, as `keys.colour` gives it.
    read_only: write nothing to the gateway.
    restricted: start no program, open no other gateway, touch no file.
        Both are on where any place says so, whatever ranks higher.
    credential_store: where `hoopscope login` keeps a credential: auto, keyring or file.
    token_is_kept: whether the credential is from there.
    keys: binding ids to keys.
    views: that table of the settings file, by name and unread.
    profiles: the gateways that the settings file knows by name.
    sources: for each setting its value again and where it came from.
    looked_for: where an address and a credential were looked for, a line each.
    warnings: complaints that keep nothing from working.
    config_file: need not exist.
    loaded_from: what they were read from, to read them again for another profile.
    """

    url: str = ""
    token: str = field(default="", repr=False)
    tls_ca: str = field(default="", repr=False)
    skip_tls_verify: bool = False
    theme: str = "dark"
    utc: bool = False
    poll_seconds: float = 5.0
    deadline_seconds: float = 30.0
    stream_limit: int = 4 * 2**20
    sidebar: bool = True
    detail: bool = True
    mouse: bool = True
    ascii: bool = False
    console: bool = False
    full_frames: bool = False
    clipboard: str = "auto"
    profile: str = ""
    accent: str = ""
    view: str = ""
    read_only: bool = False
    restricted: bool = False
    credential_store: str = "auto"
    token_is_kept: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    views: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    profiles: tuple[Profile, ...] = ()
    sources: Mapping[str, Sourced[Any]] = field(default_factory=dict)
    looked_for: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    config_file: Path = Path("config.toml")
    loaded_from: Places | None = field(default=None, repr=False)

    @property
    def profile_of_gateway(self) -> str:
        """The profile's name where the gateway is that profile's, else ""."""
        return self.profile_name(self.url)

    def profile_name(self, url: str) -> str:
        """The name of the profile that is chosen where an address is that profile's, else ""."""
        if not self.profile:
            return ""
        from hoopscope.config.profiles import profile_of

        return profile_of(self.profile, url, self.profiles)

    def accent_of(self, url: str) -> str:
        """The accent where an address is that of these settings, else ""."""
        return self.accent if self.accent and same_gateway(self.url, url) else ""

    def for_profile(self, name: str) -> Settings:
        """The settings of another profile, read anew as if `--profile` had named it at the start.

        What was said of the gateway on the command line counts for the first one only.

        Raises:
            SettingsError: there is no such profile, or its settings cannot be used.
        """
        places = self.loaded_from or Places()
        kept = {key: value for key, value in places.flags.items() if key not in _OF_THIS_GATEWAY}
        return load_settings(
            {**kept, "profile": name, "config": self.config_file},
            places.environ,
            hoop_file=places.hoop_file,
            store_file=places.store_file,
            encoding=places.encoding,
            standard_input=False,
        )

    def access(self) -> GatewayAccess | None:
        """The gateway and what opens it; None where the address or the credential is missing.

        Raises:
            InvalidAddress, InvalidCredential: they are there and cannot be right.
        """
        if not self.url or not self.token:
            return None
        from hoopscope.gateway.access import GatewayAccess
        from hoopscope.gateway.errors import InvalidAddress, InvalidCredential

        try:
            return GatewayAccess(
                self.url, self.token, self.tls_ca, self.skip_tls_verify, self.read_only
            )
        except InvalidAddress as error:
            raise InvalidAddress(self._with_source(error.what, "url"), error.advice) from None
        except InvalidCredential as error:
            raise InvalidCredential(self._with_source(error.what, "token"), error.advice) from None

    def _with_source(self, what: str, name: str) -> str:
        source = self.sources.get(name)
        return f"{what} It is from {source.source}." if source else what


def load_settings(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    own_file: Path | None = None,
    hoop_file: Path | None = None,
    store_file: Path | None = None,
    encoding: str = "utf-8",
    gateway: bool = True,
    standard_input: bool = True,
) -> Settings:
    """Read all settings: flags, environment, own file, store, the hoop CLI's file, defaults.

    Args:
        flags: by setting; None was not given. `config` names another settings file.
        environ: the environment; None is the process's own.
        own_file, hoop_file, store_file: for other places than the usual ones.
        encoding: the terminal's; where it is not UTF-8 the signs default to ASCII.
        gateway: False for what needs no gateway: no file with a credential is opened for it.
        standard_input: False where it cannot be a credential's, for somebody types there.

    Raises:
        SettingsError: something given cannot be used.
    """
    environ = os.environ if environ is None else environ
    flags = dict(flags or {})
    named = flags.pop("config", None) or environ.get("HOOPSCOPE_CONFIG")
    own_file = locations.expanded(str(named)) if named else own_file or locations.config_file()
    own = from_own_file(own_file, required=named is not None)
    given = [
        from_flags(flags),
        from_own_variables(environ),
        from_hoop_variables(environ),
        own,
        _hoop_layer(hoop_file or locations.hoop_cli_file()),
    ]
    layers, profiles = _with_profile(given, own)
    stored = stored_layer(layers[:-1], layers[-1:], store_file) if gateway else None
    layers = [*layers[:-1], *([stored] if stored else []), layers[-1]]
    fit, refused = usable(layers)
    defaults = _defaults(layers, environ, encoding)
    sources: dict[str, Sourced[Any]] = {
        key.name: _found(key, fit if key.of_gateway else layers)
        or Sourced(defaults.get(key.name, key.default), DEFAULT, secret=key.secret)
        for key in KEYS
    }
    warnings = [warning for layer in layers for warning in layer.warnings]
    token = _credential(fit, warnings, standard_input) if gateway else _NO_CREDENTIAL
    sources["token"] = token
    return Settings(
        **{name: found.value for name, found in sources.items() if name != "token_file"},
        token_is_kept=stored is not None and token is stored.values.get("token"),
        keys=own.tables.get("keys", {}),
        views=own.tables.get("views", {}),
        profiles=profiles,
        sources=sources,
        looked_for=(*looked_for(layers), *refused),
        warnings=tuple(warnings),
        config_file=own_file,
        loaded_from=Places(flags, environ, hoop_file, store_file, encoding),
    )


def _defaults(
    layers: Sequence[Layer], environ: Mapping[str, str], encoding: str
) -> dict[str, object]:
    """The defaults that depend on where this runs."""
    is_utf8 = encoding.lower().replace("-", "").startswith("utf8")
    over_ssh = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    console = _first("console", layers)
    defaults: dict[str, object] = {"ascii": not is_utf8, "console": over_ssh}
    if over_ssh if console is None else console.value:
        defaults |= {"theme": CONSOLE_THEME, "sidebar": False, "detail": False}
    return defaults


def _hoop_layer(path: Path) -> Layer:
    """The hoop CLI's file is not ours: a broken one is complained about and stops nothing."""
    try:
        return from_hoop_file(path)
    except SettingsError as error:
        return Layer(str(path), "api_url, token", is_file=True, warnings=(str(error),), broken=True)


def _with_profile(layers: list[Layer], own: Layer) -> tuple[list[Layer], tuple[Profile, ...]]:
    if not own.tables.get("profiles") and not any(layer.values.get("profile") for layer in layers):
        return layers, ()
    from hoopscope.config.profiles import known, profile_layers, ranked

    profiles = profile_layers(own)
    return ranked(layers, profiles), known(profiles)


def _found(key: Key, layers: Sequence[Layer]) -> Sourced[Any] | None:
    if key.stays_on:
        for layer in layers:
            if key.name in layer.values and layer.values[key.name].value:
                return layer.values[key.name]
    return _first(key.name, layers)


def _first(name: str, layers: Sequence[Layer]) -> Sourced[Any] | None:
    return next((layer.values[name] for layer in layers if name in layer.values), None)


def _credential(layers: Sequence[Layer], warnings: list[str], standard_input: bool) -> Sourced[str]:
    from hoopscope.config.credential_file import STANDARD_INPUT, read_credential_file

    for layer in layers:
        named, given = layer.values.get("token_file"), layer.values.get("token")
        if named is not None and named.value == STANDARD_INPUT and not standard_input:
            raise SettingsError(
                f"{named.source}: the credential comes from standard input, which it can only as"
                " hoopscope starts."
            )
        if named is not None and named.value:
            token, complaint = read_credential_file(named.value, named.source)
            if complaint:
                warnings.append(complaint)
            return Sourced(token, f"{named.source} ({named.value})", secret=True)
        if given is not None and given.value:
            return given
    return _NO_CREDENTIAL
