"""Charts, key figures and links of a page on real Redmines, in both markups, and in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from redmine_sla.contract import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import (
    BarChart,
    Block,
    Column,
    Figure,
    FileLink,
    Inline,
    KeyFigure,
    KeyFigures,
    Link,
    Markup,
    Memo,
    Page,
    Paragraph,
    Series,
    Table,
    Tone,
    cleaned,
    line,
    render,
)
from redmine_sla.page.addresses import tickets_address
from redmine_sla.press.charts import png
from tests.harness import browser
from tests.harness.browser import Browser, browser_of
from tests.harness.errors import in_ci
from tests.harness.server import RedmineServer
from tests.page.hostile import HOSTILE

pytestmark = [pytest.mark.real, pytest.mark.browser]

MARKUPS: tuple[Markup, ...] = ("textile", "common_mark")
JOINER = "\u2060"
TICKETS = 350  # more than an address may name

SCENE = """
    admin = User.find_by!(login: 'admin')
    project = Project.create!(name: 'Sandbox', identifier: 'sandbox')
    project.update!(tracker_ids: Tracker.pluck(:id))
    closed = IssueStatus.where(is_closed: true).first
    Wiki.create!(project: project, start_page: 'Wiki')
    $INPUT.to_i.times do |n|
      issue = Issue.create!(project: project, tracker: Tracker.first, author: admin,
                            subject: "Ticket #{n + 1}", priority: IssuePriority.first,
                            status: IssueStatus.first)
      issue.update_columns(status_id: closed.id) if n.even?
    end
