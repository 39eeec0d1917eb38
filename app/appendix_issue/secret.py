"""The secret of the salts: derived from the ledger's key, which lies outside the database."""

import hashlib
import hmac

from app.db import Database

PURPOSE = b"claim-desk appendix salts"


def secret(database: Database) -> bytes:
    """Return the desk's secret for the commitments of its appendices."""
    return hmac.new(database.key, PURPOSE, hashlib.sha256).digest()
