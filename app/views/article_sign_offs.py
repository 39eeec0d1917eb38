"""The article as a whole: what is missing, its sign-off, and publishing it in an emergency."""

from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app import page_twins, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.article_sign_offs import ArticleSignOffForm, EmergencyForm
from app.forms.sending import send
from app.past.reading import readable_then
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.unit_of_work import session
from claims.article_sign_offs import (
    ArticleSigning,
    article_bar,
    article_signing,
    publish_in_emergency,
    sign_article,
)
from claims.errors import Missing
from claims.models import Article
from claims.queries.articles import article_id

blueprint = Blueprint("article_sign_offs", __name__)
SEE_OTHER = 303
Form = TypeVar("Form", ArticleSignOffForm, EmergencyForm)


def _rows(key: str) -> Scope:
    """The rows the past of a sign-off needs: its article's."""
    return of_article(article_id(session(), key))


@blueprint.get("/articles/<key>/sign-off")
@blueprint.get("/articles/<key>/sign-off.json", endpoint="as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show exactly what is missing, who signed, and what was published unfinished."""
    signing = article_signing(session(), _article(key))
    return _page(signing, _fresh(ArticleSignOffForm, signing))


@blueprint.post("/articles/<key>/sign-off")
@requires(Permission.SIGN_OFF)
def sign(key: str) -> ResponseReturnValue:
    """Sign the article in the state that was shown."""
    article, form = _article(key), ArticleSignOffForm()
    seen = form.state_sha256.data or ""
    refused = send(form, lambda: sign_article(session(), article, by=actor(), seen_sha256=seen))
    if refused:
        signing = _again(article)
        form.state_sha256.data = signing.sha256
        return _page(signing, form), refused
    flash(_("The article is signed off in exactly this state."))
    return redirect(url_for("article_sign_offs.page", key=key), SEE_OTHER)


@blueprint.get("/articles/<key>/emergency")
@requires(Permission.PUBLISH_UNFINISHED)
def emergency(key: str) -> ResponseReturnValue:
    """Ask why the article must go out before it is finished."""
    signing = article_signing(session(), _article(key))
    return _emergency(signing, _fresh(EmergencyForm, signing))


@blueprint.post("/articles/<key>/emergency")
@requires(Permission.PUBLISH_UNFINISHED)
def publish(key: str) -> ResponseReturnValue:
    """Record the emergency publication with everything that is missing now."""
    article, form = _article(key), EmergencyForm()
    refused = send(
        form,
        lambda: publish_in_emergency(
            session(),
            article,
            by=actor(),
            reason=form.reason.data or "",
            seen_sha256=form.state_sha256.data or "",
        ),
    )
    if refused:
        signing = _again(article)
        if form.state_sha256.data != signing.sha256:
            # Another state is missing other things; nobody has said yet that they know these.
            form.known.data = False
        form.state_sha256.data = signing.sha256
        return _emergency(signing, form), refused
    flash(_("Recorded: the article goes out unfinished, in your name."))
    return redirect(url_for("article_sign_offs.page", key=key), SEE_OTHER)


def _article(key: str) -> Article:
    found = session().scalar(select(Article).where(Article.key == key))
    if found is None:
        raise Missing(
            "no_such_article", {"zh": "没有这篇文章。", "en": "There is no such article."}
        )
    return found


def _again(article: Article) -> ArticleSigning:
    """Read everything anew after a refusal: what is shown is what stands."""
    session().expire_all()
    return article_signing(session(), article)


def _fresh(kind: type[Form], signing: ArticleSigning) -> Form:
    """Return a form opened on the state as it is."""
    return kind(formdata=None, state_sha256=signing.sha256)


def _page(signing: ArticleSigning, form: ArticleSignOffForm) -> twins.Shown:
    return twins.shown(
        "article_sign_offs/page.html",
        lambda: page_twins.signing(signing),
        signing=signing,
        article=signing.state.article,
        form=form,
        my_bar=article_bar(signing.state, actor()),
    )


def _emergency(signing: ArticleSigning, form: EmergencyForm) -> str:
    return render_template(
        "article_sign_offs/emergency.html",
        signing=signing,
        article=signing.state.article,
        form=form,
    )
