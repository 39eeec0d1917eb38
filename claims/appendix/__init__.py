"""The verification appendix: what leaves the newsroom, as plain data."""
