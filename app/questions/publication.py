"""Questions about what was handed out: what changed afterwards, and what nobody had reviewed."""

import uuid

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from app.ledger import replay, search
from app.ledger.history import Entry
from app.ledger.search import Asked
from app.models import Base
from app.questions.question import MOST, Answer, Narrowed, Question, both, found
from claims.models import Appendix, Claim, Figure
from claims.vocabulary import Stage

SAID = ("verification_status", "disposition", "statement", "proposed_wording", "stage")
"""Fields of a claim that a reader of its appendix would want to know changed."""
UNSAID = frozenset({"version", "start", "stop", "mention_id", "period_mention_id"})
"""Fields of a figure that say nothing to its reader."""


def changed_after_publication(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List changes of claims and figures after their article's first appendix went out."""
    answers: list[Answer] = []
    for article, position in _first_issues(session, narrowed.article).items():
        asked = Asked(
            actor=narrowed.actor,
            since=max(position, narrowed.since or 0),
            until=narrowed.until,
            rows={"claim": _claims(article), "figure": _figures(article)},
        )
        answers += [
            Answer(entry, said)
            for entry in search.entries(session, asked, limit=MOST)
            if (said := _change(entry)) is not None
        ]
    return sorted(answers, key=lambda answer: -answer.entry.eid)[:MOST]


def _first_issues(session: Session, article: uuid.UUID | None) -> dict[uuid.UUID, int]:
    """For each article that was issued, the ledger number of its first appendix."""
    query = select(Appendix.article_id, Appendix.ledger_position).order_by(Appendix.number.desc())
    if article is not None:
        query = query.where(Appendix.article_id == article)
    return {row.article_id: row.ledger_position for row in session.execute(query)}


def _claims(article: uuid.UUID) -> replay.Keys:
    return select(cast(Claim.id, Text)).where(Claim.article_id == article)


def _figures(article: uuid.UUID) -> replay.Keys:
    return (
        select(cast(Figure.id, Text))
        .join(Claim, Claim.id == Figure.claim_id)
        .where(Claim.article_id == article)
    )


def _change(entry: Entry) -> dict[str, str] | None:
    """What an entry changed of what was published; None where it is nothing of that."""
    if entry.op == "D":
        return both("删除", "deleted")
    if entry.op == "I":
        return both("新增", "added")
    fields = [
        name
        for name, _, _ in entry.changes
        if (name in SAID if entry.table == "claim" else name not in UNSAID)
    ]
    names = ", ".join(fields)
    return both(f"发布后改动：{names}", f"changed after publication: {names}") if fields else None


def issued_unreviewed(session: Session, narrowed: Narrowed) -> list[Answer]:
    """List appendices that went out while claims of them had not been signed off."""
    answers = []
    for entry in found(session, narrowed.asked(table="appendix", op="I", rows=None)):
        article = (entry.new or {}).get("article_id")
        if narrowed.article is not None and article != str(narrowed.article):
            continue
        open_numbers = _unsigned(session, entry, article)
        if open_numbers:
            listed = ", ".join(f"C-{number:02d}" for number in open_numbers)
            answers.append(
                Answer(
                    entry,
                    both(
                        f"发出时有 {len(open_numbers)} 条论断未签发：{listed}",
                        f"{len(open_numbers)} claims were not signed off: {listed}",
                    ),
                )
            )
    return answers


def _unsigned(session: Session, entry: Entry, article: str | None) -> list[int]:
    """The numbers of the claims that were neither signed off nor dropped when this was issued."""
    if article is None or entry.seq is None:
        return []
    # An issue may be of an earlier state than the one it was made in.
    position = (entry.new or {}).get("ledger_position", entry.seq)
    then = replay.era(session, Base.metadata, position)
    rows = replay.images(session, "claim", then, _claims(uuid.UUID(article)))
    closed = {Stage.SIGNED_OFF.value, Stage.DROPPED.value}
    return sorted(row["number"] for row in rows.values() if row.get("stage") not in closed)


QUESTIONS = (
    Question(
        "changed-after-publication",
        both("发布之后又改了什么？", "What changed after publication?"),
        both(
            "以文章第一次发出附录为发布时刻，列出此后论断与数据的改动：评定、处置、文字、数字。",
            "An article counts as published when its first appendix was issued. Listed are later "
            "changes of its claims and figures: status, disposition, wording, numbers.",
        ),
        changed_after_publication,
    ),
    Question(
        "issued-unreviewed",
        both(
            "哪些附录未经第二人签发就发出了？", "Which appendices went out without a second review?"
        ),
        both(
            "列出发出时尚有论断未签发的附录，以及是哪几条；按发出时的台账重放得出。",
            "Appendices issued while claims were not signed off, and which claims; found by "
            "replaying the ledger to the moment of issue.",
        ),
        issued_unreviewed,
    ),
)
