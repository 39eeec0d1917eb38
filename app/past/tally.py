"""How many claims had which status at a place in the ledger."""

from collections import Counter
from itertools import groupby

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.ledger.replay import laid
from app.ledger.tables import EVENT, LEAF, options
from claims.models import Claim
from claims.queries.articles import Counts, ordered
from claims.status import VerificationStatus
from claims.vocabulary import Stage


def tally(session: Session, position: int) -> Counts:
    """Count the claims by status as they stood then, those dropped left out.

    Only the entries that set a status or a stage are read.
    """
    says = [EVENT.c.new.contains(f'"{name}"') for name in ("verification_status", "stage")]
    query = (
        select(EVENT.c.pk, EVENT.c.eid, EVENT.c.old.is_not(None), EVENT.c.new, EVENT.c.red)
        .join(LEAF, LEAF.c.eid == EVENT.c.eid)
        .where(EVENT.c.kind == "row", EVENT.c.tbl == "claim", LEAF.c.seq < position)
        .where(or_(EVENT.c.op.in_(("I", "D")), *says))
        .order_by(EVENT.c.pk, EVENT.c.eid)
    )
    found = session.execute(query, execution_options=options(session))
    counts: Counter[VerificationStatus] = Counter()
    for _, steps in groupby(found, lambda step: step[0]):
        image = laid((tuple(step) for step in steps), []) or {}
        status = image.get("verification_status")
        if status in set(VerificationStatus) and image.get("stage") != Stage.DROPPED:
            counts[VerificationStatus(status)] += 1
    return ordered(counts)


def tally_now(session: Session) -> Counts:
    """Count the claims of today."""
    rows = session.execute(
        select(Claim.verification_status, func.count())
        .where(Claim.stage != Stage.DROPPED)
        .group_by(Claim.verification_status)
    )
    return ordered(Counter({row[0]: row[1] for row in rows}))
