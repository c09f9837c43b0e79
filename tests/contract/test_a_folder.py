"""A configuration folder is read as a whole, and everything wrong in it is told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from redmine_sla.contract import ConfigurationError, load_folder
from redmine_sla.errors import ExitCode, SlaError
from tests.contract.writing import DESK, OFFICE, PLAIN, WORK_START, complaints_about, folder

CONTRACT = PLAIN + OFFICE + WORK_START
BIRO = CONTRACT.replace("Alma", "Biro")
OVERLAP = (
    'contracts/biro.toml:7: projects: project "alma" is covered by contract alma at the same time '
    "(end one before the other starts, part them by [select], or write subprojects = false)"
)


def test_a_folder_gives_its_desk_and_its_contracts_by_name(tmp_path: Path) -> None:
    files = {
        "contracts/alma.toml": CONTRACT,
        "contracts/biro.toml": BIRO.replace('"alma"', '"biro"'),
    }
    configuration = load_folder(folder(tmp_path, files))
    assert [contract.name for contract in configuration.contracts] == ["alma", "biro"]
    assert configuration.contract_named("biro").title == "Support for Biro"
    assert configuration.desk.statuses.named("resolved") == ("Resolved", "Closed")
    with pytest.raises(SlaError, match='there is no contract "gamma"'):
        configuration.contract_named("gamma")


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = {
        "sla.toml": DESK.replace("Developer", "").replace("url", "adress"),
        "contracts/alma.toml": CONTRACT.replace("8bh", "8h"),
        "contracts/biro.toml": BIRO + "[[\n",
    }
    told = complaints_about(folder(tmp_path, files))
    assert [line.split(" ")[0] for line in told] == [
        "contracts/alma.toml:15:",
        "contracts/biro.toml:17:",
        "sla.toml:1:",
        "sla.toml:2:",
        "sla.toml:5:",
    ]


def test_problems_are_values_too(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_folder(folder(tmp_path, {"contracts/alma.toml": CONTRACT.replace("8bh", "8h")}))
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.key) == (
        "contracts/alma.toml",
        15,
        "targets[1].within",
    )
    assert problem.right == "write 8bh (in service only) or 8ch (day and night)"
    assert refused.value.exit_code is ExitCode.USAGE


def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load_folder(tmp_path)
    assert str(refused.value).splitlines() == [
        "contracts: there is no contract (write a file for each contract)",
        "sla.toml: there is no such file (redmine-sla init writes a starting folder)",
    ]


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    folder(tmp_path, {"contracts/alma.toml": CONTRACT})
    (tmp_path / "contracts/biro.toml").write_bytes(BIRO.encode().replace(b"Kft.", b"K\xe1d"))
    (told,) = complaints_about(tmp_path)
    assert told == "contracts/biro.toml: is not UTF-8 text at byte 45 (save it as UTF-8)"


def test_two_contracts_of_one_name_are_refused(tmp_path: Path) -> None:
    other = 'name = "alma"\n' + BIRO.replace('"alma"', '"biro"')
    files = {"contracts/alma.toml": CONTRACT, "contracts/biro.toml": other}
    assert complaints_about(folder(tmp_path, files)) == [
        'contracts/biro.toml:1: name: "alma" is the name of two contracts (change one)'
    ]


# --- Contracts that share a project ---------------------------------------------------------------


def test_two_contracts_of_one_project_overlap(tmp_path: Path) -> None:
    files = {"contracts/alma.toml": CONTRACT, "contracts/biro.toml": BIRO}
    assert complaints_about(folder(tmp_path, files)) == [OVERLAP]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ends = 2026-06-30\n", "starts = 2026-07-01\n"),
        ('select.trackers = "Bug"\n', 'select.trackers = ["Feature", "Support"]\n'),
        ('select.categories = "ERP"\n', 'select.categories = "CRM"\n'),
        ('select.fields.customer = "Alma"\n', 'select.fields.customer = "Biro"\n'),
    ],
)
def test_they_do_not_where_time_or_selection_parts_them(
    tmp_path: Path, first: str, second: str
) -> None:
    biro = BIRO.replace("starts = 2026-01-01\n", "") if "starts" in second else BIRO
    files = {"contracts/alma.toml": first + CONTRACT, "contracts/biro.toml": second + biro}
    assert len(load_folder(folder(tmp_path, files)).contracts) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ends = 2026-07-01\n", "starts = 2026-07-01\n"),
        ('select.trackers = "Bug"\n', 'select.trackers = ["bug", "Support"]\n'),
        ('select.trackers = "Bug"\n', 'select.categories = "CRM"\n'),
    ],
)
def test_they_do_where_a_ticket_could_belong_to_both(
    tmp_path: Path, first: str, second: str
) -> None:
    biro = BIRO.replace("starts = 2026-01-01\n", "") if "starts" in second else BIRO
    files = {"contracts/alma.toml": first + CONTRACT, "contracts/biro.toml": second + biro}
    (told,) = complaints_about(folder(tmp_path, files))
    assert 'project "alma" is covered by contract alma at the same time' in told


def test_subprojects_show_only_against_redmines_tree(tmp_path: Path) -> None:
    below = BIRO.replace('"alma"', '"alma-web"')
    configuration = load_folder(
        folder(tmp_path, {"contracts/alma.toml": CONTRACT, "contracts/biro.toml": below})
    )
    tree = {"company": None, "alma": "company", "alma-web": "alma"}
    assert [str(problem) for problem in configuration.problems_with(tree)] == [
        OVERLAP.replace('project "alma"', 'project "alma-web"')
    ]
    assert [str(problem) for problem in configuration.problems_with({"alma": None})] == [
        'contracts/biro.toml:7: projects: Redmine shows no project "alma-web" '
        "(write the identifier from the project's address, and let the bot see it)"
    ]


def test_a_contract_without_subprojects_leaves_them_to_others(tmp_path: Path) -> None:
    alone = "subprojects = false\n" + CONTRACT
    below = BIRO.replace('"alma"', '"alma-web"')
    configuration = load_folder(
        folder(tmp_path, {"contracts/alma.toml": alone, "contracts/biro.toml": below})
    )
    assert configuration.problems_with({"alma": None, "alma-web": "alma"}) == ()


# --- Clocks and the desk --------------------------------------------------------------------------


def test_a_clock_in_use_needs_its_statuses_mapped(tmp_path: Path) -> None:
    confirmation = CONTRACT.replace("work_start", "confirmation")
    assert complaints_about(folder(tmp_path, {"contracts/alma.toml": confirmation})) == [
        'sla.toml:8: statuses.confirmed: is missing (clock "confirmation" of contract alma '
        "needs it: name the statuses, or [] if Redmine has none)"
    ]


def test_a_clock_that_this_desk_cannot_see_is_a_warning(tmp_path: Path) -> None:
    arrival = CONTRACT.replace("work_start", "arrival")
    configuration = load_folder(folder(tmp_path, {"contracts/alma.toml": arrival}))
    assert [str(w) for w in configuration.warnings if w.code == "unmeasurable"] == [
        'sla.toml:1: fields.visit_ordered_at: is missing (clock "arrival" of contract alma can '
        "only start by field:visit_ordered_at: it stays unmeasured)",
        'sla.toml:1: fields.arrived_at: is missing (clock "arrival" of contract alma can only '
        "stop by field:arrived_at: it stays unmeasured)",
    ]


def test_availability_that_nobody_can_record_is_a_warning(tmp_path: Path) -> None:
    up = CONTRACT + "\n[availability]\nclause = 'availability'\npercent = 97.5\n"
    configuration = load_folder(folder(tmp_path, {"contracts/alma.toml": up}))
    assert [str(w) for w in configuration.warnings if w.code == "unmeasurable"] == [
        "sla.toml:1: fields.outage_began_at: is missing (contract alma promises availability, and "
        "without outage_began_at and outage_ended_at nobody can say when something was down: it "
        "stays unmeasured)"
    ]


def test_warnings_look_at_the_years_asked_for(tmp_path: Path) -> None:
    path = folder(tmp_path, {"contracts/alma.toml": CONTRACT})
    at_start = load_folder(path).warnings
    assert load_folder(path, as_of=date(2026, 5, 1)).warnings == at_start
    later = [str(w) for w in load_folder(path, as_of=date(2031, 1, 1)).warnings]
    assert any("in 2031" in told for told in later)
    assert any("in 2032" in told for told in later)
    assert not any("in 2026" in told for told in later)


@pytest.mark.parametrize(
    "name", ["alma-restatement-1", "alma-restatement-12-manifest", "alma-draft", "Alma"]
)
def test_names_that_would_be_one_in_the_names_of_files_are_refused(
    tmp_path: Path, name: str
) -> None:
    files = {
        "contracts/alma.toml": CONTRACT,
        f"contracts/{name}.toml": BIRO.replace('"alma"', '"biro"'),
    }
    (told,) = complaints_about(folder(tmp_path, files))
    assert "files of" in told
    assert "write another name" in told


@pytest.mark.parametrize("name", ["alma-restatement", "alma-2", "alma-east", "restatement-1"])
def test_names_that_only_begin_alike_are_not(tmp_path: Path, name: str) -> None:
    files = {
        "contracts/alma.toml": CONTRACT,
        f"contracts/{name}.toml": BIRO.replace('"alma"', '"biro"'),
    }
    assert len(load_folder(folder(tmp_path, files)).contracts) == 2


def test_spaces_and_hyphens_are_one_in_file_names(tmp_path: Path) -> None:
    files = {
        "contracts/alma-east.toml": CONTRACT,
        "contracts/alma east.toml": BIRO.replace('"alma"', '"biro"'),
    }
    (told,) = complaints_about(folder(tmp_path, files))
    assert told.startswith("contracts/alma-east.toml")
