"""What a verification found: a code for machines and a detail for the person who looks closer."""

from collections import Counter
from dataclasses import dataclass, field

MOST_OF_A_KIND = 100
"""Findings kept of one code; the rest is counted, so that a ruined ledger fits in memory."""

CODES = {
    "SEQ_GAP": "a place in the ledger is empty: a leaf was removed",
    "EID_GAP": "an event number is missing: an event was removed",
    "TAIL_CUT": "events are missing at the end",
    "ORDER": "events stand in another order than they happened in",
    "EVENT_MISSING": "a sealed event is gone",
    "LEAF_MISMATCH": "an event is not what was sealed",
    "BAD_MAC": "a seal was not made with this installation's key",
    "ROOT_MISMATCH": "the leaves do not give a root that was signed: history was rewritten",
    "ROLLBACK": "more leaves were signed than are there: an older state was put back",
    "BAD_SIGNATURE": "a checkpoint was not signed with a key of this installation",
    "UNSEALED": "an event has no seal: it was written from outside, or the sealer stands still",
    "FOREIGN": "a change was made from outside the application",
    "UNATTRIBUTED": "a change names nobody",
    "TRIGGER": "a trigger or function is not what the last migration left",
    "SCHEMA": "a table or index is not what the last migration left",
    "CTX_NOT_CLEAR": "an actor was left set between two transactions",
    "LIVE_DIFF": "a row is not what its history says",
    "LIVE_EXTRA": "a row has no history",
    "LIVE_MISSING": "a row with a history is gone without a deletion",
    "DISCONTINUITY": "an event does not start from the values before it",
    "UNREADABLE": "a table cannot be compared with its history",
    "REDACTION": "values were erased without a redaction in the ledger that names them",
    "FILE_MISSING": "a file that a row names is not in the store",
    "FILE_ALTERED": "a file in the store is not the one its name says",
    "STAMP": "a revision was declared, not applied: the schema is not its own",
    "DATABASE": "the engine finds its own file damaged",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be; ``code`` is a key of :data:`CODES`."""

    code: str
    detail: str


@dataclass
class Report:
    """The result of one verification.

    ``rows`` counts the live rows compared with the ledger, ``files`` the stored files hashed;
    ``root`` is the hexadecimal Merkle root over all leaves. Kept elsewhere, ``leaves`` and ``root``
    convict whoever rewrites the ledger.
    """

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    events: int = 0
    leaves: int = 0
    rows: int = 0
    files: int = 0
    root: str = ""
    seconds: float = 0.0

    def add(self, code: str, detail: str) -> None:
        """Note a finding; raise KeyError for a code nobody explained."""
        if code not in CODES:
            raise KeyError(code)
        self.counts[code] += 1
        if self.counts[code] <= MOST_OF_A_KIND:
            self.findings.append(Finding(code, detail))

    def first(self, count: int) -> list[Finding]:
        """The first so many findings of each code."""
        met: Counter[str] = Counter()
        found = []
        for finding in self.findings:
            met[finding.code] += 1
            if met[finding.code] <= count:
                found.append(finding)
        return found

    @property
    def codes(self) -> set[str]:
        """The codes that occur."""
        return set(self.counts)
