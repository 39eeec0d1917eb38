"""What is drawn for one way to the provider and back, and proves that one browser went it."""

import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secrets:
    """What only the browser that began a way knows: 256 bits each.

    The verifier has the 43 characters that RFC 7636 asks for at least.
    """

    state: str
    nonce: str
    verifier: str

    @classmethod
    def drawn(cls) -> "Secrets":
        """Draw new ones."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))
