"""Attaching evidence to a claim, putting it right, and withdrawing it."""

import uuid

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app import captures
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.beside import beside, newest
from app.claim_twin import evidence_twin
from app.errors import status_of
from app.evidence_sources import known, source_of
from app.evidence_store import store
from app.filters import words_text
from app.forms.brought import Brought
from app.forms.conflicts import Edited, conflict
from app.forms.evidence import EvidenceEditForm, EvidenceForm, From, PassageForm, WithdrawForm
from app.forms.placed import act_asked
from app.forms.queue import one_of
from app.forms.sending import is_stale, send
from app.forms.source_choices import SEEK, seeks, told_of, words_sought
from app.incoming import watched
from app.meanwhile import asked_again, version_to_add
from app.once.course import nothing_done, was_reused
from app.passage_saving import passage_of, tell_of_place
from app.past.reading import readable_then, stated_past
from app.past.scope import Scope, of_claim
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import beforehand, session
from claims.awaited import await_copy
from claims.errors import DeskError, Missing, Refused
from claims.evidence import attach_evidence, edit_evidence, pin_snapshot, withdraw_evidence
from claims.models import Claim, Evidence
from claims.queries.choices import Offered, sources_to_choose
from claims.queries.claims import ClaimPage, claim_page, claim_with_all
from sources.models import Snapshot
from sources.snapshots import keep
from sources.veil import refuse_veiled

blueprint = Blueprint("evidence", __name__)
SEE_OTHER, UNPROCESSABLE = 303, 422


def brought(**_arguments: uuid.UUID) -> Brought:
    """Read the file of a form before anything is written."""
    return Brought.read()


