"""Putting the value before an entry back, as a new change with a reason."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import timeline
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.claims import ReasonForm
from app.forms.sending import send
from app.ledger import acts, history
from app.ledger.history import Entry
from app.meanwhile import asked_again
from app.object_names import names
from app.permissions import requires
from app.restoring import GONE, Plan, plan, refusal
from app.undoing import undoable
from app.unit_of_work import session
from claims.errors import Missing, Refused
from claims.restoration import restore
from sources.columns import Words

blueprint = Blueprint("restorations", __name__)
SEE_OTHER = 303


@blueprint.get("/audit/<int:eid>/restore")
@requires(Permission.ASSESS)
def new(eid: int) -> ResponseReturnValue:
    """Show what would come back, and ask why."""
    entry, chosen = _chosen(eid)
    return _page(entry, chosen, ReasonForm(formdata=None, version=str(chosen.row.version)))


@blueprint.post("/audit/<int:eid>/restore")
@requires(Permission.ASSESS)
def add(eid: int) -> ResponseReturnValue:
    """Put the earlier values back; a signed claim goes back to checking."""
    entry, chosen = _chosen(eid, lock=True)
    form = ReasonForm()

    def act() -> None:
        reason = form.reason.data or ""
        fields = restore(
            session(),
            chosen.claim,
            chosen.row,
            chosen.earlier,
            by=actor(),
            reason=reason,
            seen_version=form.seen_version,
        )
        story = {"reverts": eid, "fields": sorted(fields), "reason": reason.strip()}
        acts.record(session(), "act", entry.table, entry.pk, "revert", story)

    refused = send(form, act)
    if refused:
        asked_again(form, chosen.row)
        return _page(entry, chosen, form), refused
    undoable(_("Put back, as a new entry. The history keeps both."))
    return redirect(url_for("claims.page", claim_id=chosen.claim.id), SEE_OTHER)


def _chosen(eid: int, *, lock: bool = False) -> tuple[Entry, Plan]:
    """The entry and what putting it back means; raise Missing or Refused where it is not done."""
    entry = history.entry(session(), eid)
    if entry is None:
        raise Missing(
            "entry_missing", {"zh": "台账里没有这一条。", "en": "The ledger has no such entry."}
        )
    if entry.withheld:
        raise _not_done(
            {
                "zh": "这一条涉及您未获授权知悉的保密来源。",
                "en": "This entry is about a confidential source you have no need to know.",
            }
        )
    reason = refusal(entry)
    if reason is not None:
        raise _not_done(reason)
    chosen = plan(session(), entry, lock=lock)
    if chosen is None:
        raise _not_done(GONE)
    return entry, chosen


def _not_done(why: Words) -> Refused:
    return Refused("not_restorable", why)


def _page(entry: Entry, chosen: Plan, form: ReasonForm) -> str:
    told = timeline.told(entry, names(session(), timeline.keys([entry])), whole=True)
    return render_template(
        "audit/restore.html",
        told=told,
        changes=[change for change in told.changes if change.field in chosen.fields],
        left_out=[
            change.label
            for change in told.changes
            if change.field not in chosen.fields | timeline.BOOKKEEPING
        ],
        overtaken=chosen.overtaken,
        claim=chosen.claim,
        article=chosen.claim.article,
        form=form,
    )
