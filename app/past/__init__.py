"""The desk as it was: replayed from the ledger, and read by the pages of today."""
