"""What helps to write a configuration: schemas for editors, examples to copy, a starting folder."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from redmine_sla.contract import load_folder, profile_names, profile_text
from redmine_sla.contract.files.schema import json_schema
from redmine_sla.contract.files.start import write_starting_folder
from redmine_sla.errors import SlaError

EXAMPLES = Path(__file__).parents[2] / "examples" / "contracts"
FOLDERS = sorted(path.name for path in EXAMPLES.iterdir())


def wrong_by_schema(kind: str, text: str) -> list[str]:
    """What an editor would underline."""
    return [error.message for error in _editor(kind).iter_errors(_as_json(tomllib.loads(text)))]


@cache
def _editor(kind: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json_schema(kind))


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_json(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_as_json(child) for child in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


@pytest.mark.parametrize("kind", ["sla.toml", "contract", "profile"])
def test_a_schema_is_one_and_describes_every_key(kind: str) -> None:
    schema = json_schema(kind)
    jsonschema.Draft7Validator.check_schema(schema)
    tables = [schema, *schema["$defs"].values()]
    silent = [
        key
        for table in tables
        for key, value in table.get("properties", {}).items()
        if "description" not in value
    ]
    assert silent == []
    assert "null" not in re.findall(r'"type": "(\w+)"', json.dumps(schema))


@pytest.mark.parametrize("profile", profile_names())
def test_a_shipped_profile_agrees_with_its_schema(profile: str) -> None:
    assert wrong_by_schema("profile", profile_text(profile)) == []


@pytest.mark.parametrize("name", FOLDERS)
def test_an_example_agrees_with_its_schemas_and_loads(name: str) -> None:
    configuration = load_folder(EXAMPLES / name)
    assert [contract.extends for contract in configuration.contracts] == [name]
    assert wrong_by_schema("sla.toml", (EXAMPLES / name / "sla.toml").read_text()) == []
    for path in (EXAMPLES / name / "contracts").iterdir():
        assert wrong_by_schema("contract", path.read_text()) == []


def test_there_is_an_example_for_every_profile() -> None:
    assert tuple(FOLDERS) == profile_names()


@pytest.mark.parametrize("name", FOLDERS)
def test_an_example_has_nothing_left_to_warn_of_but_the_calendar_of_coming_years(
    name: str,
) -> None:
    codes = {warned.code for warned in load_folder(EXAMPLES / name).warnings}
    assert codes <= {"holiday-estimated", "swaps-unknown"}


def test_a_schema_underlines_what_the_loader_refuses() -> None:
    contract = 'title = "x"\ncustomer = "y"\nprojects = "p"\nstarts = 2026-01-01\n'
    assert wrong_by_schema("contract", contract + 'day_rule = "whenever"\n')
    assert wrong_by_schema("contract", contract + "oops = 1\n")
    assert wrong_by_schema("contract", contract + '[[targets]]\nseverity = "critcal"\n')
    assert wrong_by_schema("contract", contract + '[[amendments]]\nnote = "no date"\n')
    assert not wrong_by_schema("contract", contract + '[[targets]]\nname = "a"\nremoved = true\n')


# --- The starting folder --------------------------------------------------------------------------


def test_a_starting_folder_loads_as_it_is(tmp_path: Path) -> None:
    write_starting_folder(tmp_path / "sla")
    configuration = load_folder(tmp_path / "sla")
    assert [contract.name for contract in configuration.contracts] == ["example"]


def test_only_its_owner_can_read_where_a_key_may_stand(tmp_path: Path) -> None:
    write_starting_folder(tmp_path)
    assert (tmp_path / "sla.toml").stat().st_mode & 0o777 == 0o600


def test_its_files_name_the_schemas_that_were_written_beside_them(tmp_path: Path) -> None:
    for path in write_starting_folder(tmp_path):
        if path.suffix == ".toml":
            named = path.read_text().splitlines()[0].removeprefix("#:schema ")
            schema = json.loads((path.parent / named).resolve().read_text())
            jsonschema.Draft7Validator.check_schema(schema)


def test_what_is_commented_out_is_right_too(tmp_path: Path) -> None:
    write_starting_folder(tmp_path)
    for name, schema in (("sla.toml", "sla.toml"), ("contracts/example.toml", "contract")):
        text = (tmp_path / name).read_text()
        uncommented = re.sub(r"(?m)^# (?=\[|[a-z_]+ = )", "", text)
        assert uncommented != text
        assert wrong_by_schema(schema, _once(uncommented)) == []


def _once(text: str) -> str:
    """Of alternatives for one key, the first."""
    seen: set[str] = set()
    kept = []
    for line in text.splitlines():
        key = line.split(" = ")[0]
        if line.startswith("["):
            seen.clear()
        if " = " not in line or key not in seen:
            kept.append(line)
        seen.add(key)
    return "\n".join(kept)


def test_a_folder_in_use_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "sla.toml").write_text("mine")
    with pytest.raises(SlaError) as refused:
        write_starting_folder(tmp_path)
    assert str(refused.value) == (
        f"{tmp_path} holds a configuration already: sla.toml\n"
        "  next: choose an empty folder, or move those files away"
    )
    assert (tmp_path / "sla.toml").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["sla.toml"]
