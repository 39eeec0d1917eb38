"""The ledger: one append-only, tamper-evident history of rows, acts and schema migrations."""
