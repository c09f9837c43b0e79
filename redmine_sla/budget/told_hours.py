"""The account of included hours in words a customer may read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from redmine_sla.budget.hours import HourAccount, MonthOfHours
from redmine_sla.contract.promises.budgets import Rollover
from redmine_sla.language import Tongue
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Strong,
    Table,
    Tone,
    line,
)


def allowance_blocks(tongue: Tongue, account: HourAccount) -> tuple[Block, ...]:
    """The account on the contract's page: the month of its day, and the rules."""
    now = account.within_month()
    figures = (KeyFigures(hour_figures(tongue, now)),) if now else ()
    return (
        Heading(2, line(tongue.say("Included hours"))),
        *figures,
        Paragraph(line(rules_told(tongue, account))),
    )


def hour_figures(tongue: Tongue, month: MonthOfHours) -> tuple[KeyFigure, ...]:
    """Available, used, left or beyond, of one month."""
    name = tongue.titled(tongue.month(month.month.first))
    carried = tongue.say("{hours} carried over", hours=tongue.hours(month.carried_in))
    figures = (
        KeyFigure(
            tongue.say("Available"),
            tongue.hours(month.available),
            carried if month.carried_in else name,
        ),
        KeyFigure(tongue.say("Used"), tongue.hours(month.used), name),
    )
    if month.beyond:
        price = tongue.money(month.price) if month.price else ""
        beyond = tongue.say("Beyond")
        return (*figures, KeyFigure(beyond, tongue.hours(month.beyond), price, Tone.BAD))
    return (*figures, KeyFigure(tongue.say("Left"), tongue.hours(month.left), name))


def used_figure(tongue: Tongue, month: MonthOfHours) -> KeyFigure:
    """Used of what was available, for the top of a page."""
    return KeyFigure(
        tongue.say("Included hours"),
        f"{tongue.hours(month.used)} / {tongue.hours(month.available)}",
        tongue.titled(tongue.month(month.month.first)),
        Tone.BAD if month.beyond else Tone.NEUTRAL,
    )


def months_table(tongue: Tongue, months: Sequence[MonthOfHours]) -> Table:
    """The account month by month; columns in which nothing is said are left out."""
    right = (
        tongue.say("Included"),
        tongue.say("Carried over from before"),
        tongue.say("Used"),
        tongue.say("Of it development"),
        tongue.say("Development not included"),
        tongue.say("Beyond"),
        tongue.say("Price of it"),
        tongue.say("Left"),
        tongue.say("Carried on"),
        tongue.say("Lapsed"),
    )
    columns = (Column(tongue.say("Month")), *(Column(title, Align.RIGHT) for title in right))
    return Table(columns, tuple(_row(tongue, month) for month in months)).trimmed()


def rules_told(tongue: Tongue, account: HourAccount) -> str:
    """What becomes of unused hours, what may be spent on development, and where that is said."""
    rules = account.rules
    match rules.rollover:
        case Rollover.NONE:
            unused = tongue.say("Unused hours lapse at the end of the month.")
        case Rollover.NEXT_MONTH:
            unused = tongue.say("Unused hours can be used in the following month.")
        case Rollover.QUARTER if account.own_quarters:
            unused = tongue.say("Unused hours can be used until the end of the contract's quarter.")
        case Rollover.QUARTER:
            unused = tongue.say("Unused hours can be used until the end of the calendar quarter.")
        case Rollover.CONTRACT:
            unused = tongue.say("Unused hours can be used until the contract ends.")
    said = [unused]
    if rules.rollover_cap is not None and rules.rollover is not Rollover.NONE:
        said.append(
            tongue.say("At most {hours} are carried on.", hours=tongue.hours(rules.rollover_cap))
        )
    if rules.usable_for_development:
        said.append(tongue.say("They may be spent on further development."))
    if rules.overrun_rate is not None:
        said.append(
            tongue.say("An hour beyond costs {price}.", price=tongue.money(rules.overrun_rate))
        )
    said.append(tongue.say("(Contract: {clause}.)", clause=tongue.say(account.clause)))
    return " ".join(said)


def _row(tongue: Tongue, month: MonthOfHours) -> tuple[Line, ...]:
    def told(hours: Decimal) -> Line:
        return line(tongue.hours(hours)) if hours else line()

    return (
        line(tongue.titled(tongue.month(month.month.first))),
        line(tongue.hours(month.included)),
        told(month.carried_in),
        line(tongue.hours(month.used)),
        told(month.development),
        told(month.outside),
        line(Strong(tongue.hours(month.beyond))) if month.beyond else line(),
        line(tongue.money(month.price)) if month.price and month.beyond else line(),
        line(tongue.hours(month.left)),
        told(month.carried_out),
        told(month.lapsed),
    )
