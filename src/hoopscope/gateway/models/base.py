"""GatewayModel: what all models of the gateway's JSON have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    model_validator,
)


class GatewayModel(BaseModel):
    """An object of the gateway: every field may be absent or null, unknown ones are kept.

    Enumerations are plain texts, so that a value which this version does not know is shown as it
    came. A field of another type than expected is None, and named in `unreadable`; the rest of
    the object holds.
    """

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    _unreadable: tuple[str, ...] = PrivateAttr(default=())

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The names of the fields of this object that had another type than expected."""
        return self._unreadable

    @property
    def unknown(self) -> dict[str, Any]:
        """The fields that this version does not know, as they came."""
        return self.model_extra or {}

    @classmethod
    def list_from(cls, values: list[Any]) -> list[Self]:
        """The objects in a list; what is no object is left out."""
        return [cls.model_validate(value) for value in values if isinstance(value, dict)]

    @model_validator(mode="wrap")
    @classmethod
    def _spare_the_rest(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if isinstance(value, dict) and not all(map(str.isascii, value)):
            # An unknown field's name may hold lone surrogates, which pydantic cannot take.
            value = {_clean(name): item for name, item in value.items()}
        try:
            return handler(value)
        except ValidationError as error:
            wrong = {found["loc"][0] for found in error.errors(include_url=False) if found["loc"]}
            if not isinstance(value, dict) or not wrong:
                raise
            made = handler({name: item for name, item in value.items() if name not in wrong})
            made._unreadable = tuple(sorted(str(name) for name in wrong))
            return made


def _clean(value: Any) -> Any:
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value if value is None or isinstance(value, datetime) else str(value)
    moment = datetime.fromisoformat(value)
    if moment.year == 1:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Text = Annotated[str, BeforeValidator(_clean)]
"""Text that is always valid Unicode; lone surrogates are written out."""

Moment = Annotated[datetime | None, BeforeValidator(_moment)]
"""An aware time; None for year 1, which stands for no time."""

FreeForm = dict[Text, Any]
"""An object in which anybody may put anything."""
