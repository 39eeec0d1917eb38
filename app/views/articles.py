"""The articles: their list, taking one in, and the reading view with the card of one claim."""

from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import page_twins, paging, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.article_twin import article_twin
from app.evidence_store import as_file, store
from app.filters import words_text
from app.forms.articles import ArticleForm, Handed
from app.forms.queue import one_of
from app.forms.sending import send
from app.incoming import watched
from app.past.reading import moment_shown, readable_then, stated_past
from app.past.registers import of_articles
from app.past.scope import Scope, of_article
from app.permissions import requires
from app.reading_view import VARY, reading
from app.typed_numbers import whole
from app.unit_of_work import beforehand, session
from claims.manuscript import original, take_in
from claims.models import Article
from claims.queries.article_list import ArticleFilters, ArticleOrder, article_list, listing
from claims.queries.articles import article_id, article_page
from claims.queries.card import claim_card
from sources.base import now

blueprint = Blueprint("articles", __name__)
SEE_OTHER = 303
LONGEST_WORDS = 100


def _listed() -> Scope:
    """The rows the past of the list needs."""
    filters = _filters()
    return of_articles(repr(filters), lambda opened: listing(opened, filters)[0])


def _filters() -> ArticleFilters:
    return ArticleFilters(
        words=request.args.get("q", "").strip()[:LONGEST_WORDS],
        order=one_of(request.args, "sort", ArticleOrder) or ArticleOrder.NEWEST,
        page=paging.page_asked(),
    )


@blueprint.get("/articles")
@blueprint.get("/articles.json", endpoint="index_as_json")
@requires(Permission.READ)
@readable_then(_listed)
def index() -> ResponseReturnValue:
    """List the articles, the newest first, or those with the nearest deadline."""
    filters = _filters()
    rows, more = article_list(session(), filters)
    asked = {
        "q": filters.words or None,
        "sort": filters.order.value if filters.order is not ArticleOrder.NEWEST else None,
    }
    return twins.shown(
        "articles/index.html",
        lambda: {"articles": [page_twins.listed_article(row) for row in rows], "more": more},
        rows=rows,
        filters=filters,
        more=more,
        asked=asked,
        moment=moment_shown() or now(),
    )


@blueprint.get("/articles/new")
@requires(Permission.ADD_ARTICLE)
def new() -> ResponseReturnValue:
    """Show the intake form."""
    return render_template("articles/new.html", form=ArticleForm())


def handed_over() -> Handed:
    """Read what the form brings, before anything is written: a site may take its time."""
    return Handed.read(ArticleForm(), current_app.extensions["fetcher"])


@blueprint.post("/articles/new")
@requires(Permission.ADD_ARTICLE)
@beforehand(handed_over)
def add(prepared: Handed) -> ResponseReturnValue:
    """Take an article in, with every number in it and a claim proposed for each sentence."""
    form, taken = prepared.form, list[Article]()
    refused = send(form, lambda: taken.append(_taken_in(prepared)))
    if refused is not None:
        return render_template("articles/new.html", form=form), refused
    flash(_("The article is in. What was read in it stands below."))
    for notice in prepared.manuscript.notices:
        flash(words_text(notice))
    return redirect(url_for("triage.page", key=taken[0].key), SEE_OTHER)


def _taken_in(handed: Handed) -> Article:
    """Add the article with what the form says of it."""
    form = handed.form
    return take_in(
        session(),
        store(),
        handed.manuscript,
        title=form.title.data,
        language=form.language.data,
        published=form.published.data,
        by=actor(),
    )


def _rows(key: str) -> Scope:
    """The rows the past of an article needs."""
    return of_article(article_id(session(), key))


@blueprint.get("/articles/<key>/original")
@requires(Permission.READ)
@readable_then(_rows)
def received(key: str) -> ResponseReturnValue:
    """Hand out the file, or the page, the newest version was read from, to be saved."""
    version = article_page(session(), key).version
    return as_file(original(store(), version), version.received_sha256)


@blueprint.get("/articles/<key>")
@watched
@requires(Permission.READ)
@readable_then(_rows)
def page(key: str) -> ResponseReturnValue:
    """Show the reading view; ``?claim=`` selects the card, and ``X-Fragment: card`` asks for it."""
    return reading(key, request.args.get("claim", type=whole)), VARY


@blueprint.get("/articles/<key>.json")
@requires(Permission.READ)
@readable_then(_rows)
def as_json(key: str) -> ResponseReturnValue:
    """Answer the reading view for a machine."""
    found = article_page(session(), key)
    selected = found.at(request.args.get("claim", type=whole))
    card = claim_card(session(), selected.claim) if selected is not None else None
    return jsonify(**article_twin(found, card), **stated_past())
