"""A run that ends like one whose machine lost power, and the whole one that comes after it.

`python -m tests.real.killed_run CONFIGURATION MIRROR 12` kills itself with SIGKILL after so many
requests; nothing is tidied up. With 0 it goes through. The configuration comes pickled.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path

from redmine_sla.connectors.folder import open_redmine
from redmine_sla.connectors.redmine import Attempt
from redmine_sla.contract import Configuration
from redmine_sla.mirror import Mirror
from redmine_sla.sync.run import sync


def main(configuration: Configuration, mirror_url: str, allowed: int) -> None:
    made = 0

    def count(_: Attempt) -> None:
        nonlocal made
        made += 1
        if made == allowed:
            os.kill(os.getpid(), signal.SIGKILL)

    with Mirror.open(mirror_url) as mirror, open_redmine(configuration, hook=count) as redmine:
        sync(configuration, redmine, mirror)


if __name__ == "__main__":
    main(pickle.loads(Path(sys.argv[1]).read_bytes()), sys.argv[2], int(sys.argv[3]))
