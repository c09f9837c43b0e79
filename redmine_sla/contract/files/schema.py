"""JSON Schema of the files, for editors (taplo, Even Better TOML): completion, hints, early errors.

It is drawn from the models, in the form of draft 7. Whatever an `extends` may supply is not
required here: the loader alone knows the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from redmine_sla.calendar import Target
from redmine_sla.contract.contract import TERMS_KEYS, Contract
from redmine_sla.contract.desk import STATUS_ROLES, Desk
from redmine_sla.contract.desk.fields import INPUT_FIELDS, OUTPUT_FIELDS
from redmine_sla.contract.promises.clocks import Trigger
from redmine_sla.contract.tree import KEYED

Schema = dict[str, Any]

_WHOLE_ENTRIES = frozenset(
    {"Archive", "Contact", "Exclusion", "ExtraCover", "Maintenance", "Outcome", "Rate"}
)
"""Entries of lists that are never laid over others: what they need must stand in them."""

_ALWAYS_OWN = ("title", "customer", "projects", "starts")


def json_schema(file: str) -> Schema:
    """The schema of `sla.toml`, `contract` or `profile`. Raises `KeyError` for others."""
    return _SCHEMAS[file]()


def desk_schema() -> Schema:
    """The schema of `sla.toml`."""
    schema = Desk.model_json_schema(schema_generator=_Plainly)
    definitions = schema["$defs"]
    statuses = definitions["Statuses"]
    names = statuses["properties"]["roles"]["additionalProperties"]
    definitions["Statuses"] = {
        "type": "object",
        "description": statuses["description"],
        "properties": {role: names | {"description": said} for role, said in STATUS_ROLES.items()},
        "additionalProperties": names,
    }
    schema["properties"]["fields"]["properties"] = {
        role: {"type": "string", "minLength": 1, "description": said}
        for role, said in (INPUT_FIELDS | OUTPUT_FIELDS).items()
    }
    return _finished(schema, "sla.toml of redmine-sla")


def contract_schema() -> Schema:
    """The schema of `contracts/*.toml`."""
    return _contract_file("a contract of redmine-sla") | {"required": list(_ALWAYS_OWN)}


def profile_schema() -> Schema:
    """The schema of `profiles/*.toml`: a contract with everything left open."""
    return _contract_file("a profile of redmine-sla")


class _Plainly(GenerateJsonSchema):
    """Defaults as a person would write them."""

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, tuple):
            return [self.encode_default(item) for item in dft]
        return str(dft) if isinstance(dft, Target | Trigger) else super().encode_default(dft)


def _contract_file(title: str) -> Schema:
    schema = Contract.model_json_schema(schema_generator=_Plainly)
    definitions = schema["$defs"]
    terms = {
        key: value
        for key, value in definitions.pop("Terms")["properties"].items()
        if key in TERMS_KEYS
    }
    amendment = definitions["Amendment"]
    amendment["properties"] = {
        key: value for key, value in amendment["properties"].items() if key != "terms"
    } | terms
    del schema["properties"]["terms"]
    schema["properties"] |= terms
    schema["required"] = []
    for name, definition in definitions.items():
        if name == "Amendment":
            definition["required"] = ["from", "note"]
        elif name not in _WHOLE_ENTRIES:
            definition.pop("required", None)
    for key in KEYED:
        entry = definitions[terms[key]["items"]["$ref"].rpartition("/")[2]]
        entry["properties"]["removed"] = {
            "type": "boolean",
            "description": "true takes out the inherited entry of this name",
        }
    return _finished(schema, title)


def _finished(schema: Schema, title: str) -> Schema:
    tidy: Schema = _tidied(schema)
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | tidy | {"title": title}


def _tidied(value: Any) -> Any:
    """Without what says nothing in TOML: null, empty defaults, titles made from key names.

    What stands beside a `$ref` is ignored by draft 7, and so put around it.
    """
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    tidy = {
        key: {name: _tidied(child) for name, child in item.items()}
        if key in {"properties", "$defs"}
        else _tidied(item)
        for key, item in value.items()
        if not (key == "title" and isinstance(item, str))
        and not (key == "default" and item in (None, [], {}))
    }
    tidy |= _without_null(tidy)
    if "$ref" in tidy and len(tidy) > 1:
        return {"allOf": [{"$ref": tidy.pop("$ref")}]} | tidy
    return tidy


def _without_null(schema: Schema) -> Schema:
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        del schema["anyOf"]
        only: Schema = choices[0]
        return only
    return {"anyOf": choices} if choices else {}


_SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "sla.toml": desk_schema,
    "contract": contract_schema,
    "profile": profile_schema,
}
