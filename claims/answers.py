"""What somebody outside answers: kept at once, weighed only once a person accepts it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.contests import Dispute, raise_contest
from claims.errors import Conflict, Missing, Refused
from claims.evidence import Passage, aim, attach_evidence
from claims.invitations import is_live
from claims.models import (
    Answer,
    Claim,
    Contest,
    ContestEvidence,
    Evidence,
    Invitation,
    InvitedClaim,
)
from claims.source_figures import figure_meant, read_source_figure
from claims.typed_figures import TypedFigure
from claims.versions import expect_version
from claims.vocabulary import (
    AnswerChoice,
    Bearing,
    ContestReason,
    EvidenceKind,
    Side,
    Stance,
)
from claims.workflow import material_edit, refuse_dropped
from sources.base import now
from sources.columns import Words
from sources.urls import canonical

LONGEST_STATEMENT = 4000
LONGEST_FIGURE = 100
LONGEST_CREDIT = 200
MOST_ANSWERS = 20
"""Answers to one claim through one link; each later one is another row."""
STANCES: Mapping[AnswerChoice, Stance] = MappingProxyType(
    {
        AnswerChoice.AGREE: Stance.SUPPORTS,
        AnswerChoice.DISPUTE: Stance.REFUTES,
        AnswerChoice.CONTEXT: Stance.QUALIFIES,
    }
)
"""The stance each choice proposes; who accepts the answer may give it another."""
BEARINGS: Mapping[AnswerChoice, Bearing] = MappingProxyType(
    {AnswerChoice.DISPUTE: Bearing.FOR, AnswerChoice.AGREE: Bearing.AGAINST}
)
VERBS: Mapping[AnswerChoice, Words] = MappingProxyType(
    {
        AnswerChoice.AGREE: {"zh": "认为属实", "en": "says it is right"},
        AnswerChoice.DISPUTE: {"zh": "提出异议", "en": "disputes it"},
        AnswerChoice.CONTEXT: {"zh": "补充背景", "en": "adds context"},
    }
)
ROLES: Mapping[Side, Words] = MappingProxyType(
    {
        Side.READER: {"zh": "一位读者", "en": "A reader"},
        Side.EXPERT: {"zh": "一位专家", "en": "An expert"},
        Side.SUBJECT: {"zh": "当事方", "en": "The party concerned"},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """How the person wants to be named, and whether they may be quoted by that name."""

    name: str | None = None
    by_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of one claim; ``field`` names the fields of the form that said it."""

    choice: AnswerChoice
    statement: str
    figure: str | None = None
    link: str | None = None
    field: str = ""


def answer(
    session: Session, invitation: Invitation, claim: Claim, said: Said, credit: Credit
) -> Answer | None:
    """Keep what somebody says of one claim they were asked about; None if it said so before.

    It becomes evidence that waits to be accepted, bound to the version and the content that were
    shown; a dispute also becomes a contest that blocks nothing. Raises Missing when the link has
    ended or the claim was not asked about, Refused or Conflict where it cannot be kept.
    """
    asked = _asked(invitation, claim)
    refuse_dropped(claim)
    _refuse_unfit(said, credit, asked)
    link = _link(said)
    if _repeats(asked.newest, said, credit, link):
        return None
    guest = invitation.guest
    item = attach_evidence(session, claim, _passage(invitation, claim, said, credit), by=guest)
    row = Answer(
        asked=asked,
        claim=claim,
        evidence=item,
        contest=_contest(session, invitation, asked, item, said, credit),
        choice=said.choice,
        stated_figure=_line(said.figure),
        link=link,
        credited_as=_line(credit.name),
        by_name=credit.by_name,
        version_sha256=asked.version_sha256,
        material_sha256=asked.material_sha256,
        created_by=guest,
    )
    session.add(row)
    session.flush()
    return row


def accept(
    session: Session,
    given: Answer,
    *,
    stance: Stance,
    by: str,
    addresses: Sequence[uuid.UUID] = (),
    note: Words | None = None,
    seen_version: int | None = None,
) -> None:
    """Let an answer weigh, with the stance a checker gives it; its words stay as they were given.

    Raises Conflict when the item is stale, withdrawn or accepted already.
    """
    item = given.evidence
    expect_version(item, seen_version)
    if not item.pending or item.withdrawn_by is not None:
        raise Conflict(
            "answered_already",
            {
                "zh": "这条答复已经有人处理过。",
                "en": "Somebody has dealt with this answer already.",
            },
        )
    with material_edit(session, item.claim):
        aim(item, addresses, by)
        item.stance, item.note, item.pending = stance, note, False
        given.accepted_by, given.accepted_at = by, now()
        session.flush()


def answer_of(session: Session, item: Evidence) -> Answer | None:
    """Return the answer an evidence item was made of, or None for one the desk attached."""
    return session.scalar(select(Answer).where(Answer.evidence_id == item.id))


