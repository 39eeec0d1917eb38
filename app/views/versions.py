"""A new version of an article: taking it in, and what became of each claim."""

import uuid

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.evidence_store import store
from app.filters import words_text
from app.forms.articles import ArticleForm, Handed
from app.forms.base import DeskForm
from app.forms.sending import send
from app.past.reading import readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.typed_numbers import whole
from app.unit_of_work import beforehand, session
from app.word_diff import word_diff
from claims import fates
from claims.adoption import adopt
from claims.manuscript import take_in_version
from claims.models import Article, ArticleVersion
from claims.new_version import newest_version
from claims.queries.articles import article_id, version_of
from claims.queries.claims import no_such_claim

blueprint = Blueprint("versions", __name__)
SEE_OTHER = 303


@blueprint.get("/articles/<key>/versions/new")
@requires(Permission.ADD_ARTICLE)
def new(key: str) -> ResponseReturnValue:
    """Show the form that takes the next version in."""
    return _asked(version_of(session(), key).article, ArticleForm())


def handed_over(key: str) -> Handed:
    """Read what the form brings for an article, before anything is written."""
    del key
    return Handed.read(ArticleForm(), current_app.extensions["fetcher"])


@blueprint.post("/articles/<key>/versions/new")
@requires(Permission.ADD_ARTICLE)
@beforehand(handed_over)
def add(key: str, prepared: Handed) -> ResponseReturnValue:
    """Store the next version, carry the claims over, and show what became of them."""
    article = version_of(session(), key).article
    taken = list[ArticleVersion]()

    def act() -> None:
        made = take_in_version(
            session(),
            store(),
            prepared.manuscript,
            article,
            by=actor(),
            seen_number=request.form.get("seen", type=whole),
        )
        taken.append(made)

    refused = send(prepared.form, act)
    if refused is not None:
        return _asked(article, prepared.form), refused
    for notice in prepared.manuscript.notices:
        flash(words_text(notice))
    return redirect(url_for("versions.page", key=key, number=taken[0].number), SEE_OTHER)


def _asked(article: Article, form: DeskForm) -> str:
    newest = newest_version(session(), article.id)
    return render_template("versions/new.html", article=article, newest=newest, form=form)


def _rows(key: str, number: int) -> Scope:
    """The rows the past of a version needs: its article's."""
    del number
    return of_article(article_id(session(), key))


@blueprint.get("/articles/<key>/v/<int:number>")
@blueprint.get("/articles/<key>/v/<int:number>.json", endpoint="as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str, number: int) -> ResponseReturnValue:
    """Show what became of each claim between a version and the one before it."""
    old, new_one = fates.versions_of(session(), key, number)
    found = fates.fates(session(), old, new_one)
    return twins.shown(
        "versions/page.html",
        lambda: page_twins.versions(old, new_one, found),
        article=new_one.article,
        old=old,
        new=new_one,
        form=DeskForm(),
        waiting=[fate for fate in found if not fate.settled],
        settled=[fate for fate in found if fate.settled],
        keepable=[f for f in found if f.state in fates.KEPT and not f.settled],
        changes={
            fate.claim.id: word_diff(fate.was.exact, fate.anchor.exact)
            for fate in found
            if fate.was is not None and fate.was.exact != fate.anchor.exact
        },
    )


@blueprint.post("/articles/<key>/v/<int:number>/confirm")
@requires(Permission.ASSESS)
def confirm(key: str, number: int) -> ResponseReturnValue:
    """Confirm one claim, or all whose figures are the same, in one transaction."""
    old, new_one = fates.versions_of(session(), key, number)
    found = fates.fates(session(), old, new_one)
    one = request.form.get("claim", type=uuid.UUID)
    chosen = {one} if one is not None else {fate.claim.id for fate in found}
    done = fates.confirm(session(), found, chosen, by=actor())
    flash(ngettext("%(num)d claim confirmed.", "%(num)d claims confirmed.", len(done)))
    return redirect(url_for("versions.page", key=key, number=number), SEE_OTHER)


@blueprint.post("/articles/<key>/v/<int:number>/place")
@requires(Permission.ASSESS)
def place(key: str, number: int) -> ResponseReturnValue:
    """Put an orphaned claim on one of the places offered for it."""
    old, new_one = fates.versions_of(session(), key, number)
    fate = _chosen(old, new_one)
    span = (request.form.get("start", -1, type=whole), request.form.get("stop", -1, type=whole))
    fates.place(session(), new_one, fate, span, by=actor())
    flash(_("The claim stands there now."))
    return redirect(url_for("versions.page", key=key, number=number), SEE_OTHER)


@blueprint.post("/articles/<key>/v/<int:number>/adopt")
@requires(Permission.ASSESS)
def take_over(key: str, number: int) -> ResponseReturnValue:
    """Take the new text's figures over into a claim whose figures have changed."""
    old, new_one = fates.versions_of(session(), key, number)
    fate = _chosen(old, new_one)
    done = adopt(session(), new_one, fate, by=actor())
    flash(ngettext("%(num)d figure taken over.", "%(num)d figures taken over.", len(done)))
    return redirect(url_for("claims.page", claim_id=fate.claim.id), SEE_OTHER)


def _chosen(old: ArticleVersion, new_one: ArticleVersion) -> fates.Fate:
    """The claim that the form names; raise Missing where the version does not know it."""
    wanted = request.form.get("claim", type=uuid.UUID)
    for fate in fates.fates(session(), old, new_one):
        if fate.claim.id == wanted:
            return fate
    raise no_such_claim()
