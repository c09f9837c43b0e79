"""Redmine, through its REST API: the gateway implements the ports of `redmine_sla.sync`."""

from redmine_sla.connectors.redmine.connection import Connection
from redmine_sla.connectors.redmine.engine import Attempt
from redmine_sla.connectors.redmine.gateway import RedmineGateway
from redmine_sla.connectors.redmine.rights import Rights

__all__ = ["Attempt", "Connection", "RedmineGateway", "Rights"]
