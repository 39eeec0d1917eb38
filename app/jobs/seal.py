"""The seal of an order: a worker does in somebody's name only what the program was asked to do.

The table of jobs is not watched, and who can write into it could otherwise have the program do, and
enter into the ledger as its own, what nobody asked for, in anybody's name.
"""

import hmac
import json
import uuid
from typing import Any

from sqlalchemy.orm import Session

from app.db import ORDERS_KEY

SEAL = "_seal"
"""The member of a payload that holds the seal; no handler sees it."""


def canonical(payload: dict[str, Any]) -> str:
    """Write a payload in one way only."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed(session: Session, job: uuid.UUID, kind: str, by: str, payload: dict[str, Any]) -> str:
    """Return a payload as it is kept, with the HMAC-SHA-256 of the order in hex."""
    plain = json.loads(canonical(payload))
    return canonical({**plain, SEAL: _mac(session, job, kind, by, plain)})


def opened(
    session: Session, job: uuid.UUID, kind: str, by: str, kept: str
) -> dict[str, Any] | None:
    """Return the payload of an order; None for one that the program did not write down."""
    try:
        payload = json.loads(kept)
        seal = str(payload.pop(SEAL))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    wanted = _mac(session, job, kind, by, payload)
    return payload if hmac.compare_digest(seal.encode(), wanted.encode()) else None


def _mac(session: Session, job: uuid.UUID, kind: str, by: str, payload: dict[str, Any]) -> str:
    order = canonical({"by": by, "job": str(job), "kind": kind, "payload": payload})
    return hmac.new(session.info[ORDERS_KEY], order.encode(), "sha256").hexdigest()
