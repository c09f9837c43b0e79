"""What all parts of the configuration share: frozen, strict, with unknown keys refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo

from redmine_sla.contract.explain import findings_of, unknown_key
from redmine_sla.contract.findings import ContradictionsError, Finding, Path, WrongValueError
from redmine_sla.errors import SlaError

Read = TypeVar("Read")


class Section(BaseModel):
    """A table of the configuration. Immutable; an unknown key is an error, not a surprise.

    All mistakes of a table are collected and told together: wrong values, unknown keys, and the
    `contradictions` between values that are right by themselves.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        validate_default=True,
        hide_input_in_errors=True,
        defer_build=True,
    )

    @classmethod
    def arranged(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """The table as the model wants it, where a file says it more simply."""
        return written

    @classmethod
    def as_written(cls, path: Path) -> Path:
        """The way back from the arranged table's path to the one in the file."""
        return path

    @classmethod
    def references(cls, written: Mapping[str, Any]) -> Iterable[Finding]:  # noqa: ARG003
        """Mistakes to be seen in the raw table, told even where its values are still wrong."""
        return ()

    def contradictions(self) -> Iterable[Finding]:
        """What is wrong between values that are each right."""
        return ()

    @classmethod
    def keys(cls) -> dict[str, FieldInfo]:
        """The fields by the key written in a file."""
        return {field.alias or name: field for name, field in cls.model_fields.items()}

    @classmethod
    def unknown(cls, key: str, known: Iterable[str]) -> Finding:
        """What is said of a key that the table does not have."""
        return unknown_key(key, known)

    @model_validator(mode="wrap")
    @classmethod
    def _all_mistakes_at_once(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(value, Mapping):
            return handler(value)
        written = cls.arranged(value)
        known = cls.keys()
        accepted = known.keys() | cls.model_fields.keys()
        findings = [cls.unknown(str(key), known) for key in written if key not in accepted]
        findings += cls.references(written)
        try:
            section = handler({key: written[key] for key in written if key in accepted})
        except ValidationError as error:
            findings += findings_of(error, known)
        else:
            findings = findings or list(section.contradictions())
            if not findings:
                return section
        raise ContradictionsError(
            Finding(cls.as_written(finding.path), finding.what, finding.right)
            for finding in findings
        )


def on_record(promise: str) -> str:
    """The description of a key that is checked and kept with the contract, and nothing more."""
    return f"{promise} (on record: nothing acts on it yet)"


def reader(parse: Callable[[str], Read], right: str = "") -> BeforeValidator:
    """Let pydantic read text by a domain's own parser, and keep the parser's advice."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            if isinstance(value, bool | int | float | Decimal | list | dict):
                raise WrongValueError(
                    f"{value} is of the wrong kind", right or "write text in quotes"
                )
            return value
        try:
            return parse(value)
        except SlaError as error:
            raise WrongValueError(error.message, error.hint or right) from None
        except WrongValueError:
            raise
        except ValueError as error:
            raise WrongValueError(str(error), right) from None

    return BeforeValidator(read)


def _as_tuple(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        raise WrongValueError(f"{value!r} is a binary fraction", f'write Decimal("{value!r}")')
    if isinstance(value, bool):
        raise WrongValueError(f"{str(value).lower()} is of the wrong kind", "write a number")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Names = Annotated[
    tuple[Text, ...],
    BeforeValidator(_as_tuple),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One name or a list of names: `"Bug"` and `["Bug", "Defect"]` are both fine."""

_NUMBER = WithJsonSchema({"type": "number"})

Exact = Annotated[Decimal, BeforeValidator(_exact), _NUMBER]
"""A number without binary rounding; TOML's fractions arrive as `Decimal`."""

Percent = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, le=100),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100}),
]
"""0 to 100, exact: 98.89 is 98.89."""

Hours = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
"""Hours of work, not of waiting: 0.25 is a quarter."""
