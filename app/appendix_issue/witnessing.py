"""The signed head over an act of an appendix, with proofs of the act and of each claim's entry."""

import uuid
from collections.abc import Collection

from app.db import Database
from app.ledger.proofs import Contradiction
from app.ledger.signer import UNUSABLE
from app.ledger.witness import Witness, act_with, latest, witness
from claims.errors import Conflict


def witnessed(
    database: Database,
    article: uuid.UUID,
    own: str,
    claims: Collection[str] = (),
    *,
    position: int = 0,
) -> Witness:
    """Sign the head, and prove the act of that name and the claims' entries before a position.

    Raise Conflict where the ledger is not one that may be signed.
    """
    try:
        note = database.checkpoint()
        keys = database.signer.verifiers()
        with database.reading(steady=True) as session:
            return witness(
                session,
                database.prover,
                note or "",
                keys,
                act=act_with(session, "article", str(article), own),
                rows=latest(session, "claim", claims, position) if claims else {},
            )
    except (Contradiction, *UNUSABLE) as problem:
        raise Conflict(
            "not_signed",
            {
                "zh": f"台账无法签名，附录没有出具：{problem}。请先核验台账。",
                "en": f"The ledger cannot be signed, so nothing is issued: {problem}. "
                "Verify the ledger first.",
            },
        ) from problem
