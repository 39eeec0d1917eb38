"""Background work: jobs queued in the business transaction, leased, and ended exactly once."""
