"""That the server began and ended, with which version, and which settings changed in between."""

import hmac
import json
from typing import Any

from app.config import Settings
from app.db import Database
from app.ledger import search
from app.ledger.search import Asked
from app.security_events.entering import record
from app.security_events.vocabulary import KIND, Event

BY = "system:server"
TABLE, KEY = "server", "desk"
PURPOSE = b"desk-setting\0"
DIGITS = 12


def started(database: Database, version: str) -> None:
    """Enter that the server began, and the names of the settings that are others than last time.

    Of a setting the ledger holds digits made with the ledger's key: everybody who reads the ledger
    may know that one changed, and nobody there needs to know to what.
    """
    present = digits(database.settings, database.key)
    with database.writing(BY) as session:
        found = search.entries(
            session, Asked(kind=KIND, table=TABLE, op=Event.SERVER_STARTED.value), limit=1
        )
        former: dict[str, Any] = (found[0].new or {}).get("settings", {}) if found else present
        changed = sorted(
            name for name in {*former, *present} if former.get(name) != present.get(name)
        )
        record(session, Event.SERVER_STARTED, TABLE, KEY, version=version, settings=present)
        if changed:
            record(session, Event.SETTINGS_CHANGED, TABLE, KEY, changed=changed)


def stopped(database: Database, version: str) -> None:
    """Enter that the server ended as it was told to; one that was killed says nothing."""
    with database.writing(BY) as session:
        record(session, Event.SERVER_STOPPED, TABLE, KEY, version=version)


def digits(settings: Settings, key: bytes) -> dict[str, str]:
    """Return what stands for the value of each setting, secrets masked."""
    return {
        name: hmac.digest(
            key, PURPOSE + f"{name}={json.dumps(value, sort_keys=True)}".encode(), "sha256"
        ).hex()[:DIGITS]
        for name, value in settings.public().items()
    }
