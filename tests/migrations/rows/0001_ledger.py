"""Nothing stands before the first revision."""

BEFORE = {}
AFTER = BEFORE
ADDED = {}
