"""The store beside the run: what Redmine's API returned, as it came. A cache, never the truth."""

from redmine_sla.mirror.address import default_url
from redmine_sla.mirror.batch import Batch
from redmine_sla.mirror.errors import MirrorError
from redmine_sla.mirror.held import Arrival, Cursor, Departure, Gone, Held, Identity
from redmine_sla.mirror.mirror import Mirror
from redmine_sla.mirror.view import View

__all__ = [
    "Arrival",
    "Batch",
    "Cursor",
    "Departure",
    "Gone",
    "Held",
    "Identity",
    "Mirror",
    "MirrorError",
    "View",
    "default_url",
]
