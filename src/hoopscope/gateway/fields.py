"""FieldReader: takes fields out of decoded JSON, noting what is not as it should be."""

from __future__ import annotations

from typing import Any

from hoopscope.gateway.moments import ZERO_TIME, microseconds

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
_FAULTS_NAMED = 3


class FieldReader:
    """Reads the fields of one JSON object and of those within it; never raises.

    What is null or absent is simply not there. What has another type than expected is noted as
    a fault, once for the whole tree of readers, and read as if it were not there.
    """

    __slots__ = ("_faults", "_path", "_values")

    def __init__(
        self, values: dict[str, Any], path: str = "", faults: list[str] | None = None
    ) -> None:
        self._values = values
        self._path = path
        self._faults = [] if faults is None else faults

    def within(self, name: str) -> FieldReader:
        """A reader of the object in a field; of an empty one where there is none."""
        value = self._values.get(name)
        if type(value) is dict:
            return FieldReader(value, f"{self._path}{name}.", self._faults)
        if value is not None:
            self._wrong(name, "an object")
        return _NOTHING

    def free(self) -> FieldReader:
        """The same fields, where nothing is promised and so nothing is at fault."""
        return FieldReader(self._values) if self._values else self

    def objects(self, name: str) -> list[dict[str, Any]]:
        """The objects in a list; what else is in it is left out."""
        value = self._values.get(name)
        if value is None:
            return []
        if type(value) is not list:
            self._wrong(name, "a list")
            return []
        found = [item for item in value if type(item) is dict]
        if len(found) != len(value):
            self._wrong(name, "a list of objects")
        return found

    def text(self, name: str) -> str:
        """A text, with lone surrogates (which no file and no database takes) written out."""
        value = self._values.get(name)
        if type(value) is str:
            if value.isascii():
                return value
            return value.encode("utf-8", "backslashreplace").decode("utf-8")
        if value is not None:
            self._wrong(name, "text")
        return ""

    def number(self, name: str) -> int | None:
        """A whole number of at most 64 bits."""
        value = self._values.get(name)
        if type(value) is int and _LOWEST <= value <= _HIGHEST:
            return value
        if value is not None:
            self._wrong(name, "a whole number")
        return None

    def flag(self, name: str) -> bool:
        value = self._values.get(name)
        if value is not None and type(value) is not bool:
            self._wrong(name, "true or false")
        return value is True

    def moment(self, name: str) -> int | None:
        """Microseconds since 1970 UTC; year 1, which stands for no time, is none."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            found = microseconds(value)
        except (TypeError, ValueError, OverflowError):
            self._wrong(name, "a time")
            return None
        return None if found == ZERO_TIME else found

    def has(self, name: str) -> bool:
        """Whether there is anything in the field at all."""
        return self._values.get(name) not in (None, "")

    def fault(self, words: str) -> None:
        """Note that something is wrong with the whole."""
        self._faults.append(words)

    def faults_in_words(self) -> str:
        """What is wrong, "" where nothing is."""
        if not self._faults:
            return ""
        more = len(self._faults) - _FAULTS_NAMED
        named = ", ".join(self._faults[:_FAULTS_NAMED])
        return f"{named} and {more} more" if more > 0 else named

    def _wrong(self, name: str, expected: str) -> None:
        self._faults.append(f"{self._path}{name} is not {expected}")


_NOTHING = FieldReader({})
