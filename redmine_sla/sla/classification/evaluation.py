"""How good a classification is: accuracy, F1 by label, and who was taken for whom."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redmine_sla.errors import SlaError


class LabelledFileError(SlaError):
    """A line of a labelled file cannot be read."""


@dataclass(frozen=True, slots=True)
class LabelledTicket:
    """A ticket somebody has labelled; `labels` holds whatever labels the file gives."""

    id: str
    subject: str
    body: str
    labels: Mapping[str, str]


@dataclass(frozen=True)
class LabelScore:
    """One label's quality. Recall is `None` where the truth never says it, precision where
    nothing was taken for it; F1 is 0 where either is missing."""

    label: str
    support: int
    precision: float | None
    recall: float | None
    f1: float


@dataclass(frozen=True)
class Evaluation:
    """Counts of (truth, found) and what follows from them."""

    labels: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def accuracy(self) -> float:
        """Share of tickets found right; 0 for none."""
        right = sum(n for (truth, found), n in self.counts.items() if truth == found)
        return right / self.total if self.total else 0.0

    @property
    def scores(self) -> tuple[LabelScore, ...]:
        return tuple(self._score(label) for label in self.labels)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the labels the truth contains; 0 for none."""
        real = [score.f1 for score in self.scores if score.support]
        return sum(real) / len(real) if real else 0.0

    def _score(self, label: str) -> LabelScore:
        hits = self.counts.get((label, label), 0)
        support = sum(n for (truth, _), n in self.counts.items() if truth == label)
        taken = sum(n for (_, found), n in self.counts.items() if found == label)
        f1 = 2 * hits / (support + taken) if support + taken else 0.0
        return LabelScore(
            label, support, hits / taken if taken else None, hits / support if support else None, f1
        )


def evaluate(pairs: Iterable[tuple[str, str]]) -> Evaluation:
    """Compare (truth, found) pairs; labels in order of how often the truth says them."""
    counts = Counter((str(truth), str(found)) for truth, found in pairs)
    often: Counter[str] = Counter()
    for (truth, found), n in counts.items():
        often[truth] += n
        often[found] += 0
    return Evaluation(tuple(label for label, _ in often.most_common()), counts)


def render_evaluation(evaluation: Evaluation) -> str:
    """A table for a terminal: who was taken for whom (rows are the truth), and how good that is."""
    width = max([len("macro F1"), *(len(label) for label in evaluation.labels)])
    head = " ".join(f"{label:>{max(width, 9)}}" for label in (*evaluation.labels, "precision"))
    lines = [f"{'truth':<{width}} {head} {'recall':>9} {'F1':>9}"]
    for score in evaluation.scores:
        row = [f"{evaluation.counts.get((score.label, found), 0)}" for found in evaluation.labels]
        cells = " ".join(f"{cell:>{max(width, 9)}}" for cell in (*row, _share(score.precision)))
        lines.append(f"{score.label:<{width}} {cells} {_share(score.recall):>9} {score.f1:>9.3f}")
    lines.append(f"{'accuracy':<{width}} {evaluation.accuracy:.3f} of {evaluation.total}")
    lines.append(f"{'macro F1':<{width}} {evaluation.macro_f1:.3f}")
    return "\n".join(lines)


def read_labelled(lines: Iterable[str], *, name: str = "labelled file") -> list[LabelledTicket]:
    """Read JSON lines with `subject`, `body` and labels; blank lines are skipped.

    Raises LabelledFileError with the line's number for what is not such an object.
    """
    tickets: list[LabelledTicket] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise _unreadable(name, number, f"not JSON: {error.msg}") from error
        if not isinstance(row, dict):
            raise _unreadable(name, number, "not an object")
        texts = {key: row.get(key, "") for key in ("subject", "body")}
        for key, text in texts.items():
            if not isinstance(text, str):
                raise _unreadable(name, number, f'"{key}" is not text')
        if not any(text.strip() for text in texts.values()):
            raise _unreadable(name, number, "neither subject nor body")
        labels = {
            key: json.dumps(value) if isinstance(value, bool) else str(value)
            for key, value in row.items()
            if key not in {"id", "subject", "body"} and isinstance(value, str | bool | int)
        }
        tickets.append(
            LabelledTicket(str(row.get("id", number)), texts["subject"], texts["body"], labels)
        )
    return tickets


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _unreadable(name: str, number: int, what: str) -> LabelledFileError:
    return LabelledFileError(
        f"{name}, line {number}: {what}.",
        hint='Each line is an object such as {"subject": "...", "body": "...", '
        '"problem_class": "user"}.',
    )
