"""What holds where no setting says otherwise, and what a demo has instead."""

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
STATEMENT = (600, 5)
"""Seconds a page waits for one statement: the most a setting may say, and what holds without."""
RSA_BITS = (3072, 2048)
"""The shortest RSA key whose signature is believed: what has 128 bits of strength (NIST SP 800-57,
part 1, table 2), and what most providers still have, with about 112."""
DEMO_NEWSROOM = "核查台演示 Claim Desk Demo"
DEMO_SITE = "https://newsroom.example"
"""The domain ``.example`` belongs to nobody (RFC 2606), so that a demo's review leads nowhere."""
DEMO_CHECKS = f"{DEMO_SITE}/checks/{{article}}.html"
DEMO = (DEMO_NEWSROOM, DEMO_SITE, DEMO_CHECKS)