def credited(side: Side, credit: Credit) -> Words:
    """Return who may be named as having said it: the name if they allow it, else their role."""
    name = _line(credit.name)
    return {"zh": name, "en": name} if credit.by_name and name else ROLES[side]


def _asked(invitation: Invitation, claim: Claim) -> InvitedClaim:
    found = next((one for one in invitation.asked if one.claim_id == claim.id), None)
    if found is None or not is_live(invitation, now()):
        raise Missing(
            "not_asked",
            {"zh": "没有就这条论断向您发问。", "en": "You were not asked about this claim."},
        )
    return found


def _refuse_unfit(said: Said, credit: Credit, asked: InvitedClaim) -> None:
    text = said.statement.strip()
    if not text:
        raise Refused(
            "statement_missing",
            {"zh": "请写下您要说的话。", "en": "Write what you want to say."},
            f"statement{said.field}",
        )
    if len(text) > LONGEST_STATEMENT:
        raise Refused(
            "statement_long",
            {
                "zh": f"最多 {LONGEST_STATEMENT} 个字符。",
                "en": f"At most {LONGEST_STATEMENT} characters.",
            },
            f"statement{said.field}",
        )
    if credit.by_name and not _line(credit.name):
        raise Refused(
            "credit_missing",
            {
                "zh": "要署名引用，请写下姓名。",
                "en": "Write the name under which you may be quoted.",
            },
            "credited_as",
        )
    if len(asked.answers) >= MOST_ANSWERS:
        raise Conflict(
            "answers_enough",
            {
                "zh": "这条论断已经收到很多次答复；请直接联系编辑部。",
                "en": "This claim has been answered many times; please write to the newsroom.",
            },
        )


def _link(said: Said) -> str | None:
    if not (said.link or "").strip():
        return None
    try:
        return canonical(said.link or "")
    except Refused as problem:
        problem.field = f"link{said.field}"
        raise


def _repeats(known: Answer | None, said: Said, credit: Credit, link: str | None) -> bool:
    """Tell whether the newest answer says the same already."""
    return known is not None and (
        known.choice,
        known.evidence.quote,
        known.stated_figure,
        known.link,
        known.credited_as,
        known.by_name,
    ) == (
        said.choice,
        said.statement.strip(),
        _line(said.figure),
        link,
        _line(credit.name),
        credit.by_name,
    )


def _passage(invitation: Invitation, claim: Claim, said: Said, credit: Credit) -> Passage:
    who, verb = credited(invitation.side, credit), VERBS[said.choice]
    return Passage(
        stance=STANCES[said.choice],
        kind=EvidenceKind.PERSONAL_COMMUNICATION,
        quote=said.statement.strip(),
        figure=_figure(claim, said.figure),
        says={"zh": f"{who['zh']}：{verb['zh']}", "en": f"{who['en']}: {verb['en']}"},
        pending=True,
    )


def _figure(claim: Claim, text: str | None) -> TypedFigure | None:
    """Read the figure they give; one that cannot be read stays text, for a person to read."""
    written = _line(text)
    if written is None:
        return None
    try:
        return read_source_figure(written, like=figure_meant(claim.figures, ()))
    except Refused:
        return None


def _contest(
    session: Session,
    invitation: Invitation,
    asked: InvitedClaim,
    item: Evidence,
    said: Said,
    credit: Credit,
) -> Contest | None:
    """Return the contest an answer speaks to: the open one it belongs to, or a new one."""
    known = _open_contest(invitation, asked)
    if known is not None:
        bearing = BEARINGS.get(said.choice)
        if bearing is not None:
            named = ContestEvidence(evidence=item, bearing=bearing, created_by=invitation.guest)
            known.items.append(named)
        return known
    if said.choice is not AnswerChoice.DISPUTE:
        return None
    denies = invitation.side is Side.SUBJECT
    tongue = invitation.language
    dispute = Dispute(
        reason=ContestReason.PARTY_DENIES if denies else ContestReason.OTHER,
        side=invitation.side,
        party=credited(invitation.side, credit) if credit.by_name else None,
        statement={tongue: said.statement.strip()},
        evidence_for=(item.id,),
    )
    return raise_contest(session, asked.claim, dispute, by=invitation.guest)


def _open_contest(invitation: Invitation, asked: InvitedClaim) -> Contest | None:
    """Return the open contest of an earlier answer, or the one the invitation is about."""
    mine = [one.contest for one in reversed(asked.answers) if one.contest is not None]
    for contest in (*mine, invitation.contest):
        if contest is not None and contest.claim_id == asked.claim_id and contest.outcome is None:
            return contest
    return None


def _line(text: str | None) -> str | None:
    return (text or "").strip() or None
