"""Settings: every value and where it came from."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoopscope.config import locations
from hoopscope.config.belonging import OF_GATEWAY, usable
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


@dataclass(frozen=True, slots=True)
class Settings:
    """What hoopscope works with.

    poll_seconds: 0 never looks by itself. deadline_seconds: for a whole request.
    keymap: binding ids to keys. looked_for: where an address and a credential were looked for, a
    line each. warnings: complaints that keep nothing from working. config_file need not exist.
    """

    url: Sourced[str]
    token: Sourced[str]
    token_file: Sourced[str]
    tls_ca: Sourced[str]
    skip_tls_verify: Sourced[bool]
    theme: Sourced[str]
    utc: Sourced[bool]
    poll_seconds: Sourced[float]
    deadline_seconds: Sourced[float]
    sidebar: Sourced[bool]
    detail_pane: Sourced[bool]
    mouse: Sourced[bool]
    ascii: Sourced[bool]
    config_file: Path
    keymap: Mapping[str, str] = field(default_factory=dict)
    looked_for: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def access(self) -> GatewayAccess | None:
        """The gateway and what opens it; None where the address or the credential is missing.

        Raises:
            InvalidAddress, InvalidCredential: they are there and cannot be right.
        """
        if not self.url.value or not self.token.value:
            return None
        from hoopscope.gateway.access import GatewayAccess
        from hoopscope.gateway.errors import InvalidAddress, InvalidCredential

        try:
            return GatewayAccess(
                url=self.url.value,
                credential=self.token.value,
                tls_ca=self.tls_ca.value,
                skip_tls_verify=self.skip_tls_verify.value,
            )
        except InvalidAddress as error:
            raise InvalidAddress(
                f"{error.what} It is from {self.url.source}.", error.advice
            ) from None
        except InvalidCredential as error:
            what = f"{error.what} It is from {self.token.source}."
            raise InvalidCredential(what, error.advice) from None


def load_settings(
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    own_file: Path | None = None,
    hoop_file: Path | None = None,
    encoding: str = "utf-8",
) -> Settings:
    """Read all settings: flags, then environment, own file, the hoop CLI's file, defaults.

    Args:
        flags: by setting; None was not given. `config` names another settings file.
        environ: the environment; None is the process's own.
        own_file, hoop_file: for other places than the usual ones.
        encoding: the terminal's; where it is not UTF-8 the signs default to ASCII.

    Raises:
        SettingsError: something given cannot be used.
    """
    environ = os.environ if environ is None else environ
    flags = dict(flags or {})
    named = flags.pop("config", None) or environ.get("HOOPSCOPE_CONFIG")
    own_file = Path(str(named)).expanduser() if named else own_file or locations.config_file()
    hoop_file = hoop_file or locations.hoop_cli_file()
    layers = [
        from_flags(flags),
        from_own_variables(environ),
        from_hoop_variables(environ),
        from_own_file(own_file, required=named is not None),
    ]
    layers.append(_hoop_layer(hoop_file))
    fit, refused = usable(layers)
    values = {key.name: _first(key.name, fit if key.of_gateway else layers) for key in KEYS}
    warnings = [warning for layer in layers for warning in layer.warnings]
    token = _credential(fit, warnings.append)
    defaults = {"ascii": not encoding.lower().replace("-", "").startswith("utf8")}
    found: dict[str, Any] = {
        key.name: values[key.name] or Sourced(defaults.get(key.name, key.default), DEFAULT)
        for key in KEYS
    }
    found["token"] = token or Sourced("", DEFAULT, secret=True)
    found["tls_ca"] = _resolved(found["tls_ca"], own_file)
    return Settings(
        **found,
        config_file=own_file,
        keymap=layers[3].keymap,
        looked_for=(*_looked_for(layers), *refused),
        warnings=tuple(warnings),
    )


def _hoop_layer(path: Path) -> Layer:
    """The hoop CLI's file is not ours: a broken one is complained about and stops nothing."""
    try:
        return from_hoop_file(path)
    except SettingsError as error:
        return Layer(str(path), "api_url, token", is_file=True, warnings=(str(error),), broken=True)


def _first(name: str, layers: Sequence[Layer]) -> Sourced[Any] | None:
    return next((layer.values[name] for layer in layers if name in layer.values), None)


def _credential(layers: Sequence[Layer], complain: Callable[[str], None]) -> Sourced[str] | None:
    from hoopscope.config.credential_file import read_credential_file

    for layer in layers:
        named = layer.values.get("token_file")
        if named is not None and named.value:
            token, complaint = read_credential_file(named.value, named.source)
            if complaint:
                complain(complaint)
            return Sourced(token, f"{named.source} ({named.value})", secret=True)
        token_given = layer.values.get("token")
        if token_given is not None and token_given.value:
            return token_given
    return None


def _resolved(tls_ca: Sourced[str], own_file: Path) -> Sourced[str]:
    """A relative path in the own file counts from the file's folder."""
    value = tls_ca.value
    if not tls_ca.source.startswith(str(own_file)) or "-----BEGIN" in value or len(value) > 400:
        return tls_ca
    path = own_file.parent / Path(value).expanduser()
    return Sourced(str(path), tls_ca.source) if path.exists() else tls_ca


def _looked_for(layers: Sequence[Layer]) -> list[str]:
    lines = []
    for layer in layers:
        held = [name for name in ("url", *sorted(OF_GATEWAY)) if name in layer.values]
        if not layer.exists:
            said = "there is no such file"
        elif layer.broken:
            said = "cannot be read"
        elif {"url"} & set(held) and {"token", "token_file"} & set(held):
            said = "an address and a credential"
        elif "url" in held:
            said = "an address, no credential"
        elif {"token", "token_file"} & set(held):
            said = "a credential, no address"
        else:
            said = "neither address nor credential"
        lines.append(f"{layer.name} ({layer.names}): {said}")
    return lines
