"""Issuing: the act that fixes the content, the head over it, the document, and the row.

Killed between two of these steps it leaves an act that no row follows, or a document that no row
names: both are harmless, and asking again begins anew.
"""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.appendix_issue import issues
from app.appendix_issue.showing import Showing, Standing, showing, standing
from app.appendix_issue.state import State, state_of
from app.appendix_issue.wish import Wish
from app.appendix_issue.witnessing import witnessed
from app.db import Database
from app.ledger import acts
from app.ledger.stamp import stamp
from app.ledger.verify_offline import APPENDIX_ACT
from claims.appendix.build import Progress, silently
from claims.appendix.document import (
    Document,
    Issue,
    Replaces,
    act_values,
    drawn,
    integrity,
    withheld_matters,
)
from claims.appendix.gaps import Gap, gaps
from claims.errors import Conflict, Refused
from claims.models import Appendix, Article
from claims.policy import current_policy
from claims.vocabulary import Profile
from sources.base import now
from sources.store import Store

TRIES = 20
"""How often a number that somebody else took meanwhile is given up for the next."""
LARGEST = 4_000_000_000
"""The largest file of an appendix, in bytes."""
BUSY = {
    "zh": "同时有太多人在出具这篇文章的附录，请稍后再试。",
    "en": "Too many people are issuing appendices of this article at once; try again.",
}
CHANGED = {
    "zh": "您打开预览之后，这篇文章有了改动，所以没有出具。请看过新的预览再出具。",
    "en": "The article has changed since you opened the preview, so nothing was issued. "
    "Look at the preview as it is now, and issue it then.",
}


@dataclass(frozen=True, slots=True)
class Issued:
    """An issue, and whether it is new: where nothing has changed, it is the one there was."""

    key: uuid.UUID
    article: str
    number: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that stays the same however often a number is given up for the next."""

    database: Database
    store: Store
    wish: Wish
    by: str
    request: str | None
    state: State
    showing: Showing


def issue(
    database: Database,
    store: Store,
    wish: Wish,
    *,
    by: str,
    request: str | None = None,
    seen: str | None = None,
    zone: dt.tzinfo = dt.UTC,
    progress: Progress = silently,
) -> Issued:
    """Issue an appendix, or answer with the newest one where that says the very same.

    ``seen`` is the root of what was previewed, ``zone`` that of a moment in the wish;
    ``progress`` hears how many claims are collected. Call it outside any transaction. Raise
    Missing for what is not there, Refused for a moment that is none,
    Conflict where something else was previewed or the ledger is not one that may be signed.
    """
    state = state_of(database, wish, zone, progress=progress)
    total = len(state.content.claims)
    progress(total, total)
    shown = showing(database, state, wish, by)
    if seen is not None and shown.shown.root.hex() != seen:
        raise Conflict("appendix_changed", CHANGED)
    _refuse_unsigned(wish, state)
    order = Order(database, store, wish, by, request, state, shown)
    for _try in range(TRIES):
        found = _issued(order)
        if found is not None:
            return found
    raise Conflict("appendix_busy", BUSY)


def _refuse_unsigned(wish: Wish, state: State) -> None:
    """Raise Refused for a public appendix with unsigned claims, where the policy forbids it."""
    if wish.profile is not Profile.PUBLIC or current_policy().public_unsigned:
        return
    missing = gaps(state.content.head["summary"], state.content.claims).claims
    numbers = sorted({*missing.get(Gap.UNSIGNED, ()), *missing.get(Gap.VOID, ())})
    if numbers:
        listed = ", ".join(f"C-{number:02d}" for number in numbers)
        raise Refused(
            "public_unsigned",
            {
                "zh": f"本台规定，有论断未签发时不出具公开版附录：{listed}。",
                "en": "By the policy of this desk no public appendix is issued while claims are "
                f"not signed off: {listed}.",
            },
        )


def _issued(order: Order) -> Issued | None:
    """Issue under the next number; None where somebody else took that meanwhile."""
    with order.database.reading() as session:
        known = standing(session, order.store, order.state, order.wish, order.showing)
    if known.same is not None:
        return Issued(known.same.id, order.wish.article, known.same.number, is_new=False)
    told = _told(order, known)
    own = str(uuid.uuid4())
    if not _fixed(order, told, own):
        return None
    document = _proven(order, told, own)
    with order.store.draft() as place:
        with place.open("wb") as out:
            document.write(out)
        with place.open("rb") as stream:
            blob = order.store.put(stream, LARGEST)
    return _entered(order, known, told, blob.sha256)


def _told(order: Order, known: Standing) -> Issue:
    """What the document says of its issue."""
    policy, replaced = order.showing.shown.policy, None
    if known.former is not None and known.differences is not None:
        replaced = Replaces(known.former.number, **asdict(known.differences))
    return Issue(
        number=known.number,
        profile=order.wish.profile.value,
        language=order.wish.language,
        style=order.wish.style.value,
        ledger_position=order.state.position,
        as_of=order.state.at,
        issued_at=stamp(now()),
        issued_by=order.state.names.get(order.by, order.by) if policy.names_people else None,
        replaces=replaced,
        profiles_version=policy.version,
        withholds=withheld_matters(order.showing.shown.hidden),
    )


def _fixed(order: Order, told: Issue, own: str) -> bool:
    """Enter the act that fixes the content; False where the number is taken."""
    article = order.state.article
    story = act_values(told, order.showing.shown, own)
    hand = order.showing.shown.policy.hand(order.by)
    with order.database.writing(hand, order.request, wait_for_seal=True) as session:
        if not _is_next(session, article, told.number):
            return False
        for source in order.showing.told.values():
            read = {"article": order.wish.article, "number": told.number}
            acts.record(session, "read", "source", str(source), "told_in_appendix", read)
        acts.record(session, "act", "article", str(article), APPENDIX_ACT, story)
    return True


def _proven(order: Order, told: Issue, own: str) -> Document:
    """The document with the head over the act, and a proof of each claim."""
    shown = order.showing.shown
    found = witnessed(
        order.database, order.state.article, own, shown.ids, position=order.state.position
    )
    proven = integrity(shown, found.keys, found.checkpoint, found.act, found.rows)
    return drawn(told, shown, proven)


def _entered(order: Order, known: Standing, told: Issue, document: str) -> Issued | None:
    """Enter the issue in the register; None where the number is taken."""
    state = order.state
    with order.database.writing(order.by, order.request) as session:
        if not _is_next(session, state.article, told.number):
            return None
        row = Appendix(
            article_id=state.article,
            version_id=state.version,
            number=told.number,
            profile=order.wish.profile,
            language=order.wish.language,
            style=order.wish.style.value,
            ledger_position=state.position,
            schema_revision=state.schema_revision,
            policy_version=state.policy_version,
            state_sha256=order.showing.state_sha256,
            root_sha256=order.showing.shown.root.hex(),
            document_sha256=document,
            replaces_id=known.former.id if known.former is not None else None,
            created_by=order.by,
        )
        session.add(row)
        session.flush()
        return Issued(row.id, order.wish.article, row.number, is_new=True)


def _is_next(session: Session, article: uuid.UUID, number: int) -> bool:
    """Whether a number is still the next; whoever asks holds the article until their commit."""
    session.execute(select(Article.id).where(Article.id == article).with_for_update())
    return issues.last_number(session, article) + 1 == number
