"""Proposing claims: from a text and the numbers in it to one proposal per clause.

Pure and deterministic. Every number that states something stands in exactly one proposal; weak
numbers are proposed folded, never dropped. A person accepts, corrects, merges, splits, rejects.
"""

from claims.extraction.proposals import Proposal, propose
from claims.extraction.words import tables_hash

VERSION = "1.0.0"

__all__ = ["VERSION", "Proposal", "propose", "tables_hash"]
