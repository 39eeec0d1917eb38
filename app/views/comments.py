"""Talking about a claim."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.comments import CommentForm, ResolveForm
from app.forms.sending import send
from app.meanwhile import asked_again
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims import comments
from claims.errors import Missing
from claims.models import Comment
from claims.queries.claims import claim_with_all

blueprint = Blueprint("comments", __name__)
SEE_OTHER = 303


@blueprint.get("/claims/<uuid:claim_id>/comments")
@requires(Permission.READ)
def index(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Lead to the discussion on the claim's page."""
    return redirect(_back(claim_id), SEE_OTHER)


@blueprint.post("/claims/<uuid:claim_id>/comments")
@requires(Permission.COMMENT)
def add(claim_id: uuid.UUID) -> ResponseReturnValue:
    """Add a remark, or an answer to one."""
    claim = claim_with_all(session(), claim_id, lock=True)
    form = CommentForm()

    def act() -> None:
        body = form.body.data or ""
        comments.add_comment(session(), claim, by=actor(), body=body, reply_to=form.answered)

    refused = send(form, act)
    if refused:
        answered = next((row for row in claim.comments if str(row.id) == form.reply_to.data), None)
        page = render_template(
            "comments/form.html", claim=claim, article=claim.article, form=form, answered=answered
        )
        return page, refused
    undoable(_("The comment is added."))
    return redirect(_back(claim_id), SEE_OTHER)


@blueprint.get("/comments/<uuid:comment_id>/reply")
@requires(Permission.COMMENT)
def reply(comment_id: uuid.UUID) -> ResponseReturnValue:
    """Show the form that answers a remark."""
    comment = _comment(comment_id)
    form = CommentForm(formdata=None, reply_to=str(comment.id), kept_for=comment.id)
    claim = comment.claim
    return render_template(
        "comments/form.html", claim=claim, article=claim.article, form=form, answered=comment
    )


@blueprint.post("/comments/<uuid:comment_id>/resolve")
@requires(Permission.COMMENT)
def resolve(comment_id: uuid.UUID) -> ResponseReturnValue:
    """Mark a remark as dealt with."""
    comment = _comment(comment_id)
    form = ResolveForm()

    def act() -> None:
        comments.resolve(session(), comment, by=actor(), seen_version=form.seen_version)

    refused = send(form, act)
    if refused:
        asked_again(form, comment)
        claim = comment.claim
        page = render_template(
            "comments/resolve.html", claim=claim, article=claim.article, form=form, comment=comment
        )
        return page, refused
    undoable(_("Marked as dealt with."))
    return redirect(_back(comment.claim_id), SEE_OTHER)


def _comment(comment_id: uuid.UUID) -> Comment:
    comment = session().scalar(select(Comment).where(Comment.id == comment_id))
    if comment is None:
        raise Missing(
            "no_such_comment", {"zh": "没有这条讨论。", "en": "There is no such comment."}
        )
    return comment


def _back(claim_id: uuid.UUID) -> str:
    return url_for("claims.page", claim_id=claim_id, _anchor="discussion")
