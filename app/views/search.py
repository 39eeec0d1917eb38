"""Finding articles, claims, figures and sources; the palette asks the same question as JSON."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.roles import Permission
from app.db_problems import DatabaseProblem
from app.filters import label, words_text
from app.permissions import requires
from app.search_index import Caught, catch_up
from app.unit_of_work import beforehand, database, session
from claims.queries.search import Hit, Kind, search
from claims.search_words import LONGEST

blueprint = Blueprint("search", __name__)


def _catch_up() -> Caught:
    """Let the index catch up; a database that takes no writes now is searched as it is."""
    with suppress(DatabaseProblem):
        return catch_up(database())
    return Caught(0, 0)


@blueprint.get("/search")
@beforehand(_catch_up)
@requires(Permission.READ)
def page(prepared: Caught) -> ResponseReturnValue:
    """Show what is found, by kind."""
    asked = _asked()
    found = search(session(), asked) if asked else {}
    return render_template(
        "search/page.html",
        asked=asked,
        groups=[(kind, [(hit, _address(hit)) for hit in found[kind]]) for kind in found],
        any_hit=any(found.values()),
        behind=prepared.behind,
        longest=LONGEST,
    )


@blueprint.get("/search.json")
@beforehand(_catch_up)
@requires(Permission.READ)
def as_json(prepared: Caught) -> ResponseReturnValue:
    """Answer the same question for a machine."""
    asked = _asked()
    found = search(session(), asked) if asked else {}
    hits = [_plain(hit) for kind in found for hit in found[kind]]
    return jsonify(asked=asked, hits=hits, entries_not_indexed_yet=prepared.behind)


def _asked() -> str:
    return request.args.get("q", "")[:LONGEST].strip()


def _address(hit: Hit) -> str:
    if hit.kind is Kind.ARTICLE:
        return url_for("articles.page", key=hit.key)
    if hit.kind is Kind.SOURCE:
        return url_for("sources.page", key=hit.key)
    return url_for("claims.page", claim_id=hit.key)


def _plain(hit: Hit) -> dict[str, Any]:
    """What a machine, and the palette, is told about a hit."""
    title = hit.title if isinstance(hit.title, str) else words_text(hit.title)
    return {
        "kind": hit.kind.value,
        "kind_label": label(hit.kind),
        "number": hit.number,
        "title": title,
        "figure": hit.printed,
        "article": words_text(hit.article) if hit.article else None,
        "verification_status": hit.status.value if hit.status else None,
        "href": _address(hit),
    }
