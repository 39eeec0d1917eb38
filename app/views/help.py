"""Help for a newcomer to the desk: one page per question, in both languages."""

from pathlib import Path

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from app import twins
from app.accounts.roles import Permission
from app.i18n import language
from app.permissions import requires
from claims.errors import Missing

blueprint = Blueprint("help", __name__)
FOLDER = Path(__file__).resolve().parents[1] / "help"
TOPICS: dict[str, LazyString] = {
    "getting-started": _("Getting started"),
    "sorting": _("Sorting proposals"),
    "review": _("Reviewing a claim"),
    "figures-and-intervals": _("Figures and intervals"),
    "sources": _("Sources"),
    "watching": _("Sources that change"),
    "contests": _("Contests"),
    "appendix": _("The verification appendix"),
    "history-and-verify": _("History and verification"),
    "home-and-search": _("Home, queue and search"),
    "signing-in-safely": _("Signing in safely"),
    "accounts-and-programs": _("Accounts and programs"),
    "keyboard": _("Keys"),
    "glossary": _("Glossary"),
}
SUMMARIES: dict[str, LazyString] = {
    "getting-started": _("From an article to a signed claim in six steps."),
    "sorting": _("From the numbers of a text to its claims: keep, leave out, correct, undo."),
    "review": _("Evidence, status, disposition, submission and the second person."),
    "figures-and-intervals": _("Why 18.3 % means 18.25 to 18.35, and what “nearly” allows."),
    "sources": _("Publishers, trust, what is told in confidence, and one document entered twice."),
    "watching": _("Whether what a claim rests on still says what it said, and what to do if not."),
    "contests": _("How somebody's objection is put on record, and who may settle it."),
    "appendix": _("What leaves the newsroom, in which formats, and how it can be checked."),
    "history-and-verify": _("Who changed what, and how the record proves that it is whole."),
    "home-and-search": _(
        "What waits for you and why, the queue and its filters, many claims at once, deadlines,"
        " and how anything is found."
    ),
    "signing-in-safely": _("How the desk knows that it is you; when a telephone is lost."),
    "accounts-and-programs": _("Who is let in, with which roles, and how programs read along."),
    "keyboard": _("Every action has a link or a button; many have a key as well."),
    "glossary": _("The words of the desk in both languages."),
}


@blueprint.get("/help")
@blueprint.get("/help.json", endpoint="index_as_json")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """List the help pages."""
    return twins.shown(
        "help/index.html",
        lambda: {
            "topics": [
                {"topic": topic, "title": title, "summary": SUMMARIES[topic]}
                for topic, title in TOPICS.items()
            ]
        },
        topics=TOPICS,
        summaries=SUMMARIES,
    )


@blueprint.get("/help/<topic>")
@blueprint.get("/help/<topic>.json", endpoint="as_json")
@requires(Permission.PUBLIC)
def page(topic: str) -> ResponseReturnValue:
    """Show one help page in the language of the reader."""
    if topic not in TOPICS:
        raise Missing(
            "help_missing", {"zh": "没有这个帮助主题。", "en": "There is no such help page."}
        )
    # The fragments are files of this program, never anybody's input: they are HTML as they stand.
    text = (FOLDER / language() / f"{topic}.html").read_text(encoding="utf-8")
    return twins.shown(
        "help/page.html",
        lambda: {"topic": topic, "title": TOPICS[topic], "language": language(), "html": text},
        topics=TOPICS,
        topic=topic,
        text=Markup(text),  # noqa: S704
    )
