"""One claim: its page, its JSON twin, its history, and the moves of its work."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app import biography, captures, paging, timeline
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.claim_twin import claim_twin
from app.field_labels import PART_WORDS
from app.forms.claims import ReasonForm, SubmitForm
from app.forms.comments import CommentForm
from app.forms.sending import send
from app.forms.timeline import actor as actor_of
from app.incoming import watched
from app.ledger.history import Entry
from app.meanwhile import asked_again
from app.number_line import number_line
from app.object_names import names
from app.past.reading import ledger, moment_shown, past, readable_then, stated_past
from app.past.scope import of_claim
from app.permissions import requires
from app.reading_view import keypad_of
from app.undoing import offers, undoable
from app.unit_of_work import session
from app.word_diff import word_diff
from claims import workflow
from claims.errors import Missing, Refused
from claims.findings import waive
from claims.freshness import freshness
from claims.models import Claim, Finding
from claims.policy import sign_off_levels
from claims.queries.claims import claim_page, claim_with_all
from claims.queries.invitations import invitations_of_claim
from claims.readiness import lacks
from claims.resemblance import Resembling, Statement, resembling
from claims.sign_offs import bar
from sources.base import now
from sources.likenesses import Alike, alike_among

blueprint = Blueprint("claims", __name__)
SEE_OTHER = 303
LATEST = 6
"""History entries beside the claim; all of them have a page of their own."""
LONGEST_QUOTE = 500


@blueprint.get("/claims/<uuid:claim_id>")
@watched
@requires(Permission.READ)
@readable_then(of_claim)
def page(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show everything about one claim."""
    found = claim_page(session(), claim_id)
    then = past()
    entries = biography.entries(
        ledger(),
        found.rows,
        limit=LATEST,
        tables=biography.BRIEF,
        position=then.position if then else None,
    )
    return render_template(
        "claims/page.html",
        page=found,
        claim=found.claim,
        article=found.claim.article,
        lines={
            stated.figure.id: number_line(stated.figure, stated.rows) for stated in found.figures
        },
        days=timeline.days(entries, names(session(), timeline.keys(entries))),
        fresh=freshness(found.findings),
        my_bar=bar(found.claim, actor()),
        invitations=invitations_of_claim(session(), claim_id, moment_shown() or now()),
        before=[] if then else _before(found.claim),
        alike={} if then else _alike(found.claim),
        waits={} if then else captures.waits(session(), found.claim.evidence),
        form=_remark(claim_id),
        # Its own receipt: what somebody is typing below is still a draft when this one is sent.
        accepting=CommentForm(formdata=None),
        wording=None if then else _wording(found.claim),
        **keypad_of(
            found.claim,
            found.claim.evidence,
            [stated.suggestion for stated in found.figures if stated.figure.material],
        ),
    )


def _remark(claim_id: uuid.UUID) -> CommentForm:
    """The form of a remark; what one comes with is put behind the draft that waits there."""
    begun = _begun()
    form = CommentForm(formdata=None, body=begun, kept_for=claim_id)
    typed = (form.body.data or "").rstrip()
    if begun and form.restored and begun.strip() not in typed:
        form.body.data = f"{typed}\n\n{begun}" if typed else begun
    return form


def _begun() -> str | None:
    """What a comment begins with: words selected in the text, or that a wording is returned."""
    quote = request.args.get("quote", "").strip()[:LONGEST_QUOTE]
    if quote:
        return f"“{quote}”\n"
    return _("Wording returned: ") if request.args.get("say") == "return" else None


def _wording(claim: Claim) -> Markup | None:
    """What the proposed wording strikes out and puts in, against the newest place in the text."""
    if not claim.proposed_wording:
        return None
    newest = max(claim.anchors, key=lambda row: row.article_version.number, default=None)
    said = newest.exact if newest is not None else ""
    merged = word_diff(said, claim.proposed_wording, whole=True)
    if merged is not None:
        return merged
    return Markup("<del>{}</del> <ins>{}</ins>").format(said, claim.proposed_wording)


