"""Desired against actual: the list of changes that a run would make, and how it reads."""

from redmine_sla.plan.attachment import Attachment
from redmine_sla.plan.board import Board, board_of
from redmine_sla.plan.changes import (
    Change,
    CreateTicket,
    CreateVersion,
    Edit,
    PublishFile,
    SaveWikiPage,
    UpdateTicket,
)
from redmine_sla.plan.contract_page import PageParts, contract_page
from redmine_sla.plan.ending import Ending, ending_blocks, ending_of
from redmine_sla.plan.keyless import made_once
from redmine_sla.plan.page_plan import PageNow, Place, page_change, place_of
from redmine_sla.plan.plan import Plan
from redmine_sla.plan.put_off import PutOff
from redmine_sla.plan.render import plan_json, plan_text
from redmine_sla.plan.shown import Shown, shown_for, with_budget
from redmine_sla.plan.surfaces import Surface, surface_of
from redmine_sla.plan.ticket_plan import TicketPlan
from redmine_sla.sla.judged import Judged

__all__ = [
    "Attachment",
    "Board",
    "Change",
    "CreateTicket",
    "CreateVersion",
    "Edit",
    "Ending",
    "Judged",
    "PageNow",
    "PageParts",
    "Place",
    "Plan",
    "PublishFile",
    "PutOff",
    "SaveWikiPage",
    "Shown",
    "Surface",
    "TicketPlan",
    "UpdateTicket",
    "board_of",
    "contract_page",
    "ending_blocks",
    "ending_of",
    "made_once",
    "page_change",
    "place_of",
    "plan_json",
    "plan_text",
    "shown_for",
    "surface_of",
    "with_budget",
]
