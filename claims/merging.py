"""Merging two entries of the register that are one document: nothing is lost, nothing unsigned."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from claims.errors import Conflict, Forbidden, Refused
from claims.models import Citation, Claim, Evidence
from claims.rules.engine import refresh
from claims.vocabulary import Stage
from sources.base import now
from sources.confidential_models import Contact
from sources.csl_fields import FIELDS, form_name
from sources.duplicates import remember
from sources.looks.wishes import wish_of
from sources.models import Source
from sources.need_to_know import may_name, name_reader, readers
from sources.origins import derive, descends
from sources.veil import refuse_veiled
from sources.vocabulary import Doubled

CHOSEN: Final = (
    "title",
    "authors",
    "publisher",
    "original_publisher",
    "url",
    "issued",
    "language",
    "kind",
    "tier",
    "lineage",
    "derived_from",
    "reliability",
    "credibility",
    "note",
)
"""The fields of which the one or the other entry's is kept."""
CITED: Final = MappingProxyType({form_name(name): name for name in FIELDS})
"""The fields only a citation needs, each of which is chosen by itself."""
BASES: Final = MappingProxyType({"title": "title_basis", "issued": "issued_basis"})
"""What says where a value comes from, and goes where the value goes."""


def value_of(source: Source, name: str) -> Any:
    """Return what an entry says in a field; None where it says nothing."""
    if name in CITED:
        return (source.csl or {}).get(CITED[name])
    return getattr(source, name)


def differing(survivor: Source, other: Source) -> list[str]:
    """Return the fields in which two entries differ."""
    names = (*CHOSEN, *CITED)
    return [name for name in names if value_of(survivor, name) != value_of(other, name)]


def gaps(survivor: Source, other: Source) -> dict[str, bool]:
    """Return the fields that would be lost if nobody chose: only the other fills them."""
    return {name: value_of(survivor, name) in (None, "") for name in differing(survivor, other)}


def merge(
    session: Session,
    survivor: Source,
    other: Source,
    taken: Mapping[str, bool],
    *,
    by: str,
    leads: bool = False,
    seen: tuple[int, int] | None = None,
) -> None:
    """Let one entry stand for both.

    ``taken`` names the fields whose value comes from ``other``; a field of the citation that it
    does not name is kept from whichever has it. Evidence and citations move, and
    what was signed stays signed: the item keeps the key it was signed under. What cannot change
    (snapshots, answers about likeness) stays under the tombstone and is read with the survivor's.
    Raises Conflict where either was merged or changed meanwhile, Refused where the origins would
    run in a circle, Forbidden for what the person may not know.
    """
    _lock(session, survivor, other, seen)
    refuse_veiled(survivor, other)
    _refuse_unlike(session, survivor, other, by, leads=leads)
    _settle_origins(session, survivor, other)
    for name in CHOSEN:
        if taken.get(name) and name != "derived_from":
            setattr(survivor, name, getattr(other, name))
            if name in BASES:
                setattr(survivor, BASES[name], getattr(other, BASES[name]))
    _unite_citations(survivor, other, taken)
    if taken.get("derived_from"):
        derive(session, survivor, _origin(survivor, other), basis=other.derived_basis)
    if survivor.confidential:
        _keep_readers(session, survivor, other, by)
    _keep_wish(session, survivor, other)
    claims = _move(session, survivor, other)
    other.merged_into = survivor
    remember(session, survivor, other, Doubled.MERGED, by=by)
    for claim in claims:
        refresh(session, claim, now())
    session.flush()


def _lock(session: Session, survivor: Source, other: Source, seen: tuple[int, int] | None) -> None:
    """Hold both entries, always in one order, and look whether they are still what was seen."""
    if survivor.id == other.id:
        raise Refused(
            "same_entry", {"zh": "这是同一条来源。", "en": "That is the very same entry."}
        )
    held = select(Source).where(Source.id.in_([survivor.id, other.id])).order_by(Source.id)
    session.scalars(held.with_for_update().execution_options(populate_existing=True)).all()
    if survivor.merged_into_id is not None or other.merged_into_id is not None:
        raise Conflict(
            "merged_already",
            {
                "zh": "其中一条来源刚刚已被合并；请从合并后的来源重新开始。",
                "en": "One of the two was merged meanwhile; begin again from the entry that "
                "stands for it.",
            },
        )
    if seen is not None and seen != (survivor.version, other.version):
        raise Conflict(
            "stale",
            {
                "zh": "您打开页面之后，有人改过其中一条来源。请对照下面的新内容后再合并。",
                "en": "Somebody changed one of the two after you opened the page. Compare what "
                "stands below, and merge again.",
            },
        )


