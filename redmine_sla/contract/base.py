"""What all parts of the configuration share: frozen, strict, with unknown keys refused."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema


class Section(BaseModel):
    """A table of the configuration. Immutable; an unknown key is an error, not a surprise."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, validate_default=True, strict=False
    )


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Names = Annotated[
    tuple[Text, ...],
    BeforeValidator(_as_tuple),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One name or a list of names: `"Bug"` and `["Bug", "Defect"]` are both fine."""