"""

CHART = BarChart(
    title="Tickets",
    categories=("Acme",),
    series=(Series(name="all", values=(Decimal(3),), tone=Tone.NEUTRAL),),
)


@pytest.fixture
def sandbox(redmine: RedmineServer) -> RedmineServer:
    redmine.restore_or_make("tickets", lambda server: server.runner(SCENE, given=str(TICKETS)))
    return redmine


@pytest.fixture
def seen(sandbox: RedmineServer) -> Iterator[Browser]:
    missing = browser.obstacle()
    if missing:
        (pytest.fail if in_ci() else pytest.skip)(f"no browser: {missing}")
    with browser_of(sandbox.url, "admin", "administrator") as opened:
        yield opened


def publish(sandbox: RedmineServer, markup: Markup, *blocks: Block, calendar: bytes = b"") -> None:
    """The wiki page with the picture of its figures attached, and a calendar file."""
    sandbox.runner("Setting.text_formatting = $INPUT", given=markup)
    uploads = []
    if any(isinstance(block, Figure) for block in blocks):
        token = sandbox.admin.upload(png(CHART, tongue_for(Language.ENGLISH)), "load.png")
        uploads.append({"token": token, "filename": "load.png", "content_type": "image/png"})
    if calendar:
        token = sandbox.admin.upload(calendar, "schedule.ics")
        uploads.append(
            {"token": token, "filename": "schedule.ics", "content_type": "text/calendar"}
        )
    page = {"text": render(Page(blocks), markup), "uploads": uploads}
    sandbox.admin.put("/projects/sandbox/wiki/Page.json", {"wiki_page": page})


def pictures(page: Browser) -> list[WebElement]:
    """Those of the page, loaded: Redmine lets browsers wait until one is scrolled to."""
    page.driver.execute_script("for (const image of document.images) image.loading = 'eager'")
    loaded = "return [...document.images].every(image => image.complete)"
    WebDriverWait(page.driver, 30).until(lambda driver: driver.execute_script(loaded))
    return page.all(".wiki-page img")


def links(page: Browser) -> list[tuple[str, str | None]]:
    return [
        (link.text.replace(JOINER, ""), link.get_dom_attribute("href"))
        for link in page.all(".wiki-page p a, .wiki-page td a")
    ]


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_chart_is_shown_as_wide_as_the_page_lets_it(
    sandbox: RedmineServer, seen: Browser, markup: Markup
) -> None:
    publish(sandbox, markup, Figure("load", CHART, "Acme has 3 tickets (all of them)."))
    seen.open("/projects/sandbox/wiki/Page")
    (picture,) = pictures(seen)
    assert picture.get_attribute("naturalWidth") == "1400"  # it was loaded
    assert picture.size["width"] <= seen.all(".wiki-page")[0].size["width"]
    assert picture.get_attribute("alt") == "Tickets"
    assert seen.texts(".wiki-page p")[-1] == "Acme has 3 tickets (all of them)."


@pytest.mark.parametrize("markup", MARKUPS)
def test_hostile_words_about_a_chart_stay_words(
    sandbox: RedmineServer, seen: Browser, markup: Markup
) -> None:
    words = [each for each in HOSTILE if each.strip()]
    charts = (replace(CHART, title=each) for each in words)
    publish(sandbox, markup, *(Figure("load", chart, chart.title) for chart in charts))
    seen.open("/projects/sandbox/wiki/Page")
    told = [text.replace(JOINER, "") for text in seen.texts(".wiki-page p") if text]
    assert told == [re.sub(r"\s+", " ", cleaned(each)).strip() for each in words]
    assert links(seen) == []
    loaded = [each.get_attribute("naturalWidth") for each in pictures(seen)]
    assert loaded == ["1400"] * len(words)


@pytest.mark.parametrize("markup", MARKUPS)
def test_key_figures_stand_side_by_side(
    sandbox: RedmineServer, seen: Browser, markup: Markup
) -> None:
    figures = KeyFigures(
        (
            KeyFigure("Promises kept", "98.1 %", "of 236", Tone.GOOD),
            KeyFigure("{{toc}} | #1", "*7* | h", "[[Secret]]", Tone.BAD),
        )
    )
    publish(sandbox, markup, figures)
    seen.open("/projects/sandbox/wiki/Page")
    cells = [text.replace(JOINER, "") for text in seen.texts(".wiki-page th, .wiki-page td")]
    assert cells == ["Promises kept", "{{toc}} | #1", "98.1 %", "*7* | h", "of 236", "[[Secret]]"]
    assert links(seen) == []


@pytest.mark.parametrize("markup", MARKUPS)
def test_links_lead_where_they_are_meant_to_whatever_stands_beside_them(
    sandbox: RedmineServer, seen: Browser, markup: Markup
) -> None:
    there = "https://example.net/a_b-c?x[]=1&v=2,3&y=(z)"
    encoded = "https://example.net/a_b-c?x%5B%5D=1&v=2,3&y=%28z%29"
    words = ["12", "a (b)", "(a) b", "a] [b", 'say "x":/y', "*a* | b", "#1 [[Secret]]", "{{toc}}"]
    beside: list[Inline | str] = [", and", ".", ") as", "s", ";", ": more", " – more", "!x!", "|"]
    table = Table((Column("Link"),), tuple((line(Link(there, each)),) for each in words))
    lines = tuple(Paragraph(line("(see ", Link(there, "12"), each)) for each in beside)
    publish(sandbox, markup, table, *lines)
    seen.open("/projects/sandbox/wiki/Page")
    assert links(seen) == [(each, encoded) for each in [*words, *["12"] * len(beside)]]


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_file_of_the_page_is_a_link_to_its_newest_edition_and_a_memo_is_not_shown(
    sandbox: RedmineServer, seen: Browser, markup: Markup
) -> None:
    offered = Paragraph(line("For your own calendar:", " ", FileLink("schedule.ics")))
    for edition in (b"BEGIN:VCALENDAR old", b"BEGIN:VCALENDAR new"):
        blocks = (offered, Memo("schedule.ics 3fa92c1b"), Paragraph(line("The end.")))
        publish(sandbox, markup, *blocks, calendar=edition)
    seen.open("/projects/sandbox/wiki/Page")
    ((words, address),) = links(seen)
    assert words == "schedule.ics"
    told = [text.replace(JOINER, "") for text in seen.texts(".wiki-page p") if text]
    assert told == ["For your own calendar: schedule.ics", "The end."]
    assert "3fa92c1b" not in seen.driver.page_source
    seen.open(address or "")
    assert "BEGIN:VCALENDAR new" in seen.text()


@pytest.mark.parametrize("markup", MARKUPS)
def test_hostile_words_of_a_link_stay_words(
    sandbox: RedmineServer, seen: Browser, markup: Markup
) -> None:
    there = "https://example.net/x"
    words = [each for each in HOSTILE if each.strip()]
    rows = tuple((line(Link(there, each)),) for each in words)
    publish(sandbox, markup, Table((Column("Link"),), rows))
    seen.open("/projects/sandbox/wiki/Page")
    found = links(seen)
    assert {address for _, address in found} == {there}
    shown = [re.sub(r"\s+", " ", text) for text, _ in found]
    assert shown == [re.sub(r"\s+", " ", cleaned(each)).strip() for each in words]


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("address", ["javascript:alert(1)", "/projects", "data:text/html,x", ""])
def test_what_is_no_address_of_a_web_page_is_no_link(
    sandbox: RedmineServer, seen: Browser, markup: Markup, address: str
) -> None:
    publish(sandbox, markup, Paragraph(line(Link(address, "click"))))
    seen.open("/projects/sandbox/wiki/Page")
    assert links(seen) == []
    assert seen.text(".wiki-page p") == "click"


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_number_leads_to_exactly_its_tickets_closed_ones_too(
    sandbox: RedmineServer, seen: Browser, markup: Markup
) -> None:
    """Two, one, and as many as an address may name; half of them are closed."""
    many = max(n for n in range(1, TICKETS) if tickets_address(sandbox.url, range(1, n + 1)))
    assert many < TICKETS - 1
    for numbers in ([2, 5], [7], range(1, many + 1)):
        address = tickets_address(sandbox.url, numbers) or ""
        publish(sandbox, markup, Paragraph(line("There are ", Link(address, str(len(numbers))))))
        seen.open("/projects/sandbox/wiki/Page")
        ((_, href),) = links(seen)
        seen.open(f"{href}&per_page=100")
        total = len(numbers)
        listed = [int(text) for text in seen.texts("table.issues td.id")]
        assert listed == list(numbers)[:100]
        if total > 100:
            assert f"/{total})" in seen.text(".pagination .items")
