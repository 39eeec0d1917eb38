"""How much one account may do, and how long a page may wait, where no setting says otherwise."""

from collections.abc import Mapping

QUOTAS: Mapping[str, int] = {
    "writes": 300,
    "notes": 600,
    "visitors": 120,
    "uploads": 120,
    "megabytes": 1000,
    "captures": 120,
    "exports": 120,
    "reads": 300,
}
"""What one account may do in its window (app.limits); a person who works fast never meets them."""
STATEMENT_SECONDS, MOST_STATEMENT_SECONDS = 5, 600
