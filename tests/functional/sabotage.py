"""What the machine must notice: each guard taken away once, in the code and in the database.

Beside each stands at what the machine aims to meet it: when the figure is corrected, and whether
the claim is disputed.
"""

from typing import Any

import claims.article_sign_offs
import claims.figure_edits
import claims.judgements
import claims.sign_offs
import claims.signatures
import claims.workflow
from claims.models import Claim


def nobody(_claim: Claim) -> set[str]:
    return set()


SABOTAGE: dict[str, tuple[list[tuple[Any, str, Any]], list[str], tuple[str, bool]]] = {
    "a change reopens nothing": (
        [(claims.workflow, "touch", lambda _session, _claim: False)],
        [],
        ("signed", False),
    ),
    "assessors may sign": (
        [(claims.signatures, "assessors", nobody), (claims.sign_offs, "assessors", nobody)],
        ["guard_sign_off_second_person", "guard_claim_signed_off"],
        ("never", False),
    ),
    "who edits a figure is no author": (
        [(claims.figure_edits, "became_author", lambda _session, _claim, _who: None)],
        [],
        ("attached", False),
    ),
    "a conclusion outlives its number": (
        [(claims.judgements.Judged, "withdraw", lambda _self, _claim: None)],
        [],
        ("judged", False),
    ),
    "an article lacks nothing": (
        [(claims.article_sign_offs, "gaps", lambda _state: [])],
        ["guard_article_finished"],
        ("never", True),
    ),
    "anybody signs an article": (
        [(claims.article_sign_offs, "article_bar", lambda _state, _who: None)],
        ["guard_article_second_person"],
        ("never", False),
    ),
    "contests block nothing": (
        [(claims.sign_offs, "blocking_contests", lambda _claim: False)],
        ["guard_sign_off_uncontested", "guard_claim_uncontested"],
        ("never", True),
    ),
}
