"""The field that ties a row to the act that wrote it."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from uuid import UUID

    UUIDField = models.UUIDField[UUID, UUID]
else:
    UUIDField = models.UUIDField


class CurrentAct(models.Func):
    """The act that is open on this connection; the database refuses when none is."""

    function = "audit.current_act"
    arity = 0

    def __init__(self) -> None:
        super().__init__(output_field=models.UUIDField())


class ActField(UUIDField):
    """The id of the act that wrote a row of an append-only or history table.

    Filled by the database itself from the open act; never set from Python.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        kwargs["db_default"] = CurrentAct()
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Return the parts for a migration; the default is always the open act."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_default", None)
        kwargs.pop("editable", None)
        return name, path, args, kwargs
