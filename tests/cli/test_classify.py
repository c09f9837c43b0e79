"""`classify`: the class with its evidence, and the figures against what people chose."""

from __future__ import annotations

import json
from pathlib import Path

from redmine_sla.errors import ExitCode
from tests.cli.desk import run

DEV = Path(__file__).parents[1] / "data" / "tickets_dev.jsonl"


def test_tickets_of_the_mirror_with_all_evidence(desk: Path) -> None:
    asked = run("classify", "1", "#3", folder=desk)
    assert asked.exit_code == ExitCode.OK, asked.output
    assert "#1 Nobody can print" in asked.stdout
    assert "system +100.0: chosen by the provider" in asked.stdout
    assert "#3 A new [bold]colour[/bold]" in asked.stdout
    data = json.loads(run("classify", "1", "--json", folder=desk).stdout)
    assert data[0]["class"] == "system"
    assert data[0]["evidence"][0]["source"] == "provider"


def test_words_alone_need_no_configuration() -> None:
    words = "No internet anywhere\nSince 10:15 nobody in the whole company can work."
    asked = run("classify", "--text", words)
    assert "Class      infrastructure" in asked.stdout
    data = json.loads(run("classify", "-", "--json", stdin=words).stdout)
    assert data["class"] == "infrastructure"
    assert sum(data["probability"].values()) > 0.99
    assert data["evidence"]


def test_words_that_say_nothing_leave_it_to_the_contract() -> None:
    assert "contract's default" in run("classify", "--text", "Hello").stdout
    assert json.loads(run("classify", "--text", "Hello", "--json").stdout)["class"] is None


def test_the_rules_are_held_against_what_people_chose(desk: Path) -> None:
    asked = run("classify", "--evaluate", folder=desk)
    assert "accuracy" in asked.stdout
    data = json.loads(run("classify", "--evaluate", "--json", folder=desk).stdout)
    assert data["problem_class"]["tickets"] == 2
    truths = {one["truth"] for one in data["problem_class"]["confusion"]}
    assert truths == {"system", "user"}


def test_the_rules_are_held_against_a_labelled_file(tmp_path: Path) -> None:
    data = json.loads(run("classify", "--evaluate", "--file", str(DEV), "--json").stdout)
    assert set(data) == {"problem_class", "kind", "special", "outage"}
    assert data["problem_class"]["tickets"] == len(DEV.read_text().splitlines())
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"subject": "a"}\nnot json\n')
    asked = run("classify", "--evaluate", "--file", str(broken))
    assert asked.exit_code == ExitCode.USAGE
    assert "broken.jsonl, line 2" in asked.stderr


def test_nothing_to_compare_with_is_said(empty: Path) -> None:
    asked = run("classify", "--evaluate", folder=empty)
    assert asked.exit_code == ExitCode.USAGE
    assert "nobody has set a class yet" in asked.stderr


def test_questions_that_do_not_fit_together_are_refused() -> None:
    for words in (
        [],
        ["abc"],
        ["1", "--text", "x"],
        ["1", "--evaluate"],
        ["1", "--file", str(DEV)],
    ):
        assert run("classify", *words).exit_code == ExitCode.USAGE
