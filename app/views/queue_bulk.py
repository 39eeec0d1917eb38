"""One act on the chosen claims of the queue: all of them, or those the person agrees to."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.exceptions import Forbidden

from app import selection
from app.accounts.current import actor, may
from app.accounts.models import Account
from app.accounts.roles import Permission, permissions
from app.filters import people_named, words_text
from app.forms.bulk import FIELDS, BulkForm
from app.forms.queue import asked_filters, asked_sorting, parameters
from app.forms.sending import send
from app.once.course import repeatable
from app.permissions import requires
from app.security import inside
from app.undoing import undoable
from app.unit_of_work import session
from claims.bulk import BulkAct, Looked, look, perform
from claims.errors import Conflict, DeskError
from claims.queries import queue

blueprint = Blueprint("queue_bulk", __name__)
SEE_OTHER = 303
NEEDED: Mapping[BulkAct, Permission] = {
    **dict.fromkeys(BulkAct, Permission.ASSESS),
    BulkAct.SNOOZE: Permission.COMMENT,
    BulkAct.CONTEST: Permission.CONTEST,
}


def done_words(act: BulkAct, n: int) -> str:
    """What was done, for the person who did it."""
    if act is BulkAct.TAKE:
        return ngettext("%(num)d claim is yours now.", "%(num)d claims are yours now.", n)
    if act is BulkAct.RELEASE:
        return ngettext("%(num)d claim given back.", "%(num)d claims given back.", n)
    if act is BulkAct.ASSIGN:
        return ngettext("%(num)d claim handed over.", "%(num)d claims handed over.", n)
    if act is BulkAct.SNOOZE:
        return ngettext("%(num)d claim put aside.", "%(num)d claims put aside.", n)
    if act is BulkAct.DUE:
        return ngettext("%(num)d deadline is set.", "%(num)d deadlines are set.", n)
    if act is BulkAct.DROP:
        return ngettext("%(num)d claim dropped.", "%(num)d claims dropped.", n)
    return ngettext("%(num)d contest raised.", "%(num)d contests raised, one on each claim.", n)


class Blocked(Conflict):
    """Some of the chosen claims cannot have the act, and nobody agreed to leave them out."""

    def __init__(self, looked: Looked) -> None:
        """Say how many."""
        number, whole = len(looked.barred), len(looked.barred) + len(looked.able)
        super().__init__(
            "barred",
            {
                "zh": f"{whole} 条中有 {number} 条不能这样做；什么都没有改动。",
                "en": f"{number} of the {whole} cannot have it; nothing was changed.",
            },
        )
        self.looked = looked


@blueprint.post("/queue/bulk")
@requires(Permission.COMMENT)
def act() -> ResponseReturnValue:
    """Do the act to all chosen claims in this one transaction, or say which cannot have it."""
    form = BulkForm().offer(people())
    blocked: list[Looked] = []
    done: list[int] = []

    def run() -> None:
        wish = form.wish(actor(), over_others=may(Permission.SETTLE))
        if not may(NEEDED[wish.act]):
            raise Forbidden(description=NEEDED[wish.act].value)
        looked = look(session(), form.chosen, wish)
        if looked.barred and (not form.partly.data or not looked.able):
            blocked.append(looked)
            raise Blocked(looked)
        done.append(perform(session(), looked.able, wish))

    refused = send(form, run)
    if refused:
        return _refusal(form, blocked[0] if blocked else None), refused
    undoable(done_words(form.wanted, done[-1]))
    return redirect(url_for("queue.page", **_list()), SEE_OTHER)


@blueprint.post("/queue/export")
@requires(Permission.EXPORT)
@repeatable("nothing is written")
def export() -> ResponseReturnValue:
    """Lead to the table of the chosen claims."""
    found = selection.read(request.form.getlist("claims"))
    chosen = {"chosen": selection.written(found)} if found else {}
    return redirect(url_for("queue.as_csv", **{**_list(), **chosen}), SEE_OTHER)


@blueprint.post("/queue/choice")
@requires(Permission.COMMENT)
@repeatable("nothing is written")
def choice() -> ResponseReturnValue:
    """Keep what was ticked while the page is turned, where no script does that."""
    found = selection.read(request.form.getlist("claims"))
    parts = urlsplit(inside(request.form.get("to")))
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "chosen"]
    if found:
        kept.append(("chosen", selection.written(found)))
    return redirect(f"{parts.path}?{urlencode(kept)}", SEE_OTHER)


def people() -> dict[str, str]:
    """Who can be given claims to check: the actors and names of the active accounts that may."""
    rows = session().scalars(
        select(Account)
        .where(Account.active)
        .options(selectinload(Account.grants))
        .order_by(Account.display_name)
    )
    return {
        row.actor: row.display_name for row in rows if Permission.ASSESS in permissions(row.roles)
    }


def _list() -> dict[str, Any]:
    """The parameters of the list the act was started from."""
    place = {"cursor": request.args["cursor"]} if request.args.get("cursor") else {}
    asked = parameters(asked_filters(request.args), asked_sorting(request.args))
    return {**(asked or {"view": "all"}), **place}


def _refusal(form: BulkForm, looked: Looked | None) -> str:
    """The page of an act that was not done: what stands in the way, with the choice kept."""
    chosen = _chosen(form)
    barred = {} if looked is None else {one.claim: one for one in looked.barred}
    able = {key: version for key, version in chosen.items() if key not in barred}
    known = {row.id: row for row in queue.chosen(session(), chosen)}
    wanted = _act(form)
    return render_template(
        "queue/bulk.html",
        form=form,
        act=wanted,
        fields=FIELDS.get(wanted, ()) if wanted else (),
        blocked=[
            (known.get(one.claim), people_named(words_text(one.why))) for one in barred.values()
        ],
        rows=[known[key] for key in chosen if key in known],
        chosen=[selection.short(key, version) for key, version in chosen.items()],
        able=[selection.short(key, version) for key, version in able.items()] if looked else [],
        back=url_for("queue.page", **_list(), chosen=selection.written(chosen) or None),
        listed=_list(),
    )


def _chosen(form: BulkForm) -> dict[uuid.UUID, int]:
    try:
        return form.chosen
    except DeskError:
        return {}


def _act(form: BulkForm) -> BulkAct | None:
    return BulkAct(form.act.data) if form.act.data in set(BulkAct) else None
