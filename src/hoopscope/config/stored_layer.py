"""What `hoopscope login` keeps, as a place that settings come from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoopscope.config import locations
from hoopscope.config.belonging import address_of, usable
from hoopscope.config.errors import SettingsError
from hoopscope.config.sourced import Sourced
from hoopscope.config.sources import Layer

if TYPE_CHECKING:
    from hoopscope.config.credentials_store import CredentialsStore

_CALLED = "kept by `hoopscope login`"


def stored_layer(layers: Sequence[Layer], below: Sequence[Layer], path: Path | None) -> Layer:
    """The credential for the address that the layers name; without one, the last sign-in's.

    Args:
        layers: the places that rank higher, highest first; below: those that rank lower.
        path: the file of the store; None is the usual one.
    """
    path = path or locations.credentials_file()
    try:
        # Most people have none, and everybody's start comes through here.
        path.lstat()
    except OSError:
        return Layer(str(path), _CALLED)
    from hoopscope.config.credentials_store import CredentialsStore

    try:
        address, values = _found(CredentialsStore(path), layers, below)
        return Layer(str(path), _CALLED, values, found_for=address)
    except SettingsError as error:
        return Layer(str(path), _CALLED, warnings=(str(error),), broken=True)


def _found(
    store: CredentialsStore, layers: Sequence[Layer], below: Sequence[Layer]
) -> tuple[Sourced[str] | None, dict[str, Sourced[Any]]]:
    """The address that was looked for, and what there is for it."""
    values: dict[str, Sourced[Any]] = {}
    address = address_of([*layers, *below])
    if address is None:
        if not (last := store.last_address()):
            return None, values
        address = values["url"] = Sourced(last, str(store.path))
    elif any({"token", "token_file"} & layer.values.keys() for layer in usable(layers)[0]):
        # It would not be used: no keyring is opened for that.
        return address, values
    found = store.find(address.value)
    if found is not None:
        values["token"] = found
    return address, values
