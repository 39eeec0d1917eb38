"""What became of the pages that claims rest on: beside a claim, of one source, and of all."""

import uuid
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import look_twins, paging, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.looks import Often, TakeForm, WatchForm
from app.forms.queue import one_of
from app.forms.sending import is_stale, send
from app.looks.queueing import queue
from app.past.reading import past, readable_then
from app.past.scope import of_claim
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from app.word_diff import word_diff
from claims.freshness import freshness
from claims.models import Claim, Evidence, Observation
from claims.queries.claims import claim_with_all
from claims.queries.rot import Place, Stake, counts, rot, whole
from claims.queries.watched import watched
from claims.watching.news import looks_of, news_of
from claims.watching.taking import observation_of, take
from sources.base import now
from sources.looks.policy import watch_policy
from sources.looks.wishes import forget, wish, wish_of
from sources.models import Source
from sources.registry import find
from sources.veil import refuse_veiled

blueprint = Blueprint("looks", __name__)
NAME = "rot"
SEE_OTHER = 303


@blueprint.get("/claims/<uuid:claim_id>/freshness")
@blueprint.get("/claims/<uuid:claim_id>/freshness.json", endpoint="claim_as_json")
@requires(Permission.READ)
@readable_then(of_claim)
def claim(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show what a claim's sources said and say now, side by side, and what can be done."""
    found = claim_with_all(session(), claim_id)
    news, looks = news_of(session(), found), {} if past() else looks_of(session(), found)
    fresh = freshness(found.findings)
    return twins.shown(
        "looks/claim.html",
        lambda: look_twins.claim(found, news, looks, fresh),
        claim=found,
        article=found.article,
        news=news,
        looks=looks,
        fresh=fresh,
        merged={one.item.id: _merged(one.observation) for one in news if one.observation},
    )


@blueprint.get("/observations/<uuid:observation_id>/take")
@requires(Permission.ADD_EVIDENCE)
def taking(observation_id: uuid.UUID) -> ResponseReturnValue:
    """Ask whether the new copy becomes the evidence, with which figure."""
    row, found, item = _looked(observation_id)
    given = next((one for one in news_of(session(), found) if one.observation is row), None)
    figure = given.new_figure if given is not None else None
    form = TakeForm(formdata=None, figure=figure, version=str(item.version))
    return _taking(row, found, item, form)


@blueprint.post("/observations/<uuid:observation_id>/take")
@requires(Permission.ADD_EVIDENCE)
def take_copy(observation_id: uuid.UUID) -> ResponseReturnValue:
    """Let the evidence rest on the new copy: a change of what the claim rests on."""
    row, found, item = _looked(observation_id, lock=True)
    form = TakeForm()

    def act() -> None:
        seen = form.seen_version
        take(session(), found, row, figure=form.figure.data, by=actor(), seen_version=seen)

    refused = send(form, act)
    if refused is not None:
        if is_stale(form, item.version):
            form.version.data = str(item.version)
        return _taking(row, found, item, form), refused
    undoable(_("The evidence now rests on the new snapshot."))
    anchor = f"evidence-{item.number}"
    return redirect(url_for("claims.page", claim_id=found.id, _anchor=anchor), SEE_OTHER)


@blueprint.get("/sources/<key>/watch")
@requires(Permission.ADD_EVIDENCE)
def watching(key: str) -> ResponseReturnValue:
    """Show how often a source is looked at, and the form to change that."""
    source = find(session(), key)
    refuse_veiled(source)
    return _watching(source, WatchForm.of(wish_of(session(), source.id)))


@blueprint.post("/sources/<key>/watch")
@requires(Permission.ADD_EVIDENCE)
def watch(key: str) -> ResponseReturnValue:
    """Say how often a source is looked at."""
    source, form = find(session(), key), WatchForm()
    refuse_veiled(source)
    refused = send(form, lambda: _wished(source, form))
    if refused is not None:
        known = wish_of(session(), source.id)
        form.version.data = str(known.version if known is not None else 0)
        return _watching(source, form), refused
    flash(_("Saved."))
    return redirect(url_for("sources.page", key=source.key, _anchor="watched"), SEE_OTHER)


@blueprint.post("/sources/<key>/look")
@requires(Permission.ADD_EVIDENCE)
def look(key: str) -> ResponseReturnValue:
    """Queue a look at a source, due or not."""
    source = find(session(), key)
    if watched(session(), watch_policy(), now(), source.id):
        queue(session(), source.id)
        flash(_("A look at the page is queued."))
    else:
        flash(_("This source is not watched, so it was not looked at."))
    return redirect(url_for("sources.page", key=source.key, _anchor="watched"), SEE_OTHER)


@blueprint.get("/sources/rot")
@blueprint.get("/sources/rot.json", endpoint="rot_as_json")
@requires(Permission.READ)
def report() -> ResponseReturnValue:
    """List every cited address by what is at stake."""
    risk = one_of(request.args, "risk", Stake)
    rows, more = rot(session(), risk=risk, after=_place())
    last = ("after", _written(rows[-1].place)) if more else None
    following = paging.link(NAME, last)
    known = counts(session())
    return twins.shown(
        "looks/rot.html",
        lambda: look_twins.rot(rows, known, following),
        rows=rows,
        counts=known,
        risk=risk,
        following=following,
        first=not request.args.get("cursor"),
    )


@blueprint.get("/sources/rot.csv")
@requires(Permission.READ)
def report_as_csv() -> ResponseReturnValue:
    """Hand the whole report out as a table that no spreadsheet runs as formulas."""
    return Response(
        look_twins.table(whole(session())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rot.csv"'},
    )


def _place() -> Place | None:
    place = paging.read(NAME)
    if place is None:
        return None
    rank, _dash, key = place[1].partition(":")
    try:
        found = int(rank), uuid.UUID(key)
    except ValueError as problem:
        raise paging.refused() from problem
    return found


def _written(place: Place) -> str:
    return f"{place[0]}:{place[1]}"


def _merged(row: Observation) -> Any:
    return word_diff(row.old_words, row.new_words, whole=True) if row.new_words else None


def _looked(key: uuid.UUID, *, lock: bool = False) -> tuple[Observation, Claim, Evidence]:
    row = observation_of(session(), key)
    found = claim_with_all(session(), row.evidence.claim_id, lock=lock)
    item = next(one for one in found.evidence if one.id == row.evidence_id)
    refuse_veiled(item.source)
    return row, found, item


def _taking(row: Observation, found: Claim, item: Evidence, form: TakeForm) -> str:
    return render_template(
        "looks/take.html",
        claim=found,
        article=found.article,
        item=item,
        row=row,
        form=form,
        merged=_merged(row),
    )


def _watching(source: Source, form: WatchForm) -> str:
    known = watched(session(), watch_policy(), now(), source.id)
    return render_template(
        "looks/watch.html",
        source=source,
        form=form,
        policy=watch_policy(),
        days=known[0].days if known else None,
    )


def _wished(source: Source, form: WatchForm) -> None:
    if form.often.data is Often.POLICY:
        forget(session(), source, seen_version=form.seen_version)
        return
    wish(
        session(),
        source,
        every_days=form.every_days,
        reason=form.reason.data or "",
        by=actor(),
        seen_version=form.seen_version,
    )
