"""Pages on real Redmines, in both markups: what people wrote is read as they wrote it, and no more.

Everything the words could lead to is there: tickets, a version, news, a forum, documents, a
repository with a revision, a file, users, and a wiki page to include.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from redmine_sla.page import (
    Align,
    Bullets,
    Column,
    Heading,
    Markup,
    Page,
    Paragraph,
    Strong,
    Table,
    WikiLink,
    cleaned,
    line,
    render,
)
from tests.harness.server import RedmineServer
from tests.page.hostile import HOSTILE

pytestmark = pytest.mark.real

MARKUPS: tuple[Markup, ...] = ("textile", "common_mark")
JOINER = "\u2060"
MEANT = {"p", "ul", "li", "h1", "h2", "h3", "table", "thead", "tbody", "tr", "th", "td", "strong"}
THE_PENCILS = {"div", "svg", "use", "span"}  # Redmine's own, beside headings

TEMPTATIONS = """
    admin = User.find_by!(login: 'admin')
    project = Project.create!(name: 'Sandbox', identifier: 'sandbox')
    modules = Redmine::AccessControl.available_project_modules
    project.update!(enabled_module_names: modules.map(&:to_s), tracker_ids: Tracker.pluck(:id))
    issue = Issue.create!(project: project, tracker: Tracker.first, author: admin, subject: 'One',
                          priority: IssuePriority.first, status: IssueStatus.first)
    Journal.create!(journalized: issue, user: admin, notes: 'a note')
    Version.create!(project: project, name: '1.0')
    News.create!(project: project, author: admin, title: 'Hello', description: 'x')
    board = Board.create!(project: project, name: 'Talk', description: 'x')
    Message.create!(board: board, author: admin, subject: 'x', content: 'y')
    Document.create!(project: project, category: DocumentCategory.first, title: 'Handbook')
    code = Repository::Subversion.new(url: 'file:///nowhere', identifier: 'main', is_default: true)
    code.project = project
    code.save!(validate: false)
    Changeset.create!(repository: code, revision: '12', scmid: 'abc123', committer: 'x',
                      committed_on: Time.now, comments: 'c')
    wiki = project.wiki || Wiki.create!(project: project, start_page: 'Wiki')
    secret = WikiPage.create!(wiki: wiki, title: 'Secret')
    WikiContent.create!(page: secret, author: admin, text: 'WHAT NOBODY MAY INCLUDE')
    raise 'something is missing' unless Changeset.exists? && Document.exists? && Message.exists?
"""


@pytest.fixture
def sandbox(redmine: RedmineServer) -> RedmineServer:
    redmine.restore_or_make("temptations", lambda server: server.runner(TEMPTATIONS))
    return redmine


@dataclass
class Seen(HTMLParser):
    """What a browser makes of a wiki page: table cells, links, and elements nobody asked for."""

    cells: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)
    depth: int = 0
    in_cell: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        css = given.get("class", "")
        if tag == "div" and "wiki-page" in css:
            self.depth = 1
            return
        if not self.depth:
            return
        self.depth += tag == "div"
        if tag == "td":
            self.cells.append("")
            self.in_cell = True
        if tag == "a":
            if "href" in given and "wiki-anchor" not in css and "icon" not in css:
                self.links.append((css.split()[0] if css else "", given["href"]))
        elif tag not in MEANT and (tag not in THE_PENCILS or self.in_cell):
            self.strange.add(f"<{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "use":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == "div":
            self.depth -= 1
        if tag == "td":
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.depth and self.in_cell:
            self.cells[-1] += data


def saved(sandbox: RedmineServer, page: Page, markup: Markup) -> tuple[Seen, str]:
    """The page as Redmine shows it to somebody who may see everything."""
    sandbox.runner("Setting.text_formatting = $INPUT", given=markup)
    text = render(page, markup)
    sandbox.admin.put("/projects/sandbox/wiki/Page.json", {"wiki_page": {"text": text}})
    html = sandbox.admin.request("GET", "/projects/sandbox/wiki/Page").text
    seen = Seen()
    seen.feed(html)
    return seen, html


@pytest.mark.parametrize("markup", MARKUPS)
def test_hostile_words_are_words(sandbox: RedmineServer, markup: Markup) -> None:
    blocks: list[Heading | Paragraph | Bullets | Table] = []
    for words in HOSTILE:
        blocks += [
            Heading(3, line(words)),
            Paragraph(line(words)),
            Bullets((line(words), line("as said: ", words), line(Strong(words)))),
        ]
    columns = Column("Plain"), Column("Strong", Align.RIGHT)
    rows = tuple((line(words), line(Strong(words))) for words in HOSTILE)
    seen, html = saved(sandbox, Page((*blocks, Table(columns, rows))), markup)
    assert seen.links == []
    assert seen.strange == set()
    assert "WHAT NOBODY MAY INCLUDE" not in html
    shown = [cell.replace(JOINER, "").strip() for cell in seen.cells]
    assert shown == [cleaned(words).strip() for words in HOSTILE for _ in columns]


@pytest.mark.parametrize("markup", MARKUPS)
def test_links_that_are_meant_lead_there(sandbox: RedmineServer, markup: Markup) -> None:
    page = Page(
        (
            Paragraph(line("See ", 1, ", and ", WikiLink("Secret", "a | b [c] *d*"), ".")),
            Table(
                (Column("Ticket"), Column("Page")),
                ((line(1), line(WikiLink("Secret"))), (line(1), line("no link"))),
            ),
        )
    )
    seen, _ = saved(sandbox, page, markup)
    issue, wiki = ("issue", "/issues/1"), ("wiki-page", "/projects/sandbox/wiki/Secret")
    assert seen.links == [issue, wiki, issue, wiki, issue]
    assert seen.cells[-1].strip() == "no link"
    assert seen.strange == set()


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_temptations_are_real(sandbox: RedmineServer, markup: Markup) -> None:
    """The same words written as markup do lead somewhere: the first test is worth something."""
    sandbox.runner("Setting.text_formatting = $INPUT", given=markup)
    text = "r12 commit:abc123 version:1.0 user:admin source:a news:Hello document:Handbook #1"
    raw = f"{text} {{{{include(Secret)}}}}"
    sandbox.admin.put("/projects/sandbox/wiki/Raw.json", {"wiki_page": {"text": raw}})
    html = sandbox.admin.request("GET", "/projects/sandbox/wiki/Raw").text
    assert "WHAT NOBODY MAY INCLUDE" in html
    seen = Seen()
    seen.feed(html)
    kinds = [kind for kind, _ in seen.links]
    assert kinds == [
        "changeset",
        "changeset",
        "version",
        "user",
        "source",
        "news",
        "document",
        "issue",
    ]
