"""Which rows the registers of the past need: articles, sources, contests, figures of the house.

A register is replayed whole in the one table it lists (figures: until its page is full); what
stands beside a row is replayed for the rows of the page that was asked for.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.ledger import replay
from app.ledger.replay import Era
from app.ledger.tables import EVENT, LEAF, options
from app.ledger.upcast import Rows, State
from app.past.copy import Copy
from app.past.scope import Scope, keys_of, named
from claims.models import (
    Appendix,
    Article,
    ArticleVersion,
    Citation,
    Claim,
    Contest,
    ContestEvidence,
    Evidence,
    Figure,
    QuantityMention,
)
from claims.vocabulary import Stage
from sources.attempt_models import CaptureAttempt
from sources.families import family
from sources.looks.models import PageState, WatchWish
from sources.models import Snapshot, Source

BATCH = 400
"""Figures looked at in one go, the newest first, until the page is full."""
FOUND = 50
"""Figures on the page of the house's figures."""
ArticleListing = Callable[[Session], Iterable[Article]]
"""What a page of the list of articles shows, read from a session."""
Listing = Callable[[Session], Iterable[Source]]
"""What a page of the register of sources lists, read from a session."""


def of_articles(asked: str, listing: ArticleListing) -> Scope:
    """The articles whole, and what their list tells of those ``listing`` shows."""

    def beside(session: Session, then: Era, state: State) -> None:
        rows = {Article.__tablename__: state.get(Article.__tablename__, {})}
        with closing(Copy(rows, then)) as register, register.reading() as opened:
            shown = [row.id for row in listing(opened)]
        versions = select(ArticleVersion.id).where(ArticleVersion.article_id.in_(shown))
        claims = select(Claim.id).where(Claim.article_id.in_(shown))
        wanted = {
            "article_version": keys_of(ArticleVersion, ArticleVersion.article_id.in_(shown)),
            "quantity_mention": keys_of(QuantityMention, QuantityMention.version_id.in_(versions)),
            "claim": keys_of(Claim, Claim.article_id.in_(shown)),
            "figure": keys_of(Figure, Figure.claim_id.in_(claims)),
            "contest": keys_of(Contest, Contest.claim_id.in_(claims)),
        }
        _replay(session, then, state, wanted)

    return Scope(f"articles {asked}", {Article.__tablename__: None}, beside)


def of_contests() -> Scope:
    """Every contest with its claim, its article and the figures it may be about."""

    def beside(session: Session, then: Era, state: State) -> None:
        _add_claims(session, then, state, state.get("contest", {}).values())
        claims = _keys(state["claim"])
        _replay(session, then, state, {"figure": keys_of(Figure, Figure.claim_id.in_(claims))})

    tables = (Contest.__tablename__, ContestEvidence.__tablename__)
    return Scope("contests", dict.fromkeys(tables), beside)


def of_sources(asked: str, listing: Listing) -> Scope:
    """The sources whole, and what rests on those that ``listing`` shows; ``asked`` names it."""

    def beside(session: Session, then: Era, state: State) -> None:
        rows = {Source.__tablename__: state.get(Source.__tablename__, {})}
        with closing(Copy(rows, then)) as register, register.reading() as opened:
            shown = [row.id for row in listing(opened)]
        _add_resting(session, then, state, shown)

    return Scope(f"sources {asked}", {Source.__tablename__: None}, beside)


def of_source(source_id: uuid.UUID) -> Scope:
    """One source with its tree, its copies, and all that rested on it or on what repeats it."""

    def beside(session: Session, then: Era, state: State) -> None:
        tree = _below(state.get(Source.__tablename__, {}), str(source_id))
        _add_resting(session, then, state, _keys(tree))
        cited = [*state["evidence"].values(), *state["citation"].values()]
        _add_claims(session, then, state, cited)
        evidence, texts = _keys(state["evidence"]), _keys(state["article"])
        whole = family(session, source_id)
        wanted = {
            "figure": keys_of(Figure, Figure.evidence_id.in_(evidence)),
            "snapshot": keys_of(Snapshot, Snapshot.source_id.in_(whole)),
            "capture_attempt": keys_of(CaptureAttempt, CaptureAttempt.source_id.in_(whole)),
            "appendix": keys_of(Appendix, Appendix.article_id.in_(texts)),
            "page_state": keys_of(PageState, PageState.source_id == source_id),
            "watch_wish": keys_of(WatchWish, WatchWish.source_id == source_id),
        }
        _replay(session, then, state, wanted)

    return Scope(f"source {source_id}", {Source.__tablename__: None}, beside)


