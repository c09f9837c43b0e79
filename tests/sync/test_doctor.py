"""The doctor's checks, each on a healthy picture spoiled in one way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.contract import Configuration, Contract
from redmine_sla.mirror import MirrorError
from redmine_sla.sync.doctor import (
    Finding,
    Here,
    Level,
    MemberSeen,
    ProjectSeen,
    RoleSeen,
    ServerSeen,
    Snapshot,
    as_rows,
    findings_of,
    render,
)
from redmine_sla.sync.doctor.local import look_here
from redmine_sla.sync.doctor.rights import PERMISSIONS
from redmine_sla.sync.failures import Exchange, Redirected, RestDisabled, Unreachable
from redmine_sla.sync.ports import Row, Words
from tests.real.provisioned import FIELDS, contract, desk

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
NUMBERS = {name: number for number, name in enumerate(FIELDS.values(), start=1)}


def rows(*names: str, **more: Any) -> list[Row]:
    return [{"id": number, "name": name, **more} for number, name in enumerate(names, start=1)]


def ticket(number: int = 7, **changed: Any) -> Row:
    fields = [{"id": number, "name": name, "value": None} for name, number in NUMBERS.items()]
    plain = {
        "id": number,
        "tracker": {"id": 1, "name": "Bug"},
        "status": {"id": 1, "name": "New", "is_closed": False},
        "description": "Nothing prints",
        "custom_fields": fields,
    }
    return {**plain, **changed}


def project(**changed: Any) -> ProjectSeen:
    seen = ProjectSeen(
        id=1,
        identifier="alma",
        contracts=("alma",),
        modules=frozenset({"issue_tracking", "time_tracking", "wiki", "files"}),
        trackers=frozenset({"Bug"}),
        fields=NUMBERS,
        categories=frozenset({"Network"}),
        members=[
            MemberSeen(2, "Anna Reporter", ("Reporter",)),
            MemberSeen(3, "Eva Developer", ("Developer",)),
            MemberSeen(9, "redmine-sla (program)", ("redmine-sla",)),
        ],
        rights=dict.fromkeys(PERMISSIONS, True),
        tickets=[ticket()],
    )
    return replace(seen, **changed)


def words(**changed: Any) -> Words:
    known = Words(
        statuses=[
            *rows("New", "In Progress", "Resolved", "Waiting for customer", "Waiting for vendor"),
            *rows("Closed", "Rejected", is_closed=True),
        ],
        trackers=rows("Bug", "Feature", "Support"),
        priorities=rows("Low", "Normal", "High", "Urgent", "Immediate"),
        activities=rows("Development"),
        projects=[{"id": 1, "identifier": "alma", "name": "Alma", "status": 1}],
        roles=rows("Manager", "Developer", "Reporter", "redmine-sla"),
        custom_fields=None,
    )
    return replace(known, **changed)


def server(**changed: Any) -> ServerSeen:
    role = {"id": 4, "name": "redmine-sla"}
    seen = ServerSeen(
        user={
            "id": 9,
            "login": "redmine-sla",
            "memberships": [{"project": {"id": 1, "name": "Alma"}, "roles": [role]}],
        },
        own_roles=[RoleSeen("redmine-sla", "all", "all")],
        skew=timedelta(seconds=1),
        words=words(),
        projects=[project()],
        filters=dict.fromkeys(("SLA key", "SLA status"), True),
    )
    return replace(seen, **changed)


def found(
    seen: ServerSeen | None = None,
    *contracts: Contract,
    here: Here | None = None,
    url: str = "https://redmine.example.com",
    as_of: datetime = AS_OF,
    **tables: Any,
) -> dict[str, Finding]:
    """The findings by code."""
    snapshot = Snapshot(as_of=as_of, server=seen or server(), here=here or Here())
    configuration = Configuration(desk=desk(url, **tables), contracts=contracts or (contract(),))
    return {finding.code: finding for finding in findings_of(snapshot, configuration)}


def troubles(findings: Mapping[str, Finding]) -> dict[str, Level]:
    bad = {Level.WARNING, Level.ERROR}
    return {code: finding.level for code, finding in findings.items() if finding.level in bad}


def test_nothing_is_wrong_with_a_healthy_desk() -> None:
    findings = found()
    assert troubles(findings) == {}
    assert {"reached", "clock", "projects", "rights", "roles", "statuses", "fields"} <= set(
        findings
    )


def test_every_finding_that_is_not_well_says_what_to_do() -> None:
    for finding in found().values():
        assert bool(finding.next_step) is (finding.level is not Level.OK)


# --- reach ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (RestDisabled("off", exchange=Exchange("GET", "/"), hint="switch it on"), "rest-off"),
        (Unreachable("deaf", exchange=Exchange("GET", "/"), hint="call louder"), "unreachable"),
        (Redirected("moved", exchange=Exchange("GET", "/"), hint="follow"), "wrong-address"),
    ],
)
def test_a_server_that_cannot_be_asked_is_one_error_with_its_own_step(
    failure: RestDisabled, code: str
) -> None:
    snapshot = Snapshot(as_of=AS_OF, failure=failure)
    findings = findings_of(snapshot, Configuration(desk=desk(), contracts=(contract(),)))
    errors = [finding for finding in findings if finding.level is Level.ERROR]
    assert [(finding.code, finding.next_step) for finding in errors] == [(code, failure.hint)]


def test_plain_http_is_a_warning_unless_nothing_leaves_the_machine() -> None:
    remote = {"url": "http://redmine.example.com", "allow_http": True}
    assert troubles(found(redmine=remote)) == {"plain-http": Level.WARNING}
    assert troubles(found(url="http://127.0.0.1:3000")) == {}


def test_a_key_that_can_do_everything_is_a_warning() -> None:
    seen = server(user={"id": 1, "login": "admin", "admin": True}, own_roles=[])
    assert "admin-key" in troubles(found(seen))


def test_a_persons_key_would_make_his_answers_a_programs() -> None:
    memberships = [{"project": {"id": 1}, "roles": [{"id": 2, "name": "Developer"}]}]
    seen = server(user={"id": 3, "login": "eva", "memberships": memberships})
    assert '"eva" has the role "Developer"' in found(seen)["key-of-a-person"].what


@pytest.mark.parametrize(
    ("skew", "code"), [(61, "clock-skew"), (-61, "clock-skew"), (60, "clock"), (-60, "clock")]
)
def test_clocks_may_be_a_minute_apart(skew: int, code: str) -> None:
    assert code in found(server(skew=timedelta(seconds=skew)))


def test_a_clock_that_is_not_told_is_unknown_and_not_right() -> None:
    assert found(server(skew=None))["clock-unknown"].level is Level.ADVICE


def test_a_redmine_before_5_0_is_too_old() -> None:
    old = ticket(status={"id": 1, "name": "New"})
    seen = server(projects=[project(tickets=[old])])
    assert troubles(found(seen)) == {"too-old": Level.ERROR}


# --- projects ---------------------------------------------------------------------------------


def test_a_project_nobody_knows_is_told_with_the_nearest() -> None:
    finding = found(None, contract(projects=["allma"]))["project-unknown"]
    assert finding.level is Level.ERROR
    assert 'did you mean "alma"?' in finding.next_step


def test_contracts_that_ended_are_not_looked_at() -> None:
    ended = contract(name="old", projects=["gone"], ends="2026-06-30")
    assert troubles(found(None, contract(), ended)) == {}


def test_subprojects_shared_by_two_contracts_overlap() -> None:
    tree = [
        {"id": 1, "identifier": "alma", "name": "Alma", "status": 1},
        {"id": 2, "identifier": "alma-web", "name": "Web", "status": 1, "parent": {"id": 1}},
    ]
    seen = server(words=words(projects=tree))
    second = contract(name="web", projects=["alma-web"])
    assert "contracts-overlap" in troubles(found(seen, contract(), second))


def test_a_closed_project_is_judged_and_not_written() -> None:
    seen = server(projects=[project(is_closed=True)])
    assert troubles(found(seen)) == {"project-closed": Level.WARNING}


def test_modules_matter_as_far_as_they_are_used() -> None:
    bare = server(projects=[project(modules=frozenset({"issue_tracking"}))])
    assert troubles(found(bare)) == {"wiki-off": Level.WARNING}
    alone = {"mode": "wiki", "wiki_markup": "textile"}
    assert troubles(found(bare, surfaces=alone)) == {"wiki-off": Level.ERROR}
    without_tickets = server(projects=[project(modules=frozenset({"wiki"}))])
    assert troubles(found(without_tickets)) == {"module-off": Level.ERROR}


def test_the_pages_may_stand_in_a_project_of_their_own() -> None:
    surfaces = {"mode": "fields", "wiki_markup": "textile", "wiki_project": "pages"}
    assert troubles(found(surfaces=surfaces)) == {"page-project-unknown": Level.ERROR}
    apart = project(id=2, identifier="pages", contracts=(), members=[], tickets=[])
    assert troubles(found(server(elsewhere=apart), surfaces=surfaces)) == {}
    bare = replace(apart, modules=frozenset({"files"}))
    assert troubles(found(server(elsewhere=bare), surfaces=surfaces)) == {"wiki-off": Level.WARNING}
    forbidden = replace(apart, rights={"view_wiki_pages": True, "edit_wiki_pages": False})
    assert troubles(found(server(elsewhere=forbidden), surfaces=surfaces)) == {
        "no-right-edit-wiki-pages": Level.WARNING
    }


# --- rights -----------------------------------------------------------------------------------


def lacking(permission: str) -> ServerSeen:
    return server(
        projects=[project(rights={**dict.fromkeys(PERMISSIONS, True), permission: False})]
    )


def test_a_missing_right_says_what_is_lost_and_where() -> None:
    finding = found(lacking("view_private_notes"))["no-right-view-private-notes"]
    assert finding.level is Level.WARNING
    assert '"View private notes" in project "alma"' in finding.what
    assert "histories are read with gaps" in finding.what


def test_rights_are_wanted_only_for_what_is_done() -> None:
    assert troubles(found(lacking("set_notes_private"))) == {}
    private = {"mode": "fields", "wiki_markup": "textile", "private_notes": True}
    assert "no-right-set-notes-private" in troubles(
        found(lacking("set_notes_private"), surfaces=private)
    )
    alone = {"mode": "wiki", "wiki_markup": "textile"}
    assert troubles(found(lacking("edit_issues"), surfaces=alone)) == {}
    assert troubles(found(lacking("edit_issues"))) == {"no-right-edit-issues": Level.ERROR}


def test_one_finding_for_a_right_missing_in_many_projects() -> None:
    projects = [
        project(id=number, identifier=f"p{number}", rights=dict.fromkeys(PERMISSIONS, False))
        for number in range(8)
    ]
    what = found(server(projects=projects))["no-right-view-issues"].what
    assert '"p0", "p1", "p2", "p3", "p4", "p5" and 2 more' in what


def test_rights_that_are_not_told_are_unknown() -> None:
    stranger = server(projects=[project(rights=dict.fromkeys(PERMISSIONS))])
    assert troubles(found(stranger)) == {"rights-unknown": Level.WARNING}


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([RoleSeen("bot", "own", "all")], {"sees-not-all-tickets": Level.ERROR}),
        ([RoleSeen("bot", "default", "all")], {"sees-not-all-tickets": Level.ERROR}),
        ([RoleSeen("bot", "own", "all"), RoleSeen("more", "all", "all")], {}),
        ([RoleSeen("bot", "all", "own")], {"sees-not-all-hours": Level.WARNING}),
    ],
)
def test_a_role_may_hide_tickets_and_hours(
    roles: list[RoleSeen], expected: dict[str, Level]
) -> None:
    assert troubles(found(server(own_roles=roles))) == expected


# --- people -----------------------------------------------------------------------------------


def test_a_mapped_role_that_redmine_does_not_have() -> None:
    roles = {"provider": ["Developer", "Managr"], "customer": "Reporter"}
    finding = found(roles=roles)["role-unknown"]
    assert finding.what == '[roles] provider: Redmine has no role "Managr"'
    assert 'did you mean "Manager"?' in finding.next_step


def test_members_of_no_side_are_named_with_their_role() -> None:
    members = [*(project().members or ()), MemberSeen(5, "Vera Vendor", ("Vendor",))]
    seen = server(projects=[project(members=members)])
    finding = found(seen)["role-unmapped"]
    assert 'role "Vendor" stands for no side: what "Vera Vendor" does' in finding.what
    listed = [{"user": "Vera Vendor", "party": "third_party"}]
    assert troubles(found(seen, parties=listed)) == {}
    assert troubles(found(seen, bots={"users": [5]})) == {}


def test_people_of_the_configuration_are_found_by_name_or_number() -> None:
    by_login = [{"user": "eva", "party": "provider"}]
    by_name = [{"user": "Eva Developer", "party": "provider"}, {"user": 3, "party": "provider"}]
    assert troubles(found(parties=by_login)) == {"party-unknown": Level.WARNING}
    assert troubles(found(parties=by_name)) == {}
    left = [{"user": 77, "party": "provider"}]
    assert found(parties=left)["party-not-member"].level is Level.ADVICE


def test_a_contact_nobody_knows_authorises_nothing() -> None:
    contacts = [{"name": "Anna Nowak", "mail": "anna@example.net", "may": ["order_visit"]}]
    assert troubles(found(None, contract(contacts=contacts))) == {"contact-unknown": Level.WARNING}


SIGNS = {"name": "Anna Reporter", "login": "anna", "may": ["sign_off"]}


def contact_finding(people: list[MemberSeen] | None = None, **contact: Any) -> Finding | None:
    """What is told of a contact who may sign off, beside Eva."""
    eva = MemberSeen(3, "Eva Developer", ("Developer",))
    given = {} if people is None else {"members": [eva, *people]}
    findings = found(server(projects=[project(**given)]), contract(contacts=[SIGNS | contact]))
    told = [one for code, one in findings.items() if code.startswith("contact-")]
    assert len(told) < 2
    return told[0] if told else None


def test_who_signs_by_his_name_is_told_the_number_to_write() -> None:
    for may in ("sign_off", "approve"):
        finding = contact_finding(may=[may])
        assert finding
        assert (finding.code, finding.level) == ("contact-by-name", Level.ADVICE)
        assert "any user may take it" in finding.what
        assert "write user = 2 " in finding.next_step
    assert contact_finding(may=["follow_schedule"]) is None
    assert contact_finding(user=2) is None


def test_a_name_that_two_members_have_authorises_nobody() -> None:
    anna, bela = (MemberSeen(number, "Anna Reporter", ("Reporter",)) for number in (2, 5))
    finding = contact_finding([anna, bela])
    assert finding
    assert (finding.code, finding.level) == ("contact-ambiguous", Level.WARNING)
    assert "user = 2 or user = 5" in finding.next_step
    assert contact_finding([anna, bela], user=2) is None


def test_a_number_whose_user_is_called_otherwise_or_has_left_is_told() -> None:
    renamed = contact_finding([MemberSeen(2, "Anna Nagy", ("Reporter",))], user=2)
    assert renamed
    assert (renamed.code, renamed.level) == ("contact-other-name", Level.ADVICE)
    assert '"Anna Nagy"' in renamed.what
    left = contact_finding([], user=2)
    assert left
    assert (left.code, left.level) == ("contact-not-member", Level.ADVICE)


def test_members_that_cannot_be_read() -> None:
    seen = server(projects=[project(members=None)])
    assert troubles(found(seen)) == {"members-hidden": Level.WARNING}


def test_a_project_without_customers_is_worth_a_look() -> None:
    members = [MemberSeen(3, "Eva Developer", ("Developer",))]
    assert "no-customer" in found(server(projects=[project(members=members)]))


# --- names ------------------------------------------------------------------------------------


def test_statuses_that_do_not_exist_and_statuses_without_a_meaning() -> None:
    statuses = {"working": "In progress", "waiting_customer": [], "resolved": "Resolved"}
    findings = found(statuses=statuses)
    assert (
        findings["status-unknown"].what == '[statuses] working: Redmine has no status "In progress"'
    )
    assert '"New", "In Progress"' in findings["status-unmapped"].what
    assert '"Closed", "Rejected"' in findings["closed-status-unmapped"].what


def test_a_promise_for_a_tracker_that_does_not_exist_holds_for_nothing() -> None:
    chosen = contract(select={"trackers": ["Fault"]})
    assert troubles(found(None, chosen)) == {"tracker-unknown": Level.WARNING}


def test_a_tracker_that_only_classification_mentions_is_a_hint() -> None:
    hinted = contract(classification={"trackers": {"Incident": {"kind": "incident"}}})
    assert found(None, hinted)["tracker-hint-unknown"].level is Level.ADVICE


def test_priorities_and_categories_of_contracts_must_exist() -> None:
    asking = contract(
        classification={"matrix": {"high": {"high": "Immediat"}}}, select={"categories": ["ERP"]}
    )
    assert troubles(found(None, asking)) == {
        "priority-unknown": Level.ERROR,
        "category-unknown": Level.WARNING,
    }


# --- fields -----------------------------------------------------------------------------------


def without(name: str) -> ProjectSeen:
    fields = {known: number for known, number in NUMBERS.items() if known != name}
    shown = [field for field in ticket()["custom_fields"] if field["name"] != name]
    return project(fields=fields, tickets=[ticket(custom_fields=shown)])


def test_a_field_that_is_written_is_missed_more_than_one_that_is_read() -> None:
    assert troubles(found(server(projects=[without("SLA status")]))) == {
        "field-missing": Level.ERROR
    }
    assert troubles(found(server(projects=[without("Problem class")]))) == {
        "field-missing": Level.WARNING
    }
    assert troubles(found(server(projects=[without("Arrived at")]))) == {}


def test_a_field_for_all_projects_is_listed_by_none_in_5_0() -> None:
    bare = {name: number for name, number in NUMBERS.items() if name != "SLA status"}
    shown = project(fields=bare)
    empty = project(id=2, identifier="empty", fields=bare, tickets=[])
    assert troubles(found(server(projects=[shown, empty]))) == {}


def test_a_field_may_be_there_and_not_stand_on_tickets() -> None:
    other = ticket(8, tracker={"id": 2, "name": "Support"}, custom_fields=[])
    seen = server(projects=[project(tickets=[ticket(), other])])
    finding = found(seen)["field-not-on-tickets"]
    assert 'on tickets of "Support", as on #8' in finding.what


def test_a_filter_that_is_not_kept_is_found_out() -> None:
    finding = found(server(filters={"SLA status": False}))["field-not-filter"]
    assert finding.level is Level.WARNING
    assert '"Used as a filter"' in finding.next_step
    assert "field-not-filter" not in found(server(filters={"SLA status": None}))


def test_what_rest_does_not_tell_of_fields_is_said() -> None:
    assert found()["read-only-unproved"].level is Level.ADVICE
    shown = ticket(custom_fields=[*ticket()["custom_fields"], {"id": 50, "name": "Department"}])
    seen = server(projects=[project(tickets=[shown])])
    assert '"Department"' in found(seen)["required-unknown"].what


def test_required_fields_are_known_to_an_administrators_key() -> None:
    required = {
        "id": 50,
        "name": "Department",
        "customized_type": "issue",
        "is_required": True,
    }
    seen = server(words=words(custom_fields=[required]))
    assert troubles(found(seen)) == {"field-required": Level.WARNING}
    given = {"fields": {"Department": "Support"}}
    assert troubles(found(seen, required_fields=given)) == {}


# --- surfaces ---------------------------------------------------------------------------------


def test_the_reduced_mode_says_what_is_absent() -> None:
    findings = found(surfaces={"mode": "wiki", "wiki_markup": "textile"})
    assert "tickets carry no status and no dues" in findings["reduced-mode"].what
    assert "mail-noise" not in findings
    assert "read-only-unproved" not in findings


def test_mail_is_warned_of_with_the_way_out() -> None:
    assert "--quiet-mail" in found()["mail-noise"].next_step


@pytest.mark.parametrize(
    ("written", "doubtful"),
    [
        ("h1. What\n\nh2. Where\n\nh2. When", True),
        ("# What\n\n## Where\n\n## When", False),
        ("h1. once", False),
        ("# One\n\n# Two\n\nh1. a\n\nh1. b\n\nh1. c", False),
    ],
)
def test_people_show_which_markup_is_in_use(written: str, doubtful: bool) -> None:
    seen = server(projects=[project(tickets=[ticket(description=written)])])
    assert ("markup-doubtful" in found(seen)) is doubtful


# --- this machine -----------------------------------------------------------------------------


def test_a_mirror_that_cannot_be_written_is_an_error_with_its_step() -> None:
    trouble = MirrorError("mirror /x: cannot be made", hint="write elsewhere")
    finding = found(here=Here(mirror_trouble=trouble))["mirror-unusable"]
    assert (finding.level, finding.next_step) == (Level.ERROR, "write elsewhere")


def test_old_time_zones_are_an_error_where_they_are_used() -> None:
    old = Here(almaty=timedelta(hours=6), zones="tzdata 2023.3")
    assert troubles(found(here=old)) == {"time-zones-old": Level.WARNING}
    kazakh = contract(timezone="Asia/Almaty")
    assert troubles(found(None, kazakh, here=old)) == {"time-zones-old": Level.ERROR}


def test_years_without_a_decree_are_told_and_this_year_matters_more() -> None:
    def levels(as_of: datetime) -> list[Level]:
        configuration = Configuration(desk=desk(), contracts=(contract(),))
        told = findings_of(Snapshot(as_of=as_of), configuration)
        return [finding.level for finding in told if finding.code == "swaps-unknown"]

    assert levels(AS_OF) == [Level.ADVICE]
    assert levels(AS_OF + timedelta(days=60)) == [Level.WARNING, Level.ADVICE]
    assert "swaps-unknown" not in found(None, contract(ends="2026-12-31"))


def test_a_ping_makes_a_silent_cron_noticed() -> None:
    assert "no-ping" in found()
    assert "no-ping" not in found(notifications={"ping_url": "https://hc-ping.com/x"})


def test_looking_at_the_mirror_makes_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/state/mirror.db"
    configuration = Configuration(desk=desk(mirror={"url": url}), contracts=(contract(),))
    assert look_here(configuration, AS_OF).mirror_trouble is None
    assert list(tmp_path.iterdir()) == []


def test_a_mirror_where_a_file_stands_in_the_way_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "mirror.db").write_text("no database, but long enough to be looked at" * 40)
    url = f"sqlite:///{tmp_path}/mirror.db"
    configuration = Configuration(desk=desk(mirror={"url": url}), contracts=(contract(),))
    assert "mirror.db" in str(look_here(configuration, AS_OF).mirror_trouble)


# --- telling ----------------------------------------------------------------------------------


def test_findings_are_told_with_their_next_step_and_counted() -> None:
    text = render(
        [
            Finding(Level.OK, "clock", "the clocks agree"),
            Finding(Level.ERROR, "rest-off", "REST is off", "switch it on"),
            Finding(Level.ADVICE, "no-ping", "nobody notices", "write ping_url"),
        ]
    )
    assert text.splitlines() == [
        "ok       the clocks agree",
        "error    REST is off",
        "         next: switch it on",
        "advice   nobody notices",
        "         next: write ping_url",
        "1 error, 1 advice",
    ]
    assert render([]) == "all is well"


def test_findings_are_plain_data_for_programs() -> None:
    told = as_rows([Finding(Level.ERROR, "rest-off", "REST is off", "switch it on")])
    assert json.loads(json.dumps(told)) == [
        {"level": "error", "code": "rest-off", "what": "REST is off", "next_step": "switch it on"}
    ]
