"""What is being typed: kept while it is typed, and thrown away when the person says so."""

from flask import Blueprint, flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from flask_babel import gettext as _

from app.accounts import current, drafts, typists
from app.accounts.drafts import known_key
from app.accounts.lost_sessions import typed
from app.accounts.roles import Permission
from app.once.course import repeatable
from app.permissions import requires
from app.security import inside
from app.unit_of_work import session
from claims.errors import Conflict

blueprint = Blueprint("drafts", __name__)
SEE_OTHER = 303


@blueprint.put("/drafts/<form>/<about>")
@requires(Permission.READ)
@repeatable("the state takes the place of the one before")
def keep(form: str, about: str) -> ResponseReturnValue:
    """Keep the state of a form of the person asking; the client says when.

    A form that somebody else was given stays where it is: whoever signed in beside it meanwhile
    must not find their words.
    """
    known = current.myself()
    key = known_key(form, about)
    given = typists.read(request.form.get("typist"))
    if given is not None and given.account != known.id:
        raise Conflict(
            "another_person",
            {
                "zh": "这张表单是另一个人登录时打开的，草稿没有保存。",
                "en": "Somebody else was signed in when this form was opened: "
                "the draft is not kept.",
            },
        )
    moment = drafts.keep(session(), known.id, key, typed(), request.form.get("receipt"))
    return jsonify(said=_("Draft kept at %(time)s", time=format_time(moment, "HH:mm")))


@blueprint.post("/drafts/discard")
@requires(Permission.READ)
@repeatable("what is gone stays gone")
def discard() -> ResponseReturnValue:
    """Throw a draft away and open the form as it is without."""
    known = current.myself()
    key = drafts.key_of(request.form.get("draft", ""))
    if key is not None:
        drafts.discard(session(), known.id, key)
        flash(_("The draft is discarded."))
    return redirect(inside(request.form.get("next")), SEE_OTHER)