def of_snapshot(snapshot_id: uuid.UUID, source_id: uuid.UUID) -> Scope:
    """One copy with its source, and the evidence that rested on it with claims and figures."""

    def beside(session: Session, then: Era, state: State) -> None:
        _add_resting(session, then, state, [source_id])
        evidence = state["evidence"].items()
        mine = str(snapshot_id)
        state["evidence"] = {pk: row for pk, row in evidence if row.get("snapshot_id") == mine}
        _add_claims(session, then, state, state["evidence"].values())
        items = _keys(state["evidence"])
        wanted = {
            "figure": keys_of(Figure, Figure.evidence_id.in_(items)),
            "snapshot": keys_of(Snapshot, Snapshot.id == snapshot_id),
            "source": keys_of(Source, Source.id == source_id),
        }
        _replay(session, then, state, wanted)

    return Scope(f"snapshot {snapshot_id}", {}, beside)


def of_figures(words: str) -> Scope:
    """The newest figures of claims whose subject or measure held every word, with their claims."""
    asked = [word.lower() for word in words.split()]

    def beside(session: Session, then: Era, state: State) -> None:
        state["figure"], state["claim"], state["article"] = {}, {}, {}
        last = None
        while len(state["figure"]) < FOUND and (keys := _older(session, then, last)):
            last = keys[-1]
            rows = replay.images(session, "figure", then, keys)
            fitting = {pk: row for pk, row in rows.items() if _said(row, asked)}
            claims = replay.images(session, "claim", then, named(fitting.values(), "claim_id"))
            live = {pk: row for pk, row in claims.items() if row.get("stage") != Stage.DROPPED}
            state["claim"] |= live
            state["figure"] |= {p: row for p, row in fitting.items() if row["claim_id"] in live}
        texts = named(state["claim"].values(), "article_id")
        state["article"] = replay.images(session, "article", then, texts)

    return Scope(f"figures {' '.join(asked)}", {}, beside)


def _said(figure: Mapping[str, Any], words: list[str]) -> bool:
    """Whether a figure belongs to a claim and is about all of the words."""
    about = [str(figure.get(name) or "").lower() for name in ("subject", "measure")]
    return bool(figure.get("claim_id")) and all(
        any(word in text for text in about) for word in words
    )


def _older(session: Session, then: Era, last: str | None) -> list[str]:
    """The keys of the next figures there ever were before a place, the newest first."""
    query = (
        select(EVENT.c.pk)
        .join(LEAF, LEAF.c.eid == EVENT.c.eid)
        .where(EVENT.c.kind == "row", EVENT.c.tbl == "figure", EVENT.c.old.is_(None))
        .where(LEAF.c.seq < then.position)
        .distinct()
        .order_by(EVENT.c.pk.desc())
        .limit(BATCH)
    )
    if last is not None:
        query = query.where(EVENT.c.pk < last)
    return list(session.scalars(query, execution_options=options(session)))


def _below(sources: Rows, root: str) -> set[str]:
    """A source and everything that derived from it, whatever way round."""
    found, fresh = {root}, {root}
    while fresh:
        fresh = {pk for pk, row in sources.items() if row.get("derived_from_id") in fresh} - found
        found |= fresh
    return found


def _add_claims(
    session: Session, then: Era, state: State, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Add the claims that rows name, and their articles."""
    state["claim"] = replay.images(session, "claim", then, named(rows, "claim_id"))
    texts = named(state["claim"].values(), "article_id")
    state["article"] = replay.images(session, "article", then, texts)


def _add_resting(session: Session, then: Era, state: State, sources: Collection[uuid.UUID]) -> None:
    """Add the evidence and the citations that named one of the sources then.

    A row may name another source today, or be gone: those that ever changed their source, and
    those deleted since, are looked at too.
    """
    names = {str(key) for key in sources}
    for model in (Evidence, Citation):
        table = model.__tablename__
        keys = {
            *session.scalars(keys_of(model, model.source_id.in_(list(sources)))),
            *session.scalars(_moved(table), execution_options=options(session)),
            *replay.removed_since(session, table, then.position),
        }
        rows = replay.images(session, table, then, keys)
        state[table] = {pk: row for pk, row in rows.items() if row.get("source_id") in names}


def _moved(table: str) -> Select[Any]:
    """The rows of a table whose source was ever another."""
    return (
        select(EVENT.c.pk)
        .where(EVENT.c.kind == "row", EVENT.c.tbl == table, EVENT.c.op.in_(("U", "M")))
        .where(EVENT.c.old.contains('"source_id"', autoescape=True))
    )


def _replay(session: Session, then: Era, state: State, wanted: Mapping[str, Select[Any]]) -> None:
    """Add the selected rows of each table as they were."""
    for table, keys in wanted.items():
        if table not in then.absent:
            state[table] = replay.images(session, table, then, keys)


def _keys(texts: Iterable[str]) -> list[uuid.UUID]:
    return [uuid.UUID(text) for text in texts]
