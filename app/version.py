"""The product's version, read by the pages, the ledger and the command line."""

VERSION = "0.1.0"