def _refuse_unlike(
    session: Session, survivor: Source, other: Source, by: str, *, leads: bool
) -> None:
    """Raise where merging would tell who a confidential source is, or lose how it is reached."""
    if survivor.confidential != other.confidential:
        raise Refused(
            "confidential_and_not",
            {
                "zh": "一条保密、一条不保密，不能合并；请先把两条都标为保密或都取消。",
                "en": "One is confidential and the other is not: mark both, or neither, first.",
            },
        )
    if not survivor.confidential:
        return
    if not all(may_name(row, by, leads=leads) for row in (survivor, other)):
        raise Forbidden(
            "not_yours_to_merge",
            {
                "zh": "合并保密来源会让两边的知情人都知道它；只有登记人或组长可以这样做。",
                "en": "Merging confidential sources lets those who know either know both; that is "
                "for whoever entered them, or the desk lead.",
            },
        )
    kept = select(Contact.id).where(Contact.source_id == other.id, Contact.sealed.is_not(None))
    if session.scalar(kept.limit(1)) is not None:
        raise Refused(
            "contacts_left",
            {
                "zh": "另一条来源还存有联系人；请先在保留的来源下重新登记并销毁原来的。",
                "en": "The other entry has contacts: keep them with the one that stays, and "
                "destroy the others, first.",
            },
        )


def _settle_origins(session: Session, survivor: Source, other: Source) -> None:
    """Let what repeats the other repeat the survivor; raise Refused where that is a circle."""
    if survivor.derived_from is other:
        derive(session, survivor, _origin(survivor, other), basis=other.derived_basis)
    elif descends(session, survivor, other):
        raise Refused(
            "origin_cycle",
            {
                "zh": "保留的来源经由别的来源转自另一条，合并后出处会成环；请先更正出处。",
                "en": "The entry that stays comes from the other through a third; merged, the "
                "origins would run in a circle. Correct the origin first.",
            },
        )
    repeating = session.scalars(
        select(Source).where(Source.derived_from_id == other.id, Source.id != survivor.id)
    )
    for row in repeating.all():
        row.derived_from = survivor
    session.flush()


def _origin(survivor: Source, other: Source) -> Source | None:
    """The origin the other has, unless that is the survivor itself."""
    return other.derived_from if other.derived_from is not survivor else None


def _keep_readers(session: Session, survivor: Source, other: Source, by: str) -> None:
    """Whoever knew one of the two confidential entries knows both: it is one document."""
    entries = (survivor, other)
    known = {row.reader for one in entries for row in readers(session, one) if not row.revoked_by}
    for reader in sorted(known | {one.created_by for one in entries}):
        for one in entries:
            if reader != one.created_by:
                name_reader(session, one, reader, by=by, leads=True)


def _unite_citations(survivor: Source, other: Source, taken: Mapping[str, bool]) -> None:
    """Unite what a citation needs field by field; what only the other has is not lost unasked."""
    united = {}
    for form, name in CITED.items():
        mine, theirs = value_of(survivor, form), value_of(other, form)
        chosen = theirs if taken.get(form, mine is None) else mine
        if chosen is not None:
            united[name] = chosen
    if united != (survivor.csl or {}):
        survivor.csl = united or None


def _keep_wish(session: Session, survivor: Source, other: Source) -> None:
    """Let what the desk wants for watching the other hold for the survivor, unless it has a wish.

    Whatever else the looks wrote down stays as it is: it tells of evidence, or of an address.
    """
    wish = wish_of(session, other.id)
    if wish is not None and wish_of(session, survivor.id) is None:
        wish.source = survivor
        session.flush()


def _move(session: Session, survivor: Source, other: Source) -> list[Claim]:
    """Move what rests on the other; return the claims that must be looked at again."""
    session.flush()
    resting = or_(
        Claim.id.in_(select(Evidence.claim_id).where(Evidence.source_id == other.id)),
        Claim.id.in_(select(Citation.claim_id).where(Citation.source_id == other.id)),
    )
    query = select(Claim).where(resting, Claim.stage != Stage.DROPPED).order_by(Claim.id)
    claims = list(session.scalars(query.with_for_update(of=Claim)))
    key: Any = other.key
    session.execute(
        update(Evidence)
        .where(Evidence.source_id == other.id)
        .values(
            source_id=survivor.id,
            cited_as=func.coalesce(Evidence.cited_as, key),
            version=Evidence.version + 1,
        )
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Citation)
        .where(Citation.source_id == other.id)
        .values(source_id=survivor.id, version=Citation.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return claims
