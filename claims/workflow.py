"""Where the work on a claim stands: the allowed moves as a table, and the only code that moves."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy.orm import Session

from claims.authorship import became_author
from claims.calculations import recalculate
from claims.errors import Conflict, Refused
from claims.judgements import Judged
from claims.material import material_sha256
from claims.models import Claim, Comment
from claims.policy import sign_off_levels
from claims.readiness import Lack, lacks
from claims.rules.engine import refresh
from claims.signatures import is_complete, valid_signatures
from claims.versions import expect_version
from claims.vocabulary import Stage
from sources.base import now
from sources.columns import Words


class Move(StrEnum):
    """Why a claim changes its stage."""

    BEGIN = "begin"
    SUBMIT = "submit"
    SIGN = "sign"
    RETURN = "return"
    REOPEN = "reopen"
    CHANGE = "change"
    DROP = "drop"
    RETRACT = "retract"
    REVIVE = "revive"
    UNDO = "undo"


MOVES: Mapping[Move, tuple[frozenset[Stage], Stage]] = MappingProxyType(
    {
        Move.BEGIN: (frozenset({Stage.OPEN}), Stage.CHECKING),
        Move.SUBMIT: (frozenset({Stage.CHECKING}), Stage.SUBMITTED),
        Move.SIGN: (frozenset({Stage.SUBMITTED}), Stage.SIGNED_OFF),
        Move.RETURN: (frozenset({Stage.SUBMITTED}), Stage.CHECKING),
        Move.REOPEN: (frozenset({Stage.SIGNED_OFF, Stage.DROPPED}), Stage.CHECKING),
        Move.CHANGE: (
            frozenset({Stage.OPEN, Stage.SUBMITTED, Stage.SIGNED_OFF}),
            Stage.CHECKING,
        ),
        Move.DROP: (frozenset({Stage.OPEN, Stage.CHECKING, Stage.SUBMITTED}), Stage.DROPPED),
        # A claim is never deleted: undoing the act that made it retracts it, redoing revives it.
        Move.RETRACT: (frozenset({Stage.OPEN}), Stage.DROPPED),
        Move.REVIVE: (frozenset({Stage.DROPPED}), Stage.OPEN),
        # Taking the first conclusion back leaves nothing that was begun.
        Move.UNDO: (frozenset({Stage.CHECKING}), Stage.OPEN),
    }
)
"""From which stages a move may start, and where it ends."""

WAYS_BACK: Mapping[tuple[Stage, Stage], tuple[Move, ...]] = MappingProxyType(
    {
        (Stage.OPEN, Stage.CHECKING): (Move.BEGIN,),
        (Stage.SUBMITTED, Stage.CHECKING): (Move.CHANGE,),
        (Stage.SIGNED_OFF, Stage.CHECKING): (Move.CHANGE,),
        (Stage.CHECKING, Stage.OPEN): (Move.UNDO,),
        (Stage.DROPPED, Stage.OPEN): (Move.REVIVE,),
        (Stage.DROPPED, Stage.CHECKING): (Move.REOPEN,),
        (Stage.CHECKING, Stage.SUBMITTED): (Move.SUBMIT,),
        (Stage.DROPPED, Stage.SUBMITTED): (Move.REOPEN, Move.SUBMIT),
        (Stage.CHECKING, Stage.SIGNED_OFF): (Move.SUBMIT, Move.SIGN),
        (Stage.OPEN, Stage.DROPPED): (Move.DROP,),
        (Stage.CHECKING, Stage.DROPPED): (Move.DROP,),
        (Stage.SUBMITTED, Stage.DROPPED): (Move.DROP,),
    }
)
"""By which moves a claim comes back to the stage it was taken from, when the act is undone."""

STAGE_WORDS: Mapping[Stage, Words] = MappingProxyType(
    {
        Stage.OPEN: {"zh": "待核", "en": "to check"},
        Stage.CHECKING: {"zh": "核查中", "en": "being checked"},
        Stage.SUBMITTED: {"zh": "已提交", "en": "submitted"},
        Stage.SIGNED_OFF: {"zh": "已签发", "en": "signed off"},
        Stage.DROPPED: {"zh": "不再涉及", "en": "dropped"},
    }
)


class NotReady(Refused):
    """A claim that cannot be submitted yet; ``lacks`` lists exactly what is missing."""

    def __init__(self, missing: list[Lack]) -> None:
        """Keep the list beside the sentence that joins it."""
        super().__init__(
            "not_ready",
            {
                "zh": "还不能提交：" + "".join(lack.message["zh"] for lack in missing),
                "en": "Not ready to submit: " + " ".join(lack.message["en"] for lack in missing),
            },
        )
        self.lacks = missing


def may_move(claim: Claim, how: Move) -> bool:
    """Tell whether the table allows this move from where the claim stands."""
    return claim.stage in MOVES[how][0]


def move(claim: Claim, how: Move) -> None:
    """Move a claim; raise Conflict when the table does not allow it from where the claim stands."""
    if not may_move(claim, how):
        stands = STAGE_WORDS[claim.stage]
        raise Conflict(
            "stage",
            {
                "zh": f"这条论断现在的进度是“{stands['zh']}”，不能这样做。",
                "en": f"This claim is now {stands['en']}, so that cannot be done.",
            },
        )
    claim.stage = MOVES[how][1]


def refuse_dropped(claim: Claim) -> None:
    """Raise Conflict for work on a claim whose text is gone; it must be reopened first."""
    if claim.stage is Stage.DROPPED:
        raise Conflict(
            "dropped",
            {
                "zh": "这条论断已标为不再涉及；请先重新打开。",
                "en": "This claim was dropped; reopen it first.",
            },
        )


def touch(session: Session, claim: Claim) -> bool:
    """Take note that material content changed; return whether the claim went back to checking.

    A submitted claim goes back because what was submitted is no longer there; a signed one as
    soon as one of the signatures it needs no longer stands under its present content.
    """
    session.flush()
    session.expire(claim, ["sign_offs"])
    if not may_move(claim, Move.CHANGE) or _stands(claim):
        return False
    move(claim, Move.CHANGE)
    session.flush()
    return True


def _stands(claim: Claim) -> bool:
    """Tell whether the signatures a claim has are those that its stage rests on."""
    signed_off = claim.stage is Stage.SIGNED_OFF
    return is_complete(claim) if signed_off else bool(valid_signatures(claim))


def back_to(session: Session, claim: Claim, stage: Stage, *, same: bool) -> bool:
    """Bring a claim back to the stage an act took it from; return whether the rules let it.

    ``same`` says that it has the content it had there. It is signed off again only under the
    signatures that stand for this content, and never past a contest that blocks.
    """
    ways = WAYS_BACK.get((claim.stage, stage))
    session.expire(claim, ["sign_offs", "assessments", "later_authors"])
    blocked = any(row.blocking and row.outcome is None for row in claim.contests)
    if (
        ways is None
        or (stage in {Stage.SUBMITTED, Stage.SIGNED_OFF} and not same)
        or (stage is Stage.SIGNED_OFF and (blocked or not is_complete(claim)))
    ):
        return False
    for how in ways:
        move(claim, how)
        session.flush()
    return True


@contextmanager
def material_edit(session: Session, claim: Claim) -> Iterator[None]:
    """Wrap a change: if the material content is another afterwards, the claim is touched.

    So is a signed claim whose signer now joins in the checking: nobody signs what they assessed.
    What was concluded about a number that is another now falls, and what is calculated from it is
    calculated again. The rules of checking look at the claim in either case.
    """
    refuse_dropped(claim)
    before, judged = material_sha256(claim), Judged.of(claim)
    yield
    session.flush()
    recalculate(session, claim)
    judged.withdraw(claim)
    session.flush()
    if material_sha256(claim) != before or claim.stage is Stage.SIGNED_OFF:
        touch(session, claim)
    refresh(session, claim, now())


def submit(session: Session, claim: Claim, *, by: str, seen_version: int | None = None) -> None:
    """Hand a claim over to a second person; it now needs as many levels as the desk asks for.

    Raises NotReady with everything that is missing, Conflict when the claim is stale or not being
    checked.
    """
    expect_version(claim, seen_version)
    if not may_move(claim, Move.SUBMIT):
        move(claim, Move.SUBMIT)
    refresh(session, claim, now())
    missing = lacks(session, claim)
    if missing:
        raise NotReady(missing)
    move(claim, Move.SUBMIT)
    claim.submitted_by = by
    claim.submission += 1
    claim.sign_off_levels = sign_off_levels(session)
    session.flush()


def reopen(
    session: Session, claim: Claim, *, by: str, reason: str, seen_version: int | None = None
) -> None:
    """Take a signed or dropped claim up again; the reason stands in the discussion."""
    expect_version(claim, seen_version)
    text = needed_reason(reason)
    move(claim, Move.REOPEN)
    session.add(Comment(claim=claim, body=f"[重新打开 Reopened] {text}", created_by=by))
    session.flush()


def drop(
    session: Session, claim: Claim, *, by: str, reason: str, seen_version: int | None = None
) -> None:
    """Confirm that the article no longer says this; the reason stands in the discussion.

    Who says so is one of the claim's authors: where its words stand in the text all the same,
    somebody else signs the article.
    """
    expect_version(claim, seen_version)
    text = needed_reason(reason)
    move(claim, Move.DROP)
    became_author(session, claim, by)
    session.add(Comment(claim=claim, body=f"[不再涉及 Dropped] {text}", created_by=by))
    session.flush()


def needed_reason(reason: str) -> str:
    """Return the reason without surrounding space; raise Refused when there is none."""
    text = reason.strip()
    if not text:
        raise Refused("reason_missing", {"zh": "请写明理由。", "en": "Give a reason."}, "reason")
    return text