@blueprint.get("/claims/<uuid:claim_id>.json")
@requires(Permission.READ)
@readable_then(of_claim)
def as_json(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Answer the same page for a machine."""
    found = claim_page(session(), claim_id)
    asked_outside = invitations_of_claim(session(), claim_id, moment_shown() or now())
    return jsonify(
        **claim_twin(found),
        invitations=[{"id": one.invitation.id, "state": one.state} for one in asked_outside],
        **({} if past() else _resembling(found.claim)),
        **stated_past(),
    )


def _resembling(claim: Claim) -> dict[str, Any]:
    """What the page proposes beside the claim: earlier claims, and sources that say the same."""
    alike = {one.source.key for row in _alike(claim).values() for one in row}
    return {"resembling": [one.claim.id for one in _before(claim)], "sources_alike": sorted(alike)}


@blueprint.get("/claims/<uuid:claim_id>/history")
@requires(Permission.READ)
@readable_then(of_claim)
def history(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Tell the claim's biography as readable changes: what, who, when and why."""
    found = claim_page(session(), claim_id)
    asked = _story_asked()
    shown, following = _story(claim_id, asked)
    return render_template(
        "claims/history.html",
        claim=found.claim,
        article=found.claim.article,
        days=timeline.days(shown, names(ledger(), timeline.keys(shown))),
        following=following,
        undo_offers=offers(shown, actor()),
        asked=asked,
        parts_asked=PART_WORDS,
    )


@blueprint.get("/claims/<uuid:claim_id>/history.json")
@requires(Permission.READ)
@readable_then(of_claim)
def history_as_json(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Answer the biography for a machine."""
    claim = claim_page(session(), claim_id).claim
    shown, following = _story(claim_id, _story_asked())
    return jsonify(
        claim=str(claim.id),
        article=claim.article.key,
        number=claim.number,
        entries=[timeline.plain(entry) for entry in shown],
        next=following,
        **stated_past(),
    )


def _alike(claim: Claim) -> dict[uuid.UUID, list[Alike]]:
    """What its sources' texts resemble, of which nobody has said yet whether it is a reprint."""
    sources = {item.source_id: item.source for item in claim.evidence if item.source is not None}
    return alike_among(session(), list(sources.values()))


def _before(claim: Claim) -> list[Resembling]:
    """The earlier claims that resemble this one in the language of its article."""
    tongue = claim.article.language.split("-", maxsplit=1)[0]
    text = claim.statement.get(tongue) or next(iter(claim.statement.values()), "")
    return resembling(session(), Statement(text=text, figures=claim.figures, claim_id=claim.id))


def _story_asked() -> dict[str, str]:
    """What the biography is narrowed to; raise Refused for a part that is none."""
    asked = {
        name: value
        for name in ("part", "actor", "order")
        if (value := request.args.get(name, "").strip())
    }
    if asked.get("part") not in {None, *PART_WORDS}:
        raise Refused(
            "filter_unknown", {"zh": "没有这个部分。", "en": "There is no such part."}, "part"
        )
    if "actor" in asked:
        asked["actor"] = actor_of(asked["actor"])
    return asked


def _story(claim_id: uuid.UUID, asked: dict[str, str]) -> tuple[list[Entry], str | None]:
    """One page of the biography and the address of the next."""
    name = f"claim:{claim_id}"
    then = past()
    entries = biography.story(
        ledger(),
        claim_id,
        part=asked.get("part"),
        who=asked.get("actor"),
        position=then.position if then else None,
        oldest=asked.get("order") == "oldest",
        after=biography.before(paging.read(name)),
        limit=biography.PAGE + 1,
    )
    shown = entries[: biography.PAGE]
    if len(entries) <= biography.PAGE:
        return shown, None
    last = shown[-1]
    mark = last.seq if then is not None and last.seq is not None else last.eid
    return shown, paging.link(name, ("after", mark))


@blueprint.get("/claims/<uuid:claim_id>/submit")
@requires(Permission.ASSESS)
def submission(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Show what is missing, or the button that hands the claim over."""
    claim = claim_page(session(), claim_id).claim
    return _submission(claim, SubmitForm(formdata=None, version=str(claim.version)))


@blueprint.post("/claims/<uuid:claim_id>/submit")
@requires(Permission.ASSESS)
def submit(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Hand the claim over to a second person."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = SubmitForm()

    def act() -> None:
        workflow.submit(session(), claim, by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    if refused:
        asked_again(form, claim)
        return _submission(claim, form), refused
    flash(_("Submitted. A second person signs it or returns it."))
    return redirect(url_for("claims.page", claim_id=claim_id), SEE_OTHER)


def _submission(claim: Claim, form: SubmitForm) -> str:
    return render_template(
        "claims/submit.html",
        claim=claim,
        article=claim.article,
        form=form,
        lacks=lacks(session(), claim),
        levels=sign_off_levels(session()),
        may_submit=workflow.may_move(claim, workflow.Move.SUBMIT),
    )


@blueprint.get("/claims/<uuid:claim_id>/reopen")
@requires(Permission.ASSESS)
def reopening(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why a signed or dropped claim is taken up again."""
    return _asked(claim_with_all(session(), claim_id), "reopen")


@blueprint.post("/claims/<uuid:claim_id>/reopen")
@requires(Permission.ASSESS)
def reopen(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Take a signed or dropped claim up again."""
    return _moved(claim_id, "reopen", workflow.reopen, _("Reopened: it is being checked again."))


@blueprint.get("/claims/<uuid:claim_id>/drop")
@requires(Permission.ASSESS)
def dropping(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why the claim is no longer part of the article."""
    return _asked(claim_with_all(session(), claim_id), "drop")


@blueprint.post("/claims/<uuid:claim_id>/drop")
@requires(Permission.ASSESS)
def drop(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Confirm that the article no longer says this."""
    return _moved(claim_id, "drop", workflow.drop, _("Dropped. It can be reopened."))


@blueprint.get("/findings/<uuid:finding_id>/waiver")
@requires(Permission.ASSESS)
def waiver(finding_id: uuid.UUID) -> ResponseReturnValue:
    """Ask why a finding may stand aside."""
    finding = _finding(finding_id)
    return _asked(finding.claim, "waive", finding)


@blueprint.post("/findings/<uuid:finding_id>/waiver")
@requires(Permission.ASSESS)
def waive_finding(finding_id: uuid.UUID) -> ResponseReturnValue:
    """Let a finding stand aside, with a reason."""
    finding = _finding(finding_id)
    form = ReasonForm()

    def act() -> None:
        waive(
            session(),
            finding,
            by=actor(),
            reason=form.reason.data or "",
            seen_version=form.seen_version,
        )

    refused = send(form, act)
    if refused:
        return _asked(finding.claim, "waive", finding, form=form), refused
    undoable(_("Waived, with your reason."))
    return redirect(url_for("claims.page", claim_id=finding.claim_id), SEE_OTHER)


def _finding(finding_id: uuid.UUID) -> Finding:
    finding = session().get(Finding, finding_id)
    if finding is None:
        raise Missing(
            "no_such_finding", {"zh": "没有这条提示。", "en": "There is no such finding."}
        )
    return finding


def _moved(
    claim_id: uuid.UUID, what: str, verb: Callable[..., None], done: str
) -> ResponseReturnValue:
    """Do a move that wants nothing but a reason."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = ReasonForm()

    def act() -> None:
        verb(
            session(),
            claim,
            by=actor(),
            reason=form.reason.data or "",
            seen_version=form.seen_version,
        )

    refused = send(form, act)
    if refused:
        return _asked(claim, what, form=form), refused
    undoable(done)
    return redirect(url_for("claims.page", claim_id=claim_id), SEE_OTHER)


def _asked(
    claim: Claim, what: str, finding: Finding | None = None, form: ReasonForm | None = None
) -> str:
    """Show the form that asks for a reason; a stale one carries the new version from now on."""
    row = finding or claim
    if form is None:
        form = ReasonForm(formdata=None, version=str(row.version))
    else:
        asked_again(form, row)
    return render_template(
        "claims/reason.html",
        claim=claim,
        article=claim.article,
        what=what,
        finding=finding,
        form=form,
    )
