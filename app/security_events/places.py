"""Where a request came from, as the ledger may know it: the same place is known again, not read.

The ledger forgets nothing, and an address is a person's. It gets sixteen digits made with the key
that lies outside the database: who holds a copy of the ledger can neither read an address out of
them nor try all addresses through, and whoever runs the desk can ask for the digits of an address
they know from elsewhere. The address itself stands in the access log and beside the open session,
both of which forget.
"""

import hmac

from app.limits.places import place_of

PURPOSE = b"desk-place\0"
DIGITS = 16


def pseudonym(key: bytes, address: str | None) -> str:
    """Return the digits of the place an address belongs to; ``-`` where there is none."""
    if not address:
        return "-"
    return hmac.digest(key, PURPOSE + place_of(address).encode(), "sha256").hex()[:DIGITS]
