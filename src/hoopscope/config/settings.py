"""Settings: every value and where it came from."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoopscope.config import locations
from hoopscope.config.belonging import usable
from hoopscope.config.errors import SettingsError
from hoopscope.config.keys import KEYS
from hoopscope.config.sourced import DEFAULT, Sourced
from hoopscope.config.sources import (
    Layer,
    from_flags,
    from_hoop_file,
    from_hoop_variables,
    from_own_file,
    from_own_variables,
)

if TYPE_CHECKING:
    from hoopscope.gateway.access import GatewayAccess

CONSOLE_THEME = "16-colour"
_NO_CREDENTIAL = Sourced("", DEFAULT, secret=True)


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
    read_only: write nothing to the gateway.
    restricted: start no program, open no other gateway, touch no file.
    keys: binding ids to keys.
    views, profiles: those tables of the settings file, by name and unread.
    sources: for each setting its value again and where it came from.
    looked_for: where an address and a credential were looked for, a line each.
    warnings: complaints that keep nothing from working.
    config_file: need not exist.
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
    view: str = ""
    read_only: bool = False
    restricted: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)
    views: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sources: Mapping[str, Sourced[Any]] = field(default_factory=dict)
    looked_for: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    config_file: Path = Path("config.toml")

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
            return GatewayAccess(self.url, self.token, self.tls_ca, self.skip_tls_verify)
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
    encoding: str = "utf-8",
    gateway: bool = True,
) -> Settings:
    """Read all settings: flags, then environment, own file, the hoop CLI's file, defaults.

    Args:
        flags: by setting; None was not given. `config` names another settings file.
        environ: the environment; None is the process's own.
        own_file, hoop_file: for other places than the usual ones.
        encoding: the terminal's; where it is not UTF-8 the signs default to ASCII.
        gateway: False for what needs no gateway: no file with a credential is opened for it.

    Raises:
        SettingsError: something given cannot be used.
    """
    environ = os.environ if environ is None else environ
    flags = dict(flags or {})
    named = flags.pop("config", None) or environ.get("HOOPSCOPE_CONFIG")
    own_file = locations.expanded(str(named)) if named else own_file or locations.config_file()
    own = from_own_file(own_file, required=named is not None)
    layers = [
        from_flags(flags),
        from_own_variables(environ),
        from_hoop_variables(environ),
        own,
        _hoop_layer(hoop_file or locations.hoop_cli_file()),
    ]
    fit, refused = usable(layers)
    defaults = _defaults(layers, environ, encoding)
    sources: dict[str, Sourced[Any]] = {
        key.name: _first(key.name, fit if key.of_gateway else layers)
        or Sourced(defaults.get(key.name, key.default), DEFAULT, secret=key.secret)
        for key in KEYS
    }
    warnings = [warning for layer in layers for warning in layer.warnings]
    sources["token"] = _credential(fit, warnings) if gateway else _NO_CREDENTIAL
    return Settings(
        **{name: found.value for name, found in sources.items() if name != "token_file"},
        keys=own.tables.get("keys", {}),
        views=own.tables.get("views", {}),
        profiles=own.tables.get("profiles", {}),
        sources=sources,
        looked_for=(*_looked_for(layers), *refused),
        warnings=tuple(warnings),
        config_file=own_file,
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


def _first(name: str, layers: Sequence[Layer]) -> Sourced[Any] | None:
    return next((layer.values[name] for layer in layers if name in layer.values), None)


def _credential(layers: Sequence[Layer], warnings: list[str]) -> Sourced[str]:
    from hoopscope.config.credential_file import read_credential_file

    for layer in layers:
        named, given = layer.values.get("token_file"), layer.values.get("token")
        if named is not None and named.value:
            token, complaint = read_credential_file(named.value, named.source)
            if complaint:
                warnings.append(complaint)
            return Sourced(token, f"{named.source} ({named.value})", secret=True)
        if given is not None and given.value:
            return given
    return _NO_CREDENTIAL


def _looked_for(layers: Sequence[Layer]) -> list[str]:
    lines = []
    for layer in layers:
        url = "url" in layer.values
        credential = bool({"token", "token_file"} & layer.values.keys())
        if not layer.exists:
            found = "no such file"
        elif layer.broken:
            found = "cannot be read"
        elif not url and not credential:
            found = (
                f"no {' and no '.join(layer.called.split(', ')[:2])}"
                if layer.is_file
                else "not set"
            )
        else:
            found = " and ".join(["an address"] * url + ["a credential"] * credential)
        lines.append(f"{layer.place}: {found}")
    return lines
