"""The register of sources: adding one, finding it again by its address, and correcting it."""

import re
import uuid
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from sources import csl_fields, edtf
from sources.columns import Words
from sources.csl_fields import LONGEST_NAMES
from sources.errors import Conflict, Missing, Refused
from sources.families import survivor
from sources.models import Source
from sources.origins import derive
from sources.urls import canonical, host_of, spellings
from sources.veil import ALIAS, is_veiled, named_by_alias, refuse_veiled, withheld
from sources.vocabulary import Lineage, Reliability, SourceKind, Tier

LONGEST = 500
"""Characters of a title or publisher."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
"""A BCP 47 tag of the usual form."""
CREDIBILITY = range(1, 7)


class Facts(TypedDict, total=False):
    """What a person may state about a source; what is not named stays as it is."""

    kind: SourceKind
    tier: Tier
    title: str | None
    authors: str | None
    publisher: str | None
    original_publisher: str | None
    url: str | None
    issued: str | None
    language: str | None
    lineage: Lineage
    derived_from: Source | None
    derived_basis: str | None
    reliability: Reliability | None
    credibility: int | None
    confidential: bool
    note: Words | None
    csl: csl_fields.Fields | None


LINES = ("title", "publisher", "original_publisher", "derived_basis")


def add_source(
    session: Session,
    *,
    by: str,
    repeat: bool = False,
    key: str | None = None,
    **facts: Unpack[Facts],
) -> Source:
    """Put a source on the register.

    Raises Refused with the field's name for what cannot be taken, and Conflict (field ``url``)
    naming the source that already has this address, unless ``repeat`` says that is intended.
    """
    known = {"kind": SourceKind.OTHER, "tier": Tier.POINTER, **checked_facts(facts)}
    if not any(known.get(name) for name in ("url", "title", "publisher")):
        raise _refused(
            "nameless",
            "title",
            "请至少填写网址、标题或出版者之一，别人才能找到这个来源。",
            "Give an address, a title or a publisher, so that others can find this source.",
        )
    if known.get("url") and not repeat:
        _new_address(session, known["url"])
    parent, basis = known.pop("derived_from", None), known.pop("derived_basis", None)
    source = Source(key=key or _key(known), created_by=by, **known)
    session.add(source)
    session.flush()
    if parent is not None:
        derive(session, source, parent, basis=basis)
    return source


def edit_source(
    session: Session, source: Source, *, seen: int | None, **facts: Unpack[Facts]
) -> Source:
    """Correct a source; ``seen`` is the row version the person saw
    (None where nobody saw a form).

    A source that is said to repeat another becomes a reprint (:func:`sources.origins.derive`).
    Raises Conflict when somebody saved in between, Refused as :func:`add_source` does.
    """
    refuse_veiled(source, facts.get("derived_from"))
    if seen is not None and seen != source.version:
        raise Conflict(
            "stale",
            {
                "zh": "您打开表单之后，别人已经改过这个来源。您填写的内容都还在，请对照后再保存。",
                "en": "Somebody changed this source after you opened the form. "
                "Nothing you typed is lost: compare and save again.",
            },
            "version",
        )
    changes = checked_facts(facts)
    if changes.get("url") and changes["url"] != source.url:
        _new_address(session, changes["url"], besides=source.id)
    if "derived_from" in changes:
        parent, basis = changes.pop("derived_from"), changes.pop("derived_basis", None)
        if parent is not None:
            changes.pop("lineage", None)
        if parent is not source.derived_from or basis != source.derived_basis:
            derive(session, source, parent, basis=basis)
    for name, value in changes.items():
        if getattr(source, name) != value:
            setattr(source, name, value)
    session.flush()
    return source


def find(session: Session, key: str, field: str = "source") -> Source:
    """Return the source a key leads to; raise Missing (at ``field``) where there is none.

    The key of an entry that was merged leads to the one that stands for it.
    """
    return survivor(entry(session, key, field))


def entry(session: Session, key: str, field: str = "source") -> Source:
    """Return the very entry with a key, merged or not; raise Missing (at ``field``)."""
    hidden = named_by_alias(key)
    # What is meant by an alias, no other entry's key may stand for.
    source = session.get(Source, hidden) if hidden is not None else None
    source = source if source is not None and source.confidential else None
    if source is None:
        source = session.scalar(select(Source).where(Source.key == key))
    if hidden is None and source is not None and is_veiled(source) and source.key != key:
        # Its own key may say who it is: to guess one must not tell that it was right.
        source = None
    if source is None:
        raise Missing(
            "source_missing", {"zh": "没有这个来源。", "en": "There is no such source."}, field
        )
    return source


def with_address(session: Session, url: str) -> list[Source]:
    """Return the sources already on record for a page, oldest first; one indexed look-up.

    What the person may not know is not told of, nor what was merged into another.

    Raises Refused (field ``url``) for an address no source may have.
    """
    wanted = spellings(canonical(url))
    query = select(Source).where(
        Source.url.in_(wanted),
        Source.merged_into_id.is_(None),
        Source.id.not_in(withheld(session)),
    )
    return list(session.scalars(query.order_by(Source.id)))


def checked_facts(facts: Facts) -> dict[str, Any]:
    """Return the facts trimmed and checked, with an address in its one spelling.

    Raises Refused with the field's name for what cannot be taken.
    """
    known: dict[str, Any] = {
        name: (value.strip() or None) if isinstance(value, str) else value
        for name, value in facts.items()
    }
    for name, longest in (*((name, LONGEST) for name in LINES), ("authors", LONGEST_NAMES)):
        if len(known.get(name) or "") > longest:
            raise _refused(
                "long", name, f"不能超过 {longest} 个字符。", f"At most {longest} characters."
            )
    if known.get("url"):
        known["url"] = canonical(known["url"])
    if "csl" in known:
        known["csl"] = csl_fields.checked(known["csl"])
    if known.get("issued") and not edtf.is_date(known["issued"]):
        raise _refused(
            "issued_form",
            "issued",
            "请写成 2025、2025-03、2025-03-11 或 2024/2025；不确定时在后面加“?”，约略加“~”。",
            "Write 2025, 2025-03, 2025-03-11 or 2024/2025; add “?” when it is uncertain, "
            "“~” when approximate.",
        )
    if known.get("language") and not LANGUAGE.fullmatch(known["language"]):
        raise _refused(
            "language_form",
            "language",
            "请用语言代码，如 zh、en、ko、ja。",
            "Use a language code such as zh, en, ko or ja.",
        )
    if known.get("credibility") not in (None, *CREDIBILITY):
        raise _refused("credibility", "credibility", "可信度为 1 至 6。", "Credibility is 1 to 6.")
    return known


def _new_address(session: Session, url: str, besides: uuid.UUID | None = None) -> None:
    for known in with_address(session, url):
        if known.id != besides:
            name = known.title or known.publisher or known.key
            raise Conflict(
                "source_known",
                {
                    "zh": f"这个网址已经登记为来源“{name}”({known.key})，请直接使用它。",
                    "en": f"This address is on record as “{name}” ({known.key}); use that source.",
                },
                "url",
            )


def _key(known: dict[str, Any]) -> str:
    """A short stable name for links and files: the host or publisher, and a random tail."""
    if known.get("confidential"):
        return f"{ALIAS}{uuid.uuid4().hex[:8]}"
    name = (host_of(known.get("url")) or known.get("publisher") or known["kind"]).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", name.encode("ascii", "ignore").decode()).strip("-")
    return f"{slug[:40].strip('-') or 'source'}-{uuid.uuid4().hex[:8]}"


def _refused(code: str, field: str, zh: str, en: str) -> Refused:
    return Refused(f"source_{code}", {"zh": zh, "en": en}, field)
