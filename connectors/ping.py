"""The dead man's ping: called after each good run, so that a silent cron is noticed."""

from __future__ import annotations

import requests
from pydantic import SecretStr

_PATIENCE = 10  # seconds


def ping(url: SecretStr | None) -> str:
    """Call the address, if there is one; what went wrong is returned, and nothing is raised.

    Nobody who knows the address may learn it here: it stays out of what is returned.
    """
    if url is None:
        return ""
    try:
        answer = requests.get(url.get_secret_value(), timeout=_PATIENCE, allow_redirects=True)
    except requests.Timeout:
        return f"notifications.ping_url: no answer within {_PATIENCE} seconds"
    except (requests.RequestException, ValueError) as error:
        return f"notifications.ping_url: could not be called ({type(error).__name__})"
    if not answer.ok:
        return f"notifications.ping_url: answered {answer.status_code}"
    return ""
