"""`sla.toml`: what it may say, what it must say, and that its secrets stay secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.contract import ConfigurationError, api_key, load_folder, loads_desk
from redmine_sla.errors import SlaError
from tests.contract.writing import DESK, OFFICE, PLAIN, folder

KEY = "0123456789abcdef0123456789abcdef01234567"


def refused(text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as error:
        loads_desk(text)
    assert KEY not in str(error.value)
    return str(error.value).splitlines()


def test_statuses_fields_and_roles_are_read_by_role() -> None:
    desk = loads_desk(DESK + '[fields]\nclass = "SLA class"\n')
    assert desk.statuses.roles["resolved"] == ("Resolved", "Closed")
    assert desk.statuses.roles_of("Closed") == frozenset({"resolved"})
    assert desk.statuses.named("unheard of") == ()
    assert desk.fields == {"class": "SLA class"}
    assert desk.roles.provider == ("Developer",)
    assert desk.redmine.parallel_reads == 4


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        (
            'url = "http://127.0.0.1:3000"',
            'url = "redmine.example.com"',
            "sla.toml:2: redmine.url: is not a web address "
            '(write it whole, e.g. "https://redmine.example.com")',
        ),
        (
            'url = "http://127.0.0.1:3000"',
            'url = "http://redmine.example.com"',
            "sla.toml:2: redmine.url: the API key would travel unprotected "
            "(write https://, or allow_http = true if you know the way is safe)",
        ),
        (
            'url = "http://127.0.0.1:3000"',
            f'url = "https://bot:{KEY}@redmine.example.com"',
            "sla.toml:2: redmine.url: carries a user or a password "
            "(leave them out: the API key is all that is needed)",
        ),
        (
            'wiki_markup = "textile"\n',
            "",
            "sla.toml:13: surfaces.wiki_markup: is missing (write text formatting of Redmine, "
            "which REST does not tell; `provision` prints it)",
        ),
        (
            '"textile"',
            '"markdown"',
            'sla.toml:15: surfaces.wiki_markup: "markdown" is not known here '
            "(known: common_mark, textile)",
        ),
        (
            'mode = "wiki"',
            'mode = "fields"',
            'sla.toml:14: surfaces.mode: mode "fields" has no field to write to (map one under '
            '[fields], as sla_status = "SLA status", or write mode = "wiki")',
        ),
        (
            'working = "In Progress"\n',
            "",
            "sla.toml:8: statuses.working: is missing "
            "(name the statuses that mean: the provider works on it)",
        ),
        (
            'customer = "Reporter"',
            'customer = ["Reporter", "Developer"]',
            'sla.toml:6: roles.customer: role "Developer" already stands for the provider '
            "(keep one of them)",
        ),
        (
            "[roles]",
            'api_key = 12\napi_key_file = "key"\n[roles]',
            "sla.toml:4: redmine.api_key: the value is of the wrong kind (write text in quotes)",
        ),
    ],
)
def test_a_wrong_desk_is_told_with_its_line(right: str, wrong: str, complaint: str) -> None:
    assert right in DESK
    assert refused(DESK.replace(right, wrong)) == [complaint]


def test_the_key_is_given_once() -> None:
    twice = DESK.replace("[roles]", f'api_key = "{KEY}"\napi_key_file = "key"\n[roles]')
    assert refused(twice) == [
        "sla.toml:5: redmine.api_key_file: the key is given twice "
        "(keep one of api_key and api_key_file)"
    ]


def test_two_values_cannot_be_written_to_one_field() -> None:
    fields = '[fields]\nsla_status = "SLA"\nresponse_due = "SLA"\n'
    assert refused(DESK + fields) == [
        'sla.toml:18: fields.response_due: "SLA" is already the field of "sla_status" '
        "(give each value a field of its own)"
    ]


def test_what_people_choose_and_what_the_tool_writes_stand_in_fields_of_their_own() -> None:
    # In one field nobody could confirm the tool's own value: to leave it as it is makes no journal.
    fields = '[fields]\nclass = "SLA class"\nsla_class = "SLA class"\n'
    assert refused(DESK + fields) == [
        'sla.toml:18: fields.sla_class: "SLA class" is already the field of "class" '
        "(give each value a field of its own)"
    ]


def test_a_role_that_looks_like_a_slip_of_the_pen_is_warned_of() -> None:
    desk = loads_desk(DESK + '[fields]\nclas = "SLA class"\narrival_photo = "Photo"\n')
    assert [str(finding) for finding in desk.warnings()] == [
        'fields.clas: "clas" is a role of your own (did you mean "class"?)'
    ]


# --- Secrets --------------------------------------------------------------------------------------

WITH_KEY = DESK.replace("[roles]", f'api_key = "{KEY}"\n[roles]')


def test_a_secret_never_shows(tmp_path: Path) -> None:
    text = WITH_KEY + f'[mirror]\nurl = "postgresql://sla:{KEY}@db/sla"\n'
    files = {"sla.toml": text, "contracts/alma.toml": PLAIN + OFFICE}
    configuration = load_folder(folder(tmp_path, files))
    shown = f"{configuration!r} {configuration.desk} {configuration.desk.model_dump_json()}"
    assert KEY not in shown
    assert api_key(configuration.desk.redmine, tmp_path).get_secret_value() == KEY


def test_a_file_with_a_key_that_others_can_read_is_warned_of(tmp_path: Path) -> None:
    files = {"sla.toml": WITH_KEY, "contracts/alma.toml": PLAIN + OFFICE}
    path = folder(tmp_path, files)
    (path / "sla.toml").chmod(0o644)
    told = [str(w) for w in load_folder(path).warnings if w.code == "open-secret"]
    assert told == [f"sla.toml: others can read the secret in it (chmod 600 {path}/sla.toml)"]
    (path / "sla.toml").chmod(0o600)
    assert not [w for w in load_folder(path).warnings if w.code == "open-secret"]


def test_the_key_is_read_from_a_file_or_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    from_file = loads_desk(DESK.replace("[roles]", 'api_key_file = "key"\n[roles]')).redmine
    from_environment = loads_desk(DESK).redmine
    assert api_key(from_file, tmp_path, {}).get_secret_value() == KEY
    found = api_key(from_environment, tmp_path, {"REDMINE_SLA_API_KEY": KEY})
    assert found.get_secret_value() == KEY


def test_a_missing_key_says_where_it_was_looked_for_and_where_redmine_shows_it(
    tmp_path: Path,
) -> None:
    with pytest.raises(SlaError) as nowhere:
        api_key(loads_desk(DESK).redmine, tmp_path, {})
    assert str(nowhere.value) == (
        "there is no API key in environment variable REDMINE_SLA_API_KEY\n"
        "  next: Redmine shows it on the right of My account, under API access key"
    )
    from_file = loads_desk(DESK.replace("[roles]", 'api_key_file = "key"\n[roles]')).redmine
    with pytest.raises(SlaError, match=r"the API key cannot be read from .*key: No such file"):
        api_key(from_file, tmp_path, {})
