"""Taking back what one did: a new change that gives every row its former state, or a clear no."""

import uuid
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import timeline, undoing
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.ledger import acts
from app.ledger.history import Entry
from app.object_names import names
from app.permissions import requires
from app.security import inside
from app.undoing import Deed
from app.unit_of_work import session
from claims.errors import Conflict
from claims.models import ArticleVersion, Claim, TriageAct
from claims.undo import last_act
from claims.undo import undo as undo_sorting

blueprint = Blueprint("undo", __name__)
SEE_OTHER, CONFLICT = 303, 409
SHOWN = 20
"""Changes of others that the refusal tells."""


@blueprint.post("/undo/<uuid:txn>")
@requires(Permission.COMMENT)
def take_back(txn: uuid.UUID) -> ResponseReturnValue:
    """Undo everything one request of one's own changed, unless somebody went on from it."""
    found = undoing.deed(session(), str(txn), actor())
    undoing.refuse_without_right(found)
    act = undoing.sorting_act(found)
    if act is not None:
        return _sorted_back(act, found)
    undoing.refuse_what_stays(found)
    undoing.lock(session(), found)
    done = undoing.changes(found)
    later = undoing.overtaking(session(), found, done)
    if later:
        return _overtaken(found, later), CONFLICT
    left = undoing.undo(session(), found, done)
    undoing.undoable(_left(left) if left else _("Undone: everything is as it was."))
    return redirect(_back(found), SEE_OTHER)


def _sorted_back(key: uuid.UUID, found: Deed) -> ResponseReturnValue:
    """Undo an act of sorting, which keeps by itself what undoes it; the last one first."""
    act = session().get_one(TriageAct, key)
    version = session().get_one(ArticleVersion, act.version_id)
    if last_act(session(), version, actor()) is not act:
        raise Conflict(
            "not_the_last",
            {
                "zh": "这不是您在这篇文章里最后一步整理；请先撤销后来的。",
                "en": "This is not your last act of sorting in this article; undo the later first.",
            },
        )
    undo_sorting(session(), version, by=actor())
    acts.record(session(), "act", "triage_act", str(key), "undo", {"undoes": found.request})
    flash(_("Undone: everything is as it was."))
    return redirect(inside(request.form.get("next")), SEE_OTHER)


def _left(claims: Sequence[Claim]) -> str:
    numbers = ", ".join(f"C-{claim.number:02d}" for claim in claims)
    return _(
        "Undone. %(claims)s: it stays where it is now; it has to be submitted or signed anew.",
        claims=numbers,
    )


def _back(found: Deed) -> str:
    """Where the person came from; while they read an article, the claim that the act was about."""
    asked = request.form.get("next")
    claims = undoing.claims_of(session(), found.rows)
    if len(claims) != 1:
        return inside(asked)
    if asked is None:
        return url_for("claims.page", claim_id=claims[0])
    claim, here = session().get_one(Claim, claims[0]), urlsplit(inside(asked))
    if here.path != url_for("articles.page", key=claim.article.key):
        return inside(asked)
    kept = [pair for pair in parse_qsl(here.query) if pair[0] not in {"claim", "evidence"}]
    return f"{here.path}?{urlencode([('claim', claim.number), *kept])}"


def _overtaken(found: Deed, later: Sequence[Entry]) -> str:
    told = [*found.rows[:SHOWN], *later[:SHOWN]]
    known = names(session(), timeline.keys(told))
    claims = undoing.claims_of(session(), found.rows)
    return render_template(
        "undo/overtaken.html",
        mine=[timeline.told(entry, known) for entry in found.rows[:SHOWN]],
        later=[timeline.told(entry, known) for entry in later[:SHOWN]],
        more=max(len(later) - SHOWN, 0),
        claim_id=claims[0] if claims else None,
        request_id=found.request,
        back=_back(found),
    )
