"""The publishers: the table of those who stand behind sources, and what the desk has of each."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app import twins
from app.accounts.roles import Permission
from app.filters import words_text
from app.forms.queue import one_of
from app.permissions import requires
from app.unit_of_work import session
from claims.errors import Missing
from sources.publishers import Publisher, folded, publishers
from sources.publishing import counted
from sources.queries import Filters, listing
from sources.vocabulary import SourceKind

blueprint = Blueprint("publishers", __name__)
LONGEST = 100


@blueprint.get("/publishers")
@blueprint.get("/publishers.json", endpoint="index_as_json")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """List the publishers, those the desk has sources of first."""
    text = (request.args.get("text") or "").strip()[:LONGEST]
    kind = one_of(request.args, "kind", SourceKind)
    counts = counted(session())
    found = [
        row
        for row in publishers()
        if (kind is None or row.kind is kind)
        and (not text or any(folded(text) in name for name in (*row.called, *row.hosts)))
    ]
    found.sort(key=lambda row: (-counts[row.key], words_text(row.names).casefold()))
    return twins.shown(
        "publishers/index.html",
        lambda: {"publishers": [_told(row, counts[row.key]) for row in found]},
        rows=found,
        counts=counts,
        text=text,
        kind=kind,
        kinds=SourceKind,
    )


@blueprint.get("/publishers/at.json")
@requires(Permission.READ)
def at() -> ResponseReturnValue:
    """Tell whose an address is, and what its documents usually are; null where nobody knows."""
    found = publishers().at((request.args.get("url") or "").strip()[:2000])
    if found is None:
        return twins.told({"publisher": None})
    name = words_text(found.names)
    return twins.told(
        {
            "publisher": found.key,
            "name": name,
            "kind": found.kind,
            "tier": found.tier,
            "language": found.language,
        }
    )


@blueprint.get("/publishers/<key>")
@blueprint.get("/publishers/<key>.json", endpoint="page_as_json")
@requires(Permission.READ)
def page(key: str) -> ResponseReturnValue:
    """Show a publisher with its sources."""
    found = publishers().get(key)
    if found is None:
        raise Missing(
            "no_such_publisher", {"zh": "没有这个出版者。", "en": "There is no such publisher."}
        )
    rows, more = listing(session(), Filters(publisher=key))
    return twins.shown(
        "publishers/page.html",
        lambda: {**_told(found, None), "sources": [row.key for row in rows]},
        publisher=found,
        rows=rows,
        more=url_for("sources.index", publisher=key) if more else None,
    )


def _told(row: Publisher, count: int | None) -> dict[str, Any]:
    names = ("key", "names", "original", "aliases", "hosts", "kind", "tier", "language", "country")
    told = {name: getattr(row, name) for name in (*names, "issn", "lei")}
    return told if count is None else {**told, "sources": count}
