"""Money back for broken promises, month by month, with exclusions and without them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redmine_sla.availability import Outage, Unmeasured
from redmine_sla.budget.credits import CreditLine, MonthOfCredits, credits_of
from redmine_sla.budget.fees import monthly_fee
from redmine_sla.budget.misses import Miss, Unjudged, misses_of_availability
from redmine_sla.contract import Money, Vat
from redmine_sla.contract.promises.fees import CreditFor
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.contract.stretches import stretches
from redmine_sla.language import Tongue
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    IssueLink,
    KeyFigure,
    Line,
    Paragraph,
    Table,
    Text,
    Tone,
    line,
)
from redmine_sla.quarter.availability_stated import availability_settled_in, months_ending_in
from redmine_sla.quarter.credit_figures import (
    credit_sheet,
    fee_words,
    hidden_tickets,
    is_hidden,
    money_words,
    month_figures,
    promise_words,
    rule_words,
    total_words,
    visible_tickets,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.section import Section


def credits_section(
    misses: Iterable[Miss | Unjudged], outages: Iterable[Outage | Unmeasured], frame: Frame
) -> Section:
    """The credits of the months that end in the period; empty where the contract gives none."""
    if not any(stretch.terms.credits for stretch in stretches(frame.contract, frame.period)):
        return Section(content=Content.CREDITS, blocks=(), figures={})
    months = credits_by_month(tuple(misses), tuple(outages), frame)
    tongue = frame.tongue
    return Section(
        content=Content.CREDITS,
        blocks=(
            Heading(2, line(tongue.say("Credits"))),
            *_sums(months, frame),
            *_lines(months, frame),
            *_unjudged(months, frame),
        ),
        figures={"months": [month_figures(month) for month in months]},
        sheets=(credit_sheet(months, frame),),
        highlights=(_highlight(months, frame),),
    )


def _highlight(months: Sequence[MonthOfCredits], frame: Frame) -> KeyFigure:
    """The sum as far as it is known. It is only good where nothing more can be owed."""
    tongue = frame.tongue
    total = sum((month.adjusted.total for month in months), Money.zero(frame.contract.currency))
    is_known = all(month.adjusted.is_known for month in months)
    unmeasured = sum(len(month.unjudged) for month in months)
    tone = Tone.GOOD if is_known and not unmeasured else Tone.WARNING
    amount = tongue.money(total)
    return KeyFigure(
        tongue.say("Credits"),
        amount if is_known else tongue.say("at least {amount}", amount=amount),
        tongue.count(
            "{n} promise could not be measured", "{n} promises could not be measured", unmeasured
        )
        if unmeasured
        else "",
        Tone.BAD if total.amount else tone,
    )


def credits_by_month(
    misses: Sequence[Miss | Unjudged], outages: Sequence[Outage | Unmeasured], frame: Frame
) -> tuple[MonthOfCredits, ...]:
    """Each month that has begun, with what its tickets and its availability give back."""
    contract, as_of = frame.contract, frame.as_of
    found = []
    for month in months_ending_in(contract, frame.period):
        if month.begin < as_of:
            settled = availability_settled_in(contract, outages, month, as_of)
            broken = (*misses, *misses_of_availability(contract, settled))
            found.append(credits_of(contract, month, broken, monthly_fee(contract, month)))
    return tuple(found)


def _sums(months: Sequence[MonthOfCredits], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    yield Table(
        (
            Column(tongue.say("Month")),
            Column(tongue.say("Monthly fee"), Align.RIGHT),
            Column(tongue.say("Credits"), Align.RIGHT),
            Column(tongue.say("With nothing left out"), Align.RIGHT),
        ),
        tuple(
            (
                line(tongue.titled(tongue.month(month.month.first))),
                line(fee_words(month, tongue)),
                line(total_words(month.adjusted, tongue)),
                line(total_words(month.raw, tongue)),
            )
            for month in months
        ),
    ).trimmed()
    yield Paragraph(
        line(
            tongue.say(
                "A credit belongs to the month in which the promise was broken. Owed is what is "
                "left when agreed exclusions are taken into account; what would be owed without "
                "them stands beside it."
            ),
            *(
                f" {said}"
                for said in (*_by_the_hour(frame), *_outlived(months, frame), *_vat(frame))
            ),
        )
    )


def _by_the_hour(frame: Frame) -> Iterable[str]:
    rules = (rule for one in stretches(frame.contract, frame.period) for rule in one.terms.credits)
    if not any(rule.counted_by is CreditFor.HOUR for rule in rules):
        return
    yield frame.tongue.say(
        "Where each started hour beyond the target counts, it belongs to the month in which "
        "it began, and what it gives is taken of that month's fee."
    )
    if frame.period.last == frame.contract.last_day:
        yield frame.tongue.say(
            "The hours that begin after the contract's last month belong to that month, as soon "
            "as the work is done."
        )


def _outlived(months: Sequence[MonthOfCredits], frame: Frame) -> Iterable[str]:
    misses = (miss for month in months for one in month.adjusted.lines for miss in one.misses)
    if any(miss.outlived_its_contract for miss in misses):
        yield frame.tongue.say(
            "What was broken after the contract's last day belongs to the contract's last month."
        )


def _vat(frame: Frame) -> Iterable[str]:
    match frame.terms.vat:
        case Vat.NET:
            yield frame.tongue.say("Amounts are net, without value added tax.")
        case Vat.GROSS:
            yield frame.tongue.say("Amounts are gross, value added tax included.")


def _lines(months: Sequence[MonthOfCredits], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    lines = [credit for month in months for credit in month.adjusted.lines]
    if not lines:
        yield Paragraph(line(tongue.say("No credit is owed.")))
        return
    shown = [credit for credit in lines if not is_hidden(credit)]
    if shown:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Promise")),
                Column(tongue.say("Broken on")),
                Column(tongue.say("Beyond the target"), Align.RIGHT),
                Column(tongue.say("What is given back")),
                Column(tongue.say("Credit"), Align.RIGHT),
                Column(tongue.say("Cut by the cap"), Align.RIGHT),
            ),
            tuple(_row(credit, frame) for credit in shown[:ROWS_ON_PAGE]),
        ).trimmed()
        yield from further_rows(len(shown), frame)
    if len(shown) < len(lines):
        yield not_named(len(lines) - len(shown), frame)


def _row(credit: CreditLine, frame: Frame) -> tuple[Line, ...]:
    tongue = frame.tongue
    return (
        _tickets(credit, tongue),
        line(promise_words(credit, tongue)),
        line(tongue.moment(credit.at, frame.period.zone)),
        line(tongue.duration(credit.overrun) if credit.overrun else ""),
        line(
            tongue.say(
                "{rule} ({clause})",
                rule=rule_words(credit, tongue),
                clause=tongue.say(credit.rule.clause),
            )
        ),
        line(money_words(credit.granted, tongue)),
        line(tongue.money(credit.capped) if credit.capped and credit.capped.amount else ""),
    )


def _tickets(credit: CreditLine, tongue: Tongue) -> Line:
    """The tickets it is for that every reader may see; the others are counted."""
    named = visible_tickets(credit)
    parts: list[Text | IssueLink] = []
    for number in named:
        parts += [Text(", "), IssueLink(number)] if parts else [IssueLink(number)]
    if hidden := hidden_tickets(credit):
        more = tongue.count("{n} more ticket", "{n} more tickets", hidden)
        parts += [Text(", "), Text(more)]
    return line(*parts)


def _unjudged(months: Sequence[MonthOfCredits], frame: Frame) -> Iterable[Block]:
    found = [one for month in months for one in month.unjudged]
    if not found:
        return
    tongue, zone = frame.tongue, frame.period.zone
    yield Heading(3, line(tongue.say("Not measured, and so without a credit")))
    shown = [one for one in found if not one.subject.hidden]
    if shown:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Promise")),
                Column(tongue.say("Why")),
            ),
            tuple(
                (
                    line(one.subject.ticket) if one.subject.ticket else line(),
                    line(tongue.say(one.subject.title)),
                    line(tongue.tell(one.reason, zone)),
                )
                for one in shown[:ROWS_ON_PAGE]
            ),
        ).trimmed()
        yield from further_rows(len(shown), frame)
    if len(shown) < len(found):
        yield not_named(len(found) - len(shown), frame)