@blueprint.get("/claims/<uuid:claim_id>/evidence/new")
@watched
@requires(Permission.ADD_EVIDENCE)
def new(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form that attaches evidence, beside a copy that ``?source=&snapshot=`` names."""
    claim = claim_with_all(session(), claim_id)
    origin = one_of(request.args, "origin", From) or From.KNOWN
    asked = {name: request.args.get(name, "") for name in ("source", "snapshot")}
    form = EvidenceForm(formdata=None, version=str(claim.version), origin=origin, **asked)
    if not form.restored and not form.snapshot.data:
        form.snapshot.data = newest(form)
    return _page(claim, form)


@blueprint.post("/claims/<uuid:claim_id>/evidence/new")
@requires(Permission.ADD_EVIDENCE)
@beforehand(brought)
def add(claim_id: uuid.UUID, prepared: Brought) -> ResponseReturnValue:
    """Attach a passage, with its source and a copy of it where they are new.

    A button that asks for something else shows the form again with the answer, and saves nothing.
    """
    claim = claim_with_all(session(), claim_id, lock=True)
    form = EvidenceForm()
    if act_asked()[0] or seeks():
        return _answered(claim, form, prepared)

    made: list[Evidence] = []

    def act() -> None:
        passage = passage_of(form, claim, source_of(form))
        item = attach_evidence(
            session(), claim, passage, by=actor(), seen_version=version_to_add(form, claim)
        )
        if _keep_file(prepared, item) is None:
            _capture(form, item)
        made.append(item)

    refused = send(form, act, prepared.problem)
    if refused:
        asked_again(form, claim)
        return _page(claim, form), refused
    undoable(_("The evidence is attached."))
    tell_remarks(prepared)
    tell_of_place(made[0])
    return redirect(_back(claim), SEE_OTHER)


def _rows(evidence_id: uuid.UUID) -> Scope:
    """The rows the past of an item needs: its claim's."""
    return of_claim(_claim_of(evidence_id))


@blueprint.get("/evidence/<uuid:evidence_id>")
@requires(Permission.READ)
@readable_then(_rows)
def page(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Show one item whole: what it says, where, against which figures, and who disputes it."""
    found, item = _shown(evidence_id)
    return render_template(
        "evidence/page.html",
        claim=found.claim,
        article=found.claim.article,
        item=item,
        waits=captures.waits(session(), [item]),
        compared=[
            (stated.figure, row.comparison)
            for stated in found.figures
            for row in stated.rows
            if row.item is item
        ],
        contests=[
            sides
            for sides in found.contests
            if item in (*sides.evidence_for, *sides.evidence_against)
            or sides.contest.evidence_id == item.id
        ],
    )


@blueprint.get("/evidence/<uuid:evidence_id>.json")
@requires(Permission.READ)
@readable_then(_rows)
def as_json(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Answer the same page for a machine."""
    found, item = _shown(evidence_id)
    return jsonify(
        claim=str(found.claim.id),
        claim_number=found.claim.number,
        article=found.claim.article.key,
        **evidence_twin(item),
        **stated_past(),
    )


@blueprint.get("/evidence/<uuid:evidence_id>/edit")
@watched
@requires(Permission.ADD_EVIDENCE)
def edit(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Show an item as it is, to be put right."""
    item = _item(evidence_id, lock=False)
    if item.formula is not None:
        return redirect(url_for("formulas.edit", evidence_id=item.id), SEE_OTHER)
    return _page(item.claim, EvidenceEditForm.of(item), item)


@blueprint.post("/evidence/<uuid:evidence_id>/edit")
@requires(Permission.ADD_EVIDENCE)
@beforehand(brought)
def save(evidence_id: uuid.UUID, prepared: Brought) -> ResponseReturnValue:
    """Save an item; where somebody saved in between, both texts are shown."""
    item = _item(evidence_id)
    claim, form = item.claim, EvidenceEditForm()
    if act_asked()[0] or seeks():
        return _answered(claim, form, prepared, item)

    def act() -> None:
        passage = passage_of(form, claim, known(form.source.data), item)
        edit_evidence(session(), item, passage, by=actor(), seen_version=form.seen_version)
        _keep_file(prepared, item)

    refused = send(form, act, prepared.problem)
    if refused and is_stale(form, item.version):
        form.offer(claim, _offered(claim, form))
        edited = Edited("evidence", evidence_id, of_claim(claim.id), lambda: _as_saved(evidence_id))
        action = url_for("evidence.save", evidence_id=item.id)
        return conflict(form, edited, action, _back(claim))
    if refused:
        return _page(claim, form, item), refused
    undoable(_("The evidence is saved."))
    tell_remarks(prepared)
    tell_of_place(item)
    return redirect(_back(claim, item), SEE_OTHER)


@blueprint.get("/evidence/<uuid:evidence_id>/withdraw")
@requires(Permission.ADD_EVIDENCE)
def withdrawal(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why an item no longer counts."""
    item = _item(evidence_id, lock=False)
    return _withdrawal(item, WithdrawForm(formdata=None, version=str(item.version)))


@blueprint.post("/evidence/<uuid:evidence_id>/withdraw")
@requires(Permission.ADD_EVIDENCE)
def withdraw(evidence_id: uuid.UUID) -> ResponseReturnValue:
    """Take an item out of the weighing."""
    item = _item(evidence_id)
    form = WithdrawForm()

    def act() -> None:
        withdraw_evidence(
            session(),
            item,
            by=actor(),
            reason=form.reason.data or "",
            seen_version=form.seen_version,
        )

    refused = send(form, act)
    if refused:
        asked_again(form, item)
        return _withdrawal(item, form), refused
    undoable(_("Withdrawn. It stays in the record, struck through."))
    return redirect(_back(item.claim, item), SEE_OTHER)


def _item(evidence_id: uuid.UUID, *, lock: bool = True) -> Evidence:
    """Return an item with its claim, which a writing request locks.

    Raise Missing, and Forbidden for what rests on a source the person asking may not know.
    """
    claim = claim_with_all(session(), _claim_of(evidence_id), lock=lock)
    found = next(item for item in claim.evidence if item.id == evidence_id)
    refuse_veiled(found)
    return found


def _shown(evidence_id: uuid.UUID) -> tuple[ClaimPage, Evidence]:
    """Return an item and the page of its claim; raise Missing, also for what came later."""
    found = claim_page(session(), _claim_of(evidence_id))
    return found, next(item for item in found.claim.evidence if item.id == evidence_id)


def _claim_of(evidence_id: uuid.UUID) -> uuid.UUID:
    """Return the claim an item belongs to; raise Missing."""
    claim_id = session().scalar(select(Evidence.claim_id).where(Evidence.id == evidence_id))
    if claim_id is None:
        raise Missing(
            "no_such_evidence", {"zh": "没有这条证据。", "en": "There is no such evidence."}
        )
    return claim_id


def tell_remarks(brought: Brought) -> None:
    """Say what a person should know of the file they brought."""
    for remark in brought.file.found.remarks if brought.file is not None else ():
        flash(words_text(remark))


def _capture(form: EvidenceForm, item: Evidence) -> None:
    """Ask for a copy of a new source at its address, for the item to rest on when it comes."""
    source = item.source
    if form.origin.data is From.NEW and form.keep.data and source is not None and source.url:
        await_copy(session(), item, captures.ask(session(), source, by=actor()), by=actor())


def _keep_file(brought: Brought, item: Evidence) -> Snapshot | None:
    """Keep an uploaded file as a snapshot of the item's source, after all else was found right."""
    file = brought.received
    if file is None:
        return None
    if item.source is None:
        raise _file_without_source()
    snapshot = keep(session(), store(), item.source, file, actor())
    pin_snapshot(session(), item, snapshot)
    return snapshot


def _file_without_source() -> Refused:
    return Refused(
        "file_without_source",
        {
            "zh": "文件要归到一个来源名下；口头信息请写在引文里。",
            "en": "A file belongs to a source; what was said goes into the quoted passage.",
        },
        "file",
    )


def _answered(
    claim: Claim, form: PassageForm, brought: Brought, item: Evidence | None = None
) -> ResponseReturnValue:
    """Show the form again with what was asked of the copy; an uploaded file is kept first."""
    if was_reused():
        form.ask_anew()
        return _page(claim, form, item), UNPROCESSABLE
    if seeks():
        nothing_done()
        if act_asked()[0] != SEEK:
            flash(_("Nothing is saved yet: the words in “Find a source” were looked for first."))
        if brought.received is not None:
            flash(_("Choose the file again, please: it is not kept while sources are looked for."))
        return _page(claim, form, item)
    try:
        with session().begin_nested():
            _keep_copy(form, brought)
    except DeskError as problem:
        form.reject(problem)
        return _page(claim, form, item), status_of(problem)
    return _page(claim, form, item)


def _keep_copy(form: PassageForm, brought: Brought) -> None:
    """Keep an uploaded file as a copy of its source, so that its text can be read right away."""
    file = brought.received
    if file is None:
        nothing_done()
        return
    source = source_of(form) if isinstance(form, EvidenceForm) else known(form.source.data)
    if source is None:
        raise _file_without_source()
    snapshot = keep(session(), store(), source, file, actor())
    form.source.data, form.snapshot.data = source.key, str(snapshot.id)
    form.place.data = form.figure_place.data = ""
    if isinstance(form, EvidenceForm):
        form.origin.data = From.KNOWN
    form.renew_key()
    flash(_("Kept under SHA-256 %(start)s…", start=snapshot.sha256[:12]))
    tell_remarks(brought)


def _page(claim: Claim, form: PassageForm, item: Evidence | None = None) -> str:
    offered = _offered(claim, form)
    if seeks() and not form.source.data and len(offered.rows) == 1:
        form.source.data = offered.rows[0].key
    form.offer(claim, offered)
    return render_template(
        "evidence/form.html",
        claim=claim,
        article=claim.article,
        form=form,
        item=item,
        offered=offered,
        found=told_of(offered),
        beside=beside(form, claim, item),
    )


def _offered(claim: Claim, form: PassageForm) -> Offered:
    """The sources the form lists: those that are looked for, else the nearest."""
    return sources_to_choose(session(), claim, words_sought(), form.source.data)


def _as_saved(evidence_id: uuid.UUID) -> PassageForm:
    item = _item(evidence_id, lock=False)
    form = EvidenceEditForm.of(item)
    return form.offer(item.claim, _offered(item.claim, form))


def _withdrawal(item: Evidence, form: WithdrawForm) -> str:
    claim = item.claim
    return render_template(
        "evidence/withdraw.html", claim=claim, article=claim.article, form=form, item=item
    )


def _back(claim: Claim, item: Evidence | None = None) -> str:
    anchor = f"evidence-{item.number}" if item is not None else "evidence"
    return url_for("claims.page", claim_id=claim.id, _anchor=anchor)
