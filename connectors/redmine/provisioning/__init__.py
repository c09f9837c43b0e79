"""Setting a Redmine up by a script for `rails runner`, and taking that back."""

from redmine_sla.connectors.redmine.provisioning.plan import ProvisionOptions
from redmine_sla.connectors.redmine.provisioning.script import (
    api_key_in,
    provision_script,
    unprovision_script,
)

__all__ = ["ProvisionOptions", "api_key_in", "provision_script", "unprovision_script"]
